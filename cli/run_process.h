// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Runs a program for a test and tells all that can be seen from outside.
//
//   Process process;
//   process.arguments = {"cli/narrdiff", "version"};
//   Outcome outcome = RunProcess(process);
//   outcome.exit_code == 0;  outcome.out == "narrdiff 0.1.0\n"
#ifndef NARRDIFF_CLI_RUN_PROCESS_H_
#define NARRDIFF_CLI_RUN_PROCESS_H_

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

namespace narrdiff::cli {

struct Process {
  std::vector<std::string> arguments;  // the program first
  std::string folder;                  // where it runs; empty: here
  std::string in;                      // its standard input
  // Variables it has besides those of the test, without COLUMNS, NO_COLOR, TERM
  // and NARRDIFF_DATA, which are taken away.
  std::map<std::string, std::string> variables;

  enum class Out { kPipe, kFullDisk, kReaderGone, kClosed, kTerminal };
  Out out = Out::kPipe;
  int terminal_columns = 80;
  // Standard error is a terminal; what it shows is in Outcome::err.
  bool err_to_terminal = false;
  // Root without the right to read and write everything, so that file modes
  // count.
  bool respect_modes = false;
  // Sent once `signal_when` exists as a file, or a file of whose name it is the
  // start; 0: none. Standard input stays open until then.
  int signal = 0;
  std::string signal_when;
};

struct Outcome {
  int exit_code = -1;  // -1 when it was ended by a signal, or could not be run
  int signal = 0;
  std::string out, err;
  long peak_kilobytes = 0;
  // It could not be run as asked; why.
  std::string trouble;
};

Outcome RunProcess(const Process& process);

// Whether this machine hands out terminals: a container may have none (no /dev/pts).
bool HasTerminals();

// An empty folder that is removed with all in it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::string& path() const { return path_; }
  std::string File(const std::string& name) const { return path_ + "/" + name; }
  // Writes a file and returns its path.
  std::string Write(const std::string& name, const std::string& bytes) const;
  // Names of all files, sorted.
  std::vector<std::string> Names() const;

 private:
  std::string path_;
};

std::string ReadFileForTest(const std::string& path);

}  // namespace narrdiff::cli

#endif  // NARRDIFF_CLI_RUN_PROCESS_H_
