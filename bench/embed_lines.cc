// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Embeds the lines of standard input with the model of a directory and prints how long that took;
// bench/measure_embedding calls it. With a third argument the vectors are written there: for each line its pooled
// vector and, after the number of its tokens as a 32-bit integer, those of the tokens, all as 32-bit floats.
//
//   bazel run -c opt //bench:embed_lines -- "$PWD/.data/models/multilingual-e5-small" 0 <lines.txt
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/embed/model_embedder.h"

namespace {

double Seconds() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

void WriteVectors(const std::vector<narrdiff::Embedding>& embeddings, const char* path) {
  std::ofstream file(path, std::ios::binary);
  const auto write = [&file](const std::vector<float>& values) {
    file.write(reinterpret_cast<const char*>(values.data()),
               static_cast<std::streamsize>(values.size() * sizeof(float)));
  };
  for (const narrdiff::Embedding& embedding : embeddings) {
    write(embedding.pooled);
    const auto tokens = static_cast<int32_t>(embedding.token_spans.size());
    file.write(reinterpret_cast<const char*>(&tokens), sizeof(tokens));
    write(embedding.tokens);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2 || argc > 4) {
    std::cerr << "usage: embed_lines MODEL_DIRECTORY [THREADS [VECTORS]] <LINES\n";
    return 2;
  }
  narrdiff::ModelOptions options;
  options.directory = argv[1];
  options.threads = argc > 2 ? std::atoi(argv[2]) : 0;
  const double start = Seconds();
  const auto embedder = narrdiff::OpenModelEmbedder(options);
  if (!embedder.ok()) {
    std::cerr << embedder.status().ToString() << "\n";
    return 2;
  }
  const double opened = Seconds();
  std::vector<std::string> lines;
  for (std::string line; std::getline(std::cin, line);) lines.push_back(line);
  const std::vector<std::string_view> texts(lines.begin(), lines.end());
  narrdiff::EmbedOptions embed_options;
  embed_options.tokens = argc > 3;
  const double begin = Seconds();
  const auto embeddings = (*embedder)->Embed(texts, embed_options);
  const double end = Seconds();
  if (!embeddings.ok()) {
    std::cerr << embeddings.status().ToString() << "\n";
    return 3;
  }
  if (argc > 3) WriteVectors(*embeddings, argv[3]);
  std::cout << "{\"open_s\": " << opened - start << ", \"embed_s\": " << end - begin << ", \"lines\": " << lines.size()
            << "}\n";
  return 0;
}
