// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Rung 5, competing mode: which sentences of two statements speak to the same point. Any order, many to many, most
// cells no pair. A logistic model over the features of pair_features.h gives each cell a calibrated probability;
// selection takes either all cells above a probability, or the set that maximises the expected F1 of this pair of
// statements.
//
//   NARRDIFF_ASSIGN_OR_RETURN(PairModel model, PairModel::Builtin(Similarity::kLexical));
//   const std::vector<ScoredPair> scored = ScorePairs({&left, &right}, matcher, lexicon, /*answers=*/nullptr, model);
//   const Pairs pairs = SelectPairs(scored, MinScore{MinScoreKind::kBalanced}, Similarity::kLexical);
//   pairs.chosen[0].score == .91
#ifndef NARRDIFF_ENGINE_ALIGN_ALIGN_PAIRS_H_
#define NARRDIFF_ENGINE_ALIGN_ALIGN_PAIRS_H_

#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/align/pair_features.h"
#include "engine/base/linear_model.h"

namespace narrdiff {

class PairModel {
 public:
  // The weights compiled into the program: pair_weights.textproto, or pair_weights_neural.textproto for features with
  // the learnt ones among them.
  static absl::StatusOr<PairModel> Builtin(Similarity similarity);
  // Probability that a careful analyst would put the two side by side.
  double Probability(const PairFeatureVector& value) const;
  // A feature's part in the log odds.
  double Contribution(PairFeature feature, const PairFeatureVector& value) const;

 private:
  explicit PairModel(LinearModel linear) : linear_(std::move(linear)) {}
  LinearModel linear_;
};

enum class MinScoreKind { kSure, kBalanced, kProbability };

struct MinScore {
  MinScoreKind kind = MinScoreKind::kSure;
  double probability = 0;  // of kProbability
};
// "sure", "balanced" or a number in [0,1]. Error: InvalidArgument with what is allowed.
absl::StatusOr<MinScore> ParseMinScore(std::string_view text);
// The probability that "sure" stands for: about three in four of the pairs above it are right in statements that answer
// each other, half of them in speeches that do not (docs/accuracy.md). With words alone fewer pairs are so sure; there
// two in three are right.
constexpr double SureProbability(Similarity similarity) { return similarity == Similarity::kNeural ? 0.62 : 0.5; }

struct ScoredPair {
  PairCell cell;
  double score = 0;
  // Crosses more than half of the other chosen pairs, of which there are at least three: told out of the common order.
  bool moved = false;
};

struct Pairs {
  std::vector<ScoredPair> chosen;  // ordered by left, then right
  double expected_precision = 0;   // mean score of the chosen; 0 when there are none
  double expected_recall = 0;      // their share of all expected pairs
};

// The probability of every candidate cell, ordered by left, then right. `answers` may be null; `model` is that of the
// similarity. Costs what ComputePairFeatures costs. Mirrored
// input gives mirrored scores. Thread-safe.
std::vector<ScoredPair> ScorePairs(const Sides<const DescribedStatement*>& statements, const TermMatcher& matcher,
                                   const Lexicon& lexicon, const AnswerScores* answers, const PairModel& model);
// The pairs to show, in the order of `scored`. O(n log n). Thread-safe.
Pairs SelectPairs(const std::vector<ScoredPair>& scored, const MinScore& min_score, Similarity similarity);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_ALIGN_ALIGN_PAIRS_H_
