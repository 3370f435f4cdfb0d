// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Where a judge comes in: after the cells of two competing statements have their probabilities (align_pairs.h) and
// before pairs are selected. One side's sentences are put to the judge, each with its likeliest partners; what it says
// changes the probabilities of those cells and the relations of the pairs it chose.
//
//   std::vector<ScoredPair> scored = ScorePairs(...);
//   NARRDIFF_ASSIGN_OR_RETURN(JudgedPairs judged, JudgePairs(statements, judge, progress, scored));
//   const Pairs pairs = SelectPairs(scored, min_score, similarity);
//   const JudgedCell* cell = judged.Find(pairs.chosen[0].cell);    // null: the judge was not asked about it
//
// The side that asks is told by the texts, not by which stands left, so exchanged statements give mirrored results.
#ifndef NARRDIFF_ENGINE_JUDGE_JUDGE_PAIRS_H_
#define NARRDIFF_ENGINE_JUDGE_JUDGE_PAIRS_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/align/align_pairs.h"
#include "engine/base/issue.h"
#include "engine/base/sides.h"
#include "engine/describe/describe_statement.h"
#include "engine/judge/judge.h"
#include "engine/read/document.h"
#include "engine/relate/classify_relation.h"

namespace narrdiff {

// The likeliest partners that a sentence is shown with.
inline constexpr size_t kJudgeCandidates = 10;

// What an answer is worth: log likelihood ratios, added to a cell's log odds. A judge that finds three of four pairs,
// and calls one in twenty of the other candidates a pair, gives ln(.75 / .05) = 2.7 to what it chose, and takes
// -ln(.25 / .95) = 1.3 from what it passed over. A loose pair counts for less and a direct answer for more.
inline constexpr double kChosenLogOdds[kMaxStrength] = {1.7, 2.7, 3.7};  // by strength
inline constexpr double kPassedOverLogOdds = -1.3;

// How often a judge names the right relation of a pair, given that it is one: as often as a second annotator.
inline constexpr double kJudgeRelationAccuracy = .8;
// What its word is worth against any other of the six relations: ln(.8 / (.2 / 5)).
inline constexpr double kJudgeRelationLogOdds = 3;

// One side as the judge is shown it. Both must outlive the call.
struct JudgedStatement {
  const DescribedStatement* described = nullptr;
  const Document* document = nullptr;  // that the described sentences point into
};

// A cell that the judge was asked about.
struct JudgedCell {
  Relation relation = Relation::kUnspecified;  // kUnspecified: it was passed over
  int32_t strength = 0;                        // 0: it was passed over
  double log_odds = 0;                         // what was added to those of the cell
};

struct JudgedPairs {
  std::map<std::pair<int32_t, int32_t>, JudgedCell> cells;  // by left, right
  std::string judge;                                        // its name; empty where it gave no answer at all
  Issues issues;  // "judge-failed", "judge-budget", "judge-not-used": what it was not asked, or did not answer

  // Null where the judge was not asked about the cell.
  const JudgedCell* Find(const PairCell& cell) const;
};

// Asks `judge` and changes the scores of `scored`, which are ordered by left, then right, and stay so and in [0,1].
// Where an answer is missing the scores stand. Statements that are the same are not judged: nothing tells which of them
// is to ask. `progress` as for Judge::Ask, with the number of questions besides. Errors: Cancelled. Thread-safe.
absl::StatusOr<JudgedPairs> JudgePairs(const Sides<JudgedStatement>& statements, const Judge& judge,
                                       const std::function<bool(int64_t done, int64_t total)>& progress,
                                       std::vector<ScoredPair>& scored);

// The probability that the relation the judge named is right, where the engine itself takes `own` for right with
// probability `own_confidence`: Bayes' rule, all other relations taken for equally likely.
double JudgedRelationConfidence(Relation judged, Relation own, double own_confidence);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_JUDGE_JUDGE_PAIRS_H_
