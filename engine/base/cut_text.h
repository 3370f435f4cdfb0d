// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The beginning of a text that is too long to send or to show.
//
//   CutText("四个字", 7) == "四个"
#ifndef NARRDIFF_ENGINE_BASE_CUT_TEXT_H_
#define NARRDIFF_ENGINE_BASE_CUT_TEXT_H_

#include <cstddef>
#include <string_view>

namespace narrdiff {

// `text` without what lies beyond `most_bytes`, cut between characters of UTF-8.
inline std::string_view CutText(std::string_view text, size_t most_bytes) {
  if (text.size() <= most_bytes) return text;
  size_t end = most_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_BASE_CUT_TEXT_H_
