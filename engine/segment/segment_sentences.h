// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Rung 2: `Document` in, ordered and disjoint sentence spans out. Takes the
// candidates of ICU's sentence BreakIterator (UAX 29) block by block and
// filters them with rules of our own; the word lists they use (titles,
// abbreviations, starters) are in engine/lexicon/abbreviations.textproto.
//
//   Sentences s = SegmentSentences(doc, lexicon, {});
//   s.units[0].span.Of(doc.text) == "Gen. Lai met Mr. Stroud at 3 p.m. in
//   Washington, D.C."
#ifndef NARRDIFF_ENGINE_SEGMENT_SEGMENT_SENTENCES_H_
#define NARRDIFF_ENGINE_SEGMENT_SEGMENT_SENTENCES_H_

#include <cstdint>
#include <vector>

#include "engine/base/span.h"
#include "engine/lexicon/lexicon.h"
#include "engine/read/document.h"
#include "engine/segment/segment_rule.h"

namespace narrdiff {

enum class SentenceKind : uint8_t {
  kStatement,  // the side's own words
  kQuestion,   // put by a journalist
  kHeading,    // title, date line, heading, "(Laughter.)": a unit of the text, not
               // a sentence of the statement
  kFurniture,
};

struct Sentence {
  Span span;          // trimmed of white space; without the speaker label; may hold
                      // line ends when the document is wrapped
  int32_t block = 0;  // index into Document.blocks
  SentenceKind kind = SentenceKind::kStatement;
  SegmentRule rule = SegmentRule::kParagraph;  // that made the break after it
  // Its number as the head of an item of an enumeration ("Secondly, ...",
  // 其二): from 1; kLastOfEnumeration for "Finally"; 0 when it heads none.
  uint8_t enumeration = 0;
};

// A place where UAX 29 would break and a rule kept the sentence together.
struct KeptPlace {
  int32_t at = 0;  // where the next sentence would have begun
  SegmentRule rule = SegmentRule::kNone;
};

struct Sentences {
  // Every unit of the text, headings and furniture too, ordered and disjoint.
  std::vector<Sentence> units;
  // With SegmentOptions.explain, ascending; each lies inside of a unit.
  std::vector<KeptPlace> kept;
};

struct SegmentOptions {
  // Each block is one sentence (input with one sentence a line).
  bool presegmented = false;
  // Fill Sentences.kept (default false).
  bool explain = false;
};

// Never fails: text without a boundary is one sentence. Every byte of the
// blocks that is not white space is in exactly one unit. O(n). Thread-safe.
Sentences SegmentSentences(const Document& document, const Lexicon& lexicon, const SegmentOptions& options);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_SEGMENT_SEGMENT_SENTENCES_H_
