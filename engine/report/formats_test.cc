// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/report/formats.h"

#include <random>

#include "absl/strings/str_split.h"
#include "engine/base/sha256.h"
#include "engine/report/sample_comparison.h"
#include "gmock/gmock.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "google/protobuf/util/delimited_message_util.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

using ::google::protobuf::util::MessageDifferencer;
using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr MessageFormat kFormats[] = {MessageFormat::kBinary, MessageFormat::kJson, MessageFormat::kTextproto};

std::string Write(const v1::Comparison& comparison, MessageFormat format) {
  switch (format) {
    case MessageFormat::kBinary:
      return ToBinary(comparison);
    case MessageFormat::kJson:
      return ToJson(comparison).value_or("(failed)");
    case MessageFormat::kTextproto:
      return ToTextproto(comparison);
  }
  return "";
}

TEST(Formats, ApiExamples) {
  const v1::Comparison comparison = ComparisonFromText(R"pb(
    schema: "narrdiff.v1"
    left { sentences { text: "They did it." } }
    right { sentences { text: "We did not." } }
    pairs { left: 0 right: 0 relation: RELATION_DENY score: 0.934 }
  )pb");
  EXPECT_EQ(ToTsv(comparison, false), "0\t0\tdeny\t0.9340\tThey did it.\tWe did not.\n");
  EXPECT_TRUE(ParseComparison(ToBinary(comparison), MessageFormat::kBinary).ok());
}

TEST(ToTsv, PairsThenUnaligned) {
  EXPECT_EQ(ToTsv(SampleComparison(), true),
            "left_ids\tright_ids\trelation\tscore\tleft_text\tright_text\n"
            "0\t0\tdeny\t0.9340\tHackers directed from Beijing broke into the "
            "networks of nine ports.\t中方从未入侵任何国家的港口网络，有关指责毫无根"
            "据，纯属捏造。\n"
            "0\t3\tcounter\t0.5000\tHackers directed from Beijing broke into the "
            "networks of nine ports.\t美国才是世界上最大的“黑客帝国”。\n"
            "1\t2\tdiffer\t0.7000\tThe losses exceed $40 million.\t所谓损失不过1000万"
            "美元。\n"
            "2,3\t1\treframe\t0.6200\tWe call on the People's Republic of China to "
            "stop. Our partners in Europe and Asia join this call.\t美方纠集盟友，在"
            "网络安全问题上对中国进行无端指责。\n"
            "4\t\tunaligned\t\tThe United States will use every tool it has to "
            "protect its citizens and businesses.\t\n"
            "5\t\tunaligned\t\tWill there be sanctions?\t\n"
            "6\t\tunaligned\t\tPorts are the arteries of trade.\t\n"
            "\t4\tunaligned\t\t\t我们希望各方以建设性态度维护网络空间和平。\n");
}

TEST(ToTsv, ParallelIsMonotone) {
  EXPECT_EQ(ToTsv(ParallelComparison(), false),
            "\t0\tunaligned\t\t\t只在中文。\n"
            "0\t1\tparallel\t0.9000\tFirst.\t第一。\n"
            "1\t2,3\tparallel\t0.9500\tSecond & third.\t第二。第三。\n"
            "2\t\tunaligned\t\tOnly in English.\t\n"
            "3\t4\tparallel\t1.0000\tLast.\t最后。\n");
}

TEST(ToTsv, EveryRowHasSixCells) {
  const std::string tsv = ToTsv(HostileComparison(), true);
  std::vector<std::string> lines = absl::StrSplit(tsv, '\n');
  ASSERT_EQ(lines.back(), "");
  lines.pop_back();
  EXPECT_EQ(lines.size(), 9u);
  for (const std::string& line : lines) {
    const std::vector<std::string> cells = absl::StrSplit(line, '\t');
    EXPECT_EQ(cells.size(), 6u) << line;
    EXPECT_THAT(line, Not(HasSubstr("\r")));
  }
}

TEST(ToJson, CanonicalAndPretty) {
  const std::string json = ToJson(SampleComparison()).value_or("");
  EXPECT_THAT(json, StartsWith("{\n \"schema\": \"narrdiff.v1\",\n "
                               "\"engineVersion\": \"0.1.0\",\n"));
  EXPECT_THAT(json, HasSubstr("\"relationConfidence\": 0.88"));
  EXPECT_THAT(json, HasSubstr("\"relation\": \"RELATION_DENY\""));
  EXPECT_THAT(json, HasSubstr("所谓损失"));
  EXPECT_EQ(json.substr(json.size() - 2), "}\n");
  const std::string line = ToJson(SampleComparison(), false).value_or("\n");
  EXPECT_THAT(line, Not(HasSubstr("\n")));
}

TEST(ToTextproto, ReadableWithItsSchemaNamed) {
  const std::string text = ToTextproto(SampleComparison());
  EXPECT_THAT(text, StartsWith("# proto-file: proto/narrdiff/v1/"
                               "comparison.proto\n# proto-message: "
                               "narrdiff.v1.Comparison\n\n"
                               "schema: \"narrdiff.v1\"\n"));
  EXPECT_THAT(text, HasSubstr("text: \"所谓损失不过1000万美元。\"\n"));
}

TEST(ParseComparison, RoundTrips) {
  for (const v1::Comparison& c : {SampleComparison(), ParallelComparison()}) {
    for (MessageFormat format : kFormats) {
      const std::string bytes = Write(c, format);
      const auto parsed = ParseComparison(bytes, format);
      ASSERT_TRUE(parsed.ok()) << parsed.status();
      EXPECT_TRUE(MessageDifferencer::Equals(*parsed, c));
      EXPECT_EQ(Write(*parsed, format), bytes) << "not deterministic";
    }
  }
}

TEST(ParseComparison, CutShortAnywhere) {
  const v1::Comparison c = SampleComparison();
  for (MessageFormat format : kFormats) {
    const std::string bytes = Write(c, format);
    // Up to the end of the last list that the laws speak of; what follows in
    // a binary or text file is the summary, without which it is still whole.
    v1::Comparison core = c;
    core.clear_summary();
    core.clear_issues();
    core.clear_expected_precision();
    core.clear_expected_recall();
    const size_t end = format == MessageFormat::kJson ? bytes.size() - 2 : Write(core, format).size() - 1;
    for (size_t size = 0; size < end; size += 1 + size / 40) {
      const auto parsed = ParseComparison(bytes.substr(0, size), format);
      ASSERT_EQ(parsed.status().code(), absl::StatusCode::kInvalidArgument)
          << "at " << size << " of format " << static_cast<int>(format);
      EXPECT_THAT(std::string(parsed.status().message()), AnyOf(HasSubstr("not a"), HasSubstr("cut short"))) << size;
    }
  }
}

TEST(ParseComparison, Messages) {
  v1::Comparison c = SampleComparison();
  const std::string binary = ToBinary(c);
  v1::Comparison foreign = c;
  foreign.set_schema("other.v1");
  v1::Comparison gap = c;
  gap.mutable_unaligned_left()->RemoveLast();
  v1::Comparison index = c;
  index.mutable_pairs(1)->set_right(0, 44);
  v1::Comparison span = c;
  span.mutable_left()->mutable_sentences(1)->mutable_span()->set_end_byte(9999);
  v1::Comparison half = c;
  half.clear_right();
  v1::Comparison one_sided = c;
  one_sided.mutable_pairs(0)->clear_left();
  struct Case {
    const char* name;
    MessageFormat format;
    std::string bytes;
    const char* want;
  };
  const Case cases[] = {
      {"empty", MessageFormat::kBinary, "", "the file is empty"},
      {"text as binary", MessageFormat::kBinary, "Dear reader,\n", "not a narrdiff comparison; give"},
      {"json as binary", MessageFormat::kBinary, "{\"schema\": 1}", "not a narrdiff comparison; give"},
      {"pairs as binary", MessageFormat::kBinary, ToDelimited(ToPairRecords(c)), "not a narrdiff comparison; give"},
      {"other schema", MessageFormat::kBinary, ToBinary(foreign), "not a narrdiff comparison; give"},
      {"cut", MessageFormat::kBinary, binary.substr(0, binary.size() / 2), "cut short or damaged"},
      {"binary as json", MessageFormat::kJson, binary, "not a narrdiff comparison, or cut short"},
      {"foreign json", MessageFormat::kJson, "{\"a\": [1, 2]}", "not a narrdiff comparison; give"},
      {"list as json", MessageFormat::kJson, "[1]", "not a narrdiff comparison, or cut short"},
      {"foreign textproto", MessageFormat::kTextproto, "a: 1\n", "not a narrdiff comparison; give"},
      {"broken textproto", MessageFormat::kTextproto, "schema: \"narrdiff.v1\"\npairs { left: x }\n", "2:15: "},
      {"gap", MessageFormat::kBinary, ToBinary(gap), "sentence 6 of the left side is in no pair"},
      {"index", MessageFormat::kJson, Write(index, MessageFormat::kJson),
       "pair L0-R3 has sentence 44 of the right side, which has 5"},
      {"span", MessageFormat::kTextproto, Write(span, MessageFormat::kTextproto), "the span of sentence 1 (bytes"},
      {"half", MessageFormat::kBinary, ToBinary(half), "the right statement is missing"},
      {"one-sided pair", MessageFormat::kBinary, ToBinary(one_sided), "pair L0-R0 has no sentence of the left side"},
  };
  for (const Case& test : cases) {
    SCOPED_TRACE(test.name);
    testing::internal::CaptureStderr();
    const auto parsed = ParseComparison(test.bytes, test.format);
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
    EXPECT_EQ(parsed.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(parsed.status().message()), HasSubstr(test.want));
    EXPECT_THAT(std::string(parsed.status().message()), Not(HasSubstr("\n")));
  }
}

// The schema only grows: fields of a later version are no reason to refuse.
TEST(ParseComparison, LaterSchema) {
  const v1::Comparison c = ParallelComparison();
  std::string json = ToJson(c).value_or("");
  json.insert(1, "\"newInVersionNine\": {\"a\": [true]},");
  EXPECT_TRUE(ParseComparison(json, MessageFormat::kJson).ok());
  EXPECT_TRUE(ParseComparison("new_in_nine { a: 1 }\n" + ToTextproto(c), MessageFormat::kTextproto).ok());
  // Field 999, a varint.
  EXPECT_TRUE(ParseComparison(ToBinary(c) + "\xB8\x3E\x07", MessageFormat::kBinary).ok());
}

TEST(ParseComparison, UnlistedQuestionIsNoGap) {
  v1::Comparison c = SampleComparison();
  c.mutable_unaligned_left()->erase(c.unaligned_left().begin() + 1);
  EXPECT_TRUE(CheckComparison(c).ok()) << CheckComparison(c);
}

TEST(ParseComparison, RandomDamageDoesNoHarm) {
  std::mt19937 random(3);
  testing::internal::CaptureStderr();
  for (MessageFormat format : kFormats) {
    const std::string bytes = Write(ParallelComparison(), format);
    for (int round = 0; round < 500; ++round) {
      std::string damaged = bytes;
      for (int i = 0; i < 3; ++i) {
        damaged[random() % damaged.size()] = static_cast<char>(random());
      }
      const auto parsed = ParseComparison(damaged, format);
      if (parsed.ok()) ToTsv(*parsed, true);
    }
  }
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(ToPairRecords, SelfContained) {
  const auto records = ToPairRecords(SampleComparison());
  ASSERT_EQ(records.size(), 8u);
  const v1::PairRecord& pair = records[3];
  EXPECT_EQ(pair.comparison_id(), Sha256Hex("aabb").substr(0, 16));
  EXPECT_EQ(pair.pair_id(), "L2,3-R1");
  EXPECT_THAT(pair.left_indices(), ElementsAre(2, 3));
  EXPECT_THAT(pair.right_indices(), ElementsAre(1));
  EXPECT_THAT(pair.left_text(), HasSubstr("to stop. Our partners in Europe"));
  EXPECT_EQ(pair.left_party(), "US");
  EXPECT_EQ(pair.right_party(), "China");
  EXPECT_EQ(pair.right_language(), "zh-Hans");
  EXPECT_EQ(pair.left_date(), "2031-07-19");
  EXPECT_EQ(pair.right_source(), "cn.txt");
  EXPECT_EQ(pair.relation(), v1::RELATION_REFRAME);
  EXPECT_EQ(pair.score(), 0.62);
  EXPECT_THAT(records[0].reasons(),
              ElementsAre("right calls the claim groundless", "right negates the same act", "both name the ports"));
  const v1::PairRecord& alone = records[7];
  EXPECT_EQ(alone.pair_id(), "");
  EXPECT_EQ(alone.left_text(), "");
  EXPECT_THAT(alone.right_indices(), ElementsAre(4));
  EXPECT_EQ(alone.comparison_id(), pair.comparison_id());
}

TEST(ToDelimited, ReadByProtobufsOwnReader) {
  const auto records = ToPairRecords(SampleComparison());
  const std::string bytes = ToDelimited(records);
  google::protobuf::io::ArrayInputStream stream(bytes.data(), static_cast<int>(bytes.size()));
  for (const v1::PairRecord& want : records) {
    v1::PairRecord got;
    bool end = false;
    ASSERT_TRUE(google::protobuf::util::ParseDelimitedFromZeroCopyStream(&got, &stream, &end));
    EXPECT_TRUE(MessageDifferencer::Equals(got, want));
  }
  v1::PairRecord more;
  bool end = false;
  google::protobuf::util::ParseDelimitedFromZeroCopyStream(&more, &stream, &end);
  EXPECT_TRUE(end);
  EXPECT_EQ(ToDelimited({}), "");
}

TEST(ToTmx, Parallel) {
  EXPECT_EQ(ToTmx(ParallelComparison()).value_or(""),
            R"(<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
<header creationtool="narrdiff" creationtoolversion="0.1.0" segtype="sentence" o-tmf="narrdiff" adminlang="en" srclang="en" datatype="plaintext"/>
<body>
<tu tuid="L0-R1">
<prop type="x-score">0.9000</prop>
<tuv xml:lang="en"><seg>First.</seg></tuv>
<tuv xml:lang="zh-Hans"><seg>第一。</seg></tuv>
</tu>
<tu tuid="L1-R2,3">
<prop type="x-score">0.9500</prop>
<tuv xml:lang="en"><seg>Second &amp; third.</seg></tuv>
<tuv xml:lang="zh-Hans"><seg>第二。第三。</seg></tuv>
</tu>
<tu tuid="L3-R4">
<prop type="x-score">1.0000</prop>
<tuv xml:lang="en"><seg>Last.</seg></tuv>
<tuv xml:lang="zh-Hans"><seg>最后。</seg></tuv>
</tu>
</body>
</tmx>
)");
}

TEST(ToTmx, HostileText) {
  v1::Comparison c = HostileComparison();
  c.set_mode(v1::MODE_PARALLEL);
  const std::string tmx = ToTmx(c).value_or("(failed)");
  EXPECT_THAT(tmx, HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;"));
  EXPECT_THAT(tmx, Not(HasSubstr("<script")));
  for (char c : tmx) {
    EXPECT_TRUE(static_cast<unsigned char>(c) >= 0x20 || c == '\n');
  }
}

TEST(ToTmx, OnlyForVersionsOfOneText) {
  const auto tmx = ToTmx(SampleComparison());
  EXPECT_EQ(tmx.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(tmx.status().message()), HasSubstr("--mode=parallel"));
}

TEST(Formats, EmptyComparison) {
  EXPECT_EQ(ToTsv({}, false), "");
  EXPECT_EQ(ToJson(v1::Comparison()).value_or(""), "{}\n");
  EXPECT_EQ(ToBinary(v1::Comparison()), "");
  EXPECT_TRUE(ToPairRecords({}).empty());
}

}  // namespace
}  // namespace narrdiff
