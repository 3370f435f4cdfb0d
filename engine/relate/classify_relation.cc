// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/relate/classify_relation.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "engine/base/sides.h"
#include "engine/base/status_macros.h"
#include "engine/describe/find_stance.h"
#include "engine/relate/relation_weights.h"
#include "engine/relate/relation_weights_neural.h"

namespace narrdiff {
namespace {

constexpr std::string_view kRelationIds[] = {"unspecified", "agree",  "deny",    "counter",
                                             "reframe",     "differ", "respond", "parallel"};
constexpr int kFirstRelation = 1, kLastRelation = 6;  // those the model chooses from

std::vector<std::string_view> ModelOutputs() {
  return {kRelationIds + kFirstRelation, kRelationIds + kLastRelation + 1};
}

// Words of the text, short enough for a reason: whole up to 60 bytes, cut at a blank or a character boundary after
// that.
std::string Quote(const DescribedSentence& s, Span span) {
  std::string words(span.Of(s.input.text));
  std::replace(words.begin(), words.end(), '\n', ' ');
  std::replace(words.begin(), words.end(), '\r', ' ');
  return absl::StrCat("\"", words, "\"");
}

// The finder looks at both sides through Sides<>, so that nothing is said of one side that could not be said of the
// other.
class Finder {
 public:
  Finder(const DescribedSentence& left, const DescribedSentence& right, const PairFeatureVector& features,
         const Lexicon& lexicon)
      : s_{&left, &right}, f_(features), lexicon_(lexicon) {}

  std::vector<Evidence> Run() {
    Add(EvidenceKind::kBias, 1, {}, {}, "");
    for (const Side side : kBothSides) stance_[side] = FindStance(*s_[side], lexicon_);
    Cues();
    Acts();
    Twins();
    Numbers();
    Names();
    Words();
    Readings();
    return std::move(out_);
  }

 private:
  void Add(EvidenceKind kind, float strength, std::vector<Span> left, std::vector<Span> right, std::string reason) {
    if (strength <= 0) return;
    Evidence e;
    e.kind = kind;
    e.strength = std::min(strength, 1.f);
    e.left = std::move(left);
    e.right = std::move(right);
    e.reason = std::move(reason);
    out_.push_back(std::move(e));
  }
  // The same with the spans of one side given.
  void AddOn(EvidenceKind kind, Side side, float strength, std::vector<Span> spans, std::string reason) {
    if (side == Side::kLeft) {
      Add(kind, strength, std::move(spans), {}, std::move(reason));
    } else {
      Add(kind, strength, {}, std::move(spans), std::move(reason));
    }
  }

  // How the learnt model reads the pair; nothing where sentences have no vectors. It has no words to show.
  void Readings() {
    for (int r = 0; r < kAnswerRelations; ++r) {
      Add(static_cast<EvidenceKind>(static_cast<int>(EvidenceKind::kReadsAgree) + r),
          Feature(static_cast<PairFeature>(static_cast<int>(PairFeature::kReadsAgree) + r)), {}, {}, "");
    }
  }

  float Feature(PairFeature feature) const { return f_[static_cast<size_t>(feature)]; }

  std::vector<Span> CueSpans(Side side, Cue cue) const {
    std::vector<Span> spans;
    for (const CueMention& c : s_[side]->cues) {
      if (c.cue == cue) spans.push_back(c.span);
    }
    return spans;
  }

  void Cues() {
    for (const Side side : kBothSides) {
      const Side other = Other(side);
      const std::string who = SideName(side);
      const auto one = [&](EvidenceKind kind, Cue cue, std::string_view what) {
        const std::vector<Span> spans = CueSpans(side, cue);
        if (spans.empty()) return;
        AddOn(kind, side, 1, spans, absl::StrCat(who, " ", std::string(what), ": ", Quote(*s_[side], spans[0])));
      };
      one(EvidenceKind::kRejection, Cue::kReject, "rejects it as untrue");
      one(EvidenceKind::kCondemnation, Cue::kCondemn, "condemns the conduct or the motive");
      one(EvidenceKind::kTurnback, Cue::kTurnback, "points back at the accuser");
      one(EvidenceKind::kOppose, Cue::kOppose, "opposes or protests");
      one(EvidenceKind::kContrast, Cue::kContrast, "sets another account against it");
      one(EvidenceKind::kPrinciple, Cue::kPrinciple, "answers with a general rule");
      one(EvidenceKind::kWarning, Cue::kWarn, "warns of consequences");
      one(EvidenceKind::kRegret, Cue::kRegret, "expresses regret");
      one(EvidenceKind::kHedged, Cue::kHedge, "distances itself from the wording");
      one(EvidenceKind::kConcede, Cue::kConcede, "concedes in part");
      if (s_[side]->Has(Cue::kVirtue)) {
        const std::vector<Span> spans = CueSpans(side, Cue::kVirtue);
        AddOn(EvidenceKind::kVirtue, side, stance_[other].accuse > 0 ? 1.f : .4f, spans,
              absl::StrCat(who, " praises its own conduct: ", Quote(*s_[side], spans[0])));
      }
      const bool negated = s_[side]->Has(Cue::kNegation);
      if (negated && !s_[other]->Has(Cue::kNegation)) {
        const std::vector<Span> spans = CueSpans(side, Cue::kNegation);
        AddOn(EvidenceKind::kNegation, side, 1, spans,
              absl::StrCat("only ", who, " is negated: ", Quote(*s_[side], spans[0])));
        Add(EvidenceKind::kSimilarNegated, std::min(1.f, 2 * Feature(PairFeature::kCosine)), {}, {}, "");
      }
      if (s_[side]->Has(Cue::kDemand) && !s_[other]->Has(Cue::kDemand)) {
        const std::vector<Span> spans = CueSpans(side, Cue::kDemand);
        AddOn(EvidenceKind::kDemandOne, side, 1, spans, absl::StrCat(who, " demands: ", Quote(*s_[side], spans[0])));
      }
      if (s_[side]->Has(Cue::kStrong) && s_[other]->Has(Cue::kWeak)) {
        AddOn(EvidenceKind::kStrength, side, 1, CueSpans(side, Cue::kStrong),
              absl::StrCat(who, " uses the stronger wording"));
      }
      if (stance_[side].accuse >= .5f && stance_[other].accuse < .5f) {
        AddOn(EvidenceKind::kAccused, side, stance_[side].accuse, stance_[side].accuse_spans,
              absl::StrCat("only ", who, " accuses"));
      }
      if (stance_[side].own_measure()) AddOn(EvidenceKind::kOwnMeasure, side, 1, stance_[side].own_spans, "");
    }
    if (s_.left->Has(Cue::kNegation) && s_.right->Has(Cue::kNegation)) {
      Add(EvidenceKind::kBothNegated, 1, CueSpans(Side::kLeft, Cue::kNegation), CueSpans(Side::kRight, Cue::kNegation),
          "");
    }
    if (s_.left->Has(Cue::kDemand) && s_.right->Has(Cue::kDemand)) {
      const auto addressed = [&](Side side) { return s_[side]->SpeaksOfOther(); };
      const bool mutual = addressed(Side::kLeft) && addressed(Side::kRight);
      Add(mutual ? EvidenceKind::kMutualDemand : EvidenceKind::kCommonDemand, 1, CueSpans(Side::kLeft, Cue::kDemand),
          CueSpans(Side::kRight, Cue::kDemand),
          mutual ? "each side makes a demand on the other" : "both sides say what should be done");
    }
    const bool common_left = s_.left->Has(Cue::kCommit) || s_.left->Has(Cue::kSupport);
    const bool common_right = s_.right->Has(Cue::kCommit) || s_.right->Has(Cue::kSupport);
    if (common_left && common_right && stance_.left.accuse < .5f && stance_.right.accuse < .5f) {
      std::vector<Span> left = CueSpans(Side::kLeft, Cue::kCommit), right = CueSpans(Side::kRight, Cue::kCommit);
      if (left.empty()) left = CueSpans(Side::kLeft, Cue::kSupport);
      if (right.empty()) right = CueSpans(Side::kRight, Cue::kSupport);
      Add(EvidenceKind::kCommon, 1, left, right, "both sides commit to it or support it");
    }
    if (stance_.left.accuse < .3f && stance_.right.accuse < .3f) Add(EvidenceKind::kNoAccusation, 1, {}, {}, "");
    if (stance_.left.accuse >= .5f && stance_.right.accuse >= .5f) {
      Add(EvidenceKind::kExchange, std::min(stance_.left.accuse, stance_.right.accuse), stance_.left.accuse_spans,
          stance_.right.accuse_spans, "each side accuses the other");
    }
    const bool left_other = s_.left->SpeaksOfOther();
    const bool right_other = s_.right->SpeaksOfOther();
    const bool left_self = s_.left->Speaks(Role::kSelf), right_self = s_.right->Speaks(Role::kSelf);
    if ((left_other && right_self && !right_other) || (right_other && left_self && !left_other)) {
      Add(EvidenceKind::kSubjectSwap, 1, {}, {}, "");
    }
    if (left_self && !left_other && right_self && !right_other) Add(EvidenceKind::kSameSubject, 1, {}, {}, "");
    if (left_other && right_other) Add(EvidenceKind::kBothOfOther, 1, {}, {}, "");
    if ((!left_self && !left_other) || (!right_self && !right_other)) Add(EvidenceKind::kUnnamed, 1, {}, {}, "");
    Answers();
  }

  // What one side says of the other, met by what the other answers.
  void Answers() {
    for (const Side side : kBothSides) {
      const Side other = Other(side);
      const DescribedSentence& mine = *s_[side];
      const DescribedSentence& theirs = *s_[other];
      const float accuse = stance_[side].accuse;
      const std::string who = SideName(other);
      const auto answer = [&](EvidenceKind kind, float strength, Cue cue, std::string_view what) {
        const std::vector<Span> spans = CueSpans(other, cue);
        if (strength <= 0 || spans.empty()) return;
        const std::string reason = absl::StrCat(who, " ", std::string(what), ": ", Quote(theirs, spans[0]));
        if (side == Side::kLeft) {
          Add(kind, strength, stance_.left.accuse_spans, spans, reason);
        } else {
          Add(kind, strength, spans, stance_.right.accuse_spans, reason);
        }
      };
      answer(EvidenceKind::kRejectedAccusation, accuse, Cue::kReject, "rejects the accusation");
      answer(EvidenceKind::kTurnedAccusation, accuse, Cue::kTurnback, "turns the accusation back");
      const bool of_self = theirs.Speaks(Role::kSelf) && !theirs.Speaks(Role::kOther);
      const bool own_harm_negated = std::any_of(theirs.acts.begin(), theirs.acts.end(), [&](const ActMention& act) {
        return act.negated && !IsOther(act.actor) && lexicon_.entry(act.entry).valence == Valence::kHarm;
      });
      answer(EvidenceKind::kDeniedOwnAct, own_harm_negated ? 1.f : accuse * (of_self ? 1.f : .4f), Cue::kNegation,
             "denies it of itself");
      if (stance_[side].own_measure()) {
        answer(EvidenceKind::kAnsweredMeasure, 1, Cue::kReject, "rejects the measure");
        answer(EvidenceKind::kAnsweredMeasure, 1, Cue::kOppose, "opposes the measure");
      }
      if (mine.Speaks(Role::kVague)) AddOn(EvidenceKind::kVagueParty, side, 1, CueSpans(side, Cue::kVagueParty), "");
      if (!mine.twins.empty() && theirs.twins.empty()) AddOn(EvidenceKind::kOtherVoice, side, 1, {}, "");
    }
  }

  void Acts() {
    std::set<std::pair<EvidenceKind, std::string_view>> told;
    for (const ActMention& x : s_.left->acts) {
      for (const ActMention& y : s_.right->acts) {
        const LexiconEntry& ex = lexicon_.entry(x.entry);
        const LexiconEntry& ey = lexicon_.entry(y.entry);
        if (ex.act_type != ey.act_type || x.hedged || y.hedged) continue;
        const auto once = [&](EvidenceKind kind, std::string reason) {
          if (told.insert({kind, ex.act_type}).second) Add(kind, 1, {x.span}, {y.span}, std::move(reason));
        };
        const std::string act(ex.act_type);
        const bool left_other = IsOther(x.actor), right_other = IsOther(y.actor);
        const bool left_self = x.actor == Role::kSelf, right_self = y.actor == Role::kSelf;
        if (x.negated != y.negated) {
          once(EvidenceKind::kNegatedAct,
               absl::StrCat("the same act (", act, ") is negated ", x.negated ? "by left" : "by right"));
        } else if (left_other && right_other && ex.valence == Valence::kHarm) {
          once(EvidenceKind::kSwappedRoles, absl::StrCat("each side says that the other does it (", act, ")"));
        } else if (left_self && right_self && ex.valence == Valence::kBenefit) {
          once(EvidenceKind::kMirroredAgent, absl::StrCat("each side says it of itself (", act, ")"));
        } else if ((left_other && right_self) || (left_self && right_other)) {
          once(EvidenceKind::kSameAct, absl::StrCat("both speak of the same party's act (", act, ")"));
        }
      }
    }
  }

  void Twins() {
    for (const TwinMention& x : s_.left->twins) {
      for (const TwinMention& y : s_.right->twins) {
        for (const LexiconTwin& p : lexicon_.entry(x.entry).twins) {
          for (const LexiconTwin& q : lexicon_.entry(y.entry).twins) {
            if (p.group != q.group) continue;
            const bool opposed = p.stance != q.stance;
            Add(opposed ? EvidenceKind::kTwin : EvidenceKind::kSameTwin, 1, {x.span}, {y.span},
                opposed ? absl::StrCat("two names for one thing: ", Quote(*s_.left, x.span), " and ",
                                       Quote(*s_.right, y.span))
                        : absl::StrCat("both call it by the same name: ", Quote(*s_.left, x.span)));
          }
        }
      }
    }
  }

  void Numbers() {
    const std::vector<Quantity>& left = s_.left->quantities;
    const std::vector<Quantity>& right = s_.right->quantities;
    const auto told = [&](std::string_view what, const Quantity& x, const Quantity& y) {
      return absl::StrCat(std::string(what), ": ", Quote(*s_.left, x.span), " and ", Quote(*s_.right, y.span));
    };
    // A figure that stands on both sides is no difference, whatever else stands beside it.
    std::vector<bool> left_met(left.size(), false), right_met(right.size(), false);
    for (size_t i = 0; i < left.size(); ++i) {
      for (size_t j = 0; j < right.size(); ++j) {
        const Quantity& x = left[i];
        const Quantity& y = right[j];
        // "178 cranes, not 230" corrects the figure that it repeats.
        if (!SameQuantity(x, y) || Negated(Side::kLeft, x) != Negated(Side::kRight, y)) continue;
        left_met[i] = right_met[j] = true;
        const bool small = IsSmallNumber(x) && IsSmallNumber(y);
        Add(EvidenceKind::kSameNumber, small ? .3f : 1.f, {x.span}, {y.span}, told("the same figure", x, y));
      }
    }
    for (size_t i = 0; i < left.size(); ++i) {
      for (size_t j = 0; j < right.size(); ++j) {
        const Quantity& x = left[i];
        const Quantity& y = right[j];
        if (left_met[i] || right_met[j] || SameQuantity(x, y)) continue;
        if (x.kind == QuantityKind::kDate && y.kind == QuantityKind::kDate) {
          Add(EvidenceKind::kDate, 1, {x.span}, {y.span}, told("another date", x, y));
        } else if (x.kind == y.kind && !x.base_unit.empty() && x.base_unit == y.base_unit) {
          Add(EvidenceKind::kNumber, 1, {x.span}, {y.span}, told("another figure for the same unit", x, y));
        } else if (x.kind == QuantityKind::kCount && y.kind == QuantityKind::kCount && x.unit == y.unit) {
          const bool same = SameObject(x, y);
          Add(EvidenceKind::kNumber, same ? 1.f : .4f, {x.span}, {y.span},
              told(same ? "another figure for the same thing" : "another figure", x, y));
        }
      }
    }
  }

  // A negation stands right before the figure.
  bool Negated(Side side, const Quantity& q) const {
    constexpr int32_t kReach = 2;
    return std::any_of(s_[side]->cues.begin(), s_[side]->cues.end(), [&](const CueMention& cue) {
      return cue.cue == Cue::kNegation && cue.token < q.token_begin && q.token_begin - cue.token <= kReach;
    });
  }

  // What is counted: the words right after the figure are the same, or forms of one lexicon entry.
  bool SameObject(const Quantity& x, const Quantity& y) const {
    constexpr int32_t kReach = 2;
    for (int32_t a = x.token_end; a < x.token_end + kReach; ++a) {
      for (int32_t b = y.token_end; b < y.token_end + kReach; ++b) {
        if (a >= static_cast<int32_t>(s_.left->tokens.size()) || b >= static_cast<int32_t>(s_.right->tokens.size()))
          continue;
        const Token& p = s_.left->tokens[static_cast<size_t>(a)];
        const Token& q = s_.right->tokens[static_cast<size_t>(b)];
        if (p.kind == TokenKind::kWord && p.stem == q.stem && p.stem.size() > 2) return true;
        for (const LexiconMatch& m : s_.left->matches) {
          for (const LexiconMatch& n : s_.right->matches) {
            if (m.first == a && n.first == b && m.entry == n.entry) return true;
          }
        }
      }
    }
    return false;
  }

  void Names() {
    std::vector<int32_t> shared;
    std::set_intersection(s_.left->names.begin(), s_.left->names.end(), s_.right->names.begin(), s_.right->names.end(),
                          std::back_inserter(shared));
    float rare = 0;
    for (const int32_t name : shared) {
      const LexiconEntry& e = lexicon_.entry(name);
      if (e.party.empty() || e.name_type != NameType::kCountry) rare = 1;
    }
    if (rare > 0) Add(EvidenceKind::kSameName, rare, {}, {}, "");
    // A name of one type on each side and none in common: the fact is told of somebody else.
    for (const NameType type : {NameType::kPerson, NameType::kPlace, NameType::kOrganisation, NameType::kCompany}) {
      int32_t left = -1, right = -1;
      for (const int32_t name : s_.left->names) left = lexicon_.entry(name).name_type == type ? name : left;
      for (const int32_t name : s_.right->names) right = lexicon_.entry(name).name_type == type ? name : right;
      if (left < 0 || right < 0) continue;
      const bool common =
          std::any_of(shared.begin(), shared.end(), [&](int32_t n) { return lexicon_.entry(n).name_type == type; });
      if (!common) Add(EvidenceKind::kName, .5f, {}, {}, "");
    }
  }

  // What both speak of: the entries and words that stand on both sides, the longest few of them. Each by its first
  // place, in an order that does not depend on the sides.
  void AddShared(float strength) {
    constexpr size_t kMost = 3;
    Sides<std::map<std::string, Span>> first;
    for (const Side side : kBothSides) {
      const DescribedSentence& s = *s_[side];
      for (const LexiconMatch& m : s.matches) {
        const LexiconEntry& e = lexicon_.entry(m.entry);
        if (e.weight <= 0 || e.cues != 0 || m.nested) continue;
        first[side].emplace(absl::StrCat("e:", m.entry), Span{s.tokens[static_cast<size_t>(m.first)].span.begin,
                                                              s.tokens[static_cast<size_t>(m.last - 1)].span.end});
      }
      for (const Token& t : s.tokens) {
        const std::string term = "s:" + t.stem;
        if (t.kind == TokenKind::kWord && std::find(s.terms.begin(), s.terms.end(), term) != s.terms.end()) {
          first[side].emplace(term, t.span);
        }
      }
    }
    std::vector<std::pair<Span, Span>> shared;
    for (const auto& [term, span] : first.left) {
      const auto other = first.right.find(term);
      if (other != first.right.end()) shared.emplace_back(span, other->second);
    }
    std::stable_sort(shared.begin(), shared.end(), [](const auto& x, const auto& y) {
      return x.first.length() + x.second.length() > y.first.length() + y.second.length();
    });
    std::vector<Span> left, right;
    std::vector<std::string> told;
    const auto met = [](const std::vector<Span>& spans, Span s) {
      return std::any_of(spans.begin(), spans.end(), [&](const Span& o) { return o.Overlaps(s); });
    };
    for (const auto& [x, y] : shared) {
      if (left.size() >= kMost) break;
      if (met(left, x) || met(right, y)) continue;
      left.push_back(x);
      right.push_back(y);
      const std::string a = Quote(*s_.left, x), b = Quote(*s_.right, y);
      told.push_back(a == b ? a : absl::StrCat(a, " / ", b));
    }
    const std::string reason = told.empty() ? "" : absl::StrCat("both speak of ", absl::StrJoin(told, ", "));
    Add(EvidenceKind::kSimilar, std::max(strength, told.empty() ? 0.f : .01f), left, right, reason);
  }

  void Words() {
    const float cosine = std::max(Feature(PairFeature::kCosine), Feature(PairFeature::kSoft));
    AddShared(2 * cosine);
    const auto disputes = [](const DescribedSentence& s) {
      return s.Has(Cue::kReject) || s.Has(Cue::kCondemn) || s.Has(Cue::kTurnback) || s.Has(Cue::kOppose);
    };
    const bool negated = s_.left->Has(Cue::kNegation) != s_.right->Has(Cue::kNegation);
    const bool accused = stance_.left.accuse >= .5f || stance_.right.accuse >= .5f;
    if (cosine < .15f || negated || accused || disputes(*s_.left) || disputes(*s_.right)) return;
    Add(EvidenceKind::kCommonGround, 2.5f * cosine, {}, {}, "much the same words, and neither side disputes them");
  }

  Sides<const DescribedSentence*> s_;
  const PairFeatureVector& f_;
  const Lexicon& lexicon_;
  Sides<Stance> stance_;
  std::vector<Evidence> out_;
};

}  // namespace

std::string_view RelationId(Relation relation) { return kRelationIds[static_cast<int>(relation)]; }

std::string_view EvidenceName(EvidenceKind kind) {
  static constexpr std::string_view kNames[] = {
#define NARRDIFF_EVIDENCE_NAME(enumerator, name) name,
      NARRDIFF_EVIDENCE_KINDS(NARRDIFF_EVIDENCE_NAME)
#undef NARRDIFF_EVIDENCE_NAME
  };
  return kNames[static_cast<int>(kind)];
}

absl::StatusOr<RelationModel> RelationModel::Builtin(Similarity similarity) {
  std::vector<std::string_view> features;
  for (int k = 0; k < kEvidenceKindCount; ++k) features.push_back(EvidenceName(static_cast<EvidenceKind>(k)));
  const std::string_view weights = similarity == Similarity::kNeural ? kRelationWeightsNeural : kRelationWeights;
  NARRDIFF_ASSIGN_OR_RETURN(LinearModel linear, LinearModel::FromText(weights, ModelOutputs(), features));
  return RelationModel(std::move(linear));
}

std::vector<Evidence> FindEvidence(const DescribedSentence& left, const DescribedSentence& right,
                                   const PairFeatureVector& features, const Lexicon& lexicon) {
  return Finder(left, right, features, lexicon).Run();
}

EvidenceVector ToVector(const std::vector<Evidence>& evidence) {
  EvidenceVector v{};
  for (const Evidence& e : evidence) {
    float& value = v[static_cast<size_t>(e.kind)];
    value = std::max(value, e.strength);
  }
  return v;
}

namespace {

constexpr float kReadingSuffices = .25f;  // probability

EvidenceKind ReadingOf(Relation relation) {
  return static_cast<EvidenceKind>(static_cast<int>(EvidenceKind::kReadsAgree) + static_cast<int>(relation) -
                                   kFirstRelation);
}

// Evidence without which a relation cannot be meant: two values for DIFFER, something turned back for COUNTER, another
// name or judgement for REFRAME; or that the learnt model takes it for likely. The model's other weights then
// only say how likely it is.
bool MayBe(Relation relation, const EvidenceVector& v) {
  using K = EvidenceKind;
  if (v[static_cast<size_t>(ReadingOf(relation))] > kReadingSuffices) return true;
  const auto any = [&](std::initializer_list<K> kinds) {
    return std::any_of(kinds.begin(), kinds.end(), [&](K kind) { return v[static_cast<size_t>(kind)] > 0; });
  };
  switch (relation) {
    case Relation::kDiffer:
      return any({K::kNumber, K::kDate, K::kName});
    case Relation::kCounter:
      return any({K::kSwappedRoles, K::kExchange, K::kTurnback, K::kTurnedAccusation, K::kMutualDemand, K::kBothOfOther,
                  K::kAccused, K::kContrast});
    case Relation::kReframe:
      return any({K::kTwin, K::kCondemnation, K::kRejection, K::kContrast, K::kAnsweredMeasure, K::kHedged, K::kSameAct,
                  K::kOtherVoice, K::kAccused});
    default:
      return true;
  }
}

// No evidence speaks for the relation: the pair stands on what both speak of, and the relation is a guess, which is
// said.
void AddPlainReason(RelatedPair& result) {
  Evidence plain;
  plain.kind = EvidenceKind::kSimilar;
  const auto shared = std::find_if(result.evidence.begin(), result.evidence.end(), [](const Evidence& e) {
    return e.kind == EvidenceKind::kSimilar && !e.reason.empty();
  });
  if (shared != result.evidence.end()) {
    plain = *shared;
    result.evidence.erase(shared);
    plain.reason += "; ";
  }
  plain.reason += "no word tells how they relate";
  plain.relation = result.relation;
  plain.weight = 0;
  result.evidence.insert(result.evidence.begin(), std::move(plain));
}

}  // namespace

RelatedPair ClassifyRelation(const DescribedSentence& left, const DescribedSentence& right,
                             const PairFeatureVector& features, const Lexicon& lexicon, const RelationModel& model) {
  RelatedPair result;
  result.evidence = FindEvidence(left, right, features, lexicon);
  const EvidenceVector vector = ToVector(result.evidence);
  const size_t outputs = kLastRelation - kFirstRelation + 1;
  std::vector<double> scores(outputs);
  for (size_t o = 0; o < outputs; ++o) {
    constexpr double kImpossible = -1e3;
    const bool possible = MayBe(static_cast<Relation>(o + kFirstRelation), vector);
    scores[o] = possible ? model.linear().Score(o, vector) : kImpossible;
  }
  const std::vector<double> p = Softmax(scores);
  const size_t best = static_cast<size_t>(std::max_element(p.begin(), p.end()) - p.begin());
  result.relation = static_cast<Relation>(best + kFirstRelation);
  result.confidence = p[best];

  for (Evidence& e : result.evidence) {
    const size_t k = static_cast<size_t>(e.kind);
    size_t top = 0;
    double mean = 0;
    for (size_t o = 0; o < outputs; ++o) {
      mean += model.linear().weight(o, k) / static_cast<double>(outputs);
      if (model.linear().weight(o, k) > model.linear().weight(top, k)) top = o;
    }
    e.relation = static_cast<Relation>(top + kFirstRelation);
    e.weight = (model.linear().weight(best, k) - mean) * static_cast<double>(e.strength);
    if (e.kind == ReadingOf(result.relation)) {
      e.reason =
          absl::StrFormat("what has been learnt of answers reads it so, at %.2f", static_cast<double>(e.strength));
    }
  }
  std::stable_sort(result.evidence.begin(), result.evidence.end(),
                   [](const Evidence& a, const Evidence& b) { return a.weight > b.weight; });
  const bool told = std::any_of(result.evidence.begin(), result.evidence.end(),
                                [](const Evidence& e) { return e.weight > 0 && !e.reason.empty(); });
  if (!told) AddPlainReason(result);
  return result;
}

}  // namespace narrdiff
