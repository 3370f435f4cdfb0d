// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/embed/cached_embedder.h"

#include <algorithm>
#include <cstring>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/base/sha256.h"
#include "engine/base/status_macros.h"

namespace narrdiff {
namespace {

// With the version of what is stored, so that programs of two versions do not spoil it for each other.
constexpr char kFile[] = "embeddings.v1.sqlite";
constexpr size_t kTextsAtATime = 128;

// --- What is stored: numbers as they lie in memory, of all machines that narrdiff runs on with the low byte first.

template <typename T>
void Put(const std::vector<T>& values, std::string& to) {
  to.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
}

template <typename T>
void Get(std::string_view from, std::vector<T>& values) {
  values.resize(from.size() / sizeof(T));
  if (!from.empty()) memcpy(values.data(), from.data(), values.size() * sizeof(T));
}

// The pooled vector is stored apart from the vectors of tokens, which are fifty times as much and often not asked for.
std::string EncodeTokens(const Embedding& embedding) {
  const std::vector<uint32_t> count = {static_cast<uint32_t>(embedding.token_spans.size())};
  std::string value;
  Put(count, value);
  Put(embedding.token_spans, value);
  Put(embedding.tokens, value);
  return value;
}

// False where `value` does not fit the pooled vector.
bool DecodeTokens(std::string_view value, Embedding& embedding) {
  static_assert(sizeof(Span) == 8 && std::is_trivially_copyable_v<Span>);
  uint32_t count = 0;
  if (value.size() < sizeof(count)) return false;
  memcpy(&count, value.data(), sizeof(count));
  value.remove_prefix(sizeof(count));
  if (value.size() != size_t{count} * (sizeof(Span) + embedding.pooled.size() * sizeof(float))) return false;
  Get(value.substr(0, size_t{count} * sizeof(Span)), embedding.token_spans);
  Get(value.substr(size_t{count} * sizeof(Span)), embedding.tokens);
  return true;
}

class CachedEmbedder final : public Embedder {
 public:
  CachedEmbedder(std::shared_ptr<const Embedder> embedder, std::unique_ptr<BlobStore> store)
      : embedder_(std::move(embedder)), store_(std::move(store)) {}

  const EmbedderInfo& info() const override { return embedder_->info(); }

  absl::StatusOr<std::vector<Embedding>> Embed(absl::Span<const std::string_view> texts,
                                               const EmbedOptions& options) const override {
    std::vector<Embedding> embeddings(texts.size());
    const std::vector<size_t> missing = ReadStored(texts, options.tokens, embeddings);
    NARRDIFF_RETURN_IF_ERROR(EmbedAt(texts, missing, options, embeddings));
    NARRDIFF_RETURN_IF_ERROR(EmbedAt(texts, Outdated(missing, embeddings), options, embeddings));
    return embeddings;
  }

 private:
  std::string Key(std::string_view kind, std::string_view text) const {
    return Sha256Hex(absl::StrCat(std::string(kind), "\n", info().hash, "\n", std::string(text)));
  }
  std::string PooledKey(std::string_view text) const { return Key("pooled", text); }
  std::string TokensKey(std::string_view text) const { return Key("tokens", text); }

  // Fills in what is stored, and returns the places of what is not.
  std::vector<size_t> ReadStored(absl::Span<const std::string_view> texts, bool tokens,
                                 std::vector<Embedding>& embeddings) const {
    std::vector<size_t> missing;
    for (size_t begin = 0; begin < texts.size(); begin += kTextsAtATime) {
      const size_t end = std::min(begin + kTextsAtATime, texts.size());
      std::vector<std::string> keys;
      for (size_t i = begin; i < end; ++i) {
        keys.push_back(PooledKey(texts[i]));
        if (tokens) keys.push_back(TokensKey(texts[i]));
      }
      // A text is done with the last of its keys.
      std::vector<bool> done(end - begin);
      store_->Read(keys, [&](size_t k, std::string_view value) {
        const size_t i = tokens ? k / 2 : k;
        const bool of_tokens = tokens && k % 2 == 1;
        Embedding& embedding = embeddings[begin + i];
        const bool good = of_tokens ? DecodeTokens(value, embedding) : DecodePooled(value, embedding);
        done[i] = good && of_tokens == tokens && !embedding.pooled.empty();
      });
      for (size_t i = begin; i < end; ++i) {
        if (done[i - begin]) continue;
        embeddings[i] = Embedding();
        missing.push_back(i);
      }
    }
    return missing;
  }

  bool DecodePooled(std::string_view value, Embedding& embedding) const {
    const size_t size = value.size() / sizeof(float);
    if (info().dimensions > 0 && size != static_cast<size_t>(info().dimensions)) return false;
    Get(value, embedding.pooled);
    return true;
  }

  // The places of stored vectors of another size than the fresh ones, all places where no fresh one tells which size is
  // the right one: they are those of an earlier model of a server. `fresh` are the places of the fresh ones.
  static std::vector<size_t> Outdated(const std::vector<size_t>& fresh, const std::vector<Embedding>& embeddings) {
    std::vector<size_t> outdated;
    const auto size = [&](size_t i) { return embeddings[i].pooled.size(); };
    bool uniform = true;
    for (size_t i = 1; i < embeddings.size(); ++i) uniform &= size(i) == size(0);
    for (size_t i = 0; i < embeddings.size() && !uniform; ++i) {
      if (fresh.empty() || size(i) != size(fresh[0])) outdated.push_back(i);
    }
    return outdated;
  }

  // Embeds and stores the texts at `places`.
  absl::Status EmbedAt(absl::Span<const std::string_view> texts, const std::vector<size_t>& places,
                       const EmbedOptions& options, std::vector<Embedding>& embeddings) const {
    for (size_t begin = 0; begin < places.size(); begin += kTextsAtATime) {
      const size_t end = std::min(begin + kTextsAtATime, places.size());
      std::vector<std::string_view> asked;
      for (size_t k = begin; k < end; ++k) asked.push_back(texts[places[k]]);
      EmbedOptions inner = options;
      if (options.progress) {
        const int64_t before = static_cast<int64_t>(texts.size() - places.size() + begin);
        inner.progress = [&options, before](int64_t done) { return options.progress(before + done); };
      }
      NARRDIFF_ASSIGN_OR_RETURN(std::vector<Embedding> fresh, embedder_->Embed(asked, inner));
      Store(asked, fresh, options.tokens);
      for (size_t k = begin; k < end; ++k) embeddings[places[k]] = std::move(fresh[k - begin]);
    }
    return absl::OkStatus();
  }

  void Store(const std::vector<std::string_view>& texts, const std::vector<Embedding>& fresh, bool tokens) const {
    std::vector<std::pair<std::string, std::string>> entries;
    for (size_t k = 0; k < texts.size(); ++k) {
      if (fresh[k].pooled.empty()) continue;  // of a blank text, before a server has told the size
      std::string pooled;
      Put(fresh[k].pooled, pooled);
      entries.emplace_back(PooledKey(texts[k]), std::move(pooled));
      if (tokens) entries.emplace_back(TokensKey(texts[k]), EncodeTokens(fresh[k]));
    }
    store_->Write(entries);
  }

  const std::shared_ptr<const Embedder> embedder_;
  const std::unique_ptr<BlobStore> store_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<BlobStore>> OpenEmbeddingsStore(const CacheOptions& options) {
  return OpenCache(options, kFile);
}

absl::StatusOr<std::unique_ptr<Embedder>> MakeCachedEmbedder(std::shared_ptr<const Embedder> embedder,
                                                             const CacheOptions& options) {
  NARRDIFF_ASSIGN_OR_RETURN(std::unique_ptr<BlobStore> store, OpenEmbeddingsStore(options));
  return std::unique_ptr<Embedder>(std::make_unique<CachedEmbedder>(std::move(embedder), std::move(store)));
}

}  // namespace narrdiff
