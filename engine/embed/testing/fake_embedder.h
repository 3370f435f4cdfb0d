// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// An embedder without a model: a text's vectors are made of the SHA-256 of its bytes and of its words, and every call
// is counted.
//
//   FakeEmbedder embedder;
//   embedder.Embed({"We deny it."}, {});
//   embedder.embedded() == 1
#ifndef NARRDIFF_ENGINE_EMBED_TESTING_FAKE_EMBEDDER_H_
#define NARRDIFF_ENGINE_EMBED_TESTING_FAKE_EMBEDDER_H_

#include <atomic>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "engine/base/sha256.h"
#include "engine/embed/embedder.h"

namespace narrdiff {

class FakeEmbedder : public Embedder {
 public:
  explicit FakeEmbedder(int32_t dimensions = 8, std::string hash = "fake", bool has_tokens = true) {
    info_.name = "fake-model";
    info_.hash = std::move(hash);
    info_.dimensions = dimensions;
    info_.has_tokens = has_tokens;
  }

  const EmbedderInfo& info() const override { return info_; }

  absl::StatusOr<std::vector<Embedding>> Embed(absl::Span<const std::string_view> texts,
                                               const EmbedOptions& options) const override {
    if (!trouble.ok() && ++calls_ >= trouble_from_call) return trouble;
    std::vector<Embedding> embeddings;
    for (const std::string_view text : texts) {
      if (options.progress && !options.progress(static_cast<int64_t>(embeddings.size()))) {
        return absl::CancelledError("interrupted");
      }
      Embedding& embedding = embeddings.emplace_back();
      AppendVector(text, embedding.pooled);
      for (size_t begin = 0; options.tokens && begin < text.size();) {
        const size_t end = std::min(text.find(' ', begin), text.size());
        if (end > begin) {
          AppendVector(text.substr(begin, end - begin), embedding.tokens);
          embedding.token_spans.push_back({static_cast<int32_t>(begin), static_cast<int32_t>(end)});
        }
        begin = end + 1;
      }
      ++embedded_;
    }
    return embeddings;
  }

  // How many texts were embedded so far.
  int64_t embedded() const { return embedded_; }

  absl::Status trouble;           // what Embed fails with; OK: it does not
  int64_t trouble_from_call = 1;  // the first call that fails, counted from 1

 private:
  void AppendVector(std::string_view text, std::vector<float>& to) const {
    const size_t begin = to.size();
    float square = 0;
    // The digest starts Knuth's linear congruential generator.
    uint64_t state = std::stoull(Sha256Hex(text).substr(0, 16), nullptr, 16);
    while (to.size() < begin + static_cast<size_t>(info_.dimensions)) {
      state = state * 6364136223846793005u + 1442695040888963407u;
      const float value = static_cast<float>(state >> 40) - static_cast<float>(1 << 23);
      to.push_back(value);
      square += value * value;
    }
    for (size_t k = begin; k < to.size(); ++k) to[k] /= std::sqrt(square);
  }

  EmbedderInfo info_;
  mutable std::atomic<int64_t> embedded_{0}, calls_{0};
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_EMBED_TESTING_FAKE_EMBEDDER_H_
