// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/judge/server_chat.h"

#include <mutex>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "engine/base/sha256.h"
#include "engine/base/status_macros.h"
#include "engine/http/http_client.h"
#include "engine/judge/chat_protocol.h"

namespace narrdiff {
namespace {

constexpr JsonService kService = {"chat/completions", "judge", "NARRDIFF_JUDGE_KEY"};

class ServerChat final : public Chat {
 public:
  explicit ServerChat(std::unique_ptr<const JsonServer> server) : server_(std::move(server)) {
    info_.name = server_->options().model;
    info_.hash = Sha256Hex(absl::StrCat(server_->endpoint(), "\n", info_.name));
  }

  const ChatInfo& info() const override { return info_; }

  absl::StatusOr<std::string> Ask(const std::string& instruction, const std::string& question,
                                  const std::function<bool()>& go_on) const override {
    NARRDIFF_ASSIGN_OR_RETURN(std::unique_ptr<HttpClient> client, TakeClient());
    const absl::StatusOr<std::string> body =
        server_->Ask(ChatRequest(info_.name, instruction, question), *client, go_on);
    ReturnClient(std::move(client));
    if (!body.ok()) return body.status();
    absl::StatusOr<std::string> words = ParseChatAnswer(*body);
    if (words.ok()) return words;
    return absl::InvalidArgumentError(absl::StrCat(server_->Shown(server_->endpoint()), ": the answer ",
                                                   std::string(words.status().message()), ": ", server_->Shown(*body),
                                                   "; check that the URL is that of a chat server"));
  }

 private:
  // A client keeps its connection, so each is used again.
  absl::StatusOr<std::unique_ptr<HttpClient>> TakeClient() const {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (!clients_.empty()) {
        std::unique_ptr<HttpClient> client = std::move(clients_.back());
        clients_.pop_back();
        return client;
      }
    }
    return HttpClient::Create();
  }
  void ReturnClient(std::unique_ptr<HttpClient> client) const {
    const std::lock_guard<std::mutex> lock(mutex_);
    clients_.push_back(std::move(client));
  }

  const std::unique_ptr<const JsonServer> server_;
  ChatInfo info_;
  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<HttpClient>> clients_;  // that nobody uses
};

}  // namespace

JsonServerOptions ServerChatOptions() {
  JsonServerOptions options;
  options.max_answer_bytes = 1 << 20;
  options.retries = 1;
  options.max_wait_ms = 20'000;
  return options;
}

absl::StatusOr<std::unique_ptr<Chat>> MakeServerChat(JsonServerOptions options) {
  NARRDIFF_ASSIGN_OR_RETURN(std::unique_ptr<const JsonServer> server, JsonServer::Create(std::move(options), kService));
  return std::unique_ptr<Chat>(std::make_unique<ServerChat>(std::move(server)));
}

}  // namespace narrdiff
