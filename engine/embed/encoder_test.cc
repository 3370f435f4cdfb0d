// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/embed/encoder.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "engine/embed/testing/tiny_model.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

using ::testing::HasSubstr;
using Rows = std::vector<std::vector<double>>;

EncoderConfig ConfigOf(const TinyModel& model) {
  EncoderConfig config;
  config.hidden_size = model.hidden_size;
  config.layers = model.layers;
  config.heads = model.heads;
  config.intermediate_size = model.intermediate_size;
  config.positions = model.positions;
  return config;
}

std::unique_ptr<Tensors> OpenTensors(const std::map<std::string, TinyModel::Tensor>& tensors) {
  const std::string path = testing::TempDir() + "/encoder_test.safetensors";
  WriteFile(path, Safetensors(tensors));
  auto opened = Tensors::Open(path);
  EXPECT_TRUE(opened.ok()) << opened.status();
  return *std::move(opened);
}

// The encoder as its paper writes it, in doubles and without a thought of speed.
class PlainEncoder {
 public:
  explicit PlainEncoder(const TinyModel& model) : model_(model), tensors_(model.Tensors()) {}

  Rows Encode(const std::vector<int32_t>& ids, int first_position) {
    Rows x;
    for (size_t t = 0; t < ids.size(); ++t) {
      std::vector<double> row;
      for (int i = 0; i < model_.hidden_size; ++i) {
        row.push_back(At("embeddings.word_embeddings.weight", ids[t] * model_.hidden_size + i) +
                      At("embeddings.position_embeddings.weight",
                         (static_cast<int>(t) + first_position) * model_.hidden_size + i) +
                      At("embeddings.token_type_embeddings.weight", i));
      }
      x.push_back(row);
    }
    Normalize("embeddings.LayerNorm", x);
    for (int l = 0; l < model_.layers; ++l) {
      const std::string layer = "encoder.layer." + std::to_string(l) + ".";
      AddTo(x, Linear(layer + "attention.output.dense", Attend(layer, x), model_.hidden_size));
      Normalize(layer + "attention.output.LayerNorm", x);
      Rows wide = Linear(layer + "intermediate.dense", x, model_.intermediate_size);
      for (auto& row : wide) {
        for (double& v : row) v *= 0.5 * (1 + std::erf(v / std::sqrt(2.0)));
      }
      AddTo(x, Linear(layer + "output.dense", wide, model_.hidden_size));
      Normalize(layer + "output.LayerNorm", x);
    }
    return x;
  }

 private:
  double At(const std::string& name, int i) { return tensors_.at(name).values[static_cast<size_t>(i)]; }

  Rows Linear(const std::string& name, const Rows& x, int outputs) {
    Rows y;
    for (const auto& row : x) {
      y.emplace_back();
      for (int o = 0; o < outputs; ++o) {
        double sum = At(name + ".bias", o);
        for (size_t i = 0; i < row.size(); ++i) {
          sum += row[i] * At(name + ".weight", o * static_cast<int>(row.size()) + static_cast<int>(i));
        }
        y.back().push_back(sum);
      }
    }
    return y;
  }

  void Normalize(const std::string& name, Rows& x) {
    for (auto& row : x) {
      double mean = 0, variance = 0;
      for (const double v : row) mean += v / static_cast<double>(row.size());
      for (const double v : row) variance += (v - mean) * (v - mean) / static_cast<double>(row.size());
      for (size_t i = 0; i < row.size(); ++i) {
        row[i] = (row[i] - mean) / std::sqrt(variance) * At(name + ".weight", static_cast<int>(i)) +
                 At(name + ".bias", static_cast<int>(i));
      }
    }
  }

  Rows Attend(const std::string& layer, const Rows& x) {
    const Rows q = Linear(layer + "attention.self.query", x, model_.hidden_size);
    const Rows k = Linear(layer + "attention.self.key", x, model_.hidden_size);
    const Rows v = Linear(layer + "attention.self.value", x, model_.hidden_size);
    Rows context(x.size(), std::vector<double>(static_cast<size_t>(model_.hidden_size), 0.0));
    const int head_size = model_.hidden_size / model_.heads;
    for (int head = 0; head < model_.heads; ++head) {
      for (size_t t = 0; t < x.size(); ++t) {
        std::vector<double> weights(x.size(), 0.0);
        double total = 0;
        for (size_t s = 0; s < x.size(); ++s) {
          double dot = 0;
          for (int e = head * head_size; e < (head + 1) * head_size; ++e) dot += q[t][e] * k[s][e];
          total += weights[s] = std::exp(dot / std::sqrt(head_size));
        }
        for (size_t s = 0; s < x.size(); ++s) {
          for (int e = head * head_size; e < (head + 1) * head_size; ++e) context[t][e] += weights[s] / total * v[s][e];
        }
      }
    }
    return context;
  }

  static void AddTo(Rows& x, const Rows& y) {
    for (size_t t = 0; t < x.size(); ++t) {
      for (size_t i = 0; i < x[t].size(); ++i) x[t][i] += y[t][i];
    }
  }

  TinyModel model_;
  std::map<std::string, TinyModel::Tensor> tensors_;
};

TEST(Encoder, DoesWhatThePaperSays) {
  for (const int first_position : {0, 2}) {
    const TinyModel model;
    EncoderConfig config = ConfigOf(model);
    config.first_position = first_position;
    const auto tensors = OpenTensors(model.Tensors());
    const auto encoder = Encoder::Create(config, *tensors, nullptr);
    ASSERT_TRUE(encoder.ok()) << encoder.status();
    EXPECT_EQ(encoder->vocabulary_size(), model.vocabulary_size());
    EXPECT_EQ(encoder->max_tokens(), 40 - first_position);
    std::vector<std::vector<int32_t>> sequences = {{0, 5, 8, 9, 10, 2}, {0, 2}, {0}};
    std::vector<int32_t> longest;
    for (int i = 0; i < 38; ++i) longest.push_back(i % model.vocabulary_size());
    sequences.push_back(longest);
    const std::vector<absl::Span<const int32_t>> views(sequences.begin(), sequences.end());
    Encoder::Workspace workspace;
    encoder->Encode(views, workspace);
    const float* states = workspace.hidden.data();
    Encoder::Workspace alone;
    for (const auto& sequence : sequences) {
      const Rows expected = PlainEncoder(model).Encode(sequence, first_position);
      for (size_t t = 0; t < sequence.size(); ++t) {
        for (int i = 0; i < model.hidden_size; ++i) {
          EXPECT_NEAR(states[t * model.hidden_size + i], expected[t][i], 0.02) << t << " " << i;
        }
      }
      // The same bits without company.
      const absl::Span<const int32_t> view(sequence);
      encoder->Encode({&view, 1}, alone);
      EXPECT_EQ(std::memcmp(alone.hidden.data(), states, alone.hidden.size() * sizeof(float)), 0);
      states += sequence.size() * static_cast<size_t>(model.hidden_size);
    }
  }
}

TEST(Encoder, TensorsMayStandUnderTheNameOfTheModel) {
  const TinyModel model;
  std::map<std::string, TinyModel::Tensor> prefixed;
  for (const auto& [name, tensor] : model.Tensors()) prefixed["roberta." + name] = tensor;
  EXPECT_TRUE(Encoder::Create(ConfigOf(model), *OpenTensors(prefixed), nullptr).ok());
}

TEST(Encoder, UnfitTensorsAreRefused) {
  struct Case {
    const char* name;
    void (*change)(std::map<std::string, TinyModel::Tensor>&);
    const char* message;
  };
  using All = std::map<std::string, TinyModel::Tensor>;
  const Case cases[] = {
      {"no words", [](All& t) { t.erase("embeddings.word_embeddings.weight"); },
       "no tensor embeddings.word_embeddings"},
      {"a layer missing", [](All& t) { t.erase("encoder.layer.1.output.dense.bias"); },
       "no tensor encoder.layer.1.out"},
      {"other shape",
       [](All& t) {
         t["encoder.layer.0.output.dense.bias"].shape = {16, 2};
       },
       "is 16 x 2 and not 1 x 32"},
      {"no number", [](All& t) { t["encoder.layer.0.output.dense.bias"].values[3] = 0.0f / 0.0f; }, "not a number"},
  };
  const TinyModel model;
  for (const Case& c : cases) {
    All tensors = model.Tensors();
    c.change(tensors);
    const auto opened = OpenTensors(tensors);
    const auto encoder = Encoder::Create(ConfigOf(model), *opened, nullptr);
    EXPECT_EQ(encoder.status().code(), absl::StatusCode::kFailedPrecondition) << c.name;
    EXPECT_THAT(std::string(encoder.status().message()), HasSubstr(c.message)) << c.name;
  }
}

}  // namespace
}  // namespace narrdiff
