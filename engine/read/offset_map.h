// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Leads from decoded text back to the original bytes.
//
//   OffsetMap map({{0, 2, 1, 2}});   // UTF-16 with a byte order mark, ASCII
//   only map.ToOriginal(5) == 12;
#ifndef NARRDIFF_ENGINE_READ_OFFSET_MAP_H_
#define NARRDIFF_ENGINE_READ_OFFSET_MAP_H_

#include <cstdint>
#include <vector>

namespace narrdiff {

// Runs in which text and original advance in step. Thread-safe.
class OffsetMap {
 public:
  struct Run {
    int64_t text_begin = 0;      // byte of the decoded text where the run starts
    int64_t original_begin = 0;  // and of the original
    int32_t text_step = 1;       // bytes of the decoded text per code point of this run
    int32_t original_step = 1;   // and of the original; 0 where all of the run came from one place
  };
  OffsetMap() = default;
  // `runs` ascend by text_begin.
  explicit OffsetMap(std::vector<Run> runs);
  // Original byte offset of decoded byte `text_byte`, which must be on a code
  // point boundary. O(log runs).
  int64_t ToOriginal(int64_t text_byte) const;
  // The map of a text made in two steps: this one leads to a text from which
  // `next` leads on. A web page's text comes from decoded source, that from
  // bytes.
  OffsetMap Then(const OffsetMap& next) const;

 private:
  std::vector<std::vector<Run>> steps_;
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_READ_OFFSET_MAP_H_
