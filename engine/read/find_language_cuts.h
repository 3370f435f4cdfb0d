// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Where a line changes its language: a sentence and its translation in one
// paragraph.
//
//   FindLanguageCuts("We object to this. 我们对此表示反对。", line, cuts)   // cuts
//   == {19}
#ifndef NARRDIFF_ENGINE_READ_FIND_LANGUAGE_CUTS_H_
#define NARRDIFF_ENGINE_READ_FIND_LANGUAGE_CUTS_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/read/find_lines.h"

namespace narrdiff {

// Appends the bytes of `text` within `line` at which sentences of Latin letters
// follow sentences of Han characters, or the other way round. Names, terms, what
// stands in brackets or quotation marks, and what is no longer than a few words
// make no change. O(n) in the line. Thread-safe.
void FindLanguageCuts(std::string_view text, const Line& line, std::vector<int32_t>& cuts);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_READ_FIND_LANGUAGE_CUTS_H_
