// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/relate/diff_words.h"

#include <string>
#include <vector>

#include "engine/testing/described_text.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

// "kind:left words/right words" of every difference.
std::vector<std::string> Told(const DescribedText& left, const DescribedText& right) {
  static const char* const kNames[] = {"?",    "changed", "left", "right",    "number",
                                       "date", "name",    "term", "negation", "strength"};
  const auto evidence = FindEvidence(left.sentence(0), right.sentence(0), PairFeatureVector{}, *BuiltinLexicon());
  std::vector<std::string> out;
  for (const WordDiff& d : DiffWords(left.sentence(0), right.sentence(0), MarksOf(evidence))) {
    out.push_back(std::string(kNames[static_cast<int>(d.kind)]) + ":" + std::string(d.left.Of(left.text())) + "/" +
                  std::string(d.right.Of(right.text())));
  }
  return out;
}

TEST(DiffWords, Cases) {
  const struct {
    const char *name, *left, *right;
    std::vector<std::string> want;
  } kCases[] = {
      {"a number", "They met for 75 minutes.", "They met for 57 minutes.", {"number:75 minutes/57 minutes"}},
      {"a word", "The vessel left the reef early.", "The vessel left the shoal early.", {"changed:reef/shoal"}},
      {"added words", "The talks were useful.", "The talks were useful and very long.", {"right:/and very long"}},
      {"the same", "The talks were useful.", "The talks were useful.", {}},
      {"inflection is no difference", "The vessel approaches.", "The vessels approached.", {}},
      {"other wording is not marked word by word", "Ships sailed home.", "Our people want peace and quiet.", {}},
      {"empty", "!", "?", {}},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(Told(DescribedText(c.left, "US", "China"), DescribedText(c.right, "China", "US")), c.want) << c.name;
  }
}

TEST(DiffWords, MirrorsTies) {
  const DescribedText a("alpha beta gamma alpha beta", "US", "China"), b("beta alpha gamma beta alpha", "China", "US");
  const auto there = DiffWords(a.sentence(0), b.sentence(0), {});
  const auto back = DiffWords(b.sentence(0), a.sentence(0), {});
  ASSERT_EQ(there.size(), back.size());
  for (const WordDiff& d : there) {
    bool found = false;
    for (const WordDiff& e : back) found |= d.left == e.right && d.right == e.left;
    EXPECT_TRUE(found);
  }
}

}  // namespace
}  // namespace narrdiff
