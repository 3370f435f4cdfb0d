// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// `narrdiff segment FILE`: the units of one statement.
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/files.h"
#include "cli/make_comparer.h"
#include "cli/read_statement.h"
#include "cli/terminal.h"
#include "cli/text.h"
#include "cli/write_comparison.h"
#include "engine/base/status_macros.h"
#include "engine/base/utf8.h"
#include "engine/compare.h"
#include "engine/report/formats.h"

namespace narrdiff::cli {
namespace {

// --format, else by the ending of --output, else text.
absl::StatusOr<std::string> ChooseSegmentFormat(const Arguments& arguments) {
  std::string format = arguments.Get("format");
  const std::string path = arguments.Get("output");
  const bool to_file = !path.empty() && path != "-";
  if (format.empty() && to_file) {
    const std::string file = path.substr(path.rfind('/') + 1);
    const size_t dot = file.rfind('.');
    const std::string ending = dot == std::string::npos || dot == 0 ? ".txt" : file.substr(dot);
    if (ending == ".json" || ending == ".pb" || ending == ".spans") {
      format = ending.substr(1);
    } else if (ending != ".txt") {
      return absl::InvalidArgumentError(Cat(DisplayName(path), ": no format has the ending ", ending,
                                            "; choose one with --format, or one of the endings .txt, .spans, "
                                            ".json, .pb"));
    }
  }
  if (format.empty()) format = "text";
  if (format == "pb" && !to_file && IsTerminal(STDOUT_FILENO)) {
    return absl::InvalidArgumentError(
        "will not write protobuf's binary form to a terminal; write it to a "
        "file with -o, or choose --format=json");
  }
  return format;
}

bool IsBody(const Comparer::Unit& unit) { return unit.kind == "statement" || unit.kind == "question"; }

char LetterOf(const Comparer::Unit& unit) {
  return unit.kind == "statement" ? 'S' : unit.kind == "question" ? 'Q' : unit.kind == "heading" ? 'H' : 'F';
}

// The unit on one line: white space with a line end in it becomes one space, or
// nothing between two Chinese characters.
std::string LineOf(std::string_view text) {
  std::string line;
  char32_t last = 0;
  for (int32_t i = 0; i < static_cast<int32_t>(text.size());) {
    const int32_t begin = i;
    char32_t c = NextCodePoint(text, i);
    if (!IsSpace(c)) {
      line += text.substr(static_cast<size_t>(begin), static_cast<size_t>(i - begin));
      last = c;
      continue;
    }
    bool line_end = c == U'\n' || c == U'\r';
    int32_t end = i;
    while (end < static_cast<int32_t>(text.size())) {
      int32_t after = end;
      c = NextCodePoint(text, after);
      if (!IsSpace(c)) break;
      line_end = line_end || c == U'\n' || c == U'\r';
      end = after;
    }
    if (!line_end) {
      line += text.substr(static_cast<size_t>(begin), static_cast<size_t>(end - begin));
    } else if (end < static_cast<int32_t>(text.size()) && !(IsHan(last) && IsHan(c))) {
      line += ' ';
    }
    i = end;
  }
  return OneLine(line);
}

std::string ToText(const v1::Statement& statement, const std::vector<Comparer::Unit>& units, bool body, bool explain) {
  const size_t digits = std::to_string(std::max(statement.sentences_size() - 1, 0)).size();
  std::string out;
  int next = 0;
  for (const Comparer::Unit& unit : units) {
    if (body && !IsBody(unit)) continue;
    std::string number;
    if (IsBody(unit)) number = std::to_string(next++);
    const uint32_t begin = std::min<uint32_t>(unit.span.begin_byte(), static_cast<uint32_t>(statement.text().size()));
    const std::string_view text =
        std::string_view(statement.text()).substr(begin, std::max(unit.span.end_byte(), begin) - begin);
    Append(out, std::string(digits - std::min(digits, number.size()), ' '), number, " ", LetterOf(unit), " ",
           LineOf(text));
    if (explain) Append(out, "  [", unit.rule, "]");
    out += '\n';
  }
  return out;
}

std::string ToSpans(const std::vector<Comparer::Unit>& units, bool body, bool explain) {
  std::string out;
  for (const Comparer::Unit& unit : units) {
    if (body && !IsBody(unit)) continue;
    Append(out, unit.span.begin_code_point(), "\t", unit.span.end_code_point());
    if (explain) Append(out, "\t", unit.kind, "\t", unit.rule);
    out += '\n';
  }
  return out;
}

absl::Status Segment(const Arguments& arguments) {
  NARRDIFF_ASSIGN_OR_RETURN(const std::string format, ChooseSegmentFormat(arguments));
  const std::string& path = arguments.operands()[0];
  NARRDIFF_RETURN_IF_ERROR(CheckOutput(arguments.Get("output"), &path, 1));
  NARRDIFF_ASSIGN_OR_RETURN(const CompareOptions options, OptionsFromFlags(arguments));
  NARRDIFF_ASSIGN_OR_RETURN(StatementInput input, ReadStatement(path, options));
  input.language = arguments.Get("lang");
  if (input.converter.empty()) input.encoding = arguments.Get("encoding");
  NARRDIFF_ASSIGN_OR_RETURN(const std::unique_ptr<Comparer> comparer, Comparer::Create(options));
  std::vector<Comparer::Unit> units;
  std::vector<v1::Issue> issues;
  const absl::StatusOr<v1::Statement> statement = comparer->Read(input, &units, &issues);
  const std::string name = DisplayName(path);
  if (!statement.ok()) {
    const std::string message = Cat(statement.status().message());
    const std::string own = Cat(input.name, ":");
    if (StartsWith(message, own)) {
      return absl::Status(statement.status().code(), Cat(name, ":", message.substr(own.size())));
    }
    const absl::Status named = WithFileNames(statement.status(), {name, name});
    if (named.message() != statement.status().message()) return named;
    const bool placed = !message.empty() && message[0] >= '0' && message[0] <= '9';
    return absl::Status(named.code(), Cat(name, placed ? ":" : ": ", message));
  }
  if (!arguments.Given("quiet")) {
    for (const v1::Issue& issue : issues) {
      if (issue.severity() == v1::Issue::WARNING) PrintMessage(WarningLine(issue, &*statement, name));
    }
  }
  const bool body = arguments.Given("body");
  const bool explain = arguments.Given("explain");
  std::string bytes;
  if (format == "json") {
    NARRDIFF_ASSIGN_OR_RETURN(bytes, ToJson(*statement));
  } else if (format == "pb") {
    bytes = ToBinary(*statement);
  } else if (format == "spans") {
    bytes = ToSpans(units, body, explain);
  } else {
    bytes = ToText(*statement, units, body, explain);
  }
  Output output;
  NARRDIFF_RETURN_IF_ERROR(output.Open(arguments.Get("output")));
  NARRDIFF_RETURN_IF_ERROR(output.Write(bytes));
  return output.Close();
}

}  // namespace

int RunSegment(const Arguments& arguments) { return Fail(Segment(arguments)); }

}  // namespace narrdiff::cli
