// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// NARRDIFF_FAST_LOOPS before a function of loops over floats has it compiled twice, for any processor and for those
// with AVX2, and the loader chooses. Vectors of another width change no result: the build forbids fused multiply-add
// where this is used, and sums run over a fixed number of partial sums.
//
//   NARRDIFF_FAST_LOOPS void Halve(float* values, int size) { for (int i = 0; i < size; ++i) values[i] *= 0.5f; }
#ifndef NARRDIFF_ENGINE_BASE_FAST_LOOPS_H_
#define NARRDIFF_ENGINE_BASE_FAST_LOOPS_H_

// Sanitizers are not ready yet when the loader chooses.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define NARRDIFF_FAST_LOOPS __attribute__((target_clones("avx2", "default")))
#else
#define NARRDIFF_FAST_LOOPS
#endif

// For what such functions call: it has to become part of each of the two.
#define NARRDIFF_FAST_LOOPS_PART inline __attribute__((always_inline))

// Before a loop of a small, constant number of rounds: GCC keeps arrays that it indexes in registers only if it unrolls
// the loop early; Clang does so by itself.
#if defined(__clang__)
#define NARRDIFF_UNROLL
#else
#define NARRDIFF_UNROLL _Pragma("GCC unroll 8")
#endif

#endif  // NARRDIFF_ENGINE_BASE_FAST_LOOPS_H_
