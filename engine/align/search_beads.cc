// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/align/search_beads.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace narrdiff {
namespace {

// Beads less likely than e^-kPrune are not followed.
constexpr double kPrune = 30;

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
  BeadSearch(BeadScores& scores, const BeadBand& band, const AlignOptions& options)
      : band_(band),
        weights_(options.weights),
        group_(std::clamp(options.max_group, 1, kMaxGroup)),
        scores_(scores),
        left_(band.rows() - 1),
        right_(band.high.back()),
        least_likely_(options.likely) {
    const size_t nodes = band.start.back();
    const size_t per_node = Index(group_ * group_);
    keep_ = nodes * per_node <= kKeptScores;
    if (keep_) kept_.resize(Index(left_) + 1);
  }

  std::vector<Bead> Run(std::vector<Bead>* likely) {
    likely_ = likely;
    Forward();
    Backward();
    return Path();
  }

 private:
  static constexpr size_t kKeptScores = size_t{32}
                                        << 20;  // 128 MB of scores are kept between the passes, more are made twice

  const std::vector<std::vector<float>>& Scores(int32_t i) {
    std::vector<std::vector<float>>& row = keep_ ? kept_[Index(i)] : scratch_;
    if (!keep_ || row.empty()) scores_.Row(i, row);
    return row;
  }

  // alpha_(node): log of the summed potentials of all paths from the start.
  void Forward() {
    alpha_.assign(band_.start.back(), kNoScore);
    alpha_[0] = 0;
    const double skip = weights_.sharpness * weights_.skip;
    std::vector<double> terms;
    for (int32_t i = 0; i <= left_; ++i) {
      const std::vector<std::vector<float>>& scores = Scores(i);
      const int32_t low = band_.low[Index(i)], high = band_.high[Index(i)];
      for (int32_t j = low; j <= high; ++j) {
        if (i == 0 && j == 0) continue;
        terms.clear();
        auto add = [&](double value) {
          if (value != kNoScore) terms.push_back(value);
        };
        if (j > low) add(alpha_[band_.At(i, j - 1)] + skip);
        if (band_.Has(i - 1, j)) add(alpha_[band_.At(i - 1, j)] + skip);
        for (int n = 1; n <= std::min<int>(group_, i); ++n) {
          const int32_t row_low = band_.low[Index(i - n)], row_high = band_.high[Index(i - n)];
          const double* row = alpha_.data() + band_.start[Index(i - n)];
          for (int m = 1; m <= group_; ++m) {
            const int32_t from = j - m;
            if (from < row_low || from > row_high) continue;
            add(row[from - row_low] + weights_.sharpness * scores[Index((n - 1) * group_ + m - 1)][Index(j - low)]);
          }
        }
        if (terms.empty()) continue;
        const double top = *std::max_element(terms.begin(), terms.end());
        double sum = 0;
        for (const double t : terms) {
          if (t > top - kPrune) sum += std::exp(t - top);
        }
        alpha_[band_.At(i, j)] = top + std::log(sum);
      }
    }
  }

  // From the end: beta, the probability of every bead that matters, and the best expected number of right beads from
  // each node.
  void Backward() {
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
      const int32_t low = band_.low[Index(i)], high = band_.high[Index(i)];
      const std::vector<std::vector<float>>* scores = nullptr;
      for (int32_t j = high; j >= low; --j) {
        const size_t at = band_.At(i, j);
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
        if (i == 0) continue;
        if (scores == nullptr) scores = &Scores(i);
        for (int n = 1; n <= std::min<int>(group_, i); ++n) {
          for (int m = 1; m <= group_ && m <= j; ++m) {
            if (!band_.Has(i - n, j - m)) continue;
            offer(band_.At(i - n, j - m),
                  weights_.sharpness * (*scores)[Index((n - 1) * group_ + m - 1)][Index(j - low)], n, m);
          }
        }
      }
    }
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
  const int32_t left_, right_;
  const double least_likely_;
  std::vector<Bead>* likely_ = nullptr;
  bool keep_ = false;
  std::vector<std::vector<std::vector<float>>> kept_;
  std::vector<std::vector<float>> scratch_;
  std::vector<double> alpha_, beta_, gain_;
  std::vector<Step> step_;
  std::vector<float> probability_;
};

}  // namespace

std::vector<Bead> SearchBeads(BeadScores& scores, const BeadBand& band, const AlignOptions& options,
                              std::vector<Bead>* likely) {
  return BeadSearch(scores, band, options).Run(likely);
}

}  // namespace narrdiff
