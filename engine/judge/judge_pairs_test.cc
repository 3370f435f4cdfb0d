// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/judge/judge_pairs.h"

#include <cmath>
#include <memory>
#include <string>
#include <utility>

#include "engine/judge/testing/fake_chat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace narrdiff {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Json = nlohmann::json;

// A statement of one sentence a line, not described further: the judge reads words alone.
struct TestStatement {
  TestStatement(const std::string& text, const std::string& party) {
    document.text = text;
    document.speaker = "Speaker of " + party;
    described.party = party;
    document.blocks.resize(1);
    int32_t begin = 0;
    while (begin < static_cast<int32_t>(text.size())) {
      const int32_t end = static_cast<int32_t>(text.find('\n', static_cast<size_t>(begin)));
      DescribedSentence& sentence = described.sentences.emplace_back();
      sentence.input.text = document.text;
      sentence.input.span = {begin, end};
      begin = end + 1;
    }
  }
  TestStatement(const TestStatement&) = delete;  // sentences point into it
  JudgedStatement Judged() const { return {&described, &document}; }
  int32_t size() const { return static_cast<int32_t>(described.sentences.size()); }

  Document document;
  DescribedStatement described;
};

// All cells, each with the probability that `score` gives it.
template <typename Score>
std::vector<ScoredPair> AllCells(const TestStatement& left, const TestStatement& right, const Score& score) {
  std::vector<ScoredPair> scored;
  for (int32_t i = 0; i < left.size(); ++i) {
    for (int32_t j = 0; j < right.size(); ++j) {
      ScoredPair& pair = scored.emplace_back();
      pair.cell.left = i;
      pair.cell.right = j;
      pair.score = score(i, j);
    }
  }
  return scored;
}

// Pairs each sentence with the candidate that has the same last word, as deny of strength 2.
std::shared_ptr<const FakeChat> LastWordChat() {
  return std::make_shared<FakeChat>([](const std::string& question, int) {
    const Json json = Json::parse(question);
    const auto last = [](const Json& sentence) {
      const std::string text = sentence["text"];
      return text.substr(text.rfind(' ') + 1);
    };
    Json pairs = Json::array();
    for (const Json& candidate : json["candidates"]) {
      if (last(candidate) == last(json["sentence"])) {
        pairs.push_back({{"candidate", candidate["number"]}, {"relation", "deny"}, {"strength", 2}});
      }
    }
    return Json({{"pairs", pairs}}).dump();
  });
}

std::unique_ptr<Judge> MakeJudge(std::shared_ptr<const Chat> chat, int32_t max_questions = 200) {
  JudgeOptions options;
  options.max_questions = max_questions;
  return *Judge::Create(std::move(chat), options);
}

double LogOdds(double p) { return std::log(p / (1 - p)); }

const char kLeft[] = "They attacked the ships.\nThey raised tariffs.\nThank you all.\n";
const char kRight[] = "We reject the claim about ships.\nIt rains.\nWe lowered tariffs.\n";

TEST(JudgePairs, ChangesTheScoresOfWhatItWasAskedAbout) {
  const TestStatement left(kLeft, "US"), right(kRight, "China");
  std::vector<ScoredPair> scored = AllCells(left, right, [](int32_t, int32_t) { return .2; });
  const auto judge = MakeJudge(LastWordChat());
  const auto judged = JudgePairs({left.Judged(), right.Judged()}, *judge, nullptr, scored);
  ASSERT_TRUE(judged.ok()) << judged.status();
  EXPECT_EQ(judged->judge, "fake");
  EXPECT_THAT(judged->issues, IsEmpty());
  EXPECT_EQ(judged->cells.size(), 9u);
  for (const ScoredPair& pair : scored) {
    const bool chosen = (pair.cell.left == 0 && pair.cell.right == 0) || (pair.cell.left == 1 && pair.cell.right == 2);
    const double added = chosen ? kChosenLogOdds[1] : kPassedOverLogOdds;
    EXPECT_NEAR(LogOdds(pair.score), LogOdds(.2) + added, 1e-9);
    const JudgedCell* const cell = judged->Find(pair.cell);
    ASSERT_NE(cell, nullptr);
    EXPECT_EQ(cell->log_odds, added);
    EXPECT_EQ(cell->relation, chosen ? Relation::kDeny : Relation::kUnspecified);
    EXPECT_EQ(cell->strength, chosen ? 2 : 0);
  }
}

TEST(JudgePairs, WhatIsAsked) {
  const TestStatement left(kLeft, "US"), right(kRight, "China");
  std::vector<ScoredPair> scored = AllCells(left, right, [](int32_t, int32_t) { return .2; });
  const auto chat = LastWordChat();
  ASSERT_TRUE(JudgePairs({left.Judged(), right.Judged()}, *MakeJudge(chat), nullptr, scored).ok());
  EXPECT_EQ(chat->calls(), 3);
  for (const std::string& question : chat->questions()) {
    const Json json = Json::parse(question);
    const std::string party = json["sentence"]["party"];
    EXPECT_EQ(json["sentence"]["speaker"], "Speaker of " + party);
    ASSERT_EQ(json["candidates"].size(), 3u);
    EXPECT_NE(json["candidates"][0]["party"], party);
    // In the order of the text, with their neighbours.
    EXPECT_EQ(json["candidates"][1]["before"], json["candidates"][0]["text"]);
    EXPECT_EQ(json["candidates"][1]["after"], json["candidates"][2]["text"]);
  }
}

TEST(JudgePairs, ShowsTheLikeliestTenOnly) {
  std::string many;
  for (int k = 0; k < 30; ++k) many += "Sentence " + std::to_string(k) + "\n";
  const TestStatement left(many, "US"), right(many, "China");
  std::vector<ScoredPair> scored =
      AllCells(left, right, [](int32_t i, int32_t j) { return 1. / (2 + std::abs(i - j)); });
  const std::vector<ScoredPair> before = scored;
  const auto judged = JudgePairs({left.Judged(), right.Judged()}, *MakeJudge(LastWordChat()), nullptr, scored);
  ASSERT_TRUE(judged.ok());
  EXPECT_EQ(judged->cells.size(), 300u);
  for (size_t k = 0; k < scored.size(); ++k) {
    EXPECT_EQ(judged->Find(scored[k].cell) == nullptr, scored[k].score == before[k].score);
  }
  EXPECT_GT(scored[0].score, .9);
}

TEST(JudgePairs, ScoresStayInBounds) {
  const TestStatement left(kLeft, "US"), right(kRight, "China");
  for (const double score : {0., 1e-300, .5, 1 - 1e-16, 1.}) {
    std::vector<ScoredPair> scored = AllCells(left, right, [&](int32_t, int32_t) { return score; });
    ASSERT_TRUE(JudgePairs({left.Judged(), right.Judged()}, *MakeJudge(LastWordChat()), nullptr, scored).ok());
    for (const ScoredPair& pair : scored) {
      EXPECT_GE(pair.score, 0);
      EXPECT_LE(pair.score, 1);
    }
  }
}

TEST(JudgePairs, ExchangedSidesAskTheSameAndMirror) {
  const TestStatement a(kLeft, "US"), b(kRight, "China");
  const auto score = [](int32_t i, int32_t j) { return .1 + .08 * i + .03 * j; };
  std::vector<ScoredPair> there = AllCells(a, b, score);
  std::vector<ScoredPair> back = AllCells(b, a, [&](int32_t j, int32_t i) { return score(i, j); });
  const auto first = LastWordChat(), second = LastWordChat();
  const auto judged = JudgePairs({a.Judged(), b.Judged()}, *MakeJudge(first, 2), nullptr, there);
  const auto mirrored = JudgePairs({b.Judged(), a.Judged()}, *MakeJudge(second, 2), nullptr, back);
  ASSERT_TRUE(judged.ok() && mirrored.ok());
  EXPECT_THAT(first->questions(), testing::UnorderedElementsAreArray(second->questions()));
  for (const ScoredPair& pair : there) {
    for (const ScoredPair& other : back) {
      if (other.cell.left == pair.cell.right && other.cell.right == pair.cell.left) {
        EXPECT_EQ(other.score, pair.score);
      }
    }
  }
  EXPECT_EQ(judged->cells.size(), mirrored->cells.size());
  EXPECT_EQ(judged->issues[0].message, mirrored->issues[0].message);
}

TEST(JudgePairs, SameStatementsAreNotJudged) {
  const TestStatement left(kLeft, "US"), right(kLeft, "US"), other_party(kLeft, "China");
  std::vector<ScoredPair> scored = AllCells(left, right, [](int32_t, int32_t) { return .2; });
  const auto chat = LastWordChat();
  const auto judged = JudgePairs({left.Judged(), right.Judged()}, *MakeJudge(chat), nullptr, scored);
  ASSERT_TRUE(judged.ok());
  EXPECT_EQ(chat->calls(), 0);
  EXPECT_EQ(judged->judge, "");
  ASSERT_EQ(judged->issues.size(), 1u);
  EXPECT_EQ(judged->issues[0].code, "judge-not-used");
  ASSERT_TRUE(JudgePairs({left.Judged(), other_party.Judged()}, *MakeJudge(chat), nullptr, scored).ok());
  EXPECT_EQ(chat->calls(), 3);
}

TEST(JudgePairs, BudgetGoesToTheLikeliest) {
  const TestStatement left(kLeft, "US"), right(kRight, "China");
  std::vector<ScoredPair> scored =
      AllCells(left, right, [](int32_t i, int32_t j) { return i == 1 && j == 2 ? .6 : .2; });
  const auto chat = LastWordChat();
  const auto judged = JudgePairs({left.Judged(), right.Judged()}, *MakeJudge(chat, 1), nullptr, scored);
  ASSERT_TRUE(judged.ok());
  EXPECT_EQ(chat->calls(), 1);
  EXPECT_EQ(judged->cells.size(), 3u);
  EXPECT_NE(judged->Find(scored[5].cell), nullptr);
  ASSERT_EQ(judged->issues.size(), 1u);
  EXPECT_EQ(judged->issues[0].code, "judge-budget");
  EXPECT_THAT(judged->issues[0].message, HasSubstr("the 1 sentences with the likeliest pairs of 3"));
}

TEST(JudgePairs, OwnScoresStandWithoutAnAnswer) {
  const TestStatement left(kLeft, "US"), right(kRight, "China");
  const struct {
    const char* name;
    FakeChat::Answer answer;
    const char* why;
  } kCases[] = {
      {"nobody", [](const std::string&, int) -> absl::StatusOr<std::string> { return absl::UnavailableError("gone"); },
       "for 3 of 3 sentences, for which narrdiff's own scores stand: gone"},
      {"nonsense", [](const std::string&, int) { return "No."; }, "the answer is not JSON alone"},
      {"not asked for",
       [](const std::string&, int) { return R"({"pairs":[{"candidate":4,"relation":"deny","strength":2}]})"; },
       "has the candidate 4, which is not from 1 to 3"},
  };
  for (const auto& c : kCases) {
    std::vector<ScoredPair> scored = AllCells(left, right, [](int32_t, int32_t) { return .2; });
    const auto judge = MakeJudge(std::make_shared<FakeChat>(c.answer));
    const auto judged = JudgePairs({left.Judged(), right.Judged()}, *judge, nullptr, scored);
    ASSERT_TRUE(judged.ok()) << c.name << judged.status();
    EXPECT_EQ(judged->judge, "") << c.name;
    EXPECT_THAT(judged->cells, IsEmpty()) << c.name;
    for (const ScoredPair& pair : scored) EXPECT_EQ(pair.score, .2) << c.name;
    ASSERT_EQ(judged->issues.size(), 1u) << c.name;
    EXPECT_EQ(judged->issues[0].code, "judge-failed") << c.name;
    EXPECT_EQ(judged->issues[0].severity, IssueSeverity::kWarning) << c.name;
    EXPECT_THAT(judged->issues[0].message, HasSubstr(c.why)) << c.name;
  }
}

TEST(JudgePairs, Interrupt) {
  const TestStatement left(kLeft, "US"), right(kRight, "China");
  std::vector<ScoredPair> scored = AllCells(left, right, [](int32_t, int32_t) { return .2; });
  const auto stopped = JudgePairs(
      {left.Judged(), right.Judged()}, *MakeJudge(LastWordChat()), [](int64_t, int64_t) { return false; }, scored);
  EXPECT_EQ(stopped.status().code(), absl::StatusCode::kCancelled);
  for (const ScoredPair& pair : scored) EXPECT_EQ(pair.score, .2);
}

TEST(JudgedRelationConfidence, RisesWithTheEnginesOwn) {
  const auto same = [](double own) { return JudgedRelationConfidence(Relation::kDeny, Relation::kDeny, own); };
  const auto other = [](double own) { return JudgedRelationConfidence(Relation::kDeny, Relation::kAgree, own); };
  EXPECT_NEAR(same(1. / 6), kJudgeRelationAccuracy, 1e-9);  // an engine that knows nothing adds nothing
  EXPECT_GT(same(.6), .95);
  EXPECT_GT(same(.6), same(.4));
  EXPECT_LT(other(.9), other(.4));
  for (const double own : {0., .5, 1.}) {
    for (const double confidence : {same(own), other(own)}) {
      EXPECT_GE(confidence, 0);
      EXPECT_LE(confidence, 1);
    }
  }
}

}  // namespace
}  // namespace narrdiff
