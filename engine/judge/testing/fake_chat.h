// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// A chat model without a model: a function says what it answers, and every call is counted.
//
//   FakeChat chat([](const std::string& question, int attempt) { return std::string(R"({"pairs":[]})"); });
//   chat.calls() == 0
#ifndef NARRDIFF_ENGINE_JUDGE_TESTING_FAKE_CHAT_H_
#define NARRDIFF_ENGINE_JUDGE_TESTING_FAKE_CHAT_H_

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "engine/judge/chat.h"

namespace narrdiff {

class FakeChat : public Chat {
 public:
  // What is said to a question that is asked for the first, second ... time. Called from several threads at once.
  using Answer = std::function<absl::StatusOr<std::string>(const std::string& question, int attempt)>;

  explicit FakeChat(Answer answer, std::string name = "fake") : answer_(std::move(answer)) {
    info_.hash = "hash of " + name;
    info_.name = std::move(name);
  }

  const ChatInfo& info() const override { return info_; }

  absl::StatusOr<std::string> Ask(const std::string&, const std::string& question,
                                  const std::function<bool()>& go_on) const override {
    int attempt = 0;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      questions_.push_back(question);
      attempt = ++attempts_[question];
      most_at_once_ = std::max(most_at_once_, ++at_once_);
    }
    absl::StatusOr<std::string> words = answer_(question, attempt);
    if (!go_on()) words = absl::CancelledError("interrupted");
    const std::lock_guard<std::mutex> lock(mutex_);
    --at_once_;
    return words;
  }

  int calls() const { return static_cast<int>(questions().size()); }
  int most_at_once() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return most_at_once_;
  }
  // In the order in which they came.
  std::vector<std::string> questions() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return questions_;
  }

 private:
  const Answer answer_;
  ChatInfo info_;
  mutable std::mutex mutex_;
  mutable std::vector<std::string> questions_;
  mutable std::map<std::string, int> attempts_;
  mutable int at_once_ = 0, most_at_once_ = 0;
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_JUDGE_TESTING_FAKE_CHAT_H_
