// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/segment/segment_words.h"

#include <algorithm>

namespace narrdiff {
namespace {

constexpr size_t kHeadKey = 3;  // bytes by which heads are found
constexpr std::string_view kHeadTag = "enumeration.";

// 2 for "enumeration.2", 255 for "enumeration.last"; 0 for other tags.
int OrdinalOf(std::string_view tag) {
  if (tag.substr(0, kHeadTag.size()) != kHeadTag) return 0;
  tag.remove_prefix(kHeadTag.size());
  if (tag == "last") return kLastOfEnumeration;
  int ordinal = 0;
  for (const char c : tag) {
    if (c < '0' || c > '9' || ordinal > 9) return 0;
    ordinal = ordinal * 10 + (c - '0');
  }
  return ordinal;
}

}  // namespace

SegmentWords::SegmentWords(const Lexicon& lexicon) {
  static constexpr struct {
    std::string_view tag;
    SegmentWordClass bit;
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
      {"enumeration.subject", kHeadSubject},
  };
  for (int32_t e = 0; e < lexicon.size(); ++e) {
    const LexiconEntry& entry = lexicon.entry(e);
    for (const std::string_view tag : entry.tags) {
      for (const auto& [name, bit] : kTags) {
        if (tag != name) continue;
        for (const std::string_view form : entry.en) classes_[form] |= bit;
      }
      if (const int ordinal = OrdinalOf(tag); ordinal != 0) AddHeads(entry, ordinal);
      std::vector<std::string_view>* list = tag == "said.zh"       ? &said_zh_
                                            : tag == "quote.binds" ? &binds_zh_
                                            : tag == "starter.zh"  ? &starters_zh_
                                                                   : nullptr;
      if (tag == "stage") {
        stage_.insert(stage_.end(), entry.en.begin(), entry.en.end());
        stage_.insert(stage_.end(), entry.zh.begin(), entry.zh.end());
      }
      if (list != nullptr) list->insert(list->end(), entry.zh.begin(), entry.zh.end());
    }
  }
  std::sort(heads_.begin(), heads_.end(),
            [](const EnumerationHead& a, const EnumerationHead& b) { return a.form < b.form; });
}

absl::Span<const EnumerationHead> SegmentWords::HeadsLike(std::string_view text) const {
  if (text.size() < kHeadKey || !head_bytes_[static_cast<unsigned char>(text[0])]) return {};
  const std::string_view key = text.substr(0, kHeadKey);
  struct ByKey {
    bool operator()(const EnumerationHead& head, std::string_view key) const {
      return head.form.substr(0, kHeadKey) < key;
    }
    bool operator()(std::string_view key, const EnumerationHead& head) const {
      return key < head.form.substr(0, kHeadKey);
    }
  };
  const auto [first, last] = std::equal_range(heads_.begin(), heads_.end(), key, ByKey());
  return absl::MakeConstSpan(heads_).subspan(static_cast<size_t>(first - heads_.begin()),
                                             static_cast<size_t>(last - first));
}

bool SegmentWords::BeginsStageDirection(std::string_view text) const {
  for (const std::string_view form : stage_) {
    if (text.substr(0, form.size()) == form) return true;
  }
  return false;
}

void SegmentWords::AddHeads(const LexiconEntry& entry, int ordinal) {
  bool sure = false;
  for (const std::string_view tag : entry.tags) sure = sure || tag == "enumeration.sure";
  for (const auto* forms : {&entry.en, &entry.zh}) {
    for (const std::string_view form : *forms) {
      if (form.size() < kHeadKey) continue;
      heads_.push_back({form, static_cast<uint8_t>(ordinal), sure});
      head_bytes_.set(static_cast<unsigned char>(form[0]));
    }
  }
}

}  // namespace narrdiff
