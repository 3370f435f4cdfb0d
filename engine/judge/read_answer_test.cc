// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/judge/read_answer.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

using ::testing::HasSubstr;

TEST(ReadJudgeAnswer, TakesEveryGoodForm) {
  const struct {
    const char *name, *words;
    size_t pairs;
  } kCases[] = {
      {"one", R"({"pairs":[{"candidate":3,"relation":"deny","strength":2}]})", 1},
      {"none", R"({"pairs":[]})", 0},
      {"white space", " \n{ \"pairs\" : [ ] }\r\n\t", 0},
      {"other order of fields", R"({"pairs":[{"strength":1,"relation":"respond","candidate":10}]})", 1},
      {"several",
       R"({"pairs":[{"candidate":2,"relation":"agree","strength":1},{"candidate":1,"relation":"differ","strength":3}]})",
       2},
      {"code block", "```json\n{\"pairs\":[]}\n```\n", 0},
      {"nameless code block", "```{\"pairs\":[]}```", 0},
  };
  for (const auto& c : kCases) {
    const auto pairs = ReadJudgeAnswer(c.words, 10);
    ASSERT_TRUE(pairs.ok()) << c.name << pairs.status();
    EXPECT_EQ(pairs->size(), c.pairs) << c.name;
  }
}

TEST(ReadJudgeAnswer, SaysWhatWasChosen) {
  const auto pairs = ReadJudgeAnswer(
      R"({"pairs":[{"candidate":7,"relation":"reframe","strength":1},{"candidate":3,"relation":"counter","strength":3}]})",
      7);
  ASSERT_TRUE(pairs.ok()) << pairs.status();
  ASSERT_EQ(pairs->size(), 2u);
  EXPECT_EQ((*pairs)[0].candidate, 3);  // by candidate, however they came
  EXPECT_EQ((*pairs)[0].relation, Relation::kCounter);
  EXPECT_EQ((*pairs)[0].strength, 3);
  EXPECT_EQ((*pairs)[1].candidate, 7);
  EXPECT_EQ((*pairs)[1].relation, Relation::kReframe);
}

TEST(ReadJudgeAnswer, RefusesAllElse) {
  const std::string deep = std::string(30'000, '[') + std::string(30'000, ']');
  const struct {
    const char* name;
    std::string words;
    const char* why;
  } kCases[] = {
      {"nothing", "", "is not JSON alone"},
      {"prose", "I choose candidate 3.", "is not JSON alone"},
      {"prose before", R"(Sure! {"pairs":[]})", "is not JSON alone"},
      {"prose after", R"({"pairs":[]} I hope this helps.)", "is not JSON alone"},
      {"prose around a code block", "Sure!\n```json\n{\"pairs\":[]}\n```", "is not JSON alone"},
      {"thoughts", R"(<think>Hm.</think>{"pairs":[]})", "is not JSON alone"},
      {"half", R"({"pairs":[{"candidate":3,"rela)", "is not JSON alone"},
      {"two answers", R"({"pairs":[]}{"pairs":[]})", "is not JSON alone"},
      {"bad UTF-8", "{\"pairs\":[],\"\xff\":1}", "is not JSON alone"},
      {"comment", R"({"pairs":[]/* none */})", "is not JSON alone"},
      {"a list", "[]", "is not an object"},
      {"deep", deep, "is not an object"},
      {"null", "null", "is not an object"},
      {"no pairs", "{}", "is not an object"},
      {"other name", R"({"Pairs":[]})", "is not an object"},
      {"more fields", R"({"pairs":[],"reason":"none fit"})", "is not an object"},
      {"pairs are none", R"({"pairs":null})", "is not an object"},
      {"pairs are an object", R"({"pairs":{}})", "is not an object"},
      {"pairs twice", R"({"pairs":[],"pairs":[]})", "has a field twice"},
      {"a field twice", R"({"pairs":[{"candidate":1,"candidate":2,"relation":"deny","strength":2}]})", "field twice"},
      {"a number", R"({"pairs":[3]})", "something else than an object"},
      {"no candidate", R"({"pairs":[{"relation":"deny","strength":2}]})", "without \"candidate\""},
      {"candidate in words", R"({"pairs":[{"candidate":"3","relation":"deny","strength":2}]})", "no whole number"},
      {"candidate with a point", R"({"pairs":[{"candidate":3.0,"relation":"deny","strength":2}]})", "no whole number"},
      {"candidate 0", R"({"pairs":[{"candidate":0,"relation":"deny","strength":2}]})", "not from 1 to 10"},
      {"candidate below", R"({"pairs":[{"candidate":-1,"relation":"deny","strength":2}]})", "not from 1 to 10"},
      {"candidate above", R"({"pairs":[{"candidate":11,"relation":"deny","strength":2}]})", "not from 1 to 10"},
      {"candidate huge", R"({"pairs":[{"candidate":18446744073709551615,"relation":"deny","strength":2}]})",
       "not from 1 to 10"},
      {"candidate beyond all", R"({"pairs":[{"candidate":1e99,"relation":"deny","strength":2}]})", "no whole number"},
      {"candidate wraps", R"({"pairs":[{"candidate":4294967297,"relation":"deny","strength":2}]})", "not from 1 to 10"},
      {"no relation", R"({"pairs":[{"candidate":3,"strength":2}]})", "without a \"relation\""},
      {"relation as a number", R"({"pairs":[{"candidate":3,"relation":2,"strength":2}]})", "without a \"relation\""},
      {"unknown relation", R"({"pairs":[{"candidate":3,"relation":"denies","strength":2}]})", "that there is not"},
      {"capitals", R"({"pairs":[{"candidate":3,"relation":"Deny","strength":2}]})", "that there is not"},
      {"not a judge's", R"({"pairs":[{"candidate":3,"relation":"parallel","strength":2}]})", "that there is not"},
      {"unspecified", R"({"pairs":[{"candidate":3,"relation":"unspecified","strength":2}]})", "that there is not"},
      {"no strength", R"({"pairs":[{"candidate":3,"relation":"deny"}]})", "without \"strength\""},
      {"strength 4", R"({"pairs":[{"candidate":3,"relation":"deny","strength":4}]})", "not from 1 to 3"},
      {"strength true", R"({"pairs":[{"candidate":3,"relation":"deny","strength":true}]})", "no whole number"},
      {"another field", R"({"pairs":[{"candidate":3,"relation":"deny","strength":2,"why":""}]})", "not asked for"},
      {"a candidate twice",
       R"({"pairs":[{"candidate":3,"relation":"deny","strength":2},{"candidate":3,"relation":"agree","strength":1}]})",
       "has candidate 3 twice"},
      {"endless", std::string(1 << 20, ' ') + R"({"pairs":[]})", "much longer"},
  };
  for (const auto& c : kCases) {
    const auto pairs = ReadJudgeAnswer(c.words, 10);
    EXPECT_EQ(pairs.status().code(), absl::StatusCode::kInvalidArgument) << c.name;
    EXPECT_THAT(std::string(pairs.status().message()), HasSubstr(c.why)) << c.name;
  }
}

}  // namespace
}  // namespace narrdiff
