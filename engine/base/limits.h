// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Bounds on what one run may take. They are checked before memory is spent, and a breach is a ResourceExhausted status
// that names the limit and its value.
#ifndef NARRDIFF_ENGINE_BASE_LIMITS_H_
#define NARRDIFF_ENGINE_BASE_LIMITS_H_

#include <cstdint>

namespace narrdiff {

struct Limits {
  // Bytes of one input. Range 1 to 1 GiB. Raising it lets larger files in; memory grows by about 6 times the input, for
  // web pages by about 25 times.
  int64_t max_input_bytes = int64_t{64} << 20;
  // Sentences of one statement. Range 1 to 1,000,000. Competing alignment grows with the product of both sides.
  int32_t max_sentences = 100'000;
  // Sentences of the left side times sentences of the right side in competing mode. Range 1 to 1e9; each takes about 40
  // bytes.
  int64_t max_competing_cells = 30'000'000;
  // Bytes of one sentence that are looked at by describe and later rungs; the rest is shown but not compared.
  int32_t max_sentence_bytes = 64 << 10;
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_BASE_LIMITS_H_
