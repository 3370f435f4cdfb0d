// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Runs a libFuzzer target without libFuzzer, so that every compiler runs it as
// a test: replays the seed files named on the command line, then mutations of
// them and of a few built-in seeds, from a fixed start so that every run is the
// same.
//
//   read_document_fuzz testdata/hostile/bidi.txt --runs=2000
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

constexpr size_t kLongestInput = 1 << 14;

const char* const kSeeds[] = {
    "Statement on X\n\nMarch 5, 2031\n\nMR HALE: Gen. Lai met Mr. Stroud. He "
    "left at 6 p.m. in Washington, D.C.\nQUESTION: Why?\n",
    "外交部发言人主持例行记者会\n\n　　问：为什么？\n　　答：“中方坚决反对。”双"
    "方随后结束会谈……我们以后再谈。《摔跤吧！爸爸》好吗？好！\n",
    "1) The first item 2) The second item\r\n\r\n\xE2\x80\xA2 9. The first "
    "\xE2\x80\xA2 10. The second\r[17] works.Neither \"Never!\" Hale said. . . "
    ".\n",
    "\xFF\xFE"
    "a\0b\0\n\0",
    "\xEF\xBB\xBF\xE2\x80\xA8\xC2\x85\xF0\x9F\x87\xA8 www.x.com/?Id "
    "\xE2\x80\xAE. ! ? \xE3\x80\x80\xE3\x80\x80",
};

// Pieces that rules look for: a mutation that inserts them gets further than
// random bytes do.
const char* const kPieces[] = {". ",        "。",  "？”",  "\n",  "\n\n",         "\r\n",     "“",     "”",    "\"",
                               "MR HALE: ", "Q: ", "答：", "[1]", "1. ",          "a) ",      "U.S. ", "Mr. ", "…",
                               "……",        "《",  "》",   "•",   "\xE2\x80\x8B", "\xCC\x81", "\0",    "\xFF", " | "};

void Run(std::string_view input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(input.data()), input.size());
}

std::string Mutate(std::string s, std::mt19937& random) {
  const unsigned changes = 1 + random() % 8;
  for (unsigned k = 0; k < changes; ++k) {
    const size_t at = s.empty() ? 0 : random() % (s.size() + 1);
    switch (random() % 6) {
      case 0:
        s.insert(at, kPieces[random() % std::size(kPieces)]);
        break;
      case 1:
        s.erase(at, random() % 6);
        break;
      case 2:
        if (at < s.size()) s[at] = static_cast<char>(random());
        break;
      case 3:
        s.insert(at, s.substr(at, random() % 64));
        break;
      case 4:
        s.insert(at, 1 + random() % 40, s.empty() ? '.' : s[random() % s.size()]);
        break;
      default:
        s.insert(at, s.substr(0, random() % 200));
        break;
    }
  }
  if (s.size() > kLongestInput) s.resize(kLongestInput);
  return s;
}

}  // namespace

int main(int argc, char** argv) {
  long runs = 2000;
  std::vector<std::string> seeds(std::begin(kSeeds), std::end(kSeeds));
  seeds[3] = std::string(
      "\xFF\xFE"
      "a\0b\0\n\0",
      8);
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument.substr(0, 7) == "--runs=") {
      runs = std::atol(argv[i] + 7);
      continue;
    }
    std::ifstream file(argv[i], std::ios::binary);
    if (!file) {
      std::fprintf(stderr, "fuzz_driver: cannot read %s\n", argv[i]);
      return 1;
    }
    seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  for (const std::string& seed : seeds) Run(seed);
  std::mt19937 random(20260101);
  for (long k = 0; k < runs; ++k) {
    const size_t seed = random() % seeds.size();
    std::string mutated = Mutate(seeds[seed], random);
    Run(mutated);
    // What was mutated is sometimes mutated further, so that changes add up.
    if (random() % 16 == 0) seeds.push_back(std::move(mutated));
    if (seeds.size() > 400) seeds.erase(seeds.begin() + static_cast<std::ptrdiff_t>(random() % 300));
  }
  std::printf("%zu seeds, %ld mutations: no law broken\n", seeds.size(), runs);
  return 0;
}
