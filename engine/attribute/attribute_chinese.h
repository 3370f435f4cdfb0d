// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The rules for Chinese. A sentence is a row of clauses, quotations and marks;
// a cue ends a clause (乔文岚表示，...) or stands inside one
// (科尔曼指责中国...), its speaker before it, or a quotation before both
// (“...，”乔文岚说).
#ifndef NARRDIFF_ENGINE_ATTRIBUTE_ATTRIBUTE_CHINESE_H_
#define NARRDIFF_ENGINE_ATTRIBUTE_ATTRIBUTE_CHINESE_H_

#include <string_view>
#include <vector>

#include "engine/attribute/attribution.h"
#include "engine/attribute/attribution_words.h"
#include "engine/attribute/speaker_book.h"
#include "engine/base/span.h"

namespace narrdiff {

// Goes through the paragraphs of a document in order. Not safe to share between
// threads.
class ChineseAttributor {
 public:
  ChineseAttributor(std::string_view text, AttributionWords& words, SpeakerBook& book, std::vector<Attribution>& out)
      : text_(text), words_(words), book_(book), out_(out) {}

  void ReadParagraph(Span paragraph);
  // A heading or the like: what went before cannot go on after it.
  void Interrupt() { last_ = -1; }

 private:
  enum class PartKind { kText, kQuote, kComma, kColon, kSemicolon, kStop };
  struct Part {
    PartKind kind;
    Span span;
    Span inner;             // of a quotation
    bool sentence = false;  // of a quotation: ends with a stop inside
  };
  struct Cue {
    int part = 0;
    Span span, speaker;
    uint64_t classes = 0;
    bool inherits = false;  // no speaker of its own
    bool leads = false;     // starts its clause, apart from links
    bool noun = false;      // X的估计是
    bool according = false;
    bool silent = false;         // an act without content: only tells whose words may follow
    int32_t content_begin = -1;  // inside its own clause; -1: after it
  };

  std::vector<Part> ReadParts(Span range) const;
  void ReadSentence(const std::vector<Part>& parts, int first, int last);
  void FindCues(const std::vector<Part>& parts, int first, int last, std::vector<Cue>& cues);
  bool FindSpeaker(const Part& part, int32_t begin, Cue& cue);
  // Whether this may speak. `strict`: for cues that are common words; it must
  // end like a speaker.
  bool Plausible(Span speaker, bool strict);
  Span Trim(Span span) const;
  void Add(Attribution::Kind kind, Span content, const Cue& cue, const Speaker& who, Span speaker_span);

  std::string_view text_;
  AttributionWords& words_;
  SpeakerBook& book_;
  std::vector<Attribution>& out_;
  int last_ = -1;     // latest direct speech, an index into out_
  int last_age_ = 0;  // paragraphs since
  bool have_subject_ = false;
  Speaker subject_;  // latest speaker of the paragraph, for cues without one
  Span subject_span_;
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_ATTRIBUTE_ATTRIBUTE_CHINESE_H_
