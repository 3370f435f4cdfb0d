// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/decode_text.h"

#include <string>

#include "absl/status/status.h"
#include "engine/base/utf8.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

using std::string_literals::operator""s;

// `text` in UTF-16, little or big end first, with or without a byte order mark.
std::string Utf16(std::u16string_view text, bool big, bool mark) {
  std::string out;
  auto add = [&](char16_t u) {
    const char low = static_cast<char>(u & 0xFF), high = static_cast<char>(u >> 8);
    out += big ? high : low;
    out += big ? low : high;
  };
  if (mark) add(0xFEFF);
  for (const char16_t u : text) add(u);
  return out;
}

TEST(DecodeText, ApiExamples) {
  const auto decoded = DecodeText(
      "\xFF\xFE"
      "a\0"s,
      Limits());
  ASSERT_TRUE(decoded.ok()) << decoded.status();
  EXPECT_EQ(decoded->text, "a");
  EXPECT_EQ(decoded->encoding, "UTF-16LE");
  EXPECT_EQ(decoded->offsets.ToOriginal(0), 2);
}

TEST(DecodeText, Utf8KeepsTextAndDropsTheMark) {
  const auto plain = DecodeText("中方 a\r\n", Limits());
  ASSERT_TRUE(plain.ok());
  EXPECT_EQ(plain->text, "中方 a\r\n");
  EXPECT_EQ(plain->offsets.ToOriginal(7), 7);
  const auto marked = DecodeText("\xEF\xBB\xBF中方", Limits());
  ASSERT_TRUE(marked.ok());
  EXPECT_EQ(marked->text, "中方");
  EXPECT_EQ(marked->encoding, "UTF-8");
  EXPECT_EQ(marked->offsets.ToOriginal(3), 6);
}

TEST(DecodeText, Utf16InEveryForm) {
  const std::u16string text = u"Talks: 中方 é 😀 end.\n";
  for (const bool big : {false, true}) {
    for (const bool mark : {false, true}) {
      const auto decoded = DecodeText(Utf16(text, big, mark), Limits());
      ASSERT_TRUE(decoded.ok()) << decoded.status();
      EXPECT_EQ(decoded->text, "Talks: 中方 é 😀 end.\n");
      EXPECT_EQ(decoded->encoding, big ? "UTF-16BE" : "UTF-16LE");
      EXPECT_EQ(decoded->guessed, !mark);
      // Each code point leads to its own two or four bytes.
      int64_t original = mark ? 2 : 0;
      for (int32_t i = 0; i < static_cast<int32_t>(decoded->text.size());) {
        EXPECT_EQ(decoded->offsets.ToOriginal(i), original) << i;
        original += NextCodePoint(decoded->text, i) > 0xFFFF ? 4 : 2;
      }
      EXPECT_EQ(decoded->offsets.ToOriginal(static_cast<int64_t>(decoded->text.size())), original);
    }
  }
}

TEST(DecodeText, Refusals) {
  const struct Case {
    const char* name;
    std::string bytes;
    const char* wanted;  // part of the message
  } kCases[] = {
      {"latin quotes", "one\ntwo \x93quoted\x94", "invalid UTF-8 at byte 8 (line 2)"},
      {"cut short", "ab\xE4\xB8", "invalid UTF-8 at byte 2 (line 1)"},
      {"overlong", "a\xC0\xAF", "invalid UTF-8 at byte 1"},
      {"surrogate in UTF-8", "a\xED\xA0\x80", "invalid UTF-8 at byte 1"},
      {"after a mark",
       "\xEF\xBB\xBF"
       "a\xFF",
       "invalid UTF-8 at byte 4"},
      {"NUL", "abc\n\0def"s, "NUL character at byte 4 (line 2)"},
      {"PNG", "\x89PNG\r\n\x1A\n\0\0"s, "PNG image"},
      {"PDF", "%PDF-1.7\n", "PDF file"},
      {"ZIP", "PK\x03\x04rest", "ZIP archive"},
      {"lone lead surrogate",
       "\xFF\xFE"
       "a\0\x3D\xD8"
       "b\0"s,
       "unpaired surrogate at byte 4"},
      {"lone trail surrogate", "\xFE\xFF\xDC\x00\0a"s, "unpaired surrogate at byte 2"},
      {"odd UTF-16",
       "\xFF\xFE"
       "a\0b"s,
       "middle of a character at byte 4"},
      {"UTF-32", "\xFF\xFE\0\0a\0\0\0"s, "UTF-32"},
  };
  for (const Case& c : kCases) {
    const auto decoded = DecodeText(c.bytes, Limits());
    ASSERT_FALSE(decoded.ok()) << c.name;
    EXPECT_EQ(decoded.status().code(), absl::StatusCode::kInvalidArgument) << c.name;
    EXPECT_NE(std::string(decoded.status().message()).find(c.wanted), std::string::npos)
        << c.name << ": " << decoded.status();
  }
}

TEST(DecodeText, LimitIsNamed) {
  Limits limits;
  limits.max_input_bytes = 4;
  EXPECT_TRUE(DecodeText("1234", limits).ok());
  const auto decoded = DecodeText("12345", limits);
  EXPECT_EQ(decoded.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_NE(std::string(decoded.status().message()).find("max_input_bytes = 4"), std::string::npos);
}

}  // namespace
}  // namespace narrdiff
