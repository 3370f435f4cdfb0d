// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Sentences of both sides as vectors whose dot products tell how much they have in common: what the coarse search of a
// long text looks at. Terms are one source (HashTerms); an embedding model is another.
#ifndef NARRDIFF_ENGINE_ALIGN_SENTENCE_VECTORS_H_
#define NARRDIFF_ENGINE_ALIGN_SENTENCE_VECTORS_H_

#include <cstdint>
#include <vector>

#include "engine/align/match_terms.h"
#include "engine/base/sides.h"

namespace narrdiff {

// Row-major [sentences][dimensions]. A side's vectors should have the mean 0, so that what is common to all sentences
// does not count; a run of sentences is the sum of theirs.
struct SentenceVectors {
  int32_t dimensions = 0;
  Sides<std::vector<float>> values;
  // Share in the evidence, against other sources. Range 0 to 1.
  float weight = 1;
  // Whether the evidence is poor: few of the terms have a match at all.
  bool poor = false;

  int32_t count(Side side) const {
    return dimensions == 0 ? 0 : static_cast<int32_t>(values[side].size()) / dimensions;
  }
};

// Each right type gets a random direction, each left type the sum of those of its matches; a sentence is the weighted
// sum of its types less their mean. So the dot product of two sentences estimates the sum over their matching terms of
// weight x weight x match (random indexing: Kanerva et al. 2000), with an error that falls with the square root of the
// number of terms: for blocks of sentences it is good, for single ones rough. The same tables give the same bytes.
// O((types + terms) x dimensions).
SentenceVectors HashTerms(const TermTables& tables);

// Share of the terms' weight, of the side where it is less, that has a match on the other side at all. Across languages
// a full dictionary gives .75 and more, cognates .57, our own lexicon alone .06 to .6, the least on free prose.
// O(terms).
double MatchedShare(const TermTables& tables);
// A share below which few words match.
inline constexpr double kFewMatches = .4;

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_ALIGN_SENTENCE_VECTORS_H_
