// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/judge/chat_protocol.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

using ::testing::HasSubstr;

TEST(ChatProtocol, ApiExamples) {
  EXPECT_EQ(
      ChatRequest("m", "Be brief.", "Why?"),
      R"({"max_tokens":1000,"messages":[{"content":"Be brief.","role":"system"},{"content":"Why?","role":"user"}],)"
      R"("model":"m","temperature":0})");
  EXPECT_EQ(*ParseChatAnswer(R"({"choices":[{"message":{"role":"assistant","content":"So."}}]})"), "So.");
}

TEST(ChatProtocol, RequestsAreValidUtf8) { EXPECT_THAT(ChatRequest("m", "\xff", ""), HasSubstr("\xef\xbf\xbd")); }

TEST(ChatProtocol, AnswersThatAreNone) {
  const struct {
    const char *body, *why;
  } kCases[] = {
      {"", "is not JSON"},
      {"<html>", "is not JSON"},
      {"[]", "has no \"choices\""},
      {"{}", "has no \"choices\""},
      {R"({"choices":{}})", "has no list"},
      {R"({"choices":[]})", "has no list"},
      {R"({"choices":["So."]})", "has no \"message\""},
      {R"({"choices":[{"message":"So."}]})", "has no \"message\""},
      {R"({"choices":[{"message":{}}]})", "has no words"},
      {R"({"choices":[{"message":{"content":null}}]})", "has no words"},
      {R"({"choices":[{"message":{"content":["So."]}}]})", "has no words"},
  };
  for (const auto& c : kCases) {
    const auto words = ParseChatAnswer(c.body);
    EXPECT_EQ(words.status().code(), absl::StatusCode::kInvalidArgument) << c.body;
    EXPECT_THAT(std::string(words.status().message()), HasSubstr(c.why)) << c.body;
  }
}

}  // namespace
}  // namespace narrdiff
