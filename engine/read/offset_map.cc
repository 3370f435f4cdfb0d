// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/offset_map.h"

#include <algorithm>

namespace narrdiff {

OffsetMap OffsetMap::Then(OffsetMap next) && {
  OffsetMap out = std::move(*this);
  for (std::vector<Run>& stage : next.stages_) out.stages_.push_back(std::move(stage));
  return out;
}

int64_t OffsetMap::ToOriginal(int64_t text_byte) const {
  for (const std::vector<Run>& runs : stages_) {
    auto it = std::upper_bound(runs.begin(), runs.end(), text_byte,
                               [](int64_t byte, const Run& run) { return byte < run.text_begin; });
    if (it == runs.begin()) continue;
    --it;
    text_byte = it->original_begin + (text_byte - it->text_begin) / it->text_step * it->original_step;
  }
  return text_byte;
}

}  // namespace narrdiff
