// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "cli/exit_codes.h"
#include "cli/flags.h"
#include "cli/text.h"

namespace narrdiff::cli {
namespace {

constexpr int kLeastWidth = 40;
constexpr int kMostWidth = 1000;
constexpr int kUsualWidth = 100;
constexpr std::chrono::milliseconds kRedrawEvery(100);
constexpr int64_t kBarColumns = 20;
// A rate over less time than this says little.
constexpr double kLeastSeconds = 0.5;

void WriteAll(int file, std::string_view bytes) {
  [[maybe_unused]] const ssize_t written = write(file, bytes.data(), bytes.size());
}

// Rounded up, so that it does not reach 0 before the work is done.
std::string TimeLeft(double seconds) {
  constexpr double kMost = 99 * 3600;
  const int64_t left = static_cast<int64_t>(std::ceil(std::min(seconds, kMost)));
  if (left < 60) return Cat(left, " s left");
  const int64_t minutes = (left + 59) / 60;
  if (minutes < 60) return Cat(minutes, " min left");
  return Cat(minutes / 60, " h ", minutes % 60, " min left");
}

}  // namespace

bool IsTerminal(int file) { return isatty(file) == 1; }

int TerminalColumns(int file) {
  winsize size = {};
  return ioctl(file, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

int ChooseWidth(const WidthFacts& facts) {
  int64_t width = facts.flag;
  if (width == 0 && facts.to_terminal) width = facts.terminal_columns;
  if (width == 0 && !ParseInteger(facts.variable, width)) width = 0;
  if (width == 0) width = kUsualWidth;
  return static_cast<int>(std::clamp<int64_t>(width, kLeastWidth, kMostWidth));
}

bool ChooseColor(const ColorFacts& facts) {
  if (facts.flag == "always") return true;
  if (facts.flag == "never") return false;
  return facts.to_terminal && facts.no_color.empty() && facts.terminal_name != "dumb";
}

std::string Variable(const char* name) {
  const char* value = getenv(name);
  return value == nullptr ? "" : value;
}

ProgressLine::ProgressLine(int file, bool active, std::chrono::milliseconds patience) : file_(file), active_(active) {
  if (active_) thread_ = std::thread([this, start = std::chrono::steady_clock::now() + patience] { Run(start); });
}

ProgressLine::~ProgressLine() { End(); }

std::string ProgressText(const ProgressNews& news, double rate, int columns) {
  std::string text = "narrdiff: working";
  if (news.total > 0) {
    const int64_t full = kBarColumns * std::clamp<int64_t>(news.done, 0, news.total) / news.total;
    text = Cat("narrdiff: ", news.what, " [", std::string(static_cast<size_t>(full), '#'),
               std::string(static_cast<size_t>(kBarColumns - full), '.'), "] ", news.done, " of ", news.total);
    if (rate > 0) {
      const double left = static_cast<double>(news.total - news.done) / rate;
      text += Cat(", ", static_cast<int64_t>(std::ceil(rate)), "/s, ", TimeLeft(left));
    }
  } else if (!news.what.empty()) {
    text = Cat("narrdiff: ", static_cast<int>(std::floor(100 * std::clamp(news.share, 0.0, 1.0))), "% ", news.what);
  }
  text = OneLine(text);
  // A line that wraps could not be rewritten; the last column makes some terminals wrap.
  if (columns > 1) text.resize(std::min(text.size(), static_cast<size_t>(columns - 1)));
  return text;
}

void ProgressLine::Set(const ProgressNews& news) {
  if (!active_) return;
  const std::lock_guard<std::mutex> lock(mutex_);
  if (news.what != what_ || news.total != news_.total) {
    counted_from_ = std::chrono::steady_clock::now();
    first_done_ = news.done;
  }
  what_ = std::string(news.what);
  news_ = news;
  news_.what = what_;
  changed_.notify_one();
}

void ProgressLine::End() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stop_ = true;
    changed_.notify_one();
  }
  thread_.join();
}

void ProgressLine::Run(std::chrono::steady_clock::time_point start) {
  std::unique_lock<std::mutex> lock(mutex_);
  if (changed_.wait_until(lock, start, [this] { return stop_; })) return;
  std::string shown;
  while (!stop_) {
    const std::chrono::duration<double> counted = std::chrono::steady_clock::now() - counted_from_;
    const double done = static_cast<double>(news_.done - first_done_);
    const double rate = counted.count() < kLeastSeconds ? 0 : done / counted.count();
    const std::string text = ProgressText(news_, rate, TerminalColumns(file_));
    if (text != shown) WriteAll(file_, Cat("\r", text, "\x1b[K"));
    shown = text;
    changed_.wait_for(lock, kRedrawEvery, [this] { return stop_; });
  }
  WriteAll(file_, "\r\x1b[K");
}

}  // namespace narrdiff::cli
