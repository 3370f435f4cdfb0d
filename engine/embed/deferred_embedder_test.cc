// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/embed/deferred_embedder.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "engine/embed/testing/fake_embedder.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

class DeferredEmbedderTest : public testing::Test {
 protected:
  DeferredEmbedderTest() {
    options_.folder = absl::StrCat(testing::TempDir(), "/deferred-", getpid());
    std::filesystem::remove_all(options_.folder);
  }
  ~DeferredEmbedderTest() override { std::filesystem::remove_all(options_.folder); }

  // As in a run of its own.
  std::unique_ptr<Embedder> Make(const std::string& identity, const std::string& hash = "hash") {
    auto embedder = MakeDeferredEmbedder(
        identity,
        [this, hash]() -> absl::StatusOr<std::unique_ptr<Embedder>> {
          ++opened_;
          if (!trouble_.ok()) return trouble_;
          return std::unique_ptr<Embedder>(std::make_unique<FakeEmbedder>(8, hash));
        },
        options_);
    EXPECT_TRUE(embedder.ok()) << embedder.status();
    return *std::move(embedder);
  }

  CacheOptions options_;
  int opened_ = 0;
  absl::Status trouble_;
};

TEST_F(DeferredEmbedderTest, OpensWhenItHasToWork) {
  const EmbedderInfo first = Make("model")->info();
  EXPECT_EQ(opened_, 1);
  const auto embedder = Make("model");
  EXPECT_EQ(opened_, 1);
  EXPECT_EQ(embedder->info().name, first.name);
  EXPECT_EQ(embedder->info().hash, first.hash);
  EXPECT_EQ(embedder->info().dimensions, first.dimensions);
  EXPECT_EQ(embedder->info().has_tokens, first.has_tokens);
  EXPECT_TRUE(embedder->Embed({}, {}).ok());
  EXPECT_EQ(opened_, 1);
  const auto embeddings = embedder->Embed({"We deny it."}, {});
  ASSERT_TRUE(embeddings.ok());
  EXPECT_EQ((*embeddings)[0].pooled, (*FakeEmbedder().Embed({"We deny it."}, {}))[0].pooled);
  EXPECT_TRUE(embedder->Embed({"We deny it."}, {}).ok());
  EXPECT_EQ(opened_, 2);
  Make("another model");
  EXPECT_EQ(opened_, 3);
}

TEST_F(DeferredEmbedderTest, AModelThatChangedIsNoticed) {
  Make("model", "old");
  const auto embedder = Make("model", "new");
  EXPECT_EQ(embedder->info().hash, "old");
  EXPECT_EQ(embedder->Embed({"a"}, {}).status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Make("model", "new")->info().hash, "new");
  EXPECT_TRUE(Make("model", "new")->Embed({"a"}, {}).ok());
}

TEST_F(DeferredEmbedderTest, ErrorsOfOpeningComeThrough) {
  Make("model");
  trouble_ = absl::NotFoundError("gone");
  EXPECT_EQ(Make("model")->Embed({"a"}, {}).status(), trouble_);
  EXPECT_EQ(MakeDeferredEmbedder(
                "new", [&] { return trouble_; }, options_)
                .status(),
            trouble_);
}

TEST_F(DeferredEmbedderTest, WithoutACacheItOpensAtOnce) {
  std::ofstream(options_.folder) << "no folder";
  Make("model");
  Make("model");
  EXPECT_EQ(opened_, 2);
}

}  // namespace
}  // namespace narrdiff
