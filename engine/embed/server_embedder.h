// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Vectors from a server that speaks the OpenAI-compatible embeddings protocol: POST URL/v1/embeddings. It uses the
// network only to reach the URL in its options.
//
//   ServerOptions options;
//   options.url = "http://localhost:8000";
//   options.model = "multilingual-e5-small";
//   NARRDIFF_ASSIGN_OR_RETURN(std::unique_ptr<Embedder> embedder, MakeServerEmbedder(options));
//   embedder->info().name == "server:multilingual-e5-small"
#ifndef NARRDIFF_ENGINE_EMBED_SERVER_EMBEDDER_H_
#define NARRDIFF_ENGINE_EMBED_SERVER_EMBEDDER_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "engine/embed/embedder.h"
#include "engine/http/json_server.h"

namespace narrdiff {

struct ServerOptions : JsonServerOptions {
  // Limits of one request. Raising the first two makes fewer and longer requests; they change no vector.
  int32_t max_batch_texts = 64;         // range 1 to 2048
  int64_t max_batch_bytes = 128 << 10;  // of the texts; one longer text goes alone
  int32_t max_text_bytes = 8000;        // a longer text is cut between characters: servers refuse long ones
  std::string prefix;                   // put before each text, as some models want it: "query: " (E5); default empty
};

// An embedder over a server. Nothing is sent before the first Embed, so info().dimensions is 0: the vectors say. They
// are scaled to unit length. info().hash is the SHA-256 of endpoint, model and prefix, so a server that puts another
// model under the same name is noticed only by the size of its vectors. No vectors of tokens. That a text has the same
// vector in whatever company is the server's promise, not ours: many round otherwise in another batch.
//
// Errors of making it: InvalidArgument for an option. Errors of Embed: those of JsonServer::Ask, FailedPrecondition (an
// answer that is none, missing libcurl), InvalidArgument (options.tokens).
//
// A text that is empty is not sent, as servers refuse it: its vector is 0.
absl::StatusOr<std::unique_ptr<Embedder>> MakeServerEmbedder(ServerOptions options);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_EMBED_SERVER_EMBEDDER_H_
