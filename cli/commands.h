// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The subcommands. Each takes the parsed command line, prints its own errors,
// and returns the exit code of the process.
//
//   if (arguments->command() == Command::kDiff) return RunDiff(*arguments);
#ifndef NARRDIFF_CLI_COMMANDS_H_
#define NARRDIFF_CLI_COMMANDS_H_

#include "cli/flags.h"

namespace narrdiff::cli {

int RunDiff(const Arguments& arguments);
int RunSegment(const Arguments& arguments);
int RunView(const Arguments& arguments);
int RunBatch(const Arguments& arguments);
int RunScore(const Arguments& arguments);
int RunLexicon(const Arguments& arguments);
int RunHelp(const Arguments& arguments);
int RunVersion(const Arguments& arguments);

}  // namespace narrdiff::cli

#endif  // NARRDIFF_CLI_COMMANDS_H_
