// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Accuracy against gold answers. The figures and their wording are those of the
// score.py that stands beside the gold data, to the last digit, so that either
// can be quoted; it is a Python program, and where its way of reading a file is
// Python's (line ends, white space, numbers, offsets below zero) this does the
// same.
//
//   std::cout << *ScoreBeads("gold", "predicted", /*verbose=*/false);
//   strict P 0.9000 R 0.9000 F1 0.9000 | lax F1 0.9500
//
// Each function compares one folder of gold answers with one of predictions;
// docs/cli.md names the files. A document without a prediction counts as an
// empty one. All of them fail with "FILE:LINE: what; what to do" where score.py
// ends with an exception: InvalidArgument for a line or offset that is none,
// NotFound for a folder or text that is not there.
#ifndef NARRDIFF_CLI_SCORING_H_
#define NARRDIFF_CLI_SCORING_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"

namespace narrdiff::cli {

// Sentence spans after trimming white space, and their ends alone.
absl::StatusOr<std::string> ScoreSegmentation(const std::string& gold, const std::string& predicted, bool verbose);

// Monotone beads, strict and lax as the scorer of vecalign (Thompson and Koehn
// 2019) has them: unaligned beads count in precision, not in recall.
absl::StatusOr<std::string> ScoreBeads(const std::string& gold, const std::string& predicted, bool verbose);

// Sentence pairs implied by every aligned group; relations on the pairs that
// both have.
absl::StatusOr<std::string> ScorePairs(const std::string& gold, const std::string& predicted, bool verbose);

// Differences of two versions: rows with the same sentences on both sides and
// the same kind, each once. score.py has no such figure.
absl::StatusOr<std::string> ScoreDiffs(const std::string& gold, const std::string& predicted, bool verbose);

// Who said what: content, speaker and cue by overlap of characters that are not
// white space, matched one to one by the overlap of content; party on matches.
absl::StatusOr<std::string> ScoreAttributions(const std::string& gold, const std::string& predicted, bool verbose);

// Precision, recall and their harmonic mean; 0 where there is nothing to divide
// by.
struct PrecisionRecall {
  double precision = 0, recall = 0, f1 = 0;
};
PrecisionRecall Measure(int64_t right, int64_t predicted, int64_t gold);

}  // namespace narrdiff::cli

#endif  // NARRDIFF_CLI_SCORING_H_
