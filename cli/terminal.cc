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

void WriteAll(int file, std::string_view bytes) {
  [[maybe_unused]] const ssize_t written = write(file, bytes.data(), bytes.size());
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

void ProgressLine::Set(double share, std::string_view what) {
  if (!active_) return;
  const int percent = static_cast<int>(std::floor(100 * std::clamp(share, 0.0, 1.0)));
  std::string text = OneLine(Cat("narrdiff: ", percent, "% ", what));
  const std::lock_guard<std::mutex> lock(mutex_);
  text_ = std::move(text);
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
    const std::string text = text_.empty() ? "narrdiff: working" : text_;
    if (text != shown) WriteAll(file_, Cat("\r", text, "\x1b[K"));
    shown = text;
    changed_.wait_for(lock, kRedrawEvery, [this] { return stop_; });
  }
  WriteAll(file_, "\r\x1b[K");
}

}  // namespace narrdiff::cli
