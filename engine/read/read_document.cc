// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/read_document.h"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "engine/base/status_macros.h"
#include "engine/read/ascii_text.h"
#include "engine/read/decode_text.h"
#include "engine/read/find_blocks.h"
#include "engine/read/find_date.h"
#include "engine/read/find_lines.h"
#include "engine/read/find_pages.h"
#include "engine/read/header_facts.h"
#include "engine/read/read_html.h"
#include "engine/read/read_words.h"
#include "engine/read/set_languages.h"

namespace narrdiff {
namespace {

constexpr int64_t kLinesPerSentence = 16;
constexpr double kSureEncoding = 0.8;

void AddNote(Document& doc, std::string code, std::string message) {
  doc.issues.push_back({IssueSeverity::kNote, std::move(code), std::nullopt, {}, std::move(message)});
}

// How the encoding was found, where it might be wrong.
void NoteEncoding(const Encoding& encoding, Document& doc) {
  if (encoding.source != Encoding::Source::kGuessed) return;
  const bool sure = encoding.confidence >= kSureEncoding;
  const char* certainty = sure ? "" : ", which is not sure";
  doc.issues.push_back({sure ? IssueSeverity::kNote : IssueSeverity::kWarning,
                        "encoding-guess",
                        std::nullopt,
                        {},
                        absl::StrCat("taken for ", encoding.name, " by its bytes", certainty, " (confidence ",
                                     absl::StrFormat("%.2f", encoding.confidence),
                                     "); if it reads wrongly, name the encoding with --encoding")});
}

// Each line gets the role of the run that it lies in.
void SetRoles(const std::vector<HtmlRun>& runs, std::vector<Line>& lines) {
  size_t r = 0;
  for (Line& line : lines) {
    while (r < runs.size() && runs[r].span.end <= line.span.begin) ++r;
    if (r < runs.size() && runs[r].span.begin <= line.span.begin) line.role = runs[r].role;
  }
}

void NoteFlattened(int64_t tags, Document& doc) {
  if (tags == 0) return;
  AddNote(doc, "deep-page",
          absl::StrCat(tags, " tags are nested deeper than pages are; their text is read as if they were not there"));
}

// What only the page's <head> says.
void FillFromPageHead(const HtmlText& page, const ReadWords& words, Document& doc) {
  if (doc.title.empty()) doc.title = page.title;
  if (doc.date.empty()) {
    if (const auto date = FindDate(page.date, words)) doc.date = date->iso;
  }
  // Whoever made the page is named there too; a speaker is spoken of.
  if (doc.speaker.empty() && Contains(doc.text, page.speaker)) doc.speaker = page.speaker;
}

}  // namespace

absl::StatusOr<Document> ReadDocument(std::string bytes, const Lexicon& lexicon, const ReadOptions& options) {
  DecodeOptions decode;
  decode.limits = options.limits;
  decode.encoding = options.encoding;
  if (LooksLikeHtml(bytes)) decode.declared = DeclaredCharset(bytes);
  NARRDIFF_ASSIGN_OR_RETURN(DecodedText decoded, DecodeText(std::move(bytes), decode));
  Document doc;
  doc.text = std::move(decoded.text);
  doc.offsets = std::move(decoded.offsets);
  NoteEncoding(decoded.encoding, doc);
  doc.encoding = std::move(decoded.encoding.name);
  const ReadWords words(lexicon);
  HtmlText page;
  const bool html = !options.presegmented && LooksLikeHtml(doc.text);
  if (html) {
    page = ReadHtml(doc.text, words);
    doc.text = std::move(page.text);
    doc.offsets = page.offsets.Then(doc.offsets);
    NoteFlattened(page.flattened_tags, doc);
  }
  std::vector<Line> lines = FindLines(doc.text);
  if (html) SetRoles(page.runs, lines);
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
  Layout layout = options.presegmented ? BlockPerLine(lines)
                                       : FindBlocks(doc.text, SplitPages(doc.text, std::move(lines), words), words);
  doc.blocks = std::move(layout.blocks);
  doc.skipped = std::move(layout.skipped);
  doc.wrapped = layout.wrapped;
  doc.reading = MakeReadingText(doc);
  SetLanguages(words, options.language, doc);
  FillHeaderFacts(words, lexicon, doc);
  if (html) FillFromPageHead(page, words, doc);
  return doc;
}

}  // namespace narrdiff
