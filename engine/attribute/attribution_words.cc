// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/attribute/attribution_words.h"

#include <algorithm>
#include <utility>

#include "engine/base/utf8.h"
#include "engine/describe/han_tables.h"
#include "engine/describe/lexicon_key.h"
#include "engine/describe/tokenize.h"

namespace narrdiff {
namespace {

// More distinct words than this and the memory of them starts afresh.
constexpr size_t kMaxSeen = 20'000;
constexpr int kMaxPhraseWords = 6;

constexpr std::pair<std::string_view, uint64_t> kTags[] = {
    {"attribution.clause", kVerbClause},
    {"attribution.that", kVerbThat},
    {"attribution.quote", kVerbQuote},
    {"attribution.asks", kVerbAsks},
    {"attribution.of", kVerbOf},
    {"attribution.for", kVerbFor},
    {"attribution.as", kVerbAs},
    {"attribution.name", kVerbName},
    {"attribution.to", kVerbTo},
    {"attribution.to_object", kVerbToObject},
    {"attribution.np", kVerbNoun},
    {"attribution.at", kVerbAt},
    {"attribution.addressee", kVerbAddressee},
    {"attribution.refuse", kVerbRefuse},
    {"attribution.control", kVerbControl},
    {"attribution.quoted", kVerbQuoted},
    {"attribution.prefix", kPrefix},
    {"attribution.view_noun", kViewNoun},
    {"attribution.say_noun", kSayNoun},
    {"attribution.he", kPronounHe},
    {"attribution.she", kPronounShe},
    {"attribution.it", kPronounIt},
    {"attribution.they", kPronounThey},
    {"attribution.first_person", kFirstPerson},
    {"attribution.pronoun", kPronounOther},
    {"attribution.determiner", kDeterminer},
    {"attribution.possessive", kPossessive},
    {"attribution.be", kBe},
    {"attribution.auxiliary", kAuxiliary},
    {"attribution.to_word", kToWord},
    {"attribution.negation", kNegation},
    {"attribution.adverb", kAdverb},
    {"attribution.opener", kOpener},
    {"attribution.subordinator", kSubordinator},
    {"attribution.coordinator", kCoordinator},
    {"attribution.relative", kRelative},
    {"attribution.wh", kWhWord},
    {"attribution.that_word", kThatWord},
    {"attribution.preposition", kPreposition},
    {"attribution.time", kTime},
    {"attribution.venue", kVenue},
    {"attribution.finite", kFinite},
    {"attribution.role", kRole},
    {"attribution.body", kBody},
    {"attribution.source", kSource},
    {"attribution.relay", kRelay},
    {"attribution.title", kTitleWord},
    {"attribution.pinyin_surname", kPinyinSurname},
    {"attribution.us_politics", kUsPolitics},
};

constexpr std::pair<std::string_view, uint64_t> kChineseTags[] = {
    {"attribution.zh_cue", kZhCue},           {"attribution.zh_weak", kZhWeak},
    {"attribution.zh_merge", kZhMerge},       {"attribution.zh_report", kZhReport},
    {"attribution.zh_according", kZhAccording}, {"attribution.zh_attitude", kZhAttitude},
    {"attribution.zh_block", kZhBlock},       {"attribution.zh_adverb", kZhAdverb},
    {"attribution.zh_link", kZhLink},         {"attribution.zh_pronoun", kZhPronoun},
    {"attribution.zh_he", kZhHe},             {"attribution.zh_she", kZhShe},
    {"attribution.zh_first", kZhFirst},       {"attribution.zh_role", kZhRole},
    {"attribution.zh_body", kZhBody},         {"attribution.relay", kZhRelay},
};

}  // namespace

AttributionWords::AttributionWords(const Lexicon& lexicon)
    : lexicon_(lexicon),
      entry_classes_(static_cast<size_t>(lexicon.size()), 0),
      chinese_classes_(static_cast<size_t>(lexicon.size()), 0) {
  for (int32_t i = 0; i < lexicon.size(); ++i) {
    const LexiconEntry& entry = lexicon.entry(i);
    uint64_t classes = 0, chinese = 0;
    for (const std::string_view tag : entry.tags) {
      for (const auto& [name, bit] : kTags) {
        if (tag == name) classes |= bit;
      }
      for (const auto& [name, bit] : kChineseTags) {
        if (tag == name) chinese |= bit;
      }
    }
    if (classes == 0 && chinese == 0 && entry.Has(Cue::kSay)) {
      classes = kSayCue;
      chinese = kZhCue | kZhWeak;
    }
    const bool tagged = (classes | chinese) != 0;
    switch (entry.name_type) {
      case NameType::kCountry:
      case NameType::kPlace:
      case NameType::kOrganisation:
      case NameType::kPeople:
      case NameType::kCompany:
      case NameType::kTitle:
        classes |= kKnownPlace;
        break;
      case NameType::kPerson:
        classes |= kKnownPerson;
        break;
      default:
        break;
    }
    entry_classes_[static_cast<size_t>(i)] = classes;
    chinese_classes_[static_cast<size_t>(i)] = chinese;
    if (!tagged) continue;
    for (const std::string_view form : entry.en) {
      const LexiconKey key = MakeKey(form);
      if (key.tokens < 2) continue;
      phrase_starts_.insert(key.first);
      longest_phrase_ = std::max(longest_phrase_, std::min(key.tokens, kMaxPhraseWords));
    }
    if (chinese == 0) continue;
    for (const std::string_view form : entry.zh) {
      const LexiconKey key = MakeKey(form);
      if (key.tokens == 0) continue;
      int32_t& longest = chinese_longest_[key.first];
      longest = std::max(longest, key.tokens);
      chinese_forms_[key.key] |= chinese;
    }
  }
}

uint64_t AttributionWords::ClassesOfEntries(absl::Span<const int32_t> entries) const {
  uint64_t classes = 0;
  for (const int32_t e : entries) classes |= entry_classes_[static_cast<size_t>(e)];
  return classes;
}

uint64_t AttributionWords::ClassesOf(std::string_view key) const { return ClassesOfEntries(lexicon_.Find(key)); }

WordFacts AttributionWords::Classify(std::string_view surface) {
  const auto it = seen_.find(std::string(surface));
  if (it != seen_.end()) return it->second;
  if (seen_.size() >= kMaxSeen) seen_.clear();
  WordFacts facts;
  const auto tokens = Tokenize(surface, {0, static_cast<int32_t>(surface.size())}, Language::kEnglish);
  if (!tokens.empty()) {
    const Token& token = tokens.front();
    for (const KeyStyle style : {KeyStyle::kStem, KeyStyle::kExact, KeyStyle::kCapitals}) {
      if (style == KeyStyle::kCapitals && !token.all_caps) continue;
      std::string key;
      AppendToKey(token, style, key);
      facts.classes |= ClassesOf(key);
      facts.starts_phrase |= phrase_starts_.count(key) > 0;
    }
  }
  seen_.emplace(std::string(surface), facts);
  return facts;
}

int AttributionWords::Phrase(const std::vector<std::string_view>& words, uint64_t& classes) {
  int best = 0;
  for (const KeyStyle style : {KeyStyle::kStem, KeyStyle::kExact, KeyStyle::kCapitals}) {
    std::string key;
    for (size_t n = 0; n < words.size() && n < static_cast<size_t>(longest_phrase_); ++n) {
      const auto tokens = Tokenize(words[n], {0, static_cast<int32_t>(words[n].size())}, Language::kEnglish);
      if (tokens.empty()) break;
      AppendToKey(tokens.front(), style, key);
      if (n == 0) continue;
      const uint64_t found = ClassesOf(key) & ~uint64_t{kKnownPlace | kKnownPerson};
      if (found == 0 || static_cast<int>(n) + 1 < best) continue;
      if (static_cast<int>(n) + 1 > best) classes = 0;
      best = static_cast<int>(n) + 1;
      classes |= found;
    }
  }
  return best;
}

int32_t AttributionWords::ChineseWord(std::string_view text, int32_t at, uint64_t& classes) {
  std::string key;
  int32_t best = 0;
  int32_t longest = 0;
  int32_t i = at;
  for (int32_t n = 0; i < static_cast<int32_t>(text.size()); ++n) {
    const char32_t c = NextCodePoint(text, i);
    if (!IsHan(c)) break;
    AppendUtf8(ToSimplified(c), key);
    if (n == 0) {
      const auto it = chinese_longest_.find(key);
      if (it == chinese_longest_.end()) return 0;
      longest = it->second;
    }
    if (const auto it = chinese_forms_.find(key); it != chinese_forms_.end()) {
      best = i - at;
      classes = it->second;
    }
    if (n + 1 >= longest) break;
  }
  return best;
}

}  // namespace narrdiff
