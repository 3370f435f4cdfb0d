// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/guess_language.h"

#include <algorithm>

#include "cld2/public/compact_lang_det.h"
#include "engine/base/han_tables.h"
#include "engine/base/utf8.h"

namespace narrdiff {
namespace {

constexpr size_t kLongestWord = 24;
// Half of the words of ordinary English text are function words; of related
// languages, a twentieth looks like them.
constexpr int64_t kEnglishPerHundredWords = 15;
constexpr int64_t kTraditionalPerHundredHan = 8;
// Fewer letters than this say too little by themselves.
constexpr int64_t kEnoughHan = 20, kFewWords = 8;
// A heading full of names is no French amid English text.
constexpr int64_t kWordsAgainstDocument = 12;
constexpr size_t kDetectedBytes = 1024;

bool IsEnglish(const LetterCounts& c) { return c.english * 100 >= c.words * kEnglishPerHundredWords && c.english > 0; }
bool IsTraditional(const LetterCounts& c) {
  return c.traditional * 100 >= c.han * kTraditionalPerHundredHan && c.traditional > 0;
}

GuessedLanguage Known(Language language) { return {language, LanguageTag(language)}; }
GuessedLanguage Other(std::string_view tag) {
  return {Language::kOther, tag.empty() ? LanguageTag(Language::kOther) : tag};
}

// BCP 47, or empty where CLD2 is not sure.
std::string_view DetectTag(std::string_view text) {
  CLD2::Language best[3];
  int percent[3], text_bytes = 0;
  bool reliable = false;
  const auto n = static_cast<int>(std::min(text.size(), kDetectedBytes));
  const CLD2::Language language =
      CLD2::ExtDetectLanguageSummary(text.data(), n, true, best, percent, &text_bytes, &reliable);
  return reliable && language != CLD2::UNKNOWN_LANGUAGE ? CLD2::LanguageCode(language) : "";
}

}  // namespace

LetterCounts LetterCounts::Of(std::string_view s, const ReadWords& words) {
  LetterCounts out;
  const auto n = static_cast<int32_t>(s.size());
  char word[kLongestWord];
  for (int32_t i = 0; i < n;) {
    const auto byte = static_cast<unsigned char>(s[static_cast<size_t>(i)]);
    if (byte < 0x80) {
      size_t length = 0;
      while (i < n) {
        const auto lower = static_cast<char>(s[static_cast<size_t>(i)] | 0x20);
        if (lower < 'a' || lower > 'z') break;
        if (length < kLongestWord) word[length] = lower;
        ++length;
        ++i;
      }
      if (length == 0) {
        ++i;
        continue;
      }
      out.latin += static_cast<int64_t>(length);
      ++out.words;
      if (length < kLongestWord && words.IsEnglishWord(std::string_view(word, length))) ++out.english;
      continue;
    }
    const char32_t c = NextCodePoint(s, i);
    if (IsHan(c)) {
      ++out.han;
      if (ToSimplified(c) != c) ++out.traditional;
    } else if (c >= 0x3041 && c <= 0x30FF && c != 0x30FB && c != 0x30FC) {
      ++out.kana;
    } else if ((c >= 0xC0 && c < 0x250) || (c >= 0x1E00 && c < 0x1F00)) {
      ++out.latin;
    } else if ((c >= 0x250 && c < 0x2000) || (c >= 0xAC00 && c < 0xD7B0) || (c >= 0x2C00 && c < 0x2E00)) {
      ++out.other;
    }
  }
  return out;
}

void LetterCounts::Add(const LetterCounts& o) {
  han += o.han;
  traditional += o.traditional;
  kana += o.kana;
  latin += o.latin;
  other += o.other;
  words += o.words;
  english += o.english;
}

GuessedLanguage GuessLanguage(std::string_view text, const LetterCounts& counts, const LetterCounts& total) {
  // A Han character is worth about three Latin letters.
  const int64_t latin = counts.latin, han = counts.han * 3, other = (counts.other + counts.kana) * 2;
  if (latin + han + other == 0) return Known(Language::kUnknown);
  if (other > latin && other > han) return Other(DetectTag(text));
  if (han * 2 >= latin) {
    if (counts.kana * 10 > counts.han) return Other(DetectTag(text));
    const bool traditional = counts.han >= kEnoughHan ? IsTraditional(counts) : IsTraditional(total);
    return Known(traditional ? Language::kChineseTraditional : Language::kChinese);
  }
  if (IsEnglish(counts)) return Known(Language::kEnglish);
  const bool english_around = IsEnglish(total);
  if (counts.words >= (english_around ? kWordsAgainstDocument : kFewWords)) {
    const std::string_view tag = DetectTag(text);
    if (tag == "en") return Known(Language::kEnglish);
    if (!tag.empty()) return Other(tag);
  }
  if (english_around) return Known(Language::kEnglish);
  // A few words without a function word, alone: a heading of who knows what
  // language.
  return counts.words < kFewWords && total.words < kFewWords ? Known(Language::kUnknown) : Other("");
}

}  // namespace narrdiff
