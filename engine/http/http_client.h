// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// One POST of JSON over HTTP or HTTPS. It follows no redirect, so that a key goes nowhere but to the host that the user
// named; it reads no variable of the environment and no file of passwords; and it never waits or takes memory without
// end.
//
//   NARRDIFF_ASSIGN_OR_RETURN(std::unique_ptr<HttpClient> client, HttpClient::Create());
//   HttpAnswer answer = client->Post({"http://localhost:8000/v1/embeddings", "{}"});
//   if (answer.end == HttpEnd::kAnswered && answer.code == 200) Use(answer.body);
#ifndef NARRDIFF_ENGINE_HTTP_HTTP_CLIENT_H_
#define NARRDIFF_ENGINE_HTTP_HTTP_CLIENT_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace narrdiff {

struct HttpRequest {
  std::string url;                      // http:// or https://
  std::string body;                     // sent as application/json
  std::string key;                      // sent as "Authorization: Bearer KEY" where it is not empty
  std::string proxy;                    // empty: none
  std::string no_proxy;                 // hosts that are asked without it, as curl has them: "localhost,.example"
  int64_t connect_timeout_ms = 10'000;  // until a connection stands
  int64_t timeout_ms = 60'000;          // of the whole
  int64_t max_answer_bytes = 64 << 20;  // more than this ends the transfer
  std::function<bool()> go_on;          // asked about once a second; false ends the transfer; may be empty
};

enum class HttpEnd : uint8_t {
  kAnswered,      // a whole answer, whatever its code
  kNoConnection,  // no such host, nobody listens there, or no secure connection
  kBroken,        // the connection broke before the answer was whole
  kTimeout,
  kTooLarge,  // the answer is larger than max_answer_bytes
  kStopped,   // go_on said so
  kRefused,   // libcurl will not try: not a URL, no such protocol, out of memory
};

struct HttpAnswer {
  HttpEnd end = HttpEnd::kRefused;
  std::string detail;         // of every end but kAnswered: libcurl's words
  int code = 0;               // 200
  std::string body;           // whatever the code
  std::string redirect;       // where a 3xx answer points
  int64_t retry_after_s = 0;  // Retry-After, in seconds; 0: not said
};

// Keeps its connection open from one request to the next. Thread-compatible: one thread at a time.
class HttpClient {
 public:
  // Errors: FailedPrecondition where libcurl is missing.
  static absl::StatusOr<std::unique_ptr<HttpClient>> Create();
  virtual ~HttpClient() = default;
  virtual HttpAnswer Post(const HttpRequest& request) = 0;
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_HTTP_HTTP_CLIENT_H_
