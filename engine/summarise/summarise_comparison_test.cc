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

TEST(SummariseComparison, GroupsAccusationsAndNamesReplies) {
  const DescribedText left(
      "China hacked 27 accounts of our agencies.\n"
      "The weather was mild.\n"
      "Last year China hacked a port in Ohio.\n"
      "China coerced our allies.\n"
      "We urge China to stop the hacking.",
      "US", "China");
  const DescribedText right("This is a lie.\nWe have always opposed hacking.", "China", "US");
  const Lexicon& lexicon = *BuiltinLexicon();
  const std::vector<SummarisedPair> pairs = {{{0}, {0}, nullptr}, {{2}, {1}, nullptr}, {{4}, {1}, nullptr}};
  const Sides<SummarisedStatement> statements{{&left.statement(), {}}, {&right.statement(), {}}};
  const ComparisonSummary s = SummariseComparison(statements, pairs, /*competing=*/true, lexicon);

  ASSERT_EQ(s.accusations.size(), 2u);
  const bool first = s.accusations[0].act == "cyber";
  const AccusationSummary& cyber = s.accusations[first ? 0 : 1];
  const AccusationSummary& coercion = s.accusations[first ? 1 : 0];
  ASSERT_EQ(cyber.places.size(), 2u) << "one accusation, made twice";
  EXPECT_EQ(cyber.places[1].sentence, 2);
  EXPECT_EQ(cyber.places[1].words.Of(left.text()), "China hacked a port in Ohio");
  EXPECT_EQ(cyber.replies, (std::vector<int32_t>{0, 1}));
  EXPECT_TRUE(coercion.replies.empty()) << "silence";
  EXPECT_GE(s.accusations[0].centrality, s.accusations[1].centrality);

  ASSERT_EQ(s.demands.size(), 1u);
  EXPECT_EQ(s.demands[0].on, "China");
  EXPECT_EQ(s.demands[0].replies, std::vector<int32_t>{2});

  const ComparisonSummary versions = SummariseComparison(statements, pairs, /*competing=*/false, lexicon);
  EXPECT_TRUE(versions.accusations.empty() && versions.demands.empty());
}

TEST(SummariseComparison, EmptySides) {
  const DescribedText empty("", "", "");
  const ComparisonSummary s = SummariseComparison({{&empty.statement(), {}}, {&empty.statement(), {}}}, {},
                                                  /*competing=*/true, *BuiltinLexicon());
  EXPECT_TRUE(s.acts.empty() && s.terms.empty() && s.numbers.empty() && s.only.left.empty());
}

}  // namespace
}  // namespace narrdiff
