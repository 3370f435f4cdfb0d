// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/find_date.h"

#include "engine/lexicon/builtin_lexicon.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

TEST(FindDate, Cases) {
  const ReadWords words(*BuiltinLexicon());
  const struct Case {
    const char* line;
    const char* iso;   // empty: none
    const char* text;  // what the span covers
  } kCases[] = {
      {"Sat, 09 Jul 2022 13:52:26 +0000", "2022-07-09", "09 Jul 2022"},
      {"（2034年1月18日）", "2034-01-18", "2034年1月18日"},
      {"2020年3月16日外交部发言人主持例行记者会", "2020-03-16", "2020年3月16日"},
      {"二〇三一年十二月二十三日", "2031-12-23", "二〇三一年十二月二十三日"},
      {"Washington, June 3, 2031", "2031-06-03", "June 3, 2031"},
      {"Colorado Springs, Jan. 17, 2034", "2034-01-17", "Jan. 17, 2034"},
      {"the 5th of May", "", ""},
      {"5th May 2030", "2030-05-05", "5th May 2030"},
      {"Tuesday, the 5th of March, 2031", "2031-03-05", "5th of March, 2031"},
      {"March the 5th, 2031", "2031-03-05", "March the 5th, 2031"},
      {"5th of March 2031", "2031-03-05", "5th of March 2031"},
      {"March 5th 2031", "2031-03-05", "March 5th 2031"},
      {"TUESDAY, MARCH 5, 2031", "2031-03-05", "MARCH 5, 2031"},
      {"March 5–6, 2031", "2031-03-05", "March 5–6, 2031"},
      {"5-6 March 2031", "2031-03-05", "5-6 March 2031"},
      {"May 5, 2031", "2031-05-05", "May 5, 2031"},
      {"Sept. 30, 2031", "2031-09-30", "Sept. 30, 2031"},
      {"2031年3月5日星期三", "2031-03-05", "2031年3月5日"},
      {"2031 年 3 月 5 日", "2031-03-05", "2031 年 3 月 5 日"},
      {"２０３１年３月５日", "2031-03-05", "２０３１年３月５日"},
      {"二〇三一年三月五日", "2031-03-05", "二〇三一年三月五日"},
      {"二○三一年三月五日", "2031-03-05", "二○三一年三月五日"},
      {"二O三一年十月十日", "2031-10-10", "二O三一年十月十日"},
      {"民国一百二十年三月五日", "", ""},
      {"Mar. 5", "", ""},
      {"3/5/2031", "", ""},
      {"3月5日", "", ""},
      {"2031-03-05 10:22", "2031-03-05", "2031-03-05"},
      {"2031/3/5", "2031-03-05", "2031/3/5"},
      {"7/9/2022", "", ""},
      {"version 2031.03", "", ""},
      {"March 45, 2031", "", ""},
      {"In May 2031 we met", "", ""},
      {"12345-12-12", "", ""},
      {"", "", ""},
      {"年月日", "", ""},
  };
  for (const Case& c : kCases) {
    const auto date = FindDate(c.line, words);
    ASSERT_EQ(date.has_value(), c.iso[0] != '\0') << c.line;
    if (!date) continue;
    EXPECT_EQ(date->iso, c.iso) << c.line;
    EXPECT_EQ(date->span.Of(c.line), c.text) << c.line;
  }
}

}  // namespace
}  // namespace narrdiff
