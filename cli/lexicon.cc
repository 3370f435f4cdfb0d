// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// `narrdiff lexicon compile IN OUT`: a bilingual dictionary in the form that
// --dictionary maps into memory.
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/files.h"
#include "cli/text.h"
#include "engine/base/status_macros.h"
#include "engine/lexicon/dictionary.h"

namespace narrdiff::cli {
namespace {

constexpr InputLimit kDictionaryLimit = {int64_t{256} << 20, "max_dictionary_bytes"};

absl::Status Compile(const Arguments& arguments) {
  const std::string& in = arguments.operands()[1];
  const std::string& out = arguments.operands()[2];
  if (out == "-") return absl::InvalidArgumentError("a dictionary is not for standard output; name a file");
  NARRDIFF_RETURN_IF_ERROR(CheckOutput(out, &in, 1));
  NARRDIFF_ASSIGN_OR_RETURN(const std::string text, ReadInput(in, kDictionaryLimit));
  const absl::StatusOr<std::string> block = arguments.Get("format") == "tsv" ? CompileTsv(text) : CompileCedict(text);
  if (!block.ok()) {
    const std::string message = Cat(block.status().message());
    const bool placed = !message.empty() && message[0] >= '0' && message[0] <= '9';
    return absl::Status(block.status().code(), Cat(DisplayName(in), placed ? ":" : ": ", message));
  }
  Output output;
  NARRDIFF_RETURN_IF_ERROR(output.Open(out));
  NARRDIFF_RETURN_IF_ERROR(output.Write(*block));
  return output.Close();
}

}  // namespace

int RunLexicon(const Arguments& arguments) {
  const std::string& what = arguments.operands()[0];
  if (what != "compile") {
    return Fail(absl::InvalidArgumentError(
        Cat("lexicon: \"", what, "\" is not something it does; write narrdiff lexicon compile IN OUT")));
  }
  return Fail(Compile(arguments));
}

}  // namespace narrdiff::cli
