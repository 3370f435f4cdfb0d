// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Which words of one version stand for which of the other, from vectors of tokens: a weight between 0 and 1 for each
// pair of tokens, summed over the sentences they stand in.
//
//   TokenLinks links(embeddings, sentences, path, 6);
//   links.Share({3, 4}, {3, 5});    // of the words of sentence 3, and of 3 and 4 opposite, that are linked within
//
// A token's links to the tokens within reach are a softmax over cosines, and so are those of the tokens opposite; the
// product of both is near 1 where each is the other's best, and near 0 elsewhere (Jalili Sabet et al. 2020, SimAlign;
// Dou and Neubig 2021, awesome-align). Vectors are centred on each side's mean. Whole numbers carry the cosines, so
// that the result does not depend on the order of sums.
#ifndef NARRDIFF_ENGINE_ALIGN_LINK_TOKENS_H_
#define NARRDIFF_ENGINE_ALIGN_LINK_TOKENS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "engine/align/bead.h"
#include "engine/align/match_terms.h"
#include "engine/base/sides.h"
#include "engine/embed/embedder.h"

namespace narrdiff {

// Immutable once made; thread-safe.
class TokenLinks {
 public:
  // Links the tokens of each left sentence with those of the right sentences within `radius` sentences of `path`, a
  // monotone partition. `embeddings` are of the sentences, with vectors of tokens; only the constructor looks at them.
  // O(sentences x radius x tokens^2 x dimensions) time, O(sentences x radius + tokens) memory.
  TokenLinks(const Sides<absl::Span<const Embedding>>& embeddings, const Sides<SentenceTexts>& sentences,
             const std::vector<Bead>& path, int32_t radius);

  // Weight of the links between both ranges for the weight of all their tokens, in [0, 1]. Rarer tokens weigh more.
  // O(left.size()).
  double Share(const IndexRange& left, const IndexRange& right) const;

 private:
  // Of left sentence i: cumulated weights of the links to the right sentences [low, low + size of the row).
  struct Row {
    int32_t low = 0;
    std::vector<double> sums;  // one more than there are sentences
  };
  std::vector<Row> rows_;
  Sides<std::vector<double>> weights_;  // prefix sums over sentences
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_ALIGN_LINK_TOKENS_H_
