// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/html_tokens.h"

#include <algorithm>
#include <iterator>

#include "engine/read/ascii_text.h"

namespace narrdiff {
namespace {

constexpr size_t kNone = std::string_view::npos;
constexpr size_t kLongestName = 32;
// Elements whose content is no mark-up.
constexpr std::string_view kRawElements[] = {"script", "style", "title", "textarea", "iframe", "noembed", "noframes"};
// Of these, the content is lost with the end tag: it is code.
constexpr size_t kCodeElements = 2;

constexpr bool IsHtmlSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

constexpr char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

size_t SkipSpace(std::string_view s, size_t i) {
  while (i < s.size() && IsHtmlSpace(s[i])) ++i;
  return i;
}

// Reads the attribute at `i` of a tag; returns the byte after it. Stands still
// at ">" and at the end.
size_t ReadAttribute(std::string_view s, size_t i, HtmlAttribute& attribute) {
  attribute = {};
  while (i < s.size() && (IsHtmlSpace(s[i]) || s[i] == '/')) ++i;
  if (i == s.size() || s[i] == '>') return i;
  const size_t name = i++;  // a "=" at the start is part of the name
  while (i < s.size() && !IsHtmlSpace(s[i]) && s[i] != '/' && s[i] != '>' && s[i] != '=') ++i;
  attribute.name = s.substr(name, i - name);
  const size_t equals = SkipSpace(s, i);
  if (equals == s.size() || s[equals] != '=') return i;
  i = SkipSpace(s, equals + 1);
  if (i < s.size() && (s[i] == '"' || s[i] == '\'')) {
    const size_t close = s.find(s[i], i + 1);
    if (close != kNone) {
      attribute.value = s.substr(i + 1, close - i - 1);
      return close + 1;
    }
    ++i;  // a quote that is never closed: the value ends with the tag
    const size_t end = std::min(s.find('>', i), s.size());
    attribute.value = s.substr(i, end - i);
    return end;
  }
  const size_t value = i;
  while (i < s.size() && !IsHtmlSpace(s[i]) && s[i] != '>') ++i;
  attribute.value = s.substr(value, i - value);
  return i;
}

}  // namespace

bool EqualsIgnoreCase(std::string_view s, std::string_view lower) {
  return s.size() == lower.size() &&
         std::equal(s.begin(), s.end(), lower.begin(), [](char a, char b) { return Lower(a) == b; });
}

bool TakeHtmlAttribute(std::string_view& attributes, HtmlAttribute& attribute) {
  const size_t end = ReadAttribute(attributes, 0, attribute);
  // What follows a ">" inside, which only a broken tag has, is no attribute.
  attributes.remove_prefix(end);
  return !attribute.name.empty();
}

std::string_view FindHtmlAttribute(std::string_view attributes, std::string_view name, bool* found) {
  HtmlAttribute attribute;
  if (found != nullptr) *found = false;
  while (TakeHtmlAttribute(attributes, attribute)) {
    if (!EqualsIgnoreCase(attribute.name, name)) continue;
    if (found != nullptr) *found = true;
    return attribute.value;
  }
  return {};
}

HtmlScanner::HtmlScanner(std::string_view html) : html_(html), last_close_(html.rfind('>')) {}

// Whether mark-up starts at the "<" at `i`, and not text such as "a < b".
bool HtmlScanner::IsTagAt(size_t i) const {
  if (last_close_ == kNone || i > last_close_) return false;
  const char32_t next = ByteAt(html_, i + 1);
  return IsLetter(next) || next == '!' || next == '?' || (next == '/' && ByteAt(html_, i + 2) != 0);
}

bool HtmlScanner::Next(HtmlToken& token) {
  while (at_ < html_.size()) {
    if (html_[at_] == '<' && IsTagAt(at_)) {
      const char32_t next = ByteAt(html_, at_ + 1);
      token.begin = at_;
      token.has_raw = false;
      if (IsLetter(next)) {
        ReadStartTag(token);
      } else if (next == '/' && IsLetter(ByteAt(html_, at_ + 2))) {
        ReadEndTag(token);
      } else {
        at_ = SkipDeclaration(at_);
        continue;
      }
      token.end = at_;
      return true;
    }
    size_t end = at_ + 1;
    while (end < html_.size() && !(html_[end] == '<' && IsTagAt(end))) {
      end = std::min(html_.find('<', html_[end] == '<' ? end + 1 : end), html_.size());
    }
    token.kind = HtmlToken::Kind::kText;
    token.begin = at_;
    token.end = end;
    token.text = html_.substr(at_, end - at_);
    at_ = end;
    return true;
  }
  return false;
}

// The byte after the comment, declaration, instruction or "</ >" at `i`, before
// which a ">" is known to come.
size_t HtmlScanner::SkipDeclaration(size_t i) {
  if (StartsWith(html_.substr(i), "<!--")) {
    if (StartsWith(html_.substr(i + 4), ">")) return i + 5;
    if (StartsWith(html_.substr(i + 4), "->")) return i + 6;
    if (comments_end_) {
      const size_t close = html_.find("-->", i + 4);
      if (close != kNone) return close + 3;
      comments_end_ = false;
    }
  }
  return html_.find('>', i) + 1;
}

void HtmlScanner::ReadStartTag(HtmlToken& token) {
  token.kind = HtmlToken::Kind::kStart;
  size_t i = at_ + 1;
  while (i < html_.size() && !IsHtmlSpace(html_[i]) && html_[i] != '/' && html_[i] != '>') ++i;
  token.name = ToLower(html_.substr(at_ + 1, std::min(i - at_ - 1, kLongestName)));
  const size_t attributes = i;
  HtmlAttribute attribute;
  do {
    i = ReadAttribute(html_, i, attribute);
  } while (!attribute.name.empty());
  // The last ">" may have stood in a value.
  if (i == html_.size()) i = std::min(html_.find('>', attributes), html_.size());
  token.attributes = html_.substr(attributes, i - attributes);
  at_ = std::min(i + 1, html_.size());
  ReadRaw(token);
}

void HtmlScanner::ReadEndTag(HtmlToken& token) {
  token.kind = HtmlToken::Kind::kEnd;
  size_t i = at_ + 2;
  while (i < html_.size() && !IsHtmlSpace(html_[i]) && html_[i] != '/' && html_[i] != '>') ++i;
  token.name = ToLower(html_.substr(at_ + 2, std::min(i - at_ - 2, kLongestName)));
  at_ = html_.find('>', i) + 1;
}

// For an element whose content is no mark-up: takes the content and the end
// tag.
void HtmlScanner::ReadRaw(HtmlToken& token) {
  const auto* const raw = std::find(std::begin(kRawElements), std::end(kRawElements), token.name);
  if (raw == std::end(kRawElements)) return;
  const size_t index = static_cast<size_t>(raw - std::begin(kRawElements));
  token.has_raw = true;
  token.raw = {};
  if ((unclosed_raw_ >> index & 1) != 0) return;
  for (size_t i = html_.find("</", at_); i != kNone; i = html_.find("</", i + 2)) {
    const size_t after = i + 2 + token.name.size();
    if (!EqualsIgnoreCase(html_.substr(i + 2, token.name.size()), token.name)) continue;
    if (after < html_.size() && !IsHtmlSpace(html_[after]) && html_[after] != '/' && html_[after] != '>') continue;
    token.raw = html_.substr(at_, i - at_);
    const size_t close = html_.find('>', after);
    at_ = close == kNone ? html_.size() : close + 1;
    return;
  }
  unclosed_raw_ |= 1U << index;
  if (index < kCodeElements) at_ = html_.size();
}

}  // namespace narrdiff
