// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/align/vector_scores.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "engine/base/status_macros.h"

namespace narrdiff {
namespace {

size_t Index(int32_t i) { return static_cast<size_t>(i); }

double SizeFactor(const BeadWeights& weights, int n, int m) { return std::pow((n + m) / 2.0, weights.size_power); }

using Vector = std::vector<float>;

double Dot(const Vector& a, const Vector& b) {
  float sum = 0;
  for (size_t k = 0; k < a.size(); ++k) sum += a[k] * b[k];
  return sum;
}

// Of unit length; the vector 0 stays as it is.
void Normalise(Vector& vector) {
  const double square = Dot(vector, vector);
  if (!(square > 0)) return;
  const float factor = static_cast<float>(1 / std::sqrt(square));
  for (float& v : vector) v *= factor;
}

Vector Mean(absl::Span<const Embedding> embeddings) {
  std::vector<double> sum(embeddings.empty() ? 0 : embeddings[0].pooled.size());
  for (const Embedding& e : embeddings) {
    for (size_t k = 0; k < sum.size(); ++k) sum[k] += e.pooled[k];
  }
  Vector mean;
  for (const double s : sum) mean.push_back(static_cast<float>(s / static_cast<double>(embeddings.size())));
  return mean;
}

std::vector<Vector> Centred(absl::Span<const Embedding> embeddings, const Vector& mean) {
  std::vector<Vector> out;
  out.reserve(embeddings.size());
  for (const Embedding& e : embeddings) {
    Vector v = e.pooled;
    for (size_t k = 0; k < v.size(); ++k) v[k] -= mean[k];
    Normalise(v);
    out.push_back(std::move(v));
  }
  return out;
}

// --- Composed vectors ---------------------------------------------------------------------------------------------

class ComposedScores : public BeadScores {
 public:
  ComposedScores(std::unique_ptr<BeadScores> inner, const BeadVectors& vectors,
                 const Sides<std::vector<int32_t>>& lengths, const BeadBand& band, const AlignOptions& options)
      : inner_(std::move(inner)),
        band_(band),
        weights_(options.weights),
        group_(std::clamp(options.max_group, 1, kMaxGroup)) {
    auto products = std::make_shared<Products>();
    Sides<std::vector<Vector>> weighted;
    for (const Side side : kBothSides) {
      weighted[side] = Centred(vectors.sentences[side], Mean(vectors.sentences[side]));
      for (size_t s = 0; s < weighted[side].size(); ++s) {
        for (float& v : weighted[side][s]) v *= static_cast<float>(std::max(1, lengths[side][s]));
      }
      PrepareNorms(weighted[side], products->norms[side]);
    }
    const int32_t left = static_cast<int32_t>(weighted.left.size());
    const int32_t right = static_cast<int32_t>(weighted.right.size());
    for (int32_t s = 0; s < left; ++s) {
      DotRow row;
      row.low = std::max(0, band.low[Index(s + 1)] - group_);
      const int32_t high = std::min(right, band.high[Index(std::min(left, s + group_))]);
      row.sums.push_back(0);
      for (int32_t j = row.low; j < high; ++j) {
        row.sums.push_back(row.sums.back() + Dot(weighted.left[Index(s)], weighted.right[Index(j)]));
      }
      products->rows.push_back(std::move(row));
    }
    products_ = std::move(products);
  }

  std::unique_ptr<BeadScores> Fork() const override {
    return std::unique_ptr<BeadScores>(new ComposedScores(inner_->Fork(), *this));
  }

  void Row(int32_t i, std::vector<std::vector<float>>& out) override {
    inner_->Row(i, out);
    const std::vector<DotRow>& rows = products_->rows;
    const Sides<std::vector<std::vector<double>>>& norms_of = products_->norms;
    const int32_t low = band_.low[Index(i)], high = band_.high[Index(i)];
    for (int n = 1; n <= std::min<int32_t>(group_, i); ++n) {
      for (int m = 1; m <= group_; ++m) {
        const double factor = weights_.composed * SizeFactor(weights_, n, m);
        std::vector<float>& scores = out[Index((n - 1) * group_ + m - 1)];
        for (int32_t j = std::max(low, m); j <= high; ++j) {
          double dot = 0;
          for (int32_t s = i - n; s < i; ++s) dot += rows[Index(s)].Between(j - m, j);
          const double norms = norms_of.left[Index(n - 1)][Index(i)] * norms_of.right[Index(m - 1)][Index(j)];
          if (norms > 0) scores[Index(j - low)] += static_cast<float>(factor * dot / norms);
        }
      }
    }
  }

 private:
  // Cumulated dot products of one left sentence with the right ones from `low`.
  struct DotRow {
    int32_t low = 0;
    std::vector<double> sums;

    double Between(int32_t begin, int32_t end) const {
      const int32_t last = static_cast<int32_t>(sums.size()) - 1;
      return sums[Index(std::clamp(end - low, 0, last))] - sums[Index(std::clamp(begin - low, 0, last))];
    }
  };

  // What the vectors come to; shared by all forks.
  struct Products {
    std::vector<DotRow> rows;
    Sides<std::vector<std::vector<double>>> norms;
  };

  ComposedScores(std::unique_ptr<BeadScores> inner, const ComposedScores& other)
      : inner_(std::move(inner)),
        band_(other.band_),
        weights_(other.weights_),
        group_(other.group_),
        products_(other.products_) {}

  // norms[n - 1][i]: of the sum of the n vectors that end before i.
  void PrepareNorms(const std::vector<Vector>& vectors, std::vector<std::vector<double>>& norms) const {
    norms.assign(Index(group_), std::vector<double>(vectors.size() + 1));
    for (size_t i = 1; i <= vectors.size(); ++i) {
      Vector sum(vectors[0].size());
      for (size_t n = 1; n <= Index(group_) && n <= i; ++n) {
        for (size_t k = 0; k < sum.size(); ++k) sum[k] += vectors[i - n][k];
        norms[n - 1][i] = std::sqrt(Dot(sum, sum));
      }
    }
  }

  const std::unique_ptr<BeadScores> inner_;
  const BeadBand& band_;
  const BeadWeights weights_;
  const int group_;
  std::shared_ptr<const Products> products_;
};

// --- The likely beads ---------------------------------------------------------------------------------------------

// Vectors of runs of sentences of one side, by length and end.
class RunVectors {
 public:
  // The runs that the beads' own texts are, shorter ones being there already.
  static absl::StatusOr<RunVectors> Make(Side side, const std::vector<Bead>& beads, const BeadVectors& vectors) {
    RunVectors out;
    const absl::Span<const Embedding> sentences = vectors.sentences[side];
    const Vector mean = Mean(sentences);
    out.single_ = Centred(sentences, mean);
    for (const Bead& bead : beads) {
      if (bead.sentences[side].size() > 1) out.runs_.push_back(bead.sentences[side]);
    }
    std::sort(out.runs_.begin(), out.runs_.end(), Before);
    out.runs_.erase(std::unique(out.runs_.begin(), out.runs_.end()), out.runs_.end());
    if (out.runs_.empty()) return out;
    NARRDIFF_ASSIGN_OR_RETURN(const std::vector<Embedding> embedded, vectors.embed(side, out.runs_));
    out.several_ = Centred(embedded, mean);
    return out;
  }

  const Vector& of(const IndexRange& run) const {
    if (run.size() == 1) return single_[Index(run.begin)];
    return several_[static_cast<size_t>(std::lower_bound(runs_.begin(), runs_.end(), run, Before) - runs_.begin())];
  }
  int32_t sentence_count() const { return static_cast<int32_t>(single_.size()); }

 private:
  static bool Before(const IndexRange& a, const IndexRange& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
  }

  std::vector<Vector> single_, several_;
  std::vector<IndexRange> runs_;  // ascending; those of several_
};

// The mean of `likeness` over the up to four beads that have a neighbouring sentence in place of one side's text.
template <typename Likeness>
double OfNeighbours(const Sides<IndexRange>& bead, int32_t left_count, int32_t right_count, const Likeness& likeness) {
  double sum = 0;
  int count = 0;
  const auto add = [&](const IndexRange& left, const IndexRange& right) {
    if (left.begin < 0 || right.begin < 0 || left.end > left_count || right.end > right_count) return;
    sum += likeness(left, right);
    ++count;
  };
  add({bead.left.begin - 1, bead.left.begin}, bead.right);
  add({bead.left.end, bead.left.end + 1}, bead.right);
  add(bead.left, {bead.right.begin - 1, bead.right.begin});
  add(bead.left, {bead.right.end, bead.right.end + 1});
  return count > 0 ? sum / count : 0;
}

class LikelyScores : public BeadScores {
 public:
  LikelyScores(std::unique_ptr<BeadScores> inner, const std::vector<Bead>& likely, const Sides<RunVectors>& vectors,
               const TokenLinks* links, const BeadBand& band, const AlignOptions& options)
      : inner_(std::move(inner)), band_(band), group_(std::clamp(options.max_group, 1, kMaxGroup)) {
    auto by_row = std::make_shared<std::vector<std::vector<Likely>>>(band.low.size());
    const BeadWeights& weights = options.weights;
    const int32_t left = vectors.left.sentence_count(), right = vectors.right.sentence_count();
    for (const Bead& bead : likely) {
      const Sides<IndexRange>& of = bead.sentences;
      const auto cosine = [&](const IndexRange& l, const IndexRange& r) {
        return Dot(vectors.left.of(l), vectors.right.of(r));
      };
      double score =
          weights.cosine * cosine(of.left, of.right) - weights.neighbours * OfNeighbours(of, left, right, cosine);
      if (links != nullptr) {
        score -= weights.leak * OfNeighbours(of, left, right, [&](const IndexRange& l, const IndexRange& r) {
                   return links->Share(l, r);
                 });
      }
      const int n = of.left.size(), m = of.right.size();
      (*by_row)[Index(of.left.end)].push_back({n, m, of.right.end, SizeFactor(weights, n, m) * score});
    }
    by_row_ = std::move(by_row);
  }

  std::unique_ptr<BeadScores> Fork() const override {
    return std::unique_ptr<BeadScores>(new LikelyScores(inner_->Fork(), *this));
  }

  void Row(int32_t i, std::vector<std::vector<float>>& out) override {
    const int32_t low = band_.low[Index(i)];
    const size_t width = Index(band_.high[Index(i)] - low + 1);
    out.assign(Index(group_ * group_), std::vector<float>(width, static_cast<float>(kNoScore)));
    const std::vector<Likely>& likely = (*by_row_)[Index(i)];
    if (likely.empty()) return;
    inner_->Row(i, inner_scores_);
    for (const Likely& bead : likely) {
      const size_t shape = Index((bead.n - 1) * group_ + bead.m - 1), at = Index(bead.right_end - low);
      out[shape][at] = inner_scores_[shape][at] + static_cast<float>(bead.score);
    }
  }

 private:
  struct Likely {
    int n = 0, m = 0;
    int32_t right_end = 0;
    double score = 0;
  };

  LikelyScores(std::unique_ptr<BeadScores> inner, const LikelyScores& other)
      : inner_(std::move(inner)), band_(other.band_), group_(other.group_), by_row_(other.by_row_) {}

  const std::unique_ptr<BeadScores> inner_;
  const BeadBand& band_;
  const int group_;
  std::shared_ptr<const std::vector<std::vector<Likely>>> by_row_;  // by where they end; shared by all forks
  std::vector<std::vector<float>> inner_scores_;
};

}  // namespace

bool BeadVectors::has_tokens() const {
  for (const Side side : kBothSides) {
    for (const Embedding& e : sentences[side]) {
      if (!e.token_spans.empty()) return true;
    }
  }
  return false;
}

BeadVectors BeadVectors::Swapped() const {
  return {sentences.Swapped(),
          [of = embed](Side side, const std::vector<IndexRange>& runs) { return of(Other(side), runs); }};
}

SentenceVectors CentredVectors(const BeadVectors& vectors) {
  SentenceVectors out;
  for (const Side side : kBothSides) {
    for (const Vector& v : Centred(vectors.sentences[side], Mean(vectors.sentences[side]))) {
      out.dimensions = static_cast<int32_t>(v.size());
      out.values[side].insert(out.values[side].end(), v.begin(), v.end());
    }
  }
  return out;
}

std::unique_ptr<BeadScores> AddComposedVectors(std::unique_ptr<BeadScores> inner, const BeadVectors& vectors,
                                               const Sides<std::vector<int32_t>>& lengths, const BeadBand& band,
                                               const AlignOptions& options) {
  return std::make_unique<ComposedScores>(std::move(inner), vectors, lengths, band, options);
}

absl::StatusOr<std::unique_ptr<BeadScores>> RescoreLikely(std::unique_ptr<BeadScores> inner,
                                                          const std::vector<Bead>& likely, const BeadVectors& vectors,
                                                          const TokenLinks* links, const BeadBand& band,
                                                          const AlignOptions& options) {
  NARRDIFF_ASSIGN_OR_RETURN(RunVectors left, RunVectors::Make(Side::kLeft, likely, vectors));
  NARRDIFF_ASSIGN_OR_RETURN(RunVectors right, RunVectors::Make(Side::kRight, likely, vectors));
  return std::unique_ptr<BeadScores>(std::make_unique<LikelyScores>(
      std::move(inner), likely, Sides<RunVectors>{std::move(left), std::move(right)}, links, band, options));
}

}  // namespace narrdiff
