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

// Adds `factor` times the direction of a right type: each coordinate is 1 or -1.
void AddDirection(int32_t type, float factor, float* out) {
  uint64_t bits = 0;
  for (size_t d = 0; d < kDimensions; ++d) {
    if (d % 64 == 0) bits = Mix(static_cast<uint64_t>(type) * 2 + d / 64);
    out[d] += (bits & 1) != 0 ? factor : -factor;
    bits >>= 1;
  }
}

void Add(const float* from, float factor, float* to) {
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
  std::vector<float> directions(tables.tables.right.types.size() * kDimensions);
  for (size_t type = 0; type < tables.tables.right.types.size(); ++type) {
    AddDirection(static_cast<int32_t>(type), 1, directions.data() + type * kDimensions);
  }
  out.values.right = SumTypes(tables.tables.right, directions);
  directions.assign(tables.tables.left.types.size() * kDimensions, 0);
  for (size_t type = 0; type < tables.tables.left.types.size(); ++type) {
    // A word with many matches means one of them at a time.
    const auto matches = tables.matches.left.of(static_cast<int32_t>(type));
    float squares = 0;
    for (const TermMatch& m : matches) squares += m.value * m.value;
    for (const TermMatch& m : matches) {
      AddDirection(m.type, m.value / std::sqrt(std::max(squares, 1.f)), directions.data() + type * kDimensions);
    }
  }
  out.values.left = SumTypes(tables.tables.left, directions);
  return out;
}

}  // namespace narrdiff
