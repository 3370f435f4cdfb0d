// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/embed/server_embedder.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "engine/base/cut_text.h"
#include "engine/base/sha256.h"
#include "engine/base/status_macros.h"
#include "engine/embed/embeddings_protocol.h"
#include "engine/http/http_client.h"

namespace narrdiff {
namespace {

constexpr JsonService kService = {"embeddings", "embedding server", "NARRDIFF_EMBEDDINGS_KEY"};

absl::Status CheckOptions(const ServerOptions& o) {
  const auto wrong = [](const char* what) { return absl::InvalidArgumentError(what); };
  if (o.max_batch_texts < 1 || o.max_batch_texts > 2048) return wrong("max_batch_texts: must be from 1 to 2048");
  if (o.max_batch_bytes < 1) return wrong("max_batch_bytes: must be at least 1");
  if (o.max_text_bytes < 16) return wrong("max_text_bytes: must be at least 16");
  return absl::OkStatus();
}

void Normalise(std::vector<float>& vector) {
  double square = 0;
  for (const float x : vector) square += static_cast<double>(x) * static_cast<double>(x);
  if (square == 0) return;
  const double scale = 1 / std::sqrt(square);
  for (float& x : vector) x = static_cast<float>(static_cast<double>(x) * scale);
}

class ServerEmbedder final : public Embedder {
 public:
  ServerEmbedder(ServerOptions options, std::unique_ptr<const JsonServer> server)
      : options_(std::move(options)), server_(std::move(server)) {
    info_.name = absl::StrCat("server:", options_.model);
    info_.hash = Sha256Hex(absl::StrCat(server_->endpoint(), "\n", options_.model, "\n", options_.prefix));
  }

  const EmbedderInfo& info() const override { return info_; }

  absl::StatusOr<std::vector<Embedding>> Embed(absl::Span<const std::string_view> texts,
                                               const EmbedOptions& options) const override {
    if (options.tokens) return absl::InvalidArgumentError("tokens: an embedding server gives no vectors of tokens");
    std::vector<Embedding> embeddings(texts.size());
    NARRDIFF_ASSIGN_OR_RETURN(const std::unique_ptr<HttpClient> client, HttpClient::Create());
    size_t done = 0;
    const auto go_on = [&] { return !options.progress || options.progress(static_cast<int64_t>(done)); };
    while (done < texts.size()) {
      if (!go_on()) return absl::CancelledError("interrupted while asking the embedding server");
      const size_t end = EndOfBatch(texts, done);
      NARRDIFF_RETURN_IF_ERROR(EmbedBatch(texts, done, end, *client, go_on, embeddings));
      done = end;
    }
    if (!go_on()) return absl::CancelledError("interrupted while asking the embedding server");
    const size_t dimensions = static_cast<size_t>(dimensions_.load());
    for (Embedding& embedding : embeddings) embedding.pooled.resize(dimensions);
    return embeddings;
  }

 private:
  using GoOn = std::function<bool()>;

  std::string Sent(std::string_view text) const {
    return absl::StrCat(options_.prefix, std::string(CutText(text, static_cast<size_t>(options_.max_text_bytes))));
  }

  size_t EndOfBatch(absl::Span<const std::string_view> texts, size_t begin) const {
    size_t end = begin;
    int64_t bytes = 0;
    for (; end < texts.size() && end - begin < static_cast<size_t>(options_.max_batch_texts); ++end) {
      bytes += static_cast<int64_t>(options_.prefix.size() +
                                    std::min(texts[end].size(), static_cast<size_t>(options_.max_text_bytes)));
      if (end > begin && bytes > options_.max_batch_bytes) break;
    }
    return end;
  }

  absl::Status EmbedBatch(absl::Span<const std::string_view> texts, size_t begin, size_t end, HttpClient& client,
                          const GoOn& go_on, std::vector<Embedding>& embeddings) const {
    std::vector<std::string> sent;
    std::vector<size_t> places;
    for (size_t i = begin; i < end; ++i) {
      if (absl::StripAsciiWhitespace(absl::string_view(texts[i].data(), texts[i].size())).empty()) continue;
      sent.push_back(Sent(texts[i]));
      places.push_back(i);
    }
    if (sent.empty()) return absl::OkStatus();
    const std::vector<std::string_view> views(sent.begin(), sent.end());
    NARRDIFF_ASSIGN_OR_RETURN(const std::string body,
                              server_->Ask(EmbeddingsRequest(options_.model, views), client, go_on));
    auto vectors = ParseEmbeddingsAnswer(body, sent.size());
    if (!vectors.ok()) {
      return absl::FailedPreconditionError(
          absl::StrCat(server_->Shown(server_->endpoint()), ": the answer ", std::string(vectors.status().message()),
                       ": ", server_->Shown(body), "; check that the URL is that of an embeddings server and that ",
                       options_.model, " is an embedding model"));
    }
    NARRDIFF_RETURN_IF_ERROR(CheckDimensions((*vectors)[0].size()));
    for (size_t k = 0; k < places.size(); ++k) {
      Normalise((*vectors)[k]);
      embeddings[places[k]].pooled = std::move((*vectors)[k]);
    }
    return absl::OkStatus();
  }

  // All vectors of one embedder have the size of the first.
  absl::Status CheckDimensions(size_t dimensions) const {
    int64_t before = 0;
    const int64_t now = static_cast<int64_t>(dimensions);
    if (dimensions_.compare_exchange_strong(before, now) || before == now) return absl::OkStatus();
    return absl::FailedPreconditionError(absl::StrCat(server_->Shown(server_->endpoint()), ": sent vectors of ", before,
                                                      " numbers before and of ", now,
                                                      " now; run it again when the server keeps to one model"));
  }

  const ServerOptions options_;
  const std::unique_ptr<const JsonServer> server_;
  EmbedderInfo info_;
  mutable std::atomic<int64_t> dimensions_{0};  // 0: no vector yet
};

}  // namespace

absl::StatusOr<std::unique_ptr<Embedder>> MakeServerEmbedder(ServerOptions options) {
  NARRDIFF_RETURN_IF_ERROR(CheckOptions(options));
  NARRDIFF_ASSIGN_OR_RETURN(std::unique_ptr<const JsonServer> server, JsonServer::Create(options, kService));
  return std::unique_ptr<Embedder>(std::make_unique<ServerEmbedder>(std::move(options), std::move(server)));
}

}  // namespace narrdiff
