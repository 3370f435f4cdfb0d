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
using ::testing::Not;
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

TEST(ProgressText, SaysHowFarAndHowLong) {
  const struct {
    ProgressNews news;
    double rate;
    int columns;
    const char* text;
  } cases[] = {
      {{}, 0, 80, "narrdiff: working"},
      {{0.429, "aligning"}, 0, 80, "narrdiff: 42% aligning"},
      {{7, "aligning"}, 0, 80, "narrdiff: 100% aligning"},
      {{0.4, "embedding", 0, 1200}, 0, 0, "narrdiff: embedding [....................] 0 of 1200"},
      {{0.4, "embedding", 412, 1200},
       204.5,
       0,
       "narrdiff: embedding [######..............] 412 of 1200, 205/s, 4 s left"},
      {{0.4, "embedding", 1200, 1200},
       50,
       0,
       "narrdiff: embedding [####################] 1200 of 1200, 50/s, 0 s left"},
      {{0.4, "embedding", 0, 6001}, 100, 0, "narrdiff: embedding [....................] 0 of 6001, 100/s, 2 min left"},
      {{0.4, "embedding", 0, 100000},
       10,
       0,
       "narrdiff: embedding [....................] 0 of 100000, 10/s, 2 h 47 min left"},
      {{0.4, "embedding", 412, 1200}, 205, 40, "narrdiff: embedding [######............"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(ProgressText(c.news, c.rate, c.columns), c.text);
  }
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
  EXPECT_EQ(Shown(true, std::chrono::seconds(60), [](ProgressLine& progress) { progress.Set({0.5, "aligning"}); }), "");
}

TEST(ProgressLine, LongWorkShowsOneLineAndErasesIt) {
  const std::string text = Shown(true, std::chrono::milliseconds(1), [](ProgressLine& progress) {
    progress.Set({0.421, "aligning\nsentences"});
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
  });
  EXPECT_THAT(text, HasSubstr("\rnarrdiff: 42% aligning\\nsentences\x1b[K"));
  EXPECT_EQ(text.substr(text.size() - 4), "\r\x1b[K");
  EXPECT_EQ(text.find('\n'), std::string::npos);
}

TEST(ProgressLine, CountsFromWhereTheStageBegan) {
  // 900 of 1000 come from a cache at once; the rest at some 100 a second.
  const std::string text = Shown(true, std::chrono::milliseconds(1), [](ProgressLine& progress) {
    for (int done = 900; done <= 1000; done += 5) {
      progress.Set({0.4, "embedding", done, 1000});
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  });
  EXPECT_THAT(text, HasSubstr("/s, 1 s left"));
  EXPECT_THAT(text, Not(HasSubstr("000/s")));
}

TEST(ProgressLine, LongWorkWithoutNewsSaysSo) {
  EXPECT_THAT(Shown(true, std::chrono::milliseconds(1),
                    [](ProgressLine&) { std::this_thread::sleep_for(std::chrono::milliseconds(200)); }),
              StartsWith("\rnarrdiff: working"));
}

TEST(ProgressLine, InactiveShowsNothing) {
  EXPECT_EQ(Shown(false, std::chrono::milliseconds(0),
                  [](ProgressLine& progress) {
                    progress.Set({1, "done"});
                    std::this_thread::sleep_for(std::chrono::milliseconds(20));
                  }),
            "");
}

}  // namespace
}  // namespace narrdiff::cli
