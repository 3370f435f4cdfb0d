// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// A web page as plain text, and what its mark-up says of each line.
//
//   HtmlText page = ReadHtml("<h1>On X</h1><p>We act.</p>", words);
//   page.text == "On X\n\nWe act.";
//   page.runs[0].role == LineRole::kTitle;
//   page.offsets.ToOriginal(6) == 16;   // the "W" in the source
//
// libgumbo parses the page, so its tree is the one that browsers show: text that
// stands loose in a table comes before the table. Every character keeps its
// place in the source.
#ifndef NARRDIFF_ENGINE_READ_READ_HTML_H_
#define NARRDIFF_ENGINE_READ_READ_HTML_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/span.h"
#include "engine/read/html_roles.h"
#include "engine/read/offset_map.h"
#include "engine/read/read_words.h"

namespace narrdiff {

struct HtmlRun {
  Span span;
  LineRole role = LineRole::kBody;
};

struct HtmlText {
  // Block elements are lines with a blank line between, <br> is one line end,
  // the cells of a row of data are parted by tabs. Valid UTF-8.
  std::string text;
  OffsetMap offsets;  // text -> bytes of the source
  // Ordered, disjoint, each one or more whole lines; they cover all of the text
  // that is not white space.
  std::vector<HtmlRun> runs;
  // What the page's head says, for use where its text does not; empty where
  // absent. The date as it was found: "2031-03-05T10:00Z".
  std::string title, date, speaker;
  int64_t flattened_tags = 0;  // tags nested too deep, or too many, which were ignored; their text is kept
};

// Whether `text` is a web page or a piece of one: it starts, after white space,
// comments and declarations, with <!doctype html> or <html>, or with a known
// tag that others follow, of which one makes a block. A plain text with a stray
// <b>, or "a < b", is none. Looks at the first 8 KiB, and at a text that does
// not start with "<" not at all. Thread-safe.
bool LooksLikeHtml(std::string_view text);

// The charset that a page's first 4096 bytes declare, in lower case: by <meta>
// or in the XML declaration; empty when none. `bytes` need not be decoded.
// Thread-safe.
std::string DeclaredCharset(std::string_view bytes);

// O(n) for what pages hold; the worst input takes some seconds for 10 MB. Bytes that are no UTF-8 become U+FFFD.
// Thread-safe.
HtmlText ReadHtml(std::string_view html, const ReadWords& words);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_READ_READ_HTML_H_
