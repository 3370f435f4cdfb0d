// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/summarise/find_deeds.h"

#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "engine/base/lexicon_key.h"
#include "engine/lexicon/match_lexicon.h"

namespace narrdiff {
namespace {

enum Tag : uint16_t {
  kBreak = 1 << 0,
  kTurn = 1 << 1,
  kUnreal = 1 << 2,
  kSupport = 1 << 3,
  kBe = 1 << 4,
  kAux = 1 << 5,
  kParticiple = 1 << 6,
  kBy = 1 << 7,
  kAsk = 1 << 8,
  kMust = 1 << 9,
  kVagueOther = 1 << 10,
  kNone = 1 << 11,
  kNoMust = 1 << 12,
};

constexpr struct {
  std::string_view name;
  Tag tag;
} kTags[] = {
    {"deed.break", kBreak},
    {"deed.turn", kTurn},
    {"deed.unreal", kUnreal},
    {"deed.support", kSupport},
    {"deed.be", kBe},
    {"deed.aux", kAux},
    {"deed.by", kBy},
    {"deed.ask", kAsk},
    {"deed.participle", kParticiple},
    {"deed.must", kMust},
    {"deed.vague", kVagueOther},
    {"deed.none", kNone},
    {"deed.must_not", kNoMust},
};

// Between a party and a deed it does, in tokens; Chinese tokens are characters.
constexpr int32_t kWordsApart = 10;
constexpr int32_t kHanApart = 22;
constexpr int32_t kSubjectStarts = 4;  // tokens of a clause before its subject
constexpr int32_t kReach = 48;      // tokens that a rule looks back at most, so that a clause without end takes no time
constexpr int32_t kAgentApart = 5;  // from the deed to "by", from "by" to the agent

constexpr uint32_t kSpeaking = CueBit(Cue::kOppose) | CueBit(Cue::kSay) | CueBit(Cue::kHedge);

}  // namespace

// One sentence as the rules look at it.
class DeedFinder::Sentence {
 public:
  Sentence(const DeedFinder& finder, const DescribedStatement& statement, const DescribedSentence& sentence)
      : finder_(finder), s_(sentence), marks_(finder.Marks(sentence.tokens)), clause_of_(sentence.clause_of) {
    // The marks of an enumeration end no clause here.
    int32_t enumerated = 0;
    for (int32_t t = 0; t < Size(); ++t) {
      clause_of_[static_cast<size_t>(t)] -= enumerated;
      if (At(t).form == "、") ++enumerated;
      clause_begins_.push_back(t > 0 && Clause(t - 1) == Clause(t) ? clause_begins_.back() : t);
    }
    for (const PartyMention& p : s_.parties) {
      Party party{p.token, p.token + 1, p.role};
      while (party.last < Size() && At(party.last).span.end <= p.span.end) ++party.last;
      // 别国 in 个别国家 is no name of its own.
      if (!parties_.empty() && party.role == Role::kVague && party.first < parties_.back().last) continue;
      const bool listed = party.first > 0 && At(party.first - 1).form == "等";  // 英国等个别国家
      if (party.role == Role::kVague && listed) party.role = Role::kThird;
      if (party.role == Role::kVague && !Any(party.first, party.last, kVagueOther)) party.role = Role::kThird;
      parties_.push_back(party);
    }
    for (const CueMention& cue : s_.cues) {
      if (cue.cue == Cue::kTurnback) AddNamesOf(cue, statement);
    }
  }

  // The sentence begins with "It", which takes up the subject of the sentence before.
  void TakeUp(Role subject) {
    if (subject == Role::kNobody || Size() < 2 || At(0).form != "it" || Has(1, kBe)) return;
    parties_.insert(parties_.begin(), Party{0, 1, subject});
  }

  // Who the sentence begins with.
  Role Subject() const {
    for (const Party& p : parties_) {
      if (p.first > kSubjectStarts || Clause(p.first) != 0) break;
      if (!IsObject(p)) return p.role;
    }
    return Role::kNobody;
  }

  SentenceDeeds Find(const std::vector<Span>& reported) {
    SentenceDeeds out;
    int32_t covered = 0;  // end of the last deed kept: the nested forms of one phrase are one deed
    for (const ActMention& act : s_.acts) {
      if (act.hedged || act.span.end <= covered || finder_.IsTopic(act.span.Of(s_.input.text))) continue;
      Deed deed;
      deed.entry = FittingEntry(act);
      deed.act = act.span;
      const Party* actor = FindRoles(act, deed);
      if (actor == nullptr) continue;
      // "the US announced sanctions" is told by the side itself though the US said so; "the US says we spy" is not.
      if (Inside(act.span, reported) && Inside(At(actor->first).span, reported)) continue;
      covered = act.span.end;
      deed_end_ = act.token;
      deed_actor_ = actor;
      out.deeds.push_back(deed);
    }
    FindDemands(reported, out.demands);
    return out;
  }

 private:
  // Tokens [first, last).
  struct Party {
    int32_t first = 0, last = 0;
    Role role = Role::kNobody;
  };

  // A name that is part of a phrase is no mention of its own: "it is the United States that", 美方自己.
  void AddNamesOf(const CueMention& cue, const DescribedStatement& statement) {
    int32_t last = cue.token;
    while (last < Size() && At(last).span.end <= cue.span.end) ++last;
    for (const int32_t skipped : {1, 0}) {
      const int32_t first = cue.token + skipped, end = last - (1 - skipped);
      if (end <= first) continue;
      const std::vector<Token> tokens(s_.tokens.begin() + first, s_.tokens.begin() + end);
      for (const LexiconMatch& m : MatchLexicon(tokens, finder_.lexicon_)) {
        const std::string_view party = finder_.lexicon_.entry(m.entry).party;
        if (party.empty() || party != statement.other_party) continue;
        const Party found{first + m.first, first + m.last, Role::kOther};
        const auto at =
            std::find_if(parties_.begin(), parties_.end(), [&](const Party& p) { return p.first >= found.first; });
        if (at == parties_.end() || at->first != found.first) parties_.insert(at, found);
      }
    }
  }

  int32_t Size() const { return static_cast<int32_t>(s_.tokens.size()); }
  const Token& At(int32_t t) const { return s_.tokens[static_cast<size_t>(t)]; }
  int32_t Clause(int32_t t) const { return clause_of_[static_cast<size_t>(t)]; }
  bool Has(int32_t t, int tags) const { return (marks_[static_cast<size_t>(t)] & tags) != 0; }
  bool Any(int32_t begin, int32_t end, int tags) const {
    for (int32_t t = begin; t < end; ++t) {
      if (Has(t, tags)) return true;
    }
    return false;
  }
  bool IsHan(int32_t t) const { return At(t).kind == TokenKind::kHan; }
  bool IsFunction(int32_t t) const { return finder_.function_words_.count(At(t).form) > 0; }
  bool IsAdverb(int32_t t) const { return absl::EndsWith(At(t).form, "ly"); }

  int32_t ClauseBegin(int32_t t) const { return clause_begins_[static_cast<size_t>(t)]; }
  // Behind the last token of the clause that is no punctuation.
  int32_t ClauseEnd(int32_t t) const {
    int32_t end = t;
    while (end < Size() && Clause(end) == Clause(t)) ++end;
    while (end > t + 1 && At(end - 1).kind == TokenKind::kPunctuation) --end;
    return end;
  }

  static bool Inside(const Span& span, const std::vector<Span>& spans) {
    return std::any_of(spans.begin(), spans.end(), [&](const Span& s) { return s.Overlaps(span); });
  }

  // Right behind a preposition: spoken of, not acting.
  bool IsObject(const Party& p) const {
    if (IsHan(p.first) && Preposed(p.first) >= 0) return true;
    const int32_t reach = IsHan(p.first) ? 1 : 2;
    for (int32_t t = p.first - 1; t >= std::max(0, p.first - reach); --t) {
      if (finder_.objects_.count(At(t).form) > 0) return true;
      if (!IsFunction(t)) break;
    }
    return false;
  }

  // The 对 or 向 before the token in its clause whose object it may be part of, or -1:
  // 对参与售台武器的美国企业实施制裁.
  int32_t Preposed(int32_t token) const {
    for (int32_t t = token - 1; t >= std::max(ClauseBegin(token), token - kReach); --t) {
      if (At(t).form != "对" && At(t).form != "向") continue;
      // Part of a word: 反对, 针对, 面对.
      const bool word = t > 0 && Clause(t - 1) == Clause(t) && IsHan(t - 1) && Has(t, kTurn | kBreak | kNoMust);
      return word || OpposesAt(t) ? -1 : t;
    }
    return -1;
  }
  bool OpposesAt(int32_t t) const {
    return std::any_of(s_.cues.begin(), s_.cues.end(),
                       [&](const CueMention& cue) { return cue.cue == Cue::kOppose && cue.span.Contains(At(t).span); });
  }

  // The first cue at `token` or behind; cues and parties stand in the order of their tokens.
  std::vector<CueMention>::const_iterator CueFrom(int32_t token) const {
    return std::lower_bound(s_.cues.begin(), s_.cues.end(), token,
                            [](const CueMention& cue, int32_t t) { return cue.token < t; });
  }
  std::vector<Party>::const_iterator PartyFrom(int32_t token) const {
    return std::lower_bound(parties_.begin(), parties_.end(), token,
                            [](const Party& p, int32_t t) { return p.first < t; });
  }

  // Nothing between [begin, end) takes the deed away from the party before.
  bool Bears(int32_t begin, int32_t end) const {
    if (Any(begin, end, kBreak | kTurn | kUnreal | kAsk | kMust)) return false;
    return std::none_of(CueFrom(begin), CueFrom(end), [&](const CueMention& cue) {
      // To announce a deed is to do it.
      return (CueBit(cue.cue) & kSpeaking) != 0 && !Has(cue.token, kSupport);
    });
  }

  bool Negated(int32_t begin, int32_t end) const {
    return std::any_of(CueFrom(begin), CueFrom(std::max(begin, end)), [&](const CueMention& cue) {
      if (cue.cue != Cue::kNegation) return false;
      const std::string_view next = cue.token + 1 < Size() ? std::string_view(At(cue.token + 1).form) : "";
      return next != "only" && next != "just" && next != "merely" && next != "仅" && next != "但" && next != "断";
    });
  }

  // English: the act at [first, last) stands where a verb stands, or has the form of one.
  bool IsVerb(int32_t first, int32_t last, int32_t begin) const {
    int32_t t = first - 1;
    while (t >= begin && IsAdverb(t)) --t;
    if (t < begin || absl::EndsWith(At(first).form, "ing")) return true;
    if (Has(t, kAux | kBe | kUnreal)) return true;
    const int32_t verb = IsAdverb(first) && first + 1 < last ? first + 1 : first;
    if (IsFunction(t)) return false;
    if (absl::EndsWith(At(verb).form, "ed")) return true;
    // "violates the rules", but not "attacks on us"
    return absl::EndsWith(At(verb).form, "s") && last < Size() && Clause(last) == Clause(first) && IsFunction(last) &&
           finder_.objects_.count(At(last).form) == 0 && !Has(last, kAux | kBe | kBy | kBreak);
  }

  bool IsPassive(int32_t first, int32_t begin) const {
    const std::string& form = At(first).form;
    if (!absl::EndsWith(form, "ed") && !Has(first, kParticiple)) return false;
    for (int32_t t = first - 1; t >= std::max(begin, first - 3); --t) {
      if (Has(t, kBe)) return true;
      if (!IsFunction(t) && !IsAdverb(t)) break;
    }
    return false;
  }

  // 被, 遭, 受 before the deed in its clause, or -1.
  int32_t PassiveMark(int32_t first, int32_t begin) const {
    for (int32_t t = first - 1; t >= std::max(begin, first - kReach); --t) {
      if (finder_.passives_.count(At(t).form) > 0) return t;
    }
    return -1;
  }

  // "by China" behind the deed.
  const Party* Agent(int32_t last, int32_t end) const {
    for (int32_t t = last; t < std::min(end, last + kAgentApart); ++t) {
      if (!Has(t, kBy)) continue;
      const auto at = PartyFrom(t + 1);
      if (at != parties_.end() && at->first <= t + kAgentApart && at->first < end) return &*at;
    }
    return nullptr;
  }

  // Where the words begin that stand before the party without a conjunction between.
  int32_t StretchBegin(const Party& p, int32_t begin) const {
    int32_t from = p.first;
    while (from > std::max(begin, p.first - kReach) && !Has(from - 1, kBreak) && At(from - 1).form != "and") --from;
    return from;
  }

  // English: hardly anything stands before the party in its clause. Further on it is part of an object: "agents closed
  // a Chinese outpost and arrested two men".
  bool OpensClause(const Party& p, int32_t begin) const {
    return IsHan(p.first) || p.first - StretchBegin(p, begin) <= kSubjectStarts;
  }

  // "US sanctions", "Chinese industrial espionage": nothing but adjectives between.
  bool Owns(const Party& p, int32_t first) const {
    if (first - p.last > 2) return false;
    for (int32_t t = p.last; t < first; ++t) {
      if (IsFunction(t) || Has(t, kParticiple) || absl::EndsWith(At(t).form, "ed")) return false;
    }
    return true;
  }

  // A side does much of which it is only the place or the owner, so of its own deeds only those count that stand close
  // behind a subject that opens its clause.
  bool IsOwnDeed(const Party& actor, int32_t deed) const {
    constexpr int32_t kOpening = 3, kWords = 6, kHan = 10;
    if (actor.first > deed || Clause(actor.first) != Clause(deed)) return false;
    if (At(actor.first).form == "our" || At(actor.first).form == "my") return Owns(actor, deed);
    return actor.first - ClauseBegin(actor.first) <= kOpening && deed - actor.last <= (IsHan(deed) ? kHan : kWords);
  }

  // The party that stands as the subject of the deed at `first`, in the clause from `begin`; null when none does.
  const Party* Before(int32_t first, int32_t begin) const {
    const Party* found = nullptr;
    for (auto at = PartyFrom(std::max(begin, first - kReach)); at != PartyFrom(first); ++at) {
      const Party& p = *at;
      if (p.last > first) continue;
      // "retaliation against US tariffs": whose tariffs they are stands right before them.
      const bool owner = !IsHan(p.first) && p.role != Role::kSelf && first - p.last <= 1 && Owns(p, first);
      if (!owner && (IsObject(p) || !OpensClause(p, begin))) continue;
      if (found != nullptr && !owner) {
        // Of "the US and Japan" the US is told of; of "China hacked our servers and" China is the subject.
        const bool joined = p.role == Role::kThird && p.first - found->last <= 2;
        if (joined || (!IsHan(p.first) && found->first >= StretchBegin(p, begin))) continue;
      }
      found = &p;
    }
    return found;
  }

  // The subject that a clause without one shares with the clauses before, if they leave it so.
  const Party* Carried(int32_t first, int32_t last, int32_t begin) const {
    if (IsHan(first) ? first - begin > kHanApart : !OpensWithVerb(first, last, begin)) return nullptr;
    const Party* subject = nullptr;
    for (const Party& p : parties_) {
      if (p.last > begin) break;
      if (IsObject(p) || p.first - ClauseBegin(p.first) > kSubjectStarts) continue;
      subject = &p;
    }
    if (subject == nullptr || !Bears(subject->last, first)) return nullptr;
    return subject;
  }

  // The clause from `begin` has no subject of its own: it starts with the deed or its auxiliaries.
  bool OpensWithVerb(int32_t first, int32_t last, int32_t begin) const {
    if (!IsVerb(first, last, begin)) return false;
    if (Has(begin, kAux | kBe) && At(begin).form != "it" && first - begin <= kWordsApart / 2) return true;
    if (first - begin > 3) return false;
    for (int32_t t = begin; t < first; ++t) {
      if (!IsFunction(t) && !IsAdverb(t) && !Has(t, kAux)) return false;
    }
    return true;
  }

  // Chinese: 实施监听的，恰恰是美国.
  const Party* Cleft(int32_t end) const {
    constexpr int32_t kNear = 8;
    if (end >= Size() || At(end - 1).form != "的") return nullptr;
    for (const Party& p : parties_) {
      if (p.first <= end || p.first > end + kNear || Clause(p.first) != Clause(end) + 1) continue;
      for (int32_t t = end; t < p.first; ++t) {
        if (At(t).form == "是") return &p;
      }
    }
    return nullptr;
  }

  // English: "The real empire of hacking is the United States".
  const Party* Named(int32_t last, int32_t begin) const {
    constexpr int32_t kNear = 2;
    if (At(begin).form != "the" || last >= Size() || !Has(last, kBe)) return nullptr;
    const auto at = PartyFrom(last + 1);
    return at != parties_.end() && at->first - last <= kNear ? &*at : nullptr;
  }

  const Party* Behind(int32_t last, int32_t end) const {
    const auto at = PartyFrom(last);
    if (at == parties_.end() || at->first >= end) return nullptr;
    const bool near = at->first - last <= (IsHan(at->first) ? kHanApart / 2 : kWordsApart);
    return near && !Any(last, at->first, kBreak | kBy) ? &*at : nullptr;
  }

  // In Chinese the target often stands before the deed: 对美国进行.
  const Party* ObjectBefore(int32_t first, int32_t begin) const {
    const Party* found = nullptr;
    for (auto at = PartyFrom(std::max(begin, first - kReach)); at != PartyFrom(first); ++at) {
      if (at->last <= first && IsHan(at->first) && IsObject(*at)) found = &*at;
    }
    return found;
  }

  // Harm done to the speaking side by nobody named, in a sentence that names nobody but the two sides.
  const Party* Implied(const ActMention& act, int32_t begin, int32_t end, const Party* target, Deed& deed) const {
    if (target == nullptr || target->role != Role::kSelf) return nullptr;
    if (finder_.lexicon_.entry(deed.entry).valence != Valence::kHarm || !Bears(begin, act.token)) return nullptr;
    const Party* other = nullptr;
    for (const Party& p : parties_) {
      if (p.role == Role::kThird || p.role == Role::kVague) return nullptr;
      if (p.role == Role::kOther) other = &p;
    }
    if (other == nullptr || Negated(begin, act.token)) return nullptr;
    deed.actor = Role::kOther;
    deed.target = Role::kSelf;
    deed.words = {At(begin).span.begin, At(end - 1).span.end};
    return other;
  }

  // Of the classes of act that the same words may be, the one that is most of what the sentence is about.
  int32_t FittingEntry(const ActMention& act) const {
    int32_t best = act.entry;
    float most = -1;
    for (const ActMention& other : s_.acts) {
      if (other.span != act.span) continue;
      float fit = 0;
      for (const auto& [issue, weight] : s_.context_issues) {
        if ((finder_.lexicon_.entry(other.entry).issues >> issue & 1) != 0) fit += weight;
      }
      if (fit <= most) continue;
      most = fit;
      best = other.entry;
    }
    return best;
  }

  // Who does the act, null when that is not sure; fills in `deed`.
  const Party* FindRoles(const ActMention& act, Deed& deed) const {
    int32_t last = act.token;
    while (last < Size() && At(last).span.end <= act.span.end) ++last;
    const int32_t begin = ClauseBegin(act.token), end = ClauseEnd(act.token);
    const bool han = IsHan(act.token);
    // 对制裁: the deed is what something else is done to.
    if (han && act.token > 0 && finder_.objects_.count(At(act.token - 1).form) > 0) return nullptr;
    // 对售台武器的企业: the deed only tells of what an object is.
    if (han && last + 1 < end && At(last).form == "的" && Preposed(act.token) >= 0) return nullptr;
    const Party* before = Before(act.token, begin);
    const Party* actor = nullptr;
    const Party* target = nullptr;
    if (han) {
      const int32_t mark = PassiveMark(act.token, begin);
      if (mark >= 0) {
        if (before != nullptr && before->first > mark) actor = before;
        target = before;
      } else {
        actor = Cleft(end);
        if (actor == nullptr) actor = before != nullptr ? before : Carried(act.token, last, begin);
        target = ObjectBefore(act.token, begin);
        if (target == nullptr) target = Behind(last, end);
      }
    } else if (const Party* agent = Agent(last, end); agent != nullptr) {
      actor = agent;
      target = before;
    } else if (IsPassive(act.token, begin)) {
      target = before;
    } else {
      actor = before;
      if (actor == nullptr) actor = Named(last, begin);
      if (actor == nullptr) {
        actor = Carried(act.token, last, begin);
      } else if (actor->first < act.token && !IsVerb(act.token, last, actor->last) && !Owns(*actor, act.token) &&
                 !Any(actor->last, act.token, kSupport)) {
        return nullptr;
      }
      target = Behind(last, end);
    }
    if (actor == nullptr) return Implied(act, begin, end, target, deed);
    if (actor->role == Role::kSelf && !IsOwnDeed(*actor, act.token)) return nullptr;
    const bool near = actor->first < act.token && Clause(actor->first) == Clause(act.token);
    if (near) {
      int32_t from = actor->last;
      // "It is the US that attacks": the word behind the party begins no other deed.
      if (from < act.token && At(0).form == "it" && At(from).form == "that") ++from;
      // Of two deeds of one party only what stands between them is left to look at.
      if (deed_actor_ == actor && deed_end_ > from && deed_end_ < act.token) from = deed_end_;
      if (act.token - from > (han ? kHanApart : kWordsApart) || !Bears(from, act.token)) return nullptr;
      deed.negated = Negated(from, act.token);
    } else if (actor->first < act.token) {
      deed.negated = Negated(begin, act.token);
    }
    // "sells arms to neither side"
    deed.negated = deed.negated || Any(last, std::min(end, last + 3), kNone);
    // The whole clause may be a wish or a condition.
    const int32_t head = std::min(actor->first < act.token ? actor->first : act.token, act.token);
    const int32_t opening = std::max(near ? begin : ClauseBegin(head), head - kReach);
    if (Any(opening, head, kAsk | kUnreal) || Negated(opening, head) ||
        Any(begin, std::min(begin + 2, act.token), kUnreal))
      return nullptr;
    deed.actor = actor->role;
    deed.target = target == nullptr || target->role == deed.actor ? Role::kNobody : target->role;
    if (deed.target == Role::kVague && deed.actor == Role::kOther) deed.target = Role::kThird;
    if (deed.actor == Role::kVague && deed.target == Role::kOther) return nullptr;
    deed.words = {At(near ? actor->first : begin).span.begin, At(end - 1).span.end};
    return actor;
  }

  void FindDemands(const std::vector<Span>& reported, std::vector<Demand>& out) const {
    for (const Party& p : parties_) {
      if (!IsOther(p.role)) continue;
      const int32_t begin = ClauseBegin(p.first);
      const std::optional<int32_t> from = DemandOn(p, begin);
      if (!from.has_value() || Any(begin, *from, kUnreal)) continue;
      const Span words{At(*from).span.begin, At(SegmentEnd(p.first) - 1).span.end};
      if (Inside(At(p.first).span, reported)) continue;
      // A demand goes to the end of its sentence; what comes within is part of it.
      if (!out.empty() && words.begin < out.back().words.end) continue;
      out.push_back({p.role, words});
    }
  }

  // Behind the last word before a semicolon or the end.
  int32_t SegmentEnd(int32_t t) const {
    int32_t end = t;
    while (end < Size() && At(end).form != ";" && At(end).form != "；") ++end;
    while (end > t + 1 && At(end - 1).kind == TokenKind::kPunctuation) --end;
    return end;
  }

  // Where the demand on the party begins: at the verb that asks, or at the party that must.
  std::optional<int32_t> DemandOn(const Party& p, int32_t begin) const {
    const bool han = IsHan(p.first);
    // "we urge the US", 敦促美方
    int32_t t = p.first - 1;
    const int32_t lowest = std::max(begin, p.first - (han ? 2 : 3));
    while (t > lowest && !Has(t, kAsk) && finder_.objects_.count(At(t).form) == 0) --t;
    if (t >= lowest && Has(t, kAsk)) {
      while (t > begin && Has(t - 1, kAsk)) --t;
      // Who asks: nobody named, or the side itself.
      Role asker = Role::kSelf;
      for (const Party& q : parties_) {
        if (q.first >= begin && q.last <= t) asker = q.role;
      }
      const bool on = han || ClauseEnd(p.first) - p.last >= 2;
      if (asker == Role::kSelf && on && Clause(t) == Clause(p.first) && !Negated(begin, t)) return t;
    }
    // "China must", 美方应
    if (IsObject(p)) return std::nullopt;
    const int32_t reach = han ? 3 : 2;
    for (t = p.last; t < std::min(Size(), p.last + reach + 1) && Clause(t) == Clause(p.first); ++t) {
      if (Has(t, kBreak | kTurn | kAsk) && !Has(t, kMust)) break;
      if (!Has(t, kMust) || Has(t, kNoMust)) continue;
      if (p.first > begin && Has(p.first - 1, kBreak) && !han) break;
      return p.first;
    }
    return std::nullopt;
  }

  const DeedFinder& finder_;
  const DescribedSentence& s_;
  const std::vector<uint16_t> marks_;
  std::vector<int32_t> clause_of_, clause_begins_;
  std::vector<Party> parties_;
  // Of the last deed found: its place and who did it.
  int32_t deed_end_ = 0;
  const Party* deed_actor_ = nullptr;
};

DeedFinder::DeedFinder(const Lexicon& lexicon) : lexicon_(lexicon) {
  for (const auto& [name, tag] : kTags) {
    for (const std::string_view form : lexicon.Tagged(name)) {
      const LexiconKey key = MakeKey(form);
      tags_[key.key] |= tag;
      int32_t& longest = longest_[key.first];
      longest = std::max(longest, key.tokens);
    }
  }
  const auto fill = [&](std::string_view tag, std::unordered_set<std::string>& to) {
    for (const std::string_view form : lexicon.Tagged(tag)) to.emplace(form);
  };
  fill("deed.measure", measures_);
  fill("deed.favour", favours_);
  fill("deed.topic", topics_);
  fill("object_marker", objects_);
  fill("passive_marker", passives_);
  fill("function_word", function_words_);
}

bool DeedFinder::IsTopic(std::string_view words) const {
  return topics_.count(absl::AsciiStrToLower({words.data(), words.size()})) > 0;
}

std::vector<uint16_t> DeedFinder::Marks(const std::vector<Token>& tokens) const {
  std::vector<uint16_t> marks(tokens.size(), 0);
  for (size_t at = 0; at < tokens.size(); ++at) {
    std::string key;
    size_t end = tokens.size();
    for (size_t i = at; i < end; ++i) {
      if (tokens[i].kind == TokenKind::kPunctuation) break;
      AppendToKey(tokens[i], KeyStyle::kStem, key);
      if (i == at) {
        const auto longest = longest_.find(key);
        if (longest == longest_.end()) break;
        end = std::min(end, at + static_cast<size_t>(longest->second));
      }
      const auto found = tags_.find(key);
      if (found == tags_.end()) continue;
      for (size_t t = at; t <= i; ++t) marks[t] |= found->second;
    }
  }
  return marks;
}

std::vector<SentenceDeeds> DeedFinder::Find(const DescribedStatement& statement,
                                            const std::vector<Span>& reported) const {
  std::vector<SentenceDeeds> out(statement.sentences.size());
  Role subject = Role::kNobody;
  for (size_t i = 0; i < statement.sentences.size(); ++i) {
    const DescribedSentence& described = statement.sentences[i];
    if (described.input.question) {
      subject = Role::kNobody;
      continue;
    }
    Sentence sentence(*this, statement, described);
    sentence.TakeUp(subject);
    subject = sentence.Subject();
    out[i] = sentence.Find(reported);
  }
  return out;
}

}  // namespace narrdiff
