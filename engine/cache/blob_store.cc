// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/cache/blob_store.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <mutex>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "engine/base/status_macros.h"

namespace narrdiff {
namespace {

constexpr int kPatienceMs = 3000;  // with other processes that hold the file
constexpr int64_t kDay = 24 * 60 * 60;

// Large pages: most values are larger than the usual 4 KiB. No waiting for the disk: after a power cut the file may be
// damaged, which is noticed; after a kill it is not.
constexpr char kSetUp[] =
    "PRAGMA page_size=16384; PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=OFF;"
    "CREATE TABLE IF NOT EXISTS blobs(id INTEGER PRIMARY KEY, used INTEGER, checksum INTEGER, key TEXT, value BLOB);";

// A key's number in the table. Two keys with one number, of which there is one chance in 10^19 for each two, take the
// place from each other.
int64_t IdOf(std::string_view key) {
  int64_t id = 0;
  // 15 hex digits are 60 bits, so never negative.
  return absl::SimpleHexAtoi(absl::string_view(key.data(), std::min<size_t>(key.size(), 15)), &id) ? id : 0;
}

// Of a key and its value: four sums side by side, each of every fourth eight bytes, with a product after each that
// carries a changed bit on. Fixed for ever, as it is part of the format.
int64_t Checksum(std::string_view key, std::string_view value) {
  uint64_t sums[4] = {key.size(), value.size(), 2, 3};
  const auto add = [](uint64_t& sum, const char* bytes, size_t count) {
    uint64_t word = 0;
    memcpy(&word, bytes, count);
    sum = (sum ^ word) * 0x9FB21C651E98DF25u;
    sum ^= sum >> 32;
  };
  for (const std::string_view bytes : {key, value}) {
    size_t i = 0;
    for (; i + 32 <= bytes.size(); i += 32) {
      for (size_t lane = 0; lane < 4; ++lane) add(sums[lane], bytes.data() + i + 8 * lane, 8);
    }
    for (; i < bytes.size(); i += 8) add(sums[0], bytes.data() + i, std::min<size_t>(8, bytes.size() - i));
  }
  for (size_t lane = 1; lane < 4; ++lane) add(sums[0], reinterpret_cast<const char*>(&sums[lane]), 8);
  return static_cast<int64_t>(sums[0]);
}

class Statement {
 public:
  Statement(sqlite3* database, const char* sql) {
    if (database != nullptr) sqlite3_prepare_v2(database, sql, -1, &statement_, nullptr);
  }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement() { sqlite3_finalize(statement_); }

  Statement& Bind(int place, int64_t value) {
    sqlite3_bind_int64(statement_, place, value);
    return *this;
  }
  // `bytes` are to stay until the next Bind of the place.
  Statement& BindText(int place, std::string_view bytes) {
    sqlite3_bind_text64(statement_, place, bytes.data(), bytes.size(), SQLITE_STATIC, SQLITE_UTF8);
    return *this;
  }
  Statement& BindBlob(int place, std::string_view bytes) {
    sqlite3_bind_blob64(statement_, place, bytes.data(), bytes.size(), SQLITE_STATIC);
    return *this;
  }
  // SQLITE_ROW, SQLITE_DONE or an error.
  int Step() { return statement_ == nullptr ? SQLITE_ERROR : sqlite3_step(statement_); }
  void Reset() { sqlite3_reset(statement_); }
  int64_t Number(int column) { return sqlite3_column_int64(statement_, column); }
  std::string_view Bytes(int column) {
    const void* const bytes = sqlite3_column_blob(statement_, column);
    const int size = sqlite3_column_bytes(statement_, column);
    return bytes == nullptr ? std::string_view()
                            : std::string_view(static_cast<const char*>(bytes), static_cast<size_t>(size));
  }

 private:
  sqlite3_stmt* statement_ = nullptr;
};

class SqliteStore final : public BlobStore {
 public:
  SqliteStore(std::string path, int64_t max_bytes) : path_(std::move(path)), max_bytes_(max_bytes) {}
  SqliteStore(const SqliteStore&) = delete;
  SqliteStore& operator=(const SqliteStore&) = delete;
  ~SqliteStore() override { sqlite3_close(database_); }

  absl::Status Open() {
    const std::lock_guard<std::mutex> lock(mutex_);
    int code = Connect();
    if (IsDamage(code)) code = Renew();
    if (code == SQLITE_OK) return absl::OkStatus();
    return absl::UnavailableError(
        absl::StrCat(path_, ": cannot be used as a cache: ", sqlite3_errstr(code), "; name another folder, or none"));
  }

  void Read(absl::Span<const std::string> keys, Take take) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    std::vector<int64_t> stale;
    // One transaction: else each look-up would lock the file.
    int code = Run("BEGIN");
    if (code == SQLITE_OK) code = ReadAll(keys, take, stale);
    Run("COMMIT");
    if (IsDamage(code)) Renew();
    if (!stale.empty()) MarkUsed(stale);
  }

  void Write(absl::Span<const std::pair<std::string, std::string>> entries) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (IsDamage(WriteAll(entries)) && Renew() == SQLITE_OK) WriteAll(entries);
  }

 private:
  // SQLITE_ERROR comes where the table is not ours.
  static bool IsDamage(int code) { return code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_ERROR; }

  // --- What follows returns codes of SQLite, SQLITE_OK for success, and wants the lock.

  int Run(const char* sql) { return sqlite3_exec(database_, sql, nullptr, nullptr, nullptr); }

  int Connect() {
    sqlite3_close(database_);
    database_ = nullptr;
    constexpr int kFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    const int code = sqlite3_open_v2(path_.c_str(), &database_, kFlags, nullptr);
    if (code != SQLITE_OK) return code;
    sqlite3_busy_timeout(database_, kPatienceMs);
    return Run(kSetUp);
  }

  // Begins a new file. A process that has the old one open keeps it until it ends.
  int Renew() {
    sqlite3_close(database_);
    database_ = nullptr;
    std::remove(path_.c_str());
    std::remove((path_ + "-journal").c_str());
    return Connect();
  }

  int ReadAll(absl::Span<const std::string> keys, Take take, std::vector<int64_t>& stale) {
    Statement select(database_, "SELECT used, checksum, key, value FROM blobs WHERE id=?");
    const int64_t yesterday = static_cast<int64_t>(std::time(nullptr)) - kDay;
    for (size_t i = 0; i < keys.size(); ++i) {
      const int code = select.Bind(1, IdOf(keys[i])).Step();
      if (code != SQLITE_ROW && code != SQLITE_DONE) return code;
      if (code == SQLITE_ROW) {
        const std::string_view key = select.Bytes(2), value = select.Bytes(3);
        if (select.Number(1) != Checksum(key, value)) return SQLITE_CORRUPT;
        if (key == keys[i]) {
          take(i, value);
          if (select.Number(0) < yesterday) stale.push_back(IdOf(keys[i]));
        }
      }
      select.Reset();
    }
    return SQLITE_OK;
  }

  // For MakeRoom alone, so trouble is let be.
  void MarkUsed(const std::vector<int64_t>& ids) {
    if (Run("BEGIN IMMEDIATE") != SQLITE_OK) return;
    {
      Statement update(database_, "UPDATE blobs SET used=? WHERE id=?");
      for (const int64_t id : ids) {
        update.Bind(1, static_cast<int64_t>(std::time(nullptr))).Bind(2, id).Step();
        update.Reset();
      }
    }
    if (Run("COMMIT") != SQLITE_OK) Run("ROLLBACK");
  }

  int WriteAll(absl::Span<const std::pair<std::string, std::string>> entries) {
    int code = Run("BEGIN IMMEDIATE");
    if (code != SQLITE_OK) return code;
    code = Insert(entries);
    if (code == SQLITE_OK) code = MakeRoom();
    if (code == SQLITE_OK) code = Run("COMMIT");
    if (code != SQLITE_OK) Run("ROLLBACK");
    return code;
  }

  int Insert(absl::Span<const std::pair<std::string, std::string>> entries) {
    Statement insert(database_, "INSERT OR REPLACE INTO blobs VALUES(?,?,?,?,?)");
    // A damaged page may take an entry and not find it again.
    Statement find(database_, "SELECT id FROM blobs WHERE id=?");
    for (const auto& [key, value] : entries) {
      insert.Bind(1, IdOf(key)).Bind(2, static_cast<int64_t>(std::time(nullptr))).Bind(3, Checksum(key, value));
      const int code = insert.BindText(4, key).BindBlob(5, value).Step();
      if (code != SQLITE_DONE) return code;
      insert.Reset();
      if (find.Bind(1, IdOf(key)).Step() != SQLITE_ROW) return SQLITE_CORRUPT;
      find.Reset();
    }
    return SQLITE_OK;
  }

  int64_t Pragma(const char* sql) {
    Statement pragma(database_, sql);
    return pragma.Step() == SQLITE_ROW ? pragma.Number(0) : 0;
  }

  // Deletes what was longest not used when there is too much. Its pages are used again, so the file stops growing.
  int MakeRoom() {
    const int64_t pages = Pragma("PRAGMA page_count") - Pragma("PRAGMA freelist_count");
    int64_t excess = pages * Pragma("PRAGMA page_size");
    if (excess <= max_bytes_) return SQLITE_OK;
    excess -= max_bytes_ / 4 * 3;
    std::vector<int64_t> ids;
    {
      Statement oldest(database_, "SELECT id, length(value) FROM blobs ORDER BY used, id");
      while (excess > 0 && oldest.Step() == SQLITE_ROW) {
        ids.push_back(oldest.Number(0));
        excess -= oldest.Number(1);
      }
    }
    Statement remove(database_, "DELETE FROM blobs WHERE id=?");
    for (const int64_t id : ids) {
      const int code = remove.Bind(1, id).Step();
      if (code != SQLITE_DONE) return code;
      remove.Reset();
    }
    return SQLITE_OK;
  }

  const std::string path_;
  const int64_t max_bytes_;
  std::mutex mutex_;
  sqlite3* database_ = nullptr;
};

}  // namespace

absl::StatusOr<std::unique_ptr<BlobStore>> BlobStore::Open(const std::string& path, int64_t max_bytes) {
  auto store = std::make_unique<SqliteStore>(path, max_bytes);
  NARRDIFF_RETURN_IF_ERROR(store->Open());
  return std::unique_ptr<BlobStore>(std::move(store));
}

absl::StatusOr<std::unique_ptr<BlobStore>> OpenCache(const CacheOptions& options, const std::string& name) {
  const std::filesystem::path folder(options.folder);
  std::error_code error;
  if (std::filesystem::create_directories(folder, error)) {
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
  }
  if (error) {
    return absl::UnavailableError(absl::StrCat(options.folder, ": cannot be made for the cache: ", error.message(),
                                               "; name another folder, or none"));
  }
  return BlobStore::Open((folder / name).string(), options.max_bytes);
}

}  // namespace narrdiff
