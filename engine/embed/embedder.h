// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// What turns sentences into vectors: a model in this process (model_embedder.h), a server (server_embedder.h), either
// of them behind a cache on disk (cached_embedder.h).
//
//   NARRDIFF_ASSIGN_OR_RETURN(std::vector<Embedding> embeddings, embedder.Embed({"We deny it.", "我们否认。"}, {}));
//   embeddings[0].pooled.size() == embedder.info().dimensions
#ifndef NARRDIFF_ENGINE_EMBED_EMBEDDER_H_
#define NARRDIFF_ENGINE_EMBED_EMBEDDER_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "engine/base/span.h"

namespace narrdiff {

struct EmbedderInfo {
  std::string name;         // "multilingual-e5-small"; goes into Backends.similarity
  std::string hash;         // of the model, or of what names it (URL and model name); part of a cache's keys
  int32_t dimensions = 0;   // of every vector
  bool has_tokens = false;  // whether it gives vectors of tokens
};

// Of one text. Vectors have unit length; a text without a token has the vector 0.
struct Embedding {
  std::vector<float> pooled;  // [dimensions]
  // Where they were asked for: row-major [token_spans.size()][dimensions], and where each token stands in the text, in
  // bytes, ascending and disjoint. The model's own marks (beginning, end, prefix) are not among them.
  std::vector<float> tokens;
  std::vector<Span> token_spans;
};

struct EmbedOptions {
  // Ask for vectors of tokens (default false). InvalidArgument where info().has_tokens is false.
  bool tokens = false;
  // Called now and then from the calling thread with the number of texts done; may be empty. False ends the work with
  // the status Cancelled.
  std::function<bool(int64_t)> progress;
};

// Implementations are immutable to their users and thread-safe: Embed may be called from several threads.
class Embedder {
 public:
  virtual ~Embedder() = default;
  virtual const EmbedderInfo& info() const = 0;
  // One embedding for each text, in order. The same texts give the same bytes, whatever their company, the batches and
  // the number of threads. Errors: Unavailable where a server does not answer, Cancelled, InvalidArgument.
  virtual absl::StatusOr<std::vector<Embedding>> Embed(absl::Span<const std::string_view> texts,
                                                       const EmbedOptions& options) const = 0;
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_EMBED_EMBEDDER_H_
