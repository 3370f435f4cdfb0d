// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The laws of what rungs 1 and 2 return, checked on any input.
//
//   EXPECT_EQ(BrokenDocumentLaw(doc), "");
//   EXPECT_EQ(BrokenSentenceLaw(doc, sentences), "");
#ifndef NARRDIFF_ENGINE_TESTING_DOCUMENT_LAWS_H_
#define NARRDIFF_ENGINE_TESTING_DOCUMENT_LAWS_H_

#include <string>

#include "engine/read/document.h"
#include "engine/segment/segment_sentences.h"

namespace narrdiff {

// The first law that `doc` breaks, in words, or an empty string: the text is
// valid UTF-8; labels and spans are ordered, disjoint, trimmed and on code
// point boundaries; together they cover all that is not white space.
std::string BrokenDocumentLaw(const Document& doc);
// The same for the sentences: ordered, disjoint, trimmed, each inside its
// block, together covering the blocks.
std::string BrokenSentenceLaw(const Document& doc, const Sentences& sentences);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_TESTING_DOCUMENT_LAWS_H_
