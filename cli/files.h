// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Reading whole inputs within a bound, and writing outputs that appear whole or
// not at all.
//
//   InputLimit limit = {64 << 20, "max_input_bytes"};
//   NARRDIFF_ASSIGN_OR_RETURN(std::string bytes, ReadInput("us.txt", limit));
//
//   Output output;
//   NARRDIFF_RETURN_IF_ERROR(output.Open("talks.pb"));
//   NARRDIFF_RETURN_IF_ERROR(output.Write(bytes));
//   NARRDIFF_RETURN_IF_ERROR(output.Close());  // now there is a talks.pb
//
// Messages have the form "FILE: what; what to do".
#ifndef NARRDIFF_CLI_FILES_H_
#define NARRDIFF_CLI_FILES_H_

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace narrdiff::cli {

struct InputLimit {
  int64_t bytes;
  std::string_view name;  // for the message
};

// "standard input" for "-", else `path`, made fit for a message and for a field
// of a protobuf message: valid UTF-8.
std::string DisplayName(const std::string& path);

// All bytes of the file; "-" is standard input. A regular file is measured
// before a byte is read, anything else is read no further than the limit.
// Errors: NotFound, PermissionDenied, InvalidArgument (a folder),
// ResourceExhausted (more than limit.bytes), Unavailable (the disk fails).
absl::StatusOr<std::string> ReadInput(const std::string& path, const InputLimit& limit);

// Reads a stream record by record without holding all of it. Same errors as
// ReadInput.
class InputStream {
 public:
  InputStream() = default;
  InputStream(const InputStream&) = delete;
  InputStream& operator=(const InputStream&) = delete;
  ~InputStream();

  absl::Status Open(const std::string& path);
  // The next line without its "\n" (or "\r\n"), into `line`; false at the end.
  // A line of more than `max_bytes` is skipped to its end, and `line` is empty
  // and `too_long` set.
  absl::StatusOr<bool> ReadLine(int64_t max_bytes, std::string& line, bool& too_long);
  // The next length-delimited record; false at the end. Errors: also
  // InvalidArgument for a stream that is cut short or whose lengths are none,
  // ResourceExhausted for a record of more than `max_bytes`: the stream cannot
  // be read on after that.
  absl::StatusOr<bool> ReadDelimited(int64_t max_bytes, std::string& record);

 private:
  // Refills an empty buffer; false at the end.
  absl::StatusOr<bool> Fill();

  int file_ = -1;
  std::string name_;
  std::string buffer_;
  size_t next_ = 0;
};

// One output. A regular file is written beside its place, flushed to the disk
// and renamed by Close; without Close, and when the process is stopped by
// SIGINT, SIGTERM or SIGHUP, nothing is left. Standard output and devices are
// written to at once. One Output may be open at a time.
class Output {
 public:
  Output() = default;
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output();

  // Opens `path`; "" and "-" are standard output. Errors: NotFound (no such
  // folder), PermissionDenied, InvalidArgument (a folder), ResourceExhausted
  // (disk full), Unavailable.
  absl::Status Open(const std::string& path);
  // Writes all of `bytes`. When the reader of a pipe has gone this and all
  // later writes do nothing and succeed, as for programs that read as much as
  // they need; see reader_gone.
  absl::Status Write(std::string_view bytes);
  // Makes the file appear. Errors of the disk that show late come here.
  absl::Status Close();

  bool reader_gone() const { return reader_gone_; }

 private:
  absl::Status Error(int error) const;
  void Discard();

  int file_ = -1;
  std::string name_;       // for messages
  std::string final_;      // where a regular file goes
  std::string temporary_;  // where it is until then; empty for others
  bool reader_gone_ = false;
};

// Fails where Open would, without touching anything, so that a mistyped folder
// is told before the work is done. `inputs` are files that must not be
// overwritten.
absl::Status CheckOutput(const std::string& path, const std::string* inputs, size_t input_count);

// While one is there, SIGINT, SIGTERM and SIGHUP do not end the process at once
// but ask the work to end, so that what it has done so far can be kept. The
// scope's end then ends the process by that signal; so does a second signal, and
// so does work that takes more than two seconds. One at a time.
class StopScope {
 public:
  StopScope();
  ~StopScope();
  StopScope(const StopScope&) = delete;
  StopScope& operator=(const StopScope&) = delete;
  static bool Asked();
};

// Ignores SIGPIPE (writes report it), makes SIGINT, SIGTERM and SIGHUP remove a
// half-written file before they end the process (see StopScope), keeps the
// numbers 0 to 2 from being given to files when they are closed, and has malloc
// return large pieces. Call once, first thing in main.
void PrepareProcess();

}  // namespace narrdiff::cli

#endif  // NARRDIFF_CLI_FILES_H_
