// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/embed/cached_embedder.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <thread>

#include "absl/strings/str_cat.h"
#include "engine/embed/testing/fake_embedder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> ManyTexts(int count) {
  std::vector<std::string> texts;
  for (int i = 0; i < count; ++i) texts.push_back(absl::StrCat("sentence ", i, " of the many in this test"));
  return texts;
}

std::vector<std::string_view> Views(const std::vector<std::string>& texts) { return {texts.begin(), texts.end()}; }

void ExpectEqual(const std::vector<Embedding>& a, const std::vector<Embedding>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (size_t i = 0; i < a.size(); ++i) {
    // Equal floats that are finite and not zero are equal bits.
    EXPECT_EQ(a[i].pooled, b[i].pooled) << i;
    EXPECT_EQ(a[i].tokens, b[i].tokens) << i;
    EXPECT_EQ(a[i].token_spans, b[i].token_spans) << i;
  }
}

class CachedEmbedderTest : public testing::Test {
 protected:
  CachedEmbedderTest() : folder_(absl::StrCat(testing::TempDir(), "/cache-", getpid(), "/deep")) {
    std::filesystem::remove_all(folder_);
  }
  ~CachedEmbedderTest() override { std::filesystem::remove_all(folder_); }

  std::string File() const { return folder_ + "/embeddings.v1.sqlite"; }
  std::unique_ptr<Embedder> Cached(std::shared_ptr<FakeEmbedder> fake, int64_t max_bytes = int64_t{1} << 30) const {
    CacheOptions options;
    options.folder = folder_;
    options.max_bytes = max_bytes;
    auto cached = MakeCachedEmbedder(std::move(fake), options);
    EXPECT_TRUE(cached.ok()) << cached.status();
    return *std::move(cached);
  }
  // What a fresh process finds: the vectors, and how many had to be embedded.
  int64_t Again(absl::Span<const std::string_view> texts, bool tokens, std::vector<Embedding>* got = nullptr) const {
    const auto fake = std::make_shared<FakeEmbedder>();
    EmbedOptions options;
    options.tokens = tokens;
    auto embeddings = Cached(fake)->Embed(texts, options);
    EXPECT_TRUE(embeddings.ok()) << embeddings.status();
    ExpectEqual(*embeddings, *FakeEmbedder().Embed(texts, options));
    if (got != nullptr) *got = *std::move(embeddings);
    return fake->embedded();
  }

  const std::string folder_;
};

TEST_F(CachedEmbedderTest, SecondTimeComesFromTheCache) {
  EXPECT_EQ(Again({"We deny it.", "我们否认。"}, false), 2);
  EXPECT_EQ(Again({"We deny it.", "我们否认。"}, false), 0);
  EXPECT_EQ(Again({"我们否认。", "They did it.", "We deny it."}, false), 1);
  // Vectors of tokens are there when they were asked for once.
  EXPECT_EQ(Again({"We deny it."}, true), 1);
  EXPECT_EQ(Again({"We deny it."}, true), 0);
  EXPECT_EQ(Again({"We deny it."}, false), 0);
  EXPECT_EQ(Again({"", " "}, true), 2);
  EXPECT_EQ(Again({"", " "}, true), 0);
  EXPECT_EQ(Again({}, true), 0);
}

TEST_F(CachedEmbedderTest, TheFolderIsItsOwnersAlone) {
  Cached(std::make_shared<FakeEmbedder>());
  struct stat facts;
  ASSERT_EQ(stat(folder_.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0700u);
}

TEST_F(CachedEmbedderTest, ModelsAreKeptApart) {
  const auto one = std::make_shared<FakeEmbedder>(8, "one"), two = std::make_shared<FakeEmbedder>(8, "two");
  ASSERT_TRUE(Cached(one)->Embed({"a"}, {}).ok());
  ASSERT_TRUE(Cached(two)->Embed({"a"}, {}).ok());
  EXPECT_EQ(two->embedded(), 1);
}

TEST_F(CachedEmbedderTest, AModelThatChangedUnderItsName) {
  // A server does not say the size beforehand.
  class Server final : public Embedder {
   public:
    explicit Server(int32_t size) : fake_(size, "server") { info_.hash = "server"; }
    const EmbedderInfo& info() const override { return info_; }
    absl::StatusOr<std::vector<Embedding>> Embed(absl::Span<const std::string_view> texts,
                                                 const EmbedOptions& options) const override {
      return fake_.Embed(texts, options);
    }

   private:
    FakeEmbedder fake_;
    EmbedderInfo info_;
  };
  CacheOptions options;
  options.folder = folder_;
  const auto sizes = [&](int32_t size, absl::Span<const std::string_view> texts) {
    auto cached = *MakeCachedEmbedder(std::make_shared<Server>(size), options);
    std::vector<size_t> sizes;
    const auto embeddings = cached->Embed(texts, {});
    for (const Embedding& e : *embeddings) sizes.push_back(e.pooled.size());
    return sizes;
  };
  EXPECT_THAT(sizes(8, {"a", "b"}), ElementsAre(8, 8));
  EXPECT_THAT(sizes(12, {"c"}), ElementsAre(12));
  EXPECT_THAT(sizes(12, {"a", "c"}), ElementsAre(12, 12));           // stored ones that disagree
  EXPECT_THAT(sizes(12, {"d", "b", "c"}), ElementsAre(12, 12, 12));  // a fresh one that disagrees
  EXPECT_THAT(sizes(12, {"a", "b", "c", "d"}), ElementsAre(12, 12, 12, 12));
}

TEST_F(CachedEmbedderTest, DamageCostsTimeOnly) {
  const std::vector<std::string> texts = ManyTexts(100);
  const std::vector<std::string_view> views = Views(texts);
  Again(views, true);
  std::ifstream in(File(), std::ios::binary);
  const std::string good((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  in.close();
  std::mt19937 random(17);
  const auto somewhere = [&](size_t end) { return static_cast<size_t>(random() % end); };
  int64_t anew = 0;
  for (int round = 0; round < 24; ++round) {
    std::string bad = good;
    switch (round % 6) {
      case 0:  // one byte
        bad[somewhere(bad.size())] ^= static_cast<char>(1 + somewhere(255));
        break;
      case 1:  // a page of zeros
        bad.replace(somewhere(bad.size() / 16384) * 16384, 16384, 16384, '\0');
        break;
      case 2:
        bad.resize(somewhere(bad.size()));
        break;
      case 3:  // the head
        bad[somewhere(200)] ^= static_cast<char>(1 + somewhere(255));
        break;
      case 4:
        bad = round % 12 == 4 ? "This is no database, but some words.\n" : "";
        break;
      case 5:
        for (int k = 0; k < 500; ++k) bad[somewhere(bad.size())] = static_cast<char>(random());
        break;
    }
    std::ofstream(File(), std::ios::binary) << bad;
    anew += Again(views, true);  // looks at the vectors
    // What was read before the damage showed is gone with the damaged file.
    Again(views, true);
    EXPECT_EQ(Again(views, true), 0) << "round " << round;
    std::filesystem::remove(File() + "-journal");
  }
  EXPECT_GT(anew, 0);
}

TEST_F(CachedEmbedderTest, StaysWithinItsSize) {
  constexpr int64_t kMost = 2 << 20;
  const auto fake = std::make_shared<FakeEmbedder>(256);
  const auto cached = Cached(fake, kMost);
  const std::vector<std::string> texts = ManyTexts(6000);  // 6 MB of vectors
  for (size_t begin = 0; begin < texts.size(); begin += 500) {
    const std::vector<std::string_view> part(texts.begin() + static_cast<long>(begin),
                                             texts.begin() + static_cast<long>(begin) + 500);
    ASSERT_TRUE(cached->Embed(part, {}).ok());
  }
  EXPECT_LT(std::filesystem::file_size(File()), static_cast<uintmax_t>(kMost) * 3 / 2);
  // Something is left.
  const int64_t before = fake->embedded();
  ASSERT_TRUE(cached->Embed(Views(texts), {}).ok());
  EXPECT_LT(fake->embedded() - before, 6000);
}

TEST_F(CachedEmbedderTest, InterruptedWorkIsNotLost) {
  const std::vector<std::string> texts = ManyTexts(1000);
  const auto fake = std::make_shared<FakeEmbedder>();
  EmbedOptions options;
  std::vector<int64_t> told;
  options.progress = [&](int64_t done) {
    told.push_back(done);
    return done < 700;
  };
  EXPECT_EQ(Cached(fake)->Embed(Views(texts), options).status().code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(Again(Views(texts), false), 1000 - 640);
  EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
  EXPECT_EQ(told.back(), 700);
}

TEST_F(CachedEmbedderTest, ErrorsOfTheModelComeThrough) {
  const auto fake = std::make_shared<FakeEmbedder>();
  const auto cached = Cached(fake);
  ASSERT_TRUE(cached->Embed({"a"}, {}).ok());
  fake->trouble = absl::UnavailableError("gone");
  EXPECT_TRUE(cached->Embed({"a"}, {}).ok());  // nobody has to be asked
  EXPECT_EQ(cached->Embed({"a", "b"}, {}).status(), fake->trouble);
}

TEST_F(CachedEmbedderTest, FoldersThatCannotBe) {
  std::filesystem::create_directories(folder_);
  std::ofstream(folder_ + "/file") << "x";
  std::filesystem::create_directories(File());  // where the database should be
  for (const std::string& folder : {folder_ + "/file/below", folder_, std::string("/proc/none")}) {
    CacheOptions options;
    options.folder = folder;
    const auto cached = MakeCachedEmbedder(std::make_shared<FakeEmbedder>(), options);
    EXPECT_EQ(cached.status().code(), absl::StatusCode::kUnavailable) << folder;
    EXPECT_THAT(std::string(cached.status().message()), HasSubstr(folder));
    EXPECT_THAT(std::string(cached.status().message()), HasSubstr("; name another folder"));
  }
}

TEST_F(CachedEmbedderTest, SeveralThreads) {
  const std::vector<std::string> texts = ManyTexts(300);
  const std::vector<std::string_view> views = Views(texts);
  const auto cached = Cached(std::make_shared<FakeEmbedder>());
  const std::vector<Embedding> expected = *FakeEmbedder().Embed(views, {});
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int k = 0; k < 5; ++k) ExpectEqual(*cached->Embed(views, {}), expected);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST_F(CachedEmbedderTest, SeveralProcesses) {
  const std::vector<std::string> texts = ManyTexts(1200);
  std::vector<pid_t> children;
  for (size_t c = 0; c < 4; ++c) {
    children.push_back(fork());
    if (children.back() != 0) continue;
    // Each looks at other texts, in part those of its neighbours; the first is killed in the middle.
    const std::vector<std::string_view> mine(texts.begin() + static_cast<long>(c * 200),
                                             texts.begin() + static_cast<long>(c * 200) + 600);
    bool right = true;
    for (int k = 0; k < 10; ++k) {
      const auto cached = Cached(std::make_shared<FakeEmbedder>());
      const auto got = cached->Embed(mine, {}), expected = FakeEmbedder().Embed(mine, {});
      for (size_t i = 0; i < mine.size(); ++i) right &= got.ok() && (*got)[i].pooled == (*expected)[i].pooled;
    }
    _exit(right ? 0 : 1);
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(30));
  kill(children[0], SIGKILL);
  for (size_t c = 0; c < children.size(); ++c) {
    int status = 0;
    waitpid(children[c], &status, 0);
    EXPECT_TRUE(c == 0 || (WIFEXITED(status) && WEXITSTATUS(status) == 0)) << c;
  }
  EXPECT_LT(Again(Views(texts), false), 201);  // what only the killed one had
  EXPECT_EQ(Again(Views(texts), false), 0);
}

}  // namespace
}  // namespace narrdiff
