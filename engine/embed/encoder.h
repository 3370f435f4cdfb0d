// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The encoder of the BERT family (Devlin et al., NAACL 2019; Conneau et al., ACL 2020 for XLM-RoBERTa): token ids in, a
// hidden state for each token out. Sequences are worked on side by side without padding; every row's arithmetic is its
// own, in a fixed order and without fused multiplications, so its bits do not depend on what it is batched with, nor on
// the processor.
//
//   NARRDIFF_ASSIGN_OR_RETURN(Encoder encoder, Encoder::Create(config, tensors));
//   Encoder::Workspace workspace;
//   encoder.Encode({{0, 6, 24, 2}, {0, 9, 2}}, workspace);
//   workspace.hidden                              // [7][hidden_size]
#ifndef NARRDIFF_ENGINE_EMBED_ENCODER_H_
#define NARRDIFF_ENGINE_EMBED_ENCODER_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "engine/embed/quantized_linear.h"
#include "engine/embed/tensors.h"

namespace narrdiff {

// As in the config.json of model hubs.
struct EncoderConfig {
  int hidden_size = 0;        // a multiple of 16 times the heads
  int layers = 0;             // num_hidden_layers
  int heads = 0;              // num_attention_heads
  int intermediate_size = 0;  // of the feed-forward step
  int positions = 0;          // max_position_embeddings
  int first_position = 0;     // 0 for BERT, pad_token_id + 1 for XLM-RoBERTa
  float layer_norm_epsilon = 1e-12f;
};

// Immutable and thread-safe; each thread brings its own workspace.
class Encoder {
 public:
  struct Workspace {
    std::vector<float> hidden;  // the result: [tokens of all sequences][hidden_size]
    std::vector<float> queries, keys, values, context, wide, narrow, transposed_keys, weights;
    QuantizedRows quantized;
  };

  // Reads the weights, in time linear in them; the table of token embeddings stays in `tensors`, which must outlive the
  // encoder. FailedPrecondition where a tensor is missing, has another shape, or holds what is not a number.
  // `adapter`, null for none, is needed during the call only: where it holds matrices NAME.lora_A [r][inputs] and
  // NAME.lora_B [outputs][r] for a linear layer NAME, B A is added to the layer's weights (Hu et al., "LoRA: low-rank
  // adaptation of large language models", ICLR 2022).
  static absl::StatusOr<Encoder> Create(const EncoderConfig& config, const Tensors& tensors, const Tensors* adapter);

  int hidden_size() const { return config_.hidden_size; }
  // Ids are below this.
  int vocabulary_size() const { return static_cast<int>(words_.rows); }
  // Tokens of the longest sequence.
  int max_tokens() const { return config_.positions - config_.first_position; }

  // Each sequence has 1 to max_tokens() ids in [0, vocabulary_size()). O(tokens * weights + sum of length^2 *
  // hidden_size * layers).
  void Encode(absl::Span<const absl::Span<const int32_t>> sequences, Workspace& workspace) const;

 private:
  struct LayerNorm {
    std::vector<float> weight, bias;
  };
  struct Layer {
    QuantizedLinear query, key, value, attention_output, intermediate, output;
    LayerNorm attention_norm, output_norm;
  };

  void EmbedTokens(absl::Span<const absl::Span<const int32_t>> sequences, Workspace& workspace) const;
  void Attend(absl::Span<const absl::Span<const int32_t>> sequences, Workspace& workspace) const;
  // hidden = norm(hidden + addend), row by row.
  void AddAndNormalize(const LayerNorm& norm, const std::vector<float>& addend, std::vector<float>& hidden) const;

  EncoderConfig config_;
  TensorView words_;
  std::vector<float> positions_;  // [positions][hidden_size], with the embedding of token type 0 added
  LayerNorm embedding_norm_;
  std::vector<Layer> layers_;
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_EMBED_ENCODER_H_
