// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Prints the features of every candidate cell of the training texts, for fit_models.py.
//
//   dump_features [--model=MODEL] pairs DIR...        one line a cell: dir, left, right, pair features
//   dump_features relations FILE...                   one line a row: relation, evidence of the single pair
//   dump_features [--model=MODEL] related DIR...      one line a gold cell of DIR/pairs.tsv: dir, relation, evidence
//
// With the directory of the embedding model the learnt features are among them; vectors are cached in --cache=DIR.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "engine/align/match_terms.h"
#include "engine/align/pair_features.h"
#include "engine/answers/answer_model.h"
#include "engine/base/status_macros.h"
#include "engine/describe/describe_statement.h"
#include "engine/embed/cached_embedder.h"
#include "engine/embed/model_embedder.h"
#include "engine/lexicon/builtin_lexicon.h"
#include "engine/relate/classify_relation.h"

namespace narrdiff {
namespace {

std::string ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

Language LanguageOf(std::string_view text) {
  int han = 0, letters = 0;
  for (const char c : text) {
    han += (static_cast<unsigned char>(c) & 0xF0) == 0xE0;
    letters += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
  return han * 2 > letters ? Language::kChinese : Language::kEnglish;
}

std::vector<SentenceInput> Lines(const std::string& text) {
  std::vector<SentenceInput> sentences;
  size_t begin = 0;
  while (begin < text.size()) {
    size_t end = text.find('\n', begin);
    if (end == std::string::npos) end = text.size();
    if (end > begin) {
      SentenceInput s;
      s.text = text;
      s.span = {static_cast<int32_t>(begin), static_cast<int32_t>(end)};
      s.language = LanguageOf(s.span.Of(text));
      sentences.push_back(s);
    }
    begin = end + 1;
  }
  return sentences;
}

template <typename Vector>
void PrintVector(const Vector& v) {
  for (const float x : v) std::printf("\t%.5g", static_cast<double>(x));
  std::printf("\n");
}

struct Statements {
  Sides<std::string> text;
  Sides<DescribedStatement> described;
  std::vector<PairCell> cells;
};

// What gives learnt features; both null without a model.
struct Learnt {
  std::shared_ptr<const Embedder> embedder;
  std::optional<AnswerModel> model;

  std::optional<AnswerScores> Score(const Sides<DescribedStatement>& described) const {
    if (embedder == nullptr) return std::nullopt;
    Sides<std::vector<Embedding>> vectors;
    for (const Side side : kBothSides) {
      std::vector<std::string> texts;
      std::vector<int32_t> begins;  // of the sentences in them
      for (const DescribedSentence& s : described[side].sentences) {
        texts.push_back(AnswerText(described[side].party, s.input.span.Of(s.input.text)));
        begins.push_back(static_cast<int32_t>(texts.back().size()) - s.input.span.length());
      }
      EmbedOptions options;
      options.tokens = true;
      const std::vector<std::string_view> views(texts.begin(), texts.end());
      absl::StatusOr<std::vector<Embedding>> embedded = embedder->Embed(views, options);
      if (!embedded.ok()) {
        std::fprintf(stderr, "dump_features: %s\n", std::string(embedded.status().message()).c_str());
        std::exit(1);
      }
      vectors[side] = *std::move(embedded);
      for (size_t s = 0; s < texts.size(); ++s) DropTokensBefore(begins[s], vectors[side][s]);
    }
    return model->Score({vectors.left, vectors.right});
  }
};

// Parties are given: training texts say who speaks, as the engine guesses from the text it is given.
Statements Load(std::string left, std::string right, const Lexicon& lexicon, const Learnt& learnt) {
  Statements s;
  s.text = {std::move(left), std::move(right)};
  s.described.left = DescribeStatement(Lines(s.text.left), "US", "China", lexicon);
  s.described.right = DescribeStatement(Lines(s.text.right), "China", "US", lexicon);
  const TermMatcher matcher({BuiltinDictionary()});
  const std::optional<AnswerScores> answers = learnt.Score(s.described);
  s.cells = ComputePairFeatures({&s.described.left, &s.described.right}, matcher, lexicon,
                                answers.has_value() ? &*answers : nullptr);
  return s;
}

const PairCell* CellAt(const std::vector<PairCell>& cells, int32_t i, int32_t j) {
  for (const PairCell& cell : cells) {
    if (cell.left == i && cell.right == j) return &cell;
  }
  return nullptr;
}

int Main(const std::string& what, const std::vector<std::string>& paths, const Learnt& learnt) {
  const Lexicon& lexicon = *BuiltinLexicon();
  std::printf("#");
  if (what == "pairs") {
    for (int k = 0; k < kPairFeatureCount; ++k) {
      std::printf("\t%s", std::string(PairFeatureName(static_cast<PairFeature>(k))).c_str());
    }
  } else {
    for (int k = 0; k < kEvidenceKindCount; ++k) {
      std::printf("\t%s", std::string(EvidenceName(static_cast<EvidenceKind>(k))).c_str());
    }
  }
  std::printf("\n");
  for (const std::string& path : paths) {
    if (what == "relations") {
      for (const auto line : absl::StrSplit(ReadFile(path), '\n')) {
        const std::vector<std::string> cells = absl::StrSplit(line, '\t');
        if (cells.size() < 5 || cells[0] == "none") continue;
        const Statements s = Load(cells[3], cells[4], lexicon, learnt);
        if (s.cells.empty()) continue;
        std::printf("%s\t%s", path.c_str(), cells[0].c_str());
        PrintVector(ToVector(
            FindEvidence(s.described.left.sentences[0], s.described.right.sentences[0], s.cells[0].value, lexicon)));
      }
      continue;
    }
    const Statements s = Load(ReadFile(path + "/left.sent"), ReadFile(path + "/right.sent"), lexicon, learnt);
    if (what == "pairs") {
      for (const PairCell& cell : s.cells) {
        std::printf("%s\t%d\t%d", path.c_str(), cell.left, cell.right);
        PrintVector(cell.value);
      }
      continue;
    }
    for (const auto line : absl::StrSplit(ReadFile(path + "/pairs.tsv"), '\n')) {
      const std::vector<std::string> cells = absl::StrSplit(line, '\t');
      if (cells.size() < 3) continue;
      for (const auto a : absl::StrSplit(cells[0], ',')) {
        for (const auto b : absl::StrSplit(cells[1], ',')) {
          int32_t i, j;
          if (!absl::SimpleAtoi(a, &i) || !absl::SimpleAtoi(b, &j)) continue;
          const PairCell* cell = CellAt(s.cells, i, j);
          if (cell == nullptr) continue;
          std::printf("%s\t%s", path.c_str(), cells[2].c_str());
          PrintVector(
              ToVector(FindEvidence(s.described.left.sentences[static_cast<size_t>(i)],
                                    s.described.right.sentences[static_cast<size_t>(j)], cell->value, lexicon)));
        }
      }
    }
  }
  return 0;
}

absl::StatusOr<Learnt> OpenLearnt(const std::string& directory, const std::string& cache) {
  Learnt learnt;
  if (directory.empty()) return learnt;
  ModelOptions options;
  options.directory = directory;
  options.adapter = AnswerAdapter();
  NARRDIFF_ASSIGN_OR_RETURN(learnt.embedder, OpenModelEmbedder(options));
  if (!cache.empty()) {
    CacheOptions cache_options;
    cache_options.folder = cache;
    NARRDIFF_ASSIGN_OR_RETURN(learnt.embedder, MakeCachedEmbedder(learnt.embedder, cache_options));
  }
  NARRDIFF_ASSIGN_OR_RETURN(learnt.model, AnswerModel::Builtin());
  return learnt;
}

}  // namespace
}  // namespace narrdiff

int main(int argc, char** argv) {
  std::vector<std::string> arguments(argv + 1, argv + argc);
  std::string model, cache;
  for (auto at = arguments.begin(); at != arguments.end();) {
    if (at->rfind("--model=", 0) == 0) {
      model = at->substr(8);
    } else if (at->rfind("--cache=", 0) == 0) {
      cache = at->substr(8);
    } else {
      ++at;
      continue;
    }
    at = arguments.erase(at);
  }
  if (arguments.size() < 2) {
    std::fprintf(stderr, "usage: dump_features [--model=DIR] [--cache=DIR] pairs|relations|related PATH...\n");
    return 2;
  }
  absl::StatusOr<narrdiff::Learnt> learnt = narrdiff::OpenLearnt(model, cache);
  if (!learnt.ok()) {
    std::fprintf(stderr, "dump_features: %s\n", std::string(learnt.status().message()).c_str());
    return 1;
  }
  return narrdiff::Main(arguments[0], {arguments.begin() + 1, arguments.end()}, *learnt);
}
