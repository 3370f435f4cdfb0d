// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/versions/compare_strength.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/versions/make_difference.h"

namespace narrdiff {
namespace {

constexpr double kStep = .99;         // between two ranges of a scale that make a difference
constexpr double kSameLevel = .5;     // between two ranges that are as good as one
constexpr float kTranslated = .65f;   // match from which a word is taken for a translation of the other side's
constexpr int32_t kDegreeBefore = 4;  // tokens between a degree and the act that it strengthens
constexpr int32_t kDegreeAfter = 3;
constexpr int32_t kNegationReach = 6;  // tokens between a negation and the modal that it turns round
constexpr double kStrong = 2;          // degree and urgency from which their absence is a difference

using Mentions = std::vector<const VersionWordMention*>;

// Scales whose words are too common in dictionaries for these to tell.
bool IsGrammar(std::string_view scale) { return scale == "modal" || scale == "ban" || scale == "share"; }
// Acts of speech that are strengthened by degrees.
bool TakesDegree(std::string_view scale) { return scale == "stance" || scale == "request" || scale == "support"; }
// All other scales name things, by their right name or by a softer one. They are compared only where neither word is
// translated: an accident is an incident, too.
bool IsEuphemism(std::string_view scale) {
  return !IsGrammar(scale) && !TakesDegree(scale) && scale != "outcome" && scale != "promise";
}

// How far apart two ranges lie; below 0: left lies below right.
double Distance(const VersionWord& left, const VersionWord& right) {
  if (left.low > right.high) return left.low - right.high;
  if (right.low > left.high) return left.high - right.low;
  return 0;
}

// Pairs of the mentions of one scale, so that the distances add up to the least; what is left over stands alone.
std::vector<std::pair<size_t, size_t>> PairUp(const Mentions& left, const Mentions& right) {
  const size_t n = left.size(), m = right.size();
  constexpr double kFar = 1e9;
  // Leaving out a mention costs nothing on the longer side and is not possible on the shorter one.
  std::vector<double> cost((n + 1) * (m + 1), kFar);
  const auto at = [&](size_t i, size_t j) -> double& { return cost[i * (m + 1) + j]; };
  at(n, m) = 0;
  const auto pair_cost = [&](size_t i, size_t j) { return std::abs(Distance(*left[i]->word, *right[j]->word)); };
  for (size_t i = n + 1; i-- > 0;) {
    for (size_t j = m + 1; j-- > 0;) {
      if (i < n && n > m) at(i, j) = std::min(at(i, j), at(i + 1, j));
      if (j < m && m > n) at(i, j) = std::min(at(i, j), at(i, j + 1));
      if (i < n && j < m) at(i, j) = std::min(at(i, j), at(i + 1, j + 1) + pair_cost(i, j));
    }
  }
  std::vector<std::pair<size_t, size_t>> pairs;
  for (size_t i = 0, j = 0; i < n && j < m;) {
    if (at(i, j) == at(i + 1, j + 1) + pair_cost(i, j)) {
      pairs.emplace_back(i++, j++);
    } else if (n > m) {
      ++i;
    } else {
      ++j;
    }
  }
  return pairs;
}

class Comparer {
 public:
  Comparer(const BeadWords& bead, const Lexicon& lexicon) : bead_(bead), lexicon_(lexicon) {
    for (const Side side : kBothSides) {
      for (const VersionWordMention& m : bead.sides[side].mentions) {
        const bool modal = m.word->group == "modal" || m.word->group == "maybe";
        if (IsPartOfWord(side, m) || (modal && (IsNegated(side, m) || IsMonth(side, m)))) continue;
        if (m.word->kind == VersionWordKind::kScale) {
          scales_[m.word->group][side].push_back(&m);
        } else if (m.word->kind == VersionWordKind::kHedge) {
          hedges_[m.word->group][side].push_back(&m);
        } else if (m.word->kind == VersionWordKind::kEmphasis) {
          emphases_[m.word->group][side].push_back(&m);
        } else if (m.word->kind == VersionWordKind::kUrgency) {
          urgency_[side].push_back(&m);
        }
      }
    }
  }

  std::vector<VersionDifference> Run() {
    for (const auto& [scale, mentions] : scales_) Scale(scale, mentions);
    Urgency();
    for (const auto& [group, mentions] : hedges_) Hedge(group, mentions);
    for (const auto& [group, mentions] : emphases_) Emphasis(mentions);
    return std::move(out_);
  }

 private:
  const BeadSide& SideOf(Side side) const { return bead_.sides[side]; }
  const Token& TokenAt(Side side, int32_t token) const { return SideOf(side).tokens[static_cast<size_t>(token)]; }
  float Translated(Side side, const VersionWordMention& m) const { return SideOf(side).TranslatedAt(m.first, m.last); }

  // The same, where the word does not also hold `other`: 严重关切 is found again as "concern", and 严重 is not.
  float TranslatedAlone(Side side, const VersionWordMention& m, const VersionWordMention& other) const {
    const bool one_word = std::any_of(SideOf(side).words.begin(), SideOf(side).words.end(), [&](const BeadWord& word) {
      return word.first < m.last && m.first < word.last && word.first < other.last && other.first < word.last;
    });
    const bool one_entry =
        std::any_of(SideOf(side).entries.begin(), SideOf(side).entries.end(), [&](const LexiconMatch& e) {
          return e.first <= m.first && m.last <= e.last && e.first <= other.first && other.last <= e.last;
        });
    return one_word || one_entry ? 0 : Translated(side, m);
  }

  // A single character inside a longer word: 会 in 会谈.
  bool IsPartOfWord(Side side, const VersionWordMention& m) const {
    return m.last - m.first == 1 && TokenAt(side, m.first).kind == TokenKind::kHan &&
           std::any_of(SideOf(side).words.begin(), SideOf(side).words.end(), [&](const BeadWord& word) {
             return word.listed && word.first <= m.first && m.last <= word.last;
           });
  }

  // "Neither side may", "no one should": a ban, whatever the modal.
  bool IsNegated(Side side, const VersionWordMention& modal) const {
    for (const LexiconMatch& m : SideOf(side).entries) {
      if (!lexicon_.entry(m.entry).Has(Cue::kNegation)) continue;
      const bool before =
          m.first < modal.first && modal.first - m.last <= kNegationReach && SameClause(side, m.first, modal.first);
      const bool after = m.first >= modal.last && m.first - modal.last <= 1;
      if (before || after) return true;
    }
    return false;
  }

  // "May 5": no modal.
  bool IsMonth(Side side, const VersionWordMention& modal) const {
    const Token& token = TokenAt(side, modal.first);
    return token.capital && modal.first > 0 && TokenAt(side, modal.first - 1).kind != TokenKind::kPunctuation;
  }

  bool SameClause(Side side, int32_t first, int32_t last) const {
    for (int32_t t = first; t < last; ++t) {
      if (TokenAt(side, t).kind == TokenKind::kPunctuation) return false;
    }
    return SideOf(side).SentenceAt(first) == SideOf(side).SentenceAt(last);
  }

  // The strongest degree beside a mention, null where there is none.
  const VersionWordMention* DegreeOf(Side side, const VersionWordMention& mention) const {
    const VersionWordMention* best = nullptr;
    for (const VersionWordMention& m : SideOf(side).mentions) {
      if (m.word->kind != VersionWordKind::kDegree) continue;
      const bool before =
          m.last <= mention.first && mention.first - m.last < kDegreeBefore && SameClause(side, m.first, mention.first);
      const bool after =
          m.first >= mention.last && m.first - mention.last < kDegreeAfter && SameClause(side, mention.first, m.first);
      if ((before || after) && (best == nullptr || m.word->low > best->word->low)) best = &m;
    }
    return best;
  }

  void Add(double difference, std::vector<TokenRange> left, std::vector<TokenRange> right, double confidence) {
    const Side weaker = difference > 0 ? Side::kRight : Side::kLeft;
    AddAs(weaker, std::move(left), std::move(right), absl::StrCat(bead_.NameOf(weaker), " is weaker"), confidence);
  }
  void AddAs(Side weaker, std::vector<TokenRange> left, std::vector<TokenRange> right, std::string_view what,
             double confidence) {
    const auto kind = weaker == Side::kRight ? VersionDifferenceKind::kSoftened : VersionDifferenceKind::kStrengthened;
    out_.push_back(MakeDifference(bead_, kind, std::move(left), std::move(right), what, confidence));
  }

  // Whether a word of the same level stands on the other side, if in another place.
  static bool IsMet(const VersionWordMention& mention, const Mentions& others) {
    return std::any_of(others.begin(), others.end(), [&](const VersionWordMention* other) {
      return std::abs(Distance(*mention.word, *other->word)) < kSameLevel;
    });
  }

  void Scale(const std::string& scale, const Sides<Mentions>& mentions) {
    if (mentions.left.empty() || mentions.right.empty()) return;
    for (const auto& [i, j] : PairUp(mentions.left, mentions.right)) {
      const VersionWordMention& a = *mentions.left[i];
      const VersionWordMention& b = *mentions.right[j];
      if (IsEuphemism(scale) && (IsMet(a, mentions.right) || IsMet(b, mentions.left))) continue;
      const double distance = Distance(*a.word, *b.word);
      const float left = Translated(Side::kLeft, a), right = Translated(Side::kRight, b);
      const bool translated = IsEuphemism(scale) ? std::max(left, right) >= kTranslated
                              : IsGrammar(scale) ? false
                                                 : std::min(left, right) >= kTranslated;
      const auto range = [&](Side side, const VersionWordMention& m, bool with_degree) {
        std::vector<TokenRange> ranges{{m.first, m.last}};
        const VersionWordMention* degree = with_degree ? DegreeOf(side, m) : nullptr;
        if (degree == nullptr) return ranges;
        // Neighbours are shown as one.
        if (degree->last == m.first) {
          ranges[0].first = degree->first;
        } else if (degree->first == m.last) {
          ranges[0].last = degree->last;
        } else {
          ranges.push_back({degree->first, degree->last});
        }
        return ranges;
      };
      if (std::abs(distance) >= kStep && !translated) {
        const bool degree = TakesDegree(scale);
        Add(distance, range(Side::kLeft, a, degree), range(Side::kRight, b, degree), distance >= 2 ? .9 : .75);
      } else if (TakesDegree(scale)) {
        const Sides<const VersionWordMention*> degrees{DegreeOf(Side::kLeft, a), DegreeOf(Side::kRight, b)};
        for (const Side side : kBothSides) {
          const VersionWordMention* degree = degrees[side];
          if (degree == nullptr || degrees[Other(side)] != nullptr || degree->word->low < kStrong) continue;
          if (TranslatedAlone(side, *degree, side == Side::kLeft ? a : b) >= kTranslated) continue;
          Add(side == Side::kLeft ? 1 : -1, range(Side::kLeft, a, true), range(Side::kRight, b, true), .8);
        }
      }
    }
  }

  void Urgency() {
    const auto strongest = [](const Mentions& mentions) {
      const VersionWordMention* best = nullptr;
      for (const VersionWordMention* m : mentions) {
        if (best == nullptr || m->word->low > best->word->low) best = m;
      }
      return best;
    };
    const Sides<const VersionWordMention*> best{strongest(urgency_.left), strongest(urgency_.right)};
    const auto level = [](const VersionWordMention* m, double none) { return m == nullptr ? none : m->word->low; };
    if (best.left != nullptr && best.right != nullptr) {
      const double distance = level(best.left, 0) - level(best.right, 0);
      if (std::abs(distance) < kStep) return;
      Add(distance, {{best.left->first, best.left->last}}, {{best.right->first, best.right->last}}, .8);
      return;
    }
    for (const Side side : kBothSides) {
      if (level(best[side], 0) < kStrong || Translated(side, *best[side]) >= kTranslated) continue;
      OneSided(side, *best[side], /*weakens=*/false, .8);
    }
  }

  void Hedge(const std::string& group, const Sides<Mentions>& mentions) {
    // A hedge of its own class is seldom lost in translation; words that also have another use may be.
    static const std::set<std::string> kFirm = {"principle", "condition", "possible", "proviso",
                                                "encourage", "voluntary", "maybe"};
    if (mentions.left.empty() == mentions.right.empty() || kFirm.count(group) == 0) return;
    const Side side = mentions.left.empty() ? Side::kRight : Side::kLeft;
    const VersionWordMention& hedge = *mentions[side].front();
    if (Translated(side, hedge) >= kTranslated && hedge.last - hedge.first == 1) return;
    // What may be is told by modals, too; a condition by other conjunctions.
    if (group == "maybe" && HasModal(Other(side))) return;
    if (group == "proviso" && HasConditional(Other(side))) return;
    // To be ready to encourage weakens nothing; to encourage what else must be done does.
    if (group == "encourage" && !HasModal(Other(side))) return;
    OneSided(side, hedge, /*weakens=*/true, .8);
  }

  void Emphasis(const Sides<Mentions>& mentions) {
    if (mentions.left.empty() == mentions.right.empty()) return;
    const Side side = mentions.left.empty() ? Side::kRight : Side::kLeft;
    const VersionWordMention& word = *mentions[side].front();
    if (Translated(side, word) >= kTranslated) return;
    OneSided(side, word, /*weakens=*/false, .7);
  }

  bool HasModal(Side side) const {
    const auto& mentions = SideOf(side).mentions;
    return std::any_of(mentions.begin(), mentions.end(), [&](const VersionWordMention& m) {
      return (m.word->group == "modal" || m.word->group == "can") && !IsPartOfWord(side, m);
    });
  }
  bool HasConditional(Side side) const {
    return std::any_of(hedges_.begin(), hedges_.end(), [&](const auto& hedge) {
      return (hedge.first == "if" || hedge.first == "condition") && !hedge.second[side].empty();
    });
  }

  void OneSided(Side side, const VersionWordMention& m, bool weakens, double confidence) {
    const Side weaker = weakens ? side : Other(side);
    std::vector<TokenRange> here{{m.first, m.last}}, none;
    AddAs(weaker, side == Side::kLeft ? here : none, side == Side::kRight ? here : none,
          absl::StrCat(bead_.NameOf(weaker), " is weaker"), confidence);
  }

  const BeadWords& bead_;
  const Lexicon& lexicon_;
  std::map<std::string, Sides<Mentions>> scales_, hedges_, emphases_;
  Sides<Mentions> urgency_;
  std::vector<VersionDifference> out_;
};

}  // namespace

std::vector<VersionDifference> CompareStrength(const BeadWords& bead, const Lexicon& lexicon) {
  return Comparer(bead, lexicon).Run();
}

}  // namespace narrdiff
