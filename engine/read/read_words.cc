// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/read_words.h"

#include <algorithm>
#include <utility>

#include "engine/base/utf8.h"
#include "engine/read/ascii_text.h"

namespace narrdiff {
namespace {

// 记者甲: so much may follow the word for a journalist.
constexpr size_t kMannerBytes = 3;
// 发言人沈若曦: so much may follow an office.
constexpr int kNameCharacters = 5;
// About as many forms as the longest lists have.
constexpr size_t kManyForms = 1024;
constexpr size_t kLongestBodyLine = 80;  // bytes

bool IsAscii(std::string_view s) {
  for (const char c : s) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

// "Q1", "Question 3", "记者2": without the number.
std::string_view WithoutNumber(std::string_view s) {
  const std::string_view whole = s;
  while (!s.empty() && IsDigit(static_cast<unsigned char>(s.back()))) s.remove_suffix(1);
  if (s.size() == whole.size() || s.size() + 3 < whole.size()) return whole;
  while (!s.empty() && (s.back() == ' ' || s.back() == '#' || s.back() == '.')) s.remove_suffix(1);
  return s.empty() ? whole : s;
}

// `s` ends with `form`; where that is of Latin letters, as a word of its own.
bool EndsWithForm(std::string_view s, std::string_view form) {
  if (!EndsWith(s, form)) return false;
  return !IsAscii(form) || s.size() == form.size() || s[s.size() - form.size() - 1] == ' ';
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

std::string_view ReadWords::Keep(std::string word) { return kept_.emplace_back(std::move(word)); }

ReadWords::ReadWords(const Lexicon& lexicon) {
  furniture_.reserve(kManyForms);
  labels_.reserve(kManyForms);
  english_.reserve(kManyForms);
  int month = 0;
  // One pass: the lexicon has thousands of entries, and few of them are word
  // lists.
  for (int32_t e = 0; e < lexicon.size(); ++e) {
    const LexiconEntry& entry = lexicon.entry(e);
    for (const std::string_view tag : entry.tags) {
      month += tag == "month";
      if (AddToList(tag, entry)) continue;
      for (const std::string_view form : entry.en) AddForm(tag, form, month);
      for (const std::string_view form : entry.zh) AddForm(tag, form, month);
    }
  }
  std::stable_sort(bodies_.begin(), bodies_.end(),
                   [](const Body& a, const Body& b) { return a.form.size() > b.form.size(); });
}

bool ReadWords::AddToList(std::string_view tag, const LexiconEntry& entry) {
  // The lists that are looked through form by form.
  static constexpr struct {
    std::string_view tag;
    Forms ReadWords::*list;
    bool lower;
  } kLists[] = {
      {"label.question.end", &ReadWords::question_ends_, true},
      {"label.answer.end", &ReadWords::answer_ends_, true},
      {"label.agency.end", &ReadWords::agency_ends_, true},
      {"label.manner", &ReadWords::manners_, true},
      {"transcript.end", &ReadWords::ends_, true},
      {"furniture.start", &ReadWords::starts_, true},
      {"furniture.caption", &ReadWords::captions_, true},
      {"furniture.end", &ReadWords::credits_, true},
      {"furniture.notice", &ReadWords::notices_, true},
      {"furniture.notice.word", &ReadWords::notice_words_, true},
      {"said.zh", &ReadWords::said_, false},
      {"header.body.start", &ReadWords::body_starts_, true},
      {"header.body.end", &ReadWords::body_ends_, true},
      {"header.lead", &ReadWords::leads_, false},
      {"header.intro", &ReadWords::intros_, false},
      {"signature.lead", &ReadWords::signatures_, false},
      {"header.after_name", &ReadWords::after_name_, false},
  };
  for (const auto& list : kLists) {
    if (list.tag != tag) continue;
    for (const auto& forms : {entry.en, entry.zh}) {
      for (const std::string_view form : forms) (this->*list.list).push_back(list.lower ? Keep(ToLower(form)) : form);
    }
    return true;
  }
  return false;
}

void ReadWords::AddForm(std::string_view tag, std::string_view form, int month) {
  if (tag == "label.question") {
    labels_.emplace(Keep(ToLower(form)), LabelKind::kQuestion);
  } else if (tag == "label.agency") {
    labels_.emplace(Keep(ToLower(form)), LabelKind::kAgency);
  } else if (tag == "label.never") {
    labels_.emplace(Keep(ToLower(form)), LabelKind::kNever);
  } else if (tag == "label.answer") {
    const std::string_view lower = Keep(ToLower(form));
    labels_.emplace(lower, LabelKind::kAnswer);
    if (IsAscii(form)) titles_.insert(lower);
  } else if (tag == "abbreviation.title") {
    titles_.insert(Keep(ToLower(form)));
  } else if (tag == "furniture") {
    std::string lower = ToLower(form);
    while (EndsWith(lower, ":")) lower.pop_back();
    if (EndsWith(lower, "：")) lower.resize(lower.size() - std::string_view("：").size());
    furniture_.insert(Keep(std::move(lower)));
  } else if (tag == "page.number") {
    page_numbers_.insert(ShapeOf(form));
  } else if (tag == "starter") {
    english_.insert(Keep(ToLower(form)));
  } else if (tag == "header.speech") {
    speech_.insert(form);
  } else if (tag == "header.office") {
    if (IsAscii(form)) {
      offices_.insert(Keep(ToLower(form)));
      titles_.insert(kept_.back());
    } else {
      offices_zh_.push_back(form);
    }
  } else if (tag == "header.office.part") {
    office_parts_.insert(Keep(ToLower(form)));
  } else if (tag == "month") {
    if (IsAscii(form)) months_.emplace(ToLower(form), month);
  } else if (tag == "header.type") {
    types_.insert(Keep(ToLower(form)));
  } else if (StartsWith(tag, "header.body.")) {
    body_lines_.insert(Keep(ToLower(form)));
    bodies_.push_back({form, tag.substr(tag.rfind('.') + 1)});
  } else if (tag == "html.furniture") {
    html_furniture_.insert(Keep(ToLower(form)));
  } else if (tag == "html.date") {
    html_date_.insert(Keep(ToLower(form)));
  } else if (tag == "html.negation") {
    html_negation_.insert(Keep(ToLower(form)));
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

LabelKind ReadWords::LabelOf(std::string_view name) const {
  const std::string lower = ToLower(WithoutNumber(name));
  if (const auto it = labels_.find(lower); it != labels_.end()) return it->second;
  // 发言人表示, 毛宁说: a clause that quotes, not a label.
  for (const std::string_view said : said_) {
    if (EndsWith(lower, said)) return LabelKind::kNever;
  }
  for (const std::string_view form : question_ends_) {
    // 新华社记者, and 记者甲.
    if (EndsWithForm(lower, form) ||
        (!IsAscii(form) && StartsWith(lower, form) && lower.size() <= form.size() + kMannerBytes))
      return LabelKind::kQuestion;
  }
  for (const std::string_view form : answer_ends_) {
    if (EndsWithForm(lower, form)) return LabelKind::kAnswer;
    const size_t at = IsAscii(form) ? std::string::npos : lower.find(form);
    if (at != std::string::npos && CountCodePoints(std::string_view(lower).substr(at + form.size())) <= kNameCharacters)
      return LabelKind::kAnswer;
  }
  for (const std::string_view form : agency_ends_) {
    if (lower.size() > form.size() && EndsWithForm(lower, form)) return LabelKind::kAgency;
  }
  return LabelKind::kNone;
}

bool ReadWords::IsBareAnswer(std::string_view name) const {
  return CountCodePoints(WithoutNumber(name)) == 1 && LabelOf(name) == LabelKind::kAnswer;
}

bool ReadWords::IsManner(std::string_view remark) const {
  const std::string lower = ToLower(remark);
  for (const std::string_view form : manners_) {
    const bool whole = !IsAscii(form) || lower.size() == form.size() ||
                       (lower.size() > form.size() && !IsAlnum(static_cast<unsigned char>(lower[form.size()])));
    if (StartsWith(lower, form) && whole) return true;
  }
  return false;
}

bool ReadWords::IsTitleWord(std::string_view word) const {
  if (EndsWith(word, ".")) word.remove_suffix(1);
  return titles_.count(ToLower(word)) > 0;
}

bool ReadWords::IsFurniture(std::string_view phrase) const { return furniture_.count(ToLower(phrase)) > 0; }

bool ReadWords::IsOffice(std::string_view word) const { return offices_.count(ToLower(word)) > 0; }

bool ReadWords::IsOfficePart(std::string_view word) const {
  const std::string lower = ToLower(word);
  return offices_.count(lower) > 0 || office_parts_.count(lower) > 0;
}

bool ReadWords::IsBodyLine(std::string_view line) const {
  if (line.size() > kLongestBodyLine) return false;
  std::string lower = ToLower(line);
  if (body_lines_.count(lower) > 0) return true;
  // A name, not a clause: capitals, and no marks.
  bool capitals = true, start = true;
  for (const char c : line) {
    if (c == ':' || c == ',' || c == ';' || c == '"' || c == '\'' || (c & 0x80) != 0) return false;
    capitals = capitals && !(start && c >= 'a' && c <= 'z');
    start = c == ' ';
  }
  for (const std::string_view form : body_starts_) {
    if (StartsWith(lower, form) && lower.size() > form.size() && lower[form.size()] == ' ') return true;
  }
  return capitals && std::any_of(body_ends_.begin(), body_ends_.end(),
                                 [&](std::string_view form) { return EndsWithForm(lower, form); });
}

int ReadWords::MonthOf(std::string_view word) const {
  if (EndsWith(word, ".")) word.remove_suffix(1);
  const auto it = months_.find(ToLower(word));
  return it == months_.end() ? 0 : it->second;
}

}  // namespace narrdiff
