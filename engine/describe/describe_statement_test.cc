// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/describe/describe_statement.h"

#include <string>

#include "engine/lexicon/builtin_lexicon.h"
#include "engine/testing/described_text.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

const char* Name(Role role) {
  static const char* const kNames[] = {"nobody", "self", "other", "vague", "third"};
  return kNames[static_cast<int>(role)];
}

// "actor type target", "not" in front where negated, of the first act of a class; empty when there is none.
std::string Told(const DescribedText& text, const std::string& type) {
  for (const ActMention& act : text.sentence(0).acts) {
    if (BuiltinLexicon()->entry(act.entry).act_type != type) continue;
    return std::string(act.negated ? "not " : "") + Name(act.actor) + " " + type + " " + Name(act.target);
  }
  return "";
}

TEST(DescribeStatement, ActsHaveActorTargetAndPolarity) {
  const struct {
    const char *name, *party, *text, *type, *want;
  } kCases[] = {
      {"active", "US", "China hacked the United States.", "cyber", "other cyber self"},
      {"the same from the other side", "China", "China hacked the United States.", "cyber", "self cyber other"},
      {"passive", "US", "The United States was hacked by China.", "cyber", "other cyber self"},
      {"negated", "China", "China never hacked the United States.", "cyber", "not self cyber other"},
      {"negation does not reach into the next clause", "China", "China does not lie, and the US hacked our servers.",
       "cyber", "other cyber self"},
      {"we", "US", "We sanctioned two PRC companies.", "sanction", "self sanction other"},
      {"who condemns a deed does not do it", "US", "The United States condemns the cyberattack.", "cyber",
       "nobody cyber nobody"},
      {"Chinese, bei", "China", "中国被美国攻击。", "attack", "other attack self"},
      {"Chinese, dui", "China", "中方对美国企业实施制裁。", "sanction", "self sanction other"},
  };
  for (const auto& c : kCases) {
    const std::string other = std::string(c.party) == "US" ? "China" : "US";
    const DescribedText text(c.text, c.party, other);
    EXPECT_EQ(Told(text, c.type), c.want) << c.name;
  }
}

TEST(DescribeStatement, CuesInsidePhrasesDoNotNegate) {
  const DescribedText text("The claim does not hold water.", "China", "US");
  EXPECT_TRUE(text.sentence(0).Has(Cue::kReject));
}

TEST(DescribeStatement, IssuesAreCarriedToNeighbours) {
  const DescribedText text("The tariffs on steel will rise in March.\nThat is all there is to it.", "US", "China");
  ASSERT_FALSE(text.sentence(0).issues.empty());
  EXPECT_EQ(BuiltinLexicon()->issue_ids()[static_cast<size_t>(text.sentence(0).issues[0].first)], "trade");
  ASSERT_FALSE(text.sentence(1).context_issues.empty());
  EXPECT_EQ(text.sentence(1).context_issues[0].first, text.sentence(0).issues[0].first);
}

TEST(DescribeStatement, NamesOfOneThingAreOneEntry) {
  const DescribedText english("Second Thomas Shoal is calm.", "US", "China"), chinese("仁爱礁平静。", "China", "US");
  ASSERT_FALSE(english.sentence(0).names.empty());
  EXPECT_EQ(english.sentence(0).names, chinese.sentence(0).names);
}

TEST(DescribeStatement, UnnamedCountriesAreTakenForTheOtherSide) {
  const DescribedText text("Certain countries keep stirring up trouble.", "China", "US");
  EXPECT_TRUE(text.sentence(0).Speaks(Role::kVague));
}

TEST(GuessParty, ByWording) {
  const struct {
    const char *text, *want;
  } kCases[] = {
      {"The US side should stop its hegemonic bullying and unilateralism. 中方坚决反对长臂管辖。", "China"},
      {"The PRC's coercion threatens the rules-based order and freedom of navigation. We stand with our allies and "
       "partners.",
       "US"},
      {"The weather was fine.", ""},
  };
  for (const auto& c : kCases) {
    SentenceInput sentence;
    sentence.text = c.text;
    sentence.span = {0, static_cast<int32_t>(sentence.text.size())};
    const PartyGuess guess = GuessParty({sentence}, *BuiltinLexicon());
    EXPECT_EQ(guess.party, c.want) << c.text;
    EXPECT_EQ(guess.reason.empty(), guess.party.empty());
  }
}

}  // namespace
}  // namespace narrdiff
