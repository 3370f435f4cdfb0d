// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/base/linear_model.h"

#include <array>
#include <string>

#include "gtest/gtest.h"

namespace narrdiff {
namespace {

constexpr char kText[] =
    "output { name: 'deny' weight { feature: 'rejection' value: 2.1 } weight { feature: 'bias' value: -1 } }";

TEST(LinearModel, ApiExamples) {
  const auto model = LinearModel::FromText(kText, {"deny", "agree"}, {"bias", "rejection"});
  ASSERT_TRUE(model.ok()) << model.status();
  EXPECT_DOUBLE_EQ(model->weight(0, 1), 2.1);
  EXPECT_DOUBLE_EQ(model->weight(1, 1), 0);
  EXPECT_NEAR(model->Score(0, std::array<float, 2>{1, 1}), 1.1, 1e-6);
  EXPECT_NEAR(Softmax({1, 0})[0], .731, .001);
  EXPECT_DOUBLE_EQ(Sigmoid(0), .5);
}

TEST(LinearModel, NamesWhatItDoesNotKnow) {
  const auto feature = LinearModel::FromText(kText, {"deny"}, {"bias"});
  ASSERT_FALSE(feature.ok());
  EXPECT_NE(std::string(feature.status().message()).find("rejection"), std::string::npos);
  EXPECT_FALSE(LinearModel::FromText(kText, {"agree"}, {"bias", "rejection"}).ok());
  EXPECT_FALSE(LinearModel::FromText("output {", {}, {}).ok());
}

}  // namespace
}  // namespace narrdiff
