// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The OpenAI-compatible chat protocol as text: what is sent, and what comes back.
//
//   ChatRequest("m", "Be brief.", "Why?") ==
//       R"({"max_tokens":1000,"messages":[{"content":"Be brief.","role":"system"},{"content":"Why?","role":"user"}],)"
//       R"("model":"m","temperature":0})"
//   *ParseChatAnswer(R"({"choices":[{"message":{"role":"assistant","content":"So."}}]})") == "So."
#ifndef NARRDIFF_ENGINE_JUDGE_CHAT_PROTOCOL_H_
#define NARRDIFF_ENGINE_JUDGE_CHAT_PROTOCOL_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace narrdiff {

// The body of a request: temperature 0, and no more words than an answer about ten candidates needs. What is not valid
// UTF-8 is made so.
std::string ChatRequest(std::string_view model, std::string_view instruction, std::string_view question);

// The words of the first choice. Errors: InvalidArgument that says what is wrong with the answer, in words that go
// after "the answer ".
absl::StatusOr<std::string> ParseChatAnswer(std::string_view body);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_JUDGE_CHAT_PROTOCOL_H_
