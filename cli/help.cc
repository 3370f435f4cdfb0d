// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// `narrdiff help`, `narrdiff help COMMAND`, `narrdiff COMMAND --help`, and
// `narrdiff version`.
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/files.h"
#include "cli/flags.h"
#include "cli/text.h"
#include "engine/compare.h"

namespace narrdiff::cli {
namespace {

int Print(const std::string& text) {
  Output output;
  absl::Status status = output.Open("-");
  if (status.ok()) status = output.Write(text);
  if (status.ok()) status = output.Close();
  return Fail(status);
}

}  // namespace

int RunHelp(const Arguments& arguments) {
  if (arguments.help()) return Print(HelpFor(arguments.command()));
  if (arguments.Given("markdown")) return Print(HelpMarkdown());
  if (arguments.operands().empty()) return Print(HelpOverview());
  const std::string& wanted = arguments.operands()[0];
  std::vector<std::string> known;
  for (int i = 0; i < kCommandCount; ++i) {
    const Command command = static_cast<Command>(i);
    if (wanted == CommandName(command)) return Print(HelpFor(command));
    known.push_back(std::string(CommandName(command)));
  }
  const std::string nearest = Nearest(wanted, known);
  return Fail(absl::InvalidArgumentError(
      Cat("unknown command ", wanted, "; ",
          nearest.empty() ? Cat("it is one of ", Join(known, ", ")) : Cat("did you mean ", nearest, "?"))));
}

int RunVersion(const Arguments&) { return Print(Cat("narrdiff ", Comparer::Version(), "\n")); }

}  // namespace narrdiff::cli
