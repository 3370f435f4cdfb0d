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
// The page is read as a stream of tags, not as a tree: so every character keeps
// its place in the source, text keeps the order of the source (the standard's
// tree moves some of it), and no input makes it slow or deep.
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
  int64_t flattened_tags = 0;  // tags nested too deep, which were ignored; their text is kept
};

// Whether `text` is a web page or a piece of one: it starts, after white space,
// comments and declarations, with <!doctype html> or <html>, or with a known
// tag that others follow, of which one makes a block. A plain text with a stray
// <b>, or "a < b", is none. Looks at the first 64 KiB. Thread-safe.
bool LooksLikeHtml(std::string_view text);

// The charset that a page's first 4096 bytes declare, in lower case: by <meta>
// or in the XML declaration; empty when none. `bytes` need not be decoded.
// Thread-safe.
std::string DeclaredCharset(std::string_view bytes);

// O(n) in time and memory for any input; bytes that are no UTF-8 become U+FFFD.
// Thread-safe.
HtmlText ReadHtml(std::string_view html, const ReadWords& words);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_READ_READ_HTML_H_
