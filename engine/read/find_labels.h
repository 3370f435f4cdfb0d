// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Speaker labels: "MR HALE:", "QUESTION:", "Wang Yi:", "问：", "新华社记者：",
// "耿爽：" at the start of a line, or after the end of a sentence within it.
//
//   FindLabels("QUESTION: Can you say?\nMR HALE: No.", lines, words)   // two
//   labels; the first is a question
#ifndef NARRDIFF_ENGINE_READ_FIND_LABELS_H_
#define NARRDIFF_ENGINE_READ_FIND_LABELS_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/base/span.h"
#include "engine/read/find_lines.h"
#include "engine/read/read_words.h"

namespace narrdiff {

struct Label {
  size_t line = 0;        // index into the lines
  Span span;              // with the colon, and with "(via interpreter)" after it
  Span name;              // without it, and without brackets and roles: "MR HALE"
  bool question = false;  // a journalist speaks
};

// Labels in the order of the text; several may stand on one line. A form that
// is not a known label must show itself to be one: by capitals, by coming again,
// or by company of known ones; within a line by standing at the start of another
// one as well. O(n): one look at each line, and one at the bytes before each
// colon.
std::vector<Label> FindLabels(std::string_view text, const std::vector<Line>& lines, const ReadWords& words);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_READ_FIND_LABELS_H_
