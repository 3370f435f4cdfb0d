// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// What a model has learnt about which sentence answers which: scores of all cells of two competing statements out of
// the vectors of their sentences and tokens, as an embedding model with the adapter AnswerAdapter() gives them.
//
//   ModelOptions options;
//   options.adapter = AnswerAdapter();                       // "multilingual-e5-small" thinks of answers
//   ... embed AnswerText("US", "We deny it.") of every sentence, with tokens ...
//   NARRDIFF_ASSIGN_OR_RETURN(AnswerModel model, AnswerModel::Builtin());
//   AnswerScores scores = model.Score({left, right});
//   scores.learnt[i * scores.columns + j]                    // log odds, before any knowledge of names and acts
//
// Three similarities go into the learnt score: the cosine of centred, partially whitened sentence vectors; late
// interaction, the best match of each token weighted by how telling it is (Khattab and Zaharia, "ColBERT", SIGIR 2020),
// on centred, whitened token vectors; and both of the neighbouring cells. A small network over the two sentences'
// vectors adds what no similarity sees and weighs the relations. training/fit_answers.py trains all of it together with
// the adapter.
#ifndef NARRDIFF_ENGINE_ANSWERS_ANSWER_MODEL_H_
#define NARRDIFF_ENGINE_ANSWERS_ANSWER_MODEL_H_

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "engine/base/sides.h"
#include "engine/embed/embedder.h"

namespace narrdiff {

// The adapter's file, for ModelOptions::adapter. Lives as long as the program.
std::string_view AnswerAdapter();

// The text to embed for a sentence: who speaks goes before it, so that "we" has a meaning. `party` may be empty. The
// sentence begins at byte `text.size() - sentence.size()` of the result.
std::string AnswerText(std::string_view party, std::string_view sentence);

// Leaves out the tokens of what stands before the sentence, and counts the spans of the others from its begin.
void DropTokensBefore(int32_t begin, Embedding& embedding);

inline constexpr int kAnswerRelations = 6;  // agree, deny, counter, reframe, differ, respond

// Of the cells of two statements, row-major: [rows][columns].
struct AnswerScores {
  int32_t rows = 0, columns = 0;
  std::vector<float> cosine;  // of sentences
  std::vector<float> late;    // late interaction, the mean of all cells taken away
  std::vector<float> learnt;  // log odds of the cell to be a pair
  // Evidence of each relation, given that the cell is a pair: logits.
  std::vector<std::array<float, kAnswerRelations>> relations;
};

// Immutable and thread-safe.
class AnswerModel {
 public:
  // Of the weights compiled into the program. FailedPrecondition where they are damaged.
  static absl::StatusOr<AnswerModel> Builtin();
  // Of a .safetensors file in memory. `bytes` are needed during the call only.
  static absl::StatusOr<AnswerModel> FromBytes(std::string_view bytes);

  // `sentences` are those of AnswerText, with the vectors of their tokens but those of the party. Exchanged sides give
  // the mirrored scores, bit by bit. Every cell's late interaction is computed up to kAllLate cells; above, that of
  // each sentence's kLatePartners closest, the rest is estimated from the cosine. O(n m) time with a small factor and
  // O((n + m) kLatePartners) with a large one; O(n m) memory.
  AnswerScores Score(const Sides<absl::Span<const Embedding>>& sentences) const;

  static constexpr int64_t kAllLate = 1'600;
  static constexpr int32_t kLatePartners = 12;

 private:
  struct Weights;
  explicit AnswerModel(std::shared_ptr<const Weights> weights) : weights_(std::move(weights)) {}
  std::shared_ptr<const Weights> weights_;
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_ANSWERS_ANSWER_MODEL_H_
