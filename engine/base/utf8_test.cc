// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/base/utf8.h"

#include <string>

#include "gtest/gtest.h"

namespace narrdiff {
namespace {

TEST(Utf8, ApiExamples) {
  const std::string text = "中文 a";
  CodePointMap map(text);
  EXPECT_EQ(map.FromByte(3), 1);
  EXPECT_EQ(map.ToByte(1), 3);
  int32_t i = 0;
  EXPECT_EQ(NextCodePoint(text, i), U'中');
  EXPECT_EQ(i, 3);
  EXPECT_EQ(PreviousCodePoint(text, i), U'中');
  EXPECT_EQ(i, 0);
}

TEST(Utf8, FindInvalid) {
  const struct {
    std::string text;
    int64_t at;
  } kCases[] = {{"", -1},
                {"abc中", -1},
                {"ab\xff", 2},
                {"中\xe4\xb8", 3},
                {"\xc0\x80", 0},
                {"\xed\xa0\x80", 0},
                {"a\xf4\x90\x80\x80", 1},
                {"😀", -1}};
  for (const auto& c : kCases) EXPECT_EQ(FindInvalidUtf8(c.text), c.at) << c.text;
}

TEST(CodePointMap, AgreesWithCountingOnLongTexts) {
  std::string text;
  for (int k = 0; k < 400; ++k) text += k % 3 == 0 ? "中" : k % 7 == 0 ? "😀" : "x";
  const CodePointMap map(text);
  int32_t count = 0;
  for (int32_t i = 0; i < static_cast<int32_t>(text.size());) {
    EXPECT_EQ(map.FromByte(i), count);
    EXPECT_EQ(map.ToByte(count), i);
    NextCodePoint(text, i);
    ++count;
  }
  EXPECT_EQ(map.FromByte(static_cast<int32_t>(text.size()) + 5), count);
  EXPECT_EQ(map.ToByte(count + 5), static_cast<int32_t>(text.size()));
}

TEST(CodePointMap, EmptyText) {
  const CodePointMap map("");
  EXPECT_EQ(map.FromByte(0), 0);
  EXPECT_EQ(map.ToByte(0), 0);
}

TEST(Utf8, AppendReplacesSurrogates) {
  std::string out;
  AppendUtf8(0xD800, out);
  EXPECT_EQ(out, "\xEF\xBF\xBD");
}

TEST(Utf8, WhiteSpaceAtBothEnds) {
  const std::string text = " \u3000a b\u00A0\n";
  const auto n = static_cast<int32_t>(text.size());
  EXPECT_EQ(SkipSpace(text, 0, n), 4);
  EXPECT_EQ(TrimEnd(text, 0, n), 7);
  // Nothing but white space.
  EXPECT_EQ(SkipSpace(text, 0, 4), 4);
  EXPECT_EQ(TrimEnd(text, 0, 4), 0);
}

}  // namespace
}  // namespace narrdiff
