// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// What a judge said, read strictly: an answer that departs from its form in anything is none.
//
//   ReadJudgeAnswer(R"({"pairs":[{"candidate":3,"relation":"deny","strength":2}]})", 10)
//       -> {{3, Relation::kDeny, 2}}
#ifndef NARRDIFF_ENGINE_JUDGE_READ_ANSWER_H_
#define NARRDIFF_ENGINE_JUDGE_READ_ANSWER_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/relate/classify_relation.h"

namespace narrdiff {

inline constexpr int32_t kMaxStrength = 3;

struct JudgedCandidate {
  int32_t candidate = 0;  // its number in the question, from 1
  Relation relation = Relation::kUnspecified;
  int32_t strength = 0;  // 1 (loose) to kMaxStrength (direct)
};

// The pairs that the judge chose, by candidate; none is an answer too. `words` are one JSON object with white space
// around it, or the same as the one code block of a Markdown text, which some models cannot but write; there are
// `candidates` candidates. Errors: InvalidArgument that says what is wrong, in words that go after "the answer ".
absl::StatusOr<std::vector<JudgedCandidate>> ReadJudgeAnswer(std::string_view words, int32_t candidates);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_JUDGE_READ_ANSWER_H_
