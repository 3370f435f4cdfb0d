// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/align/align_beads.h"

#include <algorithm>
#include <cstddef>

#include "engine/align/bead_band.h"
#include "engine/align/find_band.h"
#include "engine/align/find_moved.h"
#include "engine/align/learn_terms.h"
#include "engine/align/score_beads.h"
#include "engine/align/search_beads.h"
#include "engine/align/sentence_vectors.h"
#include "engine/base/status_macros.h"

namespace narrdiff {

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
  const int32_t left = tables.tables.left.sentence_count(), right = tables.tables.right.sentence_count();
  BeadBand band;
  if (static_cast<int64_t>(left) * right <= options.full_search_cells || left < 8 || right < 8) {
    band = FullBand(left, right);
  } else {
    band = FindBand({left, right}, {HashTerms(tables)}, std::clamp(options.band_radius, 8, 1000));
  }
  // One pass of the search, from the share `begin` of the work to `end`.
  const auto search = [&](double begin, double end) {
    WorkShare progress;
    if (options.progress)
      progress = [&, begin, end](double share) { return options.progress(begin + (end - begin) * share); };
    return SearchBeads(*ScoreBeads(tables, lengths, band, options), band, options, progress);
  };
  const bool twice = options.learn && left > 1 && right > 1;
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
  const bool swapped = IsSwapped(sides);
  const Sides<SentenceTexts> ordered = swapped ? sides.Swapped() : sides;
  TermTables tables = swapped ? terms.Swapped() : terms;  // a copy: what is learnt is added to it
  Sides<std::vector<int32_t>> lengths;
  for (const Side side : kBothSides) {
    for (const Span& span : ordered[side].spans) lengths[side].push_back(span.length());
  }
  NARRDIFF_ASSIGN_OR_RETURN(std::vector<Bead> beads, AlignTables(tables, lengths, options));
  if (swapped) {
    for (Bead& bead : beads) bead.sentences = bead.sentences.Swapped();
    SortByLeft(beads);
  }
  return beads;
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
