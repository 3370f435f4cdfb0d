// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/open_embedder.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace narrdiff::cli {
namespace {

using ::testing::HasSubstr;

Arguments Parsed(std::vector<std::string> flags) {
  flags.insert(flags.begin(), "batch");
  absl::StatusOr<Arguments> arguments = ParseArguments(flags);
  EXPECT_TRUE(arguments.ok()) << arguments.status();
  return *std::move(arguments);
}

class OpenEmbedderTest : public testing::Test {
 protected:
  OpenEmbedderTest() {
    setenv("NARRDIFF_DATA", "", 1);  // no model of this machine
    for (const char* name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy",
                             "NO_PROXY", "NARRDIFF_EMBEDDINGS_KEY"}) {
      unsetenv(name);
    }
  }
};

TEST_F(OpenEmbedderTest, WhichSimilarityWantsAnEmbedder) {
  const std::string url = "--embeddings-url=http://127.0.0.1:9", model = "--embeddings-model=m",
                    no_cache = "--embeddings-cache=off";
  const struct {
    const char* similarity;
    std::vector<std::string> flags;
    bool embedder;
  } cases[] = {
      {"auto", {}, false},
      {"lexical", {}, false},
      {"neural", {}, false},  // the engine says that there is none
      {"auto", {url, model, no_cache}, true},
      {"neural", {url, model, no_cache}, true},
      {"lexical", {url, model, no_cache}, false},
      {"lexical", {"--model=/no/such/folder"}, false},
  };
  for (const auto& c : cases) {
    const Arguments arguments = Parsed(c.flags);
    EmbedderSource embedders(arguments);
    CompareOptions options;
    options.similarity = c.similarity;
    EXPECT_EQ(embedders.Provide(options), absl::OkStatus()) << c.similarity;
    EXPECT_EQ(options.embedder != nullptr, c.embedder) << c.similarity;
    EXPECT_EQ(options.no_embedder_reason, "");
    if (!c.embedder) continue;
    // One for all.
    CompareOptions more;
    EXPECT_EQ(embedders.Provide(more), absl::OkStatus());
    EXPECT_EQ(more.embedder, options.embedder);
  }
}

TEST_F(OpenEmbedderTest, WhatWasNamedHasToBeThere) {
  const struct {
    std::vector<std::string> flags;
    const char* message;
  } cases[] = {
      {{"--model=/no/such/folder"}, "/no/such/folder"},
      {{"--model=d", "--embeddings-url=http://a"}, "give one"},
      {{"--embeddings-url=http://a"}, "give --embeddings-model"},
      {{"--embeddings-model=m"}, "--embeddings-model speaks of a server"},
      {{"--embeddings-prefix=p"}, "give --embeddings-url"},
      {{"--embeddings-timeout=7"}, "give --embeddings-url"},
      {{"--embeddings-url=localhost", "--embeddings-model=m"}, "no URL of a server"},
      {{"--embeddings-url=http://a", "--embeddings-model=m", "--embeddings-cache=/proc/none"}, "/proc/none"},
  };
  for (const auto& c : cases) {
    const Arguments arguments = Parsed(c.flags);
    CompareOptions options;
    const absl::Status status = EmbedderSource(arguments).Provide(options);
    EXPECT_FALSE(status.ok()) << c.message;
    EXPECT_THAT(std::string(status.message()), HasSubstr(c.message));
    EXPECT_THAT(std::string(status.message()), HasSubstr("; "));
  }
}

TEST(ModelIdentity, ChangesWithFilesAndProgram) {
  const std::string folder = testing::TempDir() + "/identity", program = folder + "-program";
  std::filesystem::create_directories(folder + "/1_Pooling");
  const auto write = [](const std::string& path, const char* text) { std::ofstream(path) << text; };
  write(folder + "/config.json", "{}");
  write(folder + "/1_Pooling/config.json", "{}");
  write(program, "x");
  std::vector<std::string> seen = {ModelIdentity(folder, program)};
  EXPECT_EQ(ModelIdentity(folder, program), seen[0]);
  write(folder + "/1_Pooling/config.json", "{ }");
  seen.push_back(ModelIdentity(folder, program));
  write(folder + "/narrdiff.json", "");
  seen.push_back(ModelIdentity(folder, program));
  write(program, "xy");
  seen.push_back(ModelIdentity(folder, program));
  EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), seen.size());
  ModelIdentity("/no/such/folder", "");
}

}  // namespace
}  // namespace narrdiff::cli
