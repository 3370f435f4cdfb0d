// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Eight bytes of a text looked at in one step, for loops over whole texts.
//
//   IsPlainAscii(EightBytes("abcdefgh"));  !IsPlainAscii(EightBytes("abc\ndefg"));
#ifndef NARRDIFF_ENGINE_BASE_EIGHT_BYTES_H_
#define NARRDIFF_ENGINE_BASE_EIGHT_BYTES_H_

#include <cstdint>
#include <cstring>

namespace narrdiff {

constexpr uint64_t kHighBits = 0x8080808080808080;
constexpr uint64_t kLowBits = 0x0101010101010101;

// Precondition: eight bytes can be read at `s`.
inline uint64_t EightBytes(const char* s) {
  uint64_t bytes;
  std::memcpy(&bytes, s, sizeof(bytes));
  return bytes;
}

constexpr bool IsAscii(uint64_t bytes) { return (bytes & kHighBits) == 0; }
// ASCII without a control character.
constexpr bool IsPlainAscii(uint64_t bytes) { return ((bytes | (bytes - 0x20 * kLowBits)) & kHighBits) == 0; }
// How many of the bytes have the form 10xxxxxx.
constexpr int CountContinuations(uint64_t bytes) {
  return static_cast<int>((((bytes & ~(bytes << 1) & kHighBits) >> 7) * kLowBits) >> 56);
}

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_BASE_EIGHT_BYTES_H_
