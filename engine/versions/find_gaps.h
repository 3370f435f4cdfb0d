// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Words of one side of a bead that have no counterpart on the other: a sentence, a clause, an item of a list.
//
//   FindGaps(bead of "access to logs, samples and staff" and 开放日志和样本, background):  {kOmitted, "staff", ""}
//
// What is found again is told by BeadWord::match. Three kinds of gaps are looked for:
//   a sentence of a bead of several, little of which is found, and without which the lengths of both sides fit;
//   an item of a list of three or more that stands for a list with fewer items on the other side;
//   a clause or phrase between punctuation, little of which is found, where the other side has less text than it should
//   have and nothing unexplained that could be its paraphrase.
#ifndef NARRDIFF_ENGINE_VERSIONS_FIND_GAPS_H_
#define NARRDIFF_ENGINE_VERSIONS_FIND_GAPS_H_

#include <vector>

#include "engine/versions/bead_words.h"
#include "engine/versions/make_difference.h"
#include "engine/versions/version_difference.h"

namespace narrdiff {

// Items of an enumeration inside a sentence: "A, B and C", A、B和C. The first item has no beginning and the last one no
// end that marks would tell: they are cut off after a few words. `heads` are the words of each item that are surely its
// own: "logs" in "given access to logs, samples and staff".
struct ItemList {
  std::vector<TokenRange> items;
  std::vector<TokenRange> heads;
};

std::vector<ItemList> FindLists(const BeadSide& side);

// Weight of the words of both sides that are found again, as a share of all.
double CoverageOf(const BeadWords& bead);

// Stretches of tokens between punctuation and conjunctions, in order; marks belong to none.
std::vector<TokenRange> FindUnits(const BeadSide& side);

// The words that `told` differences stand on, as found: a figure that differs is not missing.
void MarkTold(const std::vector<VersionDifference>& told, BeadWords& bead);

// What the beads of two statements have in common, against which one bead is judged.
struct GapBackground {
  double length_ratio = 1;  // bytes of the right version for one of the left
  double coverage = .8;     // median of CoverageOf
};

// Where the aligner put strangers side by side: two sentences that have nothing in common, or a sentence at the end of
// a side that belongs to none of the others. The beads that the bead should be, in order; itself where there is nothing
// to part. Mirrored input gives mirrored beads, but for the order of null beads.
std::vector<Sides<IndexRange>> PartBead(const BeadWords& bead, const GapBackground& background);

// O(words). Mirrored input gives mirrored differences.
std::vector<VersionDifference> FindGaps(const BeadWords& bead, const GapBackground& background);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_VERSIONS_FIND_GAPS_H_
