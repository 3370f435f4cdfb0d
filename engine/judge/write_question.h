// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// What a judge is asked about one sentence: itself, its neighbours, who speaks, and its likeliest partners on the other
// side. It is written as JSON, so that no sentence can end the quotation it stands in.
//
//   WriteQuestion({"US", "China", {"You hacked us.", "", "Stop it.", "Hale"}, {{"We reject it.", "", "", ""}}}) ==
//       R"({"sentence":{"party":"US","speaker":"Hale","text":"You hacked us.","after":"Stop it."},)"
//       R"("candidates":[{"number":1,"party":"China","text":"We reject it."}]})"
#ifndef NARRDIFF_ENGINE_JUDGE_WRITE_QUESTION_H_
#define NARRDIFF_ENGINE_JUDGE_WRITE_QUESTION_H_

#include <string>
#include <string_view>
#include <vector>

namespace narrdiff {

struct QuotedSentence {
  std::string text;
  std::string before, after;  // the neighbours; empty where there are none
  std::string speaker;        // empty: not known
};

struct JudgeQuestion {
  std::string party, other_party;  // empty: not known
  QuotedSentence sentence;
  std::vector<QuotedSentence> candidates;  // numbered from 1
};

// One JSON object on one line, empty fields left out. Long texts are cut, neighbours of candidates the shortest.
std::string WriteQuestion(const JudgeQuestion& question);

// What every question is asked under: instruction.txt.
std::string_view JudgeInstruction();

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_JUDGE_WRITE_QUESTION_H_
