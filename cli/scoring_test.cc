// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The expected texts are what score.py printed for the same files.
#include "cli/scoring.h"

#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <string>

#include "cli/text.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace narrdiff::cli {
namespace {

using ::testing::HasSubstr;

// Folders gold/ and pred/ in a place of their own.
class ScoringTest : public testing::Test {
 protected:
  ScoringTest() : root_(Cat(testing::TempDir(), "/scoring-XXXXXX")) {
    if (mkdtemp(&root_[0]) == nullptr) abort();
    mkdir(Gold().c_str(), 0700);
    mkdir(Pred().c_str(), 0700);
  }
  std::string Gold() const { return root_ + "/gold"; }
  std::string Pred() const { return root_ + "/pred"; }
  void Write(const std::string& name, const std::string& text) const {
    const std::string path = Cat(root_, "/", name);
    mkdir(path.substr(0, path.rfind('/')).c_str(), 0700);
    std::ofstream(path, std::ios::binary) << text;
  }

 private:
  std::string root_;
};

std::string TextOf(const absl::StatusOr<std::string>& figures) {
  return figures.ok() ? *figures : Cat("ERROR ", figures.status().message());
}

TEST(Measure, DividesByNothing) {
  EXPECT_EQ(Measure(0, 0, 0).f1, 0);
  EXPECT_EQ(Measure(0, 5, 0).precision, 0);
  EXPECT_DOUBLE_EQ(Measure(1, 2, 4).precision, 0.5);
  EXPECT_DOUBLE_EQ(Measure(1, 2, 4).recall, 0.25);
  EXPECT_DOUBLE_EQ(Measure(1, 2, 4).f1, 1 / 3.0);
}

TEST_F(ScoringTest, SegmentationTrimsAndCountsCodePoints) {
  Write("gold/中.txt", "中国。 We agree.\n\nYes.");
  Write("gold/中.gold", "0\t3\n4\t13\n15\t19\n");
  // White space at the ends does not count; extra columns and blanks between
  // columns are allowed.
  Write("pred/中.pred", "0 4 x\n3\t15\r\n15\t18\n");
  Write("gold/b.txt", "One.");
  Write("gold/b.gold", "0\t4\n");
  EXPECT_EQ(TextOf(ScoreSegmentation(Gold(), Pred(), true)),
            "b                                        F1 0.0000\n"
            "中                                        F1 0.6667\n"
            "sentence P 0.6667 R 0.5000 F1 0.5714 | boundary P 0.6667 R 0.5000 "
            "F1 0.5714 | gold sentences 4\n");
}

TEST_F(ScoringTest, SegmentationRefusesWhatIsNoSpan) {
  Write("gold/a.txt", "One. Two.");
  Write("gold/a.gold", "0\t4\n");
  Write("pred/a.pred", "0\t4\n5\t99\n");
  EXPECT_THAT(TextOf(ScoreSegmentation(Gold(), Pred(), false)), HasSubstr("/pred/a.pred:2: not within the text"));
  Write("pred/a.pred", "0\t4\n\n");
  EXPECT_THAT(TextOf(ScoreSegmentation(Gold(), Pred(), false)), HasSubstr("/pred/a.pred:2: no span"));
  Write("pred/a.pred", "zero\t4\n");
  EXPECT_THAT(TextOf(ScoreSegmentation(Gold(), Pred(), false)), HasSubstr("/pred/a.pred:1: no span"));
  Write("gold/a.txt", "\xff");
  EXPECT_THAT(TextOf(ScoreSegmentation(Gold(), Pred(), false)), HasSubstr("/gold/a.txt: byte 0 is not UTF-8"));
}

TEST_F(ScoringTest, BeadsStrictAndLax) {
  Write("gold/d/gold.tsv", "0\t0\n1,2\t1\n3\t\n\t2\n");
  Write("pred/d.tsv",
        "left\tright\n# a "
        "remark\n0\t0\tparallel\t0.9\n1\t1\n2\t\n3\t\n\t2\n\t\n");
  EXPECT_EQ(TextOf(ScoreBeads(Gold(), Pred(), true)),
            "d                                        strict F1 0.5455\n"
            "strict P 0.6000 R 0.5000 F1 0.5455 | lax F1 0.8889\n");
}

TEST_F(ScoringTest, PairsAndTheirRelations) {
  Write("gold/x/pairs.tsv", "0\t3,4\tdeny\t3\treason\n0\t5\tdiffer\n1\t0\treframe\n1\t0\tcounter\n");
  Write("pred/x.tsv",
        "0\t3\tdeny\t0.9\n0\t5\tdeny\t0.8\n1\t0\tcounter\t0.7\n2\t2\tagree\t0."
        "6\n7\t\tunaligned\t\n");
  Write("gold/y/pairs.tsv", "0\t0\tagree\n");
  EXPECT_EQ(TextOf(ScorePairs(Gold(), Pred(), true)),
            "x                                        P 0.750 R 0.750 F1 0.750\n"
            "y                                        P 0.000 R 0.000 F1 0.000\n"
            "pairs P 0.7500 R 0.6000 F1 0.6667 (mean over documents 0.3750) | gold 5 "
            "predicted 4\n"
            "relation accuracy on shared pairs 0.6667 of 3 | pair+relation F1 micro "
            "0.4444 macro 0.3750\n"
            "recall by relation: agree 0.00, counter 1.00, deny 0.50, differ 1.00, "
            "reframe 1.00\n");
}

TEST_F(ScoringTest, NothingToScore) {
  EXPECT_EQ(TextOf(ScorePairs(Gold(), Pred(), true)),
            "pairs P 0.0000 R 0.0000 F1 0.0000 (mean over documents 0.0000) | "
            "gold 0 predicted 0\n"
            "relation accuracy on shared pairs 0.0000 of 0 | pair+relation F1 "
            "micro 0.0000 macro 0.0000\n"
            "recall by relation: \n");
  EXPECT_EQ(TextOf(ScoreBeads(Gold(), Pred(), true)), "strict P 0.0000 R 0.0000 F1 0.0000 | lax F1 0.0000\n");
}

// Ids are read as Python's int() reads them.
TEST_F(ScoringTest, IdsAsPythonReadsThem) {
  Write("gold/d/gold.tsv", "0,1\t0\n12\t3\n");
  Write("pred/d.tsv", " 0 ,+1,\t00\r１2\t３");
  EXPECT_EQ(TextOf(ScoreBeads(Gold(), Pred(), false)), "strict P 1.0000 R 1.0000 F1 1.0000 | lax F1 1.0000\n");
  Write("pred/d.tsv", "0\t0\n0\tx\n");
  EXPECT_THAT(TextOf(ScoreBeads(Gold(), Pred(), false)), HasSubstr("/pred/d.tsv:2: \"x\" is no sentence number"));
}

TEST_F(ScoringTest, DiffsByPlaceAndKind) {
  Write("gold/d/diffs.tsv", "1\t1\tnumber\t75 v 57\n10\t\tomitted\tgone\n\t17\tadded\tnew\n3\t4\tsoftened\tweak\n");
  Write("pred/d.tsv", "1\t1\tnumber\tother\n1\t1\tnumber\tagain\n\t17\tadded\t\n10\t9\tomitted\t\n");
  EXPECT_EQ(TextOf(ScoreDiffs(Gold(), Pred(), true)),
            "d                                        P 0.6667 R 0.5000 F1 0.5714\n"
            "diffs P 0.6667 R 0.5000 F1 0.5714 | gold 4 predicted 3\n"
            "F1 by kind: added 1.00, number 1.00, omitted 0.00, softened 0.00\n");
}

TEST_F(ScoringTest, AttributionsByOverlap) {
  Write("gold/a/article.txt", "She said it rained. He denied it.");
  Write("gold/a/attributions.json",
        R"([{"content_start": 9, "content_end": 19, "speaker_start": 0, "speaker_end": 3, "cue_start": 4, "cue_end": 8,
             "party": "US"},
            {"content_start": 30, "content_end": 33, "speaker_start": 20, "speaker_end": 22, "party": "China"}])");
  Write("pred/a.json",
        R"({"attributions": [{"content_start": 9, "content_end": 19, "speaker_start": 0, "speaker_end": 3,
             "cue_start": 5, "cue_end": 8, "party": "US"},
            {"content_start": 23, "content_end": 33, "speaker_start": null, "speaker_end": null, "party": "US"}]})");
  EXPECT_EQ(TextOf(ScoreAttributions(Gold(), Pred(), true)),
            "a                                        gold 2 predicted 2 matched 2\n"
            "content overlap  P 1.0000 R 1.0000 F1 1.0000\n"
            "content half     P 0.5000 R 0.5000 F1 0.5000\n"
            "content exact    P 0.5000 R 0.5000 F1 0.5000\n"
            "content full     P 0.5000 R 0.5000 F1 0.5000\n"
            "party accuracy on matched 0.5000 of 2\n");
  Write("pred/a.json", "[{]");
  EXPECT_THAT(TextOf(ScoreAttributions(Gold(), Pred(), false)), HasSubstr("/pred/a.json: is not JSON"));
  Write("pred/a.json", "null");
  EXPECT_THAT(TextOf(ScoreAttributions(Gold(), Pred(), false)), HasSubstr("/pred/a.json: is not a list"));
  Write("pred/a.json", R"([{"content_start": 0, "content_end": 34}])");
  EXPECT_THAT(TextOf(ScoreAttributions(Gold(), Pred(), false)), HasSubstr("content 0 to 34 is not within the article"));
}

TEST_F(ScoringTest, FoldersThatAreNotThere) {
  EXPECT_THAT(TextOf(ScorePairs(Gold() + "/no", Pred(), false)), HasSubstr("/gold/no: no such folder"));
  // A missing prediction is an empty one, be it a file or the whole folder.
  Write("gold/d/gold.tsv", "0\t0\n");
  EXPECT_EQ(TextOf(ScoreBeads(Gold(), Pred() + "/no", false)), "strict P 0.0000 R 0.0000 F1 0.0000 | lax F1 0.0000\n");
}

}  // namespace
}  // namespace narrdiff::cli
