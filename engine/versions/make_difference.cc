// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/versions/make_difference.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"

namespace narrdiff {

std::string Quoted(const BeadSide& side, const std::vector<TokenRange>& ranges) {
  std::string out = "\"";
  for (size_t k = 0; k < ranges.size(); ++k) {
    if (k > 0) out += " ... ";
    out += side.Of(side.SpanOf(ranges[k].first, ranges[k].last));
  }
  // A line end inside a sentence is a space.
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out + "\"";
}

int32_t CounterpartOf(const BeadWords& bead, Side side, int32_t sentence) {
  const BeadSide& from = bead.sides[side];
  const BeadSide& to = bead.sides[Other(side)];
  const IndexRange& range = bead.sentences[Other(side)];
  std::vector<float> shared(static_cast<size_t>(range.size()), 0);
  for (const BeadWord& word : from.words) {
    if (word.partner < 0 || from.SentenceAt(word.first) != sentence) continue;
    const int32_t other = to.SentenceAt(to.words[static_cast<size_t>(word.partner)].first);
    shared[static_cast<size_t>(other - range.begin)] += word.weight * word.match;
  }
  return range.begin + static_cast<int32_t>(std::max_element(shared.begin(), shared.end()) - shared.begin());
}

VersionDifference MakeDifference(const BeadWords& bead, VersionDifferenceKind kind, std::vector<TokenRange> left,
                                 std::vector<TokenRange> right, std::string_view what, double confidence) {
  VersionDifference out;
  out.kind = kind;
  out.confidence = confidence;
  Sides<std::vector<TokenRange>> ranges{std::move(left), std::move(right)};
  for (const Side side : kBothSides) {
    std::sort(ranges[side].begin(), ranges[side].end(),
              [](const TokenRange& a, const TokenRange& b) { return a.first < b.first; });
    std::set<int32_t> sentences;
    for (const TokenRange& range : ranges[side]) {
      out.spans[side].push_back(bead.sides[side].SpanOf(range.first, range.last));
      sentences.insert(bead.sides[side].SentenceAt(range.first));
    }
    out.sentences[side].assign(sentences.begin(), sentences.end());
  }
  for (const Side side : kBothSides) {
    if (out.sentences[side].empty() && !out.sentences[Other(side)].empty()) {
      out.sentences[side] = {CounterpartOf(bead, Other(side), out.sentences[Other(side)].front())};
    }
  }
  if (!what.empty()) out.reason = absl::StrCat(std::string(what), ": ");
  if (!ranges.left.empty() && !ranges.right.empty()) {
    const Side first = bead.swapped ? Side::kRight : Side::kLeft;
    absl::StrAppend(&out.reason, "left says ", Quoted(bead.sides[first], ranges[first]), ", right says ",
                    Quoted(bead.sides[Other(first)], ranges[Other(first)]));
  } else {
    const Side side = ranges.left.empty() ? Side::kRight : Side::kLeft;
    absl::StrAppend(&out.reason, "only ", bead.NameOf(side), " says ", Quoted(bead.sides[side], ranges[side]));
  }
  return out;
}

}  // namespace narrdiff
