// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// From flags to what turns sentences into vectors: the model of --model or of
// the set-up, or the server of --embeddings-url, behind a cache on disk.
//
//   EmbedderSource embedders(arguments);
//   NARRDIFF_RETURN_IF_ERROR(embedders.Provide(options));
//   options.embedder != nullptr;    // where options.similarity wants one
#ifndef NARRDIFF_CLI_OPEN_EMBEDDER_H_
#define NARRDIFF_CLI_OPEN_EMBEDDER_H_

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/flags.h"
#include "engine/compare.h"
#include "engine/embed/embedder.h"

namespace narrdiff::cli {

// Tells one state of a model from another without reading it: the names, sizes
// and times of the files in `folder` and of the program that would read them.
std::string ModelIdentity(const std::string& folder, const std::string& program);

// Opens an embedder when it is first wanted and hands the same one out later.
class EmbedderSource {
 public:
  // `arguments` must outlive it.
  explicit EmbedderSource(const Arguments& arguments) : arguments_(arguments) {}

  // Fills in options.embedder and options.answer_embedder, or why there is
  // none, as options.similarity wants: nothing is opened for lexical. Errors: InvalidArgument for flags
  // that contradict each other or lack one another; those of opening what a
  // flag names or what neural needs. A cache that cannot be used is warned of,
  // unless --quiet, and left out; one that a flag names is an error.
  absl::Status Provide(CompareOptions& options);

 private:
  using SharedEmbedder = std::shared_ptr<const Embedder>;

  // Null where there is no model, which the engine tells.
  absl::StatusOr<SharedEmbedder> Open() const;
  // The model of the flag or of tools/setup, with an adapter unless that is empty.
  absl::StatusOr<SharedEmbedder> OpenModel(std::string_view adapter) const;
  absl::StatusOr<SharedEmbedder> WithCache(SharedEmbedder embedder) const;

  const Arguments& arguments_;
  SharedEmbedder embedder_, answer_embedder_;
};

}  // namespace narrdiff::cli

#endif  // NARRDIFF_CLI_OPEN_EMBEDDER_H_
