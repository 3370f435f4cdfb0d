// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Leads each character of a text that libgumbo decoded back to the source.
//
//   std::string_view html = "a&mdash;</x>b";
//   HtmlTextSteps steps("a—b", html, 0, html.size(), false);
//   HtmlCharacter next;
//   steps.Next(next);   // 'a', [0, 1)
//   steps.Next(next);   // U+2014, [1, 8)
//   steps.Next(next);   // 'b', [12, 13)
//
// Nothing is decoded here: text and source are walked side by side, and where
// they differ (a reference, a tag that the parser ignored) the walk goes on at
// the place from which both are the same again.
#ifndef NARRDIFF_ENGINE_READ_HTML_TEXT_H_
#define NARRDIFF_ENGINE_READ_HTML_TEXT_H_

#include <cstddef>
#include <string_view>

namespace narrdiff {

struct HtmlCharacter {
  char32_t c = 0;
  size_t begin = 0, end = 0;  // bytes of the source that it stands for
};

// Keeps views of both. Thread-compatible.
class HtmlTextSteps {
 public:
  // `text` is what a parser made of html[begin, end); `raw` where it decodes
  // nothing and knows no tags, as in <xmp>.
  HtmlTextSteps(std::string_view text, std::string_view html, size_t begin, size_t end, bool raw);

  // The next character of the text, or false at its end; the source's own where
  // the parser has U+FFFD for a control. `begin` and `end`
  // never go back. A character that the source does not have is given where the
  // walk stands. All calls together take O(n).
  bool Next(HtmlCharacter& next);

 private:
  size_t WidthAt(size_t text) const;
  size_t Match(size_t text, size_t source) const;
  bool IsMarkupAt(size_t source) const;
  bool InStep(size_t text, size_t source) const;
  void SkipMarkup();
  bool StepOverReference();
  void Search();
  void Take(size_t width, size_t length, HtmlCharacter& next);

  std::string_view text_, source_;
  bool raw_;
  size_t at_ = 0, from_;    // where the walk stands in the text and in the source
  size_t reach_;            // bytes that a search may go; less after each search in vain
  size_t reference_ = 0;    // bytes of the reference at from_, once known
  size_t code_points_ = 0;  // that this reference still has to give
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_READ_HTML_TEXT_H_
