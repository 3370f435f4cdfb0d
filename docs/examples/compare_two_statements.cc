// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// narrdiff as a library, a whole program: reads two files, compares them,
// prints the report.
//
//   bazel run //docs/examples:compare_two_statements --
//   $PWD/testdata/pairs/mail-servers/us.txt
//       $PWD/testdata/pairs/mail-servers/china.txt
//
// The target in BUILD.bazel has two dependencies: //engine:compare and
// //engine/report:text_report.
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>
#include <string>

#include "engine/compare.h"
#include "engine/report/text_report.h"

namespace {

bool ReadFile(const std::string& path, std::string& bytes) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream content;
  content << in.rdbuf();
  bytes = content.str();
  return in.good();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: compare_two_statements LEFT RIGHT\n";
    return 2;
  }
  narrdiff::Sides<narrdiff::StatementInput> statements;
  statements.left.name = argv[1];
  statements.right.name = argv[2];
  for (const narrdiff::Side side : narrdiff::kBothSides) {
    if (!ReadFile(statements[side].name, statements[side].bytes)) {
      std::cerr << statements[side].name << ": cannot be read\n";
      return 2;
    }
  }
  // Who speaks is guessed from the text where it is not given:
  // statements.left.party = "US";

  narrdiff::CompareOptions options;
  options.min_score = "balanced";  // more pairs, less sure ones among them;
                                   // "sure" is the default
  // A Comparer takes some milliseconds to make. Make one and use it for every
  // pair, from any thread.
  const auto comparer = narrdiff::Comparer::Create(options);
  if (!comparer.ok()) {
    std::cerr << comparer.status().message() << "\n";
    return 2;
  }
  const auto comparison = (*comparer)->Compare(statements);
  if (!comparison.ok()) {
    std::cerr << comparison.status().message() << "\n";
    return 2;
  }

  narrdiff::TextReportOptions report;
  report.width = 100;
  std::cout << narrdiff::RenderTextReport(*comparison, report);

  // The message has everything that the report shows.
  int denials = 0;
  for (const narrdiff::v1::AlignedPair& pair : comparison->pairs()) {
    denials += pair.relation() == narrdiff::v1::RELATION_DENY;
  }
  std::cout << "\n" << denials << " of " << comparison->pairs_size() << " pairs are denials.\n";
  return 0;
}
