// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The program as users meet it, with an embeddings server beside it that
// answers, or goes wrong.
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
#include "proto/narrdiff/v1/batch.pb.h"
#include "proto/narrdiff/v1/comparison.pb.h"

namespace narrdiff::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string program;  // full path, set by main

constexpr char kKey[] = "sk-very-secret-0123456789";

class EmbeddingsTest : public testing::Test {
 protected:
  EmbeddingsTest() {
    folder_.Write("left.txt", "The United States did it.\nChina denies it.\n");
    folder_.Write("right.txt", "China denies it.\nWe call on both to talk.\n");
  }

  Process Command(const char* way, const std::vector<std::string>& more, const std::string& model = "test") const {
    Process process;
    process.arguments = {program,
                         "diff",
                         "left.txt",
                         "right.txt",
                         "--mode=parallel",
                         "--embeddings-url=" + server_.Url(way),
                         "--embeddings-model=" + model,
                         "--embeddings-cache=" + cache_.path()};
    process.arguments.insert(process.arguments.end(), more.begin(), more.end());
    process.folder = folder_.path();
    process.variables = {{"HOME", folder_.path()}, {"NARRDIFF_DATA", ""}, {"NARRDIFF_EMBEDDINGS_KEY", kKey}};
    return process;
  }
  Outcome Run(const char* way, const std::vector<std::string>& more) const { return RunProcess(Command(way, more)); }
  static v1::Comparison Parsed(const std::string& json) {
    v1::Comparison comparison;
    EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(json, &comparison).ok()) << json;
    return comparison;
  }
  // Of `count` distinct sentences.
  void WriteLong(int count) const {
    std::string text;
    for (int i = 0; i < count; ++i) text += "China has said it for the time number " + std::to_string(i) + ".\n";
    folder_.Write("left.txt", text);
  }

  FaultyServer server_;
  TemporaryFolder folder_, cache_;
};

TEST_F(EmbeddingsTest, AsksOnceAndRemembers) {
  const Outcome first = Run("good", {"--format=json"});
  ASSERT_EQ(first.exit_code, 0) << first.err;
  EXPECT_EQ(first.err, "");
  EXPECT_EQ(Parsed(first.out).backends().similarity(), "server:test");
  const std::string log = server_.Log();
  EXPECT_THAT(log, HasSubstr("[\"The United States did it.\", \"China denies it.\", \"We call on both to talk.\"]"));
  EXPECT_THAT(log, HasSubstr(kKey));

  const Outcome second = Run("good", {"--format=json"});
  EXPECT_EQ(second.out, first.out);
  EXPECT_EQ(server_.Log(), "[]");
  EXPECT_THAT(cache_.Names(), ElementsAre("embeddings.v1.sqlite"));
  const Outcome without = Run("good", {"--format=json", "--embeddings-cache=off"});
  EXPECT_EQ(without.out, first.out);
  EXPECT_NE(server_.Log(), "[]");
  // With all vectors there, nobody has to answer.
  server_.Stop();
  EXPECT_EQ(Run("good", {"--format=json"}).out, first.out);
}

TEST_F(EmbeddingsTest, LexicalAsksNobody) {
  const Outcome outcome = Run("good", {"--format=json", "--similarity=lexical"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(Parsed(outcome.out).backends().similarity(), "lexical");
  EXPECT_EQ(server_.Log(), "[]");
  EXPECT_THAT(cache_.Names(), IsEmpty());
}

TEST_F(EmbeddingsTest, AutoFallsBackNeuralFails) {
  const Outcome fallen = Run("locked", {"--format=json"});
  EXPECT_EQ(fallen.exit_code, 0);
  EXPECT_THAT(fallen.err, HasSubstr("warning: similarity is lexical"));
  EXPECT_THAT(fallen.err, HasSubstr("HTTP 401"));
  const v1::Comparison comparison = Parsed(fallen.out);
  EXPECT_EQ(comparison.backends().similarity(), "lexical");
  ASSERT_EQ(comparison.issues_size(), 1);
  EXPECT_EQ(comparison.issues(0).code(), "lexical-fallback");

  const Outcome failed = Run("locked", {"--similarity=neural", "-o", "out.json"});
  EXPECT_EQ(failed.exit_code, 2);
  EXPECT_THAT(failed.err, HasSubstr("check NARRDIFF_EMBEDDINGS_KEY"));
  EXPECT_THAT(folder_.Names(), ElementsAre("left.txt", "right.txt"));
  for (const Outcome& outcome : {fallen, failed}) EXPECT_THAT(outcome.out + outcome.err, Not(HasSubstr(kKey)));
}

TEST_F(EmbeddingsTest, BatchChoosesSimilarityOnly) {
  Process process = Command("good", {});
  process.arguments.erase(process.arguments.begin() + 1, process.arguments.begin() + 5);
  process.arguments.insert(process.arguments.begin() + 1, {"batch", "--similarity=lexical", "--mode=parallel"});
  const std::string sides = R"("left":{"text":"It did."},"right":{"text":"It did not."})";
  process.in = "{" + sides + "}\n{" + sides + R"(,"options":{"similarity":"neural"}})" + "\n{" + sides +
               R"(,"options":{"embeddings_url":"http://127.0.0.1:1"}})" + "\n";
  const Outcome outcome = RunProcess(process);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  const size_t one = outcome.out.find('\n'), two = outcome.out.find('\n', one + 1);
  EXPECT_THAT(outcome.out.substr(0, one), HasSubstr("\"similarity\":\"lexical\",\"lexicons\""));
  EXPECT_THAT(outcome.out.substr(one, two - one), HasSubstr("\"similarity\":\"server:test\""));
  EXPECT_THAT(outcome.out.substr(two), HasSubstr("INVALID_ARGUMENT"));
}

TEST_F(EmbeddingsTest, InterruptWhileAServerIsSilent) {
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    const TemporaryFolder mark;
    Process process = Command("never_marked", {"-o", "out.json"}, mark.File("asked"));
    process.signal = number;
    process.signal_when = mark.File("asked");
    const auto start = std::chrono::steady_clock::now();
    const Outcome outcome = RunProcess(process);
    EXPECT_EQ(outcome.signal, number) << outcome.exit_code << outcome.err;
    EXPECT_EQ(outcome.err, "");
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
    EXPECT_THAT(folder_.Names(), ElementsAre("left.txt", "right.txt"));
    EXPECT_THAT(cache_.Names(), ElementsAre("embeddings.v1.sqlite"));
  }
}

TEST_F(EmbeddingsTest, ACacheThatCannotBe) {
  folder_.Write(".cache", "a file where the folder should be");
  Process process = Command("good", {"--format=json"});
  process.arguments.erase(process.arguments.begin() + 7);
  const Outcome outcome = RunProcess(process);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr("warning: continuing without a cache of embeddings"));
  EXPECT_EQ(Parsed(outcome.out).backends().similarity(), "server:test");
}

TEST_F(EmbeddingsTest, ProgressOnATerminalOnly) {
  if (!HasTerminals()) GTEST_SKIP() << "this machine has no pseudo-terminals (/dev/pts)";
  WriteLong(64 * 12);  // a third of a second for each 64
  Process process = Command("slow", {"--format=json", "--embeddings-cache=off"});
  EXPECT_EQ(RunProcess(process).err, "");
  process.err_to_terminal = true;
  const Outcome outcome = RunProcess(process);
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.err, HasSubstr("\rnarrdiff: embedding [#"));
  EXPECT_THAT(outcome.err, HasSubstr(" of 770, "));
  EXPECT_THAT(outcome.err, HasSubstr(" s left"));
  EXPECT_EQ(outcome.err.substr(outcome.err.size() - 4), "\r\x1b[K");
  process.arguments.push_back("--quiet");
  EXPECT_EQ(RunProcess(process).err, "");
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
