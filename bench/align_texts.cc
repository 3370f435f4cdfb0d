// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Times the parallel aligner alone, in this process, without reading, describing and reporting: what peers call
// alignment. One line of JSON a pair of files (one sentence a line):
//
//   align_texts RUNS DICTIONARY LEFT_LANGUAGE RIGHT_LANGUAGE LEFT RIGHT [LEFT RIGHT ...]
//   {"left":293,"right":314,"terms_s":0.0041,"align_s":0.0310}
//
// terms_s is the time to turn the sentences into terms and match these, align_s that of the alignment; each the least
// of RUNS. DICTIONARY may be empty. Exit status: 0 done, 2 bad usage or a file that cannot be read.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "engine/align/align_beads.h"
#include "engine/lexicon/builtin_lexicon.h"

namespace narrdiff {
namespace {

class Stopwatch {
 public:
  double Seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }

 private:
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

struct Text {
  std::string text;
  std::vector<Span> lines;
};

bool Read(const char* path, Text& out) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  out.text = bytes.str();
  for (size_t begin = 0; begin < out.text.size();) {
    const size_t end = std::min(out.text.find('\n', begin), out.text.size());
    out.lines.push_back({static_cast<int32_t>(begin), static_cast<int32_t>(end)});
    begin = end + 1;
  }
  return file.good() || file.eof();
}

int Run(int argc, char** argv) {
  if (argc < 7 || argc % 2 == 0) {
    std::fprintf(stderr, "usage: align_texts RUNS DICTIONARY LEFT_LANGUAGE RIGHT_LANGUAGE LEFT RIGHT ...\n");
    return 2;
  }
  std::vector<std::shared_ptr<const Dictionary>> dictionaries = {BuiltinDictionary()};
  if (argv[2][0] != '\0') {
    const auto dictionary = Dictionary::Open(argv[2]);
    if (!dictionary.ok()) {
      std::fprintf(stderr, "align_texts: %s\n", std::string(dictionary.status().message()).c_str());
      return 2;
    }
    dictionaries.insert(dictionaries.begin(), *dictionary);
  }
  const TermMatcher matcher(dictionaries);
  for (int a = 5; a + 1 < argc; a += 2) {
    Sides<Text> texts;
    if (!Read(argv[a], texts.left) || !Read(argv[a + 1], texts.right)) {
      std::fprintf(stderr, "align_texts: %s, %s: cannot be read\n", argv[a], argv[a + 1]);
      return 2;
    }
    const Sides<SentenceTexts> sides{{texts.left.text, LanguageFromTag(argv[3]), texts.left.lines, {}},
                                     {texts.right.text, LanguageFromTag(argv[4]), texts.right.lines, {}}};
    double terms_s = 1e9, align_s = 1e9;
    for (int run = std::max(1, std::atoi(argv[1])); run > 0; --run) {
      const Stopwatch whole;
      const TermTables terms = matcher.Index(sides);
      terms_s = std::min(terms_s, whole.Seconds());
      const Stopwatch alignment;
      if (!AlignBeads(sides, terms, {}).ok()) return 2;
      align_s = std::min(align_s, alignment.Seconds());
    }
    std::printf("{\"left\":%zu,\"right\":%zu,\"terms_s\":%.5f,\"align_s\":%.5f}\n", texts.left.lines.size(),
                texts.right.lines.size(), terms_s, align_s);
  }
  return 0;
}

}  // namespace
}  // namespace narrdiff

int main(int argc, char** argv) { return narrdiff::Run(argc, argv); }
