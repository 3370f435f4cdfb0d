// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/describe/find_stance.h"

#include <algorithm>

namespace narrdiff {
namespace {

// How much a harmful deed of this actor accuses the other side.
float Accusation(const DescribedSentence& sentence, Role actor) {
  if (IsOther(actor)) return 1;
  if (actor != Role::kNobody) return 0;
  if (sentence.SpeaksOfOther()) return .6f;
  return sentence.Speaks(Role::kSelf) ? 0 : .3f;
}

}  // namespace

Stance FindStance(const DescribedSentence& sentence, const Lexicon& lexicon) {
  Stance stance;
  for (const ActMention& act : sentence.acts) {
    if (act.negated || act.hedged) continue;
    const bool harm = lexicon.entry(act.entry).valence == Valence::kHarm;
    const float accuse = harm ? Accusation(sentence, act.actor) : 0;
    if (accuse > 0) stance.accuse_spans.push_back(act.span);
    stance.accuse = std::max(stance.accuse, accuse);
    if (act.actor == Role::kSelf) stance.own_spans.push_back(act.span);
  }
  for (const CueMention& cue : sentence.cues) {
    if (cue.cue != Cue::kAccuse) continue;
    stance.accuse = std::max(stance.accuse, sentence.SpeaksOfOther() ? 1.f : .5f);
    stance.accuse_spans.push_back(cue.span);
  }
  return stance;
}

}  // namespace narrdiff
