// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// libFuzzer target: a lexicon, CC-CEDICT or TSV file of any bytes, and a compiled dictionary of any bytes, is read or
// refused.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/lexicon/compile_lexicon.h"
#include "engine/lexicon/dictionary.h"
#include "engine/lexicon/lexicon.h"

namespace {

// Looks a few words up, wherever the bytes lead.
void Use(const narrdiff::Dictionary& dictionary, std::string_view text) {
  dictionary.LongestPrefix(text);
  dictionary.WordId("the");
  const int32_t entry = dictionary.Find(text.substr(0, 6));
  if (entry < 0) return;
  for (int32_t g = 0; g < dictionary.gloss_count(entry); ++g) {
    for (const uint32_t word : dictionary.gloss(entry, g)) dictionary.word(word);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  narrdiff::lexicon::Lexicon source;
  if (narrdiff::ParseLexiconText(text, "fuzz", source).ok()) {
    const auto bytes = narrdiff::CompileLexicon(source);
    if (bytes.ok()) (void)narrdiff::Lexicon::FromBytes(*bytes);
  }
  for (auto* compile : {&narrdiff::CompileCedict, &narrdiff::CompileTsv}) {
    const auto compiled = (*compile)(text);
    if (!compiled.ok()) continue;
    // As it is, and with a byte of the input laid over it.
    std::string bytes = *compiled;
    for (const bool damaged : {false, true}) {
      if (damaged && size > 2) bytes[(data[0] * 256u + data[1]) % bytes.size()] = static_cast<char>(data[2]);
      const auto dictionary = narrdiff::Dictionary::FromBytes(bytes);
      if (dictionary.ok()) Use(**dictionary, text);
    }
  }
  const auto dictionary = narrdiff::Dictionary::FromBytes(text);
  if (dictionary.ok()) Use(**dictionary, text);
  return 0;
}
