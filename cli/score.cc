// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// `narrdiff score TASK GOLD PRED`: accuracy against gold answers.
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/files.h"
#include "cli/scoring.h"
#include "cli/text.h"
#include "engine/base/status_macros.h"

namespace narrdiff::cli {
namespace {

absl::Status ScoreFolders(const Arguments& arguments) {
  const std::string& task = arguments.operands()[0];
  const std::string& gold = arguments.operands()[1];
  const std::string& predicted = arguments.operands()[2];
  const bool verbose = arguments.Given("verbose");
  absl::StatusOr<std::string> figures;
  if (task == "segmentation") {
    figures = ScoreSegmentation(gold, predicted, verbose);
  } else if (task == "beads") {
    figures = ScoreBeads(gold, predicted, verbose);
  } else if (task == "pairs") {
    figures = ScorePairs(gold, predicted, verbose);
  } else if (task == "diffs") {
    figures = ScoreDiffs(gold, predicted, verbose);
  } else if (task == "attributions") {
    figures = ScoreAttributions(gold, predicted, verbose);
  } else {
    const std::string nearest = Nearest(task, {"segmentation", "beads", "pairs", "diffs", "attributions"});
    return absl::InvalidArgumentError(Cat("score: unknown task ", task, "; ",
                                          nearest.empty()
                                              ? "it is one of segmentation, beads, pairs, diffs, attributions"
                                              : Cat("did you mean ", nearest, "?")));
  }
  NARRDIFF_RETURN_IF_ERROR(figures.status());
  Output output;
  NARRDIFF_RETURN_IF_ERROR(output.Open("-"));
  NARRDIFF_RETURN_IF_ERROR(output.Write(*figures));
  return output.Close();
}

}  // namespace

int RunScore(const Arguments& arguments) { return Fail(ScoreFolders(arguments)); }

}  // namespace narrdiff::cli
