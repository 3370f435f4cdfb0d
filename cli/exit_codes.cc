// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/exit_codes.h"

#include <unistd.h>

#include <cstdint>

#include "absl/strings/str_format.h"
#include "cli/text.h"
#include "engine/base/utf8.h"

namespace narrdiff::cli {

std::string OneLine(std::string_view message) {
  std::string line;
  line.reserve(message.size());
  for (int32_t i = 0; i < static_cast<int32_t>(message.size());) {
    const char32_t c = NextCodePoint(message, i);
    if (c == U'\n') {
      line += "\\n";
    } else if (c == U'\r') {
      line += "\\r";
    } else if (c == U'\t') {
      line += "\\t";
    } else if (c < 0x20 || (c >= 0x7f && c < 0xa0)) {
      absl::StrAppendFormat(&line, "\\x%02x", static_cast<uint32_t>(c));
    } else if (c == 0x2028 || c == 0x2029 || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069)) {
      // Line ends and turns of the writing direction, which would make the line
      // read otherwise than it is.
      absl::StrAppendFormat(&line, "\\u%04x", static_cast<uint32_t>(c));
    } else {
      AppendUtf8(c, line);
    }
  }
  return line;
}

void PrintMessage(std::string_view message) {
  const std::string line = Cat("narrdiff: ", OneLine(message), "\n");
  // One write keeps the lines of processes that share a terminal whole. Nobody
  // is left to tell when it fails.
  [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, line.data(), line.size());
}

int ExitCodeFor(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return kExitDone;
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kDataLoss:
    case absl::StatusCode::kUnimplemented:
      return kExitOurFault;
    default:
      return kExitBadInput;
  }
}

int Fail(const absl::Status& status) {
  const int code = ExitCodeFor(status);
  if (code == kExitOurFault) {
    PrintMessage(Cat(status.message(),
                     "; this is a fault of narrdiff: please report it together "
                     "with the input"));
  } else if (code != kExitDone) {
    PrintMessage(Cat(status.message()));
  }
  return code;
}

}  // namespace narrdiff::cli
