// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The laws of proto/narrdiff/v1/comparison.proto, as one check for tests.
//
//   EXPECT_EQ(BrokenLaw(comparison), "");
#ifndef NARRDIFF_ENGINE_TESTING_COMPARISON_LAWS_H_
#define NARRDIFF_ENGINE_TESTING_COMPARISON_LAWS_H_

#include <string>

#include "proto/narrdiff/v1/comparison.pb.h"

namespace narrdiff {

// What is wrong with the comparison, in words; empty when all laws hold.
std::string BrokenLaw(const v1::Comparison& comparison);

// The comparison with its sides exchanged: what comparing the statements the other way round must give, reasons left
// out (they name the sides in words) and lists sorted.
v1::Comparison Mirrored(const v1::Comparison& comparison);
// The parts of a comparison that Mirrored keeps, in the same order of lists.
v1::Comparison MirrorForm(const v1::Comparison& comparison);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_TESTING_COMPARISON_LAWS_H_
