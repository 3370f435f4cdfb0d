// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// A chat model as a judge of pairs: asks it about sentences, several at a time, reads its answers strictly, and
// remembers them on disk.
//
//   NARRDIFF_ASSIGN_OR_RETURN(std::unique_ptr<Judge> judge, Judge::Create(chat, JudgeOptions()));
//   NARRDIFF_ASSIGN_OR_RETURN(Judgement judgement, judge->Ask(questions, progress));
//   judgement.answers[0]->at(0).relation == Relation::kDeny;
//   judgement.answers[1] == std::nullopt;    // no usable answer; judgement.trouble says why
#ifndef NARRDIFF_ENGINE_JUDGE_JUDGE_H_
#define NARRDIFF_ENGINE_JUDGE_JUDGE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/cache/blob_store.h"
#include "engine/judge/chat.h"
#include "engine/judge/read_answer.h"
#include "engine/judge/write_question.h"

namespace narrdiff {

struct JudgeOptions {
  // Bounds the cost of one comparison: about how many sentences at most the judge is asked, those with the likeliest
  // pairs. Answers from the cache count, so that the result is the same with and without one. Range from 1.
  int32_t max_questions = 200;
  // Requests under way at once. Raising it is faster where the server takes it; it changes no result. Range 1 to 64.
  int32_t at_once = 4;
  // Remembers answers, of their sentences only a hash; null (default): nothing is remembered.
  std::shared_ptr<BlobStore> store;
};

struct Judgement {
  // One a question, in order; none where there was no answer that could be used.
  std::vector<std::optional<std::vector<JudgedCandidate>>> answers;
  // Why the first question that has no answer has none; OK where all have one.
  absl::Status trouble;
};

// Thread-safe.
class Judge {
 public:
  // Errors: InvalidArgument for an option out of its range.
  static absl::StatusOr<std::unique_ptr<Judge>> Create(std::shared_ptr<const Chat> chat, const JudgeOptions& options);

  const std::string& name() const { return chat_->info().name; }
  const JudgeOptions& options() const { return options_; }

  // Asks all of `questions`. An answer that is none is asked for once more. After four questions in a row without an
  // answer the judge is given up: what follows has none either, even where it was quicker, so that the result depends
  // on the answers alone and not on their order of arrival. `progress` is called from the calling thread, about ten
  // times a second, with the number of questions done; false ends the work. Errors: Cancelled; nothing else, as the
  // work can go on without a judge.
  absl::StatusOr<Judgement> Ask(const std::vector<JudgeQuestion>& questions,
                                const std::function<bool(int64_t)>& progress) const;

 private:
  Judge(std::shared_ptr<const Chat> chat, const JudgeOptions& options) : chat_(std::move(chat)), options_(options) {}

  const std::shared_ptr<const Chat> chat_;
  const JudgeOptions options_;
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_JUDGE_JUDGE_H_
