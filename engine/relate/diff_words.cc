// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/relate/diff_words.h"

#include <algorithm>
#include <utility>

namespace narrdiff {
namespace {

constexpr double kMinShared = 0.55;  // share of common words from which a word-by-word comparison says something

bool Marked(const std::vector<WordDiff>& diffs, Span left, Span right) {
  return std::any_of(diffs.begin(), diffs.end(), [&](const WordDiff& d) {
    return (!left.empty() && d.left.Overlaps(left)) || (!right.empty() && d.right.Overlaps(right));
  });
}

// A run of tokens of one side between two common words, without punctuation at its ends; empty when nothing is left.
Span RunSpan(const std::vector<Token>& tokens, size_t begin, size_t end) {
  while (begin < end && tokens[begin].kind == TokenKind::kPunctuation) ++begin;
  while (end > begin && tokens[end - 1].kind == TokenKind::kPunctuation) --end;
  if (begin == end) return {};
  return {tokens[begin].span.begin, tokens[end - 1].span.end};
}

// Pairs of equal tokens of a longest common subsequence, ascending.
std::vector<std::pair<size_t, size_t>> Common(const std::vector<Token>& a, const std::vector<Token>& b) {
  const size_t n = a.size(), m = b.size();
  std::vector<int32_t> length((n + 1) * (m + 1), 0);
  const auto at = [&](size_t i, size_t j) -> int32_t& { return length[i * (m + 1) + j]; };
  for (size_t i = n; i-- > 0;) {
    for (size_t j = m; j-- > 0;) {
      at(i, j) = a[i].stem == b[j].stem ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
    }
  }
  std::vector<std::pair<size_t, size_t>> common;
  for (size_t i = 0, j = 0; i < n && j < m;) {
    if (a[i].stem == b[j].stem) {
      common.emplace_back(i++, j++);
    } else if (at(i + 1, j) >= at(i, j + 1)) {
      ++i;
    } else {
      ++j;
    }
  }
  return common;
}

void AddWordByWord(const std::vector<Token>& a, const std::vector<Token>& b, std::vector<WordDiff>& diffs) {
  if (a.empty() || b.empty()) return;
  if (static_cast<int64_t>(a.size()) * static_cast<int64_t>(b.size()) > kMaxDiffCells) return;
  std::vector<std::pair<size_t, size_t>> common = Common(a, b);
  const double shared = 2.0 * static_cast<double>(common.size()) / static_cast<double>(a.size() + b.size());
  if (shared < kMinShared) return;
  common.emplace_back(a.size(), b.size());
  size_t i = 0, j = 0;
  for (const auto& [ci, cj] : common) {
    const Span left = RunSpan(a, i, ci), right = RunSpan(b, j, cj);
    i = ci + 1;
    j = cj + 1;
    if ((left.empty() && right.empty()) || Marked(diffs, left, right)) continue;
    diffs.push_back({left.empty()    ? WordDiffKind::kRightOnly
                     : right.empty() ? WordDiffKind::kLeftOnly
                                     : WordDiffKind::kChanged,
                     left, right});
  }
}

WordDiff Mirrored(WordDiff d) {
  std::swap(d.left, d.right);
  if (d.kind == WordDiffKind::kLeftOnly) {
    d.kind = WordDiffKind::kRightOnly;
  } else if (d.kind == WordDiffKind::kRightOnly) {
    d.kind = WordDiffKind::kLeftOnly;
  }
  return d;
}

}  // namespace

std::vector<WordDiff> MarksOf(const std::vector<Evidence>& evidence) {
  std::vector<WordDiff> diffs;
  for (const Evidence& e : evidence) {
    WordDiffKind kind;
    switch (e.kind) {
      case EvidenceKind::kNumber:
        kind = WordDiffKind::kNumber;
        break;
      case EvidenceKind::kDate:
        kind = WordDiffKind::kDate;
        break;
      case EvidenceKind::kTwin:
        kind = WordDiffKind::kTerm;
        break;
      case EvidenceKind::kNegation:
        kind = WordDiffKind::kNegation;
        break;
      case EvidenceKind::kStrength:
        kind = WordDiffKind::kStrength;
        break;
      default:
        continue;
    }
    // A weak guess at a pair of numbers is no difference worth marking.
    if (kind == WordDiffKind::kNumber && e.strength < .5f) continue;
    const size_t n = std::max(e.left.size(), e.right.size());
    for (size_t k = 0; k < n; ++k) {
      diffs.push_back({kind, k < e.left.size() ? e.left[k] : Span{}, k < e.right.size() ? e.right[k] : Span{}});
    }
  }
  return diffs;
}

std::vector<WordDiff> DiffWords(const DescribedSentence& left, const DescribedSentence& right,
                                std::vector<WordDiff> diffs) {
  // Of several longest subsequences one is taken; which, must not depend on the side a text stands on.
  if (left.Text() <= right.Text()) {
    AddWordByWord(left.tokens, right.tokens, diffs);
  } else {
    for (WordDiff& d : diffs) d = Mirrored(d);
    AddWordByWord(right.tokens, left.tokens, diffs);
    for (WordDiff& d : diffs) d = Mirrored(d);
  }
  std::sort(diffs.begin(), diffs.end(), [](const WordDiff& a, const WordDiff& b) {
    if (a.left != b.left) return a.left < b.left;
    if (a.right != b.right) return a.right < b.right;
    return a.kind < b.kind;
  });
  diffs.erase(std::unique(diffs.begin(), diffs.end(),
                          [](const WordDiff& a, const WordDiff& b) { return a.left == b.left && a.right == b.right; }),
              diffs.end());
  return diffs;
}

}  // namespace narrdiff
