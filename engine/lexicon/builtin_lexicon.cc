// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/lexicon/builtin_lexicon.h"

#include <utility>

#include "engine/lexicon/builtin_lexicon_data.h"

namespace narrdiff {

std::shared_ptr<const Lexicon> BuiltinLexicon() {
  static const auto* lexicon = new std::shared_ptr<const Lexicon>([] {
    auto loaded = Lexicon::FromStaticBytes({kBuiltinLexiconData, kBuiltinLexiconSize});
    // The bytes were compiled together with this program; they load.
    return loaded.ok() ? *std::move(loaded) : nullptr;
  }());
  return *lexicon;
}

std::shared_ptr<const Dictionary> BuiltinDictionary() {
  static const auto* dictionary = new std::shared_ptr<const Dictionary>([] {
    auto loaded = Dictionary::FromStaticBytes({kBuiltinDictionaryData, kBuiltinDictionarySize});
    return loaded.ok() ? *std::move(loaded) : nullptr;
  }());
  return *dictionary;
}

}  // namespace narrdiff
