// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/base/han_tables.h"

#include "gtest/gtest.h"

namespace narrdiff {
namespace {

TEST(HanTables, ApiExamples) {
  EXPECT_EQ(ToSimplified(U'國'), U'国');
  EXPECT_EQ(ToSimplified(U'国'), U'国');
  EXPECT_EQ(ToSimplified(U'a'), U'a');
  EXPECT_EQ(Pinyin(U'国'), "guo");
  EXPECT_EQ(Pinyin(U'陈'), "chen");
  EXPECT_EQ(Pinyin(U'a'), "");
}

}  // namespace
}  // namespace narrdiff
