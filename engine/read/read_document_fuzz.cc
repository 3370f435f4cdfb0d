// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// libFuzzer target: any bytes are either refused with a status or become a
// Document that keeps the laws.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "engine/lexicon/builtin_lexicon.h"
#include "engine/read/read_document.h"
#include "engine/testing/document_laws.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const bool presegmented : {false, true}) {
    narrdiff::ReadOptions options;
    options.presegmented = presegmented;
    const auto doc = narrdiff::ReadDocument(std::string(bytes), *narrdiff::BuiltinLexicon(), options);
    if (!doc.ok()) {
      if (doc.status().code() != absl::StatusCode::kInvalidArgument) std::abort();
      continue;
    }
    if (const std::string broken = narrdiff::BrokenDocumentLaw(*doc); !broken.empty()) {
      std::fprintf(stderr, "%s in: %s\n", broken.c_str(), doc->text.c_str());
      std::abort();
    }
  }
  return 0;
}
