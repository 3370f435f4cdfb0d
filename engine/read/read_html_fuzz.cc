// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// libFuzzer target: any bytes become a text that keeps the laws.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "engine/lexicon/builtin_lexicon.h"
#include "engine/read/read_html.h"
#include "engine/testing/html_laws.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const narrdiff::ReadWords* const kWords = new narrdiff::ReadWords(*narrdiff::BuiltinLexicon());
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  narrdiff::LooksLikeHtml(bytes);
  narrdiff::DeclaredCharset(bytes);
  const narrdiff::HtmlText page = narrdiff::ReadHtml(bytes, *kWords);
  if (const std::string broken = narrdiff::BrokenHtmlLaw(bytes, page); !broken.empty()) {
    std::fprintf(stderr, "%s in: %s\n", broken.c_str(), page.text.c_str());
    std::abort();
  }
  return 0;
}
