// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Statement files as the engine takes them.
//
//   NARRDIFF_ASSIGN_OR_RETURN(StatementInput left, ReadStatement("us.html", options));
//   ApplyFlags(arguments, Side::kLeft, left);
#ifndef NARRDIFF_CLI_READ_STATEMENT_H_
#define NARRDIFF_CLI_READ_STATEMENT_H_

#include <string>

#include "absl/status/statusor.h"
#include "cli/files.h"
#include "cli/flags.h"
#include "engine/base/sides.h"
#include "engine/compare.h"

namespace narrdiff::cli {

// The file, "-" being standard input; a PDF becomes the text that pdftotext finds in it. Errors: those of ReadInput and
// PdfToText.
absl::StatusOr<StatementInput> ReadStatement(const std::string& path, const CompareOptions& options);

// Fills what is still open with --left-party, --left-lang and --left-encoding, or those of the right; --encoding holds
// for both sides.
void ApplyFlags(const Arguments& arguments, Side side, StatementInput& statement);

// The bound that a statement is read under.
InputLimit StatementLimit(const CompareOptions& options);

}  // namespace narrdiff::cli

#endif  // NARRDIFF_CLI_READ_STATEMENT_H_
