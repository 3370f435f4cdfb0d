// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/judge/judge.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <thread>

#include "absl/strings/str_cat.h"
#include "engine/judge/testing/fake_chat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace narrdiff {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Json = nlohmann::json;

constexpr char kNone[] = R"({"pairs":[]})";

std::string Chosen(int candidate) {
  return absl::StrCat(R"({"pairs":[{"candidate":)", candidate, R"(,"relation":"deny","strength":2}]})");
}

// The number that is the text of the question's sentence.
int NumberOf(const std::string& question) {
  return std::stoi(Json::parse(question)["sentence"]["text"].get<std::string>());
}

// Sentences "0", "1" ..., each with three candidates.
std::vector<JudgeQuestion> Questions(int count) {
  std::vector<JudgeQuestion> questions;
  for (int i = 0; i < count; ++i) {
    questions.push_back({"US", "China", {absl::StrCat(i), "", "", ""}, std::vector<QuotedSentence>(3)});
  }
  return questions;
}

// For each question the number of the candidate chosen, 0 for none, -1 for no answer.
std::vector<int> Outcome(const Judgement& judgement) {
  std::vector<int> outcome;
  for (const auto& answer : judgement.answers) {
    outcome.push_back(!answer.has_value() ? -1 : answer->empty() ? 0 : answer->at(0).candidate);
  }
  return outcome;
}

std::vector<int> Ask(std::shared_ptr<const FakeChat> chat, int count, const JudgeOptions& options = {},
                     absl::Status* trouble = nullptr) {
  const auto judge = Judge::Create(std::move(chat), options);
  EXPECT_TRUE(judge.ok());
  const auto judgement = (*judge)->Ask(Questions(count), nullptr);
  EXPECT_TRUE(judgement.ok()) << judgement.status();
  if (trouble != nullptr) *trouble = judgement->trouble;
  const std::vector<int> outcome = Outcome(*judgement);
  EXPECT_EQ(judgement->trouble.ok(), std::count(outcome.begin(), outcome.end(), -1) == 0);
  return outcome;
}

TEST(Judge, AnswersWell) {
  const auto chat = std::make_shared<FakeChat>([](const std::string& question, int) {
    return NumberOf(question) == 1 ? kNone : Chosen(NumberOf(question) + 1);
  });
  EXPECT_THAT(Ask(chat, 3), ElementsAre(1, 0, 3));
  EXPECT_EQ(chat->calls(), 3);
  EXPECT_THAT(Ask(chat, 0), ElementsAre());
}

TEST(Judge, OrderOfArrivalDoesNotMatter) {
  // Each later question is answered sooner.
  const auto chat = std::make_shared<FakeChat>([](const std::string& question, int) {
    std::this_thread::sleep_for(std::chrono::milliseconds(40 - 5 * NumberOf(question)));
    return Chosen(NumberOf(question) % 3 + 1);
  });
  JudgeOptions options;
  for (const int at_once : {1, 4, 64}) {
    options.at_once = at_once;
    EXPECT_THAT(Ask(chat, 8, options), ElementsAre(1, 2, 3, 1, 2, 3, 1, 2)) << at_once;
  }
  EXPECT_LE(chat->most_at_once(), 8);
}

TEST(Judge, AsksNoMoreAtOnceThanIsAllowed) {
  const auto chat = std::make_shared<FakeChat>([](const std::string&, int) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return kNone;
  });
  Ask(chat, 20);
  EXPECT_LE(chat->most_at_once(), 4);
  EXPECT_GE(chat->most_at_once(), 2);
}

TEST(Judge, NonsenseIsAskedForOnceMore) {
  const struct {
    const char *name, *first, *second;
    int outcome;
  } kCases[] = {
      {"prose, then well", "I choose 2.", R"({"pairs":[]})", 0},
      {"half, then well", R"({"pairs":[{"cand)", R"({"pairs":[{"candidate":2,"relation":"deny","strength":2}]})", 2},
      {"never well", "I choose 2.", "As I said, 2.", -1},
      {"a candidate that there is not", R"({"pairs":[{"candidate":4,"relation":"deny","strength":2}]})",
       R"({"pairs":[{"candidate":0,"relation":"deny","strength":2}]})", -1},
  };
  for (const auto& c : kCases) {
    const auto chat = std::make_shared<FakeChat>(
        [&](const std::string&, int attempt) { return std::string(attempt == 1 ? c.first : c.second); });
    EXPECT_THAT(Ask(chat, 1), ElementsAre(c.outcome)) << c.name;
    EXPECT_EQ(chat->calls(), 2) << c.name;
  }
}

TEST(Judge, SomeQuestionsWithoutAnAnswer) {
  // Every second one; never four in a row.
  const auto chat = std::make_shared<FakeChat>([](const std::string& question, int) -> absl::StatusOr<std::string> {
    if (NumberOf(question) % 2 == 1) return absl::UnavailableError(absl::StrCat("no ", NumberOf(question)));
    return Chosen(1);
  });
  absl::Status trouble;
  EXPECT_THAT(Ask(chat, 7, {}, &trouble), ElementsAre(1, -1, 1, -1, 1, -1, 1));
  EXPECT_EQ(chat->calls(), 7);  // the chat itself repeats what may pass
  EXPECT_THAT(std::string(trouble.message()), HasSubstr("no 1"));
}

TEST(Judge, IsGivenUpAfterFourInARow) {
  for (const int at_once : {1, 4, 16}) {
    for (const bool slow : {false, true}) {
      const auto chat =
          std::make_shared<FakeChat>([&](const std::string& question, int) -> absl::StatusOr<std::string> {
            const int number = NumberOf(question);
            if (slow) std::this_thread::sleep_for(std::chrono::milliseconds(30 - number));
            if (number >= 3 && number <= 6) return absl::UnavailableError("gone");
            return Chosen(1);
          });
      JudgeOptions options;
      options.at_once = at_once;
      // Whatever came back before the four were known to fail: the same outcome.
      EXPECT_THAT(Ask(chat, 10, options), ElementsAre(1, 1, 1, -1, -1, -1, -1, -1, -1, -1)) << at_once << slow;
      EXPECT_GE(chat->calls(), 7);
      EXPECT_LE(chat->calls(), 7 + (at_once - 1));
    }
  }
}

TEST(Judge, NobodyThere) {
  const auto chat = std::make_shared<FakeChat>(
      [](const std::string&, int) -> absl::StatusOr<std::string> { return absl::UnavailableError("nobody there"); });
  absl::Status trouble;
  const std::vector<int> outcome = Ask(chat, 300, {}, &trouble);
  EXPECT_EQ(outcome, std::vector<int>(300, -1));
  EXPECT_LT(chat->calls(), 12);
  EXPECT_EQ(trouble, absl::UnavailableError("nobody there"));
}

TEST(Judge, ProgressAndInterrupt) {
  const auto chat = std::make_shared<FakeChat>([](const std::string&, int) {
    std::this_thread::sleep_for(std::chrono::milliseconds(60));
    return kNone;
  });
  const auto judge = Judge::Create(chat, JudgeOptions());
  std::vector<int64_t> told;
  const auto caller = std::this_thread::get_id();
  ASSERT_TRUE((*judge)
                  ->Ask(Questions(12),
                        [&](int64_t done) {
                          EXPECT_EQ(std::this_thread::get_id(), caller);
                          EXPECT_LE(done, 12);
                          told.push_back(done);
                          return true;
                        })
                  .ok());
  EXPECT_EQ(told.front(), 0);
  EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
  const int before = chat->calls();
  const auto stopped = (*judge)->Ask(Questions(1000), [&](int64_t done) { return done == 0; });
  EXPECT_EQ(stopped.status().code(), absl::StatusCode::kCancelled);
  EXPECT_LT(chat->calls() - before, 30);
  EXPECT_EQ((*judge)->Ask(Questions(3), [](int64_t) { return false; }).status().code(), absl::StatusCode::kCancelled);
}

class JudgeCacheTest : public testing::Test {
 protected:
  JudgeCacheTest() {
    folder_ = testing::TempDir() + "/judge_cache";
    std::filesystem::remove_all(folder_);
    options_.store = Store();
  }
  std::shared_ptr<BlobStore> Store() const {
    CacheOptions cache;
    cache.folder = folder_;
    return *OpenCache(cache, "judge.v1.sqlite");
  }
  static std::shared_ptr<FakeChat> Model(const char* name) {
    return std::make_shared<FakeChat>(
        [](const std::string& question, int) { return Chosen(NumberOf(question) % 3 + 1); }, name);
  }

  std::string folder_;
  JudgeOptions options_;
};

TEST_F(JudgeCacheTest, WhatIsThereIsNotAskedAgain) {
  const auto chat = Model("a");
  EXPECT_THAT(Ask(chat, 3, options_), ElementsAre(1, 2, 3));
  options_.store = Store();  // another process
  EXPECT_THAT(Ask(chat, 3, options_), ElementsAre(1, 2, 3));
  EXPECT_EQ(chat->calls(), 3);
  EXPECT_THAT(Ask(chat, 5, options_), ElementsAre(1, 2, 3, 1, 2));
  EXPECT_EQ(chat->calls(), 5);
}

TEST_F(JudgeCacheTest, ModelsDoNotSeeEachOthersAnswers) {
  const auto a = Model("a"), b = Model("b");
  Ask(a, 2, options_);
  Ask(b, 2, options_);
  EXPECT_EQ(b->calls(), 2);
}

TEST_F(JudgeCacheTest, NonsenseIsNotRemembered) {
  const auto bad = std::make_shared<FakeChat>([](const std::string&, int) { return "Candidate 1."; }, "a");
  EXPECT_THAT(Ask(bad, 2, options_), ElementsAre(-1, -1));
  const auto good = Model("a");
  EXPECT_THAT(Ask(good, 2, options_), ElementsAre(1, 2));
  EXPECT_EQ(good->calls(), 2);
}

TEST_F(JudgeCacheTest, HoldsNoWordOfTheStatements) {
  std::vector<JudgeQuestion> questions = Questions(1);
  questions[0].sentence.before = "a remarkable sentence";
  const auto judge = Judge::Create(Model("a"), options_);
  ASSERT_TRUE((*judge)->Ask(questions, nullptr).ok());
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    std::FILE* const file = std::fopen(entry.path().c_str(), "rb");
    std::string bytes(size_t{1} << 20, '\0');
    bytes.resize(std::fread(bytes.data(), 1, bytes.size(), file));
    std::fclose(file);
    EXPECT_EQ(bytes.find("remarkable"), std::string::npos);
    ++files;
  }
  EXPECT_EQ(files, 1);
}

TEST(JudgeCreate, RefusesBadOptions) {
  JudgeOptions options;
  options.max_questions = 0;
  EXPECT_EQ(Judge::Create(nullptr, options).status().code(), absl::StatusCode::kInvalidArgument);
  options = {};
  options.at_once = 65;
  EXPECT_EQ(Judge::Create(nullptr, options).status().code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace narrdiff
