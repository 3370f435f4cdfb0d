// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The rules for English. A rule sees one sentence at a time, as items
// (read_items.h) in which a quotation is one item, and looks for cues outside
// quotations; then the same inside each quotation, for words quoted within.
#ifndef NARRDIFF_ENGINE_ATTRIBUTE_ATTRIBUTE_ENGLISH_H_
#define NARRDIFF_ENGINE_ATTRIBUTE_ATTRIBUTE_ENGLISH_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/attribute/attribution.h"
#include "engine/attribute/attribution_words.h"
#include "engine/attribute/speaker_book.h"
#include "engine/base/span.h"

namespace narrdiff {

// Goes through the paragraphs of a document in order. Not safe to share between
// threads.
class EnglishAttributor {
 public:
  EnglishAttributor(std::string_view text, AttributionWords& words, SpeakerBook& book, std::vector<Attribution>& out)
      : text_(text), words_(words), book_(book), out_(out) {}

  // `paragraph` is one block, `starts` the bytes at which its sentences begin,
  // ascending. Adds to the result.
  void ReadParagraph(Span paragraph, const std::vector<int32_t>& starts);
  // A heading or other text in which nothing is attributed: what went before
  // cannot go on after it.
  void Interrupt() { last_ = {}; }

 private:
  // The latest direct speech, for a quotation that follows without a cue.
  struct Last {
    int attribution = -1;  // index into out_
    int paragraphs_ago = 0;
  };
  void ReadRange(Span range, const std::vector<int32_t>& starts, int depth);

  std::string_view text_;
  AttributionWords& words_;
  SpeakerBook& book_;
  std::vector<Attribution>& out_;
  Last last_;

  friend class EnglishSentence;
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_ATTRIBUTE_ATTRIBUTE_ENGLISH_H_
