// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/align/learn_terms.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"

namespace narrdiff {
namespace {

// Types in a greater share of the sentences are not learnt.
constexpr double kLearntShare = .1;

size_t Index(int32_t i) { return static_cast<size_t>(i); }

// Of the bead's terms, in order.
uint64_t Fingerprint(const TermTables& tables, const Bead& bead) {
  uint64_t hash = 0;
  for (const Side side : kBothSides) {
    for (int32_t s = bead.sentences[side].begin; s < bead.sentences[side].end; ++s) {
      for (const int32_t type : tables.tables[side].sentence(s)) {
        hash = (hash ^ static_cast<uint64_t>(type)) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 29;
      }
    }
    hash = ~hash;
  }
  return hash;
}

}  // namespace

void LearnTerms(const std::vector<Bead>& beads, const BeadWeights& weights, TermTables& tables) {
  std::vector<int32_t> counts[2];
  counts[0].resize(tables.tables.left.types.size());
  counts[1].resize(tables.tables.right.types.size());
  absl::flat_hash_map<uint64_t, int32_t> joint;
  std::vector<int32_t> types[2];
  absl::flat_hash_set<uint64_t> seen;
  const double limit = std::max(8.0, kLearntShare * static_cast<double>(beads.size()));
  for (const Bead& bead : beads) {
    if (bead.sentences.left.empty() || bead.sentences.right.empty()) continue;
    if (!seen.insert(Fingerprint(tables, bead)).second) continue;  // a passage that is repeated proves nothing more
    for (const Side side : kBothSides) {
      const int k = side == Side::kLeft ? 0 : 1;
      const TermTable& table = tables.tables[side];
      types[k].clear();
      for (int32_t s = bead.sentences[side].begin; s < bead.sentences[side].end; ++s) {
        for (const int32_t type : table.sentence(s)) {
          const TermType& t = table.types[Index(type)];
          // Seen once there is nothing to learn; seen everywhere it goes with everything.
          if (t.sentences < 2 || t.sentences > limit || t.kind == TermKind::kPunctuation) continue;
          types[k].push_back(type);
        }
      }
      std::sort(types[k].begin(), types[k].end());
      types[k].erase(std::unique(types[k].begin(), types[k].end()), types[k].end());
      for (const int32_t type : types[k]) ++counts[k][Index(type)];
    }
    for (const int32_t l : types[0]) {
      for (const int32_t r : types[1]) ++joint[static_cast<uint64_t>(l) << 32 | static_cast<uint32_t>(r)];
    }
  }
  std::vector<TypePair> pairs = tables.Pairs();
  for (const auto& [key, count] : joint) {
    if (count < 2) continue;
    const int32_t l = static_cast<int32_t>(key >> 32), r = static_cast<int32_t>(key & 0xFFFFFFFFu);
    const double association = 2.0 * (count - 1) / (counts[0][Index(l)] + counts[1][Index(r)]);
    if (association < weights.learnt_minimum) continue;
    pairs.push_back({l, r, static_cast<float>(std::min(1.0, weights.learnt_factor * association))});
  }
  tables.SetMatches(std::move(pairs));
}

}  // namespace narrdiff
