// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Which characters an English word is translated with, over all headwords of the dictionaries that it glosses. Chinese
// words of like meaning share characters, so "permit" (允许, 准许, 许可) is found again in 获准 although no dictionary
// says so.
//
//   TranslationCharacters characters(dictionaries, {"permit"});
//   characters.Share("permit", U'许') == .6        // of the headwords that mean "permit"
#ifndef NARRDIFF_ENGINE_VERSIONS_TRANSLATION_CHARACTERS_H_
#define NARRDIFF_ENGINE_VERSIONS_TRANSLATION_CHARACTERS_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/lexicon/dictionary.h"

namespace narrdiff {

// Immutable; thread-safe.
class TranslationCharacters {
 public:
  // For the English stems `words`. O(size of the dictionaries).
  TranslationCharacters(const std::vector<std::shared_ptr<const Dictionary>>& dictionaries,
                        const std::vector<std::string_view>& words);

  // Share of the word's headwords that have the character, in [0, 1]; headwords that it glosses together with other
  // words count less.
  float Share(const std::string& word, char32_t character) const;

 private:
  absl::flat_hash_map<std::string, absl::flat_hash_map<char32_t, float>> shares_;
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_VERSIONS_TRANSLATION_CHARACTERS_H_
