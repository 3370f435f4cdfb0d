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
// Median coverage of the beads below which a translation is too free, or the dictionaries know too little, to say that
// words are missing. With a dictionary readouts have .72 to .92, novels .40 to .61.
constexpr double kCloseTranslation = .62;
constexpr size_t kCoverageSample = 500;  // beads of a long text, evenly spread, that the median is taken of
constexpr double kChineseBytes = .85;    // of a Chinese text for one byte of its English version
constexpr double kUsualBytes = 500;      // of text that the usual ratio of lengths counts for
constexpr float kPartedScore = .6f;      // of a null bead that was none for the aligner
constexpr int kMaxParts = 4;             // of one bead

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
    difference.reason = absl::StrCat("this sentence stands on the ", SideName(swapped ? Other(side) : side), " only");
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
      if (differences[i].confidence < differences[j].confidence ||
          differences[i].confidence == differences[j].confidence) {
        differences[i].confidence = std::min(differences[i].confidence, .4);
      }
    }
  }
}

class Finder {
 public:
  Finder(const Sides<const DescribedStatement*>& statements, const WordLinker& linker, const std::vector<Bead>& beads,
         bool swapped)
      : statements_(statements), linker_(linker), swapped_(swapped) {
    const double left = BytesOf(*statements.left, beads, Side::kLeft);
    const double right = BytesOf(*statements.right, beads, Side::kRight);
    const auto is_chinese = [&](Side side) {
      const auto& sentences = statements[side]->sentences;
      return !sentences.empty() && IsChinese(sentences[0].input.language);
    };
    const double usual = is_chinese(Side::kLeft) == is_chinese(Side::kRight) ? 1
                         : is_chinese(Side::kLeft)                           ? 1 / kChineseBytes
                                                                             : kChineseBytes;
    background_.length_ratio = (right + usual * kUsualBytes) / (left + kUsualBytes);
    std::vector<const Bead*> pairs;
    for (const Bead& bead : beads) {
      if (!bead.sentences.left.empty() && !bead.sentences.right.empty()) pairs.push_back(&bead);
    }
    std::vector<double> coverages;
    const size_t step = pairs.size() / kCoverageSample + 1;
    for (size_t k = 0; k < pairs.size(); k += step) {
      coverages.push_back(CoverageOf(linker.Read(pairs[k]->sentences)));
    }
    std::sort(coverages.begin(), coverages.end());
    if (!coverages.empty()) background_.coverage = coverages[coverages.size() / 2];
    close_ = background_.coverage >= kCloseTranslation;
  }

  // Parts the bead where it pairs strangers, and finds the differences in what is left of it.
  void Add(const Bead& bead, int parts = kMaxParts) {
    if (bead.sentences.left.empty() || bead.sentences.right.empty()) {
      beads_.push_back(bead);
      AddNull(bead, statements_, swapped_, differences_);
      return;
    }
    BeadWords words = linker_.Read(bead.sentences);
    words.swapped = swapped_;
    const std::vector<Sides<IndexRange>> pieces =
        close_ ? PartBead(words, background_) : std::vector<Sides<IndexRange>>();
    if (pieces.size() > 1 && parts > 1) {
      for (const Sides<IndexRange>& piece : pieces) {
        const bool null = piece.left.empty() || piece.right.empty();
        Add({piece, null ? kPartedScore : bead.score, bead.moved && !null}, parts - 1);
      }
      return;
    }
    beads_.push_back(bead);
    Compare(words);
  }

  std::vector<Bead> TakeBeads() { return std::move(beads_); }
  std::vector<VersionDifference> TakeDifferences() { return std::move(differences_); }

 private:
  void Compare(BeadWords& words) {
    std::vector<VersionDifference> here = CompareValues(words);
    for (const auto& more : {CompareNames(words, linker_.lexicon()), CompareStrength(words, linker_.lexicon())}) {
      here.insert(here.end(), more.begin(), more.end());
    }
    MarkTold(here, words);
    if (close_) {
      const std::vector<VersionDifference> gaps = FindGaps(words, background_);
      here.insert(here.end(), gaps.begin(), gaps.end());
    }
    Settle(here);
    differences_.insert(differences_.end(), here.begin(), here.end());
  }

  const Sides<const DescribedStatement*>& statements_;
  const WordLinker& linker_;
  const bool swapped_;
  GapBackground background_;
  bool close_ = false;  // whether the versions keep so close that gaps can be told
  std::vector<Bead> beads_;
  std::vector<VersionDifference> differences_;
};

void Mirror(std::vector<Bead>& beads) {
  for (Bead& bead : beads) bead.sentences = bead.sentences.Swapped();
}

}  // namespace

std::vector<VersionDifference> FindVersionDifferences(
    const Sides<const DescribedStatement*>& statements, const TermTables& tables,
    const std::vector<std::shared_ptr<const Dictionary>>& dictionaries, const VersionWords& words,
    const Lexicon& lexicon, const VersionOptions& options, std::vector<Bead>& beads) {
  std::vector<std::shared_ptr<const Dictionary>> known;
  for (const auto& dictionary : dictionaries) {
    if (dictionary != nullptr) known.push_back(dictionary);
  }
  // The work is done on the sides in one order, whichever way they come.
  Sides<std::vector<Span>> spans;
  const bool swapped = IsSwapped(TextsOf(statements, spans));
  const Sides<const DescribedStatement*> ordered = swapped ? statements.Swapped() : statements;
  const TermTables ordered_tables = swapped ? tables.Swapped() : tables;
  WordLikeness likeness = options.likeness;
  if (swapped && likeness) {
    likeness = [&options](int32_t left_sentence, Span left, int32_t right_sentence, Span right) {
      return options.likeness(right_sentence, right, left_sentence, left);
    };
  }
  if (swapped) Mirror(beads);
  const WordLinker linker(ordered, ordered_tables, known, words, lexicon, std::move(likeness));
  Finder finder(ordered, linker, beads, swapped);
  for (const Bead& bead : beads) finder.Add(bead);
  beads = finder.TakeBeads();
  std::vector<VersionDifference> differences = finder.TakeDifferences();
  if (swapped) {
    Mirror(beads);
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
