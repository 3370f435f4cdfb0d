// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/open_embedder.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "cli/exit_codes.h"
#include "cli/make_comparer.h"
#include "cli/server_flags.h"
#include "cli/text.h"
#include "engine/answers/answer_model.h"
#include "engine/base/status_macros.h"
#include "engine/embed/cached_embedder.h"
#include "engine/embed/deferred_embedder.h"
#include "engine/embed/model_embedder.h"
#include "engine/embed/server_embedder.h"

namespace narrdiff::cli {
namespace {

constexpr std::string_view kModelFolder = "models/multilingual-e5-small";

absl::Status CheckFlags(const Arguments& arguments) {
  if (arguments.Given("embeddings-url") && arguments.Given("model")) {
    return absl::InvalidArgumentError("--model and --embeddings-url: sentences are embedded by one of them; give one");
  }
  return CheckServerFlags(arguments, "embeddings", {"embeddings-prefix"});
}

// The folder of the model: of the flag, else the first that is there, else
// empty.
std::string FindModel(const Arguments& arguments) {
  if (arguments.Given("model")) return arguments.Get("model");
  for (const std::string& place : DataPlaces(LookAround(), kModelFolder)) {
    if (access(place.c_str(), R_OK) == 0) return place;
  }
  return "";
}

// Without a folder where there is to be no cache.
CacheOptions CacheOptionsFor(const Arguments& arguments) {
  CacheOptions options;
  options.folder = CacheFolderFor(arguments, "embeddings");
  return options;
}

void AppendFile(const std::string& path, std::string& identity) {
  struct stat facts = {};
  if (stat(path.c_str(), &facts) != 0) return;
  identity +=
      Cat("\n", path, " ", facts.st_ino, " ", facts.st_size, " ", facts.st_mtim.tv_sec, ".", facts.st_mtim.tv_nsec);
}

}  // namespace

std::string ModelIdentity(const std::string& folder, const std::string& program) {
  std::error_code error;
  std::vector<std::string> files;
  // Stops where a folder cannot be read: opening the model tells.
  for (std::filesystem::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    files.push_back(at->path().string());
  }
  std::sort(files.begin(), files.end());
  std::string identity = std::filesystem::absolute(folder, error).string();
  for (const std::string& file : files) AppendFile(file, identity);
  AppendFile(program, identity);
  return identity;
}

absl::Status EmbedderSource::Provide(CompareOptions& options) {
  NARRDIFF_RETURN_IF_ERROR(CheckFlags(arguments_));
  const bool named = arguments_.Given("model") || arguments_.Given("embeddings-url");
  if (options.similarity == "lexical") return absl::OkStatus();
  if (embedder_ == nullptr) {
    absl::StatusOr<SharedEmbedder> embedder = Open();
    if (!embedder.ok() && (named || options.similarity == "neural")) return embedder.status();
    if (!embedder.ok()) options.no_embedder_reason = Cat(embedder.status().message());
    if (embedder.ok()) embedder_ = *std::move(embedder);
  }
  options.embedder = embedder_;
  // Competing statements need the model that their adapter was trained on; with another one they are compared by words,
  // and the comparison says so.
  const bool wanted = options.mode != v1::MODE_PARALLEL && !arguments_.Given("embeddings-url");
  if (embedder_ != nullptr && answer_embedder_ == nullptr && wanted) {
    absl::StatusOr<SharedEmbedder> adapted = OpenModel(AnswerAdapter());
    if (adapted.ok()) answer_embedder_ = *std::move(adapted);
  }
  options.answer_embedder = answer_embedder_;
  return absl::OkStatus();
}

absl::StatusOr<EmbedderSource::SharedEmbedder> EmbedderSource::Open() const {
  if (arguments_.Given("embeddings-url")) {
    ServerOptions server;
    server.prefix = arguments_.Get("embeddings-prefix");
    const std::string url = arguments_.Get("embeddings-url");
    SetServer(arguments_, "embeddings", ServerVariablesFor(url, "NARRDIFF_EMBEDDINGS_KEY"), server);
    NARRDIFF_ASSIGN_OR_RETURN(SharedEmbedder embedder, MakeServerEmbedder(std::move(server)));
    return WithCache(std::move(embedder));
  }
  return OpenModel("");
}

absl::StatusOr<EmbedderSource::SharedEmbedder> EmbedderSource::OpenModel(std::string_view adapter) const {
  ModelOptions model;
  model.directory = FindModel(arguments_);
  if (model.directory.empty()) return SharedEmbedder();
  model.adapter = adapter;
  const auto open = [model] { return OpenModelEmbedder(model); };
  const CacheOptions cache = CacheOptionsFor(arguments_);
  // The adapter is part of the program.
  const std::string identity =
      Cat(ModelIdentity(model.directory, LookAround().program), adapter.empty() ? "" : "\nadapted");
  absl::StatusOr<SharedEmbedder> embedder =
      cache.folder.empty() ? absl::StatusOr<SharedEmbedder>(open()) : MakeDeferredEmbedder(identity, open, cache);
  if (!embedder.ok()) return embedder;
  return WithCache(*std::move(embedder));
}

absl::StatusOr<EmbedderSource::SharedEmbedder> EmbedderSource::WithCache(SharedEmbedder embedder) const {
  const CacheOptions options = CacheOptionsFor(arguments_);
  if (options.folder.empty()) return embedder;
  absl::StatusOr<SharedEmbedder> cached = MakeCachedEmbedder(embedder, options);
  if (cached.ok() || arguments_.Given("embeddings-cache")) return cached;
  if (!arguments_.Given("quiet")) {
    PrintMessage(Cat("warning: continuing without a cache of embeddings: ", cached.status().message()));
  }
  return embedder;
}

}  // namespace narrdiff::cli
