// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The yardstick of the segmenter's speed: ICU's sentence BreakIterator alone
// over the paragraphs of a file, without a copy and without a rule of ours.
// bench/measure_segmenters.py runs it.
//
//   raw_icu FILE line|blank
//
// says where a paragraph ends, and prints SECONDS<TAB>BOUNDARIES: seconds of the
// processor, reading of the file not counted.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>

#include "unicode/brkiter.h"
#include "unicode/locid.h"
#include "unicode/utext.h"

namespace {

int64_t CountBoundaries(std::string_view text, std::string_view paragraph_end) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> iterator(
      icu::BreakIterator::createSentenceInstance(icu::Locale::getRoot(), error));
  if (U_FAILURE(error)) return -1;
  UText utext = UTEXT_INITIALIZER;
  int64_t boundaries = 0;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find(paragraph_end, begin), text.size());
    utext_openUTF8(&utext, text.data() + begin, static_cast<int64_t>(end - begin), &error);
    iterator->setText(&utext, error);
    if (U_FAILURE(error)) return -1;
    for (iterator->first(); iterator->next() != icu::BreakIterator::DONE;) ++boundaries;
    begin = end + paragraph_end.size();
  }
  utext_close(&utext);
  return boundaries;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("usage: raw_icu FILE line|blank\n", stderr);
    return 2;
  }
  std::ifstream file(argv[1], std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const std::clock_t start = std::clock();
  const int64_t boundaries = CountBoundaries(text, std::string_view(argv[2]) == "blank" ? "\n\n" : "\n");
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  std::printf("%.4f\t%lld\n", seconds, static_cast<long long>(boundaries));
  return boundaries < 0 ? 1 : 0;
}
