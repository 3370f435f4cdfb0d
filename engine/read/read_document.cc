// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/read_document.h"

#include <cstddef>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "engine/base/status_macros.h"
#include "engine/read/decode_text.h"
#include "engine/read/find_blocks.h"
#include "engine/read/find_lines.h"
#include "engine/read/guess_language.h"
#include "engine/read/header_facts.h"
#include "engine/read/read_words.h"

namespace narrdiff {
namespace {

constexpr int64_t kLinesPerSentence = 16;
// So much of a block tells its language.
constexpr size_t kLanguageBytes = 1024;

void SetLanguages(const ReadWords& words, Language forced, Document& doc) {
  if (forced != Language::kUnknown) {
    doc.language = forced;
    for (Block& block : doc.blocks) block.language = forced;
    return;
  }
  std::vector<LetterCounts> counts;
  counts.reserve(doc.blocks.size());
  LetterCounts total, body;
  for (const Block& block : doc.blocks) {
    counts.push_back(LetterCounts::Of(block.span.Of(doc.text).substr(0, kLanguageBytes), words));
    total.Add(counts.back());
    if (block.kind != BlockKind::kFurniture) body.Add(counts.back());
  }
  doc.language = GuessLanguage(body.latin + body.han + body.other + body.kana > 0 ? body : total, total);
  for (size_t b = 0; b < doc.blocks.size(); ++b) {
    const Language language = GuessLanguage(counts[b], total);
    doc.blocks[b].language = language == Language::kUnknown ? doc.language : language;
  }
  if (doc.language == Language::kUnknown && !doc.blocks.empty()) {
    doc.issues.push_back({IssueSeverity::kNote,
                          "language-unknown",
                          std::nullopt,
                          {},
                          "the language could not be told from so few words; "
                          "name it with --left-lang or --right-lang"});
  } else if (doc.language == Language::kOther) {
    doc.issues.push_back({IssueSeverity::kWarning,
                          "language-other",
                          std::nullopt,
                          {},
                          "the text is neither English nor Chinese; words are "
                          "compared as they stand"});
  }
}

}  // namespace

absl::StatusOr<Document> ReadDocument(std::string_view bytes, const Lexicon& lexicon, const ReadOptions& options) {
  NARRDIFF_ASSIGN_OR_RETURN(DecodedText decoded, DecodeText(bytes, options.limits));
  Document doc;
  doc.text = std::move(decoded.text);
  doc.offsets = std::move(decoded.offsets);
  doc.encoding = std::move(decoded.encoding);
  if (decoded.guessed) {
    doc.issues.push_back({IssueSeverity::kNote,
                          "encoding-guess",
                          std::nullopt,
                          {},
                          absl::StrCat("taken for ", doc.encoding, " without a byte order mark")});
  }
  const std::vector<Line> lines = FindLines(doc.text);
  const int64_t most_lines = int64_t{options.limits.max_sentences} * kLinesPerSentence;
  if (static_cast<int64_t>(lines.size()) > most_lines) {
    return absl::ResourceExhaustedError(
        absl::StrCat("the text has ", lines.size(), " lines, more than ", kLinesPerSentence,
                     " times max_sentences = ", options.limits.max_sentences, "; cut it, or raise the limit"));
  }
  if (lines.empty()) {
    doc.issues.push_back({IssueSeverity::kWarning, "empty-input", std::nullopt, {}, "the input has no text"});
    return doc;
  }
  const ReadWords words(lexicon);
  Layout layout = options.presegmented ? BlockPerLine(lines) : FindBlocks(doc.text, lines, words);
  doc.blocks = std::move(layout.blocks);
  doc.wrapped = layout.wrapped;
  SetLanguages(words, options.language, doc);
  FillHeaderFacts(words, lexicon, doc);
  return doc;
}

}  // namespace narrdiff
