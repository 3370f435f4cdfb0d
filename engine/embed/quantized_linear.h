// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// y = W x + b in whole numbers: weights and inputs are 12-bit integers, each row with a scale of its own (symmetric
// quantisation per output and per token, as in Jacob et al., CVPR 2018), multiplied and summed exactly in 32 bits.
// Whole numbers do twice the multiplications of floats in one instruction, and as their sums are exact, a row's result
// has the same bits on every processor and whatever rows stand beside it.
//
//   QuantizedLinear layer(2, 4, weights, bias);   // W is [outputs][inputs], row-major
//   QuantizedRows rows;
//   rows.Assign(x, /*rows=*/3, /*columns=*/4);
//   layer.Apply(rows, y);                         // y is [3][2]
#ifndef NARRDIFF_ENGINE_EMBED_QUANTIZED_LINEAR_H_
#define NARRDIFF_ENGINE_EMBED_QUANTIZED_LINEAR_H_

#include <cstdint>
#include <vector>

namespace narrdiff {

// Rows of floats as 12-bit integers and one scale a row. Reused, it keeps its memory.
class QuantizedRows {
 public:
  // Takes [rows][columns] finite floats; the greatest of a row in size becomes 2047. O(rows * columns).
  void Assign(const float* values, int rows, int columns);
  int rows() const { return rows_; }
  // Columns, rounded up to an even number; what was added is 0.
  int stride() const { return stride_; }
  const int16_t* values() const { return values_.data(); }
  const float* scales() const { return scales_.data(); }

 private:
  int rows_ = 0;
  int stride_ = 0;
  std::vector<int16_t> values_;  // [rows][stride]
  std::vector<float> scales_;    // [rows]
};

// Immutable and thread-safe.
class QuantizedLinear {
 public:
  QuantizedLinear() = default;
  // `weights` is [outputs][inputs] and `bias` [outputs], all finite; both are copied. O(outputs * inputs).
  QuantizedLinear(int outputs, int inputs, const float* weights, const float* bias);
  int outputs() const { return outputs_; }
  int inputs() const { return inputs_; }
  // Writes [x.rows()][outputs] to `y`. x has inputs() columns. O(rows * outputs * inputs).
  void Apply(const QuantizedRows& x, float* y) const;
  // The same bits without the instructions that only some processors have.
  void ApplyPortably(const QuantizedRows& x, float* y) const;

 private:
  // Sums of a few rows with one block of outputs; see the .cc file.
  using Multiply = void (*)(const int16_t*, int, const int16_t*, int, int32_t (*)[16]);
  void ApplyWith(const Multiply* multiply, const QuantizedRows& x, float* y) const;

  int outputs_ = 0;
  int inputs_ = 0;
  int stride_ = 0;                // inputs, rounded up to an even number
  std::vector<int16_t> weights_;  // [blocks of 16 outputs][stride / 2][16][2], so that one load serves 8 outputs
  std::vector<float> scales_;     // [outputs, rounded up to 16]
  std::vector<float> bias_;       // likewise
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_EMBED_QUANTIZED_LINEAR_H_
