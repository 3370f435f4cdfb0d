// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/judge/judge.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "engine/base/sha256.h"
#include "engine/base/status_macros.h"

namespace narrdiff {
namespace {

using Answer = std::vector<JudgedCandidate>;

constexpr int kAttempts = 2;        // at an answer that can be read
constexpr size_t kGiveUpAfter = 4;  // questions in a row without an answer
constexpr std::chrono::milliseconds kTellEvery(100);

// A question on its way: what is sent, where its answer is remembered, and what came of it.
struct Request {
  std::string text, key;
  int32_t candidates = 0;
  bool done = false;
  absl::Status status;  // of a request that is done
  Answer answer;        // where it is OK
};

// One round of asking: threads take requests in order until none is left, the judge is given up, or the caller wants
// the end.
class Round {
 public:
  Round(const Chat& chat, BlobStore* store, std::vector<Request*> requests)
      : chat_(chat), store_(store), requests_(std::move(requests)), end_(requests_.size()) {}

  // False where `progress` wanted the end.
  bool Run(int32_t at_once, const std::function<bool(int64_t)>& progress) {
    std::vector<std::thread> threads;
    const size_t count = std::min(static_cast<size_t>(at_once), requests_.size());
    while (threads.size() < count) {
      try {
        threads.emplace_back([this] { Work(); });
      } catch (const std::system_error&) {
        break;  // the machine gives no more threads
      }
    }
    working_ = threads.size();
    if (threads.empty()) end_ = 0;
    Watch(progress);
    for (std::thread& thread : threads) thread.join();
    if (cancelled_) return false;
    for (size_t k = end_; k < requests_.size(); ++k) {
      requests_[k]->status = absl::UnavailableError("the judge was given up");
    }
    return true;
  }

 private:
  // Tells the caller how far the work is until all threads are done.
  void Watch(const std::function<bool(int64_t)>& progress) {
    std::unique_lock<std::mutex> lock(mutex_);
    while (idle_ < working_) {
      changed_.wait_for(lock, kTellEvery);
      const int64_t done = static_cast<int64_t>(done_);
      lock.unlock();  // the caller may take its time
      if (!progress(done)) cancelled_ = true;
      lock.lock();
    }
  }

  void Work() {
    for (size_t k = next_++; k < end_ && !cancelled_; k = next_++) {
      absl::StatusOr<Answer> answer = AnswerTo(k);
      const std::lock_guard<std::mutex> lock(mutex_);
      Request& request = *requests_[k];
      request.done = true;
      request.status = answer.status();
      if (answer.ok()) request.answer = *std::move(answer);
      ++done_;
      if (!request.status.ok()) GiveUpAround(k);
    }
    const std::lock_guard<std::mutex> lock(mutex_);
    ++idle_;
    changed_.notify_all();
  }

  absl::StatusOr<Answer> AnswerTo(size_t k) {
    const Request& request = *requests_[k];
    absl::Status trouble;
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
      const absl::StatusOr<std::string> words =
          chat_.Ask(std::string(JudgeInstruction()), request.text, [this, k] { return !cancelled_ && k < end_; });
      absl::StatusOr<Answer> answer = words.ok() ? Read(*words, request) : words.status();
      if (answer.ok()) return answer;
      trouble = answer.status();
      if (!absl::IsInvalidArgument(trouble)) break;  // the chat has tried what makes sense
    }
    return trouble;
  }

  absl::StatusOr<Answer> Read(const std::string& words, const Request& request) {
    absl::StatusOr<Answer> answer = ReadJudgeAnswer(words, request.candidates);
    if (!answer.ok()) {
      return absl::InvalidArgumentError(absl::StrCat("the answer ", std::string(answer.status().message())));
    }
    if (store_ != nullptr) store_->Write({{request.key, words}});
    return answer;
  }

  // Ends the round behind the first run of failures. Wants the lock.
  void GiveUpAround(size_t k) {
    const auto failed = [&](size_t i) { return requests_[i]->done && !requests_[i]->status.ok(); };
    for (size_t end = std::max(k + 1, kGiveUpAfter); end < k + 1 + kGiveUpAfter && end <= end_; ++end) {
      bool all = true;
      for (size_t i = end - kGiveUpAfter; i < end; ++i) all = all && failed(i);
      if (!all) continue;
      end_ = end;
      return;
    }
  }

  const Chat& chat_;
  BlobStore* const store_;
  const std::vector<Request*> requests_;
  std::atomic<size_t> next_{0};
  std::atomic<size_t> end_;  // what is from here on is not asked any more
  std::atomic<bool> cancelled_{false};

  std::mutex mutex_;  // guards what follows, and what requests_ point to
  std::condition_variable changed_;
  size_t working_ = 0, idle_ = 0;  // threads
  size_t done_ = 0;
};

// Fills in what is remembered and returns the rest.
std::vector<Request*> Recall(BlobStore* store, std::vector<Request>& requests) {
  if (store != nullptr) {
    std::vector<std::string> keys;
    for (const Request& request : requests) keys.push_back(request.key);
    store->Read(keys, [&](size_t k, std::string_view words) {
      absl::StatusOr<Answer> answer = ReadJudgeAnswer(words, requests[k].candidates);
      if (!answer.ok()) return;
      requests[k].answer = *std::move(answer);
      requests[k].done = true;
    });
  }
  std::vector<Request*> rest;
  for (Request& request : requests) {
    if (!request.done) rest.push_back(&request);
  }
  return rest;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Judge>> Judge::Create(std::shared_ptr<const Chat> chat, const JudgeOptions& options) {
  if (options.max_questions < 1) return absl::InvalidArgumentError("max_questions: must be at least 1");
  if (options.at_once < 1 || options.at_once > 64) return absl::InvalidArgumentError("at_once: must be from 1 to 64");
  return std::unique_ptr<Judge>(new Judge(std::move(chat), options));
}

absl::StatusOr<Judgement> Judge::Ask(const std::vector<JudgeQuestion>& questions,
                                     const std::function<bool(int64_t)>& progress) const {
  std::vector<Request> requests(questions.size());
  for (size_t k = 0; k < questions.size(); ++k) {
    requests[k].text = WriteQuestion(questions[k]);
    requests[k].candidates = static_cast<int32_t>(questions[k].candidates.size());
    requests[k].key = Sha256Hex(
        absl::StrCat("judge\n", chat_->info().hash, "\n", std::string(JudgeInstruction()), "\n", requests[k].text));
  }
  std::vector<Request*> rest = Recall(options_.store.get(), requests);
  const int64_t remembered = static_cast<int64_t>(requests.size() - rest.size());
  const auto tell = [&](int64_t done) { return !progress || progress(remembered + done); };
  if (!tell(0)) return absl::CancelledError("interrupted before asking the judge");
  if (!rest.empty() && !Round(*chat_, options_.store.get(), std::move(rest)).Run(options_.at_once, tell)) {
    return absl::CancelledError("interrupted while asking the judge");
  }
  Judgement judgement;
  for (Request& request : requests) {
    std::optional<Answer>& answer = judgement.answers.emplace_back();
    if (request.status.ok()) answer = std::move(request.answer);
    if (!request.status.ok() && judgement.trouble.ok()) judgement.trouble = request.status;
  }
  return judgement;
}

}  // namespace narrdiff
