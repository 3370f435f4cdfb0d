// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/html_text.h"

#include <algorithm>
#include <cstdint>

#include "engine/base/utf8.h"
#include "engine/read/ascii_text.h"

namespace narrdiff {
namespace {

// So many characters in a row make it sure that text and source are in step.
constexpr int kLook = 32;
constexpr size_t kFarthest = 64 << 10, kNearest = 64;
// A ">" in the values of an ignored tag is not its end.
constexpr int kMostCloses = 16;
// Longer than the longest name; a number has its digits counted.
constexpr size_t kLongestName = 40;
constexpr char32_t kReplacement = 0xFFFD;

// The byte after the letters or digits that follow the "&" at `i`.
size_t EndOfName(std::string_view s, size_t i) {
  const bool number = ByteAt(s, i + 1) == '#';
  const size_t first = i + (number ? 2 : 1);
  size_t end = first;
  while (IsAlnum(ByteAt(s, end)) && (number || end - first < kLongestName)) ++end;
  return end;
}

// The parser has U+FFFD for controls and noncharacters, which the standard of
// today leaves as they are.
bool IsReplaced(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
}

}  // namespace

HtmlTextSteps::HtmlTextSteps(std::string_view text, std::string_view html, size_t begin, size_t end, bool raw)
    : text_(text), source_(html.substr(0, end)), raw_(raw), from_(std::min(begin, source_.size())), reach_(kFarthest) {}

size_t HtmlTextSteps::WidthAt(size_t text) const {
  auto i = static_cast<int32_t>(text);
  NextCodePoint(text_, i);
  return static_cast<size_t>(i) - text;
}

// The bytes of the source at `source` that are, undecoded, the character of the
// text at `text`; 0 where they are another. Both are inside.
size_t HtmlTextSteps::Match(size_t text, size_t source) const {
  if (text_[text] == source_[source] && static_cast<unsigned char>(text_[text]) < 0x80) return 1;
  if (text_[text] == '\n' && source_[source] == '\r') return ByteAt(source_, source + 1) == '\n' ? 2 : 1;
  auto i = static_cast<int32_t>(text), k = static_cast<int32_t>(source);
  const char32_t wanted = NextCodePoint(text_, i), found = NextCodePoint(source_, k);
  const bool same = wanted == found || (wanted == kReplacement && IsReplaced(found));
  return same ? static_cast<size_t>(k) - source : 0;
}

// Whether more than one thing may have become of what stands at `source`.
bool HtmlTextSteps::IsMarkupAt(size_t source) const {
  const char c = source_[source];
  return c == '\0' || (!raw_ && (c == '&' || c == '<'));
}

// Whether text and source agree from here to the next mark-up.
bool HtmlTextSteps::InStep(size_t text, size_t source) const {
  for (int k = 0; k < kLook; ++k) {
    if (source == source_.size()) return text == text_.size();
    if (IsMarkupAt(source)) return text < text_.size() || source_[source] != '&';
    if (text == text_.size()) return false;
    const size_t length = Match(text, source);
    if (length == 0) return false;
    source += length;
    text += WidthAt(text);
  }
  return true;
}

// Steps over NULs and ignored tags before the next character.
void HtmlTextSteps::SkipMarkup() {
  while (from_ < source_.size()) {
    if (source_[from_] == '\0') {
      if (Match(at_, from_) > 0) return;
      ++from_;
      continue;
    }
    if (raw_ || source_[from_] != '<' || (text_[at_] == '<' && InStep(at_ + 1, from_ + 1))) return;
    const std::string_view near = source_.substr(0, std::min(source_.size(), from_ + reach_));
    size_t close = from_;
    for (int k = 0; k < kMostCloses && close != std::string_view::npos; ++k) {
      close = near.find('>', close + 1);
      if (close != std::string_view::npos && InStep(at_, close + 1)) break;
      if (k + 1 == kMostCloses) close = std::string_view::npos;
    }
    if (close == std::string_view::npos) {
      reach_ = std::max(reach_ / 2, kNearest);
      return;
    }
    from_ = close + 1;
  }
}

// For the "&" at from_: finds how long the reference is and how many
// characters it gives, by where text and source go on in step. False where the
// "&" stands for itself.
bool HtmlTextSteps::StepOverReference() {
  if (text_[at_] == '&' && InStep(at_ + 1, from_ + 1)) return false;
  const size_t name_end = EndOfName(source_, from_);
  if (name_end == from_ + 1) return false;
  const size_t longest = name_end + (ByteAt(source_, name_end) == ';' ? 1 : 0);
  // A number is used up to its last digit; of letters, the old names are
  // references without a semicolon too, whatever follows.
  const size_t shortest = std::max(from_ + 2, longest - std::min(longest, kLongestName + 1));
  size_t after = at_;
  for (size_t count = 1; count <= 2 && after < text_.size(); ++count) {
    after += WidthAt(after);
    for (size_t end = longest; end >= shortest; --end) {
      if (!InStep(after, end)) continue;
      reference_ = end - from_;
      code_points_ = count;
      return true;
    }
  }
  if (text_[at_] == '&') return false;
  reference_ = longest - from_;
  code_points_ = 1;
  return true;
}

// Text and source have lost each other: goes to the nearest place that agrees,
// or stands still.
void HtmlTextSteps::Search() {
  const size_t end = std::min(source_.size(), from_ + std::min<size_t>(reach_, 1024));
  for (size_t i = from_ + 1; i < end; ++i) {
    if (Match(at_, i) > 0 && InStep(at_, i)) {
      from_ = i;
      return;
    }
  }
  reach_ = std::max(reach_ / 2, kNearest);
}

void HtmlTextSteps::Take(size_t width, size_t length, HtmlCharacter& next) {
  auto i = static_cast<int32_t>(at_);
  next = {NextCodePoint(text_, i), from_, from_ + length};
  if (next.c == kReplacement && length > 0 && source_[from_] != '\0' && source_[from_] != '&') {
    i = static_cast<int32_t>(from_);
    next.c = NextCodePoint(source_, i);
  }
  at_ += width;
}

bool HtmlTextSteps::Next(HtmlCharacter& next) {
  if (at_ >= text_.size()) return false;
  const size_t width = WidthAt(at_);
  if (code_points_ == 0) {
    if (from_ < source_.size() && IsMarkupAt(from_)) SkipMarkup();
    const bool reference = !raw_ && ByteAt(source_, from_) == '&' && from_ < source_.size();
    if (!reference || !StepOverReference()) {
      if (from_ < source_.size() && Match(at_, from_) == 0) Search();
      const size_t length = from_ < source_.size() ? Match(at_, from_) : 0;
      Take(width, length, next);
      from_ += length;
      return true;
    }
  }
  Take(width, reference_, next);
  if (--code_points_ == 0) from_ += reference_;
  return true;
}

}  // namespace narrdiff
