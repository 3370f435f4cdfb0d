// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/summarise/summarise_comparison.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

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

std::vector<ActSummary> Acts(const Sides<const DescribedStatement*>& statements, const Lexicon& lexicon) {
  std::vector<ActSummary> rows;
  for (const Side side : kBothSides) {
    std::map<std::tuple<std::string, std::string, std::string, bool>, std::vector<int32_t>> found;
    const DescribedStatement& statement = *statements[side];
    for (size_t i = 0; i < statement.sentences.size(); ++i) {
      if (statement.sentences[i].input.question) continue;
      for (const ActMention& act : statement.sentences[i].acts) {
        // A row needs somebody who acts and a deed that is good or bad for somebody; the rest is plain narration.
        const LexiconEntry& e = lexicon.entry(act.entry);
        if (act.actor == Role::kNobody || act.actor == Role::kThird || act.demanded || act.carried) continue;
        const bool told = e.valence == Valence::kHarm ||
                          (e.valence == Valence::kBenefit && act.target != Role::kNobody && act.target != act.actor);
        if (!told || act.hedged) continue;
        const Role target = act.target == act.actor ? Role::kNobody : act.target;
        AddOnce(
            found[{RoleName(act.actor, statement), std::string(e.act_type), RoleName(target, statement), act.negated}],
            static_cast<int32_t>(i));
      }
    }
    std::vector<ActSummary> of_side;
    for (const auto& [key, sentences] : found) {
      of_side.push_back({side, std::get<0>(key), std::get<1>(key), std::get<2>(key), std::get<3>(key), sentences});
    }
    std::stable_sort(of_side.begin(), of_side.end(),
                     [](const ActSummary& a, const ActSummary& b) { return a.sentences.size() > b.sentences.size(); });
    rows.insert(rows.end(), of_side.begin(), of_side.end());
  }
  return rows;
}

std::vector<TermSummary> Terms(const Sides<const DescribedStatement*>& statements, const Lexicon& lexicon) {
  struct Use {
    Sides<std::map<std::string, int>> terms;
    Sides<std::set<std::string>> stances;
    Sides<std::vector<int32_t>> sentences;
  };
  std::map<std::string, Use> groups;
  for (const Side side : kBothSides) {
    const DescribedStatement& statement = *statements[side];
    for (size_t i = 0; i < statement.sentences.size(); ++i) {
      for (const TwinMention& twin : statement.sentences[i].twins) {
        for (const LexiconTwin& t : lexicon.entry(twin.entry).twins) {
          Use& use = groups[std::string(t.group)];
          std::string words(twin.span.Of(statement.sentences[i].input.text));
          std::replace(words.begin(), words.end(), '\n', ' ');
          ++use.terms[side][words];
          use.stances[side].insert(std::string(t.stance));
          AddOnce(use.sentences[side], static_cast<int32_t>(i));
        }
      }
    }
  }
  std::vector<TermSummary> rows;
  for (auto& [group, use] : groups) {
    // Told when both sides name the thing and do not both name it alike.
    if (use.terms.left.empty() || use.terms.right.empty() || use.stances.left == use.stances.right) continue;
    TermSummary row;
    row.group = group;
    for (const Side side : kBothSides) {
      for (const auto& [words, count] : use.terms[side]) row.terms[side].push_back(words);
      row.sentences[side] = use.sentences[side];
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<NumberSummary> Numbers(const Sides<const DescribedStatement*>& statements,
                                   const std::vector<SummarisedPair>& pairs) {
  std::vector<NumberSummary> rows;
  const auto quantity_at = [&](Side side, const std::vector<int32_t>& indices, Span span) -> const Quantity* {
    for (const int32_t i : indices) {
      for (const Quantity& q : statements[side]->sentences[static_cast<size_t>(i)].quantities) {
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
      NumberSummary row;
      row.pair = static_cast<int32_t>(p);
      row.text = {std::string(e.left[0].Of(statements.left->sentences[0].input.text)),
                  std::string(e.right[0].Of(statements.right->sentences[0].input.text))};
      row.value = {left->base_value, right->base_value};
      row.unit = std::string(left->base_unit);
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

// How close each sentence is to the words its statement uses most: cosine of term counts with the statement's own, a
// sentence of one or two terms damped.
std::vector<RankedIndex> Only(const DescribedStatement& statement, const std::set<int32_t>& aligned) {
  std::unordered_map<std::string, double> total;
  for (const DescribedSentence& s : statement.sentences) {
    const std::set<std::string> terms(s.terms.begin(), s.terms.end());
    for (const std::string& term : terms) total[term] += 1;
  }
  std::vector<RankedIndex> ranked;
  double top = 0;
  for (size_t i = 0; i < statement.sentences.size(); ++i) {
    const DescribedSentence& s = statement.sentences[i];
    if (s.input.question) continue;
    const std::set<std::string> terms(s.terms.begin(), s.terms.end());
    double sum = 0;
    for (const std::string& term : terms) sum += std::log(total[term]);
    const double centrality = terms.empty() ? 0 : sum / (2 + std::sqrt(static_cast<double>(terms.size())));
    top = std::max(top, centrality);
    if (aligned.count(static_cast<int32_t>(i)) == 0) ranked.push_back({static_cast<int32_t>(i), centrality});
  }
  if (top > 0) {
    for (RankedIndex& r : ranked) r.centrality /= top;
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const RankedIndex& a, const RankedIndex& b) { return a.centrality > b.centrality; });
  return ranked;
}

}  // namespace

ComparisonSummary SummariseComparison(const Sides<const DescribedStatement*>& statements,
                                      const std::vector<SummarisedPair>& pairs, const Lexicon& lexicon) {
  ComparisonSummary summary;
  summary.acts = Acts(statements, lexicon);
  summary.terms = Terms(statements, lexicon);
  summary.numbers = Numbers(statements, pairs);
  Sides<std::set<int32_t>> aligned;
  for (const SummarisedPair& pair : pairs) {
    aligned.left.insert(pair.left.begin(), pair.left.end());
    aligned.right.insert(pair.right.begin(), pair.right.end());
  }
  for (const Side side : kBothSides) summary.only[side] = Only(*statements[side], aligned[side]);
  return summary;
}

}  // namespace narrdiff
