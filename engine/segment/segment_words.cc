// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/segment/segment_words.h"

namespace narrdiff {

SegmentWords::SegmentWords(const Lexicon& lexicon) {
  static constexpr struct {
    std::string_view tag;
    WordClass bit;
  } kTags[] = {
      {"abbreviation.title", kTitleWord},   {"abbreviation.may_end", kMayEnd}, {"abbreviation.before_digit", kBeforeDigit},
      {"abbreviation.inner", kInnerWord},   {"starter", kStarter},             {"starter.weak", kWeakStarter},
      {"said", kSaid},                      {"weekday", kTimeWord},            {"month", kTimeWord},
      {"time.zone", kTimeWord},
  };
  for (const auto& [tag, bit] : kTags) {
    for (const std::string_view form : lexicon.Tagged(tag)) classes_[form] |= bit;
  }
  said_zh_ = lexicon.Tagged("said.zh");
  binds_zh_ = lexicon.Tagged("quote.binds");
  starters_zh_ = lexicon.Tagged("starter.zh");
}

}  // namespace narrdiff
