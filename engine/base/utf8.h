// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Walking UTF-8 texts and counting code points.
//
//   CodePointMap map("中文 a");
//   map.FromByte(3) == 1;  map.ToByte(1) == 3;
//   int32_t i = 0;  char32_t c = NextCodePoint(text, i);   // i moves past it
#ifndef NARRDIFF_ENGINE_BASE_UTF8_H_
#define NARRDIFF_ENGINE_BASE_UTF8_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace narrdiff {

// The code point that starts at byte `i`, which moves past it. An ill-formed sequence gives U+FFFD and moves on by at
// least one byte. Precondition: 0 <= i < text.size().
char32_t NextCodePoint(std::string_view text, int32_t& i);
// The code point that ends before byte `i`, which moves to its start. Precondition: 0 < i <= text.size().
char32_t PreviousCodePoint(std::string_view text, int32_t& i);

// The same for all but the commonest characters.
char32_t NextCodePointSlow(std::string_view text, int32_t& i);

inline char32_t NextCodePoint(std::string_view text, int32_t& i) {
  const auto at = static_cast<size_t>(i);
  const auto byte = [&](size_t k) { return static_cast<unsigned char>(text[at + k]); };
  if (byte(0) < 0x80) {
    ++i;
    return byte(0);
  }
  // Three bytes of U+1000..CFFF, where no form is ill but by a missing byte: Chinese and its punctuation.
  if (byte(0) >= 0xE1 && byte(0) <= 0xEC && at + 2 < text.size() && (byte(1) & 0xC0) == 0x80 &&
      (byte(2) & 0xC0) == 0x80) {
    i += 3;
    return static_cast<char32_t>((byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F));
  }
  return NextCodePointSlow(text, i);
}

// Byte offset of the first ill-formed sequence, or -1 when `text` is valid UTF-8. O(n).
int64_t FindInvalidUtf8(std::string_view text);

int32_t CountCodePoints(std::string_view text);
void AppendUtf8(char32_t c, std::string& out);

// U+4E00..9FFF, the extensions and the compatibility ideographs, and U+3007 (〇).
bool IsHan(char32_t c);
// White space in the sense of Unicode's White_Space property, and U+FEFF, U+200B.
bool IsSpace(char32_t c);

// Of text[begin, end): where it begins after the white space at its start, or `end`; and where it ends before the white
// space at its end, or `begin`.
int32_t SkipSpace(std::string_view text, int32_t begin, int32_t end);
int32_t TrimEnd(std::string_view text, int32_t begin, int32_t end);

// Translates between byte and code point offsets of one valid UTF-8 text. Built in O(n), one checkpoint per 256 bytes;
// each look-up costs at most 256 steps. Keeps a view of the text, which must outlive it. Thread-safe once built.
class CodePointMap {
 public:
  explicit CodePointMap(std::string_view text);
  // Offsets past the end give the length of the text.
  int32_t FromByte(int32_t byte) const;
  int32_t ToByte(int32_t code_point) const;

 private:
  std::string_view text_;
  std::vector<int32_t> checkpoints_;  // code points before byte 256 * k
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_BASE_UTF8_H_
