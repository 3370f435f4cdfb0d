// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Rung 7: what the pairs add up to. Who does what to whom according to each side, who accuses whom of what and asks
// what of whom, with the pairs that answer it, what each side calls the same thing, the numbers that were compared, and
// what only one side says, the most central first.
//
//   ComparisonSummary s = SummariseComparison({{&left, {}}, {&right, {}}}, pairs, /*competing=*/true, lexicon);
//   s.accusations[0]: side left, actor "China", act "cyber", target "US", places {sentence 0, "China hacked us"},
//   replies {0} s.terms[0]: group "alliance", left {{"partnership", 2}}, right {{"small circle", 1}}
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

// A statement with the spans of its text that hold words of the other side ("the US claims that ..."), ascending:
// what they tell is not told by the side itself.
struct SummarisedStatement {
  const DescribedStatement* described = nullptr;
  std::vector<Span> reported;
};

struct ActSummary {
  Side side = Side::kLeft;
  std::string actor, act, target;
  bool negated = false;
  int32_t count = 0;
  std::vector<int32_t> sentences;
};

// Words of a sentence that say it.
struct SaidPlace {
  int32_t sentence = 0;
  Span words;
};

// One accusation, wherever the side makes it. No pair at all in `replies` is silence.
struct AccusationSummary {
  Side side = Side::kLeft;
  std::string actor, act, target;
  std::vector<SaidPlace> places;
  std::vector<int32_t> replies;  // indices into the pairs given, ascending
  double centrality = 0;         // of its most central sentence, 0 to 1
};

// Something that a side asks of the other.
struct DemandSummary {
  Side side = Side::kLeft;
  std::string on;
  SaidPlace place;
  std::vector<int32_t> replies;
  double centrality = 0;
};

struct CountedTerm {
  std::string words;
  int32_t count = 0;
};

struct TermSummary {
  std::string group;
  Sides<std::vector<CountedTerm>> terms;  // most frequent first
  Sides<std::vector<int32_t>> sentences;
};

struct NumberSummary {
  int32_t pair = 0;  // index into the pairs given
  Sides<std::string> text;
  Sides<double> value{0, 0};
  std::string unit;
  std::string difference;  // of right from left: "+12, 1.4 times"; empty when equal
};

struct RankedIndex {
  int32_t index = 0;
  double centrality = 0;
};

struct ComparisonSummary {
  std::vector<ActSummary> acts;                // by side, the most frequent first
  std::vector<AccusationSummary> accusations;  // by side, the most central first
  std::vector<DemandSummary> demands;          // the same
  std::vector<TermSummary> terms;
  std::vector<NumberSummary> numbers;
  Sides<std::vector<RankedIndex>> only;
};

// Accusations and demands only where the statements are `competing`: versions of one statement answer nothing.
// O(sentences + pairs, times the mentions in each). Thread-safe.
ComparisonSummary SummariseComparison(const Sides<SummarisedStatement>& statements,
                                      const std::vector<SummarisedPair>& pairs, bool competing, const Lexicon& lexicon);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_SUMMARISE_SUMMARISE_COMPARISON_H_
