// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Names that differ between the two sides of a bead.
//
//   CompareNames(bead of "Admiral Paul Keane" and 约翰·基恩海军上将):  {kName, "Paul", "约翰"}
//
// A name is the same where the lexicon, a dictionary, pinyin or its sound (name_sound.h) says so. What is left is a
// difference where two names of one sort stand in one place: two places or two organisations of the lexicon, the given
// names of one surname, the syllables after one Chinese surname. A name on one side alone is none.
#ifndef NARRDIFF_ENGINE_VERSIONS_COMPARE_NAMES_H_
#define NARRDIFF_ENGINE_VERSIONS_COMPARE_NAMES_H_

#include <vector>

#include "engine/lexicon/lexicon.h"
#include "engine/versions/bead_words.h"
#include "engine/versions/version_difference.h"

namespace narrdiff {

// O(names x tokens). Mirrored input gives mirrored differences.
std::vector<VersionDifference> CompareNames(const BeadWords& bead, const Lexicon& lexicon);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_VERSIONS_COMPARE_NAMES_H_
