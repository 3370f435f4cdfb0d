// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/testing/document_laws.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/base/utf8.h"

namespace narrdiff {
namespace {

bool IsBoundary(std::string_view text, int32_t i) {
  return i >= 0 && i <= static_cast<int32_t>(text.size()) &&
         (i == static_cast<int32_t>(text.size()) ||
          (static_cast<unsigned char>(text[static_cast<size_t>(i)]) & 0xC0) != 0x80);
}

bool IsTrimmed(std::string_view text, Span span) {
  int32_t first = span.begin, last = span.end;
  return !IsSpace(NextCodePoint(text, first)) && !IsSpace(PreviousCodePoint(text, last));
}

bool IsBlank(std::string_view s) {
  for (int32_t i = 0; i < static_cast<int32_t>(s.size());) {
    if (!IsSpace(NextCodePoint(s, i))) return false;
  }
  return true;
}

std::string At(const char* what, Span span) {
  return std::string(what) + " at [" + std::to_string(span.begin) + ", " + std::to_string(span.end) + ")";
}

// `spans` are ordered and disjoint, well placed, and leave only white space of
// `text` uncovered between `begin` and `end`.
std::string BrokenSpanLaw(std::string_view text, const std::vector<Span>& spans, int32_t begin, int32_t end) {
  int32_t covered = begin;
  for (const Span& span : spans) {
    if (span.begin >= span.end) return At("empty span", span);
    if (span.begin < covered || span.end > end) return At("span out of order or out of bounds", span);
    if (!IsBoundary(text, span.begin) || !IsBoundary(text, span.end)) return At("span inside a character", span);
    if (!IsTrimmed(text, span)) return At("span not trimmed", span);
    if (!IsBlank(Span{covered, span.begin}.Of(text))) return At("text lost before the span", span);
    covered = span.end;
  }
  return IsBlank(Span{covered, end}.Of(text)) ? "" : At("text lost at the end", {covered, end});
}

}  // namespace

std::string BrokenDocumentLaw(const Document& doc) {
  if (FindInvalidUtf8(doc.text) >= 0) return "the text is not valid UTF-8";
  if (!doc.reading.empty() && doc.reading.size() != doc.text.size()) return "the reading text has another length";
  if (FindInvalidUtf8(doc.reading) >= 0) return "the reading text is not valid UTF-8";
  std::vector<Span> spans;
  size_t next = 0;   // of the skipped bytes
  int32_t done = 0;  // their end
  for (const Block& block : doc.blocks) {
    for (; next < doc.skipped.size() && doc.skipped[next].span.begin < block.span.end; ++next) {
      const Span skipped = doc.skipped[next].span;
      if (skipped.begin < std::max(done, block.span.begin) || skipped.begin >= skipped.end ||
          skipped.end > block.span.end)
        return At("skipped bytes out of order or outside of their block", skipped);
      done = skipped.end;
    }
    if (!block.label.empty()) spans.push_back(block.label);
    if (!block.span.empty()) spans.push_back(block.span);
    if (block.label.empty() && block.span.empty()) return At("block without text", block.span);
  }
  if (next < doc.skipped.size()) return At("skipped bytes in no block", doc.skipped[next].span);
  return BrokenSpanLaw(doc.text, spans, 0, static_cast<int32_t>(doc.text.size()));
}

std::string BrokenSentenceLaw(const Document& doc, const Sentences& sentences) {
  size_t s = 0;
  for (size_t b = 0; b < doc.blocks.size(); ++b) {
    std::vector<Span> spans;
    for (; s < sentences.units.size() && sentences.units[s].block == static_cast<int32_t>(b); ++s) {
      spans.push_back(sentences.units[s].span);
      if (!MakesBreak(sentences.units[s].rule)) return At("sentence without a rule", spans.back());
    }
    const Span span = doc.blocks[b].span;
    if (std::string broken = BrokenSpanLaw(doc.text, spans, span.begin, span.end); !broken.empty()) return broken;
  }
  const size_t units = s;
  s = 0;
  int32_t last = -1;
  for (const KeptPlace& kept : sentences.kept) {
    const Span place = {kept.at, kept.at};
    if (kept.at <= last || MakesBreak(kept.rule) || kept.rule == SegmentRule::kNone) return At("kept place", place);
    last = kept.at;
    while (s < sentences.units.size() && sentences.units[s].span.end <= kept.at) ++s;
    if (s == sentences.units.size() || sentences.units[s].span.begin >= kept.at) {
      return At("kept place outside of the units", place);
    }
  }
  return units == sentences.units.size() ? "" : At("sentence out of its block's order", sentences.units[units].span);
}

}  // namespace narrdiff
