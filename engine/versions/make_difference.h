// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Puts a difference together from the words of a bead: its spans, the sentences they stand in, and the reason in words.
//
//   MakeDifference(bead, kNumber, {{3, 5}}, {{2, 6}}, "another figure", .9).reason ==
//       "another figure: left says \"75 minutes\", right says \"57分钟\""
//   MakeDifference(bead, kOmitted, {{9, 11}}, {}, "", .8).reason == "only left says \"armed forces\""
#ifndef NARRDIFF_ENGINE_VERSIONS_MAKE_DIFFERENCE_H_
#define NARRDIFF_ENGINE_VERSIONS_MAKE_DIFFERENCE_H_

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/sides.h"
#include "engine/versions/bead_words.h"
#include "engine/versions/version_difference.h"

namespace narrdiff {

// Half-open, in tokens of one side.
struct TokenRange {
  int32_t first = 0, last = 0;
};

// Either list may be empty; that side's sentence is then the one in which the words of the other would stand.
VersionDifference MakeDifference(const BeadWords& bead, VersionDifferenceKind kind, std::vector<TokenRange> left,
                                 std::vector<TokenRange> right, std::string_view what, double confidence);

// The sentence of the other side that holds most of what sentence `sentence` of `side` says.
int32_t CounterpartOf(const BeadWords& bead, Side side, int32_t sentence);

// The words of the ranges in quotation marks, parted by " ... ".
std::string Quoted(const BeadSide& side, const std::vector<TokenRange>& ranges);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_VERSIONS_MAKE_DIFFERENCE_H_
