// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// What 1,000 sentences cost that are in the cache: opened anew each time, as by a new process.
//
//   bazel run //engine/embed:cached_embedder_benchmark
#include <unistd.h>

#include <filesystem>

#include "absl/strings/str_cat.h"
#include "benchmark/benchmark.h"
#include "engine/embed/cached_embedder.h"
#include "engine/embed/testing/fake_embedder.h"

namespace narrdiff {
namespace {

constexpr int kTexts = 1000;
constexpr int32_t kDimensions = 384;  // of multilingual-e5-small

void BM_ReadStored(benchmark::State& state) {
  CacheOptions options;
  options.folder = absl::StrCat(std::filesystem::temp_directory_path().string(), "/narrdiff-benchmark-", getpid());
  EmbedOptions embed;
  embed.tokens = state.range(0) != 0;
  std::vector<std::string> texts;
  for (int i = 0; i < kTexts; ++i) {
    std::string text = absl::StrCat("sentence ", i, " with");
    for (int word = 0; word < 27; ++word) text += " thirty";
    texts.push_back(text + " words");
  }
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  const auto run = [&] {
    return (*MakeCachedEmbedder(std::make_shared<FakeEmbedder>(kDimensions), options))->Embed(views, embed).ok();
  };
  bool good = run();
  for (auto _ : state) good &= run();
  if (!good) state.SkipWithError("not embedded");
  std::filesystem::remove_all(options.folder);
}
BENCHMARK(BM_ReadStored)->ArgName("tokens")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace narrdiff

BENCHMARK_MAIN();
