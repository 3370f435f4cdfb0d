// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// What vectors add to the scores of beads, in two steps: first every bead gets the likeness of vectors composed from
// those of its sentences, which costs one embedding a sentence; then the few beads that are still likely get that of
// vectors made of their whole text, and a fine for words that are linked to the sentences next to them.
#ifndef NARRDIFF_ENGINE_ALIGN_VECTOR_SCORES_H_
#define NARRDIFF_ENGINE_ALIGN_VECTOR_SCORES_H_

#include <functional>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "engine/align/bead.h"
#include "engine/align/bead_band.h"
#include "engine/align/link_tokens.h"
#include "engine/align/score_beads.h"
#include "engine/align/sentence_vectors.h"
#include "engine/base/sides.h"
#include "engine/embed/embedder.h"

namespace narrdiff {

// The vectors of both sides' sentences, and where to get those of longer runs.
struct BeadVectors {
  // Of each sentence; with vectors of tokens, or all without.
  Sides<absl::Span<const Embedding>> sentences;
  // Pooled vectors of the texts of runs of two and more sentences of one side. Called once a side at most.
  std::function<absl::StatusOr<std::vector<Embedding>>(Side, const std::vector<IndexRange>&)> embed;

  bool has_tokens() const;
  BeadVectors Swapped() const;
};

// The sentences' vectors, each side's mean taken off, for the coarse search of a long text.
SentenceVectors CentredVectors(const BeadVectors& vectors);

// `inner` with the cosine of composed vectors: the mean of its sentences' vectors, weighted by `lengths`, after each
// side's mean over the text is taken off. O(left x right x dimensions) for the nodes of the band, once.
std::unique_ptr<BeadScores> AddComposedVectors(std::unique_ptr<BeadScores> inner, const BeadVectors& vectors,
                                               const Sides<std::vector<int32_t>>& lengths, const BeadBand& band,
                                               const AlignOptions& options);

// `inner` for the beads in `likely` alone, all others being impossible: with the cosine of the vectors of the bead's
// two texts, less that of its neighbours, less the share of links to its neighbours. `links` may be null. Errors: those
// of vectors.embed. O(likely x (dimensions + group)).
absl::StatusOr<std::unique_ptr<BeadScores>> RescoreLikely(std::unique_ptr<BeadScores> inner,
                                                          const std::vector<Bead>& likely, const BeadVectors& vectors,
                                                          const TokenLinks* links, const BeadBand& band,
                                                          const AlignOptions& options);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_ALIGN_VECTOR_SCORES_H_
