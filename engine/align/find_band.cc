// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/align/find_band.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace narrdiff {
namespace {

size_t Index(int32_t i) { return static_cast<size_t>(i); }

// Most blocks of a side that are searched whole.
constexpr int32_t kCoarsestBlocks = 4096;
// Blocks that a finer path may be off the coarser one, before and after.
constexpr int32_t kRefine = 20;
// Cosines are counted in standard deviations from what chance gives. From so many on, two blocks count as alike; from
// fewer where the evidence is poor, for there what belongs together stands out less.
constexpr float kAlike = 1.2f, kAlikePoor = .8f;
// What it costs to begin a passage that one side lacks, or that both sides have something else for, and each of its
// blocks.
constexpr float kOpen = 4, kGap = .05f;
constexpr int32_t kSamples = 4096;
constexpr size_t kLanes = 8;

// One side at one level: unit vectors, padded to whole lanes.
struct Blocks {
  int32_t count = 0;
  std::vector<float> vectors;
};

// For each left block the right blocks that a path visits, inclusive.
struct CoarsePath {
  std::vector<int32_t> low, high;
};

// Of paths to a cell: whose last step matches its blocks, leaves the left one alone, leaves the right one alone.
struct Scores {
  float both = -1e30f, left = -1e30f, right = -1e30f;
};

// How the best paths came to a cell.
enum Steps : uint8_t {
  kFromBoth = 0,
  kFromLeft = 1,
  kFromRight = 2,
  kDiagonal = 0,
  kDown = 4,
  kAcross = 12,
  kBothMask = 15,
  kLeftOpens = 16,
  kRightOpens = 32,
  kRightFromLeft = 64,
  kRightMask = 96,
};

float Dot(const float* a, const float* b, size_t dimensions) {
  float sums[kLanes] = {};
  for (size_t d = 0; d < dimensions; d += kLanes) {
    for (size_t k = 0; k < kLanes; ++k) sums[k] += a[d + k] * b[d + k];
  }
  return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}

// Makes a band of a path: `radius` more on both sides, and rows that grow and overlap.
void Widen(int32_t radius, int32_t columns, BeadBand& band) {
  for (int32_t& low : band.low) low = std::clamp(low - radius, 0, columns);
  for (int32_t& high : band.high) high = std::clamp(high + radius, 0, columns);
  band.low.front() = 0;
  band.high.back() = columns;
  for (size_t i = 1; i < band.high.size(); ++i) band.high[i] = std::max(band.high[i], band.high[i - 1]);
  for (size_t i = band.low.size() - 1; i-- > 0;) band.low[i] = std::min(band.low[i], band.low[i + 1]);
  band.Finish();
}

class CoarseSearch {
 public:
  CoarseSearch(const Sides<int32_t>& sentences, absl::Span<const SentenceVectors> sources)
      : sentences_(sentences), sources_(sources) {
    for (const SentenceVectors& source : sources) dimensions_ += Index(source.dimensions);
    dimensions_ = (dimensions_ + kLanes - 1) / kLanes * kLanes;
    const bool poor = std::all_of(sources.begin(), sources.end(), [](const SentenceVectors& s) { return s.poor; });
    alike_from_ = poor ? kAlikePoor : kAlike;
  }

  BeadBand Run(int32_t radius) const {
    const int32_t left = sentences_.left, right = sentences_.right;
    int shift = 1;
    while ((std::max(left, right) >> shift) > kCoarsestBlocks) ++shift;
    CoarsePath path;
    for (bool first = true; shift >= 1; --shift, first = false) {
      const Sides<Blocks> blocks{MakeBlocks(Side::kLeft, shift), MakeBlocks(Side::kRight, shift)};
      CoarsePath band;
      const int32_t columns = blocks.right.count;
      for (int32_t i = 0; i < blocks.left.count; ++i) {
        band.low.push_back(first ? 0 : std::clamp(path.low[Index(i / 2)] * 2 - kRefine, 0, columns - 1));
        band.high.push_back(first ? columns - 1
                                  : std::clamp(path.high[Index(i / 2)] * 2 + 1 + kRefine, 0, columns - 1));
      }
      path = Search(blocks, band);
    }
    BeadBand band;
    for (int32_t i = 0; i <= left; ++i) {
      const size_t before = Index(std::max(i - 1, 0) / 2), after = Index(std::min(i, left - 1) / 2);
      band.low.push_back(path.low[before] * 2);
      band.high.push_back(path.high[after] * 2 + 2);
    }
    Widen(radius, right, band);
    return band;
  }

 private:
  Blocks MakeBlocks(Side side, int shift) const {
    Blocks out;
    out.count = (sentences_[side] + (1 << shift) - 1) >> shift;
    out.vectors.resize(Index(out.count) * dimensions_);
    size_t offset = 0;
    for (const SentenceVectors& source : sources_) {
      const size_t width = Index(source.dimensions);
      for (int32_t s = 0; s < sentences_[side]; ++s) {
        const float* from = source.values[side].data() + Index(s) * width;
        float* to = out.vectors.data() + Index(s >> shift) * dimensions_ + offset;
        for (size_t d = 0; d < width; ++d) to[d] += from[d];
      }
      for (int32_t b = 0; b < out.count; ++b) {
        float* vector = out.vectors.data() + Index(b) * dimensions_ + offset;
        double squares = 0;
        for (size_t d = 0; d < width; ++d) squares += static_cast<double>(vector[d]) * static_cast<double>(vector[d]);
        if (squares == 0) continue;
        const float factor = std::sqrt(source.weight / static_cast<float>(squares));
        for (size_t d = 0; d < width; ++d) vector[d] *= factor;
      }
      offset += width;
    }
    return out;
  }

  float Cosine(const Sides<Blocks>& blocks, int32_t i, int32_t j) const {
    return Dot(blocks.left.vectors.data() + Index(i) * dimensions_,
               blocks.right.vectors.data() + Index(j) * dimensions_, dimensions_);
  }

  // Mean and standard deviation of the cosine of blocks that have nothing to do with each other, as most have.
  std::pair<float, float> Chance(const Sides<Blocks>& blocks) const {
    double sum = 0, squares = 0;
    for (int32_t k = 0; k < kSamples; ++k) {
      // Steps without a common divisor with most counts, so that the samples are spread over both texts.
      const int32_t i = static_cast<int32_t>(int64_t{k} * 7919 % blocks.left.count);
      const int32_t j = static_cast<int32_t>((int64_t{k} * 104729 + k / 64) % blocks.right.count);
      const double c = static_cast<double>(Cosine(blocks, i, j));
      sum += c;
      squares += c * c;
    }
    const double mean = sum / kSamples;
    return {static_cast<float>(mean), static_cast<float>(std::sqrt(std::max(1e-8, squares / kSamples - mean * mean)))};
  }

  // The best monotone path within `band`.
  CoarsePath Search(const Sides<Blocks>& blocks, const CoarsePath& band) const {
    const int32_t rows = blocks.left.count, columns = blocks.right.count;
    std::vector<size_t> start(1, 0);
    for (int32_t i = 0; i < rows; ++i) {
      start.push_back(start.back() + Index(band.high[Index(i)] - band.low[Index(i)] + 1));
    }
    const auto [mean, deviation] = Chance(blocks);
    std::vector<uint8_t> from(start.back());
    std::vector<Scores> before, now;
    for (int32_t i = 0; i < rows; ++i) {
      const int32_t low = band.low[Index(i)], high = band.high[Index(i)];
      now.assign(Index(high - low + 1), Scores());
      const int32_t low_before = i > 0 ? band.low[Index(i - 1)] : 0, high_before = i > 0 ? band.high[Index(i - 1)] : -1;
      for (int32_t j = low; j <= high; ++j) {
        const float alike = (Cosine(blocks, i, j) - mean) / deviation - alike_from_;
        Scores& here = now[Index(j - low)];
        if (i == 0 && j == 0) {
          here = {alike, -kOpen, -kOpen};
          continue;
        }
        const bool up = j >= low_before && j <= high_before, across = j - 1 >= low_before && j - 1 <= high_before;
        const Scores above = up ? before[Index(j - low_before)] : Scores();
        const Scores beside = j > low ? now[Index(j - 1 - low)] : Scores();
        const Scores corner = across ? before[Index(j - 1 - low_before)] : Scores();
        // Each block has half a share in a cell: a diagonal step takes one of either side.
        uint8_t steps = 0;
        here.both = corner.both + alike;
        steps = kFromBoth | kDiagonal;
        const auto consider = [&](float score, uint8_t way, float& best, uint8_t mask) {
          if (!(score > best)) return;
          best = score;
          steps = static_cast<uint8_t>((steps & ~mask) | way);
        };
        consider(corner.left + alike, kFromLeft | kDiagonal, here.both, kBothMask);
        consider(corner.right + alike, kFromRight | kDiagonal, here.both, kBothMask);
        consider(above.both + .5f * alike, kFromBoth | kDown, here.both, kBothMask);
        consider(beside.both + .5f * alike, kFromBoth | kAcross, here.both, kBothMask);
        here.left = above.left - kGap;
        consider(above.both - kOpen - kGap, kLeftOpens, here.left, kLeftOpens);
        here.right = beside.right - kGap;
        consider(beside.both - kOpen - kGap, kRightOpens, here.right, kRightMask);
        consider(beside.left - kGap, kRightFromLeft, here.right, kRightMask);
        from[start[Index(i)] + Index(j - low)] = steps;
      }
      before.swap(now);
    }
    CoarsePath path;
    path.low.assign(Index(rows), columns);
    path.high.assign(Index(rows), -1);
    int32_t i = rows - 1, j = columns - 1;
    const Scores& last = before.back();
    uint8_t state = last.both >= std::max(last.left, last.right) ? kFromBoth
                    : last.left >= last.right                    ? kFromLeft
                                                                 : kFromRight;
    while (true) {
      path.low[Index(i)] = std::min(path.low[Index(i)], j);
      path.high[Index(i)] = std::max(path.high[Index(i)], j);
      if (i == 0 && j == 0) break;
      const uint8_t steps = from[start[Index(i)] + Index(j - band.low[Index(i)])];
      if (state == kFromBoth) {
        state = steps & 3;
        const uint8_t way = steps & kAcross;
        if (way != kAcross) --i;
        if (way != kDown) --j;
      } else if (state == kFromLeft) {
        if ((steps & kLeftOpens) != 0) state = kFromBoth;
        --i;
      } else {
        if ((steps & kRightMask) == kRightOpens) state = kFromBoth;
        if ((steps & kRightMask) == kRightFromLeft) state = kFromLeft;
        --j;
      }
    }
    return path;
  }

  const Sides<int32_t> sentences_;
  const absl::Span<const SentenceVectors> sources_;
  size_t dimensions_ = 0;
  float alike_from_ = kAlike;
};

}  // namespace

BeadBand FindBand(const Sides<int32_t>& sentences, absl::Span<const SentenceVectors> sources, int32_t radius) {
  return CoarseSearch(sentences, sources).Run(radius);
}

BeadBand BandAround(const std::vector<Bead>& beads, int32_t radius) {
  const Sides<IndexRange> last = beads.empty() ? Sides<IndexRange>() : beads.back().sentences;
  BeadBand band;
  band.low.assign(Index(last.left.end) + 1, last.right.end);
  band.high.assign(Index(last.left.end) + 1, 0);
  for (const Bead& bead : beads) {
    for (int32_t i = bead.sentences.left.begin; i <= bead.sentences.left.end; ++i) {
      band.low[Index(i)] = std::min(band.low[Index(i)], bead.sentences.right.begin);
      band.high[Index(i)] = std::max(band.high[Index(i)], bead.sentences.right.end);
    }
  }
  Widen(radius, last.right.end, band);
  return band;
}

}  // namespace narrdiff
