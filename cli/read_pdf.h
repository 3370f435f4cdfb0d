// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The text of a PDF file, by poppler's program pdftotext where it is installed.
//
//   if (IsPdf(bytes)) NARRDIFF_ASSIGN_OR_RETURN(bytes, PdfToText(bytes, "us.pdf", limit));
#ifndef NARRDIFF_CLI_READ_PDF_H_
#define NARRDIFF_CLI_READ_PDF_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "cli/files.h"

namespace narrdiff::cli {

bool IsPdf(std::string_view bytes);

// The text in UTF-8, in reading order, a form feed after each page. The program is looked for on PATH, gets a minute of
// processor time and writes no file. Errors: FailedPrecondition when it is not installed, InvalidArgument when it
// cannot read the file (damaged, encrypted) or finds no text in it (scanned pages), ResourceExhausted when the text is
// longer than the limit. `name` is for messages. Not to be called from several threads at once.
absl::StatusOr<std::string> PdfToText(const std::string& bytes, const std::string& name, const InputLimit& limit);

}  // namespace narrdiff::cli

#endif  // NARRDIFF_CLI_READ_PDF_H_
