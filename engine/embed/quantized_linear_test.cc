// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/embed/quantized_linear.h"

#include <cmath>
#include <cstring>
#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace narrdiff {
namespace {

std::vector<float> RandomValues(size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal;
  std::vector<float> values(count);
  for (float& value : values) value = normal(random);
  return values;
}

TEST(QuantizedLinear, ApiExamples) {
  const float weights[] = {1, 0, 0, 0, 0.5f, 0.5f, 0, -1};
  const float bias[] = {10, 20};
  const float x[] = {1, 2, 3, 4, 0, 0, 0, 0, -4, 8, 0, 2};
  QuantizedLinear layer(2, 4, weights, bias);
  QuantizedRows rows;
  rows.Assign(x, 3, 4);
  float y[6];
  layer.Apply(rows, y);
  const float expected[] = {11, 17.5f, 10, 20, 6, 20};
  for (int i = 0; i < 6; ++i) EXPECT_NEAR(y[i], expected[i], 0.01) << i;
}

TEST(QuantizedLinear, IsCloseToFloatsAndTheSameOnEveryProcessor) {
  struct Case {
    int rows, outputs, inputs;
  };
  // Whole and broken tiles, blocks and pairs; more inputs than one 32-bit sum takes.
  for (const Case& c :
       std::vector<Case>{{1, 16, 2}, {6, 16, 32}, {7, 17, 33}, {13, 48, 384}, {5, 3, 1}, {4, 20, 1537}}) {
    SCOPED_TRACE(testing::Message() << c.rows << " " << c.outputs << " " << c.inputs);
    const std::vector<float> weights = RandomValues(static_cast<size_t>(c.outputs * c.inputs), 1);
    const std::vector<float> bias = RandomValues(static_cast<size_t>(c.outputs), 2);
    const std::vector<float> x = RandomValues(static_cast<size_t>(c.rows * c.inputs), 3);
    const QuantizedLinear layer(c.outputs, c.inputs, weights.data(), bias.data());
    QuantizedRows rows;
    rows.Assign(x.data(), c.rows, c.inputs);
    std::vector<float> y(static_cast<size_t>(c.rows * c.outputs)), portable(y.size());
    layer.Apply(rows, y.data());
    layer.ApplyPortably(rows, portable.data());
    EXPECT_EQ(std::memcmp(y.data(), portable.data(), y.size() * sizeof(float)), 0);
    for (int r = 0; r < c.rows; ++r) {
      for (int o = 0; o < c.outputs; ++o) {
        double sum = bias[o];
        for (int i = 0; i < c.inputs; ++i) sum += static_cast<double>(x[r * c.inputs + i]) * weights[o * c.inputs + i];
        EXPECT_NEAR(y[r * c.outputs + o], sum, 0.003 * std::sqrt(c.inputs) + 1e-3);
      }
    }
    // A row alone gives the bits that it gives in company.
    for (int r = 0; r < c.rows; ++r) {
      std::vector<float> alone(static_cast<size_t>(c.outputs));
      rows.Assign(x.data() + r * c.inputs, 1, c.inputs);
      layer.Apply(rows, alone.data());
      EXPECT_EQ(std::memcmp(alone.data(), y.data() + r * c.outputs, alone.size() * sizeof(float)), 0) << r;
    }
  }
}

TEST(QuantizedLinear, GreatestValuesDoNotOverflow) {
  const int inputs = 2048;
  const std::vector<float> ones(inputs, 1.0f);
  const float bias = 0;
  const QuantizedLinear layer(1, inputs, ones.data(), &bias);
  QuantizedRows rows;
  rows.Assign(ones.data(), 1, inputs);
  float y = 0;
  layer.Apply(rows, &y);
  EXPECT_NEAR(y, inputs, 0.1);
}

TEST(QuantizedLinear, TinyAndZeroRows) {
  const float weights[] = {1, 1};
  const float bias = 3;
  const QuantizedLinear layer(1, 2, weights, &bias);
  for (const float value : {0.0f, 1e-40f, -1e-38f}) {
    const float x[] = {value, value};
    QuantizedRows rows;
    rows.Assign(x, 1, 2);
    float y = 0;
    layer.Apply(rows, &y);
    EXPECT_EQ(y, 3) << value;
  }
}

}  // namespace
}  // namespace narrdiff
