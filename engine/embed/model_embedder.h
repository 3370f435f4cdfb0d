// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// An embedding model in this process: a multilingual encoder of the BERT family (multilingual-e5-small is what
// tools/setup fetches) with its tokenizer, read from a directory. docs/embedding_models.md says what a directory holds,
// which models fit, and why the engine is one of our own.
//
//   ModelOptions options;
//   options.directory = ".data/models/multilingual-e5-small";
//   NARRDIFF_ASSIGN_OR_RETURN(std::unique_ptr<Embedder> embedder, OpenModelEmbedder(options));
//   NARRDIFF_ASSIGN_OR_RETURN(std::vector<Embedding> embeddings, embedder->Embed({"We deny it.", "我们否认。"}, {}));
#ifndef NARRDIFF_ENGINE_EMBED_MODEL_EMBEDDER_H_
#define NARRDIFF_ENGINE_EMBED_MODEL_EMBEDDER_H_

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "engine/embed/embedder.h"

namespace narrdiff {

struct ModelOptions {
  // Holds model.safetensors, config.json and sentencepiece.bpe.model, as tools/setup makes it and as model hubs offer
  // it.
  std::string directory;
  // Threads that one call of Embed works with, its own among them. Range 0 to 256; 0, the default, takes one a core.
  // More makes a call with many texts faster and never changes a bit of the result.
  int threads = 0;
  // A small change to the model's weights that fits it for another task, as the bytes of a .safetensors file (encoder.h
  // says what it holds); empty, the default, for none. Its metadata name the model it was trained on ("base", the
  // model's Tensors::Fingerprint) and itself ("name", added to EmbedderInfo.name). Needed until the embedder is opened.
  std::string_view adapter;
};

// Opens the model. The files are mapped into memory and must not be changed while the embedder lives. Texts longer than
// the model's window are cut into windows, whose means are averaged, weighted by their tokens.
// Errors: NotFound where the directory or one of its files is missing (the message names tools/setup);
// FailedPrecondition where the files are damaged, do not fit together (the adapter was trained on another model), or
// are of a kind that is not known;
// InvalidArgument for a bad option.
absl::StatusOr<std::unique_ptr<Embedder>> OpenModelEmbedder(const ModelOptions& options);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_EMBED_MODEL_EMBEDDER_H_
