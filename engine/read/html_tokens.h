// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Cuts the source of a web page into text and tags. Comments, declarations and
// processing instructions are stepped over.
//
//   HtmlScanner scanner("<p class=a>Text</p>");
//   HtmlToken token;
//   while (scanner.Next(token)) ...   // kStart "p", kText "Text", kEnd "p"
//
// Follows the tokenizer of the HTML standard, except where the standard gives
// up the rest of the page: a tag, comment or quote that is never closed ends at
// the next ">", and its text goes on from there.
#ifndef NARRDIFF_ENGINE_READ_HTML_TOKENS_H_
#define NARRDIFF_ENGINE_READ_HTML_TOKENS_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace narrdiff {

struct HtmlToken {
  enum class Kind { kText, kStart, kEnd };
  Kind kind = Kind::kText;
  size_t begin = 0;             // byte of the source where the token starts
  std::string_view text;        // kText: the source, entities not decoded
  std::string name;             // of a tag, in lower case; cut after 32 bytes
  std::string_view attributes;  // kStart: what stands between name and ">"
  bool has_raw = false;         // kStart of script, style, title, ...: `raw` is its content, and the scanner stands
  std::string_view raw;         // after its end tag
  size_t end = 0;               // byte after the token
};

// Thread-compatible; keeps a view of the source.
class HtmlScanner {
 public:
  explicit HtmlScanner(std::string_view html);
  // The next token, or false at the end of the source. All calls together take
  // O(n).
  bool Next(HtmlToken& token);

 private:
  bool IsTagAt(size_t i) const;
  size_t SkipDeclaration(size_t i);
  void ReadStartTag(HtmlToken& token);
  void ReadEndTag(HtmlToken& token);
  void ReadRaw(HtmlToken& token);

  std::string_view html_;
  size_t at_ = 0;
  size_t last_close_;          // the last ">", or npos
  bool comments_end_ = true;   // a "-->" may still come
  unsigned unclosed_raw_ = 0;  // raw elements of which no end tag comes any more, one bit each
};

// One attribute; `value` as in the source, without its quotes.
struct HtmlAttribute {
  std::string_view name;
  std::string_view value;
};

// Takes the first attribute off `attributes`; false when none is left.
bool TakeHtmlAttribute(std::string_view& attributes, HtmlAttribute& attribute);
// The value of the first attribute `name` (lower case); `found` tells an empty
// value from none. O(length of attributes).
std::string_view FindHtmlAttribute(std::string_view attributes, std::string_view name, bool* found = nullptr);
// ASCII letter case ignored; `lower` is in lower case.
bool EqualsIgnoreCase(std::string_view s, std::string_view lower);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_READ_HTML_TOKENS_H_
