// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// A chat model behind a server that speaks the OpenAI-compatible protocol: POST URL/v1/chat/completions. It uses the
// network only to reach the URL in its options.
//
//   JsonServerOptions options = ServerChatOptions();
//   options.url = "http://localhost:8000";
//   options.model = "qwen3-8b";
//   NARRDIFF_ASSIGN_OR_RETURN(std::unique_ptr<Chat> chat, MakeServerChat(options));
//   chat->info().name == "qwen3-8b"
#ifndef NARRDIFF_ENGINE_JUDGE_SERVER_CHAT_H_
#define NARRDIFF_ENGINE_JUDGE_SERVER_CHAT_H_

#include <memory>

#include "absl/status/statusor.h"
#include "engine/http/json_server.h"
#include "engine/judge/chat.h"

namespace narrdiff {

// Defaults for a judge, without which the work can go on: one repetition, waits of at most 20 s, answers of at most
// 1 MiB.
JsonServerOptions ServerChatOptions();

// Nothing is sent before the first Ask. info().hash is the SHA-256 of endpoint and model, so a server that puts another
// model under the same name is not noticed. Errors of making it: InvalidArgument for an option. Errors of Ask: those of
// JsonServer::Ask, InvalidArgument (an answer that is none), FailedPrecondition (missing libcurl).
absl::StatusOr<std::unique_ptr<Chat>> MakeServerChat(JsonServerOptions options);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_JUDGE_SERVER_CHAT_H_
