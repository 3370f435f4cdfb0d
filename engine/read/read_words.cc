// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/read_words.h"

#include <utility>

#include "engine/base/utf8.h"
#include "engine/read/ascii_text.h"

namespace narrdiff {
namespace {

bool IsAscii(std::string_view s) {
  for (const char c : s) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

}  // namespace

void ReadWords::Insert(std::string word, WordSet& set) {
  kept_.push_back(std::move(word));
  set.insert(kept_.back());
}

ReadWords::ReadWords(const Lexicon& lexicon) {
  for (const std::string_view form : lexicon.Tagged("label.question")) {
    Insert(ToLower(form), question_);
    if (!IsAscii(form)) question_zh_.push_back(form);
  }
  for (const std::string_view form : lexicon.Tagged("label.answer")) {
    Insert(ToLower(form), answer_);
    if (IsAscii(form)) {
      Insert(ToLower(form), titles_);
    } else {
      answer_zh_.push_back(form);
    }
  }
  for (const std::string_view form : lexicon.Tagged("abbreviation.title")) Insert(ToLower(form), titles_);
  for (const std::string_view form : lexicon.Tagged("furniture")) {
    std::string lower = ToLower(form);
    while (EndsWith(lower, ":")) lower.pop_back();
    if (EndsWith(lower, "：")) lower.resize(lower.size() - std::string_view("：").size());
    Insert(std::move(lower), furniture_);
  }
  for (const std::string_view form : lexicon.Tagged("starter")) Insert(ToLower(form), english_);
  for (const std::string_view form : lexicon.Tagged("header.office")) {
    if (IsAscii(form)) {
      Insert(ToLower(form), offices_);
      Insert(ToLower(form), titles_);
    } else {
      offices_zh_.push_back(form);
    }
  }
  leads_ = lexicon.Tagged("header.lead");
  after_name_ = lexicon.Tagged("header.after_name");
  int month = 0;
  for (int32_t e = 0; e < lexicon.size(); ++e) {
    const LexiconEntry& entry = lexicon.entry(e);
    for (const std::string_view tag : entry.tags) {
      if (tag == "month") {
        ++month;
        for (const std::string_view form : entry.en) months_.emplace(ToLower(form), month);
      } else if (StartsWith(tag, "party.")) {
        const bool in_head = StartsWith(tag, "party.head.");
        const std::string_view party = EndsWith(tag, ".US") ? "US" : "China";
        for (const std::string_view form : entry.en) hints_.push_back({form, party, in_head});
        for (const std::string_view form : entry.zh) hints_.push_back({form, party, in_head});
      }
    }
  }
}

bool ReadWords::IsQuestionLabel(std::string_view name) const {
  if (question_.count(ToLower(name)) > 0) return true;
  for (const std::string_view form : question_zh_) {
    if (form.size() <= 3) continue;
    // 新华社记者, and 记者笑 with a word about the manner.
    if (EndsWith(name, form) || (StartsWith(name, form) && name.size() <= form.size() + 3)) return true;
  }
  return false;
}

bool ReadWords::IsAnswerLabel(std::string_view name) const {
  if (answer_.count(ToLower(name)) > 0) return true;
  for (const std::string_view form : answer_zh_) {
    if (form.size() > 3 && (EndsWith(name, form) || StartsWith(name, form))) return true;
  }
  return false;
}

bool ReadWords::IsBareAnswer(std::string_view name) const {
  return CountCodePoints(name) == 1 && IsAnswerLabel(name);
}

bool ReadWords::IsTitleWord(std::string_view word) const {
  if (EndsWith(word, ".")) word.remove_suffix(1);
  return titles_.count(ToLower(word)) > 0;
}

bool ReadWords::IsFurniture(std::string_view phrase) const { return furniture_.count(ToLower(phrase)) > 0; }

bool ReadWords::IsOffice(std::string_view word) const { return offices_.count(ToLower(word)) > 0; }

int ReadWords::MonthOf(std::string_view word) const {
  if (EndsWith(word, ".")) word.remove_suffix(1);
  const auto it = months_.find(ToLower(word));
  return it == months_.end() ? 0 : it->second;
}

}  // namespace narrdiff
