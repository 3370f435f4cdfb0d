// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/offset_map.h"

#include <algorithm>

namespace narrdiff {

int64_t OffsetMap::ToOriginal(int64_t text_byte) const {
  auto it = std::upper_bound(runs_.begin(), runs_.end(), text_byte,
                             [](int64_t byte, const Run& run) { return byte < run.text_begin; });
  if (it == runs_.begin()) return text_byte;
  --it;
  return it->original_begin + (text_byte - it->text_begin) / it->text_step * it->original_step;
}

}  // namespace narrdiff
