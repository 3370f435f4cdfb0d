// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/versions/translation_characters.h"

#include "gtest/gtest.h"

namespace narrdiff {
namespace {

TEST(TranslationCharacters, Shares) {
  const auto dictionary =
      *Dictionary::FromBytes(*CompileTsv("允许\tpermit;allow\n准许\tpermit\n获准\tget permit\n水\twater\n"));
  const TranslationCharacters characters({dictionary}, {"permit", "stone"});
  EXPECT_FLOAT_EQ(characters.Share("permit", U'许'), 2 / 2.5f);
  EXPECT_FLOAT_EQ(characters.Share("permit", U'准'), 1.5f / 2.5f);
  EXPECT_EQ(characters.Share("permit", U'水'), 0);
  EXPECT_EQ(characters.Share("water", U'水'), 0);  // was not asked for
  EXPECT_EQ(characters.Share("stone", U'石'), 0);
}

}  // namespace
}  // namespace narrdiff
