// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// libFuzzer target: what a judge says, of any bytes, is read or refused; what is read names each candidate once, and
// only those that there are.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/judge/chat_protocol.h"
#include "engine/judge/read_answer.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view words(reinterpret_cast<const char*>(data), size);
  (void)narrdiff::ParseChatAnswer(words);
  constexpr int32_t kCandidates = 4;
  const auto answer = narrdiff::ReadJudgeAnswer(words, kCandidates);
  if (!answer.ok()) return 0;
  int32_t before = 0;
  for (const narrdiff::JudgedCandidate& pair : *answer) {
    if (pair.candidate <= before || pair.candidate > kCandidates) std::abort();
    if (pair.strength < 1 || pair.strength > narrdiff::kMaxStrength) std::abort();
    if (pair.relation < narrdiff::Relation::kAgree || pair.relation > narrdiff::Relation::kRespond) std::abort();
    before = pair.candidate;
  }
  return 0;
}
