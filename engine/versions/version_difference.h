// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// One place where two versions of a statement part.
//
//   {kNumber, {{1}, {1}}, {{"75 minutes"}, {"57分钟"}}, "left says \"75 minutes\", right says \"57分钟\"", .9}
#ifndef NARRDIFF_ENGINE_VERSIONS_VERSION_DIFFERENCE_H_
#define NARRDIFF_ENGINE_VERSIONS_VERSION_DIFFERENCE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/sides.h"
#include "engine/base/span.h"

namespace narrdiff {

// In the order of v1.VersionDifference.Kind.
enum class VersionDifferenceKind : uint8_t {
  kUnspecified,
  kOmitted,  // in left, not in right
  kAdded,    // in right, not in left
  kNumber,
  kDate,
  kName,
  kSoftened,      // right weaker than left
  kStrengthened,  // right stronger than left
};

// The kind with the sides exchanged.
constexpr VersionDifferenceKind Mirrored(VersionDifferenceKind kind) {
  switch (kind) {
    case VersionDifferenceKind::kOmitted:
      return VersionDifferenceKind::kAdded;
    case VersionDifferenceKind::kAdded:
      return VersionDifferenceKind::kOmitted;
    case VersionDifferenceKind::kSoftened:
      return VersionDifferenceKind::kStrengthened;
    case VersionDifferenceKind::kStrengthened:
      return VersionDifferenceKind::kSoftened;
    default:
      return kind;
  }
}

struct VersionDifference {
  VersionDifferenceKind kind = VersionDifferenceKind::kUnspecified;
  // The sentences in which it stands, ascending. A side is empty where the whole of the other side's sentences has no
  // counterpart; where only words are missing, it is the sentence in which they would stand.
  Sides<std::vector<int32_t>> sentences;
  // The words that part, in bytes of the text, ascending and disjoint; empty on the side where nothing stands.
  Sides<std::vector<Span>> spans;
  std::string reason;     // in words
  double confidence = 0;  // that a careful reader would call it a difference, in [0, 1]
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_VERSIONS_VERSION_DIFFERENCE_H_
