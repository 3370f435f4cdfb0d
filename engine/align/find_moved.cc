// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/align/find_moved.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>

namespace narrdiff {
namespace {

// How far a passage must be above chance to be called moved, as a logarithm of odds; and what takes off from its score:
// with half of the beads of development texts thrown away on one side or the other, one passage in a thousand beads
// gets as far though nothing was moved.
constexpr double kSure = 4, kPrior = 1.5;
// One bead alone must be further.
constexpr double kSureAlone = 6;
// What it costs to leave out a sentence inside a passage.
constexpr double kLeftOut = 3;
// Pairs of sentences that are scored at most, and the least distance in sentences that is looked at.
constexpr int64_t kMostCells = 4'000'000;
constexpr int64_t kLeastReach = 64;
constexpr double kNone = -std::numeric_limits<double>::infinity();

size_t Index(int32_t i) { return static_cast<size_t>(i); }

// Sentences of one side that stand alone and follow each other. `place` counts the two-sided beads before them.
struct LoneRun {
  IndexRange sentences;
  int32_t place = 0;
};

std::vector<LoneRun> RunsOf(const std::vector<Bead>& beads, Side side) {
  std::vector<LoneRun> runs;
  int32_t place = 0;
  for (const Bead& bead : beads) {
    if (bead.moved) continue;
    const IndexRange& here = bead.sentences[side];
    if (!bead.sentences.left.empty() && !bead.sentences.right.empty()) {
      ++place;
    } else if (!here.empty()) {
      if (!runs.empty() && runs.back().place == place && runs.back().sentences.end == here.begin) {
        runs.back().sentences.end = here.end;
      } else {
        runs.push_back({here, place});
      }
    }
  }
  return runs;
}

// Beads of one passage, first to last.
struct Passage {
  double odds = 0;
  std::vector<Bead> beads;
};

class MovedSearch {
 public:
  MovedSearch(const std::vector<Bead>& beads, const AlignOptions& options)
      : group_(std::clamp(options.max_group, 1, kMaxGroup)),
        sharpness_(options.weights.sharpness),
        left_runs_(RunsOf(beads, Side::kLeft)),
        right_runs_(RunsOf(beads, Side::kRight)) {
    if (left_runs_.empty() || right_runs_.empty()) return;
    MakeBand(beads);
    run_at_.assign(Index(right_) + 1, -1);
    alone_before_.assign(Index(right_) + 1, 0);
    for (size_t r = 0; r < right_runs_.size(); ++r) {
      const IndexRange& run = right_runs_[r].sentences;
      for (int32_t j = run.begin; j < run.end; ++j) {
        run_at_[Index(j) + 1] = static_cast<int32_t>(r);
        alone_before_[Index(j) + 1] = 1;
      }
    }
    for (size_t j = 1; j < alone_before_.size(); ++j) alone_before_[j] += alone_before_[j - 1];
  }

  std::vector<Passage> Run(const ScoresForBand& scores_for) const {
    std::vector<Passage> out;
    if (left_runs_.empty() || right_runs_.empty()) return out;
    const std::unique_ptr<BeadScores> scores = scores_for(band_);
    for (const LoneRun& run : left_runs_) SearchRun(run, *scores, out);
    return out;
  }

 private:
  // A best chain of beads that ends in a node, or one with sentences left out after it.
  struct Node {
    double ends = kNone, open = kNone;
    int8_t n = 0, m = 0;            // of the last bead
    bool starts = true;             // the last bead is the first
    int8_t open_n = 0, open_m = 0;  // from where `open` came: (0, 0) is the chain that ends here
  };

  void MakeBand(const std::vector<Bead>& beads) {
    int32_t left = 0;
    int64_t alone = 0;
    std::vector<int32_t> column = {0};  // of the path, for each row
    for (const Bead& bead : beads) {
      left = std::max(left, bead.sentences.left.end);
      right_ = std::max(right_, bead.sentences.right.end);
      if (bead.moved) continue;
      column.resize(Index(left) + 1, bead.sentences.right.end);
    }
    column.resize(Index(left) + 1, right_);
    for (const LoneRun& run : left_runs_) alone += run.sentences.size();
    const int32_t reach = static_cast<int32_t>(
        std::min<int64_t>(right_, std::max(kLeastReach, kMostCells / (2 * std::max<int64_t>(alone, 1)))));
    for (const int32_t j : column) {
      band_.low.push_back(std::max(0, j - reach));
      band_.high.push_back(std::min(right_, j + reach));
    }
    band_.Finish();
  }

  // The best that chance gives: log potential, at least that of nothing in common, of beads of the n left sentences
  // that end in this row with windows of right sentences that have another partner.
  double Chance(const std::vector<std::vector<float>>& row, int32_t low, int n) const {
    float best = 0;
    for (int m = 1; m <= group_; ++m) {
      const std::vector<float>& scores = row[Index((n - 1) * group_ + m - 1)];
      for (size_t k = 0; k < scores.size(); ++k) {
        const size_t j = Index(low) + k;
        if (j >= Index(m) && alone_before_[j] == alone_before_[j - Index(m)]) best = std::max(best, scores[k]);
      }
    }
    return sharpness_ * static_cast<double>(best);
  }

  void SearchRun(const LoneRun& run, BeadScores& scores, std::vector<Passage>& out) const {
    const int32_t first = run.sentences.begin, last = run.sentences.end;
    const int32_t low = band_.low[Index(first)];
    const size_t width = Index(band_.high[Index(last)] - low + 1);
    std::vector<Node> nodes(Index(last - first + 1) * width);
    const auto at = [&](int32_t i, int32_t j) -> Node& { return nodes[Index(i - first) * width + Index(j - low)]; };
    std::vector<std::pair<int32_t, int32_t>> best(right_runs_.size(), {-1, -1});  // node where the best chain ends
    std::vector<std::vector<float>> row;
    for (int32_t i = first + 1; i <= last; ++i) {
      scores.Row(i, row);
      const int32_t row_low = band_.low[Index(i)], row_high = band_.high[Index(i)];
      double chance[kMaxGroup + 1];
      for (int n = 1; n <= std::min(group_, i - first); ++n) chance[n] = Chance(row, row_low, n);
      for (int32_t j = row_low + 1; j <= row_high; ++j) {
        const int32_t r = run_at_[Index(j)];
        if (r < 0 || right_runs_[Index(r)].place == run.place) continue;
        const int32_t begin = std::max(right_runs_[Index(r)].sentences.begin, row_low);
        Node& node = at(i, j);
        for (int n = 1; n <= std::min(group_, i - first); ++n) {
          for (int m = 1; m <= std::min(group_, j - begin); ++m) {
            const double odds =
                sharpness_ * static_cast<double>(row[Index((n - 1) * group_ + m - 1)][Index(j - row_low)]) - chance[n];
            const double before = std::max(0.0, at(i - n, j - m).open);
            if (before + odds <= node.ends) continue;
            node.ends = before + odds;
            node.n = static_cast<int8_t>(n);
            node.m = static_cast<int8_t>(m);
            node.starts = before == 0;
          }
        }
        node.open = node.ends;
        if (at(i - 1, j).open - kLeftOut > node.open) {
          node.open = at(i - 1, j).open - kLeftOut;
          node.open_n = 1;
        }
        if (j - 1 > begin && at(i, j - 1).open - kLeftOut > node.open) {
          node.open = at(i, j - 1).open - kLeftOut;
          node.open_n = 0;
          node.open_m = 1;
        }
        std::pair<int32_t, int32_t>& end = best[Index(r)];
        if (end.first < 0 || node.ends > at(end.first, end.second).ends) end = {i, j};
      }
    }
    for (const auto& [i, j] : best) {
      if (i >= 0 && at(i, j).ends >= (at(i, j).starts ? kSureAlone : kSure)) out.push_back(Trace(i, j, at));
    }
  }

  template <typename At>
  Passage Trace(int32_t i, int32_t j, At at) const {
    Passage out;
    out.odds = at(i, j).ends;
    const float score = static_cast<float>(1 / (1 + std::exp(kPrior - out.odds)));
    while (true) {
      const Node& node = at(i, j);
      Bead bead;
      bead.moved = true;
      bead.score = score;
      bead.sentences = {{i - node.n, i}, {j - node.m, j}};
      out.beads.push_back(bead);
      i -= node.n;
      j -= node.m;
      if (node.starts) break;
      while (at(i, j).open_n + at(i, j).open_m > 0) {
        const Node& open = at(i, j);
        i -= open.open_n;
        j -= open.open_m;
      }
    }
    std::reverse(out.beads.begin(), out.beads.end());
    return out;
  }

  const int group_;
  const double sharpness_;
  const std::vector<LoneRun> left_runs_, right_runs_;
  int32_t right_ = 0;
  BeadBand band_;
  std::vector<int32_t> run_at_;        // of node j: the run of right sentence j - 1, or -1
  std::vector<int32_t> alone_before_;  // right sentences before node j that stand alone
};

// Marks the sentences of both sides; false, and nothing marked, where one is marked already.
bool Claim(const Passage& passage, Sides<std::vector<char>>& claimed) {
  for (const Bead& bead : passage.beads) {
    for (const Side side : kBothSides) {
      for (int32_t s = bead.sentences[side].begin; s < bead.sentences[side].end; ++s) {
        if (claimed[side][Index(s)] != 0) return false;
      }
    }
  }
  for (const Bead& bead : passage.beads) {
    for (const Side side : kBothSides) {
      for (int32_t s = bead.sentences[side].begin; s < bead.sentences[side].end; ++s) claimed[side][Index(s)] = 1;
    }
  }
  return true;
}

}  // namespace

std::vector<Bead> FindMoved(const std::vector<Bead>& beads, const ScoresForBand& scores_for,
                            const AlignOptions& options) {
  std::vector<Passage> passages = MovedSearch(beads, options).Run(scores_for);
  std::stable_sort(passages.begin(), passages.end(),
                   [](const Passage& a, const Passage& b) { return a.odds > b.odds; });
  Sides<std::vector<char>> claimed;
  for (const Bead& bead : beads) {
    for (const Side side : kBothSides) {
      claimed[side].resize(std::max(claimed[side].size(), Index(bead.sentences[side].end)));
    }
  }
  std::vector<Bead> out, moved;
  for (const Passage& passage : passages) {
    if (Claim(passage, claimed)) moved.insert(moved.end(), passage.beads.begin(), passage.beads.end());
  }
  for (const Bead& bead : beads) {
    const auto gone = [&](Side side) {
      return !bead.sentences[side].empty() && claimed[side][Index(bead.sentences[side].begin)] != 0;
    };
    if (!gone(Side::kLeft) && !gone(Side::kRight)) out.push_back(bead);
  }
  out.insert(out.end(), moved.begin(), moved.end());
  SortByLeft(out);
  return out;
}

void SortByLeft(std::vector<Bead>& beads) {
  std::stable_sort(beads.begin(), beads.end(),
                   [](const Bead& a, const Bead& b) { return a.sentences.left.begin < b.sentences.left.begin; });
}

}  // namespace narrdiff
