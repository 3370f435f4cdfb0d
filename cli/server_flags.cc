// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/server_flags.h"

#include <vector>

#include "cli/terminal.h"
#include "cli/text.h"

namespace narrdiff::cli {
namespace {

// The first of the variables that is set.
std::string FirstOf(std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const std::string value = Variable(name);
    if (!value.empty()) return value;
  }
  return "";
}

}  // namespace

ServerVariables ServerVariablesFor(std::string_view url, const char* key_name) {
  ServerVariables variables;
  variables.key = Variable(key_name);
  // As curl reads them. HTTP_PROXY in capitals is not read: a web server may set it from a header of a request.
  variables.proxy = StartsWith(url, "https:") ? FirstOf({"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
                                              : FirstOf({"http_proxy", "all_proxy", "ALL_PROXY"});
  variables.no_proxy = FirstOf({"no_proxy", "NO_PROXY"});
  return variables;
}

absl::Status CheckServerFlags(const Arguments& arguments, std::string_view name,
                              std::initializer_list<std::string_view> more) {
  const std::string url = Cat(name, "-url"), model = Cat(name, "-model");
  if (arguments.Given(url)) {
    if (arguments.Given(model)) return absl::OkStatus();
    return absl::InvalidArgumentError(
        Cat("--", url, ": the server has to be told which model; give --", model, "=NAME, as it calls it"));
  }
  std::vector<std::string> flags = {model, Cat(name, "-timeout")};
  flags.insert(flags.end(), more.begin(), more.end());
  for (const std::string& flag : flags) {
    if (!arguments.Given(flag)) continue;
    return absl::InvalidArgumentError(Cat("--", flag, " speaks of a server; give --", url, "=URL as well"));
  }
  return absl::OkStatus();
}

void SetServer(const Arguments& arguments, std::string_view name, const ServerVariables& variables,
               JsonServerOptions& options) {
  options.url = arguments.Get(Cat(name, "-url"));
  options.model = arguments.Get(Cat(name, "-model"));
  options.timeout_ms = arguments.GetInteger(Cat(name, "-timeout")) * 1000;
  options.key = variables.key;
  options.proxy = variables.proxy;
  options.no_proxy = variables.no_proxy;
}

std::string CacheFolderFor(const Arguments& arguments, std::string_view name) {
  const std::string flag = Cat(name, "-cache");
  const std::string folder = arguments.Given(flag) ? arguments.Get(flag) : CacheFolder(LookAround());
  return folder == "off" ? "" : folder;
}

std::string CacheFolder(const Surroundings& surroundings) {
  if (StartsWith(surroundings.xdg_cache_home, "/")) return Cat(surroundings.xdg_cache_home, "/narrdiff");
  return surroundings.home.empty() ? "" : Cat(surroundings.home, "/.cache/narrdiff");
}

}  // namespace narrdiff::cli
