// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/base/utf8.h"

#include <algorithm>

#include "engine/base/eight_bytes.h"
#include "unicode/uchar.h"
#include "unicode/utf8.h"

namespace narrdiff {

char32_t NextCodePointSlow(std::string_view text, int32_t& i) {
  UChar32 c;
  U8_NEXT_OR_FFFD(text.data(), i, static_cast<int32_t>(text.size()), c);
  return static_cast<char32_t>(c);
}

char32_t PreviousCodePoint(std::string_view text, int32_t& i) {
  UChar32 c;
  U8_PREV_OR_FFFD(text.data(), 0, i, c);
  return static_cast<char32_t>(c);
}

int64_t FindInvalidUtf8(std::string_view text) {
  const char* s = text.data();
  const int64_t n = static_cast<int64_t>(text.size());
  for (int64_t i = 0; i < n;) {
    while (i + 8 <= n && IsAscii(EightBytes(s + i))) i += 8;
    if (i == n) break;
    if (static_cast<unsigned char>(s[i]) < 0x80) {
      ++i;
      continue;
    }
    const int64_t start = i;
    UChar32 c;
    U8_NEXT(s, i, n, c);
    if (c < 0) return start;
  }
  return -1;
}

int32_t CountCodePoints(std::string_view text) {
  // Every byte but those of the form 10xxxxxx begins a code point.
  size_t i = 0;
  int64_t following = 0;
  for (; i + 8 <= text.size(); i += 8) {
    following += CountContinuations(EightBytes(text.data() + i));
  }
  for (; i < text.size(); ++i) following += (static_cast<unsigned char>(text[i]) & 0xC0) == 0x80;
  return static_cast<int32_t>(static_cast<int64_t>(text.size()) - following);
}

void AppendUtf8(char32_t c, std::string& out) {
  char buffer[U8_MAX_LENGTH];
  int32_t length = 0;
  UBool error = false;
  U8_APPEND(buffer, length, U8_MAX_LENGTH, static_cast<UChar32>(c), error);
  if (error) {
    out += "\xEF\xBF\xBD";
  } else {
    out.append(buffer, static_cast<size_t>(length));
  }
}

bool IsHan(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x323AF) ||
         (c >= 0xF900 && c <= 0xFAFF) || c == 0x3007;
}

bool IsSpace(char32_t c) {
  if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
  if (c > 0x3000) return c == 0xFEFF;  // the last of Unicode's is the ideographic space
  return c == 0x200B || u_isUWhiteSpace(static_cast<UChar32>(c));
}

int32_t SkipSpace(std::string_view text, int32_t begin, int32_t end) {
  while (begin < end) {
    int32_t next = begin;
    if (!IsSpace(NextCodePoint(text, next))) break;
    begin = next;
  }
  return begin;
}

int32_t TrimEnd(std::string_view text, int32_t begin, int32_t end) {
  while (end > begin) {
    int32_t previous = end;
    if (!IsSpace(PreviousCodePoint(text, previous))) break;
    end = previous;
  }
  return end;
}

CodePointMap::CodePointMap(std::string_view text) : text_(text) {
  checkpoints_.reserve(text.size() / 256 + 1);
  int32_t count = 0;
  for (size_t i = 0; i <= text.size(); i += 256) {
    checkpoints_.push_back(count);
    count += CountCodePoints(text.substr(i, 256));
  }
}

int32_t CodePointMap::FromByte(int32_t byte) const {
  byte = std::clamp<int32_t>(byte, 0, static_cast<int32_t>(text_.size()));
  const size_t start = static_cast<size_t>(byte) / 256 * 256;
  return checkpoints_[start / 256] + CountCodePoints(text_.substr(start, static_cast<size_t>(byte) - start));
}

int32_t CodePointMap::ToByte(int32_t code_point) const {
  const auto it = std::upper_bound(checkpoints_.begin(), checkpoints_.end(), std::max(code_point, 0));
  const size_t block = static_cast<size_t>(it - checkpoints_.begin()) - 1;
  int32_t count = checkpoints_[block];
  size_t i = block * 256;
  for (; i < text_.size(); ++i) {
    if ((static_cast<unsigned char>(text_[i]) & 0xC0) == 0x80) continue;
    if (count == code_point) break;
    ++count;
  }
  return static_cast<int32_t>(i);
}

}  // namespace narrdiff
