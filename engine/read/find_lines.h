// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Lines of a text, and whether the text was hard-wrapped at a column.
//
//   std::vector<Line> lines = FindLines("A line that is cut\nhere.\n\nNext.");
//   // 3 lines; lines[2].blank_before Wrapping wrapping =
//   DetectWrapping(lines);   // wrapping.JoinsNext(0)
#ifndef NARRDIFF_ENGINE_READ_FIND_LINES_H_
#define NARRDIFF_ENGINE_READ_FIND_LINES_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/base/span.h"

namespace narrdiff {

// How a line ends, closing quotes, brackets and footnote marks looked through.
enum class LineEnd : uint8_t {
  kWord,        // a letter, a digit, an abbreviation
  kTerminator,  // . ! ? and their Chinese forms, an ellipsis
  kOpen,        // a comma, colon, semicolon, dash: something follows
};

// What a page's mark-up says of a line.
enum class LineRole : uint8_t {
  kUnknown,  // plain text has none
  kBody,
  kTitle,
  kHeading,
  kDateLine,
  kFurniture,
};

// A line that is not blank.
struct Line {
  Span span;                  // trimmed of white space
  int32_t columns = 0;        // display width of the span; Han counts two
  int32_t first_columns = 0;  // of what could have stood at the end of the line
                              // before: a word, or a Han character
  int32_t wide = 0;           // characters of the span that are two columns wide
  int32_t indent = 0;         // columns of white space before the span; a tab counts four
  LineEnd end = LineEnd::kWord;
  LineRole role = LineRole::kUnknown;
  bool blank_before = false;  // also true of the first line
  bool starts_lower = false;  // with a lower-case Latin letter
  bool starts_wide = false;   // with a Han character or other wide one
  bool bullet = false;        // starts with a list mark: "•", "-", "*", "–" and a space
};

// LF, CRLF, CR, VT, FF, NEL, U+2028 and U+2029 end a line. O(n).
std::vector<Line> FindLines(std::string_view text);

struct Wrapping {
  bool wrapped = false;  // the text as a whole
  int32_t columns = 0;   // the right margin
  // For each line: it goes on in the next one.
  std::vector<bool> joins;
  bool JoinsNext(size_t line) const { return line < joins.size() && joins[line]; }
};

// A text is wrapped when its lines are as full as they can be: the first word
// of the next line would not have fitted. O(n).
Wrapping DetectWrapping(const std::vector<Line>& lines);

// How the trimmed run `s` ends.
LineEnd EndOf(std::string_view s);
int32_t Columns(std::string_view s);
bool IsWide(char32_t c);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_READ_FIND_LINES_H_
