// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Rung 4: what each sentence says, as data: words and lexicon entries with their weights, numbers, speech cues,
// parties, and acts with actor, target and polarity. Later rungs compare these and never look at letters again.
//
//   DescribedStatement d = DescribeStatement(sentences, "US", "China", lexicon);
//   d.sentences[0].acts[0]: type "cyber", actor Role::kOther (China), target Role::kSelf, not negated
//
// Roles are seen from the statement: kSelf is its own party, kOther the party of the statement it is compared with.
#ifndef NARRDIFF_ENGINE_DESCRIBE_DESCRIBE_STATEMENT_H_
#define NARRDIFF_ENGINE_DESCRIBE_DESCRIBE_STATEMENT_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/language.h"
#include "engine/base/span.h"
#include "engine/base/tokenize.h"
#include "engine/describe/numbers.h"
#include "engine/lexicon/lexicon.h"
#include "engine/lexicon/match_lexicon.h"

namespace narrdiff {

// Who is meant, seen from the side that speaks. kVague is "some countries": likely the other side, but not named.
enum class Role : uint8_t { kNobody, kSelf, kOther, kVague, kThird };

// The other side, named or meant.
constexpr bool IsOther(Role role) { return role == Role::kOther || role == Role::kVague; }

// A sentence as rung 2 hands it over. `text` is the whole statement and must outlive everything made from it.
struct SentenceInput {
  std::string_view text;
  Span span;
  Language language = Language::kUnknown;
  bool question = false;
  int32_t block = 0;
};

struct PartyMention {
  int32_t token = 0;
  Span span;
  Role role = Role::kNobody;
};

// Somebody does something, as a clause says it.
struct ActMention {
  int32_t entry = 0;  // of the lexicon
  int32_t token = 0;
  int32_t clause = 0;
  Span span;
  Role actor = Role::kNobody;
  Role target = Role::kNobody;
  bool negated = false;
  bool demanded = false;  // urged, not claimed
  bool hedged = false;    // told as somebody else's claim: "the so-called attack"
  bool carried = false;   // the actor is that of an earlier clause: a guess
};

struct CueMention {
  Cue cue;
  Span span;
  int32_t token = 0;
  int32_t clause = 0;
};

struct TwinMention {
  int32_t entry = 0;
  Span span;
};

// One dimension of the sparse vector of a sentence: a stem, a lexicon entry, or two adjacent Han characters.
struct Weighted {
  uint32_t term = 0;  // index into the vocabulary of the two statements compared
  float weight = 0;
};

struct DescribedSentence {
  SentenceInput input;
  std::vector<Token> tokens;
  std::vector<int32_t> clause_of;  // per token
  std::vector<LexiconMatch> matches;
  std::vector<Quantity> quantities;
  std::vector<CueMention> cues;
  uint32_t cue_bits = 0;
  std::vector<PartyMention> parties;
  uint32_t role_bits = 0;  // 1 << Role of every mention
  std::vector<ActMention> acts;
  std::vector<TwinMention> twins;
  std::vector<int32_t> names;                             // entries with a name type, sorted, each once
  std::vector<std::pair<int32_t, float>> issues;          // index into Lexicon::issue_ids() and weight, strongest first
  std::vector<std::pair<int32_t, float>> context_issues;  // the same with what neighbours and headings add
  std::vector<std::string> terms;  // keys of content terms, with repetition: "s:tariff", "e:123", "b:关税"

  std::string_view Text() const { return input.span.Of(input.text); }
  bool Has(Cue cue) const { return (cue_bits & CueBit(cue)) != 0; }
  bool Speaks(Role role) const { return (role_bits >> static_cast<int>(role) & 1) != 0; }
  bool SpeaksOfOther() const { return Speaks(Role::kOther) || Speaks(Role::kVague); }
};

struct DescribedStatement {
  std::string party, other_party;
  std::vector<DescribedSentence> sentences;
};

// Describes sentences one by one, with nothing from their neighbours: context_issues are a sentence's own. `lexicon`
// must outlive it. Immutable; thread-safe. To make one takes as long as to describe some ten sentences.
class SentenceDescriber {
 public:
  // Parties as for DescribeStatement.
  SentenceDescriber(std::string_view party, std::string_view other_party, const Lexicon& lexicon);
  ~SentenceDescriber();

  DescribedSentence Describe(const SentenceInput& sentence) const;

 private:
  struct Rules;
  const std::unique_ptr<const Rules> rules_;
};

// Describes every sentence. `party` and `other_party` may be empty (roles of names are then kThird). O(n), on several
// threads. Thread-safe.
DescribedStatement DescribeStatement(const std::vector<SentenceInput>& sentences, std::string_view party,
                                     std::string_view other_party, const Lexicon& lexicon);

// Which of two parties a statement belongs to, judged from its words: "US" or "China" or empty, with the reason in
// words.
struct PartyGuess {
  std::string party;
  std::string reason;
  double margin = 0;  // log odds in favour; 0 when unsure
};
PartyGuess GuessParty(const std::vector<SentenceInput>& sentences, const Lexicon& lexicon);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_DESCRIBE_DESCRIBE_STATEMENT_H_
