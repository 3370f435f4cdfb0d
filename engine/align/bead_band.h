// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The part of the search space that is looked at: all of it for short texts, a band around a coarse path for long ones.
#ifndef NARRDIFF_ENGINE_ALIGN_BEAD_BAND_H_
#define NARRDIFF_ENGINE_ALIGN_BEAD_BAND_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace narrdiff {

// Nodes (i, j) of the search, i left and j right sentences consumed: row i has the columns low[i] .. high[i], both
// growing.
struct BeadBand {
  std::vector<int32_t> low, high;
  std::vector<size_t> start;  // of each row in arrays over all nodes; one more for the end

  int32_t rows() const { return static_cast<int32_t>(low.size()); }
  bool Has(int32_t i, int32_t j) const {
    return i >= 0 && j >= low[static_cast<size_t>(i)] && j <= high[static_cast<size_t>(i)];
  }
  size_t At(int32_t i, int32_t j) const {
    return start[static_cast<size_t>(i)] + static_cast<size_t>(j - low[static_cast<size_t>(i)]);
  }
  void Finish() {
    start.assign(1, 0);
    for (size_t i = 0; i < low.size(); ++i) start.push_back(start.back() + static_cast<size_t>(high[i] - low[i] + 1));
  }
};

// Everything. O(rows columns) nodes.
inline BeadBand FullBand(int32_t rows, int32_t columns) {
  BeadBand band;
  band.low.assign(static_cast<size_t>(rows) + 1, 0);
  band.high.assign(static_cast<size_t>(rows) + 1, columns);
  band.Finish();
  return band;
}

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_ALIGN_BEAD_BAND_H_
