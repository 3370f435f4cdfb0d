// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/versions/find_gaps.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"

namespace narrdiff {
namespace {

// Fitted by hand on the development pairs.
constexpr float kFound = .5f;              // match from which a word counts as found
constexpr double kNothingShared = .36;     // times the square of the usual coverage: below it sentences are strangers
constexpr int kStrangerWords = 3;          // least words of both of them
constexpr double kSentenceCoverage = .45;  // of a sentence that may be missing
constexpr double kStrangeCoverage = .38;   // below which the lengths need only not speak against it
constexpr double kLengthGain = .1;         // in log of the ratio of lengths, by leaving the sentence out
constexpr double kClauseCoverage = .3;     // of a clause that may be missing
constexpr double kClauseWeight = 1.4;      // least weight not found, less what the other side leaves unexplained
constexpr int kPhraseWords = 3;            // least words of a phrase that may be missing
constexpr double kPhraseWeight = 2;        // as kClauseWeight
constexpr double kClauseLength = .4;       // share of the clause's length that the other side lacks
// Of a run of words between two that are surely found, with nothing unexplained between their counterparts.
constexpr double kStray = .35;            // of a word that is not found
constexpr double kNamedMatch = .65;       // the same of a name whose forms are known
constexpr double kNeighbour = .6;         // of a word that is surely found
constexpr double kRunWeight = 1.5;        // least weight of the run
constexpr double kConjunctWeight = 1.05;  // the same of a run beside a conjunction or in a list
constexpr double kRunUnexplained = .4;    // most weight that is not explained opposite, for that of the run
constexpr int32_t kRunReach = 12;         // most tokens opposite
constexpr int kHeadWords = 2;             // of an item of a list
constexpr size_t kListItems = 3;          // least items of a list that is compared item by item
constexpr int32_t kEndTokens = 4;         // of the first and last item, English and other words
constexpr int32_t kEndHan = 8;            // the same in Chinese characters

bool OneOf(std::string_view form, std::initializer_list<std::string_view> forms) {
  return std::find(forms.begin(), forms.end(), form) != forms.end();
}

// Conjunctions are a closed class of grammar.
bool IsListComma(const BeadSide& side, int32_t t) {
  return side.tokens[static_cast<size_t>(t)].form == (IsChinese(side.language) ? "、" : ",");
}
bool IsAnd(const BeadSide& side, int32_t t) {
  const auto form = [&](int32_t k) {
    return k >= 0 && k < static_cast<int32_t>(side.tokens.size())
               ? std::string_view(side.tokens[static_cast<size_t>(k)].form)
               : std::string_view();
  };
  if (OneOf(form(t), {"and", "or", "和", "或", "与"})) return true;
  // 以及 and 及, not 及时.
  return form(t) == "及" && !OneOf(form(t + 1), {"时", "其", "早", "格"}) &&
         !OneOf(form(t - 1), {"涉", "普", "危", "顾", "埃", "提", "波"});
}

bool IsCut(const BeadSide& side, int32_t t) {
  const Token& token = side.tokens[static_cast<size_t>(t)];
  if (token.kind == TokenKind::kPunctuation) {
    return OneOf(token.form, {",", "，", "、", ";", "；", ":",  "：", ".", "。", "!",
                              "?", "！", "？", "(", ")",  "（", "）", "—", "–",  "…"});
  }
  return IsAnd(side, t) || OneOf(token.form, {"which", "but", "while"});
}

struct Sum {
  double weight = 0;
  double found = 0;
  double missing() const { return weight - found; }
  double coverage() const { return weight > 0 ? found / weight : 1; }
};

Sum SumOf(const BeadSide& side, int32_t first, int32_t last) {
  Sum sum;
  for (const BeadWord& word : side.words) {
    if (word.first < first || word.first >= last) continue;
    sum.weight += static_cast<double>(word.weight);
    sum.found += static_cast<double>(word.weight * word.match);
  }
  return sum;
}
Sum SumOf(const BeadSide& side) { return SumOf(side, 0, static_cast<int32_t>(side.tokens.size())); }

// Cuts the range down to its last or first words that tell something.
void KeepLast(const BeadSide& side, int words, TokenRange& range) {
  for (auto word = side.words.rbegin(); word != side.words.rend(); ++word) {
    if (word->first >= range.last || word->first < range.first || word->weight == 0) continue;
    if (--words == 0) {
      range.first = word->first;
      return;
    }
  }
}
void KeepFirst(const BeadSide& side, int words, TokenRange& range) {
  for (const BeadWord& word : side.words) {
    if (word.first >= range.last || word.first < range.first || word.weight == 0) continue;
    if (--words == 0) {
      range.last = std::min(range.last, word.last);
      return;
    }
  }
}

double BytesOf(const BeadSide& side, const TokenRange& range) {
  return range.first < range.last ? side.SpanOf(range.first, range.last).length() : 0;
}

class Finder {
 public:
  Finder(const BeadWords& bead, const GapBackground& background)
      : bead_(bead), ratio_(background.length_ratio), coverage_(background.coverage) {}

  std::vector<VersionDifference> Run() {
    for (const Side side : kBothSides) {
      Sentences(side);
      Items(side);
      Clauses(side);
      Phrases(side);
      Runs(side);
    }
    return std::move(out_);
  }

  std::vector<Sides<IndexRange>> Part() const {
    const IndexRange left = bead_.sentences.left, right = bead_.sentences.right;
    if (AreStrangers()) {
      // What is the caller's left comes first.
      if (bead_.swapped) return {{{left.begin, left.begin}, right}, {left, {right.end, right.end}}};
      return {{left, {right.begin, right.begin}}, {{left.end, left.end}, right}};
    }
    for (const Side side : kBothSides) {
      const IndexRange range = bead_.sentences[side], other = bead_.sentences[Other(side)];
      const auto beads = [&](const IndexRange& alone, const IndexRange& rest, bool first) {
        Sides<IndexRange> null, whole;
        null[side] = alone;
        null[Other(side)] = first ? IndexRange{other.begin, other.begin} : IndexRange{other.end, other.end};
        whole[side] = rest;
        whole[Other(side)] = other;
        return first ? std::vector<Sides<IndexRange>>{null, whole} : std::vector<Sides<IndexRange>>{whole, null};
      };
      if (IsLonely(side, range.begin)) return beads({range.begin, range.begin + 1}, {range.begin + 1, range.end}, true);
      if (IsLonely(side, range.end - 1)) return beads({range.end - 1, range.end}, {range.begin, range.end - 1}, false);
    }
    return {bead_.sentences};
  }

 private:
  const BeadSide& SideOf(Side side) const { return bead_.sides[side]; }
  TokenRange Whole(Side side) const { return {0, static_cast<int32_t>(SideOf(side).tokens.size())}; }
  static VersionDifferenceKind KindOf(Side side) {
    return side == Side::kLeft ? VersionDifferenceKind::kOmitted : VersionDifferenceKind::kAdded;
  }

  void Add(Side side, const TokenRange& range, double confidence) {
    std::vector<TokenRange> here{range}, none;
    taken_[side].push_back(range);
    out_.push_back(MakeDifference(bead_, KindOf(side), side == Side::kLeft ? here : none,
                                  side == Side::kRight ? here : none, "", confidence));
  }
  void AddSentence(Side side, const TokenRange& range, double confidence) {
    Add(side, range, confidence);
    out_.back().sentences[Other(side)].clear();
    out_.back().reason = absl::StrCat("this sentence stands on the ", bead_.NameOf(side), " only");
  }
  bool IsTaken(Side side, const TokenRange& range) const {
    return std::any_of(taken_[side].begin(), taken_[side].end(),
                       [&](const TokenRange& t) { return t.first < range.last && range.first < t.last; });
  }

  bool AreStrangers() const {
    if (bead_.sentences.left.size() != 1 || bead_.sentences.right.size() != 1) return false;
    for (const Side side : kBothSides) {
      const auto& words = SideOf(side).words;
      const auto count = std::count_if(words.begin(), words.end(), [](const BeadWord& w) { return w.weight > 0; });
      if (count < kStrangerWords) return false;
    }
    return CoverageOf(bead_) < kNothingShared * coverage_ * coverage_;
  }

  // How far the lengths are from the ratio of the whole statements, in logs; `without`: tokens of `side` left out.
  double LengthError(Side side, const TokenRange& without) const {
    const double here = std::max(1., BytesOf(SideOf(side), Whole(side)) - BytesOf(SideOf(side), without));
    const double there = std::max(1., BytesOf(SideOf(Other(side)), Whole(Other(side))));
    const double expected = side == Side::kLeft ? here * ratio_ : here / ratio_;
    return std::abs(std::log(there / expected));
  }

  // Whether a sentence of a side with several stands for nothing on the other side.
  bool IsLonely(Side side, int32_t sentence) const {
    if (bead_.sentences[side].size() < 2) return false;
    const TokenRange range = TokensOf(side, sentence);
    const double coverage = MutualCoverage(side, range);
    if (range.first == range.last || coverage >= kSentenceCoverage) return false;
    const double gain = LengthError(side, {}) - LengthError(side, range);
    return gain > (coverage < kStrangeCoverage ? -kLengthGain : kLengthGain);
  }

  // Coverage by words of the other side that are not better at home in another sentence of this one.
  double MutualCoverage(Side side, const TokenRange& range) const {
    const auto& others = SideOf(Other(side)).words;
    const auto& words = SideOf(side).words;
    Sum sum;
    for (const BeadWord& word : words) {
      if (word.first < range.first || word.first >= range.last) continue;
      sum.weight += static_cast<double>(word.weight);
      if (word.partner < 0) continue;
      const int32_t back = others[static_cast<size_t>(word.partner)].partner;
      const bool elsewhere = back >= 0 && (words[static_cast<size_t>(back)].first < range.first ||
                                           words[static_cast<size_t>(back)].first >= range.last);
      if (!elsewhere) sum.found += static_cast<double>(word.weight * word.match);
    }
    return sum.coverage();
  }

  TokenRange TokensOf(Side side, int32_t sentence) const {
    const auto& of = SideOf(side).sentence_of;
    const auto begin = std::lower_bound(of.begin(), of.end(), sentence);
    const auto end = std::upper_bound(of.begin(), of.end(), sentence);
    return {static_cast<int32_t>(begin - of.begin()), static_cast<int32_t>(end - of.begin())};
  }

  void Sentences(Side side) {
    for (int32_t s = bead_.sentences[side].begin; s < bead_.sentences[side].end; ++s) {
      if (IsLonely(side, s)) AddSentence(side, TokensOf(side, s), .7);
    }
  }

  // --- Lists ----------------------------------------------------------------------------------------------------

  // The item of the list in whose head token `t` stands.
  static std::optional<size_t> ItemAt(const ItemList& list, int32_t t) {
    for (size_t i = 0; i < list.heads.size(); ++i) {
      if (list.heads[i].first <= t && t < list.heads[i].last) return i;
    }
    return std::nullopt;
  }

  // The tokens of the other side at which words of the range are found.
  std::vector<int32_t> Partners(Side side, const TokenRange& range) const {
    std::vector<int32_t> out;
    for (const BeadWord& word : SideOf(side).words) {
      if (word.first < range.first || word.first >= range.last || word.weight == 0) continue;
      if (word.partner >= 0 && word.match >= kFound)
        out.push_back(SideOf(Other(side)).words[static_cast<size_t>(word.partner)].first);
    }
    return out;
  }

  void Items(Side side) {
    const std::vector<ItemList> here = FindLists(SideOf(side)), there = FindLists(SideOf(Other(side)));
    for (const ItemList& list : here) {
      if (list.items.size() < kListItems) continue;
      // The list of the other side in which most of the items are found.
      std::vector<size_t> votes(there.size(), 0);
      std::vector<std::vector<int32_t>> partners;
      for (const TokenRange& head : list.heads) {
        partners.push_back(Partners(side, head));
        for (size_t l = 0; l < there.size(); ++l) {
          votes[l] += std::any_of(partners.back().begin(), partners.back().end(),
                                  [&](int32_t t) { return ItemAt(there[l], t).has_value(); });
        }
      }
      const auto best = std::max_element(votes.begin(), votes.end());
      if (best == votes.end() || *best == 0) continue;
      CompareLists(side, list, partners, there[static_cast<size_t>(best - votes.begin())]);
    }
  }

  // Items keep their order in translation: an item that is not found stands for one of the other list between the same
  // neighbours, if there is one left over; what remains is missing.
  void CompareLists(Side side, const ItemList& list, const std::vector<std::vector<int32_t>>& partners,
                    const ItemList& there) {
    const size_t others = there.items.size();
    constexpr size_t kNone = std::numeric_limits<size_t>::max();
    std::vector<size_t> item_of(list.items.size(), kNone);
    for (size_t i = 0; i < list.items.size(); ++i) {
      for (const int32_t t : partners[i]) {
        if (const auto item = ItemAt(there, t); item.has_value()) item_of[i] = std::min(item_of[i], *item);
      }
    }
    // Where the first item begins is a guess: it may be none ("On May 22, A and B").
    TokenRange first = list.heads.front();
    if (IsChinese(SideOf(side).language)) KeepLast(SideOf(side), 1, first);
    const bool no_item =
        item_of[0] == kNone && SumOf(SideOf(side), first.first, first.last).coverage() > kClauseCoverage;
    const size_t begin = no_item ? 1 : 0;
    if (list.items.size() - begin < kListItems || list.items.size() - begin <= others) return;
    std::vector<size_t> lost;
    size_t free = 0;  // first item of the other list that nothing before stands for
    for (size_t i = begin; i < list.items.size();) {
      size_t end = i;
      while (end < list.items.size() && item_of[end] == kNone) ++end;
      const size_t limit = end < list.items.size() ? item_of[end] : others;
      const size_t absorbed = limit > free && limit != kNone ? limit - free : 0;
      // Which of several is missing cannot be told.
      if (absorbed > 0 && absorbed < end - i) return;
      for (size_t k = i; absorbed == 0 && k < end; ++k) lost.push_back(k);
      free = limit == kNone ? free : limit + 1;
      i = end + 1;
    }
    if (lost.size() != list.items.size() - begin - others) return;
    // "Every case, he said, is ...": no list.
    const auto says = [&](size_t i) {
      return std::any_of(SideOf(side).words.begin(), SideOf(side).words.end(), [&](const BeadWord& word) {
        return word.says && word.first >= list.heads[i].first && word.first < list.heads[i].last;
      });
    };
    if (std::any_of(lost.begin(), lost.end(), says)) return;
    for (const size_t i : lost) {
      if (!IsTaken(side, list.items[i]) && SumOf(SideOf(side), list.items[i].first, list.items[i].last).weight > 0)
        Add(side, list.items[i], .8);
    }
  }

  // --- Clauses --------------------------------------------------------------------------------------------------

  void Clauses(Side side) {
    const BeadSide& here = SideOf(side);
    const std::vector<TokenRange> units = FindUnits(here);
    const double unexplained = SumOf(SideOf(Other(side))).missing();
    for (size_t u = 0; u < units.size(); ++u) {
      if (IsTaken(side, units[u]) || SumOf(here, units[u].first, units[u].last).coverage() > kClauseCoverage) continue;
      // Neighbours in the same sentence that are not found either belong to the same gap.
      TokenRange range = units[u];
      size_t next = u + 1;
      while (next < units.size() && here.SentenceAt(units[next].first) == here.SentenceAt(range.first) &&
             SumOf(here, units[next].first, units[next].last).coverage() <= kClauseCoverage &&
             !IsTaken(side, units[next])) {
        range.last = units[next++].last;
      }
      u = next - 1;
      // A bead that consists of it is a matter of the aligner.
      if (range.last - range.first >= Whole(side).last - 2) continue;
      Try(side, range, unexplained, kClauseWeight);
    }
  }

  // Runs of words inside a unit of which none is found: "..., which are met near Guam" without a comma.
  void Phrases(Side side) {
    const BeadSide& here = SideOf(side);
    const double unexplained = SumOf(SideOf(Other(side))).missing();
    for (const TokenRange& unit : FindUnits(here)) {
      TokenRange run{unit.first, unit.first};
      int words = 0;
      const auto close = [&] {
        if (words >= kPhraseWords && !IsTaken(side, run)) Try(side, run, unexplained, kPhraseWeight);
        words = 0;
      };
      for (const BeadWord& word : here.words) {
        if (word.first < unit.first || word.first >= unit.last || word.weight == 0) continue;
        if (static_cast<double>(word.match) > kClauseCoverage) {
          close();
          continue;
        }
        if (words++ == 0) run.first = word.first;
        run.last = word.last;
      }
      close();
    }
  }

  // --- Runs of words ---------------------------------------------------------------------------------------------

  // How well a word is found, where its counterpart is not another word's before.
  double FoundAlone(Side side, const BeadWord& word) const {
    const auto match = static_cast<double>(word.match);
    const bool one_language = bead_.sides.left.language == bead_.sides.right.language;
    // Names are compared as names; what no dictionary knows cannot be looked for in another language.
    if (word.named || (!one_language && !word.listed)) return 1;
    if (word.partner < 0 || match > kNeighbour) return match;
    const auto& here = SideOf(side).words;
    const BeadWord& partner = SideOf(Other(side)).words[static_cast<size_t>(word.partner)];
    const bool another = partner.partner >= 0 && &here[static_cast<size_t>(partner.partner)] != &word;
    const bool taken = partner.weight == 0 || (another && partner.match > word.match);
    return taken ? match / 2 : match;
  }

  // Words that are not found, between two that are: what stands between the counterparts of those two is all that
  // could stand for them.
  void Runs(Side side) {
    const auto& words = SideOf(side).words;
    for (const TokenRange& unit : FindUnits(SideOf(side))) {
      for (size_t w = 0; w < words.size(); ++w) {
        const auto lost = [&](size_t k) {
          return k < words.size() && words[k].first >= unit.first && words[k].first < unit.last &&
                 (words[k].weight == 0 || FoundAlone(side, words[k]) <= kStray);
        };
        if (!lost(w) || words[w].weight == 0) continue;
        size_t end = w;
        TokenRange run{words[w].first, words[w].last};
        double missing = 0;
        for (; lost(end); ++end) {
          if (words[end].weight == 0) continue;
          run.last = words[end].last;
          missing += static_cast<double>(words[end].weight) * (1 - FoundAlone(side, words[end]));
        }
        TryRun(side, run, w, end, missing);
        w = end;
      }
    }
  }

  void TryRun(Side side, const TokenRange& run, size_t begin, size_t end, double missing) {
    const bool conjunct = IsConjunct(side, run);
    // Across languages the order of words is too free for more than parts of enumerations.
    const bool one_language = bead_.sides.left.language == bead_.sides.right.language;
    if (!conjunct && !one_language) return;
    if (missing < (conjunct ? kConjunctWeight : kRunWeight) || IsTaken(side, run)) return;
    const auto& words = SideOf(side).words;
    const auto& others = SideOf(Other(side)).words;
    const auto known = [&](size_t k) { return words[k].partner >= 0 && FoundAlone(side, words[k]) >= kNeighbour; };
    size_t before = begin, after = end;
    while (before > 0 && words[before - 1].weight == 0) --before;
    while (after < words.size() && words[after].weight == 0) ++after;
    if (before == 0 || !known(before - 1) || (after < words.size() && !known(after))) return;
    const int32_t from = others[static_cast<size_t>(words[before - 1].partner)].last;
    const int32_t to =
        after == words.size() ? Whole(Other(side)).last : others[static_cast<size_t>(words[after].partner)].first;
    if (to < from || to - from > kRunReach) return;
    const Sum between = SumOf(SideOf(Other(side)), from, to);
    if (between.missing() > kRunUnexplained * missing || (!conjunct && between.weight > 0)) return;
    if (!Lacks(side, run)) return;
    Add(side, run, .6);
  }

  // Whether the run begins after, or ends before, a conjunction or the Chinese comma of lists.
  bool IsConjunct(Side side, const TokenRange& run) const {
    const BeadSide& here = SideOf(side);
    const auto joins = [&](int32_t t) {
      return t >= 0 && t < Whole(side).last && (IsAnd(here, t) || here.tokens[static_cast<size_t>(t)].form == "、");
    };
    return joins(run.first - 1) || joins(run.last);
  }

  // Whether the other side is shorter than it should be, by a good part of the range.
  bool Lacks(Side side, const TokenRange& range) const {
    const BeadSide& here = SideOf(side);
    const double scale = side == Side::kLeft ? ratio_ : 1 / ratio_;
    const double lacking = BytesOf(here, Whole(side)) * scale - BytesOf(SideOf(Other(side)), Whole(Other(side)));
    return lacking >= kClauseLength * BytesOf(here, range) * scale;
  }

  // Adds the range where the other side has less text than it should have and nothing that could be its paraphrase.
  void Try(Side side, const TokenRange& range, double unexplained, double least) {
    const BeadSide& here = SideOf(side);
    const double missing = SumOf(here, range.first, range.last).missing();
    if (missing - unexplained < least) return;
    if (!Lacks(side, range)) return;
    Add(side, range, std::min(.8, .5 + .08 * (missing - unexplained)));
  }

  const BeadWords& bead_;
  const double ratio_, coverage_;
  Sides<std::vector<TokenRange>> taken_;
  std::vector<VersionDifference> out_;
};

}  // namespace

std::vector<TokenRange> FindUnits(const BeadSide& side) {
  std::vector<TokenRange> units;
  int32_t first = 0;
  const auto close = [&](int32_t last) {
    if (first < last) units.push_back({first, last});
  };
  for (int32_t t = 0; t < static_cast<int32_t>(side.tokens.size()); ++t) {
    if (t > 0 && side.SentenceAt(t) != side.SentenceAt(t - 1)) {
      close(t);
      first = t;
    }
    if (!IsCut(side, t)) continue;
    close(t);
    first = t + 1;
  }
  close(static_cast<int32_t>(side.tokens.size()));
  return units;
}

std::vector<ItemList> FindLists(const BeadSide& side) {
  std::vector<ItemList> lists;
  const auto size = static_cast<int32_t>(side.tokens.size());
  const int32_t end_tokens = IsChinese(side.language) ? kEndHan : kEndTokens;
  const int32_t middle_tokens = 2 * end_tokens;
  for (int32_t t = 0; t < size; ++t) {
    // The conjunction before the last item closes the list; the commas before it are looked for backwards.
    if (!IsAnd(side, t)) continue;
    const auto stop = [&](int32_t k) {
      return side.SentenceAt(k) != side.SentenceAt(t) || (IsCut(side, k) && !IsListComma(side, k));
    };
    ItemList list;
    int32_t last = t;
    if (last > 0 && IsListComma(side, last - 1)) --last;  // "A, B, and C"
    int32_t k = last - 1;
    for (; k >= 0 && last - k <= middle_tokens && !stop(k); --k) {
      if (!IsListComma(side, k)) continue;
      list.items.insert(list.items.begin(), {k + 1, last});
      last = k;
    }
    // Now the first item, up to the nearest cut.
    TokenRange first{last, last};
    while (first.first > 0 && last - first.first < end_tokens && !stop(first.first - 1) &&
           !IsListComma(side, first.first - 1)) {
      --first.first;
    }
    if (first.first == first.last) continue;
    list.items.insert(list.items.begin(), first);
    TokenRange tail{t + 1, t + 1};
    if (tail.first < size && IsAnd(side, tail.first)) continue;
    while (tail.last < size && tail.last - tail.first < end_tokens &&
           side.SentenceAt(tail.last) == side.SentenceAt(t) && !IsCut(side, tail.last)) {
      ++tail.last;
    }
    if (tail.first == tail.last) continue;
    list.items.push_back(tail);
    list.heads = list.items;
    KeepLast(side, kHeadWords, list.heads.front());
    KeepFirst(side, kHeadWords, list.heads.back());
    if (IsChinese(side.language)) {
      // Attributes of a Chinese noun stand before it.
      for (size_t h = 1; h + 1 < list.heads.size(); ++h) KeepLast(side, kHeadWords, list.heads[h]);
    }
    lists.push_back(std::move(list));
  }
  return lists;
}

double CoverageOf(const BeadWords& bead) {
  const Sum left = SumOf(bead.sides.left), right = SumOf(bead.sides.right);
  return Sum{left.weight + right.weight, left.found + right.found}.coverage();
}

void MarkTold(const std::vector<VersionDifference>& told, BeadWords& bead) {
  for (const VersionDifference& difference : told) {
    for (const Side side : kBothSides) {
      for (const Span& span : difference.spans[side]) {
        for (BeadWord& word : bead.sides[side].words) {
          if (word.span.Overlaps(span)) word.match = 1;
        }
      }
    }
  }
}

std::vector<Sides<IndexRange>> PartBead(const BeadWords& bead, const GapBackground& background) {
  return Finder(bead, background).Part();
}

std::vector<VersionDifference> FindGaps(const BeadWords& bead, const GapBackground& background) {
  return Finder(bead, background).Run();
}

}  // namespace narrdiff
