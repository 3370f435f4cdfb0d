// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The language of blocks: by script, English by its function words, and where
// those leave it open by CLD2 (Compact Language Detector 2).
//
//   GuessLanguage(text, LetterCounts::Of(text, words), total).language ==
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

struct GuessedLanguage {
  Language language = Language::kUnknown;
  std::string_view
      tag;  // lives for ever; BCP 47: "en", "zh-Hant", "fr"; "mul" when it is none that is known, "und" when unknown
};

// The language of the block `text` with `counts` in a document with `total`,
// which decides where the block alone says too little. Looks at the first 1 KiB.
// Thread-safe.
GuessedLanguage GuessLanguage(std::string_view text, const LetterCounts& counts, const LetterCounts& total);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_READ_GUESS_LANGUAGE_H_
