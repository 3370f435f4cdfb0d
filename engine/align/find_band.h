// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Where in a long text the beads can be: a band around a path that is found coarse to fine, as in FastDTW (Salvador and
// Chan 2007) and vecalign (Thompson and Koehn 2019).
#ifndef NARRDIFF_ENGINE_ALIGN_FIND_BAND_H_
#define NARRDIFF_ENGINE_ALIGN_FIND_BAND_H_

#include <cstdint>
#include <vector>

#include "engine/align/bead_band.h"
#include "engine/align/match_terms.h"
#include "engine/base/sides.h"

namespace narrdiff {

// `radius` sentences on both sides of the path. `lengths` are the sentences' sizes in bytes. O(terms + sentences x
// radius).
BeadBand FindBand(const TermTables& tables, const Sides<std::vector<int32_t>>& lengths, int32_t radius);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_ALIGN_FIND_BAND_H_
