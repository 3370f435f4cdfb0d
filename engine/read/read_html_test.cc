// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/read_html.h"

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "engine/lexicon/builtin_lexicon.h"
#include "engine/read/ascii_text.h"
#include "engine/testing/html_laws.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

const ReadWords& Words() {
  static const ReadWords* const kWords = new ReadWords(*BuiltinLexicon());
  return *kWords;
}

HtmlText Read(std::string_view html) {
  HtmlText page = ReadHtml(html, Words());
  EXPECT_EQ(BrokenHtmlLaw(html, page), "") << html.substr(0, 400);
  return page;
}

// One line a run: "body| text"; an empty line where the text has one.
std::string Outline(const HtmlText& page) {
  static constexpr const char* kRoles[] = {"unknown", "body", "title", "heading", "date", "furniture"};
  std::string out;
  int32_t end = 0;
  for (const HtmlRun& run : page.runs) {
    if (run.span.begin - end > 1) out += "\n";
    end = run.span.end;
    out += std::string(kRoles[static_cast<int>(run.role)]) + "| " + std::string(run.span.Of(page.text)) + "\n";
  }
  return out;
}

std::string ReadFile(const std::string& name) {
  std::ifstream file("testdata/pages/" + name, std::ios::binary);
  EXPECT_TRUE(file) << name;
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

TEST(ReadHtml, ApiExamples) {
  const HtmlText page = Read("<h1>On X</h1><p>We act.</p>");
  EXPECT_EQ(page.text, "On X\n\nWe act.");
  EXPECT_EQ(page.runs[0].role, LineRole::kTitle);
  EXPECT_EQ(page.offsets.ToOriginal(6), 16);
}

TEST(ReadHtml, Text) {
  struct Case {
    const char* name;
    std::string_view html;
    std::string_view text;
  };
  const Case kCases[] = {
      {"empty", "", ""},
      {"only tags", "<p><div></div>&nbsp;<br>", ""},
      {"white space collapses", "<p>  a \t\n b  </p>", "a b"},
      {"across elements", "<p>a <b> b</b> <i>c</i></p>", "a b c"},
      {"inline elements glue", "<b>Chi</b>na <span>is</span>n't", "China isn't"},
      {"unknown elements are inline", "<p>a<o:p>b</o:p><x-y>c</x-y></p>", "abc"},
      {"blocks", "a<div>b</div>c<p>d<p>e", "a\n\nb\n\nc\n\nd\n\ne"},
      {"line ends", "<p>a<br>b<br/>c</p>", "a\nb\nc"},
      {"two line ends are a paragraph", "a<br> <br>b<br>&nbsp;<br>c", "a\n\nb\n\nc"},
      {"end tag of br and p", "a</br>b</p>c", "a\nb\n\nc"},
      {"rule", "a<hr>b", "a\n\nb"},
      {"line end between Han characters", "<p>中国\n  政府，\n“中方”</p>", "中国政府，“中方”"},
      {"space between Han characters", "<p>中 国</p>", "中 国"},
      {"line end between scripts", "<p>中国\nUSA\n中国</p>", "中国 USA 中国"},
      {"no-break space stays", "<p>a&nbsp; b\xC2\xA0</p>", "a\xC2\xA0 b\xC2\xA0"},
      {"ideographic space stays", "<p>　　中</p>", "　　中"},
      {"soft hyphen, zero width space", "<p>a&shy;b&#8203;c</p>",
       "a\xC2\xAD"
       "b\xE2\x80\x8B"
       "c"},
      {"pre", "<pre>\n a  b\r\n\tc\n\nd</pre>", " a  b\n\tc\n\nd"},
      {"pre by style", "<div style='white-space: pre-wrap'>a  b\nc</div>", "a  b\nc"},
      {"list", "<ul><li>a<ul><li>b<li>c</ul><li>d</ul>", "a\n\nb\n\nc\n\nd"},
      {"terms", "<dl><dt>a<dd>b<dt>c<dd>d</dl>", "a\n\nb\n\nc\n\nd"},
      {"row", "<table><tr><th>a<td>b<tr><td>c<td><p>d</p></table>", "a\tb\n\nc\td"},
      {"row with an empty cell", "<table><tr><td>a</td><td></td><td>c</td></tr></table>", "a\tc"},
      {"row with a cell of two lines", "<table><tr><td>a<td>b<br>c</table>", "a\n\nb\nc"},
      {"row with a table", "<table><tr><td>a<td><table><tr><td>b<td>c</table></table>", "a\n\nb\tc"},
      {"caption", "<table><caption>a</caption><tr><td>b</table>", "a\n\nb"},
      {"text in a table", "<table>a<tr>b<td>c</table>d", "ab\n\nc\n\nd"},
      {"ruby", "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp>字<rt>ji</ruby>x", "漢字x"},
      {"never read",
       "a<script>b<p></script><style>c</style><noscript>d</noscript><template><p>e</p></template><svg><text>f</text>"
       "</svg><iframe>g</iframe><object>h</object><select><option>i</select><textarea>j</textarea><img alt=k>"
       "<math>l<annotation>m</annotation></math>",
       "al"},
      {"head", "<html><head><title>a</title><meta name=b content=c></head><body>d</body></html>", "d"},
      {"hidden in a line", "<p>a<span hidden>b</span><i style='DISPLAY : none'>c</i>d</p>", "ad"},
      {"select that never ends takes all", "a<div><select><option>b</div>c", "a"},
      {"entities", "<p>&lt;b&gt; &amp;amp; &mdash;&#x4E2D;&#22269; &#x1F600; AT&T R&D &nosuch;",
       "<b> &amp; —中国 😀 AT&T R&D &nosuch;"},
      {"NUL", std::string_view("<p>a\0b", 6), "ab"},
      {"no UTF-8", "<p>a\xFF\xE4\xB8", "a\xEF\xBF\xBD\xEF\xBF\xBD"},
      {"misnested", "<p><b>a<p>b</b>c</div>d", "a\n\nbcd"},
      {"block in inline", "a<span>b<div>c</div>d</span>e", "ab\n\nc\n\nde"},
      {"end tags close nothing outside their cell", "<div><table><tr><td>a</div>b<td>c</table>d</div>", "ab\tc\n\nd"},
      {"comment in a word", "Chi<!-- x -->na", "China"},
  };
  for (const Case& c : kCases) EXPECT_EQ(Read(c.html).text, c.text) << c.name;
}

TEST(ReadHtml, Offsets) {
  struct Case {
    std::string_view html;
    // Characters of the text, each with the piece of the source that it leads
    // to.
    std::vector<std::pair<std::string_view, std::string_view>> places;
  };
  const Case kCases[] = {
      {"<p>a&mdash;b&#x1F600;c&nbsp;d",
       {{"a", "a&"}, {"—", "&mdash;"}, {"b", "b&"}, {"😀", "&#x1F"}, {"c", "c&"}, {"\xC2\xA0", "&nbsp;"}, {"d", "d"}}},
      {"<p>a\r\nb\r\n</p>\r\n<p>c", {{"a", "a\r"}, {" ", "\r\nb"}, {"b", "b\r"}, {"c", "c"}}},
      {"<p>中\n国<b>人", {{"中", "中\n"}, {"国", "国<b>"}, {"人", "人"}}},
      {"<table><tr><td>a<td>b<td>c</table>d", {{"a", "a<"}, {"b", "b<td>"}, {"c", "c</t"}, {"d", "d"}}},
      {"\xFF"
       "a<pre>b\xFF\nc",
       {{"a", "a<"}, {"b", "b\xFF"}, {"c", "c"}}},
      {"<p>x&NotEqualTilde;y", {{"x", "x&"}, {"\xE2\x89\x82", "&Not"}, {"\xCC\xB8", "&Not"}, {"y", "y"}}},
  };
  for (const Case& c : kCases) {
    const HtmlText page = Read(c.html);
    size_t at = 0;
    for (const auto& [character, source] : c.places) {
      at = page.text.find(character, at);
      ASSERT_NE(at, std::string::npos) << c.html << character;
      const auto original = static_cast<size_t>(page.offsets.ToOriginal(static_cast<int64_t>(at)));
      EXPECT_EQ(c.html.substr(original, source.size()), source) << c.html << " " << character;
      at += character.size();
    }
  }
}

TEST(ReadHtml, LooksLikeHtml) {
  struct Case {
    std::string_view text;
    bool html;
  };
  const Case kCases[] = {
      {"<!DOCTYPE html><p>a", true},
      {"\xEF\xBB\xBF \n<!-- c --><?xml version='1.0'?>\n<html>", true},
      {"<HTML lang=en>", true},
      {"<p>One.</p><p>Two.</p>", true},
      {"<b>One</b><br><p>Two", true},
      {"<meta charset=gbk><title>x</title>", true},
      {"", false},
      {"<", false},
      {"Plain text.", false},
      {"a < b", false},
      {"<b>stray</b> text", false},
      {"Text first.<p>Then tags.</p>", false},
      {"<noise> of the crowd <p>", false},
      {"<p> is the only tag", false},
      {"<?xml version='1.0'?><feed><entry>x</entry></feed>", false},
      {"<3 <p></p>", false},
  };
  for (const Case& c : kCases) EXPECT_EQ(LooksLikeHtml(c.text), c.html) << c.text;
}

TEST(ReadHtml, DeclaredCharset) {
  struct Case {
    std::string_view bytes;
    std::string_view charset;
  };
  const Case kCases[] = {
      {"<meta charset=\"GB2312\">", "gb2312"},
      {"<html><head><META http-equiv='Content-Type' content='text/html; charset = Big5'>", "big5"},
      {"<?xml version=\"1.0\" encoding='ISO-8859-1'?><html>", "iso-8859-1"},
      {"\xEF\xBB\xBF<meta charset=utf-8>", "utf-8"},
      {"<title>\xD6\xD0</title><meta charset=gbk>", "gbk"},
      {"<!-- <meta charset=big5> --><script>'<meta charset=big5>'</script>", ""},
      {"<meta name=description content='charset=x'>", ""},
      {"text charset=utf-8", ""},
  };
  for (const Case& c : kCases) EXPECT_EQ(DeclaredCharset(c.bytes), c.charset) << c.bytes;
  EXPECT_EQ(DeclaredCharset(std::string(5000, ' ') + "<meta charset=gbk>"), "");
}

constexpr std::string_view kStatement =
    "<p>The ministry rejects the charge in full and without any doubt.</p>"
    "<p>It has asked for the records of the ship twice, and has not got them.</p><p>Thank you.</p>";

TEST(ReadHtml, Roles) {
  struct Case {
    const char* name;
    std::string_view before, after;  // around the statement
    std::string_view roles;          // of all lines but the statement's: b, t, h, d, f
  };
  const Case kCases[] = {
      {"title, date", "<h1>On X</h1><div class=date>March 5, 2031</div>", "", "td"},
      {"date of the page's own naming", "<h1>On X</h1><p class='pubDate'>2031-03-05</p>", "", "td"},
      {"date without figures", "<p class=date>Soon</p>", "", "b"},
      {"heading", "<h1>On X</h1><h2>What is new</h2>", "", "th"},
      {"elements for furniture", "<nav>a</nav><form><p>b</form>",
       "<aside>c</aside><footer>d</footer><button>e</button>", "fffff"},
      {"roles", "<div role=navigation>a</div>", "<div role=contentinfo>b</div>", "ff"},
      {"classes", "<div class='site-nav'>a</div><p id=breadCrumbs>b</p>", "<div class=share_bar>c</div>", "fff"},
      {"class that is taken back", "<p class='no-share'>a</p>", "", "b"},
      {"caption", "<figure><img><figcaption>a</figcaption></figure>", "", "f"},
      {"hidden", "<div hidden>a</div><div style='display:none'>b</div><div aria-hidden=true>c</div>", "", "fff"},
      {"header of the site", "<header>a</header>", "", "f"},
      {"header with the title", "<header><nav>a</nav><h1>On X</h1><p>Harbor Room</p></header>", "", "ftb"},
      {"title in lines", "<h1>On X<br>and Y</h1>", "", "t"},
      {"name of the site", "<title>On the cable - Site</title><header><h1>Site</h1></header><h2>On the cable</h2>", "",
       "ft"},
      {"menu", "<ul><li><a href=a>a</a><li><a href=b>b</a><li><a href=c>c</a></ul>", "", "fff"},
      {"menu in brackets", "<p>[<a href=a>Home</a>] [<a href=b>Search</a>]</p>", "", "f"},
      {"list of links to long titles", "",
       "<h3>See too</h3><ul><li><a href=a>The minister speaks at length of the harbor conference in Port Sable</a>"
       "<li><a href=b>The ministry answers a question on the grain talks that have begun in Geneva</a>"
       "<li><a href=c>A spokesperson's remarks on the visit of a delegation from the islands of the south</a></ul>",
       "ffff"},
      {"links in a sentence", "<p>See <a href=a>the note</a> and <a href=b>the map</a> for the places.</p>", "", "b"},
      {"link that is not one", "<p><a name=top>Harbor Room</a></p>", "", "b"},
      {"link that never ends", "<div><a href=x>Home</div>", "", "f"},
      {"heading over a list", "<h2>We ask for</h2><ul><li>a<li>b</ul>", "", "hbb"},
  };
  for (const Case& c : kCases) {
    const std::string html = std::string(c.before) + std::string(kStatement) + std::string(c.after);
    const HtmlText page = Read(html);
    std::string roles;
    size_t body = 0;
    for (const HtmlRun& run : page.runs) {
      if (kStatement.find(std::string(run.span.Of(page.text)) + "</p>") != std::string_view::npos) {
        EXPECT_EQ(run.role, LineRole::kBody) << c.name;
        ++body;
      } else {
        roles += "?bthdf"[static_cast<size_t>(run.role)];
      }
    }
    EXPECT_EQ(body, 3U) << c.name;
    EXPECT_EQ(roles, c.roles) << c.name << "\n" << Outline(page);
  }
}

// A statement is one whatever the elements around it are called.
TEST(ReadHtml, StatementInsideFurniture) {
  for (const std::string_view around :
       {"<form>", "<div class='content has-sidebar'>", "<div id=print>", "<div style='display:none'>", "<aside>",
        "<table><tr><td>", "<main>", "<article>", "<div><div>"}) {
    const HtmlText page = Read(std::string(around) + "<div>" + std::string(kStatement));
    ASSERT_EQ(page.runs.size(), 3U);
    for (const HtmlRun& run : page.runs) EXPECT_EQ(run.role, LineRole::kBody) << around;
  }
}

TEST(ReadHtml, Facts) {
  struct Case {
    std::string_view html;
    std::string_view title, date, speaker;
  };
  const Case kCases[] = {
      {"<p>a", "", "", ""},
      {"<title> On&nbsp;X\n &amp; Y </title><p>a", "On\xC2\xA0X & Y", "", ""},
      {"<title>On X - Department of Y</title><h1>On X</h1>", "On X", "", ""},
      {"<title>On X &gt; Y &gt; Z</title><h1>On X</h1>", "On X", "", ""},
      {"<title>On X_Department</title><h1>On X</h1>", "On X", "", ""},
      {"<title>On X - Department of Y</title><h1>Other</h1>", "On X - Department of Y", "", ""},
      {"<title>b</title><meta property='og:title' content='a'>", "a", "", ""},
      {"<meta property='article:published_time' content='2031-03-05T10:00Z'><meta name=date content=x>", "",
       "2031-03-05T10:00Z", ""},
      {"<META NAME=PubDate CONTENT='2031-03-05 10:00'>", "", "2031-03-05 10:00", ""},
      {"<aside><time datetime=2030-01-01>a</time></aside><p>b <time datetime=2031-03-05>c</time>", "", "2031-03-05",
       ""},
      {"<meta name=author content='Y. Z.'>", "", "", "Y. Z."},
      {"<svg><title>a</title></svg><p>b", "", "", ""},
  };
  for (const Case& c : kCases) {
    const HtmlText page = Read(c.html);
    EXPECT_EQ(page.title, c.title) << c.html;
    EXPECT_EQ(page.date, c.date) << c.html;
    EXPECT_EQ(page.speaker, c.speaker) << c.html;
  }
}

constexpr const char* kPages[] = {
    "us-department-release", "us-briefing-transcript",      "china-mfa-conference", "china-defence-tables",
    "news-article",          "traditional-chinese-release", "lists-tables-ruby",    "old-font-tags",
};

// The whole of each test page, line by line: testdata/pages/NAME.txt.
TEST(ReadHtml, Pages) {
  for (const std::string name : kPages) {
    const HtmlText page = Read(ReadFile(name + ".html"));
    const std::string facts = "title: " + page.title + "\ndate: " + page.date + "\nspeaker: " + page.speaker + "\n\n";
    EXPECT_EQ(facts + Outline(page), ReadFile(name + ".txt")) << name;
    EXPECT_TRUE(LooksLikeHtml(ReadFile(name + ".html"))) << name;
  }
}

// --- Hostile input ---

std::string Repeat(std::string_view piece, size_t bytes) {
  std::string out;
  out.reserve(bytes + piece.size());
  while (out.size() < bytes) out += piece;
  return out;
}

TEST(ReadHtml, DeepNesting) {
  for (const std::string_view tag : {"<div>", "<b>", "<b id=x>", "<font size=1>", "<table>", "<table><tr><td>",
                                     "<ul><li>", "<a href=x>", "<svg>", "<p><button>", "<dl><dd>", "<ruby><rt>",
                                     "<select>", "<h1>", "<x-y>", "<div><table></div>", "<form>", "<object>"}) {
    const HtmlText page = Read("<p>Before.</p>" + Repeat(tag, 200'000) + "After.");
    EXPECT_EQ(page.text.substr(0, 7), "Before.") << tag;
    const bool read = tag != "<svg>" && tag != "<object>" && tag != "<ruby><rt>";
    EXPECT_EQ(page.text.find("After.") != std::string::npos, read) << tag;
  }
  EXPECT_EQ(Read(Repeat("<div>", 5 * 1000)).flattened_tags, 1000 - 250);
  EXPECT_EQ(Read(Repeat("<p>a<li>b<a name=c>", 19 * 1000)).flattened_tags, 0);
  EXPECT_TRUE(EndsWith(Read(Repeat("<font size=1>a", 14 * 500) + "<p>b<p>c").text, "a\n\nb\n\nc"));
}

// Each shape takes as long as its bytes, give or take: none is quadratic. The
// bound is wide, because the machine may be busy.
TEST(ReadHtml, LinearTime) {
  constexpr size_t kBytes = 1 << 17;
  const std::string_view kPieces[] = {"<",
                                      "<a",
                                      "</a",
                                      "</",
                                      "<!--",
                                      "<!",
                                      "<a b=\"",
                                      "<a b='",
                                      "<b>",
                                      "<b id=1>",
                                      "</b>",
                                      "<p>",
                                      "<p>a",
                                      "<table><tr><td>",
                                      "<td>a",
                                      "<tr><td>a<td>b",
                                      "&",
                                      "&amp;",
                                      "&a",
                                      "&#",
                                      "<br>",
                                      "<title>",
                                      "<script>",
                                      "<script></script>",
                                      "a ",
                                      "\xFF",
                                      "\r",
                                      "<a href=x>a",
                                      "<div>a</div>",
                                      "<pre>\n",
                                      "<ul><li>a",
                                      "<h1>a",
                                      "<div><table></div>a",
                                      "<span>a</span>",
                                      "中\n",
                                      "<a a a a a ",
                                      "<textarea>a",
                                      "<time datetime=1>1</time>",
                                      "<meta name=a content=b>",
                                      "<div class=nav>",
                                      "]]>",
                                      "a<i class=x>b</i>",
                                      "<b><p></b>a</p>",
                                      "<body a=1>",
                                      "<a><p></a>",
                                      "<table>a<b>",
                                      "<svg><g/>",
                                      "a</x>",
                                      "<xmp>&"};
  const auto start = std::chrono::steady_clock::now();
  for (const std::string_view piece : kPieces) {
    for (const std::string& html :
         {Repeat(piece, kBytes), "<p>" + Repeat(piece, kBytes) + ">", "<a b=" + Repeat(piece, kBytes) + ">x"}) {
      const auto begin = std::chrono::steady_clock::now();
      const HtmlText page = ReadHtml(html, Words());
      const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
      EXPECT_LT(seconds.count(), 10) << piece;
      EXPECT_LE(page.text.size(), 3 * html.size()) << piece;
    }
  }
  RecordProperty("seconds",
                 std::to_string(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count()));
}

TEST(ReadHtml, LawsOnRandomTags) {
  const std::string_view kPieces[] = {"<p>",
                                      "</p>",
                                      "<div>",
                                      "</div>",
                                      "<table>",
                                      "</table>",
                                      "<tr>",
                                      "<td>",
                                      "</td>",
                                      "</tr>",
                                      "<ul>",
                                      "<li>",
                                      "</ul>",
                                      "<b>",
                                      "</b>",
                                      "<a href=x>",
                                      "</a>",
                                      "<br>",
                                      "<pre>",
                                      "</pre>",
                                      "<h1>",
                                      "</h1>",
                                      "<span class=date>",
                                      "</span>",
                                      "<nav>",
                                      "</nav>",
                                      "a",
                                      "b ",
                                      " ",
                                      "\n",
                                      "\r\n",
                                      "\t",
                                      "中",
                                      "，",
                                      "　",
                                      "&nbsp;",
                                      "&amp;",
                                      "&#x4E2D;",
                                      "&bad;",
                                      "&",
                                      "<",
                                      ">",
                                      "\"",
                                      "'",
                                      "\xFF",
                                      "<!--",
                                      "-->",
                                      "<script>",
                                      "</script>",
                                      "<select>",
                                      "</select>",
                                      "<ruby>",
                                      "<rt>",
                                      "</ruby>",
                                      "We ask for the records. ",
                                      "2031-03-05",
                                      "<time datetime=1>",
                                      "</time>",
                                      "<div hidden>",
                                      "<td><p>c",
                                      "<main>",
                                      "</main>",
                                      "<header>",
                                      "<button>"};
  std::mt19937 random(20310305);
  for (int k = 0; k < 20'000; ++k) {
    std::string html;
    const unsigned pieces = 1 + random() % 40;
    for (unsigned i = 0; i < pieces; ++i) html += kPieces[random() % std::size(kPieces)];
    const HtmlText page = ReadHtml(html, Words());
    ASSERT_EQ(BrokenHtmlLaw(html, page), "") << html;
  }
}

}  // namespace
}  // namespace narrdiff
