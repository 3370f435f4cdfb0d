// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/decode_text.h"

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "engine/base/utf8.h"
#include "gtest/gtest.h"
#include "unicode/ucnv.h"

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
      {});
  ASSERT_TRUE(decoded.ok()) << decoded.status();
  EXPECT_EQ(decoded->text, "a");
  EXPECT_EQ(decoded->encoding.name, "UTF-16LE");
  EXPECT_EQ(decoded->offsets.ToOriginal(0), 2);
}

TEST(DecodeText, Utf8KeepsTextAndDropsTheMark) {
  const auto plain = DecodeText("中方 a\r\n", {});
  ASSERT_TRUE(plain.ok());
  EXPECT_EQ(plain->text, "中方 a\r\n");
  EXPECT_EQ(plain->offsets.ToOriginal(7), 7);
  const auto marked = DecodeText("\xEF\xBB\xBF中方", {});
  ASSERT_TRUE(marked.ok());
  EXPECT_EQ(marked->text, "中方");
  EXPECT_EQ(marked->encoding.name, "UTF-8");
  EXPECT_EQ(marked->offsets.ToOriginal(3), 6);
}

// `text` in the encoding that ICU calls `name`.
std::string Encode(const std::string& text, const char* name) {
  std::string out(text.size() * 4 + 16, '\0');
  UErrorCode error = U_ZERO_ERROR;
  const int32_t length = ucnv_convert(name, "UTF-8", out.data(), static_cast<int32_t>(out.size()), text.data(),
                                      static_cast<int32_t>(text.size()), &error);
  EXPECT_TRUE(U_SUCCESS(error)) << name;
  out.resize(static_cast<size_t>(length));
  return out;
}

// Every code point leads to its own bytes: what stands between two places is
// that code point's encoding.
void ExpectOffsets(const DecodedText& decoded, std::string_view bytes) {
  const auto n = static_cast<int32_t>(decoded.text.size());
  const char* converter = decoded.encoding.name == "Big5" ? "Big5-HKSCS" : decoded.encoding.name.c_str();
  for (int32_t i = 0; i < n;) {
    const int32_t begin = i;
    NextCodePoint(decoded.text, i);
    const int64_t from = decoded.offsets.ToOriginal(begin), to = decoded.offsets.ToOriginal(i);
    ASSERT_LT(from, to) << begin;
    const auto character = decoded.text.substr(static_cast<size_t>(begin), static_cast<size_t>(i - begin));
    ASSERT_EQ(bytes.substr(static_cast<size_t>(from), static_cast<size_t>(to - from)), Encode(character, converter))
        << begin << " " << character;
  }
  EXPECT_EQ(decoded.offsets.ToOriginal(n), static_cast<int64_t>(bytes.size()));
}

TEST(DecodeText, Utf16InEveryForm) {
  const std::u16string text = u"Talks: 中方 é 😀 end.\n";
  for (const bool big : {false, true}) {
    for (const bool mark : {false, true}) {
      const std::string bytes = Utf16(text, big, mark);
      const auto decoded = DecodeText(bytes, {});
      ASSERT_TRUE(decoded.ok()) << decoded.status();
      EXPECT_EQ(decoded->text, "Talks: 中方 é 😀 end.\n");
      EXPECT_EQ(decoded->encoding.name, big ? "UTF-16BE" : "UTF-16LE");
      EXPECT_EQ(decoded->encoding.source, mark ? Encoding::Source::kMark : Encoding::Source::kGuessed);
      ExpectOffsets(*decoded, bytes);
    }
  }
}

// Longer than the pieces that are converted at a time, so that characters lie
// across their ends.
const std::string& LongChinese() {
  static const std::string* const text = [] {
    auto* out = new std::string;
    for (int i = 0; i < 400; ++i) {
      *out += "中方对此表示强烈不满和坚决反对，已向美方提出严正交涉。No. " + std::to_string(i) + "\r\n";
    }
    return out;
  }();
  return *text;
}
constexpr std::string_view kTraditional =
    "發言人說，中方對此表示強烈不滿和堅決反對，已經向美方提出嚴正交涉，要求美方立即糾正錯誤。";
constexpr std::string_view kWestern = "Mr. Núñez said: “We don’t accept it – not now.” Café talks cost £5.\n";

TEST(DecodeText, EveryEncoding) {
  const struct Case {
    const char* name;
    std::string text;
    const char* encoding;  // as ICU writes it
    const char* wanted;    // as we call it; empty: must be named
  } kCases[] = {
      {"GB18030", LongChinese(), "GB18030", "GB18030"},
      {"GBK", LongChinese(), "GBK", "GB18030"},
      {"a dozen characters of GBK", "中方坚决反对美方的无理指责。", "GBK", "GB18030"},
      {"GB18030 of four bytes", LongChinese() + "😀𠮷", "GB18030", "GB18030"},
      {"Big5", std::string(kTraditional), "Big5", "Big5"},
      {"Big5 of Hong Kong", std::string(kTraditional) + "啫喱", "Big5-HKSCS", "Big5"},
      {"windows-1252", std::string(kWestern), "windows-1252", "windows-1252"},
      {"UTF-32LE", LongChinese(), "UTF-32LE", "UTF-32LE"},
      {"UTF-32BE", std::string(kWestern), "UTF-32BE", "UTF-32BE"},
  };
  for (const Case& c : kCases) {
    const std::string bytes = Encode(c.text, c.encoding);
    for (const bool named : {false, true}) {
      DecodeOptions options;
      if (named) options.encoding = c.encoding;
      const auto decoded = DecodeText(bytes, options);
      ASSERT_TRUE(decoded.ok()) << c.name << ": " << decoded.status();
      EXPECT_EQ(decoded->text, c.text) << c.name;
      EXPECT_EQ(decoded->encoding.name, c.wanted) << c.name;
      EXPECT_EQ(decoded->encoding.source, named ? Encoding::Source::kNamed : Encoding::Source::kGuessed) << c.name;
      ExpectOffsets(*decoded, bytes);
    }
  }
}

TEST(DecodeText, ByteOrderMarks) {
  for (const char* encoding : {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"}) {
    const std::string bytes = Encode("\uFEFF中方 a", encoding);
    for (const char* named : {"", encoding}) {
      DecodeOptions options;
      options.encoding = named;
      const auto decoded = DecodeText(bytes, options);
      ASSERT_TRUE(decoded.ok()) << encoding << ": " << decoded.status();
      EXPECT_EQ(decoded->text, "中方 a") << encoding;
      EXPECT_EQ(decoded->encoding.name, encoding);
      ExpectOffsets(*decoded, bytes);
    }
  }
}

TEST(DecodeText, DeclarationsAreAskedLast) {
  DecodeOptions options;
  options.declared = "gb2312";
  // Saved anew in UTF-8; the declaration was left.
  EXPECT_EQ(DecodeText("中方", options)->encoding.name, "UTF-8");
  // Too short for a guess.
  const auto declared = DecodeText("\xD6\xD0\xB7\xBD", options);
  ASSERT_TRUE(declared.ok()) << declared.status();
  EXPECT_EQ(declared->text, "中方");
  EXPECT_EQ(declared->encoding.source, Encoding::Source::kDeclared);
  options.declared = "no-such-encoding";
  EXPECT_EQ(DecodeText("a", options)->encoding.name, "UTF-8");
}

TEST(DecodeText, NamesOfEncodings) {
  EXPECT_EQ(CanonicalEncoding("gbk"), "GB18030");
  EXPECT_EQ(CanonicalEncoding(" GB_2312-80 "), "GB18030");
  EXPECT_EQ(CanonicalEncoding("big5-hkscs"), "Big5");
  EXPECT_EQ(CanonicalEncoding("cp950"), "Big5");
  EXPECT_EQ(CanonicalEncoding("latin1"), "windows-1252");
  EXPECT_EQ(CanonicalEncoding("utf8"), "UTF-8");
  EXPECT_EQ(CanonicalEncoding("nonsense"), "");
  DecodeOptions options;
  options.encoding = "nonsense";
  const auto decoded = DecodeText("a", options);
  EXPECT_EQ(decoded.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_NE(std::string(decoded.status().message()).find("no encoding is called nonsense"), std::string::npos);
}

TEST(DecodeText, Refusals) {
  const struct Case {
    const char* name;
    std::string bytes;
    const char* wanted;  // part of the message
  } kCases[] = {
      {"nothing known", "one\ntwo \x81\x8D\x9D", "invalid UTF-8 at byte 8 (line 2)"},
      {"damaged UTF-8", "中方坚决反对\xE4\xB8\n", "invalid UTF-8 at byte 18 (line 1)"},
      {"damaged GBK",
       "\xD6\xD0\xB7\xBD\xBC\xE1\xBE\xF6\xB7\xB4\xB6\xD4\xC3\xC0\xB7\xBD\xB5\xC4\xCE\xDE\xC0\xED\xD6\xB8\xD4\xF0\n\xFF"
       "\xFF",
       "invalid GB18030 at byte 27 (line 2)"},
      {"GBK cut short", Encode(LongChinese(), "GBK") + "\xD4", ", perhaps cut short"},
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
       "invalid UTF-16LE at byte 4"},
      {"lone trail surrogate", "\xFE\xFF\xDC\x00\0a"s, "invalid UTF-16BE at byte 2"},
      {"odd UTF-16",
       "\xFF\xFE"
       "a\0b"s,
       "invalid UTF-16LE at byte 4 (line 1), perhaps cut short"},
      {"UTF-32 beyond Unicode", "\xFF\xFE\0\0a\0\0\0\0\0\x12\0"s, "invalid UTF-32LE at byte 8"},
  };
  for (const Case& c : kCases) {
    const auto decoded = DecodeText(c.bytes, {});
    ASSERT_FALSE(decoded.ok()) << c.name;
    EXPECT_EQ(decoded.status().code(), absl::StatusCode::kInvalidArgument) << c.name;
    EXPECT_NE(std::string(decoded.status().message()).find(c.wanted), std::string::npos)
        << c.name << ": " << decoded.status();
  }
}

TEST(DecodeText, LimitIsNamed) {
  DecodeOptions options;
  options.limits.max_input_bytes = 4;
  EXPECT_TRUE(DecodeText("1234", options).ok());
  const auto decoded = DecodeText("12345", options);
  EXPECT_EQ(decoded.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_NE(std::string(decoded.status().message()).find("max_input_bytes = 4"), std::string::npos);
}

}  // namespace
}  // namespace narrdiff
