// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/segment/segment_words.h"

namespace narrdiff {

SegmentWords::SegmentWords(const Lexicon& lexicon) {
  static constexpr struct {
    std::string_view tag;
    WordClass bit;
  } kTags[] = {
      {"abbreviation.title", kTitleWord},
      {"abbreviation.may_end", kMayEnd},
      {"abbreviation.before_digit", kBeforeDigit},
      {"abbreviation.inner", kInnerWord},
      {"starter", kStarter},
      {"starter.weak", kWeakStarter},
      {"said", kSaid},
      {"weekday", kTimeWord},
      {"month", kTimeWord},
      {"time.zone", kTimeWord},
  };
  for (int32_t e = 0; e < lexicon.size(); ++e) {
    const LexiconEntry& entry = lexicon.entry(e);
    for (const std::string_view tag : entry.tags) {
      for (const auto& [name, bit] : kTags) {
        if (tag != name) continue;
        for (const std::string_view form : entry.en) classes_[form] |= bit;
      }
      std::vector<std::string_view>* list = tag == "said.zh"       ? &said_zh_
                                            : tag == "quote.binds" ? &binds_zh_
                                            : tag == "starter.zh"  ? &starters_zh_
                                                                   : nullptr;
      if (list != nullptr) list->insert(list->end(), entry.zh.begin(), entry.zh.end());
    }
  }
}

}  // namespace narrdiff
