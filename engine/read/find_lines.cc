// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/find_lines.h"

#include <algorithm>
#include <cstddef>

#include "engine/base/eight_bytes.h"
#include "engine/base/utf8.h"
#include "engine/read/ascii_text.h"

namespace narrdiff {
namespace {

bool IsLineEnd(char32_t c) { return (c >= '\n' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029; }

bool IsCloser(char32_t c) {
  return c == '"' || c == '\'' || c == ')' || c == ']' || c == '}' || c == 0xBB || c == 0x2019 || c == 0x201D ||
         c == 0x203A || (c >= 0x3009 && c <= 0x3011 && c % 2 == 1) || c == 0x3015 || c == 0x3017 || c == 0xFF09 ||
         c == 0xFF3D || c == 0xFF02 || c == '*' || c == '_';
}

bool IsTerminator(char32_t c) {
  return c == '.' || c == '!' || c == '?' || c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0xFF0E || c == 0xFF61 ||
         c == 0x2026 || c == 0x203C || (c >= 0x2047 && c <= 0x2049);
}

bool IsOpenEnd(char32_t c) {
  return c == ',' || c == ':' || c == ';' || c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0xFF0C || c == 0xFF1A ||
         c == 0xFF1B || c == 0x3001 || c == '/' || c == '&';
}

// Punctuation that may not start a line and so hangs on to the character before
// it.
bool HangsOn(char32_t c) {
  return IsCloser(c) || IsTerminator(c) || c == 0xFF0C || c == 0xFF1A || c == 0xFF1B || c == 0x3001;
}

// What must have fitted on the line before for the break not to be needed.
int32_t FirstColumns(std::string_view s) {
  int32_t columns = 0;
  bool wide = false;
  for (int32_t i = 0; i < static_cast<int32_t>(s.size());) {
    const char32_t c = NextCodePoint(s, i);
    if (IsSpace(c)) break;
    if (wide && !HangsOn(c)) break;
    columns += IsWide(c) ? 2 : 1;
    if (IsHan(c)) wide = true;
  }
  return columns;
}

bool StartsWithBullet(std::string_view s) {
  int32_t i = 0;
  const char32_t c = NextCodePoint(s, i);
  if (c == 0x2022 || c == 0x2043 || c == 0x25CF || c == 0x25AA || c == 0x25E6 || c == 0x25A0) return true;
  const bool dash = c == '-' || c == '*' || c == 0x2013 || c == 0x2014 || c == 0xB7;
  return dash && i < static_cast<int32_t>(s.size()) && s[static_cast<size_t>(i)] == ' ';
}

// "D.C.", "a.m.", "U.S.": periods after single letters.
bool EndsWithDottedLetters(std::string_view s) {
  const size_t n = s.size();
  return n >= 4 && s[n - 1] == '.' && s[n - 3] == '.' &&
         (IsLower(static_cast<unsigned char>(s[n - 2])) || IsUpper(static_cast<unsigned char>(s[n - 2])));
}

// Finds line ends one after another.
class LineEnds {
 public:
  explicit LineEnds(std::string_view text) : text_(text), only_lf_(HasOnlyLf(text)) {}

  // The first line end from byte `from` on; an empty one at the end of the text.
  Span Next(int32_t from) const {
    const auto n = static_cast<int32_t>(text_.size());
    if (only_lf_) {
      const size_t at = text_.find('\n', static_cast<size_t>(from));
      return at == std::string_view::npos ? Span{n, n} : Span{static_cast<int32_t>(at), static_cast<int32_t>(at) + 1};
    }
    for (int32_t i = from; i < n;) {
      while (i + 8 <= n && IsPlainAscii(EightBytes(text_.data() + i))) i += 8;
      if (i >= n) break;
      const int32_t begin = i;
      const char32_t c = NextCodePoint(text_, i);
      if (!IsLineEnd(c)) continue;
      if (c == '\r' && i < n && text_[static_cast<size_t>(i)] == '\n') ++i;
      return {begin, i};
    }
    return {n, n};
  }

 private:
  // As nearly all texts have; then the search is one of memchr.
  static bool HasOnlyLf(std::string_view text) {
    for (const char other : {'\r', '\v', '\f'}) {
      if (text.find(other) != std::string_view::npos) return false;
    }
    if (Contains(text, "\xC2\x85")) return false;
    // U+2028 and U+2029 share their first two bytes with quotes and dashes.
    for (size_t at = text.find('\xE2'); at != std::string_view::npos; at = text.find('\xE2', at + 1)) {
      const char32_t last = ByteAt(text, at + 2);
      if (ByteAt(text, at + 1) == 0x80 && (last == 0xA8 || last == 0xA9)) return false;
    }
    return true;
  }

  std::string_view text_;
  bool only_lf_;
};

// Display width of `s`; `wide` counts its characters of two columns.
int32_t CountColumns(std::string_view s, int32_t& wide) {
  int32_t columns = 0;
  for (int32_t i = 0; i < static_cast<int32_t>(s.size());) {
    if (static_cast<size_t>(i) + 8 <= s.size() && IsAscii(EightBytes(s.data() + i))) {
      i += 8;
      columns += 8;
      continue;
    }
    const auto byte = static_cast<unsigned char>(s[static_cast<size_t>(i)]);
    if (byte < 0x80) {
      ++i;
      ++columns;
      continue;
    }
    // These lead bytes have nothing but wide characters of three bytes, mostly Han.
    const bool han = byte >= 0xE4 && byte <= 0xE9;
    const bool two = han || IsWide(NextCodePoint(s, i));
    if (han) i += 3;
    wide += two;
    columns += two ? 2 : 1;
  }
  return columns;
}

Line MakeLine(std::string_view text, int32_t begin, int32_t end) {
  Line line;
  line.span = {begin, end};
  int32_t b = begin;
  while (b < end) {
    int32_t next = b;
    const char32_t c = NextCodePoint(text, next);
    if (!IsSpace(c)) break;
    line.indent += c == '\t' ? 4 : IsWide(c) ? 2 : 1;
    b = next;
  }
  line.span = {b, TrimEnd(text, b, end)};
  if (line.span.empty()) return line;
  const std::string_view s = line.span.Of(text);
  line.columns = CountColumns(s, line.wide);
  line.first_columns = FirstColumns(s);
  line.end = EndOf(s);
  int32_t i = 0;
  const char32_t first = NextCodePoint(s, i);
  line.starts_lower = IsLower(first);
  line.starts_wide = IsWide(first);
  line.bullet = StartsWithBullet(s);
  return line;
}

// Line i is as full as it can be at this margin.
bool IsFull(const std::vector<Line>& lines, size_t i, int32_t margin) {
  const Line& line = lines[i];
  const Line& next = lines[i + 1];
  // Between Han characters there is no space, and one punctuation mark may have
  // been carried over.
  const int32_t gap = next.starts_wide ? 0 : 1;
  const int32_t slack = next.starts_wide ? 2 : 0;
  return line.columns <= margin + slack && line.columns + gap + next.first_columns + slack > margin;
}

bool HasInnerBreak(const std::vector<Line>& lines, size_t i) {
  return i + 1 < lines.size() && !lines[i + 1].blank_before;
}

// A few lines that plainly go on: each but the last lacks a terminator, each
// but the first starts in lower case.
void JoinRunOn(const std::vector<Line>& lines, size_t first, size_t last, std::vector<bool>& joins) {
  if (first == last || lines[last].end != LineEnd::kTerminator) return;
  for (size_t i = first; i < last; ++i) {
    const Line& line = lines[i];
    if (line.end == LineEnd::kTerminator || line.bullet || !lines[i + 1].starts_lower || lines[i + 1].bullet) return;
  }
  for (size_t i = first; i < last; ++i) joins[i] = true;
}

}  // namespace

bool IsWide(char32_t c) {
  return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
         (c >= 0x1F300 && c <= 0x3FFFD);
}

int32_t Columns(std::string_view s) {
  int32_t wide = 0;
  return CountColumns(s, wide);
}

LineEnd EndOf(std::string_view s) {
  auto i = static_cast<int32_t>(s.size());
  while (i > 0) {
    int32_t previous = i;
    const char32_t c = PreviousCodePoint(s, previous);
    if (c == ']') {  // a footnote mark such as [17]
      int32_t digits = previous;
      while (digits > 0 && IsDigit(static_cast<unsigned char>(s[static_cast<size_t>(digits) - 1]))) --digits;
      if (digits < previous && digits > 0 && s[static_cast<size_t>(digits) - 1] == '[') {
        i = digits - 1;
        continue;
      }
    }
    if (IsCloser(c)) {
      i = previous;
      continue;
    }
    if (IsTerminator(c)) {
      const std::string_view head = s.substr(0, static_cast<size_t>(i));
      return c == '.' && EndsWithDottedLetters(head) && Columns(head) <= 40 ? LineEnd::kWord : LineEnd::kTerminator;
    }
    return IsOpenEnd(c) ? LineEnd::kOpen : LineEnd::kWord;
  }
  return LineEnd::kWord;
}

namespace {

// std::count looks at one byte after another.
size_t CountLf(std::string_view text) {
  size_t count = 0;
  for (size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) ++count;
  return count;
}

}  // namespace

std::vector<Line> FindLines(std::string_view text) {
  std::vector<Line> lines;
  // Where most lines end so; a growing vector would hold its lines twice.
  lines.reserve(CountLf(text) + 1);
  const LineEnds ends(text);
  const auto n = static_cast<int32_t>(text.size());
  bool blank = true;
  for (int32_t begin = 0; begin < n;) {
    const Span end = ends.Next(begin);
    Line line = MakeLine(text, begin, end.begin);
    begin = end.end;
    if (line.span.empty()) {
      blank = true;
    } else {
      line.blank_before = blank;
      blank = false;
      lines.push_back(line);
    }
  }
  return lines;
}

Wrapping DetectWrapping(const std::vector<Line>& lines) {
  Wrapping out;
  out.joins.assign(lines.size(), false);
  std::vector<int32_t> widths;
  size_t inner = 0;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (!HasInnerBreak(lines, i)) continue;
    ++inner;
    widths.push_back(lines[i].columns);
  }
  if (inner >= 3) {
    std::sort(widths.begin(), widths.end());
    size_t best_full = 0, best_open = 1;
    for (const double quantile : {1.0, 0.99, 0.95}) {
      const int32_t margin = widths[static_cast<size_t>(quantile * static_cast<double>(widths.size() - 1))];
      if (margin < 28 || margin > 160) continue;
      size_t full = 0, open = 0;
      for (size_t i = 0; i < lines.size(); ++i) {
        if (!HasInnerBreak(lines, i) || lines[i].end == LineEnd::kTerminator) continue;
        ++open;
        if (IsFull(lines, i, margin)) ++full;
      }
      if (full * best_open > best_full * open || out.columns == 0) {
        best_full = full;
        best_open = std::max<size_t>(open, 1);
        out.columns = margin;
      }
    }
    out.wrapped = out.columns > 0 && best_full >= 2 && best_full * 4 >= best_open * 3 && best_full * 10 >= inner * 3;
  }
  if (!out.wrapped) {
    out.columns = 0;
    for (size_t first = 0; first < lines.size();) {
      size_t last = first;
      while (HasInnerBreak(lines, last)) ++last;
      JoinRunOn(lines, first, last, out.joins);
      first = last + 1;
    }
    return out;
  }
  for (size_t i = 0; i < lines.size(); ++i) {
    if (!HasInnerBreak(lines, i)) continue;
    const Line& line = lines[i];
    const Line& next = lines[i + 1];
    const bool full = IsFull(lines, i, out.columns);
    const bool indented = next.indent >= 2 && line.indent == 0;
    const bool new_paragraph = !full && line.end == LineEnd::kTerminator;
    const bool apart = !full && line.columns * 2 < out.columns && line.end == LineEnd::kWord && !next.starts_lower;
    out.joins[i] = !next.bullet && !indented && !new_paragraph && !apart;
  }
  return out;
}

}  // namespace narrdiff
