// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/align/align_pairs.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "engine/align/pair_weights.h"
#include "engine/align/pair_weights_neural.h"
#include "engine/base/status_macros.h"

namespace narrdiff {

absl::StatusOr<PairModel> PairModel::Builtin(Similarity similarity) {
  std::vector<std::string_view> features;
  for (int k = 0; k < kPairFeatureCount; ++k) features.push_back(PairFeatureName(static_cast<PairFeature>(k)));
  const std::string_view weights = similarity == Similarity::kNeural ? kPairWeightsNeural : kPairWeights;
  NARRDIFF_ASSIGN_OR_RETURN(LinearModel linear, LinearModel::FromText(weights, {"pair"}, features));
  return PairModel(std::move(linear));
}

double PairModel::Probability(const PairFeatureVector& value) const { return Sigmoid(linear_.Score(0, value)); }

double PairModel::Contribution(PairFeature feature, const PairFeatureVector& value) const {
  const size_t k = static_cast<size_t>(feature);
  return linear_.weight(0, k) * static_cast<double>(value[k]);
}

absl::StatusOr<MinScore> ParseMinScore(std::string_view text) {
  if (text == "sure") return MinScore{MinScoreKind::kSure, 0};
  if (text == "balanced") return MinScore{MinScoreKind::kBalanced, 0};
  double p;
  if (absl::SimpleAtod(std::string(text), &p) && p >= 0 && p <= 1) return MinScore{MinScoreKind::kProbability, p};
  return absl::InvalidArgumentError(
      absl::StrFormat("min-score: \"%s\" is not one of sure, balanced or a number from 0 to 1", std::string(text)));
}

namespace {

// Counts values below a bound among those added: a Fenwick tree.
class Counter {
 public:
  explicit Counter(size_t size) : sums_(size + 1, 0) {}
  void Add(int32_t value) {
    for (size_t i = static_cast<size_t>(value) + 1; i < sums_.size(); i += i & (~i + 1)) ++sums_[i];
  }
  int32_t Below(int32_t value) const {
    int32_t sum = 0;
    for (size_t i = static_cast<size_t>(value); i > 0; i -= i & (~i + 1)) sum += sums_[i];
    return sum;
  }

 private:
  std::vector<int32_t> sums_;
};

// Marks the pairs that cross more than half of the others. `pairs` are ordered by left, then right. O(n log n).
void MarkMoved(std::vector<ScoredPair>& pairs, size_t right_size) {
  constexpr size_t kFewest = 4;
  if (pairs.size() < kFewest) return;
  std::vector<int32_t> crossings(pairs.size(), 0);
  // Pairs of one left sentence do not cross each other, so they are added together after each was counted.
  const auto sweep = [&](bool forward) {
    Counter seen(right_size);
    int32_t count = 0;
    const size_t n = pairs.size();
    const auto at = [&](size_t k) { return forward ? k : n - 1 - k; };
    for (size_t begin = 0; begin < n;) {
      size_t end = begin;
      while (end < n && pairs[at(end)].cell.left == pairs[at(begin)].cell.left) ++end;
      for (size_t k = begin; k < end; ++k) {
        const int32_t right = pairs[at(k)].cell.right;
        crossings[at(k)] += forward ? count - seen.Below(right + 1) : seen.Below(right);
      }
      for (size_t k = begin; k < end; ++k) seen.Add(pairs[at(k)].cell.right);
      count += static_cast<int32_t>(end - begin);
      begin = end;
    }
  };
  sweep(true);
  sweep(false);
  for (size_t k = 0; k < pairs.size(); ++k) {
    pairs[k].moved = 2 * static_cast<size_t>(crossings[k]) > pairs.size() - 1;
  }
}

}  // namespace

std::vector<ScoredPair> ScorePairs(const Sides<const DescribedStatement*>& statements, const TermMatcher& matcher,
                                   const Lexicon& lexicon, const AnswerScores* answers, const PairModel& model) {
  std::vector<ScoredPair> scored;
  for (PairCell& cell : ComputePairFeatures(statements, matcher, lexicon, answers)) {
    scored.push_back({cell, model.Probability(cell.value), false});
  }
  return scored;
}

Pairs SelectPairs(const std::vector<ScoredPair>& scored, const MinScore& min_score, Similarity similarity) {
  double expected = 0;
  for (const ScoredPair& pair : scored) expected += pair.score;
  double threshold = 2;  // of the scores kept
  if (min_score.kind == MinScoreKind::kBalanced) {
    // The k best cells that maximise expected F1 = 2 sum(p of the k) / (k + sum(p of all)): Nan et al., "Optimizing
    // F-measures: a tale of two approaches", ICML 2012.
    std::vector<double> scores;
    for (const ScoredPair& pair : scored) scores.push_back(pair.score);
    std::sort(scores.begin(), scores.end(), std::greater<>());
    double sum = 0, best = 0;
    for (size_t k = 0; k < scores.size(); ++k) {
      sum += scores[k];
      const double f1 = 2 * sum / (static_cast<double>(k + 1) + expected);
      if (f1 > best) {
        best = f1;
        threshold = scores[k];
      }
    }
  } else {
    threshold = min_score.kind == MinScoreKind::kSure ? SureProbability(similarity) : min_score.probability;
  }
  Pairs pairs;
  double kept = 0;
  size_t right_size = 0;
  for (const ScoredPair& pair : scored) {
    if (pair.score < threshold) continue;
    pairs.chosen.push_back(pair);
    kept += pair.score;
    right_size = std::max(right_size, static_cast<size_t>(pair.cell.right) + 1);
  }
  MarkMoved(pairs.chosen, right_size);
  if (!pairs.chosen.empty()) pairs.expected_precision = kept / static_cast<double>(pairs.chosen.size());
  if (expected > 0) pairs.expected_recall = kept / expected;
  return pairs;
}

}  // namespace narrdiff
