// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/open_judge.h"

#include <cstdlib>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace narrdiff::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

absl::StatusOr<std::shared_ptr<const Judge>> Open(std::vector<std::string> flags) {
  flags.insert(flags.begin(), "batch");
  const absl::StatusOr<Arguments> arguments = ParseArguments(flags);
  EXPECT_TRUE(arguments.ok()) << arguments.status();
  return OpenJudge(*arguments);
}

TEST(OpenJudge, OffByDefault) {
  const auto judge = Open({});
  ASSERT_TRUE(judge.ok()) << judge.status();
  EXPECT_EQ(*judge, nullptr);
}

TEST(OpenJudge, AsTheFlagsSay) {
  const auto judge = Open({"--judge-url=http://127.0.0.1:9", "--judge-model=m", "--judge-cache=off"});
  ASSERT_TRUE(judge.ok()) << judge.status();
  EXPECT_EQ((*judge)->name(), "m");
  EXPECT_EQ((*judge)->options().max_questions, 200);
  EXPECT_EQ((*judge)->options().store, nullptr);
  const auto cached = Open({"--judge-url=http://127.0.0.1:9", "--judge-model=m", "--judge-requests=3",
                            "--judge-cache=" + testing::TempDir() + "/open_judge"});
  ASSERT_TRUE(cached.ok()) << cached.status();
  EXPECT_EQ((*cached)->options().max_questions, 3);
  EXPECT_NE((*cached)->options().store, nullptr);
}

TEST(OpenJudge, SaysWhatIsWrong) {
  const std::vector<std::string> good = {"--judge-url=http://127.0.0.1:9", "--judge-model=m"};
  const struct {
    std::vector<std::string> flags;
    const char* message;
  } kCases[] = {
      {{"--judge-url=http://a"}, "give --judge-model"},
      {{"--judge-cache=d"}, "--judge-cache speaks of a server"},
      {{"--judge-url=localhost", "--judge-model=m"}, "no URL of a server"},
      {{"--judge-url=http://me:word@a", "--judge-model=m"}, "user or password"},
      {{"--judge-url=http://a", "--judge-model=m", "--judge-cache=/proc/none"}, "/proc/none"},
  };
  for (const auto& c : kCases) {
    const auto judge = Open(c.flags);
    EXPECT_FALSE(judge.ok()) << c.message;
    EXPECT_THAT(std::string(judge.status().message()), HasSubstr(c.message));
    EXPECT_THAT(std::string(judge.status().message()), HasSubstr("; "));
  }
  setenv("NARRDIFF_JUDGE_KEY", "two words", 1);
  const auto judge = Open(good);
  EXPECT_THAT(std::string(judge.status().message()), HasSubstr("the key has a space"));
  EXPECT_THAT(std::string(judge.status().message()), Not(HasSubstr("two words")));
  unsetenv("NARRDIFF_JUDGE_KEY");
}

}  // namespace
}  // namespace narrdiff::cli
