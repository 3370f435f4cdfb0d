// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Rung 7: what the pairs add up to. Who does what to whom according to each side, what each side calls the same thing,
// the numbers that were compared, and what only one side says, the most central first.
//
//   ComparisonSummary s = SummariseComparison({&left, &right}, pairs, lexicon);
//   s.terms[0]: group "alliance", left {"partnership"}, right {"small circle"}
#ifndef NARRDIFF_ENGINE_SUMMARISE_SUMMARISE_COMPARISON_H_
#define NARRDIFF_ENGINE_SUMMARISE_SUMMARISE_COMPARISON_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/sides.h"
#include "engine/base/span.h"
#include "engine/describe/describe_statement.h"
#include "engine/lexicon/lexicon.h"
#include "engine/relate/classify_relation.h"

namespace narrdiff {

// A pair as the earlier rungs left it; indices are into the described sentences.
struct SummarisedPair {
  std::vector<int32_t> left, right;
  const std::vector<Evidence>* evidence = nullptr;
};

struct ActSummary {
  Side side = Side::kLeft;
  std::string actor, act, target;
  bool negated = false;
  std::vector<int32_t> sentences;
};

struct TermSummary {
  std::string group;
  Sides<std::vector<std::string>> terms;
  Sides<std::vector<int32_t>> sentences;
};

struct NumberSummary {
  int32_t pair = 0;  // index into the pairs given
  Sides<std::string> text;
  Sides<double> value{0, 0};
  std::string unit;
};

struct RankedIndex {
  int32_t index = 0;
  double centrality = 0;
};

struct ComparisonSummary {
  std::vector<ActSummary> acts;
  std::vector<TermSummary> terms;
  std::vector<NumberSummary> numbers;
  Sides<std::vector<RankedIndex>> only;
};

// O(sentences + pairs, times the mentions in each). Thread-safe.
ComparisonSummary SummariseComparison(const Sides<const DescribedStatement*>& statements,
                                      const std::vector<SummarisedPair>& pairs, const Lexicon& lexicon);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_SUMMARISE_SUMMARISE_COMPARISON_H_
