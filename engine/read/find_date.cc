// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/find_date.h"

#include <cstdint>
#include <vector>

#include "absl/strings/str_format.h"
#include "engine/base/utf8.h"
#include "engine/read/ascii_text.h"

namespace narrdiff {
namespace {

constexpr size_t kLookAt = 400;

std::optional<FoundDate> MakeDate(int32_t begin, int32_t end, int year, int month, int day) {
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  return FoundDate{{begin, end}, absl::StrFormat("%04d-%02d-%02d", year, month, day)};
}

// A number in ASCII or Han digits at byte i, which moves past it; -1 when there
// is none.
int ReadNumber(std::string_view s, int32_t& i) {
  const auto n = static_cast<int32_t>(s.size());
  int32_t start = i;
  int value = 0;
  while (i < n && IsDigit(s[static_cast<size_t>(i)]) && i - start < 6)
    value = value * 10 + (s[static_cast<size_t>(i++)] - '0');
  if (i > start) return value;
  // 二〇三一, 十六, 二十一
  static constexpr char32_t kDigits[] = U"〇一二三四五六七八九";
  bool any = false;
  int tens = 0;
  bool ten_seen = false;
  while (i < n) {
    int32_t next = i;
    char32_t c = NextCodePoint(s, next);
    if (c == U'零' || c == U'○' || c == U'◯' || c == U'O' || c == U'Ｏ') c = U'〇';
    if (c >= 0xFF10 && c <= 0xFF19) c = kDigits[c - 0xFF10];
    int digit = -1;
    for (int d = 0; d < 10; ++d) {
      if (kDigits[d] == c) digit = d;
    }
    if (c == U'十') {
      tens = (any ? value : 1) * 10;
      value = 0;
      ten_seen = true;
    } else if (digit >= 0 && value < 1000) {
      value = value * 10 + digit;
    } else {
      break;
    }
    any = true;
    i = next;
  }
  if (!any) return -1;
  return ten_seen ? tens + value : value;
}

void SkipBlanks(std::string_view s, int32_t& i) {
  while (i < static_cast<int32_t>(s.size()) && s[static_cast<size_t>(i)] == ' ') ++i;
}

bool Skip(std::string_view s, int32_t& i, std::string_view what) {
  if (!StartsWith(s.substr(static_cast<size_t>(i)), what)) return false;
  i += static_cast<int32_t>(what.size());
  return true;
}

std::optional<FoundDate> FindChineseDate(std::string_view s) {
  // Each 年 with a number before it.
  for (size_t at = s.find("年"); at != std::string_view::npos; at = s.find("年", at + 1)) {
    auto begin = static_cast<int32_t>(at);
    while (begin > 0 && s[static_cast<size_t>(begin) - 1] == ' ') --begin;
    for (int k = 0; k < 4 && begin > 0; ++k) {
      int32_t previous = begin;
      PreviousCodePoint(s, previous);
      begin = previous;
    }
    int32_t i = begin;
    const int year = ReadNumber(s, i);
    SkipBlanks(s, i);
    if (i != static_cast<int32_t>(at) || !Skip(s, i, "年")) continue;
    SkipBlanks(s, i);
    const int month = ReadNumber(s, i);
    SkipBlanks(s, i);
    if (!Skip(s, i, "月")) continue;
    SkipBlanks(s, i);
    const int day = ReadNumber(s, i);
    SkipBlanks(s, i);
    if (!Skip(s, i, "日") && !Skip(s, i, "号")) continue;
    if (auto date = MakeDate(begin, i, year, month, day)) return date;
  }
  return std::nullopt;
}

std::optional<FoundDate> FindIsoDate(std::string_view s) {
  for (size_t at = 0; at + 8 <= s.size(); ++at) {
    if (!IsDigit(s[at]) || (at > 0 && IsDigit(s[at - 1]))) continue;
    auto i = static_cast<int32_t>(at);
    const int year = ReadNumber(s, i);
    if (i != static_cast<int32_t>(at) + 4) continue;
    const char mark = s[static_cast<size_t>(i)];
    if (mark != '-' && mark != '/' && mark != '.') continue;
    int32_t k = i + 1;
    if (k >= static_cast<int32_t>(s.size()) || !IsDigit(s[static_cast<size_t>(k)])) continue;
    const int month = ReadNumber(s, k);
    if (k + 1 >= static_cast<int32_t>(s.size()) || s[static_cast<size_t>(k)] != mark ||
        !IsDigit(s[static_cast<size_t>(k) + 1]))
      continue;
    ++k;
    const int day = ReadNumber(s, k);
    if (auto date = MakeDate(static_cast<int32_t>(at), k, year, month, day)) return date;
  }
  return std::nullopt;
}

struct Word {
  Span span;
  std::string_view text;
};

// Words and numbers; function words of a few letters, as in "the 5th of May", are left out.
std::vector<Word> WordsOf(std::string_view s, const ReadWords& words) {
  std::vector<Word> out;
  for (size_t i = 0; i < s.size();) {
    if (!IsAlnum(static_cast<unsigned char>(s[i]))) {
      ++i;
      continue;
    }
    const size_t begin = i;
    while (i < s.size() && IsAlnum(static_cast<unsigned char>(s[i]))) ++i;
    const std::string_view word = s.substr(begin, i - begin);
    if (word.size() <= 3 && IsLower(static_cast<unsigned char>(word[0])) && words.IsEnglishWord(word)) continue;
    out.push_back({{static_cast<int32_t>(begin), static_cast<int32_t>(i)}, word});
  }
  return out;
}

// 5, 05, 5th; -1 for anything else.
int DayOf(std::string_view word) {
  int32_t i = 0;
  if (word.empty() || !IsDigit(word[0])) return -1;
  const int day = ReadNumber(word, i);
  const size_t rest = word.size() - static_cast<size_t>(i);
  const bool ordinal = rest == 2 && IsLetter(static_cast<unsigned char>(word[word.size() - 1]));
  return day >= 1 && day <= 31 && (rest == 0 || ordinal) ? day : -1;
}

int YearOf(std::string_view word) {
  int32_t i = 0;
  if (word.size() != 4 || !IsDigit(word[0])) return -1;
  const int year = ReadNumber(word, i);
  return i == 4 ? year : -1;
}

// Words `a` and `b` are days with a dash between them: "5–6", as of a meeting.
bool IsRange(std::string_view s, const Word& a, const Word& b) {
  const std::string_view between = Span{a.span.end, b.span.begin}.Of(s);
  return DayOf(a.text) > 0 && DayOf(b.text) > 0 &&
         (between == "-" || between == "–" || between == " - " || between == " – ");
}

std::optional<FoundDate> FindEnglishDate(std::string_view s, const ReadWords& words) {
  const std::vector<Word> w = WordsOf(s, words);
  const auto make = [&](size_t first, size_t last, size_t day, size_t month, size_t year) {
    return MakeDate(w[first].span.begin, w[last].span.end, YearOf(w[year].text), words.MonthOf(w[month].text),
                    DayOf(w[day].text));
  };
  for (size_t i = 0; i < w.size(); ++i) {
    if (!IsLetter(static_cast<unsigned char>(w[i].text[0]))) continue;
    if (words.MonthOf(w[i].text) == 0) continue;
    // March 5, 2031; March 5–6, 2031: the first day.
    const size_t day = i + 1;
    if (day < w.size() && DayOf(w[day].text) > 0) {
      const size_t last = day + 1 < w.size() && IsRange(s, w[day], w[day + 1]) ? day + 1 : day;
      if (last + 1 < w.size() && YearOf(w[last + 1].text) > 0) {
        if (auto date = make(i, last + 1, day, i, last + 1)) return date;
      }
    }
    // 5 March 2031, 5–6 March 2031.
    if (i > 0 && i + 1 < w.size() && DayOf(w[i - 1].text) > 0 && YearOf(w[i + 1].text) > 0) {
      const size_t first = i > 1 && IsRange(s, w[i - 2], w[i - 1]) ? i - 2 : i - 1;
      if (auto date = make(first, i + 1, first, i, i + 1)) return date;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<FoundDate> FindDate(std::string_view line, const ReadWords& words) {
  line = line.substr(0, kLookAt);
  if (auto date = FindChineseDate(line)) return date;
  if (auto date = FindIsoDate(line)) return date;
  return FindEnglishDate(line, words);
}

}  // namespace narrdiff
