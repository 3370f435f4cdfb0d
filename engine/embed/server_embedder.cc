// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/embed/server_embedder.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <thread>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "engine/base/sha256.h"
#include "engine/base/status_macros.h"
#include "engine/embed/embeddings_protocol.h"
#include "engine/embed/http_client.h"

namespace narrdiff {
namespace {

constexpr size_t kShownBytes = 200;  // of an answer, in messages
constexpr std::chrono::milliseconds kAskEvery(100);

absl::Status CheckOptions(const ServerOptions& o) {
  const auto wrong = [](const char* what) { return absl::InvalidArgumentError(what); };
  if (o.max_batch_texts < 1 || o.max_batch_texts > 2048) return wrong("max_batch_texts: must be from 1 to 2048");
  if (o.max_batch_bytes < 1) return wrong("max_batch_bytes: must be at least 1");
  if (o.max_text_bytes < 16) return wrong("max_text_bytes: must be at least 16");
  if (o.max_answer_bytes < 1) return wrong("max_answer_bytes: must be at least 1");
  if (o.connect_timeout_ms < 1 || o.timeout_ms < 1) return wrong("timeouts: must be at least 1 ms");
  if (o.retries < 0 || o.retries > 20) return wrong("retries: must be from 0 to 20");
  if (o.first_wait_ms < 0 || o.max_wait_ms < 0) return wrong("waits: must not be negative");
  if (o.model.empty()) return wrong("the name of the server's model is missing; give it, as the server calls it");
  for (const char c : o.key) {
    if (static_cast<unsigned char>(c) <= ' ' || static_cast<unsigned char>(c) >= 0x7f) {
      return wrong("the key has a space, a line end or another character that no key has; copy it again");
    }
  }
  return absl::OkStatus();
}

// `text` without the part beyond `most` bytes, cut between characters.
std::string_view Cut(std::string_view text, size_t most) {
  if (text.size() <= most) return text;
  size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

void Normalise(std::vector<float>& vector) {
  double square = 0;
  for (const float x : vector) square += static_cast<double>(x) * static_cast<double>(x);
  if (square == 0) return;
  const double scale = 1 / std::sqrt(square);
  for (float& x : vector) x = static_cast<float>(static_cast<double>(x) * scale);
}

// What one answer means for the request.
struct Verdict {
  absl::Status status;  // OK: the answer can be read
  bool may_pass = false;
};

class ServerEmbedder final : public Embedder {
 public:
  ServerEmbedder(ServerOptions options, std::string endpoint)
      : options_(std::move(options)), endpoint_(std::move(endpoint)) {
    info_.name = absl::StrCat("server:", options_.model);
    info_.hash = Sha256Hex(absl::StrCat(endpoint_, "\n", options_.model, "\n", options_.prefix));
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
    return absl::StrCat(options_.prefix, std::string(Cut(text, static_cast<size_t>(options_.max_text_bytes))));
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
    NARRDIFF_ASSIGN_OR_RETURN(const std::string body, Ask(EmbeddingsRequest(options_.model, views), client, go_on));
    auto vectors = ParseEmbeddingsAnswer(body, sent.size());
    if (!vectors.ok()) {
      return absl::FailedPreconditionError(absl::StrCat(
          Shown(endpoint_), ": the answer ", std::string(vectors.status().message()), ": ", Shown(body),
          "; check that the URL is that of an embeddings server and that ", options_.model, " is an embedding model"));
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
    return absl::FailedPreconditionError(absl::StrCat(Shown(endpoint_), ": sent vectors of ", before,
                                                      " numbers before and of ", now,
                                                      " now; run it again when the server keeps to one model"));
  }

  // The body of a good answer.
  absl::StatusOr<std::string> Ask(std::string body, HttpClient& client, const GoOn& go_on) const {
    HttpRequest request;
    request.url = endpoint_;
    request.body = std::move(body);
    request.key = options_.key;
    request.proxy = options_.proxy;
    request.no_proxy = options_.no_proxy;
    request.connect_timeout_ms = options_.connect_timeout_ms;
    request.timeout_ms = options_.timeout_ms;
    request.max_answer_bytes = options_.max_answer_bytes;
    request.go_on = go_on;
    int64_t wait_ms = options_.first_wait_ms;
    for (int32_t attempt = 1;; ++attempt, wait_ms *= 2) {
      HttpAnswer answer = client.Post(request);
      const Verdict verdict = Judge(answer, attempt);
      if (verdict.status.ok()) return std::move(answer.body);
      if (!verdict.may_pass || attempt > options_.retries) return Told(verdict.status, attempt);
      const int64_t asked_ms = answer.retry_after_s > 0 ? answer.retry_after_s * 1000 : wait_ms;
      if (asked_ms > options_.max_wait_ms) {
        return Told(absl::Status(verdict.status.code(), absl::StrCat(std::string(verdict.status.message()),
                                                                     " (it asks to wait ", asked_ms / 1000, " s)")),
                    attempt);
      }
      if (!Wait(asked_ms, go_on)) return absl::CancelledError("interrupted while waiting for the embedding server");
    }
  }

  static absl::Status Told(const absl::Status& status, int32_t attempts) {
    if (attempts == 1) return status;
    return absl::Status(status.code(), absl::StrCat(std::string(status.message()), " (asked ", attempts, " times)"));
  }

  // Sleeps in pieces; false when the work is to end.
  static bool Wait(int64_t wait_ms, const GoOn& go_on) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(wait_ms);
    while (std::chrono::steady_clock::now() < end) {
      if (!go_on()) return false;
      std::this_thread::sleep_until(std::min(end, std::chrono::steady_clock::now() + kAskEvery));
    }
    return true;
  }

  Verdict Judge(const HttpAnswer& answer, int32_t attempt) const {
    const auto say = [&](auto... parts) { return absl::StrCat(Shown(endpoint_), ": ", parts...); };
    const std::string detail = Shown(answer.detail);
    switch (answer.end) {
      case HttpEnd::kAnswered:
        if (answer.code == 200) answered_ = true;
        return JudgeCode(answer);
      case HttpEnd::kNoConnection:
        // Nobody there at all is no passing trouble: told at once, unless somebody was there before.
        return {absl::UnavailableError(say("no server answers (", detail, "); check the URL and that it is running")),
                answered_.load()};
      case HttpEnd::kBroken:
        return {absl::UnavailableError(say("the connection broke (", detail, "); try again")), true};
      case HttpEnd::kTimeout:
        return {absl::DeadlineExceededError(
                    say("no whole answer within ", options_.timeout_ms, " ms; give it more time, or try again")),
                attempt == 1};
      case HttpEnd::kTooLarge:
        return {absl::ResourceExhaustedError(say("the answer is larger than max_answer_bytes = ",
                                                 options_.max_answer_bytes, "; check that the URL is right"))};
      case HttpEnd::kStopped:
        return {absl::CancelledError("interrupted while asking the embedding server")};
      case HttpEnd::kRefused:
        break;
    }
    return {absl::FailedPreconditionError(say("cannot be asked (", detail, "); check the URL"))};
  }

  Verdict JudgeCode(const HttpAnswer& answer) const {
    if (answer.code == 200) return {absl::OkStatus()};
    std::string what = absl::StrCat(Shown(endpoint_), ": HTTP ", answer.code);
    if (!answer.body.empty()) absl::StrAppend(&what, ": ", Shown(answer.body));
    const auto say = [&](auto... parts) { return absl::StrCat(what, "; ", parts...); };
    if (answer.code == 401 || answer.code == 403) {
      return {absl::UnauthenticatedError(say(options_.key.empty()
                                                 ? "it wants a key; put it into NARRDIFF_EMBEDDINGS_KEY"
                                                 : "it does not take the key; check NARRDIFF_EMBEDDINGS_KEY"))};
    }
    if (answer.code == 404) return {absl::NotFoundError(say("check the URL and the model's name, ", options_.model))};
    if (answer.code >= 300 && answer.code < 400) {
      return {absl::FailedPreconditionError(
          say("it sends elsewhere, to ", Shown(answer.redirect), "; if you trust that place, give it as the URL"))};
    }
    const bool may_pass = answer.code == 408 || answer.code == 429 || answer.code >= 500;
    if (may_pass) return {absl::UnavailableError(say("the server is busy or broken; try again later")), true};
    return {absl::FailedPreconditionError(say("the server does not take the request; check the model's name, ",
                                              options_.model, ", and what the server says"))};
  }

  // The first words of what a server says, on one line and without the key, which some servers repeat; of a URL, what
  // stands before its query, which may hold a key as well.
  std::string Shown(std::string_view said) const {
    if (said == endpoint_) return endpoint_.substr(0, endpoint_.find('?'));
    std::string text(said);
    if (!options_.key.empty()) text = absl::StrReplaceAll(text, {{options_.key, "[key]"}});
    std::string line;
    for (const char c : Cut(text, kShownBytes)) {
      const bool blank = static_cast<unsigned char>(c) <= ' ' || c == 0x7f;
      if (!blank) line += c;
      if (blank && !line.empty() && line.back() != ' ') line += ' ';
    }
    absl::StripTrailingAsciiWhitespace(&line);
    return line.size() < said.size() && said.size() > kShownBytes ? absl::StrCat(line, " ...") : line;
  }

  const ServerOptions options_;
  const std::string endpoint_;
  EmbedderInfo info_;
  mutable std::atomic<int64_t> dimensions_{0};  // 0: no vector yet
  mutable std::atomic<bool> answered_{false};   // whether there has been a good answer
};

}  // namespace

absl::StatusOr<std::unique_ptr<Embedder>> MakeServerEmbedder(ServerOptions options) {
  NARRDIFF_RETURN_IF_ERROR(CheckOptions(options));
  NARRDIFF_ASSIGN_OR_RETURN(std::string endpoint, EmbeddingsEndpoint(options.url));
  return std::unique_ptr<Embedder>(std::make_unique<ServerEmbedder>(std::move(options), std::move(endpoint)));
}

}  // namespace narrdiff
