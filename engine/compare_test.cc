// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/compare.h"

#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "engine/base/sha256.h"
#include "engine/embed/testing/fake_embedder.h"
#include "engine/judge/testing/fake_chat.h"
#include "engine/testing/comparison_laws.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

using google::protobuf::util::MessageDifferencer;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char kUs[] =
    "Statement on the Intrusion\n\nJuly 18, 2030\n\n"
    "Hackers working for the PRC broke into the mail servers of three agencies. "
    "The intrusion lasted 40 days and touched 27 accounts. "
    "We call on Beijing to stop such attacks at once.\n\n"
    "The department thanks its partners for their help.\n";
constexpr char kChina[] =
    "外交部发言人就有关问题答记者问\n\n2030年7月19日\n\n"
    "问：美方指责中国黑客入侵邮件服务器，中方有何评论？\n\n"
    "答：美方的指责毫无事实依据，纯属抹黑。中国坚决反对并依法打击一切形式的网络攻击。"
    "美国才是全球最大的黑客帝国，长期对中国进行网络攻击。\n";

Sides<StatementInput> Inputs(std::string left, std::string right) {
  Sides<StatementInput> in;
  in.left.bytes = std::move(left);
  in.left.name = "left.txt";
  in.right.bytes = std::move(right);
  in.right.name = "right.txt";
  return in;
}

std::unique_ptr<Comparer> Make(CompareOptions options = {}) {
  auto comparer = Comparer::Create(options);
  EXPECT_TRUE(comparer.ok()) << comparer.status();
  return *std::move(comparer);
}

TEST(Comparer, ReadsAlignsAndRelatesTwoStatements) {
  CompareOptions options;
  options.min_score = "balanced";
  const auto c = Make(options)->Compare(Inputs(kUs, kChina));
  ASSERT_TRUE(c.ok()) << c.status();
  EXPECT_EQ(BrokenLaw(*c), "");
  EXPECT_EQ(c->mode(), v1::MODE_COMPETING);
  EXPECT_FALSE(c->mode_reason().empty());
  EXPECT_EQ(c->left().party(), "US");
  EXPECT_EQ(c->right().party(), "China");
  EXPECT_EQ(c->left().date(), "2030-07-18");
  EXPECT_EQ(c->right().date(), "2030-07-19");
  EXPECT_EQ(c->left().sentences_size(), 4);
  EXPECT_EQ(c->right().sentences_size(), 4);
  EXPECT_EQ(c->right().sentences(0).kind(), v1::Sentence::QUESTION);
  EXPECT_EQ(c->left().sha256().size(), 64u);
  bool denied = false;
  for (const v1::AlignedPair& pair : c->pairs()) {
    EXPECT_NE(pair.right(0), 0u) << "a question is never aligned";
    denied |= pair.left(0) == 0;
  }
  EXPECT_TRUE(denied) << "the accusation finds an answer";
}

// Words of the other side and questions are nobody's own accusation; what nobody answers is silence.
TEST(Comparer, SummaryTellsAccusationsInOwnName) {
  CompareOptions options;
  options.mode = v1::MODE_COMPETING;
  const auto c = Make(options)->Compare(
      Inputs("Statement\n\nChina hacked the mail servers of three agencies. We urge Beijing to stop the attacks. "
             "Chinese officials claim that the United States coerces its allies.\n",
             "外交部发言人答记者问\n\n问：美方称中国窃取数据，有何评论？\n\n"
             "答：美方声称中方窃取美国企业数据，这毫无根据。美国长期窃听盟国领导人的电话。\n"));
  ASSERT_TRUE(c.ok()) << c.status();
  EXPECT_EQ(BrokenLaw(*c), "");
  std::vector<std::string> told;
  for (const v1::AccusationRow& row : c->summary().accusations()) {
    told.push_back(v1::Side_Name(row.side()) + " " + row.actor() + " " + row.act());
  }
  EXPECT_THAT(told, ElementsAre("SIDE_LEFT China cyber", "SIDE_RIGHT US surveillance"));
  ASSERT_EQ(c->summary().demands_size(), 1);
  const v1::DemandRow& demand = c->summary().demands(0);
  EXPECT_EQ(demand.on(), "China");
  const v1::Span& words = demand.passage().words();
  EXPECT_EQ(c->left().text().substr(words.begin_byte(), words.end_byte() - words.begin_byte()),
            "urge Beijing to stop the attacks");
  for (const v1::ActRow& row : c->summary().acts()) EXPECT_NE(row.act(), "coercion") << "told by the other side";
}

TEST(Comparer, VersionsOfOneStatementHaveOneParty) {
  CompareOptions options;
  options.mode = v1::MODE_PARALLEL;
  const auto c = Make(options)->Compare(Inputs(
      "Readout of the Foreign Ministry\n\nBeijing, March 3, 2031\n\nThe Chinese side firmly opposes this. The US side "
      "should stop it.\n",
      "两国外长通话\n\n2031年3月3日\n\n中方对此坚决反对。美方应停止这样做。\n"));
  ASSERT_TRUE(c.ok()) << c.status();
  EXPECT_EQ(c->left().party(), "China");
  EXPECT_EQ(c->right().party(), "China");
}

TEST(Comparer, IdenticalStatementsAgreeOnTheDiagonal) {
  CompareOptions options;
  options.mode = v1::MODE_COMPETING;
  const auto c = Make(options)->Compare(Inputs(kUs, kUs));
  ASSERT_TRUE(c.ok()) << c.status();
  EXPECT_EQ(BrokenLaw(*c), "");
  int diagonal = 0;
  for (const v1::AlignedPair& pair : c->pairs()) {
    if (pair.left(0) != pair.right(0)) continue;
    ++diagonal;
    EXPECT_EQ(pair.relation(), v1::RELATION_AGREE) << pair.id();
    EXPECT_EQ(pair.word_diffs_size(), 0) << pair.id();
  }
  EXPECT_EQ(diagonal, c->left().sentences_size());
  ASSERT_GT(c->issues_size(), 0);
  bool told = false;
  for (const v1::Issue& issue : c->issues()) told |= issue.code() == "same-text";
  EXPECT_TRUE(told);
}

TEST(Comparer, EmptySideGivesOneSidedComparison) {
  for (const char* empty : {"", " \n\t\n"}) {
    const auto c = Make()->Compare(Inputs(empty, kUs));
    ASSERT_TRUE(c.ok()) << c.status();
    EXPECT_EQ(BrokenLaw(*c), "");
    EXPECT_EQ(c->pairs_size(), 0);
    EXPECT_EQ(c->unaligned_right_size(), 4);
    bool told = false;
    for (const v1::Issue& issue : c->issues()) told |= issue.code() == "empty-side" && issue.side() == v1::SIDE_LEFT;
    EXPECT_TRUE(told);
  }
}

TEST(Comparer, SwappingSidesMirrors) {
  for (const char* min_score : {"sure", "balanced", "0.1"}) {
    CompareOptions options;
    options.min_score = min_score;
    const auto comparer = Make(options);
    const auto there = comparer->Compare(Inputs(kUs, kChina));
    Sides<StatementInput> swapped = Inputs(kUs, kChina).Swapped();
    const auto back = comparer->Compare(swapped);
    ASSERT_TRUE(there.ok() && back.ok());
    std::string difference;
    MessageDifferencer differencer;
    differencer.ReportDifferencesToString(&difference);
    EXPECT_TRUE(differencer.Compare(Mirrored(*there), MirrorForm(*back))) << difference;
  }
}

TEST(Comparer, SameBytesFromEveryThread) {
  const auto comparer = Make();
  const std::string want = comparer->Compare(Inputs(kUs, kChina))->SerializeAsString();
  std::vector<std::string> got(4);
  std::vector<std::thread> threads;
  for (std::string& out : got) {
    threads.emplace_back([&] { out = comparer->Compare(Inputs(kUs, kChina))->SerializeAsString(); });
  }
  for (std::thread& t : threads) t.join();
  for (const std::string& bytes : got) EXPECT_EQ(bytes, want);
}

// Pieces that official texts are made of, with what breaks parsers between them.
std::string RandomText(std::mt19937& random) {
  static const char* const kPieces[] = {"China opposes this.",
                                        " The U.S. side lied! ",
                                        "\n\n",
                                        "\n",
                                        "中方坚决反对。",
                                        "“美方”",
                                        "QUESTION: Why?\n",
                                        "问：为什么？\n",
                                        "答：",
                                        "MR HALE: ",
                                        " 27,000 attacks",
                                        " .3 billion",
                                        "20亿美元",
                                        " not ",
                                        " never",
                                        "...",
                                        "。。。",
                                        "!?",
                                        "\t",
                                        "\r\n",
                                        "\r",
                                        "😀",
                                        "\xE2\x80\xAE",
                                        "é",
                                        "'",
                                        "\"",
                                        "(",
                                        "July 4, 2031",
                                        "2031年7月4日",
                                        "Dr. ",
                                        " a ",
                                        "——",
                                        "Share this article\n",
                                        "1. ",
                                        "http://x.y/z ",
                                        "groundless "};
  std::string text;
  const int pieces = static_cast<int>(random() % 60);
  for (int k = 0; k < pieces; ++k) text += kPieces[random() % (sizeof(kPieces) / sizeof(kPieces[0]))];
  return text;
}

std::shared_ptr<const Judge> MakeJudge(FakeChat::Answer answer) {
  return *Judge::Create(std::make_shared<FakeChat>(std::move(answer)), JudgeOptions());
}

// Chooses the first candidate or none and names a relation, all by what the digits of the question's hash say.
std::shared_ptr<const Judge> ArbitraryJudge() {
  return MakeJudge([](const std::string& question, int) -> absl::StatusOr<std::string> {
    static constexpr const char* kRelations[] = {"agree", "deny", "counter", "reframe", "differ", "respond"};
    const std::string hash = Sha256Hex(question);
    if (hash[0] < '2') return absl::UnavailableError("not now");
    if (hash[0] < '4') return R"({"pairs":[]})";
    return std::string(R"({"pairs":[{"candidate":1,"relation":")") + kRelations[hash[1] % 6] + R"(","strength":)" +
           std::to_string(1 + hash[2] % 3) + "}]}";
  });
}

TEST(Comparer, LawsHoldOnRandomText) {
  std::mt19937 random(20301118);
  const struct {
    v1::Mode mode;
    std::shared_ptr<const Judge> judge;
  } kCases[] = {{v1::MODE_UNSPECIFIED, nullptr},
                {v1::MODE_COMPETING, nullptr},
                {v1::MODE_PARALLEL, nullptr},
                {v1::MODE_COMPETING, ArbitraryJudge()}};
  for (const auto& c : kCases) {
    CompareOptions options;
    options.mode = c.mode;
    options.judge = c.judge;
    options.min_score = "0.05";
    const auto comparer = Make(options);
    for (int round = 0; round < 120; ++round) {
      const std::string left = RandomText(random), right = RandomText(random);
      const auto there = comparer->Compare(Inputs(left, right));
      ASSERT_TRUE(there.ok()) << there.status();
      ASSERT_EQ(BrokenLaw(*there), "") << left << "\n=====\n" << right;
      const auto back = comparer->Compare(Inputs(right, left));
      ASSERT_TRUE(back.ok()) << back.status();
      Sides<v1::Comparison> forms{Mirrored(*there), MirrorForm(*back)};
      // The file names stay with the sides.
      for (const Side side : kBothSides) {
        forms[side].mutable_left()->clear_source_name();
        forms[side].mutable_right()->clear_source_name();
      }
      std::string difference;
      MessageDifferencer differencer;
      differencer.ReportDifferencesToString(&difference);
      ASSERT_TRUE(differencer.Compare(forms.left, forms.right)) << difference << left << "\n=====\n" << right;
    }
  }
}

TEST(Comparer, RandomBytesAreReadOrRefused) {
  std::mt19937 random(7);
  const auto comparer = Make();
  for (int round = 0; round < 300; ++round) {
    std::string bytes(random() % 200, '\0');
    for (char& b : bytes) b = static_cast<char>(round % 2 == 0 ? random() : random() % 96 + 32);
    const auto c = comparer->Compare(Inputs(bytes, kUs));
    if (c.ok()) {
      ASSERT_EQ(BrokenLaw(*c), "");
    } else {
      EXPECT_EQ(c.status().code(), absl::StatusCode::kInvalidArgument) << c.status();
      EXPECT_NE(std::string(c.status().message()).find("left: left.txt"), std::string::npos) << c.status();
    }
  }
}

TEST(Comparer, OptionsAreChecked) {
  const struct {
    const char* name;
    std::function<void(CompareOptions&)> set;
    absl::StatusCode code;
    const char* says;
  } kCases[] = {
      {"min score", [](CompareOptions& o) { o.min_score = "most"; }, absl::StatusCode::kInvalidArgument,
       "sure, balanced"},
      {"min score range", [](CompareOptions& o) { o.min_score = "1.5"; }, absl::StatusCode::kInvalidArgument, "0 to 1"},
      {"similarity", [](CompareOptions& o) { o.similarity = "magic"; }, absl::StatusCode::kInvalidArgument, "magic"},
      {"neural", [](CompareOptions& o) { o.similarity = "neural"; }, absl::StatusCode::kFailedPrecondition,
       "no embedding model for neural"},
      {"limit", [](CompareOptions& o) { o.limits.max_sentences = 0; }, absl::StatusCode::kInvalidArgument,
       "max_sentences"},
      {"lexicon",
       [](CompareOptions& o) {
         o.lexicons.push_back({"mine.textproto", "entry {"});
       },
       absl::StatusCode::kInvalidArgument, "mine.textproto:1:"},
      {"dictionary", [](CompareOptions& o) { o.dictionary_path = "/nonexistent/x"; }, absl::StatusCode::kNotFound,
       "/nonexistent/x"},
  };
  for (const auto& c : kCases) {
    CompareOptions options;
    c.set(options);
    const auto comparer = Comparer::Create(options);
    ASSERT_FALSE(comparer.ok()) << c.name;
    EXPECT_EQ(comparer.status().code(), c.code) << c.name;
    EXPECT_NE(std::string(comparer.status().message()).find(c.says), std::string::npos) << comparer.status();
  }
}

TEST(Comparer, LimitsAreNamedWithTheirValue) {
  CompareOptions options;
  options.limits.max_input_bytes = 10;
  auto c = Make(options)->Compare(Inputs(kUs, kChina));
  ASSERT_FALSE(c.ok());
  EXPECT_EQ(c.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_NE(std::string(c.status().message()).find("max_input_bytes"), std::string::npos) << c.status();
  options = CompareOptions();
  options.limits.max_sentences = 2;
  c = Make(options)->Compare(Inputs(kUs, kChina));
  ASSERT_FALSE(c.ok());
  EXPECT_NE(std::string(c.status().message()).find("max_sentences = 2"), std::string::npos) << c.status();
}

TEST(Comparer, LexiconAdditionsTakePart) {
  CompareOptions options;
  options.lexicons.push_back(
      {"mine.textproto",
       "entry { id: 'zorblax' en: 'zorblax' zh: '佐布' name { type: COMPANY } issue: 'zorb_affair' }"});
  const auto c = Make(options)->Compare(Inputs("The zorblax is here.", "佐布在这里。"));
  ASSERT_TRUE(c.ok());
  ASSERT_EQ(c->backends().lexicons_size(), 2);
  ASSERT_GT(c->left().sentences(0).subjects_size(), 0);
  EXPECT_EQ(c->left().sentences(0).subjects(0), "zorb_affair");
  EXPECT_EQ(c->right().sentences(0).subjects(0), "zorb_affair");
}

std::vector<std::string> IssueCodes(const v1::Comparison& comparison) {
  std::vector<std::string> codes;
  for (const v1::Issue& issue : comparison.issues()) codes.push_back(issue.code());
  return codes;
}

TEST(Comparer, EmbedsEachSentenceOnce) {
  const auto embedder = std::make_shared<FakeEmbedder>();
  CompareOptions options;
  options.embedder = embedder;
  options.mode = v1::MODE_PARALLEL;
  const auto c = Make(options)->Compare(Inputs("We deny it. They did it. We deny it.", "They did it. It is a lie."));
  ASSERT_TRUE(c.ok()) << c.status();
  EXPECT_EQ(c->backends().similarity(), "fake-model");
  EXPECT_EQ(c->options().similarity(), "auto");
  EXPECT_EQ(embedder->embedded(), 3);
}

TEST(Comparer, EmbedsOnlyWhereItHelps) {
  const auto embedder = std::make_shared<FakeEmbedder>();
  CompareOptions options;
  options.embedder = embedder;
  options.mode = v1::MODE_PARALLEL;
  auto c = Make(options)->Compare(Inputs(kUs, ""));
  ASSERT_TRUE(c.ok());
  EXPECT_EQ(c->backends().similarity(), "lexical");
  options.similarity = "lexical";
  c = Make(options)->Compare(Inputs(kUs, kChina));
  ASSERT_TRUE(c.ok());
  EXPECT_EQ(c->backends().similarity(), "lexical");
  options.similarity = "auto";
  options.mode = v1::MODE_COMPETING;
  c = Make(options)->Compare(Inputs(kUs, kChina));
  ASSERT_TRUE(c.ok());
  EXPECT_EQ(c->backends().similarity(), "lexical");
  EXPECT_THAT(IssueCodes(*c), ElementsAre("lexical-competing"));
  options.similarity = "neural";
  c = Make(options)->Compare(Inputs(kUs, kChina));
  ASSERT_TRUE(c.ok());
  EXPECT_EQ(c->backends().similarity(), "lexical");
  EXPECT_THAT(IssueCodes(*c), ElementsAre("lexical-competing"));
  EXPECT_EQ(embedder->embedded(), 0);
}

TEST(Comparer, AutoFallsBackAndSaysSo) {
  const auto embedder = std::make_shared<FakeEmbedder>();
  embedder->trouble = absl::UnavailableError("nobody there; start it");
  CompareOptions options;
  options.embedder = embedder;
  options.mode = v1::MODE_PARALLEL;
  auto c = Make(options)->Compare(Inputs(kUs, kChina));
  ASSERT_TRUE(c.ok()) << c.status();
  EXPECT_EQ(c->backends().similarity(), "lexical");
  EXPECT_THAT(IssueCodes(*c), Contains("lexical-fallback"));
  EXPECT_THAT(c->issues(0).message(), HasSubstr("nobody there; start it"));
  // A server that goes away when the sentences are embedded and runs of them are not.
  embedder->trouble_from_call = 2;
  c = Make(options)->Compare(Inputs(kUs, kChina));
  ASSERT_TRUE(c.ok()) << c.status();
  EXPECT_EQ(c->backends().similarity(), "lexical");
  EXPECT_THAT(IssueCodes(*c), Contains("lexical-fallback"));
  embedder->trouble_from_call = 1;
  // Whoever asks for neural gets that or nothing.
  options.similarity = "neural";
  EXPECT_EQ(Make(options)->Compare(Inputs(kUs, kChina)).status(), embedder->trouble);
  // A model that is installed and broken.
  options = CompareOptions();
  options.mode = v1::MODE_PARALLEL;
  options.no_embedder_reason = "model.bin is cut short; run tools/setup";
  c = Make(options)->Compare(Inputs(kUs, kChina));
  ASSERT_TRUE(c.ok());
  EXPECT_THAT(IssueCodes(*c), Contains("lexical-fallback"));
}

TEST(Comparer, AutoSparesLongTexts) {
  std::string text;
  for (int i = 0; i < 600; ++i)
    text += "Ship " + std::to_string(i) + " left the port on day " + std::to_string(i) + ".\n";
  const auto embedder = std::make_shared<FakeEmbedder>();
  CompareOptions options;
  options.embedder = embedder;
  options.mode = v1::MODE_PARALLEL;
  options.presegmented = true;
  const auto c = Make(options)->Compare(Inputs(text, text));
  ASSERT_TRUE(c.ok()) << c.status();
  const int embedded = static_cast<int>(embedder->embedded());
  EXPECT_GE(embedded, 600);  // each distinct text once
  EXPECT_LT(embedded, 700);
  std::string other = text;
  std::replace(other.begin(), other.end(), 'S', 'C');
  const auto longer = Make(options)->Compare(Inputs(text, other));
  ASSERT_TRUE(longer.ok()) << longer.status();
  EXPECT_EQ(embedder->embedded(), embedded);
  EXPECT_THAT(IssueCodes(*longer), Contains("lexical-long"));
}

TEST(Comparer, AJudgeChoosesPairsAndNamesRelations) {
  CompareOptions options;
  options.mode = v1::MODE_COMPETING;
  options.explain = true;
  const auto own = Make(options)->Compare(Inputs(kUs, kChina));
  options.judge = MakeJudge(
      [](const std::string&, int) { return R"({"pairs":[{"candidate":1,"relation":"differ","strength":3}]})"; });
  const auto judged = Make(options)->Compare(Inputs(kUs, kChina));
  ASSERT_TRUE(own.ok() && judged.ok()) << judged.status();
  EXPECT_EQ(BrokenLaw(*judged), "");
  EXPECT_EQ(own->backends().judge(), "");
  EXPECT_EQ(judged->backends().judge(), "fake");
  int differ = 0;
  for (const v1::AlignedPair& pair : judged->pairs()) {
    ASSERT_GT(pair.score_parts_size(), 0);
    EXPECT_EQ(pair.score_parts(0).feature(), "judge") << pair.id();
    const bool chosen = pair.score_parts(0).value() > 0;
    EXPECT_EQ(pair.evidence(0).kind() == "judge", chosen) << pair.id();
    if (!chosen) continue;
    ++differ;
    EXPECT_EQ(pair.relation(), v1::RELATION_DIFFER) << pair.id();
    EXPECT_EQ(pair.evidence(0).reason(), "the judge model fake calls it differ");
    EXPECT_EQ(pair.evidence(0).relation(), v1::RELATION_DIFFER);
    EXPECT_GT(pair.relation_confidence(), 0);
  }
  EXPECT_GT(differ, 0);
}

TEST(Comparer, AJudgeThatFailsChangesNothing) {
  CompareOptions options;
  options.mode = v1::MODE_COMPETING;
  const auto own = Make(options)->Compare(Inputs(kUs, kChina));
  options.judge = MakeJudge([](const std::string&, int) { return "I cannot help with that."; });
  auto judged = Make(options)->Compare(Inputs(kUs, kChina));
  ASSERT_TRUE(own.ok() && judged.ok()) << judged.status();
  EXPECT_THAT(IssueCodes(*judged), ElementsAre("judge-failed"));
  judged->clear_issues();
  EXPECT_EQ(judged->SerializeAsString(), own->SerializeAsString());
}

TEST(Comparer, AJudgeIsNotAskedAboutVersionsOrEmptySides) {
  const auto nobody = MakeJudge([](const std::string&, int) {
    ADD_FAILURE() << "was asked";
    return "";
  });
  CompareOptions options;
  options.judge = nobody;
  EXPECT_THAT(IssueCodes(*Make(options)->Compare(Inputs("", kUs))), ElementsAre("empty-input", "empty-side"));
  options.mode = v1::MODE_COMPETING;
  EXPECT_THAT(IssueCodes(*Make(options)->Compare(Inputs(kUs, kUs))), Contains("judge-not-used"));
  options.mode = v1::MODE_PARALLEL;
  const auto c = Make(options)->Compare(Inputs(kUs, kChina));
  ASSERT_TRUE(c.ok());
  EXPECT_THAT(IssueCodes(*c), Contains("judge-not-used"));
  EXPECT_EQ(c->backends().judge(), "");
}

TEST(Comparer, ProgressEndsTheWork) {
  int calls = 0, last = 1;
  CompareOptions options;
  options.embedder = std::make_shared<FakeEmbedder>();
  options.mode = v1::MODE_PARALLEL;
  options.progress = [&](const WorkProgress&) { return ++calls < last; };
  const auto comparer = Make(options);
  for (absl::StatusOr<v1::Comparison> c = comparer->Compare(Inputs(kUs, kChina)); !c.ok();
       c = comparer->Compare(Inputs(kUs, kChina))) {
    EXPECT_EQ(c.status().code(), absl::StatusCode::kCancelled);
    calls = 0;
    ASSERT_LT(++last, 100);
  }
  EXPECT_GT(last, 6);
}

TEST(Comparer, ProgressEndsTheJudging) {
  CompareOptions options;
  options.mode = v1::MODE_COMPETING;
  options.judge = ArbitraryJudge();
  options.progress = [&](const WorkProgress& progress) { return progress.what != "judging"; };
  EXPECT_EQ(Make(options)->Compare(Inputs(kUs, kChina)).status().code(), absl::StatusCode::kCancelled);
}

TEST(Comparer, ProgressAscends) {
  std::vector<double> shares;
  CompareOptions options;
  options.embedder = std::make_shared<FakeEmbedder>();
  options.mode = v1::MODE_PARALLEL;
  options.progress = [&](const WorkProgress& progress) {
    shares.push_back(progress.share);
    EXPECT_LE(progress.done, progress.total);
    return true;
  };
  ASSERT_TRUE(Make(options)->Compare(Inputs(kUs, kChina)).ok());
  ASSERT_GT(shares.size(), 2u);
  EXPECT_TRUE(std::is_sorted(shares.begin(), shares.end()));
  EXPECT_EQ(shares.back(), 1);
}

}  // namespace
}  // namespace narrdiff
