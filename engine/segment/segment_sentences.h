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
#include <string>
#include <vector>

#include "engine/base/span.h"
#include "engine/lexicon/lexicon.h"
#include "engine/read/document.h"

namespace narrdiff {

enum class SentenceKind {
  kStatement,  // the side's own words
  kQuestion,   // put by a journalist
  kHeading,    // title, date line, heading: a unit of the text, not a sentence of
               // the statement
  kFurniture,
};

struct Sentence {
  Span span;  // trimmed of white space; without the speaker label; may hold
              // line ends when the document is wrapped
  SentenceKind kind = SentenceKind::kStatement;
  int32_t block = 0;  // index into Document.blocks
  // Which rule made the break after this sentence: "paragraph" (the block
  // ends), "icu" (a candidate of UAX 29 that no rule objects to), "starter",
  // "quote", "footnote", "missing-space", "digit", "list", "bullet", "ellipsis"
  // (segment --explain).
  std::string rule;
};

struct Sentences {
  // Every unit of the text, headings and furniture too, ordered and disjoint.
  std::vector<Sentence> units;
};

struct SegmentOptions {
  // Each block is one sentence (input with one sentence a line).
  bool presegmented = false;
};

// Never fails: text without a boundary is one sentence. Every byte of the
// blocks that is not white space is in exactly one unit. O(n). Thread-safe.
Sentences SegmentSentences(const Document& document, const Lexicon& lexicon, const SegmentOptions& options);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_SEGMENT_SEGMENT_SENTENCES_H_
