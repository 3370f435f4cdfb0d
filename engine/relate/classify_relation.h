// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Rung 6: how two aligned sentences relate. Rules look for evidence (a negation, a rejection, twin terms, swapped
// roles, two numbers for one thing ...), each with its spans and a reason in words; the weights of
// relation_weights.textproto say how much each kind of evidence speaks for each relation, and the strongest relation
// wins.
//
//   NARRDIFF_ASSIGN_OR_RETURN(RelationModel model, RelationModel::Builtin());
//   RelatedPair r = ClassifyRelation(left_sentence, right_sentence, cell.value, lexicon, model);
//   r.relation == Relation::kDeny;  r.confidence == .8;  r.evidence[0].reason == "right rejects it: \"groundless\""
#ifndef NARRDIFF_ENGINE_RELATE_CLASSIFY_RELATION_H_
#define NARRDIFF_ENGINE_RELATE_CLASSIFY_RELATION_H_

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/align/pair_features.h"
#include "engine/base/linear_model.h"
#include "engine/base/span.h"
#include "engine/describe/describe_statement.h"
#include "engine/lexicon/lexicon.h"

namespace narrdiff {

// In the order of v1.Relation; PARALLEL is given by the mode, not by this rung.
enum class Relation { kUnspecified, kAgree, kDeny, kCounter, kReframe, kDiffer, kRespond, kParallel };
std::string_view RelationId(Relation relation);  // "agree", "deny" ...

// Kinds of evidence: enumerator and name in messages and in the weights file. docs/relations.md has an example of each.
#define NARRDIFF_EVIDENCE_KINDS(X)                                                                              \
  X(kBias, "bias")                                                                                              \
  X(kRejection, "rejection")    /* one calls the claim false */                                                 \
  X(kNegatedAct, "negated-act") /* same class of act, negated on one side */                                    \
  X(kNegation, "negation")      /* one is negated, the other is not */                                          \
  X(kBothNegated, "both-negated")                                                                               \
  X(kVirtue, "virtue")                  /* accused side praises its own conduct */                              \
  X(kSwappedRoles, "swapped-roles")     /* same class of act, each says the other does it */                    \
  X(kExchange, "accusations-exchanged") /* each accuses the other, of different acts */                         \
  X(kTurnback, "turned-back")           /* points back at the accuser */                                        \
  X(kCondemnation, "condemnation")      /* one judges the conduct or the motive of the other */                 \
  X(kCommonDemand, "common-demand")     /* both say what should be done, not to each other */                   \
  X(kMutualDemand, "mutual-demand")                                                                             \
  X(kTwin, "twin")          /* two names for one thing */                                                       \
  X(kSameTwin, "same-name") /* the same loaded name on both sides */                                            \
  X(kNumber, "number")      /* same unit, other value */                                                        \
  X(kSameNumber, "same-number")                                                                                 \
  X(kDate, "date") /* two dates */                                                                              \
  X(kName, "name") /* other names of the same type */                                                           \
  X(kSameName, "same-proper-name")                                                                              \
  X(kMirroredAgent, "mirrored-agent") /* same good act, each of itself */                                       \
  X(kSameAct, "same-act")             /* same class of act, same actor */                                       \
  X(kCommon, "common-commitment")     /* both commit or both support */                                         \
  X(kOppose, "opposition")                                                                                      \
  X(kContrast, "contrast")          /* in fact, on the contrary */                                              \
  X(kAccused, "accused")            /* exactly one side accuses the other */                                    \
  X(kNoAccusation, "no-accusation") /* neither side accuses */                                                  \
  X(kPrinciple, "principle")                                                                                    \
  X(kWarning, "warning")                                                                                        \
  X(kRegret, "regret")                                                                                          \
  X(kDemandOne, "demand")       /* one side demands */                                                          \
  X(kOwnMeasure, "own-measure") /* one side tells of a measure of its own */                                    \
  X(kSimilar, "same-words")                                                                                     \
  X(kSimilarNegated, "same-words-negated")                                                                      \
  X(kHedged, "hedged") /* so-called, alleged */                                                                 \
  X(kConcede, "concession")                                                                                     \
  X(kStrength, "strength")                      /* wording stronger on one side */                              \
  X(kSubjectSwap, "other-subject")              /* one speaks of the other side, which speaks of itself */      \
  X(kSameSubject, "same-subject")               /* both speak of themselves alone */                            \
  X(kBothOfOther, "each-of-the-other")          /* both speak of the other side */                              \
  X(kUnnamed, "no-party-named")                 /* one side names no party */                                   \
  X(kRejectedAccusation, "rejected-accusation") /* one accuses, the other rejects */                            \
  X(kDeniedOwnAct, "denied-own-act")            /* a side negates what it is said to have done */               \
  X(kAnsweredMeasure, "answered-measure")       /* a measure of one side is rejected or opposed by the other */ \
  X(kTurnedAccusation, "turned-accusation")     /* one accuses, the other points back */                        \
  X(kVagueParty, "unnamed-opponent")            /* some countries */                                            \
  X(kOtherVoice, "loaded-words")                /* loaded terms on one side only */                             \
  X(kCommonGround, "common-ground") /* much the same words, and neither accuses, rejects or negates alone */    \
  X(kReadsAgree, "reads-agree")     /* the learnt model's probability of each relation; 0 without vectors */    \
  X(kReadsDeny, "reads-deny")                                                                                   \
  X(kReadsCounter, "reads-counter")                                                                             \
  X(kReadsReframe, "reads-reframe")                                                                             \
  X(kReadsDiffer, "reads-differ")                                                                               \
  X(kReadsRespond, "reads-respond")

enum class EvidenceKind : int {
#define NARRDIFF_EVIDENCE_ENUM(enumerator, name) enumerator,
  NARRDIFF_EVIDENCE_KINDS(NARRDIFF_EVIDENCE_ENUM)
#undef NARRDIFF_EVIDENCE_ENUM
      kCount
};
inline constexpr int kEvidenceKindCount = static_cast<int>(EvidenceKind::kCount);
std::string_view EvidenceName(EvidenceKind kind);
using EvidenceVector = std::array<float, kEvidenceKindCount>;

struct Evidence {
  EvidenceKind kind = EvidenceKind::kBias;
  float strength = 1;  // 0 to 1
  std::vector<Span> left, right;
  std::string reason;                          // empty for evidence that is not worth telling
  Relation relation = Relation::kUnspecified;  // the relation it speaks for most
  double weight = 0;                           // its part in the score of the chosen relation
};

struct RelatedPair {
  Relation relation = Relation::kUnspecified;
  double confidence = 0;           // probability that the relation is right, given the pair
  std::vector<Evidence> evidence;  // what speaks for the chosen relation first, strongest first; then the rest
};

class RelationModel {
 public:
  // relation_weights.textproto, or relation_weights_neural.textproto for features with the learnt ones among them.
  static absl::StatusOr<RelationModel> Builtin(Similarity similarity);
  const LinearModel& linear() const { return linear_; }

 private:
  explicit RelationModel(LinearModel linear) : linear_(std::move(linear)) {}
  LinearModel linear_;
};

// Finds the evidence alone; what ClassifyRelation and the training script work on.
std::vector<Evidence> FindEvidence(const DescribedSentence& left, const DescribedSentence& right,
                                   const PairFeatureVector& features, const Lexicon& lexicon);
// Evidence as a feature vector: the strength of each kind.
EvidenceVector ToVector(const std::vector<Evidence>& evidence);

// O(mentions of left x mentions of right). Mirrored input gives mirrored evidence and the same relation. Thread-safe.
RelatedPair ClassifyRelation(const DescribedSentence& left, const DescribedSentence& right,
                             const PairFeatureVector& features, const Lexicon& lexicon, const RelationModel& model);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_RELATE_CLASSIFY_RELATION_H_
