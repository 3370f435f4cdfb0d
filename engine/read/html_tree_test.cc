// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/html_tree.h"

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/utf8.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

// "<p class=a>Text</p>", elements that the parser adds in brackets:
// "[tbody]...[/tbody]". Goes into all elements but the page's own three.
class Printer : public HtmlVisitor {
 public:
  bool Start(const HtmlTag& tag) override {
    const bool page = tag.name() == "html" || tag.name() == "head" || tag.name() == "body";
    names_.push_back(page ? "" : (tag.IsInSource() ? "" : "+") + std::string(tag.name()));
    if (page) return true;
    out += "<" + names_.back();
    tag.ForEachAttribute([this](std::string_view name, std::string_view value) {
      out += " " + std::string(name) + "=" + std::string(value);
    });
    out += ">";
    return true;
  }
  void End() override {
    if (!names_.empty() && !names_.back().empty()) out += "</>";
    if (!names_.empty()) names_.pop_back();
  }
  void Text(HtmlTextSteps& text) override {
    HtmlCharacter next;
    size_t last = 0;
    while (text.Next(next)) {
      AppendUtf8(next.c, out);
      characters.push_back(next);
      EXPECT_LE(last, next.begin);
      EXPECT_LE(next.begin, next.end);
      last = next.begin;
    }
  }
  std::string out;
  std::vector<HtmlCharacter> characters;

 private:
  std::vector<std::string> names_;
};

std::string Print(std::string_view html) {
  Printer printer;
  WalkHtml(html, printer);
  return printer.out;
}

TEST(HtmlTree, Elements) {
  struct Case {
    const char* name;
    std::string_view html;
    std::string_view tree;
  };
  const Case kCases[] = {
      {"example", "<p class=a>Text</p>", "<p class=a>Text</>"},
      {"letter case", "<DIV ID=A></Div>", "<div id=A></>"},
      {"unknown names", "<X-Card>a<o:p>b", "<x-card>a<o:p>b</></>"},
      {"less-than sign", "<p>a < b <3 <", "<p>a < b <3 <</>"},
      {"less-than before a tag", "<p>a <<b>c", "<p>a <<b>c</></>"},
      {"quotes hold a >", "<a title='x > y'>z", "<a title=x > y>z</>"},
      {"values are decoded", "<a b='&lt;&eacute;&#8212;' b=2>", "<a b=<é—></>"},
      {"comments", "<p>a<!-- <b> -->b<!-->c<!--->d", "<p>abcd</>"},
      {"declaration, instruction, odd end", "<!doctype html><p><?xml a?></ x>a", "<p>a</>"},
      {"raw text", "<p><script>if (a<b) '</p>'</script><xmp>&amp;<b></xmp>c",
       "<p><script>if (a<b) '</p>'</></><xmp>&amp;<b></>c"},
      {"end tags left out", "<ul><li>a<li>b</ul><table><tr><td>c",
       "<ul><li>a</><li>b</></><table><+tbody><tr><td>c</></></></>"},
      {"formatting goes on", "<p><b>a<p>b</b>c", "<p><b>a</></><p><+b>b</>c</>"},
      {"text in a table comes before it", "<table>a<tr><td>b</table>", "a<table><+tbody><tr><td>b</></></></>"},
      {"tag that never ends", "<p>a<p b", "<p>a</>"},
      {"template", "<template><p>a</template>", "<template><p>a</></>"},
      {"index", "<isindex prompt=a>b", "b"},
  };
  for (const Case& c : kCases) EXPECT_EQ(Print(c.html), c.tree) << c.name;
}

// Characters of the text, each with its piece of the source.
TEST(HtmlTree, Characters) {
  struct Case {
    const char* name;
    std::string_view html;
    std::vector<std::pair<std::string_view, std::string_view>> characters;
  };
  const Case kCases[] = {
      {"name", "a&mdash;b", {{"a", "a"}, {"—", "&mdash;"}, {"b", "b"}}},
      {"no semicolon", "&copy2", {{"©", "&copy"}, {"2", "2"}}},
      {"shorter name", "&notit;", {{"¬", "&not"}, {"i", "i"}, {"t", "t"}, {";", ";"}}},
      {"longest name", "&CounterClockwiseContourIntegral;x", {{"∳", "&CounterClockwiseContourIntegral;"}, {"x", "x"}}},
      {"two code points", "&NotEqualTilde;x", {{"≂", "&NotEqualTilde;"}, {"\xCC\xB8", "&NotEqualTilde;"}, {"x", "x"}}},
      {"two letters", "&fjlig;", {{"f", "&fjlig;"}, {"j", "&fjlig;"}}},
      {"references in a row", "&lt;&#8212;&amp;", {{"<", "&lt;"}, {"—", "&#8212;"}, {"&", "&amp;"}}},
      {"twice encoded", "&amp;lt;p", {{"&", "&amp;"}, {"l", "l"}, {"t", "t"}, {";", ";"}, {"p", "p"}}},
      {"thrice", "&amp;amp;", {{"&", "&amp;"}, {"a", "a"}, {"m", "m"}, {"p", "p"}, {";", ";"}}},
      {"name then letters", "&ampx;", {{"&", "&amp"}, {"x", "x"}, {";", ";"}}},
      {"no reference",
       "&mdash b",
       {{"&", "&"}, {"m", "m"}, {"d", "d"}, {"a", "a"}, {"s", "s"}, {"h", "h"}, {" ", " "}, {"b", "b"}}},
      {"unknown name", "&no;", {{"&", "&"}, {"n", "n"}, {"o", "o"}, {";", ";"}}},
      {"empty number", "&#x;", {{"&", "&"}, {"#", "#"}, {"x", "x"}, {";", ";"}}},
      {"and", "AT&T", {{"A", "A"}, {"T", "T"}, {"&", "&"}, {"T", "T"}}},
      {"hexadecimal", "&#x2014;&#X1F600;", {{"—", "&#x2014;"}, {"😀", "&#X1F600;"}}},
      {"number without semicolon", "&#8212 x", {{"—", "&#8212"}, {" ", " "}, {"x", "x"}}},
      {"windows-1252", "&#151;x", {{"—", "&#151;"}, {"x", "x"}}},
      {"leading zeros",
       "&#000000000000000000000000000000000000000000000000065;x",
       {{"A", "&#000000000000000000000000000000000000000000000000065;"}, {"x", "x"}}},
      {"not a character", "&#xD800;x", {{"\xEF\xBF\xBD", "&#xD800;"}, {"x", "x"}}},
      {"ignored tag", "a</x>b", {{"a", "a"}, {"b", "b"}}},
      {"ignored tag with a >", "a</x b='>'>c", {{"a", "a"}, {"c", "c"}}},
      {"less-than and ignored tag", "<p>a<</x>b<c", {{"a", "a"}, {"<", "<"}, {"b", "b"}}},
      {"line ends",
       "<pre>a\r\nb\rc\nd",
       {{"a", "a"}, {"\n", "\r\n"}, {"b", "b"}, {"\n", "\r"}, {"c", "c"}, {"\n", "\n"}, {"d", "d"}}},
      {"NUL", std::string_view("a\0\0b", 4), {{"a", "a"}, {"b", "b"}}},
      {"no UTF-8",
       "a\xE4\xB8 b\xFF",
       {{"a", "a"}, {"\xEF\xBF\xBD", "\xE4\xB8"}, {" ", " "}, {"b", "b"}, {"\xEF\xBF\xBD", "\xFF"}}},
      {"controls stay", "a\x01\xC2\x85", {{"a", "a"}, {"\x01", "\x01"}, {"\xC2\x85", "\xC2\x85"}}},
      {"raw",
       "<xmp>&amp;<b>",
       {{"&", "&"}, {"a", "a"}, {"m", "m"}, {"p", "p"}, {";", ";"}, {"<", "<"}, {"b", "b"}, {">", ">"}}},
      {"foreign", "<math><![CDATA[a&b]]>c", {{"a", "a"}, {"&", "&"}, {"b", "b"}, {"c", "c"}}},
      {"loose in a table", "<table>a<tr>b<td>c", {{"a", "a"}, {"b", "b"}, {"c", "c"}}},
  };
  for (const Case& c : kCases) {
    Printer printer;
    WalkHtml(c.html, printer);
    ASSERT_EQ(printer.characters.size(), c.characters.size()) << c.name << " " << printer.out;
    for (size_t k = 0; k < c.characters.size(); ++k) {
      const HtmlCharacter& found = printer.characters[k];
      std::string character;
      AppendUtf8(found.c, character);
      EXPECT_EQ(character, c.characters[k].first) << c.name;
      EXPECT_EQ(c.html.substr(found.begin, found.end - found.begin), c.characters[k].second)
          << c.name << " " << character;
    }
  }
}

// Text that is not in the source is given where the walk stands.
TEST(HtmlText, LosesAndFindsStep) {
  const std::string_view html = "one, two, three";
  HtmlTextSteps steps("one, zwei, three", html, 0, html.size(), false);
  HtmlCharacter next;
  std::string found;
  size_t last = 0;
  while (steps.Next(next)) {
    EXPECT_LE(last, next.begin);
    EXPECT_LE(next.end, html.size());
    last = next.begin;
    if (next.end > next.begin) found += static_cast<char>(next.c);
  }
  EXPECT_EQ(found.substr(0, 5), "one, ");
  EXPECT_EQ(found.substr(found.size() - 5), "three");
}

}  // namespace
}  // namespace narrdiff
