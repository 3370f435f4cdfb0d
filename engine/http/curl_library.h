// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// libcurl, opened when it is first asked for: linked, it would bring thirty other libraries into every run and double
// the time that narrdiff takes to start, for the few runs that ask a server.
//
//   NARRDIFF_ASSIGN_OR_RETURN(const CurlLibrary* curl, OpenCurl());
//   CURL* handle = curl->easy_init();
#ifndef NARRDIFF_ENGINE_HTTP_CURL_LIBRARY_H_
#define NARRDIFF_ENGINE_HTTP_CURL_LIBRARY_H_

#include <curl/curl.h>

#include "absl/status/statusor.h"

namespace narrdiff {

// The functions of libcurl that narrdiff calls; each is the one of its name.
struct CurlLibrary {
  decltype(&curl_global_init) global_init;
  decltype(&curl_easy_init) easy_init;
  decltype(&curl_easy_cleanup) easy_cleanup;
  decltype(&curl_easy_setopt) easy_setopt;
  decltype(&curl_easy_perform) easy_perform;
  decltype(&curl_easy_getinfo) easy_getinfo;
  decltype(&curl_easy_strerror) easy_strerror;
  decltype(&curl_slist_append) slist_append;
  decltype(&curl_slist_free_all) slist_free_all;
};

// Opens and initialises the library once; it stays until the process ends. Thread-safe. Errors: FailedPrecondition
// where it is not installed or lacks a function.
absl::StatusOr<const CurlLibrary*> OpenCurl();

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_HTTP_CURL_LIBRARY_H_
