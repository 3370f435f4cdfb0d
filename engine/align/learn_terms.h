// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The bootstrapped lexicon: pairs of terms that a first pass saw together, for a second one (Varga et al. 2005).
#ifndef NARRDIFF_ENGINE_ALIGN_LEARN_TERMS_H_
#define NARRDIFF_ENGINE_ALIGN_LEARN_TERMS_H_

#include <vector>

#include "engine/align/bead.h"
#include "engine/align/match_terms.h"

namespace narrdiff {

// Adds to `tables` the pairs of types that `beads` show together: association 2 (c(t, u) - 1) / (c(t) + c(u)) over the
// beads, of which equal ones count once. One is taken off so that a bead is not its own evidence. O(sum over beads of
// types left x types right).
void LearnTerms(const std::vector<Bead>& beads, const BeadWeights& weights, TermTables& tables);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_ALIGN_LEARN_TERMS_H_
