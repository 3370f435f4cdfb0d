// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Comparisons for the tests of this folder, small enough to know by heart.
//
//   v1::Comparison c = SampleComparison();   // competing, English and Chinese
//   c.pairs(1).id() == "L2,3-R1"
#ifndef NARRDIFF_ENGINE_REPORT_SAMPLE_COMPARISON_H_
#define NARRDIFF_ENGINE_REPORT_SAMPLE_COMPARISON_H_

#include <string_view>

#include "proto/narrdiff/v1/comparison.pb.h"

namespace narrdiff {

// Parses text format; a test failure and an empty message if it is wrong.
// Statement texts and sentence spans, indices and kinds that are absent are
// filled in from the sentences.
v1::Comparison ComparisonFromText(std::string_view textproto);

// Adds a word difference to pair `pair`: the first place in its sentences of
// the words given; an empty string is an absent side.
void AddWordDiff(v1::Comparison& comparison, int pair, v1::WordDiff::Kind kind, std::string_view left,
                 std::string_view right);

// Two parties on one event, the right one in Chinese: a denial, a group of two
// against one that is moved, a number, a turn-back, sentences of one side only,
// a question, issues, and every table of the summary.
v1::Comparison SampleComparison();

// Two versions of one statement with a sentence missing on either side.
v1::Comparison ParallelComparison();

// Every field that a view prints holds markup, escape sequences, bidi
// overrides, control characters and line ends.
v1::Comparison HostileComparison();

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_REPORT_SAMPLE_COMPARISON_H_
