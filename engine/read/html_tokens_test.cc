// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/html_tokens.h"

#include <string>
#include <string_view>

#include "gtest/gtest.h"

namespace narrdiff {
namespace {

// "[name attributes]" for a start tag, "{raw}" after it, "[/name]", "text".
std::string Tokens(std::string_view html) {
  HtmlScanner scanner(html);
  HtmlToken token;
  std::string out;
  size_t last = 0;
  while (scanner.Next(token)) {
    EXPECT_GE(token.begin, last);
    EXPECT_GT(token.end, token.begin);
    last = token.end;
    if (token.kind == HtmlToken::Kind::kText) {
      out += token.text;
    } else if (token.kind == HtmlToken::Kind::kEnd) {
      out += "[/" + token.name + "]";
    } else {
      out += "[" + token.name + std::string(token.attributes) + "]";
      if (token.has_raw) out += "{" + std::string(token.raw) + "}";
    }
  }
  return out;
}

TEST(HtmlTokens, Cases) {
  struct Case {
    const char* name;
    std::string_view html;
    std::string_view tokens;
  };
  const Case kCases[] = {
      {"example", "<p class=a>Text</p>", "[p class=a]Text[/p]"},
      {"letter case", "<DIV></Div>", "[div][/div]"},
      {"less-than sign", "a < b <3 <", "a < b <3 <"},
      {"less-than before a tag", "a <<b>c", "a <[b]c"},
      {"quotes hold a >", "<a title='x > y'>z", "[a title='x > y']z"},
      {"a quote in a name is no quote", "<a b'c>d", "[a b'c]d"},
      {"comment", "a<!-- <b> -->c", "ac"},
      {"short comments", "a<!-->b<!--->c", "abc"},
      {"comment that never ends", "a<!-- b>c", "ac"},
      {"declaration, instruction, odd end", "<!doctype html><?xml a?></ x>a", "a"},
      {"script", "<script>if (a<b) '</p>'</script>c", "[script]{if (a<b) '</p>'}c"},
      {"script that never ends", "a<script>b", "a[script]{}"},
      {"title that never ends", "<title>a<p>b", "[title]{}a[p]b"},
      {"end tag of another name", "<style>a</styles>b</style >c", "[style]{a</styles>b}c"},
      {"tag that never ends", "a<p b", "a<p b"},
      {"quote that never ends", "<a href=\"x>y<b>z", "[a href=\"x]y[b]z"},
      {"only a value has the last >", "<a b=\">\" c", "[a b=\"]\" c"},
      {"slash", "<br/><a/b>", "[br/][a/b]"},
  };
  for (const Case& c : kCases) EXPECT_EQ(Tokens(c.html), c.tokens) << c.name;
}

TEST(HtmlTokens, Attributes) {
  const std::string_view attributes = " A=1 b='2 3' c = \"4\" d / e=5/6 b=7";
  EXPECT_EQ(FindHtmlAttribute(attributes, "a"), "1");
  EXPECT_EQ(FindHtmlAttribute(attributes, "b"), "2 3");
  EXPECT_EQ(FindHtmlAttribute(attributes, "c"), "4");
  EXPECT_EQ(FindHtmlAttribute(attributes, "d"), "");
  EXPECT_EQ(FindHtmlAttribute(attributes, "e"), "5/6");
  EXPECT_EQ(FindHtmlAttribute(attributes, "f"), "");
}

}  // namespace
}  // namespace narrdiff
