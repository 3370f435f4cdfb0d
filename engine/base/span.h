// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// A half-open range of bytes in a UTF-8 text. Everything in the engine points into texts with these; code points are
// computed only where a message or a file format asks for them (utf8.h).
//
//   Span s{3, 8};
//   s.length() == 5;  s.Contains({4, 5});  s.Of("abcdefghij") == "defgh"
#ifndef NARRDIFF_ENGINE_BASE_SPAN_H_
#define NARRDIFF_ENGINE_BASE_SPAN_H_

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace narrdiff {

struct Span {
  int32_t begin = 0;
  int32_t end = 0;

  int32_t length() const { return end - begin; }
  bool empty() const { return end <= begin; }
  bool Contains(const Span& o) const { return begin <= o.begin && o.end <= end; }
  bool Overlaps(const Span& o) const { return begin < o.end && o.begin < end; }
  // The part of `text` that the span covers; clipped to the text.
  std::string_view Of(std::string_view text) const {
    const size_t b = std::clamp<size_t>(static_cast<size_t>(std::max(begin, 0)), 0, text.size());
    const size_t e = std::clamp<size_t>(static_cast<size_t>(std::max(end, 0)), b, text.size());
    return text.substr(b, e - b);
  }
  friend bool operator==(const Span& a, const Span& b) { return a.begin == b.begin && a.end == b.end; }
  friend bool operator!=(const Span& a, const Span& b) { return !(a == b); }
  friend bool operator<(const Span& a, const Span& b) { return a.begin != b.begin ? a.begin < b.begin : a.end < b.end; }
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_BASE_SPAN_H_
