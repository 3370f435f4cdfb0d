// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/base/han_tables.h"

#include <cstdint>

namespace narrdiff {
namespace {
#include "engine/base/han_tables_data.inc"
constexpr char32_t kFirst = 0x4E00, kLast = 0x9FFF;
}  // namespace

char32_t ToSimplified(char32_t c) { return c >= kFirst && c <= kLast ? kSimplified[c - kFirst] : c; }

std::string_view Pinyin(char32_t c) {
  return c >= kFirst && c <= kLast ? kSyllables[kReadings[c - kFirst]] : std::string_view();
}

}  // namespace narrdiff
