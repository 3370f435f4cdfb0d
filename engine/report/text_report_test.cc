// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/report/text_report.h"

#include <chrono>
#include <limits>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "engine/base/text_width.h"
#include "engine/base/utf8.h"
#include "engine/report/sample_comparison.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string Render(const v1::Comparison& comparison, int width) {
  TextReportOptions options;
  options.width = width;
  return RenderTextReport(comparison, options);
}

// Without the escape sequences of the report itself.
std::string WithoutColor(const std::string& text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\x1b') {
      while (i < text.size() && text[i] != 'm') ++i;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::vector<std::string> LinesOf(const std::string& text) { return absl::StrSplit(text, '\n'); }

// What is left when layout is taken away: letters, digits and signs in order.
std::string Squeezed(std::string_view text) {
  std::string out;
  for (int32_t i = 0; i < static_cast<int32_t>(text.size());) {
    const char32_t c = NextCodePoint(text, i);
    if (!IsSpace(c) && c != U'«' && c != U'»' && c != U'│') AppendUtf8(c, out);
  }
  return out;
}

// The whole report, to be read by eye as well.
TEST(RenderTextReport, SideBySide) {
  EXPECT_EQ(Render(SampleComparison(), 80),
            R"(LEFT  US                                │ RIGHT  China
Attribution of Intrusions into Port     │ 外交部发言人就所谓港口网络攻击答记者问
Networks                                │ 外交部发言人, 2031-07-20, zh-Hans
Jane Roe, Spokesperson, 2031-07-19, en  │ 5 sentences
6 sentences, 1 question                 │ cn.txt
us.txt                                  │

Mode      competing: two parties on one event
Backends  similarity lexical; dictionary cc-cedict; lexicons builtin:1f2e3d4c;
          ICU 72.1
Expected  about 92% of these pairs are right, about 61% of all there are were
          found
W one side is much longer; check that both files are whole [unequal-size]
N right: taken for simplified Chinese; use --right-lang to say otherwise
  [language-guess]
N right:4:11: a quotation is opened; check where it ends [odd-quote]

Key  D deny   C counter   R reframe   F differ
     .83: probability that the two belong side by side;
     likely, unsure: how sure the relation is;
     L3, R1: sentences, counted from 0
     «word»: differs from the other side

D deny, likely  .93 ────────────────────────────────────────────────────── L0-R0
L0 Hackers directed from Beijing «broke │ R0 中方«从未入侵»任何国家的港口网络，
   into» the networks of nine ports.    │    有关指责«毫无根据»，纯属捏造。
why: right calls the claim groundless; right negates the same act

C counter, unsure  .50 ─────────────────────────────────────────────────── L0-R3
L0 Hackers directed from Beijing broke  │ R3 美国才是世界上最大的“黑客帝国”。
   into the networks of nine ports.     │
why: the accuser is accused

F differ, likely  .70 ──────────────────────────────────────────────────── L1-R2
L1 The losses exceed «$40 million».     │ R2 所谓损失不过«1000万»美元。

R reframe, likely  .62 ──────────────────────────────────────── moved ⇅  L2,3-R1
L2 We call on the People's Republic of  │ R1 美方纠集«盟友»，在网络安全问题上对
   China to stop.                       │    中国进行无端指责。
L3 Our «partners in Europe» and Asia    │
   join this call.                      │

Only the left (US) says, as far as pairs were found
L4 #2 The United States will use every tool it has to protect its citizens and
      businesses.
L6 #1 Ports are the arteries of trade.
  #1: closest to what this side speaks of most

Questions put to the left (US)
L5 Q  Will there be sanctions?

Only the right (China) says, as far as pairs were found
R4 #1 我们希望各方以建设性态度维护网络空间和平。
  #1: closest to what this side speaks of most

Summary
  4 pairs: 1 D deny, 1 C counter, 1 R reframe, 1 F differ
  In pairs: left (US) 4 of 6 sentences (67%), right (China) 4 of 5 sentences
  (80%)

Two terms for one thing
  broke into (L0)                       │   所谓攻击 ×2 (R1, R2)

Numbers that differ
  left $40 million, right 1000万美元 (USD), right is -30 million, 4 times less
  in L1-R2

Who does what to whom
  according to the left (US)
    China: intrusion -> US (L0)
  according to the right (China)
    China: not intrusion (R0)
    US: cyber ×2 (R3)

Accusations and replies, as far as pairs were found
  made by the left (US)
    China: intrusion -> US
      L0 “broke into the networks of nine ports”
      reply: D deny in L0-R0, C counter in L0-R3
  made by the right (China)
    US: double standard
      R4 “”
      silence

Demands and answers, as far as pairs were found
  made by the left (US)
    on China
      L2 “call on the People's Republic of China to stop”
      reply: R reframe in L2,3-R1
)");
}

TEST(RenderTextReport, StackedBelowEightyColumns) {
  const std::string narrow = Render(SampleComparison(), 79);
  EXPECT_THAT(narrow, HasSubstr("L1 The losses exceed «$40 million».\n"
                                "R2 所谓损失不过«1000万»美元。\n"));
  EXPECT_THAT(narrow, Not(HasSubstr("│")));
  TextReportOptions options;
  options.width = 40;
  options.layout = TextLayout::kSideBySide;
  EXPECT_THAT(RenderTextReport(SampleComparison(), options), HasSubstr(" │ R2"));
  options.width = 200;
  options.layout = TextLayout::kStacked;
  EXPECT_THAT(RenderTextReport(SampleComparison(), options), Not(HasSubstr("│")));
}

TEST(RenderTextReport, ParallelShowsGapsInPlace) {
  const std::string report = Render(ParallelComparison(), 60);
  EXPECT_THAT(report, HasSubstr(R"(
> only right ──────────────────────────────────────────── R0
R0 只在中文。

P parallel  .90 ────────────────────────────────────── L0-R1
L0 First.
R1 第一。

P parallel  .95 ──────────────────────────────────── L1-R2,3
L1 Second & third.
R2 第二。
R3 第三。

< only left ───────────────────────────────────────────── L2
L2 Only in English.

P parallel  1.00 ───────────────────────────────────── L3-R4
)"));
  EXPECT_THAT(report, Not(HasSubstr("says")));
  EXPECT_THAT(report, Not(HasSubstr("unsure")));
}

struct Variant {
  const char* name;
  TextReportOptions options;
};

std::vector<Variant> Variants() {
  std::vector<Variant> variants(7);
  variants[0].name = "plain";
  variants[1].name = "color";
  variants[1].options.color = true;
  variants[2].name = "ambiguous width 2";
  variants[2].options.ambiguous_width = 2;
  variants[3].name = "explain";
  variants[3].options.explain = true;
  variants[4].name = "ascii";
  variants[4].options.ascii = true;
  variants[5].name = "stacked";
  variants[5].options.layout = TextLayout::kStacked;
  variants[6].name = "side by side";
  variants[6].options.layout = TextLayout::kSideBySide;
  return variants;
}

// At every width: no line too wide, no space at its end, valid UTF-8, no
// control character, every word of every sentence there.
TEST(RenderTextReport, LawsAtEveryWidth) {
  v1::Comparison long_id = SampleComparison();
  long_id.mutable_pairs(0)->set_id("L" + std::string(300, '1') + "-R2");
  v1::Comparison broken = SampleComparison();
  broken.mutable_pairs(0)->add_left(4'000'000'000u);
  broken.mutable_pairs(1)->clear_right();
  broken.add_unaligned_right(77);
  broken.mutable_left()->clear_text();
  broken.mutable_pairs(0)->set_score(std::numeric_limits<double>::quiet_NaN());
  for (const v1::Comparison& comparison :
       {SampleComparison(), ParallelComparison(), HostileComparison(), long_id, broken, v1::Comparison()}) {
    for (Variant variant : Variants()) {
      for (int width : {40, 41, 53, 79, 80, 81, 120, 1000}) {
        SCOPED_TRACE(absl::StrCat(variant.name, " at ", width));
        variant.options.width = width;
        const std::string report = RenderTextReport(comparison, variant.options);
        ASSERT_EQ(report, RenderTextReport(comparison, variant.options));
        ASSERT_EQ(report.back(), '\n');
        ASSERT_EQ(FindInvalidUtf8(report), -1);
        const std::string plain = WithoutColor(report);
        if (!variant.options.color) {
          ASSERT_EQ(plain, report);
        }
        for (const std::string& line : LinesOf(plain)) {
          ASSERT_LE(DisplayWidth(line, variant.options.ambiguous_width), width) << line;
          ASSERT_TRUE(line.empty() || line.back() != ' ') << line;
          ASSERT_EQ(SanitizeForTerminal(line), line);
        }
        for (const std::string& line : LinesOf(report)) {
          ASSERT_TRUE(line.empty() || line.back() != ' ') << line;
        }
      }
    }
  }
}

TEST(RenderTextReport, NothingIsCutOff) {
  TextReportOptions options;
  options.layout = TextLayout::kStacked;
  for (int width : {40, 64, 99}) {
    options.width = width;
    for (const v1::Comparison& c : {SampleComparison(), HostileComparison()}) {
      const std::string report = Squeezed(RenderTextReport(c, options));
      for (const v1::Statement* s : {&c.left(), &c.right()}) {
        EXPECT_THAT(report, HasSubstr(Squeezed(SanitizeForTerminal(s->title()))));
        for (const v1::Sentence& sentence : s->sentences()) {
          EXPECT_THAT(report, HasSubstr(Squeezed(SanitizeForTerminal(sentence.text()))));
        }
      }
    }
  }
}

TEST(RenderTextReport, WidthIsBroughtIntoRange) {
  const v1::Comparison c = SampleComparison();
  EXPECT_EQ(Render(c, -5), Render(c, 40));
  EXPECT_EQ(Render(c, 1'000'000), Render(c, 1000));
}

TEST(RenderTextReport, ColorMarksWordsAndKeepsTheLayout) {
  TextReportOptions options;
  options.color = true;
  options.width = 120;
  const std::string report = RenderTextReport(SampleComparison(), options);
  EXPECT_THAT(report, HasSubstr("\x1b[1;4;38;5;33mbroke into\x1b[0m"));
  EXPECT_THAT(report, HasSubstr("\x1b[1;4;38;5;172m毫无根据\x1b[0m"));
  EXPECT_THAT(report, Not(HasSubstr("«")));
  // Never red or green: letters and signs carry the meaning, and no other
  // colours than blue and orange are used.
  for (const char* code : {"[31", "[32", "[91", "[92", ";31m", ";32m"}) {
    EXPECT_THAT(report, Not(HasSubstr(code)));
  }
  // A mark that runs over a line's end is closed and opened again.
  v1::Comparison c = SampleComparison();
  AddWordDiff(c, 0, v1::WordDiff::CHANGED, "Hackers directed from Beijing", "");
  options.layout = TextLayout::kSideBySide;
  options.width = 40;
  for (const std::string& line : LinesOf(RenderTextReport(c, options))) {
    int open = 0;
    for (size_t i = line.find('\x1b'); i != std::string::npos; i = line.find('\x1b', i + 1)) {
      open += line.compare(i, 4, "\x1b[0m") == 0 ? -1 : 1;
      ASSERT_TRUE(open == 0 || open == 1) << line;
    }
    EXPECT_EQ(open, 0) << line;
  }
}

TEST(RenderTextReport, MarksDoNotClashWithTheText) {
  v1::Comparison c = SampleComparison();
  c.mutable_left()->mutable_sentences(4)->set_text("He said «no».");
  EXPECT_THAT(Render(c, 100), HasSubstr("⟦$40 million⟧"));
  TextReportOptions options;
  options.ascii = true;
  const std::string ascii = RenderTextReport(SampleComparison(), options);
  EXPECT_THAT(ascii, HasSubstr("*$40 million*"));
  EXPECT_THAT(ascii, HasSubstr("moved ^v"));
  for (const char* sign : {"│", "─", "«", "⇅"}) {
    EXPECT_THAT(ascii, Not(HasSubstr(sign)));
  }
}

// Marks must not change where lines break: 有关 is not torn off its clause.
TEST(RenderTextReport, MarksLeaveLineBreaksAlone) {
  v1::Comparison c = ComparisonFromText(R"pb(
    mode: MODE_COMPETING
    left {
      language: "zh"
      sentences { text: "中国中国中国中国中国中国中国中国中国和平。" }
    }
    right {
      language: "zh"
      sentences { text: "好" }
    }
    pairs { left: 0 right: 0 }
  )pb");
  AddWordDiff(c, 0, v1::WordDiff::LEFT_ONLY, "和平", "");
  // 3 columns of gutter, 36 of the nine words, and one left over: the break
  // stands right before the marked word.
  EXPECT_THAT(Render(c, 40), HasSubstr("中国中国\n   «和平»。\n"));
  // One word fewer: the marked word fits, its closing sign does not, and that
  // sign never starts a line.
  c = ComparisonFromText(R"pb(
    mode: MODE_COMPETING
    left {
      language: "zh"
      sentences { text: "中国中国中国中国中国中国中国中国和平中国" }
    }
    right {
      language: "zh"
      sentences { text: "好" }
    }
    pairs { left: 0 right: 0 }
  )pb");
  AddWordDiff(c, 0, v1::WordDiff::LEFT_ONLY, "和平", "");
  EXPECT_THAT(Render(c, 40), HasSubstr("中国«和\n   平»中国\n"));
}

TEST(RenderTextReport, ExplainSaysHowTheScoreCameAbout) {
  TextReportOptions options;
  options.explain = true;
  const std::string report = RenderTextReport(SampleComparison(), options);
  EXPECT_THAT(report, HasSubstr("why: right calls the claim groundless "
                                "[rejection, for deny, +1.90] right "
                                "\"毫无根据\"\n"));
  EXPECT_THAT(report, HasSubstr("why: left has a number, right none [number, "
                                "for differ, -0.30]\n"));
  EXPECT_THAT(report, HasSubstr("score: act 1.00 (+2.25); names 0.50"));
  EXPECT_THAT(report, HasSubstr("relation: deny 0.88\n"));
  EXPECT_THAT(report, HasSubstr("party: the title names the Department"));
  const std::string plain = Render(SampleComparison(), 100);
  EXPECT_THAT(plain, Not(HasSubstr("both name the ports")));
  EXPECT_THAT(plain, Not(HasSubstr("score:")));
}

TEST(RenderTextReport, UnalignedOnRequest) {
  TextReportOptions options;
  options.show_unaligned = false;
  EXPECT_THAT(RenderTextReport(SampleComparison(), options), Not(HasSubstr("arteries")));
  EXPECT_THAT(RenderTextReport(ParallelComparison(), options), Not(HasSubstr("Only in English")));
}

TEST(RenderTextReport, EmptyAndOneSided) {
  EXPECT_THAT(Render({}, 80), HasSubstr("No pairs were found."));
  v1::Comparison c = ComparisonFromText(R"pb(
    left { sentences { text: "Alone." } }
    right {}
    unaligned_left: 0
    issues { severity: WARNING code: "empty-side" side: SIDE_RIGHT message: "no text" }
  )pb");
  const std::string report = Render(c, 80);
  EXPECT_THAT(report, HasSubstr("W right: no text [empty-side]\n"));
  EXPECT_THAT(report, HasSubstr("Only the left says\nL0    Alone.\n"));
  EXPECT_THAT(report, HasSubstr("Only the right says\n  (nothing)\n"));
  EXPECT_THAT(report, HasSubstr("right 0 of 0 sentences (0%)"));
}

TEST(RenderTextReport, TwoThousandPairsAreQuick) {
  const v1::Comparison sample = SampleComparison();
  v1::Comparison c = sample;
  while (c.pairs_size() < 2000) {
    c.mutable_pairs()->MergeFrom(sample.pairs());
  }
  const auto start = std::chrono::steady_clock::now();
  Render(c, 100);
  // The aim is 100 ms; the bound leaves room for a busy machine and for
  // sanitizers, and still fails on anything that is quadratic.
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(3));
}

}  // namespace
}  // namespace narrdiff
