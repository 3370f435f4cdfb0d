// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/find_furniture.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/utf8.h"
#include "engine/read/ascii_text.h"
#include "engine/read/find_lines.h"

namespace narrdiff {
namespace {

constexpr int32_t kLongestLine = 160;  // columns
constexpr size_t kLongestLineBytes = 640;
constexpr int32_t kLongestMenuItem = 36;  // columns
constexpr int32_t kLongestCredit = 60;    // columns after the colon
constexpr int32_t kLongestNote = 110;     // columns
constexpr size_t kLongestNotice = 1200;   // bytes

bool IsWordChar(char32_t c) {
  if (c < 0x80) return IsAlnum(static_cast<unsigned char>(c));
  if (c < 0xC0) return c == 0xAA || c == 0xB5 || c == 0xBA;
  if (c >= 0x2000 && c < 0x2C00) return false;
  if (c >= 0x3000 && c < 0x3040) return c >= 0x3005 && c <= 0x3007;
  if (c >= 0xFF00 && c < 0xFFF0)
    return (c >= 0xFF10 && c <= 0xFF19) || (c >= 0xFF21 && c <= 0xFF3A) || (c >= 0xFF41 && c <= 0xFF5A);
  return c != 0xD7 && c != 0xF7 && c != 0xFEFF && c != 0xFFFD;
}

bool HasWordChar(std::string_view s) {
  for (int32_t i = 0; i < static_cast<int32_t>(s.size());) {
    if (IsWordChar(NextCodePoint(s, i))) return true;
  }
  return false;
}

std::string_view TrimMarks(std::string_view s) {
  auto begin = int32_t{0};
  auto end = static_cast<int32_t>(s.size());
  while (begin < end) {
    int32_t next = begin;
    const char32_t c = NextCodePoint(s, next);
    if (IsWordChar(c) || c == 0xA9) break;
    begin = next;
  }
  while (end > begin) {
    int32_t previous = end;
    if (IsWordChar(PreviousCodePoint(s, previous))) break;
    end = previous;
  }
  return s.substr(static_cast<size_t>(begin), static_cast<size_t>(end - begin));
}

// Marks between the items of a menu. The strong ones hardly occur in sentences.
enum class Mark { kNone, kStrong, kWeak };
Mark MarkOf(char32_t c) {
  switch (c) {
    case '|':
    case 0xFF5C:
    case '>':
    case 0xBB:
    case 0x203A:
    case 0x3010:
    case 0x3011:
    case '[':
    case ']':
    case 0x2502:
      return Mark::kStrong;
    case 0xB7:
    case 0x2022:
    case '\t':
    case 0x3000:
    case '/':
    case ':':
    case 0xFF1A:
    case 0xFF3B:
    case 0xFF3D:
      return Mark::kWeak;
    default:
      return Mark::kNone;
  }
}

struct Items {
  int count = 0, known = 0, strong_marks = 0;
  bool all_short = true;
};

Items SplitMenu(std::string_view line, const ReadWords& words) {
  Items items;
  int32_t begin = 0;
  const auto n = static_cast<int32_t>(line.size());
  auto close = [&](int32_t end) {
    const std::string_view item = TrimMarks(line.substr(static_cast<size_t>(begin), static_cast<size_t>(end - begin)));
    if (item.empty()) return;
    ++items.count;
    items.known += words.IsFurniture(item) || StartsWith(item, "©");
    if (Columns(item) > kLongestMenuItem) items.all_short = false;
  };
  for (int32_t i = 0; i < n;) {
    const int32_t at = i;
    const char32_t c = NextCodePoint(line, i);
    const Mark mark = MarkOf(c);
    const bool spaces = c == ' ' && i < n && line[static_cast<size_t>(i)] == ' ';
    if (mark == Mark::kNone && !spaces) continue;
    items.strong_marks += mark == Mark::kStrong;
    close(at);
    begin = i;
  }
  close(n);
  return items;
}

bool IsPageNumber(std::string_view s) {
  const std::string_view core = TrimMarks(s);
  if (core.empty() || core.size() > 4) return false;
  for (const char c : core) {
    if (!IsDigit(static_cast<unsigned char>(c))) return false;
  }
  return true;
}

// "来源：外交部网站", "Photo: Xinhua": a known phrase, a colon, a few words.
bool IsCredit(std::string_view line, const ReadWords& words) {
  const size_t narrow = line.find(':'), wide = line.find("：");
  const size_t colon = std::min(narrow, wide);
  if (colon == std::string_view::npos) return false;
  std::string_view head = line.substr(0, colon);
  if (StartsWith(head, "（") || StartsWith(head, "(") || StartsWith(head, "【")) head = TrimMarks(head);
  return words.IsFurniture(Strip(head)) && Columns(line.substr(colon)) <= kLongestCredit &&
         EndOf(line) != LineEnd::kTerminator;
}

// The line starts with a known phrase of some length that is at least half of
// it.
bool StartsWithPhrase(std::string_view line, const ReadWords& words) {
  if (EndOf(line) == LineEnd::kTerminator) return false;
  const size_t half = line.size() / 2;
  for (size_t end = line.size(); end >= half && end >= 8; --end) {
    if (end < line.size() && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) continue;
    const bool ascii_inside = end < line.size() && IsAlnum(static_cast<unsigned char>(line[end])) &&
                              IsAlnum(static_cast<unsigned char>(line[end - 1]));
    if (!ascii_inside && words.IsFurniture(Strip(line.substr(0, end)))) return true;
  }
  return false;
}

bool StartsWithIgnoringCase(std::string_view s, std::string_view lower) {
  if (s.size() < lower.size()) return false;
  for (size_t i = 0; i < lower.size(); ++i) {
    const char c = IsUpper(static_cast<unsigned char>(s[i])) ? static_cast<char>(s[i] + ('a' - 'A')) : s[i];
    if (c != lower[i]) return false;
  }
  return s.size() == lower.size() || !IsAlnum(ByteAt(s, lower.size())) || !IsAlnum(ByteAt(lower, lower.size() - 1));
}

// The form of the list that `s` starts with, or an empty one.
std::string_view StartIn(std::string_view s, const ReadWords::Forms& lower_forms) {
  for (const std::string_view form : lower_forms) {
    if (StartsWithIgnoringCase(s, form)) return form;
  }
  return {};
}

// "We use cookies to improve your experience.": a notice by its start and one more word.
bool IsNotice(std::string_view line, const ReadWords& words) {
  const std::string_view start = StartIn(line, words.notice_starts());
  if (start.empty()) return false;
  const std::string rest = ToLower(line.substr(start.size()));
  return std::any_of(words.notice_words().begin(), words.notice_words().end(),
                     [&](std::string_view word) { return Contains(rest, word); });
}

// "Twitter, Facebook and @example": sites and accounts, commas between them, an "and" at most before the last.
bool IsListOfSites(std::string_view s, const ReadWords& words) {
  while (!s.empty()) {
    const size_t comma = s.find(',');
    std::string_view item = Strip(s.substr(0, comma));
    s = comma == std::string_view::npos ? std::string_view() : s.substr(comma + 1);
    for (size_t space = item.find(' '); space != std::string_view::npos && !item.empty(); space = item.find(' ')) {
      const std::string_view first = item.substr(0, space);
      if (!words.IsFurniture(first) && !words.IsEnglishWord(ToLower(first))) return words.IsFurniture(item);
      item = Strip(item.substr(space));
    }
    if (!item.empty() && !words.IsFurniture(item) && item[0] != '@' && !Contains(item, ".")) return false;
  }
  return true;
}

// "Photo by Jane Roe/Agency", "责任编辑：张三", "Follow us on X and Facebook."
bool StartsAsFurniture(std::string_view line, const ReadWords& words) {
  const std::string_view core = TrimMarks(line);
  const std::string_view start = StartIn(core, words.furniture_starts());
  if (start.empty() || Columns(line) > kLongestNote) return false;
  return EndOf(line) != LineEnd::kTerminator || IsListOfSites(core.substr(start.size()), words);
}

// "图为会谈现场。", "新华社记者 沈若曦 摄"
bool IsCaption(std::string_view line, const ReadWords& words) {
  const std::string_view core = TrimMarks(line);
  const bool starts = !StartIn(core, words.furniture_captions()).empty();
  if (EndOf(line) != LineEnd::kTerminator) {
    const std::string lower = ToLower(core);
    const auto contains = [&](std::string_view what) { return Contains(core, what); };
    const bool parted = contains(" ") || contains("/") || contains("　") ||
                        std::any_of(words.journalists().begin(), words.journalists().end(), contains);
    for (const std::string_view form : words.furniture_ends()) {
      if (EndsWith(lower, form) && (starts || (parted && Columns(line) <= kLongestCredit))) return true;
    }
  }
  // One sentence at most.
  const size_t stop = std::min(core.find("。"), core.find(". "));
  return starts && stop == std::string_view::npos;
}

// An address of mail or of a page, or a telephone number, and nothing else.
bool IsAddress(std::string_view line) {
  if (!Contains(line, " ")) {
    if (StartsWith(line, "http://") || StartsWith(line, "https://") || StartsWith(line, "www.")) return true;
    const size_t at = line.find('@');
    if (at != std::string_view::npos && at > 0 && line.find('.', at) != std::string_view::npos &&
        IsAlnum(ByteAt(line, 0)))
      return true;
  }
  int digits = 0;
  for (const char c : line) {
    if (IsDigit(static_cast<unsigned char>(c))) {
      ++digits;
    } else if (c != '+' && c != '-' && c != '(' && c != ')' && c != ' ' && c != '.') {
      return false;
    }
  }
  return digits >= 9 || (digits >= 7 && (line[0] == '+' || line[0] == '('));
}

}  // namespace

bool IsFurnitureLine(std::string_view line, const ReadWords& words) {
  if (!HasWordChar(line) || IsPageNumber(line)) return true;  // the first is quick in a long line: it has a word soon
  if (line.size() <= kLongestNotice && IsNotice(line, words)) return true;
  if (line.size() > kLongestLineBytes || Columns(line) > kLongestLine) return false;
  const char last = line.back();
  if (words.IsFurniture(TrimMarks(line)) && last != '?' && last != '!') return true;
  const Items items = SplitMenu(line, words);
  if (items.count >= 2 && items.all_short && EndOf(line) != LineEnd::kTerminator) {
    if (items.known * 2 >= items.count) return true;
    if (items.strong_marks >= items.count - 1 && (items.known > 0 || items.count >= 4)) return true;
    if (items.known > 0 && items.count >= 3 && items.strong_marks > 0) return true;
  }
  if (Contains(line, "©") && Columns(line) <= kLongestLine) return true;
  return IsCredit(line, words) || StartsWithPhrase(line, words) || StartsAsFurniture(line, words) ||
         IsCaption(line, words) || IsAddress(line);
}

}  // namespace narrdiff
