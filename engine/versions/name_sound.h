// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Whether Chinese characters spell the sound of a foreign name: 斯特劳德 (sitelaode) is Stroud, 约翰 (yuehan) is not
// Paul.
//
//   NameSound han = SoundOfPinyin({"si", "te", "lao", "de"});
//   SoundLikeness(SoundOfLatin("stroud"), han) == .93;   SoundLikeness(SoundOfLatin("paul"), yuehan) == .1
//
// Chinese spellings keep the consonants of a name in their order, more or less, and turn its vowels into what the
// syllables have; so both sides are reduced to consonants (Russell and Odell's Soundex of 1918 has the idea), which are
// aligned with the costs of the exchanges that are usual in such spellings: r and l are one, d stands for t, v becomes
// w or f, r before a consonant falls out, an n closes a syllable.
#ifndef NARRDIFF_ENGINE_VERSIONS_NAME_SOUND_H_
#define NARRDIFF_ENGINE_VERSIONS_NAME_SOUND_H_

#include <string>
#include <string_view>

#include "absl/types/span.h"

namespace narrdiff {

// Consonants in order, one letter each; what the letters stand for is in name_sound.cc.
using NameSound = std::string;

// Of a name in Latin letters, lower case without accents; other characters are skipped.
NameSound SoundOfLatin(std::string_view name);
// Of syllables in pinyin without tones.
NameSound SoundOfPinyin(absl::Span<const std::string_view> syllables);

// From 0 (nothing in common) to 1. Names are taken for the same from kSameName on. Symmetric for two sounds of one
// kind; `latin` and `han` may both be Han. O(length^2).
double SoundLikeness(const NameSound& latin, const NameSound& han);
inline constexpr double kSameName = .62;

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_VERSIONS_NAME_SOUND_H_
