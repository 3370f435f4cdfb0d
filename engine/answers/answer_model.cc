// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/answers/answer_model.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/answers/answer_weights.h"
#include "engine/base/fast_loops.h"
#include "engine/base/run_parallel.h"
#include "engine/base/status_macros.h"
#include "engine/embed/quantized_linear.h"
#include "engine/embed/tensors.h"

namespace narrdiff {
namespace {

constexpr int kLanes = 16;
constexpr float kNetworkCosine = 4, kNetworkLate = 8;  // scales of the network's two similarities, as in training
constexpr float kNormEpsilon = 1e-5f;

using Vector = std::vector<float>;

NARRDIFF_FAST_LOOPS float Dot(const float* a, const float* b, size_t size) {
  float lanes[kLanes] = {};
  size_t i = 0;
  for (; i + kLanes <= size; i += kLanes) {
    for (int j = 0; j < kLanes; ++j) lanes[j] += a[i + j] * b[i + j];
  }
  for (int j = 0; i < size; ++i, ++j) lanes[j] += a[i] * b[i];
  float sum = 0;
  for (int j = 0; j < kLanes; ++j) sum += lanes[j];
  return sum;
}

void ScaleToUnit(float* values, size_t size) {
  const float square = Dot(values, values, size);
  if (!(square > 0)) return;
  const float inverse = 1.0f / std::sqrt(square);
  for (size_t i = 0; i < size; ++i) values[i] *= inverse;
}

// [outputs][inputs], row-major.
struct Matrix {
  size_t outputs = 0, inputs = 0;
  Vector values;

  void Apply(const float* x, float* y) const {
    for (size_t o = 0; o < outputs; ++o) y[o] = Dot(values.data() + o * inputs, x, inputs);
  }
};

// Makes `row` have mean 0 and variance 1.
void Standardise(Vector& row) {
  double mean = 0, square = 0;
  for (const float v : row) mean += v;
  mean /= static_cast<double>(row.size());
  for (const float v : row) square += (v - mean) * (v - mean);
  const double inverse = 1 / std::sqrt(square / static_cast<double>(row.size()) + kNormEpsilon);
  for (float& v : row) v = static_cast<float>((v - mean) * inverse);
}

// ln(1 + e^x)
float Softplus(float x) { return x > 20 ? x : std::log1p(std::exp(x)); }

// The mean of the eight cells around each; those beyond the edge count as the ones at it.
Vector Around(const Vector& cells, int32_t rows, int32_t columns) {
  Vector out(cells.size());
  for (int32_t i = 0; i < rows; ++i) {
    for (int32_t j = 0; j < columns; ++j) {
      // Pairs of cells that are each other's mirror are added first, so that exchanged sides give the same bits.
      const auto at = [&](int32_t di, int32_t dj) {
        const int32_t r = std::clamp(i + di, 0, rows - 1), c = std::clamp(j + dj, 0, columns - 1);
        return cells[static_cast<size_t>(r) * static_cast<size_t>(columns) + static_cast<size_t>(c)];
      };
      const float corners = at(-1, -1) + at(1, 1);
      const float others = at(-1, 1) + at(1, -1);
      const float before = at(-1, 0) + at(0, -1);
      const float after = at(1, 0) + at(0, 1);
      out[static_cast<size_t>(i) * static_cast<size_t>(columns) + static_cast<size_t>(j)] =
          ((corners + others) + (before + after)) / 8;
    }
  }
  return out;
}

// The tokens of one sentence, whitened, as whole numbers.
struct TokenSide {
  QuantizedRows rows;       // as the one factor of the products
  QuantizedLinear columns;  // as the other
  Vector importance;        // sums to 1
  int tokens = 0;
};

bool Less(absl::Span<const Embedding> a, absl::Span<const Embedding> b) {
  if (a.size() != b.size()) return a.size() < b.size();
  for (size_t s = 0; s < a.size(); ++s) {
    if (a[s].pooled != b[s].pooled) return a[s].pooled < b[s].pooled;
    if (a[s].tokens != b[s].tokens) return a[s].tokens < b[s].tokens;
  }
  return false;
}

template <typename T>
std::vector<T> Transposed(const std::vector<T>& cells, int32_t rows, int32_t columns) {
  std::vector<T> out(cells.size());
  for (int32_t i = 0; i < rows; ++i) {
    for (int32_t j = 0; j < columns; ++j) {
      out[static_cast<size_t>(j) * static_cast<size_t>(rows) + static_cast<size_t>(i)] =
          cells[static_cast<size_t>(i) * static_cast<size_t>(columns) + static_cast<size_t>(j)];
    }
  }
  return out;
}

// A network over what two sentences' vectors show: a hidden layer on the product, absolute difference and sum of their
// views and on the two similarities, and an output layer. Exchanged sentences give the same.
struct Network {
  Vector mean, inverse_deviation;  // of sentence vectors, over the training texts
  Matrix view;                     // [v][size]: what the network sees of a sentence
  Vector view_bias;
  Matrix of_product, of_difference, of_sum, of_similarities;  // [hidden][v], the last [hidden][2]
  Vector hidden_bias;
  Matrix output;  // [outputs][hidden]
  Vector output_bias;

  absl::Status Read(const Tensors& tensors, const std::string& prefix, size_t outputs);
  // What it sees of each sentence, and what its sum layer makes of that.
  struct Seen {
    std::vector<Vector> views, sums;
  };
  Seen See(absl::Span<const Embedding> sentences) const;
  // Room for one cell's work.
  struct Workspace {
    Vector hidden, both, out;
  };
  // Fills workspace.out.
  void Apply(const Seen& left, size_t i, const Seen& right, size_t j, float cosine, float late,
             Workspace& workspace) const;
};

absl::Status ReadMatrix(const Tensors& tensors, const std::string& name, int64_t columns, Matrix& to) {
  NARRDIFF_ASSIGN_OR_RETURN(const TensorView view, tensors.Matrix(name, kAnyRows, columns));
  to.outputs = static_cast<size_t>(view.rows);
  to.inputs = static_cast<size_t>(view.columns);
  to.values.resize(to.outputs * to.inputs);
  for (int64_t r = 0; r < view.rows; ++r) view.ReadRow(r, to.values.data() + r * view.columns);
  return absl::OkStatus();
}

absl::Status ReadVector(const Tensors& tensors, const std::string& name, size_t columns, Vector& to) {
  Matrix row;
  NARRDIFF_RETURN_IF_ERROR(ReadMatrix(tensors, name, static_cast<int64_t>(columns), row));
  to = std::move(row.values);
  return absl::OkStatus();
}

constexpr size_t kSize = 384;  // of the vectors of the model that all this was trained with

absl::Status Network::Read(const Tensors& tensors, const std::string& prefix, size_t outputs) {
  NARRDIFF_RETURN_IF_ERROR(ReadVector(tensors, prefix + ".mean", kSize, mean));
  NARRDIFF_RETURN_IF_ERROR(ReadVector(tensors, prefix + ".inverse_deviation", kSize, inverse_deviation));
  NARRDIFF_RETURN_IF_ERROR(ReadMatrix(tensors, prefix + ".view", kSize, view));
  NARRDIFF_RETURN_IF_ERROR(ReadVector(tensors, prefix + ".view_bias", view.outputs, view_bias));
  const int64_t views = static_cast<int64_t>(view.outputs);
  NARRDIFF_RETURN_IF_ERROR(ReadMatrix(tensors, prefix + ".hidden.product", views, of_product));
  NARRDIFF_RETURN_IF_ERROR(ReadMatrix(tensors, prefix + ".hidden.difference", views, of_difference));
  NARRDIFF_RETURN_IF_ERROR(ReadMatrix(tensors, prefix + ".hidden.sum", views, of_sum));
  NARRDIFF_RETURN_IF_ERROR(ReadMatrix(tensors, prefix + ".hidden.similarities", 2, of_similarities));
  NARRDIFF_RETURN_IF_ERROR(ReadVector(tensors, prefix + ".hidden.bias", of_sum.outputs, hidden_bias));
  NARRDIFF_RETURN_IF_ERROR(ReadMatrix(tensors, prefix + ".output", static_cast<int64_t>(of_sum.outputs), output));
  NARRDIFF_RETURN_IF_ERROR(ReadVector(tensors, prefix + ".output_bias", outputs, output_bias));
  if (of_product.outputs != of_sum.outputs || of_difference.outputs != of_sum.outputs ||
      of_similarities.outputs != of_sum.outputs || output.outputs != outputs) {
    return absl::FailedPreconditionError(prefix + ": the tensors do not fit together; train the model anew");
  }
  return absl::OkStatus();
}

Network::Seen Network::See(absl::Span<const Embedding> sentences) const {
  Seen seen;
  seen.views.assign(sentences.size(), Vector(view.outputs));
  seen.sums.assign(sentences.size(), Vector(of_sum.outputs));
  RunParallel(sentences.size(), [&](size_t s) {
    Vector scaled(kSize);
    for (size_t k = 0; k < kSize; ++k) scaled[k] = (sentences[s].pooled[k] - mean[k]) * inverse_deviation[k];
    Vector& to = seen.views[s];
    view.Apply(scaled.data(), to.data());
    for (size_t k = 0; k < to.size(); ++k) to[k] += view_bias[k];
    Standardise(to);
    of_sum.Apply(to.data(), seen.sums[s].data());
  });
  return seen;
}

// out[h] += weights[h] . (x * y) + other[h] . |x - y|
NARRDIFF_FAST_LOOPS void AddHidden(const float* product, const float* difference, const float* x, const float* y,
                                   size_t hidden, size_t size, float* both, float* out) {
  for (size_t k = 0; k < size; ++k) both[k] = x[k] * y[k];
  for (size_t k = 0; k < size; ++k) both[size + k] = std::abs(x[k] - y[k]);
  for (size_t h = 0; h < hidden; ++h) {
    float lanes[kLanes] = {};
    const float* p = product + h * size;
    const float* d = difference + h * size;
    size_t k = 0;
    for (; k + kLanes <= size; k += kLanes) {
      for (int j = 0; j < kLanes; ++j) lanes[j] += p[k + j] * both[k + j] + d[k + j] * both[size + k + j];
    }
    for (int j = 0; k < size; ++k, ++j) lanes[j] += p[k] * both[k] + d[k] * both[size + k];
    float sum = 0;
    for (int j = 0; j < kLanes; ++j) sum += lanes[j];
    out[h] += sum;
  }
}

void Network::Apply(const Seen& left, size_t i, const Seen& right, size_t j, float cosine, float late,
                    Workspace& workspace) const {
  const size_t size = hidden_bias.size();
  workspace.hidden.resize(size);
  workspace.both.resize(2 * view.outputs);
  workspace.out.resize(output.outputs);
  const float scaled_cosine = kNetworkCosine * cosine, scaled_late = kNetworkLate * late;
  for (size_t h = 0; h < size; ++h) {
    workspace.hidden[h] =
        hidden_bias[h] + (left.sums[i][h] + right.sums[j][h]) +
        (of_similarities.values[2 * h] * scaled_cosine + of_similarities.values[2 * h + 1] * scaled_late);
  }
  AddHidden(of_product.values.data(), of_difference.values.data(), left.views[i].data(), right.views[j].data(), size,
            view.outputs, workspace.both.data(), workspace.hidden.data());
  for (float& v : workspace.hidden) v = std::max(v, 0.0f);
  output.Apply(workspace.hidden.data(), workspace.out.data());
  for (size_t o = 0; o < workspace.out.size(); ++o) workspace.out[o] += output_bias[o];
}

}  // namespace

struct AnswerModel::Weights {
  Matrix whiten_sentences;
  QuantizedLinear whiten_tokens;
  Vector importance;  // [kSize]
  float importance_bias = 0;
  Network pairs, relations;  // one output; kAnswerRelations
  // Of cosine, late interaction, the same two around the cell; and the bias.
  float cosine = 0, late = 0, cosine_around = 0, late_around = 0, bias = 0;

  absl::Status Read(const Tensors& tensors);
  AnswerScores Score(const Sides<absl::Span<const Embedding>>& sentences) const;

 private:
  std::vector<Vector> Whitened(absl::Span<const Embedding> sentences) const;
  std::vector<TokenSide> Tokens(absl::Span<const Embedding> sentences) const;
  void AddLate(const Sides<absl::Span<const Embedding>>& sentences, AnswerScores& scores) const;
  void AddLearnt(const Sides<absl::Span<const Embedding>>& sentences, AnswerScores& scores) const;
};

absl::Status AnswerModel::Weights::Read(const Tensors& tensors) {
  NARRDIFF_RETURN_IF_ERROR(ReadMatrix(tensors, "answers.whiten_sentences", kSize, whiten_sentences));
  Matrix of_tokens;
  NARRDIFF_RETURN_IF_ERROR(ReadMatrix(tensors, "answers.whiten_tokens", kSize, of_tokens));
  NARRDIFF_RETURN_IF_ERROR(ReadVector(tensors, "answers.importance", kSize, importance));
  NARRDIFF_RETURN_IF_ERROR(pairs.Read(tensors, "answers.pairs", 1));
  NARRDIFF_RETURN_IF_ERROR(relations.Read(tensors, "answers.relations", kAnswerRelations));
  Vector scalars;
  constexpr size_t kScalars = 6;
  NARRDIFF_RETURN_IF_ERROR(ReadVector(tensors, "answers.scalars", kScalars, scalars));
  importance_bias = scalars[0];
  cosine = scalars[1];
  late = scalars[2];
  cosine_around = scalars[3];
  late_around = scalars[4];
  bias = scalars[5];
  if (whiten_sentences.outputs != kSize || of_tokens.outputs != kSize) {
    return absl::FailedPreconditionError("answers: the tensors do not fit together; train the model anew");
  }
  whiten_tokens = QuantizedLinear(kSize, kSize, of_tokens.values.data(), Vector(kSize, 0).data());
  return absl::OkStatus();
}

std::vector<Vector> AnswerModel::Weights::Whitened(absl::Span<const Embedding> sentences) const {
  std::vector<double> sum(kSize, 0);
  for (const Embedding& s : sentences) {
    for (size_t k = 0; k < kSize; ++k) sum[k] += static_cast<double>(s.pooled[k]);
  }
  Vector centre(kSize);
  for (size_t k = 0; k < kSize; ++k) centre[k] = static_cast<float>(sum[k] / static_cast<double>(sentences.size()));
  std::vector<Vector> out(sentences.size(), Vector(kSize));
  RunParallel(sentences.size(), [&](size_t s) {
    Vector centred(kSize);
    for (size_t k = 0; k < kSize; ++k) centred[k] = sentences[s].pooled[k] - centre[k];
    whiten_sentences.Apply(centred.data(), out[s].data());
    ScaleToUnit(out[s].data(), kSize);
  });
  return out;
}

std::vector<TokenSide> AnswerModel::Weights::Tokens(absl::Span<const Embedding> sentences) const {
  std::vector<double> sum(kSize, 0);
  double count = 0;
  for (const Embedding& s : sentences) {
    for (size_t k = 0; k < s.tokens.size(); ++k) sum[k % kSize] += static_cast<double>(s.tokens[k]);
    count += static_cast<double>(s.tokens.size() / kSize);
  }
  Vector centre(kSize);
  for (size_t k = 0; k < kSize && count > 0; ++k) centre[k] = static_cast<float>(sum[k] / count);
  const Vector no_bias(kSize, 0);
  std::vector<TokenSide> out(sentences.size());
  RunParallel(sentences.size(), [&](size_t s) {
    const Vector& from = sentences[s].tokens;
    TokenSide& to = out[s];
    to.tokens = static_cast<int>(from.size() / kSize);
    if (to.tokens == 0) return;
    Vector centred(from.size()), whitened(from.size());
    float total = 0;
    for (int t = 0; t < to.tokens; ++t) {
      const float* row = from.data() + static_cast<size_t>(t) * kSize;
      for (size_t k = 0; k < kSize; ++k) centred[static_cast<size_t>(t) * kSize + k] = row[k] - centre[k];
      to.importance.push_back(Softplus(Dot(importance.data(), row, kSize) + importance_bias));
      total += to.importance.back();
    }
    for (float& w : to.importance) w /= std::max(total, 1e-9f);
    QuantizedRows rows;
    rows.Assign(centred.data(), to.tokens, static_cast<int>(kSize));
    whiten_tokens.Apply(rows, whitened.data());
    for (int t = 0; t < to.tokens; ++t) ScaleToUnit(whitened.data() + static_cast<size_t>(t) * kSize, kSize);
    to.rows.Assign(whitened.data(), to.tokens, static_cast<int>(kSize));
    to.columns = QuantizedLinear(to.tokens, static_cast<int>(kSize), whitened.data(), no_bias.data());
  });
  return out;
}

namespace {

// Each token's best match on the other side, weighted by importance, both ways.
float LateInteraction(const TokenSide& a, const TokenSide& b, Vector& products) {
  if (a.tokens == 0 || b.tokens == 0) return 0;
  const size_t n = static_cast<size_t>(a.tokens), m = static_cast<size_t>(b.tokens);
  products.resize(n * m);
  b.columns.Apply(a.rows, products.data());
  Vector best(m, -1);
  float forward = 0, backward = 0;
  for (size_t i = 0; i < n; ++i) {
    const float* row = products.data() + i * m;
    float best_of_row = -1;
    for (size_t j = 0; j < m; ++j) {
      best_of_row = std::max(best_of_row, row[j]);
      best[j] = std::max(best[j], row[j]);
    }
    forward += a.importance[i] * best_of_row;
  }
  for (size_t j = 0; j < m; ++j) backward += b.importance[j] * best[j];
  return .5f * (forward + backward);
}

// Marks the `partners` highest of each row and column.
std::vector<bool> BestOfLines(const Vector& cells, int32_t rows, int32_t columns, int32_t partners) {
  std::vector<bool> marked(cells.size(), false);
  const auto mark = [&](int32_t count, const auto& place) {
    std::vector<int32_t> order(static_cast<size_t>(count));
    std::iota(order.begin(), order.end(), 0);
    const auto higher = [&](int32_t x, int32_t y) {
      const float a = cells[place(x)], b = cells[place(y)];
      return a != b ? a > b : x < y;
    };
    const int32_t kept = std::min(count, partners);
    std::partial_sort(order.begin(), order.begin() + kept, order.end(), higher);
    for (int32_t k = 0; k < kept; ++k) marked[place(order[static_cast<size_t>(k)])] = true;
  };
  const size_t stride = static_cast<size_t>(columns);
  for (int32_t i = 0; i < rows; ++i) {
    mark(columns, [&](int32_t j) { return static_cast<size_t>(i) * stride + static_cast<size_t>(j); });
  }
  for (int32_t j = 0; j < columns; ++j) {
    mark(rows, [&](int32_t i) { return static_cast<size_t>(i) * stride + static_cast<size_t>(j); });
  }
  return marked;
}

}  // namespace

void AnswerModel::Weights::AddLate(const Sides<absl::Span<const Embedding>>& sentences, AnswerScores& scores) const {
  const std::vector<TokenSide> left = Tokens(sentences.left), right = Tokens(sentences.right);
  const size_t cells = scores.cosine.size();
  std::vector<bool> computed(cells, true);
  if (static_cast<int64_t>(cells) > kAllLate) {
    computed = BestOfLines(scores.cosine, scores.rows, scores.columns, kLatePartners);
  }
  scores.late.assign(cells, 0);
  const size_t columns = static_cast<size_t>(scores.columns);
  RunParallel(left.size(), [&](size_t i) {
    Vector products;
    for (size_t j = 0; j < columns; ++j) {
      if (computed[i * columns + j]) scores.late[i * columns + j] = LateInteraction(left[i], right[j], products);
    }
  });
  // The rest from the cosine, by the straight line through those computed.
  double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
  for (size_t k = 0; k < cells; ++k) {
    if (!computed[k]) continue;
    const double x = static_cast<double>(scores.cosine[k]), y = static_cast<double>(scores.late[k]);
    n += 1;
    sx += x;
    sy += y;
    sxx += x * x;
    sxy += x * y;
  }
  const double variance = n * sxx - sx * sx;
  const double slope = variance > 1e-9 ? (n * sxy - sx * sy) / variance : 0;
  const double offset = n > 0 ? (sy - slope * sx) / n : 0;
  double sum = 0;
  for (size_t k = 0; k < cells; ++k) {
    if (!computed[k]) scores.late[k] = static_cast<float>(offset + slope * static_cast<double>(scores.cosine[k]));
    sum += static_cast<double>(scores.late[k]);
  }
  const float mean_of_all = static_cast<float>(sum / static_cast<double>(cells));
  for (float& v : scores.late) v -= mean_of_all;
}

void AnswerModel::Weights::AddLearnt(const Sides<absl::Span<const Embedding>>& sentences, AnswerScores& scores) const {
  const Sides<Network::Seen> for_pairs = {pairs.See(sentences.left), pairs.See(sentences.right)};
  const Sides<Network::Seen> for_relations = {relations.See(sentences.left), relations.See(sentences.right)};
  const Vector cosine_near = Around(scores.cosine, scores.rows, scores.columns);
  const Vector late_near = Around(scores.late, scores.rows, scores.columns);
  const size_t columns = sentences.right.size();
  scores.learnt.assign(scores.cosine.size(), 0);
  scores.relations.resize(scores.cosine.size());
  RunParallel(sentences.left.size(), [&](size_t i) {
    Network::Workspace workspace;
    for (size_t j = 0; j < columns; ++j) {
      const size_t k = i * columns + j;
      pairs.Apply(for_pairs.left, i, for_pairs.right, j, scores.cosine[k], scores.late[k], workspace);
      scores.learnt[k] = bias + workspace.out[0] + (cosine * scores.cosine[k] + late * scores.late[k]) +
                         (cosine_around * cosine_near[k] + late_around * late_near[k]);
      relations.Apply(for_relations.left, i, for_relations.right, j, scores.cosine[k], scores.late[k], workspace);
      std::copy(workspace.out.begin(), workspace.out.end(), scores.relations[k].begin());
    }
  });
}

AnswerScores AnswerModel::Weights::Score(const Sides<absl::Span<const Embedding>>& sentences) const {
  AnswerScores scores;
  scores.rows = static_cast<int32_t>(sentences.left.size());
  scores.columns = static_cast<int32_t>(sentences.right.size());
  const std::vector<Vector> left = Whitened(sentences.left), right = Whitened(sentences.right);
  scores.cosine.resize(left.size() * right.size());
  RunParallel(left.size(), [&](size_t i) {
    for (size_t j = 0; j < right.size(); ++j) {
      scores.cosine[i * right.size() + j] = Dot(left[i].data(), right[j].data(), kSize);
    }
  });
  AddLate(sentences, scores);
  AddLearnt(sentences, scores);
  return scores;
}

std::string_view AnswerAdapter() { return {kAnswerWeights, kAnswerWeightsSize}; }

std::string AnswerText(std::string_view party, std::string_view sentence) {
  if (party.empty()) return std::string(sentence);
  return absl::StrCat(std::string(party), ": ", std::string(sentence));
}

void DropTokensBefore(int32_t begin, Embedding& embedding) {
  const size_t count = embedding.token_spans.size();
  if (begin == 0 || count == 0) return;
  const size_t size = embedding.tokens.size() / count;
  size_t first = 0;
  while (first < count && embedding.token_spans[first].begin < begin) ++first;
  embedding.tokens.erase(embedding.tokens.begin(), embedding.tokens.begin() + static_cast<ptrdiff_t>(first * size));
  embedding.token_spans.erase(embedding.token_spans.begin(),
                              embedding.token_spans.begin() + static_cast<ptrdiff_t>(first));
  for (Span& span : embedding.token_spans) span = {span.begin - begin, span.end - begin};
}

absl::StatusOr<AnswerModel> AnswerModel::Builtin() { return FromBytes(AnswerAdapter()); }

absl::StatusOr<AnswerModel> AnswerModel::FromBytes(std::string_view bytes) {
  NARRDIFF_ASSIGN_OR_RETURN(const std::unique_ptr<Tensors> tensors, Tensors::Parse("answers", bytes));
  auto weights = std::make_shared<Weights>();
  NARRDIFF_RETURN_IF_ERROR(weights->Read(*tensors));
  return AnswerModel(std::move(weights));
}

AnswerScores AnswerModel::Score(const Sides<absl::Span<const Embedding>>& sentences) const {
  if (sentences.left.empty() || sentences.right.empty()) return {};
  if (!Less(sentences.right, sentences.left)) return weights_->Score(sentences);
  // One order for both: rounding sees which side is which.
  AnswerScores scores = weights_->Score({sentences.right, sentences.left});
  scores.cosine = Transposed(scores.cosine, scores.rows, scores.columns);
  scores.late = Transposed(scores.late, scores.rows, scores.columns);
  scores.learnt = Transposed(scores.learnt, scores.rows, scores.columns);
  scores.relations = Transposed(scores.relations, scores.rows, scores.columns);
  std::swap(scores.rows, scores.columns);
  return scores;
}

}  // namespace narrdiff
