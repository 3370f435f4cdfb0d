// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/segment/segment_sentences.h"

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "engine/base/eight_bytes.h"
#include "engine/base/run_parallel.h"
#include "engine/base/utf8.h"
#include "engine/read/ascii_text.h"
#include "engine/segment/break_rules.h"
#include "engine/segment/find_enumeration.h"
#include "engine/segment/segment_words.h"
#include "unicode/brkiter.h"
#include "unicode/locid.h"
#include "unicode/ustring.h"
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

constexpr size_t kLongestStageDirection = 48;  // bytes
// A longer text is cut on several threads; the sentences are the same.
constexpr size_t kBytesPerThread = 256 << 10;

// The breaks of UAX 29 in one text after another. ICU reads UTF-8 through a
// layer that takes as long as its rules; texts are turned into UTF-16 at once
// instead.
class Candidates {
 public:
  Candidates() {
    UErrorCode error = U_ZERO_ERROR;
    iterator_.reset(icu::BreakIterator::createSentenceInstance(icu::Locale::getRoot(), error));
    if (U_FAILURE(error)) iterator_.reset();
  }
  ~Candidates() { utext_close(&utext_); }
  Candidates(const Candidates&) = delete;
  Candidates& operator=(const Candidates&) = delete;

  // `text` is valid UTF-8 and outlives the calls of Next. False when ICU lacks
  // its data or memory.
  bool SetText(std::string_view text) {
    text_ = text;
    byte_ = unit_ = 0;
    if (iterator_ == nullptr) return false;
    units_.resize(text.size());
    UErrorCode error = U_ZERO_ERROR;
    int32_t length = 0;
    u_strFromUTF8(&units_[0], static_cast<int32_t>(units_.size()), &length, text.data(),
                  static_cast<int32_t>(text.size()), &error);
    utext_openUChars(&utext_, units_.data(), length, &error);
    iterator_->setText(&utext_, error);
    iterator_->first();
    return U_SUCCESS(error) != 0;
  }

  // The byte of the next break; -1 after that at the end.
  int32_t Next() {
    const int32_t unit = iterator_->next();
    if (unit == icu::BreakIterator::DONE) return -1;
    while (unit_ < unit) {
      const auto lead = static_cast<unsigned char>(text_[static_cast<size_t>(byte_)]);
      byte_ += lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
      unit_ += lead < 0xF0 ? 1 : 2;
    }
    return byte_;
  }

 private:
  std::string_view text_;
  std::u16string units_;
  int32_t byte_ = 0, unit_ = 0;  // the same place in both
  std::unique_ptr<icu::BreakIterator> iterator_;
  UText utext_ = UTEXT_INITIALIZER;
};

// Cuts blocks of one document. Holds one finder of candidates and one buffer for
// all of them.
class Segmenter {
 public:
  // `small_starts`: sentences of this document begin with small letters.
  Segmenter(const Document& document, const SegmentWords& words, const SegmentOptions& options, bool small_starts,
            Sentences& out)
      : document_(document), words_(words), options_(options), small_starts_(small_starts), out_(out) {}
  Segmenter(const Segmenter&) = delete;
  Segmenter& operator=(const Segmenter&) = delete;

  // Blocks [begin, end).
  void Run(int32_t begin, int32_t end) {
    for (int32_t b = begin; b < end; ++b) {
      if (options_.presegmented || !IsBody(document_.blocks[static_cast<size_t>(b)])) {
        AddWhole(b);
      } else {
        AddSentences(b);
      }
    }
  }

 private:
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
    if (!candidates_.SetText(text)) {
      AddWhole(block);
      return;
    }
    BreakRules rules(text, words_, small_starts_);
    int32_t start = 0, from = 0;
    auto cut = [&](const Verdict& verdict) {
      AddTrimmed(block, text, {start, verdict.at}, span.begin, verdict.rule);
      start = SkipSpace(text, verdict.at, static_cast<int32_t>(text.size()));
      // A break that UAX 29 does not know may stand where a candidate was turned down.
      while (!out_.kept.empty() && out_.kept.back().at >= span.begin + verdict.at) out_.kept.pop_back();
    };
    for (int32_t candidate = candidates_.Next(); candidate >= 0; candidate = candidates_.Next()) {
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

  void AddTrimmed(int32_t block, std::string_view text, Span span, int32_t offset, SegmentRule rule) {
    span.end = TrimEnd(text, span.begin, span.end);
    if (span.empty()) return;
    Add(block, {span.begin + offset, span.end + offset}, rule);
  }

  // "(Laughter.)", （掌声）: a unit of the text that nobody says.
  bool IsStageDirection(Span span) const {
    const std::string_view s = span.Of(document_.text);
    if (s.size() > kLongestStageDirection) return false;
    for (const auto& [open, close] :
         {std::pair<std::string_view, std::string_view>{"(", ")"}, {"[", "]"}, {"（", "）"}, {"【", "】"}}) {
      const std::string_view bare = EndsWith(s, ".") ? s.substr(0, s.size() - 1) : s;
      if (StartsWith(s, open) && EndsWith(bare, close)) return words_.BeginsStageDirection(s.substr(open.size()));
    }
    return false;
  }

  void Add(int32_t block, Span span, SegmentRule rule) {
    Sentence sentence;
    sentence.span = span;
    const Block& b = document_.blocks[static_cast<size_t>(block)];
    const bool nobody = !options_.presegmented && IsBody(b) && IsStageDirection(span);
    sentence.kind = nobody ? SentenceKind::kHeading : KindOf(b);
    sentence.block = block;
    sentence.rule = rule;
    sentence.enumeration = static_cast<uint8_t>(FindEnumeration(span.Of(document_.text), words_));
    out_.units.push_back(std::move(sentence));
  }

  const Document& document_;
  const SegmentWords& words_;
  const SegmentOptions& options_;
  const bool small_starts_;
  Sentences& out_;
  Candidates candidates_;
  std::string buffer_;
};

// Learns from all blocks whether the sentences of this document begin with
// small letters.
bool LearnStarts(const Document& document, const SegmentWords& words) {
  BreakRules::Starts all;
  for (const Block& block : document.blocks) {
    if (!IsBody(block)) continue;
    const BreakRules::Starts starts = BreakRules(block.span.Of(document.text), words).CountStarts();
    all.small += starts.small;
    all.capital += starts.capital;
  }
  return all.small >= 2 && all.small >= all.capital;
}

// The first block of each of `parts` runs of about as many bytes, and the end.
std::vector<int32_t> PartsOf(const Document& document, size_t parts) {
  std::vector<int32_t> starts = {0};
  const auto n = static_cast<int32_t>(document.blocks.size());
  for (int32_t b = 0; b < n; ++b) {
    const auto begin = static_cast<size_t>(document.blocks[static_cast<size_t>(b)].span.begin);
    if (begin * parts >= document.text.size() * starts.size() && starts.back() < b) starts.push_back(b);
  }
  starts.push_back(n);
  return starts;
}

// One thread for each full kBytesPerThread, as far as the machine has them.
size_t ThreadsFor(const Document& document) {
  return std::clamp<size_t>(document.text.size() / kBytesPerThread, 1, ThreadCount());
}

void Append(Sentences part, Sentences& out) {
  out.units.insert(out.units.end(), part.units.begin(), part.units.end());
  out.kept.insert(out.kept.end(), part.kept.begin(), part.kept.end());
}

}  // namespace

Sentences SegmentSentences(const Document& document, const Lexicon& lexicon, const SegmentOptions& options) {
  const SegmentWords words(lexicon);
  const bool small_starts = !options.presegmented && LearnStarts(document, words);
  const std::vector<int32_t> starts = PartsOf(document, ThreadsFor(document));
  const size_t count = starts.size() - 1;
  std::vector<Sentences> parts(count);
  RunParallel(count, [&](size_t part) {
    Segmenter(document, words, options, small_starts, parts[part]).Run(starts[part], starts[part + 1]);
  });
  Sentences out = std::move(parts[0]);
  for (size_t part = 1; part < count; ++part) Append(std::move(parts[part]), out);
  return out;
}

}  // namespace narrdiff
