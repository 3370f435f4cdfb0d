// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// `narrdiff segment FILE`: the units of one statement.
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
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
#include "engine/base/span.h"
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

// The unit on one line: white space with a line end or tab in it becomes one
// space, or nothing between two Chinese characters.
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
    bool line_end = c == U'\n' || c == U'\r' || c == U'\t';
    int32_t end = i;
    while (end < static_cast<int32_t>(text.size())) {
      int32_t after = end;
      c = NextCodePoint(text, after);
      if (!IsSpace(c)) break;
      line_end = line_end || c == U'\n' || c == U'\r' || c == U'\t';
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

std::string_view TextOf(const v1::Statement& statement, Span span) { return span.Of(statement.text()); }

// The words of a unit: its text without what it skips. `next` is the first of `skipped` that may lie in it.
std::string WordsOf(const v1::Statement& statement, Span unit, const std::vector<Span>& skipped, size_t& next) {
  std::string words;
  int32_t done = unit.begin;
  for (; next < skipped.size() && skipped[next].begin < unit.end; ++next) {
    words += TextOf(statement, {done, skipped[next].begin});
    done = skipped[next].end;
  }
  words += TextOf(statement, {done, unit.end});
  return words;
}

// The word before a place that was kept together: "Gen.", or the last characters where there are no spaces.
std::string_view WordBefore(std::string_view text) {
  constexpr int kLongestWord = 20;
  const int32_t end = TrimEnd(text, 0, static_cast<int32_t>(text.size()));
  int32_t begin = end;
  bool han = false;
  for (int k = 0; begin > 0 && k < kLongestWord; ++k) {
    int32_t i = begin;
    const char32_t c = PreviousCodePoint(text, i);
    if (IsSpace(c) || (han && k >= kLongestWord / 4)) break;
    han = han || IsHan(c);
    begin = i;
  }
  return text.substr(static_cast<size_t>(begin), static_cast<size_t>(end - begin));
}

// "icu; kept: "Gen." title, "U.S." abbreviation": the rule that made the end, and those that kept it from coming
// before.
std::string Explanation(const v1::Statement& statement, const Comparer::Unit& unit) {
  std::string out(unit.rule);
  for (const Comparer::Unit::Kept& kept : unit.kept) {
    const std::string_view before = TextOf(statement, {unit.bytes.begin, kept.at_byte});
    Append(out, &kept == &unit.kept[0] ? "; kept: \"" : ", \"", OneLine(WordBefore(before)), "\" ", kept.rule);
  }
  return out;
}

std::string ToText(const v1::Statement& statement, const Comparer::Units& units, bool body, bool explain) {
  const auto sentences = std::count_if(units.list.begin(), units.list.end(), IsBody);
  const size_t digits = std::to_string(std::max<int64_t>(sentences - 1, 0)).size();
  std::string out;
  int next = 0;
  size_t skipped = 0;
  for (const Comparer::Unit& unit : units.list) {
    const std::string words = WordsOf(statement, unit.bytes, units.skipped, skipped);
    if (body && !IsBody(unit)) continue;
    std::string number;
    if (IsBody(unit)) number = std::to_string(next++);
    Append(out, std::string(digits - std::min(digits, number.size()), ' '), number, " ", LetterOf(unit), " ",
           LineOf(words));
    if (explain) Append(out, "  [", Explanation(statement, unit), "]");
    out += '\n';
  }
  return out;
}

std::string ToSpans(const std::vector<Comparer::Unit>& units, bool body, bool explain) {
  std::string out;
  for (const Comparer::Unit& unit : units) {
    if (body && !IsBody(unit)) continue;
    Append(out, unit.code_points.begin, "\t", unit.code_points.end);
    if (explain) {
      Append(out, "\t", unit.kind, "\t", unit.rule, "\t");
      for (const Comparer::Unit::Kept& kept : unit.kept) {
        Append(out, &kept == &unit.kept[0] ? "" : ",", kept.at_code_point, ":", kept.rule);
      }
    }
    out += '\n';
  }
  return out;
}

// The bytes to write, in one of the forms of --format.
absl::StatusOr<std::string> Cut(const Comparer& comparer, StatementInput input, const Arguments& arguments,
                                const std::string& format, v1::Statement& statement, std::vector<v1::Issue>& issues) {
  if (format == "json" || format == "pb") {
    NARRDIFF_ASSIGN_OR_RETURN(statement, comparer.Read(input, &issues));
    return format == "json" ? ToJson(statement) : ToBinary(statement);
  }
  Comparer::Units units;
  NARRDIFF_ASSIGN_OR_RETURN(statement, comparer.ReadUnits(std::move(input), units, &issues));
  const bool body = arguments.Given("body");
  const bool explain = arguments.Given("explain");
  return format == "spans" ? ToSpans(units.list, body, explain) : ToText(statement, units, body, explain);
}

// The error of reading, with the file's name before it.
absl::Status Named(const absl::Status& status, const std::string& input_name, const std::string& name) {
  const std::string message = Cat(status.message());
  const std::string own = Cat(input_name, ":");
  if (StartsWith(message, own)) return absl::Status(status.code(), Cat(name, ":", message.substr(own.size())));
  const absl::Status named = WithFileNames(status, {name, name});
  if (named.message() != status.message()) return named;
  const bool placed = !message.empty() && message[0] >= '0' && message[0] <= '9';
  return absl::Status(named.code(), Cat(name, placed ? ":" : ": ", message));
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
  const std::string input_name = input.name, name = DisplayName(path);
  v1::Statement statement;
  std::vector<v1::Issue> issues;
  const absl::StatusOr<std::string> bytes = Cut(*comparer, std::move(input), arguments, format, statement, issues);
  if (!bytes.ok()) return Named(bytes.status(), input_name, name);
  if (!arguments.Given("quiet")) {
    for (const v1::Issue& issue : issues) {
      if (issue.severity() == v1::Issue::WARNING) PrintMessage(WarningLine(issue, &statement, name));
    }
  }
  Output output;
  NARRDIFF_RETURN_IF_ERROR(output.Open(arguments.Get("output")));
  NARRDIFF_RETURN_IF_ERROR(output.Write(*bytes));
  return output.Close();
}

}  // namespace

int RunSegment(const Arguments& arguments) { return Fail(Segment(arguments)); }

}  // namespace narrdiff::cli
