// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/embed/embeddings_protocol.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(EmbeddingsRequest, IsJson) {
  EXPECT_EQ(EmbeddingsRequest("e5", {"We \"deny\" it.", "否认"}),
            R"({"encoding_format":"float","input":["We \"deny\" it.","否认"],"model":"e5"})");
  EXPECT_THAT(EmbeddingsRequest("e5", {"\xff"}), HasSubstr("\xef\xbf\xbd"));
}

TEST(ParseEmbeddingsAnswer, TakesEveryGoodForm) {
  const struct {
    const char *name, *body;
  } kCases[] = {
      {"plain", R"({"data":[{"index":0,"embedding":[1,2.5]},{"index":1,"embedding":[-3,4e0]}]})"},
      {"out of order", R"({"data":[{"embedding":[-3,4],"index":1},{"embedding":[1,2.5],"index":0}]})"},
      {"without index", R"({"data":[{"embedding":[1,2.5]},{"embedding":[-3,4]}]})"},
      {"with company",
       R"({"object":"list","usage":{"data":[1,{"embedding":"x"}]},"more":[[{"embedding":null}]],"data":[
           {"object":"embedding","meta":{"index":7,"embedding":[9]},"index":0,"embedding":[1,2.5],"tags":[1,[2]]},
           {"index":1,"embedding":[-3,4]}],"model":"m"})"},
  };
  for (const auto& c : kCases) {
    const auto vectors = ParseEmbeddingsAnswer(c.body, 2);
    ASSERT_TRUE(vectors.ok()) << c.name << vectors.status();
    EXPECT_THAT(*vectors, ElementsAre(ElementsAre(1, 2.5f), ElementsAre(-3, 4))) << c.name;
  }
}

TEST(ParseEmbeddingsAnswer, SaysWhatIsWrong) {
  const struct {
    const char *name, *body, *message;
  } kCases[] = {
      {"nothing", "", "is not JSON from byte 1 on"},
      {"a page", "<html>Welcome</html>", "is not JSON"},
      {"cut short", R"({"data":[{"index":0,"embedding":[1,2)", "is not JSON"},
      {"two documents", R"({"data":[{"embedding":[1]},{"embedding":[1]}]} {})", "is not JSON"},
      {"other JSON", R"({"error":{"message":"no"}})", "has no list \"data\""},
      {"a list", "[1,2]", "has no list \"data\""},
      {"data is a word", R"({"data":"none"})", "has no list \"data\""},
      {"too few", R"({"data":[{"index":1,"embedding":[1]}]})", "has 1 vectors for 2 texts"},
      {"too many", R"({"data":[{"embedding":[1]},{"embedding":[1]},{"embedding":[1]}]})", "more vectors than the 2"},
      {"index beyond", R"({"data":[{"index":2,"embedding":[1]}]})", "beyond"},
      {"index below", R"({"data":[{"index":-1,"embedding":[1]}]})", "beyond"},
      {"index broken", R"({"data":[{"index":0.5,"embedding":[1]}]})", "beyond"},
      {"twice", R"({"data":[{"index":1,"embedding":[1]},{"index":1,"embedding":[1]}]})", "has vector 1 twice"},
      {"no vector", R"({"data":[{"index":0}]})", "has no \"embedding\" in item 0"},
      {"empty vector", R"({"data":[{"index":0,"embedding":[]}]})", "has an empty vector 0"},
      {"base64", R"({"data":[{"index":0,"embedding":"AAAA"}]})", "has a string in place of vector 0"},
      {"null vector", R"({"data":[{"index":0,"embedding":null}]})", "has null in place of vector 0"},
      {"null inside", R"({"data":[{"index":0,"embedding":[1,null]}]})", "has null inside vector 0"},
      {"list inside", R"({"data":[{"index":0,"embedding":[1,[2]]}]})", "has a list inside vector 0"},
      {"object inside", R"({"data":[{"index":0,"embedding":[1,{"a":2}]}]})", "has an object inside vector 0"},
      {"NaN", R"({"data":[{"index":0,"embedding":[1,NaN]}]})", "is not JSON from byte"},
      {"too large for float", R"({"data":[{"index":0,"embedding":[1,1e300]}]})", "beyond all bounds"},
      {"too large for double", R"({"data":[{"index":0,"embedding":[1,1e999]}]})", "is not JSON from byte"},
      {"mixed", R"({"data":[{"embedding":[1,2]},{"embedding":[1,2,3]}]})", "different sizes, 2 and 3"},
      {"deep", R"({"data":[[[[[[[[{"embedding":[1]}]]]]]]]]})", "has 0 vectors"},
  };
  for (const auto& c : kCases) {
    const auto vectors = ParseEmbeddingsAnswer(c.body, 2);
    EXPECT_EQ(vectors.status().code(), absl::StatusCode::kInvalidArgument) << c.name;
    EXPECT_THAT(std::string(vectors.status().message()), HasSubstr(c.message)) << c.name;
  }
}

TEST(ParseEmbeddingsAnswer, DeepNestingTakesNoStack) {
  EXPECT_FALSE(ParseEmbeddingsAnswer(std::string(1 << 22, '['), 1).ok());
  EXPECT_FALSE(ParseEmbeddingsAnswer(R"({"data":[{"embedding":)" + std::string(1 << 22, '['), 1).ok());
}

}  // namespace
}  // namespace narrdiff
