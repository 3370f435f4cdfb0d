// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// SHA-256 in lower-case hex, by Nettle.
//
//   Sha256Hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#ifndef NARRDIFF_ENGINE_BASE_SHA256_H_
#define NARRDIFF_ENGINE_BASE_SHA256_H_

#include <string>
#include <string_view>

namespace narrdiff {

// O(n). Thread-safe.
std::string Sha256Hex(std::string_view bytes);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_BASE_SHA256_H_
