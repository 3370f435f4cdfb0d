// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The key under which a form of the lexicon is filed, and the keys that a run of tokens may match. One place, used by
// the compiler and by the look-up, so that both agree.
//
//   MakeKey("imposed tariffs").key == "impos tariff";  .first == "impos";  .tokens == 2
//   MakeKey("=mean").key == "=mean";  MakeKey("US").key == "^us";  MakeKey("网络攻击").key == "网络攻击"
#ifndef NARRDIFF_ENGINE_BASE_LEXICON_KEY_H_
#define NARRDIFF_ENGINE_BASE_LEXICON_KEY_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/tokenize.h"

namespace narrdiff {

// The three ways in which tokens are looked up: by stems, by exact words, with capitals kept apart.
enum class KeyStyle { kStem, kExact, kCapitals };

// Adds `token` to `key`: words are parted by one space, Han characters by nothing.
void AppendToKey(const Token& token, KeyStyle style, std::string& key);

struct LexiconKey {
  std::string key;    // empty when the form has no words
  std::string first;  // key of its first token alone
  int32_t tokens = 0;
};

// The same of a key that is at hand.
LexiconKey SplitKey(std::string_view key);

// The key of a form as written in a lexicon file.
LexiconKey MakeKey(std::string_view form);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_BASE_LEXICON_KEY_H_
