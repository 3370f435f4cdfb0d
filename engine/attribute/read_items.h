// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// A stretch of English text as the attribution rules see it: words with their
// classes, punctuation by its kind, and each quotation folded into one item, so
// that no rule can cut inside it.
//
//   She said it was "a smear, made up."   ->   she | said | it | was | QUOTE |
//   (end)
//
// Quotation state: curly marks by shape, straight ones by parity, '' counts as
// a quotation mark; single marks count where they cannot be apostrophes; a
// quotation that stays open ends with the stretch (a paragraph), so it never
// swallows the rest.
#ifndef NARRDIFF_ENGINE_ATTRIBUTE_READ_ITEMS_H_
#define NARRDIFF_ENGINE_ATTRIBUTE_READ_ITEMS_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/attribute/attribution_words.h"
#include "engine/base/span.h"

namespace narrdiff {

enum class ItemKind : uint8_t {
  kWord,
  kNumber,
  kQuote,
  kParenthesis,
  kComma,
  kSemicolon,
  kColon,
  kStop,
  kDash,
  kOther,
};

struct Item {
  Span span;
  ItemKind kind = ItemKind::kWord;
  uint64_t classes = 0;  // of the word, or of the phrase that starts here
  int phrase = 1;        // items of that phrase
  bool capital = false;
  bool all_caps = false;
  bool possessive = false;
  bool starts_phrase = false;
  // Of a quotation: what stands between its marks; without the white space at
  // its ends.
  Span inner;

  bool Is(uint64_t any) const { return (classes & any) != 0; }
  bool IsWord() const { return kind == ItemKind::kWord; }
};

// Items of `range`, in order. O(n).
std::vector<Item> ReadItems(std::string_view text, Span range, AttributionWords& words);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_ATTRIBUTE_READ_ITEMS_H_
