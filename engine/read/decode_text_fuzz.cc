// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Any bytes, in a named encoding or a guessed one: refused with a message, or
// valid text of which each character leads back to bytes of its own.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "engine/base/utf8.h"
#include "engine/read/decode_text.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  constexpr const char* kEncodings[] = {"",          "UTF-8",       "UTF-16LE", "UTF-16BE", "UTF-16",
                                        "UTF-32LE",  "UTF-32",      "GB18030",  "Big5",     "windows-1252",
                                        "Shift_JIS", "ISO-2022-JP", "UTF-7",    "HZ"};
  narrdiff::DecodeOptions options;
  options.encoding = kEncodings[data[0] % (sizeof(kEncodings) / sizeof(kEncodings[0]))];
  if (data[0] >= 128) options.declared = "gb2312";
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto decoded = narrdiff::DecodeText(std::string(bytes), options);
  if (!decoded.ok()) {
    if (decoded.status().message().empty()) abort();
    return 0;
  }
  const std::string& text = decoded->text;
  if (narrdiff::FindInvalidUtf8(text) >= 0) abort();
  const auto n = static_cast<int32_t>(text.size());
  int64_t before = 0;
  for (int32_t i = 0; i < n; narrdiff::NextCodePoint(text, i)) {
    const int64_t at = decoded->offsets.ToOriginal(i);
    if (at < before || at > static_cast<int64_t>(bytes.size())) abort();
    before = at;
  }
  if (decoded->offsets.ToOriginal(n) != static_cast<int64_t>(bytes.size())) abort();
  return 0;
}
