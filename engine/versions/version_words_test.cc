// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/versions/version_words.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/lexicon/builtin_lexicon.h"
#include "engine/lexicon/compile_lexicon.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

// "words: group low-high" of every mention.
std::vector<std::string> Show(const VersionWords& words, const std::string& text) {
  const std::vector<Token> tokens = Tokenize(text, {0, static_cast<int32_t>(text.size())}, Language::kEnglish);
  std::vector<std::string> out;
  for (const VersionWordMention& m : words.Find(tokens)) {
    out.push_back(absl::StrCat(std::string(m.span.Of(text)), ": ", m.word->group, " ", m.word->low,
                               m.word->low == m.word->high ? "" : absl::StrCat("-", m.word->high)));
  }
  return out;
}

TEST(VersionWords, Builtin) {
  const VersionWords words(*BuiltinLexicon());
  const struct {
    const char* text;
    std::vector<std::string> want;
  } kCases[] = {
      {"it strongly protested at once", {"strongly: degree 2", "protested: stance 4", "at once: urgency 2"}},
      {"must", {"must: modal 3"}},
      {"中方要求美方立即停止", {"要求: request 2-4", "立即: urgency 2"}},
      {"应当", {"应当: modal 2"}},
      {"相应部门供应药品", {}},
      {"asked about the closure", {}},
      {"on Thursday", {"Thursday: weekday 4"}},
      {"周四", {"周四: weekday 4"}},
      {"in principle", {"in principle: principle 0"}},
      {"约翰", {"约翰: given_john 0", "约翰: given_johann 0"}},
      {"Will", {"Will: given_will 0", "Will: intent 3-3.1"}},
      {"will", {"will: intent 3-3.1"}},
      {"可以研究", {"可以: modal 1", "研究: promise 1.2", "研究: consider 0"}},
      {"", {}},
  };
  for (const auto& c : kCases) EXPECT_EQ(Show(words, c.text), c.want) << c.text;
  EXPECT_TRUE(words.SpellsNames("斯"));
  EXPECT_FALSE(words.SpellsNames("的"));
}

// Every tag of these families that the built-in files bear says something: a slip of the pen would be passed over.
TEST(VersionWords, EveryTagIsWellFormed) {
  const auto lexicon = BuiltinLexicon();
  const VersionWords words(*lexicon);
  for (int32_t e = 0; e < lexicon->size(); ++e) {
    for (const std::string_view tag : lexicon->entry(e).tags) {
      const bool ours = tag.substr(0, 9) == "strength." || tag.substr(0, 5) == "time.";
      if (!ours || std::count(tag.begin(), tag.end(), '.') < 2) continue;
      const LexiconEntry& entry = lexicon->entry(e);
      const std::string form(entry.en.empty() ? entry.zh[0] : entry.en[0]);
      const std::string plain = form[0] == '=' ? form.substr(1) : form;
      EXPECT_FALSE(Show(words, plain).empty()) << std::string(entry.id);
    }
  }
}

TEST(VersionWords, IllFormedTagsSayNothing) {
  lexicon::Lexicon source;
  ASSERT_TRUE(ParseLexiconText(R"pb(
                                 entry { en: "alpha" tag: "strength.scale.x" }
                                 entry { en: "beta" tag: "strength.scale.3-1" }
                                 entry { en: "gamma" tag: "strength.scale" }
                                 entry { en: "delta" tag: "strength.scale.1-2" }
                               )pb",
                               "test", source)
                  .ok());
  const auto bytes = CompileLexicon(source);
  ASSERT_TRUE(bytes.ok());
  const VersionWords words(**Lexicon::FromBytes(*bytes));
  EXPECT_EQ(Show(words, "alpha beta gamma delta"), std::vector<std::string>{"delta: scale 1-2"});
}

}  // namespace
}  // namespace narrdiff
