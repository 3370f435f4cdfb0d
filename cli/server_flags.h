// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// What the flags of every server have in common: --NAME-url, -model, -timeout
// and -cache, the key and the proxies in the environment, and where what was
// paid for is kept.
//
//   NARRDIFF_RETURN_IF_ERROR(CheckServerFlags(arguments, "judge", {"judge-requests"}));
//   JsonServerOptions options;
//   SetServer(arguments, "judge", ServerVariablesFor(url, "NARRDIFF_JUDGE_KEY"), options);
#ifndef NARRDIFF_CLI_SERVER_FLAGS_H_
#define NARRDIFF_CLI_SERVER_FLAGS_H_

#include <initializer_list>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "cli/flags.h"
#include "cli/make_comparer.h"
#include "engine/http/json_server.h"

namespace narrdiff::cli {

// The variables of the environment that say how a server is reached.
struct ServerVariables {
  std::string key;
  std::string proxy;  // for the URL at hand
  std::string no_proxy;
};
// `key_name` is the variable that has the key.
ServerVariables ServerVariablesFor(std::string_view url, const char* key_name);

// Errors: InvalidArgument where there is a URL without a model, or a model, a
// timeout or one of the flags `more` without a URL. `name` is "embeddings" or
// "judge".
absl::Status CheckServerFlags(const Arguments& arguments, std::string_view name,
                              std::initializer_list<std::string_view> more);

// Fills in what those flags and variables say.
void SetServer(const Arguments& arguments, std::string_view name, const ServerVariables& variables,
               JsonServerOptions& options);

// The folder that --NAME-cache names or, where it is not given, the user's;
// empty where there is to be none.
std::string CacheFolderFor(const Arguments& arguments, std::string_view name);
// The user's: $XDG_CACHE_HOME/narrdiff (absolute), else ~/.cache/narrdiff;
// empty where neither is known.
std::string CacheFolder(const Surroundings& surroundings);

}  // namespace narrdiff::cli

#endif  // NARRDIFF_CLI_SERVER_FLAGS_H_
