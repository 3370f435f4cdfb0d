// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/align/link_tokens.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace narrdiff {
namespace {

// Sentences of words "a" to "f", each of which has the unit vector of its own; capitals are the same words in another
// language.
class Marked {
 public:
  explicit Marked(const std::vector<std::string>& sentences) {
    for (const std::string& s : sentences) {
      const int32_t begin = static_cast<int32_t>(text_.size());
      text_ += s;
      spans_.push_back({begin, static_cast<int32_t>(text_.size())});
      Embedding e;
      for (size_t k = 0; k < s.size(); ++k) {
        if (s[k] == ' ') continue;
        e.token_spans.push_back({static_cast<int32_t>(k), static_cast<int32_t>(k + 1)});
        for (char word = 'a'; word <= 'h'; ++word) e.tokens.push_back((s[k] | 0x20) == word ? 1.f : 0.f);
      }
      e.pooled.assign(8, .1f);
      embeddings_.push_back(e);
    }
  }
  SentenceTexts texts() const { return {text_, Language::kEnglish, spans_, {}}; }
  absl::Span<const Embedding> embeddings() const { return embeddings_; }

 private:
  std::string text_;
  std::vector<Span> spans_;
  std::vector<Embedding> embeddings_;
};

std::vector<Bead> Diagonal(int32_t count) {
  std::vector<Bead> beads;
  for (int32_t i = 0; i < count; ++i) beads.push_back({{{i, i + 1}, {i, i + 1}}, 1});
  return beads;
}

TokenLinks Link(const Marked& left, const Marked& right, int32_t count, int32_t radius) {
  return TokenLinks({left.embeddings(), right.embeddings()}, {left.texts(), right.texts()}, Diagonal(count), radius);
}

TEST(TokenLinks, WordsFindTheirSentence) {
  const Marked left({"a b", "c d", "e f"}), right({"B A", "D", "C F E"});
  const TokenLinks links = Link(left, right, 3, 1);
  EXPECT_GT(links.Share({0, 1}, {0, 1}), .95);
  EXPECT_LT(links.Share({0, 1}, {1, 2}), .05);
  EXPECT_GT(links.Share({1, 3}, {1, 3}), .95);
  EXPECT_GT(links.Share({1, 2}, {2, 3}), .2);  // "c"
}

TEST(TokenLinks, ShareIsBetweenNoneAndAll) {
  const Marked left({"a b", "c c", "a"}), right({"A", "C A", "B B"});
  const TokenLinks links = Link(left, right, 3, 2);
  for (int32_t i = 0; i < 3; ++i) {
    for (int32_t j = 0; j < 3; ++j) {
      const double share = links.Share({i, i + 1}, {j, j + 1});
      EXPECT_GE(share, 0);
      EXPECT_LE(share, 1);
    }
  }
  EXPECT_LE(links.Share({0, 3}, {0, 3}), 1);
}

TEST(TokenLinks, NothingBeyondReach) {
  const Marked left({"a", "b", "c", "d", "e"}), right({"E", "B", "C", "D", "A"});
  EXPECT_EQ(Link(left, right, 5, 1).Share({0, 1}, {4, 5}), 0);
  EXPECT_GT(Link(left, right, 5, 2).Share({0, 1}, {4, 5}), .9);
}

TEST(TokenLinks, MirroredSidesMirrorTheShares) {
  const Marked left({"a b", "c d e", "f"}), right({"B", "A C", "F D"});
  const TokenLinks one = Link(left, right, 3, 1), other = Link(right, left, 3, 1);
  for (int32_t i = 0; i < 3; ++i) {
    for (int32_t j = 0; j < 3; ++j) {
      EXPECT_NEAR(one.Share({i, i + 1}, {j, j + 1}), other.Share({j, j + 1}, {i, i + 1}), 1e-6);
    }
  }
}

TEST(TokenLinks, SentencesWithoutTokens) {
  const Marked left({"", "a"}), right({"", ""});
  const TokenLinks links = Link(left, right, 2, 1);
  EXPECT_EQ(links.Share({0, 1}, {0, 1}), 0);
  EXPECT_EQ(links.Share({0, 2}, {0, 2}), 0);
}

}  // namespace
}  // namespace narrdiff
