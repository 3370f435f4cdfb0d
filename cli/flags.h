// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The one table of subcommands and flags. Parsing, `--help`, `narrdiff help
// --markdown` (docs/cli.md) and the suggestions for a mistyped name are all
// made from it, so none of them can disagree with another.
//
//   NARRDIFF_ASSIGN_OR_RETURN(
//       Arguments arguments,
//       ParseArguments({"diff", "--mode=parallel", "en.txt", "zh.txt"}));
//   arguments.command() == Command::kDiff;
//   arguments.Get("mode") == "parallel";
//   arguments.Given("width") == false;
//   arguments.operands() == {"en.txt", "zh.txt"};
#ifndef NARRDIFF_CLI_FLAGS_H_
#define NARRDIFF_CLI_FLAGS_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"

namespace narrdiff::cli {

enum class Command : uint8_t { kDiff, kSegment, kView, kBatch, kScore, kLexicon, kHelp, kVersion };
inline constexpr int kCommandCount = 8;

enum class FlagKind : uint8_t {
  kSwitch,    // takes no value
  kChoice,    // one of a list of words
  kInteger,   // a whole number within bounds
  kMinScore,  // "sure", "balanced" or a number from 0 to 1
  kLanguage,  // a BCP 47 tag
  kText,      // any valid UTF-8 without control characters
  kFile,      // a path
};

// One row of the table: one flag as some subcommands take it. A flag that
// differs between subcommands has several rows.
struct Flag {
  FlagKind kind = FlagKind::kSwitch;
  std::string_view name;           // without the dashes
  char letter = 0;                 // "-o"; 0: none
  std::string_view value;          // how help calls the value: "FILE"
  std::string_view choices;        // of kChoice: "auto|always|never"
  int64_t least = 0, most = 0;     // of kInteger
  std::string_view default_value;  // what Get returns when the flag is not given
  std::string_view default_words;  // how help names the default where
                                   // default_value does not say it
  bool repeatable = false;         // may be given several times, and every value
                                   // counts; else the last one does
  uint32_t commands = 0;           // bit k: Command k takes it
  std::string_view group;          // heading in the help
  std::string_view help;           // one line
  std::string_view details;        // further sentences; may be empty
};

// All rows, in the order of the help.
absl::Span<const Flag> AllFlags();

// "diff"
std::string_view CommandName(Command command);

// What was on the command line.
class Arguments {
 public:
  Command command() const { return command_; }
  // --help was among the flags: nothing else was checked after it.
  bool help() const { return help_; }
  const std::vector<std::string>& operands() const { return operands_; }

  // Whether the flag was given.
  bool Given(std::string_view flag) const;
  // Its last value, else its default. A switch has the value "true" when given,
  // else an empty one. Precondition: the table has the flag for this command.
  std::string Get(std::string_view flag) const;
  // The value of a kInteger flag; 0 where it was not given and has no default.
  int64_t GetInteger(std::string_view flag) const;
  // All values of a repeatable flag, in the order given.
  std::vector<std::string> GetAll(std::string_view flag) const;

 private:
  friend absl::StatusOr<Arguments> ParseArguments(absl::Span<const std::string>);
  Command command_ = Command::kHelp;
  bool help_ = false;
  std::vector<std::string> operands_;
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

// Reads the command line after the program's name. Flags are `--flag=value`,
// `--flag value`, `--switch`, `-o FILE`, `-oFILE`, in any place; what follows
// `--` is operands; `-` is an operand. Errors: InvalidArgument with a message
// that names the nearest subcommand or flag, or the values that would do.
absl::StatusOr<Arguments> ParseArguments(absl::Span<const std::string> arguments);

// The text of `narrdiff --help`, of `narrdiff COMMAND --help`, and of
// docs/cli.md.
std::string HelpOverview();
std::string HelpFor(Command command);
std::string HelpMarkdown();

// The name among `known` that `given` is most likely meant to be, or empty: by
// edit distance (insert, delete, replace, swap of neighbours; at most a third
// of the length, at least one), else the only one that starts with it.
std::string Nearest(std::string_view given, const std::vector<std::string>& known);

// Reads a decimal number with nothing around it into `value`; false when it is
// none or too large.
bool ParseInteger(std::string_view text, int64_t& value);

}  // namespace narrdiff::cli

#endif  // NARRDIFF_CLI_FLAGS_H_
