// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/embed/testing/tiny_model.h"

#include <filesystem>
#include <fstream>

#include "engine/embed/sentencepiece_model.pb.h"
#include "nlohmann/json.hpp"

namespace narrdiff {
namespace {

// Numbers that look random, between -1 and 1.
class Noise {
 public:
  float Next() {
    state_ = state_ * 1664525u + 1013904223u;
    return static_cast<float>(state_ >> 8) / 8388608.0f - 1.0f;
  }

 private:
  uint32_t state_ = 7;
};

}  // namespace

std::map<std::string, TinyModel::Tensor> TinyModel::Tensors() const {
  Noise noise;
  std::map<std::string, Tensor> tensors;
  const auto add = [&](const std::string& name, const std::vector<int64_t>& shape, float center, float spread) {
    size_t count = 1;
    for (const int64_t length : shape) count *= static_cast<size_t>(length);
    Tensor& tensor = tensors[name];
    tensor.shape = shape;
    for (size_t i = 0; i < count; ++i) tensor.values.push_back(center + spread * noise.Next());
  };
  const auto add_norm = [&](const std::string& name) {
    add(name + ".weight", {hidden_size}, 1.0f, 0.2f);
    add(name + ".bias", {hidden_size}, 0.0f, 0.1f);
  };
  const auto add_linear = [&](const std::string& name, int outputs, int inputs) {
    add(name + ".weight", {outputs, inputs}, 0.0f, 0.4f);
    add(name + ".bias", {outputs}, 0.0f, 0.1f);
  };
  add("embeddings.word_embeddings.weight", {vocabulary_size(), hidden_size}, 0.0f, 1.0f);
  add("embeddings.position_embeddings.weight", {positions, hidden_size}, 0.0f, 0.3f);
  add("embeddings.token_type_embeddings.weight", {2, hidden_size}, 0.0f, 0.1f);
  add_norm("embeddings.LayerNorm");
  for (int l = 0; l < layers; ++l) {
    const std::string layer = "encoder.layer." + std::to_string(l) + ".";
    for (const char* name : {"attention.self.query", "attention.self.key", "attention.self.value"}) {
      add_linear(layer + name, hidden_size, hidden_size);
    }
    add_linear(layer + "attention.output.dense", hidden_size, hidden_size);
    add_norm(layer + "attention.output.LayerNorm");
    add_linear(layer + "intermediate.dense", intermediate_size, hidden_size);
    add_linear(layer + "output.dense", hidden_size, intermediate_size);
    add_norm(layer + "output.LayerNorm");
  }
  return tensors;
}

std::string TinyModel::Config() const {
  return nlohmann::json{{"model_type", "bert"},
                        {"hidden_size", hidden_size},
                        {"num_hidden_layers", layers},
                        {"num_attention_heads", heads},
                        {"intermediate_size", intermediate_size},
                        {"max_position_embeddings", positions},
                        {"layer_norm_eps", 1e-12}}
      .dump();
}

std::string TinyModel::Tokenizer() const {
  sentencepiece::Model model;
  const auto add = [&model](const std::string& text, float score, sentencepiece::Model::Piece::Type type) {
    sentencepiece::Model::Piece& piece = *model.add_pieces();
    piece.set_piece(text);
    piece.set_score(score);
    piece.set_type(type);
  };
  add("<unk>", 0, sentencepiece::Model::Piece::UNKNOWN);
  add("<s>", 0, sentencepiece::Model::Piece::CONTROL);
  add("</s>", 0, sentencepiece::Model::Piece::CONTROL);
  for (const auto& [text, score] : pieces) {
    add(text[0] == '_' ? "\u2581" + text.substr(1) : text, score, sentencepiece::Model::Piece::NORMAL);
  }
  return model.SerializeAsString();
}

std::string Safetensors(const std::map<std::string, TinyModel::Tensor>& tensors) {
  nlohmann::json header = nlohmann::json::object();
  std::string data;
  for (const auto& [name, tensor] : tensors) {
    const size_t begin = data.size();
    data.append(reinterpret_cast<const char*>(tensor.values.data()), tensor.values.size() * sizeof(float));
    header[name] = {{"dtype", "F32"}, {"shape", tensor.shape}, {"data_offsets", {begin, data.size()}}};
  }
  const std::string text = header.dump();
  const uint64_t size = text.size();
  return std::string(reinterpret_cast<const char*>(&size), sizeof(size)) + text + data;
}

void WriteFile(const std::string& path, const std::string& bytes) {
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

void WriteTinyModel(const TinyModel& model, const std::string& directory) {
  WriteFile(directory + "/config.json", model.Config());
  WriteFile(directory + "/model.safetensors", Safetensors(model.Tensors()));
  WriteFile(directory + "/sentencepiece.bpe.model", model.Tokenizer());
}

}  // namespace narrdiff
