// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The program: reads the command line and hands over to the subcommand.
// docs/cli.md is its manual.
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/files.h"
#include "cli/flags.h"

namespace narrdiff::cli {
namespace {

int Main(const std::vector<std::string>& given) {
  const absl::StatusOr<Arguments> arguments = ParseArguments(given);
  if (!arguments.ok()) return Fail(arguments.status());
  if (arguments->help()) return RunHelp(*arguments);
  switch (arguments->command()) {
    case Command::kDiff:
      return RunDiff(*arguments);
    case Command::kSegment:
      return RunSegment(*arguments);
    case Command::kView:
      return RunView(*arguments);
    case Command::kBatch:
      return RunBatch(*arguments);
    case Command::kScore:
      return RunScore(*arguments);
    case Command::kLexicon:
      return RunLexicon(*arguments);
    case Command::kHelp:
      return RunHelp(*arguments);
    case Command::kVersion:
      return RunVersion(*arguments);
  }
  return kExitOurFault;
}

}  // namespace
}  // namespace narrdiff::cli

int main(int argc, char** argv) {
  narrdiff::cli::PrepareProcess();
  return narrdiff::cli::Main(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
}
