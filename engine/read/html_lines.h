// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Lays a web page out as lines of plain text, as a browser would, with the
// elements that each line stands in.
//
//   HtmlLines page = LayOutHtml("<p>One<br>two<p>three", words);
//   page.text == "One\ntwo\n\nthree";   page.lines.size() == 3
//
// Nothing is put into the text but line ends between blocks and tabs between
// the cells of a row: no bullets, numbers or alternative texts.
#ifndef NARRDIFF_ENGINE_READ_HTML_LINES_H_
#define NARRDIFF_ENGINE_READ_HTML_LINES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/span.h"
#include "engine/read/html_elements.h"
#include "engine/read/offset_map.h"
#include "engine/read/read_words.h"

namespace narrdiff {

// Elements in the order of their start tags; parents stand before children.
struct HtmlElement {
  const HtmlElementKind* kind = nullptr;
  int32_t parent = -1;  // element 0 is the page
  int32_t first_line = 0, end_line = 0;
  // What its attributes say.
  bool hidden = false;
  bool main = false;       // <main>, <article>, role=main, itemprop=articleBody
  bool aside = false;      // <nav>, <footer>, role=navigation, ...
  bool furniture = false;  // by words of its class or id
  bool date = false;       // <time>, or by words of its class or id
};

struct HtmlLine {
  Span span;            // of the text
  int32_t element = 0;  // the innermost one that holds all of the line
  int32_t columns = 0;  // display width
  int32_t letters = 0;  // characters that are no punctuation and no white space
  int32_t link_letters = 0;
  int32_t links = 0;
};

struct HtmlLines {
  std::string text;
  OffsetMap offsets;  // text -> bytes of the source
  std::vector<HtmlLine> lines;
  std::vector<HtmlElement> elements;
  // The page's own words about itself, decoded: <title>, <meta> (name in lower
  // case, content), <time datetime> with its element.
  std::string title;
  std::vector<std::pair<std::string, std::string>> metas;
  std::vector<std::pair<int32_t, std::string>> times;
  int64_t flattened_tags = 0;
};

// Takes as long as WalkHtml() (html_tree.h). `html` should be UTF-8; other
// bytes become U+FFFD.
HtmlLines LayOutHtml(std::string_view html, const ReadWords& words);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_READ_HTML_LINES_H_
