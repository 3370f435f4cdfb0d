// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Rung 1: bytes in, `Document` out. Decodes the text, keeps a map back to the
// original bytes, and cuts the text into blocks: title, date line, headings,
// paragraphs, turns with a speaker label, furniture.
//
//   NARRDIFF_ASSIGN_OR_RETURN(Document doc, ReadDocument(bytes, lexicon, {}));
//   doc.blocks[0].kind == BlockKind::kTitle
//
// Newlines: the text is kept as it is, line ends included. A text hard-wrapped
// at some column is recognised per document, and its paragraphs span several
// lines; in every other text a line is a block of its own.
#ifndef NARRDIFF_ENGINE_READ_READ_DOCUMENT_H_
#define NARRDIFF_ENGINE_READ_READ_DOCUMENT_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "engine/base/language.h"
#include "engine/base/limits.h"
#include "engine/lexicon/lexicon.h"
#include "engine/read/document.h"

namespace narrdiff {

struct ReadOptions {
  Limits limits;
  // Forced language; kUnknown (default) detects it per block.
  Language language = Language::kUnknown;
  // The encoding by any of its names ("GBK", "big5"); empty (default): found out.
  std::string encoding;
  // One sentence a line: every line that is not blank becomes a paragraph of
  // its own, no headings, labels or furniture.
  bool presegmented = false;
};

// Decodes and cuts `bytes`. Errors: InvalidArgument with the byte offset for
// bytes that are ill-formed in their encoding and for binary data, and for an
// encoding that is not known; ResourceExhausted when the
// input is larger than limits.max_input_bytes, or has more than 16 lines for
// every sentence that limits.max_sentences allows. An empty input is not an
// error: no blocks and an Issue "empty-input". O(n) in time and memory.
// Thread-safe.
absl::StatusOr<Document> ReadDocument(std::string bytes, const Lexicon& lexicon, const ReadOptions& options);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_READ_READ_DOCUMENT_H_
