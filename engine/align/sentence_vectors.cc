// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/align/sentence_vectors.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace narrdiff {
namespace {

constexpr size_t kDimensions = 128;

size_t Index(int32_t i) { return static_cast<size_t>(i); }

// A number that looks random and is the same everywhere (SplitMix64: Steele, Lea and Flood 2014).
uint64_t Mix(uint64_t x) {
  x += 0x9E3779B97F4A7C15u;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return x ^ (x >> 31);
}

// The direction of a right type: each coordinate is 1 or -1.
void SetDirection(size_t type, float* out) {
  for (size_t d = 0; d < kDimensions; d += 64) {
    const uint64_t bits = Mix(type * 2 + d / 64);
    for (size_t k = 0; k < 64; ++k) out[d + k] = (bits >> k & 1) != 0 ? 1.f : -1.f;
  }
}

void Add(const float* __restrict from, float factor, float* __restrict to) {
  for (size_t d = 0; d < kDimensions; ++d) to[d] += factor * from[d];
}

// Sentences as sums of their types' directions, and the mean taken off in proportion to their weights.
std::vector<float> SumTypes(const TermTable& table, const std::vector<float>& directions) {
  std::vector<float> out(Index(table.sentence_count()) * kDimensions);
  std::vector<float> mean(kDimensions), mass(Index(table.sentence_count()));
  double total = 0;
  for (int32_t s = 0; s < table.sentence_count(); ++s) {
    float* vector = out.data() + Index(s) * kDimensions;
    for (const int32_t type : table.sentence(s)) {
      const TermType& t = table.types[Index(type)];
      if (t.kind == TermKind::kPunctuation) continue;
      Add(directions.data() + Index(type) * kDimensions, t.weight, vector);
      mass[Index(s)] += t.weight;
    }
    Add(vector, 1, mean.data());
    total += static_cast<double>(mass[Index(s)]);
  }
  if (total == 0) return out;
  for (int32_t s = 0; s < table.sentence_count(); ++s) {
    Add(mean.data(), static_cast<float>(-static_cast<double>(mass[Index(s)]) / total),
        out.data() + Index(s) * kDimensions);
  }
  return out;
}

}  // namespace

SentenceVectors HashTerms(const TermTables& tables) {
  SentenceVectors out;
  out.dimensions = static_cast<int32_t>(kDimensions);
  Sides<std::vector<float>> directions;
  directions.right.resize(tables.tables.right.types.size() * kDimensions);
  for (size_t type = 0; type < tables.tables.right.types.size(); ++type) {
    SetDirection(type, directions.right.data() + type * kDimensions);
  }
  directions.left.resize(tables.tables.left.types.size() * kDimensions);
  for (size_t type = 0; type < tables.tables.left.types.size(); ++type) {
    // A word with many matches means one of them at a time.
    const auto matches = tables.matches.left.of(static_cast<int32_t>(type));
    float squares = 0;
    for (const TermMatch& m : matches) squares += m.value * m.value;
    for (const TermMatch& m : matches) {
      Add(directions.right.data() + Index(m.type) * kDimensions, m.value / std::sqrt(std::max(squares, 1.f)),
          directions.left.data() + type * kDimensions);
    }
  }
  for (const Side side : kBothSides) out.values[side] = SumTypes(tables.tables[side], directions[side]);
  out.poor = MatchedShare(tables) < kFewMatches;
  return out;
}

double MatchedShare(const TermTables& tables) {
  double least = 1;
  for (const Side side : kBothSides) {
    double matched = 0, all = 0;
    for (size_t k = 0; k < tables.tables[side].types.size(); ++k) {
      const TermType& type = tables.tables[side].types[k];
      if (type.kind == TermKind::kPunctuation) continue;
      const double weight = static_cast<double>(type.weight) * type.count;
      all += weight;
      if (!tables.matches[side].of(static_cast<int32_t>(k)).empty()) matched += weight;
    }
    if (all > 0) least = std::min(least, matched / all);
  }
  return least;
}

}  // namespace narrdiff
