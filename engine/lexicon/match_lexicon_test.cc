// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/lexicon/match_lexicon.h"

#include <memory>
#include <string>

#include "engine/base/lexicon_key.h"
#include "engine/lexicon/compile_lexicon.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

std::shared_ptr<const Lexicon> Make(const char* text) {
  lexicon::Lexicon source;
  EXPECT_TRUE(ParseLexiconText(text, "test", source).ok());
  const auto bytes = CompileLexicon(source);
  EXPECT_TRUE(bytes.ok()) << bytes.status();
  auto loaded = Lexicon::FromBytes(*bytes);
  EXPECT_TRUE(loaded.ok()) << loaded.status();
  return *loaded;
}

std::string Ids(const Lexicon& lexicon, const std::string& text) {
  std::string out;
  for (const LexiconMatch& m :
       MatchLexicon(Tokenize(text, {0, static_cast<int32_t>(text.size())}, Language::kEnglish), lexicon)) {
    out += (out.empty() ? "" : "|") + std::string(lexicon.entry(m.entry).id) + (m.nested ? "*" : "");
  }
  return out;
}

constexpr char kLexicon[] = R"(
entry { en: "South China Sea" zh: "南海" name { type: PLACE } }
entry { id: "china" en: "China" en: "PRC" zh: "中国" zh: "中方" name { type: COUNTRY party: "China" } }
entry { id: "us" en: "US" en: "United States" zh: "美方" name { type: COUNTRY party: "US" } }
entry { id: "tariff" en: "impose a tariff" en: "tariff" zh: "关税" issue: "trade" }
entry { id: "no_water" en: "hold water" cue: REJECT }
entry { id: "not" en: "not" cue: NEGATION }
entry { id: "mean_adj" en: "=mean" }
entry { id: "meaning" en: "meaning" }
)";

TEST(LexiconKey, ApiExamples) {
  EXPECT_EQ(MakeKey("imposed tariffs").key, "impos tariff");
  EXPECT_EQ(MakeKey("imposed tariffs").first, "impos");
  EXPECT_EQ(MakeKey("imposed tariffs").tokens, 2);
  EXPECT_EQ(MakeKey("=mean").key, "=mean");
  EXPECT_EQ(MakeKey("US").key, "^us");
  EXPECT_EQ(MakeKey("网络攻击").key, "网络攻击");
  EXPECT_EQ(MakeKey("...").key, "");
}

TEST(LexiconKey, SplitGivesBackWhatMakeGave) {
  for (const char* form :
       {"imposed tariffs", "=mean it", "US", "网络攻击", "tariff", "C919 飞机", "5G 网络", "", "UN Charter"}) {
    const LexiconKey made = MakeKey(form), split = SplitKey(made.key);
    EXPECT_EQ(split.key, made.key) << form;
    EXPECT_EQ(split.first, made.first) << form;
    EXPECT_EQ(split.tokens, made.tokens) << form;
  }
}

TEST(MatchLexicon, Cases) {
  const auto lexicon = Make(kLexicon);
  const struct {
    const char *name, *text, *want;
  } kCases[] = {
      {"stems", "They imposed a tariff", "tariff|tariff*"},
      {"longest wins, names inside names are not told", "the South China Sea", "south_china_sea"},
      {"capitals keep the country from the pronoun", "let us trust the US", "us"},
      {"dotted capitals", "the U.S. and China", "us|china"},
      {"Chinese", "中方反对美方关税", "china|us|tariff"},
      {"traditional", "中國", "china"},
      {"exact form", "that is mean; what it means", "mean_adj|meaning|meaning"},
      {"punctuation parts", "South, China Sea", "china"},
      {"nothing", "", ""},
  };
  for (const auto& c : kCases) EXPECT_EQ(Ids(*lexicon, c.text), c.want) << c.name;
}

TEST(CompileLexicon, MergesEntriesOfOneId) {
  const auto lexicon = Make(R"(entry { id: "x" en: "alpha" tag: "t" } entry { id: "x" zh: "甲" issue: "trade" })");
  ASSERT_EQ(lexicon->size(), 1);
  EXPECT_EQ(lexicon->entry(0).en.size(), 1u);
  EXPECT_EQ(lexicon->entry(0).zh.size(), 1u);
  EXPECT_EQ(lexicon->issue_ids().size(), 1u);
  EXPECT_EQ(lexicon->IndexOf("x"), 0);
  EXPECT_EQ(lexicon->IndexOf("y"), -1);
}

TEST(CompileLexicon, ExtendAddsToWhatIsThere) {
  const auto base = Make(kLexicon);
  lexicon::Lexicon more;
  ASSERT_TRUE(
      ParseLexiconText(R"(entry { id: "china" en: "Middle Kingdom" } entry { en: "newword" })", "more", more).ok());
  const auto extended = ExtendLexicon(*base, more);
  ASSERT_TRUE(extended.ok()) << extended.status();
  EXPECT_EQ(Ids(**extended, "Middle Kingdom newword PRC"), "china|newword|china");
  EXPECT_EQ((*extended)->entry((*extended)->IndexOf("china")).party, "China");
  EXPECT_NE((*extended)->hash(), base->hash());
}

TEST(CompileLexicon, BadInputSaysWhere) {
  lexicon::Lexicon source;
  const absl::Status status = ParseLexiconText("entry {\n  enn: \"x\" }", "my.textproto", source);
  ASSERT_FALSE(status.ok());
  EXPECT_NE(std::string(status.message()).find("my.textproto:2:"), std::string::npos) << status;
  lexicon::Lexicon empty;
  empty.add_entry()->set_id("nothing");
  EXPECT_FALSE(CompileLexicon(empty).ok());
}

TEST(Lexicon, RefusesForeignBytes) {
  for (const std::string& bytes : {std::string(), std::string("NDLX"), std::string(4096, 'x')}) {
    EXPECT_FALSE(Lexicon::FromBytes(bytes).ok());
  }
}

}  // namespace
}  // namespace narrdiff
