// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Build-time tool: compiles lexicon files into C++ source that defines the blocks of builtin_lexicon_data.h.
//
//   lexicon_compiler names.textproto acts.textproto ... > builtin_lexicon_data.cc
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/lexicon/compile_lexicon.h"
#include "engine/lexicon/dictionary.h"

namespace narrdiff {
namespace {

// Defines kBuiltin<name>Data and kBuiltin<name>Size.
void PrintBlock(const char* name, const std::string& bytes) {
  std::printf("alignas(8) const char kBuiltin%sData[] =\n", name);
  for (size_t i = 0; i < bytes.size(); i += 64) {
    std::printf("\"");
    for (size_t k = i; k < i + 64 && k < bytes.size(); ++k) std::printf("\\%03o", static_cast<unsigned char>(bytes[k]));
    std::printf("\"\n");
  }
  std::printf(";\nconst size_t kBuiltin%sSize = %zu;\n", name, bytes.size());
}

// Each Chinese form of an entry with each of its English forms. Cues are left out: their forms are loosely alike, not
// translations of one another. So are word lists (tags and a weight of 0): theirs have nothing to do with each other.
std::string CompileOwnDictionary(const lexicon::Lexicon& source) {
  std::vector<std::pair<std::string_view, std::string_view>> pairs;
  for (const lexicon::Entry& entry : source.entry()) {
    const bool word_list = entry.tag_size() > 0 && entry.has_weight() && entry.weight() == 0;
    if (word_list || (entry.cue_size() > 0 && !entry.has_act() && !entry.has_name())) continue;
    for (const std::string& zh : entry.zh()) {
      for (const std::string& en : entry.en()) pairs.emplace_back(zh, en);
    }
  }
  return CompilePairs(pairs);
}

}  // namespace
}  // namespace narrdiff

int main(int argc, char** argv) {
  narrdiff::lexicon::Lexicon source;
  for (int i = 1; i < argc; ++i) {
    std::ifstream in(argv[i], std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    if (!in) {
      std::fprintf(stderr, "lexicon_compiler: cannot read %s\n", argv[i]);
      return 2;
    }
    if (absl::Status status = narrdiff::ParseLexiconText(text.str(), argv[i], source); !status.ok()) {
      std::fprintf(stderr, "lexicon_compiler: %s\n", std::string(status.message()).c_str());
      return 2;
    }
  }
  const absl::StatusOr<std::string> bytes = narrdiff::CompileLexicon(source);
  if (!bytes.ok()) {
    std::fprintf(stderr, "lexicon_compiler: %s\n", std::string(bytes.status().message()).c_str());
    return 2;
  }
  std::printf("#include \"engine/lexicon/builtin_lexicon_data.h\"\n\nnamespace narrdiff {\n");
  narrdiff::PrintBlock("Lexicon", *bytes);
  narrdiff::PrintBlock("Dictionary", narrdiff::CompileOwnDictionary(source));
  std::printf("}  // namespace narrdiff\n");
  return 0;
}
