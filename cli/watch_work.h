// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Follows a comparison while it is made: shows how far it has come, and lets it
// be interrupted without losing the sentences that are embedded already.
//
//   ProgressLine line(STDERR_FILENO, true, std::chrono::seconds(2));
//   WorkWatch watch(&line);
//   options.progress = watch.Callback();
//   comparison = comparer->Compare(statements);
//   watch.End();
#ifndef NARRDIFF_CLI_WATCH_WORK_H_
#define NARRDIFF_CLI_WATCH_WORK_H_

#include <functional>
#include <optional>

#include "cli/files.h"
#include "cli/terminal.h"
#include "engine/compare.h"

namespace narrdiff::cli {

class WorkWatch {
 public:
  // Shows nothing where `line` is null.
  explicit WorkWatch(ProgressLine* line) : line_(line) {}

  // For CompareOptions::progress; this must outlive it.
  std::function<bool(const WorkProgress&)> Callback();
  // To be called after the comparison, however it ended. Ends the process by the
  // signal that came meanwhile, if one did.
  void End() { stop_.reset(); }

 private:
  ProgressLine* const line_;
  // There while sentences are embedded: only then is there something to keep,
  // and at any other time a signal ends the process at once.
  std::optional<StopScope> stop_;
};

}  // namespace narrdiff::cli

#endif  // NARRDIFF_CLI_WATCH_WORK_H_
