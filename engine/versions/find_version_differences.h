// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Where two versions of one statement part: sentences and clauses omitted or added, other figures, dates and names, and
// wording that is softer or stronger. What a faithful translation changes is no difference, and in doubt none is told.
//
//   std::vector<Bead> beads = *AlignBeads(...);
//   std::vector<VersionDifference> differences =
//       FindVersionDifferences({&left, &right}, tables, dictionaries, words, lexicon, {}, beads);
//   differences[0].kind == VersionDifferenceKind::kNumber;
//   differences[0].reason == "another figure: left says \"75 minutes\", right says \"57分钟\""
#ifndef NARRDIFF_ENGINE_VERSIONS_FIND_VERSION_DIFFERENCES_H_
#define NARRDIFF_ENGINE_VERSIONS_FIND_VERSION_DIFFERENCES_H_

#include <memory>
#include <vector>

#include "engine/align/align_beads.h"
#include "engine/align/match_terms.h"
#include "engine/base/sides.h"
#include "engine/describe/describe_statement.h"
#include "engine/lexicon/dictionary.h"
#include "engine/lexicon/lexicon.h"
#include "engine/versions/bead_words.h"
#include "engine/versions/version_difference.h"
#include "engine/versions/version_words.h"

namespace narrdiff {

struct VersionOptions {
  // Differences of less confidence are not told. Range 0 to 1; raising it gives fewer and surer ones.
  double min_confidence = .5;
  // Further evidence for what translates what; empty: dictionaries, lexicon and sounds alone.
  WordLikeness likeness;
};

// In the order of the text. `beads` are those of AlignBeads for the same sentences; those that pair strangers are
// parted into null beads. `tables` are those of TermMatcher::Index; null dictionaries are skipped. The result for
// swapped sides is the mirrored result but for the wording of reasons and the order of differences in one place. O(size
// of the dictionaries + words of all beads, in each left x right). Thread-safe.
std::vector<VersionDifference> FindVersionDifferences(
    const Sides<const DescribedStatement*>& statements, const TermTables& tables,
    const std::vector<std::shared_ptr<const Dictionary>>& dictionaries, const VersionWords& words,
    const Lexicon& lexicon, const VersionOptions& options, std::vector<Bead>& beads);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_VERSIONS_FIND_VERSION_DIFFERENCES_H_
