// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/base/tokenize.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace narrdiff {
namespace {

std::string Forms(const std::string& text, Language language = Language::kEnglish) {
  std::string out;
  for (const Token& t : Tokenize(text, {0, static_cast<int32_t>(text.size())}, language)) {
    out += (out.empty() ? "" : "|") + t.form;
  }
  return out;
}

TEST(Tokenize, ApiExamples) {
  EXPECT_EQ(Forms("The U.S. didn't cut 27,000 one-off ties. 中國反對"),
            "the|us|didn't|cut|27000|one|off|ties|.|中|国|反|对");
}

TEST(Tokenize, Forms) {
  const struct {
    const char *name, *text, *want;
  } kCases[] = {
      {"possessive", "China's stance", "china|stance"},
      {"curly", "China’s don’t", "china|don't"},
      {"plural possessive", "allies' ships", "allies|'|ships"},
      {"accents", "São Tomé ÉTAT", "sao|tome|etat"},
      {"decimals", "4.3 and 1,234.5 and 12,34", "4.3|and|1234.5|and|12|,|34"},
      {"sentence end", "in 2030. Then", "in|2030|.|then"},
      {"full-width digits", "２０３０年", "2030|年"},
      {"full-width marks", "好！（是）", "好|!|(|是|)"},
      {"hyphen at a line end", "near-\r\n  collision", "near|collision"},
      {"soft hyphen", "govern\u00ADment cross-\u2060border", "government|cross|border"},
      {"hyphen", "one‑China long-arm", "one|china|long|arm"},
      {"dash between words", "word - word", "word|-|word"},
      {"dotted capitals at the end", "the U.S.", "the|us"},
      {"initials", "J. D. Vance", "j|.|d|.|vance"},
      {"letters and digits", "F35 5G", "f35|5|g"},
      {"empty", " \t\n", ""},
  };
  for (const auto& c : kCases) EXPECT_EQ(Forms(c.text), c.want) << c.name;
}

TEST(Tokenize, StemsOnlyWhatIsEnglish) {
  EXPECT_EQ(Tokenize("attacks", {0, 7}, Language::kEnglish)[0].stem, "attack");
  EXPECT_EQ(Tokenize("attacks", {0, 7}, Language::kOther)[0].stem, "attacks");
}

TEST(Tokenize, SpansPointIntoTheText) {
  const std::string text = "xx China’s 中國 yy";
  const Span range{3, static_cast<int32_t>(text.size()) - 3};
  const std::vector<Token> tokens = Tokenize(text, range, Language::kEnglish);
  ASSERT_EQ(tokens.size(), 3u);
  EXPECT_EQ(tokens[0].span.Of(text), "China’s");
  EXPECT_EQ(tokens[1].span.Of(text), "中");
  EXPECT_EQ(tokens[2].span.Of(text), "國");
  EXPECT_TRUE(tokens[0].capital);
}

}  // namespace
}  // namespace narrdiff
