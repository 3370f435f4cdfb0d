// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// An embedder that remembers on disk what another one gave it.
//
//   CacheOptions options;
//   options.folder = home + "/.cache/narrdiff";
//   NARRDIFF_ASSIGN_OR_RETURN(std::unique_ptr<Embedder> cached, MakeCachedEmbedder(embedder, options));
#ifndef NARRDIFF_ENGINE_EMBED_CACHED_EMBEDDER_H_
#define NARRDIFF_ENGINE_EMBED_CACHED_EMBEDDER_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "engine/cache/blob_store.h"
#include "engine/embed/embedder.h"

namespace narrdiff {

// `embedder` behind the file embeddings.v1.sqlite in options.folder. Entries are found by the SHA-256 of info().hash
// and of the text, so models do not see each other's. The file holds no texts, but tells who has a text that it was
// here.
//
// Vectors come back bit by bit as they were: they are stored as the floats they are, since to round them here would
// make results depend on whether there is a cache. An entry that is damaged is embedded anew, and so is everything
// where the embedder now gives vectors of another size. What is not there is embedded 128 texts at a time and stored
// after each time, so that work that was interrupted goes on where it was. Thread-safe; several processes may share a
// folder.
//
// Errors of making it: Unavailable where the folder cannot be made or written. Later trouble with the file only costs
// time. Errors of Embed: those of `embedder`.
absl::StatusOr<std::unique_ptr<Embedder>> MakeCachedEmbedder(std::shared_ptr<const Embedder> embedder,
                                                             const CacheOptions& options);

// The file itself, for what else is remembered with the vectors. Errors: as above.
absl::StatusOr<std::unique_ptr<BlobStore>> OpenEmbeddingsStore(const CacheOptions& options);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_EMBED_CACHED_EMBEDDER_H_
