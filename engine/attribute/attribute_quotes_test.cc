// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/attribute/attribute_quotes.h"

#include <chrono>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/utf8.h"
#include "engine/lexicon/builtin_lexicon.h"
#include "engine/read/read_document.h"
#include "engine/segment/segment_sentences.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

// Paragraphs are parted by an empty line. No titles, so that a case is what it
// says.
Document Paragraphs(std::string_view text) {
  Document doc;
  doc.text = std::string(text);
  size_t begin = 0;
  while (begin < text.size()) {
    size_t end = text.find("\n\n", begin);
    if (end == std::string_view::npos) end = text.size();
    if (end > begin) {
      Block block;
      block.span = {static_cast<int32_t>(begin), static_cast<int32_t>(end)};
      doc.blocks.push_back(block);
    }
    begin = end + 2;
  }
  return doc;
}

std::vector<Attribution> Attribute(const Document& doc) {
  return AttributeQuotes(doc, SegmentSentences(doc, *BuiltinLexicon(), {}), *BuiltinLexicon());
}

// One line an attribution: "direct Wu (China) said: CONTENT"; children are set
// in by two spaces.
std::string Shown(std::string_view text) {
  const Document doc = Paragraphs(text);
  std::string out;
  const auto found = Attribute(doc);
  for (const Attribution& a : found) {
    for (int32_t p = a.parent; p >= 0; p = found[static_cast<size_t>(p)].parent) out += "  ";
    static constexpr const char* kKinds[] = {"direct", "indirect", "mixed"};
    out += std::string(kKinds[static_cast<int>(a.kind)]) + " " + a.speaker + " (" + a.party;
    if (!a.via.empty()) out += ", via " + a.via;
    out += ") " + std::string(a.cue.Of(doc.text)) + ": " + std::string(a.content.front().Of(doc.text)) + "\n";
  }
  return out;
}

// What breaks a law of attribute_quotes.h, or empty.
std::string BrokenLaw(const Document& doc, const std::vector<Attribution>& found) {
  const std::string_view text = doc.text;
  auto good = [&](Span s) {
    if (s.begin < 0 || s.end < s.begin || s.end > static_cast<int32_t>(text.size())) return false;
    for (const int32_t at : {s.begin, s.end}) {
      if (at < static_cast<int32_t>(text.size()) &&
          (static_cast<unsigned char>(text[static_cast<size_t>(at)]) & 0xC0) == 0x80)
        return false;
    }
    return true;
  };
  for (size_t i = 0; i < found.size(); ++i) {
    const Attribution& a = found[i];
    if (a.content.empty()) return "no content";
    for (const Span& s : a.content) {
      if (!good(s) || s.empty()) return "content out of the text";
    }
    if (!good(a.speaker_span) || !good(a.cue)) return "span out of the text";
    if (a.parent >= static_cast<int32_t>(i) || a.parent < -1) return "parent does not come first";
    if (a.parent >= 0) {
      const Span outer = found[static_cast<size_t>(a.parent)].content.front();
      if (!outer.Contains(a.content.front()) || outer == a.content.front()) return "parent does not hold its child";
    }
    if (a.party != "US" && a.party != "China" && a.party != "other") return "party " + a.party;
  }
  // Contents of one level are disjoint: the one before in the order suffices
  // per parent.
  std::vector<int32_t> end_of(found.size() + 1, 0);
  for (const Attribution& a : found) {
    int32_t& end = end_of[static_cast<size_t>(a.parent + 1)];
    if (a.content.front().begin < end) return "contents of one level overlap";
    end = a.content.front().end;
  }
  return "";
}

struct Case {
  const char* name;
  const char* text;
  const char* want;
};

std::string CaseName(const testing::TestParamInfo<Case>& info) { return info.param.name; }

class AttributeCase : public testing::TestWithParam<Case> {};
TEST_P(AttributeCase, IsAsExpected) { EXPECT_EQ(Shown(GetParam().text), GetParam().want); }

INSTANTIATE_TEST_SUITE_P(
    English, AttributeCase,
    testing::Values(
        Case{"SpeakerCueContent", "The Pentagon said the ship had left the area.",
             "indirect Pentagon (US) said: the ship had left the area\n"},
        Case{"That", "The Chinese embassy said on Monday that the report was false.",
             "indirect Chinese embassy (China) said: the report was false\n"},
        Case{"Inverted", "\"We saw nothing,\" said Ana Bell, a State Department official.",
             "direct Ana Bell (US) said: \"We saw nothing,\"\n"},
        Case{"InvertedWithoutQuotation",
             "The pier had been closed for repairs, said Mei Huaqing, a "
             "Chinese diplomat.",
             "indirect Mei Huaqing (China) said: The pier had been closed for "
             "repairs\n"},
        Case{"CueLast", "The fifth ship had gone, the Pentagon said.",
             "indirect Pentagon (US) said: The fifth ship had gone\n"},
        Case{"Interrupted", "\"I think,\" said Ana Bell, \"that we can do it.\"",
             "direct Ana Bell (other) said: \"I think,\"\ndirect Ana Bell "
             "(other) said: \"that we can do it.\"\n"},
        Case{"InterruptedIndirect", "Such talk, Ana Bell said, helps nobody.",
             "indirect Ana Bell (other) said: Such talk\nindirect Ana Bell "
             "(other) said: helps nobody\n"},
        Case{"GoesOnInNextSentence", "“It is late,” Ana Bell said. “We must go.”",
             "direct Ana Bell (other) said: “It is late,”\ndirect Ana Bell "
             "(other) said: “We must go.”\n"},
        Case{"GoesOnInNextParagraph", "\"It is late,\" Ana Bell said.\n\n\"We must go.\"",
             "direct Ana Bell (other) said: \"It is late,\"\ndirect Ana Bell "
             "(other) said: \"We must go.\"\n"},
        Case{"OpenQuotationOverParagraphs",
             "“It is late, Ana Bell said.\n\nThe Pentagon said it had no ships "
             "there.",
             "indirect Ana Bell (other) said: It is late\nindirect Pentagon "
             "(US) said: it had no ships there\n"},
        Case{"QuestionBeforeCue", "\"What is this?\" Ana Bell asked.",
             "direct Ana Bell (other) asked: \"What is this?\"\n"},
        Case{"SingleMarks", "'We don't know,' said Ana Bell. 'Nobody does.'",
             "direct Ana Bell (other) said: 'We don't know,'\ndirect Ana Bell "
             "(other) said: 'Nobody does.'\n"},
        Case{"DoubledApostrophes", "''We saw it,'' Ana Bell said.", "direct Ana Bell (other) said: ''We saw it,''\n"},
        Case{"Mixed", "Ana Bell said the plan was \"a joke\" and would fail.",
             "mixed Ana Bell (other) said: the plan was \"a joke\" and would "
             "fail\n"},
        Case{"ToldSomebody", "The US envoy told reporters in Geneva that talks would go on.",
             "indirect US envoy (US) told: talks would go on\n"},
        Case{"ToldStation", "Ana Bell told CNN that the army was ready.",
             "indirect Ana Bell (other, via CNN) told: the army was ready\n"},
        Case{"AccordingToFirst", "According to the Red Cross, 400 people fell ill.",
             "indirect Red Cross (other) According to: 400 people fell ill\n"},
        Case{"AccordingToLast", "Some 400 people fell ill, according to the Red Cross.",
             "indirect Red Cross (other) according to: Some 400 people fell "
             "ill\n"},
        Case{"InTheViewOf", "In the view of Beijing, the matter is closed.",
             "indirect Beijing (China) In the view of: the matter is closed\n"},
        Case{"Gerund",
             "The US envoy left the room, saying the talks had failed and "
             "adding that he was tired.",
             "indirect US envoy (US) saying: the talks had failed\nindirect US "
             "envoy (US) adding: he was tired\n"},
        Case{"Accused", "Washington accused Beijing of stealing secrets.",
             "indirect Washington (US) accused: stealing secrets\n"},
        Case{"BlamedEachOther", "Washington and Beijing blamed each other for the delay.", ""},
        Case{"Called",
             "A Chinese diplomat called that \"a fairy tale\" and said the "
             "tents had come.",
             "mixed Chinese diplomat (China) called: \"a fairy tale\"\nindirect "
             "Chinese diplomat (China) said: the tents had come\n"},
        Case{"DismissedAs", "Beijing dismissed the report as \"groundless\".",
             "mixed Beijing (China) dismissed: \"groundless\"\n"},
        Case{"UrgedTo", "China urged the United States to \"stop smearing\" it.",
             "mixed China (China) urged: to \"stop smearing\" it\n"},
        Case{"Vowed", "The US president vowed to act.", "indirect US president (US) vowed: to act\n"},
        Case{"PassiveBy", "The deal was described by Chinese officials as a trap.",
             "indirect Chinese officials (China) described: a trap\n"},
        Case{"QuotedAsSaying",
             "The minister was quoted by Xinhua as saying that China would "
             "answer.",
             "indirect minister (other, via Xinhua) quoted by Xinhua as "
             "saying: China would answer\n"},
        Case{"Relay",
             "The ship was a threat, Chinese officials said on Thursday, China "
             "Daily reported.",
             "indirect Chinese officials (China, via China Daily) said: The "
             "ship was a threat\n"},
        Case{"Nested",
             "Ana Bell said the Chinese embassy had promised that visas would "
             "be ready.",
             "indirect Ana Bell (other) said: the Chinese embassy had promised "
             "that visas would be ready\n"
             "  indirect Chinese embassy (China) promised: visas would be "
             "ready\n"},
        Case{"OuterAtTheEnd", "Washington said in May it would wait, Ana Bell noted.",
             "indirect Ana Bell (other) noted: Washington said in May it would "
             "wait\n"
             "  indirect Washington (US) said: it would wait\n"},
        Case{"Siblings", "Washington said the strait was open, and Beijing said it was not.",
             "indirect Washington (US) said: the strait was open\nindirect "
             "Beijing (China) said: it was not\n"},
        Case{"ThatAndThat",
             "Ana Bell complained that the logs were lost and that nobody "
             "cared.",
             "indirect Ana Bell (other) complained: the logs were "
             "lost\nindirect Ana Bell (other) complained: nobody cared\n"},
        Case{"SurnameAndPronoun",
             "Defense official Ana Bell arrived. Bell said it was cold. She "
             "added that it would snow.",
             "indirect Ana Bell (other) said: it was cold\nindirect Ana Bell "
             "(other) added: it would snow\n"},
        Case{"ChineseSurnameFirst", "Chinese spokesman Yan Ruolin spoke. Yan said no.", ""},
        Case{"ChineseSurnameSaid", "Chinese spokesman Yan Ruolin spoke. Yan said the claim was false.",
             "indirect Yan Ruolin (China) said: the claim was false\n"},
        Case{"TheMinistry",
             "China's defense ministry said it was calm. The ministry said its "
             "ships stayed.",
             "indirect China's defense ministry (China) said: it was "
             "calm\nindirect China's defense ministry (China) said: its ships "
             "stayed\n"},
        Case{"RelativeInside",
             "Ana Bell, who has said she will retire, warned that time was "
             "short.",
             "indirect Ana Bell (other) said: she will retire\nindirect Ana "
             "Bell (other) warned: time was short\n"},
        Case{"NotToBeNamed", "A U.S. official who asked not to be named said the door was open.",
             "indirect U.S. official (US) said: the door was open\n"},
        Case{"DeclinedToSay", "Ana Bell declined to say who was at fault.",
             "indirect Ana Bell (other) declined to say: who was at fault\n"},
        Case{"DidNotSay", "Ana Bell did not say who was at fault.", ""},
        Case{"ActOnly", "Beijing rejected the account. Both denied the claim.", ""},
        Case{"TerritorialClaim", "Beijing claims the bank and the waters around it.", ""},
        Case{"Nouns", "The claim was in a report on the state of the talks.", ""},
        Case{"CapitalsAreNoVerbs", "The State Department spokesperson smiled.", ""},
        Case{"UnknownVerbBesideQuotation", "\"Never,\" Ana Bell quipped.",
             "direct Ana Bell (other) quipped: \"Never,\"\n"},
        Case{"QuotedPredicate", "The president, Ana Bell said, \"has a problem.\"",
             "indirect Ana Bell (other) said: The president\ndirect Ana Bell "
             "(other) said: \"has a problem.\"\n"},
        Case{"CalledWithAbbreviation", "Ana Bell called Mr. Coe \"a liar\".",
             "mixed Ana Bell (other) called: \"a liar\"\n"},
        Case{"AidesTo", "Aides to Mr. Coe said it was late.", "indirect Aides to Mr. Coe (other) said: it was late\n"},
        Case{"VerbsThatLookLikeNouns", "Some officials insist it is over; others counter that it is not.",
             "indirect officials (other) insist: it is over\nindirect "
             "others (other) counter: it is not\n"},
        Case{"NounsWithAVerbsStem", "The reporter, the allegation and the denial: all of that was new.", ""},
        Case{"NounWithThat", "Beijing's claim that the bank is Chinese has few friends.",
             "indirect Beijing (China) claim: the bank is Chinese\n"},
        Case{"DateLine", "MANILA, May 3 (Reuters) - The Pentagon said it was over.",
             "indirect Pentagon (US) said: it was over\n"},
        Case{"ChinaExpert", "\"Nobody blinks,\" said Ana Bell, a China expert in Berlin.",
             "direct Ana Bell (other) said: \"Nobody blinks,\"\n"}),
    CaseName);

INSTANTIATE_TEST_SUITE_P(
    Chinese, AttributeCase,
    testing::Values(Case{"SpeakerCueContent", "中国外交部发言人莫敬之21日在例行记者会上表示，美方说法毫无根据。",
                         "indirect 莫敬之 (China) 表示: 美方说法毫无根据\n"},
                    Case{"Colon", "美国商务部发言人戴维·科尔曼说：“我们等了半年。”",
                         "direct 戴维·科尔曼 (US) 说: “我们等了半年。”\n"},
                    Case{"QuotationFirst", "“证据在哪里？”中国外交部发言人莫敬之反问。",
                         "direct 莫敬之 (China) 反问: “证据在哪里？”\n"},
                    Case{"Interrupted", "“中方已提交说明，”莫敬之说，“美方连收条都打了。”",
                         "direct 莫敬之 (other) 说: “中方已提交说明，”\ndirect 莫敬之 "
                         "(other) 说: “美方连收条都打了。”\n"},
                    Case{"SentenceOfItsOwn", "“我们夹在中间，左右为难。”安娜·林在邮件中写道。",
                         "direct 安娜·林 (other) 写道: “我们夹在中间，左右为难。”\n"},
                    Case{"Mixed", "美方称，此举“只针对军事用途”。", "mixed 美方 (US) 称: 此举“只针对军事用途”\n"},
                    Case{"MergedCue", "刘鹏宇回应说，中方坚决反对网络攻击。",
                         "indirect 刘鹏宇 (China) 回应说: 中方坚决反对网络攻击\n"},
                    Case{"AccordingToReport", "据美方一名官员透露，名单上有五家企业。",
                         "indirect 美方一名官员 (US) 透露: 名单上有五家企业\n"},
                    Case{"Accuse", "科尔曼指责中国的制度不透明。", "indirect 科尔曼 (other) 指责: 中国的制度不透明\n"},
                    Case{"Nested", "莫敬之援引美国商会的报告称，新规将造成损失。",
                         "indirect 莫敬之 (other) 援引: 美国商会的报告称，新规将造成损失\n "
                         " indirect 美国商会的报告 (US) 称: 新规将造成损失\n"},
                    Case{"Estimate", "美国商务部的估计是不到9亿美元。", "indirect 美国商务部 (US) 估计: 不到9亿美元\n"},
                    Case{"Pronoun",
                         "中国外交部发言人毛宁答记者问。毛宁指出，有关说法站不住脚。她强调"
                         "，中方立场明确。",
                         "indirect 毛宁 (China) 指出: 有关说法站不住脚\nindirect 毛宁 "
                         "(China) 强调: 中方立场明确\n"},
                    Case{"Surname", "美国商务部发言人戴维·科尔曼表示，新规有效。科尔曼说，门还开着。",
                         "indirect 戴维·科尔曼 (US) 表示: 新规有效\nindirect 戴维·科尔曼 "
                         "(US) 说: 门还开着\n"},
                    Case{"GoesOn", "美方表示，谈判已经开始，并称结果令人满意。",
                         "indirect 美方 (US) 表示: 谈判已经开始\nindirect 美方 (US) 称: "
                         "结果令人满意\n"},
                    Case{"InTheViewOf", "在北京看来，这是干涉内政。", "indirect 北京 (China) 看来: 这是干涉内政\n"},
                    Case{"ActOnly", "中方对此表示强烈不满。五角大楼否认了这一说法。", ""},
                    Case{"WordsThatHoldCues", "他说不清。这部小说的名称很难说明。他们称赞了教练。", ""},
                    Case{"CornerMarks", "外交部發言人說：「中方堅決反對。」",
                         "direct 外交部發言人 (China) 說: 「中方堅決反對。」\n"}),
    CaseName);

TEST(AttributeQuotes, ApiExamples) {
  const Document doc = Paragraphs("Wu said the US spies. \"Stop it,\" he added.");
  const auto found = Attribute(doc);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].content.front().Of(doc.text), "the US spies");
  EXPECT_EQ(found[0].cue.Of(doc.text), "said");
  EXPECT_EQ(found[0].speaker, "Wu");
  EXPECT_EQ(found[0].kind, Attribution::Kind::kIndirect);
  EXPECT_EQ(found[1].content.front().Of(doc.text), "\"Stop it,\"");
  EXPECT_EQ(found[1].speaker_span.Of(doc.text), "he");
  EXPECT_EQ(found[1].speaker, "Wu");
  EXPECT_EQ(found[1].kind, Attribution::Kind::kDirect);
}

TEST(AttributeQuotes, NothingInTitlesHeadingsAndFurniture) {
  Document doc = Paragraphs("Pentagon says talks have failed.");
  for (const BlockKind kind : {BlockKind::kTitle, BlockKind::kDateLine, BlockKind::kHeading, BlockKind::kFurniture}) {
    doc.blocks[0].kind = kind;
    EXPECT_TRUE(Attribute(doc).empty());
  }
  doc.blocks[0].kind = BlockKind::kTurn;
  EXPECT_EQ(Attribute(doc).size(), 1u);
}

TEST(AttributeQuotes, EmptyDocument) {
  EXPECT_TRUE(Attribute(Document()).empty());
  Document doc;
  doc.blocks.push_back({});
  EXPECT_TRUE(Attribute(doc).empty());
}

// Pieces of language and of trouble in random order: the laws hold, and the
// same text gives the same result.
TEST(AttributeQuotes, LawsHoldOnRandomText) {
  const std::vector<std::string> pieces = {"\"",
                                           "“",
                                           "”",
                                           "‘",
                                           "’",
                                           "'",
                                           "''",
                                           "``",
                                           "「",
                                           "」",
                                           "『",
                                           "』",
                                           "«",
                                           "»",
                                           ",",
                                           ".",
                                           ";",
                                           ":",
                                           "?",
                                           "!",
                                           "(",
                                           ")",
                                           "—",
                                           " - ",
                                           "\n",
                                           "\n\n",
                                           " ",
                                           " ",
                                           "，",
                                           "。",
                                           "：",
                                           "、",
                                           "？",
                                           "……",
                                           "\xC2\xA0",
                                           "\xE3\x80\x80",
                                           "\xE2\x80\x8B",
                                           "\xF0\x9F\x98\x80",
                                           "e\xCC\x81",
                                           "said",
                                           "says",
                                           "told",
                                           "according to",
                                           "adding",
                                           "that",
                                           "who",
                                           "and",
                                           "but",
                                           "he",
                                           "she",
                                           "it",
                                           "Ana Bell",
                                           "Wu Qian",
                                           "the Pentagon",
                                           "China's ministry",
                                           "a report",
                                           "accused",
                                           "of",
                                           "as",
                                           "called",
                                           "to",
                                           "urged",
                                           "not",
                                           "was",
                                           "quoted",
                                           "saying",
                                           "by",
                                           "Xinhua",
                                           "reported",
                                           "on Thursday",
                                           "in",
                                           "view",
                                           "他",
                                           "说",
                                           "称",
                                           "表示",
                                           "外交部发言人",
                                           "莫敬之",
                                           "据",
                                           "报道",
                                           "美方",
                                           "的",
                                           "是",
                                           "在",
                                           "看来",
                                           "21日",
                                           "U.S.",
                                           "Mr.",
                                           "I've",
                                           "officials'",
                                           "x"};
  std::mt19937 random(20260801);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    const int n = static_cast<int>(random() % 60);
    for (int i = 0; i < n; ++i) {
      text += pieces[random() % pieces.size()];
      if (random() % 3 != 0) text += ' ';
    }
    const Document doc = Paragraphs(text);
    const auto found = Attribute(doc);
    ASSERT_EQ(BrokenLaw(doc, found), "") << text;
    const auto again = Attribute(doc);
    ASSERT_EQ(found.size(), again.size()) << text;
    for (size_t i = 0; i < found.size(); ++i) {
      ASSERT_EQ(found[i].content, again[i].content) << text;
      ASSERT_EQ(found[i].speaker, again[i].speaker) << text;
    }
  }
}

TEST(AttributeQuotes, LawsHoldOnRandomBytes) {
  std::mt19937 random(7);
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    const int n = static_cast<int>(random() % 200);
    for (int i = 0; i < n; ++i) {
      // Any code point but surrogates; bytes that are no UTF-8 do not come past
      // the reader.
      char32_t c = random() % 4 == 0 ? random() % 0x110000 : random() % 0x300;
      if (c >= 0xD800 && c < 0xE000) c = 0xFFFD;
      AppendUtf8(c, text);
    }
    const Document doc = Paragraphs(text);
    ASSERT_EQ(BrokenLaw(doc, Attribute(doc)), "") << text;
  }
}

// Each of these has taken quadratic time in some program of this kind. The
// bound is generous: sanitizers share it.
TEST(AttributeQuotes, HostileInputIsFast) {
  const std::vector<std::string> units = {"\"",
                                          "“",
                                          "“”",
                                          "'a ",
                                          "'a' ",
                                          "said ",
                                          "he said, ",
                                          "(",
                                          "who said that he ",
                                          "according to him, ",
                                          "“a ‘b \" c ",
                                          "他说，“",
                                          "他说，",
                                          "“他说。”",
                                          "\"x,\" he said. ",
                                          ", ",
                                          "and said ",
                                          "as "};
  for (const std::string& unit : units) {
    std::string text;
    while (text.size() < 100'000 * unit.size() && text.size() < 400'000) text += unit;
    const Document doc = Paragraphs(text);
    const auto start = std::chrono::steady_clock::now();
    const auto found = Attribute(doc);
    EXPECT_LT(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(), 30) << unit;
    EXPECT_EQ(BrokenLaw(doc, found), "") << unit;
  }
}

TEST(AttributeQuotes, UnbalancedQuotationEndsWithItsParagraph) {
  for (const char* mark : {"\"", "“", "'", "‘", "「", "''"}) {
    const std::string text = std::string("He wrote ") + mark + "this without an end.\n\nThe Pentagon said it had left.";
    const Document doc = Paragraphs(text);
    const auto found = Attribute(doc);
    ASSERT_FALSE(found.empty()) << mark;
    EXPECT_EQ(found.back().content.front().Of(doc.text), "it had left") << mark;
  }
}

}  // namespace
}  // namespace narrdiff
