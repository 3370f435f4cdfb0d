// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/segment/segment_sentences.h"

#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/utf8.h"
#include "engine/lexicon/builtin_lexicon.h"
#include "engine/read/read_document.h"
#include "engine/segment/find_enumeration.h"
#include "engine/segment/segment_rule.h"
#include "engine/segment/segment_words.h"
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

// The places that rules kept together: the word before each, and the rule.
std::string KeptIn(std::string_view text) {
  Document doc;
  doc.text = std::string(text);
  Block block;
  block.span = {0, static_cast<int32_t>(text.size())};
  doc.blocks.push_back(block);
  SegmentOptions options;
  options.explain = true;
  const Sentences sentences = SegmentSentences(doc, *BuiltinLexicon(), options);
  EXPECT_EQ(BrokenSentenceLaw(doc, sentences), "") << text;
  std::string out;
  for (const KeptPlace& kept : sentences.kept) {
    std::string_view before = text.substr(0, static_cast<size_t>(kept.at));
    while (!before.empty() && before.back() == ' ') before.remove_suffix(1);
    before.remove_prefix(before.rfind(' ') + 1);
    if (!out.empty()) out += ", ";
    out += std::string(before) + " " + std::string(NameOf(kept.rule));
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
  EXPECT_EQ(s.units[0].rule, SegmentRule::kStarter);
  EXPECT_EQ(s.units[1].rule, SegmentRule::kParagraph);
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

TEST(SegmentSentences, KeptPlacesNameTheirRule) {
  const struct {
    const char* text;
    const char* kept;
  } kCases[] = {
      {"Gen. Lai left. He is well.", "Gen. title"},
      {"The U.S. Senate voted.", "U.S. abbreviation"},
      {"Charles Q. Brine came.", "Q. initial"},
      {"Sec. 12 A applies.", "Sec. number"},
      {"It is Ott v. Roe.", "v. inner"},
      {"1. The first thing.", "1. list-mark"},
      {"See http://x.org/?Id for it.", "http://x.org/? address"},
      {"我们去看《摔跤吧！爸爸》好吗？", "我们去看《摔跤吧！ title-marks"},
      {"“Never again!” Mr. Hale said.", "again!” said-after-quote, Mr. title"},
      {"“谁在说谎？”他反问道。", "“谁在说谎？” said-after-quote"},
      {"这是“为什么？”的问题。", "这是“为什么？” bound-quote"},
      {"She works at Yahoo! in the office.", "Yahoo! small-follows"},
      {"It is at 38°. 5 N of it.", "38°. degree"},
      {"That (?) Is odd.", "(?) in-brackets"},
      {"It was . . . I overslept.", ". omission"},
      {"Use v3.Beta of it.", "v3. no-space"},
      {"We met. We left.", ""},
  };
  for (const auto& c : kCases) EXPECT_EQ(KeptIn(c.text), c.kept) << c.text;
}

TEST(SegmentSentences, ExplainCostsNothingElse) {
  const auto doc = ReadDocument("Gen. Lai left. He is well.", *BuiltinLexicon(), {});
  ASSERT_TRUE(doc.ok());
  EXPECT_TRUE(SegmentSentences(*doc, *BuiltinLexicon(), {}).kept.empty());
}

TEST(FindEnumeration, HeadsAndFalseMarks) {
  const SegmentWords words(*BuiltinLexicon());
  const struct {
    const char* sentence;
    int ordinal;
  } kCases[] = {
      {"Second, we object.", 2},
      {"Second Lady Ann Roe spoke.", 0},
      {"First, the facts.", 1},
      {"First we must talk.", 1},
      {"First I will answer.", 1},
      {"First of all, thank you.", 1},
      {"First – the facts.", 1},
      {"First Lady Ann Roe spoke.", 0},
      {"First came the tariffs.", 0},
      {"The first is clear.", 0},
      {"Firstly the tariffs must go.", 1},
      {"“Thirdly, nobody asked us.", 3},
      {"Third: the border.", 3},
      {"Third-party sales fell.", 0},
      {"Third Fleet ships sailed.", 0},
      {"Tenth, it is late.", 10},
      {"And finally, on trade, we agree.", kLastOfEnumeration},
      {"Finally, on trade, we agree.", kLastOfEnumeration},
      {"Finally the ship left.", 0},
      {"1. The first thing.", 1},
      {"12) The rest.", 12},
      {"(2) The second thing.", 2},
      {"1.5 million people came.", 0},
      {"2031. It was late.", 0},
      {"(2031) It was late.", 0},
      {"12 people came.", 0},
      {"② 第二点", 2},
      {"第一，反对。", 1},
      {"第一次会谈结束。", 0},
      {"第一夫人来访。", 0},
      {"第二、停止。", 2},
      {"第三点建议是停火。", 3},
      {"其一，反对。", 1},
      {"其二是停止。", 2},
      {"一是坚持对话。", 1},
      {"一是一，二是二。", 0},
      {"首先，感谢各位。", 1},
      {"首先我要感谢各位。", 1},
      {"首先发言的是他。", 0},
      {"其次，停止。", 2},
      {"最后，我想强调一点。", kLastOfEnumeration},
      {"最后一艘船离开了。", 0},
      {"一、基本立场", 1},
      {"一、二线城市房价上涨。", 0},
      {"（三）加强合作。", 3},
      {"(四)加强合作。", 4},
      {"（5）加强合作。", 5},
      {"3、加强合作。", 3},
      {"3.加强合作。", 3},
      {"", 0},
  };
  for (const auto& c : kCases) EXPECT_EQ(FindEnumeration(c.sentence, words), c.ordinal) << c.sentence;
  const auto doc = ReadDocument("We ask for this. Second, go home. 3) Stay there.", *BuiltinLexicon(), {});
  ASSERT_TRUE(doc.ok());
  const Sentences s = SegmentSentences(*doc, *BuiltinLexicon(), {});
  ASSERT_EQ(s.units.size(), 3u);
  EXPECT_EQ(s.units[0].enumeration, 0);
  EXPECT_EQ(s.units[1].enumeration, 2);
  EXPECT_EQ(s.units[2].enumeration, 3);
}

// docs/formats.md has every rule in its order, with what it means.
TEST(SegmentRule, DocumentsListThemAll) {
  std::ifstream file("docs/formats.md");
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  ASSERT_FALSE(text.empty());
  size_t at = text.find("Rules that make a break:");
  for (int i = 1; i < kSegmentRules; ++i) {
    const auto rule = static_cast<SegmentRule>(i);
    const std::string row = "| `" + std::string(NameOf(rule)) + "` | " + std::string(MeaningOf(rule)) + " |\n";
    const size_t next = text.find(row, at);
    EXPECT_NE(next, std::string::npos) << row;
    if (next != std::string::npos) at = next;
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
