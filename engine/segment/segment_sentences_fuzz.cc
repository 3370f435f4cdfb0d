// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// libFuzzer target: the sentences of any text that can be read keep the laws.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "engine/lexicon/builtin_lexicon.h"
#include "engine/read/read_document.h"
#include "engine/segment/segment_sentences.h"
#include "engine/testing/document_laws.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto lexicon = narrdiff::BuiltinLexicon();
  const auto doc = narrdiff::ReadDocument(std::string(bytes), *lexicon, {});
  if (!doc.ok()) return 0;
  for (const bool presegmented : {false, true}) {
    narrdiff::SegmentOptions options;
    options.presegmented = presegmented;
    const narrdiff::Sentences sentences = narrdiff::SegmentSentences(*doc, *lexicon, options);
    if (const std::string broken = narrdiff::BrokenSentenceLaw(*doc, sentences); !broken.empty()) {
      std::fprintf(stderr, "%s in: %s\n", broken.c_str(), doc->text.c_str());
      std::abort();
    }
  }
  return 0;
}
