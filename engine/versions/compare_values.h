// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Figures and dates that differ between the two sides of a bead.
//
//   CompareValues(bead of "lasted 75 minutes" and 历时57分钟):  {kNumber, "75 minutes", "57分钟"}
//
// A value that stands on both sides, in whatever words and units (20亿, two billion; 48 hours, 两天), is no difference.
// Of what is left, two values of one sort are a difference where their unit or the words beside them are the same; a
// value left on one side alone is none.
#ifndef NARRDIFF_ENGINE_VERSIONS_COMPARE_VALUES_H_
#define NARRDIFF_ENGINE_VERSIONS_COMPARE_VALUES_H_

#include <vector>

#include "engine/versions/bead_words.h"
#include "engine/versions/version_difference.h"

namespace narrdiff {

// O(values of left x values of right). Mirrored input gives mirrored differences.
std::vector<VersionDifference> CompareValues(const BeadWords& bead);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_VERSIONS_COMPARE_VALUES_H_
