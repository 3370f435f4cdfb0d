// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/testing/html_laws.h"

#include <algorithm>
#include <cstdint>

#include "engine/base/utf8.h"

namespace narrdiff {
namespace {

std::string At(const char* what, int64_t at) { return std::string(what) + " at " + std::to_string(at); }

bool IsBlank(std::string_view s) {
  for (int32_t i = 0; i < static_cast<int32_t>(s.size());) {
    if (!IsSpace(NextCodePoint(s, i))) return false;
  }
  return true;
}

bool IsHtmlSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

bool HasTable(std::string_view html) {
  constexpr std::string_view kTag = "<table";
  return std::search(html.begin(), html.end(), kTag.begin(), kTag.end(),
                     [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + ('a' - 'A') : a) == b; }) != html.end();
}

std::string BrokenRunLaw(const HtmlText& page) {
  const std::string_view text = page.text;
  int32_t covered = 0;
  for (const HtmlRun& run : page.runs) {
    const Span& span = run.span;
    if (span.empty() || span.begin < covered || span.end > static_cast<int32_t>(text.size())) {
      return At("run empty, out of order or out of bounds", span.begin);
    }
    if (span.begin > 0 && text[static_cast<size_t>(span.begin) - 1] != '\n') return At("run inside a line", span.begin);
    if (span.end < static_cast<int32_t>(text.size()) && text[static_cast<size_t>(span.end)] != '\n') {
      return At("run ends inside a line", span.end);
    }
    if (!IsBlank(Span{covered, span.begin}.Of(text))) return At("text outside of the runs", covered);
    covered = span.end;
  }
  return IsBlank(text.substr(static_cast<size_t>(covered))) ? "" : At("text after the runs", covered);
}

}  // namespace

std::string BrokenHtmlLaw(std::string_view html, const HtmlText& page) {
  const std::string_view text = page.text;
  if (FindInvalidUtf8(text) >= 0) return "the text is not valid UTF-8";
  if (const std::string broken = BrokenRunLaw(page); !broken.empty()) return broken;
  // Text that stands loose in a table comes before it.
  const bool moves_text = HasTable(html);
  int64_t last = 0;
  for (int32_t i = 0; i < static_cast<int32_t>(text.size());) {
    const int32_t begin = i;
    const char32_t c = NextCodePoint(text, i);
    const int64_t original = page.offsets.ToOriginal(begin);
    if (original < last && !moves_text) return At("offset goes back", begin);
    if (original < 0 || original > static_cast<int64_t>(html.size())) return At("offset out of bounds", begin);
    last = original;
    if (c == '\n' || c == '\t') continue;
    const std::string_view source = html.substr(static_cast<size_t>(original));
    const bool same = source.substr(0, static_cast<size_t>(i - begin)) == Span{begin, i}.Of(text);
    const bool decoded = !source.empty() && source[0] == '&';
    const bool collapsed = c == ' ' && !source.empty() && IsHtmlSpace(source[0]);
    const bool flattened = c == ' ' && page.flattened_tags > 0;
    if (!same && !decoded && !collapsed && !flattened && c != 0xFFFD)
      return At("character that its source does not have", begin);
  }
  return "";
}

}  // namespace narrdiff
