// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Wording that is weaker or stronger on one side of a bead.
//
//   CompareStrength(bead of "He strongly protested" and 他表示关注):  {kSoftened, "strongly protested", "关注"}
//
// Four ways are looked at, each through the words of strength.textproto: an act of one scale at another level (protest,
// concern; must, should), a degree beside an act on one side alone (严重关切, concern), urgency (at once), and hedges
// (in principle) that the other side lacks. Words that the dictionaries translate by one another are no difference.
#ifndef NARRDIFF_ENGINE_VERSIONS_COMPARE_STRENGTH_H_
#define NARRDIFF_ENGINE_VERSIONS_COMPARE_STRENGTH_H_

#include <vector>

#include "engine/lexicon/lexicon.h"
#include "engine/versions/bead_words.h"
#include "engine/versions/version_difference.h"

namespace narrdiff {

// O(mentions of left x mentions of right). Mirrored input gives mirrored differences.
std::vector<VersionDifference> CompareStrength(const BeadWords& bead, const Lexicon& lexicon);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_VERSIONS_COMPARE_STRENGTH_H_
