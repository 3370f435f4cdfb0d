// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Where each type of term occurs in one side.
#ifndef NARRDIFF_ENGINE_ALIGN_TERM_POSTINGS_H_
#define NARRDIFF_ENGINE_ALIGN_TERM_POSTINGS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/align/match_terms.h"

namespace narrdiff {

// Sentences by type (repetitions kept), ascending. O(terms).
struct TermPostings {
  std::vector<int32_t> begin, sentences;

  explicit TermPostings(const TermTable& table) : begin(table.types.size() + 1), sentences(table.terms.size()) {
    for (const int32_t type : table.terms) ++begin[static_cast<size_t>(type) + 1];
    for (size_t k = 1; k < begin.size(); ++k) begin[k] += begin[k - 1];
    std::vector<int32_t> fill(begin.begin(), begin.end() - 1);
    for (int32_t s = 0; s < table.sentence_count(); ++s) {
      for (const int32_t type : table.sentence(s))
        sentences[static_cast<size_t>(fill[static_cast<size_t>(type)]++)] = s;
    }
  }
  const int32_t* first(int32_t type) const { return sentences.data() + begin[static_cast<size_t>(type)]; }
  const int32_t* last(int32_t type) const { return sentences.data() + begin[static_cast<size_t>(type) + 1]; }
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_ALIGN_TERM_POSTINGS_H_
