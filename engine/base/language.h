// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The languages that the rungs tell apart, and their BCP 47 names.
#ifndef NARRDIFF_ENGINE_BASE_LANGUAGE_H_
#define NARRDIFF_ENGINE_BASE_LANGUAGE_H_

#include <string_view>

namespace narrdiff {

enum class Language {
  kUnknown,             // "und": treated as English by every rule of wording, with no stemming
  kEnglish,             // "en"
  kChinese,             // "zh-Hans" or "zh" without a script known
  kChineseTraditional,  // "zh-Hant"
  kOther,               // any other language written with spaces: words are folded, not stemmed
};

constexpr bool IsChinese(Language language) {
  return language == Language::kChinese || language == Language::kChineseTraditional;
}

constexpr std::string_view LanguageTag(Language language) {
  switch (language) {
    case Language::kEnglish:
      return "en";
    case Language::kChinese:
      return "zh-Hans";
    case Language::kChineseTraditional:
      return "zh-Hant";
    case Language::kOther:
      return "mul";
    case Language::kUnknown:
      break;
  }
  return "und";
}

// "en", "en-US", "zh", "zh-Hans", "zh-CN", "zh-Hant", "zh-TW", "zh-HK"; letter case is ignored. Any other well-formed
// tag gives kOther, an empty one kUnknown.
constexpr Language LanguageFromTag(std::string_view tag) {
  auto starts = [&](std::string_view want) {
    if (tag.size() < want.size()) return false;
    for (size_t i = 0; i < want.size(); ++i) {
      const char c = tag[i] >= 'A' && tag[i] <= 'Z' ? static_cast<char>(tag[i] - 'A' + 'a') : tag[i];
      if (c != want[i]) return false;
    }
    return tag.size() == want.size() || tag[want.size()] == '-';
  };
  if (tag.empty() || starts("und")) return Language::kUnknown;
  if (starts("en")) return Language::kEnglish;
  if (starts("zh-hant") || starts("zh-tw") || starts("zh-hk") || starts("zh-mo")) return Language::kChineseTraditional;
  if (starts("zh") || starts("cmn")) return Language::kChinese;
  return Language::kOther;
}

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_BASE_LANGUAGE_H_
