// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/base/linear_model.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "absl/strings/str_cat.h"
#include "engine/base/linear_model.pb.h"
#include "google/protobuf/text_format.h"

namespace narrdiff {

absl::StatusOr<LinearModel> LinearModel::FromText(std::string_view text, const std::vector<std::string_view>& outputs,
                                                  const std::vector<std::string_view>& features) {
  LinearModelText parsed;
  if (!google::protobuf::TextFormat::ParseFromString(std::string(text), &parsed)) {
    return absl::InvalidArgumentError("weights: not a LinearModelText; see engine/base/linear_model.proto");
  }
  LinearModel model;
  model.features_ = features.size();
  model.weights_.assign(outputs.size() * features.size(), 0);
  for (const LinearModelText::Output& output : parsed.output()) {
    const auto o = std::find(outputs.begin(), outputs.end(), output.name());
    if (o == outputs.end()) return absl::InvalidArgumentError(absl::StrCat("weights: unknown output ", output.name()));
    for (const LinearModelText::Weight& weight : output.weight()) {
      const auto f = std::find(features.begin(), features.end(), weight.feature());
      if (f == features.end()) {
        return absl::InvalidArgumentError(absl::StrCat("weights: unknown feature ", weight.feature()));
      }
      model.weights_[static_cast<size_t>(o - outputs.begin()) * features.size() +
                     static_cast<size_t>(f - features.begin())] = weight.value();
    }
  }
  return model;
}

double Sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

std::vector<double> Softmax(const std::vector<double>& scores) {
  std::vector<double> out(scores.size());
  if (scores.empty()) return out;
  const double top = *std::max_element(scores.begin(), scores.end());
  double sum = 0;
  for (size_t k = 0; k < scores.size(); ++k) sum += out[k] = std::exp(scores[k] - top);
  for (double& p : out) p /= sum;
  return out;
}

}  // namespace narrdiff
