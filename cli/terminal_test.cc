// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal.h"

#include <unistd.h>

#include <chrono>
#include <string>
#include <thread>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace narrdiff::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(ChooseWidth, FlagThenTerminalThenVariableThenHundred) {
  struct Case {
    WidthFacts facts;
    int width;
  };
  const Case cases[] = {
      {{0, true, 132, ""}, 132},  {{72, true, 132, "90"}, 72}, {{0, true, 132, "90"}, 132},
      {{0, true, 0, "90"}, 90},   {{0, false, 0, "90"}, 90},   {{0, false, 132, ""}, 100},
      {{0, true, 20, ""}, 40},    {{0, false, 0, "7"}, 40},    {{0, false, 0, "wide"}, 100},
      {{0, false, 0, "-5"}, 100}, {{0, false, 0, "0"}, 100},   {{0, true, 5000, ""}, 1000},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(ChooseWidth(c.facts), c.width)
        << c.facts.flag << " " << c.facts.terminal_columns << " " << c.facts.variable;
  }
}

TEST(ChooseColor, OnlyOnATerminalUnlessAskedFor) {
  EXPECT_TRUE(ChooseColor({"auto", true, "", "xterm"}));
  EXPECT_FALSE(ChooseColor({"auto", false, "", "xterm"}));
  EXPECT_FALSE(ChooseColor({"auto", true, "1", "xterm"}));
  EXPECT_FALSE(ChooseColor({"auto", true, "", "dumb"}));
  EXPECT_TRUE(ChooseColor({"always", false, "1", "dumb"}));
  EXPECT_FALSE(ChooseColor({"never", true, "", "xterm"}));
}

// What a ProgressLine writes to a pipe while `work` runs.
template <typename Work>
std::string Shown(bool active, std::chrono::milliseconds patience, Work work) {
  int ends[2];
  if (pipe(ends) != 0) return "no pipe";
  {
    ProgressLine progress(ends[1], active, patience);
    work(progress);
  }
  close(ends[1]);
  std::string text;
  char bytes[4096];
  for (ssize_t got; (got = read(ends[0], bytes, sizeof(bytes))) > 0;) text.append(bytes, static_cast<size_t>(got));
  close(ends[0]);
  return text;
}

TEST(ProgressLine, ShortWorkShowsNothing) {
  EXPECT_EQ(Shown(true, std::chrono::seconds(60), [](ProgressLine& progress) { progress.Set(0.5, "aligning"); }), "");
}

TEST(ProgressLine, LongWorkShowsOneLineAndErasesIt) {
  const std::string text = Shown(true, std::chrono::milliseconds(1), [](ProgressLine& progress) {
    progress.Set(0.421, "aligning\nsentences");
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
  });
  EXPECT_THAT(text, HasSubstr("\rnarrdiff: 42% aligning\\nsentences\x1b[K"));
  EXPECT_EQ(text.substr(text.size() - 4), "\r\x1b[K");
  EXPECT_EQ(text.find('\n'), std::string::npos);
}

TEST(ProgressLine, LongWorkWithoutNewsSaysSo) {
  EXPECT_THAT(Shown(true, std::chrono::milliseconds(1),
                    [](ProgressLine&) { std::this_thread::sleep_for(std::chrono::milliseconds(200)); }),
              StartsWith("\rnarrdiff: working"));
}

TEST(ProgressLine, InactiveShowsNothing) {
  EXPECT_EQ(Shown(false, std::chrono::milliseconds(0),
                  [](ProgressLine& progress) {
                    progress.Set(1, "done");
                    std::this_thread::sleep_for(std::chrono::milliseconds(20));
                  }),
            "");
}

}  // namespace
}  // namespace narrdiff::cli
