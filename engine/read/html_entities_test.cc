// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/html_entities.h"

#include <string>
#include <string_view>

#include "gtest/gtest.h"

namespace narrdiff {
namespace {

TEST(HtmlEntities, Cases) {
  struct Case {
    std::string_view text;
    std::string_view meaning;
    size_t length;  // of the reference at the start; 0 where there is none
  };
  const Case kCases[] = {
      {"&mdash;both", "—both", 7},
      {"&amp;amp;", "&amp;", 5},
      {"&ampamp;", "&amp;", 4},
      {"&nbspx;", "\xC2\xA0x;", 5},
      {"&NotEqualTilde;", "\xE2\x89\x82\xCC\xB8", 15},
      {"&fjlig;", "fj", 7},
      {"&CounterClockwiseContourIntegral;", "∳", 33},
      {"&lt;p&gt;", "<p>", 4},
      {"&#8212;", "—", 7},
      {"&#x2014;", "—", 8},
      {"&#X1F600;", "😀", 9},
      {"&#8212 x", "— x", 6},
      {"&#151;", "—", 6},  // windows-1252
      {"&#0;", "\xEF\xBF\xBD", 4},
      {"&#xD800;", "\xEF\xBF\xBD", 8},
      {"&#99999999999999999999;", "\xEF\xBF\xBD", 23},
      {"&#x10FFFD;", "\xF4\x8F\xBF\xBD", 10},
      {"&#x;", "&#x;", 0},
      {"&", "&", 0},
      {"& b", "& b", 0},
      {"&nosuchname;", "&nosuchname;", 0},
      {"&mdash", "&mdash", 0},  // only old names may do without the semicolon
  };
  for (const Case& c : kCases) {
    const HtmlEntities entities(c.text);
    size_t length = 0;
    const std::string first = entities.Decode(c.text, &length);
    EXPECT_EQ(first.empty() ? 0 : length, c.length) << c.text;
    EXPECT_EQ(entities.DecodeAll(c.text), c.meaning) << c.text;
  }
}

// More names than a page can mean: those after the first thousands stay as they
// are.
TEST(HtmlEntities, ManyNames) {
  std::string text = "&eacute;";
  for (int i = 0; i < 10'000; ++i) text += "&x" + std::to_string(i) + ";";
  const HtmlEntities entities(text);
  EXPECT_EQ(entities.DecodeAll(text).substr(0, 6), "é&x0;");
}

}  // namespace
}  // namespace narrdiff
