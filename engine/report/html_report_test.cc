// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/report/html_report.h"

#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "engine/base/utf8.h"
#include "engine/report/sample_comparison.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// Names of the tags of a page, "/p" for an end tag, in order; and every
// attribute as `name="value"`. Fails the test on anything that is not written
// the way this report writes it, so that nothing can hide from it.
struct Page {
  std::vector<std::string> tags;
  std::vector<std::string> attributes;
  std::string text;  // outside of tags and <style>
};

Page ParsePage(const std::string& html) {
  Page page;
  size_t i = 0;
  auto is_name = [](char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-'; };
  while (i < html.size()) {
    if (html[i] != '<') {
      EXPECT_NE(html[i], '>') << html.substr(i, 60);
      page.text += html[i++];
      continue;
    }
    ++i;
    if (absl::StartsWith(html.substr(i, 8), "!DOCTYPE")) {
      i = html.find('>', i) + 1;
      continue;
    }
    std::string tag;
    if (html[i] == '/') tag += html[i++];
    while (is_name(html[i])) tag += html[i++];
    page.tags.push_back(tag);
    while (html[i] == ' ') {
      const size_t begin = ++i;
      while (is_name(html[i])) ++i;
      EXPECT_EQ(html.substr(i, 2), "=\"") << html.substr(begin, 60);
      i = html.find('"', i + 2) + 1;
      page.attributes.push_back(html.substr(begin, i - begin));
    }
    if (html[i] != '>') {
      ADD_FAILURE() << "odd tag: " << html.substr(i, 60);
      return page;
    }
    ++i;
    if (tag == "style") {
      const size_t end = html.find("</style>", i);
      i = end;
    }
  }
  return page;
}

TEST(RenderHtmlReport, ShowsThePairs) {
  const std::string html = RenderHtmlReport(SampleComparison());
  EXPECT_THAT(html, StartsWith("<!DOCTYPE html>\n<html lang=\"en\">\n"));
  EXPECT_THAT(html, HasSubstr("<meta http-equiv=\"Content-Security-Policy\" content=\""
                              "default-src 'none'; style-src 'unsafe-inline'\">"));
  EXPECT_THAT(html, HasSubstr("<title>US / China - narrdiff</title>"));
  EXPECT_THAT(html, HasSubstr(R"(<article class="pair deny" id="L0-R0">
<header><span class="letter">D</span> <span class="rel">deny</span> <span>likely</span> <span class="score">.93</span> <a class="id" href="#L0-R0"><bdi>L0-R0</bdi></a></header>
<div class="cols">
<div class="left">
<p class="s" id="L0"><span class="n">L0</span> <bdi dir="auto" lang="en">Hackers directed from Beijing <mark>broke into</mark> the networks of nine ports.</bdi></p>
</div>
<div class="right">
<p class="s" id="R0"><span class="n">R0</span> <bdi dir="auto" lang="zh-Hans">中方<mark>从未入侵</mark>任何国家的港口网络，有关指责<mark>毫无根据</mark>，纯属捏造。</bdi></p>
</div>
</div>
<ul class="why">
<li><bdi>right calls the claim groundless</bdi></li>
)"));
  EXPECT_THAT(html, HasSubstr("moved ⇅"));
  EXPECT_THAT(html, HasSubstr("<h2>Only the left (<bdi>US</bdi>) says, as far as pairs were found</h2>"));
  EXPECT_THAT(html, HasSubstr("L6 <b>#1</b></span> <bdi dir=\"auto\" "
                              "lang=\"en\">Ports are the arteries"));
  EXPECT_THAT(html, HasSubstr("L5 <b>Q</b></span>"));
  EXPECT_THAT(html, HasSubstr("[<bdi>unequal-size</bdi>]"));
  EXPECT_THAT(html, HasSubstr("<td>67%</td>"));
  EXPECT_THAT(html, HasSubstr("<td>not <bdi>intrusion</bdi></td>"));
  EXPECT_THAT(html, HasSubstr("href=\"#L2,3-R1\""));
  EXPECT_THAT(html, HasSubstr("<p><span class=\"n\"><a href=\"#L0\">L0</a></span> <q><bdi lang=\"en\">broke into the "
                              "networks of nine ports</bdi></q></p>"));
  EXPECT_THAT(html, HasSubstr("<span class=\"letter\">D</span> deny <a href=\"#L0-R0\"><bdi>L0-R0</bdi></a>"));
  EXPECT_THAT(html, HasSubstr("<bdi>double standard</bdi>"));
  EXPECT_THAT(html, HasSubstr("<span class=\"dim\">silence</span>"));
}

TEST(RenderHtmlReport, ParallelShowsGapsInPlace) {
  const std::string html = RenderHtmlReport(ParallelComparison());
  const size_t only_right = html.find("only right");
  const size_t first = html.find("First.");
  const size_t only_left = html.find("only left");
  const size_t last = html.find("Last.");
  EXPECT_LT(only_right, first);
  EXPECT_LT(first, only_left);
  EXPECT_LT(only_left, last);
  EXPECT_NE(last, std::string::npos);
  EXPECT_THAT(html, Not(HasSubstr("says</h2>")));
}

// Tags match, ids are unique, links lead somewhere, nothing is loaded or run.
TEST(RenderHtmlReport, WellFormedAndHarmless) {
  for (const v1::Comparison& c : {SampleComparison(), ParallelComparison(), HostileComparison(), v1::Comparison()}) {
    const std::string html = RenderHtmlReport(c);
    EXPECT_EQ(html, RenderHtmlReport(c));
    EXPECT_EQ(FindInvalidUtf8(html), -1);
    const Page page = ParsePage(html);
    const std::set<std::string> known = {"html", "head", "meta", "title", "style",   "body",    "header", "main",
                                         "h1",   "h2",   "h3",   "div",   "section", "p",       "dl",     "dt",
                                         "dd",   "ul",   "li",   "span",  "a",       "article", "bdi",    "mark",
                                         "b",    "i",    "q",    "table", "tr",      "th",      "td",     "footer"};
    std::vector<std::string> open;
    for (const std::string& tag : page.tags) {
      if (tag[0] == '/') {
        ASSERT_FALSE(open.empty());
        EXPECT_EQ(open.back(), tag.substr(1));
        open.pop_back();
      } else {
        EXPECT_EQ(known.count(tag), 1u) << tag;
        if (tag != "meta") open.push_back(tag);
      }
    }
    EXPECT_TRUE(open.empty());
    std::set<std::string> ids;
    for (const std::string& attribute : page.attributes) {
      const std::string name = attribute.substr(0, attribute.find('='));
      EXPECT_EQ(
          (std::set<std::string>{"lang", "charset", "http-equiv", "content", "name", "class", "id", "href", "dir"})
              .count(name),
          1u)
          << attribute;
      if (name == "id") {
        EXPECT_TRUE(ids.insert(attribute).second) << attribute;
      }
      if (name == "href") {
        EXPECT_THAT(attribute, StartsWith("href=\"#"));
      }
    }
    EXPECT_THAT(html.substr(html.find("<style>")), Not(HasSubstr("url(")));
    EXPECT_THAT(html, Not(HasSubstr("@import")));
  }
}

TEST(RenderHtmlReport, HostileTextIsEscapedAndVisible) {
  const std::string html = RenderHtmlReport(HostileComparison());
  EXPECT_THAT(html, HasSubstr("&quot;&#39;&gt;&lt;/bdi&gt;&lt;/style&gt;"
                              "&lt;script&gt;alert(1)&lt;/script&gt;"
                              "&amp;amp;␛]0;owned␇␛[2J"));
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  for (int32_t i = 0; i < static_cast<int32_t>(html.size());) {
    const char32_t c = NextCodePoint(html, i);
    ASSERT_TRUE(c == '\n' || (c >= 0x20 && c < 0x7F) || c >= 0xA0) << static_cast<uint32_t>(c);
  }
}

// A bidi control left open in a text would turn round what follows it: the end
// of a <bdi> closes only the innermost isolate.
TEST(RenderHtmlReport, BidiControlsArePaired) {
  struct Case {
    const char* name;
    std::string text;
    std::string want;
  };
  const Case cases[] = {
      {"open override",
       "a\u202E"
       "b",
       "a\u202E"
       "b\u202C"},
      {"open isolate in an override",
       "\u202E\u2066"
       "a",
       "\u202E\u2066"
       "a\u2069\u202C"},
      {"paired", "\u2067x\u2069y", "\u2067x\u2069y"},
      {"isolate closes what is in it", "\u2067\u202Ex\u2069y", "\u2067\u202Ex\u2069y"},
      {"stray closers",
       "a\u2069"
       "b\u202C",
       "a\uFFFD"
       "b\uFFFD"},
      {"paragraph separator",
       "a\u2029"
       "b",
       "a b"},
  };
  for (const Case& test : cases) {
    SCOPED_TRACE(test.name);
    v1::Comparison c = ComparisonFromText(R"pb(
      left { sentences {} }
      unaligned_left: 0)pb");
    c.mutable_left()->mutable_sentences(0)->set_text(test.text);
    c.mutable_left()->set_party(test.text);
    const std::string html = RenderHtmlReport(c);
    EXPECT_THAT(html, HasSubstr(absl::StrCat("<bdi dir=\"auto\">", test.want, "</bdi></p>")));
    EXPECT_THAT(html, HasSubstr(absl::StrCat("<h1><bdi>", test.want, "</bdi> / ")));
  }
  // Also where marks cut the sentence into parts.
  v1::Comparison c = ComparisonFromText(R"pb(
    left { sentences { text: "x" } }
    right { sentences { text: "y" } }
    pairs { left: 0 right: 0 }
  )pb");
  c.mutable_left()->mutable_sentences(0)->set_text("\u202Eone two");
  AddWordDiff(c, 0, v1::WordDiff::CHANGED, "one", "");
  EXPECT_THAT(RenderHtmlReport(c), HasSubstr("\u202E<mark>one</mark> two\u202C</bdi>"));
}

TEST(RenderHtmlReport, BrokenMessage) {
  v1::Comparison c = SampleComparison();
  c.mutable_pairs(0)->add_left(4'000'000'000u);
  c.mutable_pairs(1)->clear_right();
  c.mutable_pairs(2)->set_relation(static_cast<v1::Relation>(77));
  c.add_unaligned_right(99);
  const std::string html = RenderHtmlReport(c);
  EXPECT_THAT(html, HasSubstr("(the message lacks this sentence)"));
  EXPECT_THAT(html, HasSubstr("class=\"pair unspecified\""));
  ParsePage(html);
}

}  // namespace
}  // namespace narrdiff
