// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Where in a long text the beads can be: a band around a path that is found coarse to fine, as in FastDTW (Salvador and
// Chan 2007) and vecalign (Thompson and Koehn 2019).
//
//   BeadBand band = FindBand({left_count, right_count}, {HashTerms(tables)}, 32);
//
// Blocks of sentences are compared by the cosine of their summed vectors. The coarsest level, at most 4,096 blocks a
// side, is searched whole; each finer one, down to blocks of two sentences, within some blocks of the path before. A
// path goes diagonally where blocks are alike and straight on, at a small cost, where one side has what the other
// lacks, so that whole passages may be missing. Because a path is worth the sum of its cells, a passage that occurs
// many times is found in its place by what stands before and after it.
#ifndef NARRDIFF_ENGINE_ALIGN_FIND_BAND_H_
#define NARRDIFF_ENGINE_ALIGN_FIND_BAND_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "engine/align/bead.h"
#include "engine/align/bead_band.h"
#include "engine/align/sentence_vectors.h"
#include "engine/base/sides.h"

namespace narrdiff {

// `radius` sentences on both sides of the path. Every source has vectors for all `sentences` of both sides. Time
// O(sentences x (dimensions + radius)) beside the coarsest level, whose cost is bounded; memory O(sentences x
// dimensions).
BeadBand FindBand(const Sides<int32_t>& sentences, absl::Span<const SentenceVectors> sources, int32_t radius);

// `radius` sentences on both sides of beads that partition both sides in order. O(sentences x radius).
BeadBand BandAround(const std::vector<Bead>& beads, int32_t radius);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_ALIGN_FIND_BAND_H_
