// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/segment/find_enumeration.h"

#include "engine/base/utf8.h"
#include "engine/read/ascii_text.h"

namespace narrdiff {
namespace {

constexpr int kLargestFigure = 99;
constexpr size_t kLongestSubject = 12;

std::string_view After(std::string_view s, size_t n) { return s.substr(n < s.size() ? n : s.size()); }

char32_t First(std::string_view s) {
  int32_t i = 0;
  return s.empty() ? 0 : NextCodePoint(s, i);
}

bool IsHanNumeral(char32_t c) {
  return c != 0 && std::u32string_view(U"一二三四五六七八九十百千").find(c) != std::u32string_view::npos;
}

// A comma, a colon or a dash, which part a head from its sentence.
bool PartsHead(std::string_view rest) {
  const char32_t c = First(rest);
  if (c == ',' || c == ':' || c == 0xFF0C || c == 0xFF1A || c == 0x3001 || c == 0x2013 || c == 0x2014) return true;
  const char32_t second = First(After(rest, 1));
  return c == ' ' && (second == 0x2013 || second == 0x2014 || StartsWith(rest, " - "));
}

bool SubjectFollows(std::string_view rest, const SegmentWords& words) {
  if (!StartsWith(rest, " ")) {
    for (const std::string_view subject : words.starters_zh()) {
      if (StartsWith(rest, subject)) return true;
    }
    return false;
  }
  // As the lexicon has it, with a capital.
  char word[kLongestSubject];
  size_t n = 0;
  for (; n < kLongestSubject; ++n) {
    const char32_t c = ByteAt(rest, n + 1);
    if (!IsLetter(c) && c != '\'') break;
    word[n] = static_cast<char>(n == 0 && IsLower(c) ? c - ('a' - 'A') : c);
  }
  return (words.ClassOf(std::string_view(word, n)) & kHeadSubject) != 0;
}

bool Heads(const EnumerationHead& head, std::string_view rest, const SegmentWords& words) {
  const char32_t next = First(rest);
  int32_t end = static_cast<int32_t>(head.form.size());
  const char32_t last = PreviousCodePoint(head.form, end);
  if (!IsHan(last) && !IsLetter(last)) return !IsHanNumeral(next);  // "一、", but not in 一、二线城市
  if (IsAlnum(next)) return false;
  if (PartsHead(rest)) return true;
  // 一是一，二是二
  if (head.sure) return next != First(head.form);
  return SubjectFollows(rest, words);
}

// "2.", "2)", "(2)", "2、", "②".
int FigureAt(std::string_view s) {
  const char32_t first = First(s);
  if (first >= 0x2460 && first <= 0x2473) return static_cast<int>(first - 0x2460) + 1;
  const bool bracket = first == '(' || first == 0xFF08;
  if (bracket) s = After(s, first == '(' ? 1 : 3);
  int number = 0;
  size_t n = 0;
  while (n < 3 && IsDigit(ByteAt(s, n))) number = number * 10 + static_cast<int>(ByteAt(s, n++) - '0');
  if (n == 0 || number > kLargestFigure) return 0;
  const std::string_view rest = After(s, n);
  const char32_t mark = First(rest);
  const bool closes = mark == ')' || mark == 0xFF09;
  if (bracket || closes) return closes ? number : 0;
  if (mark == 0x3001) return number;
  if (mark != '.' && mark != 0xFF0E) return 0;
  const char32_t next = First(After(rest, mark == '.' ? 1 : 3));
  return next == 0 || IsSpace(next) || IsHan(next) ? number : 0;
}

bool OpensQuotation(char32_t c) {
  return c == '"' || c == '\'' || c == 0x2018 || c == 0x201C || c == 0x300C || c == 0x300E || c == 0x2022;
}

}  // namespace

int FindEnumeration(std::string_view sentence, const SegmentWords& words) {
  int32_t at = 0;
  while (at < static_cast<int32_t>(sentence.size())) {
    int32_t i = at;
    const char32_t c = NextCodePoint(sentence, i);
    if (!OpensQuotation(c) && !IsSpace(c)) break;
    at = i;
  }
  sentence.remove_prefix(static_cast<size_t>(at));
  if (sentence.empty()) return 0;
  if (const int figure = FigureAt(sentence); figure != 0) return figure;
  const EnumerationHead* best = nullptr;
  for (const EnumerationHead& head : words.HeadsLike(sentence)) {
    if (best != nullptr && best->form.size() >= head.form.size()) continue;
    if (StartsWith(sentence, head.form) && Heads(head, After(sentence, head.form.size()), words)) best = &head;
  }
  return best == nullptr ? 0 : best->ordinal;
}

}  // namespace narrdiff
