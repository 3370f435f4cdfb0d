// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Where each type of term occurs in one side.
#ifndef NARRDIFF_ENGINE_ALIGN_TERM_POSTINGS_H_
#define NARRDIFF_ENGINE_ALIGN_TERM_POSTINGS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "engine/align/match_terms.h"

namespace narrdiff {

// Sentences by type (repetitions kept), ascending. O(terms).
struct TermPostings {
  std::vector<int32_t> begin, sentences;
  int32_t sentence_count = 0;

  // With more than `most` sentences a sample of about so many: runs of kRun neighbours, spread evenly and numbered on.
  explicit TermPostings(const TermTable& table, int32_t most = std::numeric_limits<int32_t>::max())
      : begin(table.types.size() + 1) {
    const int32_t count = table.sentence_count();
    // Every `stride` sentences begins a run.
    const int32_t stride = count <= most ? kRun : static_cast<int32_t>(int64_t{kRun} * count / std::max(most, 1));
    std::vector<int32_t> taken;
    for (int32_t first = 0; first < count; first += stride) {
      for (int32_t s = first; s < std::min(first + kRun, count); ++s) taken.push_back(s);
    }
    sentence_count = static_cast<int32_t>(taken.size());
    for (const int32_t s : taken) {
      for (const int32_t type : table.sentence(s)) ++begin[static_cast<size_t>(type) + 1];
    }
    for (size_t k = 1; k < begin.size(); ++k) begin[k] += begin[k - 1];
    sentences.resize(static_cast<size_t>(begin.back()));
    std::vector<int32_t> fill(begin.begin(), begin.end() - 1);
    for (int32_t k = 0; k < sentence_count; ++k) {
      for (const int32_t type : table.sentence(taken[static_cast<size_t>(k)])) {
        sentences[static_cast<size_t>(fill[static_cast<size_t>(type)]++)] = k;
      }
    }
  }
  const int32_t* first(int32_t type) const { return sentences.data() + begin[static_cast<size_t>(type)]; }
  const int32_t* last(int32_t type) const { return sentences.data() + begin[static_cast<size_t>(type) + 1]; }

 private:
  static constexpr int32_t kRun = 64;
};

// Finds where a type's postings reach a sentence, faster than by bisection when the sentences asked for mostly ascend:
// it goes on from the last answer. All sentences in turn take O(postings). Not thread-safe.
class PostingCursors {
 public:
  // `postings` must outlive the cursors.
  explicit PostingCursors(const TermPostings& postings)
      : postings_(postings), at_(postings.begin.begin(), postings.begin.end() - 1) {}

  // The first posting of `type` that is not before `sentence`; last(type) when there is none.
  const int32_t* Seek(int32_t type, int32_t sentence) {
    int32_t& at = at_[static_cast<size_t>(type)];
    const int32_t begin = postings_.begin[static_cast<size_t>(type)];
    const int32_t end = postings_.begin[static_cast<size_t>(type) + 1];
    const int32_t* const sentences = postings_.sentences.data();
    while (at > begin && sentences[at - 1] >= sentence) --at;
    while (at < end && sentences[at] < sentence) ++at;
    return sentences + at;
  }

 private:
  const TermPostings& postings_;
  std::vector<int32_t> at_;
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_ALIGN_TERM_POSTINGS_H_
