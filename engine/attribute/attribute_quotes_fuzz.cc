// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// libFuzzer target: attributions of any text that can be read lie inside it, and those of one level are disjoint.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "engine/attribute/attribute_quotes.h"
#include "engine/lexicon/builtin_lexicon.h"
#include "engine/read/read_document.h"
#include "engine/segment/segment_sentences.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto lexicon = narrdiff::BuiltinLexicon();
  const auto doc = narrdiff::ReadDocument(std::string(bytes), *lexicon, {});
  if (!doc.ok()) return 0;
  const narrdiff::Sentences sentences = narrdiff::SegmentSentences(*doc, *lexicon, {});
  const auto found = narrdiff::AttributeQuotes(*doc, sentences, *lexicon);
  const narrdiff::Span all{0, static_cast<int32_t>(doc->text.size())};
  for (size_t i = 0; i < found.size(); ++i) {
    for (const narrdiff::Span& part : found[i].content) {
      bool broken = part.empty() || !all.Contains(part);
      for (size_t k = 0; k < i; ++k) {
        for (const narrdiff::Span& other : found[k].content) {
          broken |= found[k].parent == found[i].parent && other.Overlaps(part);
        }
      }
      if (!broken) continue;
      std::fprintf(stderr, "content %d-%d in: %s\n", part.begin, part.end, doc->text.c_str());
      std::abort();
    }
  }
  return 0;
}
