// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/files.h"

#include <fcntl.h>
#include <limits.h>
#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <new>
#include <utility>

#include "cli/exit_codes.h"
#include "cli/text.h"
#include "engine/base/status_macros.h"
#include "engine/base/utf8.h"

namespace narrdiff::cli {
namespace {

constexpr size_t kChunkBytes = 64 << 10;

// --- Messages ----------------------------------------------------------------

absl::Status InputError(const std::string& name, int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
      return absl::NotFoundError(Cat(name, ": no such file; check the name and the folder"));
    case EACCES:
    case EPERM:
      return absl::PermissionDeniedError(Cat(name, ": no permission to read it; ask its owner, or see ls -l"));
    case EISDIR:
      return absl::InvalidArgumentError(Cat(name, ": is a folder; name a file in it"));
    case ENAMETOOLONG:
      return absl::InvalidArgumentError(Cat(name, ": the name is too long; check it"));
    case ELOOP:
      return absl::InvalidArgumentError(Cat(name, ": a link that leads to itself; mend the link"));
    case EBADF:
      return absl::InvalidArgumentError(Cat(name, ": is closed; give it a file or a pipe"));
    case EMFILE:
    case ENFILE:
    case ENOMEM:
      return absl::ResourceExhaustedError(Cat(name, ": ", strerror(error), "; try again when less is running"));
    default:
      return absl::UnavailableError(
          Cat(name, ": cannot be read: ", strerror(error), "; check the disk or copy the file"));
  }
}

absl::Status OutputError(const std::string& name, int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
      return absl::NotFoundError(Cat(name, ": no such folder; make it first, or choose another place"));
    case EACCES:
    case EPERM:
      return absl::PermissionDeniedError(Cat(name, ": no permission to write it; choose another place"));
    case EROFS:
      return absl::PermissionDeniedError(Cat(name, ": the disk is read-only; choose another place"));
    case EISDIR:
      return absl::InvalidArgumentError(Cat(name, ": is a folder; name a file in it"));
    case ENOSPC:
    case EDQUOT:
      return absl::ResourceExhaustedError(Cat(name, ": no space left on the disk; free some, or choose another place"));
    case EFBIG:
      return absl::ResourceExhaustedError(Cat(name, ": larger than a file may be here; choose another place"));
    case ENAMETOOLONG:
      return absl::InvalidArgumentError(Cat(name, ": the name is too long; choose a shorter one"));
    case EBADF:
      return absl::InvalidArgumentError(Cat(name, ": is closed; write to a file with -o"));
    default:
      return absl::UnavailableError(Cat(name, ": cannot be written: ", strerror(error), "; choose another place"));
  }
}

absl::Status TooLarge(const std::string& name, std::string_view size, const InputLimit& limit) {
  return absl::ResourceExhaustedError(
      Cat(name, ": ", size, ", and ", limit.name, " is ", limit.bytes, "; take the part that matters, or split it"));
}

std::string OutputName(const std::string& path) {
  return path.empty() || path == "-" ? "standard output" : OneLine(path);
}

// --- Interrupted runs --------------------------------------------------------

// The file to remove when a signal ends the process. The flag is set only while
// the name is whole.
char unfinished_path[PATH_MAX];
volatile sig_atomic_t unfinished = 0;

void SetUnfinished(const std::string& path) {
  unfinished = 0;
  if (path.empty() || path.size() >= sizeof(unfinished_path)) return;
  memcpy(unfinished_path, path.c_str(), path.size() + 1);
  unfinished = 1;
}

void RemoveUnfinished() {
  if (unfinished) unlink(unfinished_path);
  unfinished = 0;
}

// A StopScope is there: the first signal asks the work to end by itself.
volatile sig_atomic_t may_stop = 0;
// The signal that asked for it.
volatile sig_atomic_t asked_to_stop = 0;
// How long the work may take to end.
constexpr unsigned kStopSeconds = 2;

// Ends the process as one that has no handler.
void EndBy(int signal_number) {
  RemoveUnfinished();
  signal(signal_number, SIG_DFL);
  raise(signal_number);
}

extern "C" void OnSignal(int signal_number) {
  if (!may_stop || asked_to_stop) EndBy(signal_number);
  asked_to_stop = signal_number;
  alarm(kStopSeconds);
}

extern "C" void OnAlarm(int) {
  if (asked_to_stop) EndBy(asked_to_stop);
}

void OutOfMemory() {
  RemoveUnfinished();
  constexpr std::string_view kMessage = "narrdiff: out of memory; compare shorter texts\n";
  [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, kMessage.data(), kMessage.size());
  _exit(kExitBadInput);
}

int OpenFile(const std::string& path, int flags, mode_t mode) {
  int file;
  do {
    file = open(path.c_str(), flags | O_CLOEXEC, mode);
  } while (file < 0 && errno == EINTR);
  return file;
}

ssize_t ReadSome(int file, char* bytes, size_t count) {
  ssize_t got;
  do {
    got = read(file, bytes, count);
  } while (got < 0 && errno == EINTR);
  return got;
}

// Opens `path`, or takes standard input, and refuses folders.
absl::StatusOr<int> OpenInput(const std::string& path, const std::string& name, struct stat& facts) {
  const bool standard = path == "-";
  if (path.find('\0') != std::string::npos) return InputError(name, ENOENT);
  const int file = standard ? STDIN_FILENO : OpenFile(path, O_RDONLY | O_NOCTTY, 0);
  if (file < 0) return InputError(name, errno);
  int error = fstat(file, &facts) != 0 ? errno : S_ISDIR(facts.st_mode) ? EISDIR : 0;
  if (error == 0) return file;
  if (!standard) close(file);
  return InputError(name, error);
}

// The folder that holds `path`, with its last slash; empty for the current one.
std::string FolderOf(const std::string& path) { return path.substr(0, path.rfind('/') + 1); }

// Where a file named `path` really goes: links are followed, so that a link
// stays one.
std::string FollowLinks(std::string path) {
  for (int links = 0; links < 40; ++links) {
    char target[PATH_MAX];
    const ssize_t size = readlink(path.c_str(), target, sizeof(target));
    if (size <= 0 || size == static_cast<ssize_t>(sizeof(target))) break;
    const std::string next(target, static_cast<size_t>(size));
    path = next[0] == '/' ? next : FolderOf(path) + next;
  }
  return path;
}

// What is wrong with writing a file `path`, whose folder and self are looked
// at; 0 if nothing is. Sets `special` for devices, pipes and the like.
int LookAtOutput(const std::string& path, bool& special, struct stat& facts, bool& exists) {
  special = false;
  exists = stat(path.c_str(), &facts) == 0;
  if (exists) {
    if (S_ISDIR(facts.st_mode)) return EISDIR;
    if (access(path.c_str(), W_OK) != 0) return errno;
    special = !S_ISREG(facts.st_mode);
    if (special) return 0;
  } else if (errno != ENOENT) {
    return errno;
  } else if (EndsWith(path, "/")) {
    return EISDIR;
  }
  const std::string folder = FolderOf(FollowLinks(path));
  struct stat folder_facts;
  if (stat(folder.empty() ? "." : folder.c_str(), &folder_facts) != 0) return errno;
  return access(folder.empty() ? "." : folder.c_str(), W_OK | X_OK) == 0 ? 0 : errno;
}

}  // namespace

std::string DisplayName(const std::string& path) { return path == "-" ? "standard input" : OneLine(path); }

// --- Reading -----------------------------------------------------------------

absl::StatusOr<std::string> ReadInput(const std::string& path, const InputLimit& limit) {
  const std::string name = DisplayName(path);
  struct stat facts;
  NARRDIFF_ASSIGN_OR_RETURN(const int file, OpenInput(path, name, facts));
  const auto finish = [&](absl::Status status) {
    if (file != STDIN_FILENO) close(file);
    return status;
  };
  std::string bytes;
  if (S_ISREG(facts.st_mode)) {
    if (facts.st_size > limit.bytes) return finish(TooLarge(name, Cat(facts.st_size, " bytes"), limit));
    // One more, so that the end shows without another round.
    bytes.reserve(static_cast<size_t>(facts.st_size) + 1);
  }
  while (true) {
    const size_t have = bytes.size();
    const size_t spare = bytes.capacity() - have;
    const size_t room = spare > 0 ? spare : kChunkBytes;
    const size_t want = std::min(room, static_cast<size_t>(limit.bytes) + 1 - have);
    bytes.resize(have + want);
    const ssize_t got = ReadSome(file, &bytes[have], want);
    bytes.resize(have + static_cast<size_t>(std::max<ssize_t>(got, 0)));
    if (got < 0) return finish(InputError(name, errno));
    if (got == 0) break;
    if (static_cast<int64_t>(bytes.size()) > limit.bytes) {
      return finish(TooLarge(name, Cat("more than ", limit.bytes, " bytes"), limit));
    }
  }
  const absl::Status closed = finish(absl::OkStatus());
  if (!closed.ok()) return closed;
  return bytes;
}

InputStream::~InputStream() {
  if (file_ > STDIN_FILENO) close(file_);
}

absl::Status InputStream::Open(const std::string& path) {
  name_ = DisplayName(path);
  struct stat facts;
  NARRDIFF_ASSIGN_OR_RETURN(file_, OpenInput(path, name_, facts));
  return absl::OkStatus();
}

absl::StatusOr<bool> InputStream::Fill() {
  buffer_.resize(kChunkBytes);
  next_ = 0;
  const ssize_t got = ReadSome(file_, &buffer_[0], buffer_.size());
  const int error = errno;
  buffer_.resize(static_cast<size_t>(std::max<ssize_t>(got, 0)));
  if (got < 0) return InputError(name_, error);
  return got > 0;
}

absl::StatusOr<bool> InputStream::ReadLine(int64_t max_bytes, std::string& line, bool& too_long) {
  line.clear();
  too_long = false;
  bool any = false;
  while (true) {
    if (next_ == buffer_.size()) {
      NARRDIFF_ASSIGN_OR_RETURN(const bool more, Fill());
      if (!more) break;
    }
    any = true;
    const size_t end = buffer_.find('\n', next_);
    const size_t stop = end == std::string::npos ? buffer_.size() : end;
    if (!too_long) line.append(buffer_, next_, stop - next_);
    if (static_cast<int64_t>(line.size()) > max_bytes) {
      too_long = true;
      std::string().swap(line);
    }
    next_ = end == std::string::npos ? stop : stop + 1;
    if (end != std::string::npos) break;
  }
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return any;
}

absl::StatusOr<bool> InputStream::ReadDelimited(int64_t max_bytes, std::string& record) {
  const auto cut_short = [&]() {
    return absl::InvalidArgumentError(Cat(name_, ": ends in the middle of a message; write the stream again"));
  };
  uint64_t size = 0;
  for (int shift = 0;; shift += 7) {
    if (next_ == buffer_.size()) {
      NARRDIFF_ASSIGN_OR_RETURN(const bool more, Fill());
      if (!more && shift == 0) return false;
      if (!more) return cut_short();
    }
    const uint8_t byte = static_cast<uint8_t>(buffer_[next_++]);
    if (shift > 56) {
      return absl::InvalidArgumentError(Cat(name_,
                                            ": is not length-delimited protobuf; is it JSON lines? then "
                                            "leave out --format=pb"));
    }
    size |= static_cast<uint64_t>(byte & 0x7f) << shift;
    if ((byte & 0x80) == 0) break;
  }
  if (size > static_cast<uint64_t>(max_bytes)) {
    return absl::ResourceExhaustedError(Cat(name_, ": a message of ", size, " bytes, and max_request_bytes is ",
                                            max_bytes, "; check that the stream is length-delimited protobuf"));
  }
  record.clear();
  while (record.size() < size) {
    if (next_ == buffer_.size()) {
      NARRDIFF_ASSIGN_OR_RETURN(const bool more, Fill());
      if (!more) return cut_short();
    }
    const size_t take = std::min<size_t>(buffer_.size() - next_, static_cast<size_t>(size) - record.size());
    record.append(buffer_, next_, take);
    next_ += take;
  }
  return true;
}

// --- Writing -----------------------------------------------------------------

absl::Status CheckOutput(const std::string& path, const std::string* inputs, size_t input_count) {
  if (path.empty() || path == "-") return absl::OkStatus();
  bool special = false, exists = false;
  struct stat facts;
  const int error = LookAtOutput(path, special, facts, exists);
  if (error != 0) return OutputError(OutputName(path), error);
  if (special || !exists) return absl::OkStatus();
  for (size_t i = 0; i < input_count; ++i) {
    struct stat input;
    if (inputs[i] != "-" && stat(inputs[i].c_str(), &input) == 0 && input.st_dev == facts.st_dev &&
        input.st_ino == facts.st_ino) {
      return absl::InvalidArgumentError(
          Cat(OutputName(path), ": is both input and output; choose another name for the output"));
    }
  }
  return absl::OkStatus();
}

Output::~Output() { Discard(); }

absl::Status Output::Error(int error) const { return OutputError(name_, error); }

void Output::Discard() {
  if (file_ > STDERR_FILENO) close(file_);
  file_ = -1;
  if (!temporary_.empty()) RemoveUnfinished();
  temporary_.clear();
}

absl::Status Output::Open(const std::string& path) {
  Discard();
  name_ = OutputName(path);
  reader_gone_ = false;
  if (path.empty() || path == "-") {
    file_ = STDOUT_FILENO;
    return absl::OkStatus();
  }
  bool special = false, exists = false;
  struct stat facts;
  const int problem = LookAtOutput(path, special, facts, exists);
  if (problem != 0) return Error(problem);
  if (special) {
    file_ = OpenFile(path, O_WRONLY | O_NOCTTY, 0);
    return file_ < 0 ? Error(errno) : absl::OkStatus();
  }
  final_ = FollowLinks(path);
  std::string pattern = FolderOf(final_) + ".narrdiff-XXXXXX";
  // A signal between the making of the file and the note of its name would
  // leave an empty file: hold it back.
  sigset_t all, before;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, &before);
  file_ = mkostemp(&pattern[0], O_CLOEXEC);
  const int error = errno;
  if (file_ >= 0) {
    temporary_ = pattern;
    SetUnfinished(temporary_);
  }
  sigprocmask(SIG_SETMASK, &before, nullptr);
  if (file_ < 0) return Error(error);
  // The rights of the file that is replaced, else those of any new file.
  mode_t mask = umask(0);
  umask(mask);
  if (fchmod(file_, exists ? facts.st_mode & 0777 : 0666 & ~mask) != 0) {
    // File systems without rights: leave it as it is.
  }
  return absl::OkStatus();
}

absl::Status Output::Write(std::string_view bytes) {
  while (!bytes.empty() && !reader_gone_) {
    const ssize_t written = write(file_, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<size_t>(written));
    } else if (errno == EPIPE) {
      reader_gone_ = true;
    } else if (errno != EINTR) {
      const absl::Status error = Error(errno);
      Discard();
      return error;
    }
  }
  return absl::OkStatus();
}

absl::Status Output::Close() {
  if (file_ < 0) return absl::OkStatus();
  const auto fail = [&](int error) {
    const absl::Status status = Error(error);
    Discard();
    return status;
  };
  // EINVAL, EROFS and ENOTSUP: pipes, terminals and file systems that know no
  // such thing.
  if (!temporary_.empty() && fsync(file_) != 0 && errno != EINVAL && errno != EROFS && errno != ENOTSUP) {
    return fail(errno);
  }
  const int closing = file_;
  file_ = -1;
  if (closing == STDOUT_FILENO) {
    // Network file systems tell only now that the disk is full. The number 1
    // stays taken, by something harmless.
    const int copy = dup(closing);
    if (copy >= 0 && close(copy) != 0 && errno != EINTR) return fail(errno);
    return absl::OkStatus();
  }
  if (close(closing) != 0 && errno != EINTR) return fail(errno);
  if (temporary_.empty()) return absl::OkStatus();
  if (rename(temporary_.c_str(), final_.c_str()) != 0) return fail(errno);
  unfinished = 0;
  temporary_.clear();
  // So that the name, too, survives a power cut; the content has.
  const std::string folder = FolderOf(final_);
  const int directory = OpenFile(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY, 0);
  if (directory >= 0) {
    fsync(directory);
    close(directory);
  }
  return absl::OkStatus();
}

// --- The process -------------------------------------------------------------

StopScope::StopScope() { may_stop = 1; }

StopScope::~StopScope() {
  may_stop = 0;
  if (asked_to_stop) EndBy(asked_to_stop);
}

bool StopScope::Asked() { return asked_to_stop != 0; }

namespace {

// Signals that come while the handler runs are not held back: it may end the process.
void Handle(int signal_number, void (*handler)(int)) {
  struct sigaction now, action = {};
  // What the parent had us ignore (nohup) stays ignored.
  if (sigaction(signal_number, nullptr, &now) == 0 && now.sa_handler == SIG_IGN) return;
  action.sa_handler = handler;
  action.sa_flags = SA_NODEFER;
  sigemptyset(&action.sa_mask);
  sigaction(signal_number, &action, nullptr);
}

}  // namespace

void PrepareProcess() {
  // Large pieces go back to the system when they are freed. Else the first large file teaches malloc to keep them, and
  // what came before and after it in turn adds up.
  mallopt(M_MMAP_THRESHOLD, 128 << 10);
  for (const int file : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    // Opened the wrong way round, so that using it fails as using a closed file
    // does.
    if (fcntl(file, F_GETFD) == -1 && errno == EBADF) {
      [[maybe_unused]] const int taken = open("/dev/null", file == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    }
  }
  signal(SIGPIPE, SIG_IGN);
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) Handle(number, OnSignal);
  Handle(SIGALRM, OnAlarm);
  std::set_new_handler(OutOfMemory);
}

}  // namespace narrdiff::cli
