// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/attribute/attribute_quotes.h"

#include <algorithm>
#include <utility>

#include "engine/attribute/attribute_chinese.h"
#include "engine/attribute/attribute_english.h"
#include "engine/attribute/attribution_words.h"
#include "engine/attribute/speaker_book.h"
#include "engine/base/language.h"
#include "engine/base/utf8.h"

namespace narrdiff {
namespace {

bool MostlyHan(std::string_view text) {
  int han = 0, other = 0;
  for (int32_t i = 0; i < static_cast<int32_t>(text.size()) && han + other < 200;) {
    const char32_t c = NextCodePoint(text, i);
    if (IsHan(c)) {
      ++han;
    } else if (!IsSpace(c)) {
      ++other;
    }
  }
  return han * 3 > other;
}

// Orders the attributions, those that hold others first, sets the parents, and
// lets go of what would overlap.
std::vector<Attribution> Arrange(std::vector<Attribution> all) {
  std::stable_sort(all.begin(), all.end(), [](const Attribution& a, const Attribution& b) {
    const Span x = a.content.front(), y = b.content.front();
    return x.begin != y.begin ? x.begin < y.begin : x.end > y.end;
  });
  std::vector<Attribution> kept;
  kept.reserve(all.size());
  std::vector<int32_t> open;
  for (Attribution& a : all) {
    const Span span = a.content.front();
    while (!open.empty() && kept[static_cast<size_t>(open.back())].content.front().end <= span.begin) open.pop_back();
    if (!open.empty()) {
      const Span outer = kept[static_cast<size_t>(open.back())].content.front();
      if (outer == span || !outer.Contains(span)) continue;
    }
    a.parent = open.empty() ? -1 : open.back();
    open.push_back(static_cast<int32_t>(kept.size()));
    kept.push_back(std::move(a));
  }
  return kept;
}

}  // namespace

std::vector<Attribution> AttributeQuotes(const Document& document, const Sentences& sentences, const Lexicon& lexicon) {
  std::vector<Attribution> found;
  AttributionWords words(lexicon);
  SpeakerBook book(document.ReadingText(), words);
  EnglishAttributor english(document.ReadingText(), words, book, found);
  ChineseAttributor chinese(document.ReadingText(), words, book, found);
  size_t unit = 0;
  std::vector<int32_t> starts;
  for (size_t b = 0; b < document.blocks.size(); ++b) {
    const Block& block = document.blocks[b];
    starts.clear();
    while (unit < sentences.units.size() && sentences.units[unit].block <= static_cast<int32_t>(b)) {
      if (sentences.units[unit].block == static_cast<int32_t>(b)) starts.push_back(sentences.units[unit].span.begin);
      ++unit;
    }
    if (block.kind != BlockKind::kParagraph && block.kind != BlockKind::kTurn) {
      if (block.kind != BlockKind::kFurniture) {
        english.Interrupt();
        chinese.Interrupt();
      }
      continue;
    }
    if (block.span.empty()) continue;
    if (!block.label.empty()) {
      english.Interrupt();
      chinese.Interrupt();
    }
    book.StartParagraph();
    const bool han = block.language == Language::kUnknown ? MostlyHan(block.span.Of(document.ReadingText()))
                                                          : IsChinese(block.language);
    if (han) {
      chinese.ReadParagraph(block.span);
    } else {
      english.ReadParagraph(block.span, starts);
    }
  }
  return Arrange(std::move(found));
}

}  // namespace narrdiff
