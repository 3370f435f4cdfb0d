// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/server_flags.h"

#include <cstdlib>
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

TEST(ServerVariables, AsCurlReadsThem) {
  for (const char* name : {"https_proxy", "all_proxy", "ALL_PROXY", "no_proxy"}) unsetenv(name);
  setenv("A_KEY", "secret", 1);
  setenv("http_proxy", "http://plain", 1);
  setenv("HTTPS_PROXY", "http://secure", 1);
  setenv("NO_PROXY", "localhost", 1);
  ServerVariables variables = ServerVariablesFor("http://a", "A_KEY");
  EXPECT_EQ(variables.key, "secret");
  EXPECT_EQ(variables.proxy, "http://plain");
  EXPECT_EQ(variables.no_proxy, "localhost");
  EXPECT_EQ(ServerVariablesFor("https://a", "A_KEY").proxy, "http://secure");
  EXPECT_EQ(ServerVariablesFor("https://a", "NO_SUCH_KEY").key, "");
}

TEST(SetServer, FillsInWhatWasSaid) {
  for (const std::string name : {"embeddings", "judge"}) {
    JsonServerOptions options;
    SetServer(Parsed({"--" + name + "-url=http://a", "--" + name + "-model=m", "--" + name + "-timeout=7"}), name,
              {"k", "p", "n"}, options);
    EXPECT_EQ(options.url, "http://a");
    EXPECT_EQ(options.model, "m");
    EXPECT_EQ(options.timeout_ms, 7000);
    EXPECT_EQ(options.key + options.proxy + options.no_proxy, "kpn");
  }
}

TEST(CheckServerFlags, SaysWhatIsMissing) {
  const struct {
    std::vector<std::string> flags;
    const char* message;  // null: all is there
  } kCases[] = {
      {{}, nullptr},
      {{"--judge-url=http://a", "--judge-model=m", "--judge-requests=3"}, nullptr},
      {{"--judge-url=http://a"}, "give --judge-model=NAME"},
      {{"--judge-model=m"}, "--judge-model speaks of a server; give --judge-url=URL"},
      {{"--judge-timeout=7"}, "--judge-timeout speaks of a server"},
      {{"--judge-requests=3"}, "--judge-requests speaks of a server"},
  };
  for (const auto& c : kCases) {
    const absl::Status status = CheckServerFlags(Parsed(c.flags), "judge", {"judge-requests"});
    EXPECT_EQ(status.ok(), c.message == nullptr) << status;
    if (c.message != nullptr) {
      EXPECT_THAT(std::string(status.message()), HasSubstr(c.message));
    }
  }
}

TEST(CacheFolderFor, FlagOrTheUsers) {
  setenv("XDG_CACHE_HOME", "/c", 1);
  EXPECT_EQ(CacheFolderFor(Parsed({}), "judge"), "/c/narrdiff");
  EXPECT_EQ(CacheFolderFor(Parsed({"--judge-cache=d"}), "judge"), "d");
  EXPECT_EQ(CacheFolderFor(Parsed({"--judge-cache=off"}), "judge"), "");
}

TEST(CacheFolder, AsTheSpecificationOfFoldersHasIt) {
  Surroundings surroundings;
  EXPECT_EQ(CacheFolder(surroundings), "");
  surroundings.home = "/h";
  EXPECT_EQ(CacheFolder(surroundings), "/h/.cache/narrdiff");
  surroundings.xdg_cache_home = "relative";
  EXPECT_EQ(CacheFolder(surroundings), "/h/.cache/narrdiff");
  surroundings.xdg_cache_home = "/c";
  EXPECT_EQ(CacheFolder(surroundings), "/c/narrdiff");
}

}  // namespace
}  // namespace narrdiff::cli
