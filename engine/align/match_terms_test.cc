// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/align/match_terms.h"

#include <algorithm>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace narrdiff {
namespace {

class Statement {
 public:
  Statement(const std::vector<std::string>& sentences, Language language) : language_(language) {
    for (const std::string& s : sentences) {
      const int32_t begin = static_cast<int32_t>(text_.size());
      text_ += s;
      spans_.push_back({begin, static_cast<int32_t>(text_.size())});
      text_ += "\n";
    }
  }
  SentenceTexts view() const { return {text_, language_, spans_, {}}; }

 private:
  std::string text_;
  std::vector<Span> spans_;
  Language language_;
};

std::shared_ptr<const Dictionary> SmallDictionary() {
  return *Dictionary::FromBytes(
      *CompileTsv("部长\tminister\n卫星\tsatellite; moon\n反卫星\tanti-satellite\n干涉内政\tinterfere in internal "
                  "affairs\n会晤\tmeeting\n"));
}

TermTables Index(const std::vector<std::string>& left, Language left_language, const std::vector<std::string>& right,
                 Language right_language) {
  const Statement l(left, left_language), r(right, right_language);
  return TermMatcher({SmallDictionary(), nullptr}).Index({l.view(), r.view()});
}

std::string Terms(const TermTable& table, int32_t sentence) {
  std::string out;
  for (const int32_t t : table.sentence(sentence))
    out += (out.empty() ? "" : " ") + table.types[static_cast<size_t>(t)].key;
  return out;
}

float Value(const TermTables& tables, const std::string& left, const std::string& right) {
  for (const TypePair& p : tables.Pairs()) {
    if (tables.tables.left.types[static_cast<size_t>(p.left)].key == left &&
        tables.tables.right.types[static_cast<size_t>(p.right)].key == right) {
      return p.value;
    }
  }
  return 0;
}

TEST(MatchTerms, ApiExamples) {
  const TermTables tables = Index({"The minister spoke.", "A satellite fell."}, Language::kEnglish,
                                  {"部长发言。", "卫星坠落。"}, Language::kChinese);
  const std::vector<float> s = SimilarityMatrix(tables);
  ASSERT_EQ(s.size(), 4u);
  EXPECT_GT(s[0], s[1]);
  EXPECT_GT(s[3], s[2]);
}

TEST(MatchTerms, CutsSentencesIntoTerms) {
  const TermTables tables = Index({"The U.S. spent $2.3 billion on 75 satellites, \"they\" said!"}, Language::kEnglish,
                                  {"部长说：“反卫星武器耗资23亿美元”，占百分之三十……"}, Language::kChinese);
  EXPECT_EQ(Terms(tables.tables.left, 0), "the us spent #2300000000 u:usd on #75 satellit ., .“ they .” said .!");
  EXPECT_EQ(Terms(tables.tables.right, 0), "部长 说 .: .“ 反卫星 武 器 耗 资 #2300000000 u:usd .” ., 占 #%30 .…");
}

TEST(MatchTerms, ValuesAcrossLanguages) {
  const TermTables tables =
      Index({"Chen Qingyang interfered in the internal affairs of 2 satellite ministers in 1944."}, Language::kEnglish,
            {"陈清扬部长1944年干涉内政，反卫星，两颗。"}, Language::kChinese);
  EXPECT_FLOAT_EQ(Value(tables, "minist", "部长"), 1);
  EXPECT_FLOAT_EQ(Value(tables, "chen", "陈"), .9f);
  EXPECT_FLOAT_EQ(Value(tables, "qingyang", "清扬"), .9f);
  EXPECT_FLOAT_EQ(Value(tables, "#1944", "#1944"), 1);
  EXPECT_FLOAT_EQ(Value(tables, "#2", "#2"), 1);
  EXPECT_FLOAT_EQ(Value(tables, "affair", "干涉内政"), .15f);  // one of four words
  EXPECT_FLOAT_EQ(Value(tables, "satellit", "反卫星"), .7f);   // one of two, better than .6 for the part 卫星
}

TEST(MatchTerms, ValuesWithinALanguage) {
  const TermTables english = Index({"They violated nations."}, Language::kEnglish,
                                   {"A violation by one nation, which violates."}, Language::kEnglish);
  EXPECT_FLOAT_EQ(Value(english, "violat", "violat"), 1);
  const TermTables chinese = Index({"反卫星"}, Language::kChinese, {"卫星"}, Language::kChinese);
  EXPECT_NEAR(Value(chinese, "反卫星", "卫星"), .8 * .8, 1e-6);
  const TermTables german = Index({"Die Kommission informierte das Parlament."}, Language::kOther,
                                  {"La commission a informé le parlement."}, Language::kOther);
  EXPECT_GT(Value(german, "parlament", "parlement"), .4f);
  EXPECT_GT(Value(german, "informierte", "informe"), .3f);
  EXPECT_EQ(Value(german, "das", "le"), 0);
}

TEST(MatchTerms, SwappingTheSidesTransposes) {
  const std::vector<std::string> en = {"The minister spoke for 75 minutes.", "A satellite fell.", "No meeting."};
  const std::vector<std::string> zh = {"卫星坠落。", "部长发言75分钟，会晤。"};
  const TermTables one = Index(en, Language::kEnglish, zh, Language::kChinese),
                   two = Index(zh, Language::kChinese, en, Language::kEnglish);
  const std::vector<float> a = SimilarityMatrix(one), b = SimilarityMatrix(two);
  for (size_t i = 0; i < en.size(); ++i) {
    for (size_t j = 0; j < zh.size(); ++j) EXPECT_EQ(a[i * zh.size() + j], b[j * en.size() + i]);
  }
}

TEST(MatchTerms, SetMatchesKeepsTheGreatest) {
  TermTables tables = Index({"a b"}, Language::kEnglish, {"a c"}, Language::kEnglish);
  std::vector<TypePair> pairs = tables.Pairs();
  ASSERT_EQ(pairs.size(), 1u);
  pairs.push_back({pairs[0].left, pairs[0].right, .4f});
  pairs.push_back({1, 1, .3f});
  pairs.push_back({1, 1, .6f});
  tables.SetMatches(pairs);
  EXPECT_FLOAT_EQ(Value(tables, "a", "a"), 1);
  EXPECT_FLOAT_EQ(Value(tables, "b", "c"), .6f);
  EXPECT_EQ(tables.matches.right.of(1)[0].type, 1);
}

TEST(MatchTerms, IdenticalSentencesHaveSimilarityOneAndEmptyOnesNone) {
  const TermTables tables =
      Index({"We oppose it.", ""}, Language::kEnglish, {"We oppose it.", "", "Weather"}, Language::kEnglish);
  const std::vector<float> s = SimilarityMatrix(tables);
  ASSERT_EQ(s.size(), 6u);
  EXPECT_FLOAT_EQ(s[0], 1);
  EXPECT_EQ(s[1], 0);
  EXPECT_EQ(s[2], 0);
  EXPECT_EQ(s[4], 0);
  EXPECT_TRUE(SimilarityMatrix(Index({}, Language::kEnglish, {"x"}, Language::kChinese)).empty());
}

TEST(MatchTerms, TokensMadeBeforeGiveTheSame) {
  const std::string text = "The minister spoke. 部长";
  const std::vector<Span> spans = {{0, 19}, {20, static_cast<int32_t>(text.size())}};
  std::vector<std::vector<Token>> tokens;
  for (const Span& s : spans) tokens.push_back(Tokenize(text, s, Language::kEnglish));
  const SentenceTexts with{text, Language::kEnglish, spans, tokens}, without{text, Language::kEnglish, spans, {}};
  const TermMatcher matcher({});
  const TermTables a = matcher.Index({with, with}), b = matcher.Index({without, without});
  EXPECT_EQ(a.tables.left.terms, b.tables.left.terms);
  EXPECT_EQ(Terms(a.tables.left, 0), "the minist spoke ..");
}

}  // namespace
}  // namespace narrdiff
