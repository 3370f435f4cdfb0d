// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/html_entities.h"

#include <gumbo.h>

#include <algorithm>
#include <vector>

#include "engine/base/utf8.h"
#include "engine/read/ascii_text.h"

namespace narrdiff {
namespace {

constexpr size_t kLongestName = 34;                     // with & and ;
constexpr size_t kMostNames = 4096;                     // different ones in one page; there are 2,231
constexpr size_t kMostDigits = 9;                       // leading zeros allow for more, which nobody writes
constexpr std::string_view kMark = "\xF4\x8F\xBF\xBD";  // U+10FFFD, which no name stands for
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// What &#128; to &#159; mean: pages were written in windows-1252.
constexpr char32_t kWindows1252[32] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                       0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                       0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                       0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

// "&name" or "&name;" at the start of `text`, which starts with "&"; empty
// where no letter follows.
std::string_view NameAt(std::string_view text) {
  size_t end = 1;
  while (end < kLongestName && IsAlnum(ByteAt(text, end))) ++end;
  if (end == 1) return {};
  if (ByteAt(text, end) == ';') ++end;
  return text.substr(0, end);
}

std::string DecodeNumber(std::string_view text, size_t* length) {
  const bool hex = ByteAt(text, 2) == 'x' || ByteAt(text, 2) == 'X';
  size_t i = hex ? 3 : 2;
  const size_t first = i;
  uint64_t value = 0;
  for (; IsAlnum(ByteAt(text, i)); ++i) {
    const char32_t c = ByteAt(text, i) | 0x20;
    const bool letter = hex && c >= 'a' && c <= 'f';
    if (!letter && !IsDigit(ByteAt(text, i))) break;
    if (i - first <= kMostDigits) value = value * (hex ? 16 : 10) + (letter ? c - 'a' + 10 : ByteAt(text, i) - '0');
  }
  if (i == first) return {};
  *length = i + (ByteAt(text, i) == ';' ? 1 : 0);
  if (value >= 0x80 && value <= 0x9F) value = kWindows1252[value - 0x80];
  if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return std::string(kReplacement);
  std::string out;
  AppendUtf8(static_cast<char32_t>(value), out);
  return out;
}

// The text of the body that libgumbo makes of `source`, which has no tags in
// it.
std::string DecodeWithGumbo(const std::string& source) {
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  GumboOutput* const output = gumbo_parse_with_options(&options, source.data(), source.size());
  std::string text;
  const GumboVector& top = output->root->v.element.children;
  for (unsigned i = 0; i < top.length; ++i) {
    const auto* node = static_cast<const GumboNode*>(top.data[i]);
    if (node->type != GUMBO_NODE_ELEMENT || node->v.element.tag != GUMBO_TAG_BODY) continue;
    const GumboVector& body = node->v.element.children;
    for (unsigned k = 0; k < body.length; ++k) {
      const auto* child = static_cast<const GumboNode*>(body.data[k]);
      if (child->type == GUMBO_NODE_TEXT) text += child->v.text.text;
    }
  }
  gumbo_destroy_output(&options, output);
  return text;
}

}  // namespace

HtmlEntities::HtmlEntities(std::string_view html) {
  std::vector<std::string_view> order;
  for (size_t i = html.find('&'); i != std::string_view::npos; i = html.find('&', i + 1)) {
    const std::string_view name = NameAt(html.substr(i));
    if (name.empty() || names_.size() >= kMostNames) continue;
    if (names_.emplace(name, Meaning{}).second) order.push_back(name);
  }
  if (order.empty()) return;
  // A mark after each name tells where its meaning ends: "&ampamp;" gives
  // "&amp;", and only the end tells how much of the name was used.
  std::string source = "<!DOCTYPE html><body>";
  source += kMark;
  for (const std::string_view name : order) {
    source += name;
    source += kMark;
  }
  const std::string decoded = DecodeWithGumbo(source);
  std::string_view rest = decoded;
  rest.remove_prefix(std::min(kMark.size(), rest.size()));
  for (const std::string_view name : order) {
    const size_t mark = rest.find(kMark);
    if (mark == std::string_view::npos) return;
    std::string_view text = rest.substr(0, mark);
    rest.remove_prefix(mark + kMark.size());
    if (text.empty() || text == name) continue;
    int32_t first = 0;
    NextCodePoint(text, first);
    size_t unused = 0;
    while (unused + static_cast<size_t>(first) < text.size() &&
           text[text.size() - 1 - unused] == name[name.size() - 1 - unused]) {
      ++unused;
    }
    names_[name] = {std::string(text.substr(0, text.size() - unused)), name.size() - unused};
  }
}

std::string HtmlEntities::Decode(std::string_view text, size_t* length) const {
  if (ByteAt(text, 1) == '#') return DecodeNumber(text, length);
  const auto it = names_.find(NameAt(text));
  if (it == names_.end()) return {};
  *length = it->second.length;
  return it->second.text;
}

std::string HtmlEntities::DecodeAll(std::string_view text) const {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    size_t length = 1;
    std::string meaning;
    if (text[i] == '&') meaning = Decode(text.substr(i), &length);
    out += meaning.empty() ? std::string(1, text[i]) : meaning;
    i += meaning.empty() ? 1 : length;
  }
  return out;
}

}  // namespace narrdiff
