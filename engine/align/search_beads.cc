// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/align/search_beads.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "engine/base/run_parallel.h"

namespace narrdiff {
namespace {

// Beads less likely than e^-kPrune are not followed.
constexpr double kPrune = 20;

// Rows that are worked up between two looks at the caller's wishes, and made ahead by other threads.
constexpr int32_t kRowsAtOnce = 512;

size_t Index(int32_t i) { return static_cast<size_t>(i); }

double LogAdd(double a, double b) {
  if (a < b) std::swap(a, b);
  return b == kNoScore ? a : a + std::log1p(std::exp(b - a));
}

struct Step {
  uint8_t n = 0, m = 0;
};

class BeadSearch {
 public:
  BeadSearch(BeadScores& scores, const BeadBand& band, const AlignOptions& options, const WorkShare& progress)
      : band_(band),
        weights_(options.weights),
        group_(std::clamp(options.max_group, 1, kMaxGroup)),
        scores_(scores),
        progress_(progress),
        left_(band.rows() - 1),
        right_(band.high.back()),
        least_likely_(options.likely) {
    kept_.resize(Index(left_) + 1);
  }

  absl::StatusOr<std::vector<Bead>> Run(std::vector<Bead>* likely) {
    likely_ = likely;
    if (!Forward() || !Backward()) return absl::CancelledError("interrupted");
    return Path();
  }

 private:
  // A bead that matters, among those that end in one row. A long text has tens of millions, so they are kept small.
  struct KeptBead {
    uint32_t packed;  // column, counted from the row's lowest, x 64 + n x 8 + m
    float score;

    KeptBead(int32_t column, int n, int m, float score_in)
        : packed(static_cast<uint32_t>(column * 64 + n * 8 + m)), score(score_in) {}
    int32_t column() const { return static_cast<int32_t>(packed / 64); }
    int n() const { return static_cast<int>(packed / 8 % 8); }
    int m() const { return static_cast<int>(packed % 8); }
  };

  using RowScores = std::vector<std::vector<float>>;

  // Rows of scores take longer than what is done with them: they are made ahead, on several threads, while the rows
  // before them are worked up on this one. False when the caller wants the work to end.
  bool Forward() {
    alpha_.assign(band_.start.back(), kNoScore);
    alpha_[0] = 0;
    const size_t helpers = left_ + 1 < 2 * kRowsAtOnce ? 0 : ThreadCount() - 1;
    if (helpers == 0) {
      RowScores row;
      for (int32_t i = 0; i <= left_; ++i) {
        if (i % kRowsAtOnce == 0 && !Tell(i, 0)) return false;
        scores_.Row(i, row);
        ForwardRow(i, row);
      }
      return true;
    }
    std::vector<std::unique_ptr<BeadScores>> makers;
    for (size_t k = 0; k < helpers; ++k) makers.push_back(scores_.Fork());
    std::vector<RowScores> made(Index(kRowsAtOnce)), making(Index(kRowsAtOnce));
    for (int32_t first = 0; first <= left_ + kRowsAtOnce; first += kRowsAtOnce) {
      const int32_t last = std::min(first + kRowsAtOnce, left_ + 1);
      RunParallel(1 + helpers, [&](size_t part) {
        if (part == 0) {
          for (int32_t i = first - kRowsAtOnce; i < first; ++i) {
            if (i >= 0 && i <= left_) ForwardRow(i, made[Index(i % kRowsAtOnce)]);
          }
          return;
        }
        const int32_t slice = kRowsAtOnce / static_cast<int32_t>(helpers) + 1;
        const int32_t begin = first + static_cast<int32_t>(part - 1) * slice;
        for (int32_t i = begin; i < std::min(begin + slice, last); ++i) {
          makers[part - 1]->Row(i, making[Index(i % kRowsAtOnce)]);
        }
      });
      made.swap(making);
      if (!Tell(std::min(first, left_ + 1), 0)) return false;
    }
    return true;
  }

  // alpha_(node): log of the summed potentials of all paths from the start, for one row. Beads that are too unlikely
  // among those that end in their node are so in the whole, and are forgotten.
  void ForwardRow(int32_t i, const RowScores& scores) {
    const double skip = weights_.sharpness * weights_.skip;
    kept_row_.clear();
    const int32_t low = band_.low[Index(i)], high = band_.high[Index(i)];
    for (int32_t j = low; j <= high; ++j) {
      if (i == 0 && j == 0) continue;
      terms_.clear();
      ending_.clear();
      const auto add = [&](double value) {
        if (value != kNoScore) terms_.push_back(value);
      };
      if (j > low) add(alpha_[band_.At(i, j - 1)] + skip);
      if (band_.Has(i - 1, j)) add(alpha_[band_.At(i - 1, j)] + skip);
      const size_t alone = terms_.size();  // the term of ending_[k] is terms_[alone + k]
      for (int n = 1; n <= std::min<int>(group_, i); ++n) {
        const int32_t row_low = band_.low[Index(i - n)], row_high = band_.high[Index(i - n)];
        const double* row = alpha_.data() + band_.start[Index(i - n)];
        for (int m = 1; m <= group_; ++m) {
          const int32_t from = j - m;
          if (from < row_low || from > row_high) continue;
          const float score = scores[Index((n - 1) * group_ + m - 1)][Index(j - low)];
          const double term = row[from - row_low] + weights_.sharpness * static_cast<double>(score);
          if (term == kNoScore) continue;
          terms_.push_back(term);
          ending_.emplace_back(j - low, n, m, score);
        }
      }
      if (terms_.empty()) continue;
      const double top = *std::max_element(terms_.begin(), terms_.end());
      double sum = 0;
      for (const double t : terms_) {
        if (t > top - kPrune) sum += std::exp(t - top);
      }
      alpha_[band_.At(i, j)] = top + std::log(sum);
      for (size_t k = 0; k < ending_.size(); ++k) {
        if (terms_[alone + k] > alpha_[band_.At(i, j)] - kPrune) kept_row_.push_back(ending_[k]);
      }
    }
    kept_[Index(i)].assign(kept_row_.begin(), kept_row_.end());
  }

  // Tells how many rows each way are done.
  bool Tell(int32_t forward, int32_t backward) const {
    // A row takes on the way back a quarter of what it takes on the way there.
    return !progress_ || progress_((.8 * forward + .2 * backward) / (left_ + 1));
  }

  // From the end: beta, the probability of every bead that matters, and the best expected number of right beads from
  // each node.
  bool Backward() {
    const size_t nodes = band_.start.back();
    beta_.assign(nodes, kNoScore);
    gain_.assign(nodes, kNoScore);
    step_.assign(nodes, Step());
    probability_.assign(nodes, 0);
    const size_t last = band_.At(left_, right_);
    beta_[last] = gain_[last] = 0;
    const double total = alpha_[last];
    const double skip = weights_.sharpness * weights_.skip;
    for (int32_t i = left_; i >= 0; --i) {
      if (i % kRowsAtOnce == 0 && !Tell(left_ + 1, left_ - i)) return false;
      const int32_t low = band_.low[Index(i)], high = band_.high[Index(i)];
      const std::vector<KeptBead>& kept = kept_[Index(i)];
      size_t kept_end = kept.size();
      for (int32_t j = high; j >= low; --j) {
        const size_t at = band_.At(i, j);
        size_t first = kept_end;
        while (first > 0 && kept[first - 1].column() == j - low) --first;
        const size_t last_kept = std::exchange(kept_end, first);
        if (beta_[at] == kNoScore) continue;
        auto offer = [&](size_t from, double score, int n, int m) {
          if (alpha_[from] == kNoScore) return;
          const double log_probability = alpha_[from] + score + beta_[at] - total;
          if (!(log_probability > -kPrune)) return;
          beta_[from] = LogAdd(beta_[from], score + beta_[at]);
          const double probability = std::min(1.0, std::exp(log_probability));
          if (likely_ != nullptr && n > 0 && m > 0 && probability >= least_likely_) {
            likely_->push_back({{{i - n, i}, {j - m, j}}, static_cast<float>(probability)});
          }
          const double gain = gain_[at] + probability - weights_.decode_cost;
          if (gain > gain_[from]) {
            gain_[from] = gain;
            step_[from] = {static_cast<uint8_t>(n), static_cast<uint8_t>(m)};
            probability_[from] = static_cast<float>(probability);
          }
        };
        if (j > low) offer(at - 1, skip, 0, 1);
        if (band_.Has(i - 1, j)) offer(band_.At(i - 1, j), skip, 1, 0);
        for (size_t k = first; k < last_kept; ++k) {
          const KeptBead& bead = kept[k];
          offer(band_.At(i - bead.n(), j - bead.m()), weights_.sharpness * static_cast<double>(bead.score), bead.n(),
                bead.m());
        }
      }
    }
    return true;
  }

  std::vector<Bead> Path() const {
    std::vector<Bead> beads;
    int32_t i = 0, j = 0;
    while (i < left_ || j < right_) {
      const size_t at = band_.At(i, j);
      Step step = step_[at];
      if (step.n == 0 && step.m == 0) step = j < band_.high[Index(i)] ? Step{0, 1} : Step{1, 0};  // cannot happen
      Bead bead;
      bead.sentences.left = {i, i + step.n};
      bead.sentences.right = {j, j + step.m};
      bead.score = probability_[at];
      beads.push_back(bead);
      i += step.n;
      j += step.m;
    }
    return beads;
  }

  const BeadBand& band_;
  const BeadWeights weights_;
  const int group_;
  BeadScores& scores_;
  const WorkShare& progress_;
  const int32_t left_, right_;
  const double least_likely_;
  std::vector<Bead>* likely_ = nullptr;
  std::vector<std::vector<KeptBead>> kept_;  // of each row, by column
  std::vector<double> alpha_, beta_, gain_;
  std::vector<Step> step_;
  std::vector<float> probability_;
  // Scratch.
  std::vector<double> terms_;
  std::vector<KeptBead> ending_, kept_row_;
};

}  // namespace

absl::StatusOr<std::vector<Bead>> SearchBeads(BeadScores& scores, const BeadBand& band, const AlignOptions& options,
                                              const WorkShare& progress, std::vector<Bead>* likely) {
  return BeadSearch(scores, band, options, progress).Run(likely);
}

}  // namespace narrdiff
