// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The names of the rules of the segmenter: of those that make a break, and of
// those that keep a place together where UAX 29 would break.
//
//   NameOf(SegmentRule::kTitle) == "title";
//   MeaningOf(SegmentRule::kTitle) == "a title before a name: Gen. Lai";
#ifndef NARRDIFF_ENGINE_SEGMENT_SEGMENT_RULE_H_
#define NARRDIFF_ENGINE_SEGMENT_SEGMENT_RULE_H_

#include <cstdint>
#include <string_view>

namespace narrdiff {

// The breaks come first, from kParagraph to kLastBreak; what keeps together
// follows. docs/formats.md lists all with their meaning; a test compares.
enum class SegmentRule : uint8_t {
  kNone,  // no break, and nothing of ours spoke against one
  kParagraph,
  kIcu,
  kStarter,
  kHour,
  kQuote,
  kFootnote,
  kEllipsis,
  kInterrupted,
  kStage,
  kSmall,
  kMissingSpace,
  kDigit,
  kList,
  kBullet,
  kLastBreak = kBullet,
  kTitle,
  kAbbreviation,
  kInitial,
  kNumber,
  kInner,
  kListMark,
  kAddress,
  kTitleMarks,
  kSaidAfterQuote,
  kBoundQuote,
  kMention,
  kSmallFollows,
  kDegree,
  kInBrackets,
  kOmission,
  kNoSpace,
  kNoTerminator,
};
constexpr int kSegmentRules = static_cast<int>(SegmentRule::kNoTerminator) + 1;

constexpr bool MakesBreak(SegmentRule rule) { return rule != SegmentRule::kNone && rule <= SegmentRule::kLastBreak; }

// The ordinal of "Finally" and 最后 in Sentence.enumeration, whatever number
// comes before them.
constexpr int kLastOfEnumeration = 255;

// As segment --explain prints it; "" for kNone. The views live for ever.
std::string_view NameOf(SegmentRule rule);
// What the rule looks at, in a few words.
std::string_view MeaningOf(SegmentRule rule);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_SEGMENT_SEGMENT_RULE_H_
