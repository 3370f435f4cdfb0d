// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/judge/chat_protocol.h"

#include "absl/status/status.h"
#include "nlohmann/json.hpp"

namespace narrdiff {
namespace {

using Json = nlohmann::json;

// A pair takes some 20 tokens, so ten of them 200; the rest is for models that indent.
constexpr int kMaxTokens = 1000;

}  // namespace

std::string ChatRequest(std::string_view model, std::string_view instruction, std::string_view question) {
  Json body;
  body["model"] = std::string(model);
  body["temperature"] = 0;
  body["max_tokens"] = kMaxTokens;
  body["messages"] = {{{"role", "system"}, {"content", std::string(instruction)}},
                      {{"role", "user"}, {"content", std::string(question)}}};
  return body.dump(-1, ' ', false, Json::error_handler_t::replace);
}

absl::StatusOr<std::string> ParseChatAnswer(std::string_view body) {
  const auto wrong = [](const char* what) { return absl::InvalidArgumentError(what); };
  const Json answer = Json::parse(body.begin(), body.end(), nullptr, /*allow_exceptions=*/false);
  if (answer.is_discarded()) return wrong("is not JSON");
  if (!answer.is_object() || !answer.contains("choices")) return wrong("has no \"choices\"");
  const Json& choices = answer["choices"];
  if (!choices.is_array() || choices.empty()) return wrong("has no list of \"choices\"");
  const Json& choice = choices[0];
  if (!choice.is_object() || !choice.contains("message") || !choice["message"].is_object()) {
    return wrong("has no \"message\" in its first choice");
  }
  const Json& message = choice["message"];
  if (!message.contains("content") || !message["content"].is_string()) return wrong("has no words in its message");
  return message["content"].get<std::string>();
}

}  // namespace narrdiff
