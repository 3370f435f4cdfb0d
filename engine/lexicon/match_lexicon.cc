// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/lexicon/match_lexicon.h"

#include <algorithm>
#include <string>

#include "engine/base/lexicon_key.h"

namespace narrdiff {
namespace {

constexpr int32_t kMaxFormTokens = 12;

// The longest form of one style that starts at token `at`: its end and its entries; an end of 0 when there is none.
struct Found {
  int32_t last = 0;
  absl::Span<const int32_t> entries;
};

Found LongestAt(const std::vector<Token>& tokens, int32_t at, KeyStyle style, const Lexicon& lexicon) {
  Found found;
  std::string key;
  const int32_t end = std::min<int32_t>(static_cast<int32_t>(tokens.size()), at + kMaxFormTokens);
  int32_t longest = 0;
  for (int32_t i = at; i < end; ++i) {
    const Token& token = tokens[static_cast<size_t>(i)];
    if (token.kind == TokenKind::kPunctuation) break;
    if (style == KeyStyle::kCapitals && !token.all_caps && token.kind != TokenKind::kNumber) break;
    AppendToKey(token, style, key);
    if (i == at) longest = lexicon.LongestFrom(key);
    if (i - at >= longest) break;
    if (const auto entries = lexicon.Find(key); !entries.empty()) found = {i + 1, entries};
  }
  return found;
}

}  // namespace

std::vector<LexiconMatch> MatchLexicon(const std::vector<Token>& tokens, const Lexicon& lexicon) {
  std::vector<LexiconMatch> matches;
  int32_t covered = 0;  // end of the longest match so far
  for (int32_t at = 0; at < static_cast<int32_t>(tokens.size()); ++at) {
    Found best = LongestAt(tokens, at, KeyStyle::kStem, lexicon);
    std::vector<int32_t> entries(best.entries.begin(), best.entries.end());
    for (const KeyStyle style : {KeyStyle::kExact, KeyStyle::kCapitals}) {
      const Found other = LongestAt(tokens, at, style, lexicon);
      if (other.last == 0 || other.last < best.last) continue;
      if (other.last > best.last) entries.clear();
      best.last = other.last;
      entries.insert(entries.end(), other.entries.begin(), other.entries.end());
    }
    if (best.last == 0) continue;
    const bool nested = best.last <= covered;
    std::sort(entries.begin(), entries.end());
    entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
    for (const int32_t entry : entries) {
      if (nested && lexicon.entry(entry).name_type != NameType::kNone) continue;
      matches.push_back({at, best.last, entry, nested});
    }
    covered = std::max(covered, best.last);
  }
  return matches;
}

}  // namespace narrdiff
