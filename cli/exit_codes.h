// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// What the process hands back to the shell, and the one form of every message
// on standard error.
//
//   if (!text.ok()) return Fail(text.status());
//   narrdiff: us.txt: no such file; check the name and the folder
#ifndef NARRDIFF_CLI_EXIT_CODES_H_
#define NARRDIFF_CLI_EXIT_CODES_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace narrdiff::cli {

inline constexpr int kExitDone = 0;
// Only with --exit-code: a DENY, COUNTER or DIFFER was found.
inline constexpr int kExitFound = 1;
// Bad usage, an input that cannot be used, an output that cannot be written.
inline constexpr int kExitBadInput = 2;
// A fault of narrdiff.
inline constexpr int kExitOurFault = 3;

// `message` on one line: control characters, line ends included, are written as
// \n, \t or \xNN, ill-formed UTF-8 as U+FFFD.
std::string OneLine(std::string_view message);

// "narrdiff: MESSAGE" on standard error, in one write. A standard error that
// cannot be written to is ignored.
void PrintMessage(std::string_view message);

// The exit code for a status: 0 for OK, 3 for Internal, Unknown, DataLoss and
// Unimplemented, else 2.
int ExitCodeFor(const absl::Status& status);

// Prints a failed status and returns its exit code.
int Fail(const absl::Status& status);

}  // namespace narrdiff::cli

#endif  // NARRDIFF_CLI_EXIT_CODES_H_
