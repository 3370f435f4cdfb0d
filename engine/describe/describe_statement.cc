// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/describe/describe_statement.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "engine/base/run_parallel.h"
#include "engine/base/utf8.h"

namespace narrdiff {
namespace {

constexpr int32_t kNegationReach = 6;  // tokens between a negation and the act it negates
constexpr int32_t kDemandReach = 12;
constexpr size_t kSentencesPerPart = 256;  // that one thread describes at a time
constexpr int kMaxBigramHan = 400;         // Han characters of one sentence that give bigrams

// The word lists of this rung, by their tags.
struct Words {
  explicit Words(const Lexicon& lexicon) {
    Fill(lexicon, "function_word", function);
    Fill(lexicon, "object_marker", object);
    Fill(lexicon, "passive_marker", passive);
    Fill(lexicon, "agent_marker", agent);
  }
  std::unordered_set<std::string> function, object, passive, agent;

 private:
  static void Fill(const Lexicon& lexicon, std::string_view tag, std::unordered_set<std::string>& to) {
    for (const std::string_view form : lexicon.Tagged(tag)) to.emplace(form);
  }
};

bool IsClausePunctuation(const std::string& form) {
  static const auto* marks = new std::unordered_set<std::string>{",",  ";",  ":", "-", "–", "—", "，", "；", "：",
                                                                 "、", "。", ".", "!", "?", "(", ")",  "…"};
  return marks->count(form) > 0;
}

// Numbers the clauses: a clause ends at punctuation. Enumerating marks and short stretches count too; what matters is
// that a negation or an actor does not reach over them.
std::vector<int32_t> FindClauses(const std::vector<Token>& tokens) {
  std::vector<int32_t> clauses(tokens.size(), 0);
  int32_t clause = 0;
  for (size_t i = 0; i < tokens.size(); ++i) {
    clauses[i] = clause;
    if (tokens[i].kind == TokenKind::kPunctuation && IsClausePunctuation(tokens[i].form)) ++clause;
  }
  return clauses;
}

class Describer {
 public:
  Describer(std::string_view party, std::string_view other, const Lexicon& lexicon)
      : party_(party), other_(other), lexicon_(lexicon), words_(lexicon) {}

  DescribedSentence Describe(const SentenceInput& input) const {
    DescribedSentence d;
    d.input = input;
    d.tokens = Tokenize(input.text, input.span, input.language);
    d.clause_of = FindClauses(d.tokens);
    d.matches = MatchLexicon(d.tokens, lexicon_);
    d.quantities = FindQuantities(input.text, d.tokens);
    FindMentions(d);
    FindActs(d);
    FindIssues(d);
    FindTerms(d);
    return d;
  }

 private:
  Role RoleOf(std::string_view party) const {
    if (!party_.empty() && party == party_) return Role::kSelf;
    if (!other_.empty() && party == other_) return Role::kOther;
    return Role::kThird;
  }

  Span SpanOf(const DescribedSentence& d, const LexiconMatch& m) const {
    return {d.tokens[static_cast<size_t>(m.first)].span.begin, d.tokens[static_cast<size_t>(m.last - 1)].span.end};
  }

  void FindMentions(DescribedSentence& d) const {
    // Tokens inside a phrase that is itself a cue: a "not" in "does not hold water" negates nothing else.
    std::vector<bool> in_phrase(d.tokens.size(), false);
    for (const LexiconMatch& m : d.matches) {
      if (m.last - m.first < 2 || lexicon_.entry(m.entry).cues == 0) continue;
      for (int32_t t = m.first; t < m.last; ++t) in_phrase[static_cast<size_t>(t)] = true;
    }
    for (const LexiconMatch& m : d.matches) {
      const LexiconEntry& e = lexicon_.entry(m.entry);
      const Span span = SpanOf(d, m);
      const int32_t clause = d.clause_of[static_cast<size_t>(m.first)];
      for (int c = 1; c < kCueCount; ++c) {
        const Cue cue = static_cast<Cue>(c);
        if (!e.Has(cue)) continue;
        if (cue == Cue::kNegation && m.nested && in_phrase[static_cast<size_t>(m.first)]) continue;
        d.cues.push_back({cue, span, m.first, clause});
        d.cue_bits |= CueBit(cue);
        if (cue == Cue::kSelf) d.parties.push_back({m.first, span, Role::kSelf});
        if (cue == Cue::kVagueParty) d.parties.push_back({m.first, span, Role::kVague});
      }
      if (e.name_type != NameType::kNone) {
        d.names.push_back(m.entry);
        if (!e.party.empty()) d.parties.push_back({m.first, span, RoleOf(e.party)});
      }
      for (size_t t = 0; t < e.twins.size() && t < 1; ++t) d.twins.push_back({m.entry, span});
    }
    std::stable_sort(d.parties.begin(), d.parties.end(),
                     [](const PartyMention& a, const PartyMention& b) { return a.token < b.token; });
    for (const PartyMention& p : d.parties) d.role_bits |= 1u << static_cast<int>(p.role);
    std::sort(d.names.begin(), d.names.end());
    d.names.erase(std::unique(d.names.begin(), d.names.end()), d.names.end());
  }

  const Token& At(const DescribedSentence& d, int32_t token) const { return d.tokens[static_cast<size_t>(token)]; }
  int32_t ClauseAt(const DescribedSentence& d, int32_t token) const { return d.clause_of[static_cast<size_t>(token)]; }

  // The party stands right behind a preposition, an article or the like between: it is spoken of, but does not act.
  bool IsObject(const DescribedSentence& d, int32_t token) const {
    constexpr int32_t kReach = 2;
    for (int32_t t = token - 1; t >= std::max(0, token - kReach); --t) {
      if (words_.object.count(At(d, t).form) > 0) return true;
      if (words_.function.count(At(d, t).form) == 0 && At(d, t).kind != TokenKind::kHan) break;
    }
    return false;
  }

  // The deed that ends before token `from` is told in the passive, with who did it: "hacked by China".
  bool HasAgent(const DescribedSentence& d, int32_t from, int32_t clause) const {
    constexpr int32_t kReach = 4;
    for (int32_t t = from; t < std::min(from + kReach, static_cast<int32_t>(d.tokens.size())); ++t) {
      if (ClauseAt(d, t) == clause && words_.agent.count(At(d, t).form) > 0) return true;
    }
    return false;
  }

  // The token before the deed that makes it passive, as in 中国被美国攻击: who stands before it suffers, who stands
  // behind it acts. -1 when there is none.
  int32_t PassiveMark(const DescribedSentence& d, int32_t deed) const {
    constexpr int32_t kReach = 10;
    for (int32_t t = deed - 1; t >= std::max(0, deed - kReach) && ClauseAt(d, t) == ClauseAt(d, deed); --t) {
      if (words_.passive.count(At(d, t).form) > 0) return t;
    }
    return -1;
  }

  // Between the party and the deed stands a word by which the party speaks of it: "the US condemns the attack". The
  // party does not do it then.
  bool SpeaksOfDeed(const DescribedSentence& d, int32_t party, int32_t deed) const {
    constexpr uint32_t kSpeaking = CueBit(Cue::kOppose) | CueBit(Cue::kAccuse) | CueBit(Cue::kDemand) |
                                   CueBit(Cue::kRegret) | CueBit(Cue::kReject) | CueBit(Cue::kCondemn);
    return std::any_of(d.cues.begin(), d.cues.end(), [&](const CueMention& cue) {
      return (CueBit(cue.cue) & kSpeaking) != 0 && cue.token > party && cue.token < deed &&
             ClauseAt(d, cue.token) == ClauseAt(d, deed);
    });
  }

  void FindActs(DescribedSentence& d) const {
    Role subject = Role::kNobody;  // last actor seen, carried to clauses that name none
    for (const LexiconMatch& m : d.matches) {
      const LexiconEntry& e = lexicon_.entry(m.entry);
      if (e.act_type.empty()) continue;
      ActMention act;
      act.entry = m.entry;
      act.token = m.first;
      act.clause = ClauseAt(d, m.first);
      act.span = SpanOf(d, m);
      // The nearest party before the act in its clause acts, the nearest after it suffers; a passive turns this round.
      const int32_t mark = PassiveMark(d, m.first);
      bool only_speaks = false;
      for (const PartyMention& p : d.parties) {
        if (ClauseAt(d, p.token) != act.clause) continue;
        if (p.token < m.first && SpeaksOfDeed(d, p.token, m.first)) {
          only_speaks = true;
        } else if (p.token < mark) {
          act.target = p.role;
        } else if (p.token < m.first && !IsObject(d, p.token)) {
          act.actor = p.role;
        } else if (act.target == Role::kNobody && (p.token >= m.last || p.token < m.first)) {
          act.target = p.role;
        }
      }
      if (HasAgent(d, m.last, act.clause)) std::swap(act.actor, act.target);
      if (act.actor != Role::kNobody) {
        subject = act.actor;
      } else if (!only_speaks && mark < 0) {
        act.actor = subject;
        act.carried = subject != Role::kNobody;
      }
      for (const CueMention& cue : d.cues) {
        if (cue.clause != act.clause || cue.token >= m.last) continue;
        if (cue.cue == Cue::kNegation && cue.token < m.first && m.first - cue.token <= kNegationReach)
          act.negated = true;
        if (cue.cue == Cue::kHedge && m.first - cue.token <= kNegationReach) act.hedged = true;
        if (cue.cue == Cue::kDemand && m.first - cue.token <= kDemandReach) act.demanded = true;
      }
      d.acts.push_back(act);
    }
  }

  void FindIssues(DescribedSentence& d) const {
    std::map<int32_t, float> weight;
    for (const LexiconMatch& m : d.matches) {
      const LexiconEntry& e = lexicon_.entry(m.entry);
      if (e.issues == 0) continue;
      int count = 0;
      for (uint64_t bits = e.issues; bits != 0; bits &= bits - 1) ++count;
      for (size_t k = 0; k < lexicon_.issue_ids().size(); ++k) {
        if (e.issues >> k & 1) {
          weight[static_cast<int32_t>(k)] +=
              std::max(e.weight, 0.1f) / static_cast<float>(count) * (m.nested ? .5f : 1.f);
        }
      }
    }
    d.issues.assign(weight.begin(), weight.end());
    SortIssues(d.issues);
  }

  void FindTerms(DescribedSentence& d) const {
    // Words of a lexicon entry count as the entry; what the lexicon does not know counts as itself.
    for (const LexiconMatch& m : d.matches) {
      const LexiconEntry& e = lexicon_.entry(m.entry);
      if (e.weight > 0) d.terms.push_back(absl::StrCat("e:", m.entry));
    }
    int han = 0;
    for (size_t i = 0; i < d.tokens.size(); ++i) {
      const Token& t = d.tokens[i];
      switch (t.kind) {
        case TokenKind::kWord:
          if (words_.function.count(t.form) == 0) d.terms.push_back(absl::StrCat("s:", t.stem));
          break;
        case TokenKind::kHan:
          if (++han > kMaxBigramHan) break;
          if (i + 1 < d.tokens.size() && d.tokens[i + 1].kind == TokenKind::kHan &&
              words_.function.count(t.form) == 0 && words_.function.count(d.tokens[i + 1].form) == 0) {
            d.terms.push_back(absl::StrCat("b:", t.form, d.tokens[i + 1].form));
          }
          break;
        case TokenKind::kNumber:
        case TokenKind::kPunctuation:
          break;
      }
    }
    for (const Quantity& q : d.quantities) {
      if (q.kind == QuantityKind::kOrdinal || q.kind == QuantityKind::kTime) continue;
      d.terms.push_back(absl::StrFormat("n:%.6g%s", q.base_value, std::string(q.base_unit)));
    }
  }

 public:
  static void SortIssues(std::vector<std::pair<int32_t, float>>& issues) {
    std::stable_sort(issues.begin(), issues.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  }

 private:
  std::string_view party_, other_;
  const Lexicon& lexicon_;
  const Words words_;
};

// What a sentence is about is often said only by its neighbours: adds their issues at a falling weight, those of the
// same block more.
void AddContextIssues(std::vector<DescribedSentence>& sentences) {
  const int32_t n = static_cast<int32_t>(sentences.size());
  for (int32_t i = 0; i < n; ++i) {
    std::map<int32_t, float> weight;
    for (int32_t k = std::max(0, i - 2); k <= std::min(n - 1, i + 2); ++k) {
      const DescribedSentence& other = sentences[static_cast<size_t>(k)];
      const bool same_block = other.input.block == sentences[static_cast<size_t>(i)].input.block;
      const float w = k == i ? 1.f : (same_block ? .5f : .3f) / static_cast<float>(std::abs(k - i));
      for (const auto& [issue, value] : other.issues) weight[issue] += w * value;
    }
    auto& context = sentences[static_cast<size_t>(i)].context_issues;
    context.assign(weight.begin(), weight.end());
    Describer::SortIssues(context);
  }
}

}  // namespace

struct SentenceDescriber::Rules {
  Rules(std::string_view party_in, std::string_view other_in, const Lexicon& lexicon)
      : party(party_in), other(other_in), describer(party, other, lexicon) {}

  const std::string party, other;
  const Describer describer;
};

SentenceDescriber::SentenceDescriber(std::string_view party, std::string_view other_party, const Lexicon& lexicon)
    : rules_(std::make_unique<Rules>(party, other_party, lexicon)) {}
SentenceDescriber::~SentenceDescriber() = default;

DescribedSentence SentenceDescriber::Describe(const SentenceInput& sentence) const {
  DescribedSentence out = rules_->describer.Describe(sentence);
  out.context_issues = out.issues;
  return out;
}

DescribedStatement DescribeStatement(const std::vector<SentenceInput>& sentences, std::string_view party,
                                     std::string_view other_party, const Lexicon& lexicon) {
  DescribedStatement statement;
  statement.party = party;
  statement.other_party = other_party;
  const Describer describer(statement.party, statement.other_party, lexicon);
  statement.sentences.resize(sentences.size());
  RunParallel((sentences.size() + kSentencesPerPart - 1) / kSentencesPerPart, [&](size_t part) {
    const size_t begin = part * kSentencesPerPart, end = std::min(begin + kSentencesPerPart, sentences.size());
    for (size_t s = begin; s < end; ++s) statement.sentences[s] = describer.Describe(sentences[s]);
  });
  AddContextIssues(statement.sentences);
  return statement;
}

PartyGuess GuessParty(const std::vector<SentenceInput>& sentences, const Lexicon& lexicon) {
  // Loaded words betray their owner; so does the habit of naming the other side and calling one's own "we".
  double us = 0, china = 0;
  int us_words = 0, china_words = 0;
  const std::vector<std::string_view> us_forms = lexicon.Tagged("party.text.US");
  const std::vector<std::string_view> china_forms = lexicon.Tagged("party.text.China");
  const auto holds = [](std::string_view text, const std::vector<std::string_view>& forms) {
    return std::any_of(forms.begin(), forms.end(),
                       [&](std::string_view form) { return text.find(form) != std::string_view::npos; });
  };
  for (const SentenceInput& sentence : sentences) {
    if (sentence.question) continue;
    us += holds(sentence.span.Of(sentence.text), us_forms);
    china += holds(sentence.span.Of(sentence.text), china_forms);
    const std::vector<Token> tokens = Tokenize(sentence.text, sentence.span, sentence.language);
    for (const LexiconMatch& m : MatchLexicon(tokens, lexicon)) {
      const LexiconEntry& e = lexicon.entry(m.entry);
      for (const LexiconTwin& twin : e.twins) {
        us_words += twin.stance == "US";
        china_words += twin.stance == "China";
      }
    }
  }
  us = 1.2 * us + .5 * us_words;
  china = 1.2 * china + .5 * china_words;
  PartyGuess guess;
  const double margin = us - china;
  if (std::abs(margin) < 1.0 || std::abs(margin) < .25 * (us + china)) return guess;
  guess.party = margin > 0 ? "US" : "China";
  guess.margin = margin;
  guess.reason =
      absl::StrFormat("wording: %d loaded terms of the US side, %d of the Chinese side", us_words, china_words);
  return guess;
}

}  // namespace narrdiff
