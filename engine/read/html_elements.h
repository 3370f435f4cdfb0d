// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// What the HTML standard says of each element, as far as reading needs it.
//
//   FindHtmlElement("td").Is(kHtmlCell);
//   FindHtmlElement("x-card").name == "";   // inline, as browsers have it
#ifndef NARRDIFF_ENGINE_READ_HTML_ELEMENTS_H_
#define NARRDIFF_ENGINE_READ_HTML_ELEMENTS_H_

#include <cstdint>
#include <string_view>

namespace narrdiff {

enum HtmlElementFlag : uint32_t {
  kHtmlBlock = 1 << 0,      // stands on lines of its own
  kHtmlVoid = 1 << 1,       // has no content and no end tag
  kHtmlDropped = 1 << 2,    // its content is never read
  kHtmlContainer = 1 << 3,  // may hold the main content of a page
  kHtmlHeading = 1 << 4,
  kHtmlCell = 1 << 5,        // td, th
  kHtmlScope = 1 << 6,       // end tags inside close nothing outside
  kHtmlFormatting = 1 << 7,  // b, font: goes on after the block that it began in, until its end tag
  kHtmlList = 1 << 8,        // ul, ol, dl
  kHtmlPre = 1 << 9,         // white space counts
  kHtmlMain = 1 << 10,       // main, article
  kHtmlAside = 1 << 11,      // nav, footer, aside: no part of the statement
  kHtmlPage = 1 << 12,       // html, head, body
  kHtmlLoose = 1 << 13,      // p, td: never deeper than a few more than what is around them
  kHtmlRaw = 1 << 14,        // its content is no mark-up
  kHtmlIsland = 1 << 15,     // other rules inside: svg, select
};

struct HtmlElementKind {
  std::string_view name;
  uint32_t flags;
  // A start tag closes an element of its group: li closes li, dd closes dt.
  uint8_t sibling_group;
  constexpr bool Is(uint32_t any) const { return (flags & any) != 0; }
};

inline constexpr uint8_t kHtmlItems = 1, kHtmlTerms = 2, kHtmlRuby = 3, kHtmlOptions = 4, kHtmlLinks = 5;

// What the standard calls white space: runs of it collapse into one space.
constexpr bool IsHtmlSpace(char32_t c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

// `name` in lower case. The result lives for ever; an unknown name gives an
// inline element with an empty name. O(log of the number of elements).
const HtmlElementKind& FindHtmlElement(std::string_view name);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_READ_HTML_ELEMENTS_H_
