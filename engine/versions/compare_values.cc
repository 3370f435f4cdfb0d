// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/versions/compare_values.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/versions/make_difference.h"

namespace narrdiff {
namespace {

constexpr double kConvertedTolerance = .03;  // 20 feet and 6 metres
constexpr double kAboutTolerance = .06;      // "some 50" and 52
constexpr int32_t kContextReach = 5;         // tokens beside a value that tell what it counts
constexpr double kMinLikeness = 1.3;
constexpr double kSure = .9, kLikely = .75;

enum class Family { kCalendar, kShare, kMoney, kOrdinal, kTime, kAmount };

Family FamilyOf(const Quantity& q) {
  switch (q.kind) {
    case QuantityKind::kYear:
    case QuantityKind::kDate:
      return Family::kCalendar;
    case QuantityKind::kPercent:
    case QuantityKind::kFraction:
      return Family::kShare;
    case QuantityKind::kMoney:
      return Family::kMoney;
    case QuantityKind::kOrdinal:
      return Family::kOrdinal;
    case QuantityKind::kTime:
      return Family::kTime;
    default:
      return Family::kAmount;
  }
}

// SameQuantity for a reader: converted units are rounded, and "some 50" is not exact.
bool SameValue(const Quantity& a, const Quantity& b) {
  if (SameQuantity(a, b)) return true;
  // "from November 17 to 19": a bare day.
  const auto day = [](const Quantity& date, const Quantity& number) {
    return date.kind == QuantityKind::kDate && date.day != 0 && date.month == 0 &&
           number.kind == QuantityKind::kCount && number.value == date.day;
  };
  if (day(a, b) || day(b, a)) return true;
  if (FamilyOf(a) != FamilyOf(b) || FamilyOf(a) == Family::kCalendar) return false;
  const auto within = [](double x, double y, double share) {
    return std::abs(x - y) <= share * std::max(std::abs(x), std::abs(y));
  };
  if (!a.base_unit.empty() && a.base_unit == b.base_unit && a.unit != b.unit &&
      within(a.base_value, b.base_value, kConvertedTolerance)) {
    return true;
  }
  const bool about = (a.bound != QuantityBound::kExact) != (b.bound != QuantityBound::kExact);
  return about && (a.base_unit.empty() || b.base_unit.empty() || a.base_unit == b.base_unit) &&
         within(a.base_value, b.base_value, kAboutTolerance);
}

bool Comparable(const Quantity& a, const Quantity& b) {
  if (FamilyOf(a) != FamilyOf(b)) return false;
  if (FamilyOf(a) == Family::kMoney) return a.unit == b.unit;
  if (FamilyOf(a) == Family::kAmount) {
    // Small bare numbers stand in set phrases ("the two sides"), and compare with their like alone.
    if (IsSmallNumber(a) != IsSmallNumber(b) && (a.unit.empty() || b.unit.empty())) return false;
    return a.base_unit.empty() || b.base_unit.empty() || a.base_unit == b.base_unit;
  }
  if (a.kind == QuantityKind::kYear || b.kind == QuantityKind::kYear) return a.year != 0 && b.year != 0;
  return true;
}

// Words within reach of both values that are translations of each other.
bool SharesContext(const BeadWords& bead, const Quantity& a, const Quantity& b) {
  const auto near = [](const BeadWord& word, const Quantity& q) {
    return word.weight > 0 && word.kind != TermKind::kNumber && word.last > q.token_begin - kContextReach &&
           word.first < q.token_end + kContextReach;
  };
  constexpr float kFound = .5f;
  for (const Side side : kBothSides) {
    const bool left = side == Side::kLeft;
    const auto& others = bead.sides[Other(side)].words;
    for (const BeadWord& word : bead.sides[side].words) {
      if (word.partner < 0 || word.match < kFound || !near(word, left ? a : b)) continue;
      if (near(others[static_cast<size_t>(word.partner)], left ? b : a)) return true;
    }
  }
  return false;
}

struct Candidate {
  size_t left = 0, right = 0;
  double likeness = 0;
};

// How likely two values that differ stand for one.
double Likeness(const BeadWords& bead, const Quantity& a, const Quantity& b, bool only) {
  const bool unit = FamilyOf(a) != Family::kAmount || (!a.base_unit.empty() && a.base_unit == b.base_unit);
  const auto place = [](const BeadSide& side, const Quantity& q) {
    return static_cast<double>(q.token_begin) / static_cast<double>(std::max<size_t>(1, side.tokens.size()));
  };
  double likeness = 1 - std::abs(place(bead.sides.left, a) - place(bead.sides.right, b));
  if (unit) likeness += .7;
  if (SharesContext(bead, a, b)) likeness += .7;
  if (only && !(IsSmallNumber(a) && IsSmallNumber(b))) likeness += .5;
  return likeness;
}

void AddTimes(const BeadWords& bead, std::vector<VersionDifference>& out) {
  const auto& left = bead.sides.left.mentions;
  const auto& right = bead.sides.right.mentions;
  const auto is_time = [](const VersionWordMention& m) { return m.word->kind == VersionWordKind::kTime; };
  for (const VersionWordMention& a : left) {
    for (const VersionWordMention& b : right) {
      if (!is_time(a) || !is_time(b) || a.word->group != b.word->group) continue;
      // The only word of its class on either side.
      const auto count = [&](const std::vector<VersionWordMention>& mentions) {
        return std::count_if(mentions.begin(), mentions.end(),
                             [&](const VersionWordMention& m) { return is_time(m) && m.word->group == a.word->group; });
      };
      if (count(left) != 1 || count(right) != 1 || a.word->low == b.word->low) continue;
      out.push_back(MakeDifference(bead, VersionDifferenceKind::kDate, {{a.first, a.last}}, {{b.first, b.last}},
                                   "another date", kLikely));
    }
  }
}

}  // namespace

std::vector<VersionDifference> CompareValues(const BeadWords& bead) {
  const auto& left = bead.sides.left.quantities;
  const auto& right = bead.sides.right.quantities;
  std::vector<bool> left_met(left.size(), false), right_met(right.size(), false);
  // "the first quarter" is compared as a date.
  const auto in_time = [](const BeadSide& side, const Quantity& q) {
    return q.kind == QuantityKind::kOrdinal &&
           std::any_of(side.mentions.begin(), side.mentions.end(), [&](const VersionWordMention& m) {
             return m.word->kind == VersionWordKind::kTime && m.first < q.token_end && q.token_begin < m.last;
           });
  };
  for (size_t i = 0; i < left.size(); ++i) left_met[i] = in_time(bead.sides.left, left[i]);
  for (size_t j = 0; j < right.size(); ++j) right_met[j] = in_time(bead.sides.right, right[j]);
  for (size_t i = 0; i < left.size(); ++i) {
    for (size_t j = 0; j < right.size(); ++j) {
      if (SameValue(left[i], right[j])) left_met[i] = right_met[j] = true;
    }
  }
  const auto count = [](const std::vector<Quantity>& all, const std::vector<bool>& met, Family family) {
    int n = 0;
    for (size_t k = 0; k < all.size(); ++k) n += !met[k] && FamilyOf(all[k]) == family;
    return n;
  };
  std::vector<Candidate> candidates;
  for (size_t i = 0; i < left.size(); ++i) {
    for (size_t j = 0; j < right.size(); ++j) {
      if (left_met[i] || right_met[j] || !Comparable(left[i], right[j])) continue;
      const Family family = FamilyOf(left[i]);
      const bool only = count(left, left_met, family) == 1 && count(right, right_met, family) == 1;
      candidates.push_back({i, j, Likeness(bead, left[i], right[j], only)});
    }
  }
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.likeness > b.likeness; });
  std::vector<VersionDifference> out;
  for (const Candidate& c : candidates) {
    if (c.likeness < kMinLikeness || left_met[c.left] || right_met[c.right]) continue;
    left_met[c.left] = right_met[c.right] = true;
    const Quantity& a = left[c.left];
    const Quantity& b = right[c.right];
    const bool date = FamilyOf(a) == Family::kCalendar || FamilyOf(a) == Family::kTime;
    out.push_back(MakeDifference(bead, date ? VersionDifferenceKind::kDate : VersionDifferenceKind::kNumber,
                                 {{a.token_begin, a.token_end}}, {{b.token_begin, b.token_end}},
                                 date ? "another date" : "another figure", c.likeness >= 2 ? kSure : kLikely));
  }
  AddTimes(bead, out);
  return out;
}

}  // namespace narrdiff
