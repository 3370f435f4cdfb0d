// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/align/align_beads.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <utility>

#include "engine/align/bead_band.h"
#include "engine/align/find_band.h"
#include "engine/align/find_moved.h"
#include "engine/align/learn_terms.h"
#include "engine/align/link_tokens.h"
#include "engine/align/score_beads.h"
#include "engine/align/search_beads.h"
#include "engine/align/sentence_vectors.h"
#include "engine/base/status_macros.h"

namespace narrdiff {
namespace {

// Pairs of sentences of a text that is looked over for moved passages with vectors as well.
constexpr int64_t kMostComposedCells = 4'000'000;

// Where to search. `vectors` may be null.
BeadBand BandOf(const TermTables& tables, const BeadVectors* vectors, const AlignOptions& options) {
  const int32_t left = tables.tables.left.sentence_count(), right = tables.tables.right.sentence_count();
  const int64_t cells = static_cast<int64_t>(left) * right;
  if (cells <= options.full_search_cells || left < 8 || right < 8) return FullBand(left, right);
  const bool poor = MatchedShare(tables) < kFewMatches;
  // Vectors cost more than the search does.
  if ((poor || vectors != nullptr) && cells <= options.full_search_cells_unmatched) return FullBand(left, right);
  std::vector<SentenceVectors> sources;
  sources.push_back(HashTerms(tables));
  if (vectors != nullptr) sources.push_back(CentredVectors(*vectors));
  const int32_t radius = poor && vectors == nullptr ? 2 * options.band_radius : options.band_radius;
  return FindBand({left, right}, sources, std::clamp(radius, 8, 1000));
}

// Both sides in the canonical order, which makes results independent of how they were given.
struct Ordered {
  Ordered(const Sides<SentenceTexts>& given, const TermTables& terms)
      : swapped(IsSwapped(given)), sides(swapped ? given.Swapped() : given), tables(swapped ? terms.Swapped() : terms) {
    for (const Side side : kBothSides) {
      for (const Span& span : sides[side].spans) lengths[side].push_back(span.length());
    }
  }

  std::vector<Bead> AsGiven(std::vector<Bead> beads) const {
    if (swapped) {
      for (Bead& bead : beads) bead.sentences = bead.sentences.Swapped();
      SortByLeft(beads);
    }
    return beads;
  }

  const bool swapped;
  const Sides<SentenceTexts> sides;
  TermTables tables;  // a copy: what is learnt is added to it
  Sides<std::vector<int32_t>> lengths;
};

// Tells a part of the work, from one share of the whole to another.
WorkShare Part(const WorkShare& whole, double begin, double end) {
  if (!whole) return nullptr;
  return [&whole, begin, end](double share) { return whole(begin + (end - begin) * share); };
}

}  // namespace

bool IsSwapped(const Sides<SentenceTexts>& sides) {
  const bool left_han = IsChinese(sides.left.language), right_han = IsChinese(sides.right.language);
  if (left_han != right_han) return right_han;
  if (sides.left.spans.size() != sides.right.spans.size()) return sides.left.spans.size() > sides.right.spans.size();
  for (size_t s = 0; s < sides.left.spans.size(); ++s) {
    const int c = sides.left.spans[s].Of(sides.left.text).compare(sides.right.spans[s].Of(sides.right.text));
    if (c != 0) return c > 0;
  }
  return sides.left.language > sides.right.language;
}

absl::StatusOr<std::vector<Bead>> AlignTables(TermTables& tables, const Sides<std::vector<int32_t>>& lengths,
                                              const AlignOptions& options) {
  const BeadBand band = BandOf(tables, nullptr, options);
  const auto search = [&](double begin, double end) {
    return SearchBeads(*ScoreBeads(tables, lengths, band, options), band, options, Part(options.progress, begin, end));
  };
  const bool twice =
      options.learn && tables.tables.left.sentence_count() > 1 && tables.tables.right.sentence_count() > 1;
  NARRDIFF_ASSIGN_OR_RETURN(std::vector<Bead> beads, search(.05, twice ? .45 : .9));
  if (twice) {
    LearnTerms(beads, options.weights, tables);
    NARRDIFF_ASSIGN_OR_RETURN(beads, search(.5, .9));
  }
  if (!options.find_moved) return beads;
  return FindMoved(
      beads, [&](const BeadBand& wide) { return ScoreBeads(tables, lengths, wide, options); }, options);
}

absl::StatusOr<std::vector<Bead>> AlignBeads(const Sides<SentenceTexts>& sides, const TermTables& terms,
                                             const AlignOptions& options) {
  Ordered ordered(sides, terms);
  NARRDIFF_ASSIGN_OR_RETURN(std::vector<Bead> beads, AlignTables(ordered.tables, ordered.lengths, options));
  return ordered.AsGiven(std::move(beads));
}

absl::StatusOr<std::vector<Bead>> AlignBeads(const Sides<SentenceTexts>& sides, const TermTables& terms,
                                             const BeadVectors& vectors, const AlignOptions& options) {
  if (std::min(sides.left.spans.size(), sides.right.spans.size()) < kLeastSentences) {
    return AlignBeads(sides, terms, options);
  }
  Ordered ordered(sides, terms);
  const BeadVectors in_order = ordered.swapped ? vectors.Swapped() : vectors;
  const BeadBand band = BandOf(ordered.tables, &in_order, options);
  AlignOptions composed = options;
  composed.weights = ComposedWeights();
  const auto composed_scores = [&](const BeadBand& of) {
    return AddComposedVectors(ScoreBeads(ordered.tables, ordered.lengths, of, composed), in_order, ordered.lengths, of,
                              composed);
  };
  const auto search = [&](double begin, double end, std::vector<Bead>* likely) {
    return SearchBeads(*composed_scores(band), band, composed, Part(options.progress, begin, end), likely);
  };
  if (options.learn) {
    NARRDIFF_ASSIGN_OR_RETURN(const std::vector<Bead> first, search(.05, .3, nullptr));
    LearnTerms(first, options.weights, ordered.tables);
  }
  std::vector<Bead> likely;
  NARRDIFF_ASSIGN_OR_RETURN(const std::vector<Bead> path, search(.3, .6, &likely));

  const bool has_tokens = in_order.has_tokens();
  AlignOptions rescoring = options;
  rescoring.weights = has_tokens ? LinkedWeights() : PooledWeights();
  std::optional<TokenLinks> links;
  if (has_tokens) links.emplace(in_order.sentences, ordered.sides, path, options.link_radius);
  NARRDIFF_ASSIGN_OR_RETURN(const std::unique_ptr<BeadScores> scores,
                            RescoreLikely(ScoreBeads(ordered.tables, ordered.lengths, band, rescoring), likely,
                                          in_order, links.has_value() ? &*links : nullptr, band, rescoring));
  NARRDIFF_ASSIGN_OR_RETURN(std::vector<Bead> beads,
                            SearchBeads(*scores, band, rescoring, Part(options.progress, .6, .9)));
  if (options.find_moved) {
    const auto words = [&](const BeadBand& of) { return ScoreBeads(ordered.tables, ordered.lengths, of, options); };
    // Composed vectors are compared all over the band, which is wide here.
    const bool small =
        static_cast<int64_t>(in_order.sentences.left.size()) * static_cast<int64_t>(in_order.sentences.right.size()) <=
        kMostComposedCells;
    beads = small ? FindMoved(beads, composed_scores, composed) : FindMoved(beads, words, options);
  }
  return ordered.AsGiven(std::move(beads));
}

double BeadScore(const TermTables& tables, const Sides<std::vector<int32_t>>& lengths, const Sides<IndexRange>& bead,
                 const AlignOptions& options) {
  if (bead.left.empty() || bead.right.empty()) return options.weights.skip;
  const BeadBand band = FullBand(tables.tables.left.sentence_count(), tables.tables.right.sentence_count());
  const int group = std::clamp(options.max_group, 1, kMaxGroup);
  if (bead.left.size() > group || bead.right.size() > group) return kNoScore;
  std::vector<std::vector<float>> scores;
  ScoreBeads(tables, lengths, band, options)->Row(bead.left.end, scores);
  return scores[static_cast<size_t>((bead.left.size() - 1) * group + bead.right.size() - 1)]
               [static_cast<size_t>(bead.right.end)];
}

}  // namespace narrdiff
