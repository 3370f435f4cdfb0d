// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/summarise/rank_sentences.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace narrdiff {
namespace {

constexpr double kDamping = .85;
constexpr int kSteps = 30;
constexpr double kStandBonus = 1.4;
constexpr double kOtherBonus = 1.3;  // speaks of the other side
constexpr double kProtocolShare = .1;
constexpr double kMixedShare = .5;  // protocol that takes a stand
constexpr double kHalfTerms = 6;
constexpr size_t kFewTerms = 4;  // fewer say little, however common they are

constexpr uint32_t kStand = CueBit(Cue::kReject) | CueBit(Cue::kOppose) | CueBit(Cue::kAccuse) | CueBit(Cue::kCondemn) |
                            CueBit(Cue::kTurnback) | CueBit(Cue::kWarn);
constexpr uint32_t kProtocol = CueBit(Cue::kGreeting) | CueBit(Cue::kLogistics);

struct TermWeight {
  size_t term = 0;
  double weight = 0;
};
using Vector = std::vector<TermWeight>;

// Vectors of length 1, in the order of first use of their terms; empty for questions.
std::vector<Vector> TermVectors(const DescribedStatement& statement, size_t& terms) {
  std::unordered_map<std::string_view, size_t> ids;
  std::vector<double> sentences_with;
  std::vector<Vector> vectors(statement.sentences.size());
  double count = 0;
  for (size_t i = 0; i < statement.sentences.size(); ++i) {
    const DescribedSentence& s = statement.sentences[i];
    if (s.input.question) continue;
    ++count;
    std::map<size_t, double> frequency;
    for (const std::string& term : s.terms) frequency[ids.try_emplace(term, ids.size()).first->second] += 1;
    sentences_with.resize(ids.size(), 0);
    for (const auto& [term, times] : frequency) {
      ++sentences_with[term];
      vectors[i].push_back({term, times});
    }
  }
  for (Vector& vector : vectors) {
    double squares = 0;
    for (TermWeight& t : vector) {
      t.weight *= std::log((1 + count) / sentences_with[t.term]);
      squares += t.weight * t.weight;
    }
    for (TermWeight& t : vector) t.weight /= std::sqrt(std::max(squares, 1e-12));
  }
  terms = ids.size();
  return vectors;
}

// Each sentence's sum of `x` over the others, weighted by similarity.
std::vector<double> SumOfOthers(const std::vector<Vector>& vectors, size_t terms, const std::vector<double>& x) {
  std::vector<double> by_term(terms, 0), sums(vectors.size(), 0);
  for (size_t i = 0; i < vectors.size(); ++i) {
    for (const TermWeight& t : vectors[i]) by_term[t.term] += t.weight * x[i];
  }
  for (size_t i = 0; i < vectors.size(); ++i) {
    if (vectors[i].empty()) continue;
    for (const TermWeight& t : vectors[i]) sums[i] += t.weight * by_term[t.term];
    sums[i] = std::max(0.0, sums[i] - x[i]);
  }
  return sums;
}

}  // namespace

std::vector<double> RankSentences(const DescribedStatement& statement) {
  size_t terms = 0;
  const std::vector<Vector> vectors = TermVectors(statement, terms);
  const size_t n = vectors.size();
  const std::vector<double> degrees = SumOfOthers(vectors, terms, std::vector<double>(n, 1));
  std::vector<double> rank(n, 1), share(n, 0);
  for (int step = 0; step < kSteps; ++step) {
    for (size_t i = 0; i < n; ++i) share[i] = degrees[i] > 1e-9 ? rank[i] / degrees[i] : 0;
    const std::vector<double> sums = SumOfOthers(vectors, terms, share);
    for (size_t i = 0; i < n; ++i) rank[i] = 1 - kDamping + kDamping * sums[i];
  }
  double top = 0;
  for (size_t i = 0; i < n; ++i) {
    const DescribedSentence& s = statement.sentences[i];
    const bool stands = (s.cue_bits & kStand) != 0, protocol = (s.cue_bits & kProtocol) != 0;
    if (s.input.question) rank[i] = 0;
    if (stands) rank[i] *= kStandBonus;
    if (s.SpeaksOfOther()) rank[i] *= kOtherBonus;
    // The cosine favours sentences of few words.
    rank[i] *= static_cast<double>(vectors[i].size()) / (static_cast<double>(vectors[i].size()) + kHalfTerms);
    if (protocol || vectors[i].size() < kFewTerms) rank[i] *= stands ? kMixedShare : kProtocolShare;
    top = std::max(top, rank[i]);
  }
  for (double& r : rank) r = top > 0 ? r / top : 0;
  return rank;
}

}  // namespace narrdiff
