// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/http/http_client.h"

#include <algorithm>
#include <utility>

#include "engine/base/status_macros.h"
#include "engine/http/curl_library.h"

namespace narrdiff {
namespace {

// What the call-backs of one transfer know.
struct Transfer {
  const HttpRequest& request;
  std::string body;
  bool too_large = false;
};

size_t TakeBody(char* bytes, size_t, size_t count, void* transfer_pointer) {
  Transfer& transfer = *static_cast<Transfer*>(transfer_pointer);
  transfer.too_large = static_cast<int64_t>(transfer.body.size() + count) > transfer.request.max_answer_bytes;
  if (transfer.too_large) return 0;
  transfer.body.append(bytes, count);
  return count;
}

int AskWhetherToGoOn(void* transfer_pointer, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  const Transfer& transfer = *static_cast<const Transfer*>(transfer_pointer);
  return transfer.request.go_on && !transfer.request.go_on() ? 1 : 0;
}

HttpEnd EndOf(CURLcode code, const Transfer& transfer) {
  switch (code) {
    case CURLE_OK:
      return HttpEnd::kAnswered;
    case CURLE_WRITE_ERROR:
      return transfer.too_large ? HttpEnd::kTooLarge : HttpEnd::kBroken;
    case CURLE_ABORTED_BY_CALLBACK:
      return HttpEnd::kStopped;
    case CURLE_OPERATION_TIMEDOUT:
      return HttpEnd::kTimeout;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
      return HttpEnd::kNoConnection;
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
      return HttpEnd::kBroken;
    default:
      return HttpEnd::kRefused;
  }
}

class CurlClient final : public HttpClient {
 public:
  CurlClient(const CurlLibrary& curl, CURL* handle) : curl_(curl), handle_(handle) {}
  CurlClient(const CurlClient&) = delete;
  CurlClient& operator=(const CurlClient&) = delete;
  ~CurlClient() override {
    curl_.slist_free_all(headers_);
    curl_.easy_cleanup(handle_);
  }

  HttpAnswer Post(const HttpRequest& request) override {
    Transfer transfer{request, "", false};
    char trouble[CURL_ERROR_SIZE] = "";
    Prepare(request, transfer, trouble);
    const CURLcode code = curl_.easy_perform(handle_);
    Set(CURLOPT_ERRORBUFFER, nullptr);
    HttpAnswer answer;
    answer.end = EndOf(code, transfer);
    if (answer.end != HttpEnd::kAnswered) answer.detail = trouble[0] != '\0' ? trouble : curl_.easy_strerror(code);
    answer.body = std::move(transfer.body);
    long status = 0;
    curl_off_t retry_after = 0;
    const char* redirect = nullptr;
    curl_.easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
    curl_.easy_getinfo(handle_, CURLINFO_RETRY_AFTER, &retry_after);
    curl_.easy_getinfo(handle_, CURLINFO_REDIRECT_URL, &redirect);
    answer.code = static_cast<int>(status);
    answer.retry_after_s = static_cast<int64_t>(retry_after);
    if (redirect != nullptr) answer.redirect = redirect;
    return answer;
  }

 private:
  template <typename Value>
  void Set(CURLoption option, Value value) {
    curl_.easy_setopt(handle_, option, value);
  }

  void AddHeader(const std::string& header) {
    curl_slist* const longer = curl_.slist_append(headers_, header.c_str());
    if (longer != nullptr) headers_ = longer;
  }

  // libcurl copies strings but for the body, the headers and the buffer of errors.
  void Prepare(const HttpRequest& request, Transfer& transfer, char* trouble) {
    curl_.slist_free_all(headers_);
    headers_ = nullptr;
    AddHeader("Content-Type: application/json");
    AddHeader("Accept: application/json");
    AddHeader("Expect:");  // else curl waits a second for "100 Continue" before long bodies
    if (!request.key.empty()) AddHeader("Authorization: Bearer " + request.key);
    Set(CURLOPT_ERRORBUFFER, trouble);
    Set(CURLOPT_URL, request.url.c_str());
    Set(CURLOPT_PROTOCOLS_STR, "http,https");
    Set(CURLOPT_FOLLOWLOCATION, long{0});
    Set(CURLOPT_NETRC, long{CURL_NETRC_IGNORED});
    // Both set, even to nothing, so that libcurl does not look for variables of the environment.
    Set(CURLOPT_PROXY, request.proxy.c_str());
    Set(CURLOPT_NOPROXY, request.no_proxy.c_str());
    Set(CURLOPT_USERAGENT, "narrdiff");
    Set(CURLOPT_ACCEPT_ENCODING, "");  // whatever curl can unpack; max_answer_bytes counts what is unpacked
    Set(CURLOPT_HTTPHEADER, headers_);
    Set(CURLOPT_POST, long{1});
    Set(CURLOPT_POSTFIELDS, request.body.data());
    Set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    Set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.connect_timeout_ms));
    Set(CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout_ms));
    Set(CURLOPT_NOSIGNAL, long{1});  // the process and its signals belong to others
    Set(CURLOPT_WRITEFUNCTION, &TakeBody);
    Set(CURLOPT_WRITEDATA, static_cast<void*>(&transfer));
    Set(CURLOPT_NOPROGRESS, long{0});
    Set(CURLOPT_XFERINFOFUNCTION, &AskWhetherToGoOn);
    Set(CURLOPT_XFERINFODATA, static_cast<void*>(&transfer));
  }

  const CurlLibrary& curl_;
  CURL* const handle_;
  curl_slist* headers_ = nullptr;
};

}  // namespace

absl::StatusOr<std::unique_ptr<HttpClient>> HttpClient::Create() {
  NARRDIFF_ASSIGN_OR_RETURN(const CurlLibrary* curl, OpenCurl());
  CURL* const handle = curl->easy_init();
  if (handle == nullptr) return absl::ResourceExhaustedError("libcurl has no memory; close other programs");
  return std::unique_ptr<HttpClient>(std::make_unique<CurlClient>(*curl, handle));
}

}  // namespace narrdiff
