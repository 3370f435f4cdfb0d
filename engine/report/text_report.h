// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// A comparison as a page of text for a terminal or a file: both statements
// side by side, pair by pair, with the words that differ marked.
//
//   TextReportOptions options;
//   options.width = 60;
//   std::cout << RenderTextReport(comparison, options);
//
//   D deny, likely  .83 ----------------------------- L3-R1
//   L3 They took part in      |  R1 China firmly «opposes»
//      cyber «attacks».       |     cyber attacks.
//   why: right calls the claim groundless
//
// What is promised: the same message and options give the same bytes; nothing
// is cut off at any width; no line ends in a space; control characters of the
// input do not reach the terminal; every mark has a letter or sign as well as
// a colour, and the colours are blue and orange.
#ifndef NARRDIFF_ENGINE_REPORT_TEXT_REPORT_H_
#define NARRDIFF_ENGINE_REPORT_TEXT_REPORT_H_

#include <string>

#include "proto/narrdiff/v1/comparison.pb.h"

namespace narrdiff {

enum class TextLayout {
  kAuto,        // side by side from 80 columns on, else stacked
  kSideBySide,  // left and right in two columns
  kStacked,     // left above right
};

struct TextReportOptions {
  // Columns of the page. Range 40 to 1000 (others are brought into it).
  // Raising it makes longer, fewer lines.
  int width = 100;
  TextLayout layout = TextLayout::kAuto;
  // Colours and weights through ANSI escape sequences.
  bool color = false;
  // Columns of characters whose width Unicode leaves to the font, such as
  // curly quotes: 1, or 2 in terminals set up for East Asian text.
  int ambiguous_width = 1;
  // Also says how each score came about, with all evidence, and why each party
  // was taken for what it is.
  bool explain = false;
  // Rules, borders and marks in ASCII. Texts stay as they are.
  bool ascii = false;
  // Lists the sentences that stand in no pair.
  bool show_unaligned = true;
};

// Never fails; what a broken message lacks is left out. O(n) in the size of
// the message, about 10 ms per 1,000 pairs. Thread-safe.
std::string RenderTextReport(const v1::Comparison& comparison, const TextReportOptions& options);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_REPORT_TEXT_REPORT_H_
