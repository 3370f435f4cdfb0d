// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/base/text_width.h"

#include <chrono>
#include <random>
#include <thread>

#include "engine/base/utf8.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(TextWidth, ApiExamples) {
  EXPECT_EQ(DisplayWidth("中文 ok"), 7);
  EXPECT_THAT(WrapText("one two three", 8), ElementsAre("one two", "three"));
  EXPECT_EQ(SanitizeForTerminal("red \x1b[31m"), "red ␛[31m");
}

TEST(DisplayWidth, Table) {
  struct Case {
    const char* name;
    std::string text;
    int narrow;  // with ambiguous width 1
    int wide;    // with 2
  };
  const Case cases[] = {
      {"empty", "", 0, 0},
      {"ascii", "abc", 3, 3},
      {"han", "中国", 4, 4},
      {"rare han", "\U00020000", 2, 2},
      {"kana and full width", "カＡ。", 6, 6},
      {"half-width kana", "ｶ", 1, 1},
      {"hangul syllable", "한", 2, 2},
      {"hangul letters join", "\u1112\u1161\u11AB", 2, 2},
      {"combining accent", "e\u0301", 1, 1},
      {"zero width space and joiners",
       "a\u200B\u200C\u200D\u2060"
       "b",
       2, 2},
      {"bidi controls",
       "a\u202E\u2066\u200F"
       "b",
       2, 2},
      {"byte order mark", "\uFEFF", 0, 0},
      {"arabic number sign is seen", "\u0600", 1, 1},
      {"curly quotes are ambiguous", "“a”", 3, 5},
      {"dash and ellipsis are ambiguous", "—…", 2, 4},
      {"box drawing is ambiguous", "│", 1, 2},
      {"emoji", "👍", 2, 2},
      {"emoji with skin tone", "👍🏽", 2, 2},
      {"family of three", "👨\u200D👩\u200D👧", 2, 2},
      {"flag", "🇨🇳", 2, 2},
      {"heart as emoji", "\u2764\uFE0F", 2, 2},
      {"heart as text", "\u2764", 1, 1},
      {"keycap", "1\uFE0F\u20E3", 2, 2},
      {"control", std::string("a\0b\x1b", 4), 2, 2},
      {"ill-formed: U+FFFD, ambiguous", "\xFF", 1, 2},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(DisplayWidth(c.text, 1), c.narrow);
    EXPECT_EQ(DisplayWidth(c.text, 2), c.wide);
  }
}

TEST(SanitizeForTerminal, Table) {
  struct Case {
    const char* name;
    std::string text;
    std::string want;
  };
  const Case cases[] = {
      {"empty", "", ""},
      {"plain", "a  b", "a  b"},
      {"chinese", "中国 “好”", "中国 “好”"},
      {"escape", "\x1b]0;title\x07", "␛]0;title␇"},
      {"nul and del", std::string("\0\x7F", 2), "␀␡"},
      {"c1 as utf-8", "a\u009B31m", "a\uFFFD31m"},
      {"c1 as a byte",
       "a\x9B"
       "31m",
       "a\uFFFD31m"},
      {"override and isolate", "\u202Eabc\u202C\u2066d\u2069", "\uFFFDabc\uFFFD\uFFFDd\uFFFD"},
      {"line ends", "a\r\nb\nc\rd\u2028e\u0085f", "a b c d e f"},
      {"tab among spaces", "a \t  b", "a b"},
      {"lone tab", "a\tb", "a b"},
      {"line end at the start", "\n a", "a"},
      {"soft hyphen", "co\u00ADoperate", "cooperate"},
      {"ill-formed", "a\xE4\xB8", "a\uFFFD"},
      {"emoji stay", "👨\u200D👩", "👨\u200D👩"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(SanitizeForTerminal(c.text), c.want);
    EXPECT_EQ(SanitizeForTerminal(c.want), c.want) << "not idempotent";
  }
}

TEST(WrapText, Table) {
  struct Case {
    const char* name;
    std::string text;
    int columns;
    std::vector<std::string> want;
  };
  const Case cases[] = {
      {"empty", "", 10, {}},
      {"fits", "one two", 7, {"one two"}},
      {"one short", "one two", 6, {"one", "two"}},
      {"spaces at the end go", "one   two", 5, {"one", "two"}},
      {"inner spaces stay", "a  b c", 4, {"a  b", "c"}},
      {"hyphen", "a well-known fact", 7, {"a well-", "known", "fact"}},
      {"number keeps its sign", "and -5 or", 5, {"and", "-5 or"}},
      {"bracket keeps its word", "so (it is)", 5, {"so", "(it", "is)"}},
      {"long word is cut", "abcdefghij", 4, {"abcd", "efgh", "ij"}},
      {"rest of a long word", "a bcdefg h", 4, {"a", "bcde", "fg h"}},
      {"han", "中国美国", 5, {"中国", "美国"}},
      {"no full stop at a line's start", "中国美国。", 8, {"中国美", "国。"}},
      {"quotes keep their word", "他说“不行”。", 6, {"他说", "“不", "行”。"}},
      {"graphemes stay whole", "e\u0301e\u0301e\u0301", 2, {"e\u0301e\u0301", "e\u0301"}},
      {"wide in one column", "中国", 1, {"中", "国"}},
      {"line end", "one\ntwo", 10, {"one", "two"}},
      {"zero columns count as one", "ab", 0, {"a", "b"}},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(WrapText(c.text, c.columns), c.want);
  }
  EXPECT_THAT(WrapText("“a” b", 4, 1), ElementsAre("“a”", "b"));
  EXPECT_THAT(WrapText("“a” b", 6, 1), ElementsAre("“a” b"));
  EXPECT_THAT(WrapText("“a” b", 6, 2), ElementsAre("“a”", "b"));
}

// Prose that is handled without ICU is broken just where ICU breaks it.
TEST(TextWrapper, PlainProseLikeIcu) {
  const char* prose[] = {
      "The United States said (on Monday) that \"it is wrong\" to do so.",
      "A well-known U.S.-China matter: 3-year plans, $5 billion, 100% sure.",
      "It doesn't; 'they' said no -5 or (6) at 10:30. \"Quote\" 'single' end",
      "He said: \"no.\" \"Yes,\" she said.",
      "Odd spacing ( like this ) , and this . Done",
  };
  TextWrapper wrapper;
  for (const char* text : prose) {
    const std::string with_accent = std::string("é ") + text;  // needs ICU
    std::vector<int32_t> want;
    for (int32_t b : wrapper.Breaks(with_accent)) {
      if (b > 3) want.push_back(b - 3);
    }
    EXPECT_EQ(wrapper.Breaks(text), want) << text;
  }
}

TEST(TextWrapper, FillTakesBreaksOfTheCaller) {
  TextWrapper wrapper;
  const std::vector<WrappedLine> lines = wrapper.Fill("aabb", {2, 4}, 3);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].span, (Span{0, 2}));
  EXPECT_EQ(lines[0].width, 2);
  EXPECT_EQ(lines[1].span, (Span{2, 4}));
}

// Nothing but white space is lost, no line is too wide, and widths are right.
TEST(WrapText, LawsOnRandomText) {
  const char32_t alphabet[] = {'a',    'b',    ' ',    ' ',     '-',    '(',    '\n',   0x4E2D, 0x56FD,
                               0x3002, 0x201C, 0x0301, 0x1F44D, 0x200D, 0x3000, 0x202E, 0x2014, '.'};
  std::mt19937 random(7);
  TextWrapper wrapper;
  auto squeeze = [](std::string_view text) {
    std::string out;
    for (int32_t i = 0; i < static_cast<int32_t>(text.size());) {
      const char32_t c = NextCodePoint(text, i);
      if (c != ' ' && c != '\n' && c != 0x3000) AppendUtf8(c, out);
    }
    return out;
  };
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    const int length = static_cast<int>(random() % 40);
    for (int i = 0; i < length; ++i) {
      AppendUtf8(alphabet[random() % std::size(alphabet)], text);
    }
    const int columns = 2 + static_cast<int>(random() % 20);
    std::string all;
    int32_t end = 0;
    for (const WrappedLine& line : wrapper.Wrap(text, columns)) {
      const std::string_view bytes = line.span.Of(text);
      ASSERT_GE(line.span.begin, end);
      end = line.span.end;
      all += bytes;
      ASSERT_LE(line.width, columns) << text;
      ASSERT_EQ(line.width, DisplayWidth(bytes)) << text;
    }
    ASSERT_EQ(squeeze(all), squeeze(text));
  }
}

TEST(WrapText, RandomBytesDoNoHarm) {
  std::mt19937 random(11);
  for (int round = 0; round < 2000; ++round) {
    std::string text(random() % 60, '\0');
    for (char& c : text) c = static_cast<char>(random());
    const std::string safe = SanitizeForTerminal(text);
    EXPECT_EQ(FindInvalidUtf8(safe), -1);
    for (char c : safe) {
      EXPECT_TRUE(static_cast<unsigned char>(c) >= 0x20 && c != 0x7F);
    }
    WrapText(text, 7);
  }
}

TEST(WrapText, FromSeveralThreads) {
  const std::vector<std::string> want = WrapText("中国和美国 well-known é", 6);
  std::vector<std::thread> threads;
  std::vector<int> bad(4, 0);
  for (size_t t = 0; t < bad.size(); ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 200; ++i) {
        if (WrapText("中国和美国 well-known é", 6) != want) ++bad[t];
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(bad, ::testing::Each(0));
}

TEST(TextWrapper, LongTextsStayCheap) {
  std::string text;
  for (int i = 0; i < 50'000; ++i) text += "中国，abc ";
  text += std::string(200'000, 'x');  // no place to break
  const auto start = std::chrono::steady_clock::now();
  EXPECT_GT(WrapText(SanitizeForTerminal(text), 40).size(), 10'000u);
  // Seconds would mean that it is no longer linear.
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

}  // namespace
}  // namespace narrdiff
