// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The word lists of the segmenter, taken from the lexicon's tags and made ready
// for look-up without allocation.
//
//   SegmentWords words(lexicon);
//   words.ClassOf("Gen") == kTitleWord;  (words.ClassOf("U.S") & kMayEnd) != 0;
#ifndef NARRDIFF_ENGINE_SEGMENT_SEGMENT_WORDS_H_
#define NARRDIFF_ENGINE_SEGMENT_SEGMENT_WORDS_H_

#include <bitset>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "absl/types/span.h"
#include "engine/lexicon/lexicon.h"
#include "engine/segment/segment_rule.h"

namespace narrdiff {

// Bits of what a word is, its final period left off. Letter case counts.
enum SegmentWordClass : uint32_t {
  kTitleWord = 1,      // Gen: before a capital never the end
  kMayEnd = 2,         // Corp, U.S: the end only before a word that starts sentences
  kBeforeDigit = 4,    // No, Art: not the end before a number
  kInnerWord = 8,      // vs, e.g: never the end
  kStarter = 16,       // The, But
  kWeakStarter = 32,   // First, Under: also the first word of a name (U.S. First Fleet)
  kSaid = 64,          // said, asked
  kTimeWord = 128,     // Friday, June, Eastern: may follow an hour of day
  kHeadSubject = 256,  // We, Let: in small letters after the head of an enumeration, "First we"
};

// A wording that heads an item of an enumeration: "Secondly", 其二.
struct EnumerationHead {
  std::string_view form;
  uint8_t ordinal = 0;
  bool sure = false;  // whatever follows
};

// Made once per document. Thread-safe once built. Views point into the lexicon,
// which must outlive it.
class SegmentWords {
 public:
  explicit SegmentWords(const Lexicon& lexicon);

  // Of a word or of two words with one space between; 0 when it is in no list.
  // O(1).
  uint32_t ClassOf(std::string_view word) const {
    const auto it = classes_.find(word);
    return it == classes_.end() ? 0 : it->second;
  }
  // How Chinese clauses end that name a speaker after a quotation: 说, 道.
  const std::vector<std::string_view>& said_zh() const { return said_zh_; }
  // What binds a quotation to the clause after it: 的, 等.
  const std::vector<std::string_view>& binds_zh() const { return binds_zh_; }
  // Words that may start a Chinese sentence after an ellipsis, or go on after
  // the head of an enumeration: 我们.
  const std::vector<std::string_view>& starters_zh() const { return starters_zh_; }
  // "Laughter", 掌声: what is in brackets here happens in the room.
  bool BeginsStageDirection(std::string_view text) const;
  // The heads of enumerations with the same first three bytes as `text`, or
  // none. O(1).
  absl::Span<const EnumerationHead> HeadsLike(std::string_view text) const;

 private:
  void AddHeads(const LexiconEntry& entry, int ordinal);

  std::unordered_map<std::string_view, uint32_t> classes_;
  std::vector<std::string_view> said_zh_, binds_zh_, starters_zh_, stage_;
  std::vector<EnumerationHead> heads_;  // sorted by form
  std::bitset<256> head_bytes_;         // some head begins with this byte
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_SEGMENT_SEGMENT_WORDS_H_
