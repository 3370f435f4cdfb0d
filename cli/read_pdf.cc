// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/read_pdf.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "absl/status/status.h"
#include "cli/exit_codes.h"
#include "cli/text.h"

namespace narrdiff::cli {
namespace {

constexpr rlim_t kProcessorSeconds = 60;
constexpr int kNotFound = 127;
constexpr size_t kLongestComplaint = 200;

// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int file) : file_(file) {}
  ~Descriptor() { Close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return file_; }
  void Close() {
    if (file_ >= 0) close(file_);
    file_ = -1;
  }

 private:
  int file_;
};

bool WriteAll(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

// Up to `most` bytes and one more.
std::string ReadUpTo(int file, int64_t most) {
  std::string out;
  char piece[64 << 10];
  while (static_cast<int64_t>(out.size()) <= most) {
    const ssize_t got = read(file, piece, sizeof(piece));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    out.append(piece, static_cast<size_t>(got));
  }
  return out;
}

// The child: pdftotext between the two descriptors. Does not return.
[[noreturn]] void RunPdfToText(int in, int out, int complaints) {
  dup2(in, STDIN_FILENO);
  dup2(out, STDOUT_FILENO);
  dup2(complaints, STDERR_FILENO);
  const rlimit limit = {kProcessorSeconds, kProcessorSeconds};
  setrlimit(RLIMIT_CPU, &limit);
  execlp("pdftotext", "pdftotext", "-enc", "UTF-8", "-eol", "unix", "-", "-", static_cast<char*>(nullptr));
  _exit(kNotFound);
}

bool IsBlank(std::string_view text) { return text.find_first_not_of(" \t\r\n\f") == std::string_view::npos; }

}  // namespace

bool IsPdf(std::string_view bytes) { return StartsWith(bytes, "%PDF-"); }

absl::StatusOr<std::string> PdfToText(const std::string& bytes, const std::string& name, const InputLimit& limit) {
  const auto trouble = [&] {
    return absl::UnavailableError(Cat(name, ": cannot run pdftotext: ", strerror(errno), "; try again"));
  };
  // Files in memory: neither side waits for the other to read.
  const Descriptor in(memfd_create("pdf", MFD_CLOEXEC)), complaints(memfd_create("complaints", MFD_CLOEXEC));
  int pipe_ends[2];
  if (in.get() < 0 || complaints.get() < 0 || pipe2(pipe_ends, O_CLOEXEC) != 0) return trouble();
  Descriptor out(pipe_ends[0]), child_out(pipe_ends[1]);
  if (!WriteAll(in.get(), bytes) || lseek(in.get(), 0, SEEK_SET) != 0) return trouble();
  const pid_t child = fork();
  if (child < 0) return trouble();
  if (child == 0) RunPdfToText(in.get(), child_out.get(), complaints.get());
  child_out.Close();
  std::string text = ReadUpTo(out.get(), limit.bytes);
  out.Close();  // stops a child that has more to say
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == kNotFound) {
    return absl::FailedPreconditionError(Cat(
        name, ": is a PDF file, and pdftotext is not installed; install the package poppler-utils, or give the text"));
  }
  if (static_cast<int64_t>(text.size()) > limit.bytes) {
    return absl::ResourceExhaustedError(Cat(name, ": the text of the PDF has more than ", limit.name, " = ",
                                            limit.bytes, " bytes; take the pages that matter"));
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    lseek(complaints.get(), 0, SEEK_SET);
    std::string why = ReadUpTo(complaints.get(), kLongestComplaint);
    why = OneLine(why.substr(0, std::min(why.find('\n'), kLongestComplaint)));
    if (why.empty()) why = "it was stopped";
    return absl::InvalidArgumentError(
        Cat(name, ": pdftotext cannot read this PDF: ", why, "; mend it, or give the text"));
  }
  if (IsBlank(text)) {
    return absl::InvalidArgumentError(
        Cat(name, ": the PDF holds no text, perhaps scanned pages; recognise its text first (OCR)"));
  }
  return text;
}

}  // namespace narrdiff::cli
