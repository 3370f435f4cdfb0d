// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Against a real server process that goes wrong in every way there is a case for.
#include "engine/judge/server_chat.h"

#include <chrono>

#include "absl/strings/str_cat.h"
#include "engine/http/testing/faulty_server.h"
#include "engine/judge/judge.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace narrdiff {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using Json = nlohmann::json;

constexpr char kKey[] = "sk-very-secret-0123456789";
constexpr char kQuestion[] =
    R"({"sentence":{"text":"You did it."},"candidates":[{"number":1,"text":"We reject it."},{"number":2,"text":"Rain."}]})";
constexpr char kAnswer[] = R"({"pairs": [{"candidate": 1, "relation": "deny", "strength": 3}]})";

class ServerChatTest : public testing::Test {
 protected:
  JsonServerOptions Options(const char* way) const {
    JsonServerOptions options = ServerChatOptions();
    options.url = server_.Url(way);
    options.model = "test-model";
    options.key = kKey;
    options.first_wait_ms = 1;
    return options;
  }
  static absl::StatusOr<std::string> Ask(const JsonServerOptions& options) {
    const auto chat = MakeServerChat(options);
    if (!chat.ok()) return chat.status();
    return (*chat)->Ask("Judge.", kQuestion, [] { return true; });
  }
  Json Log() const { return Json::parse(server_.Log(), nullptr, false); }

  FaultyServer server_;
};

TEST_F(ServerChatTest, ApiExample) {
  const auto chat = MakeServerChat(Options("good"));
  ASSERT_TRUE(chat.ok()) << chat.status();
  EXPECT_EQ((*chat)->info().name, "test-model");
  EXPECT_EQ((*chat)->info().hash.size(), 64u);
  EXPECT_EQ(*(*chat)->Ask("Judge.", kQuestion, [] { return true; }), kAnswer);
  const Json log = Log();
  ASSERT_EQ(log.size(), 1u);
  EXPECT_EQ(log[0]["path"], "/good/v1/chat/completions");
  EXPECT_EQ(log[0]["model"], "test-model");
  EXPECT_EQ(log[0]["texts"], kQuestion);
  EXPECT_EQ(log[0]["key"], absl::StrCat("Bearer ", kKey));
}

TEST_F(ServerChatTest, HashTellsModelsApart) {
  const JsonServerOptions options = Options("good");
  const auto hash = [](const JsonServerOptions& o) { return (*MakeServerChat(o))->info().hash; };
  JsonServerOptions model = options, url = options, key = options;
  model.model = "other";
  url.url += "/v1/";
  key.key = "other";
  EXPECT_NE(hash(options), hash(model));
  EXPECT_EQ(hash(options), hash(url));  // the same endpoint
  EXPECT_EQ(hash(options), hash(key));
}

TEST_F(ServerChatTest, TroubleThatPasses) {
  const struct {
    const char* way;
    int32_t retries;
    size_t requests;
  } kCases[] = {{"slow", 1, 1}, {"hiccup", 1, 2}, {"cut_once", 1, 2}, {"busy", 2, 3}};
  for (const auto& c : kCases) {
    JsonServerOptions options = Options(c.way);
    options.retries = c.retries;
    const auto words = Ask(options);
    ASSERT_TRUE(words.ok()) << c.way << words.status();
    EXPECT_EQ(*words, kAnswer) << c.way;
    EXPECT_EQ(Log().size(), c.requests) << c.way;
  }
}

TEST_F(ServerChatTest, TroubleThatStays) {
  using Code = absl::StatusCode;
  const struct {
    const char* way;
    Code code;
    std::vector<const char*> parts;
    size_t requests;
  } kCases[] = {
      {"broken", Code::kUnavailable, {"HTTP 503: out of order", "(asked 2 times)"}, 2},
      {"busy", Code::kUnavailable, {"HTTP 429", "slow down"}, 2},
      {"long_wait", Code::kUnavailable, {"HTTP 429", "wait 86400 s"}, 1},
      {"locked", Code::kUnauthenticated, {"HTTP 401", "[key]", "check NARRDIFF_JUDGE_KEY"}, 1},
      {"nowhere", Code::kNotFound, {"HTTP 404", "check the URL"}, 1},
      {"bad_request", Code::kFailedPrecondition, {"HTTP 400", "no such model", "test-model"}, 1},
      {"cut", Code::kUnavailable, {"the connection broke", "(asked 2 times)"}, 2},
      {"nonsense", Code::kInvalidArgument, {"the answer is not JSON", "Welcome to our router", "chat server"}, 1},
      {"silent", Code::kInvalidArgument, {"the answer has no words"}, 1},
      {"redirect", Code::kFailedPrecondition, {"HTTP 307", "sends elsewhere, to http://localhost:"}, 1},
      {"huge", Code::kResourceExhausted, {"larger than max_answer_bytes = 1048576"}, 1},
      {"never", Code::kDeadlineExceeded, {"no whole answer within 400 ms", "(asked 2 times)"}, 2},
  };
  for (const auto& c : kCases) {
    JsonServerOptions options = Options(c.way);
    options.timeout_ms = 400;
    options.max_wait_ms = 1500;
    const auto words = Ask(options);
    EXPECT_EQ(words.status().code(), c.code) << c.way << words.status();
    const std::string message(words.status().message());
    EXPECT_THAT(message, AllOf(HasSubstr(options.url + "/v1/chat/completions: "), HasSubstr("; "), Not(HasSubstr(kKey)),
                               Not(HasSubstr("\n"))));
    for (const char* part : c.parts) EXPECT_THAT(message, HasSubstr(part)) << c.way;
    EXPECT_EQ(Log().size(), c.requests) << c.way;
  }
}

TEST_F(ServerChatTest, NobodyThere) {
  const JsonServerOptions options = Options("good");
  server_.Stop();
  const auto words = Ask(options);
  EXPECT_EQ(words.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(words.status().message()), HasSubstr("no server answers"));
}

TEST_F(ServerChatTest, InterruptWhileItIsSilent) {
  const auto chat = MakeServerChat(Options("never"));
  const auto start = std::chrono::steady_clock::now();
  const auto words = (*chat)->Ask(
      "Judge.", kQuestion, [&] { return std::chrono::steady_clock::now() < start + std::chrono::milliseconds(300); });
  EXPECT_EQ(words.status().code(), absl::StatusCode::kCancelled);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

// The whole way: many questions over several connections at once.
TEST_F(ServerChatTest, AsAJudge) {
  std::vector<JudgeQuestion> questions(20);
  for (size_t k = 0; k < questions.size(); ++k) {
    questions[k].sentence.text = absl::StrCat("sentence ", k);
    questions[k].candidates = {{"We talk.", "", "", ""}, {k % 3 == 0 ? "We reject it." : "It rains.", "", "", ""}};
  }
  for (const char* way : {"good", "slow", "prose_once", "hiccup"}) {
    const auto judge = Judge::Create(*MakeServerChat(Options(way)), JudgeOptions());
    const auto judgement = (*judge)->Ask(questions, nullptr);
    ASSERT_TRUE(judgement.ok()) << way << judgement.status();
    EXPECT_TRUE(judgement->trouble.ok()) << way << judgement->trouble;
    for (size_t k = 0; k < questions.size(); ++k) {
      ASSERT_TRUE(judgement->answers[k].has_value()) << way << k;
      EXPECT_EQ(judgement->answers[k]->size(), k % 3 == 0 ? 1u : 0u) << way << k;
    }
    EXPECT_LE(Log().size(), 21u) << way;
  }
  for (const char* way : {"prose", "half", "invented", "silent", "nonsense", "locked"}) {
    const auto judge = Judge::Create(*MakeServerChat(Options(way)), JudgeOptions());
    const auto judgement = (*judge)->Ask(questions, nullptr);
    ASSERT_TRUE(judgement.ok()) << way << judgement.status();
    for (const auto& answer : judgement->answers) EXPECT_FALSE(answer.has_value()) << way;
    EXPECT_FALSE(judgement->trouble.ok()) << way;
    EXPECT_LE(Log().size(), 30u) << way;
  }
}

}  // namespace
}  // namespace narrdiff
