// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/segment/segment_sentences.h"

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/utf8.h"
#include "engine/lexicon/builtin_lexicon.h"
#include "engine/read/read_document.h"
#include "engine/testing/document_laws.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

// The text as one paragraph, cut; the parts joined by " | ".
std::string Cut(std::string_view text) {
  Document doc;
  doc.text = std::string(text);
  Block block;
  block.span = {0, static_cast<int32_t>(text.size())};
  doc.blocks.push_back(block);
  const Sentences sentences = SegmentSentences(doc, *BuiltinLexicon(), {});
  EXPECT_EQ(BrokenSentenceLaw(doc, sentences), "") << text;
  std::string out;
  for (const Sentence& s : sentences.units) {
    if (!out.empty()) out += " | ";
    out += std::string(s.span.Of(doc.text));
  }
  return out;
}

// Each case is given cut; the bars go away to make the input. "|" between Han
// characters stands for a break without space.
struct Case {
  const char* rule;
  const char* cut;
};

std::string WithoutBars(std::string_view cut) {
  std::string out;
  for (size_t i = 0; i < cut.size(); ++i) {
    if (cut.substr(i, 3) == " | ") {
      out += ' ';
      i += 2;
    } else {
      out += cut[i];
    }
  }
  return out;
}

std::string Glued(std::string_view cut) {
  std::string out;
  for (size_t i = 0; i < cut.size(); ++i) {
    if (cut.substr(i, 3) == " | ") {
      i += 2;
    } else {
      out += cut[i];
    }
  }
  return out;
}

TEST(SegmentSentences, ApiExamples) {
  const std::string text = "Gen. Lai met Mr. Stroud at 3 p.m. in Washington, D.C. They talked.";
  const auto doc = ReadDocument(text, *BuiltinLexicon(), {});
  ASSERT_TRUE(doc.ok());
  const Sentences s = SegmentSentences(*doc, *BuiltinLexicon(), {});
  ASSERT_EQ(s.units.size(), 2u);
  EXPECT_EQ(s.units[0].span.Of(doc->text), "Gen. Lai met Mr. Stroud at 3 p.m. in Washington, D.C.");
  EXPECT_EQ(s.units[0].rule, "starter");
  EXPECT_EQ(s.units[1].rule, "paragraph");
}

TEST(SegmentSentences, English) {
  const Case kCases[] = {
      {"plain", "We met. | We talked! | Did it help?"},
      {"titles",
       "Lt. Gen. Ida Moss and Adm. Sam J. Paz spoke to Amb. Roe. | Then Sen. "
       "Ott left."},
      {"initials", "J. D. Vale and Charles Q. Brine came. | Nobody else did."},
      {"I ends", "It was he and I. | Did you see Albert I. Jones?"},
      {"may end", "He lives in the U.S. | He likes it there."},
      {"may end, name follows", "The U.S. Senate voted. | The U.N. Charter stands."},
      {"firms",
       "Acme Corp. built it with Orion Co., Ltd. of Japan. | Bolt Inc. | The "
       "firm denies it."},
      {"weak starter", "The U.S. Seventh Fleet sailed. | The U.S. Under Secretary spoke."},
      {"before digits", "See No. 12, Art. 4 and Sec. 301 of it. | It is clear."},
      {"no is a word", "The answer is no. | We will not comment."},
      {"months", "On Oct. 7, 2031, it began. | On Aug. 4 it ended."},
      {"inner", "It is Ott v. Roe, i.e. Ott vs. Roe, e.g. in court. | He lost."},
      {"hour, then a name", "Two passes were made at 12:17 and 12:21 p.m. | Salvage teams came."},
      {"hour, then its zone",
       "He spoke at 10:30 a.m. EDT and at 6 p.m. Beijing time on the matter at "
       "hand."},
      {"hour, then a day", "The two sides will meet again at 6 p.m. Friday in Geneva."},
      {"hour at the head", "At 5 a.m. Mr. Ott left."},
      {"quoted question", "\"Do we agree?\" he asked. | \"We do not.\""},
      {"said after a name", "“Never again!” Mr. Hale said. | He left."},
      {"quoted sentence", "She said, “This is wrong. | We oppose it.” | He left."},
      {"exclaimed name", "She works at Yahoo! in the office."},
      {"parenthesis", "He teaches (he was a nurse before.) at night."},
      {"footnotes", "It rose.[17] | It fell.[18][19] | It rose [20] again."},
      {"footnote after a space", "It rose. [17] | It fell."},
      {"address",
       "See https://www.example.org/?Id=4.Main and Jane.Doe@example.org for "
       "it. | Thanks."},
      {"figures", "It cost $4.50 or 1.5 percent. | 12 people paid."},
      {"dots", "I never meant that... | She left."},
      {"dots inside", "I was ... well, late . . . I overslept."},
      {"omission", "“He [...] came.” | She left."},
      {"no vowel", "It cost Rs. 50 at Sgts. Hill. | He paid."},
      {"list, then text", "1. The first thing happened. | 2. The second did."},
      {"list in a row", "1) The first item | 2) The second item | 3) The third item"},
      {"letters in a row", "a. The first item | b. The second item"},
      {"no list", "We ask for (1) calm, (2) talks and (3) time."},
      {"bullets", "• 9. The first item | • 10. The second item"},
      {"semicolons", "We object; they do not: so be it – as ever."},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(Cut(WithoutBars(c.cut)), c.cut) << c.rule;
  }
}

TEST(SegmentSentences, TextsInSmallLetters) {
  EXPECT_EQ(Cut("the food was fine. the waiter was not. we left? it was late."),
            "the food was fine. | the waiter was not. | we left? | it was late.");
  // One such place is no habit.
  EXPECT_EQ(Cut("The food was fine. the waiter was not. We left."),
            "The food was fine. the waiter was not. | We left.");
}

TEST(SegmentSentences, WithoutSpaces) {
  const Case kCases[] = {
      {"missing space", "It works. | Neither does that."},
      {"missing space before a title", "It was Tuesday. | Mr. Ott came."},
      {"Chinese", "中方反对。 | 美方应停止。 | 为什么？ | 不知道！"},
      {"closing quote", "他说：“中方反对。” | 双方结束会谈。"},
      {"opening quote", "会谈结束。 | “中方反对。” | 他走了。"},
      {"opening book mark", "会谈结束。 | 《公报》发表了。"},
      {"corner quotes", "發言人說：「我們反對。」 | 會議結束。"},
      {"straight quotes", "他说：\"中方反对。\" | 双方结束会谈。 | \"为什么？\" | 没人开口。"},
      {"closing for opening", "会谈结束。 | ”我们反对，”他表示，“不会改变。”"},
      {"asked after", "“谁在说谎？”他反问道。 | 会场沉默。"},
      {"bound to the clause", "这是“为什么？”的问题。 | 不是别的。"},
      {"name of a film", "我们去看《摔跤吧！爸爸》好吗？ | 好！"},
      {"two marks", "这是真的吗？！ | 当然不是。"},
      {"decimal", "达6.5万亿元，增长3.2%。 | 好消息。"},
      {"ASCII period", "中方反对. | 美方应停止."},
      {"Western initial", "约翰·F.肯尼迪来过。 | J.D.万斯没有。"},
      {"address", "详见www.example.gov.cn。 | 谢谢。"},
      {"ellipsis inside", "他说的……其实不重要。 | 会议结束。"},
      {"ellipsis before a subject", "这个问题…… | 我们以后再谈。"},
      {"brackets", "中方反对。 | （完）"},
      {"footnote", "中方反对。[3] | 美方应停止。"},
      {"semicolons", "中方反对；美方应停止：不能再拖——就这样。"},
  };
  for (const Case& c : kCases) EXPECT_EQ(Cut(Glued(c.cut)), c.cut) << c.rule;
}

TEST(SegmentSentences, WidthlessCharacters) {
  EXPECT_EQ(Cut("He knows it. \xE2\x81\xA6The keys\xE2\x81\xA9 "
                "came.\xE2\x80\x8C Its end."),
            "He knows it. | \xE2\x81\xA6The keys\xE2\x81\xA9 came.\xE2\x80\x8C "
            "| Its end.");
  EXPECT_EQ(Cut("It is one. \xCC\x81"
                "A mark is first."),
            "It is one. | \xCC\x81"
            "A mark is first.");
}

TEST(SegmentSentences, WrappedLines) {
  const auto wrapped = ReadDocument(
      "A frigate cut across the bow of the ship\nat a distance of forty yards. "
      "No warning\nhad been given beforehand by Capt. Mary\nRoe or by anybody "
      "else on its bridge on\nthat morning.\n",
      *BuiltinLexicon(), {});
  ASSERT_TRUE(wrapped.ok());
  const Sentences s = SegmentSentences(*wrapped, *BuiltinLexicon(), {});
  EXPECT_EQ(BrokenSentenceLaw(*wrapped, s), "");
  ASSERT_EQ(s.units.size(), 2u);
  EXPECT_EQ(s.units[0].span.Of(wrapped->text),
            "A frigate cut across the bow of the ship\nat a distance of forty "
            "yards.");
}

TEST(SegmentSentences, KindsFollowTheBlocks) {
  const auto doc = ReadDocument(
      "Home | News\n\nOn the Kite\n\nMay 4, 2030\n\nMR HALE: It fell. It "
      "did.\nQUESTION: Why?\n",
      *BuiltinLexicon(), {});
  ASSERT_TRUE(doc.ok());
  const Sentences s = SegmentSentences(*doc, *BuiltinLexicon(), {});
  std::vector<SentenceKind> kinds;
  for (const Sentence& unit : s.units) kinds.push_back(unit.kind);
  const std::vector<SentenceKind> want = {SentenceKind::kFurniture, SentenceKind::kHeading,   SentenceKind::kHeading,
                                          SentenceKind::kStatement, SentenceKind::kStatement, SentenceKind::kQuestion};
  EXPECT_EQ(kinds, want);
}

TEST(SegmentSentences, Presegmented) {
  ReadOptions read;
  read.presegmented = true;
  const auto doc = ReadDocument("It fell. It did.\nWhy? Nobody knows.\n", *BuiltinLexicon(), read);
  ASSERT_TRUE(doc.ok());
  SegmentOptions options;
  options.presegmented = true;
  EXPECT_EQ(SegmentSentences(*doc, *BuiltinLexicon(), options).units.size(), 2u);
}

TEST(SegmentSentences, HostileSizes) {
  std::string lists, quotes, dots, titles;
  for (int i = 0; i < 20000; ++i) {
    lists += "1) Item 2. ";
    quotes += "。”“\"x";
    dots += ". 5 ";
    titles += "《a！b。";
  }
  EXPECT_EQ(Cut(std::string(1 << 20, 'a')).size(), size_t{1} << 20);
  for (const char* mark : {".", "!", "?", "。", "…", "\"", "•", ")", "[1]", "……我", " "}) {
    std::string text;
    while (text.size() < 100000) text += mark;
    Cut(text);
    Cut("A" + text);
  }
  Cut(lists);
  Cut(quotes);
  Cut(dots);
  Cut(titles);
}

TEST(SegmentSentences, LawsHoldOnRandomText) {
  const std::vector<std::string> kPieces = {"a",        "The",
                                            " ",        "  ",
                                            ". ",       ".",
                                            "。",       "？",
                                            "！",       "”",
                                            "“",        "\"",
                                            "'",        "(",
                                            ")",        "[3]",
                                            "《",       "》",
                                            "1.",       "2)",
                                            "Mr",       "U.S",
                                            "p.m",      "……",
                                            "…",        "•",
                                            "我们",     "中",
                                            "说",       "http://x.y/?A",
                                            "X",        "\xE2\x80\x8B",
                                            "\xCC\x81", "\xE2\x81\xA6",
                                            "😀",        "1",
                                            "\t",       "　",
                                            "$",        "¹"};
  std::mt19937 random(5);
  for (int run = 0; run < 3000; ++run) {
    std::string text;
    const unsigned length = 1 + random() % 40;
    for (unsigned k = 0; k < length; ++k) text += kPieces[random() % kPieces.size()];
    const auto doc = ReadDocument(text, *BuiltinLexicon(), {});
    ASSERT_TRUE(doc.ok());
    EXPECT_EQ(BrokenSentenceLaw(*doc, SegmentSentences(*doc, *BuiltinLexicon(), {})), "") << text;
  }
}

}  // namespace
}  // namespace narrdiff
