// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// What diff and view share: choosing the format, making it, writing it, and the
// exit code.
//
//   NARRDIFF_ASSIGN_OR_RETURN(Format format, ChooseFormat(arguments));
//   NARRDIFF_RETURN_IF_ERROR(WriteComparison(comparison, format, arguments));
//   return ExitCodeOf(comparison, arguments);
#ifndef NARRDIFF_CLI_WRITE_COMPARISON_H_
#define NARRDIFF_CLI_WRITE_COMPARISON_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/flags.h"
#include "proto/narrdiff/v1/comparison.pb.h"

namespace narrdiff::cli {

enum class Format { kText, kHtml, kJson, kTextproto, kPb, kPairs, kTsv, kTmx, kDiffs };

// --format, else by the ending of --output, else text. Errors: InvalidArgument
// for an ending that no format has, and for a binary format that would go to a
// terminal.
absl::StatusOr<Format> ChooseFormat(const Arguments& arguments);

// Writes the comparison to --output.
absl::Status WriteComparison(const v1::Comparison& comparison, Format format, const Arguments& arguments);

// 1 with --exit-code when a pair is DENY, COUNTER or DIFFER, else 0.
int ExitCodeOf(const v1::Comparison& comparison, const Arguments& arguments);

// Repeats the issues of severity WARNING on standard error, a line each, unless
// --quiet.
void PrintWarnings(const v1::Comparison& comparison, const Arguments& arguments);

// "warning: us.txt:12:4: what; what to do". The place is that of the issue's
// span in `statement`, which may be null.
std::string WarningLine(const v1::Issue& issue, const v1::Statement* statement, std::string_view name);

}  // namespace narrdiff::cli

#endif  // NARRDIFF_CLI_WRITE_COMPARISON_H_
