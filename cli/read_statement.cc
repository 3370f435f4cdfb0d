// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/read_statement.h"

#include <string_view>
#include <utility>

#include "cli/read_pdf.h"
#include "cli/text.h"
#include "engine/base/sha256.h"
#include "engine/base/status_macros.h"

namespace narrdiff::cli {

absl::StatusOr<StatementInput> ReadStatement(const std::string& path, const CompareOptions& options) {
  StatementInput statement;
  NARRDIFF_ASSIGN_OR_RETURN(statement.bytes, ReadInput(path, StatementLimit(options)));
  statement.name = path == "-" ? "-" : DisplayName(path);
  if (IsPdf(statement.bytes)) {
    statement.sha256 = Sha256Hex(statement.bytes);
    statement.converter = "pdftotext";
    NARRDIFF_ASSIGN_OR_RETURN(statement.bytes, PdfToText(statement.bytes, DisplayName(path), StatementLimit(options)));
  }
  return statement;
}

void ApplyFlags(const Arguments& arguments, Side side, StatementInput& statement) {
  const std::string name = SideName(side);
  const auto fill = [&](std::string_view flag, std::string& value) {
    if (value.empty()) value = arguments.Get(flag);
  };
  fill(Cat(name, "-party"), statement.party);
  fill(Cat(name, "-lang"), statement.language);
  if (!statement.converter.empty()) return;  // what a converter writes is in UTF-8
  fill(Cat(name, "-encoding"), statement.encoding);
  fill("encoding", statement.encoding);
}

InputLimit StatementLimit(const CompareOptions& options) { return {options.limits.max_input_bytes, "max_input_bytes"}; }

}  // namespace narrdiff::cli
