// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/html_bounds.h"

#include <algorithm>
#include <iterator>
#include <random>
#include <string>
#include <string_view>

#include "engine/read/html_tree.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

std::string Repeat(std::string_view piece, int times) {
  std::string out;
  for (int k = 0; k < times; ++k) out += piece;
  return out;
}

TEST(HtmlBounds, LeavesPagesAlone) {
  const std::string kPages[] = {
      "",
      "a < b",
      Repeat("<p>a<br><li>b<a name=c>", 1000),
      "<table>" + Repeat("<tr><td>a<td>b", 1000),
      "<dl>" + Repeat("<dt>a<dd>b", 1000),
      "<select>" + Repeat("<option>a", 1000) + "</select>",
      Repeat("<div><span>a</div>", 1000),
      Repeat("<ruby>a<rt>b</ruby>", 1000),
      Repeat("<ul><li>a</ul>", 1000),
      Repeat("<!-- <div> -->", 1000),
      Repeat("<script>'<div>'</script>", 1000),
      "<a " + Repeat("b ", 150) + ">",
  };
  for (const std::string& page : kPages) {
    const HtmlBounds bounds(page);
    EXPECT_EQ(bounds.flattened_tags(), 0) << page.substr(0, 100);
    EXPECT_EQ(bounds.html().data(), page.data()) << page.substr(0, 100);
  }
}

TEST(HtmlBounds, TakesOutWhatIsTooMuch) {
  struct Case {
    std::string html;
    std::string bounded;
    int64_t flattened;
  };
  const Case kCases[] = {
      {Repeat("<div>", 252) + "a" + Repeat("</div>", 252),
       Repeat("<div>", 250) + Repeat(" ", 10) + "a" + Repeat(" ", 12) + Repeat("</div>", 250), 2},
      {Repeat("<b>", 129) + "<div>a", Repeat("<b>", 128) + "   <div>a", 1},
      {"<a" + Repeat(" b", 202) + ">c", "<a" + Repeat(" b", 200) + "    >c", 1},
      {"<a" + Repeat(" b='>'", 201) + ">c", "<a" + Repeat(" b='>'", 200) + "      >c", 1},
  };
  for (const Case& c : kCases) {
    const HtmlBounds bounds(c.html);
    EXPECT_EQ(std::string(bounds.html()), c.bounded);
    EXPECT_EQ(bounds.flattened_tags(), c.flattened);
  }
}

class Depth : public HtmlVisitor {
 public:
  bool Start(const HtmlTag& /*tag*/) override {
    deepest = std::max(deepest, ++depth_);
    return true;
  }
  void End() override { --depth_; }
  void Text(HtmlTextSteps& /*text*/) override {}
  int deepest = 0;

 private:
  int depth_ = 0;
};

// Whatever comes again and again, the tree stays shallow. (The parser moves
// elements into copies of others, so it may be deeper than what is open.)
TEST(HtmlBounds, DepthOfRandomPatterns) {
  const std::string_view kNames[] = {"div",        "p",
                                     "b",          "i",
                                     "a",          "font",
                                     "span",       "li",
                                     "ul",         "dd",
                                     "dl",         "table",
                                     "tr",         "td",
                                     "tbody",      "caption",
                                     "form",       "h1",
                                     "h2",         "button",
                                     "select",     "option",
                                     "optgroup",   "svg",
                                     "g",          "math",
                                     "mi",         "foreignObject",
                                     "desc",       "title",
                                     "object",     "ruby",
                                     "rt",         "template",
                                     "fieldset",   "nav",
                                     "x-y",        "dialog",
                                     "details",    "legend",
                                     "nobr",       "textarea",
                                     "br",         "input",
                                     "pre",        "center",
                                     "address",    "frameset",
                                     "col",        "colgroup",
                                     "label",      "main",
                                     "section",    "annotation-xml",
                                     "style",      "marquee",
                                     "blockquote", "figure",
                                     "body",       "script",
                                     "noscript"};
  std::mt19937 random(20310305);
  for (int k = 0; k < 1000; ++k) {
    std::string pattern, names[4];
    for (std::string& name : names) name = kNames[random() % std::size(kNames)];
    const unsigned tags = 1 + random() % 10;
    for (unsigned i = 0; i < tags; ++i) {
      pattern += random() % 3 == 0 ? "</" : "<";
      pattern += names[random() % 4];
      if (random() % 8 == 0) pattern += " id=" + std::to_string(i);
      pattern += random() % 16 == 0 ? "/>" : ">";
      if (random() % 4 == 0) pattern += "a";
    }
    Depth depth;
    WalkHtml(Repeat(pattern, 700), depth);
    EXPECT_LE(depth.deepest, 2000) << pattern;
  }
}

}  // namespace
}  // namespace narrdiff
