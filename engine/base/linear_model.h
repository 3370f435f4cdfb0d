// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// A linear model with named features and named outputs, read from the text of a LinearModelText.
//
//   NARRDIFF_ASSIGN_OR_RETURN(LinearModel model, LinearModel::FromText(text, {"deny", "agree"}, {"bias",
//   "rejection"})); model.weight(0, 1) == 2.1;  Softmax({1, 0})[0] == .73;  Sigmoid(0) == .5
#ifndef NARRDIFF_ENGINE_BASE_LINEAR_MODEL_H_
#define NARRDIFF_ENGINE_BASE_LINEAR_MODEL_H_

#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace narrdiff {

class LinearModel {
 public:
  // Outputs and features are numbered as in the lists given; a weight that the text does not name is 0. Errors:
  // InvalidArgument when the text does not parse or names an output or feature that is not in the lists.
  static absl::StatusOr<LinearModel> FromText(std::string_view text, const std::vector<std::string_view>& outputs,
                                              const std::vector<std::string_view>& features);

  double weight(size_t output, size_t feature) const { return weights_[output * features_ + feature]; }
  // The sum of weights times values for one output. `values` has one number a feature.
  template <typename Values>
  double Score(size_t output, const Values& values) const {
    double sum = 0;
    for (size_t k = 0; k < features_; ++k) sum += weight(output, k) * static_cast<double>(values[k]);
    return sum;
  }

 private:
  size_t features_ = 0;
  std::vector<double> weights_;
};

double Sigmoid(double x);
std::vector<double> Softmax(const std::vector<double>& scores);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_BASE_LINEAR_MODEL_H_
