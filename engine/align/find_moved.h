// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Passages that stand elsewhere in the other version. Beads in order must leave such a passage alone on both sides;
// here what was left alone is lined up with each other, across the order.
//
//   beads   1:1 2:2 3: 4: 5:3 6:4 7:5 :6 :7      ->   1:1 2:2 3:6 4:7 5:3 6:4 7:5    with 3:6 and 4:7 moved
//
// A bead across the order is judged by its own score against those that its sentences reach with windows of the other
// side that have another partner: what these reach is chance, and the best of many chances must be beaten. A passage is
// a chain of such beads (local alignment: Smith and Waterman 1981); one bead is enough when it is sure.
#ifndef NARRDIFF_ENGINE_ALIGN_FIND_MOVED_H_
#define NARRDIFF_ENGINE_ALIGN_FIND_MOVED_H_

#include <functional>
#include <memory>
#include <vector>

#include "engine/align/bead.h"
#include "engine/align/bead_band.h"
#include "engine/align/score_beads.h"

namespace narrdiff {

// Scores of the beads of a band, as ScoreBeads makes them.
using ScoresForBand = std::function<std::unique_ptr<BeadScores>(const BeadBand&)>;

// `beads` partition both sides in order. In the result some of the sentences that stood alone are in beads with
// Bead::moved, each where its left sentences stand; all others are as before. In a long text a passage is looked for
// only so far away that about 4 million cells are scored. O(beads + cells x max_group^2).
std::vector<Bead> FindMoved(const std::vector<Bead>& beads, const ScoresForBand& scores_for,
                            const AlignOptions& options);

// Puts every bead where its left sentences stand; those that are not moved must be in order already. O(n log n).
void SortByLeft(std::vector<Bead>& beads);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_ALIGN_FIND_MOVED_H_
