// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// A model small enough to be made in a test: a few pieces, two layers, weights from a formula.
//
//   const TinyModel model;
//   WriteTinyModel(model, directory);    // config.json, model.safetensors, sentencepiece.bpe.model
#ifndef NARRDIFF_ENGINE_EMBED_TESTING_TINY_MODEL_H_
#define NARRDIFF_ENGINE_EMBED_TESTING_TINY_MODEL_H_

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace narrdiff {

struct TinyModel {
  int hidden_size = 32;
  int layers = 2;
  int heads = 2;
  int intermediate_size = 48;
  int positions = 40;
  // After <unk>, <s> and </s>; "_" stands for SentencePiece's mark of a space.
  std::vector<std::pair<std::string, float>> pieces = {
      {"_", -3},      {"_we", -4}, {"_de", -5},    {"ny", -5.5},   {"_deny", -6},        {"_it", -4},
      {".", -2},      {"e", -6},   {"\u6211", -5}, {"\u4eec", -5}, {"\u6211\u4eec", -7}, {"\u5426\u8ba4", -7},
      {"\u3002", -3}, {"d", -6},   {"n", -6}};

  struct Tensor {
    std::vector<int64_t> shape;
    std::vector<float> values;
  };
  // By the names of model hubs.
  std::map<std::string, Tensor> Tensors() const;
  std::string Config() const;
  std::string Tokenizer() const;
  int vocabulary_size() const {
    return static_cast<int>(pieces.size()) + 5;
  }  // <s> <pad> </s> <unk>, <mask> at the end
};

// A file in the form .safetensors, of 32-bit floats.
std::string Safetensors(const std::map<std::string, TinyModel::Tensor>& tensors);

void WriteFile(const std::string& path, const std::string& bytes);

// Makes the directory and those above it.
void WriteTinyModel(const TinyModel& model, const std::string& directory);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_EMBED_TESTING_TINY_MODEL_H_
