// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The best monotone partition of two texts into beads, given a score for each possible bead.
#ifndef NARRDIFF_ENGINE_ALIGN_SEARCH_BEADS_H_
#define NARRDIFF_ENGINE_ALIGN_SEARCH_BEADS_H_

#include <vector>

#include "absl/status/statusor.h"
#include "engine/align/bead.h"
#include "engine/align/bead_band.h"
#include "engine/align/score_beads.h"

namespace narrdiff {

// Scores are the potentials of a chain over all monotone partitions within the band; the forward-backward algorithm
// gives each bead's probability, and the beads returned are those that maximise the expected number of right ones
// (Goodman 1996: maximum expected recall). O(nodes of the band x max_group^2) time, O(nodes) memory beside the scores
// kept between the two passes. Where `likely` is given, it gets the two-sided beads that are as probable as
// options.likely at least, in no particular order.
// Long texts are worked on by several threads; the result is the same. `progress` may be empty; where it returns false,
// the status is Cancelled.
absl::StatusOr<std::vector<Bead>> SearchBeads(BeadScores& scores, const BeadBand& band, const AlignOptions& options,
                                              const WorkShare& progress, std::vector<Bead>* likely = nullptr);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_ALIGN_SEARCH_BEADS_H_
