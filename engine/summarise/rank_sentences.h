// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// How central each sentence is to its statement.
//
//   RankSentences(described)  ->  one number a sentence, from 0 to 1; the most central has 1
//
// Continuous LexRank (Erkan and Radev, "LexRank: graph-based lexical centrality as salience in text summarization",
// JAIR 22, 2004): the stationary distribution of a walk among the sentences along the cosines of their tf-idf vectors.
// The matrix of similarities is never made: with W the sentences' vectors, a step is W (W' x), so that a step takes as
// long as the text is, and not its square. What takes a stand counts more, and greetings, thanks and arrangements less
// than what they share with the rest would make them.
#ifndef NARRDIFF_ENGINE_SUMMARISE_RANK_SENTENCES_H_
#define NARRDIFF_ENGINE_SUMMARISE_RANK_SENTENCES_H_

#include <vector>

#include "engine/describe/describe_statement.h"

namespace narrdiff {

// 0 for questions. O(terms of the statement). Thread-safe.
std::vector<double> RankSentences(const DescribedStatement& statement);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_SUMMARISE_RANK_SENTENCES_H_
