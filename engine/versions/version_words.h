// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Words whose strength or date can be compared across languages, and given names: the entries of the lexicon that bear
// the tags below (strength.textproto, given_names.textproto). They are looked for in versions of one statement only.
//
//   VersionWords words(*BuiltinLexicon());
//   words.Find(tokens of "it strongly protested at once"):  strongly (degree), protested (stance 4), at once (urgency)
//
// Tags:
//   strength.SCALE.LOW[-HIGH]  an act of a scale and how strong it is: strength.request.3, strength.modal.1-2. A range
//   is
//                              for words that stand for all of it in translations (要求: ask, call for, demand).
//   strength.degree.LEVEL      makes the act it stands beside stronger: strongly, 强烈 2; greatly, 高度 1
//   strength.urgency.LEVEL     at once 2, as soon as possible 1
//   strength.hedge.CLASS       its presence weakens what is said: in principle, where conditions permit
//   strength.emphasis.CLASS    its absence weakens what is said: unconditionally
//   strength.none              a longer phrase that only looks like one of the others: "ask about"
//   time.CLASS.VALUE           dates without a figure: Thursday is time.weekday.4
//   name.given                 given names, one entry a name, in both languages
//   name.syllable              characters with which foreign names are spelt
//   name.several_readings            characters whose pinyin in names is not sure; compare_names.cc asks for them
//   version.light              words that come and go in translation
#ifndef NARRDIFF_ENGINE_VERSIONS_VERSION_WORDS_H_
#define NARRDIFF_ENGINE_VERSIONS_VERSION_WORDS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "engine/base/span.h"
#include "engine/base/tokenize.h"
#include "engine/lexicon/lexicon.h"

namespace narrdiff {

enum class VersionWordKind : uint8_t { kScale, kDegree, kUrgency, kHedge, kEmphasis, kTime, kGivenName, kNone };

struct VersionWord {
  VersionWordKind kind = VersionWordKind::kNone;
  std::string group;         // scale, class; of a given name, the entry's id
  double low = 0, high = 0;  // level or value
};

// A word where it stands: tokens [first, last).
struct VersionWordMention {
  int32_t first = 0, last = 0;
  Span span;
  const VersionWord* word = nullptr;
};

// Immutable; thread-safe.
class VersionWords {
 public:
  explicit VersionWords(const Lexicon& lexicon);

  // The longest forms from left to right, none inside another; a form with several words gives one mention for each.
  // O(tokens).
  std::vector<VersionWordMention> Find(const std::vector<Token>& tokens) const;
  // Whether foreign names are spelt with this character.
  bool SpellsNames(const std::string& character) const { return syllables_.contains(character); }
  // Whether it is a word that comes and goes in translation; `stem` as Token::stem, or a word of Han.
  bool IsLight(const std::string& stem) const { return light_.contains(stem); }

 private:
  void Add(const LexiconEntry& entry, const VersionWord& word);

  std::vector<VersionWord> words_;
  absl::flat_hash_map<std::string, std::vector<int32_t>> by_key_;
  absl::flat_hash_set<std::string> syllables_, light_;
  absl::flat_hash_map<std::string, int32_t> longest_;  // tokens of the longest key that starts with this one
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_VERSIONS_VERSION_WORDS_H_
