// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/report/sample_comparison.h"

#include <string>

#include "engine/base/utf8.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

constexpr char kSample[] = R"pb(
  schema: "narrdiff.v1"
  engine_version: "0.1.0"
  backends { similarity: "lexical" lexicons: "builtin:1f2e3d4c" dictionary: "cc-cedict" icu: "72.1" }
  mode: MODE_COMPETING
  mode_reason: "two parties on one event"
  expected_precision: 0.92
  expected_recall: 0.61
  left {
    party: "US"
    party_reason: "the title names the Department of State"
    speaker: "Jane Roe, Spokesperson"
    title: "Attribution of Intrusions into Port Networks"
    date: "2031-07-19"
    language: "en"
    source_name: "us.txt"
    sha256: "aa"
    sentences { text: "Hackers directed from Beijing broke into the networks of nine ports." }
    sentences { text: "The losses exceed $40 million." }
    sentences { text: "We call on the People's Republic of China to stop." }
    sentences { text: "Our partners\nin Europe and Asia join this call." }
    sentences { text: "The United States will use every tool it has to protect its citizens and businesses." }
    sentences { text: "Will there be sanctions?" kind: QUESTION }
    sentences { text: "Ports are the arteries of trade." }
  }
  right {
    party: "China"
    party_reason: "the speaker is of the Foreign Ministry"
    speaker: "外交部发言人"
    title: "外交部发言人就所谓港口网络攻击答记者问"
    date: "2031-07-20"
    language: "zh-Hans"
    source_name: "cn.txt"
    sha256: "bb"
    sentences { text: "中方从未入侵任何国家的港口网络，有关指责毫无根据，纯属捏造。" }
    sentences { text: "美方纠集盟友，在网络安全问题上对中国进行无端指责。" }
    sentences { text: "所谓损失不过1000万美元。" }
    sentences { text: "美国才是世界上最大的“黑客帝国”。" }
    sentences { text: "我们希望各方以建设性态度维护网络空间和平。" }
  }
  pairs {
    id: "L0-R0"
    left: 0
    right: 0
    relation: RELATION_DENY
    score: 0.934
    relation_confidence: 0.88
    evidence { kind: "rejection" reason: "right calls the claim groundless" weight: 1.9 relation: RELATION_DENY }
    evidence { kind: "negation" reason: "right negates the same act" weight: 1.2 relation: RELATION_DENY }
    evidence { kind: "twin" reason: "both name the ports" weight: 0.1 relation: RELATION_DENY }
    evidence { kind: "number" reason: "left has a number, right none" weight: -0.3 relation: RELATION_DIFFER }
    score_parts { feature: "act" value: 1 contribution: 2.25 }
    score_parts { feature: "names" value: 0.5 contribution: -0.125 }
  }
  pairs {
    id: "L0-R3"
    left: 0
    right: 3
    relation: RELATION_COUNTER
    score: 0.5
    relation_confidence: 0.41
    evidence { kind: "swapped-roles" reason: "the accuser is accused" weight: 1 }
  }
  pairs { id: "L1-R2" left: 1 right: 2 relation: RELATION_DIFFER score: 0.7 relation_confidence: 0.9 }
  pairs {
    id: "L2,3-R1"
    left: 2
    left: 3
    right: 1
    relation: RELATION_REFRAME
    score: 0.62
    relation_confidence: 0.55
    moved: true
  }
  unaligned_left: 4
  unaligned_left: 5
  unaligned_left: 6
  unaligned_right: 4
  issues { severity: WARNING code: "unequal-size" message: "one side is much longer; check that both files are whole" }
  issues {
    severity: NOTE
    code: "language-guess"
    side: SIDE_RIGHT
    message: "taken for simplified Chinese; use --right-lang to say otherwise"
  }
  summary {
    left { sentences: 6 questions: 1 aligned: 4 unaligned: 2 }
    right { sentences: 5 aligned: 4 unaligned: 1 }
    relations { relation: RELATION_DENY count: 1 }
    relations { relation: RELATION_COUNTER count: 1 }
    relations { relation: RELATION_REFRAME count: 1 }
    relations { relation: RELATION_DIFFER count: 1 }
    acts { side: SIDE_LEFT actor: "China" act: "intrusion" target: "US" sentences: 0 }
    acts { side: SIDE_RIGHT actor: "China" act: "intrusion" negated: true sentences: 0 }
    acts { side: SIDE_RIGHT actor: "US" act: "cyber" sentences: 3 count: 2 }
    accusations {
      side: SIDE_LEFT
      actor: "China"
      act: "intrusion"
      target: "US"
      passages { sentence: 0 }
      replies: "L0-R0"
      replies: "L0-R3"
    }
    accusations {
      side: SIDE_RIGHT
      actor: "US"
      act: "double_standard"
      passages { sentence: 4 }
    }
    demands {
      side: SIDE_LEFT
      on: "China"
      passage { sentence: 2 }
      replies: "L2,3-R1"
    }
    terms {
      group: "intrusion"
      left_terms: "broke into"
      right_terms: "所谓攻击"
      left_sentences: 0
      right_sentences: 1
      right_sentences: 2
      left_counts: 1
      right_counts: 2
    }
    numbers {
      pair_id: "L1-R2"
      left_text: "$40 million"
      right_text: "1000万美元"
      left_value: 4e7
      right_value: 1e7
      unit: "USD"
      difference: "-30 million, 4 times less"
    }
    numbers { pair_id: "L0-R0" left_text: "nine" right_text: "九" left_value: 9 right_value: 9 }
    left_only { index: 6 centrality: 0.8 }
    left_only { index: 4 centrality: 0.3 }
    right_only { index: 4 centrality: 0.6 }
  }
)pb";

constexpr char kParallel[] = R"pb(
  schema: "narrdiff.v1"
  engine_version: "0.1.0"
  mode: MODE_PARALLEL
  mode_reason: "--mode"
  left {
    party: "China"
    language: "en"
    sentences { text: "First." }
    sentences { text: "Second & third." }
    sentences { text: "Only in English." }
    sentences { text: "Last." }
  }
  right {
    party: "China"
    language: "zh-Hans"
    sentences { text: "只在中文。" }
    sentences { text: "第一。" }
    sentences { text: "第二。" }
    sentences { text: "第三。" }
    sentences { text: "最后。" }
  }
  pairs { id: "L0-R1" left: 0 right: 1 relation: RELATION_PARALLEL score: 0.9 }
  pairs { id: "L1-R2,3" left: 1 right: 2 right: 3 relation: RELATION_PARALLEL score: 0.95 }
  pairs { id: "L3-R4" left: 3 right: 4 relation: RELATION_PARALLEL score: 1 }
  unaligned_left: 2
  unaligned_right: 0
)pb";

void Fill(v1::Statement& statement) {
  const bool has_text = !statement.text().empty();
  uint32_t code_points = 0;
  for (int i = 0; i < statement.sentences_size(); ++i) {
    v1::Sentence& s = *statement.mutable_sentences(i);
    s.set_index(static_cast<uint32_t>(i));
    if (s.kind() == v1::Sentence::KIND_UNSPECIFIED) {
      s.set_kind(v1::Sentence::STATEMENT);
    }
    if (has_text) continue;
    if (i > 0) {
      statement.mutable_text()->append("\n");
      ++code_points;
    }
    v1::Span& span = *s.mutable_span();
    span.set_begin_byte(static_cast<uint32_t>(statement.text().size()));
    span.set_begin_code_point(code_points);
    statement.mutable_text()->append(s.text());
    code_points += static_cast<uint32_t>(CountCodePoints(s.text()));
    span.set_end_byte(static_cast<uint32_t>(statement.text().size()));
    span.set_end_code_point(code_points);
  }
}

bool FindWords(const v1::Statement& statement, const google::protobuf::RepeatedField<uint32_t>& indices,
               std::string_view words, v1::Span& span) {
  for (uint32_t index : indices) {
    const v1::Sentence& s = statement.sentences(static_cast<int>(index));
    const size_t at = s.text().find(words);
    if (at == std::string::npos) continue;
    const auto code_points = [&](size_t end) {
      return s.span().begin_code_point() + static_cast<uint32_t>(CountCodePoints(s.text().substr(0, end)));
    };
    span.set_begin_byte(s.span().begin_byte() + static_cast<uint32_t>(at));
    span.set_end_byte(span.begin_byte() + static_cast<uint32_t>(words.size()));
    span.set_begin_code_point(code_points(at));
    span.set_end_code_point(code_points(at + words.size()));
    return true;
  }
  return false;
}

}  // namespace

v1::Comparison ComparisonFromText(std::string_view textproto) {
  v1::Comparison comparison;
  if (!google::protobuf::TextFormat::ParseFromString(std::string(textproto), &comparison)) {
    ADD_FAILURE() << "not a Comparison: " << textproto;
    return {};
  }
  Fill(*comparison.mutable_left());
  Fill(*comparison.mutable_right());
  return comparison;
}

void AddWordDiff(v1::Comparison& comparison, int pair, v1::WordDiff::Kind kind, std::string_view left,
                 std::string_view right) {
  v1::AlignedPair& p = *comparison.mutable_pairs(pair);
  v1::WordDiff& diff = *p.add_word_diffs();
  diff.set_kind(kind);
  if (!left.empty()) {
    EXPECT_TRUE(FindWords(comparison.left(), p.left(), left, *diff.mutable_left())) << left;
  }
  if (!right.empty()) {
    EXPECT_TRUE(FindWords(comparison.right(), p.right(), right, *diff.mutable_right())) << right;
  }
}

v1::Comparison SampleComparison() {
  v1::Comparison c = ComparisonFromText(kSample);
  AddWordDiff(c, 0, v1::WordDiff::NEGATION, "", "从未");
  AddWordDiff(c, 0, v1::WordDiff::CHANGED, "broke", "入侵");
  AddWordDiff(c, 0, v1::WordDiff::CHANGED, "into", "");
  AddWordDiff(c, 0, v1::WordDiff::RIGHT_ONLY, "", "毫无根据");
  AddWordDiff(c, 2, v1::WordDiff::NUMBER, "$40 million", "1000万");
  AddWordDiff(c, 3, v1::WordDiff::TERM, "partners\nin Europe", "盟友");
  v1::Summary& summary = *c.mutable_summary();
  FindWords(c.left(), c.pairs(0).left(), "broke into the networks of nine ports",
            *summary.mutable_accusations(0)->mutable_passages(0)->mutable_words());
  FindWords(c.left(), c.pairs(3).left(), "call on the People's Republic of China to stop",
            *summary.mutable_demands(0)->mutable_passage()->mutable_words());
  v1::Evidence& evidence = *c.mutable_pairs(0)->mutable_evidence(0);
  FindWords(c.right(), c.pairs(0).right(), "毫无根据", *evidence.add_right());
  v1::Issue& issue = *c.add_issues();
  issue.set_severity(v1::Issue::NOTE);
  issue.set_code("odd-quote");
  issue.set_side(v1::SIDE_RIGHT);
  issue.set_message("a quotation is opened; check where it ends");
  FindWords(c.right(), c.pairs(1).right(), "“黑客", *issue.mutable_span());
  return c;
}

v1::Comparison ParallelComparison() { return ComparisonFromText(kParallel); }

v1::Comparison HostileComparison() {
  v1::Comparison c = SampleComparison();
  // Ends what markup may be open, and starts some; a terminal title; an
  // override that is never closed; C1 CSI; NUL; line ends and a tab.
  const std::string evil = std::string(
                               "\"'></bdi></style><script>alert(1)</script>&amp;"
                               "\x1b]0;owned\x07\x1b[2J\u202E\u2066\u009B31m\x7F\r\n\t]]>") +
                           std::string(1, '\0');
  c.set_schema("narrdiff." + evil);
  c.set_engine_version(evil);
  c.set_mode_reason(evil);
  c.mutable_backends()->set_similarity(evil);
  c.mutable_backends()->set_lexicons(0, evil);
  c.mutable_backends()->set_dictionary(evil);
  c.mutable_backends()->set_icu(evil);
  for (v1::Statement* s : {c.mutable_left(), c.mutable_right()}) {
    s->set_party(evil);
    s->set_party_reason(evil);
    s->set_speaker(evil);
    s->set_title(evil);
    s->set_date(evil);
    s->set_language(evil);
    s->set_source_name(evil);
    s->clear_text();
    for (v1::Sentence& sentence : *s->mutable_sentences()) {
      sentence.set_text(evil + sentence.text() + evil);
      sentence.set_language(evil);
      sentence.set_speaker(evil);
    }
    Fill(*s);
  }
  for (v1::AlignedPair& pair : *c.mutable_pairs()) {
    pair.set_id(evil + pair.id());
    for (v1::Evidence& e : *pair.mutable_evidence()) {
      e.set_reason(evil);
      e.set_kind(evil);
    }
    for (v1::ScorePart& part : *pair.mutable_score_parts()) {
      part.set_feature(evil);
    }
  }
  for (v1::Issue& issue : *c.mutable_issues()) {
    issue.set_code(evil);
    issue.set_message(evil);
  }
  v1::Summary& summary = *c.mutable_summary();
  for (v1::ActRow& row : *summary.mutable_acts()) {
    row.set_actor(evil);
    row.set_act(evil);
    row.set_target(evil);
  }
  for (v1::AccusationRow& row : *summary.mutable_accusations()) {
    row.set_actor(evil);
    row.set_act(evil);
    row.set_target(evil);
    row.add_replies(evil + "L0-R0");
    row.add_passages()->set_sentence(1'000'000);
    row.mutable_passages(0)->mutable_words()->set_end_byte(1'000'000);
  }
  for (v1::DemandRow& row : *summary.mutable_demands()) {
    row.set_on(evil);
    row.mutable_passage()->set_sentence(1'000'000);
  }
  for (v1::TermRow& row : *summary.mutable_terms()) {
    row.set_group(evil);
    row.set_left_terms(0, evil);
    row.set_right_terms(0, evil);
  }
  for (v1::NumberRow& row : *summary.mutable_numbers()) {
    row.set_pair_id(evil);
    row.set_left_text(evil);
    row.set_right_text(evil);
    row.set_unit(evil);
    row.set_difference(evil);
  }
  return c;
}

}  // namespace narrdiff
