// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Who does what to whom, and who should do what, by sentences of a statement. Rung 4 gives every act its likely actor,
// a feature among others; a table that a reader checks row by row needs surer ones, so this keeps an act only where the
// words between the party and the deed bear it, and leaves the rest out.
//
//   DeedFinder finder(lexicon);
//   finder.Find(described, {})[0]   // "China hacked our servers and must stop it", told by the US
//     .deeds[0]: class "cyber", actor Role::kOther, target Role::kSelf, words "China hacked our servers"
//   // "China urges the US to lift the sanctions": .demands[0]: words "urges the US to lift the sanctions"
//
// What a side does not say in its own name gives nothing: questions of journalists, words of others ("the US claims
// that we steal"), what is denied, fought or only thought of.
//
// Tags of the lexicon (deeds.textproto):
//   deed.break        begins another clause: that, which; 称
//   deed.turn         the deed is fought, suffered or talked of, not done: combat, victim; 防止, 遭受
//   deed.unreal       if, would; 如果, 可能
//   deed.support      makes one deed of a verb and a noun: launched attacks
//   deed.be, deed.aux, deed.participle, deed.by    the English verb and its passive
//   deed.ask, deed.must    demands: urge, must; 敦促, 应
//   deed.none         none, behind the deed: to neither side
//   deed.vague        an unnamed country that means the other side: some countries, 个别国家
//   deed.must_not     words that only hold a word of obligation: 反应
//   deed.topic        words of acts that mostly name a subject and no deed: drugs, armed forces
//   deed.measure, deed.favour    classes of harm and of good that a side tells of itself
#ifndef NARRDIFF_ENGINE_SUMMARISE_FIND_DEEDS_H_
#define NARRDIFF_ENGINE_SUMMARISE_FIND_DEEDS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "engine/base/span.h"
#include "engine/base/tokenize.h"
#include "engine/describe/describe_statement.h"
#include "engine/lexicon/lexicon.h"

namespace narrdiff {

// Roles are seen from the side that speaks. An unnamed country as target of the other side's deed is kThird.
struct Deed {
  int32_t entry = 0;  // of the lexicon, an act
  Role actor = Role::kNobody;
  Role target = Role::kNobody;
  bool negated = false;
  Span act;    // the words of the act itself
  Span words;  // the clause that tells it, from the actor where it has one
};

// Something that the other side should do.
struct Demand {
  Role on = Role::kOther;
  Span words;
};

struct SentenceDeeds {
  std::vector<Deed> deeds;
  std::vector<Demand> demands;
};

// Immutable; thread-safe.
class DeedFinder {
 public:
  // `lexicon` must outlive it.
  explicit DeedFinder(const Lexicon& lexicon);

  // For each sentence of `statement` its deeds and demands, in their order. `reported` are spans of the text that hold
  // words of the other side, ascending. O(tokens + acts times the parties of their sentence).
  std::vector<SentenceDeeds> Find(const DescribedStatement& statement, const std::vector<Span>& reported) const;

  // Whether a side tells of such harm, or of such good to the other, as its own deed.
  bool IsMeasure(std::string_view act_type) const { return measures_.count(std::string(act_type)) > 0; }
  bool IsFavour(std::string_view act_type) const { return favours_.count(std::string(act_type)) > 0; }

 private:
  class Sentence;

  // The words of an act that are mostly only spoken of.
  bool IsTopic(std::string_view words) const;
  // Bits of the tags at each token.
  std::vector<uint16_t> Marks(const std::vector<Token>& tokens) const;

  const Lexicon& lexicon_;
  std::unordered_map<std::string, uint16_t> tags_;    // by key
  std::unordered_map<std::string, int32_t> longest_;  // tokens of the longest key that starts with this one
  std::unordered_set<std::string> measures_, favours_, topics_, objects_, passives_, function_words_;
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_SUMMARISE_FIND_DEEDS_H_
