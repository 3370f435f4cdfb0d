// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// What the pages of a printed text leave in the middle of its sentences: page
// numbers, running heads and feet, hyphens at line ends.
//
//   Pages pages = SplitPages(text, FindLines(text), words);
//   // "... in the South\n\n- 2 -\n\nChina Sea.": pages.body has two lines, the
//   // second goes on from the first; pages.furniture has one
#ifndef NARRDIFF_ENGINE_READ_FIND_PAGES_H_
#define NARRDIFF_ENGINE_READ_FIND_PAGES_H_

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/span.h"
#include "engine/read/document.h"
#include "engine/read/find_lines.h"
#include "engine/read/read_words.h"

namespace narrdiff {

struct Pages {
  std::vector<Line> body;       // every line but those of page furniture
  std::vector<Line> furniture;  // page numbers, running heads and feet at page ends
  // Of the body lines: what the line before says goes on here, across the end
  // of a page or, in print, of a line. Empty where there are no pages.
  std::vector<bool> goes_on;
  bool printed = false;  // form feeds part the pages
};

// `lines` are those of `text`. A page ends at a form feed, or where a line that
// is only a page number cuts a sentence. Heads and feet are lines at page ends
// that come again at another one, figures aside. O(n). Thread-safe.
Pages SplitPages(std::string_view text, std::vector<Line> lines, const ReadWords& words);

// Bytes of a line end within a word: the hyphen and the line end of "develop-\n
// ment", the line end alone of "cross-\nborder". Which it is, the rest of the
// text tells; where it does not, typesetters (`printed`) are taken to hyphenate
// and other wrapping is not.
struct LineHyphen {
  Span hyphen;    // the hyphen alone
  Span line_end;  // the white space after it
  bool drop = false;
};
// Sets `drop` of each. O(n) in the text when there are any.
void SettleHyphens(std::string_view text, bool printed, std::vector<LineHyphen>& hyphens);
// The hyphen at the end of `line`, if the word goes on in `next`; otherwise
// `hyphen` is empty.
LineHyphen HyphenBetween(std::string_view text, const Line& line, const Line& next);

// The text as it reads without doc.skipped, byte for byte at the same
// places: white space for page furniture, invisible characters within words.
// Empty when nothing is skipped.
std::string MakeReadingText(const Document& doc);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_READ_FIND_PAGES_H_
