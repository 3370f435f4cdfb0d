// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/judge/write_question.h"

#include "absl/strings/str_cat.h"
#include "engine/base/cut_text.h"
#include "engine/judge/instruction.h"
#include "nlohmann/json.hpp"

namespace narrdiff {
namespace {

using Json = nlohmann::ordered_json;

// Ten candidates with neighbours stay below some 6,000 tokens, which small models take; 2,000 are common.
constexpr size_t kTextBytes = 1200;
constexpr size_t kNeighbourBytes = 400;
constexpr size_t kCandidateNeighbourBytes = 200;

void Put(const char* name, const std::string& text, size_t most_bytes, Json& to) {
  if (text.empty()) return;
  const std::string kept(CutText(text, most_bytes));
  to[name] = kept.size() < text.size() ? absl::StrCat(kept, "…") : kept;
}

void PutSentence(const std::string& party, const QuotedSentence& sentence, size_t neighbour_bytes, Json& to) {
  Put("party", party, kNeighbourBytes, to);
  Put("speaker", sentence.speaker, kNeighbourBytes, to);
  Put("before", sentence.before, neighbour_bytes, to);
  Put("text", sentence.text, kTextBytes, to);
  Put("after", sentence.after, neighbour_bytes, to);
}

}  // namespace

std::string WriteQuestion(const JudgeQuestion& question) {
  Json out;
  PutSentence(question.party, question.sentence, kNeighbourBytes, out["sentence"]);
  Json& candidates = out["candidates"] = Json::array();
  for (const QuotedSentence& candidate : question.candidates) {
    Json one;
    one["number"] = candidates.size() + 1;
    PutSentence(question.other_party, candidate, kCandidateNeighbourBytes, one);
    candidates.push_back(std::move(one));
  }
  return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string_view JudgeInstruction() { return kJudgeInstruction; }

}  // namespace narrdiff
