// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/base/run_parallel.h"

#include <vector>

#include "gtest/gtest.h"

namespace narrdiff {
namespace {

TEST(RunParallel, DoesEachPartOnce) {
  for (const size_t parts : {0, 1, 2, 3, 100, 1000}) {
    std::vector<int> done(parts);
    RunParallel(parts, [&](size_t part) { ++done[part]; });
    EXPECT_EQ(done, std::vector<int>(parts, 1));
  }
}

TEST(RunParallel, MayBeNested) {
  std::vector<std::vector<int>> done(4, std::vector<int>(4));
  RunParallel(4, [&](size_t i) { RunParallel(4, [&](size_t j) { ++done[i][j]; }); });
  EXPECT_EQ(done, std::vector<std::vector<int>>(4, std::vector<int>(4, 1)));
}

TEST(ThreadCount, IsSmall) {
  EXPECT_GE(ThreadCount(), 1u);
  EXPECT_LE(ThreadCount(), 8u);
}

}  // namespace
}  // namespace narrdiff
