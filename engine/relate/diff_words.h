// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The words of a pair that carry the difference. Two sentences that share much of their wording are compared word by
// word (longest common subsequence of stems: Myers, "An O(ND) difference algorithm", 1986, in its plain dynamic form);
// two that do not are marked only where the evidence lies, because everything differs and marking it all says nothing.
//
//   DiffWords(left, right, MarksOf(evidence)):
//     "met for 75 minutes" / "met for 57 minutes"  ->  {kNumber, "75 minutes", "57 minutes"}
#ifndef NARRDIFF_ENGINE_RELATE_DIFF_WORDS_H_
#define NARRDIFF_ENGINE_RELATE_DIFF_WORDS_H_

#include <vector>

#include "engine/base/span.h"
#include "engine/describe/describe_statement.h"
#include "engine/relate/classify_relation.h"

namespace narrdiff {

// In the order of v1.WordDiff.Kind.
enum class WordDiffKind {
  kUnspecified,
  kChanged,
  kLeftOnly,
  kRightOnly,
  kNumber,
  kDate,
  kName,
  kTerm,
  kNegation,
  kStrength,
};

struct WordDiff {
  WordDiffKind kind = WordDiffKind::kChanged;
  Span left, right;  // empty where the kind has none
};

// The words on which evidence stands that is worth marking.
std::vector<WordDiff> MarksOf(const std::vector<Evidence>& evidence);

// `marked` and the words that a word-by-word comparison adds to them. Ordered by left span, then right span. O(n m) in
// tokens, at most kMaxDiffCells cells (beyond that `marked` stands alone). Mirrored input gives mirrored differences.
// Thread-safe.
inline constexpr int64_t kMaxDiffCells = 4'000'000;
std::vector<WordDiff> DiffWords(const DescribedSentence& left, const DescribedSentence& right,
                                std::vector<WordDiff> marked);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_RELATE_DIFF_WORDS_H_
