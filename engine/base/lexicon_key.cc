// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/base/lexicon_key.h"

#include <algorithm>
#include <vector>

#include "engine/base/utf8.h"

namespace narrdiff {

void AppendToKey(const Token& token, KeyStyle style, std::string& key) {
  if (key.empty()) {
    if (style == KeyStyle::kExact) key = "=";
    if (style == KeyStyle::kCapitals) key = "^";
  } else if (token.kind != TokenKind::kHan || static_cast<unsigned char>(key.back()) < 0x80) {
    key += ' ';
  }
  key += style == KeyStyle::kStem ? token.stem : token.form;
}

LexiconKey SplitKey(std::string_view key) {
  LexiconKey out;
  out.key = key;
  bool in_word = false;
  for (int32_t i = 0; i < static_cast<int32_t>(key.size());) {
    const int32_t at = i;
    const char32_t c = NextCodePoint(key, i);
    const bool han = IsHan(c);
    if (c == ' ' || han || !in_word) out.tokens += c != ' ';
    if (out.tokens == 1 && c != ' ') out.first.append(key.substr(static_cast<size_t>(at), static_cast<size_t>(i - at)));
    in_word = c != ' ' && !han;
  }
  return out;
}

LexiconKey MakeKey(std::string_view form) {
  const bool exact = !form.empty() && form.front() == '=';
  if (exact) form.remove_prefix(1);
  const std::vector<Token> tokens = Tokenize(form, {0, static_cast<int32_t>(form.size())}, Language::kEnglish);
  const bool capitals = !exact &&
                        std::any_of(tokens.begin(), tokens.end(), [](const Token& t) { return t.all_caps; }) &&
                        std::all_of(tokens.begin(), tokens.end(),
                                    [](const Token& t) { return t.all_caps || t.kind == TokenKind::kNumber; });
  LexiconKey key;
  for (const Token& token : tokens) {
    if (token.kind == TokenKind::kPunctuation) continue;
    AppendToKey(token, exact ? KeyStyle::kExact : capitals ? KeyStyle::kCapitals : KeyStyle::kStem, key.key);
    if (++key.tokens == 1) key.first = key.key;
  }
  return key;
}

}  // namespace narrdiff
