// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/align/find_band.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "engine/align/term_postings.h"

namespace narrdiff {
namespace {

size_t Index(int32_t i) { return static_cast<size_t>(i); }

// Blocks of 2^shift sentences. A path over blocks as, for each left block, the right blocks it visits.
struct CoarsePath {
  std::vector<int32_t> low, high;  // inclusive
};

constexpr int32_t kCoarsestBlocks = 256;
// A type in more blocks than this says little about where we are.
constexpr size_t kMaxBlocks = 48;

class CoarseSearch {
 public:
  CoarseSearch(const TermTables& tables, const Sides<std::vector<int32_t>>& lengths)
      : tables_(tables), left_postings_(tables.tables.left), right_postings_(tables.tables.right) {
    for (const Side side : kBothSides) {
      std::vector<double>& sums = length_[side];
      sums.assign(1, 0);
      for (const int32_t bytes : lengths[side]) sums.push_back(sums.back() + std::max(bytes, 1));
      for (double& s : sums) s /= std::max(1.0, sums.back());
    }
  }

  BeadBand Run(int32_t radius) {
    const int32_t left = tables_.tables.left.sentence_count(), right = tables_.tables.right.sentence_count();
    int shift = 1;
    while ((std::max(left, right) >> shift) > kCoarsestBlocks) ++shift;
    CoarsePath path;
    for (bool first = true; shift >= 1; --shift, first = false) {
      const int32_t rows = Blocks(left, shift), columns = Blocks(right, shift);
      CoarsePath band;
      band.low.resize(Index(rows));
      band.high.resize(Index(rows));
      for (int32_t i = 0; i < rows; ++i) {
        if (first) {
          band.low[Index(i)] = 0;
          band.high[Index(i)] = columns - 1;
        } else {
          band.low[Index(i)] = std::clamp(path.low[Index(i / 2)] * 2 - kRefine, 0, columns - 1);
          band.high[Index(i)] = std::clamp(path.high[Index(i / 2)] * 2 + 1 + kRefine, 0, columns - 1);
        }
      }
      path = Search(shift, band);
    }
    BeadBand band;
    for (int32_t i = 0; i <= left; ++i) {
      const size_t before = Index(std::max(i - 1, 0) / 2), after = Index(std::min(i, left - 1) / 2);
      band.low.push_back(std::clamp(path.low[before] * 2 - radius, 0, right));
      band.high.push_back(std::clamp(path.high[after] * 2 + 2 + radius, 0, right));
    }
    band.low[0] = 0;
    band.high[Index(left)] = right;
    // Neighbouring rows must overlap and grow.
    for (int32_t i = 1; i <= left; ++i) band.high[Index(i)] = std::max(band.high[Index(i)], band.high[Index(i - 1)]);
    for (int32_t i = left; i-- > 0;) band.low[Index(i)] = std::min(band.low[Index(i)], band.low[Index(i + 1)]);
    band.Finish();
    return band;
  }

 private:
  static constexpr int32_t kRefine = 12;  // blocks left and right of the coarser path

  static int32_t Blocks(int32_t sentences, int shift) { return (sentences + (1 << shift) - 1) >> shift; }

  // The best monotone path within `band`: cells that share rare matching terms, and, where there is nothing to go by,
  // cells at equal shares of both texts.
  CoarsePath Search(int shift, const CoarsePath& band) const {
    const int32_t rows = static_cast<int32_t>(band.low.size());
    const TermTable& left = tables_.tables.left;
    const int32_t columns = band.high.back() + 1;
    std::vector<size_t> start(1, 0);
    for (int32_t i = 0; i < rows; ++i)
      start.push_back(start.back() + Index(band.high[Index(i)] - band.low[Index(i)] + 1));
    std::vector<float> cell(start.back());
    // Sums of the whole rows and columns, also outside the band.
    std::vector<double> row_sum(Index(rows)), column_sum(Index(columns));
    double total = 0;
    std::vector<int32_t> left_blocks, right_blocks;
    auto blocks_of = [&](const TermPostings& postings, int32_t type, std::vector<int32_t>& out) {
      out.clear();
      for (const int32_t* p = postings.first(type); p != postings.last(type); ++p) {
        if (out.empty() || out.back() != *p >> shift) out.push_back(*p >> shift);
        if (out.size() > kMaxBlocks) return false;
      }
      return !out.empty();
    };
    for (int32_t type = 0; type < static_cast<int32_t>(left.types.size()); ++type) {
      if (!blocks_of(left_postings_, type, left_blocks)) continue;
      for (const TermMatch& m : tables_.matches.left.of(type)) {
        if (!blocks_of(right_postings_, m.type, right_blocks)) continue;
        const float value = m.value / static_cast<float>(left_blocks.size() * right_blocks.size());
        total += m.value;
        for (const int32_t j : right_blocks) column_sum[Index(j)] += m.value / static_cast<double>(right_blocks.size());
        for (const int32_t i : left_blocks) {
          const int32_t low = band.low[Index(i)], high = band.high[Index(i)];
          row_sum[Index(i)] += m.value / static_cast<double>(left_blocks.size());
          for (auto p = std::lower_bound(right_blocks.begin(), right_blocks.end(), low);
               p != right_blocks.end() && *p <= high; ++p) {
            cell[start[Index(i)] + Index(*p - low)] += value;
          }
        }
      }
    }
    // What a cell has above what its row and column would give by chance, in standard deviations of a Poisson count.
    for (int32_t i = 0; i < rows; ++i) {
      for (int32_t j = band.low[Index(i)]; j <= band.high[Index(i)]; ++j) {
        float& c = cell[start[Index(i)] + Index(j - band.low[Index(i)])];
        const double expected = total > 0 ? row_sum[Index(i)] * column_sum[Index(j)] / total : 0;
        c = static_cast<float>((c - expected) / std::sqrt(expected + .01));
      }
    }
    // A path may go right, down or both; a step that is not both costs a little.
    constexpr float kTurn = .1f;
    std::vector<float> score(start.back(), -1e30f);
    std::vector<uint8_t> from(start.back(), 0);
    for (int32_t i = 0; i < rows; ++i) {
      for (int32_t j = band.low[Index(i)]; j <= band.high[Index(i)]; ++j) {
        const size_t at = start[Index(i)] + Index(j - band.low[Index(i)]);
        float best = i == 0 && j == 0 ? 0.f : -1e30f;
        auto consider = [&](int32_t pi, int32_t pj, uint8_t step, float cost) {
          if (pi < 0 || pj < band.low[Index(pi)] || pj > band.high[Index(pi)]) return;
          const float s = score[start[Index(pi)] + Index(pj - band.low[Index(pi)])] - cost;
          if (s > best) {
            best = s;
            from[at] = step;
          }
        };
        consider(i - 1, j - 1, 3, 0);
        consider(i - 1, j, 1, kTurn);
        if (j > band.low[Index(i)]) consider(i, j - 1, 2, kTurn);
        const double x = length_.left[std::min(length_.left.size() - 1, Index(i) << shift)];
        const double y = length_.right[std::min(length_.right.size() - 1, Index(j) << shift)];
        score[at] = best + cell[at] - static_cast<float>(.2 * std::abs(x - y));
      }
    }
    CoarsePath path;
    path.low.assign(Index(rows), columns);
    path.high.assign(Index(rows), -1);
    int32_t i = rows - 1, j = columns - 1;
    while (true) {
      path.low[Index(i)] = std::min(path.low[Index(i)], j);
      path.high[Index(i)] = std::max(path.high[Index(i)], j);
      const uint8_t step = from[start[Index(i)] + Index(j - band.low[Index(i)])];
      if ((i == 0 && j == 0) || step == 0) break;
      if ((step & 1) != 0) --i;
      if ((step & 2) != 0) --j;
    }
    for (; i >= 0; --i) {  // only where the band broke off
      path.low[Index(i)] = std::min(path.low[Index(i)], band.low[Index(i)]);
      path.high[Index(i)] = std::max(path.high[Index(i)], band.low[Index(i)]);
    }
    return path;
  }

  const TermTables& tables_;
  const TermPostings left_postings_, right_postings_;
  Sides<std::vector<double>> length_;
};

}  // namespace

BeadBand FindBand(const TermTables& tables, const Sides<std::vector<int32_t>>& lengths, int32_t radius) {
  return CoarseSearch(tables, lengths).Run(radius);
}

}  // namespace narrdiff
