// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/offset_map.h"

#include "gtest/gtest.h"

namespace narrdiff {
namespace {

TEST(OffsetMap, ApiExamples) {
  const OffsetMap map({{0, 2, 1, 2}});
  EXPECT_EQ(map.ToOriginal(5), 12);
}

TEST(OffsetMap, Runs) {
  // "a&mdash;b": the reference is one character of three bytes.
  const OffsetMap map({{0, 0, 1, 1}, {1, 1, 1, 0}, {4, 8, 1, 1}});
  EXPECT_EQ(map.ToOriginal(0), 0);
  EXPECT_EQ(map.ToOriginal(1), 1);
  EXPECT_EQ(map.ToOriginal(4), 8);
  EXPECT_EQ(map.ToOriginal(5), 9);
  EXPECT_EQ(OffsetMap().ToOriginal(7), 7);
}

// A page in UTF-16 with a byte order mark.
TEST(OffsetMap, Then) {
  const OffsetMap page({{0, 3, 1, 1}});
  const OffsetMap utf16({{0, 2, 1, 2}});
  EXPECT_EQ(page.Then(utf16).ToOriginal(0), 8);
  EXPECT_EQ(page.Then(utf16).ToOriginal(2), 12);
  EXPECT_EQ(page.Then(OffsetMap()).ToOriginal(2), 5);
  EXPECT_EQ(OffsetMap().Then(utf16).ToOriginal(2), 6);
}

}  // namespace
}  // namespace narrdiff
