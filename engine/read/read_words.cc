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

std::string ShapeOf(std::string_view line) {
  std::string out;
  for (int32_t i = 0; i < static_cast<int32_t>(line.size());) {
    const char32_t c = NextCodePoint(line, i);
    if (IsSpace(c)) continue;
    if (IsDigit(c)) {
      if (out.empty() || out.back() != '#') out += '#';
    } else {
      AppendUtf8(IsUpper(c) ? c + ('a' - 'A') : c, out);
    }
  }
  return out;
}

void ReadWords::Insert(std::string word, WordSet& set) {
  kept_.push_back(std::move(word));
  set.insert(kept_.back());
}

ReadWords::ReadWords(const Lexicon& lexicon) {
  int month = 0;
  // One pass: the lexicon has thousands of entries, and few of them are word
  // lists.
  for (int32_t e = 0; e < lexicon.size(); ++e) {
    const LexiconEntry& entry = lexicon.entry(e);
    for (const std::string_view tag : entry.tags) {
      month += tag == "month";
      for (const std::string_view form : entry.en) AddForm(tag, form, month);
      for (const std::string_view form : entry.zh) AddForm(tag, form, month);
    }
  }
}

void ReadWords::AddForm(std::string_view tag, std::string_view form, int month) {
  const bool ascii = IsAscii(form);
  if (tag == "label.question") {
    Insert(ToLower(form), question_);
    if (!ascii) question_zh_.push_back(form);
  } else if (tag == "label.answer") {
    Insert(ToLower(form), answer_);
    if (ascii) {
      Insert(ToLower(form), titles_);
    } else {
      answer_zh_.push_back(form);
    }
  } else if (tag == "abbreviation.title") {
    Insert(ToLower(form), titles_);
  } else if (tag == "furniture") {
    std::string lower = ToLower(form);
    while (EndsWith(lower, ":")) lower.pop_back();
    if (EndsWith(lower, "：")) lower.resize(lower.size() - std::string_view("：").size());
    Insert(std::move(lower), furniture_);
  } else if (tag == "page.number") {
    page_numbers_.insert(ShapeOf(form));
  } else if (tag == "starter") {
    Insert(ToLower(form), english_);
  } else if (tag == "header.office") {
    if (ascii) {
      Insert(ToLower(form), offices_);
      Insert(ToLower(form), titles_);
    } else {
      offices_zh_.push_back(form);
    }
  } else if (tag == "header.lead") {
    leads_.push_back(form);
  } else if (tag == "header.after_name") {
    after_name_.push_back(form);
  } else if (tag == "month") {
    if (ascii) months_.emplace(ToLower(form), month);
  } else if (tag == "html.furniture") {
    Insert(ToLower(form), html_furniture_);
  } else if (tag == "html.date") {
    Insert(ToLower(form), html_date_);
  } else if (tag == "html.negation") {
    Insert(ToLower(form), html_negation_);
  } else if (tag == "html.meta.title") {
    title_metas_.push_back(ToLower(form));
  } else if (tag == "html.meta.date") {
    date_metas_.push_back(ToLower(form));
  } else if (tag == "html.meta.author") {
    author_metas_.push_back(ToLower(form));
  } else if (StartsWith(tag, "party.")) {
    hints_.push_back({form, EndsWith(tag, ".US") ? std::string_view("US") : std::string_view("China"),
                      StartsWith(tag, "party.head.")});
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

bool ReadWords::IsBareAnswer(std::string_view name) const { return CountCodePoints(name) == 1 && IsAnswerLabel(name); }

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
