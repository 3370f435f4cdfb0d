// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Who said what: one stretch of words and the one they belong to.
#ifndef NARRDIFF_ENGINE_ATTRIBUTE_ATTRIBUTION_H_
#define NARRDIFF_ENGINE_ATTRIBUTE_ATTRIBUTION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/span.h"

namespace narrdiff {

// One stretch of words with the one who said them. What the cue parts ("A," she
// said, "B.") and what goes on in a sentence of its own gives an attribution
// for each stretch, with one speaker_span and cue.
struct Attribution {
  enum class Kind {
    kDirect,    // a quotation that stands for itself
    kIndirect,  // no quotation marks
    kMixed,     // quoted in part, or a quoted fragment
  };
  Kind kind = Kind::kIndirect;
  // At least one span, disjoint and ascending (one, as things are). Quotation
  // marks are part of direct content; "that" and the stop at the end are not
  // part of indirect content.
  std::vector<Span> content;
  Span speaker_span;    // the mention that goes with the cue; empty when there is
                        // none
  Span cue;             // empty when there is none
  std::string speaker;  // resolved: the full name for a surname or pronoun,
                        // else the description
  std::string party;    // "US", "China" or "other"
  std::string via;      // who passed it on ("China Daily"); empty when nobody did
  int32_t parent = -1;  // index of the innermost attribution whose content holds this one's
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_ATTRIBUTE_ATTRIBUTION_H_
