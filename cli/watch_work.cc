// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/watch_work.h"

namespace narrdiff::cli {

std::function<bool(const WorkProgress&)> WorkWatch::Callback() {
  return [this](const WorkProgress& progress) {
    const bool counts = progress.total > 0;
    if (counts && !stop_.has_value()) stop_.emplace();
    if (!counts) stop_.reset();
    if (line_ != nullptr) line_->Set({progress.share, progress.what, progress.done, progress.total});
    return !StopScope::Asked();
  };
}

}  // namespace narrdiff::cli
