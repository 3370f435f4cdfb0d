// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/offset_map.h"

#include <algorithm>
#include <utility>

namespace narrdiff {

OffsetMap::OffsetMap(std::vector<Run> runs) {
  if (!runs.empty()) steps_.push_back(std::move(runs));
}

int64_t OffsetMap::ToOriginal(int64_t text_byte) const {
  for (const std::vector<Run>& runs : steps_) {
    auto it = std::upper_bound(runs.begin(), runs.end(), text_byte,
                               [](int64_t byte, const Run& run) { return byte < run.text_begin; });
    if (it == runs.begin()) continue;
    --it;
    text_byte = it->original_begin + (text_byte - it->text_begin) / it->text_step * it->original_step;
  }
  return text_byte;
}

OffsetMap OffsetMap::Then(const OffsetMap& next) const {
  OffsetMap both = *this;
  both.steps_.insert(both.steps_.end(), next.steps_.begin(), next.steps_.end());
  return both;
}

}  // namespace narrdiff
