// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// A comparison as one HTML file: both statements in two columns, pair by pair,
// with the words that differ marked; what only one side says; the summary.
//
//   WriteFile("report.html", RenderHtmlReport(comparison));
//   // report.html#L3-R1 is the pair of that id.
//
// What is promised: the file loads nothing and runs nothing (its content
// security policy says so), every character of the input is escaped, control
// characters are made visible, and text of either direction stays in its own
// place. Pairs carry a letter as well as a colour of the blue or orange
// family; dark and light follow the reader's setting; it prints well.
#ifndef NARRDIFF_ENGINE_REPORT_HTML_REPORT_H_
#define NARRDIFF_ENGINE_REPORT_HTML_REPORT_H_

#include <string>

#include "proto/narrdiff/v1/comparison.pb.h"

namespace narrdiff {

// Never fails; what a broken message lacks is left out. The same message gives
// the same bytes. O(n) in the size of the message. Thread-safe.
std::string RenderHtmlReport(const v1::Comparison& comparison);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_REPORT_HTML_REPORT_H_
