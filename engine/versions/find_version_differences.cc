// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/versions/find_version_differences.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/versions/compare_names.h"
#include "engine/versions/compare_strength.h"
#include "engine/versions/compare_values.h"
#include "engine/versions/find_gaps.h"

namespace narrdiff {
namespace {

constexpr double kLeastNullConfidence = .5;

Sides<SentenceTexts> TextsOf(const Sides<const DescribedStatement*>& statements, Sides<std::vector<Span>>& spans) {
  Sides<SentenceTexts> texts;
  for (const Side side : kBothSides) {
    for (const DescribedSentence& s : statements[side]->sentences) {
      texts[side].text = s.input.text;
      texts[side].language = s.input.language;
      spans[side].push_back(s.input.span);
    }
    texts[side].spans = spans[side];
  }
  return texts;
}

double BytesOf(const DescribedStatement& statement, const std::vector<Bead>& beads, Side side) {
  double bytes = 0;
  for (const Bead& bead : beads) {
    if (bead.sentences.left.empty() || bead.sentences.right.empty()) continue;
    for (int32_t s = bead.sentences[side].begin; s < bead.sentences[side].end; ++s) {
      bytes += statement.sentences[static_cast<size_t>(s)].input.span.length();
    }
  }
  return bytes;
}

// A bead without counterpart: each of its sentences is missing.
void AddNull(const Bead& bead, const Sides<const DescribedStatement*>& statements, bool swapped,
             std::vector<VersionDifference>& out) {
  const Side side = bead.sentences.left.empty() ? Side::kRight : Side::kLeft;
  for (int32_t s = bead.sentences[side].begin; s < bead.sentences[side].end; ++s) {
    const SentenceInput& sentence = statements[side]->sentences[static_cast<size_t>(s)].input;
    if (sentence.question) continue;
    VersionDifference difference;
    difference.kind = side == Side::kLeft ? VersionDifferenceKind::kOmitted : VersionDifferenceKind::kAdded;
    difference.sentences[side] = {s};
    difference.spans[side] = {sentence.span};
    difference.confidence = std::max(kLeastNullConfidence, static_cast<double>(bead.score));
    difference.reason =
        absl::StrCat("this sentence stands on the ", SideName(swapped ? Other(side) : side), " only");
    out.push_back(std::move(difference));
  }
}

// The same words cannot be weaker and stronger at once: the surer judgement stands. Words that are told as weaker or as
// another value are not told as missing, too.
void Settle(std::vector<VersionDifference>& differences) {
  const auto opposes = [](const VersionDifference& a, const VersionDifference& b) {
    const auto strength = [](const VersionDifference& d) {
      return d.kind == VersionDifferenceKind::kSoftened || d.kind == VersionDifferenceKind::kStrengthened;
    };
    return strength(a) && strength(b) && a.kind != b.kind && a.sentences.left == b.sentences.left &&
           a.sentences.right == b.sentences.right;
  };
  for (size_t i = 0; i < differences.size(); ++i) {
    for (size_t j = 0; j < differences.size(); ++j) {
      if (i == j || !opposes(differences[i], differences[j])) continue;
      if (differences[i].confidence < differences[j].confidence || differences[i].confidence == differences[j].confidence) {
        differences[i].confidence = std::min(differences[i].confidence, .4);
      }
    }
  }
}

std::vector<VersionDifference> FindInOrder(const Sides<const DescribedStatement*>& statements,
                                           const std::vector<Bead>& beads, const TermTables& tables,
                                           const std::vector<std::shared_ptr<const Dictionary>>& dictionaries,
                                           const VersionWords& words, const Lexicon& lexicon,
                                           const WordLikeness& likeness, bool swapped) {
  const WordLinker linker(statements, tables, dictionaries, words, lexicon, likeness);
  const double left_bytes = BytesOf(*statements.left, beads, Side::kLeft);
  const double right_bytes = BytesOf(*statements.right, beads, Side::kRight);
  const double ratio = left_bytes > 0 && right_bytes > 0 ? right_bytes / left_bytes : 1;
  std::vector<VersionDifference> all;
  for (const Bead& bead : beads) {
    if (bead.sentences.left.empty() || bead.sentences.right.empty()) {
      AddNull(bead, statements, swapped, all);
      continue;
    }
    BeadWords read = linker.Read(bead.sentences);
    read.swapped = swapped;
    std::vector<VersionDifference> here = CompareValues(read);
    for (const auto& more : {CompareNames(read, lexicon), CompareStrength(read, lexicon)}) {
      here.insert(here.end(), more.begin(), more.end());
    }
    MarkTold(here, read);
    const std::vector<VersionDifference> gaps = FindGaps(read, ratio);
    here.insert(here.end(), gaps.begin(), gaps.end());
    Settle(here);
    all.insert(all.end(), here.begin(), here.end());
  }
  return all;
}

}  // namespace

std::vector<VersionDifference> FindVersionDifferences(const Sides<const DescribedStatement*>& statements,
                                                      const std::vector<Bead>& beads, const TermTables& tables,
                                                      const std::vector<std::shared_ptr<const Dictionary>>& dictionaries,
                                                      const VersionWords& words, const Lexicon& lexicon,
                                                      const VersionOptions& options) {
  std::vector<std::shared_ptr<const Dictionary>> known;
  for (const auto& dictionary : dictionaries) {
    if (dictionary != nullptr) known.push_back(dictionary);
  }
  Sides<std::vector<Span>> spans;
  const bool swapped = IsSwapped(TextsOf(statements, spans));
  std::vector<VersionDifference> differences;
  if (!swapped) {
    differences = FindInOrder(statements, beads, tables, known, words, lexicon, options.likeness, false);
  } else {
    std::vector<Bead> mirrored = beads;
    for (Bead& bead : mirrored) bead.sentences = bead.sentences.Swapped();
    WordLikeness likeness;
    if (options.likeness) {
      likeness = [&options](int32_t left_sentence, Span left, int32_t right_sentence, Span right) {
        return options.likeness(right_sentence, right, left_sentence, left);
      };
    }
    differences = FindInOrder(statements.Swapped(), mirrored, tables.Swapped(), known, words, lexicon, likeness, true);
    for (VersionDifference& d : differences) {
      d.kind = Mirrored(d.kind);
      std::swap(d.sentences.left, d.sentences.right);
      std::swap(d.spans.left, d.spans.right);
    }
  }
  differences.erase(std::remove_if(differences.begin(), differences.end(),
                                   [&](const VersionDifference& d) { return d.confidence < options.min_confidence; }),
                    differences.end());
  return differences;
}

}  // namespace narrdiff
