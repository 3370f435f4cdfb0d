// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// A chat model that is given an instruction and a question and answers in words: a server (server_chat.h), or a fake in
// tests.
//
//   NARRDIFF_ASSIGN_OR_RETURN(std::string words, chat.Ask(instruction, question, [] { return true; }));
#ifndef NARRDIFF_ENGINE_JUDGE_CHAT_H_
#define NARRDIFF_ENGINE_JUDGE_CHAT_H_

#include <functional>
#include <string>

#include "absl/status/statusor.h"

namespace narrdiff {

struct ChatInfo {
  std::string name;  // of the model: "qwen3-8b"; goes into Backends.judge and into the reasons that readers see
  std::string hash;  // of what names the model (URL and name); part of a cache's keys
};

// Implementations are immutable to their users and thread-safe: Ask may be called from several threads.
class Chat {
 public:
  virtual ~Chat() = default;
  virtual const ChatInfo& info() const = 0;
  // What the model says. `go_on` is asked now and then, from the calling thread; false ends the work with the status
  // Cancelled. Errors: InvalidArgument for an answer that has no words in it, which may be asked for again; others
  // where the model is not to be had, after what repetitions make sense.
  virtual absl::StatusOr<std::string> Ask(const std::string& instruction, const std::string& question,
                                          const std::function<bool()>& go_on) const = 0;
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_JUDGE_CHAT_H_
