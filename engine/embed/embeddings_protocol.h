// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The OpenAI-compatible embeddings protocol as text: what is sent, and what comes back.
//
//   EmbeddingsRequest("e5", {"We deny it."}) ==
//       R"({"encoding_format":"float","input":["We deny it."],"model":"e5"})"
//   ParseEmbeddingsAnswer(R"({"data":[{"index":0,"embedding":[0.5,0.5]}]})", 1)->at(0) == {0.5f, 0.5f}
#ifndef NARRDIFF_ENGINE_EMBED_EMBEDDINGS_PROTOCOL_H_
#define NARRDIFF_ENGINE_EMBED_EMBEDDINGS_PROTOCOL_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

namespace narrdiff {

// The body of a request. `texts` are made valid UTF-8 where they are not.
std::string EmbeddingsRequest(std::string_view model, absl::Span<const std::string_view> texts);

// The vectors of an answer to a request of `count` texts, in the order of the texts: by "index" where answers have it,
// else as they come. All have the same size. Errors: InvalidArgument that says what is wrong with the answer, in words
// that go after "the answer ".
absl::StatusOr<std::vector<std::vector<float>>> ParseEmbeddingsAnswer(std::string_view body, size_t count);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_EMBED_EMBEDDINGS_PROTOCOL_H_
