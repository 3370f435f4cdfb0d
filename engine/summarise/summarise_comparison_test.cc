// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/summarise/summarise_comparison.h"

#include <string>

#include "engine/testing/described_text.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

TEST(SummariseComparison, TellsActsTermsNumbersAndSilences) {
  const DescribedText left(
      "China hacked 27 accounts of our agencies.\n"
      "The freedom of navigation operation was lawful.\n"
      "The concert was nice.",
      "US", "China");
  const DescribedText right(
      "The United States hacked 29 accounts in China.\n"
      "A US warship illegally intruded into the waters.",
      "China", "US");
  const Lexicon& lexicon = *BuiltinLexicon();
  const std::vector<Evidence> evidence =
      FindEvidence(left.sentence(0), right.sentence(0), PairFeatureVector{}, lexicon);
  const ComparisonSummary s = SummariseComparison({{&left.statement(), {}}, {&right.statement(), {}}},
                                                  {{{0}, {0}, &evidence}}, /*competing=*/true, lexicon);

  bool us_says_china = false, china_says_us = false;
  for (const ActSummary& act : s.acts) {
    us_says_china |= act.side == Side::kLeft && act.actor == "China" && act.act == "cyber" && act.sentences[0] == 0;
    china_says_us |= act.side == Side::kRight && act.actor == "US" && act.act == "cyber";
  }
  EXPECT_TRUE(us_says_china);
  EXPECT_TRUE(china_says_us);

  ASSERT_EQ(s.numbers.size(), 1u);
  EXPECT_EQ(s.numbers[0].value.left, 27);
  EXPECT_EQ(s.numbers[0].value.right, 29);

  ASSERT_EQ(s.only.left.size(), 2u);
  EXPECT_EQ(s.only.left.back().index, 2) << "the aside is the least central";
  ASSERT_EQ(s.only.right.size(), 1u);
  for (const RankedIndex& r : s.only.left) EXPECT_TRUE(r.centrality >= 0 && r.centrality <= 1);
}

TEST(SummariseComparison, EmptySides) {
  const DescribedText empty("", "", "");
  const ComparisonSummary s = SummariseComparison({{&empty.statement(), {}}, {&empty.statement(), {}}}, {},
                                                  /*competing=*/true, *BuiltinLexicon());
  EXPECT_TRUE(s.acts.empty() && s.terms.empty() && s.numbers.empty() && s.only.left.empty());
}

}  // namespace
}  // namespace narrdiff
