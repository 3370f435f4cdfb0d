// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// What rung 1 returns: the text of one statement, cut into blocks, with the
// facts read off its head.
//
//   doc.blocks[0].kind == BlockKind::kTitle;  doc.blocks[0].span.Of(doc.text)
//   == "Statement on ..."
#ifndef NARRDIFF_ENGINE_READ_DOCUMENT_H_
#define NARRDIFF_ENGINE_READ_DOCUMENT_H_

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/issue.h"
#include "engine/base/language.h"
#include "engine/base/span.h"
#include "engine/read/offset_map.h"

namespace narrdiff {

enum class BlockKind { kTitle, kDateLine, kHeading, kParagraph, kTurn, kFurniture };

// Bytes inside a block that are none of its words.
struct Skipped {
  Span span;
  // The end of a line inside a word, with its hyphen or without; otherwise what
  // a page leaves in mid-sentence: its number, its head or foot.
  bool within_word = false;
};

// A run of lines that belong together. Blocks are ordered and disjoint; their
// spans and labels cover all text that is not white space.
struct Block {
  BlockKind kind = BlockKind::kParagraph;
  // Without the label; trimmed of white space; may hold line ends when the
  // document is wrapped. Empty, at the label's end, where a label has nothing
  // to say.
  Span span;
  Span label;           // "MR HALE:" with its colon; empty where there is none
  std::string speaker;  // of this block, carried on from the last label: "MR
                        // HALE"; empty when unknown
  Language language = Language::kUnknown;
  std::string_view language_tag;  // BCP 47, also of other languages: "fr"; lives for ever
  bool question = false;          // a journalist speaks
};

struct Document {
  std::string text;  // valid UTF-8; no byte order mark
  // Ascending, disjoint, each inside the span of a block; nearly always none.
  std::vector<Skipped> skipped;
  // The text without what is skipped, each byte in its place: what later rungs
  // read. Empty when it is the text itself, as it nearly always is.
  std::string reading;
  std::string_view ReadingText() const { return reading.empty() ? std::string_view(text) : reading; }
  OffsetMap offsets;
  std::string encoding;  // IANA name: "UTF-8", "GB18030"
  bool wrapped = false;  // hard-wrapped at a column: single line ends inside a
                         // block are spaces (in Chinese: nothing)
  std::vector<Block> blocks;
  Language language = Language::kUnknown;  // of most of the text
  std::string_view language_tag;           // BCP 47; lives for ever
  // Facts read off the head of the text; empty when not found. The date is
  // YYYY-MM-DD. Office is the body that issued the text: "Office of the
  // Spokesperson", "外交部". Party is "US", "China" or empty, and party_reason
  // says why in words.
  std::string title, date, speaker, office, party, party_reason;
  Issues issues;
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_READ_DOCUMENT_H_
