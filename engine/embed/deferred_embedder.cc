// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/embed/deferred_embedder.h"

#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "engine/base/sha256.h"
#include "engine/base/status_macros.h"
#include "engine/cache/blob_store.h"

namespace narrdiff {
namespace {

// One field a line, the name last.
std::string Encode(const EmbedderInfo& info) {
  return absl::StrCat(info.hash, "\n", info.dimensions, "\n", info.has_tokens ? 1 : 0, "\n", info.name);
}

std::optional<EmbedderInfo> Decode(std::string_view value) {
  const std::vector<std::string> fields =
      absl::StrSplit(absl::string_view(value.data(), value.size()), absl::MaxSplits('\n', 3));
  EmbedderInfo info;
  if (fields.size() != 4 || !absl::SimpleAtoi(fields[1], &info.dimensions)) return std::nullopt;
  info.hash = fields[0];
  info.has_tokens = fields[2] == "1";
  info.name = fields[3];
  return info;
}

// Where the infos are remembered. Without a store, nothing is.
class InfoMemory {
 public:
  InfoMemory(const std::string& identity, std::shared_ptr<BlobStore> store)
      : key_(Sha256Hex(absl::StrCat("info\n", identity))), store_(std::move(store)) {}

  std::optional<EmbedderInfo> Recall() const {
    std::optional<EmbedderInfo> info;
    if (store_ != nullptr) store_->Read({key_}, [&](size_t, std::string_view value) { info = Decode(value); });
    return info;
  }
  void Remember(const EmbedderInfo& info) const {
    if (store_ != nullptr) store_->Write({{key_, Encode(info)}});
  }

 private:
  std::string key_;
  std::shared_ptr<BlobStore> store_;
};

class DeferredEmbedder final : public Embedder {
 public:
  DeferredEmbedder(EmbedderInfo info, InfoMemory memory, OpenFunction open)
      : info_(std::move(info)), memory_(std::move(memory)), open_(std::move(open)) {}

  const EmbedderInfo& info() const override { return info_; }

  absl::StatusOr<std::vector<Embedding>> Embed(absl::Span<const std::string_view> texts,
                                               const EmbedOptions& options) const override {
    if (texts.empty()) return std::vector<Embedding>();
    std::call_once(opened_, [this] { embedder_ = Open(); });
    if (!embedder_.ok()) return embedder_.status();
    return (*embedder_)->Embed(texts, options);
  }

 private:
  absl::StatusOr<std::unique_ptr<Embedder>> Open() const {
    NARRDIFF_ASSIGN_OR_RETURN(std::unique_ptr<Embedder> embedder, open_());
    if (Encode(embedder->info()) == Encode(info_)) return embedder;
    memory_.Remember(embedder->info());
    return absl::FailedPreconditionError(
        absl::StrCat(info_.name, ": the model is another than in the last run; run it again"));
  }

  const EmbedderInfo info_;
  const InfoMemory memory_;
  const OpenFunction open_;
  mutable std::once_flag opened_;
  mutable absl::StatusOr<std::unique_ptr<Embedder>> embedder_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Embedder>> MakeDeferredEmbedder(const std::string& identity, OpenFunction open,
                                                               const CacheOptions& options) {
  absl::StatusOr<std::unique_ptr<BlobStore>> store = OpenEmbeddingsStore(options);
  InfoMemory memory(identity, store.ok() ? *std::move(store) : nullptr);
  std::optional<EmbedderInfo> info = memory.Recall();
  if (info.has_value()) {
    return std::unique_ptr<Embedder>(
        std::make_unique<DeferredEmbedder>(*std::move(info), std::move(memory), std::move(open)));
  }
  NARRDIFF_ASSIGN_OR_RETURN(std::unique_ptr<Embedder> embedder, open());
  memory.Remember(embedder->info());
  return embedder;
}

}  // namespace narrdiff
