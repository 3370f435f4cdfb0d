// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Decides whether two statements are versions of one text (parallel mode: monotone beads) or speak against each other
// (competing mode: pairs in any order), for `--mode=auto`.
//
//   ModeChoice choice = ChooseMode({left, right}, matcher.Index({left, right}));
//   choice.mode == AlignMode::kParallel;
//   choice.reason == "read in order, 94 % of both texts meet sentences that are like them (similarity 0.55, by chance
//   0.11): "
//                    "versions of one text"
//
// The monotone alignment is tried, without its second pass. Versions of one text match in order nearly throughout, and
// their sentences share far more terms with their partners than with the rest; competing statements do not, even where
// they quote each other.
#ifndef NARRDIFF_ENGINE_ALIGN_CHOOSE_MODE_H_
#define NARRDIFF_ENGINE_ALIGN_CHOOSE_MODE_H_

#include <string>

#include "engine/align/align_beads.h"
#include "engine/align/match_terms.h"

namespace narrdiff {

enum class AlignMode { kCompeting, kParallel };

struct ModeChoice {
  AlignMode mode = AlignMode::kCompeting;
  // In words, for the report: what was measured and what follows from it.
  std::string reason;
  // What was measured. Share of both texts, in bytes, that stands in beads with two sides whose similarity is at least
  // twice what chance gives; mean similarity of beads (Dice of best matches, weighted by length) and what random
  // windows of the same sizes would have.
  double coverage = 0;
  double similarity = 0;
  double chance = 0;
};

// `terms` are TermMatcher::Index's of the same sides. Never fails; an empty side gives kCompeting. A few milliseconds
// for 40 by 40 sentences, growing as AlignBeads does. The choice for swapped sides is the same. Thread-safe.
ModeChoice ChooseMode(const Sides<SentenceTexts>& sides, const TermTables& terms);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_ALIGN_CHOOSE_MODE_H_
