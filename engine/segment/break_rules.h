// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Our rules over the candidates of UAX 29: each looks at one place of a text
// and says whether a sentence ends there, and why.
//
//   BreakRules rules("Gen. Lai left. He is well.", words);
//   rules.Judge(0, 5).ends == false;  rules.Judge(0, 15).ends;
#ifndef NARRDIFF_ENGINE_SEGMENT_BREAK_RULES_H_
#define NARRDIFF_ENGINE_SEGMENT_BREAK_RULES_H_

#include <cstdint>
#include <string_view>

#include "engine/base/span.h"
#include "engine/segment/segment_rule.h"
#include "engine/segment/segment_words.h"

namespace narrdiff {

struct Verdict {
  bool ends = false;
  int32_t at = 0;  // where the next sentence's white space or text begins; may
                   // differ from the candidate
  // The rule that decided: that made the break, or that spoke against it.
  SegmentRule rule = SegmentRule::kNone;
};

// Judges places of one text in ascending order. Keeps a view of the text and of
// the words. Not thread-safe; make one per text.
class BreakRules {
 public:
  // `small_starts`: sentences of this document begin with small letters
  // (CountStarts).
  BreakRules(std::string_view text, const SegmentWords& words, bool small_starts = false);

  // A candidate of UAX 29 at byte `candidate`, in a sentence that begins at
  // `start`. O(1): no rule looks further than 240 bytes.
  Verdict Judge(int32_t start, int32_t candidate);
  // The first break that UAX 29 does not know, strictly between `from` and
  // `to`, in a sentence that begins at `start`; ends == false when there is
  // none. O(to - from).
  Verdict FindExtra(int32_t start, int32_t from, int32_t to);

  // How many sentences of the text seem to begin with a small letter and with a
  // capital. O(n).
  struct Starts {
    int64_t small = 0, capital = 0;
  };
  Starts CountStarts() const;

 private:
  // What stands around a terminator.
  struct Place {
    int32_t start = 0;    // of the sentence
    int32_t term = 0;     // byte after the last terminator
    int32_t end = 0;      // after the closing quotes and brackets that follow it
    int32_t next = 0;     // first byte that is not white space from there on
    char32_t mark = 0;    // the terminator
    char32_t follow = 0;  // the character at `next`; 0 at the end
    bool closed = false;  // there are closing quotes or brackets
    bool spaced = false;  // there is white space
    bool apart = false;   // white space before the mark: "one … two"
  };

  bool Look(int32_t start, int32_t candidate, Place& place);
  enum class Quote { kNone, kStraight, kOpening, kClosing };
  Quote QuoteAt(int32_t at) const;
  bool ClosesNext(int32_t at) const;
  bool IsOpeningQuote(int32_t at);
  void TakeLateCloser(Place& place) const;
  bool HanFollows(int32_t at) const;
  Span TokenBefore(int32_t start, int32_t end) const;
  Span WordAt(int32_t at) const;
  uint32_t ClassBefore(const Span& token) const;
  uint32_t FoldedClass(const Span& token, const Place& place) const;

  bool IsListMark(const Place& place) const;
  bool IsFigureOfList(const Span& token) const;
  bool IsInAddress(const Place& place) const;
  bool IsInTitleMarks(const Place& place) const;
  bool IsAfterQuotation(const Place& place) const;
  bool IsMention(const Place& place) const;
  bool IsSaidAfterQuote(const Place& place) const;
  bool IsBoundByNext(const Place& place) const;
  bool StartsSentence(int32_t at) const;
  bool IsRomanNumber(int32_t at) const;
  int32_t SkipFootnotes(int32_t at) const;
  int CountDots(const Place& place) const;
  int32_t FirstDot(const Place& place) const;
  Verdict JudgeEllipsis(const Place& place, int dots) const;
  Verdict JudgePeriod(const Place& place);
  bool IsHourOfDay(const Place& place, const Span& token) const;
  Verdict JudgeAbbreviation(const Place& place, const Span& token) const;
  bool IsSlipAfterQuestion(const Place& place) const;
  bool StartsWithAddress(int32_t at) const;
  Verdict JudgeMarkBeforeSmall(const Place& place) const;
  Verdict JudgeMark(const Place& place) const;
  Verdict JudgeMarkOfPhrase(const Place& place) const;

  Verdict MissingSpace(int32_t start, int32_t dot) const;
  bool IsPlainWord(const Span& token) const;
  Verdict SmallStart(int32_t start, int32_t dot) const;
  bool IsSureSmallStart(int32_t at) const;
  Verdict FootnoteEnd(int32_t start, int32_t dot) const;
  Verdict DigitStart(int32_t start, int32_t dot) const;
  Verdict NextListMark(int32_t start, int32_t from, int32_t to) const;
  Verdict NextBullet(int32_t start, int32_t from, int32_t to) const;
  Verdict NextOpenEnd(int32_t start, int32_t from, int32_t to) const;
  bool IsPronounI(int32_t at) const;
  bool EndsOpen(const Place& place) const;
  Verdict StageDirection(int32_t start) const;

  std::string_view text_;
  const SegmentWords& words_;
  bool small_starts_ = false;
  bool bullets_ = false, open_ends_ = false;
  // Whether a quotation is open at quote_at_.
  int32_t quote_at_ = 0;
  bool quote_open_ = false;
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_SEGMENT_BREAK_RULES_H_
