// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Vectors from a server that speaks the OpenAI-compatible embeddings protocol: POST URL/v1/embeddings. The only part
// of the engine that uses the network, and only to reach the URL in its options.
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

namespace narrdiff {

struct ServerOptions {
  // Limits of one request. Raising the first two makes fewer and longer requests; they change no vector.
  int32_t max_batch_texts = 64;         // range 1 to 2048
  int64_t max_batch_bytes = 128 << 10;  // of the texts; one longer text goes alone
  int32_t max_text_bytes = 8000;        // a longer text is cut between characters: servers refuse long ones
  int64_t max_answer_bytes = 64 << 20;  // a longer answer is an error
  int64_t connect_timeout_ms = 10'000;
  int64_t timeout_ms = 60'000;  // of one request as a whole
  // How often a request that failed in a way that may pass (429, 5xx, a broken connection) is sent again, and how long
  // is waited before the first repetition; each later wait is twice as long. Retry-After counts instead where a server
  // says it. Waits longer than max_wait_ms are not waited for. A request that timed out is sent again once.
  int32_t retries = 4;  // range 0 to 20
  int64_t first_wait_ms = 500;
  int64_t max_wait_ms = 60'000;

  std::string url;       // http or https; see EmbeddingsEndpoint
  std::string model;     // as the server calls it; not empty
  std::string key;       // sent as a bearer token; empty (default): none. No message shows it
  std::string prefix;    // put before each text, as some models want it: "query: " (E5); default empty
  std::string proxy;     // URL of a proxy; empty (default): none
  std::string no_proxy;  // hosts that are asked without it, separated by commas
};

// An embedder over a server. Nothing is sent before the first Embed, so info().dimensions is 0: the vectors say. They
// are scaled to unit length. info().hash is the SHA-256 of endpoint, model and prefix, so a server that puts another
// model under the same name is noticed only by the size of its vectors. No vectors of tokens. That a text has the same
// vector in whatever company is the server's promise, not ours: many round otherwise in another batch.
//
// Errors of making it: InvalidArgument for an option. Errors of Embed name the endpoint and say what to do:
// Unavailable (nobody answers, or with 429 or 5xx after all repetitions), DeadlineExceeded, Unauthenticated (401, 403),
// NotFound (404), FailedPrecondition (redirects, other codes, answers that are none, missing libcurl),
// ResourceExhausted (the answer is too large), Cancelled, InvalidArgument (options.tokens).
//
// A text that is empty is not sent, as servers refuse it: its vector is 0.
absl::StatusOr<std::unique_ptr<Embedder>> MakeServerEmbedder(ServerOptions options);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_EMBED_SERVER_EMBEDDER_H_
