// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// What is asked of a server and what goes wrong there is tested by who asks: embed/server_embedder_test.cc and
// judge/server_chat_test.cc.
#include "engine/http/json_server.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(ServerEndpoint, AddsWhatIsMissing) {
  const struct {
    const char *url, *endpoint;
  } kCases[] = {
      {"http://localhost:8000", "http://localhost:8000/v1/embeddings"},
      {"http://localhost:8000/", "http://localhost:8000/v1/embeddings"},
      {"https://api.example/v1", "https://api.example/v1/embeddings"},
      {"https://api.example/v1/", "https://api.example/v1/embeddings"},
      {"https://api.example/v1/embeddings", "https://api.example/v1/embeddings"},
      {"https://a.example/models/m/embeddings?version=2", "https://a.example/models/m/embeddings?version=2"},
      {"https://a.example/api?x=/embeddings", "https://a.example/api/v1/embeddings?x=/embeddings"},
      {"HTTP://a.example#part", "HTTP://a.example/v1/embeddings"},
      {"http://[::1]:80", "http://[::1]:80/v1/embeddings"},
      {"http://a.example/@me", "http://a.example/@me/v1/embeddings"},
  };
  for (const auto& c : kCases) {
    const auto endpoint = ServerEndpoint(c.url, "embeddings");
    ASSERT_TRUE(endpoint.ok()) << c.url << endpoint.status();
    EXPECT_EQ(*endpoint, c.endpoint);
  }
}

TEST(ServerEndpoint, RefusesWhatIsNoServer) {
  for (const char* url : {"", "localhost:8000", "file:///etc/passwd", "http://", "http:///path", "ftp://a.example",
                          "http://a b.example", "http://a.example/\r\nX: y"}) {
    const auto endpoint = ServerEndpoint(url, "embeddings");
    EXPECT_EQ(endpoint.status().code(), absl::StatusCode::kInvalidArgument) << url;
    EXPECT_THAT(std::string(endpoint.status().message()), HasSubstr("; give"));
  }
  const auto secret = ServerEndpoint("https://user:secret@a.example/", "embeddings");
  EXPECT_EQ(secret.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(secret.status().message()), Not(HasSubstr("secret")));
}

TEST(ServerEndpoint, OtherPaths) {
  EXPECT_EQ(*ServerEndpoint("http://a.example", "chat/completions"), "http://a.example/v1/chat/completions");
  EXPECT_EQ(*ServerEndpoint("http://a.example/v1/", "chat/completions"), "http://a.example/v1/chat/completions");
  EXPECT_EQ(*ServerEndpoint("http://a.example/x/chat/completions?k=1", "chat/completions"),
            "http://a.example/x/chat/completions?k=1");
}

}  // namespace
}  // namespace narrdiff
