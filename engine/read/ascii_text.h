// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Small questions about std::string_view. Abseil's own helpers take
// absl::string_view, which is another type where Abseil was built for C++14, as
// Debian 12's is.
//
//   StartsWith("中方对此", "中方");  ToLower("Share") == "share";  IsUpper('A')
#ifndef NARRDIFF_ENGINE_READ_ASCII_TEXT_H_
#define NARRDIFF_ENGINE_READ_ASCII_TEXT_H_

#include <string>
#include <string_view>

namespace narrdiff {

constexpr bool IsUpper(char32_t c) { return c >= 'A' && c <= 'Z'; }
constexpr bool IsLower(char32_t c) { return c >= 'a' && c <= 'z'; }
constexpr bool IsLetter(char32_t c) { return IsUpper(c) || IsLower(c); }
constexpr bool IsDigit(char32_t c) { return c >= '0' && c <= '9'; }
constexpr bool IsAlnum(char32_t c) { return IsLetter(c) || IsDigit(c); }
// Byte `i` as a code unit from 0 to 255; 0 outside the text.
constexpr char32_t ByteAt(std::string_view s, size_t i) {
  return i < s.size() ? static_cast<unsigned char>(s[i]) : U'\0';
}

constexpr bool StartsWith(std::string_view s, std::string_view what) { return s.substr(0, what.size()) == what; }
constexpr bool EndsWith(std::string_view s, std::string_view what) {
  return s.size() >= what.size() && s.substr(s.size() - what.size()) == what;
}
constexpr bool Contains(std::string_view s, std::string_view what) { return s.find(what) != std::string_view::npos; }

inline std::string ToLower(std::string_view s) {
  std::string out(s);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return out;
}

// Without ASCII white space at both ends.
constexpr std::string_view Strip(std::string_view s) {
  while (!s.empty() && (s.front() == ' ' || (s.front() >= '\t' && s.front() <= '\r'))) s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || (s.back() >= '\t' && s.back() <= '\r'))) s.remove_suffix(1);
  return s;
}

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_READ_ASCII_TEXT_H_
