// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// An embedder that is opened when it first has something to do. Reading a model takes some tenths of a second, and a
// run whose sentences are all in the cache needs nothing of it but its name and hash, which are remembered there.
//
//   embedder = *MakeDeferredEmbedder("models/e5 118308185 2026-11-23", [] { return OpenModelEmbedder(...); }, options);
//   embedder = *MakeCachedEmbedder(std::move(embedder), options);     // the same cache
#ifndef NARRDIFF_ENGINE_EMBED_DEFERRED_EMBEDDER_H_
#define NARRDIFF_ENGINE_EMBED_DEFERRED_EMBEDDER_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "engine/embed/cached_embedder.h"
#include "engine/embed/embedder.h"

namespace narrdiff {

using OpenFunction = std::function<absl::StatusOr<std::unique_ptr<Embedder>>()>;

// The embedder that `open` opens. Where options.folder remembers the EmbedderInfo of `identity`, that is its info() and
// `open` is called by the first Embed; else `open` is called now, and its info is remembered. `identity` says what is
// opened and by what program: for a model its files with their sizes and times. Should the info have changed under one
// identity all the same, the first Embed fails with FailedPrecondition, and the next run has the right one.
//
// Errors of making it: those of `open`; a cache that cannot be used only costs time. Errors of Embed: those of `open`
// and of the embedder. Thread-safe.
absl::StatusOr<std::unique_ptr<Embedder>> MakeDeferredEmbedder(const std::string& identity, OpenFunction open,
                                                               const CacheOptions& options);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_EMBED_DEFERRED_EMBEDDER_H_
