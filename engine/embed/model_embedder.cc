// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/embed/model_embedder.h"

#include "absl/status/status.h"

namespace narrdiff {

// Stands in until the model's own code is merged.
absl::StatusOr<std::unique_ptr<Embedder>> OpenModelEmbedder(const ModelOptions& options) {
  return absl::FailedPreconditionError(options.directory + ": this build has no models; give --embeddings-url");
}

}  // namespace narrdiff
