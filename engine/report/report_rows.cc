// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/report/report_rows.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "engine/base/language.h"
#include "engine/base/utf8.h"
#include "engine/report/relation_names.h"

namespace narrdiff {
namespace {

bool IsLineEndOrTab(char32_t c) {
  // Also the information separators that some readers take for line ends.
  return (c >= '\t' && c <= '\r') || (c >= 0x1C && c <= 0x1E) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

const google::protobuf::RepeatedField<uint32_t>& UnalignedIndices(const v1::Comparison& comparison, Side side) {
  return side == Side::kLeft ? comparison.unaligned_left() : comparison.unaligned_right();
}

const google::protobuf::RepeatedField<uint32_t>& PairIndices(const v1::AlignedPair& pair, Side side) {
  return side == Side::kLeft ? pair.left() : pair.right();
}

ReportRow OneSided(Side side, uint32_t index) {
  ReportRow row;
  row.indices[side].push_back(index);
  return row;
}

// Which sentences of a side stand in some pair.
std::vector<bool> Paired(const v1::Comparison& comparison, Side side) {
  std::vector<bool> paired(static_cast<size_t>(StatementOf(comparison, side).sentences_size()));
  for (const v1::AlignedPair& pair : comparison.pairs()) {
    for (uint32_t index : PairIndices(pair, side)) {
      if (index < paired.size()) paired[index] = true;
    }
  }
  return paired;
}

bool IsQuestion(const v1::Sentence& sentence) { return sentence.kind() == v1::Sentence::QUESTION; }

}  // namespace

std::vector<ReportRow> RowsOf(const v1::Comparison& comparison) {
  std::vector<ReportRow> rows;
  Sides<int> next{0, 0};  // in the unaligned lists
  auto flush = [&](Side side, uint32_t before) {
    const auto& unaligned = UnalignedIndices(comparison, side);
    for (; next[side] < unaligned.size() && unaligned[next[side]] < before; ++next[side]) {
      rows.push_back(OneSided(side, unaligned[next[side]]));
    }
  };
  const bool in_place = comparison.mode() == v1::MODE_PARALLEL;
  for (const v1::AlignedPair& pair : comparison.pairs()) {
    if (in_place && pair.left_size() > 0) flush(Side::kLeft, pair.left(0));
    // A moved passage says nothing of where the right side has got to.
    if (in_place && pair.right_size() > 0 && !pair.moved()) {
      flush(Side::kRight, pair.right(0));
    }
    ReportRow row;
    row.pair = &pair;
    row.indices.left.assign(pair.left().begin(), pair.left().end());
    row.indices.right.assign(pair.right().begin(), pair.right().end());
    rows.push_back(std::move(row));
  }
  for (Side side : kBothSides) {
    const auto& unaligned = UnalignedIndices(comparison, side);
    for (; next[side] < unaligned.size(); ++next[side]) {
      rows.push_back(OneSided(side, unaligned[next[side]]));
    }
  }
  return rows;
}

const v1::Statement& StatementOf(const v1::Comparison& comparison, Side side) {
  return side == Side::kLeft ? comparison.left() : comparison.right();
}

const v1::Sentence* FindSentence(const v1::Statement& statement, uint32_t index) {
  if (index >= static_cast<uint32_t>(statement.sentences_size())) {
    return nullptr;
  }
  return &statement.sentences(static_cast<int>(index));
}

const std::string& LanguageOf(const v1::Statement& statement, const v1::Sentence& sentence) {
  return sentence.language().empty() ? statement.language() : sentence.language();
}

const std::string& SpeakerOf(const v1::Statement& statement) {
  return statement.speaker().empty() ? statement.office() : statement.speaker();
}

std::string OnOneLine(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool collapsing = false;
  for (int32_t i = 0; i < static_cast<int32_t>(text.size());) {
    const int32_t start = i;
    const char32_t c = NextCodePoint(text, i);
    if (IsLineEndOrTab(c)) {
      while (!out.empty() && out.back() == ' ') out.pop_back();
      out += ' ';
      collapsing = true;
    } else if (c != ' ' || !collapsing) {
      out += text.substr(static_cast<size_t>(start), static_cast<size_t>(i - start));
      collapsing = false;
    }
  }
  return out;
}

std::string JoinSentences(const v1::Statement& statement, const std::vector<uint32_t>& indices) {
  std::string out;
  bool first = true;
  bool chinese = false;
  for (uint32_t index : indices) {
    const v1::Sentence* sentence = FindSentence(statement, index);
    if (sentence == nullptr) continue;
    const bool was_chinese = chinese;
    chinese = IsChinese(LanguageFromTag(LanguageOf(statement, *sentence)));
    if (!first && !(was_chinese && chinese)) out += ' ';
    out += OnOneLine(ShownText(*sentence));
    first = false;
  }
  return out;
}

namespace {

// The parts of Sentence.text that are shown: ascending, disjoint, inside it.
std::vector<Span> ShownParts(const v1::Sentence& sentence) {
  const auto size = static_cast<int64_t>(sentence.text().size());
  std::vector<Span> parts;
  int64_t done = 0;
  auto show = [&](int64_t from, int64_t to) {
    if (from < to) parts.push_back({static_cast<int32_t>(from), static_cast<int32_t>(to)});
  };
  for (const v1::Span& skipped : sentence.skipped()) {
    const int64_t begin = int64_t{skipped.begin_byte()} - sentence.span().begin_byte();
    const int64_t end = int64_t{skipped.end_byte()} - sentence.span().begin_byte();
    if (begin < done || end < begin || end > size) continue;
    show(done, begin);
    done = end;
  }
  show(done, size);
  return parts;
}

// Where byte `at` of Sentence.text is in the shown parts put together.
int64_t ShownOffset(const std::vector<Span>& parts, int64_t at) {
  int64_t before = 0;
  for (const Span& part : parts) {
    if (at <= part.end) return before + std::max<int64_t>(at - part.begin, 0);
    before += part.length();
  }
  return before;
}

}  // namespace

std::string ShownText(const v1::Sentence& sentence) {
  std::string out;
  for (const Span& part : ShownParts(sentence)) out += part.Of(sentence.text());
  // The end of a page is white space, and no sign on a screen.
  std::replace(out.begin(), out.end(), '\f', ' ');
  return out;
}

std::vector<Span> MarkedWords(const v1::AlignedPair& pair, Side side, const v1::Sentence& sentence) {
  const std::vector<Span> parts = ShownParts(sentence);
  const std::string text = ShownText(sentence);
  const auto size = static_cast<int64_t>(text.size());
  const int64_t begin = sentence.span().begin_byte();
  auto is_inside = [&](int64_t i) {  // of a code point
    return i > 0 && i < size && (static_cast<unsigned char>(text[static_cast<size_t>(i)]) & 0xC0) == 0x80;
  };
  std::vector<Span> marks;
  for (const v1::WordDiff& diff : pair.word_diffs()) {
    if (side == Side::kLeft ? !diff.has_left() : !diff.has_right()) continue;
    const v1::Span& span = side == Side::kLeft ? diff.left() : diff.right();
    int64_t from = std::clamp<int64_t>(ShownOffset(parts, span.begin_byte() - begin), 0, size);
    int64_t to = std::clamp<int64_t>(ShownOffset(parts, span.end_byte() - begin), 0, size);
    while (is_inside(from)) --from;
    while (is_inside(to)) ++to;
    if (from < to) {
      marks.push_back({static_cast<int32_t>(from), static_cast<int32_t>(to)});
    }
  }
  std::sort(marks.begin(), marks.end());
  auto only_space = [&](int32_t from, int32_t to) {
    while (from < to) {
      if (!IsSpace(NextCodePoint(text, from))) return false;
    }
    return true;
  };
  std::vector<Span> merged;
  for (const Span& mark : marks) {
    if (!merged.empty() && only_space(merged.back().end, mark.begin)) {
      merged.back().end = std::max(merged.back().end, mark.end);
    } else {
      merged.push_back(mark);
    }
  }
  return merged;
}

std::vector<const v1::VersionDifference*> DifferencesOf(const v1::Comparison& comparison, const ReportRow& row) {
  std::vector<const v1::VersionDifference*> out;
  const auto in = [](const google::protobuf::RepeatedField<uint32_t>& from, const std::vector<uint32_t>& to) {
    return std::all_of(from.begin(), from.end(),
                       [&](uint32_t i) { return std::find(to.begin(), to.end(), i) != to.end(); });
  };
  for (const v1::VersionDifference& difference : comparison.differences()) {
    if (difference.left().empty() && difference.right().empty()) continue;
    if (in(difference.left(), row.indices.left) && in(difference.right(), row.indices.right)) {
      out.push_back(&difference);
    }
  }
  return out;
}

std::string PlacesOf(const v1::VersionDifference& difference) {
  const auto names = [](Side side, const google::protobuf::RepeatedField<uint32_t>& indices) {
    return SentenceNames(side, std::vector<uint32_t>(indices.begin(), indices.end()));
  };
  const std::string left = names(Side::kLeft, difference.left()), right = names(Side::kRight, difference.right());
  return absl::StrCat(left, left.empty() || right.empty() ? "" : " ", right);
}

std::string DifferenceCounts(const v1::Comparison& comparison) {
  std::map<v1::VersionDifference::Kind, uint32_t> counts;
  for (const v1::VersionDifference& difference : comparison.differences()) ++counts[difference.kind()];
  std::vector<std::string> parts;
  for (const auto& [kind, count] : counts) parts.push_back(absl::StrCat(count, " ", std::string(DifferenceName(kind))));
  return absl::StrCat(Counted(static_cast<uint32_t>(comparison.differences_size()), "difference"), ": ",
                      absl::StrJoin(parts, ", "));
}

std::vector<const v1::Evidence*> ReasonsOf(const v1::AlignedPair& pair, int limit) {
  std::vector<const v1::Evidence*> reasons;
  for (const v1::Evidence& evidence : pair.evidence()) {
    if (static_cast<int>(reasons.size()) >= limit) break;
    if (evidence.reason().empty() || evidence.weight() < 0) continue;
    // What tells versions of one text apart speaks for another relation than
    // theirs by nature.
    if (evidence.relation() != v1::RELATION_UNSPECIFIED && pair.relation() != v1::RELATION_PARALLEL &&
        evidence.relation() != pair.relation()) {
      continue;
    }
    reasons.push_back(&evidence);
  }
  return reasons;
}

v1::SideCounts CountsOf(const v1::Comparison& comparison, Side side) {
  const v1::Summary& summary = comparison.summary();
  if (side == Side::kLeft && summary.has_left()) return summary.left();
  if (side == Side::kRight && summary.has_right()) return summary.right();
  v1::SideCounts counts;
  const v1::Statement& statement = StatementOf(comparison, side);
  const std::vector<bool> paired = Paired(comparison, side);
  for (int i = 0; i < statement.sentences_size(); ++i) {
    if (IsQuestion(statement.sentences(i))) {
      counts.set_questions(counts.questions() + 1);
      continue;
    }
    counts.set_sentences(counts.sentences() + 1);
    if (paired[static_cast<size_t>(i)]) {
      counts.set_aligned(counts.aligned() + 1);
    } else {
      counts.set_unaligned(counts.unaligned() + 1);
    }
  }
  return counts;
}

std::vector<v1::RelationCount> RelationCountsOf(const v1::Comparison& comparison) {
  const auto& given = comparison.summary().relations();
  if (!given.empty()) return {given.begin(), given.end()};
  std::map<v1::Relation, uint32_t> counts;
  for (const v1::AlignedPair& pair : comparison.pairs()) {
    ++counts[pair.relation()];
  }
  std::vector<v1::RelationCount> out;
  for (const auto& [relation, count] : counts) {
    out.emplace_back();
    out.back().set_relation(relation);
    out.back().set_count(count);
  }
  return out;
}

UnalignedLists UnalignedOf(const v1::Comparison& comparison, Side side) {
  UnalignedLists lists;
  const v1::Statement& statement = StatementOf(comparison, side);
  for (uint32_t index : UnalignedIndices(comparison, side)) {
    const v1::Sentence* sentence = FindSentence(statement, index);
    if (sentence == nullptr || !IsQuestion(*sentence)) {
      lists.own.push_back(index);
    }
  }
  const std::vector<bool> paired = Paired(comparison, side);
  for (size_t i = 0; i < paired.size(); ++i) {
    if (!paired[i] && IsQuestion(statement.sentences(static_cast<int>(i)))) {
      lists.questions.push_back(static_cast<uint32_t>(i));
    }
  }
  return lists;
}

int RankOf(const v1::Comparison& comparison, Side side, uint32_t index, int limit) {
  const auto& ranked = side == Side::kLeft ? comparison.summary().left_only() : comparison.summary().right_only();
  for (int i = 0; i < std::min(limit, ranked.size()); ++i) {
    if (ranked[i].index() == index) return i + 1;
  }
  return 0;
}

const char* AsFarAsFound(const v1::Comparison& comparison) {
  const bool known = comparison.mode() == v1::MODE_COMPETING && comparison.expected_recall() > 0;
  return known ? ", as far as pairs were found" : "";
}

std::string SideLabel(const v1::Comparison& comparison, Side side) {
  const std::string& party = StatementOf(comparison, side).party();
  if (party.empty()) return SideName(side);
  return absl::StrCat(SideName(side), " (", party, ")");
}

std::string SentenceNames(Side side, const std::vector<uint32_t>& indices) {
  const char* letter = side == Side::kLeft ? "L" : "R";
  return absl::StrJoin(indices, ", ", [&](std::string* out, uint32_t index) { absl::StrAppend(out, letter, index); });
}

std::string ScoreText(double score) {
  if (std::isnan(score)) return "?";
  const std::string text = absl::StrFormat("%.2f", std::clamp(score, 0.0, 1.0));
  return text[0] == '0' ? text.substr(1) : text;
}

std::string_view ConfidenceWord(const v1::AlignedPair& pair) {
  if (pair.relation() == v1::RELATION_PARALLEL) return "";
  return pair.relation_confidence() >= 0.5 ? "likely" : "unsure";
}

std::string PercentText(uint32_t part, uint32_t whole) {
  if (whole == 0) return "0%";
  return absl::StrCat((uint64_t{200} * part + whole) / (uint64_t{2} * whole), "%");
}

std::string Counted(uint32_t count, std::string_view singular) {
  return absl::StrCat(count, " ", absl::string_view(singular.data(), singular.size()), count == 1 ? "" : "s");
}

std::string PairId(const ReportRow& row) {
  if (row.pair != nullptr && !row.pair->id().empty()) return row.pair->id();
  std::vector<std::string> parts;
  for (Side side : kBothSides) {
    if (row.indices[side].empty()) continue;
    parts.push_back(absl::StrCat(side == Side::kLeft ? "L" : "R", absl::StrJoin(row.indices[side], ",")));
  }
  return absl::StrJoin(parts, "-");
}

std::string WordsOf(const v1::Comparison& comparison, Side side, const v1::Span& span) {
  const std::string& text = StatementOf(comparison, side).text();
  const size_t begin = std::min<size_t>(span.begin_byte(), text.size());
  const size_t end = std::clamp<size_t>(span.end_byte(), begin, text.size());
  return OnOneLine(std::string_view(text).substr(begin, end - begin));
}

std::string ActName(std::string_view act) {
  std::string name(act);
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

std::vector<const v1::AlignedPair*> PairsNamed(const v1::Comparison& comparison,
                                               const google::protobuf::RepeatedPtrField<std::string>& ids) {
  std::vector<const v1::AlignedPair*> out;
  for (const std::string& id : ids) {
    const auto pair = std::find_if(comparison.pairs().begin(), comparison.pairs().end(),
                                   [&](const v1::AlignedPair& p) { return p.id() == id; });
    if (pair != comparison.pairs().end()) out.push_back(&*pair);
  }
  return out;
}

Side SideOf(v1::Side side) { return side == v1::SIDE_LEFT ? Side::kLeft : Side::kRight; }

std::string TermsText(const google::protobuf::RepeatedPtrField<std::string>& terms,
                      const google::protobuf::RepeatedField<uint32_t>& counts, bool ascii) {
  std::vector<std::string> out;
  for (int k = 0; k < terms.size(); ++k) {
    const uint32_t count = k < counts.size() ? counts[k] : 1;
    out.push_back(count > 1 ? absl::StrCat(terms[k], ascii ? " x" : " ×", count) : terms[k]);
  }
  return absl::StrJoin(out, ", ");
}

std::vector<const v1::NumberRow*> DifferingNumbers(const v1::Comparison& comparison) {
  std::vector<const v1::NumberRow*> rows;
  for (const v1::NumberRow& row : comparison.summary().numbers()) {
    if (row.left_value() != row.right_value()) rows.push_back(&row);
  }
  return rows;
}

std::string IssuePlace(const v1::Comparison& comparison, const v1::Issue& issue) {
  if (issue.side() != v1::SIDE_LEFT && issue.side() != v1::SIDE_RIGHT) {
    return "";
  }
  const Side side = issue.side() == v1::SIDE_LEFT ? Side::kLeft : Side::kRight;
  const std::string& text = StatementOf(comparison, side).text();
  if (issue.span().end_byte() == 0 || text.empty()) return SideName(side);
  const std::string_view before =
      std::string_view(text).substr(0, std::min<size_t>(issue.span().begin_byte(), text.size()));
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const size_t line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
  return absl::StrCat(SideName(side), ":", line, ":", CountCodePoints(before.substr(line_begin)) + 1);
}

std::string BackendsText(const v1::Backends& backends) {
  auto named = [](const std::string& name) -> absl::string_view {
    return name.empty() ? "none" : absl::string_view(name);
  };
  std::string out =
      absl::StrCat("similarity ", named(backends.similarity()), "; dictionary ", named(backends.dictionary()));
  if (!backends.lexicons().empty()) {
    absl::StrAppend(&out, "; lexicons ", absl::StrJoin(backends.lexicons(), ", "));
  }
  if (!backends.judge().empty()) absl::StrAppend(&out, "; judge ", backends.judge());
  if (!backends.icu().empty()) absl::StrAppend(&out, "; ICU ", backends.icu());
  return out;
}

std::string ModeText(const v1::Comparison& comparison) {
  absl::string_view name = "mode unknown";
  if (comparison.mode() == v1::MODE_COMPETING) name = "competing";
  if (comparison.mode() == v1::MODE_PARALLEL) name = "parallel";
  if (comparison.mode_reason().empty()) return std::string(name);
  return absl::StrCat(name, ": ", comparison.mode_reason());
}

std::string ExpectationText(const v1::Comparison& comparison) {
  const double precision = comparison.expected_precision();
  const double recall = comparison.expected_recall();
  auto known = [](double p) { return p > 0 && p <= 1; };
  auto percent = [](double p) { return std::lround(p * 100); };
  if (!known(precision)) return "";
  std::string out = absl::StrCat("about ", percent(precision), "% of these pairs are right");
  if (known(recall)) {
    absl::StrAppend(&out, ", about ", percent(recall), "% of all there are were found");
  }
  return out;
}

}  // namespace narrdiff
