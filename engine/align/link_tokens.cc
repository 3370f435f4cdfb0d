// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/align/link_tokens.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "engine/base/fast_loops.h"

namespace narrdiff {
namespace {

// Steepness of the softmax over cosines.
constexpr double kTemperature = .04;
// Cosines further than this below a token's best have no part in its links: e^-7.
constexpr double kReach = 7 * kTemperature;
// Unit vectors as whole numbers: products of two stay within 32 bits.
constexpr double kScale = 4096;
constexpr double kLeastWeight = .02;
constexpr double kPunctuationFactor = .5;

size_t Index(int32_t i) { return static_cast<size_t>(i); }

// The tokens of one side, in order.
struct Tokens {
  size_t dimensions = 0;
  std::vector<int16_t> vectors;  // [tokens][dimensions]
  std::vector<float> weights;    // of each
  std::vector<int32_t> begin;    // of each sentence, and the end

  int32_t count() const { return begin.back(); }
  const int16_t* vector(int32_t t) const { return vectors.data() + Index(t) * dimensions; }
};

bool IsPunctuation(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x80 && !(c >= '0' && c <= '9') && !((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
  });
}

// Rare tokens weigh more: ln((n + 1) / (df + .5)) over this side's n sentences.
std::vector<float> Weights(absl::Span<const Embedding> embeddings, const SentenceTexts& sentences) {
  struct Seen {
    int32_t last = -1, count = 0;
  };
  absl::flat_hash_map<std::string_view, Seen> seen;
  const auto form = [&](size_t s, size_t t) {
    return embeddings[s].token_spans[t].Of(sentences.spans[s].Of(sentences.text));
  };
  for (size_t s = 0; s < embeddings.size(); ++s) {
    for (size_t t = 0; t < embeddings[s].token_spans.size(); ++t) {
      Seen& of = seen[form(s, t)];
      of.count += of.last != static_cast<int32_t>(s);
      of.last = static_cast<int32_t>(s);
    }
  }
  std::vector<float> weights;
  const double n = static_cast<double>(embeddings.size());
  for (size_t s = 0; s < embeddings.size(); ++s) {
    for (size_t t = 0; t < embeddings[s].token_spans.size(); ++t) {
      const std::string_view text = form(s, t);
      const double weight = std::max(kLeastWeight, std::log((n + 1) / (seen.at(text).count + .5)));
      weights.push_back(static_cast<float>(IsPunctuation(text) ? kPunctuationFactor * weight : weight));
    }
  }
  return weights;
}

Tokens Collect(absl::Span<const Embedding> embeddings, const SentenceTexts& sentences) {
  Tokens out;
  out.begin.push_back(0);
  for (const Embedding& e : embeddings) {
    out.begin.push_back(out.begin.back() + static_cast<int32_t>(e.token_spans.size()));
    if (!e.token_spans.empty()) out.dimensions = e.tokens.size() / e.token_spans.size();
  }
  std::vector<double> mean(out.dimensions);
  for (const Embedding& e : embeddings) {
    for (size_t k = 0; k < e.tokens.size(); ++k) mean[k % out.dimensions] += e.tokens[k];
  }
  for (double& m : mean) m /= std::max(1, out.count());
  out.vectors.reserve(Index(out.count()) * out.dimensions);
  std::vector<double> centred(out.dimensions);
  for (const Embedding& e : embeddings) {
    for (size_t t = 0; t < e.token_spans.size(); ++t) {
      double square = 0;
      for (size_t k = 0; k < out.dimensions; ++k) {
        centred[k] = e.tokens[t * out.dimensions + k] - mean[k];
        square += centred[k] * centred[k];
      }
      const double factor = square > 0 ? kScale / std::sqrt(square) : 0;
      for (const double c : centred) out.vectors.push_back(static_cast<int16_t>(std::lround(c * factor)));
    }
  }
  out.weights = Weights(embeddings, sentences);
  return out;
}

// Of one vector with `count` others that stand one after another.
NARRDIFF_FAST_LOOPS void Dots(const int16_t* vector, const int16_t* others, int32_t count, size_t dimensions,
                              int32_t* out) {
  for (int32_t u = 0; u < count; ++u, others += dimensions) {
    int32_t sum = 0;
    for (size_t k = 0; k < dimensions; ++k) sum += vector[k] * others[k];
    out[u] = sum;
  }
}

// For each left sentence the right sentences within reach of the path, widened by `radius` both ways.
std::vector<IndexRange> Reach(const std::vector<Bead>& path, int32_t left, int32_t right, int32_t radius) {
  std::vector<IndexRange> own(Index(left));
  for (const Bead& bead : path) {
    for (int32_t i = bead.sentences.left.begin; i < bead.sentences.left.end; ++i) own[Index(i)] = bead.sentences.right;
  }
  std::vector<IndexRange> reach(own);
  for (int32_t i = 0; i < left; ++i) {
    reach[Index(i)].begin = std::max(0, own[Index(std::max(0, i - radius))].begin - radius);
    reach[Index(i)].end = std::min(right, own[Index(std::min(left - 1, i + radius))].end + radius);
  }
  return reach;
}

struct Link {
  int32_t left = 0, right = 0;  // tokens
  float value = 0;              // e^(cosine / temperature), for the greatest of the left token
};

}  // namespace

TokenLinks::TokenLinks(const Sides<absl::Span<const Embedding>>& embeddings, const Sides<SentenceTexts>& sentences,
                       const std::vector<Bead>& path, int32_t radius) {
  const Sides<Tokens> tokens{Collect(embeddings.left, sentences.left), Collect(embeddings.right, sentences.right)};
  const int32_t left = static_cast<int32_t>(embeddings.left.size());
  const int32_t right = static_cast<int32_t>(embeddings.right.size());
  const std::vector<IndexRange> reach = Reach(path, left, right, radius);
  std::vector<Link> links;
  std::vector<double> row_sums(Index(tokens.left.count())), column_sums(Index(tokens.right.count()));
  std::vector<int32_t> dots;
  for (int32_t i = 0; i < left; ++i) {
    const int32_t first = tokens.right.begin[Index(reach[Index(i)].begin)];
    const int32_t last = tokens.right.begin[Index(reach[Index(i)].end)];
    if (first >= last) continue;
    for (int32_t t = tokens.left.begin[Index(i)]; t < tokens.left.begin[Index(i + 1)]; ++t) {
      dots.resize(Index(last - first));
      Dots(tokens.left.vector(t), tokens.right.vector(first), last - first, tokens.left.dimensions, dots.data());
      const int32_t best = *std::max_element(dots.begin(), dots.end());
      const int32_t least = best - static_cast<int32_t>(kReach * kScale * kScale);
      for (int32_t u = first; u < last; ++u) {
        if (dots[Index(u - first)] < least) continue;
        const double cosine = dots[Index(u - first)] / (kScale * kScale);
        const float value = static_cast<float>(std::exp((cosine - 1) / kTemperature));
        links.push_back({t, u, value});
        row_sums[Index(t)] += value;
        column_sums[Index(u)] += value;
      }
    }
  }
  for (const Side side : kBothSides) {
    weights_[side].push_back(0);
    const Tokens& of = tokens[side];
    for (size_t s = 0; s + 1 < of.begin.size(); ++s) {
      double sum = 0;
      for (int32_t t = of.begin[s]; t < of.begin[s + 1]; ++t) sum += of.weights[Index(t)];
      weights_[side].push_back(weights_[side].back() + sum);
    }
  }
  std::vector<int32_t> sentence_of(Index(tokens.right.count()));
  for (int32_t j = 0; j < right; ++j) {
    for (int32_t u = tokens.right.begin[Index(j)]; u < tokens.right.begin[Index(j + 1)]; ++u) sentence_of[Index(u)] = j;
  }
  auto link = links.begin();
  for (int32_t i = 0; i < left; ++i) {
    Row row;
    row.low = reach[Index(i)].begin;
    row.sums.assign(Index(std::max(0, reach[Index(i)].size())) + 1, 0);
    for (; link != links.end() && link->left < tokens.left.begin[Index(i + 1)]; ++link) {
      const double both = link->value / row_sums[Index(link->left)] * link->value / column_sums[Index(link->right)];
      row.sums[Index(sentence_of[Index(link->right)] - row.low) + 1] +=
          both * (tokens.left.weights[Index(link->left)] + tokens.right.weights[Index(link->right)]);
    }
    for (size_t k = 1; k < row.sums.size(); ++k) row.sums[k] += row.sums[k - 1];
    rows_.push_back(std::move(row));
  }
}

double TokenLinks::Share(const IndexRange& left, const IndexRange& right) const {
  const auto total = [](const std::vector<double>& sums, const IndexRange& range) {
    return sums[Index(range.end)] - sums[Index(range.begin)];
  };
  const double weight = total(weights_.left, left) + total(weights_.right, right);
  if (!(weight > 0)) return 0;
  double sum = 0;
  for (int32_t i = left.begin; i < left.end; ++i) {
    const Row& row = rows_[Index(i)];
    const int32_t width = static_cast<int32_t>(row.sums.size()) - 1;
    const int32_t begin = std::clamp(right.begin - row.low, 0, width);
    const int32_t end = std::clamp(right.end - row.low, 0, width);
    sum += row.sums[Index(end)] - row.sums[Index(begin)];
  }
  return sum / weight;
}

}  // namespace narrdiff
