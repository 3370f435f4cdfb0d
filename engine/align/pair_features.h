// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// What is known about a pair of sentences of two competing statements, as numbers: similarities done well, and what
// similarity does not see (who accuses whom, who rejects, twins, issues, same act with swapped roles).
//
//   std::vector<PairCell> cells = ComputePairFeatures({&left, &right}, matcher, lexicon, /*answers=*/nullptr);
//   cells[k].value[static_cast<int>(PairFeature::kIssue)]
//
// Every feature is symmetric: exchanging the statements gives the same numbers in the mirrored cells.
#ifndef NARRDIFF_ENGINE_ALIGN_PAIR_FEATURES_H_
#define NARRDIFF_ENGINE_ALIGN_PAIR_FEATURES_H_

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/align/match_terms.h"
#include "engine/answers/answer_model.h"
#include "engine/base/sides.h"
#include "engine/describe/describe_statement.h"
#include "engine/lexicon/lexicon.h"

namespace narrdiff {

// X-macro: enumerator, name in the weights file and in --explain.
#define NARRDIFF_PAIR_FEATURES(X)                                                                             \
  X(kBias, "bias")                                                                                            \
  X(kCosine, "words")                        /* TF-IDF cosine of the two sentences */                         \
  X(kContext, "words-in-context")            /* the same with neighbours at half weight */                    \
  X(kConcepts, "concepts")                   /* cosine over lexicon entries alone */                          \
  X(kSoft, "word-by-word")                   /* Dice of best matches, dictionaries included */                \
  X(kSoftContext, "word-by-word-in-context") /* the same, mean of the neighbouring cells */                   \
  X(kRowShare, "best-of-row")                /* blend divided by the best of both lines */                    \
  X(kRank, "rank")                           /* mean of 1/(rank+1) in row and column */                       \
  X(kMutualBest, "mutual-best")              /* best of its row and of its column */                          \
  X(kMargin, "margin")                       /* blend above the mean of row and column */                     \
  X(kIssue, "issue")                         /* same issues */                                                \
  X(kContextIssue, "issue-in-context")                                                                        \
  X(kNames, "names") /* rare names shared */                                                                  \
  X(kNumbersEqual, "numbers-equal")                                                                           \
  X(kNumbersDiffer, "numbers-differ") /* same unit, other value */                                            \
  X(kActSame, "same-act")             /* same class of act, any roles */                                      \
  X(kActBack, "act-turned-back")      /* same class, each side says the other does it */                      \
  X(kActAnswered, "act-answered")     /* one says the other does it, the other speaks of its own */           \
  X(kActNegated, "act-negated")       /* same class, negated on one side only */                              \
  X(kTwins, "twins")                  /* two names for one thing, opposite stance */                          \
  X(kTwinShared, "twin-shared")                                                                               \
  X(kAccuseReject, "accusation-rejected")                                                                     \
  X(kAccuseNegate, "accusation-negated")                                                                      \
  X(kAccuseVirtue, "accusation-met-by-virtue")                                                                \
  X(kAccuseAccuse, "accusations-exchanged")                                                                   \
  X(kAccuseOppose, "accusation-opposed")                                                                      \
  X(kActOppose, "act-opposed") /* own measure announced, other side opposes */                                \
  X(kDemandAnswer, "demand-answered")                                                                         \
  X(kCommitBoth, "both-commit")                                                                               \
  X(kOtherSelf, "of-other-and-of-self") /* one talks of the other, the other of itself */                     \
  X(kTurnback, "turned-back")                                                                                 \
  X(kContrast, "contrast")                                                                                    \
  X(kNegationOne, "negated-on-one-side")                                                                      \
  X(kIssueReject, "issue-and-rejection")                                                                      \
  X(kWordsReject, "words-and-rejection")                                                                      \
  X(kMainReject,                                                                                              \
    "main-accusation-rejected") /* a rejection that names nothing, met by what its side is accused of most */ \
  X(kSetPiece, "greeting-or-logistics")                                                                       \
  X(kGeneric, "generic") /* both close to the mean of their statements */                                     \
  X(kShort, "short")                                                                                          \
  X(kLength, "length")                                                                                        \
  X(kPosition, "position") /* distance of relative positions */                                               \
  X(kPlain, "plain")       /* one side has no act, cue, twin or issue */                                      \
  X(kCells, "cells")       /* ln(cells / 600): of long statements a smaller share are pairs */                \
  /* Of the learnt model; all 0 where sentences have no vectors. */                                           \
  X(kVectors, "vectors")                   /* cosine of whitened sentence vectors */                          \
  X(kTokens, "tokens")                     /* late interaction of token vectors */                            \
  X(kLearnt, "learnt")                     /* learnt log odds, a quarter of them */                           \
  X(kLearntRank, "learnt-rank")            /* mean of 1/(rank+1) in row and column */                         \
  X(kLearntBelowBest, "learnt-below-best") /* learnt minus the mean of the best of row and column */          \
  X(kLearntAround, "learnt-around")        /* mean of the neighbouring cells' learnt, squashed to (0,1) */    \
  X(kReadsAgree, "reads-agree")            /* probability of each relation by the learnt model */             \
  X(kReadsDeny, "reads-deny")                                                                                 \
  X(kReadsCounter, "reads-counter")                                                                           \
  X(kReadsReframe, "reads-reframe")                                                                           \
  X(kReadsDiffer, "reads-differ")                                                                             \
  X(kReadsRespond, "reads-respond")

enum class PairFeature : int {
#define NARRDIFF_PAIR_FEATURE_ENUM(enumerator, name) enumerator,
  NARRDIFF_PAIR_FEATURES(NARRDIFF_PAIR_FEATURE_ENUM)
#undef NARRDIFF_PAIR_FEATURE_ENUM
      kCount
};
inline constexpr int kPairFeatureCount = static_cast<int>(PairFeature::kCount);
std::string_view PairFeatureName(PairFeature feature);

// What the features are made of: words and knowledge alone, or the learnt ones too. Each has weights of its own.
enum class Similarity { kLexical, kNeural };

using PairFeatureVector = std::array<float, kPairFeatureCount>;

struct PairCell {
  int32_t left = 0, right = 0;
  PairFeatureVector value{};
};

inline constexpr int64_t kAllCells = 40'000;       // up to this many cells all are candidates
inline constexpr int32_t kCandidatesPerLine = 40;  // of longer statements, partners kept per sentence

// The candidate cells of two statements with their features, ordered by left then right: all cells of statements up to
// `kAllCells`; of longer ones, each sentence's most similar partners. Questions take no part. O(n m) time for the
// similarities, memory linear in the number of candidates beyond that.
//
// `matcher` gives the word-by-word similarity, across languages with its dictionaries. `answers`, of the same
// sentences, gives the learnt features; null where there are no vectors.
std::vector<PairCell> ComputePairFeatures(const Sides<const DescribedStatement*>& statements,
                                          const TermMatcher& matcher, const Lexicon& lexicon,
                                          const AnswerScores* answers);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_ALIGN_PAIR_FEATURES_H_
