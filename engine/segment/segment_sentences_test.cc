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
      {"four dots with spaces", "It was weak . . . in the end. | . . . The rest was not. . . ."},
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
      {"所谓“自由？”不过是借口。", "所谓“自由？” mention"},
      {"我们主张：1.停火。", "我们主张：1. list-mark"},
      {"He joined Yahoo! Inc. in May.", "Yahoo! small-follows"},
      {"“I know...” Mr. Hale said.", "know...” said-after-quote, Mr. title"},
      {"MR. ROE spoke.", "MR. title"},
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

// What news, speeches, interviews and letters are made of.
TEST(SegmentSentences, EnglishOfManyKinds) {
  const Case kCases[] = {
      {"ellipsis trailing, capital", "We tried everything… | Nothing worked."},
      {"ellipsis inside, small", "We tried… but nothing worked. | He left."},
      {"ellipsis of three dots inside, small", "We tried ... but nothing worked. | He left."},
      {"ellipsis and name inside quote", "“I don't know...” Mr. Hale said. | He left."},
      {"dash interrupted, quoted", "“If you think that I —” | She stopped."},
      {"Dashes inside", "The talks — the first in a year — went well. | They go on."},
      {"attribution after question in quotes", "“Why did you leave?” she asked. | “I was tired.”"},
      {"attribution name after exclamation", "“We won!” Anna Roe shouted. | The crowd cheered."},
      {"attribution inverted", "“Is it over?” asked the minister. | Nobody answered."},
      {"said then new quote", "“It is over,” he said. | “We can go home.”"},
      {"quote then new sentence of another", "He said, “It is over.” | She disagreed."},
      {"nested quotes", "“He told me, ‘Never again.’ | I believed him.” | That was all."},
      {"nested quotes end together", "“He told me, ‘Never again.’” | That was all."},
      {"single quote speech", "‘We will see,’ he said. | ‘It is too early.’"},
      {"single quote question said", "‘Will you go?’ he asked. | She nodded."},
      {"straight single quotes", "'We will see.' | He turned away."},
      {"British quote outside", "He called it “a farce”. | Others agreed."},
      {"bracketed stage direction", "Thank you all. | (Applause.) | We begin now."},
      {"bracket laughter", "I was there. | [Laughter] | No, really."},
      {"bracket laughter with period", "I was there. | (Laughter.) | No, really."},
      {"parenthesis sentence", "He left early. | (He had a train to catch.) | Nobody minded."},
      {"parenthesis inside with period", "He left early (see p. 12.) and ran. | Nobody minded."},
      {"Dr. Mr. Mrs.", "Mr. and Mrs. Roe met Dr. Paz. | They ate."},
      {"No. 10", "The visitor left No. 10 at noon. | He waved."},
      {"No. 10 Downing", "The visitor left No. 10 Downing Street. | He waved."},
      {"St. Petersburg", "She flew to St. Petersburg. | It rained."},
      {"St. at the end", "He lives on Main St. | It is quiet there."},
      {"Washington, D.C.", "He was born in Washington, D.C. | He moved to N.Y. in May."},
      {"Washington, D.C., comma", "In Washington, D.C., he met her. | She left."},
      {"p.m. then subject", "The talks ended at 5 p.m. | Both sides left."},
      {"a.m. sharp inside", "The talks began at 9 a.m. sharp. | Both sides came."},
      {"money", "It cost $3.5 million. | Prices fell by 2.4 percent to £1.20. | That is all."},
      {"starts with a digit", "The vote was close. | 12 members were absent. | 30% voted no."},
      {"starts with a year", "The war ended that year. | 1989 was a turning point."},
      {"starts with money", "He asked for more. | $5 million was not enough."},
      {"brand in small letter", "They liked it. | iPhone sales rose again."},
      {"brand ebay", "He sold it there. | eBay took a cut."},
      {"initials", "J.K. Roe and J. R. R. Tolk met. | They talked."},
      {"middle initial at end", "He voted for George W. | It was long ago."},
      {"Jr. inside", "Martin Roe Jr. was elected. | He served twice."},
      {"Jr. at end", "He met Martin Roe Jr. | They had lunch."},
      {"Ph.D.", "She holds a Ph.D. in physics. | He has none."},
      {"Ph.D. at end", "She holds a Ph.D. | He has none."},
      {"et al.", "The study (Roe et al. 2019) is old. | A new one is out."},
      {"e.g. and i.e.", "Take a fruit, e.g. an apple. | Eat it, i.e. bite."},
      {"etc. at end", "They sell pens, ink, etc. | The shop is small."},
      {"etc. inside", "They sell pens, ink, etc. and paper. | The shop is small."},
      {"Inc. inside", "Orion Inc. shares fell. | The firm lost much."},
      {"U.S. at the end", "She came back to the U.S. | She was glad."},
      {"U.S. name", "The U.S. Navy sailed. | It was late."},
      {"U.N. possessive", "The U.N.'s envoy left. | He was tired."},
      {"Gov. state", "Gov. Ida Roe, R-Tex., spoke. | Rep. Al Ott, D-Calif., did not."},
      {"month abbreviation", "It began on Jan. 5 and ended on Feb. 3. | It was cold."},
      {"month without day", "In Sept. the talks ended. | It was warm."},
      {"vs.", "It is us vs. them. | No one wins."},
      {"URL at end", "Read it at www.example.org. | It is free."},
      {"URL inside", "Read it at https://www.example.org/a.html?x=1. | It is free."},
      {"e-mail address", "Write to press.office@example.org. | We answer."},
      {"file name", "Open report.final.pdf on the desk. | It is long."},
      {"version", "Version 2.0.1 is out. | It works."},
      {"section number", "See Section 4.2.1 of the act. | It is clear."},
      {"question chain", "Who? | What? | Where? | We do not know."},
      {"exclamation chain", "No! | Never! | Not again!"},
      {"?! mark", "You did what?! | I cannot believe it."},
      {"interrobang in quote", "“You did what?!” he cried. | She left."},
      {"greeting", "Good morning, everyone. | Thank you for coming."},
      {"Dear line", "Dear Mr. Roe, I write to thank you. | It was kind."},
      {"colon list", "We want three things: peace, trade and calm. | That is all."},
      {"semicolon", "We want peace; they want time. | So be it."},
      {"time colon", "At 10:45 a.m. the bell rang. | We left."},
      {"temperature", "It was 3.5°C outside. | We froze."},
      {"latitude", "The ship was at 12° 30' N. and 5° E. | It sank."},
      {"quote then small", "He asked “why?” and left. | She stayed."},
      {"quoted exclamation inside", "The song “Help!” is old. | The song “Why?” is not."},
      {"quoted title at end", "She read “Who Goes There?” | She liked it."},
      {"Yahoo with capital", "He joined Yahoo! Inc. in May. | He left it later."},
      {"citation brackets", "It rose [1, 2]. | It fell [3]."},
      {"superscript", "It rose.² | It fell."},
      {"rank forces", "Sgt. 1st Class Al Ott and Pfc. Joe Roe came. | Both left."},
      {"Op. cit", "See Roe, op. cit. p. 5. | It is there."},
      {"foreign name", "Herr v. Roe and M. Dupont came. | Both left."},
      {"Mt.", "They climbed Mt. Roe. | It snowed."},
      {"ft. units", "It was 6 ft. tall. | It fell."},
      {"approx", "It took approx. 5 days. | It rained."},
      {"double punctuation", "He said so!!! | Really??? | Yes."},
      {"three items and O", "We met at O. Henry's. | It was nice."},
      {"Cases", "In Roe v. Wade the court ruled. | It was 1973."},
      {"Sec'y", "The Sec. of State spoke. | He left."},
      {"all caps names", "MR. ROE spoke to DR. OTT. | THE END CAME."},
      {"all caps sentences", "THE SHIP SANK. | THE CREW LIVED."},
      {"SEC. is a body", "He works for the SEC. | Mr. Ott does not."},
      {"U.S.-China", "The U.S.-China talks ended. | Nobody won."},
      {"number with decimal at end", "The rate was 4.5. | The target was 4."},
      {"I as last", "It was not I. | It was he."},
      {"Roman numeral", "He read Part IV. | Then he read Part V. | He slept."},
      {"King", "George III. was king. | He was ill."},
      {"vitamin", "They need vitamin C. | They need it now."},
      {"plan B", "We go to Plan B. | We have no other."},
      {"letter grade", "He got an A. | She got a B. | They passed."},
      {"X.", "The X. | The Y."},
      {"PS", "P.S. I love you. | P.P.S. Do write."},
      {"interjection", "Well... I don't know. | Ask him."},
      {"um", "So, um... I mean, we left. | It was late."},
      {"news dateline", "GENEVA (AP) — The talks failed on Monday. | They resume in May."},
      {"dateline with abbreviation", "KANDEL, Sept. 4 (Heron News) – The mayor resigned. | Nobody was surprised."},
      {"attribution colon", "He said: “We go.” | She said: “We stay.”"},
      {"reported with dash", "“It is late,” said Mr. Roe — the oldest — and left. | Nobody moved."},
      {"so to speak", "It was (so to speak!) a triumph. | They lost."},
      {"two quotes", "“Yes.” | “No.” | “Perhaps.”"},
      {"quote with comma after", "“Why?”, she asked. | He shrugged."},
      {"question with comma", "Is it true?, you ask. | It is."},
      {"thanks", "Thank you, Mr. President. | Mr. President, we agree."},
      {"Your Excellency", "Your Excellency Mr. Ott, ladies and gentlemen. | I thank you."},
      {"hundreds", "About 1,200 people came, i.e. 40 percent. | It was full."},
      {"ratio", "The vote was 12-3. | The motion passed."},
      {"score", "They won 3–1. | The crowd cheered."},
      {"ranks", "Lt. Cmdr. Ida Roe and 1st Lt. Al Paz left. | They were tired."},
      {"possessive abbr", "The U.S.'s share fell. | China's rose."},
      {"parenthesised abbreviation", "He (Prof. Roe) left. | She (Dr. Paz) stayed."},
      {"p. and pp.", "See p. 12 and pp. 14-16. | It is clear."},
      {"Art. and para.", "Under Art. 5, para. 2, it ends. | That is law."},
      {"Nos.", "Nos. 3 and 4 are missing. | No. 5 is here."},
      {"time at the end", "He rose at 6:30. | The sun was up."},
      {"date at the end", "It ended on May 5, 2031. | We rejoiced."},
      {"year at the end", "It ended in 2031. | We rejoiced."},
      {"percent", "Prices rose 5%. | Wages fell 3%."},
      {"units", "It weighs 5 kg. | It is 3 m. long."},
      {"mph", "It went at 60 m.p.h. | Nobody saw it."},
      {"degree", "She has a B.A. and an M.A. in law. | He has neither."},
      {"et al end", "It was shown by Roe et al. | It was denied by Ott et al. in May."},
      {"name with initial at the end", "We thank Anna K. | She helped us."},
      {"X-ray", "They took an X-ray. | It was clear."},
      {"apostrophe start", "He left in May. | 'Twas cold."},
      {"quote starts next", "He left. | “I am tired,” he said."},
      {"bracket starts next", "He left. | (She stayed.) | They wept."},
      {"single quote end", "He called it ‘a farce.’ | Others agreed."},
      {"single quote straight end", "He called it 'a farce.' | Others agreed."},
      {"double then bracket", "He left (“for good,” he said). | She stayed."},
      {"exclaim in bracket", "He won (again!). | She lost."},
      {"question in bracket", "He won (why?) and left. | She lost."},
      {"em dash no space", "He left—or so we thought. | He was there."},
      {"double hyphen", "He left -- or so we thought. | He was there."},
      {"dash attribution", "“All is well.” — Ida Roe"},
      {"bullet dash", "It is late. – And cold."},
      {"hashtags", "We did it! | #proud"},
      {"at handle", "Thank you! | @heron was great."},
      {"colon sentence", "Here is the point: We lost. | That is all."},
      {"all small answer", "Is it so? | yes."},
      {"number list inline", "We need (1) time, (2) money. | We have none."},
      {"list dots inline", "1. Go home. | 2. Stay there. | 3. Rest."},
      {"roman list", "I. Begin. | II. Go on. | III. End."},
      {"letter list", "a) Begin here. | b) Go on."},
      {"heading number", "2.1 Results. | The rate rose."},
      {"Sect. sign", "Under § 5. it ends. | It is law."},
      {"abbrev Mt. St.", "He saw Mt. St. Roe. | It smoked."},
      {"Ave.", "He lives on 5th Ave. in town. | She lives on Roe Blvd. | It is far."},
      {"D.C. then name", "He went to Washington, D.C. on Monday. | Roe stayed."},
      {"D.C. then The", "He works in Washington, D.C. | The job is hard."},
      {"Co.", "He founded Roe & Co. in 1999. | It failed."},
      {"Co. end", "He founded Roe & Co. | It failed."},
      {"Corp. then of", "The Orion Corp. of Japan built it. | It sank."},
      {"Bros.", "The Roe Bros. circus came. | We went."},
      {"Ltd.", "Orion Ltd. | It is small."},
      {"a.m. and name", "He called at 5 a.m. Roe answered."},
      {"p.m. and on", "The vote is at 5 p.m. on Monday. | Come early."},
      {"p.m. Monday", "The vote is at 5 p.m. Monday. | Come early."},
      {"noon", "It ended at noon. | 5 p.m. was too late."},
      {"i.e. caps", "It is late, I.E. too late. | Go."},
      {"vitamin B.", "It has vitamin B. | It is good."},
      {"chapter", "See ch. 3 and fig. 2. | They are clear."},
      {"Middle dot time", "It was 5.30 p.m. | He ate."},
      {"junior", "Sammy Roe, Jr. sang. | We danced."},
      {"senior end", "He met Roe, Sr. | They talked."},
      {"Saint", "St. John's is far. | St. Ives is near."},
      {"Fort", "He was at Ft. Roe. | It burned."},
      {"versus caps", "It is Roe vs. Ott. | We shall see."},
      {"approx", "There were approx. two of them. | We saw one."},
      {"dept", "He called the dept. of trade. | Nobody answered."},
      {"Gov't", "The Gov't. fell. | We cheered."},
      {"nested brackets", "He left (he said [to me] he would.). | She stayed."},
      {"missing space", "It works. | Neither does that."},
      {"tripled", "Wait!!! | Stop!!!"},
      {"quote single word", "“Stop!” | He did not."},
      {"quote exclaim name said", "“Stop!” the tall man said. | He ran."},
      {"quote exclaim pronoun", "“Stop!” cried the man. | He ran."},
      {"quote question she wanted", "“Why?” she wanted to know. | He ran."},
      {"quote exclamation added", "“Never!” he added with a smile. | He ran."},
      {"of the said", "“Is it late?” Roe's wife asked. | He ran."},
      {"Oh quote", "“Oh, no!” | The cup fell."},
      {"two abbreviations", "He is at Orion Inc., U.S.A. | She is at Roe Co., U.K."},
      {"sentence of numbers", "1, 2, 3. | Go!"},
      {"A at end", "It was rated A. | The rest were B."},
      {"letters", "He wrote A, B and C. | Then he wrote D."},
      {"citation letters", "It rose.[1, 2] | It fell.[a] | It stayed."},
      {"bracket after a space", "(We check in early. ) | Then we go out."},
      {"broken off, then an answer", "“You were going to—” | “Stop!” | He was angry."},
      {"elision", "He spoke of “a time … When all is said.” | He left."},
      {"link after a full stop", "It is free there. | www.example.org has it."},
      {"small pronoun", "We bought it there. | it was good value."},
      {"small, no pronoun", "It was so good. and cheap. | We left."},
      {"extension", "Call us on ext. 3762. | We answer."},
  };
  for (const Case& c : kCases) EXPECT_EQ(Cut(WithoutBars(c.cut)), c.cut) << c.rule;
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
      {"missing space after a question", "Do they hire? | thanks for help."},
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

TEST(SegmentSentences, ChineseOfManyKinds) {
  const Case kCases[] = {
      {"ellipsis ends a quotation", "他说：“我不知道……” | 会场一片沉默。"},
      {"ellipsis inside", "他支支吾吾……最后还是走了。 | 没人追问。"},
      {"question asked", "“你去哪儿？”他问。 | “回家。”她说。"},
      {"question asked with name", "“谁同意？”王五问道。 | 没有人举手。"},
      {"quote then narration", "“我们反对。” | 发言人王五当天在记者会上这样表态。"},
      {"quote in the middle", "他强调“决不让步”，随后离席。 | 会议继续。"},
      {"two sentences in quote", "他说：“我们反对。 | 我们要求停止。” | 会后他离开了。"},
      {"nested quotes", "他说：“有人喊‘快跑！’，大家都跑了。” | 没人受伤。"},
      {"nested quotes at end", "他说：“有人喊‘快跑！’” | 大家都跑了。"},
      {"quoted phrase with mark", "所谓“航行自由？”不过是借口。 | 没人相信。"},
      {"exclamation chain", "停下！ | 快停下！ | 来不及了。"},
      {"question chain", "谁受益？ | 谁受损？ | 答案很清楚。"},
      {"mixed marks", "真的？！ | 我不信。"},
      {"brackets at the end", "他是工程师（退休前）。 | 现在他种花。"},
      {"bracketed sentence", "他走了。 | （全场鼓掌。） | 会议结束。"},
      {"stage direction", "谢谢大家。 | （掌声） | 下面请提问。"},
      {"stage direction in sentence", "我们赢了（笑），是吧？ | 是的。"},
      {"book marks", "他读了《谁来了？》一书。 | 他很喜欢。"},
      {"book marks at end", "他读了《谁来了？》。 | 他很喜欢。"},
      {"list with commas", "第一，停火。 | 第二，谈判。 | 第三，撤军。"},
      {"list with figures", "我们主张：1.停火；2.谈判；3.撤军。 | 别无他路。"},
      {"list with brackets", "主张如下：（一）停火；（二）谈判。 | 别无他路。"},
      {"figures with dot", "增长3.5个百分点。 | 2024年达到1.2万亿元。"},
      {"date", "会谈于2031.5.6举行。 | 双方到会。"},
      {"English name", "J.R.R.托尔金写过它。 | 他是英国人。"},
      {"English abbreviation", "据U.S. News报道，排名下降。 | 学校不评论。"},
      {"English sentence inside", "他说“Thank you.”然后走了。 | 她没走。"},
      {"web address", "请访问www.example.cn查询。 | 谢谢。"},
      {"semicolons", "一要停火；二要谈判；三要撤军。 | 就这样。"},
      {"half-width marks", "你好! | 你是谁? | 我是王五."},
      {"dash", "这是——怎么说呢——一个错误。 | 我们会改。"},
      {"interrupted", "“你听我——” | 他打断了她。"},
      {"traditional corner quotes nested", "他說：「有人喊『快跑！』。」 | 沒有人受傷。"},
      {"traditional said", "「你要去哪裡？」她問道。 | 他沒有回答。"},
      {"traditional full sentence in quotes", "「我們反對。」發言人說。 | 會議結束。"},
      {"closing bracket after stop", "（他走了。） | 没人追问。"},
      {"footnotes", "经济增长。[1][2] | 出口下降。"},
      {"quote opens the sentence", "“一国两制”是基本国策。 | 我们坚持。"},
      {"English quotes", "他说:\"我们反对.\" | 会后他走了."},
      {"Latin unit", "重5kg. | 长3m."},
      {"spaces", "他走了。 | 她没走。"},
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

// What happens in the room is nobody's sentence.
TEST(SegmentSentences, StageDirectionsAreNoSentences) {
  const auto kinds = [](const std::string& text) {
    const auto doc = ReadDocument(text, *BuiltinLexicon(), {});
    std::string out;
    for (const Sentence& unit : SegmentSentences(*doc, *BuiltinLexicon(), {}).units) {
      out += unit.kind == SentenceKind::kStatement ? 's' : unit.kind == SentenceKind::kHeading ? 'h' : '?';
    }
    return out;
  };
  EXPECT_EQ(kinds("We will go on. (Laughter.) No, we really will. That is all."), "shss");
  EXPECT_EQ(kinds("谢谢大家的耐心。（掌声）下面请各位继续讨论这个问题。"), "shs");
  EXPECT_EQ(kinds("He left the talks early. (He had a train to catch.) Nobody minded that."), "sss");
}

// Long texts are cut on several threads, and come out as the short ones that
// they are made of.
TEST(SegmentSentences, LongTexts) {
  const std::string paragraph =
      "Gen. Lai met Mr. Stroud at 3 p.m. in Washington, D.C. The talks were short. “Will you go?” he asked. She "
      "nodded. "
      "双方同意继续磋商。“谁在说谎？”他反问道。会场一片沉默。\n\n";
  const auto spans = [](const std::string& text) {
    const auto doc = ReadDocument(text, *BuiltinLexicon(), {});
    std::vector<Span> out;
    for (const Sentence& unit : SegmentSentences(*doc, *BuiltinLexicon(), {}).units) out.push_back(unit.span);
    return out;
  };
  const std::vector<Span> once = spans(paragraph);
  constexpr size_t kTimes = 4000;
  std::string text;
  for (size_t k = 0; k < kTimes; ++k) text += paragraph;
  const std::vector<Span> all = spans(text);
  ASSERT_EQ(all.size(), once.size() * kTimes);
  for (size_t u = 0; u < all.size(); ++u) {
    const auto offset = static_cast<int32_t>(u / once.size() * paragraph.size());
    const Span want = {once[u % once.size()].begin + offset, once[u % once.size()].end + offset};
    ASSERT_EQ(all[u], want) << u;
  }
}

}  // namespace
}  // namespace narrdiff
