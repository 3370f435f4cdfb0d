// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// A server that takes JSON and answers with it, as those of models do: where it is, how long it is waited for, what is
// sent again, and what went wrong, in words.
//
//   JsonServerOptions options;
//   options.url = "http://localhost:8000";
//   options.model = "multilingual-e5-small";
//   NARRDIFF_ASSIGN_OR_RETURN(JsonServer server, JsonServer::Create(options, {"embeddings", ...}));
//   NARRDIFF_ASSIGN_OR_RETURN(std::unique_ptr<HttpClient> client, HttpClient::Create());
//   NARRDIFF_ASSIGN_OR_RETURN(std::string body, server.Ask(R"({"model": ...})", *client, go_on));
#ifndef NARRDIFF_ENGINE_HTTP_JSON_SERVER_H_
#define NARRDIFF_ENGINE_HTTP_JSON_SERVER_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/http/http_client.h"

namespace narrdiff {

struct JsonServerOptions {
  int64_t max_answer_bytes = 64 << 20;  // a longer answer is an error
  int64_t connect_timeout_ms = 10'000;
  int64_t timeout_ms = 60'000;  // of one request as a whole
  // How often a request that failed in a way that may pass (429, 5xx, a broken connection) is sent again, and how long
  // is waited before the first repetition; each later wait is twice as long. Retry-After counts instead where a server
  // says it. Waits longer than max_wait_ms are not waited for. A request that timed out is sent again once, if at all.
  int32_t retries = 4;  // range 0 to 20
  int64_t first_wait_ms = 500;
  int64_t max_wait_ms = 60'000;

  std::string url;       // http or https; see ServerEndpoint
  std::string model;     // as the server calls it; not empty
  std::string key;       // sent as a bearer token; empty (default): none. No message shows it
  std::string proxy;     // URL of a proxy; empty (default): none
  std::string no_proxy;  // hosts that are asked without it, separated by commas
};

// What one kind of server is called.
struct JsonService {
  std::string_view path;          // of its requests: "embeddings", "chat/completions"
  std::string_view name;          // in messages: "embedding server"
  std::string_view key_variable;  // where users put its key, for messages: "NARRDIFF_EMBEDDINGS_KEY"
};

// Where requests go: `url` itself where its path ends in `path`, else `path` below one that ends in /v1, else
// /v1/`path` below it; a query stays. Errors: InvalidArgument for what is no http or https URL, and for one with a user
// or password in it, which would show in messages.
//
//   ServerEndpoint("http://localhost:8000", "embeddings") == "http://localhost:8000/v1/embeddings"
absl::StatusOr<std::string> ServerEndpoint(std::string_view url, std::string_view path);

// Thread-safe, each thread with a client of its own.
class JsonServer {
 public:
  // `service` holds views of constants. Sends nothing. Errors: InvalidArgument for an option.
  static absl::StatusOr<std::unique_ptr<JsonServer>> Create(JsonServerOptions options, const JsonService& service);

  const JsonServerOptions& options() const { return options_; }
  const std::string& endpoint() const { return endpoint_; }

  // The body of a good answer to `body`. `go_on` is asked now and then; false ends the work. Errors name the endpoint
  // and say what to do: Unavailable (nobody answers, or with 429 or 5xx after all repetitions), DeadlineExceeded,
  // Unauthenticated (401, 403), NotFound (404), FailedPrecondition (redirects, other codes), ResourceExhausted (the
  // answer is too large), Cancelled.
  absl::StatusOr<std::string> Ask(std::string body, HttpClient& client, const std::function<bool()>& go_on) const;

  // The first words of what a server says, on one line and without the key, which some servers repeat; of the
  // endpoint, what stands before its query, which may hold a key as well.
  std::string Shown(std::string_view said) const;

 private:
  // What one answer means for the request.
  struct Verdict {
    absl::Status status;  // OK: the answer can be read
    bool may_pass = false;
  };

  JsonServer(JsonServerOptions options, const JsonService& service, std::string endpoint)
      : options_(std::move(options)), service_(service), endpoint_(std::move(endpoint)) {}
  Verdict VerdictOn(const HttpAnswer& answer, int32_t attempt) const;
  Verdict VerdictOnCode(const HttpAnswer& answer) const;

  const JsonServerOptions options_;
  const JsonService service_;
  const std::string endpoint_;
  mutable std::atomic<bool> answered_{false};  // whether there has been a good answer
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_HTTP_JSON_SERVER_H_
