// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/versions/compare_names.h"

#include <algorithm>
#include <optional>
#include <string>

#include "engine/base/han_tables.h"
#include "engine/base/utf8.h"
#include "engine/versions/make_difference.h"
#include "engine/versions/name_sound.h"

namespace narrdiff {
namespace {

constexpr float kFound = .5f;              // match from which a word of a name is taken to be found
constexpr float kSurelyFound = .65f;       // the same of a name that a dictionary knows: its parts mean nothing
constexpr double kOtherName = .45;         // likeness of sounds below which two names are two
constexpr int32_t kMaxPartCharacters = 6;  // of one part of a foreign name in Chinese

class Comparer {
 public:
  Comparer(const BeadWords& bead, const Lexicon& lexicon) : bead_(bead), lexicon_(lexicon) {}

  std::vector<VersionDifference> Run() {
    KnownNames();
    for (const Side side : kBothSides) {
      const BeadSide& latin = bead_.sides[side];
      if (IsChinese(latin.language) || !IsChinese(bead_.sides[Other(side)].language)) continue;
      LatinNames(side);
      PinyinNames(side);
      GivenNames(side);
      Strangers(side);
    }
    const bool chinese = IsChinese(bead_.sides.left.language);
    if (chinese == IsChinese(bead_.sides.right.language)) chinese ? ChineseNames() : CapitalNames();
    return std::move(out_);
  }

 private:
  const Token& TokenAt(Side side, int32_t t) const { return bead_.sides[side].tokens[static_cast<size_t>(t)]; }
  int32_t SizeOf(Side side) const { return static_cast<int32_t>(bead_.sides[side].tokens.size()); }
  static bool IsDot(const Token& token) { return token.form == "·" || token.form == "•" || token.form == "・"; }
  bool IsName(Side side, int32_t t) const {
    return t >= 0 && t < SizeOf(side) && TokenAt(side, t).kind == TokenKind::kWord && TokenAt(side, t).capital;
  }

  void Add(TokenRange left, TokenRange right, double confidence) {
    out_.push_back(MakeDifference(bead_, VersionDifferenceKind::kName, {left}, {right}, "another name", confidence));
  }
  void AddFrom(Side side, TokenRange here, TokenRange there, double confidence) {
    if (side == Side::kLeft) {
      Add(here, there, confidence);
    } else {
      Add(there, here, confidence);
    }
  }

  // --- Names of the lexicon -------------------------------------------------------------------------------------

  // Of the kinds whose names stand for one thing each. The two countries of a bilateral text come and go with style
  // ("the two countries", 中美两国), and so do titles.
  static bool IsCompared(const LexiconEntry& e) {
    switch (e.name_type) {
      case NameType::kPlace:
      case NameType::kPerson:
      case NameType::kOrganisation:
      case NameType::kCompany:
      case NameType::kVehicle:
      case NameType::kDocument:
        return true;
      case NameType::kCountry:
        return e.party != "US" && e.party != "China";
      default:
        return false;
    }
  }

  void KnownNames() {
    Sides<std::vector<const LexiconMatch*>> left_over;
    for (const Side side : kBothSides) {
      const auto& others = bead_.sides[Other(side)].entries;
      for (const LexiconMatch& m : bead_.sides[side].entries) {
        if (m.nested || !IsCompared(lexicon_.entry(m.entry))) continue;
        const bool met =
            std::any_of(others.begin(), others.end(), [&](const LexiconMatch& o) { return o.entry == m.entry; });
        if (!met && bead_.sides[side].TranslatedAt(m.first, m.last) < kFound) left_over[side].push_back(&m);
      }
    }
    // Names of one type, if there is one on each side.
    for (const LexiconMatch* a : left_over.left) {
      for (const LexiconMatch* b : left_over.right) {
        const NameType type = lexicon_.entry(a->entry).name_type;
        if (type != lexicon_.entry(b->entry).name_type) continue;
        const auto only = [&](const std::vector<const LexiconMatch*>& all) {
          return std::count_if(all.begin(), all.end(),
                               [&](const LexiconMatch* m) { return lexicon_.entry(m->entry).name_type == type; }) == 1;
        };
        if (only(left_over.left) && only(left_over.right)) Add({a->first, a->last}, {b->first, b->last}, .85);
      }
    }
  }

  // --- English and Chinese --------------------------------------------------------------------------------------

  // The Han run on the other side that a name word stands for; nothing where it is not found.
  std::optional<TokenRange> Found(Side side, int32_t t) const {
    const BeadSide& from = bead_.sides[side];
    const BeadSide& han = bead_.sides[Other(side)];
    for (const BeadWord& word : from.words) {
      if (word.first > t || word.last <= t || word.match < kFound || word.partner < 0) continue;
      const auto partner = static_cast<size_t>(word.partner);
      TokenRange range{han.words[partner].first, han.words[partner].last};
      // The words that spell one name have one partner.
      for (size_t w = partner + 1; w < han.words.size(); ++w) {
        const bool same = han.words[w].partner >= 0 && han.words[w].partner == han.words[partner].partner &&
                          han.words[w].first == range.last;
        if (!same) break;
        range.last = han.words[w].last;
      }
      return range;
    }
    return std::nullopt;
  }

  void LatinNames(Side side) {
    for (int32_t t = 0; t < SizeOf(side); ++t) {
      if (!IsName(side, t) || Found(side, t).has_value()) continue;
      // The word before or after it in the same name is found; the place beside that one on the other side is where
      // this one should stand.
      const bool ends = !IsName(side, t + 1);
      if (ends && IsName(side, t - 1)) {
        if (const auto surname = Found(side, t - 1); surname.has_value()) Beside(side, t, *surname, /*after=*/true);
      } else if (IsName(side, t + 1)) {
        if (const auto next = Found(side, t + 1); next.has_value()) Beside(side, t, *next, /*after=*/false);
      }
    }
  }

  // Compares the name word at `t` with the part of a name that stands before or after the part `known` on the Chinese
  // side: behind the dot of a foreign name, or the given name after a Chinese surname.
  void Beside(Side side, int32_t t, const TokenRange& known, bool after) {
    const Side other = Other(side);
    const int32_t dot = after ? known.last : known.first - 1;
    if (dot >= 0 && dot < SizeOf(other) && IsDot(TokenAt(other, dot))) {
      const TokenRange part = after ? PartAfter(other, dot) : PartBefore(other, dot);
      if (part.first == part.last || Likeness(side, t, part) >= kOtherName) return;
      AddFrom(side, {t, t + 1}, part, .9);
      return;
    }
    // A Chinese name: the surname is spelt as it sounds, and so should the given name be.
    if (!after || known.last - known.first > 2 || !IsPinyin(TokenAt(side, t).form)) return;
    if (PinyinOf(other, known) != TokenAt(side, t - 1).form) return;
    TokenRange given{known.last, known.last};
    while (given.last < SizeOf(other) && given.last < known.last + 2 && IsFree(other, given.last)) ++given.last;
    if (given.first == given.last || Likeness(side, t, given) >= kOtherName) return;
    AddFrom(side, {t, t + 1}, given, .75);
  }

  // A Han character that no word of the other side accounts for.
  bool IsFree(Side side, int32_t t) const {
    return TokenAt(side, t).kind == TokenKind::kHan && bead_.sides[side].TranslatedAt(t, t + 1) < kFound;
  }

  // A given name of the lexicon that ends or begins beside the dot, else the characters that are free.
  TokenRange PartBefore(Side side, int32_t dot) const {
    for (const VersionWordMention& m : bead_.sides[side].mentions) {
      if (m.word->kind == VersionWordKind::kGivenName && m.last == dot) return {m.first, m.last};
    }
    TokenRange part{dot, dot};
    while (part.first > 0 && dot - part.first < kMaxPartCharacters && IsFree(side, part.first - 1)) --part.first;
    return part;
  }
  TokenRange PartAfter(Side side, int32_t dot) const {
    for (const VersionWordMention& m : bead_.sides[side].mentions) {
      if (m.word->kind == VersionWordKind::kGivenName && m.first == dot + 1) return {m.first, m.last};
    }
    TokenRange part{dot + 1, dot + 1};
    while (part.last < SizeOf(side) && part.last - dot <= kMaxPartCharacters && IsFree(side, part.last)) ++part.last;
    return part;
  }

  double Likeness(Side side, int32_t t, const TokenRange& part) const {
    return SoundLikeness(SoundOfLatin(TokenAt(side, t).form), SoundOf(Other(side), part));
  }
  std::vector<std::string_view> SyllablesOf(Side side, const TokenRange& part) const {
    std::vector<std::string_view> syllables;
    for (int32_t k = part.first; k < part.last; ++k) {
      int32_t at = 0;
      syllables.push_back(Pinyin(NextCodePoint(TokenAt(side, k).form, at)));
    }
    return syllables;
  }
  NameSound SoundOf(Side side, const TokenRange& part) const { return SoundOfPinyin(SyllablesOf(side, part)); }
  std::string PinyinOf(Side side, const TokenRange& part) const {
    std::string out;
    for (const std::string_view syllable : SyllablesOf(side, part)) out += syllable;
    return out;
  }

  // Chinese names: the surname is spelt as it sounds, and so is one of the two syllables of the given name, but not the
  // other: "He Mingliang", 贺明朗. Where the whole name stands on the other side, or a character has several readings,
  // nothing is told.
  void PinyinNames(Side side) {
    const Side other = Other(side);
    for (int32_t t = 1; t < SizeOf(side); ++t) {
      if (!IsName(side, t) || !IsName(side, t - 1) || IsName(side, t + 1) || IsTold(side, t)) continue;
      const std::string& given = TokenAt(side, t).form;
      const std::string& surname = TokenAt(side, t - 1).form;
      if (!IsPinyin(given) || !IsPinyin(surname)) continue;
      std::vector<TokenRange> like;
      bool same = false;
      for (int32_t h = 0; h + 2 < SizeOf(other); ++h) {
        if (PinyinOf(other, {h, h + 1}) != surname) continue;
        const std::string first = PinyinOf(other, {h + 1, h + 2}), second = PinyinOf(other, {h + 2, h + 3});
        same = same || first + second == given || first == given;
        const bool shares = !first.empty() && !second.empty() && given.size() > std::max(first.size(), second.size()) &&
                            (given.compare(0, first.size(), first) == 0 ||
                             given.compare(given.size() - second.size(), second.size(), second) == 0);
        if (shares && !HasReadings(other, {h, h + 3})) like.push_back({h + 1, h + 3});
      }
      if (!same && like.size() == 1 && !IsTold(other, like[0].first)) AddFrom(side, {t, t + 1}, like[0], .8);
    }
  }
  bool HasReadings(Side side, const TokenRange& part) const {
    const auto several = lexicon_.Tagged("name.several_readings");
    return std::any_of(several.begin(), several.end(), [&](std::string_view form) {
      for (int32_t k = part.first; k < part.last; ++k) {
        if (TokenAt(side, k).form == form) return true;
      }
      return false;
    });
  }

  // One name of given_names.textproto on each side that is none of the other side's: "Reinhold", 莱因哈德. Their sounds
  // may be as like as these.
  void GivenNames(Side side) {
    const std::vector<const VersionWordMention*> latin = UnmetGivenNames(side), han = UnmetGivenNames(Other(side));
    if (latin.size() != 1 || han.size() != 1 || !IsName(side, latin[0]->first)) return;
    if (IsTold(side, latin[0]->first) || IsTold(Other(side), han[0]->first)) return;
    AddFrom(side, {latin[0]->first, latin[0]->last}, {han[0]->first, han[0]->last}, .75);
  }
  std::vector<const VersionWordMention*> UnmetGivenNames(Side side) const {
    const auto given = [](const VersionWordMention& m) { return m.word->kind == VersionWordKind::kGivenName; };
    std::vector<const VersionWordMention*> out;
    const auto& mentions = bead_.sides[side].mentions;
    for (const VersionWordMention& m : mentions) {
      if (!given(m) || !IsWholeName(side, m)) continue;
      // A form may be one of several names.
      const bool met = std::any_of(mentions.begin(), mentions.end(), [&](const VersionWordMention& here) {
        const auto& others = bead_.sides[Other(side)].mentions;
        return given(here) && here.first == m.first &&
               std::any_of(others.begin(), others.end(), [&](const VersionWordMention& there) {
                 return given(there) && there.word->group == here.word->group;
               });
      });
      if (!met && (out.empty() || out.back()->first != m.first)) out.push_back(&m);
    }
    return out;
  }
  // Not part of a longer Chinese name or word.
  bool IsWholeName(Side side, const VersionWordMention& m) const {
    if (TokenAt(side, m.first).kind != TokenKind::kHan) return true;
    const auto spells = [&](int32_t t) {
      return t >= 0 && t < SizeOf(side) && bead_.sides[side].spells_names[static_cast<size_t>(t)] &&
             bead_.sides[side].TranslatedAt(t, t + 1) < kSurelyFound;
    };
    return m.last - m.first > 1 && !spells(m.first - 1) && !spells(m.last);
  }

  // Whether the word can be one or two syllables of pinyin, judged by its letters: an initial, vowels, perhaps n or ng.
  static bool IsPinyin(const std::string& word) {
    const auto vowel = [](char c) { return std::string_view("aeiou").find(c) != std::string_view::npos; };
    size_t i = 0;
    int syllables = 0;
    while (i < word.size()) {
      const std::string_view rest = std::string_view(word).substr(i);
      if (rest.substr(0, 2) == "zh" || rest.substr(0, 2) == "ch" || rest.substr(0, 2) == "sh") {
        i += 2;
      } else if (std::string_view("bpmfdtnlgkhjqxrzcsyw").find(rest[0]) != std::string_view::npos) {
        ++i;
      }
      const size_t nucleus = i;
      while (i < word.size() && vowel(word[i])) ++i;
      if (i == nucleus || i - nucleus > 3) return false;
      const bool coda = i < word.size() && word[i] == 'n' && (i + 1 == word.size() || !vowel(word[i + 1]));
      if (coda) {
        ++i;
        if (i < word.size() && word[i] == 'g' && (i + 1 == word.size() || !vowel(word[i + 1]))) ++i;
      }
      ++syllables;
    }
    return syllables >= 1 && syllables <= 2;
  }

  // One name is left over on the Latin side, and one that spells another sound on the Chinese side. Unless the Chinese
  // one is a place of the lexicon, the Latin one must be in no dictionary, as names seldom are.
  void Strangers(Side side) {
    std::vector<TokenRange> latin, han;
    const Side other = Other(side);
    for (const LexiconMatch& m : bead_.sides[other].entries) {
      const LexiconEntry& entry = lexicon_.entry(m.entry);
      if (m.nested || entry.name_type != NameType::kPlace || IsTold(other, m.first)) continue;
      if (bead_.sides[other].TranslatedAt(m.first, m.last) < kFound) han.push_back({m.first, m.last});
    }
    const bool place = !han.empty();
    const BeadSide& chinese = bead_.sides[other];
    const bool proper = std::any_of(chinese.words.begin(), chinese.words.end(), [&](const BeadWord& word) {
      return word.proper && word.translated < kSurelyFound && !IsKnown(other, word) && !IsTold(other, word.first);
    });
    for (const BeadWord& word : bead_.sides[side].words) {
      if (!IsName(side, word.first) || word.weight == 0 || word.match >= kFound || (word.listed && !place && !proper))
        continue;
      if (IsFirst(side, word.first) || IsKnown(side, word.first) || IsTold(side, word.first) ||
          TokenAt(side, word.first).all_caps)
        continue;
      if (!latin.empty() && latin.back().last == word.first) {
        latin.back().last = word.last;
      } else {
        latin.push_back({word.first, word.last});
      }
    }
    if (latin.size() != 1) return;
    for (size_t w = 0; !place && w < chinese.words.size(); ++w) {
      const BeadWord& word = chinese.words[w];
      const float found = word.proper ? kSurelyFound : kFound;
      if (word.kind != TermKind::kHan || word.translated >= found || IsKnown(other, word) ||
          IsTold(other, word.first)) {
        continue;
      }
      const bool spelt = !word.listed && chinese.spells_names[static_cast<size_t>(word.first)];
      if (word.proper) {
        han.push_back({word.first, word.last});
      } else if (spelt && !han.empty() && han.back().last == word.first) {
        han.back().last = word.last;
      } else if (spelt) {
        han.push_back({word.first, word.last});
      }
    }
    han.erase(std::remove_if(han.begin(), han.end(), [](const TokenRange& r) { return r.last - r.first < 2; }),
              han.end());
    if (han.size() != 1) return;
    for (int32_t t = latin[0].first; t < latin[0].last && !place; ++t) {
      if (Likeness(side, t, han[0]) >= kOtherName) return;
    }
    AddFrom(side, latin[0], han[0], .6);
  }

  bool IsTold(Side side, int32_t t) const {
    const Span span = TokenAt(side, t).span;
    return std::any_of(out_.begin(), out_.end(), [&](const VersionDifference& d) {
      return std::any_of(d.spans[side].begin(), d.spans[side].end(), [&](const Span& s) { return s.Overlaps(span); });
    });
  }

  // --- One language ---------------------------------------------------------------------------------------------

  void ChineseNames() {
    DottedNames();
    ProperNames();
  }

  // Two Chinese versions: one name left over on each side, before or after the same word.
  void ProperNames() {
    const auto left_over = [&](Side side) {
      std::vector<size_t> out;
      const auto& words = bead_.sides[side].words;
      for (size_t w = 0; w < words.size(); ++w) {
        // A capital that the lexicon lists as its country's government is a place here.
        if (words[w].proper && words[w].translated < kSurelyFound && !IsTold(side, words[w].first)) out.push_back(w);
      }
      return out;
    };
    const std::vector<size_t> left = left_over(Side::kLeft), right = left_over(Side::kRight);
    if (left.size() != 1 || right.size() != 1) return;
    const auto& here = bead_.sides.left.words;
    const auto& there = bead_.sides.right.words;
    const auto next = [](const std::vector<BeadWord>& words, size_t w, int step) {
      do {
        w += static_cast<size_t>(step);  // before the first is past the last
      } while (w < words.size() && words[w].weight == 0);
      return w;
    };
    for (const int step : {-1, 1}) {
      const size_t a = next(here, left[0], step), b = next(there, right[0], step);
      if (a >= here.size() || b >= there.size() || here[a].partner != static_cast<int32_t>(b)) continue;
      Add({here[left[0]].first, here[left[0]].last}, {there[right[0]].first, there[right[0]].last}, .7);
      return;
    }
  }

  // Two Chinese versions: the parts of a foreign name on both sides of a dot.
  void DottedNames() {
    const auto dots = [&](Side side) {
      std::vector<int32_t> out;
      for (int32_t t = 1; t + 1 < SizeOf(side); ++t) {
        if (IsDot(TokenAt(side, t))) out.push_back(t);
      }
      return out;
    };
    const std::vector<int32_t> left = dots(Side::kLeft), right = dots(Side::kRight);
    if (left.size() != right.size()) return;
    for (size_t k = 0; k < left.size(); ++k) {
      for (const bool after : {false, true}) {
        const TokenRange a = after ? PartAfter(Side::kLeft, left[k]) : PartBefore(Side::kLeft, left[k]);
        const TokenRange b = after ? PartAfter(Side::kRight, right[k]) : PartBefore(Side::kRight, right[k]);
        if (a.first == a.last || b.first == b.last) continue;
        if (SoundLikeness(SoundOf(Side::kLeft, a), SoundOf(Side::kRight, b)) < kOtherName) Add(a, b, .8);
      }
    }
  }

  // Two versions in a language with capitals: one name word left over on each side, with the same neighbour.
  void CapitalNames() {
    const auto left_over = [&](Side side) {
      std::vector<int32_t> out;
      for (const BeadWord& word : bead_.sides[side].words) {
        if (word.weight == 0 || word.match >= kFound || !IsName(side, word.first)) continue;
        const bool first =
            word.first == 0 || bead_.sides[side].SentenceAt(word.first) != bead_.sides[side].SentenceAt(word.first - 1);
        if (!first && !IsKnown(side, word.first)) out.push_back(word.first);
      }
      return out;
    };
    const std::vector<int32_t> left = left_over(Side::kLeft), right = left_over(Side::kRight);
    if (left.size() != right.size()) return;
    for (size_t k = 0; k < left.size(); ++k) {
      const auto stem = [&](Side side, int32_t t) {
        return t >= 0 && t < SizeOf(side) ? std::string_view(TokenAt(side, t).stem) : std::string_view();
      };
      const bool before = stem(Side::kLeft, left[k] - 1) == stem(Side::kRight, right[k] - 1);
      const bool after = stem(Side::kLeft, left[k] + 1) == stem(Side::kRight, right[k] + 1);
      if (before || after) Add({left[k], left[k] + 1}, {right[k], right[k] + 1}, .8);
    }
  }

  // The first word of a sentence has a capital by its place.
  bool IsFirst(Side side, int32_t t) const {
    return t == 0 || bead_.sides[side].SentenceAt(t) != bead_.sides[side].SentenceAt(t - 1);
  }

  // A name that KnownNames looks at.
  bool IsKnown(Side side, int32_t t) const { return IsKnown(side, t, t + 1); }
  // The same of a whole word: 拉 alone is Latin America, and not in 拉巴斯.
  bool IsKnown(Side side, const BeadWord& word) const { return IsKnown(side, word.first, word.last); }
  bool IsKnown(Side side, int32_t first, int32_t last) const {
    const auto& entries = bead_.sides[side].entries;
    return std::any_of(entries.begin(), entries.end(), [&](const LexiconMatch& m) {
      return m.first <= first && last <= m.last && lexicon_.entry(m.entry).name_type != NameType::kNone;
    });
  }

  const BeadWords& bead_;
  const Lexicon& lexicon_;
  std::vector<VersionDifference> out_;
};

}  // namespace

std::vector<VersionDifference> CompareNames(const BeadWords& bead, const Lexicon& lexicon) {
  return Comparer(bead, lexicon).Run();
}

}  // namespace narrdiff
