// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// What the terminal is like, and the line that says how far long work has come.
//
//   WidthFacts facts;
//   facts.to_terminal = true;
//   facts.terminal_columns = 132;
//   ChooseWidth(facts) == 132
//
//   ProgressLine progress(STDERR_FILENO, IsTerminal(STDERR_FILENO),
//                         std::chrono::seconds(2));
//   progress.Set({0.4, "aligning"});
//   progress.Set({0.45, "embedding", 412, 1200});
//
// shows, the second time:
//
//   narrdiff: embedding [######..............] 412 of 1200, 205/s, 4 s left
#ifndef NARRDIFF_CLI_TERMINAL_H_
#define NARRDIFF_CLI_TERMINAL_H_

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace narrdiff::cli {

bool IsTerminal(int file);
// Columns of the terminal behind `file`; 0 when it is none or does not say.
int TerminalColumns(int file);

struct WidthFacts {
  int flag = 0;              // --width, 0: not given
  bool to_terminal = false;  // the report goes to a terminal
  int terminal_columns = 0;
  std::string variable;  // COLUMNS
};
// The flag, else the terminal's width, else COLUMNS, else 100; at least 40.
int ChooseWidth(const WidthFacts& facts);

struct ColorFacts {
  std::string flag;  // "auto", "always", "never"
  bool to_terminal = false;
  std::string no_color;       // NO_COLOR
  std::string terminal_name;  // TERM
};
bool ChooseColor(const ColorFacts& facts);

// The variable, or "" where it is not set.
std::string Variable(const char* name);

// What a ProgressLine tells.
struct ProgressNews {
  double share = 0;       // of all the work, 0 to 1
  std::string_view what;  // is being done now
  int64_t done = 0;       // sentences that this stage is done with
  int64_t total = 0;      // of so many; 0 where the stage does not count
};

// The line for `news`, of a stage that does `rate` sentences a second (0: not
// known yet), in at most `columns` columns (0: not known).
std::string ProgressText(const ProgressNews& news, double rate, int columns);

// One line that is rewritten in place, from `patience` after construction on,
// and erased at the end. Does nothing at all when `active` is false. Set may be
// called from any thread, one at a time.
class ProgressLine {
 public:
  ProgressLine(int file, bool active, std::chrono::milliseconds patience);
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  // Erases the line.
  ~ProgressLine();

  void Set(const ProgressNews& news);
  // Erases the line and shows no other.
  void End();

 private:
  void Run(std::chrono::steady_clock::time_point start);

  const int file_;
  const bool active_;
  std::mutex mutex_;
  std::condition_variable changed_;
  ProgressNews news_;
  std::string what_;  // of news_
  // When the stage began to count, and from which number on.
  std::chrono::steady_clock::time_point counted_from_;
  int64_t first_done_ = 0;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace narrdiff::cli

#endif  // NARRDIFF_CLI_TERMINAL_H_
