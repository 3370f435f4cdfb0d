// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/summarise/rank_sentences.h"

#include <algorithm>
#include <vector>

#include "engine/testing/described_text.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

TEST(RankSentences, TheThemeFirstProtocolLast) {
  const DescribedText text(
      "Good afternoon, everyone.\n"
      "China's new export licences for rare earth magnets hurt our motor factories.\n"
      "The export licences hold up magnets that our motor factories ordered in spring.\n"
      "Rare earth magnets without licences sit in the port, and factories wait for them.\n"
      "A choir from Ohio sang in the lobby.\n"
      "The next press conference will be held on Thursday.",
      "US", "China");
  const std::vector<double> rank = RankSentences(text.statement());
  ASSERT_EQ(rank.size(), 6u);
  EXPECT_EQ(*std::max_element(rank.begin(), rank.end()), 1);
  for (const size_t theme : {1, 2, 3}) {
    for (const size_t aside : {0, 4, 5}) EXPECT_GT(rank[theme], rank[aside]) << theme << " " << aside;
  }
  EXPECT_GT(rank[4], rank[0]);
  EXPECT_GT(rank[4], rank[5]);
}

TEST(RankSentences, SmallStatements) {
  EXPECT_TRUE(RankSentences(DescribedText("", "US", "China").statement()).empty());
  EXPECT_EQ(RankSentences(DescribedText("China hacked our servers.", "US", "China").statement()),
            std::vector<double>{1});
}

}  // namespace
}  // namespace narrdiff
