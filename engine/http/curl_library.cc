// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/http/curl_library.h"

#include <dlfcn.h>

#include <type_traits>

#include "absl/status/status.h"

namespace narrdiff {
namespace {

// The name carries the version of libcurl's binary interface.
constexpr char kFile[] = "libcurl.so.4";

absl::StatusOr<CurlLibrary> Open() {
  void* const library = dlopen(kFile, RTLD_LAZY | RTLD_LOCAL);
  CurlLibrary curl = {};
  bool complete = library != nullptr;
  const auto load = [&](const char* name, auto& function) {
    if (!complete) return;
    function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(dlsym(library, name));
    complete = function != nullptr;
  };
  load("curl_global_init", curl.global_init);
  load("curl_easy_init", curl.easy_init);
  load("curl_easy_cleanup", curl.easy_cleanup);
  load("curl_easy_setopt", curl.easy_setopt);
  load("curl_easy_perform", curl.easy_perform);
  load("curl_easy_getinfo", curl.easy_getinfo);
  load("curl_easy_strerror", curl.easy_strerror);
  load("curl_slist_append", curl.slist_append);
  load("curl_slist_free_all", curl.slist_free_all);
  if (!complete || curl.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    return absl::FailedPreconditionError(
        "libcurl.so.4, which asks servers, cannot be opened; install the package libcurl4");
  }
  return curl;
}

}  // namespace

absl::StatusOr<const CurlLibrary*> OpenCurl() {
  static const absl::StatusOr<CurlLibrary>& curl = *new absl::StatusOr<CurlLibrary>(Open());
  if (!curl.ok()) return curl.status();
  return &*curl;
}

}  // namespace narrdiff
