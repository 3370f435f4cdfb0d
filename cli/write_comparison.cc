// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/write_comparison.h"

#include <unistd.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "cli/exit_codes.h"
#include "cli/files.h"
#include "cli/terminal.h"
#include "cli/text.h"
#include "engine/base/status_macros.h"
#include "engine/base/utf8.h"
#include "engine/report/formats.h"
#include "engine/report/html_report.h"
#include "engine/report/text_report.h"

namespace narrdiff::cli {
namespace {

struct FormatName {
  Format format;
  std::string_view name;
};
constexpr FormatName kFormats[] = {
    {Format::kText, "text"},   {Format::kHtml, "html"},   {Format::kJson, "json"}, {Format::kTextproto, "textproto"},
    {Format::kPb, "pb"},       {Format::kPairs, "pairs"}, {Format::kTsv, "tsv"},   {Format::kTmx, "tmx"},
    {Format::kDiffs, "diffs"},
};

// The longer ending first where one ends in the other.
constexpr FormatName kEndings[] = {
    {Format::kDiffs, ".diffs.tsv"}, {Format::kPairs, ".pairs.pb"},
    {Format::kPb, ".pb"},           {Format::kTextproto, ".textproto"},
    {Format::kJson, ".json"},       {Format::kTsv, ".tsv"},
    {Format::kHtml, ".html"},       {Format::kHtml, ".htm"},
    {Format::kTmx, ".tmx"},         {Format::kText, ".txt"},
};

bool ToStandardOutput(const Arguments& arguments) {
  const std::string path = arguments.Get("output");
  return path.empty() || path == "-";
}

bool ToTerminal(const Arguments& arguments) { return ToStandardOutput(arguments) && IsTerminal(STDOUT_FILENO); }

TextReportOptions ReportOptions(const Arguments& arguments) {
  TextReportOptions options;
  const bool to_terminal = ToTerminal(arguments);

  WidthFacts width;
  width.flag = static_cast<int>(arguments.GetInteger("width"));
  width.to_terminal = to_terminal;
  width.terminal_columns = to_terminal ? TerminalColumns(STDOUT_FILENO) : 0;
  width.variable = Variable("COLUMNS");
  options.width = ChooseWidth(width);

  const std::string layout = arguments.Get("layout");
  if (layout == "side-by-side") {
    options.layout = TextLayout::kSideBySide;
  } else if (layout == "stacked") {
    options.layout = TextLayout::kStacked;
  } else {
    // A pipe or file is read by who knows what; two columns need somebody who
    // asked for a width.
    options.layout = to_terminal || arguments.Given("width") ? TextLayout::kAuto : TextLayout::kStacked;
  }
  options.color = ChooseColor({arguments.Get("color"), to_terminal, Variable("NO_COLOR"), Variable("TERM")});
  options.ambiguous_width = static_cast<int>(arguments.Get("ambiguous-width") == "2" ? 2 : 1);
  options.explain = arguments.Given("explain");
  options.ascii = arguments.Given("ascii");
  return options;
}

absl::StatusOr<std::string> Render(const v1::Comparison& comparison, Format format, const Arguments& arguments) {
  switch (format) {
    case Format::kText:
      return RenderTextReport(comparison, ReportOptions(arguments));
    case Format::kHtml:
      return RenderHtmlReport(comparison);
    case Format::kJson:
      return ToJson(comparison);
    case Format::kTextproto:
      return ToTextproto(comparison);
    case Format::kPb:
      return ToBinary(comparison);
    case Format::kPairs:
      return ToDelimited(ToPairRecords(comparison));
    case Format::kTsv:
      return ToTsv(comparison, arguments.Given("header"));
    case Format::kTmx:
      return ToTmx(comparison);
    case Format::kDiffs:
      return ToDifferencesTsv(comparison, arguments.Given("header"));
  }
  return absl::InternalError("a format without a writer");
}

}  // namespace

absl::StatusOr<Format> ChooseFormat(const Arguments& arguments) {
  const std::string path = arguments.Get("output");
  Format format = Format::kText;
  if (arguments.Given("format")) {
    for (const FormatName& entry : kFormats) {
      if (arguments.Get("format") == entry.name) format = entry.format;
    }
  } else if (!ToStandardOutput(arguments)) {
    const std::string file = path.substr(path.rfind('/') + 1);
    const FormatName* found = nullptr;
    for (const FormatName& entry : kEndings) {
      if (found == nullptr && EndsWith(file, entry.name)) found = &entry;
    }
    const size_t dot = file.rfind('.');
    if (found != nullptr) {
      format = found->format;
    } else if (dot != std::string::npos && dot > 0) {
      std::vector<std::string_view> endings;
      for (const FormatName& entry : kEndings) endings.push_back(entry.name);
      return absl::InvalidArgumentError(Cat(DisplayName(path), ": no format has the ending ", file.substr(dot),
                                            "; choose one with --format, or one of the endings ", Join(endings, ", ")));
    }
  }
  if ((format == Format::kPb || format == Format::kPairs) && ToTerminal(arguments)) {
    return absl::InvalidArgumentError(
        "will not write protobuf's binary form to a terminal; write it to a "
        "file with -o, or "
        "choose --format=textproto");
  }
  return format;
}

absl::Status WriteComparison(const v1::Comparison& comparison, Format format, const Arguments& arguments) {
  NARRDIFF_ASSIGN_OR_RETURN(const std::string bytes, Render(comparison, format, arguments));
  Output output;
  NARRDIFF_RETURN_IF_ERROR(output.Open(arguments.Get("output")));
  NARRDIFF_RETURN_IF_ERROR(output.Write(bytes));
  return output.Close();
}

int ExitCodeOf(const v1::Comparison& comparison, const Arguments& arguments) {
  if (!arguments.Given("exit-code")) return kExitDone;
  for (const v1::AlignedPair& pair : comparison.pairs()) {
    if (pair.relation() == v1::RELATION_DENY || pair.relation() == v1::RELATION_COUNTER ||
        pair.relation() == v1::RELATION_DIFFER) {
      return kExitFound;
    }
  }
  return kExitDone;
}

std::string WarningLine(const v1::Issue& issue, const v1::Statement* statement, std::string_view name) {
  std::string line = "warning: ";
  if (!name.empty()) {
    line += name;
    if (statement != nullptr && issue.has_span() && issue.span().end_byte() > issue.span().begin_byte() &&
        issue.span().end_byte() <= statement->text().size()) {
      const std::string_view before = std::string_view(statement->text()).substr(0, issue.span().begin_byte());
      const size_t line_start = before.rfind('\n') + 1;  // 0 where there is none: npos + 1
      Append(line, ":", std::count(before.begin(), before.end(), '\n') + 1, ":",
             CountCodePoints(before.substr(line_start)) + 1);
    }
    line += ": ";
  }
  return line + issue.message();
}

void PrintWarnings(const v1::Comparison& comparison, const Arguments& arguments) {
  if (arguments.Given("quiet")) return;
  for (const v1::Issue& issue : comparison.issues()) {
    if (issue.severity() != v1::Issue::WARNING) continue;
    const v1::Statement* statement = issue.side() == v1::SIDE_LEFT    ? &comparison.left()
                                     : issue.side() == v1::SIDE_RIGHT ? &comparison.right()
                                                                      : nullptr;
    PrintMessage(WarningLine(issue, statement, statement == nullptr ? "" : DisplayName(statement->source_name())));
  }
}

}  // namespace narrdiff::cli
