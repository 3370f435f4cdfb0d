// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Two of a kind, one for each statement. Code that treats both sides alike indexes by Side, so that no function carries
// `left_x, right_x` argument pairs.
//
//   Sides<int> n{3, 5};
//   n[Side::kRight] == 5;  Other(Side::kLeft) == Side::kRight;
//   for (Side side : kBothSides) Use(n[side]);
#ifndef NARRDIFF_ENGINE_BASE_SIDES_H_
#define NARRDIFF_ENGINE_BASE_SIDES_H_

#include <utility>

namespace narrdiff {

enum class Side { kLeft, kRight };

inline constexpr Side kBothSides[] = {Side::kLeft, Side::kRight};

constexpr Side Other(Side side) { return side == Side::kLeft ? Side::kRight : Side::kLeft; }
constexpr const char* SideName(Side side) { return side == Side::kLeft ? "left" : "right"; }

template <typename T>
struct Sides {
  T left;
  T right;

  T& operator[](Side side) { return side == Side::kLeft ? left : right; }
  const T& operator[](Side side) const { return side == Side::kLeft ? left : right; }
  Sides Swapped() const { return Sides{right, left}; }
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_BASE_SIDES_H_
