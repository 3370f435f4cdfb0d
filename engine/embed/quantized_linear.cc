// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/embed/quantized_linear.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "engine/base/fast_loops.h"

namespace narrdiff {
namespace {

constexpr int kOutputsPerBlock = 16;
constexpr int kRowsPerTile = 6;  // with two vectors of sums each, all stays in the sixteen registers of AVX2
constexpr int kGreatest = 2047;  // of a quantised value
// Products of two quantised values that fit into a 32-bit sum: 512 * 2047 * 2047 < 2^31. As pairs.
constexpr int kPairsPerSum = 256;

int RoundUp(int value, int multiple) { return (value + multiple - 1) / multiple * multiple; }

// Adding and taking away 1.5 * 2^23 rounds a float below 2^22 in size to the nearest whole number, ties to even, in a
// way that compilers turn into vector instructions.
constexpr float kRounder = 12582912.0f;

// Writes one row of `columns` floats as whole numbers; returns the scale.
NARRDIFF_FAST_LOOPS float QuantizeRow(const float* values, int columns, int16_t* quantized) {
  float greatest = 0;
  for (int i = 0; i < columns; ++i) greatest = std::max(greatest, std::abs(values[i]));
  const float scale = greatest / kGreatest;
  // Below the normal numbers the quotient would overflow; such a row is nothing.
  const float inverse = scale > 1e-35f ? 1.0f / scale : 0.0f;
  for (int i = 0; i < columns; ++i) {
    quantized[i] = static_cast<int16_t>(static_cast<int32_t>((values[i] * inverse + kRounder) - kRounder));
  }
  return scale;
}

// The sums of `kRows` rows with one block of outputs, over `pairs` pairs of inputs.
template <int kRows>
void MultiplyPortably(const int16_t* x, int x_stride, const int16_t* weights, int pairs,
                      int32_t (*sums)[kOutputsPerBlock]) {
  std::memset(sums, 0, sizeof(int32_t) * kOutputsPerBlock * kRows);
  for (int p = 0; p < pairs; ++p, weights += 2 * kOutputsPerBlock) {
    for (int r = 0; r < kRows; ++r) {
      const int32_t first = x[r * x_stride + 2 * p];
      const int32_t second = x[r * x_stride + 2 * p + 1];
      for (int o = 0; o < kOutputsPerBlock; ++o) {
        sums[r][o] += first * weights[2 * o] + second * weights[2 * o + 1];
      }
    }
  }
}

#if defined(__x86_64__)
template <int kRows>
__attribute__((target("avx2"))) void MultiplyWithAvx2(const int16_t* x, int x_stride, const int16_t* weights, int pairs,
                                                      int32_t (*sums)[kOutputsPerBlock]) {
  __m256i low[kRows], high[kRows];
  NARRDIFF_UNROLL for (int r = 0; r < kRows; ++r) low[r] = high[r] = _mm256_setzero_si256();
  for (int p = 0; p < pairs; ++p, weights += 2 * kOutputsPerBlock) {
    const __m256i first = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(weights));
    const __m256i second = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(weights + kOutputsPerBlock));
    NARRDIFF_UNROLL for (int r = 0; r < kRows; ++r) {
      int32_t pair;
      std::memcpy(&pair, x + r * x_stride + 2 * p, sizeof(pair));
      const __m256i both = _mm256_set1_epi32(pair);
      low[r] = _mm256_add_epi32(low[r], _mm256_madd_epi16(first, both));
      high[r] = _mm256_add_epi32(high[r], _mm256_madd_epi16(second, both));
    }
  }
  NARRDIFF_UNROLL for (int r = 0; r < kRows; ++r) {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(sums[r]), low[r]);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(sums[r] + kOutputsPerBlock / 2), high[r]);
  }
}
#endif

// What becomes of the sums of a tile: they are added to `to` ([rows][stride]) unless they are the `first`, and after
// the `last` the scales of row and output and the bias come in.
NARRDIFF_FAST_LOOPS void AddTile(const int32_t (*sums)[kOutputsPerBlock], int rows, int outputs, bool first, bool last,
                                 const float* row_scales, const float* scales, const float* bias, int stride,
                                 float* to) {
  for (int r = 0; r < rows; ++r, to += stride) {
    for (int i = 0; i < outputs; ++i) to[i] = (first ? 0.0f : to[i]) + static_cast<float>(sums[r][i]);
    for (int i = 0; last && i < outputs; ++i) to[i] = to[i] * (row_scales[r] * scales[i]) + bias[i];
  }
}

}  // namespace

void QuantizedRows::Assign(const float* values, int rows, int columns) {
  rows_ = rows;
  stride_ = RoundUp(columns, 2);
  values_.resize(static_cast<size_t>(rows) * stride_);
  scales_.resize(static_cast<size_t>(rows));
  for (int r = 0; r < rows; ++r) {
    int16_t* row = values_.data() + static_cast<size_t>(r) * stride_;
    scales_[r] = QuantizeRow(values + static_cast<size_t>(r) * columns, columns, row);
    if (stride_ > columns) row[columns] = 0;
  }
}

QuantizedLinear::QuantizedLinear(int outputs, int inputs, const float* weights, const float* bias)
    : outputs_(outputs), inputs_(inputs), stride_(RoundUp(inputs, 2)) {
  const int padded = RoundUp(outputs, kOutputsPerBlock);
  weights_.assign(static_cast<size_t>(padded) * stride_, 0);
  scales_.assign(static_cast<size_t>(padded), 0.0f);
  bias_.assign(static_cast<size_t>(padded), 0.0f);
  std::copy(bias, bias + outputs, bias_.begin());
  std::vector<int16_t> row(static_cast<size_t>(stride_), 0);
  for (int o = 0; o < outputs; ++o) {
    scales_[o] = QuantizeRow(weights + static_cast<size_t>(o) * inputs, inputs, row.data());
    int16_t* to = weights_.data() + static_cast<size_t>(o / kOutputsPerBlock) * kOutputsPerBlock * stride_ +
                  2 * (o % kOutputsPerBlock);
    for (int i = 0; i < stride_; i += 2, to += 2 * kOutputsPerBlock) std::memcpy(to, &row[i], 2 * sizeof(int16_t));
  }
}

void QuantizedLinear::Apply(const QuantizedRows& x, float* y) const {
#if defined(__x86_64__)
  // By the number of rows less one, as below.
  constexpr Multiply kAvx2[kRowsPerTile] = {MultiplyWithAvx2<1>, MultiplyWithAvx2<2>, MultiplyWithAvx2<3>,
                                            MultiplyWithAvx2<4>, MultiplyWithAvx2<5>, MultiplyWithAvx2<6>};
  if (__builtin_cpu_supports("avx2")) return ApplyWith(kAvx2, x, y);
#endif
  ApplyPortably(x, y);
}

void QuantizedLinear::ApplyPortably(const QuantizedRows& x, float* y) const {
  constexpr Multiply kPortable[kRowsPerTile] = {MultiplyPortably<1>, MultiplyPortably<2>, MultiplyPortably<3>,
                                                MultiplyPortably<4>, MultiplyPortably<5>, MultiplyPortably<6>};
  ApplyWith(kPortable, x, y);
}

void QuantizedLinear::ApplyWith(const Multiply* multiply, const QuantizedRows& x, float* y) const {
  const int pairs = stride_ / 2;
  int32_t sums[kRowsPerTile][kOutputsPerBlock];
  // One block of outputs at a time over all rows, so that its weights stay in the nearest cache.
  for (int o = 0; o < outputs_; o += kOutputsPerBlock) {
    const int outputs = std::min(kOutputsPerBlock, outputs_ - o);
    const int16_t* block = weights_.data() + static_cast<size_t>(o) * stride_;
    for (int p = 0; p < pairs; p += kPairsPerSum) {
      const int width = std::min(kPairsPerSum, pairs - p);
      const bool last = p + width == pairs;
      for (int r = 0; r < x.rows(); r += kRowsPerTile) {
        const int rows = std::min(kRowsPerTile, x.rows() - r);
        multiply[rows - 1](x.values() + static_cast<size_t>(r) * stride_ + 2 * p, stride_,
                           block + static_cast<size_t>(p) * 2 * kOutputsPerBlock, width, sums);
        AddTile(sums, rows, outputs, p == 0, last, x.scales() + r, &scales_[o], &bias_[o], outputs_,
                y + static_cast<size_t>(r) * outputs_ + o);
      }
    }
  }
}

}  // namespace narrdiff
