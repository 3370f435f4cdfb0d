// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The program as users meet it, with a judge beside it that answers, or goes
// wrong.
#include <signal.h>

#include <chrono>
#include <climits>
#include <cstdlib>
#include <string>
#include <vector>

#include "cli/run_process.h"
#include "engine/http/testing/faulty_server.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "proto/narrdiff/v1/comparison.pb.h"

namespace narrdiff::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string program;  // full path, set by main

constexpr char kKey[] = "sk-very-secret-0123456789";

class JudgeTest : public testing::Test {
 protected:
  JudgeTest() {
    folder_.Write("us.txt",
                  "China broke into the mail of our port authority.\nBeijing raised its tariffs on our grain.\n"
                  "Our two countries trade a great deal.\n");
    folder_.Write("china.txt",
                  "The tides were high this spring.\nWe reject what was said about the port authority.\n"
                  "The United States is the largest hacker empire.\n");
  }

  Process Command(const char* way, const std::vector<std::string>& more, const std::string& model = "m7") const {
    Process process;
    process.arguments = {program,
                         "diff",
                         "us.txt",
                         "china.txt",
                         "--mode=competing",
                         "--left-party=US",
                         "--right-party=China",
                         "--similarity=lexical",
                         "--judge-url=" + server_.Url(way),
                         "--judge-model=" + model,
                         "--judge-cache=" + cache_.path()};
    process.arguments.insert(process.arguments.end(), more.begin(), more.end());
    process.folder = folder_.path();
    process.variables = {{"HOME", folder_.path()}, {"NARRDIFF_DATA", ""}, {"NARRDIFF_JUDGE_KEY", kKey}};
    return process;
  }
  Outcome Run(const char* way, const std::vector<std::string>& more) const { return RunProcess(Command(way, more)); }
  Outcome RunWithoutJudge() const {
    Process process = Command("good", {"--format=json"});
    process.arguments.erase(process.arguments.begin() + 8, process.arguments.begin() + 11);
    return RunProcess(process);
  }
  static v1::Comparison Parsed(const std::string& json) {
    v1::Comparison comparison;
    EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(json, &comparison).ok()) << json;
    return comparison;
  }
  static std::string Codes(const v1::Comparison& comparison) {
    std::string codes;
    for (const v1::Issue& issue : comparison.issues()) codes += issue.code() + " ";
    return codes;
  }

  FaultyServer server_;
  TemporaryFolder folder_, cache_;
};

TEST_F(JudgeTest, ChangesPairsAndSaysWhoDid) {
  const Outcome outcome = Run("good", {"--format=json"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(outcome.err, "");
  const v1::Comparison comparison = Parsed(outcome.out);
  EXPECT_EQ(comparison.backends().judge(), "m7");
  ASSERT_GT(comparison.pairs_size(), 0);
  int judged = 0;
  for (const v1::AlignedPair& pair : comparison.pairs()) {
    for (const v1::Evidence& evidence : pair.evidence()) {
      if (evidence.kind() != "judge") continue;
      ++judged;
      EXPECT_EQ(&evidence, &pair.evidence(0));
      EXPECT_EQ(evidence.relation(), pair.relation());
      EXPECT_THAT(evidence.reason(), HasSubstr("the judge model m7 calls it "));
    }
  }
  EXPECT_GT(judged, 0);
  const Outcome text = Run("good", {"--format=text"});
  EXPECT_THAT(text.out, HasSubstr("judge m7"));
  EXPECT_THAT(text.out, HasSubstr("the judge model m7 calls it"));
  const Outcome html = Run("good", {"--format=html"});
  EXPECT_THAT(html.out, HasSubstr("judge m7"));
  EXPECT_THAT(html.out, HasSubstr("the judge model m7 calls it"));
  const Outcome explained = Run("good", {"--format=json", "--explain"});
  EXPECT_THAT(explained.out, HasSubstr("\"feature\": \"judge\""));
  EXPECT_EQ(Parsed(RunWithoutJudge().out).backends().judge(), "");
}

TEST_F(JudgeTest, AsksOnceAndRemembers) {
  const Outcome first = Run("good", {"--format=json"});
  const std::string log = server_.Log();
  EXPECT_THAT(log, HasSubstr("/good/v1/chat/completions"));
  EXPECT_THAT(log, HasSubstr(std::string("Bearer ") + kKey));
  const Outcome second = Run("good", {"--format=json"});
  EXPECT_EQ(second.out, first.out);
  EXPECT_EQ(server_.Log(), "[]");
  EXPECT_THAT(cache_.Names(), ElementsAre("judge.v1.sqlite"));
  EXPECT_THAT(ReadFileForTest(cache_.File("judge.v1.sqlite")), Not(HasSubstr(kKey)));
  EXPECT_THAT(ReadFileForTest(cache_.File("judge.v1.sqlite")), Not(HasSubstr("port authority")));
  const Outcome without = Run("good", {"--format=json", "--judge-cache=off"});
  EXPECT_EQ(without.out, first.out);
  EXPECT_NE(server_.Log(), "[]");
}

TEST_F(JudgeTest, WithoutTheFlagNobodyIsAsked) {
  const Outcome outcome = RunWithoutJudge();
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(server_.Log(), "[]");
  EXPECT_THAT(cache_.Names(), IsEmpty());
}

TEST_F(JudgeTest, TheComparisonIsMadeWhateverTheJudgeDoes) {
  const v1::Comparison own = Parsed(RunWithoutJudge().out);
  const struct {
    const char *way, *why;
  } kCases[] = {
      {"broken", "HTTP 503: out of order"},
      {"long_wait", "HTTP 429"},
      {"locked", "check NARRDIFF_JUDGE_KEY"},
      {"nowhere", "HTTP 404"},
      {"cut", "the connection broke"},
      {"nonsense", "the answer is not JSON: <html>"},
      {"silent", "has no words"},
      {"prose", "the answer is not JSON alone"},
      {"half", "the answer is not JSON alone"},
      {"invented", "has the candidate 99"},
      {"redirect", "sends elsewhere"},
      {"never", "no whole answer within 1000 ms"},
  };
  for (const auto& c : kCases) {
    const Outcome outcome = Run(c.way, {"--format=json", "--judge-timeout=1"});
    EXPECT_EQ(outcome.exit_code, 0) << c.way << outcome.err;
    EXPECT_THAT(outcome.err, HasSubstr("warning: the judge m7 gave no usable answer for 3 of 3 sentences")) << c.way;
    EXPECT_THAT(outcome.err, HasSubstr(c.why)) << c.way;
    EXPECT_THAT(outcome.out + outcome.err, Not(HasSubstr(kKey))) << c.way;
    v1::Comparison comparison = Parsed(outcome.out);
    EXPECT_EQ(Codes(comparison), "judge-failed ") << c.way;
    comparison.clear_issues();
    EXPECT_EQ(comparison.SerializeAsString(), own.SerializeAsString()) << c.way;
  }
  server_.Stop();
  const Outcome outcome = Run("good", {"--format=json"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.err, HasSubstr("no server answers"));
}

TEST_F(JudgeTest, TroubleThatPasses) {
  const std::string good = Run("good", {"--format=json", "--judge-cache=off"}).out;
  for (const char* way : {"slow", "hiccup", "cut_once", "prose_once"}) {
    const Outcome outcome = Run(way, {"--format=json", "--judge-cache=off"});
    EXPECT_EQ(outcome.err, "") << way;
    EXPECT_EQ(outcome.out, good) << way;
  }
}

TEST_F(JudgeTest, BudgetAndModesAreTold) {
  const Outcome budget = Run("good", {"--format=json", "--judge-requests=1"});
  EXPECT_EQ(Codes(Parsed(budget.out)), "judge-budget ");
  const std::string log = server_.Log();
  EXPECT_EQ(log.find("chat/completions"), log.rfind("chat/completions"));
  const Outcome parallel = Run("good", {"--format=json", "--mode=parallel"});
  EXPECT_THAT(Codes(Parsed(parallel.out)), HasSubstr("judge-not-used"));
  EXPECT_EQ(Parsed(parallel.out).backends().judge(), "");
  EXPECT_EQ(server_.Log(), "[]");
}

TEST_F(JudgeTest, ExchangedSidesAskTheSame) {
  EXPECT_EQ(Run("good", {"--format=json"}).exit_code, 0);
  EXPECT_NE(server_.Log(), "[]");
  Process process = Command("good", {"--format=json"});
  std::swap(process.arguments[2], process.arguments[3]);
  process.arguments[5] = "--left-party=China";
  process.arguments[6] = "--right-party=US";
  EXPECT_EQ(RunProcess(process).exit_code, 0);
  EXPECT_EQ(server_.Log(), "[]");  // all answers are remembered
}

TEST_F(JudgeTest, InterruptWhileItIsSilent) {
  const TemporaryFolder mark;
  Process process = Command("never_marked", {"-o", "out.json"}, mark.File("asked"));
  process.signal = SIGINT;
  process.signal_when = mark.File("asked");
  const auto start = std::chrono::steady_clock::now();
  const Outcome outcome = RunProcess(process);
  EXPECT_EQ(outcome.signal, SIGINT) << outcome.exit_code << outcome.err;
  EXPECT_EQ(outcome.err, "");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
  EXPECT_THAT(folder_.Names(), ElementsAre("china.txt", "us.txt"));
}

TEST_F(JudgeTest, BatchAsksToo) {
  Process process = Command("good", {});
  process.arguments.erase(process.arguments.begin() + 1, process.arguments.begin() + 4);
  process.arguments.insert(process.arguments.begin() + 1, "batch");
  process.in = R"({"left":{"text":"China broke into our mail."},"right":{"text":"We reject it."}})"
               "\n";
  const Outcome outcome = RunProcess(process);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("\"judge\":\"m7\""));
}

}  // namespace
}  // namespace narrdiff::cli

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  char path[PATH_MAX];
  if (argc != 2 || realpath(argv[1], path) == nullptr) return 1;
  narrdiff::cli::program = path;
  return RUN_ALL_TESTS();
}
