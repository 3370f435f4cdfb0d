// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/open_judge.h"

#include <string>
#include <utility>

#include "cli/exit_codes.h"
#include "cli/server_flags.h"
#include "cli/text.h"
#include "engine/base/status_macros.h"
#include "engine/cache/blob_store.h"
#include "engine/judge/server_chat.h"

namespace narrdiff::cli {
namespace {

// With the version of what is stored, so that programs of two versions do not spoil it for each other.
constexpr char kFile[] = "judge.v1.sqlite";
constexpr int64_t kMostCacheBytes = int64_t{64} << 20;  // some 100,000 answers

// Null where there is to be no cache.
absl::StatusOr<std::shared_ptr<BlobStore>> OpenStore(const Arguments& arguments) {
  CacheOptions options;
  options.folder = CacheFolderFor(arguments, "judge");
  options.max_bytes = kMostCacheBytes;
  if (options.folder.empty()) return std::shared_ptr<BlobStore>();
  absl::StatusOr<std::shared_ptr<BlobStore>> store = OpenCache(options, kFile);
  if (store.ok() || arguments.Given("judge-cache")) return store;
  if (!arguments.Given("quiet")) {
    PrintMessage(Cat("warning: continuing without a cache of the judge's answers: ", store.status().message()));
  }
  return std::shared_ptr<BlobStore>();
}

}  // namespace

absl::StatusOr<std::shared_ptr<const Judge>> OpenJudge(const Arguments& arguments) {
  NARRDIFF_RETURN_IF_ERROR(CheckServerFlags(arguments, "judge", {"judge-cache", "judge-requests"}));
  if (!arguments.Given("judge-url")) return std::shared_ptr<const Judge>();
  JsonServerOptions server = ServerChatOptions();
  SetServer(arguments, "judge", ServerVariablesFor(arguments.Get("judge-url"), "NARRDIFF_JUDGE_KEY"), server);
  NARRDIFF_ASSIGN_OR_RETURN(std::shared_ptr<const Chat> chat, MakeServerChat(std::move(server)));
  JudgeOptions options;
  options.max_questions = static_cast<int32_t>(arguments.GetInteger("judge-requests"));
  NARRDIFF_ASSIGN_OR_RETURN(options.store, OpenStore(arguments));
  return Judge::Create(std::move(chat), options);
}

}  // namespace narrdiff::cli
