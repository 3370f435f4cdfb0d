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
  auto doc = ReadDocument(std::string(bytes), *BuiltinLexicon(), options);
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

TEST(ReadDocument, TurnsWithinLines) {
  const struct Case {
    const char* name;
    const char* text;
    const char* outline;
  } kCases[] = {
      {"turns in one paragraph", "MR HALE: We met. Thank you. QUESTION: Will you go? MR HALE: No.\nThat is all.\n",
       "turn <MR HALE> We met. Thank you.\nturn? <QUESTION> Will you go?\nturn <MR HALE> No.\npara <MR HALE> That is "
       "all.\n"},
      {"Chinese", "问：中方有何评论？答：中方坚决反对。\n", "turn? <问> 中方有何评论？\nturn <答> 中方坚决反对。\n"},
      {"wrapped",
       "MR HALE: We met the delegation this morning and spoke of fish. QUESTION:\nWill you go on with the talks after "
       "what was said of them today? MR HALE:\nThat is for others to say, and I will leave it to them to do so.\n"
       "QUESTION: And what of the fishing boats that were seen near the reef today?\n",
       "turn <MR HALE> We met the delegation this morning and spoke of fish.\nturn? <QUESTION> Will you go on with the "
       "talks after what was said of them today?\nturn <MR HALE> That is for others to say, and I will leave it to "
       "them "
       "to do so.\nturn? <QUESTION> And what of the fishing boats that were seen near the reef today?\n"},
      {"interpreter", "MINISTER WANG: (via interpreter) We met.\nQUESTION: When?\n",
       "turn <MINISTER WANG> We met.\nturn? <QUESTION> When?\n"},
      {"translation after the turn",
       "QUESTION: Will you meet soon?\n你们很快会见面吗？\nMR HALE: No. We will not.\n不会的。\n",
       "turn? <QUESTION> Will you meet soon?\npara? <QUESTION> 你们很快会见面吗？\nturn <MR HALE> No. We will "
       "not.\npara "
       "<MR HALE> 不会的。\n"},
      {"translation in the turn",
       "QUESTION: Will you meet soon? 你们很快会见面吗？\nMR HALE: We will not. 我们不会见面。\n",
       "turn? <QUESTION> Will you meet soon?\npara? <QUESTION> 你们很快会见面吗？\nturn <MR HALE> We will not.\npara "
       "<MR HALE> 我们不会见面。\n"},
      {"labels in both languages", "QUESTION: Will you meet soon? 问：你们很快会见面吗？ MR HALE: No. 答：不会。\n",
       "turn? <QUESTION> Will you meet soon?\nturn? <问> 你们很快会见面吗？\nturn <MR HALE> No.\nturn <MR HALE> "
       "不会。\n"},
      {"after the close",
       "QUESTION: Why?\nMR HALE: No.\nQUESTION: Thank you.\n(The briefing was concluded at noon.)\nCorrection: It was "
       "said earlier.\n",
       "turn? <QUESTION> Why?\nturn <MR HALE> No.\nturn? <QUESTION> Thank you.\nheading (The briefing was concluded at "
       "noon.)\npara Correction: It was said earlier.\n"},
      {"an answer without its label",
       "问：中方对此有何评论？\n答：没有评论。\n问：有关会谈是否还将如期举行？\n中方一贯主张通过对话协商妥善处理有关分"
       "歧，这一立场没有任何变化。\n"
       "问：还有呢？\n答：没有了。\n",
       "turn? <问> 中方对此有何评论？\nturn <答> 没有评论。\nturn? <问> 有关会谈是否还将如期举行？\npara <答> "
       "中方一贯主张通过对话协商妥善处理有关分歧，这一立场没有任何变化。\nturn? <问> 还有呢？\nturn <答> 没有了。\n"},
      {"a question in two paragraphs",
       "QUESTION: Will you meet them?\nAnd then I should like to hear of the fish that were caught near the reef this "
       "year.\nMR HALE: No.\n",
       "turn? <QUESTION> Will you meet them?\npara? <QUESTION> And then I should like to hear of the fish that were "
       "caught near the reef this year.\nturn <MR HALE> No.\n"},
  };
  for (const Case& c : kCases) {
    std::string outline = Outline(Read(c.text));
    for (char& ch : outline) ch = ch == '~' ? ' ' : ch;
    EXPECT_EQ(outline, c.outline) << c.name;
  }
}

TEST(ReadDocument, EachLanguageHasItsBlock) {
  const Document doc = Read(
      "We object to what was said on this matter. 我们对有关言论表示坚决反对，并已提出交涉。\n\nThat is all we have to "
      "say of "
      "it today.\n");
  ASSERT_EQ(doc.blocks.size(), 3u);
  EXPECT_EQ(doc.blocks[0].language, Language::kEnglish);
  EXPECT_EQ(doc.blocks[1].language, Language::kChinese);
  EXPECT_EQ(doc.blocks[2].language, Language::kEnglish);
}

TEST(ReadDocument, HeaderFacts) {
  const struct Case {
    const char* text;
    const char* speaker;
    const char* party;
    const char* office;
    const char* date;
  } kCases[] = {
      {"外交部发言人柯明哲就美驻华使馆涉渔业声明答记者问\n\n美方声明同事实不符"
       "。\n",
       "柯明哲", "China", "外交部", ""},
      {"外交部发言人就美国在南海的行动答记者问\n\n2031年3月5日星期三\n\n问：有何评论？\n答：中方坚决反对。\n", "",
       "China", "外交部", "2031-03-05"},
      {"外交部发言人就某国驻华大使言论答记者问\n\n问：有何评论？\n答：中方坚决反对。\n", "", "China", "外交部", ""},
      {"国防部新闻发言人柯明哲发表谈话\n\n中方坚决反对。\n", "柯明哲", "China", "国防部", ""},
      {"中国驻美国大使馆发言人就渔业问题答记者问\n\n来源：驻美使馆\n\n中方坚决反对。\n", "", "China",
       "中国驻美国大使馆", ""},
      {"美国大使馆关于非法捕捞问题的声明\n\n美国对此深表关切。\n", "", "US", "美国大使馆", ""},
      {"Remarks by Secretary Ruth Ansell on the Cable\n\nThe PRC must stop. "
       "Our allies and partners agree.\n",
       "Secretary Ruth Ansell", "US", "", ""},
      {"Secretary Ansell’s Call with the PRC Foreign Minister\n\nThe following "
       "is attributable to Spokesperson Ned Roe:\nThe Secretary raised the "
       "PRC’s conduct.\n",
       "Spokesperson Ned Roe", "US", "", ""},
      {"Secretary Ansell’s Travel to the Harbour\nMarch 5, 2031\nOffice of the Spokesperson\n\nThe Secretary will "
       "travel to the harbour. She will speak with the PRC there.\n",
       "", "US", "Office of the Spokesperson", "2031-03-05"},
      {"Statement by the Spokesperson on the Cable\n\nOffice of the Spokesperson\nTuesday, the 5th of March, "
       "2031\n\nThe PRC must stop. It must do so now.\n",
       "", "US", "Office of the Spokesperson", "2031-03-05"},
      {"Foreign Ministry Spokesperson Ke Mingzhe's Regular Press Conference on March 5, 2031\n\nAFP: What do you say "
       "to "
       "it?\nKe Mingzhe: China opposes it. The Chinese side has said so.\n",
       "Foreign Ministry Spokesperson Ke Mingzhe", "China", "Foreign Ministry", "2031-03-05"},
      {"Minister Ke's Remarks on the Cable\n\nThe US side must stop. China firmly opposes this.\n", "Minister Ke",
       "China", "", ""},
      {"Department Press Briefing – March 5, 2031\nThu, 06 Mar 2031 01:46:25 +0000\n\nNed Roe, Department "
       "Spokesperson\n\nMR ROE: Good afternoon.\nQUESTION: Why?\n",
       "Ned Roe", "US", "", "2031-03-05"},
      {"Fifth Anniversary of the Ruling of July 12, 2026\nJuly 11, 2031\n\nOffice of the Spokesperson\n\nFive years "
       "ago "
       "the PRC was told to stop. It did not.\n",
       "", "US", "Office of the Spokesperson", "2031-07-11"},
      {"Remarks by Under Secretary for Trade and Growth Ann Roe at the Harbour\n\nThe PRC must stop. It must do so "
       "now.\n",
       "Under Secretary for Trade and Growth Ann Roe", "US", "", ""},
      {"WASHINGTON, March 5, 2031 — The PRC must stop. Our allies and partners agree.\n", "", "US", "", "2031-03-05"},
      {"Statement by the Ministry of Foreign Affairs on the Cable\n\nThe US side must stop. China firmly opposes "
       "this.\n",
       "", "China", "Ministry of Foreign Affairs", ""},
      {"A Word on the Cable\n\nThe US side must stop. China firmly opposes "
       "this, and the Chinese side has said so.\n",
       "", "China", "", ""},
      {"A Word on the Weather\n\nIt rained. It will rain.\n", "", "", "", ""},
      {"Department Press Briefing\n\nQ: Will there be talks?\nA: There will be talks.\n", "", "US", "", ""},
      {"HARBOUR DEPARTMENT OPENS PIER\n\nIt opened at noon. It is long.\n", "", "", "", ""},
      {"Interview with the Harbour Times\n\nIt opened at noon. It is long.\n", "", "", "", ""},
  };
  for (const Case& c : kCases) {
    const Document doc = Read(c.text);
    EXPECT_EQ(doc.speaker, c.speaker) << c.text;
    EXPECT_EQ(doc.party, c.party) << c.text << doc.party_reason;
    EXPECT_EQ(doc.office, c.office) << c.text;
    EXPECT_EQ(doc.date, c.date) << c.text;
  }
}

TEST(ReadDocument, MarksOfBoldType) {
  const Document doc = Read(
      "**Press Briefing by Press Secretary Ann Roe**\n\n*March 5, 2031*\n\n**MS. ROE:** Good morning, "
      "everyone.\n\n**Q** "
      "Will he travel?\n\n**MS. ROE:** He will. In May.\n\n**Q** Thank you.\n\nEND 11:05 A.M. EST\n");
  EXPECT_EQ(
      Outline(doc),
      "title **Press Briefing by Press Secretary Ann Roe**\ndate *March 5, 2031*\nturn <MS. ROE> Good morning, "
      "everyone.\nturn? <Q> Will he travel?\nturn <MS. ROE> He will. In May.\nturn? <Q> Thank you.\nfurniture END "
      "11:05 A.M. EST\n");
  EXPECT_EQ(doc.title, "Press Briefing by Press Secretary Ann Roe");
  EXPECT_EQ(doc.speaker, "Press Secretary Ann Roe");
  EXPECT_EQ(doc.date, "2031-03-05");
}

TEST(ReadDocument, SignaturesAreNoSentences) {
  EXPECT_EQ(
      Outline(Read("Statement on the Kite\n\nWe object to the kite. It must go.\n\nSigned by the ministers of the "
                   "following:\nNorland\nAnn Roe, Minister of Kites\nSudland\nJan Doe, Minister of Air\n")),
      "title Statement on the Kite\npara We object to the kite. It must go.\nheading Signed by the ministers of the "
      "following:\nheading Norland\nheading Ann Roe, Minister of Kites\nheading Sudland\nheading Jan Doe, Minister "
      "of Air\n");
  EXPECT_EQ(
      Outline(Read("Statement on the Kite\n\nIt must go. The treaty signed by both says:\nno kites over the bay\nno "
                   "kites over the pier\n\nWe hold to it. So must they.\n")),
      "title Statement on the Kite\npara It must go. The treaty signed by both says:\npara no kites over the bay\n"
      "para no kites over the pier\npara We hold to it. So must they.\n");
}

TEST(ReadDocument, LinesAboveTheTitle) {
  const struct Case {
    const char* text;
    const char* title;
    const char* office;
  } kCases[] = {
      {"MEDIA NOTE\nOFFICE OF THE SPOKESPERSON\nMARCH 5, 2031\n\nNew Rules for the Harbour Ferries\n\nFrom October "
       "they "
       "will be slower. Nobody minds.\n",
       "New Rules for the Harbour Ferries", "OFFICE OF THE SPOKESPERSON"},
      {"Harbour Safety Agency\n\nFerries Ran Into the Pier at Noon\n\nMarch 6, 2031\n\nTwo of them did. Nobody was "
       "hurt.\n",
       "Ferries Ran Into the Pier at Noon", "Harbour Safety Agency"},
      {"Bureau of Harbour Policy\nPress Briefing by Under Secretary Ann Roe\nMarch 6, 2031\n\nMS ROE: Good afternoon.\n"
       "QUESTION: Why?\n",
       "Press Briefing by Under Secretary Ann Roe", "Bureau of Harbour Policy"},
      {"Office of the Spokesperson\nWashington, D.C.\nMarch 6, 2031\n\nTwo of them did. Nobody was hurt.\n",
       "Office of the Spokesperson", "Office of the Spokesperson"},
      {"水利部新闻发言人就河道问题发表谈话\n2031年3月5日\n河道通畅。没有问题。\n", "水利部新闻发言人就河道问题发表谈话",
       "水利部"},
      {"A Word on Conduct at the Agency\n\nIt rained. It will rain.\n", "A Word on Conduct at the Agency", ""},
  };
  for (const Case& c : kCases) {
    const Document doc = Read(c.text);
    EXPECT_EQ(doc.title, c.title) << c.text;
    EXPECT_EQ(doc.office, c.office) << c.text;
  }
}

TEST(ReadDocument, BoilerplateIsNoSentence) {
  EXPECT_EQ(
      Outline(Read("FOR IMMEDIATE RELEASE\n\nRelease on the Kite\n\nMarch 5, 2031\n\n(As prepared for "
                   "delivery)\n\nThe following is attributable to Spokesperson Ned Roe:\n\nThe kite crossed the "
                   "coast. It fell at noon.\n\nWe object.\n\n###\n")),
      "furniture FOR IMMEDIATE RELEASE\ntitle Release on the Kite\ndate March 5, 2031\nfurniture (As prepared for "
      "delivery)\nheading The following is attributable to Spokesperson Ned Roe:\npara The kite crossed the coast. "
      "It fell at noon.\npara We object.\nfurniture ###\n");
  EXPECT_EQ(Outline(Read("外交部发言人谈话\n\n全文如下：\n\n中方反对。有关做法是错误的。\n\n（完）\n")),
            "title 外交部发言人谈话\nheading 全文如下：\npara 中方反对。有关做法是错误的。\nfurniture （完）\n");
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

TEST(ReadDocument, OtherLanguagesAreNamed) {
  const struct Case {
    const char* text;
    const char* tag;
  } kCases[] = {
      {"Le gouvernement a annoncé hier que les discussions avec les autorités chinoises reprendraient la semaine "
       "prochaine à Genève, sans autre précision.",
       "fr"},
      {"Die Regierung hat gestern erklärt, dass die Gespräche mit den chinesischen Behörden in der nächsten Woche "
       "fortgesetzt werden sollen.",
       "de"},
      {"Правительство сообщило, что переговоры с китайскими властями возобновятся на следующей неделе.", "ru"},
      {"政府は昨日、中国当局との協議が来週ジュネーブで再開されると発表しました。", "ja"},
      {"정부는 어제 중국 당국과의 협의가 다음 주 제네바에서 재개될 것이라고 발표했다.", "ko"},
      {"The government said yesterday that talks with the Chinese authorities will go on next week.", "en"},
      {"發言人說，我們對這個問題的態度沒有變化，將繼續維護國家主權。", "zh-Hant"},
  };
  for (const Case& c : kCases) {
    const Document doc = Read(c.text);
    EXPECT_EQ(doc.language_tag, c.tag) << c.text;
    EXPECT_EQ(doc.blocks[0].language_tag, c.tag) << c.text;
  }
}

// Each turn is followed by its translation: a named language chooses.
TEST(ReadDocument, BilingualTranscripts) {
  const std::string text =
      "QUESTION: Will the talks on the harbour go on next week?\n"
      "问：港口会谈下周是否继续？\n"
      "MS LIN: Yes, the talks will go on, and both sides will send their experts.\n"
      "林女士：会谈将继续，双方都将派出专家参加。\n"
      "QUESTION: Where will they be held, and who will come?\n"
      "问：会谈在哪里举行，谁来参加？\n"
      "MS LIN: In Geneva, and the ministers of both sides will come.\n"
      "林女士：在日内瓦举行，双方部长将与会。\n";
  const auto languages = [](const Document& doc) {
    std::string out;
    for (const Block& block : doc.blocks) {
      if (block.kind != BlockKind::kFurniture) out += block.language == Language::kEnglish ? 'e' : 'c';
    }
    return out;
  };
  const Document both = Read(text);
  EXPECT_EQ(languages(both), "ecececec");
  ASSERT_EQ(both.issues.size(), 1u);
  EXPECT_EQ(both.issues[0].code, "bilingual");
  ReadOptions options;
  options.language = Language::kEnglish;
  EXPECT_EQ(languages(Read(text, options)), "eeee");
  options.language = Language::kChinese;
  const Document chinese = Read(text, options);
  EXPECT_EQ(languages(chinese), "cccc");
  EXPECT_EQ(chinese.language, Language::kChinese);
  EXPECT_TRUE(chinese.issues.empty());
}

}  // namespace
}  // namespace narrdiff
