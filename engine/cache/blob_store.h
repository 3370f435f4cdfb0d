// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Bytes by key in one file, which several processes may use at once and which may be damaged or deleted at any time:
// what cannot be read as it was written is not there. For caches.
//
//   NARRDIFF_ASSIGN_OR_RETURN(std::unique_ptr<BlobStore> store, BlobStore::Open(folder + "/blobs.sqlite", 1 << 30));
//   store->Write({{Sha256Hex("a"), "bytes"}});
//   store->Read({Sha256Hex("a"), Sha256Hex("b")}, [](size_t i, std::string_view bytes) {
//     i == 0 && bytes == "bytes";    // and no call for the other
//   });
//
// The file is an SQLite database. A format of our own would have to bring what SQLite brings: locks between processes
// that hold on network folders too, pages that are used again after a deletion, a transaction that a kill leaves
// undone, and code that has met every damaged file there is. It costs 0.6 ms of start-up; 1,000 vectors of 384 numbers
// are read in about 5 ms. SQLite does not check the bytes of a value, so each entry has a checksum.
#ifndef NARRDIFF_ENGINE_CACHE_BLOB_STORE_H_
#define NARRDIFF_ENGINE_CACHE_BLOB_STORE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"

namespace narrdiff {

struct CacheOptions {
  std::string folder;  // made, for its owner alone, where it is not there
  // What a file there may take; what was longest not used goes first. 2 GiB (default) are the pooled vectors of about a
  // million sentences with 384 numbers each, or 40,000 sentences with the vectors of their tokens.
  int64_t max_bytes = int64_t{2} << 30;
};

// Thread-safe.
class BlobStore {
 public:
  // Opens the file `path` or makes it, in a folder that is there. Its entries take no more than about `max_bytes`: when
  // they do after a Write, those that were longest not read go until three quarters are left. (When an entry was last
  // read is kept to the day.) Errors: Unavailable where the file cannot be made or written.
  static absl::StatusOr<std::unique_ptr<BlobStore>> Open(const std::string& path, int64_t max_bytes);
  virtual ~BlobStore() = default;

  // Calls `take` with the place of each key that is there, in order, and what is stored under it; keys are SHA-256 in
  // hex. No call for a key that is not there or whose entry is damaged, nor for any where another process holds the
  // file for seconds. O(keys * log(entries)).
  using Take = absl::FunctionRef<void(size_t, std::string_view)>;
  virtual void Read(absl::Span<const std::string> keys, Take take) = 0;

  // Stores or replaces entries: all of them or, on any trouble, none.
  virtual void Write(absl::Span<const std::pair<std::string, std::string>> entries) = 0;
};

// The file `name` of a cache. Errors: Unavailable where the folder cannot be made or written.
absl::StatusOr<std::unique_ptr<BlobStore>> OpenCache(const CacheOptions& options, const std::string& name);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_CACHE_BLOB_STORE_H_
