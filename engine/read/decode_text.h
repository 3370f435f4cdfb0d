// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The first step of reading: bytes in some encoding become valid UTF-8 text
// with a map back to the bytes.
//
//   NARRDIFF_ASSIGN_OR_RETURN(DecodedText decoded, DecodeText("\xFF\xFE" "a\0",
//   {})); decoded.text == "a";  decoded.encoding.name == "UTF-16LE";
//   decoded.offsets.ToOriginal(0) == 2;
#ifndef NARRDIFF_ENGINE_READ_DECODE_TEXT_H_
#define NARRDIFF_ENGINE_READ_DECODE_TEXT_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "engine/base/limits.h"
#include "engine/read/detect_encoding.h"
#include "engine/read/offset_map.h"

namespace narrdiff {

struct DecodeOptions {
  Limits limits;
  // The encoding by any of its names; empty (default): found out.
  std::string encoding;
  // What the page declares; empty (default): nothing. Asked only where the
  // bytes themselves leave it open.
  std::string declared;
};

struct DecodedText {
  std::string text;  // valid UTF-8; no byte order mark
  OffsetMap offsets;
  Encoding encoding;
};

// Errors: ResourceExhausted when `bytes` is longer than limits.max_input_bytes,
// found before memory is spent; InvalidArgument for an encoding that is not
// known or could not be told, and with the byte offset for binary files and
// bytes that are ill-formed in the encoding. O(n). Thread-safe.
absl::StatusOr<DecodedText> DecodeText(std::string bytes, const DecodeOptions& options);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_READ_DECODE_TEXT_H_
