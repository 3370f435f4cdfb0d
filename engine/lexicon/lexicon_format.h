// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Layout of a compiled lexicon, shared by its writer (compile_lexicon.cc) and its reader (lexicon.cc). All numbers are
// 32-bit words in the machine's order; a string is two words (offset into the string pool, length); a list is two words
// (offset in words, count). Tables of keys are open-addressing hash tables of power-of-two size with linear probing; a
// slot of 0 is free.
#ifndef NARRDIFF_ENGINE_LEXICON_LEXICON_FORMAT_H_
#define NARRDIFF_ENGINE_LEXICON_LEXICON_FORMAT_H_

#include <cstdint>
#include <string_view>

namespace narrdiff::lexicon_format {

inline constexpr uint32_t kMagic = 0x584C444E;  // "NDLX"
inline constexpr uint32_t kVersion = 2;

// Words of the header.
enum Header : uint32_t {
  kHMagic,
  kHVersion,
  kHTotalWords,  // words before the string pool
  kHPoolBytes,
  kHHashLow,  // FNV-1a of everything after the header
  kHHashHigh,
  kHEntries,  // list of entry records
  kHEntriesCount,
  kHKeys,  // list of key records
  kHKeysCount,
  kHKeySlots,  // hash table over keys: slot holds key index + 1
  kHKeySlotsCount,
  kHFirsts,  // list of first-token records
  kHFirstsCount,
  kHFirstSlots,
  kHFirstSlotsCount,
  kHIdSlots,  // hash table over entry ids
  kHIdSlotsCount,
  kHIssues,  // list of strings
  kHIssuesCount,
  kHeaderWords
};

// Words of an entry record.
enum Entry : uint32_t {
  kEId,  // string
  kEIdLength,
  kEEnglish,  // list of strings
  kEEnglishCount,
  kEChinese,
  kEChineseCount,
  kECues,
  kEIssuesLow,
  kEIssuesHigh,
  kENameType,
  kEParty,  // string
  kEPartyLength,
  kEActType,  // string
  kEActTypeLength,
  kEValence,
  kETwins,  // list of (group string, stance string): 4 words each
  kETwinsCount,
  kETags,  // list of strings
  kETagsCount,
  kEWeight,       // float bits
  kEEnglishKeys,  // list of strings: keys of the forms, where the entry is read by tag or as a verb of saying
  kEEnglishKeysCount,
  kEChineseKeys,
  kEChineseKeysCount,
  kEntryWords
};

// A key record: string, list of entry indices. A first-token record: string, longest form in tokens, 0.
inline constexpr uint32_t kKeyWords = 4;

inline uint64_t Hash(std::string_view s) {
  uint64_t h = 0xcbf29ce484222325u;
  for (const char c : s) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return h ^ (h >> 29);
}

}  // namespace narrdiff::lexicon_format

#endif  // NARRDIFF_ENGINE_LEXICON_LEXICON_FORMAT_H_
