// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/describe/numbers.h"

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"

namespace narrdiff {
namespace {

std::vector<Quantity> Find(std::string_view text) {
  const std::vector<Token> tokens = Tokenize(text, {0, static_cast<int32_t>(text.size())}, Language::kEnglish);
  return FindQuantities(text, tokens);
}

std::string Show(const Quantity& q) {
  static constexpr const char* kKinds[] = {"count",   "measure", "money", "percent", "fraction",
                                           "ordinal", "year",    "date",  "time"};
  char value[64];
  std::string out = kKinds[static_cast<int>(q.kind)];
  if (q.kind == QuantityKind::kDate || q.kind == QuantityKind::kYear) {
    std::snprintf(value, sizeof value, " %d-%d-%d", q.year, q.month, q.day);
  } else {
    std::snprintf(value, sizeof value, " %.6g", q.value);
  }
  out += value;
  if (!q.unit.empty()) out += " " + std::string(q.unit);
  if (q.bound == QuantityBound::kAbout) out += " ~";
  if (q.bound == QuantityBound::kAbove) out += " >";
  if (q.bound == QuantityBound::kBelow) out += " <";
  return out;
}

std::string ShowAll(std::string_view text) {
  std::string out;
  for (const Quantity& q : Find(text)) out += (out.empty() ? "" : "; ") + Show(q);
  return out;
}

TEST(Numbers, ApiExamples) {
  EXPECT_EQ(ShowAll("It lasted 75 minutes and cost $2.3 billion."), "measure 75 minute; money 2.3e+09 usd");
  EXPECT_EQ(ShowAll("百分之三十"), "percent 30 %");
  EXPECT_EQ(ShowAll("a third of"), "fraction 0.333333");
  EXPECT_EQ(ShowAll("2030年11月"), "date 2030-11-0");
  EXPECT_EQ(ShowAll("第三"), "ordinal 3");
}

struct Case {
  const char* text;
  const char* want;
};

TEST(Numbers, English) {
  const Case kCases[] = {
      {"27,000 attacks", "count 27000"},
      {"1,234.5", "count 1234.5"},
      {"two hundred and five ships", "count 205"},
      {"twenty-one countries", "count 21"},
      {"a million refugees", "count 1e+06"},
      {"three hundred thousand", "count 300000"},
      {"4.3 trillion yuan", "money 4.3e+12 cny"},
      {"$1.2 million", "money 1.2e+06 usd"},
      {"US$5 billion", "money 5e+09 usd"},
      {"RMB 30 million", "money 3e+07 cny"},
      {"€3", "money 3 eur"},
      {"30%", "percent 30 %"},
      {"thirty per cent of it", "percent 30 %"},
      {"2.5 percentage points", "percent 2.5 point"},
      {"two-thirds of them", "fraction 0.666667"},
      {"three quarters", "fraction 0.75"},
      {"half of the fleet", "fraction 0.5"},
      {"half an hour", "measure 0.5 hour"},
      {"a quarter of an hour", "measure 0.25 hour"},
      {"a third country", "ordinal 3"},
      {"an hour and twenty minutes", "measure 1.33333 hour"},
      {"nearly two hours", "measure 2 hour <"},
      {"more than 200 sorties", "count 200 >"},
      {"at least 12 nautical miles", "measure 12 nautical mile >"},
      {"on June 24, 2031", "date 2031-6-24"},
      {"24 June", "date 0-6-24"},
      {"since November 2030", "date 2030-11-0"},
      {"in April", "date 0-4-0"},
      {"March on the capital", ""},
      {"It may rain in May", "date 0-5-0"},
      {"lost in 1944", "year 1944-0-0"},
      {"in the 1990s", "year 1990-0-0 decade"},
      {"the 20th century", "ordinal 20"},
      {"at 3:30 p.m. today", "time 930"},
      {"one of the best; no one", ""},
      {"hundreds of people", ""},
      {"six times; six occasions", "measure 6 time; measure 6 time"},
      {"ten or twelve", "count 10; count 12"},
  };
  for (const Case& c : kCases) EXPECT_EQ(ShowAll(c.text), c.want) << c.text;
}

TEST(Numbers, Chinese) {
  const Case kCases[] = {
      {"20亿", "count 2e+09"},
      {"4.3万亿元", "money 4.3e+12 cny"},
      {"23亿美元", "money 2.3e+09 usd"},
      {"120万", "count 1.2e+06"},
      {"8.6亿人", "measure 8.6e+08 person"},
      {"75分钟", "measure 75 minute"},
      {"1小时20分钟", "measure 1.33333 hour"},
      {"两百三十五", "count 235"},
      {"十四五岁，一二十件", ""},
      {"二十两", "count 20"},
      {"一千二百零五", "count 1205"},
      {"一万两千", "count 12000"},
      {"二十个国家", "count 20"},
      {"三艘军舰", "count 3"},
      {"30%", "percent 30 %"},
      {"下降2.5个百分点", "percent 2.5 point"},
      {"三分之一", "fraction 0.333333"},
      {"一半", "fraction 0.5"},
      {"200多架次", "count 200 >"},
      {"3000多万人", "measure 3e+07 person >"},
      {"不足20英尺", "measure 20 foot <"},
      {"约12海里", "measure 12 nautical mile ~"},
      {"2030年11月5日", "date 2030-11-5"},
      {"二〇三〇年", "year 2030-0-0"},
      {"7月24日", "date 0-7-24"},
      {"30年", "measure 30 year"},
      {"1944年失踪", "year 1944-0-0"},
      {"六个月", "measure 6 month"},
      {"十分重要，一些人，万一，千万不要，统一", ""},
      {"数十年来", ""},
      {"九一八事变", ""},
      {"兩國", "count 2"},
      {"15时30分", "time 930"},
  };
  for (const Case& c : kCases) EXPECT_EQ(ShowAll(c.text), c.want) << c.text;
}

TEST(Numbers, SameValueInBothLanguages) {
  const Case kCases[] = {{"two billion dollars", "20亿美元"},
                         {"$4.3 trillion", "4.3万亿美元"},
                         {"75 minutes", "75分钟"},
                         {"120 minutes", "两小时"},
                         {"a third of", "三分之一"},
                         {"50 percent", "一半"},
                         {"June 24", "6月24日"},
                         {"24 June 2031", "2031年6月24日"},
                         {"the 3rd round", "第三轮"},
                         {"1.2 million", "120万"},
                         {"in 1944", "1944年"}};
  for (const Case& c : kCases) {
    const std::vector<Quantity> a = Find(c.text), b = Find(c.want);
    ASSERT_EQ(a.size(), 1u) << c.text;
    ASSERT_EQ(b.size(), 1u) << c.want;
    EXPECT_TRUE(SameQuantity(a[0], b[0])) << c.text << " " << c.want;
    EXPECT_TRUE(SameQuantity(b[0], a[0])) << c.text << " " << c.want;
  }
  EXPECT_FALSE(SameQuantity(Find("75 minutes")[0], Find("57分钟")[0]));
  EXPECT_FALSE(SameQuantity(Find("June 24")[0], Find("7月24日")[0]));
  EXPECT_FALSE(SameQuantity(Find("$5 million")[0], Find("500万元")[0]));
}

TEST(Numbers, SpansCoverTheQuantity) {
  const std::string_view text = "about 23亿美元 in all";
  const std::vector<Quantity> q = Find(text);
  ASSERT_EQ(q.size(), 1u);
  EXPECT_EQ(q[0].span.Of(text), "23亿美元");
  EXPECT_EQ(q[0].bound, QuantityBound::kAbout);
}

TEST(Numbers, OddInputIsSurvived) {
  for (const char* text :
       {"", "$", "第", "百分之", "三分之", "$ $ 5", "a a a", "half", "one hundred and", "点三", "万亿", "1.1.1.1",
        "June", "24 of", "99999999999999999999999999999 million billion", "年月日", "5月", "３０％"}) {
    for (const Quantity& q : Find(text)) EXPECT_LT(q.token_begin, q.token_end) << text;
  }
}

}  // namespace
}  // namespace narrdiff
