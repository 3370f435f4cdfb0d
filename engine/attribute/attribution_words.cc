// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/attribute/attribution_words.h"

#include <algorithm>
#include <mutex>
#include <unordered_set>
#include <utility>

#include "engine/base/han_tables.h"
#include "engine/base/lexicon_key.h"
#include "engine/base/tokenize.h"
#include "engine/base/utf8.h"

namespace narrdiff {
namespace {

// More distinct words than this and the memory of them starts afresh.
constexpr size_t kMaxSeen = 20'000;
constexpr int kMaxPhraseWords = 6;

constexpr std::pair<std::string_view, uint64_t> kTags[] = {
    {"attribution.say", kVerbSay},
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
    {"attribution.reciprocal", kReciprocal},
    {"attribution.military", kMilitary},
    {"attribution.rank", kRank},
    {"attribution.office", kOffice},
    {"attribution.expert", kExpert},
    {"attribution.honorific", kHonorific},
    {"attribution.man", kMan},
    {"attribution.woman", kWoman},
};

constexpr std::pair<std::string_view, uint64_t> kChineseTags[] = {
    {"attribution.zh_cue", kZhCue},
    {"attribution.zh_weak", kZhWeak},
    {"attribution.zh_merge", kZhMerge},
    {"attribution.zh_report", kZhReport},
    {"attribution.zh_according", kZhAccording},
    {"attribution.zh_attitude", kZhAttitude},
    {"attribution.zh_block", kZhBlock},
    {"attribution.zh_adverb", kZhAdverb},
    {"attribution.zh_link", kZhLink},
    {"attribution.zh_pronoun", kZhPronoun},
    {"attribution.zh_he", kZhHe},
    {"attribution.zh_she", kZhShe},
    {"attribution.zh_first", kZhFirst},
    {"attribution.zh_role", kZhRole},
    {"attribution.zh_body", kZhBody},
    {"attribution.relay", kZhRelay},
    {"attribution.zh_view", kZhView},
    {"attribution.zh_back", kZhBack},
    {"attribution.zh_end", kZhEnd},
    {"attribution.zh_never", kZhNever},
    {"attribution.zh_surname", kZhSurname},
    {"attribution.zh_view", kZhView},
    {"attribution.zh_back", kZhBack},
    {"attribution.zh_end", kZhEnd},
    {"attribution.zh_never", kZhNever},
    {"attribution.zh_surname", kZhSurname},
};

// Lexicons whose forms are kept: the built-in one and what a user adds.
constexpr size_t kMaxKept = 4;

// A noun or adjective made from a verb, which has the verb's stem: reporter,
// assertion, allegedly.
bool IsDerived(std::string_view word) {
  for (const std::string_view end : {"tion", "tions", "sion", "sions", "ment", "ments", "ance", "ances", "able", "ably",
                                     "edly", "er", "ers", "al", "als", "ive", "ist", "ists"}) {
    if (word.size() > end.size() && word.substr(word.size() - end.size()) == end) {
      return true;
    }
  }
  return false;
}

uint64_t NameClasses(NameType type) {
  switch (type) {
    case NameType::kCountry:
    case NameType::kPlace:
    case NameType::kOrganisation:
    case NameType::kPeople:
    case NameType::kCompany:
    case NameType::kTitle:
      return kKnownPlace;
    case NameType::kPerson:
      return kKnownPerson;
    default:
      return 0;
  }
}

}  // namespace

// What the lexicon says, by key (engine/base/lexicon_key.h). Entries that
// have tags alone are in no index of the lexicon.
struct AttributionWords::Forms {
  explicit Forms(const Lexicon& lexicon);

  std::unordered_map<std::string, uint64_t> english;
  std::unordered_set<std::string> as_written;  // verbs of one word
  std::unordered_set<std::string> phrase_starts;
  int32_t longest_phrase = 1;
  std::unordered_map<std::string, uint64_t> chinese;
  std::unordered_map<std::string, int32_t> chinese_longest;  // by first character, in characters
};

AttributionWords::Forms::Forms(const Lexicon& lexicon) {
  for (int32_t i = 0; i < lexicon.size(); ++i) {
    const LexiconEntry& entry = lexicon.entry(i);
    uint64_t classes = 0, zh_classes = 0;
    for (const std::string_view tag : entry.tags) {
      for (const auto& [name, bit] : kTags) {
        if (tag == name) classes |= bit;
      }
      for (const auto& [name, bit] : kChineseTags) {
        if (tag == name) zh_classes |= bit;
      }
    }
    // A cue of the lexicon without a tag here counts in English, where "that"
    // or a quotation must follow it; in Chinese too much depends on where a
    // word may stand.
    if (entry.Has(Cue::kSay)) classes |= kSayCue;
    if ((classes | zh_classes) == 0) continue;
    for (size_t k = 0; k < entry.en.size() && k < entry.en_keys.size(); ++k) {
      const std::string_view form = entry.en[k];
      const LexiconKey key = SplitKey(entry.en_keys[k]);
      if (key.tokens == 0) continue;
      // Phrases that the lexicon has for other reasons ("said that") are left
      // to their words.
      if (key.tokens > 1 && classes == kSayCue) continue;
      english[key.key] |= classes;
      if (key.tokens < 2) {
        if ((classes & kVerbAny) != 0) {
          as_written.insert(std::string(form.substr(form.front() == '=')));
        }
        continue;
      }
      phrase_starts.insert(key.first);
      longest_phrase = std::max(longest_phrase, std::min(key.tokens, kMaxPhraseWords));
    }
    for (const std::string_view zh_key : entry.zh_keys) {
      const LexiconKey key = SplitKey(zh_key);
      if (key.tokens == 0 || zh_classes == 0) continue;
      chinese[key.key] |= zh_classes;
      int32_t& longest = chinese_longest[key.first];
      longest = std::max(longest, key.tokens);
    }
  }
}

std::shared_ptr<const AttributionWords::Forms> AttributionWords::FormsOf(const Lexicon& lexicon) {
  static std::mutex mutex;
  static auto* kept = new std::vector<std::pair<std::string, std::shared_ptr<const Forms>>>;
  {
    const std::lock_guard<std::mutex> lock(mutex);
    for (const auto& [hash, forms] : *kept) {
      if (hash == lexicon.hash()) return forms;
    }
  }
  auto forms = std::make_shared<const Forms>(lexicon);
  const std::lock_guard<std::mutex> lock(mutex);
  if (kept->size() >= kMaxKept) kept->erase(kept->begin());
  kept->emplace_back(lexicon.hash(), forms);
  return forms;
}

AttributionWords::AttributionWords(const Lexicon& lexicon) : lexicon_(lexicon), forms_(FormsOf(lexicon)) {}
AttributionWords::~AttributionWords() = default;

WordFacts AttributionWords::Classify(std::string_view surface) {
  std::string word(surface);
  const auto it = seen_.find(word);
  if (it != seen_.end()) return it->second;
  if (seen_.size() >= kMaxSeen) seen_.clear();
  WordFacts facts;
  const auto tokens = Tokenize(surface, {0, static_cast<int32_t>(surface.size())}, Language::kEnglish);
  if (!tokens.empty()) {
    for (const KeyStyle style : {KeyStyle::kStem, KeyStyle::kExact, KeyStyle::kCapitals}) {
      if (style == KeyStyle::kCapitals && !tokens.front().all_caps) continue;
      std::string key;
      AppendToKey(tokens.front(), style, key);
      if (const auto form = forms_->english.find(key); form != forms_->english.end()) facts.classes |= form->second;
      facts.starts_phrase |= forms_->phrase_starts.count(key) > 0;
      for (const int32_t e : lexicon_.Find(key)) facts.classes |= NameClasses(lexicon_.entry(e).name_type);
    }
  }
  // What the tags say of a verb goes before its being a cue in general.
  if ((facts.classes & ((kVerbAny & ~uint64_t{kSayCue}) | kRole | kBody | kVenue | kPreposition | kAdverb)) != 0)
    facts.classes &= ~uint64_t{kSayCue};
  if ((facts.classes & kVerbAny) != 0 && IsDerived(tokens.front().form) &&
      forms_->as_written.count(tokens.front().form) == 0) {
    facts.classes &= ~uint64_t{kVerbAny | kVerbAddressee | kVerbSay};
  }
  seen_.emplace(std::move(word), facts);
  return facts;
}

int AttributionWords::Phrase(const std::vector<std::string_view>& words, uint64_t& classes) {
  int best = 0;
  std::vector<Token> tokens;
  for (const std::string_view word : words) {
    if (static_cast<int32_t>(tokens.size()) >= forms_->longest_phrase) break;
    auto one = Tokenize(word, {0, static_cast<int32_t>(word.size())}, Language::kEnglish);
    if (one.empty()) break;
    tokens.push_back(std::move(one.front()));
  }
  for (const KeyStyle style : {KeyStyle::kStem, KeyStyle::kExact, KeyStyle::kCapitals}) {
    std::string key;
    for (int n = 0; n < static_cast<int>(tokens.size()) && n < forms_->longest_phrase; ++n) {
      AppendToKey(tokens[static_cast<size_t>(n)], style, key);
      const auto form = n == 0 ? forms_->english.end() : forms_->english.find(key);
      if (form == forms_->english.end() || n + 1 < best) continue;
      if (n + 1 > best) classes = 0;
      best = n + 1;
      classes |= form->second;
    }
  }
  return best;
}

int32_t AttributionWords::ChineseWord(std::string_view text, int32_t at, uint64_t& classes) const {
  std::string key;
  int32_t best = 0;
  int32_t longest = 0;
  int32_t i = at;
  for (int32_t n = 0; i < static_cast<int32_t>(text.size()); ++n) {
    const char32_t c = NextCodePoint(text, i);
    if (!IsHan(c)) break;
    AppendUtf8(ToSimplified(c), key);
    if (n == 0) {
      const auto it = forms_->chinese_longest.find(key);
      if (it == forms_->chinese_longest.end()) return 0;
      longest = it->second;
    }
    if (const auto it = forms_->chinese.find(key); it != forms_->chinese.end()) {
      best = i - at;
      classes = it->second;
    }
    if (n + 1 >= longest) break;
  }
  return best;
}

}  // namespace narrdiff
