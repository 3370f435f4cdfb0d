// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// `narrdiff diff LEFT RIGHT`: the main job.
#include <unistd.h>

#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/files.h"
#include "cli/make_comparer.h"
#include "cli/open_embedder.h"
#include "cli/open_judge.h"
#include "cli/read_statement.h"
#include "cli/terminal.h"
#include "cli/watch_work.h"
#include "cli/write_comparison.h"
#include "engine/base/status_macros.h"
#include "engine/compare.h"

namespace narrdiff::cli {
namespace {

constexpr std::chrono::seconds kPatience(2);

absl::StatusOr<v1::Comparison> CompareFiles(const Arguments& arguments) {
  const std::vector<std::string>& paths = arguments.operands();
  if (paths[0] == "-" && paths[1] == "-") {
    return absl::InvalidArgumentError("standard input can be one side only; name a file for the other");
  }
  ProgressLine progress(STDERR_FILENO, IsTerminal(STDERR_FILENO) && !arguments.Given("quiet"), kPatience);
  WorkWatch watch(&progress);
  NARRDIFF_ASSIGN_OR_RETURN(CompareOptions options, OptionsFromFlags(arguments));
  options.progress = watch.Callback();
  Sides<StatementInput> statements;
  NARRDIFF_ASSIGN_OR_RETURN(statements.left, ReadStatement(paths[0], options));
  NARRDIFF_ASSIGN_OR_RETURN(statements.right, ReadStatement(paths[1], options));
  for (const Side side : kBothSides) ApplyFlags(arguments, side, statements[side]);
  NARRDIFF_RETURN_IF_ERROR(EmbedderSource(arguments).Provide(options));
  NARRDIFF_ASSIGN_OR_RETURN(options.judge, OpenJudge(arguments));
  NARRDIFF_ASSIGN_OR_RETURN(const std::unique_ptr<Comparer> comparer, MakeComparer(arguments, options));
  absl::StatusOr<v1::Comparison> comparison = comparer->Compare(statements);
  if (!comparison.ok()) progress.End();
  watch.End();
  if (comparison.ok()) return comparison;
  return WithFileNames(comparison.status(), {DisplayName(paths[0]), DisplayName(paths[1])});
}

}  // namespace

int RunDiff(const Arguments& arguments) {
  const absl::StatusOr<Format> format = ChooseFormat(arguments);
  if (!format.ok()) return Fail(format.status());
  // Before the work, so that a mistyped folder is told at once.
  const absl::Status output =
      CheckOutput(arguments.Get("output"), arguments.operands().data(), arguments.operands().size());
  if (!output.ok()) return Fail(output);
  const absl::StatusOr<v1::Comparison> comparison = CompareFiles(arguments);
  if (!comparison.ok()) return Fail(comparison.status());
  PrintWarnings(*comparison, arguments);
  const absl::Status written = WriteComparison(*comparison, *format, arguments);
  return written.ok() ? ExitCodeOf(*comparison, arguments) : Fail(written);
}

}  // namespace narrdiff::cli
