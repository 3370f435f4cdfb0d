// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// `narrdiff view FILE`: a saved comparison in any format.
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/files.h"
#include "cli/text.h"
#include "cli/write_comparison.h"
#include "engine/base/status_macros.h"
#include "engine/report/formats.h"

namespace narrdiff::cli {
namespace {

// Below the 2 GiB of a protobuf message. A comparison of two statements of the
// largest size allowed stays well below.
constexpr InputLimit kComparisonLimit = {int64_t{1} << 30, "max_comparison_bytes"};

// By the ending of the name, else by the first character that is not white
// space.
MessageFormat FormatOf(std::string_view path, std::string_view bytes) {
  if (EndsWith(path, ".json")) return MessageFormat::kJson;
  if (EndsWith(path, ".textproto")) return MessageFormat::kTextproto;
  if (EndsWith(path, ".pb")) return MessageFormat::kBinary;
  const size_t first = bytes.find_first_not_of(" \t\r\n");
  // A binary comparison starts with the tag of its schema, which is a line end.
  if (first == std::string_view::npos || bytes[0] == '\n') return MessageFormat::kBinary;
  if (bytes[first] == '{') return MessageFormat::kJson;
  return bytes[first] == '#' || StartsWith(bytes.substr(first), "schema") ? MessageFormat::kTextproto
                                                                          : MessageFormat::kBinary;
}

absl::StatusOr<v1::Comparison> ReadComparison(const std::string& path) {
  const std::string name = DisplayName(path);
  if (EndsWith(path, ".pairs.pb")) {
    return absl::InvalidArgumentError(Cat(name,
                                          ": pairs without their statements cannot be viewed; give the "
                                          "comparison, which diff -o NAME.pb writes"));
  }
  NARRDIFF_ASSIGN_OR_RETURN(const std::string bytes, ReadInput(path, kComparisonLimit));
  absl::StatusOr<v1::Comparison> comparison = ParseComparison(bytes, FormatOf(path, bytes));
  if (comparison.ok()) return comparison;
  const std::string message = Cat(comparison.status().message());
  // A message that starts with a place is joined to the name: "talks.json:12:4:
  // ...".
  const bool placed = !message.empty() && message[0] >= '0' && message[0] <= '9';
  const bool advises = message.find("; ") != std::string::npos;
  return absl::Status(
      comparison.status().code(),
      Cat(name, placed ? ":" : ": ", message, advises ? "" : "; give a file that narrdiff diff wrote, and all of it"));
}

}  // namespace

int RunView(const Arguments& arguments) {
  const absl::StatusOr<Format> format = ChooseFormat(arguments);
  if (!format.ok()) return Fail(format.status());
  const absl::Status output = CheckOutput(arguments.Get("output"), arguments.operands().data(), 1);
  if (!output.ok()) return Fail(output);
  const absl::StatusOr<v1::Comparison> comparison = ReadComparison(arguments.operands()[0]);
  if (!comparison.ok()) return Fail(comparison.status());
  const absl::Status written = WriteComparison(*comparison, *format, arguments);
  return written.ok() ? ExitCodeOf(*comparison, arguments) : Fail(written);
}

}  // namespace narrdiff::cli
