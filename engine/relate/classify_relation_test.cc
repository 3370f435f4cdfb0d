// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The rules one by one are tested by docs/relations.md (docs/relations_test.cc); here is what holds for all of them.
#include "engine/relate/classify_relation.h"

#include <set>
#include <string>

#include "engine/lexicon/builtin_lexicon.h"
#include "engine/testing/described_text.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

class ClassifyRelationTest : public testing::Test {
 protected:
  ClassifyRelationTest() : model_(*RelationModel::Builtin(Similarity::kLexical)) {}
  RelatedPair Classify(const DescribedText& left, const DescribedText& right) const {
    return ClassifyRelation(left.sentence(0), right.sentence(0), PairFeatureVector{}, *BuiltinLexicon(), model_);
  }
  RelationModel model_;
};

TEST_F(ClassifyRelationTest, ApiExample) {
  const DescribedText left("Hackers working for China broke into the servers.", "US", "China");
  const DescribedText right("China did not break into any servers, and the claim is groundless.", "China", "US");
  const RelatedPair r = Classify(left, right);
  EXPECT_EQ(r.relation, Relation::kDeny);
  ASSERT_FALSE(r.evidence.empty());
  bool groundless = false;
  for (const Evidence& e : r.evidence) groundless |= e.reason.find("\"groundless\"") != std::string::npos;
  EXPECT_TRUE(groundless);
}

TEST_F(ClassifyRelationTest, EveryPairHasAReasonAndSpansInsideItsSentences) {
  const char* const kTexts[] = {"China hacked us.",
                                "The weather was fine.",
                                "美方坚决反对。",
                                "Nobody knows 27 accounts.",
                                "!",
                                "We urge China to stop.",
                                "中方一贯遵守国际法。",
                                "The meeting lasted 75 minutes."};
  for (const char* a : kTexts) {
    for (const char* b : kTexts) {
      const DescribedText left(a, "US", "China"), right(b, "China", "US");
      const RelatedPair r = Classify(left, right);
      ASSERT_FALSE(r.evidence.empty());
      EXPECT_TRUE(r.relation >= Relation::kAgree && r.relation <= Relation::kRespond);
      EXPECT_TRUE(r.confidence > 0 && r.confidence <= 1);
      bool reason = false;
      for (const Evidence& e : r.evidence) {
        reason |= !e.reason.empty();
        for (const Span& s : e.left) EXPECT_TRUE(left.sentence(0).input.span.Contains(s)) << a;
        for (const Span& s : e.right) EXPECT_TRUE(right.sentence(0).input.span.Contains(s)) << b;
      }
      EXPECT_TRUE(reason) << a << " | " << b;
    }
  }
}

TEST_F(ClassifyRelationTest, ExchangedSidesGiveTheSameRelation) {
  const DescribedText a("China hacked 27 accounts.", "US", "China"), b("美国才是黑客帝国。", "China", "US");
  const RelatedPair there = Classify(a, b), back = Classify(b, a);
  EXPECT_EQ(there.relation, back.relation);
  EXPECT_NEAR(there.confidence, back.confidence, 1e-9);
  std::multiset<int> kinds, mirrored;
  for (const Evidence& e : there.evidence) kinds.insert(static_cast<int>(e.kind));
  for (const Evidence& e : back.evidence) mirrored.insert(static_cast<int>(e.kind));
  EXPECT_EQ(kinds, mirrored);
}

TEST_F(ClassifyRelationTest, DifferNeedsTwoValues) {
  const DescribedText a("The talks were held.", "US", "China"), b("Talks took place.", "China", "US");
  EXPECT_NE(Classify(a, b).relation, Relation::kDiffer);
}

}  // namespace
}  // namespace narrdiff
