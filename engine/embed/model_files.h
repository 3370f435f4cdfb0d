// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// What a model's directory says of it: config.json, as model hubs offer it, 1_Pooling/config.json where it is there,
// and narrdiff.json, ours and optional, for what those leave open. docs/embedding_models.md lists the fields.
//
//   NARRDIFF_ASSIGN_OR_RETURN(ModelConfig config, ReadModelConfig(".data/models/multilingual-e5-small"));
//   config.prefix == "query: "
#ifndef NARRDIFF_ENGINE_EMBED_MODEL_FILES_H_
#define NARRDIFF_ENGINE_EMBED_MODEL_FILES_H_

#include <string>

#include "absl/status/statusor.h"
#include "engine/embed/encoder.h"

namespace narrdiff {

struct ModelConfig {
  enum class Pooling { kMean, kFirst };  // over all tokens; the state of the first one

  EncoderConfig encoder;
  std::string name;    // by default the directory's
  std::string prefix;  // set before every text; by default "query: " where the name speaks of E5, else nothing
  Pooling pooling = Pooling::kMean;
  int max_tokens = 0;  // of a window, the marks of beginning and end included; at most 512 unless narrdiff.json says so
};

// NotFound where the directory or its config.json is missing; FailedPrecondition where a file is damaged or speaks of a
// model that does not fit.
absl::StatusOr<ModelConfig> ReadModelConfig(const std::string& directory);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_EMBED_MODEL_FILES_H_
