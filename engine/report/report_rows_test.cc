// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/report/report_rows.h"

#include <limits>

#include "engine/report/sample_comparison.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Ids(const v1::Comparison& comparison) {
  std::vector<std::string> ids;
  for (const ReportRow& row : RowsOf(comparison)) ids.push_back(PairId(row));
  return ids;
}

TEST(RowsOf, PairsThenWhatIsUnaligned) {
  EXPECT_THAT(Ids(SampleComparison()), ElementsAre("L0-R0", "L0-R3", "L1-R2", "L2,3-R1", "L4", "L5", "L6", "R4"));
}

TEST(RowsOf, InPlaceInParallelMode) {
  EXPECT_THAT(Ids(ParallelComparison()), ElementsAre("R0", "L0-R1", "L1-R2,3", "L2", "L3-R4"));
}

TEST(RowsOf, MovedPassageDoesNotPullTheRightSideForward) {
  v1::Comparison c = ComparisonFromText(R"pb(
    mode: MODE_PARALLEL
    left {
      sentences {}
      sentences {}
    }
    right {
      sentences {}
      sentences {}
      sentences {}
    }
    pairs { left: 0 right: 2 moved: true }
    pairs { left: 1 right: 1 }
    unaligned_right: 0
  )pb");
  EXPECT_THAT(Ids(c), ElementsAre("L0-R2", "R0", "L1-R1"));
}

TEST(RowsOf, NothingOfNothing) { EXPECT_THAT(RowsOf({}), IsEmpty()); }

TEST(JoinSentences, SpaceUnlessChinese) {
  const v1::Comparison c = SampleComparison();
  EXPECT_EQ(JoinSentences(c.left(), {2, 3}),
            "We call on the People's Republic of China to stop. Our partners "
            "in Europe and Asia join this call.");
  const v1::Comparison p = ParallelComparison();
  EXPECT_EQ(JoinSentences(p.right(), {2, 3}), "第二。第三。");
  EXPECT_EQ(JoinSentences(p.right(), {2, 99}), "第二。");
  EXPECT_EQ(JoinSentences(p.right(), {}), "");
}

TEST(OnOneLine, Table) {
  struct Case {
    const char* name;
    const char* text;
    const char* want;
  };
  const Case cases[] = {
      {"plain", "a  b", "a  b"},
      {"tab", "a\tb", "a b"},
      {"run", "a \r\n\t b", "a b"},
      {"unicode line ends", "a\u2028b\u2029c\u0085d", "a b c d"},
      {"information separators",
       "a\x1C"
       "b\x1D"
       "c\x1E"
       "d",
       "a b c d"},
      {"escape stays", "a\x1b[m", "a\x1b[m"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(OnOneLine(c.text), c.want) << c.name;
  }
}

TEST(MarkedWords, MergedAcrossWhiteSpace) {
  const v1::Comparison c = SampleComparison();
  const v1::Sentence& left = c.left().sentences(0);
  const auto marks = MarkedWords(c.pairs(0), Side::kLeft, left);
  ASSERT_EQ(marks.size(), 1u);
  EXPECT_EQ(marks[0].Of(left.text()), "broke into");
  const v1::Sentence& right = c.right().sentences(0);
  std::vector<std::string> words;
  for (Span s : MarkedWords(c.pairs(0), Side::kRight, right)) {
    words.emplace_back(s.Of(right.text()));
  }
  EXPECT_THAT(words, ElementsAre("从未入侵", "毫无根据"));
  // A difference in another sentence of the group marks nothing here.
  EXPECT_THAT(MarkedWords(c.pairs(3), Side::kLeft, c.left().sentences(2)), IsEmpty());
}

TEST(MarkedWords, BrokenSpansAreClippedToCodePoints) {
  struct Case {
    const char* name;
    uint32_t begin, end;
    std::vector<std::string> want;
  };
  const Case cases[] = {
      {"inside a character", 13, 14, {"中"}},
      {"past the end", 15, 4'000'000'000u, {"国"}},
      {"before the start", 0, 12 + 3, {"中"}},
      {"backwards", 18, 12, {}},
      {"elsewhere", 0, 5, {}},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    v1::Sentence sentence;
    sentence.set_text("中国");
    sentence.mutable_span()->set_begin_byte(12);
    sentence.mutable_span()->set_end_byte(18);
    v1::AlignedPair pair;
    v1::Span& span = *pair.add_word_diffs()->mutable_left();
    span.set_begin_byte(c.begin);
    span.set_end_byte(c.end);
    std::vector<std::string> words;
    for (Span s : MarkedWords(pair, Side::kLeft, sentence)) {
      words.emplace_back(s.Of(sentence.text()));
    }
    EXPECT_EQ(words, c.want);
  }
}

TEST(ReasonsOf, ThoseThatSpeakForTheRelation) {
  const v1::Comparison c = SampleComparison();
  EXPECT_EQ(ReasonsOf(c.pairs(0), 2).size(), 2u);
  EXPECT_EQ(ReasonsOf(c.pairs(0), 99).size(), 3u);  // not the one against it
  EXPECT_EQ(ReasonsOf(c.pairs(1), 99).size(), 1u);  // of no stated relation
  // A number that differs between two versions.
  v1::AlignedPair versions = ParallelComparison().pairs(0);
  v1::Evidence& evidence = *versions.add_evidence();
  evidence.set_relation(v1::RELATION_DIFFER);
  evidence.set_reason("3 and 4");
  evidence.set_weight(.5);
  EXPECT_EQ(ReasonsOf(versions, 99).size(), 1u);
}

TEST(CountsOf, CountedLikeTheSummary) {
  v1::Comparison c = SampleComparison();
  for (Side side : kBothSides) {
    const std::string given = CountsOf(c, side).SerializeAsString();
    v1::Comparison bare = c;
    bare.clear_summary();
    EXPECT_EQ(CountsOf(bare, side).SerializeAsString(), given);
    EXPECT_EQ(RelationCountsOf(bare).size(), RelationCountsOf(c).size());
  }
}

TEST(UnalignedOf, QuestionsApart) {
  v1::Comparison c = SampleComparison();
  EXPECT_THAT(UnalignedOf(c, Side::kLeft).own, ElementsAre(4, 6));
  EXPECT_THAT(UnalignedOf(c, Side::kLeft).questions, ElementsAre(5));
  // Also when the list leaves them out.
  c.mutable_unaligned_left()->erase(c.unaligned_left().begin() + 1);
  EXPECT_THAT(UnalignedOf(c, Side::kLeft).questions, ElementsAre(5));
  // One that was paired after all is no loose question.
  c.mutable_pairs(0)->add_left(5);
  EXPECT_THAT(UnalignedOf(c, Side::kLeft).questions, IsEmpty());
}

TEST(RankOf, FirstFew) {
  const v1::Comparison c = SampleComparison();
  EXPECT_EQ(RankOf(c, Side::kLeft, 6, 5), 1);
  EXPECT_EQ(RankOf(c, Side::kLeft, 4, 5), 2);
  EXPECT_EQ(RankOf(c, Side::kLeft, 4, 1), 0);
  EXPECT_EQ(RankOf(c, Side::kRight, 6, 5), 0);
}

TEST(Wording, ScoreText) {
  struct Case {
    double score;
    const char* want;
  };
  const Case cases[] = {{0.83, ".83"},
                        {0, ".00"},
                        {1, "1.00"},
                        {0.999, "1.00"},
                        {0.004, ".00"},
                        {7, "1.00"},
                        {-3, ".00"},
                        {std::numeric_limits<double>::quiet_NaN(), "?"},
                        {std::numeric_limits<double>::infinity(), "1.00"}};
  for (const Case& c : cases) EXPECT_EQ(ScoreText(c.score), c.want) << c.score;
}

TEST(Wording, Words) {
  const v1::Comparison c = SampleComparison();
  EXPECT_EQ(ConfidenceWord(c.pairs(0)), "likely");
  EXPECT_EQ(ConfidenceWord(c.pairs(1)), "unsure");
  EXPECT_EQ(ConfidenceWord(ParallelComparison().pairs(0)), "");
  EXPECT_EQ(PercentText(1, 3), "33%");
  EXPECT_EQ(PercentText(2, 3), "67%");
  EXPECT_EQ(PercentText(0, 0), "0%");
  EXPECT_EQ(PercentText(4'000'000'000u, 4'000'000'000u), "100%");
  EXPECT_EQ(Counted(1, "sentence"), "1 sentence");
  EXPECT_EQ(Counted(0, "sentence"), "0 sentences");
  EXPECT_EQ(SideLabel(c, Side::kLeft), "left (US)");
  EXPECT_EQ(SideLabel({}, Side::kLeft), "left");
  EXPECT_EQ(SentenceNames(Side::kRight, {3, 4}), "R3, R4");
  EXPECT_EQ(ModeText({}), "mode unknown");
  EXPECT_EQ(ExpectationText({}), "");
}

TEST(IssuePlace, LineAndColumnInCodePoints) {
  const v1::Comparison c = SampleComparison();
  EXPECT_EQ(IssuePlace(c, c.issues(0)), "");
  EXPECT_EQ(IssuePlace(c, c.issues(1)), "right");
  // "美国才是世界上最大的“黑客" is the fourth sentence, ten before the quote.
  EXPECT_EQ(IssuePlace(c, c.issues(2)), "right:4:11");
  v1::Issue far = c.issues(2);
  far.mutable_span()->set_begin_byte(1'000'000);
  EXPECT_EQ(IssuePlace(c, far).substr(0, 8), "right:5:");
}

TEST(DifferingNumbers, EqualOnesAreLeftOut) {
  const v1::Comparison c = SampleComparison();
  const auto rows = DifferingNumbers(c);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0]->pair_id(), "L1-R2");
}

TEST(ReportRows, WhatASentenceSkipsIsNotShown) {
  v1::Sentence sentence;
  sentence.set_text("The govern-\nment says\f12\nso.");
  sentence.mutable_span()->set_begin_byte(100);
  sentence.mutable_span()->set_end_byte(130);
  auto skip = [&](uint32_t begin, uint32_t end) {
    v1::Span& span = *sentence.add_skipped();
    span.set_begin_byte(begin);
    span.set_end_byte(end);
  };
  skip(110, 112);  // "-\n"
  skip(122, 124);  // "12"
  EXPECT_EQ(ShownText(sentence), "The government says \nso.");
  v1::AlignedPair pair;
  auto mark = [&](uint32_t begin, uint32_t end) {
    v1::Span& span = *pair.add_word_diffs()->mutable_left();
    span.set_begin_byte(begin);
    span.set_end_byte(end);
  };
  mark(104, 116);  // "govern-\nment"
  mark(117, 127);  // "says\f12\nso"
  const std::vector<Span> marks = MarkedWords(pair, Side::kLeft, sentence);
  ASSERT_EQ(marks.size(), 1u);  // nothing but a space between them
  EXPECT_EQ(marks[0].Of(ShownText(sentence)), "government says \nso");
  // A message may be wrong.
  skip(50, 4000);
  skip(105, 101);
  EXPECT_EQ(ShownText(sentence), "The government says \nso.");
}

}  // namespace
}  // namespace narrdiff
