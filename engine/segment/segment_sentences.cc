// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/segment/segment_sentences.h"

#include <memory>
#include <string_view>
#include <utility>

#include "engine/base/eight_bytes.h"
#include "engine/base/utf8.h"
#include "engine/segment/break_rules.h"
#include "engine/segment/find_enumeration.h"
#include "engine/segment/segment_words.h"
#include "unicode/brkiter.h"
#include "unicode/locid.h"
#include "unicode/utext.h"

namespace narrdiff {
namespace {

SentenceKind KindOf(const Block& block) {
  switch (block.kind) {
    case BlockKind::kTitle:
    case BlockKind::kDateLine:
    case BlockKind::kHeading:
      return SentenceKind::kHeading;
    case BlockKind::kFurniture:
      return SentenceKind::kFurniture;
    case BlockKind::kParagraph:
    case BlockKind::kTurn:
      break;
  }
  return block.question ? SentenceKind::kQuestion : SentenceKind::kStatement;
}

bool IsBody(const Block& block) { return block.kind == BlockKind::kParagraph || block.kind == BlockKind::kTurn; }

bool HasLineEnd(std::string_view s) {
  if (s.find('\n') != std::string_view::npos) return true;
  for (const char c : s) {
    if (c == '\n' || c == '\r' || c == '\v' || c == '\f') return true;
  }
  return s.find("\xE2\x80\xA8") != std::string_view::npos || s.find("\xE2\x80\xA9") != std::string_view::npos ||
         s.find("\xC2\x85") != std::string_view::npos;
}

// Overwrites line ends with as many spaces, so that offsets stay.
void BlankLineEnds(std::string& s) {
  for (size_t i = 0; i < s.size(); ++i) {
    while (i + 8 <= s.size() && IsPlainAscii(EightBytes(s.data() + i))) i += 8;
    if (i == s.size()) return;
    const std::string_view rest = std::string_view(s).substr(i, 3);
    const char c = s[i];
    if (c == '\n' || c == '\r' || c == '\v' || c == '\f') {
      s[i] = ' ';
    } else if (rest == "\xE2\x80\xA8" || rest == "\xE2\x80\xA9") {
      s.replace(i, 3, "   ");
    } else if (rest.substr(0, 2) == "\xC2\x85") {
      s.replace(i, 2, "  ");
    }
  }
}

// Cuts the blocks of one document. Holds one break iterator and one buffer for
// all of them.
class Segmenter {
 public:
  Segmenter(const Document& document, const SegmentWords& words, const SegmentOptions& options, Sentences& out)
      : document_(document), words_(words), options_(options), out_(out) {
    UErrorCode error = U_ZERO_ERROR;
    iterator_.reset(icu::BreakIterator::createSentenceInstance(icu::Locale::getRoot(), error));
    if (U_FAILURE(error)) iterator_.reset();
  }
  ~Segmenter() { utext_close(&utext_); }
  Segmenter(const Segmenter&) = delete;
  Segmenter& operator=(const Segmenter&) = delete;

  // Learns from all blocks whether the sentences of this document begin with
  // small letters.
  void LearnStarts() {
    BreakRules::Starts all;
    for (const Block& block : document_.blocks) {
      if (!IsBody(block)) continue;
      const BreakRules::Starts starts = BreakRules(block.span.Of(document_.text), words_).CountStarts();
      all.small += starts.small;
      all.capital += starts.capital;
    }
    small_starts_ = all.small >= 2 && all.small >= all.capital;
  }

  void AddWhole(int32_t block) {
    const Block& b = document_.blocks[static_cast<size_t>(block)];
    if (!b.span.empty()) Add(block, b.span, SegmentRule::kParagraph);
  }

  void AddSentences(int32_t block) {
    const Span span = document_.blocks[static_cast<size_t>(block)].span;
    std::string_view text = span.Of(document_.ReadingText());
    if (text.empty()) return;
    if (document_.wrapped && HasLineEnd(text)) {
      buffer_.assign(text.data(), text.size());
      BlankLineEnds(buffer_);
      text = buffer_;
    }
    UErrorCode error = U_ZERO_ERROR;
    if (iterator_ != nullptr) {
      utext_openUTF8(&utext_, text.data(), static_cast<int64_t>(text.size()), &error);
      iterator_->setText(&utext_, error);
    }
    if (iterator_ == nullptr || U_FAILURE(error)) {
      AddWhole(block);
      return;
    }
    BreakRules rules(text, words_, small_starts_);
    int32_t start = 0, from = 0;
    auto cut = [&](const Verdict& verdict) {
      AddTrimmed(block, text, {start, verdict.at}, span.begin, verdict.rule);
      start = verdict.at;
      while (start < static_cast<int32_t>(text.size())) {
        int32_t i = start;
        if (!IsSpace(NextCodePoint(text, i))) break;
        start = i;
      }
      // A break that UAX 29 does not know may stand where a candidate was turned down.
      while (!out_.kept.empty() && out_.kept.back().at >= span.begin + verdict.at) out_.kept.pop_back();
    };
    iterator_->first();
    for (int32_t candidate = iterator_->next(); candidate != icu::BreakIterator::DONE; candidate = iterator_->next()) {
      if (candidate <= start) continue;
      for (Verdict extra = rules.FindExtra(start, from, candidate); extra.ends;
           extra = rules.FindExtra(start, from, candidate)) {
        cut(extra);
        from = start;
      }
      if (candidate <= start) continue;
      from = candidate;
      if (candidate >= static_cast<int32_t>(text.size())) break;
      const Verdict verdict = rules.Judge(start, candidate);
      if (verdict.ends && verdict.at > start) {
        cut(verdict);
        from = start;
      } else if (options_.explain && verdict.rule != SegmentRule::kNone) {
        out_.kept.push_back({span.begin + candidate, verdict.rule});
      }
    }
    AddTrimmed(block, text, {start, static_cast<int32_t>(text.size())}, span.begin, SegmentRule::kParagraph);
  }

 private:
  void AddTrimmed(int32_t block, std::string_view text, Span span, int32_t offset, SegmentRule rule) {
    while (span.begin < span.end) {
      int32_t i = span.end;
      if (!IsSpace(PreviousCodePoint(text, i))) break;
      span.end = i;
    }
    if (span.empty()) return;
    Add(block, {span.begin + offset, span.end + offset}, rule);
  }

  void Add(int32_t block, Span span, SegmentRule rule) {
    Sentence sentence;
    sentence.span = span;
    sentence.kind = KindOf(document_.blocks[static_cast<size_t>(block)]);
    sentence.block = block;
    sentence.rule = rule;
    sentence.enumeration = static_cast<uint8_t>(FindEnumeration(span.Of(document_.text), words_));
    out_.units.push_back(std::move(sentence));
  }

  const Document& document_;
  const SegmentWords& words_;
  const SegmentOptions& options_;
  Sentences& out_;
  std::unique_ptr<icu::BreakIterator> iterator_;
  UText utext_ = UTEXT_INITIALIZER;
  std::string buffer_;
  bool small_starts_ = false;
};

}  // namespace

Sentences SegmentSentences(const Document& document, const Lexicon& lexicon, const SegmentOptions& options) {
  Sentences out;
  const SegmentWords words(lexicon);
  Segmenter segmenter(document, words, options, out);
  if (!options.presegmented) segmenter.LearnStarts();
  for (int32_t b = 0; b < static_cast<int32_t>(document.blocks.size()); ++b) {
    const Block& block = document.blocks[static_cast<size_t>(b)];
    if (options.presegmented || !IsBody(block)) {
      segmenter.AddWhole(b);
    } else {
      segmenter.AddSentences(b);
    }
  }
  return out;
}

}  // namespace narrdiff
