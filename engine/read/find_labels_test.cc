// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/find_labels.h"

#include <string>
#include <vector>

#include "engine/lexicon/builtin_lexicon.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

struct Case {
  const char* name;
  const char* text;
  const char* labels;  // "NAME|NAME?|": a question mark after those who ask
};

std::string LabelsOf(std::string_view text) {
  static const auto& words = *new ReadWords(*BuiltinLexicon());
  std::string out;
  for (const Label& label : FindLabels(text, FindLines(text), words)) {
    out += std::string(label.name.Of(text)) + (label.question ? "?|" : "|");
  }
  return out;
}

void Check(const std::vector<Case>& cases) {
  for (const Case& c : cases) EXPECT_EQ(LabelsOf(c.text), c.labels) << c.name << "\n" << c.text;
}

TEST(FindLabels, ApiExamples) { EXPECT_EQ(LabelsOf("QUESTION: Can you say?\nMR HALE: No."), "QUESTION?|MR HALE|"); }

TEST(FindLabels, Forms) {
  Check({
      {"capitals", "QUESTION: Why?\nMR HALE: No comment.\nQUESTION: When?\n", "QUESTION?|MR HALE|QUESTION?|"},
      {"title with a period", "QUESTION: Why?\nMR. HALE: No comment.\n", "QUESTION?|MR. HALE|"},
      {"numbered", "Q1: Why do you object?\nA1: We do not.\nQ2: When will you?\nA2: Soon.\n", "Q1?|A1|Q2?|A2|"},
      {"numbered Chinese", "问1：为什么反对？\n答1：没有反对。\n", "问1?|答1|"},
      {"words", "Question: Why do you object?\nAnswer: We do not.\n", "Question?|Answer|"},
      {"reporter and spokesperson", "Reporter: Why do you object?\nSpokesperson: We do not object.\n",
       "Reporter?|Spokesperson|"},
      {"offices", "SECRETARY ANSELL: Good morning.\nFOREIGN MINISTER ORLOVA: Thank you.\nPRESIDENT X: We met.\n",
       "SECRETARY ANSELL|FOREIGN MINISTER ORLOVA|PRESIDENT X|"},
      {"interpreter behind the colon", "MINISTER WANG: (via translator) We met.\nQUESTION: When?\n",
       "MINISTER WANG|QUESTION?|"},
      {"interpreter before the colon", "MINISTER WANG (through interpreter): We met.\nQUESTION: When?\n",
       "MINISTER WANG|QUESTION?|"},
      {"bold marks", "**QUESTION:** Why do you object?\n**MR HALE:** We do not.\n", "QUESTION?|MR HALE|"},
      {"bold letters", "**MS. ROE:** Good morning.\n**Q** Will he travel?\n**MS. ROE:** He will.\n**Q** When?\n",
       "MS. ROE|Q?|MS. ROE|Q?|"},
      {"numbered letters", "Q1. What do you think of it?\nA1. It is large.\nQ2. And the fish?\nA2. Fine.\n",
       "Q1?|A1|Q2?|A2|"},
      {"bold name", "**QUESTION**: Why do you object?\n**MR HALE**: We do not.\n", "QUESTION?|MR HALE|"},
      {"hours", "[00:12] QUESTION: Why do you object?\n[00:15] MR HALE: We do not.\n00:01:17 MR HALE: Good.\n",
       "QUESTION?|MR HALE|MR HALE|"},
      {"brackets", "[Question] Why?\n[Answer] No.\n", "Question?|Answer|"},
      {"round brackets", "（问）为什么？\n（答）不知道。\n", "问?|答|"},
      {"newsrooms of an English page",
       "AFP: What do you say to the report?\nMao Ruolin: I have seen no such report.\nHarbour Daily: When will the "
       "talks "
       "be held?\nMao Ruolin: I have nothing to announce.\n",
       "AFP?|Mao Ruolin|Harbour Daily?|Mao Ruolin|"},
      {"name and newsroom in brackets",
       "Jane Roe (Harbour Daily): What do you say to it?\nWang Lin: Nothing at all.\nJohn Doe (AFP): When do you "
       "speak?\nWang Lin: Not today, I am afraid.\n",
       "Jane Roe?|Wang Lin|John Doe?|Wang Lin|"},
      {"name and newsroom after a comma",
       "QUESTION: Why?\nJane Roe, Harbour Daily: And when do you go?\nMR HALE: Soon.\n",
       "QUESTION?|Jane Roe?|MR HALE|"},
      {"Chinese newsrooms",
       "总台央视记者：对此有何评论？\n发言人：坚决反对。\n彭博社：有何回应？\n发言人：没有补充。\n",
       "总台央视记者?|发言人|彭博社?|发言人|"},
      {"latin newsroom, wide colon",
       "CCTV：有何评论？\n沈若曦：中方反对这种做法。\nAFP：何时会谈？\n沈若曦：我没有消息。\n",
       "CCTV?|沈若曦|AFP?|沈若曦|"},
      {"office and name", "记者：为什么？\n外交部发言人沈若曦：没有这回事。\n", "记者?|外交部发言人沈若曦|"},
      {"host", "主持人：下面请提问。\n记者：为什么？\n发言人：没有这回事。\n", "主持人?|记者?|发言人|"},
      {"half-width colon", "问:为什么？\n答:不知道。\n", "问?|答|"},
      {"both languages in one label", "QUESTION/问: Why do you object?\n答 (A)：我们没有反对。\n", "QUESTION/问?|答|"},
      {"panel of two ministers",
       "MODERATOR: We take two questions.\nQUESTION: To both of you: why?\nSECRETARY ANSELL: I will start.\nFOREIGN "
       "MINISTER ORLOVA: And I will add one thing.\nMODERATOR: The last one.\nQUESTION: And when?\nSECRETARY ANSELL: "
       "Soon.\n",
       "MODERATOR?|QUESTION?|SECRETARY ANSELL|FOREIGN MINISTER ORLOVA|MODERATOR?|QUESTION?|SECRETARY ANSELL|"},
      {"interviewer by name",
       "MS BLOOM: Why are you here?\nSECRETARY ANSELL: To speak with friends.\nMS BLOOM: About what, if I "
       "may?\nSECRETARY "
       "ANSELL: About fish.\n",
       "MS BLOOM?|SECRETARY ANSELL|MS BLOOM?|SECRETARY ANSELL|"},
  });
}

TEST(FindLabels, NoLabels) {
  Check({
      {"clause", "He said: we object to it.\nShe said: we do not.\n", ""},
      {"note", "QUESTION: Why?\nMR HALE: No.\nNote: The minister spoke through an interpreter.\n",
       "QUESTION?|MR HALE|"},
      {"notes that come again", "Note: The first of them is long.\nNote: The second of them is long.\n", ""},
      {"headline", "Washington: A view from the harbour is what we had. It was fine.\n", ""},
      {"hours", "10:30 we met. We left at 11:45.\n12:00 lunch was served.\n", ""},
      {"questions and answers as words", "问题：这是为什么。\n答案：没有人知道。\n问题：何时。\n答案：不知道。\n", ""},
      {"verbs of saying",
       "发言人表示：中方反对。\n发言人指出：事实清楚。\n王林说：不是这样的。\n王林说：还不是这样的。\n", ""},
      {"list marks", "(A) We object to it.\n(B) We do not.\n(A) Again.\n", ""},
      {"addresses", "See https://example.org. Read it.\nSee https://example.org. Read it.\n", ""},
      {"themes in capitals", "NATIONAL SECURITY: We will keep it.\nForeign policy: none.\n", ""},
      {"mail", "From: Ruth\nTo: Ned\nSubject: Talks\n\nWe met. It was good.\n", ""},
      {"sides", "中方：反对这种做法。\n美方：支持这种做法。\n中方：再次反对。\n美方：再次支持。\n", ""},
      {"head of a page", "时间：2031年3月5日\n地点：蓝厅\n主持人：沈若曦\n\n问：为什么？\n答：不知道。\n", "问?|答|"},
      {"one name only", "Wang Lin: We object to that, and firmly.\nThat is all there is to say of it.\n", ""},
  });
}

TEST(FindLabels, WithinALine) {
  Check({
      {"turns in one paragraph", "MR HALE: We met. Thank you. QUESTION: Will you go? MR HALE: No.\n",
       "MR HALE|QUESTION?|MR HALE|"},
      {"after a statement", "We are glad to be here. Thank you. QUESTION: Will you go? MR HALE: No.\n",
       "QUESTION?|MR HALE|"},
      {"title with a period", "QUESTION: Will you go? MR. HALE: No. QUESTION: Why not? MR. HALE: I may.\n",
       "QUESTION?|MR. HALE|QUESTION?|MR. HALE|"},
      {"letters with colons", "Q: Will he come? A: He will. Q: When? A: In May.\n", "Q?|A|Q?|A|"},
      {"letters before no-break spaces",
       "MS. WHITLOCK: I will take your questions.\nQ\u00A0 Will he come?\nMS. WHITLOCK: He will.\nQ\u00A0\u00A0 "
       "When?\n",
       "MS. WHITLOCK|Q?|MS. WHITLOCK|Q?|"},
      {"letters with periods", "Q. Will he visit? A. I have no information. Q. When?\n", "Q?|A|Q?|"},
      {"Chinese", "问：中方对此有何评论？答：中方坚决反对。问：还有呢？答：没有了。\n", "问?|答|问?|答|"},
      {"Chinese after a statement", "我先发布一条消息。问：何时？答：明天。\n", "问?|答|"},
      {"Chinese names known from line starts", "记者：为什么？\n沈若曦：中方反对。\n记者：还有呢？沈若曦：没有了。\n",
       "记者?|沈若曦|记者?|沈若曦|"},
      {"names known from line starts",
       "Wang Lin: We object to that, and firmly.\nQUESTION: Why? Wang Lin: It is not so. QUESTION: Is that all?\n",
       "Wang Lin|QUESTION?|Wang Lin|QUESTION?|"},
      {"Chinese name known from the title",
       "发言人柯明哲答记者问\n\n记者：为什么？柯明哲：没有这回事。记者：何时？柯明哲：明天。\n",
       "记者?|柯明哲|记者?|柯明哲|"},
      {"name known from the title",
       "Ke Mingzhe Meets the Press\n\nQUESTION: Why? Ke Mingzhe: It is not so. QUESTION: When?\n",
       "QUESTION?|Ke Mingzhe|QUESTION?|"},
      {"after a remark in brackets", "MR HALE: Good morning. (Laughter.) QUESTION: Why? MR HALE: No.\n",
       "MR HALE|QUESTION?|MR HALE|"},
      {"after a dash", "MR HALE: Well, we — QUESTION: But why? MR HALE: Let me speak.\n", "MR HALE|QUESTION?|MR HALE|"},
      {"after a quotation", "MR HALE: He said “no.” QUESTION: Why? MR HALE: Ask him.\n", "MR HALE|QUESTION?|MR HALE|"},
      {"brackets", "【问】为什么？【答】不知道。【问】何时？【答】明天。\n", "问?|答|问?|答|"},
      {"interpreter", "QUESTION: Why? MINISTER WANG: (via interpreter) It is not so.\n", "QUESTION?|MINISTER WANG|"},
      {"words", "Question: Why do you go? Answer: We do not go. Question: When?\n", "Question?|Answer|Question?|"},
      {"both languages", "QUESTION: Will you go? 问：你们去吗？ MR HALE: No. 答：不去。\n",
       "QUESTION?|问?|MR HALE|答|"},
  });
}

TEST(FindLabels, NoLabelsWithinALine) {
  Check({
      {"clause", "We met. He said: we object. She said: we do not.\n", ""},
      {"capitals before no colon", "MR HALE: We met. The QUESTION is open. The answer: no.\nQUESTION: Why?\n",
       "MR HALE|QUESTION?|"},
      {"not after a sentence end", "MR HALE: They put the QUESTION: why now?\nQUESTION: Indeed.\n",
       "MR HALE|QUESTION?|"},
      {"note", "MR HALE: We met. Note: it was brief. QUESTION: Why?\n", "MR HALE|QUESTION?|"},
      {"a rhetorical answer", "We asked why. Answer: nobody knows. That was all.\n", ""},
      {"plans", "There are two plans. A: go. B: stay. We stay.\n", ""},
      {"initials", "Q. Will he come? It is so, said J. A. Roe and B. Q. Doe. He will.\nA. He will.\n", "Q?|A|"},
      {"hour", "MR HALE: We left. At 10:30 we came. QUESTION: Why?\n", "MR HALE|QUESTION?|"},
      {"Chinese words", "问：为什么？\n答：问题很清楚。答案：没有。有人问：何时？这不好说。\n", "问?|答|"},
      {"Chinese verbs", "他沉默了。最后回答：不去。有人提问：为什么？\n", ""},
      {"office of the head",
       "Ruth Ansell, Secretary of State\n\nMR HALE: To the foreign – Secretary of State: you. QUESTION: "
       "Why?\n",
       "MR HALE|QUESTION?|"},
      {"unknown name", "MR HALE: We met. Later, in Geneva: more talks. QUESTION: Why?\n", "MR HALE|QUESTION?|"},
  });
}

TEST(FindLabels, LongLinesStayLinear) {
  std::string colons, names, letters;
  for (int i = 0; i < 100000; ++i) {
    colons += "a. A: ";
    names += "？答：";
    letters += "? A. Q. ";
  }
  LabelsOf(colons);
  LabelsOf(names);
  LabelsOf("Q. " + letters);
  LabelsOf(std::string(200000, '.') + ": b");
  LabelsOf(std::string(200000, '*') + "Q:");
}

}  // namespace
}  // namespace narrdiff
