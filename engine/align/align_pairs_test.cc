// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/align/align_pairs.h"

#include <string>

#include "engine/testing/described_text.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

class AlignPairsTest : public testing::Test {
 protected:
  AlignPairsTest() : model_(*PairModel::Builtin(Similarity::kLexical)), matcher_({BuiltinDictionary()}) {}
  Pairs Align(const DescribedText& left, const DescribedText& right, const MinScore& min_score) const {
    return SelectPairs(
        ScorePairs({&left.statement(), &right.statement()}, matcher_, *BuiltinLexicon(), nullptr, model_), min_score,
        Similarity::kLexical);
  }
  PairModel model_;
  TermMatcher matcher_;
};

constexpr char kLeft[] =
    "Hackers backed by China broke into the mail servers of our agencies.\n"
    "The tariffs on steel protect our workers.\n"
    "We thank the staff.";
constexpr char kRight[] =
    "Raising tariffs on steel protects nobody and hurts workers on both sides.\n"
    "The claim that China broke into mail servers is groundless.\n"
    "The spring festival was a success.";

TEST_F(AlignPairsTest, CrossingPairsAreFound) {
  const DescribedText left(kLeft, "US", "China"), right(kRight, "China", "US");
  const Pairs pairs = Align(left, right, {MinScoreKind::kBalanced, 0});
  bool mail = false, steel = false;
  for (const ScoredPair& p : pairs.chosen) {
    mail |= p.cell.left == 0 && p.cell.right == 1;
    steel |= p.cell.left == 1 && p.cell.right == 0;
  }
  EXPECT_TRUE(mail && steel);
  EXPECT_GT(pairs.expected_precision, 0);
  EXPECT_GT(pairs.expected_recall, 0);
}

TEST_F(AlignPairsTest, RaisingTheProbabilityOnlyTakesPairsAway) {
  const DescribedText left(kLeft, "US", "China"), right(kRight, "China", "US");
  size_t last = 1000;
  for (const double p : {0.0, 0.02, 0.1, 0.3, 0.6, 0.9, 1.0}) {
    const Pairs pairs = Align(left, right, {MinScoreKind::kProbability, p});
    EXPECT_LE(pairs.chosen.size(), last);
    for (const ScoredPair& pair : pairs.chosen) EXPECT_TRUE(pair.score >= p && pair.score <= 1);
    last = pairs.chosen.size();
  }
}

TEST_F(AlignPairsTest, MirrorsExactlyInWhichPairs) {
  const DescribedText left(kLeft, "US", "China"), right(kRight, "China", "US");
  const Pairs there = Align(left, right, {MinScoreKind::kProbability, 0.05});
  const Pairs back = Align(right, left, {MinScoreKind::kProbability, 0.05});
  ASSERT_EQ(there.chosen.size(), back.chosen.size());
  for (const ScoredPair& p : there.chosen) {
    bool found = false;
    for (const ScoredPair& q : back.chosen) {
      found |= p.cell.left == q.cell.right && p.cell.right == q.cell.left && std::abs(p.score - q.score) < 1e-6;
    }
    EXPECT_TRUE(found) << p.cell.left << " " << p.cell.right;
  }
}

TEST_F(AlignPairsTest, PairsOutOfTheCommonOrderAreMarked) {
  const DescribedText left(
      "Fentanyl kills thousands.\nTariffs on steel rise.\nThe balloon was shot down.\nStudent visas were refused.",
      "US", "China");
  const DescribedText right(
      "Tariffs on steel rise.\nThe balloon was shot down.\nStudent visas were refused.\nFentanyl kills thousands.",
      "China", "US");
  const Pairs pairs = Align(left, right, {MinScoreKind::kBalanced, 0});
  ASSERT_GE(pairs.chosen.size(), 4u);
  for (const ScoredPair& p : pairs.chosen) {
    if (p.cell.left != (p.cell.right + 1) % 4) continue;
    EXPECT_EQ(p.moved, p.cell.left == 0) << p.cell.left;
  }
}

TEST_F(AlignPairsTest, EmptySides) {
  const DescribedText empty("", "", ""), right(kRight, "China", "US");
  EXPECT_TRUE(Align(empty, right, {}).chosen.empty());
  EXPECT_TRUE(Align(right, empty, {}).chosen.empty());
}

TEST_F(AlignPairsTest, LongStatementsKeepTheirBestCandidates) {
  std::string left, right;
  for (int k = 0; k < 300; ++k) {
    left += "Tariffs on topic" + std::to_string(k) + " and word" + std::to_string(k) + ".\n";
    right = "Remarks on topic" + std::to_string(k) + " with word" + std::to_string(k) + ".\n" + right;
  }
  const DescribedText a(left, "US", "China"), b(right, "China", "US");
  const std::vector<PairCell> cells =
      ComputePairFeatures({&a.statement(), &b.statement()}, matcher_, *BuiltinLexicon(), nullptr);
  EXPECT_LT(cells.size(), 2u * 300u * kCandidatesPerLine);
  int kept = 0;
  for (const PairCell& cell : cells) kept += cell.left + cell.right == 299;
  EXPECT_EQ(kept, 300);
}

TEST(ParseMinScore, Cases) {
  EXPECT_EQ(ParseMinScore("sure")->kind, MinScoreKind::kSure);
  EXPECT_EQ(ParseMinScore("balanced")->kind, MinScoreKind::kBalanced);
  EXPECT_EQ(ParseMinScore("0.7")->probability, .7);
  for (const char* bad : {"", "x", "-0.1", "1.01", "0.5x", "nan"}) EXPECT_FALSE(ParseMinScore(bad).ok()) << bad;
}

}  // namespace
}  // namespace narrdiff
