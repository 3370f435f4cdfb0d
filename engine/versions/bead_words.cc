// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/versions/bead_words.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "engine/base/han_tables.h"
#include "engine/base/utf8.h"

namespace narrdiff {
namespace {

constexpr float kSingleHan = .5f;  // weight of a character that forms no word with its neighbours
constexpr float kFunctionFactor = .5f;
constexpr float kLightFactor = .25f;
constexpr float kSayFactor = .15f;   // of verbs of saying, which versions exchange freely
constexpr float kSameMention = .8f;  // words of one scale: what parts them is told apart from omissions
constexpr float kSoundMatch = .9f;
constexpr double kSureSound = .75;
constexpr float kDigitMatch = .9f;
constexpr float kCharacterFactor = .8f;
constexpr float kMostByCharacters = .6f;
constexpr float kMinShare = .12f;
constexpr float kKnown = .65f;  // match from which a word is no candidate for the spelling of a name
constexpr int32_t kMaxNameSyllables = 8;
constexpr size_t kLongName = 3;  // sounds from which a name takes more than one character

bool Overlap(int32_t a_first, int32_t a_last, int32_t b_first, int32_t b_last) {
  return a_first < b_last && b_first < a_last;
}

void Raise(BeadWord& word, float match, int32_t partner) {
  if (match <= word.match) return;
  word.match = match;
  word.partner = partner;
}

// The words of `side` that overlap tokens [first, last).
template <typename F>
void ForWords(BeadSide& side, int32_t first, int32_t last, F f) {
  for (size_t w = 0; w < side.words.size(); ++w) {
    if (Overlap(side.words[w].first, side.words[w].last, first, last)) f(w);
  }
}

// Share of a word that a range must hold to be found with it: 会 in 联合国儿童基金会 says nothing of the whole.
float ShareOf(const BeadWord& word, int32_t first, int32_t last) {
  const int32_t held = std::min(word.last, last) - std::max(word.first, first);
  return std::min(1.f, 2.f * static_cast<float>(held) / static_cast<float>(word.last - word.first));
}

// Raises the match of the words within both ranges.
void Link(BeadWords& bead, int32_t left_first, int32_t left_last, int32_t right_first, int32_t right_last,
          float match) {
  const Sides<std::pair<int32_t, int32_t>> ranges{{left_first, left_last}, {right_first, right_last}};
  Sides<int32_t> heads{-1, -1};
  for (const Side side : kBothSides) {
    ForWords(bead.sides[side], ranges[side].first, ranges[side].second, [&](size_t w) {
      if (heads[side] < 0) heads[side] = static_cast<int32_t>(w);
    });
  }
  for (const Side side : kBothSides) {
    ForWords(bead.sides[side], ranges[side].first, ranges[side].second, [&](size_t w) {
      BeadWord& word = bead.sides[side].words[w];
      Raise(word, match * ShareOf(word, ranges[side].first, ranges[side].second), heads[Other(side)]);
    });
  }
}

// Whether the gloss is the headword's own sound: "Chengdu", "Hobart", "La Paz". An empty sound is none.
bool IsSpelling(const Dictionary& dictionary, absl::Span<const uint32_t> gloss, std::string_view pinyin,
                const NameSound& sound) {
  const auto spells = [&](std::string_view name) {
    return name == pinyin || (!sound.empty() && SoundLikeness(SoundOfLatin(name), sound) >= kSureSound);
  };
  if (gloss.size() >= 2 &&
      spells(absl::StrCat(std::string(dictionary.word(gloss[0])), std::string(dictionary.word(gloss[1]))))) {
    return true;
  }
  return std::any_of(gloss.begin(), gloss.end(), [&](uint32_t word) { return spells(dictionary.word(word)); });
}

std::vector<std::string_view> EnglishStems(const TermTables& tables) {
  std::vector<std::string_view> stems;
  for (const Side side : kBothSides) {
    for (const TermType& type : tables.tables[side].types) {
      if (type.kind == TermKind::kWord) stems.push_back(type.key);
    }
  }
  return stems;
}

}  // namespace

float BeadSide::TranslatedAt(int32_t first, int32_t last) const {
  float best = 0;
  for (const BeadWord& word : words) {
    if (Overlap(word.first, word.last, first, last)) best = std::max(best, word.translated);
  }
  return best;
}

WordLinker::WordLinker(const Sides<const DescribedStatement*>& statements, const TermTables& tables,
                       const std::vector<std::shared_ptr<const Dictionary>>& dictionaries, const VersionWords& words,
                       const Lexicon& lexicon, WordLikeness likeness)
    : statements_(statements),
      tables_(tables),
      dictionaries_(dictionaries),
      words_(words),
      lexicon_(lexicon),
      likeness_(std::move(likeness)),
      characters_(dictionaries, EnglishStems(tables)) {
  for (const std::string_view form : lexicon.Tagged("function_word")) function_words_.emplace(form);
}

BeadWords WordLinker::Read(const Sides<IndexRange>& range) const {
  BeadWords bead;
  bead.sentences = range;
  for (const Side side : kBothSides) FillSide(side, range[side], bead.sides[side]);
  LinkTerms(bead);
  LinkEntries(bead);
  LinkQuantities(bead);
  LinkCharacters(bead);
  LinkAlike(bead);
  LinkNames(bead);
  for (const Side side : kBothSides) {
    for (BeadWord& word : bead.sides[side].words) {
      // A function word that stands in a gloss ("agreed on") says little of the word glossed.
      const bool function =
          word.partner >= 0 && bead.sides[Other(side)].words[static_cast<size_t>(word.partner)].weight == 0;
      word.translated = function ? kFunctionFactor * word.match : word.match;
    }
  }
  LinkMentions(bead);
  return bead;
}

void WordLinker::FillSide(Side side, const IndexRange& range, BeadSide& out) const {
  out.first_sentence = range.begin;
  const TermTable& table = tables_.tables[side];
  // The weight of a word that one sentence has.
  const auto once = static_cast<float>(std::log((table.sentence_count() + 1) / 1.5));
  for (int32_t s = range.begin; s < range.end; ++s) {
    const DescribedSentence& sentence = statements_[side]->sentences[static_cast<size_t>(s)];
    out.text = sentence.input.text;
    out.language = sentence.input.language;
    const auto offset = static_cast<int32_t>(out.tokens.size());
    out.tokens.insert(out.tokens.end(), sentence.tokens.begin(), sentence.tokens.end());
    out.sentence_of.resize(out.tokens.size(), s);
    for (const Token& token : sentence.tokens) out.spells_names.push_back(words_.SpellsNames(token.form));
    for (Quantity q : sentence.quantities) {
      q.token_begin += offset;
      q.token_end += offset;
      out.quantities.push_back(q);
    }
    for (LexiconMatch m : sentence.matches) {
      m.first += offset;
      m.last += offset;
      out.entries.push_back(m);
    }
    for (VersionWordMention m : words_.Find(sentence.tokens)) {
      m.first += offset;
      m.last += offset;
      out.mentions.push_back(m);
    }
    auto token = static_cast<size_t>(offset);
    for (int32_t t = table.begin[static_cast<size_t>(s)]; t < table.begin[static_cast<size_t>(s) + 1]; ++t) {
      BeadWord word;
      word.span = table.spans[static_cast<size_t>(t)];
      word.type = table.terms[static_cast<size_t>(t)];
      const TermType& type = table.types[static_cast<size_t>(word.type)];
      word.kind = type.kind;
      // Terms made of one quantity share its span.
      if (!out.words.empty() && out.words.back().span == word.span) continue;
      while (token < out.tokens.size() && out.tokens[token].span.begin < word.span.begin) ++token;
      word.first = static_cast<int32_t>(token);
      word.last = word.first;
      while (word.last < static_cast<int32_t>(out.tokens.size()) &&
             out.tokens[static_cast<size_t>(word.last)].span.begin < word.span.end) {
        ++word.last;
      }
      if (word.first == word.last) continue;
      word.weight = WeightOf(out, word, type) / once;
      LookUp(out, type, word);
      out.words.push_back(word);
    }
  }
  for (const LexiconMatch& m : out.entries) {
    if (!lexicon_.entry(m.entry).Has(Cue::kSay)) continue;
    ForWords(out, m.first, m.last, [&](size_t w) {
      out.words[w].weight *= kSayFactor;
      out.words[w].says = true;
    });
  }
  for (BeadWord& word : out.words) word.named = IsLexiconName(out, word);
}

float WordLinker::WeightOf(const BeadSide& side, const BeadWord& word, const TermType& type) const {
  if (word.kind == TermKind::kPunctuation) return 0;
  if (word.kind == TermKind::kNumber) return type.weight;
  const Token& token = side.tokens[static_cast<size_t>(word.first)];
  const bool single = word.last == word.first + 1;
  if (single && function_words_.count(token.form) > 0) return 0;
  if (words_.IsLight(type.key)) return kLightFactor * type.weight;
  if (word.kind == TermKind::kHan) return single ? kSingleHan * type.weight : type.weight;
  return token.form.size() < 2 ? 0 : type.weight;
}

void WordLinker::LookUp(const BeadSide& side, const TermType& type, BeadWord& word) const {
  for (const auto& dictionary : dictionaries_) {
    if (type.kind == TermKind::kWord) word.listed = word.listed || dictionary->WordId(type.key) >= 0;
    if (type.kind != TermKind::kHan || word.last - word.first < 2) continue;
    const int32_t entry = dictionary->Find(type.key);
    if (entry < 0) continue;
    word.listed = true;
    std::string pinyin;
    std::vector<std::string_view> syllables;
    for (int32_t i = 0; i < static_cast<int32_t>(type.key.size());) {
      syllables.push_back(Pinyin(NextCodePoint(type.key, i)));
      pinyin += syllables.back();
    }
    const bool spelt = std::all_of(side.spells_names.begin() + word.first, side.spells_names.begin() + word.last,
                                   [](bool spells) { return spells; });
    const NameSound sound = SoundOfPinyin(syllables);
    for (int32_t g = 0; g < dictionary->gloss_count(entry); ++g) {
      const auto words = dictionary->gloss(entry, g);
      word.proper = word.proper || IsSpelling(*dictionary, words, pinyin, spelt ? sound : NameSound());
    }
  }
}

void WordLinker::LinkTerms(BeadWords& bead) const {
  for (const Side side : kBothSides) {
    BeadSide& from = bead.sides[side];
    const BeadSide& to = bead.sides[Other(side)];
    // The other side's words by type, for a type may have thousands of matches, few of which are here.
    std::vector<std::pair<int32_t, int32_t>> places;
    for (size_t w = 0; w < to.words.size(); ++w) places.emplace_back(to.words[w].type, static_cast<int32_t>(w));
    std::sort(places.begin(), places.end());
    for (BeadWord& word : from.words) {
      const absl::Span<const TermMatch> matches = tables_.matches[side].of(word.type);
      auto match = matches.begin();
      for (const auto& [type, w] : places) {
        match = std::lower_bound(match, matches.end(), type,
                                 [](const TermMatch& m, int32_t wanted) { return m.type < wanted; });
        if (match == matches.end()) break;
        if (match->type == type) Raise(word, match->value, w);
      }
    }
  }
}

void WordLinker::LinkEntries(BeadWords& bead) const {
  for (const LexiconMatch& a : bead.sides.left.entries) {
    for (const LexiconMatch& b : bead.sides.right.entries) {
      if (a.entry == b.entry) Link(bead, a.first, a.last, b.first, b.last, 1);
    }
  }
}

void WordLinker::LinkQuantities(BeadWords& bead) const {
  for (const Quantity& a : bead.sides.left.quantities) {
    for (const Quantity& b : bead.sides.right.quantities) {
      if (SameQuantity(a, b)) Link(bead, a.token_begin, a.token_end, b.token_begin, b.token_end, 1);
    }
  }
  // A small number before a classifier that is no unit: "three paragraphs", 三段.
  for (const Side side : kBothSides) {
    if (!IsChinese(bead.sides[Other(side)].language)) continue;
    const BeadSide& han = bead.sides[Other(side)];
    for (const Quantity& q : bead.sides[side].quantities) {
      if (!IsSmallNumber(q) || q.value != std::floor(q.value)) continue;
      static constexpr std::string_view kDigits[] = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
      const auto digit = static_cast<size_t>(q.value);
      for (int32_t t = 0; t < static_cast<int32_t>(han.tokens.size()); ++t) {
        const std::string& form = han.tokens[static_cast<size_t>(t)].form;
        if (form != kDigits[digit] && !(digit == 2 && (form == "两" || form == "双"))) continue;
        const bool left = side == Side::kLeft;
        Link(bead, left ? q.token_begin : t, left ? q.token_end : t + 1, left ? t : q.token_begin,
             left ? t + 1 : q.token_end, kDigitMatch);
        break;
      }
    }
  }
}

void WordLinker::LinkMentions(BeadWords& bead) const {
  for (const VersionWordMention& a : bead.sides.left.mentions) {
    for (const VersionWordMention& b : bead.sides.right.mentions) {
      if (a.word->kind != b.word->kind || a.word->group != b.word->group) continue;
      const bool given = a.word->kind == VersionWordKind::kGivenName;
      Link(bead, a.first, a.last, b.first, b.last, given ? 1 : kSameMention);
    }
  }
}

// Between English and Chinese the characters that translate a word stand within longer words or across their ends; of
// two Chinese versions, words share characters.
void WordLinker::LinkCharacters(BeadWords& bead) const {
  for (const Side side : kBothSides) {
    BeadSide& han = bead.sides[Other(side)];
    BeadSide& from = bead.sides[side];
    if (!IsChinese(han.language)) continue;
    std::vector<std::pair<char32_t, int32_t>> characters;  // with the word in which each stands
    for (size_t w = 0; w < han.words.size(); ++w) {
      if (han.words[w].kind != TermKind::kHan || han.words[w].weight == 0) continue;
      for (int32_t t = han.words[w].first; t < han.words[w].last; ++t) {
        int32_t at = 0;
        characters.emplace_back(NextCodePoint(han.tokens[static_cast<size_t>(t)].form, at), static_cast<int32_t>(w));
      }
    }
    for (size_t w = 0; w < from.words.size(); ++w) {
      BeadWord& word = from.words[w];
      if (word.weight == 0) continue;
      if (word.kind == TermKind::kHan) {
        int32_t shared = 0, partner = -1;
        for (int32_t t = word.first; t < word.last; ++t) {
          int32_t at = 0;
          const char32_t c = NextCodePoint(from.tokens[static_cast<size_t>(t)].form, at);
          const auto found =
              std::find_if(characters.begin(), characters.end(), [&](const auto& x) { return x.first == c; });
          if (found == characters.end()) continue;
          ++shared;
          partner = found->second;
        }
        Raise(word, static_cast<float>(shared) / static_cast<float>(word.last - word.first), partner);
        continue;
      }
      if (word.kind != TermKind::kWord) continue;
      const std::string& stem = tables_.tables[side].types[static_cast<size_t>(word.type)].key;
      float sum = 0, best = 0;
      int32_t partner = -1;
      std::vector<char32_t> seen;
      for (const auto& [c, owner] : characters) {
        if (std::find(seen.begin(), seen.end(), c) != seen.end()) continue;
        seen.push_back(c);
        const float share = characters_.Share(stem, c);
        if (share < kMinShare) continue;
        sum += share;
        if (share > best) {
          best = share;
          partner = owner;
        }
      }
      const float match = std::min(kMostByCharacters, kCharacterFactor * sum);
      Raise(word, match, partner);
      if (partner >= 0) Raise(han.words[static_cast<size_t>(partner)], match, static_cast<int32_t>(w));
    }
  }
}

void WordLinker::LinkAlike(BeadWords& bead) const {
  if (!likeness_) return;
  for (size_t i = 0; i < bead.sides.left.words.size(); ++i) {
    for (size_t j = 0; j < bead.sides.right.words.size(); ++j) {
      BeadWord& left = bead.sides.left.words[i];
      BeadWord& right = bead.sides.right.words[j];
      if (left.weight == 0 || right.weight == 0) continue;
      const auto match = static_cast<float>(likeness_(bead.sides.left.SentenceAt(left.first), left.span,
                                                      bead.sides.right.SentenceAt(right.first), right.span));
      Raise(left, match, static_cast<int32_t>(j));
      Raise(right, match, static_cast<int32_t>(i));
    }
  }
}

bool WordLinker::IsLexiconName(const BeadSide& side, const BeadWord& word) const {
  return std::any_of(side.entries.begin(), side.entries.end(), [&](const LexiconMatch& m) {
    const LexiconEntry& entry = lexicon_.entry(m.entry);
    return Overlap(m.first, m.last, word.first, word.last) && entry.name_type != NameType::kNone && !entry.zh.empty();
  });
}

void WordLinker::LinkNames(BeadWords& bead) const {
  for (const Side side : kBothSides) {
    BeadSide& from = bead.sides[side];
    BeadSide& han = bead.sides[Other(side)];
    if (!IsChinese(han.language)) continue;
    for (size_t w = 0; w < from.words.size(); ++w) {
      BeadWord& word = from.words[w];
      const Token& token = from.tokens[static_cast<size_t>(word.first)];
      if (word.kind != TermKind::kWord || !token.capital || word.weight == 0 || word.match >= kKnown) continue;
      if (word.named) continue;  // its Chinese forms are known
      const HanRun run = FindSound(han, SoundOfLatin(token.form));
      if (run.likeness < kSameName) continue;
      ForWords(han, run.first, run.last, [&](size_t v) { Raise(han.words[v], kSoundMatch, static_cast<int32_t>(w)); });
      ForWords(han, run.first, run.first + 1, [&](size_t v) { Raise(word, kSoundMatch, static_cast<int32_t>(v)); });
    }
  }
}

HanRun FindSound(const BeadSide& side, const NameSound& name) {
  HanRun best;
  if (name.empty()) return best;
  std::vector<bool> known(side.tokens.size(), false);
  for (const BeadWord& word : side.words) {
    if (word.match < kKnown) continue;
    for (int32_t t = word.first; t < word.last; ++t) known[static_cast<size_t>(t)] = true;
  }
  std::vector<std::string_view> syllables;
  for (size_t begin = 0; begin < side.tokens.size(); ++begin) {
    syllables.clear();
    for (size_t end = begin; end < side.tokens.size() && end < begin + kMaxNameSyllables; ++end) {
      const Token& token = side.tokens[end];
      if (token.kind != TokenKind::kHan || known[end] || !side.spells_names[end]) break;
      int32_t at = 0;
      syllables.push_back(Pinyin(NextCodePoint(token.form, at)));
      if (syllables.size() == 1 && name.size() >= kLongName) continue;
      const double likeness = SoundLikeness(name, SoundOfPinyin(syllables));
      if (likeness > best.likeness + 1e-9) {
        best = {static_cast<int32_t>(begin), static_cast<int32_t>(end) + 1, likeness};
      }
    }
  }
  return best;
}

}  // namespace narrdiff
