// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// docs/relations.md is the specification of the relations, and this test
// executes it: every block fenced as ```relation is a pair of sentences with
// the relation that a careful reader gives it and the evidence that must be
// found. Under the heading "Not reached yet" `relation:` is what is wanted and
// `today:` what the engine says; there the test fails when the wanted relation
// comes out, so that the example is moved to where it belongs.
//
//   bazel test //docs:relations_test
//   bazel test //docs:relations_test --test_arg=--gtest_filter='*/Line120' the
//   example that starts at line 120
#include <algorithm>
#include <cstdint>
#include <fstream>
#include <map>
#include <ostream>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "engine/align/match_terms.h"
#include "engine/align/pair_features.h"
#include "engine/base/linear_model.h"
#include "engine/base/sides.h"
#include "engine/lexicon/builtin_lexicon.h"
#include "engine/relate/classify_relation.h"
#include "engine/testing/described_text.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

constexpr char kDocument[] = "docs/relations.md";
constexpr size_t kFirstRelation = 1, kLastRelation = 6;  // agree ... respond
constexpr size_t kLeastExamples = 40;

struct Example {
  int line = 0;  // of the fence
  Sides<std::string> party, text;
  std::string relation;               // wanted
  std::string today;                  // of those not reached; else empty
  std::vector<std::string> evidence;  // that must be found
  bool reached = true;                // stands outside of "Not reached yet"

  std::string Place() const { return absl::StrCat(kDocument, ":", line); }
  friend void PrintTo(const Example& e, std::ostream* out) {
    *out << e.Place() << ": " << e.text.left << " / " << e.text.right;
  }
};

struct Specification {
  std::vector<Example> examples;
  std::vector<std::string> problems;  // lines that are not of the form
};

std::string Trimmed(std::string_view s) {
  while (!s.empty() && s.front() == ' ') s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '\r')) s.remove_suffix(1);
  return std::string(s);
}

std::set<std::string> RelationIds() {
  std::set<std::string> ids;
  for (size_t r = kFirstRelation; r <= kLastRelation; ++r) ids.emplace(RelationId(static_cast<Relation>(r)));
  return ids;
}

std::set<std::string> EvidenceIds() {
  std::set<std::string> ids;
  for (int k = 0; k < kEvidenceKindCount; ++k) ids.emplace(EvidenceName(static_cast<EvidenceKind>(k)));
  return ids;
}

// Takes one `key: value` line of an example. Returns what is wrong with it, or
// nothing.
std::string TakeLine(const std::string& line, Example& example) {
  const size_t colon = line.find(": ");
  if (colon == std::string::npos) return "is not KEY: VALUE";
  std::string key = line.substr(0, colon);
  const std::string value = Trimmed(line.substr(colon + 2));
  std::string party;
  if (const size_t open = key.find(" ("); open != std::string::npos && key.back() == ')') {
    party = key.substr(open + 2, key.size() - open - 3);
    key.resize(open);
  }
  for (const Side side : kBothSides) {
    if (key != SideName(side)) continue;
    example.party[side] = party;
    example.text[side] = value;
    return "";
  }
  if (key == "relation" || key == "today") {
    if (RelationIds().count(value) == 0) return absl::StrCat("\"", value, "\" is no relation");
    (key == "relation" ? example.relation : example.today) = value;
    return "";
  }
  if (key == "evidence") {
    std::stringstream list(value);
    for (std::string kind; std::getline(list, kind, ',');) {
      kind = Trimmed(kind);
      if (EvidenceIds().count(kind) == 0) return absl::StrCat("\"", kind, "\" is no kind of evidence");
      example.evidence.push_back(kind);
    }
    return "";
  }
  return absl::StrCat("\"", key, "\" is not one of left, right, relation, evidence, today");
}

std::string Missing(const Example& example) {
  if (example.text.left.empty() || example.text.right.empty()) return "needs left and right";
  if (example.relation.empty()) return "needs relation";
  if (example.reached && !example.today.empty()) return "has today, which belongs under \"Not reached yet\"";
  if (!example.reached && example.today.empty()) return "needs today: what the engine says now";
  return "";
}

Specification ReadSpecification() {
  Specification found;
  std::ifstream in(kDocument);
  bool inside = false, reached = true;
  Example example;
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    const auto problem = [&](const std::string& what) {
      if (!what.empty()) found.problems.push_back(absl::StrCat(kDocument, ":", number, ": ", what));
    };
    if (!inside && line.rfind("## ", 0) == 0) reached = line != "## Not reached yet";
    if (!inside && line == "```relation") {
      inside = true;
      example = Example();
      example.line = number;
      example.reached = reached;
    } else if (inside && line == "```") {
      inside = false;
      problem(Missing(example));
      found.examples.push_back(example);
    } else if (inside) {
      problem(TakeLine(line, example));
    }
  }
  if (inside) found.problems.push_back(absl::StrCat(example.Place(), ": the block is not closed"));
  return found;
}

struct Answer {
  RelatedPair related;
  std::string scores;  // of all relations, for messages
};

// Rungs 4 to 6 for the single pair of sentences.
Answer Ask(const Example& example) {
  static const RelationModel* const model = new RelationModel(RelationModel::Builtin(Similarity::kLexical).value());
  static const TermMatcher* const matcher = new TermMatcher({BuiltinDictionary()});
  const Lexicon& lexicon = *BuiltinLexicon();
  const DescribedText left(example.text.left, example.party.left, example.party.right);
  const DescribedText right(example.text.right, example.party.right, example.party.left);
  const std::vector<PairCell> cells =
      ComputePairFeatures({&left.statement(), &right.statement()}, *matcher, lexicon, nullptr);
  Answer answer;
  if (cells.size() != 1) return answer;
  answer.related = ClassifyRelation(left.sentence(0), right.sentence(0), cells[0].value, lexicon, *model);

  const EvidenceVector vector = ToVector(answer.related.evidence);
  std::vector<double> scores;
  for (size_t r = 0; r <= kLastRelation - kFirstRelation; ++r) scores.push_back(model->linear().Score(r, vector));
  const std::vector<double> p = Softmax(scores);
  for (size_t r = 0; r < p.size(); ++r) {
    const std::string name(RelationId(static_cast<Relation>(r + kFirstRelation)));
    absl::StrAppend(&answer.scores, r == 0 ? "" : "  ", absl::StrFormat("%s %.2f", name, p[r]));
  }
  // Strongest for the chosen relation first; the words in a reason show what a
  // rule took for evidence.
  answer.scores += "\n  evidence found:";
  for (const Evidence& e : answer.related.evidence) {
    if (e.kind == EvidenceKind::kBias) continue;
    absl::StrAppend(
        &answer.scores, "\n    ",
        absl::StrFormat("%-22s strength %.2f, weight %+.2f  ", std::string(EvidenceName(e.kind)), e.strength, e.weight),
        e.reason);
  }
  return answer;
}

bool Found(const RelatedPair& related, const std::string& kind) {
  return std::any_of(related.evidence.begin(), related.evidence.end(),
                     [&](const Evidence& e) { return EvidenceName(e.kind) == kind; });
}

class RelationsTest : public testing::TestWithParam<Example> {};

TEST_P(RelationsTest, IsAsTheDocumentSays) {
  const Example& example = GetParam();
  const Answer answer = Ask(example);
  const std::string given(RelationId(answer.related.relation));
  const std::string told =
      absl::StrCat("\n  left:  ", example.text.left, "\n  right: ", example.text.right, "\n  scores: ", answer.scores);
  if (example.reached) {
    EXPECT_EQ(given, example.relation) << example.Place() << ": wanted " << example.relation << ", got " << given
                                       << told;
  } else if (given == example.relation) {
    ADD_FAILURE() << example.Place() << ": now right: move it up" << told;
  } else {
    EXPECT_EQ(given, example.today) << example.Place() << ": write today: " << given << told;
  }
  for (const std::string& kind : example.evidence) {
    EXPECT_TRUE(Found(answer.related, kind)) << example.Place() << ": " << kind << " is not among the evidence" << told;
  }
}

// The relation does not hang on which statement comes first.
TEST_P(RelationsTest, IsTheSameMirrored) {
  Example mirrored = GetParam();
  const Answer answer = Ask(mirrored);
  mirrored.party = mirrored.party.Swapped();
  mirrored.text = mirrored.text.Swapped();
  EXPECT_EQ(RelationId(Ask(mirrored).related.relation), RelationId(answer.related.relation))
      << mirrored.Place() << ": another relation with the sides exchanged";
}

INSTANTIATE_TEST_SUITE_P(Specification, RelationsTest, testing::ValuesIn(ReadSpecification().examples),
                         [](const testing::TestParamInfo<Example>& info) {
                           return absl::StrCat("Line", info.param.line);
                         });

TEST(SpecificationTest, IsWellFormed) {
  const Specification specification = ReadSpecification();
  for (const std::string& problem : specification.problems) ADD_FAILURE() << problem;
  EXPECT_GE(specification.examples.size(), kLeastExamples) << "is " << kDocument << " there?";
}

TEST(SpecificationTest, HasAnExampleOfEveryRelation) {
  std::set<std::string> missing = RelationIds();
  for (const Example& example : ReadSpecification().examples) {
    if (example.reached) missing.erase(example.relation);
  }
  for (const std::string& relation : missing) ADD_FAILURE() << "no example of " << relation << " that is reached";
}

TEST(SpecificationTest, HasAnExampleOfEveryKindOfEvidence) {
  std::set<std::string> missing = EvidenceIds();
  missing.erase("bias");  // is always there and says nothing of a pair
  for (const Example& example : ReadSpecification().examples) {
    for (const std::string& kind : example.evidence) missing.erase(kind);
  }
  // The learnt model's readings have no words to show, and are not there without vectors.
  for (auto kind = missing.begin(); kind != missing.end();) {
    kind = kind->rfind("reads-", 0) == 0 ? missing.erase(kind) : std::next(kind);
  }
  for (const std::string& kind : missing) ADD_FAILURE() << "no example names the evidence " << kind;
}

}  // namespace
}  // namespace narrdiff
