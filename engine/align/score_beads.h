// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// How well n sentences and m sentences of the other side go together, for all beads that the search may look at.
#ifndef NARRDIFF_ENGINE_ALIGN_SCORE_BEADS_H_
#define NARRDIFF_ENGINE_ALIGN_SCORE_BEADS_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/align/bead.h"
#include "engine/align/bead_band.h"
#include "engine/align/match_terms.h"
#include "engine/base/sides.h"

namespace narrdiff {

// Scores of all beads that end in one row of the band, for any row. Not thread-safe: it remembers rows done before.
class BeadScores {
 public:
  virtual ~BeadScores() = default;
  // Fills out[(n - 1) * group + m - 1][j - low[i]] for the beads n : m that end at node (i, j); kNoScore where the bead
  // would start outside the texts. `group` is AlignOptions::max_group.
  virtual void Row(int32_t i, std::vector<std::vector<float>>& out) = 0;
  // The same scores for another thread, with a memory of its own. Must not outlive this one.
  virtual std::unique_ptr<BeadScores> Fork() const = 0;
};

// `tables` and `band` must outlive the result. A row of w nodes costs O(group^2 w) and the matches of its sentence.
std::unique_ptr<BeadScores> ScoreBeads(const TermTables& tables, const Sides<std::vector<int32_t>>& lengths,
                                       const BeadBand& band, const AlignOptions& options);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_ALIGN_SCORE_BEADS_H_
