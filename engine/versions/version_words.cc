// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/versions/version_words.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <utility>

#include "engine/base/lexicon_key.h"

namespace narrdiff {
namespace {

bool TakePrefix(std::string_view& text, std::string_view prefix) {
  if (text.substr(0, prefix.size()) != prefix) return false;
  text.remove_prefix(prefix.size());
  return true;
}

// What a tag says of its entry; nothing for tags of other rungs and for ill-formed ones.
std::optional<VersionWord> ParseTag(std::string_view tag, std::string_view entry_id) {
  VersionWord word;
  if (tag == "name.given") {
    word.kind = VersionWordKind::kGivenName;
    word.group = std::string(entry_id);
    return word;
  }
  const bool time = TakePrefix(tag, "time.");
  if (!time && !TakePrefix(tag, "strength.")) return std::nullopt;
  const size_t dot = tag.find('.');
  word.group = std::string(tag.substr(0, dot));
  const std::string rest(dot == std::string_view::npos ? std::string_view() : tag.substr(dot + 1));
  if (!time && word.group == "none") return word;
  if (rest.empty()) return std::nullopt;
  if (!time && (word.group == "hedge" || word.group == "emphasis")) {
    word.kind = word.group == "hedge" ? VersionWordKind::kHedge : VersionWordKind::kEmphasis;
    word.group = rest;
    return word;
  }
  word.kind = time                      ? VersionWordKind::kTime
              : word.group == "urgency" ? VersionWordKind::kUrgency
              : word.group == "degree"  ? VersionWordKind::kDegree
                                        : VersionWordKind::kScale;
  char* end = nullptr;
  word.low = word.high = std::strtod(rest.c_str(), &end);
  if (*end == '-') word.high = std::strtod(end + 1, &end);
  if (*end != '\0' || word.high < word.low) return std::nullopt;
  return word;
}

}  // namespace

VersionWords::VersionWords(const Lexicon& lexicon) {
  for (const std::string_view form : lexicon.Tagged("name.syllable")) syllables_.emplace(form);
  for (int32_t e = 0; e < lexicon.size(); ++e) {
    const LexiconEntry& entry = lexicon.entry(e);
    for (const std::string_view tag : entry.tags) {
      if (tag == "version.light") {
        light_.insert(entry.en_keys.begin(), entry.en_keys.end());
        light_.insert(entry.zh_keys.begin(), entry.zh_keys.end());
      }
      if (const auto word = ParseTag(tag, entry.id); word.has_value()) Add(entry, *word);
    }
  }
}

void VersionWords::Add(const LexiconEntry& entry, const VersionWord& word) {
  const auto index = static_cast<int32_t>(words_.size());
  words_.push_back(word);
  for (const auto* keys : {&entry.en_keys, &entry.zh_keys}) {
    for (const std::string_view key : *keys) {
      const LexiconKey split = SplitKey(key);
      if (split.key.empty()) continue;
      std::vector<int32_t>& owners = by_key_[split.key];
      if (owners.empty() || owners.back() != index) owners.push_back(index);
      int32_t& longest = longest_[split.first];
      longest = std::max(longest, split.tokens);
    }
  }
}

std::vector<VersionWordMention> VersionWords::Find(const std::vector<Token>& tokens) const {
  std::vector<VersionWordMention> mentions;
  const auto size = static_cast<int32_t>(tokens.size());
  for (int32_t at = 0; at < size;) {
    int32_t end = 0;
    std::vector<int32_t> owners;  // of the longest form, as a stem and as it stands
    for (const KeyStyle style : {KeyStyle::kStem, KeyStyle::kExact}) {
      std::string key;
      int32_t longest = 0;
      for (int32_t i = at; i < size && tokens[static_cast<size_t>(i)].kind != TokenKind::kPunctuation; ++i) {
        AppendToKey(tokens[static_cast<size_t>(i)], style, key);
        if (i == at) {
          const auto first = longest_.find(key);
          longest = first == longest_.end() ? 0 : first->second;
        }
        if (i - at >= longest) break;
        const auto found = by_key_.find(key);
        if (found == by_key_.end() || i + 1 < end) continue;
        if (i + 1 > end) owners.clear();
        end = i + 1;
        owners.insert(owners.end(), found->second.begin(), found->second.end());
      }
    }
    if (owners.empty()) {
      ++at;
      continue;
    }
    std::sort(owners.begin(), owners.end());
    owners.erase(std::unique(owners.begin(), owners.end()), owners.end());
    // "will" and "rose" are names only with a capital.
    const Token& first = tokens[static_cast<size_t>(at)];
    const bool may_be_name = first.kind != TokenKind::kWord || first.capital;
    const Span span{tokens[static_cast<size_t>(at)].span.begin, tokens[static_cast<size_t>(end - 1)].span.end};
    for (const int32_t owner : owners) {
      const VersionWord& word = words_[static_cast<size_t>(owner)];
      if (word.kind == VersionWordKind::kGivenName && !may_be_name) continue;
      if (word.kind != VersionWordKind::kNone) mentions.push_back({at, end, span, &word});
    }
    at = end;
  }
  return mentions;
}

}  // namespace narrdiff
