// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Title, date, speaker, office and a guess at the party, read off the blocks of
// a document.
//
//   FillHeaderFacts(words, lexicon, doc);
//   doc.date == "2020-03-16";  doc.speaker == "耿爽";  doc.party == "China";
#ifndef NARRDIFF_ENGINE_READ_HEADER_FACTS_H_
#define NARRDIFF_ENGINE_READ_HEADER_FACTS_H_

#include "engine/lexicon/lexicon.h"
#include "engine/read/document.h"
#include "engine/read/read_words.h"

namespace narrdiff {

// Sets title, date, speaker, office, party and party_reason of `doc` from its text and
// blocks; what is not found stays empty. Turns labelled "答" or "A" get the
// speaker's name. O(n) in the first 16 KiB and in the blocks. Thread-safe.
void FillHeaderFacts(const ReadWords& words, const Lexicon& lexicon, Document& doc);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_READ_HEADER_FACTS_H_
