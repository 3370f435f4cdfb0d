// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/read_document.h"

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "engine/base/utf8.h"
#include "engine/lexicon/builtin_lexicon.h"
#include "engine/testing/document_laws.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

Document Read(std::string_view bytes, const ReadOptions& options = {}) {
  auto doc = ReadDocument(bytes, *BuiltinLexicon(), options);
  EXPECT_TRUE(doc.ok()) << doc.status();
  if (!doc.ok()) return {};
  EXPECT_EQ(BrokenDocumentLaw(*doc), "") << bytes.substr(0, 400);
  return *std::move(doc);
}

// One line a block: its kind, "?" for a question, speaker, text.
std::string Outline(const Document& doc) {
  static constexpr const char* kKinds[] = {"title", "date", "heading", "para", "turn", "furniture"};
  std::string out;
  for (const Block& block : doc.blocks) {
    out += kKinds[static_cast<int>(block.kind)];
    if (block.question) out += "?";
    if (!block.speaker.empty()) out += " <" + block.speaker + ">";
    std::string text(block.span.Of(doc.text));
    for (char& c : text) {
      if (c == '\n' || c == '\r') c = '~';
    }
    out += " " + text + "\n";
  }
  return out;
}

TEST(ReadDocument, ApiExamples) {
  const Document doc = Read("Statement on the Cable\n\nMarch 5, 2031\n\nWe object. We do.\n");
  EXPECT_EQ(doc.blocks[0].kind, BlockKind::kTitle);
  EXPECT_EQ(doc.title, "Statement on the Cable");
  EXPECT_EQ(doc.date, "2031-03-05");
}

TEST(ReadDocument, StatementInWrappedLines) {
  const Document doc = Read(
      "Statement on an Unsafe Maneuver\n\nMarch 5, 2031\n\n"
      "A frigate cut across the bow of the ship\nat a distance of forty yards. "
      "No warning\nhad been given by anybody on its bridge.\n\n"
      "We object to this most firmly, and we do\nnot stand alone in that.\n");
  EXPECT_EQ(Outline(doc),
            "title Statement on an Unsafe Maneuver\n"
            "date March 5, 2031\n"
            "para A frigate cut across the bow of the ship~at a distance of "
            "forty yards. No warning~had been given by anybody on its bridge.\n"
            "para We object to this most firmly, and we do~not stand alone in "
            "that.\n");
  EXPECT_TRUE(doc.wrapped);
}

TEST(ReadDocument, Briefing) {
  const Document doc = Read(
      "Department Press Briefing – July 18, 2029\nWed, 18 Jul 2029 23:46:25 "
      "+0000\n\n"
      "Martin Hale, Department Spokesperson\nWashington, D.C.\n2:15 p.m. EDT\n"
      "MR HALE:  Good afternoon.  I have one thing.\nWe object to the "
      "intrusion.\n"
      "QUESTION:  Can you say more?\nAnd when?\n"
      "MR HALE:  No.\n(The briefing was concluded at 3:14 p.m.)\n");
  EXPECT_EQ(Outline(doc),
            "title Department Press Briefing – July 18, 2029\n"
            "date Wed, 18 Jul 2029 23:46:25 +0000\n"
            "heading Martin Hale, Department Spokesperson\n"
            "heading Washington, D.C.\n"
            "heading 2:15 p.m. EDT\n"
            "turn <MR HALE> Good afternoon.  I have one thing.\n"
            "para <MR HALE> We object to the intrusion.\n"
            "turn? <QUESTION> Can you say more?\n"
            "para? <QUESTION> And when?\n"
            "turn <MR HALE> No.\n"
            "heading (The briefing was concluded at 3:14 p.m.)\n");
  EXPECT_EQ(doc.blocks[5].label.Of(doc.text), "MR HALE:");
  EXPECT_EQ(doc.speaker, "Martin Hale");
  EXPECT_EQ(doc.date, "2029-07-18");
  EXPECT_EQ(doc.party, "US");
}

TEST(ReadDocument, ChinesePressConference) {
  const Document doc = Read(
      "2030年3月13日外交部发言人沈若曦主持例行记者会\n\n\n\t\t\n　　首先我宣布"
      "一个消息。\n"
      "　　问：中方对此有何评论？ \n　　答：中方坚决反对。 "
      "\n　　我们已提出交涉。\n　　新华社记者：第二个问题。\n　　追问：为什么？"
      "\n　　\n");
  EXPECT_EQ(Outline(doc),
            "title 2030年3月13日外交部发言人沈若曦主持例行记者会\n"
            "para 首先我宣布一个消息。\n"
            "turn? <问> 中方对此有何评论？\n"
            "turn <沈若曦> 中方坚决反对。\n"
            "para <沈若曦> 我们已提出交涉。\n"
            "turn? <新华社记者> 第二个问题。\n"
            "turn? <追问> 为什么？\n");
  EXPECT_EQ(doc.date, "2030-03-13");
  EXPECT_EQ(doc.party, "China");
  EXPECT_FALSE(doc.party_reason.empty());
  EXPECT_EQ(doc.language, Language::kChinese);
}

TEST(ReadDocument, LabelForms) {
  const struct Case {
    const char* name;
    const char* text;
    const char* outline;
  } kCases[] = {
      {"letters with a colon", "Q: Will he come?\nA: He will.\n", "turn? <Q> Will he come?\nturn <A> He will.\n"},
      {"letters with a period", "Q. Will he come?\nA. He will.\nQ. When?\n",
       "turn? <Q> Will he come?\nturn <A> He will.\nturn? <Q> When?\n"},
      {"brackets", "【问】为什么？\n【答】不知道。\n", "turn? <问> 为什么？\nturn <答> 不知道。\n"},
      {"half-width colon", "问:为什么？\n答:不知道。\n", "turn? <问> 为什么？\nturn <答> 不知道。\n"},
      {"names that come again",
       "Wang Lin: We object to that, and firmly.\nJohn Roe: Why do you object "
       "to it?\nWang Lin: It is not so at all.\nJohn Roe: Is that all you can "
       "say?\n",
       "turn <Wang Lin> We object to that, and firmly.\nturn? <John Roe> Why "
       "do you object to it?\n"
       "turn <Wang Lin> It is not so at all.\nturn? <John Roe> Is that all you "
       "can say?\n"},
      {"Chinese names that come again", "记者：为什么？\n沈若曦：中方反对。\n记者：还有呢？\n沈若曦：没有了。\n",
       "turn? <记者> 为什么？\nturn <沈若曦> 中方反对。\nturn? <记者> "
       "还有呢？\nturn <沈若曦> 没有了。\n"},
      {"role in brackets", "MS O'DAY (via interpreter): We agree on that.\nMR McCOY: Good.\n",
       "turn <MS O'DAY> We agree on that.\nturn <MR McCOY> Good.\n"},
      {"label on its own line", "MR HALE:\n\nWe object.\n\nQUESTION:\n\nWhy?\n",
       "turn <MR HALE> We object.\nturn? <QUESTION> Why?\n"},
      {"no label: a clause", "I will say this: we object.\nAnd one more thing: we do.\n",
       "para I will say this: we object.\npara And one more thing: we do.\n"},
      {"no label: a time", "10:30 was the hour. It was late.\n", "para 10:30 was the hour. It was late.\n"},
      {"no label: mail header", "From: Ruth\nSubject: Talks\n\nDear all, we met. It was good.\n",
       "title From: Ruth\nheading Subject: Talks\npara Dear all, we met. It "
       "was good.\n"},
      {"no label: Chinese clause", "我要强调：中方反对。\n据报道：情况如此。\n",
       "para 我要强调：中方反对。\npara 据报道：情况如此。\n"},
  };
  for (const Case& c : kCases) EXPECT_EQ(Outline(Read(c.text)), c.outline) << c.name;
}

TEST(ReadDocument, Furniture) {
  const Document doc = Read(
      "Home | News | Releases | Contact\nShare: E-mail · Print · Copy "
      "link\n\nRelease on the Kite\n\nAug. 11, 2032\n\n"
      "The kite crossed the coast. Share this with nobody, please.\n\n- 3 "
      "-\n\nIt fell at noon.\n\n"
      "Related stories\nKite Seen over Bay\n\nPrivacy policy | Accessibility | "
      "© Office of Public Affairs\n");
  EXPECT_EQ(Outline(doc),
            "furniture Home | News | Releases | Contact\n"
            "furniture Share: E-mail · Print · Copy link\n"
            "title Release on the Kite\n"
            "date Aug. 11, 2032\n"
            "para The kite crossed the coast. Share this with nobody, please.\n"
            "furniture - 3 -\n"
            "para It fell at noon.\n"
            "furniture Related stories\n"
            "furniture Kite Seen over Bay\n"
            "furniture Privacy policy | Accessibility | © Office of Public "
            "Affairs\n");
  EXPECT_EQ(Outline(Read("首页 > 新闻发布 > "
                         "谈话\n\n发言人谈话\n\n2031年6月4日\n\n中方反对。分享"
                         "是美德。\n\n【打印】【关闭】\n")),
            "furniture 首页 > 新闻发布 > 谈话\ntitle 发言人谈话\ndate "
            "2031年6月4日\npara 中方反对。分享是美德。\nfurniture "
            "【打印】【关闭】\n");
}

TEST(ReadDocument, HeadingsStandApart) {
  EXPECT_EQ(Outline(Read("Statement\n\nWe met. It was good.\n\nExport controls\n\nThey were "
                         "raised. Nothing came of it.\n\n一、关于台湾\n\n中方反对。\n")),
            "title Statement\npara We met. It was good.\nheading Export "
            "controls\npara They were raised. Nothing came of it.\n"
            "heading 一、关于台湾\npara 中方反对。\n");
  // Where hardly a line ends like a sentence, nothing is called a heading.
  EXPECT_EQ(Outline(Read("we met\n\nit was good\n\nthey went\n\nwe stayed "
                         "on.\n\nnothing more\n\nbye\n")),
            "para we met\npara it was good\npara they went\npara we stayed "
            "on.\npara nothing more\npara bye\n");
}

TEST(ReadDocument, Languages) {
  const Document mixed = Read(
      "We object to what was said on the "
      "matter.\n中方对此表示坚决反对，并已提出交涉。\n");
  EXPECT_EQ(mixed.blocks[0].language, Language::kEnglish);
  EXPECT_EQ(mixed.blocks[1].language, Language::kChinese);
  EXPECT_EQ(Read("發言人說，我們對這個問題的態度沒有變化。").language, Language::kChineseTraditional);
  EXPECT_EQ(Read("Die Regierung hat gestern mitgeteilt, dass sie den Vertrag "
                 "nicht verlängern wird und neue Gespräche wünscht.")
                .language,
            Language::kOther);
  EXPECT_EQ(Read("Правительство сообщило о решении.").language, Language::kOther);
  ReadOptions forced;
  forced.language = Language::kChinese;
  EXPECT_EQ(Read("We object.", forced).blocks[0].language, Language::kChinese);
}

TEST(ReadDocument, HeaderFacts) {
  const struct Case {
    const char* text;
    const char* speaker;
    const char* party;
  } kCases[] = {
      {"外交部发言人柯明哲就美驻华使馆涉渔业声明答记者问\n\n美方声明同事实不符"
       "。\n",
       "柯明哲", "China"},
      {"美国大使馆关于非法捕捞问题的声明\n\n美国对此深表关切。\n", "", "US"},
      {"Remarks by Secretary Ruth Ansell on the Cable\n\nThe PRC must stop. "
       "Our allies and partners agree.\n",
       "Secretary Ruth Ansell", "US"},
      {"Secretary Ansell’s Call with the PRC Foreign Minister\n\nThe following "
       "is attributable to Spokesperson Ned Roe:\nThe Secretary raised the "
       "PRC’s conduct.\n",
       "Spokesperson Ned Roe", "US"},
      {"A Word on the Cable\n\nThe US side must stop. China firmly opposes "
       "this, and the Chinese side has said so.\n",
       "", "China"},
      {"A Word on the Weather\n\nIt rained. It will rain.\n", "", ""},
  };
  for (const Case& c : kCases) {
    const Document doc = Read(c.text);
    EXPECT_EQ(doc.speaker, c.speaker) << c.text;
    EXPECT_EQ(doc.party, c.party) << c.text << doc.party_reason;
  }
}

TEST(ReadDocument, Presegmented) {
  ReadOptions options;
  options.presegmented = true;
  const Document doc = Read("A title\n\nMR HALE: We object.\nHome | News\n", options);
  EXPECT_EQ(Outline(doc), "para A title\npara MR HALE: We object.\npara Home | News\n");
}

TEST(ReadDocument, EmptyInputIsAnIssue) {
  for (const char* text : {"", " \n\t\n", "\xEF\xBB\xBF", "　　\xC2\xA0\xE2\x80\x8B"}) {
    const Document doc = Read(text);
    EXPECT_TRUE(doc.blocks.empty());
    ASSERT_EQ(doc.issues.size(), 1u);
    EXPECT_EQ(doc.issues[0].code, "empty-input");
  }
}

TEST(ReadDocument, LineLimit) {
  ReadOptions options;
  options.limits.max_sentences = 10;
  std::string text;
  for (int i = 0; i < 161; ++i) text += "a\n";
  EXPECT_EQ(ReadDocument(text, *BuiltinLexicon(), options).status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_TRUE(ReadDocument(text.substr(0, 300), *BuiltinLexicon(), options).ok());
}

TEST(ReadDocument, HostileSizes) {
  std::string labels, menus, blanks;
  for (int i = 0; i < 20000; ++i) {
    labels += "MR A:\n";
    menus += "| ";
    blanks += "\n 　\r";
  }
  Read(std::string(1 << 20, 'a'));
  Read(std::string(100000, '.'));
  Read(labels);
  Read(menus);
  Read(blanks);
  Read(std::string(100000, '('));
  Read("年" + std::string(50000, '1') + "年月日");
  Read(std::string(50000, ':'));
}

TEST(ReadDocument, LawsHoldOnRandomText) {
  const std::vector<std::string> kPieces = {"a",
                                            "Word",
                                            " ",
                                            "  ",
                                            "\n",
                                            "\n\n",
                                            "\r",
                                            "\r\n",
                                            ". ",
                                            "。",
                                            "：",
                                            ": ",
                                            "MR HALE:",
                                            "QUESTION:",
                                            "问：",
                                            "答：",
                                            "　　",
                                            "\t",
                                            "2031年6月4日",
                                            "May 4, 2030",
                                            "Home",
                                            "|",
                                            "•",
                                            "(Laughter.)",
                                            "【打印】",
                                            "中方",
                                            "\xE2\x80\x8B",
                                            "\xEF\xBB\xBF",
                                            "\xE2\x80\xA8",
                                            "”",
                                            "“",
                                            "©",
                                            "Share this",
                                            "[17]",
                                            "\xCC\x81",
                                            "😀"};
  std::mt19937 random(7);
  for (int run = 0; run < 2000; ++run) {
    std::string text;
    const unsigned length = random() % 60;
    for (unsigned k = 0; k < length; ++k) text += kPieces[random() % kPieces.size()];
    Read(text);
  }
}

TEST(ReadDocument, RandomBytesNeverCrash) {
  std::mt19937 random(11);
  for (int run = 0; run < 3000; ++run) {
    std::string bytes(random() % 200, '\0');
    const unsigned range = run % 3 == 0 ? 256 : run % 3 == 1 ? 128 : 64;
    for (char& c : bytes) c = static_cast<char>(random() % range);
    const auto doc = ReadDocument(bytes, *BuiltinLexicon(), {});
    if (doc.ok()) {
      EXPECT_EQ(BrokenDocumentLaw(*doc), "");
    } else {
      EXPECT_EQ(doc.status().code(), absl::StatusCode::kInvalidArgument);
    }
  }
}

}  // namespace
}  // namespace narrdiff
