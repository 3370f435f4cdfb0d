// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Sums run over kLanes partial sums in a fixed order, which compilers turn into vector instructions of any width with
// the same result. The build forbids fused multiply-add here, which only some processors have.
#include "engine/embed/encoder.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/base/fast_loops.h"
#include "engine/base/status_macros.h"

namespace narrdiff {
namespace {

constexpr int kLanes = 16;
constexpr int kQueries = 4;  // that attend at once

using Sequences = absl::Span<const absl::Span<const int32_t>>;

NARRDIFF_FAST_LOOPS_PART float SumOfLanes(const float* lanes) {
  float sum = 0;
  for (int i = 0; i < kLanes; ++i) sum += lanes[i];
  return sum;
}

// e^x for x <= 0, to within 2 units in the last place: x = n ln 2 + r, e^r by its Taylor series to the seventh power.
NARRDIFF_FAST_LOOPS_PART float ExpOfNegative(float x) {
  x = std::max(x, -87.0f);
  constexpr float kRounder = 12582912.0f;  // as in quantized_linear.cc
  const float n = (x * 1.44269504f + kRounder) - kRounder;
  const float r = (x - n * 0.693359375f) - n * -2.12194440e-4f;  // ln 2 in two parts, the first exact in products
  float power = 1.0f / 5040;
  power = power * r + 1.0f / 720;
  power = power * r + 1.0f / 120;
  power = power * r + 1.0f / 24;
  power = power * r + 1.0f / 6;
  power = power * r + 0.5f;
  power = power * r + 1.0f;
  power = power * r + 1.0f;
  const int32_t bits = (static_cast<int32_t>(n) + 127) << 23;
  float scale;
  std::memcpy(&scale, &bits, sizeof(scale));
  return power * scale;
}

// x times the standard normal distribution function (Hendrycks and Gimpel, 2016), the error function by formula 7.1.26
// of Abramowitz and Stegun, which is off by 1.5e-7 at most.
NARRDIFF_FAST_LOOPS_PART float Gelu(float x) {
  const float z = std::abs(x) * 0.70710678f;
  const float t = 1.0f / (1.0f + 0.3275911f * z);
  const float series =
      ((((1.061405429f * t - 1.453152027f) * t + 1.421413741f) * t - 0.284496736f) * t + 0.254829592f) * t;
  const float tail = 0.5f * series * ExpOfNegative(-z * z);  // of the distribution beyond |x|
  return x * (x < 0 ? tail : 1.0f - tail);
}

NARRDIFF_FAST_LOOPS void ApplyGelu(float* values, size_t size) {
  for (size_t i = 0; i < size; ++i) values[i] = Gelu(values[i]);
}

NARRDIFF_FAST_LOOPS void NormalizeRow(const float* weight, const float* bias, float epsilon, int size, float* row) {
  float lanes[kLanes] = {};
  for (int i = 0; i < size; i += kLanes) {
    for (int j = 0; j < kLanes; ++j) lanes[j] += row[i + j];
  }
  const float mean = SumOfLanes(lanes) / static_cast<float>(size);
  float squares[kLanes] = {};
  for (int i = 0; i < size; i += kLanes) {
    for (int j = 0; j < kLanes; ++j) {
      const float difference = row[i + j] - mean;
      squares[j] += difference * difference;
    }
  }
  const float inverse = 1.0f / std::sqrt(SumOfLanes(squares) / static_cast<float>(size) + epsilon);
  for (int i = 0; i < size; ++i) row[i] = (row[i] - mean) * inverse * weight[i] + bias[i];
}

// What one head of one sequence needs, all pointers to its first column; rows are `stride` apart.
struct Head {
  const float* queries;
  const float* keys;
  const float* values;
  float* context;
  int tokens;
  int stride;
  int size;  // columns of the head, a multiple of kLanes
};

// Makes `scores` of one query against `padded` keys into weights that sum to 1; those from `tokens` on are 0.
NARRDIFF_FAST_LOOPS_PART void Softmax(int tokens, int padded, float* scores) {
  float greatest = scores[0];
  for (int s = 1; s < tokens; ++s) greatest = std::max(greatest, scores[s]);
  float lanes[kLanes] = {};
  for (int s = 0; s < padded; ++s) scores[s] = ExpOfNegative(std::min(scores[s] - greatest, 0.0f));
  for (int s = tokens; s < padded; ++s) scores[s] = 0;
  for (int s = 0; s < padded; s += kLanes) {
    for (int j = 0; j < kLanes; ++j) lanes[j] += scores[s + j];
  }
  const float inverse = 1.0f / SumOfLanes(lanes);
  for (int s = 0; s < padded; ++s) scores[s] *= inverse;
}

// Eight floats that the compiler keeps in one register or in two.
using HalfOfLanes = float __attribute__((vector_size(kLanes / 2 * sizeof(float))));

// Sums for kRows rows at once: sums[r] = sum over i of factors[r][i] * values[i], each a row of kLanes. Rows share the
// reading of `values`; they do not touch each other's sums.
template <int kRows>
NARRDIFF_FAST_LOOPS_PART void SumProducts(const float* factors, ptrdiff_t factor_stride, const float* values,
                                          ptrdiff_t value_stride, int count, float (*sums)[kLanes]) {
  HalfOfLanes low[kRows] = {}, high[kRows] = {};
  for (int i = 0; i < count; ++i) {
    HalfOfLanes first, second;
    std::memcpy(&first, values + i * value_stride, sizeof(first));
    std::memcpy(&second, values + i * value_stride + kLanes / 2, sizeof(second));
    NARRDIFF_UNROLL for (int r = 0; r < kRows; ++r) {
      const float factor = factors[r * factor_stride + i];
      low[r] += factor * first;
      high[r] += factor * second;
    }
  }
  NARRDIFF_UNROLL for (int r = 0; r < kRows; ++r) {
    std::memcpy(sums[r], &low[r], sizeof(low[r]));
    std::memcpy(sums[r] + kLanes / 2, &high[r], sizeof(high[r]));
  }
}

// Scaled dot-product attention of kRows queries from `t` on. `transposed` holds the keys as [size][padded]; `scores`
// has room for [kRows][padded].
template <int kRows>
NARRDIFF_FAST_LOOPS_PART void AttendWithQueries(const Head& head, int t, const float* transposed, int padded,
                                                float* scores) {
  const float scale = 1.0f / std::sqrt(static_cast<float>(head.size));
  float sums[kRows][kLanes];
  const float* queries = head.queries + static_cast<ptrdiff_t>(t) * head.stride;
  for (int s = 0; s < padded; s += kLanes) {
    SumProducts<kRows>(queries, head.stride, transposed + s, padded, head.size, sums);
    for (int r = 0; r < kRows; ++r) {
      for (int j = 0; j < kLanes; ++j) scores[r * padded + s + j] = sums[r][j] * scale;
    }
  }
  for (int r = 0; r < kRows; ++r) Softmax(head.tokens, padded, scores + r * padded);
  float* context = head.context + static_cast<ptrdiff_t>(t) * head.stride;
  for (int e = 0; e < head.size; e += kLanes) {
    SumProducts<kRows>(scores, padded, head.values + e, head.stride, head.tokens, sums);
    for (int r = 0; r < kRows; ++r) {
      for (int j = 0; j < kLanes; ++j) context[static_cast<ptrdiff_t>(r) * head.stride + e + j] = sums[r][j];
    }
  }
}

// `transposed` has room for size * padded floats, `scores` for kQueries * padded.
NARRDIFF_FAST_LOOPS void AttendWithHead(const Head& head, float* transposed, float* scores) {
  const int padded = (head.tokens + kLanes - 1) / kLanes * kLanes;
  for (int e = 0; e < head.size; ++e) {
    float* row = transposed + static_cast<ptrdiff_t>(e) * padded;
    for (int s = 0; s < head.tokens; ++s) row[s] = head.keys[static_cast<ptrdiff_t>(s) * head.stride + e];
    std::fill(row + head.tokens, row + padded, 0.0f);
  }
  int t = 0;
  for (; t + kQueries <= head.tokens; t += kQueries) {
    AttendWithQueries<kQueries>(head, t, transposed, padded, scores);
  }
  for (; t < head.tokens; ++t) AttendWithQueries<1>(head, t, transposed, padded, scores);
}

bool AllFinite(const std::vector<float>& values) {
  return std::all_of(values.begin(), values.end(), [](float v) { return std::isfinite(v); });
}

// Reads tensors of one model by the names that model hubs use, with whatever stands before them.
class WeightReader {
 public:
  WeightReader(const Tensors& tensors, const Tensors* adapter) : tensors_(tensors), adapter_(adapter) {
    for (const char* prefix : {"bert.", "roberta.", "model."}) {
      if (tensors.Has(absl::StrCat(prefix, kWords))) prefix_ = prefix;
    }
  }

  absl::StatusOr<TensorView> Words(int columns) const { return View(kWords, kAnyRows, columns); }

  absl::StatusOr<std::vector<float>> Values(std::string_view name, int64_t rows, int64_t columns) const {
    NARRDIFF_ASSIGN_OR_RETURN(const TensorView view, View(name, rows, columns));
    std::vector<float> values(static_cast<size_t>(view.rows * columns));
    for (int64_t row = 0; row < view.rows; ++row) view.ReadRow(row, values.data() + row * columns);
    if (!AllFinite(values)) {
      return absl::FailedPreconditionError(absl::StrCat("model.safetensors: ", prefix_, std::string(name),
                                                        " holds what is not a number; fetch or make it anew"));
    }
    return values;
  }

  absl::StatusOr<QuantizedLinear> Linear(const std::string& name, int outputs, int inputs) const {
    NARRDIFF_ASSIGN_OR_RETURN(std::vector<float> weights, Values(name + ".weight", outputs, inputs));
    NARRDIFF_RETURN_IF_ERROR(Adapt(name, outputs, inputs, weights));
    NARRDIFF_ASSIGN_OR_RETURN(const std::vector<float> bias, Values(name + ".bias", 1, outputs));
    return QuantizedLinear(outputs, inputs, weights.data(), bias.data());
  }

 private:
  static constexpr char kWords[] = "embeddings.word_embeddings.weight";

  absl::StatusOr<TensorView> View(std::string_view name, int64_t rows, int64_t columns) const {
    return tensors_.Matrix(absl::StrCat(prefix_, std::string(name)), rows, columns);
  }

  // Adds the adapter's B A, where it has one for this layer, summing over the rank in its order.
  absl::Status Adapt(const std::string& name, int outputs, int inputs, std::vector<float>& weights) const {
    if (adapter_ == nullptr || !adapter_->Has(name + ".lora_A")) return absl::OkStatus();
    NARRDIFF_ASSIGN_OR_RETURN(const TensorView a, adapter_->Matrix(name + ".lora_A", kAnyRows, inputs));
    NARRDIFF_ASSIGN_OR_RETURN(const TensorView b, adapter_->Matrix(name + ".lora_B", outputs, a.rows));
    std::vector<float> down(static_cast<size_t>(a.rows * inputs)), up(static_cast<size_t>(a.rows));
    for (int64_t r = 0; r < a.rows; ++r) a.ReadRow(r, down.data() + r * inputs);
    for (int o = 0; o < outputs; ++o) {
      b.ReadRow(o, up.data());
      for (int64_t r = 0; r < a.rows; ++r) {
        for (int i = 0; i < inputs; ++i) weights[o * inputs + i] += up[r] * down[r * inputs + i];
      }
    }
    if (!AllFinite(weights)) return absl::FailedPreconditionError(name + ": the adapter holds what is not a number");
    return absl::OkStatus();
  }

  const Tensors& tensors_;
  const Tensors* adapter_;
  std::string prefix_;
};

}  // namespace

absl::StatusOr<Encoder> Encoder::Create(const EncoderConfig& config, const Tensors& tensors, const Tensors* adapter) {
  const WeightReader reader(tensors, adapter);
  const int size = config.hidden_size;
  Encoder encoder;
  encoder.config_ = config;
  const auto read_norm = [&](const std::string& name, LayerNorm& norm) -> absl::Status {
    NARRDIFF_ASSIGN_OR_RETURN(norm.weight, reader.Values(name + ".weight", 1, size));
    NARRDIFF_ASSIGN_OR_RETURN(norm.bias, reader.Values(name + ".bias", 1, size));
    return absl::OkStatus();
  };
  const auto read_linear = [&](const std::string& name, int outputs, int inputs,
                               QuantizedLinear& linear) -> absl::Status {
    NARRDIFF_ASSIGN_OR_RETURN(linear, reader.Linear(name, outputs, inputs));
    return absl::OkStatus();
  };

  NARRDIFF_ASSIGN_OR_RETURN(encoder.words_, reader.Words(size));
  NARRDIFF_ASSIGN_OR_RETURN(encoder.positions_,
                            reader.Values("embeddings.position_embeddings.weight", config.positions, size));
  NARRDIFF_ASSIGN_OR_RETURN(const std::vector<float> types,
                            reader.Values("embeddings.token_type_embeddings.weight", kAnyRows, size));
  for (size_t i = 0; i < encoder.positions_.size(); ++i) encoder.positions_[i] += types[i % size];
  NARRDIFF_RETURN_IF_ERROR(read_norm("embeddings.LayerNorm", encoder.embedding_norm_));
  encoder.layers_.resize(static_cast<size_t>(config.layers));
  for (int l = 0; l < config.layers; ++l) {
    Layer& layer = encoder.layers_[l];
    const std::string at = absl::StrCat("encoder.layer.", l, ".");
    const int wide = config.intermediate_size;
    NARRDIFF_RETURN_IF_ERROR(read_linear(at + "attention.self.query", size, size, layer.query));
    NARRDIFF_RETURN_IF_ERROR(read_linear(at + "attention.self.key", size, size, layer.key));
    NARRDIFF_RETURN_IF_ERROR(read_linear(at + "attention.self.value", size, size, layer.value));
    NARRDIFF_RETURN_IF_ERROR(read_linear(at + "attention.output.dense", size, size, layer.attention_output));
    NARRDIFF_RETURN_IF_ERROR(read_norm(at + "attention.output.LayerNorm", layer.attention_norm));
    NARRDIFF_RETURN_IF_ERROR(read_linear(at + "intermediate.dense", wide, size, layer.intermediate));
    NARRDIFF_RETURN_IF_ERROR(read_linear(at + "output.dense", size, wide, layer.output));
    NARRDIFF_RETURN_IF_ERROR(read_norm(at + "output.LayerNorm", layer.output_norm));
  }
  return encoder;
}

void Encoder::AddAndNormalize(const LayerNorm& norm, const std::vector<float>& addend,
                              std::vector<float>& hidden) const {
  const int size = config_.hidden_size;
  for (size_t i = 0; i < hidden.size(); ++i) hidden[i] += addend[i];
  for (size_t i = 0; i < hidden.size(); i += size) {
    NormalizeRow(norm.weight.data(), norm.bias.data(), config_.layer_norm_epsilon, size, hidden.data() + i);
  }
}

void Encoder::EmbedTokens(Sequences sequences, Workspace& workspace) const {
  const size_t size = static_cast<size_t>(config_.hidden_size);
  size_t tokens = 0;
  for (const auto& sequence : sequences) tokens += sequence.size();
  workspace.hidden.resize(tokens * size);
  workspace.narrow.resize(tokens * size);
  float* word = workspace.hidden.data();
  float* position = workspace.narrow.data();
  for (const auto& sequence : sequences) {
    std::copy_n(positions_.data() + config_.first_position * size, sequence.size() * size, position);
    position += sequence.size() * size;
    for (const int32_t id : sequence) {
      words_.ReadRow(id, word);
      word += size;
    }
  }
  AddAndNormalize(embedding_norm_, workspace.narrow, workspace.hidden);
}

void Encoder::Attend(Sequences sequences, Workspace& workspace) const {
  const int size = config_.hidden_size;
  const int head_size = size / config_.heads;
  size_t longest = 0;
  for (const auto& sequence : sequences) longest = std::max(longest, sequence.size());
  workspace.weights.resize((longest + kLanes) * kQueries);
  workspace.transposed_keys.resize((longest + kLanes) * static_cast<size_t>(head_size));
  size_t begin = 0;
  for (const auto& sequence : sequences) {
    for (int column = 0; column < size; column += head_size) {
      const size_t first = begin * size + column;
      const Head head = {workspace.queries.data() + first,
                         workspace.keys.data() + first,
                         workspace.values.data() + first,
                         workspace.context.data() + first,
                         static_cast<int>(sequence.size()),
                         size,
                         head_size};
      AttendWithHead(head, workspace.transposed_keys.data(), workspace.weights.data());
    }
    begin += sequence.size();
  }
}

void Encoder::Encode(Sequences sequences, Workspace& workspace) const {
  const int size = config_.hidden_size;
  EmbedTokens(sequences, workspace);
  const int tokens = static_cast<int>(workspace.hidden.size()) / size;
  for (std::vector<float>* buffer : {&workspace.queries, &workspace.keys, &workspace.values, &workspace.context}) {
    buffer->resize(workspace.hidden.size());
  }
  workspace.wide.resize(static_cast<size_t>(tokens) * config_.intermediate_size);
  for (const Layer& layer : layers_) {
    workspace.quantized.Assign(workspace.hidden.data(), tokens, size);
    layer.query.Apply(workspace.quantized, workspace.queries.data());
    layer.key.Apply(workspace.quantized, workspace.keys.data());
    layer.value.Apply(workspace.quantized, workspace.values.data());
    Attend(sequences, workspace);
    workspace.quantized.Assign(workspace.context.data(), tokens, size);
    layer.attention_output.Apply(workspace.quantized, workspace.narrow.data());
    AddAndNormalize(layer.attention_norm, workspace.narrow, workspace.hidden);
    workspace.quantized.Assign(workspace.hidden.data(), tokens, size);
    layer.intermediate.Apply(workspace.quantized, workspace.wide.data());
    ApplyGelu(workspace.wide.data(), workspace.wide.size());
    workspace.quantized.Assign(workspace.wide.data(), tokens, config_.intermediate_size);
    layer.output.Apply(workspace.quantized, workspace.narrow.data());
    AddAndNormalize(layer.output_norm, workspace.narrow, workspace.hidden);
  }
}

}  // namespace narrdiff
