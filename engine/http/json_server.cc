// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/http/json_server.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "engine/base/cut_text.h"
#include "engine/base/status_macros.h"

namespace narrdiff {
namespace {

constexpr size_t kShownBytes = 200;  // of an answer, in messages
constexpr std::chrono::milliseconds kAskEvery(100);

absl::Status CheckOptions(const JsonServerOptions& o) {
  const auto wrong = [](const char* what) { return absl::InvalidArgumentError(what); };
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

absl::Status Told(const absl::Status& status, int32_t attempts) {
  if (attempts == 1) return status;
  return absl::Status(status.code(), absl::StrCat(std::string(status.message()), " (asked ", attempts, " times)"));
}

// Sleeps in pieces; false when the work is to end.
bool Wait(int64_t wait_ms, const std::function<bool()>& go_on) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(wait_ms);
  while (std::chrono::steady_clock::now() < end) {
    if (!go_on()) return false;
    std::this_thread::sleep_until(std::min(end, std::chrono::steady_clock::now() + kAskEvery));
  }
  return true;
}

}  // namespace

absl::StatusOr<std::string> ServerEndpoint(std::string_view url, std::string_view path) {
  const absl::string_view whole(url.data(), url.size());
  const size_t scheme = url.find("://");
  if (scheme == std::string_view::npos ||
      !(absl::StartsWithIgnoreCase(whole, "http://") || absl::StartsWithIgnoreCase(whole, "https://"))) {
    return absl::InvalidArgumentError(
        absl::StrCat("\"", std::string(url), "\" is no URL of a server; give one such as http://localhost:8000"));
  }
  const size_t path_end = std::min(url.find_first_of("?#"), url.size());
  const size_t host_end = std::min(url.find('/', scheme + 3), path_end);
  const std::string_view host = url.substr(scheme + 3, host_end - scheme - 3);
  if (host.find('@') != std::string_view::npos) {
    return absl::InvalidArgumentError(
        "the server's URL has a user or password in it, which messages would show; leave it out and give a key");
  }
  if (host.empty() || url.find_first_of(" \t\r\n") != std::string_view::npos) {
    return absl::InvalidArgumentError(
        absl::StrCat("\"", std::string(url), "\" is no URL of a server; give one such as http://localhost:8000"));
  }
  std::string endpoint(url.substr(0, path_end));
  while (endpoint.back() == '/') endpoint.pop_back();
  const std::string end = absl::StrCat("/", std::string(path));
  if (!absl::EndsWith(endpoint, end)) absl::StrAppend(&endpoint, absl::EndsWith(endpoint, "/v1") ? "" : "/v1", end);
  const std::string_view query = url.substr(path_end);
  return absl::StrCat(endpoint, std::string(query.substr(0, query.find('#'))));
}

absl::StatusOr<std::unique_ptr<JsonServer>> JsonServer::Create(JsonServerOptions options, const JsonService& service) {
  NARRDIFF_RETURN_IF_ERROR(CheckOptions(options));
  NARRDIFF_ASSIGN_OR_RETURN(std::string endpoint, ServerEndpoint(options.url, service.path));
  return std::unique_ptr<JsonServer>(new JsonServer(std::move(options), service, std::move(endpoint)));
}

absl::StatusOr<std::string> JsonServer::Ask(std::string body, HttpClient& client,
                                            const std::function<bool()>& go_on) const {
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
    const Verdict verdict = VerdictOn(answer, attempt);
    if (verdict.status.ok()) return std::move(answer.body);
    if (!verdict.may_pass || attempt > options_.retries) return Told(verdict.status, attempt);
    const int64_t asked_ms = answer.retry_after_s > 0 ? answer.retry_after_s * 1000 : wait_ms;
    if (asked_ms > options_.max_wait_ms) {
      return Told(absl::Status(verdict.status.code(), absl::StrCat(std::string(verdict.status.message()),
                                                                   " (it asks to wait ", asked_ms / 1000, " s)")),
                  attempt);
    }
    if (!Wait(asked_ms, go_on)) {
      return absl::CancelledError(absl::StrCat("interrupted while waiting for the ", std::string(service_.name)));
    }
  }
}

JsonServer::Verdict JsonServer::VerdictOn(const HttpAnswer& answer, int32_t attempt) const {
  const auto say = [&](auto... parts) { return absl::StrCat(Shown(endpoint_), ": ", parts...); };
  const std::string detail = Shown(answer.detail);
  switch (answer.end) {
    case HttpEnd::kAnswered:
      if (answer.code == 200) answered_ = true;
      return VerdictOnCode(answer);
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
      return {absl::CancelledError(absl::StrCat("interrupted while asking the ", std::string(service_.name)))};
    case HttpEnd::kRefused:
      break;
  }
  return {absl::FailedPreconditionError(say("cannot be asked (", detail, "); check the URL"))};
}

JsonServer::Verdict JsonServer::VerdictOnCode(const HttpAnswer& answer) const {
  if (answer.code == 200) return {absl::OkStatus()};
  std::string what = absl::StrCat(Shown(endpoint_), ": HTTP ", answer.code);
  if (!answer.body.empty()) absl::StrAppend(&what, ": ", Shown(answer.body));
  const auto say = [&](auto... parts) { return absl::StrCat(what, "; ", parts...); };
  if (answer.code == 401 || answer.code == 403) {
    const std::string variable(service_.key_variable);
    return {absl::UnauthenticatedError(options_.key.empty() ? say("it wants a key; put it into ", variable)
                                                            : say("it does not take the key; check ", variable))};
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

std::string JsonServer::Shown(std::string_view said) const {
  if (said == endpoint_) return endpoint_.substr(0, endpoint_.find('?'));
  std::string text(said);
  if (!options_.key.empty()) text = absl::StrReplaceAll(text, {{options_.key, "[key]"}});
  std::string line;
  for (const char c : CutText(text, kShownBytes)) {
    const bool blank = static_cast<unsigned char>(c) <= ' ' || c == 0x7f;
    if (!blank) line += c;
    if (blank && !line.empty() && line.back() != ' ') line += ' ';
  }
  absl::StripTrailingAsciiWhitespace(&line);
  return line.size() < said.size() && said.size() > kShownBytes ? absl::StrCat(line, " ...") : line;
}

}  // namespace narrdiff
