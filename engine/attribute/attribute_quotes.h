// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Rung 3: who said what within a statement or article. Works by rules on the
// surface of the text, without a parser: the words that the rules know are in
// engine/lexicon/attribution.textproto.
//
//   auto found = AttributeQuotes(doc, sentences, lexicon);   // "Wu said the US
//   spies. "Stop it," he added." found[0]: content "the US spies", cue "said",
//   speaker "Wu", kind indirect found[1]: content "\"Stop it,\"", cue "added",
//   speaker_span "he", speaker "Wu", kind direct
#ifndef NARRDIFF_ENGINE_ATTRIBUTE_ATTRIBUTE_QUOTES_H_
#define NARRDIFF_ENGINE_ATTRIBUTE_ATTRIBUTE_QUOTES_H_

#include <vector>

#include "engine/attribute/attribution.h"
#include "engine/lexicon/lexicon.h"
#include "engine/read/document.h"
#include "engine/segment/segment_sentences.h"

namespace narrdiff {

// Attributions of `document`, ordered by content, those that hold others first.
// Titles, headings and furniture have none, and the label of a turn is none:
// Block.speaker tells who speaks there. Contents of one level (same parent) are
// disjoint; all spans lie in the text on code point boundaries. Never fails.
// O(n). Thread-safe.
std::vector<Attribution> AttributeQuotes(const Document& document, const Sentences& sentences, const Lexicon& lexicon);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_ATTRIBUTE_ATTRIBUTE_QUOTES_H_
