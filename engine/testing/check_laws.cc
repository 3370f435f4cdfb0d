// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Reads every file given as left and as right side and checks the laws of comparison.proto on the results: no crash, no
// lost text. For texts that are not kept in the repository.
//
//   check_laws PATH...     compares each file, or each file of a folder, with the next one, both ways round
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "engine/compare.h"
#include "engine/testing/comparison_laws.h"

namespace {

std::string ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

// The files named, folders replaced by their files in order of name.
std::vector<std::string> FilesOf(char** begin, char** end) {
  std::vector<std::string> files;
  for (char** path = begin; path != end; ++path) {
    if (!std::filesystem::is_directory(*path)) {
      files.push_back(*path);
      continue;
    }
    const size_t first = files.size();
    for (const auto& entry : std::filesystem::directory_iterator(*path)) {
      if (entry.is_regular_file()) files.push_back(entry.path().string());
    }
    std::sort(files.begin() + static_cast<std::ptrdiff_t>(first), files.end());
  }
  return files;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> files = FilesOf(argv + 1, argv + argc);
  if (files.empty()) {
    std::fprintf(stderr, "usage: check_laws PATH...; no file was found\n");
    return 2;
  }
  narrdiff::CompareOptions options;
  options.min_score = "balanced";
  const auto comparer = narrdiff::Comparer::Create(options);
  if (!comparer.ok()) {
    std::fprintf(stderr, "check_laws: %s\n", std::string(comparer.status().message()).c_str());
    return 3;
  }
  int compared = 0, broken = 0;
  for (size_t i = 0; i < files.size(); ++i) {
    narrdiff::Sides<narrdiff::StatementInput> in;
    in.left.name = files[i];
    in.right.name = files[(i + 1) % files.size()];
    in.left.bytes = ReadFile(in.left.name);
    in.right.bytes = ReadFile(in.right.name);
    for (const bool swap : {false, true}) {
      const auto comparison = (*comparer)->Compare(swap ? in.Swapped() : in);
      ++compared;
      const std::string wrong = comparison.ok() ? narrdiff::BrokenLaw(*comparison) : comparison.status().ToString();
      if (wrong.empty()) continue;
      ++broken;
      std::fprintf(stderr, "%s | %s%s: %s\n", in.left.name.c_str(), in.right.name.c_str(), swap ? " exchanged" : "",
                   wrong.c_str());
    }
  }
  std::printf("%d comparisons, %d with a broken law\n", compared, broken);
  return broken == 0 ? 0 : 1;
}
