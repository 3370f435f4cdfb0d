// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/answers/answer_model.h"

#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace narrdiff {
namespace {

constexpr size_t kSize = 384;

std::vector<float> UnitVector(std::mt19937& random) {
  std::vector<float> v(kSize);
  float square = 0;
  for (float& x : v) {
    x = static_cast<float>(random() % 2001) / 1000 - 1;
    square += x * x;
  }
  for (float& x : v) x /= std::sqrt(square);
  return v;
}

std::vector<Embedding> Sentences(size_t count, std::mt19937& random) {
  std::vector<Embedding> out(count);
  for (Embedding& e : out) {
    e.pooled = UnitVector(random);
    for (int32_t t = 0; t < static_cast<int32_t>(random() % 5); ++t) {
      const std::vector<float> token = UnitVector(random);
      e.tokens.insert(e.tokens.end(), token.begin(), token.end());
      e.token_spans.push_back({4 * t, 4 * t + 3});
    }
  }
  return out;
}

TEST(AnswerModel, ExchangedSidesMirrorBitByBit) {
  std::mt19937 random(7);
  const auto model = AnswerModel::Builtin();
  ASSERT_TRUE(model.ok()) << model.status();
  for (const size_t size : {size_t{1}, size_t{5}, size_t{60}}) {  // the last has more cells than kAllLate
    const std::vector<Embedding> a = Sentences(size, random), b = Sentences(size + 2, random);
    const AnswerScores scores = model->Score({a, b}), mirrored = model->Score({b, a});
    ASSERT_EQ(scores.rows, mirrored.columns);
    ASSERT_EQ(scores.learnt.size(), a.size() * b.size());
    for (size_t i = 0; i < a.size(); ++i) {
      for (size_t j = 0; j < b.size(); ++j) {
        const size_t k = i * b.size() + j, m = j * a.size() + i;
        EXPECT_TRUE(std::isfinite(scores.learnt[k]));
        EXPECT_EQ(scores.learnt[k], mirrored.learnt[m]);
        EXPECT_EQ(scores.late[k], mirrored.late[m]);
        EXPECT_EQ(scores.relations[k], mirrored.relations[m]);
      }
    }
  }
}

TEST(AnswerModel, ASentenceIsMostLikeItself) {
  std::mt19937 random(8);
  const std::vector<Embedding> a = Sentences(12, random);
  const AnswerScores scores = AnswerModel::Builtin()->Score({a, a});
  for (size_t i = 0; i < a.size(); ++i) {
    for (size_t j = 0; j < a.size(); ++j) EXPECT_LE(scores.cosine[i * 12 + j], scores.cosine[i * 12 + i] + 1e-4f);
  }
}

TEST(AnswerModel, NoSentencesNoScores) {
  std::mt19937 random(9);
  const std::vector<Embedding> a = Sentences(2, random);
  EXPECT_TRUE(AnswerModel::Builtin()->Score({a, {}}).learnt.empty());
}

TEST(AnswerModel, DamagedWeightsAreRefused) {
  EXPECT_EQ(AnswerModel::FromBytes("no tensors").status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST(AnswerText, SaysWhoSpeaksAndTokensOfThatAreDropped) {
  EXPECT_EQ(AnswerText("US", "We deny it."), "US: We deny it.");
  EXPECT_EQ(AnswerText("", "We deny it."), "We deny it.");
  Embedding e;
  e.tokens = {1, 1, 2, 2, 3, 3};
  e.token_spans = {{0, 3}, {4, 6}, {7, 11}};
  DropTokensBefore(4, e);
  EXPECT_EQ(e.tokens, (std::vector<float>{2, 2, 3, 3}));
  ASSERT_EQ(e.token_spans.size(), 2u);
  EXPECT_EQ(e.token_spans[0].begin, 0);
  EXPECT_EQ(e.token_spans[1].end, 7);
}

}  // namespace
}  // namespace narrdiff
