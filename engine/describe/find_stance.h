// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Where a sentence stands towards the other side: whether it accuses, and whether it tells of a measure of its own.
// Alignment and relations ask the same question, so it is answered here once.
//
//   Stance s = FindStance(sentence, lexicon);   // "China hacked our servers", told by the US
//   s.accuse == 1;  s.accuse_spans[0].Of(text) == "hacked"
#ifndef NARRDIFF_ENGINE_DESCRIBE_FIND_STANCE_H_
#define NARRDIFF_ENGINE_DESCRIBE_FIND_STANCE_H_

#include <vector>

#include "engine/base/span.h"
#include "engine/describe/describe_statement.h"
#include "engine/lexicon/lexicon.h"

namespace narrdiff {

struct Stance {
  // 1: the other side does harm, or is accused in so many words; less where nobody is named as the actor.
  float accuse = 0;
  std::vector<Span> accuse_spans;
  // Deeds of the side itself that it neither negates nor calls somebody else's claim.
  std::vector<Span> own_spans;

  bool own_measure() const { return !own_spans.empty(); }
};

// O(acts + cues). Thread-safe.
Stance FindStance(const DescribedSentence& sentence, const Lexicon& lexicon);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_DESCRIBE_FIND_STANCE_H_
