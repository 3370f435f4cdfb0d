// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The first step of reading: bytes in UTF-8 or UTF-16 become valid UTF-8 text
// with a map back to the bytes.
//
//   NARRDIFF_ASSIGN_OR_RETURN(DecodedText decoded, DecodeText("\xFF\xFE" "a\0",
//   limits)); decoded.text == "a";  decoded.encoding == "UTF-16LE";
//   decoded.offsets.ToOriginal(0) == 2;
#ifndef NARRDIFF_ENGINE_READ_DECODE_TEXT_H_
#define NARRDIFF_ENGINE_READ_DECODE_TEXT_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "engine/base/limits.h"
#include "engine/read/offset_map.h"

namespace narrdiff {

struct DecodedText {
  std::string text;  // valid UTF-8; no byte order mark
  OffsetMap offsets;
  std::string encoding;  // "UTF-8", "UTF-16LE", "UTF-16BE"
  bool guessed = false;  // UTF-16 without a byte order mark
};

// Errors, all found before memory is spent on the text: ResourceExhausted when
// `bytes` is longer than limits.max_input_bytes; InvalidArgument with the byte
// offset for binary files, ill-formed UTF-8 and unpaired surrogates. O(n).
// Thread-safe.
absl::StatusOr<DecodedText> DecodeText(std::string_view bytes, const Limits& limits);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_READ_DECODE_TEXT_H_
