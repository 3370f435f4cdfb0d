// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/flags.h"

#include <set>
#include <string>
#include <vector>

#include "cli/text.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace narrdiff::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string ErrorOf(const std::vector<std::string>& given) {
  const absl::StatusOr<Arguments> arguments = ParseArguments(given);
  return arguments.ok() ? "" : Cat(arguments.status().message());
}

TEST(ParseArguments, ApiExamples) {
  const absl::StatusOr<Arguments> arguments =
      ParseArguments(std::vector<std::string>{"diff", "--mode=parallel", "en.txt", "zh.txt"});
  ASSERT_TRUE(arguments.ok());
  EXPECT_EQ(arguments->command(), Command::kDiff);
  EXPECT_EQ(arguments->Get("mode"), "parallel");
  EXPECT_FALSE(arguments->Given("width"));
  EXPECT_THAT(arguments->operands(), ElementsAre("en.txt", "zh.txt"));
}

TEST(ParseArguments, TakesEveryFormOfAFlag) {
  for (const std::vector<std::string>& given : std::vector<std::vector<std::string>>{
           {"diff", "a", "b", "-o", "x.pb"},
           {"diff", "-ox.pb", "a", "b"},
           {"diff", "a", "--output", "x.pb", "b"},
           {"diff", "a", "b", "--output=x.pb"},
           {"diff", "-o", "y", "a", "b", "-o", "x.pb"},  // the last one counts
           {"diff", "-o", "x.pb", "--", "a", "b"},
       }) {
    const absl::StatusOr<Arguments> arguments = ParseArguments(given);
    ASSERT_TRUE(arguments.ok()) << arguments.status();
    EXPECT_EQ(arguments->Get("output"), "x.pb");
    EXPECT_THAT(arguments->operands(), ElementsAre("a", "b"));
  }
}

TEST(ParseArguments, DashIsAnOperandAndTwoDashesEndTheFlags) {
  const absl::StatusOr<Arguments> arguments = ParseArguments(std::vector<std::string>{"diff", "-", "--", "--mode=x"});
  ASSERT_TRUE(arguments.ok());
  EXPECT_THAT(arguments->operands(), ElementsAre("-", "--mode=x"));
}

TEST(ParseArguments, DefaultsAndLists) {
  const absl::StatusOr<Arguments> arguments = ParseArguments(
      std::vector<std::string>{"diff", "--lexicon=a", "--lexicon", "b", "--width=72", "--explain", "x", "y"});
  ASSERT_TRUE(arguments.ok());
  EXPECT_EQ(arguments->Get("min-score"), "sure");
  EXPECT_EQ(arguments->Get("mode"), "auto");
  EXPECT_EQ(arguments->Get("left-party"), "");
  EXPECT_EQ(arguments->Get("explain"), "true");
  EXPECT_EQ(arguments->Get("quiet"), "");
  EXPECT_EQ(arguments->GetInteger("width"), 72);
  EXPECT_THAT(arguments->GetAll("lexicon"), ElementsAre("a", "b"));
  EXPECT_THAT(arguments->GetAll("dictionary"), IsEmpty());
}

TEST(ParseArguments, GlobalForms) {
  EXPECT_EQ(ParseArguments(std::vector<std::string>{"--help"})->command(), Command::kHelp);
  EXPECT_EQ(ParseArguments(std::vector<std::string>{"-h"})->command(), Command::kHelp);
  EXPECT_EQ(ParseArguments(std::vector<std::string>{"--version"})->command(), Command::kVersion);
  // Help needs no operands, and nothing after it is looked at.
  const absl::StatusOr<Arguments> help = ParseArguments(std::vector<std::string>{"diff", "--help", "--nonsense"});
  ASSERT_TRUE(help.ok());
  EXPECT_TRUE(help->help());
}

TEST(ParseArguments, SaysWhatIsWrongAndWhatToDo) {
  struct Case {
    std::vector<std::string> given;
    std::string message;
  };
  const Case cases[] = {
      {{},
       "no command; start with narrdiff diff LEFT RIGHT, or see narrdiff "
       "--help"},
      {{"dif", "a", "b"}, "unknown command dif; did you mean diff? see narrdiff --help"},
      {{"sgement", "a"}, "unknown command sgement; did you mean segment? see narrdiff --help"},
      {{"us.txt", "cn.txt"},
       "unknown command us.txt; did you mean narrdiff diff us.txt cn.txt? see "
       "narrdiff --help"},
      {{"--quiet", "diff"},
       "the command comes first, before --quiet: narrdiff diff LEFT RIGHT; see "
       "narrdiff --help"},
      {{"diff", "a"},
       "diff takes two statements, LEFT and RIGHT, not 1 argument; see "
       "narrdiff diff --help"},
      {{"diff", "a", "b", "c"},
       "diff takes two statements, LEFT and RIGHT, not 3 arguments; see "
       "narrdiff diff --help"},
      {{"diff", "--formt=pb", "a", "b"}, "unknown flag --formt; did you mean --format? see narrdiff diff --help"},
      {{"diff", "--pres", "a", "b"},
       "unknown flag --pres; did you mean --presegmented? see narrdiff diff "
       "--help"},
      {{"diff", "--zzz", "a", "b"}, "unknown flag --zzz; see narrdiff diff --help"},
      {{"diff", "--body", "a", "b"},
       "--body is a flag of narrdiff segment, not of diff; see narrdiff diff "
       "--help"},
      {{"diff", "-x", "a", "b"},
       "unknown flag -x; see narrdiff diff --help, and write -- before a file "
       "of this name"},
      {{"diff", "--format=docx", "a", "b"},
       "--format: \"docx\" is not one of text, html, json, textproto, pb, "
       "pairs, tsv, tmx, diffs; choose one"},
      {{"diff", "--format=jsn", "a", "b"},
       "--format: \"jsn\" is not one of text, html, json, textproto, pb, "
       "pairs, tsv, tmx, diffs; did you mean json?"},
      {{"diff", "--width=39", "a", "b"}, "--width: \"39\" will not do; give a whole number from 40 to 1000"},
      {{"diff", "--width=wide", "a", "b"}, "--width: \"wide\" will not do; give a whole number from 40 to 1000"},
      {{"diff", "--width=", "a", "b"}, "--width: \"\" will not do; give a whole number from 40 to 1000"},
      {{"diff", "--quiet=no", "a", "b"}, "--quiet takes no value; write --quiet alone"},
      {{"diff", "a", "b", "--min-score"}, "--min-score needs a value; write --min-score=SCORE"},
      {{"diff", "--min-score=1.5", "a", "b"},
       "--min-score: \"1.5\" is no threshold; give sure, balanced, or a number "
       "from 0 to 1"},
      {{"diff", "--min-score=nan", "a", "b"},
       "--min-score: \"nan\" is no threshold; give sure, balanced, or a number "
       "from 0 to 1"},
      {{"diff", "--left-lang=e n", "a", "b"},
       "--left-lang: \"e n\" is not a language tag; give one such as en, "
       "zh-Hans or zh-Hant"},
      {{"diff", "--left-party=\xff", "a", "b"}, "--left-party: \"\xff\" is not valid UTF-8; give it in UTF-8"},
      {{"diff", "--lexicon=", "a", "b"}, "--lexicon names no file; give one, as --lexicon=FILE"},
      {{"version", "x"}, "version takes nothing, not 1 argument; see narrdiff version --help"},
  };
  for (const Case& c : cases) EXPECT_EQ(ErrorOf(c.given), c.message);
}

TEST(Nearest, ByDistanceElseByStart) {
  const std::vector<std::string> known = {"diff", "segment", "min-score", "quiet"};
  EXPECT_EQ(Nearest("idff", known), "diff");
  EXPECT_EQ(Nearest("min-scor", known), "min-score");
  EXPECT_EQ(Nearest("minscore", known), "min-score");
  EXPECT_EQ(Nearest("seg", known), "segment");
  EXPECT_EQ(Nearest("s", known), "");
  EXPECT_EQ(Nearest("unlike", known), "");
  EXPECT_EQ(Nearest("", known), "");
  EXPECT_EQ(Nearest("x", {}), "");
}

TEST(ParseInteger, WholeTextOrNothing) {
  int64_t value = 0;
  EXPECT_TRUE(ParseInteger("0042", value));
  EXPECT_EQ(value, 42);
  for (const char* text : {"", "-1", "+1", " 1", "1 ", "1.0", "0x1", "99999999999999999999"}) {
    EXPECT_FALSE(ParseInteger(text, value)) << text;
  }
}

TEST(AllFlags, RowsAreComplete) {
  std::set<std::string> seen;
  for (const Flag& flag : AllFlags()) {
    SCOPED_TRACE(flag.name);
    EXPECT_NE(flag.commands, 0u);
    EXPECT_EQ(flag.kind == FlagKind::kSwitch, flag.value.empty());
    EXPECT_EQ(flag.kind == FlagKind::kChoice, !flag.choices.empty());
    EXPECT_EQ(flag.kind == FlagKind::kInteger, flag.most > 0);
    EXPECT_FALSE(flag.help.empty());
    EXPECT_EQ(flag.help.back(), '.');
    EXPECT_TRUE(flag.details.empty() || flag.details.back() == '.');
    EXPECT_FALSE(flag.group.empty());
    for (int i = 0; i < kCommandCount; ++i) {
      if ((flag.commands >> i & 1) == 0) continue;
      EXPECT_TRUE(seen.insert(Cat(i, "--", flag.name)).second) << "twice for " << CommandName(static_cast<Command>(i));
      if (flag.letter != 0) {
        EXPECT_TRUE(seen.insert(Cat(i, "-", flag.letter)).second);
      }
      // A default is a value that would be taken.
      if (!flag.default_value.empty()) {
        EXPECT_THAT(
            ErrorOf({std::string(CommandName(static_cast<Command>(i))), Cat("--", flag.name, "=", flag.default_value)}),
            Not(::testing::StartsWith("--")))
            << "default";
      }
    }
  }
}

TEST(Help, NamesEveryFlagAndStaysWithin80Columns) {
  const std::string markdown = HelpMarkdown();
  for (int i = 0; i < kCommandCount; ++i) {
    const Command command = static_cast<Command>(i);
    const std::string help = HelpFor(command);
    EXPECT_THAT(help, HasSubstr(Cat("Usage: narrdiff ", CommandName(command))));
    EXPECT_THAT(help, HasSubstr("Exit codes:"));
    EXPECT_THAT(HelpOverview(), HasSubstr(Cat("\n  ", CommandName(command), " ")));
    EXPECT_THAT(markdown, HasSubstr(Cat("\n## narrdiff ", CommandName(command), "\n")));
    for (const Flag& flag : AllFlags()) {
      if ((flag.commands >> i & 1) != 0) {
        EXPECT_THAT(help, HasSubstr(Cat("--", flag.name)));
      }
    }
    for (const std::string& line : Split(help, '\n')) EXPECT_LE(line.size(), 80u) << line;
  }
  for (const char* variable : {"NO_COLOR", "NARRDIFF_DATA", "COLUMNS"}) {
    EXPECT_THAT(HelpFor(Command::kDiff), HasSubstr(variable));
    EXPECT_THAT(markdown, HasSubstr(variable));
  }
  EXPECT_THAT(HelpFor(Command::kDiff), HasSubstr("  1  Only with --exit-code"));
  EXPECT_THAT(HelpFor(Command::kScore), Not(HasSubstr("--exit-code")));
}

// The examples of the help are command lines that would be taken.
TEST(Help, ExamplesParse) {
  int count = 0;
  for (const std::string& line : Split(HelpMarkdown(), '\n')) {
    size_t begin = line.find("narrdiff ");
    const size_t comment = line.find("   # ");
    if (comment == std::string::npos || begin == std::string::npos || begin > comment) continue;
    std::string command = line.substr(begin + 9, comment - begin - 9);
    command = command.substr(0, command.find_first_of("|<>"));
    std::vector<std::string> words;
    for (const std::string& word : Split(command, ' ')) {
      if (!word.empty()) words.push_back(word);
    }
    EXPECT_EQ(ErrorOf(words), "") << line;
    ++count;
  }
  EXPECT_GE(count, 15);
}

}  // namespace
}  // namespace narrdiff::cli
