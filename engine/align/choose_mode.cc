// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/align/choose_mode.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"

namespace narrdiff {
namespace {

// Measured on development data: competing statements reach a margin of similarity over chance of at most .11 across
// languages and .14 within one; versions of a statement .28 to .47 (with our own lexicon alone the least of these),
// freely translated novels with a full dictionary .23, a German-French magazine .20.
constexpr double kMinMargin = .17;
constexpr double kMinMarginSameLanguage = .25;
constexpr double kMinCoverage = .5;
// Of texts too short to measure it.
constexpr double kDefaultChance = .1;

size_t Index(int32_t i) { return static_cast<size_t>(i); }

// Sums over one side of a bead, of weight times best match on the other side.
struct Matched {
  double matched = 0, total = 0;
};

Matched MatchOneSide(const TermTables& tables, Side side, const Sides<IndexRange>& bead, std::vector<char>& present) {
  const TermTable& from = tables.tables[side];
  const TermTable& to = tables.tables[Other(side)];
  const IndexRange other = bead[Other(side)];
  for (int32_t s = other.begin; s < other.end; ++s) {
    for (const int32_t type : to.sentence(s)) present[Index(type)] = 1;
  }
  Matched out;
  for (int32_t s = bead[side].begin; s < bead[side].end; ++s) {
    for (const int32_t type : from.sentence(s)) {
      const TermType& t = from.types[Index(type)];
      if (t.kind == TermKind::kPunctuation) continue;
      float best = 0;
      for (const TermMatch& m : tables.matches[side].of(type)) {
        if (present[Index(m.type)]) best = std::max(best, m.value);
      }
      out.matched += t.weight * best;
      out.total += t.weight;
    }
  }
  for (int32_t s = other.begin; s < other.end; ++s) {
    for (const int32_t type : to.sentence(s)) present[Index(type)] = 0;
  }
  return out;
}

double Similarity(const TermTables& tables, const Sides<IndexRange>& bead, Sides<std::vector<char>>& present) {
  const Matched left = MatchOneSide(tables, Side::kLeft, bead, present.right);
  const Matched right = MatchOneSide(tables, Side::kRight, bead, present.left);
  const double total = left.total + right.total;
  return total > 0 ? (left.matched + right.matched) / total : 0;
}

}  // namespace

ModeChoice ChooseMode(const Sides<SentenceTexts>& given, const TermTables& terms) {
  const bool swapped = IsSwapped(given);
  const Sides<SentenceTexts> sides = swapped ? given.Swapped() : given;
  ModeChoice choice;
  if (sides.left.spans.empty() || sides.right.spans.empty()) {
    choice.reason = "one side has no sentence";
    return choice;
  }
  TermTables tables = swapped ? terms.Swapped() : terms;
  Sides<std::vector<int32_t>> lengths;
  Sides<double> bytes{0, 0};
  for (const Side side : kBothSides) {
    for (const Span& span : sides[side].spans) {
      lengths[side].push_back(span.length());
      bytes[side] += std::max(span.length(), 1);
    }
  }
  AlignOptions options;
  options.learn = false;
  options.find_moved = false;
  const std::vector<Bead> beads = *AlignTables(tables, lengths, options);  // nothing can cancel it
  Sides<std::vector<char>> present;
  for (const Side side : kBothSides) present[side].resize(tables.tables[side].types.size());
  // Chance: the same beads against windows of the same size far away, half a text on.
  double sum = 0, chance = 0, weights = 0;
  const int32_t right_count = tables.tables.right.sentence_count();
  std::vector<std::pair<double, double>> shares;
  for (const Bead& bead : beads) {
    if (bead.sentences.left.empty() || bead.sentences.right.empty()) continue;
    double share = 0;
    for (const Side side : kBothSides) {
      double length = 0;
      for (int32_t s = bead.sentences[side].begin; s < bead.sentences[side].end; ++s)
        length += std::max(lengths[side][Index(s)], 1);
      share += .5 * length / bytes[side];
    }
    const double similarity = Similarity(tables, bead.sentences, present);
    double elsewhere = 0;
    int tries = 0;
    for (int k = 1; k <= 3; ++k) {
      Sides<IndexRange> moved = bead.sentences;
      const int32_t size = moved.right.size();
      moved.right.begin = (moved.right.begin + right_count * k / 4) % right_count;
      moved.right.end = moved.right.begin + size;
      if (moved.right.end > right_count || std::abs(moved.right.begin - bead.sentences.right.begin) < size) continue;
      elsewhere += Similarity(tables, moved, present);
      ++tries;
    }
    elsewhere = tries > 0 ? elsewhere / tries : kDefaultChance;
    sum += share * similarity;
    chance += share * elsewhere;
    weights += share;
    shares.emplace_back(share, similarity);
  }
  if (weights > 0) {
    choice.similarity = sum / weights;
    choice.chance = chance / weights;
  }
  for (const auto& [share, similarity] : shares) {
    if (similarity >= 2 * choice.chance) choice.coverage += share;
  }
  const bool same_language = sides.left.language == sides.right.language && sides.left.language != Language::kOther;
  const double want = same_language ? kMinMarginSameLanguage : kMinMargin;
  const double margin = choice.similarity - choice.chance;
  if (margin >= want && choice.coverage >= kMinCoverage) choice.mode = AlignMode::kParallel;
  choice.reason = absl::StrFormat(
      "read in order, %.0f %% of both texts meet sentences that are like them (similarity %.2f, by chance %.2f): %s",
      100 * choice.coverage, choice.similarity, choice.chance,
      choice.mode == AlignMode::kParallel
          ? "versions of one text"
          : "too little for versions of one text, so they are compared as competing statements");
  return choice;
}

}  // namespace narrdiff
