// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Reads every file given as left and as right side and checks the laws of comparison.proto on the results: no crash, no
// lost text. For texts that are not kept in the repository.
//
//   check_laws FILE...     compares each file with the next one, both ways round, in every mode
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "engine/compare.h"
#include "engine/testing/comparison_laws.h"

namespace {

std::string ReadFile(const char* path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: check_laws FILE...\n");
    return 2;
  }
  int compared = 0, broken = 0;
  for (const narrdiff::v1::Mode mode : {narrdiff::v1::MODE_UNSPECIFIED, narrdiff::v1::MODE_PARALLEL}) {
    narrdiff::CompareOptions options;
    options.mode = mode;
    options.min_score = "balanced";
    const auto comparer = narrdiff::Comparer::Create(options);
    if (!comparer.ok()) {
      std::fprintf(stderr, "check_laws: %s\n", std::string(comparer.status().message()).c_str());
      return 3;
    }
    for (int i = 1; i < argc; ++i) {
      const int next = i + 1 < argc ? i + 1 : 1;
      for (const bool swap : {false, true}) {
        narrdiff::Sides<narrdiff::StatementInput> in;
        in.left.name = argv[swap ? next : i];
        in.right.name = argv[swap ? i : next];
        in.left.bytes = ReadFile(in.left.name.c_str());
        in.right.bytes = ReadFile(in.right.name.c_str());
        const auto comparison = (*comparer)->Compare(in);
        ++compared;
        const std::string wrong = comparison.ok() ? narrdiff::BrokenLaw(*comparison) : comparison.status().ToString();
        if (wrong.empty()) continue;
        ++broken;
        std::fprintf(stderr, "%s | %s: %s\n", in.left.name.c_str(), in.right.name.c_str(), wrong.c_str());
      }
    }
  }
  std::printf("%d comparisons, %d with a broken law\n", compared, broken);
  return broken == 0 ? 0 : 1;
}
