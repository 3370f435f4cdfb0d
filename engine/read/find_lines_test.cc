// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/find_lines.h"

#include <string>

#include "gtest/gtest.h"

namespace narrdiff {
namespace {

std::string Joins(std::string_view text) {
  const std::vector<Line> lines = FindLines(text);
  const Wrapping wrapping = DetectWrapping(lines);
  std::string out;
  for (size_t i = 0; i < lines.size(); ++i) out += wrapping.JoinsNext(i) ? '+' : '|';
  return out;
}

TEST(FindLines, ApiExamples) {
  const std::vector<Line> lines = FindLines("A line that is cut\nhere.\n\nNext.");
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_TRUE(lines[2].blank_before);
  EXPECT_TRUE(DetectWrapping(lines).JoinsNext(0));
}

TEST(FindLines, EveryLineEnd) {
  const std::string text = "a\nb\r\nc\rd\ve\ff\xC2\x85g\xE2\x80\xA8h\xE2\x80\xA9i";
  const std::vector<Line> lines = FindLines(text);
  ASSERT_EQ(lines.size(), 9u);
  for (size_t i = 0; i < lines.size(); ++i) {
    EXPECT_EQ(lines[i].span.Of(text), std::string(1, static_cast<char>('a' + i)));
    EXPECT_EQ(lines[i].blank_before, i == 0) << i;
  }
}

TEST(FindLines, TrimsEveryKindOfSpace) {
  const std::string text = "\xEF\xBB\xBF \t　　问：\xC2\xA0\n　\n";
  const std::vector<Line> lines = FindLines(text);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].span.Of(text), "问：");
  EXPECT_EQ(lines[0].columns, 4);
}

TEST(EndOf, Cases) {
  const struct Case {
    const char* text;
    LineEnd end;
  } kCases[] = {
      {"It is.", LineEnd::kTerminator},
      {"“It is.”", LineEnd::kTerminator},
      {"It is.[17]", LineEnd::kTerminator},
      {"中方反对。", LineEnd::kTerminator},
      {"“为什么？”", LineEnd::kTerminator},
      {"and then…", LineEnd::kTerminator},
      {"Washington, D.C.", LineEnd::kWord},
      {"Bali, Indonesia", LineEnd::kWord},
      {"as follows:", LineEnd::kOpen},
      {"问：", LineEnd::kOpen},
      {"whether this —", LineEnd::kOpen},
      {"[17]", LineEnd::kWord},
      {"", LineEnd::kWord},
  };
  for (const Case& c : kCases) EXPECT_EQ(EndOf(c.text), c.end) << c.text;
}

TEST(DetectWrapping, WrappedText) {
  EXPECT_EQ(Joins("The two ships were within sight of each\n"
                  "other for three hours. Weather was fair\n"
                  "with a light swell from the northeast.\n"
                  "\n"
                  "Nobody was hurt, and the patrol went on\n"
                  "as it had been planned at the beginning\n"
                  "of the week.\n"),
            "++|++|");
}

TEST(DetectWrapping, WrappedTextWithoutBlankLines) {
  EXPECT_EQ(Joins("The two ships were within sight of each\n"
                  "other for three hours. Weather was fair\n"
                  "with a light swell.\n"
                  "Nobody was hurt, and the patrol went on\n"
                  "as it had been planned at the beginning\n"
                  "of the week.\n"),
            "++|++|");
}

TEST(DetectWrapping, WrappedChinese) {
  EXPECT_EQ(Joins("近日，有关国家多次派出舰机抵近中国周边海域\n"
                  "，进行侦察。中方对此表示强烈不满，已经向有\n"
                  "关方面提出严正交涉，要求其立即停止此类危险\n"
                  "挑衅行为。\n"),
            "+++|");
}

TEST(DetectWrapping, LinesAreParagraphs) {
  EXPECT_EQ(Joins("The first paragraph is short.\nThe second one is a good "
                  "deal longer than the first one was.\nThe third is short.\n"
                  "And so is this.\n"),
            "||||");
  EXPECT_EQ(Joins("features\ncontact manager\nevents, activities\n"), "|||");
  EXPECT_EQ(Joins("- one thing\n- another thing\n- and a third.\n"), "|||");
}

TEST(DetectWrapping, FewLinesThatRunOn) {
  EXPECT_EQ(Joins("This is a sentence\ncut off in the middle because of its page.\n"), "+|");
  EXPECT_EQ(Joins("It was a cold \nnight in the city.\n"), "+|");
  EXPECT_EQ(Joins("This is a line.\nthis is another.\n"), "||");
}

}  // namespace
}  // namespace narrdiff
