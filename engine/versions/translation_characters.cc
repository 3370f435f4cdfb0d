// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/versions/translation_characters.h"

#include <algorithm>

#include "engine/base/utf8.h"

namespace narrdiff {
namespace {

constexpr size_t kMaxGlossWords = 2;       // of glosses that translate; longer ones explain
constexpr float kSharedGloss = .5f;        // what a headword counts whose gloss has another word beside
constexpr int32_t kMaxHeadwordBytes = 12;  // four characters

}  // namespace

TranslationCharacters::TranslationCharacters(const std::vector<std::shared_ptr<const Dictionary>>& dictionaries,
                                             const std::vector<std::string_view>& words) {
  absl::flat_hash_map<std::string, float> totals;
  for (const auto& dictionary : dictionaries) {
    std::vector<std::string_view> wanted(static_cast<size_t>(dictionary->word_count()));
    for (const std::string_view word : words) {
      if (const int32_t id = dictionary->WordId(word); id >= 0) wanted[static_cast<size_t>(id)] = word;
    }
    for (int32_t entry = 0; entry < dictionary->size(); ++entry) {
      const std::string_view headword = dictionary->headword(entry);
      if (static_cast<int32_t>(headword.size()) > kMaxHeadwordBytes) continue;
      for (int32_t g = 0; g < dictionary->gloss_count(entry); ++g) {
        const auto gloss = dictionary->gloss(entry, g);
        if (gloss.size() > kMaxGlossWords) continue;
        const float weight = gloss.size() == 1 ? 1 : kSharedGloss;
        for (const uint32_t id : gloss) {
          if (id >= wanted.size() || wanted[id].empty()) continue;
          const std::string word(wanted[id]);
          totals[word] += weight;
          auto& shares = shares_[word];
          for (int32_t i = 0; i < static_cast<int32_t>(headword.size());) shares[NextCodePoint(headword, i)] += weight;
        }
      }
    }
  }
  for (auto& [word, shares] : shares_) {
    for (auto& [character, share] : shares) share = std::min(1.f, share / totals[word]);
  }
}

float TranslationCharacters::Share(const std::string& word, char32_t character) const {
  const auto shares = shares_.find(word);
  if (shares == shares_.end()) return 0;
  const auto share = shares->second.find(character);
  return share == shares->second.end() ? 0 : share->second;
}

}  // namespace narrdiff
