// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Text on a terminal: how many columns it takes, where it may be wrapped, and
// what must be made harmless before it is printed.
//
//   DisplayWidth("中文 ok") == 7
//   WrapText("one two three", 8) == {"one two", "three"}
//   SanitizeForTerminal("red \x1b[31m") == "red ␛[31m"
//
// Widths follow Unicode's East Asian width. Lines are broken where Unicode's
// line breaking (ICU) allows it; a word longer than a line is cut between
// grapheme clusters, so nothing is ever lost.
#ifndef NARRDIFF_ENGINE_BASE_TEXT_WIDTH_H_
#define NARRDIFF_ENGINE_BASE_TEXT_WIDTH_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/span.h"

namespace narrdiff {

// Columns that one code point takes by itself: 2 for wide and full-width ones
// and emoji, 0 for combining marks, joiners, format and control characters,
// `ambiguous_width` (1 or 2) where Unicode leaves it to the font. Thread-safe.
int CodePointWidth(char32_t c, int ambiguous_width = 1);

// Columns that `text` takes. Emoji sequences count as one emoji. O(n).
// Thread-safe.
int DisplayWidth(std::string_view text, int ambiguous_width = 1);

// `text` as it is safe to print: C0 controls and DEL become their pictures
// (ESC: ␛), C1 controls, bidi embeddings, overrides and isolates, interlinear
// marks and ill-formed UTF-8 become U+FFFD; soft hyphens and byte order marks
// go; a run of white space that holds a line end or tab becomes one space.
// Thread-safe. O(n).
std::string SanitizeForTerminal(std::string_view text);
// The same, added to the end of `out`.
void AppendSanitizedForTerminal(std::string_view text, std::string& out);

// A line of a wrapped text: its bytes, without the spaces at its end, and the
// columns they take.
struct WrappedLine {
  Span span;
  int width = 0;
};

// Wraps texts. Keeps ICU's iterators from text to text, so make one for a
// whole report. Not safe to share between threads; several may be used at once.
class TextWrapper {
 public:
  explicit TextWrapper(int ambiguous_width = 1);
  ~TextWrapper();
  TextWrapper(const TextWrapper&) = delete;
  TextWrapper& operator=(const TextWrapper&) = delete;

  int ambiguous_width() const { return ambiguous_width_; }

  // Ascending byte offsets, text.size() included, at which a line of `text`
  // may end. Plain ASCII prose is done without ICU, with the same result. O(n).
  std::vector<int32_t> Breaks(std::string_view text);

  // Fills lines of at most `columns` (at least 1) columns, given where `text`
  // may be broken; for a caller that adds marks to a text after asking for its
  // breaks. A line end in the text ends the line too. A grapheme wider than
  // `columns` has a line of its own. Empty text gives no line. O(n).
  std::vector<WrappedLine> Fill(std::string_view text, const std::vector<int32_t>& breaks, int columns);

  std::vector<WrappedLine> Wrap(std::string_view text, int columns) { return Fill(text, Breaks(text), columns); }

 private:
  struct Iterators;
  const int ambiguous_width_;
  std::unique_ptr<Iterators> iterators_;
};

// For a single text: the lines as strings. Thread-safe.
std::vector<std::string> WrapText(std::string_view text, int columns, int ambiguous_width = 1);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_BASE_TEXT_WIDTH_H_
