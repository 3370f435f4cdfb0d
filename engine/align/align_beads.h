// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Rung 5 for two versions of one statement: monotone beads that partition the sentences of both sides in order, each
// with the probability that it is right.
//
//   const TermTables terms = TermMatcher({dictionary}).Index({left, right});
//   std::vector<Bead> beads = *AlignBeads({left, right}, terms, {});
//   beads[2].sentences.left == (IndexRange{2, 3});    // sentence 2
//   beads[2].sentences.right == (IndexRange{2, 4});   // sentences 2 and 3
//
// A bead joins n sentences with m of the other side, n, m <= max_group, or leaves one sentence alone. Its score is the
// Dice coefficient of best matching terms (match_terms.h) less what a random window of the same size would reach, plus
// terms for lengths and for quotations that end or stay open on both sides. Scores are the potentials of a chain over
// all monotone segmentations; the forward-backward algorithm gives each bead's probability, and the beads returned are
// those that maximise the expected number of right ones. A second pass adds pairs of terms that the first pass saw
// together (bootstrapped lexicon), and what is then left alone on both sides is looked over for passages that stand
// elsewhere. Short texts are searched whole; long ones within a band that is found coarse to fine, as in FastDTW and
// vecalign, so that time and memory grow linearly.
//
// Papers: Gale and Church 1993 (beads, lengths); Varga et al. 2005 (hunalign: dictionary and bootstrapped lexicon);
// Thompson and Koehn 2019 (vecalign: normalising by random windows, coarse to fine); Salvador and Chan 2007 (FastDTW).
#ifndef NARRDIFF_ENGINE_ALIGN_ALIGN_BEADS_H_
#define NARRDIFF_ENGINE_ALIGN_ALIGN_BEADS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/align/bead.h"
#include "engine/align/match_terms.h"
#include "engine/align/vector_scores.h"
#include "engine/base/sides.h"

namespace narrdiff {

// Each sentence of either side is in exactly one bead. Beads are in the order of the left side, and, but for those that
// are moved, of the right side. An empty side gives null beads only. The one
// error is Cancelled, where options.progress asks for it. The result for swapped sides has the
// same beads mirrored, bit for bit. `terms` are TermMatcher::Index's of the same sides. Deterministic. O(n m) for short
// texts, O(n + m) for long ones, times max_group^2. Thread-safe.
absl::StatusOr<std::vector<Bead>> AlignBeads(const Sides<SentenceTexts>& sides, const TermTables& terms,
                                             const AlignOptions& options);

// The same with vectors of the sentences as well (vector_scores.h). The beads that words and composed vectors leave
// likely are weighed again with vectors of their whole texts, which `vectors.embed` is asked for. Fewer than
// kLeastSentences sentences on a side have no mean to be centred on: then words alone decide. Errors: those of
// vectors.embed, and Cancelled.
absl::StatusOr<std::vector<Bead>> AlignBeads(const Sides<SentenceTexts>& sides, const TermTables& terms,
                                             const BeadVectors& vectors, const AlignOptions& options);
inline constexpr size_t kLeastSentences = 4;

// Whether the sides should be exchanged before the work, which makes results independent of their order: Chinese comes
// first, then the side with fewer sentences, then the smaller text. O(text).
bool IsSwapped(const Sides<SentenceTexts>& sides);

// AlignBeads where the terms are there already. `lengths` are the sentences' sizes in bytes. Learnt pairs are added to
// `tables`. The sides are taken as they stand (AlignBeads puts them into a canonical order first).
absl::StatusOr<std::vector<Bead>> AlignTables(TermTables& tables, const Sides<std::vector<int32_t>>& lengths,
                                              const AlignOptions& options);

// For tests: the score of one bead before any search (log potential / sharpness), over the whole document's
// expectations.
double BeadScore(const TermTables& tables, const Sides<std::vector<int32_t>>& lengths, const Sides<IndexRange>& bead,
                 const AlignOptions& options);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_ALIGN_ALIGN_BEADS_H_
