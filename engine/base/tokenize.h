// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Words, Chinese characters, numbers and punctuation of a stretch of text, in the form in which they are compared.
//
//   Tokenize("The U.S. didn't cut 27,000 one-off ties. 中國反對", {0, 48}, Language::kEnglish):
//     the | us (capitals) | didn't | cut | 27000 (number) | one | off | ties~tie | . | 中 | 国 | 反 | 对
//
// A hyphen between letters separates words and is no token, so "one-China policy" and "one China policy" are alike; a
// possessive 's is dropped; dotted capitals lose their dots; every Han character is a token of its own (words of
// Chinese are found later, against dictionaries), turned to its simplified form.
#ifndef NARRDIFF_ENGINE_BASE_TOKENIZE_H_
#define NARRDIFF_ENGINE_BASE_TOKENIZE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/language.h"
#include "engine/base/span.h"

namespace narrdiff {

enum class TokenKind : uint8_t { kWord, kHan, kNumber, kPunctuation };

struct Token {
  Span span;  // bytes of the text given
  TokenKind kind = TokenKind::kWord;
  bool capital = false;   // starts with a capital letter
  bool all_caps = false;  // two or more letters, all capitals: "US", "PLA"
  std::string form;       // lower case, without accents; simplified; digits without separators ("4.3", "27000")
  std::string stem;       // English: Snowball stem; otherwise the form
};

// Tokens of `range` of `text` in order; white space gives none. Stems are English for kEnglish and kUnknown and for
// Latin words inside Chinese; for kOther the stem is the form. O(n). Thread-safe.
std::vector<Token> Tokenize(std::string_view text, Span range, Language language);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_BASE_TOKENIZE_H_
