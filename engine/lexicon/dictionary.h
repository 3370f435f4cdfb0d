// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// A bilingual dictionary, Chinese headword to English glosses, in one flat block of bytes that is mapped into memory
// and used where it lies. Everything slow (parsing, tokenising, stemming, hashing) is done once, when the block is
// compiled; opening a dictionary costs some microseconds whatever its size, and a look-up touches two or three pages.
//
//   std::string block = *CompileCedict("中國 中国 [Zhong1 guo2] /China/\n");   // or CompileTsv, CompilePairs
//   auto dictionary = *Dictionary::FromBytes(block);                            // or
//   Dictionary::Open(".data/cedict.ndict") int32_t entry = dictionary->Find("中国");
//   dictionary->word(dictionary->gloss(entry, 0)[0]) == "china";
//   dictionary->LongestPrefix("中国人民") == 6;   // bytes of "中国"
//
// Headwords are simplified characters (ToSimplified), so look-ups want simplified text. A gloss is the stems of its
// words without the dictionary's own notation ("to", "sb", bracketed remarks, classifiers, references to other
// entries).
#ifndef NARRDIFF_ENGINE_LEXICON_DICTIONARY_H_
#define NARRDIFF_ENGINE_LEXICON_DICTIONARY_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"

namespace narrdiff {

// Compilers: text in, block out. Deterministic: the same text gives the same bytes. O(size of the text).

// CC-CEDICT's format, one entry a line: `Traditional Simplified [pin1 yin1] /gloss/gloss/`; lines that start with # or
// % are comments. Entries that only point to another one ("variant of", "see", "abbr. for") take over its glosses.
// Errors: InvalidArgument with the line when a line is neither, or when the text has no entry at all.
absl::StatusOr<std::string> CompileCedict(std::string_view cedict_text);
// One entry a line: CHINESE<TAB>ENGLISH, several glosses separated by ";"; empty lines and lines that start with # are
// skipped. Lines of one headword add up. Errors: as above; columns after the second are ignored.
absl::StatusOr<std::string> CompileTsv(std::string_view tsv_text);
// Pairs that are already apart: Chinese form, English form. Used to make a dictionary of a Lexicon's entries (each
// entry's Chinese forms x English forms); a leading "=" of an English form is dropped. Never fails; no usable pair
// gives a dictionary without entries.
std::string CompilePairs(absl::Span<const std::pair<std::string_view, std::string_view>> pairs);

// Read-only after construction. Thread-safe.
class Dictionary {
 public:
  // Maps a file made by one of the compilers. Errors: NotFound when there is no such file; InvalidArgument when it is
  // not a dictionary, is of another version, or is cut short.
  static absl::StatusOr<std::shared_ptr<const Dictionary>> Open(const std::string& path);
  // The same over bytes; FromStaticBytes makes no copy and the bytes must outlive the dictionary. `bytes` must be
  // aligned to 4, as arrays of uint32_t and std::string's buffers are.
  static absl::StatusOr<std::shared_ptr<const Dictionary>> FromBytes(std::string bytes);
  static absl::StatusOr<std::shared_ptr<const Dictionary>> FromStaticBytes(std::string_view bytes);

  Dictionary(const Dictionary&) = delete;
  Dictionary& operator=(const Dictionary&) = delete;
  ~Dictionary();

  // Number of headwords.
  int32_t size() const { return static_cast<int32_t>(entry_count_); }
  // Entry of a simplified headword, or -1. O(1).
  int32_t Find(std::string_view headword) const;
  // Bytes of the longest headword that `text` starts with; 0 when there is none. For forward maximum match. O(1): one
  // look-up for each length that headwords with this first character have.
  int32_t LongestPrefix(std::string_view text) const;

  // Precondition: 0 <= entry < size().
  std::string_view headword(int32_t entry) const;
  // An entry may have no gloss: it is then known as a word and nothing more. Precondition: 0 <= entry < size().
  int32_t gloss_count(int32_t entry) const;
  // Word ids of one gloss, in order, each once; at least one. Precondition: 0 <= gloss < gloss_count(entry).
  absl::Span<const uint32_t> gloss(int32_t entry, int32_t gloss) const;

  // Number of different stems in all glosses; ids are 0 to word_count() - 1.
  int32_t word_count() const { return static_cast<int32_t>(word_count_); }
  std::string_view word(uint32_t id) const;
  // Id of a stem as Tokenize gives it for English, or -1. O(1).
  int32_t WordId(std::string_view stem) const;

 private:
  Dictionary() = default;
  absl::Status Attach(std::string_view bytes);
  std::string_view Text(uint32_t offset, uint32_t bytes) const;

  std::string owned_;
  void* mapped_ = nullptr;
  size_t mapped_bytes_ = 0;

  // Sections of the block; see dictionary.cc for the layout.
  uint32_t entry_count_ = 0, gloss_count_ = 0, gloss_word_count_ = 0, word_count_ = 0;
  uint32_t entry_slot_mask_ = 0, word_slot_mask_ = 0, text_bytes_ = 0;
  const uint32_t* lengths_ = nullptr;
  const uint32_t* entry_slots_ = nullptr;
  const uint32_t* entries_ = nullptr;
  const uint32_t* glosses_ = nullptr;
  const uint32_t* gloss_words_ = nullptr;
  const uint32_t* word_slots_ = nullptr;
  const uint32_t* words_ = nullptr;
  const char* text_ = nullptr;
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_LEXICON_DICTIONARY_H_
