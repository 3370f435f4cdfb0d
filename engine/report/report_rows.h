// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// What every view of a Comparison has in common: its rows in order, the texts
// and marks of a row, and the wording of numbers and sides.
//
//   for (const ReportRow& row : RowsOf(comparison)) {
//     Print(JoinSentences(comparison.left(), row.indices[Side::kLeft]));
//   }
//
// A comparison read from a file may break the laws of comparison.proto;
// nothing here trusts its indices and spans.
#ifndef NARRDIFF_ENGINE_REPORT_REPORT_ROWS_H_
#define NARRDIFF_ENGINE_REPORT_REPORT_ROWS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/sides.h"
#include "engine/base/span.h"
#include "proto/narrdiff/v1/comparison.pb.h"

namespace narrdiff {

// An aligned pair, or one unaligned sentence with the other side empty.
struct ReportRow {
  const v1::AlignedPair* pair = nullptr;  // null for an unaligned sentence
  Sides<std::vector<uint32_t>> indices;
};

// Pairs in the order of the message, then unaligned left sentences, then
// unaligned right ones. In mode PARALLEL unaligned sentences stand where they
// stand in the text, left before right. Points into `comparison`. O(n).
std::vector<ReportRow> RowsOf(const v1::Comparison& comparison);

const v1::Statement& StatementOf(const v1::Comparison& comparison, Side side);

// The sentence, or null when the statement has none of that number.
const v1::Sentence* FindSentence(const v1::Statement& statement, uint32_t index);

// The BCP 47 tag of a sentence: its own, else the statement's; may be empty.
const std::string& LanguageOf(const v1::Statement& statement, const v1::Sentence& sentence);

// Who made the statement: its speaker, else the office that issued it; may be
// empty.
const std::string& SpeakerOf(const v1::Statement& statement);

// `text` on one line: each run of white space that holds a tab or line end
// becomes one space. Everything else stays as it is.
std::string OnOneLine(std::string_view text);

// The words of a sentence: its text without what it skips.
std::string ShownText(const v1::Sentence& sentence);

// The sentences of a row on one line, joined with a space, or with nothing
// between two Chinese ones.
std::string JoinSentences(const v1::Statement& statement, const std::vector<uint32_t>& indices);

// The words of `sentence` that pair.word_diffs point at, as byte ranges of its
// ShownText: ascending, disjoint, on code point boundaries; ranges with
// nothing but white space between them are merged.
std::vector<Span> MarkedWords(const v1::AlignedPair& pair, Side side, const v1::Sentence& sentence);

// The reasons to show under a pair, strongest first: those that speak for its
// relation, or, of PARALLEL, all that tell the versions apart; at most `limit`.
std::vector<const v1::Evidence*> ReasonsOf(const v1::AlignedPair& pair, int limit);

// The differences of two versions that stand in the sentences of the row, in the order of the message. Points into
// `comparison`. O(differences).
std::vector<const v1::VersionDifference*> DifferencesOf(const v1::Comparison& comparison, const ReportRow& row);
// "L3 R4"; "L3" or "R4" where only one side has a sentence.
std::string PlacesOf(const v1::VersionDifference& difference);
// "3 differences: 1 date, 2 softened".
std::string DifferenceCounts(const v1::Comparison& comparison);

// The counts of the summary; counted afresh where it has none.
v1::SideCounts CountsOf(const v1::Comparison& comparison, Side side);

// Pairs by relation, in enum order; of the summary, or counted afresh.
std::vector<v1::RelationCount> RelationCountsOf(const v1::Comparison& comparison);

// Unaligned sentences that are the side's own words, in text order, and the
// questions that stand in no pair.
struct UnalignedLists {
  std::vector<uint32_t> own;
  std::vector<uint32_t> questions;
};
UnalignedLists UnalignedOf(const v1::Comparison& comparison, Side side);

// 1 for the sentence most central to its side, and so on; 0 for those that the
// summary does not rank among its first `limit`.
int RankOf(const v1::Comparison& comparison, Side side, uint32_t index, int limit);

// "left (US)", or "left" when the party is unknown.
std::string SideLabel(const v1::Comparison& comparison, Side side);

// What follows "Only the left says": of competing statements not every pair is found, so silence is said only as far as
// it is known. Empty for a message that does not say how many pairs to expect.
const char* AsFarAsFound(const v1::Comparison& comparison);
// "L3, L4" for the left side's sentences 3 and 4.
std::string SentenceNames(Side side, const std::vector<uint32_t>& indices);
// A probability with two decimals and no leading zero: ".83", "1.00".
std::string ScoreText(double score);
// "likely" from .5 on, else "unsure"; nothing for PARALLEL, which is given.
std::string_view ConfidenceWord(const v1::AlignedPair& pair);
// "55%"; "0%" of nothing.
std::string PercentText(uint32_t part, uint32_t whole);
// "1 sentence", "2 sentences".
std::string Counted(uint32_t count, std::string_view singular);
// "L3-R1", from the row's indices where the pair has no id.
std::string PairId(const ReportRow& row);
// The words at `span` of a side's text, on one line.
std::string WordsOf(const v1::Comparison& comparison, Side side, const v1::Span& span);
// A class of acts as words: "dangerous maneuver".
std::string ActName(std::string_view act);
// The pairs of these ids, those that there are. O(ids times pairs). Points into `comparison`.
std::vector<const v1::AlignedPair*> PairsNamed(const v1::Comparison& comparison,
                                               const google::protobuf::RepeatedPtrField<std::string>& ids);
// The side that a row of the summary is of; right for none.
Side SideOf(v1::Side side);
// "state media ×3, propaganda": the names that a side gives to one thing, with how often where it is more than once.
std::string TermsText(const google::protobuf::RepeatedPtrField<std::string>& terms,
                      const google::protobuf::RepeatedField<uint32_t>& counts, bool ascii);
// Numbers of the summary that are not the same on both sides.
std::vector<const v1::NumberRow*> DifferingNumbers(const v1::Comparison& comparison);

// "left:12:4" for an issue with a place, else "left", or "" for no one side.
// Lines and columns count from 1, columns in code points.
std::string IssuePlace(const v1::Comparison& comparison, const v1::Issue& issue);

// "similarity lexical; dictionary cc-cedict; lexicons builtin:1f; ICU 72.1"
std::string BackendsText(const v1::Backends& backends);
// "competing: two parties on one event"
std::string ModeText(const v1::Comparison& comparison);
// What the engine expects of its pairs; empty where it gives no estimate.
std::string ExpectationText(const v1::Comparison& comparison);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_REPORT_REPORT_ROWS_H_
