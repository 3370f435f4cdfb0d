// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/embed/model_embedder.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "engine/base/sha256.h"
#include "engine/base/status_macros.h"
#include "engine/base/utf8.h"
#include "engine/embed/encoder.h"
#include "engine/embed/model_files.h"
#include "engine/embed/tensors.h"
#include "engine/embed/unigram_tokenizer.h"

namespace narrdiff {
namespace {

constexpr int kMaxThreads = 256;
// Tokens that one thread encodes side by side: enough that reading the weights costs little beside their use, few
// enough that the states stay in the processor's cache.
constexpr size_t kTokensPerBatch = 144;
// Counts changes to the arithmetic, which change vectors and so end the life of cached ones.
constexpr int kArithmeticVersion = 1;

// A text as the encoder sees it, the prefix and no marks included.
struct PreparedText {
  std::vector<int32_t> ids;
  // Which vector of the result each of them becomes, -1 for the prefix and for what stands for no part of the text.
  std::vector<int32_t> rows;
  std::vector<Span> spans;  // of the rows
};

// A part of a text that is encoded at once.
struct Window {
  size_t text = 0;
  size_t begin = 0;  // tokens of the prepared text
  size_t end = 0;
  std::vector<float> pooled;  // the result, not of unit length
};

void ScaleToUnit(float* values, size_t size) {
  double squares = 0;
  for (size_t i = 0; i < size; ++i) squares += static_cast<double>(values[i]) * values[i];
  if (squares <= 0) return;
  const auto inverse = static_cast<float>(1.0 / std::sqrt(squares));
  for (size_t i = 0; i < size; ++i) values[i] *= inverse;
}

// What an adapter adds to the embedder's name and hash; both empty without one.
struct Adapter {
  std::string name, hash;
};

class ModelEmbedder : public Embedder {
 public:
  ModelEmbedder(ModelConfig config, int threads, std::unique_ptr<Tensors> tensors, Encoder encoder,
                std::unique_ptr<UnigramTokenizer> tokenizer, const Adapter& adapter)
      : config_(std::move(config)),
        threads_(threads),
        tensors_(std::move(tensors)),
        encoder_(std::move(encoder)),
        tokenizer_(std::move(tokenizer)) {
    info_.name = adapter.name.empty() ? config_.name : absl::StrCat(config_.name, "+", adapter.name);
    info_.hash = Sha256Hex(absl::StrCat(
        kArithmeticVersion, "\n", tensors_->Fingerprint(), "\n", tokenizer_->fingerprint(), "\n", config_.prefix, "\n",
        config_.max_tokens, "\n", static_cast<int>(config_.pooling), "\n", config_.encoder.heads, "\n",
        config_.encoder.first_position, "\n", config_.encoder.layer_norm_epsilon, adapter.hash));
    info_.dimensions = config_.encoder.hidden_size;
    info_.has_tokens = true;
  }

  const EmbedderInfo& info() const override { return info_; }
  absl::StatusOr<std::vector<Embedding>> Embed(absl::Span<const std::string_view> texts,
                                               const EmbedOptions& options) const override;

 private:
  PreparedText Prepare(std::string_view text) const;
  // The windows of all texts, the longest first, so that those side by side are of about one length and the threads
  // end together.
  std::vector<Window> CutIntoWindows(const std::vector<PreparedText>& texts) const;
  // Encodes some windows and writes their results, and the vectors of tokens where these were asked for.
  void EncodeWindows(const std::vector<PreparedText>& texts, absl::Span<Window> windows, bool tokens,
                     Encoder::Workspace& workspace, std::vector<Embedding>& embeddings) const;
  void Pool(const float* states, size_t count, std::vector<float>& pooled) const;

  ModelConfig config_;
  int threads_;
  std::unique_ptr<Tensors> tensors_;
  Encoder encoder_;
  std::unique_ptr<UnigramTokenizer> tokenizer_;
  EmbedderInfo info_;
};

PreparedText ModelEmbedder::Prepare(std::string_view text) const {
  const auto prefix = static_cast<int32_t>(config_.prefix.size());
  const std::vector<SubwordToken> tokens = tokenizer_->Tokenize(absl::StrCat(config_.prefix, std::string(text)));
  PreparedText prepared;
  int32_t done = 0;  // spans are disjoint even where one character became several pieces
  for (const SubwordToken& token : tokens) {
    const int32_t end = std::max(token.span.end - prefix, 0);
    const int32_t begin = SkipSpace(text, std::max(token.span.begin - prefix, done), end);
    const bool in_text = begin < end;
    prepared.ids.push_back(token.id);
    prepared.rows.push_back(in_text ? static_cast<int32_t>(prepared.spans.size()) : -1);
    if (!in_text) continue;
    prepared.spans.push_back({begin, TrimEnd(text, begin, end)});
    done = end;
  }
  return prepared;
}

std::vector<Window> ModelEmbedder::CutIntoWindows(const std::vector<PreparedText>& texts) const {
  const auto widest = static_cast<size_t>(config_.max_tokens) - 2;  // without the marks
  std::vector<Window> windows;
  for (size_t t = 0; t < texts.size(); ++t) {
    if (texts[t].spans.empty()) continue;
    for (size_t begin = 0; begin < texts[t].ids.size(); begin += widest) {
      windows.push_back({t, begin, std::min(begin + widest, texts[t].ids.size()), {}});
    }
  }
  std::stable_sort(windows.begin(), windows.end(),
                   [](const Window& a, const Window& b) { return a.end - a.begin > b.end - b.begin; });
  return windows;
}

void ModelEmbedder::Pool(const float* states, size_t count, std::vector<float>& pooled) const {
  const auto size = static_cast<size_t>(info_.dimensions);
  pooled.assign(states, states + size);
  if (config_.pooling == ModelConfig::Pooling::kFirst) return;
  for (size_t row = 1; row < count; ++row) {
    for (size_t i = 0; i < size; ++i) pooled[i] += states[row * size + i];
  }
  for (float& value : pooled) value /= static_cast<float>(count);
}

void ModelEmbedder::EncodeWindows(const std::vector<PreparedText>& texts, absl::Span<Window> windows, bool tokens,
                                  Encoder::Workspace& workspace, std::vector<Embedding>& embeddings) const {
  std::vector<std::vector<int32_t>> ids;
  for (const Window& window : windows) {
    const std::vector<int32_t>& all = texts[window.text].ids;
    std::vector<int32_t> marked = {UnigramTokenizer::kBegin};
    marked.insert(marked.end(), all.begin() + window.begin, all.begin() + window.end);
    marked.push_back(UnigramTokenizer::kEnd);
    ids.push_back(std::move(marked));
  }
  const std::vector<absl::Span<const int32_t>> sequences(ids.begin(), ids.end());
  encoder_.Encode(sequences, workspace);

  const auto size = static_cast<size_t>(info_.dimensions);
  const float* states = workspace.hidden.data();
  for (Window& window : windows) {
    const size_t length = window.end - window.begin;
    Pool(states, length + 2, window.pooled);
    for (size_t i = 0; tokens && i < length; ++i) {
      const int32_t row = texts[window.text].rows[window.begin + i];
      if (row < 0) continue;
      float* to = embeddings[window.text].tokens.data() + static_cast<size_t>(row) * size;
      std::copy_n(states + (i + 1) * size, size, to);
      ScaleToUnit(to, size);
    }
    states += (length + 2) * size;
  }
}

absl::StatusOr<std::vector<Embedding>> ModelEmbedder::Embed(absl::Span<const std::string_view> texts,
                                                            const EmbedOptions& options) const {
  const auto size = static_cast<size_t>(info_.dimensions);
  std::vector<Embedding> embeddings(texts.size());
  std::vector<PreparedText> prepared;
  prepared.reserve(texts.size());
  for (size_t t = 0; t < texts.size(); ++t) {
    prepared.push_back(Prepare(texts[t]));
    if (options.tokens) {
      embeddings[t].tokens.resize(prepared[t].spans.size() * size);
      embeddings[t].token_spans = prepared[t].spans;
    }
  }
  std::vector<Window> windows = CutIntoWindows(prepared);

  // Batches of neighbouring windows; threads take one after the other.
  std::vector<size_t> batches = {0};  // where each begins, and where the last ends
  size_t tokens_of_batch = 0;
  for (size_t w = 0; w < windows.size(); ++w) {
    const size_t length = windows[w].end - windows[w].begin + 2;
    if (w > batches.back() && tokens_of_batch + length > kTokensPerBatch) {
      batches.push_back(w);
      tokens_of_batch = 0;
    }
    tokens_of_batch += length;
  }
  if (!windows.empty()) batches.push_back(windows.size());

  std::vector<std::atomic<int32_t>> windows_left(texts.size());
  for (const Window& window : windows) windows_left[window.text].fetch_add(1, std::memory_order_relaxed);
  std::atomic<int64_t> texts_done{static_cast<int64_t>(
      std::count_if(windows_left.begin(), windows_left.end(), [](const auto& left) { return left.load() == 0; }))};
  std::atomic<size_t> next{0};
  std::atomic<bool> cancelled{false};
  const auto work = [&](bool calls_back) {
    Encoder::Workspace workspace;
    for (size_t b = next.fetch_add(1); b + 1 < batches.size() && !cancelled.load(); b = next.fetch_add(1)) {
      const auto part = absl::MakeSpan(windows).subspan(batches[b], batches[b + 1] - batches[b]);
      EncodeWindows(prepared, part, options.tokens, workspace, embeddings);
      for (const Window& window : part) {
        if (windows_left[window.text].fetch_sub(1) == 1) texts_done.fetch_add(1);
      }
      if (calls_back && options.progress && !options.progress(texts_done.load())) cancelled.store(true);
    }
  };
  const size_t workers = std::min(static_cast<size_t>(threads_), batches.size() - 1);
  std::vector<std::thread> helpers;
  for (size_t i = 1; i < workers; ++i) helpers.emplace_back(work, false);
  work(true);
  for (std::thread& helper : helpers) helper.join();
  if (cancelled.load()) return absl::CancelledError("embedding was stopped");

  // In the order of the texts' windows, whichever was done first.
  std::stable_sort(windows.begin(), windows.end(), [](const Window& a, const Window& b) {
    return a.text != b.text ? a.text < b.text : a.begin < b.begin;
  });
  for (Window& window : windows) {
    std::vector<float>& pooled = embeddings[window.text].pooled;
    const bool alone = window.begin == 0 && window.end == prepared[window.text].ids.size();
    if (alone) {
      pooled = std::move(window.pooled);
      continue;
    }
    pooled.resize(size, 0.0f);
    const auto weight = static_cast<float>(window.end - window.begin);
    for (size_t i = 0; i < size; ++i) pooled[i] += weight * window.pooled[i];
  }
  for (Embedding& embedding : embeddings) {
    embedding.pooled.resize(size, 0.0f);
    ScaleToUnit(embedding.pooled.data(), size);
  }
  if (options.progress && !options.progress(static_cast<int64_t>(texts.size()))) {
    return absl::CancelledError("embedding was stopped");
  }
  return embeddings;
}

// What to do about a file that is missing.
absl::Status WithAdvice(const absl::Status& status) {
  if (!absl::IsNotFound(status)) return status;
  return absl::NotFoundError(
      absl::StrCat(std::string(status.message()),
                   "; a model needs config.json, model.safetensors and sentencepiece.bpe.model: run tools/setup, which "
                   "fetches the small multilingual model, or name the directory of another"));
}

}  // namespace

absl::StatusOr<std::unique_ptr<Embedder>> OpenModelEmbedder(const ModelOptions& options) {
  if (options.threads < 0 || options.threads > kMaxThreads) {
    return absl::InvalidArgumentError(
        absl::StrCat("threads is ", options.threads, "; give 0 (one a core) to ", kMaxThreads));
  }
  if (options.directory.empty()) return absl::InvalidArgumentError("no directory of a model is given");
  const int cores = std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, kMaxThreads);
  NARRDIFF_ASSIGN_OR_RETURN(ModelConfig config, ReadModelConfig(options.directory));
  absl::StatusOr<std::unique_ptr<UnigramTokenizer>> tokenizer =
      UnigramTokenizer::Open(options.directory + "/sentencepiece.bpe.model");
  if (!tokenizer.ok()) return WithAdvice(tokenizer.status());
  absl::StatusOr<std::unique_ptr<Tensors>> tensors = Tensors::Open(options.directory + "/model.safetensors");
  if (!tensors.ok()) return WithAdvice(tensors.status());
  std::unique_ptr<Tensors> adapter_tensors;
  Adapter adapter;
  if (!options.adapter.empty()) {
    NARRDIFF_ASSIGN_OR_RETURN(adapter_tensors, Tensors::Parse("the adapter", options.adapter));
    if (adapter_tensors->Metadata("base") != (*tensors)->Fingerprint()) {
      return absl::FailedPreconditionError(
          absl::StrCat(options.directory, ": the adapter ", adapter_tensors->Metadata("name"),
                       " was trained on another model, the one that tools/setup fetches"));
    }
    adapter = {adapter_tensors->Metadata("name"), Sha256Hex(options.adapter)};
  }
  NARRDIFF_ASSIGN_OR_RETURN(Encoder encoder, Encoder::Create(config.encoder, **tensors, adapter_tensors.get()));
  if ((*tokenizer)->vocabulary_size() > encoder.vocabulary_size()) {
    return absl::FailedPreconditionError(absl::StrCat(options.directory, ": the tokenizer has ",
                                                      (*tokenizer)->vocabulary_size(), " pieces and the model knows ",
                                                      encoder.vocabulary_size(), "; they belong to different models"));
  }
  return std::make_unique<ModelEmbedder>(std::move(config), options.threads > 0 ? options.threads : cores,
                                         *std::move(tensors), std::move(encoder), *std::move(tokenizer), adapter);
}

}  // namespace narrdiff
