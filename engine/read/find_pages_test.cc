// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/find_pages.h"

#include <string>
#include <vector>

#include "engine/lexicon/builtin_lexicon.h"
#include "engine/read/read_document.h"
#include "engine/testing/document_laws.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

Document Read(const std::string& text) {
  auto doc = ReadDocument(text, *BuiltinLexicon(), {});
  EXPECT_TRUE(doc.ok()) << doc.status();
  EXPECT_EQ(BrokenDocumentLaw(*doc), "");
  return *doc;
}

// The sentences as they read, one a line, page furniture in brackets.
std::string Reading(const std::string& text) {
  const Document doc = Read(text);
  const Sentences sentences = SegmentSentences(doc, *BuiltinLexicon(), {});
  EXPECT_EQ(BrokenSentenceLaw(doc, sentences), "");
  std::string out;
  for (const Sentence& s : sentences.units) {
    std::string words;
    std::string shown(s.span.Of(doc.ReadingText()));
    // A line end after a hyphen that stays has no room for an invisible character.
    for (const Skipped& skipped : doc.skipped) {
      const int32_t at = skipped.span.begin - s.span.begin;
      if (skipped.span.length() == 1 && at >= 0 && at < s.span.length()) shown[static_cast<size_t>(at)] = '\r';
    }
    for (const char c : shown) {
      if (c == '\r') continue;
      const bool space = c == ' ' || c == '\n' || c == '\f';
      if (!space) words += c;
      if (space && !words.empty() && words.back() != ' ') words += ' ';
    }
    for (const std::string hidden : {"\xC2\xAD", "\xE2\x81\xA0"}) {
      for (size_t at = words.find(hidden); at != std::string::npos; at = words.find(hidden))
        words.erase(at, hidden.size());
    }
    out += s.kind == SentenceKind::kFurniture ? "[" + words + "]\n" : words + "\n";
  }
  return out;
}

TEST(FindPages, ApiExamples) {
  const ReadWords words(*BuiltinLexicon());
  const std::string text = "The ships were sighted for the first time in the South\n\n- 2 -\n\nChina Sea.";
  const Pages pages = SplitPages(text, FindLines(text), words);
  ASSERT_EQ(pages.body.size(), 2u);
  ASSERT_EQ(pages.furniture.size(), 1u);
  EXPECT_TRUE(pages.goes_on[1]);
  EXPECT_FALSE(pages.printed);
}

TEST(FindPages, NumbersInTheMiddleOfSentences) {
  const struct Case {
    const char* name;
    const char* text;
    const char* want;
  } kCases[] = {
      {"a bare number",
       "We have told them so many times that the patrols in these waters\n\n12\n\nwill go on.\nNobody can stop them.",
       "We have told them so many times that the patrols in these waters will go on.\nNobody can stop them.\n"},
      {"a page of pages",
       "The two sides agreed that the working group would meet every month in\nPage 3 of 9\nthe capital. It did.",
       "The two sides agreed that the working group would meet every month in the capital.\nIt did.\n"},
      {"Chinese",
       "中方强调，任何国家都无权干涉别国内政，有关做法严重违反国际法和国际关\n第 3 页\n系基本准则。中方坚决反对。",
       "中方强调，任何国家都无权干涉别国内政，有关做法严重违反国际法和国际关 系基本准则。\n中方坚决反对。\n"},
      {"after a full stop it is furniture of its own",
       "We told them so. The patrols in these waters will go on.\n12\nNobody can stop them.",
       "We told them so.\nThe patrols in these waters will go on.\n[12]\nNobody can stop them.\n"},
      {"an item of a list stays", "The numbers drawn were\n12\nand nothing else.",
       "The numbers drawn were\n[12]\nand nothing else.\n"},
  };
  for (const Case& c : kCases) EXPECT_EQ(Reading(c.text), c.want) << c.name;
}

TEST(FindPages, HeadsAndFeetOfPrintedPages) {
  const std::string text =
      "Joint Statement on the Coastal Patrols\n\n"
      "The coast guard counted nineteen patrols this year and has asked the\n"
      "other side to explain them. No answer came, and so the govern-\n"
      "ment has sent a note which the ministry of the other side has not ac-\n"
      "\f"
      "Joint Statement on the Coastal Patrols\n"
      "2\n\n"
      "cepted until today. The government regrets this.\n\n"
      "It asks for a cross-border hotline, and the cross-\n"
      "border hotline is to be open at all hours of the day and of the night\n"
      "\f"
      "Joint Statement on the Coastal Patrols\n"
      "3\n\n"
      "from next month on.\n\f";
  EXPECT_EQ(
      Reading(text),
      "Joint Statement on the Coastal Patrols\n"
      "The coast guard counted nineteen patrols this year and has asked the other side to explain them.\n"
      "No answer came, and so the government has sent a note which the ministry of the other side has not accepted "
      "until today.\n"
      "The government regrets this.\n"
      "It asks for a cross-border hotline, and the cross-border hotline is to be open at all hours of the day and of "
      "the night from next month on.\n");
}

TEST(FindPages, HyphensOfPlainWrappingStay) {
  const std::string text =
      "The captain of the ship has reported a near-\n"
      "collision with a vessel that was not marked, and the\n"
      "owners of both have asked the coast guard to explain\n"
      "what happened on that night.\n";
  const Document doc = Read(text);
  ASSERT_EQ(doc.blocks.size(), 1u);
  ASSERT_EQ(doc.skipped.size(), 1u);
  EXPECT_EQ(doc.skipped[0].span.Of(text), "\n");
  EXPECT_TRUE(doc.skipped[0].within_word);
}

TEST(FindPages, TextsWithoutPagesAreLeftAlone) {
  const Document doc = Read("One line.\n\nAnother line.\n");
  EXPECT_TRUE(doc.reading.empty());
  EXPECT_EQ(doc.ReadingText(), doc.text);
}

}  // namespace
}  // namespace narrdiff
