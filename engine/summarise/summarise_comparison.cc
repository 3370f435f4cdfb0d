// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/summarise/summarise_comparison.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string_view>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "engine/base/lexicon_key.h"
#include "engine/summarise/find_deeds.h"
#include "engine/summarise/rank_sentences.h"

namespace narrdiff {
namespace {

std::string RoleName(Role role, const DescribedStatement& statement) {
  switch (role) {
    case Role::kSelf:
      return statement.party.empty() ? "own side" : statement.party;
    case Role::kOther:
      return statement.other_party.empty() ? "other side" : statement.other_party;
    case Role::kVague:
      return statement.other_party.empty() ? "unnamed (likely the other side)"
                                           : "unnamed (likely " + statement.other_party + ")";
    case Role::kThird:
      return "others";
    case Role::kNobody:
      break;
  }
  return "";
}

void AddOnce(std::vector<int32_t>& list, int32_t value) {
  if (list.empty() || list.back() != value) list.push_back(value);
}

using Deeds = Sides<std::vector<SentenceDeeds>>;

// A side's row needs a deed that is good or bad for somebody; of its own misdeeds a side tells only to deny them.
bool InTable(const Deed& deed, const LexiconEntry& entry, const DeedFinder& finder) {
  switch (entry.valence) {
    case Valence::kHarm:
      return IsOther(deed.actor) ? !deed.negated : deed.negated || finder.IsMeasure(entry.act_type);
    case Valence::kBenefit:
      return IsOther(deed.actor) ? deed.target != Role::kNobody
                                 : deed.target == Role::kOther && finder.IsFavour(entry.act_type);
    case Valence::kNeutral:
    case Valence::kUnspecified:
      break;
  }
  return false;
}

std::vector<ActSummary> Acts(const Sides<SummarisedStatement>& statements, const Deeds& deeds, const DeedFinder& finder,
                             const Lexicon& lexicon) {
  std::vector<ActSummary> rows;
  for (const Side side : kBothSides) {
    struct Found {
      int32_t count = 0;
      std::vector<int32_t> sentences;
    };
    std::map<std::tuple<std::string, std::string, std::string, bool>, Found> found;
    const DescribedStatement& statement = *statements[side].described;
    for (size_t i = 0; i < deeds[side].size(); ++i) {
      for (const Deed& deed : deeds[side][i].deeds) {
        const LexiconEntry& entry = lexicon.entry(deed.entry);
        if (deed.actor == Role::kThird || !InTable(deed, entry, finder)) continue;
        Found& row = found[{RoleName(deed.actor, statement), std::string(entry.act_type),
                            RoleName(deed.target, statement), deed.negated}];
        ++row.count;
        AddOnce(row.sentences, static_cast<int32_t>(i));
      }
    }
    std::vector<ActSummary> of_side;
    for (const auto& [key, row] : found) {
      of_side.push_back(
          {side, std::get<0>(key), std::get<1>(key), std::get<2>(key), std::get<3>(key), row.count, row.sentences});
    }
    std::stable_sort(of_side.begin(), of_side.end(),
                     [](const ActSummary& a, const ActSummary& b) { return a.count > b.count; });
    rows.insert(rows.end(), of_side.begin(), of_side.end());
  }
  return rows;
}

// For each sentence of a side the pairs that it is in.
std::vector<std::vector<int32_t>> PairsOf(Side side, size_t sentences, const std::vector<SummarisedPair>& pairs) {
  std::vector<std::vector<int32_t>> out(sentences);
  for (size_t p = 0; p < pairs.size(); ++p) {
    for (const int32_t i : side == Side::kLeft ? pairs[p].left : pairs[p].right) {
      out[static_cast<size_t>(i)].push_back(static_cast<int32_t>(p));
    }
  }
  return out;
}

template <typename Row>
void SortByCentrality(std::vector<Row>& rows) {
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.centrality > b.centrality; });
}

// One row for each class of act of one actor; its targets are named together.
std::vector<AccusationSummary> Accusations(Side side, const DescribedStatement& statement,
                                           const std::vector<SentenceDeeds>& deeds,
                                           const std::vector<std::vector<int32_t>>& pairs_of,
                                           const std::vector<double>& centrality, const Lexicon& lexicon) {
  struct Found {
    AccusationSummary row;
    std::set<std::string> targets;
    std::set<int32_t> replies;
  };
  std::vector<Found> found;
  std::map<std::pair<Role, std::string_view>, size_t> place_of;
  for (size_t i = 0; i < deeds.size(); ++i) {
    for (const Deed& deed : deeds[i].deeds) {
      const LexiconEntry& entry = lexicon.entry(deed.entry);
      if (entry.valence != Valence::kHarm || deed.negated || !IsOther(deed.actor)) continue;
      const auto [at, fresh] = place_of.try_emplace({deed.actor, entry.act_type}, found.size());
      if (fresh) {
        found.emplace_back();
        found.back().row.side = side;
        found.back().row.actor = RoleName(deed.actor, statement);
        found.back().row.act = std::string(entry.act_type);
      }
      Found& f = found[at->second];
      const int32_t sentence = static_cast<int32_t>(i);
      if (!f.row.places.empty() && f.row.places.back().sentence == sentence) {
        Span& words = f.row.places.back().words;
        words = {std::min(words.begin, deed.words.begin), std::max(words.end, deed.words.end)};
      } else {
        f.row.places.push_back({sentence, deed.words});
      }
      if (deed.target != Role::kNobody) f.targets.insert(RoleName(deed.target, statement));
      f.replies.insert(pairs_of[i].begin(), pairs_of[i].end());
      f.row.centrality = std::max(f.row.centrality, centrality[i]);
    }
  }
  std::vector<AccusationSummary> rows;
  for (Found& f : found) {
    for (const std::string& target : f.targets) f.row.target += (f.row.target.empty() ? "" : ", ") + target;
    f.row.replies.assign(f.replies.begin(), f.replies.end());
    rows.push_back(std::move(f.row));
  }
  SortByCentrality(rows);
  return rows;
}

std::vector<DemandSummary> Demands(Side side, const DescribedStatement& statement,
                                   const std::vector<SentenceDeeds>& deeds,
                                   const std::vector<std::vector<int32_t>>& pairs_of,
                                   const std::vector<double>& centrality) {
  std::vector<DemandSummary> rows;
  for (size_t i = 0; i < deeds.size(); ++i) {
    for (const Demand& demand : deeds[i].demands) {
      rows.push_back(
          {side, RoleName(demand.on, statement), {static_cast<int32_t>(i), demand.words}, pairs_of[i], centrality[i]});
    }
  }
  SortByCentrality(rows);
  return rows;
}

// Whether a pair has one of these sentences on either side.
bool Meet(const Sides<std::vector<int32_t>>& sentences, const std::vector<SummarisedPair>& pairs) {
  const auto shares = [](const std::vector<int32_t>& some, const std::vector<int32_t>& others) {
    return std::any_of(some.begin(), some.end(),
                       [&](int32_t i) { return std::binary_search(others.begin(), others.end(), i); });
  };
  return std::any_of(pairs.begin(), pairs.end(), [&](const SummarisedPair& pair) {
    return shares(pair.left, sentences.left) && shares(pair.right, sentences.right);
  });
}

std::vector<TermSummary> Terms(const Sides<SummarisedStatement>& statements, const std::vector<SummarisedPair>& pairs,
                               const Lexicon& lexicon) {
  // One chance mention on each side, in sentences that do not answer each other, hardly names one thing.
  constexpr int32_t kSurelyNamed = 3;
  struct Use {
    int32_t count = 0;
    Sides<std::map<std::string, CountedTerm>> terms;  // by key, so that inflections are one term
    Sides<std::set<std::string_view>> stances;
    Sides<std::vector<int32_t>> sentences;
  };
  std::map<std::string_view, Use> groups;
  for (const Side side : kBothSides) {
    const DescribedStatement& statement = *statements[side].described;
    for (size_t i = 0; i < statement.sentences.size(); ++i) {
      if (statement.sentences[i].input.question) continue;
      Span whole{0, 0};  // the longest of the terms that stand inside each other
      for (const TwinMention& twin : statement.sentences[i].twins) {
        if (whole.Contains(twin.span) && whole != twin.span) continue;
        whole = twin.span;
        std::string words(twin.span.Of(statement.sentences[i].input.text));
        std::replace(words.begin(), words.end(), '\n', ' ');
        for (const LexiconTwin& t : lexicon.entry(twin.entry).twins) {
          Use& use = groups[t.group];
          CountedTerm& term = use.terms[side].try_emplace(MakeKey(words).key, CountedTerm{words, 0}).first->second;
          ++term.count;
          ++use.count;
          use.stances[side].insert(t.stance);
          AddOnce(use.sentences[side], static_cast<int32_t>(i));
        }
      }
    }
  }
  std::vector<TermSummary> rows;
  for (auto& [group, use] : groups) {
    // Told when both sides name the thing and do not both name it alike.
    if (use.terms.left.empty() || use.terms.right.empty() || use.stances.left == use.stances.right) continue;
    if (use.count < kSurelyNamed && !Meet(use.sentences, pairs)) continue;
    TermSummary row;
    row.group = std::string(group);
    for (const Side side : kBothSides) {
      for (auto& [key, term] : use.terms[side]) row.terms[side].push_back(std::move(term));
      std::stable_sort(row.terms[side].begin(), row.terms[side].end(),
                       [](const CountedTerm& a, const CountedTerm& b) { return a.count > b.count; });
      row.sentences[side] = use.sentences[side];
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

// 27,000; 1.5 million; 102 billion
std::string AmountText(double amount) {
  constexpr struct {
    double size;
    const char* name;
  } kScales[] = {{1e12, " trillion"}, {1e9, " billion"}, {1e6, " million"}};
  for (const auto& scale : kScales) {
    if (amount >= scale.size) return absl::StrFormat("%.3g%s", amount / scale.size, scale.name);
  }
  if (amount < 10'000) return absl::StrFormat("%.4g", amount);
  const int thousands = static_cast<int>(std::lround(amount)) / 1000,
            rest = static_cast<int>(std::lround(amount)) % 1000;
  return absl::StrFormat("%d,%03d", thousands, rest);
}

// How many times the smaller the larger is; 0 where that says nothing.
double Times(double a, double b) { return a > 0 && b > 0 ? std::max(a, b) / std::min(a, b) : 0; }

// How much more, or how many times as much, the right figure is: "+12, 1.4 times".
std::string Difference(double left, double right) {
  if (left == right) return "";
  std::string out = absl::StrCat(right > left ? "+" : "-", AmountText(std::abs(right - left)));
  const double times = Times(left, right);
  if (times >= 1.05) absl::StrAppend(&out, absl::StrFormat(right > left ? ", %.3g times" : ", %.3g times less", times));
  return out;
}

std::vector<NumberSummary> Numbers(const Sides<SummarisedStatement>& statements,
                                   const std::vector<SummarisedPair>& pairs, bool competing) {
  // Of two parties figures further apart hardly count one thing; of two versions one may be a slip.
  constexpr double kSameThing = 25;
  std::vector<NumberSummary> rows;
  const auto quantity_at = [&](Side side, const std::vector<int32_t>& indices, Span span) -> const Quantity* {
    for (const int32_t i : indices) {
      for (const Quantity& q : statements[side].described->sentences[static_cast<size_t>(i)].quantities) {
        if (q.span == span) return &q;
      }
    }
    return nullptr;
  };
  for (size_t p = 0; p < pairs.size(); ++p) {
    if (pairs[p].evidence == nullptr) continue;
    for (const Evidence& e : *pairs[p].evidence) {
      const bool figure = e.kind == EvidenceKind::kNumber || e.kind == EvidenceKind::kSameNumber;
      if (!figure || e.strength < .5f || e.left.empty() || e.right.empty()) continue;
      const Quantity* left = quantity_at(Side::kLeft, pairs[p].left, e.left[0]);
      const Quantity* right = quantity_at(Side::kRight, pairs[p].right, e.right[0]);
      if (left == nullptr || right == nullptr) continue;
      if (competing && Times(left->base_value, right->base_value) > kSameThing) continue;
      NumberSummary row;
      row.pair = static_cast<int32_t>(p);
      row.text = {std::string(e.left[0].Of(statements.left.described->sentences[0].input.text)),
                  std::string(e.right[0].Of(statements.right.described->sentences[0].input.text))};
      row.value = {left->base_value, right->base_value};
      row.unit = std::string(left->base_unit);
      row.difference = Difference(row.value.left, row.value.right);
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

// The sentences in no pair, most central first.
std::vector<RankedIndex> Only(const DescribedStatement& statement, const std::vector<std::vector<int32_t>>& pairs_of,
                              const std::vector<double>& centrality) {
  std::vector<RankedIndex> ranked;
  for (size_t i = 0; i < statement.sentences.size(); ++i) {
    if (statement.sentences[i].input.question || !pairs_of[i].empty()) continue;
    ranked.push_back({static_cast<int32_t>(i), centrality[i]});
  }
  SortByCentrality(ranked);
  return ranked;
}

}  // namespace

ComparisonSummary SummariseComparison(const Sides<SummarisedStatement>& statements,
                                      const std::vector<SummarisedPair>& pairs, bool competing,
                                      const Lexicon& lexicon) {
  const DeedFinder finder(lexicon);
  ComparisonSummary summary;
  Deeds deeds;
  for (const Side side : kBothSides) {
    const DescribedStatement& statement = *statements[side].described;
    deeds[side] = finder.Find(statement, statements[side].reported);
    const std::vector<std::vector<int32_t>> pairs_of = PairsOf(side, statement.sentences.size(), pairs);
    const std::vector<double> centrality = RankSentences(statement);
    summary.only[side] = Only(statement, pairs_of, centrality);
    if (!competing) continue;
    for (AccusationSummary& row : Accusations(side, statement, deeds[side], pairs_of, centrality, lexicon)) {
      summary.accusations.push_back(std::move(row));
    }
    for (DemandSummary& row : Demands(side, statement, deeds[side], pairs_of, centrality)) {
      summary.demands.push_back(std::move(row));
    }
  }
  summary.acts = Acts(statements, deeds, finder, lexicon);
  summary.terms = Terms(statements, pairs, lexicon);
  summary.numbers = Numbers(statements, pairs, competing);
  return summary;
}

}  // namespace narrdiff
