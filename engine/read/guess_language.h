// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The language of blocks, by script counts and function words.
//
//   GuessLanguage(LetterCounts::Of("中方坚决反对。", words), total) ==
//   Language::kChinese
#ifndef NARRDIFF_ENGINE_READ_GUESS_LANGUAGE_H_
#define NARRDIFF_ENGINE_READ_GUESS_LANGUAGE_H_

#include <cstdint>
#include <string_view>

#include "engine/base/language.h"
#include "engine/read/read_words.h"

namespace narrdiff {

struct LetterCounts {
  int64_t han = 0,
          traditional = 0;                 // Han characters, and those that have another simplified form
  int64_t kana = 0, latin = 0, other = 0;  // letters of other scripts
  int64_t words = 0, english = 0;          // words in Latin letters, and English
                                           // function words among them

  static LetterCounts Of(std::string_view s, const ReadWords& words);
  void Add(const LetterCounts& o);
};

// The language of a block with `counts` in a document with `total`, which
// decides where the block alone says too little.
Language GuessLanguage(const LetterCounts& counts, const LetterCounts& total);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_READ_GUESS_LANGUAGE_H_
