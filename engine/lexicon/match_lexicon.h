// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Finds the lexicon's entries in a run of tokens.
//
//   auto tokens = Tokenize("Such claims hold no water", ...);
//   auto matches = MatchLexicon(tokens, lexicon);
//   matches[1].first == 2; matches[1].last == 5; lexicon.entry(matches[1].entry).Has(Cue::kReject)
#ifndef NARRDIFF_ENGINE_LEXICON_MATCH_LEXICON_H_
#define NARRDIFF_ENGINE_LEXICON_MATCH_LEXICON_H_

#include <cstdint>
#include <vector>

#include "engine/base/tokenize.h"
#include "engine/lexicon/lexicon.h"

namespace narrdiff {

struct LexiconMatch {
  int32_t first = 0, last = 0;  // half-open range of tokens
  int32_t entry = 0;            // index into the lexicon
  // The match stands inside a longer one: "China" in "South China Sea". Names of this kind are not reported at all.
  bool nested = false;
};

// At each token the longest form that starts there, one match for every entry that owns it; ordered by first token.
// O(tokens times the length of the longest form). Thread-safe.
std::vector<LexiconMatch> MatchLexicon(const std::vector<Token>& tokens, const Lexicon& lexicon);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_LEXICON_MATCH_LEXICON_H_
