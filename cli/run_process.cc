// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/run_process.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <sstream>

extern char** environ;

namespace narrdiff::cli {
namespace {

constexpr int kNotRun = 120;  // the child's way of saying that it could not be set up

// A terminal: what is written to `far` comes out of `near`.
bool OpenTerminal(int columns, int& near, int& far) {
  near = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (near < 0 || grantpt(near) != 0 || unlockpt(near) != 0) return false;
  far = open(ptsname(near), O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (far < 0) return false;
  termios mode;
  tcgetattr(far, &mode);
  cfmakeraw(&mode);
  tcsetattr(far, TCSANOW, &mode);
  winsize size = {};
  size.ws_row = 24;
  size.ws_col = static_cast<unsigned short>(columns);
  return ioctl(far, TIOCSWINSZ, &size) == 0;
}

}  // namespace

bool HasTerminals() {
  int near = -1, far = -1;
  const bool opened = OpenTerminal(80, near, far);
  if (near >= 0) close(near);
  if (far >= 0) close(far);
  return opened;
}

namespace {

bool FileAppeared(const std::string& start) {
  const size_t slash = start.rfind('/');
  DIR* const directory = opendir(start.substr(0, slash).c_str());
  if (directory == nullptr) return false;
  bool found = false;
  while (const dirent* entry = readdir(directory)) {
    found = found || std::string(entry->d_name).compare(0, start.size() - slash - 1, start.substr(slash + 1)) == 0;
  }
  closedir(directory);
  return found;
}

std::vector<std::string> Environment(const Process& process) {
  std::vector<std::string> out;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string text = *variable;
    const std::string name = text.substr(0, text.find('='));
    if (name == "COLUMNS" || name == "NO_COLOR" || name == "TERM" || name == "NARRDIFF_DATA") continue;
    if (process.variables.count(name) == 0) out.push_back(text);
  }
  for (const auto& [name, value] : process.variables) out.push_back(name + "=" + value);
  return out;
}

}  // namespace

Outcome RunProcess(const Process& process) {
  Outcome outcome;
  int in[2] = {-1, -1}, out[2] = {-1, -1}, err[2] = {-1, -1};
  const auto trouble = [&](const char* what) {
    outcome.trouble = std::string(what) + ": " + strerror(errno);
    for (const int file : {in[0], in[1], out[0], out[1], err[0], err[1]}) {
      if (file >= 0) close(file);
    }
    return outcome;
  };
  signal(SIGPIPE, SIG_IGN);
  if (pipe2(in, O_CLOEXEC) != 0) return trouble("pipe");
  if (process.out == Process::Out::kTerminal) {
    if (!OpenTerminal(process.terminal_columns, out[0], out[1])) return trouble("terminal");
  } else if (process.out == Process::Out::kFullDisk) {
    out[1] = open("/dev/full", O_WRONLY | O_CLOEXEC);
    if (out[1] < 0) return trouble("/dev/full");
  } else if (process.out != Process::Out::kClosed) {
    if (pipe2(out, O_CLOEXEC) != 0) return trouble("pipe");
    if (process.out == Process::Out::kReaderGone) {
      close(out[0]);
      out[0] = -1;
    }
  }
  if (process.err_to_terminal ? !OpenTerminal(80, err[0], err[1]) : pipe2(err, O_CLOEXEC) != 0)
    return trouble("error output");

  std::vector<std::string> variables = Environment(process);
  std::vector<char*> arguments, environment;
  for (const std::string& argument : process.arguments) arguments.push_back(const_cast<char*>(argument.c_str()));
  for (std::string& variable : variables) environment.push_back(&variable[0]);
  arguments.push_back(nullptr);
  environment.push_back(nullptr);
  // Opened here, as a relative path may not be one after the change of folder.
  const int program = open(arguments[0], O_RDONLY | O_CLOEXEC);
  if (program < 0) return trouble(arguments[0]);

  const pid_t child = fork();
  if (child == 0) {
    signal(SIGPIPE, SIG_DFL);
    dup2(in[0], STDIN_FILENO);
    if (out[1] >= 0) dup2(out[1], STDOUT_FILENO);
    dup2(err[1], STDERR_FILENO);
    if (process.out == Process::Out::kClosed) close(STDOUT_FILENO);
    bool ready = process.folder.empty() || chdir(process.folder.c_str()) == 0;
    if (process.respect_modes && geteuid() == 0) {
      ready = ready && prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0) == 0 &&
              prctl(PR_CAPBSET_DROP, CAP_DAC_READ_SEARCH, 0, 0, 0) == 0;
    }
    if (ready) fexecve(program, arguments.data(), environment.data());
    _exit(kNotRun);
  }
  close(program);
  for (int* end : {&in[0], &out[1], &err[1]}) {
    if (*end >= 0) close(*end);
    *end = -1;
  }
  if (child < 0) return trouble("fork");

  size_t sent = 0;
  bool signalled = process.signal == 0;
  fcntl(in[1], F_SETFL, O_NONBLOCK);
  const auto read_from = [](int& file, std::string& text) {
    char bytes[1 << 16];
    const ssize_t got = read(file, bytes, sizeof(bytes));
    if (got > 0) {
      text.append(bytes, static_cast<size_t>(got));
    } else if (got == 0 || errno != EINTR) {
      close(file);  // the end; EIO for a terminal
      file = -1;
    }
  };
  while (out[0] >= 0 || err[0] >= 0 || in[1] >= 0) {
    if (!signalled && FileAppeared(process.signal_when)) {
      kill(child, process.signal);
      signalled = true;
    }
    if (in[1] >= 0 && sent == process.in.size() && signalled) {
      close(in[1]);
      in[1] = -1;
    }
    const bool writing = in[1] >= 0 && sent < process.in.size();
    pollfd files[] = {{out[0], POLLIN, 0}, {err[0], POLLIN, 0}, {writing ? in[1] : -1, POLLOUT, 0}};
    if (poll(files, 3, 20) < 0 && errno != EINTR) break;
    if (files[0].revents != 0) read_from(out[0], outcome.out);
    if (files[1].revents != 0) read_from(err[0], outcome.err);
    if (files[2].revents != 0) {
      const ssize_t written = write(in[1], process.in.data() + sent, process.in.size() - sent);
      if (written > 0) sent += static_cast<size_t>(written);
      if (written < 0 && errno != EAGAIN && errno != EINTR) {
        close(in[1]);  // it does not want to read all of it
        in[1] = -1;
      }
    }
    // Without a reader for its output the end of the process shows on its error
    // output alone.
    if (out[0] < 0 && err[0] < 0) break;
  }
  if (in[1] >= 0) close(in[1]);
  int status = 0;
  rusage usage = {};
  while (wait4(child, &status, 0, &usage) < 0 && errno == EINTR) {
  }
  outcome.peak_kilobytes = usage.ru_maxrss;
  if (WIFEXITED(status)) outcome.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) outcome.signal = WTERMSIG(status);
  if (outcome.exit_code == kNotRun) outcome.trouble = "could not be set up";
  return outcome;
}

TemporaryFolder::TemporaryFolder() {
  const char* const base = getenv("TEST_TMPDIR");
  path_ = std::string(base == nullptr ? "/tmp" : base) + "/narrdiff-test-XXXXXX";
  if (mkdtemp(&path_[0]) == nullptr) abort();
}

TemporaryFolder::~TemporaryFolder() {
  for (const std::string& name : Names()) {
    chmod(File(name).c_str(), 0700);
    if (unlink(File(name).c_str()) != 0) rmdir(File(name).c_str());
  }
  rmdir(path_.c_str());
}

std::string TemporaryFolder::Write(const std::string& name, const std::string& bytes) const {
  std::ofstream(File(name), std::ios::binary) << bytes;
  return File(name);
}

std::vector<std::string> TemporaryFolder::Names() const {
  std::vector<std::string> names;
  DIR* const directory = opendir(path_.c_str());
  if (directory == nullptr) return names;
  while (const dirent* entry = readdir(directory)) {
    const std::string name = entry->d_name;
    if (name != "." && name != "..") names.push_back(name);
  }
  closedir(directory);
  std::sort(names.begin(), names.end());
  return names;
}

std::string ReadFileForTest(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

}  // namespace narrdiff::cli
