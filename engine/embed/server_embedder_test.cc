// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Against a real server process that goes wrong in every way there is a case for.
#include "engine/embed/server_embedder.h"

#include <chrono>
#include <cmath>
#include <thread>

#include "absl/strings/str_cat.h"
#include "engine/http/testing/faulty_server.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace narrdiff {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using Json = nlohmann::json;

constexpr char kKey[] = "sk-very-secret-0123456789";

class ServerEmbedderTest : public testing::Test {
 protected:
  ServerOptions Options(const char* way) const {
    ServerOptions options;
    options.url = server_.Url(way);
    options.model = "test-model";
    options.key = kKey;
    options.first_wait_ms = 1;
    return options;
  }
  static absl::StatusOr<std::vector<Embedding>> Embed(const ServerOptions& options,
                                                      const std::vector<std::string_view>& texts) {
    const auto embedder = MakeServerEmbedder(options);
    if (!embedder.ok()) return embedder.status();
    return (*embedder)->Embed(texts, {});
  }
  static double Length(const std::vector<float>& v) {
    double square = 0;
    for (const float x : v) square += static_cast<double>(x) * static_cast<double>(x);
    return std::sqrt(square);
  }
  Json Log() const { return Json::parse(server_.Log(), nullptr, false); }

  FaultyServer server_;
};

TEST_F(ServerEmbedderTest, ApiExample) {
  const auto embedder = MakeServerEmbedder(Options("good"));
  ASSERT_TRUE(embedder.ok()) << embedder.status();
  EXPECT_EQ((*embedder)->info().name, "server:test-model");
  EXPECT_EQ((*embedder)->info().hash.size(), 64u);
  EXPECT_FALSE((*embedder)->info().has_tokens);
  const auto embeddings = (*embedder)->Embed({"We deny it.", "我们否认。"}, {});
  ASSERT_TRUE(embeddings.ok()) << embeddings.status();
  ASSERT_EQ(embeddings->size(), 2u);
  for (const Embedding& e : *embeddings) {
    EXPECT_EQ(e.pooled.size(), 8u);
    EXPECT_NEAR(Length(e.pooled), 1, 1e-6);
  }
  EXPECT_NE((*embeddings)[0].pooled, (*embeddings)[1].pooled);
  const Json log = Log();
  ASSERT_EQ(log.size(), 1u);
  EXPECT_EQ(log[0]["path"], "/good/v1/embeddings");
  EXPECT_EQ(log[0]["model"], "test-model");
  EXPECT_EQ(log[0]["key"], absl::StrCat("Bearer ", kKey));
}

TEST_F(ServerEmbedderTest, EveryBatchingGivesTheSame) {
  std::vector<std::string> texts;
  for (int i = 0; i < 50; ++i)
    texts.push_back(std::string(static_cast<size_t>(1 + i * 7 % 90), static_cast<char>('a' + i % 26)));
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  const auto whole = Embed(Options("good"), views);
  ASSERT_TRUE(whole.ok()) << whole.status();
  EXPECT_EQ(Log().size(), 1u);
  const struct {
    const char* way;
    int32_t texts;
    int64_t bytes;
    size_t requests;
  } kCases[] = {{"good", 7, 1 << 20, 8}, {"good", 1, 1, 50}, {"good", 64, 1, 50}, {"unordered", 13, 1 << 20, 4}};
  for (const auto& c : kCases) {
    ServerOptions options = Options(c.way);
    options.max_batch_texts = c.texts;
    options.max_batch_bytes = c.bytes;
    const auto parts = Embed(options, views);
    ASSERT_TRUE(parts.ok()) << parts.status();
    for (size_t i = 0; i < views.size(); ++i) EXPECT_EQ((*parts)[i].pooled, (*whole)[i].pooled) << i;
    EXPECT_EQ(Log().size(), c.requests);
  }
}

TEST_F(ServerEmbedderTest, WhatIsSent) {
  ServerOptions options = Options("good");
  options.prefix = "query: ";
  options.max_text_bytes = 17;
  const auto embeddings = Embed(options, {"", "short", " \n", "四个字四个字", "query: short"});
  ASSERT_TRUE(embeddings.ok()) << embeddings.status();
  // Cut between characters; blank texts are not sent and have the vector 0.
  EXPECT_EQ(Log()[0]["texts"], Json::parse(R"(["query: short", "query: 四个字四个", "query: query: short"])"));
  EXPECT_EQ((*embeddings)[0].pooled, std::vector<float>(8, 0));
  EXPECT_EQ((*embeddings)[2].pooled, std::vector<float>(8, 0));
}

TEST_F(ServerEmbedderTest, HashTellsModelsApart) {
  const ServerOptions options = Options("good");
  const auto hash = [](const ServerOptions& o) { return (*MakeServerEmbedder(o))->info().hash; };
  ServerOptions model = options, prefix = options, url = options, key = options;
  model.model = "other";
  prefix.prefix = "query: ";
  url.url += "/v1";
  key.key = "other";
  EXPECT_NE(hash(options), hash(model));
  EXPECT_NE(hash(options), hash(prefix));
  EXPECT_EQ(hash(options), hash(url));  // the same endpoint
  EXPECT_EQ(hash(options), hash(key));
}

TEST_F(ServerEmbedderTest, TroubleThatPasses) {
  const struct {
    const char* way;
    size_t requests;
    int least_ms;
  } kCases[] = {{"slow", 1, 300}, {"hiccup", 2, 0}, {"cut_once", 2, 0}, {"busy", 3, 2000}};
  for (const auto& c : kCases) {
    const auto start = std::chrono::steady_clock::now();
    const auto embeddings = Embed(Options(c.way), {"We deny it."});
    const auto took = std::chrono::steady_clock::now() - start;
    EXPECT_TRUE(embeddings.ok()) << c.way << embeddings.status();
    EXPECT_EQ(Log().size(), c.requests) << c.way;
    EXPECT_GE(took, std::chrono::milliseconds(c.least_ms)) << c.way;
  }
}

TEST_F(ServerEmbedderTest, TroubleThatStays) {
  using Code = absl::StatusCode;
  const struct {
    const char* way;
    Code code;
    std::vector<const char*> parts;
    size_t requests;
  } kCases[] = {
      {"broken", Code::kUnavailable, {"HTTP 503: out of order", "try again later", "(asked 3 times)"}, 3},
      {"long_wait", Code::kUnavailable, {"HTTP 429", "come back tomorrow", "wait 86400 s"}, 1},
      {"locked", Code::kUnauthenticated, {"HTTP 401", "[key]", "check NARRDIFF_EMBEDDINGS_KEY"}, 1},
      {"nowhere", Code::kNotFound, {"HTTP 404", "unknown route", "check the URL"}, 1},
      {"bad_request", Code::kFailedPrecondition, {"HTTP 400", "no such model", "test-model"}, 1},
      {"cut", Code::kUnavailable, {"the connection broke", "(asked 3 times)"}, 3},
      {"nonsense", Code::kFailedPrecondition, {"is not JSON", "Welcome to our router", "check that the URL"}, 1},
      {"nan", Code::kFailedPrecondition, {"is not JSON", "check that"}, 1},
      {"too_few", Code::kFailedPrecondition, {"has 1 vectors for 2 texts"}, 1},
      {"mixed", Code::kFailedPrecondition, {"different sizes, 8 and 9"}, 1},
      {"redirect", Code::kFailedPrecondition, {"HTTP 307", "sends elsewhere, to http://localhost:"}, 1},
      {"huge", Code::kResourceExhausted, {"larger than max_answer_bytes = 1000000"}, 1},
      {"never", Code::kDeadlineExceeded, {"no whole answer within 400 ms", "(asked 2 times)"}, 2},
  };
  for (const auto& c : kCases) {
    ServerOptions options = Options(c.way);
    options.retries = 2;
    options.max_answer_bytes = 1'000'000;
    options.timeout_ms = 400;
    const auto embeddings = Embed(options, {"We deny it.", "China did it."});
    EXPECT_EQ(embeddings.status().code(), c.code) << c.way << embeddings.status();
    const std::string message(embeddings.status().message());
    EXPECT_THAT(message, AllOf(HasSubstr(options.url + "/v1/embeddings: "), HasSubstr("; "), Not(HasSubstr(kKey)),
                               Not(HasSubstr("\n"))));
    for (const char* part : c.parts) EXPECT_THAT(message, HasSubstr(part)) << c.way;
    EXPECT_LT(message.size(), 600u);
    EXPECT_EQ(Log().size(), c.requests) << c.way;
  }
}

TEST_F(ServerEmbedderTest, AnotherModelInMidWork) {
  ServerOptions options = Options("growing");
  options.max_batch_texts = 1;
  const auto embeddings = Embed(options, {"a", "b"});
  EXPECT_EQ(embeddings.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(embeddings.status().message()), HasSubstr("vectors of 9 numbers before and of 10 now"));
}

TEST_F(ServerEmbedderTest, ZeroVectorsStayZero) {
  const auto embeddings = Embed(Options("zero"), {"a"});
  ASSERT_TRUE(embeddings.ok());
  EXPECT_EQ((*embeddings)[0].pooled, std::vector<float>(8, 0));
}

TEST_F(ServerEmbedderTest, NobodyThere) {
  ServerOptions options = Options("good");
  options.first_wait_ms = 60'000;  // not waited for: nobody was ever there
  server_.Stop();
  const auto embeddings = Embed(options, {"a"});
  EXPECT_EQ(embeddings.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(embeddings.status().message()),
              AllOf(HasSubstr("no server answers"), HasSubstr("check the URL")));
}

TEST_F(ServerEmbedderTest, QueryOfTheUrlIsNotTold) {
  ServerOptions options = Options("locked");
  options.url += "?api-key=hidden";
  const auto embeddings = Embed(options, {"a"});
  EXPECT_EQ(embeddings.status().code(), absl::StatusCode::kUnauthenticated);
  EXPECT_THAT(std::string(embeddings.status().message()), Not(HasSubstr("hidden")));
}

TEST_F(ServerEmbedderTest, ProgressAndInterrupt) {
  ServerOptions options = Options("good");
  options.max_batch_texts = 2;
  auto embedder = MakeServerEmbedder(options);
  std::vector<int64_t> told;
  EmbedOptions embed;
  embed.progress = [&](int64_t done) {
    if (told.empty() || told.back() != done) told.push_back(done);
    return true;
  };
  EXPECT_TRUE((*embedder)->Embed({"a", "b", "c", "d", "e"}, embed).ok());
  EXPECT_THAT(told, ElementsAre(0, 2, 4, 5));

  // While a server is silent, and while it is waited for.
  for (const char* way : {"stall", "long_wait"}) {
    options = Options(way);
    options.max_batch_texts = 1;
    options.max_wait_ms = 100'000'000;
    embedder = MakeServerEmbedder(options);
    const auto start = std::chrono::steady_clock::now();
    const auto stop_at = start + std::chrono::milliseconds(500);
    embed.progress = [&](int64_t) { return std::chrono::steady_clock::now() < stop_at; };
    EXPECT_EQ((*embedder)->Embed({"a", "b"}, embed).status().code(), absl::StatusCode::kCancelled) << way;
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5)) << way;
  }
}

TEST_F(ServerEmbedderTest, SeveralThreads) {
  const auto embedder = MakeServerEmbedder(Options("good"));
  const auto alone = (*embedder)->Embed({"We deny it."}, {});
  ASSERT_TRUE(alone.ok());
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int k = 0; k < 5; ++k) {
        const auto again = (*embedder)->Embed({"We deny it."}, {});
        ASSERT_TRUE(again.ok()) << again.status();
        EXPECT_EQ((*again)[0].pooled, (*alone)[0].pooled);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(MakeServerEmbedder, RefusesBadOptions) {
  const struct {
    const char* name;
    void (*spoil)(ServerOptions&);
    const char* message;
  } kCases[] = {
      {"no URL", [](ServerOptions& o) { o.url = ""; }, "no URL"},
      {"no model", [](ServerOptions& o) { o.model = ""; }, "model is missing"},
      {"line end in key", [](ServerOptions& o) { o.key = "secret\r\nX: y"; }, "the key has"},
      {"batch", [](ServerOptions& o) { o.max_batch_texts = 0; }, "max_batch_texts"},
      {"timeout", [](ServerOptions& o) { o.timeout_ms = 0; }, "timeouts"},
      {"retries", [](ServerOptions& o) { o.retries = 99; }, "retries"},
  };
  for (const auto& c : kCases) {
    ServerOptions options;
    options.url = "http://localhost";
    options.model = "m";
    c.spoil(options);
    const auto embedder = MakeServerEmbedder(options);
    EXPECT_EQ(embedder.status().code(), absl::StatusCode::kInvalidArgument) << c.name;
    EXPECT_THAT(std::string(embedder.status().message()), AllOf(HasSubstr(c.message), Not(HasSubstr("secret"))))
        << c.name;
  }
  ServerOptions options;
  options.url = "http://localhost";
  options.model = "m";
  EmbedOptions tokens;
  tokens.tokens = true;
  EXPECT_EQ((*MakeServerEmbedder(options))->Embed({"a"}, tokens).status().code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace narrdiff
