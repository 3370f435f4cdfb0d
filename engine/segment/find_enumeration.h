// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Sentences that head an item of an enumeration: "Secondly, on trade", "2.",
// "(2)", 第二，, 其二是, 二、.
//
//   FindEnumeration("Second, we object.", words) == 2;
//   FindEnumeration("Second Lady Ann Roe spoke.", words) == 0;
//   FindEnumeration("最后，我想强调一点。", words) == kLastOfEnumeration;
#ifndef NARRDIFF_ENGINE_SEGMENT_FIND_ENUMERATION_H_
#define NARRDIFF_ENGINE_SEGMENT_FIND_ENUMERATION_H_

#include <string_view>

#include "engine/segment/segment_words.h"

namespace narrdiff {

// The number that the sentence begins with as the head of an enumeration, from
// 1 to 99, or kLastOfEnumeration ("Finally,"); 0 when it is no such head. Words
// (tags enumeration.N of the lexicon) count before a comma, colon or dash, or
// before a subject ("First we", 首先我); surer ones ("Secondly", 二是) before
// anything. O(1): looks at the first few words. Thread-safe.
int FindEnumeration(std::string_view sentence, const SegmentWords& words);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_SEGMENT_FIND_ENUMERATION_H_
