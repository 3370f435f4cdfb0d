// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The language of each block and of most of the text, and of a text in two
// languages the one to be read.
//
//   SetLanguages(words, Language::kUnknown, doc);
//   doc.language == Language::kEnglish;  doc.blocks[3].language_tag == "fr"
#ifndef NARRDIFF_ENGINE_READ_SET_LANGUAGES_H_
#define NARRDIFF_ENGINE_READ_SET_LANGUAGES_H_

#include "engine/base/language.h"
#include "engine/read/document.h"
#include "engine/read/read_words.h"

namespace narrdiff {

// `forced` by the caller, or kUnknown: detected. In a text of which English and
// Chinese blocks both hold a good part (a transcript with its translation) a
// forced language chooses: the blocks of the other one become furniture, and
// without a choice an Issue "bilingual" says that there is one. Otherwise all
// blocks are of the forced language. Adds Issues for languages that are not
// known or not well supported. O(n) in the first 1 KiB of each block.
// Thread-safe.
void SetLanguages(const ReadWords& words, Language forced, Document& doc);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_READ_SET_LANGUAGES_H_
