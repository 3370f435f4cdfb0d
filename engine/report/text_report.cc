// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/report/text_report.h"

#include <algorithm>
#include <limits>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "engine/base/sides.h"
#include "engine/base/span.h"
#include "engine/base/text_width.h"
#include "engine/report/relation_names.h"
#include "engine/report/report_rows.h"

namespace narrdiff {
namespace {

constexpr int kMinWidth = 40;
constexpr int kMaxWidth = 1000;
constexpr int kSideBySideFrom = 80;
constexpr int kReasons = 2;  // under a pair, unless --explain
constexpr int kRanks = 5;    // numbered among the unaligned sentences

// How a run of text looks with colour on.
enum class Style { kPlain, kBold, kDim, kBlue, kOrange, kBlueMark, kOrangeMark };

std::string_view StartOf(Style style) {
  switch (style) {
    case Style::kPlain:
      return "";
    case Style::kBold:
      return "\x1b[1m";
    case Style::kDim:
      return "\x1b[2m";
    case Style::kBlue:
      return "\x1b[1;38;5;33m";
    case Style::kOrange:
      return "\x1b[1;38;5;172m";
    case Style::kBlueMark:
      return "\x1b[1;4;38;5;33m";
    case Style::kOrangeMark:
      return "\x1b[1;4;38;5;172m";
  }
  return "";
}
constexpr std::string_view kReset = "\x1b[0m";

Style StyleOf(v1::Relation relation) {
  switch (relation) {
    case v1::RELATION_AGREE:
    case v1::RELATION_RESPOND:
    case v1::RELATION_PARALLEL:
      return Style::kBlue;
    case v1::RELATION_DENY:
    case v1::RELATION_COUNTER:
    case v1::RELATION_REFRAME:
    case v1::RELATION_DIFFER:
      return Style::kOrange;
    default:
      return Style::kDim;
  }
}

struct StyledRun {
  Span span;
  Style style = Style::kPlain;
};

// Text that is safe to print, with where it may be broken and how parts of it
// look.
struct StyledText {
  std::string text;
  std::vector<int32_t> breaks;
  std::vector<StyledRun> runs;  // ascending, disjoint
};

// One line of a column: what to print, and its width on the screen.
struct Line {
  std::string bytes;
  int width = 0;
};
using Lines = std::vector<Line>;

// Signs around words that differ, when there is no colour.
struct Marks {
  std::string open;
  std::string close;
};

class TextReport {
 public:
  TextReport(const v1::Comparison& comparison, const TextReportOptions& options)
      : c_(comparison),
        o_(options),
        width_(std::clamp(options.width, kMinWidth, kMaxWidth)),
        side_by_side_(options.layout == TextLayout::kSideBySide ||
                      (options.layout == TextLayout::kAuto && width_ >= kSideBySideFrom)),
        wrapper_(options.ambiguous_width),
        separator_(options.ascii ? " | " : " │ "),
        rule_(options.ascii ? "-" : "─"),
        marks_(ChooseMarks()) {
    separator_width_ = WidthOf(separator_);
    columns_.left = (width_ - separator_width_ + 1) / 2;
    columns_.right = width_ - separator_width_ - columns_.left;
    const size_t most = std::max(
        {size_t{1}, static_cast<size_t>(c_.left().sentences_size()), static_cast<size_t>(c_.right().sentences_size())});
    gutter_ = static_cast<int>(absl::StrCat(most - 1).size()) + 2;
  }

  std::string Render() {
    Header();
    Key();
    for (const ReportRow& row : RowsOf(c_)) {
      if (row.pair != nullptr) {
        PairRow(row);
      } else if (InPlace() && o_.show_unaligned) {
        OneSidedRow(row);
      }
    }
    if (c_.pairs().empty()) {
      Blank();
      Paragraph("No pairs were found.", 0);
    }
    if (o_.show_unaligned) {
      for (Side side : kBothSides) Unaligned(side);
    }
    Summary();
    return std::move(out_);
  }

 private:
  // --- Lines --------------------------------------------------------------

  int WidthOf(std::string_view text) const { return DisplayWidth(text, wrapper_.ambiguous_width()); }

  std::string Styled(std::string_view text, Style style) const {
    const size_t first = text.find_first_not_of(' ');
    if (!o_.color || style == Style::kPlain || first == std::string_view::npos) {
      return std::string(text);
    }
    // Spaces at the ends stay outside, where Print() can take them off.
    const size_t end = text.find_last_not_of(' ') + 1;
    std::string out(text.substr(0, first));
    out += StartOf(style);
    out += text.substr(first, end - first);
    out += kReset;
    out += text.substr(end);
    return out;
  }

  void Print(std::string_view line) {
    const size_t last = line.find_last_not_of(' ');
    out_ += line.substr(0, last == std::string_view::npos ? 0 : last + 1);
    out_ += '\n';
  }

  void Blank() { out_ += '\n'; }

  // The signs around differing words must not occur in the texts themselves.
  Marks ChooseMarks() const {
    if (o_.ascii) return {"*", "*"};
    for (Side side : kBothSides) {
      for (const v1::Sentence& s : StatementOf(c_, side).sentences()) {
        if (s.text().find("«") != std::string::npos || s.text().find("»") != std::string::npos) {
          return {"⟦", "⟧"};
        }
      }
    }
    return {"«", "»"};
  }

  bool InPlace() const { return c_.mode() == v1::MODE_PARALLEL; }

  // Input, made safe, in one style.
  StyledText Plain(std::string_view text, Style style = Style::kPlain) {
    StyledText out;
    out.text = SanitizeForTerminal(text);
    out.breaks = wrapper_.Breaks(out.text);
    if (style != Style::kPlain && !out.text.empty()) {
      out.runs.push_back({{0, Size(out.text)}, style});
    }
    return out;
  }

  // Prints short texts of our own in a row, broken between them wherever each
  // of them fits on a line of its own.
  void PrintItems(const std::vector<std::string>& items, std::string_view separator, std::string_view label,
                  Style label_style = Style::kPlain) {
    const int columns = width_ - WidthOf(label);
    StyledText out;
    for (const std::string& item : items) {
      if (!out.text.empty()) {
        out.text += separator;
        out.breaks.push_back(Size(out.text));
      }
      if (WidthOf(item) + WidthOf(separator) > columns) {
        for (int32_t b : wrapper_.Breaks(item)) {
          out.breaks.push_back(Size(out.text) + b);
        }
        out.breaks.pop_back();  // its end comes with the separator
      }
      out.text += item;
    }
    out.breaks.push_back(Size(out.text));
    Paragraph(out, label, label_style);
  }

  static int32_t Size(const std::string& text) { return static_cast<int32_t>(text.size()); }

  // A sentence with the words that differ marked. Breaks are those of the bare
  // text, so that marks never change where a line may end.
  StyledText Marked(std::string_view text, const std::vector<Span>& words, Side side) {
    StyledText out;
    std::vector<Span> spans;  // of the words, in the sanitised text
    int32_t done = 0;
    for (const Span& word : words) {
      AppendSanitizedForTerminal(Span{done, word.begin}.Of(text), out.text);
      const int32_t begin = Size(out.text);
      AppendSanitizedForTerminal(word.Of(text), out.text);
      if (Size(out.text) > begin) spans.push_back({begin, Size(out.text)});
      done = word.end;
    }
    AppendSanitizedForTerminal(Span{done, static_cast<int32_t>(text.size())}.Of(text), out.text);
    out.breaks = wrapper_.Breaks(out.text);
    if (o_.color) {
      const Style style = side == Side::kLeft ? Style::kBlueMark : Style::kOrangeMark;
      for (const Span& span : spans) out.runs.push_back({span, style});
    } else if (!spans.empty()) {
      InsertMarks(spans, out);
    }
    return out;
  }

  // Puts the signs around `spans` and moves the breaks along: a break before a
  // word stays before its sign, one after it stays after.
  void InsertMarks(const std::vector<Span>& spans, StyledText& out) const {
    std::string text;
    int32_t done = 0;
    size_t next = 0;  // break
    int32_t shift = 0;
    auto move_breaks = [&](int32_t limit) {
      for (; next < out.breaks.size() && out.breaks[next] <= limit; ++next) {
        out.breaks[next] += shift;
      }
    };
    for (const Span& span : spans) {
      text += Span{done, span.begin}.Of(out.text);
      move_breaks(span.begin);
      text += marks_.open;
      shift += Size(marks_.open);
      text += span.Of(out.text);
      move_breaks(span.end - 1);
      text += marks_.close;
      shift += Size(marks_.close);
      done = span.end;
    }
    text += Span{done, Size(out.text)}.Of(out.text);
    move_breaks(std::numeric_limits<int32_t>::max());
    out.text = std::move(text);
  }

  // `text` wrapped to `columns`, styles taken up again on every line.
  Lines Wrapped(const StyledText& text, int columns) {
    Lines lines;
    size_t run = 0;
    for (const WrappedLine& wrapped : wrapper_.Fill(text.text, text.breaks, columns)) {
      Line line;
      line.width = wrapped.width;
      int32_t done = wrapped.span.begin;
      while (run < text.runs.size() && text.runs[run].span.end <= wrapped.span.begin) {
        ++run;
      }
      for (size_t r = run; r < text.runs.size(); ++r) {
        const Span part{std::max(done, text.runs[r].span.begin), std::min(wrapped.span.end, text.runs[r].span.end)};
        if (text.runs[r].span.begin >= wrapped.span.end) break;
        line.bytes += Span{done, part.begin}.Of(text.text);
        line.bytes += Styled(part.Of(text.text), text.runs[r].style);
        done = part.end;
      }
      line.bytes += Span{done, wrapped.span.end}.Of(text.text);
      lines.push_back(std::move(line));
    }
    return lines;
  }

  // `label` before the first line, spaces of the same width before the others.
  static Lines Labelled(std::string_view label, int label_width, Lines lines) {
    if (lines.empty()) lines.emplace_back();
    for (size_t i = 0; i < lines.size(); ++i) {
      lines[i].bytes.insert(0, i == 0 ? std::string(label) : std::string(static_cast<size_t>(label_width), ' '));
      lines[i].width += label_width;
    }
    return lines;
  }

  void PrintAll(const Lines& lines) {
    for (const Line& line : lines) Print(line.bytes);
  }

  // Left and right in two columns, or one above the other.
  void PrintBoth(const Sides<Lines>& lines) {
    if (!side_by_side_) {
      PrintAll(lines.left);
      PrintAll(lines.right);
      return;
    }
    const size_t height = std::max(lines.left.size(), lines.right.size());
    for (size_t i = 0; i < height; ++i) {
      std::string row;
      int used = 0;
      if (i < lines.left.size()) {
        row = lines.left[i].bytes;
        used = lines.left[i].width;
      }
      row.append(static_cast<size_t>(std::max(0, columns_.left - used)), ' ');
      row += Styled(separator_, Style::kDim);
      if (i < lines.right.size()) row += lines.right[i].bytes;
      Print(row);
    }
  }

  int ColumnWidth(Side side) const { return side_by_side_ ? columns_[side] : width_; }

  // `text` over the full width after `label`; the rest is indented like it.
  void Paragraph(const StyledText& text, std::string_view label, Style label_style = Style::kPlain) {
    const int label_width = WidthOf(label);
    PrintAll(Labelled(Styled(label, label_style), label_width, Wrapped(text, width_ - label_width)));
  }
  void Paragraph(std::string_view text, int indent, Style style = Style::kPlain) {
    Paragraph(Plain(text, style), std::string(static_cast<size_t>(indent), ' '));
  }

  void Heading(std::string_view text) {
    Blank();
    Paragraph(text, 0, Style::kBold);
  }

  // `head`, a rule that fills the line, `tail`. Where they do not fit in one
  // line, the tail has lines of its own.
  void RuleLine(std::string_view head, Style head_style, std::string_view tail, Style tail_style) {
    const StyledText left = Plain(head, head_style);
    const StyledText right = Plain(tail, tail_style);
    const int used = WidthOf(left.text) + WidthOf(right.text) + 2;
    const int rule_width = WidthOf(rule_);
    if (used + 2 * rule_width > width_) {
      PrintAll(Wrapped(left, width_));
      PrintAll(Labelled("  ", 2, Wrapped(right, width_ - 2)));
      return;
    }
    std::string rule;
    int rest = width_ - used - (right.text.empty() ? -1 : 0);
    for (; rest >= rule_width; rest -= rule_width) rule += rule_;
    Print(absl::StrCat(Styled(left.text, head_style), " ", Styled(rule, Style::kDim), " ",
                       Styled(right.text, tail_style)));
  }

  std::string Gutter(Side side, uint32_t index) const {
    const std::string name = SentenceNames(side, {index});
    return Padded(name, gutter_);
  }

  static std::string Padded(std::string text, int width) {
    const size_t wanted = static_cast<size_t>(width);
    text.append(text.size() < wanted ? wanted - text.size() : 1, ' ');
    return text;
  }

  // --- Header -------------------------------------------------------------

  Lines Facts(Side side) {
    const v1::Statement& statement = StatementOf(c_, side);
    const int columns = ColumnWidth(side);
    Lines lines;
    auto add = [&](std::string_view text, Style style) {
      for (Line& line : Wrapped(Plain(text, style), columns)) {
        lines.push_back(std::move(line));
      }
    };
    add(absl::StrCat(side == Side::kLeft ? "LEFT  " : "RIGHT  ",
                     statement.party().empty() ? "party unknown" : statement.party()),
        side == Side::kLeft ? Style::kBlue : Style::kOrange);
    add(statement.title(), Style::kBold);
    std::vector<std::string> facts;
    for (const std::string* fact : {&SpeakerOf(statement), &statement.date(), &statement.language()}) {
      if (!fact->empty()) facts.push_back(*fact);
    }
    add(absl::StrJoin(facts, ", "), Style::kPlain);
    const v1::SideCounts counts = CountsOf(c_, side);
    std::string size = Counted(counts.sentences(), "sentence");
    if (counts.questions() > 0) {
      absl::StrAppend(&size, ", ", Counted(counts.questions(), "question"));
    }
    add(size, Style::kPlain);
    add(statement.source_name(), Style::kDim);
    if (o_.explain && !statement.party_reason().empty()) {
      add(absl::StrCat("party: ", statement.party_reason()), Style::kDim);
    }
    return lines;
  }

  void Header() {
    Sides<Lines> facts{Facts(Side::kLeft), Facts(Side::kRight)};
    if (!side_by_side_) facts.left.emplace_back();
    PrintBoth(facts);
    Blank();
    Paragraph(Plain(ModeText(c_)), "Mode      ");
    Paragraph(Plain(BackendsText(c_.backends())), "Backends  ");
    if (const std::string text = ExpectationText(c_); !text.empty()) {
      Paragraph(Plain(text), "Expected  ");
    }
    if (o_.explain) {
      Paragraph(Plain(absl::StrCat("narrdiff ", c_.engine_version(), ", schema ", c_.schema())), "Made by   ");
    }
    for (const v1::Issue& issue : c_.issues()) {
      const bool warning = issue.severity() == v1::Issue::WARNING;
      const std::string place = IssuePlace(c_, issue);
      Paragraph(Plain(absl::StrCat(place, place.empty() ? "" : ": ", issue.message(), " [", issue.code(), "]")),
                warning ? "W " : "N ", warning ? Style::kOrange : Style::kBlue);
    }
  }

  // What letters and marks of the report mean; only those that occur.
  void Key() {
    std::vector<std::string> relations;
    bool differing = false;
    bool guessed = false;
    for (const v1::RelationCount& count : RelationCountsOf(c_)) {
      relations.push_back(Named(count.relation()));
    }
    for (const v1::AlignedPair& pair : c_.pairs()) {
      differing = differing || pair.word_diffs_size() > 0;
      guessed = guessed || !ConfidenceWord(pair).empty();
    }
    if (c_.pairs().empty()) return;
    Blank();
    PrintItems(relations, "   ", "Key  ", Style::kBold);
    std::vector<std::string> signs = {".83: probability that the two belong side by side"};
    if (guessed) signs.push_back("likely, unsure: how sure the relation is");
    signs.push_back("L3, R1: sentences, counted from 0");
    PrintItems(signs, ";  ", "     ");
    if (differing) {
      StyledText text = Plain("word: differs from the other side");
      if (o_.color) {
        text.runs.push_back({{0, 4}, Style::kBlueMark});
      } else {
        InsertMarks({{0, 4}}, text);
      }
      Paragraph(text, "     ");
    }
  }

  static std::string Named(v1::Relation relation) {
    return absl::StrCat(std::string(1, RelationLetter(relation)), " ", std::string(RelationName(relation)));
  }

  // --- Pairs --------------------------------------------------------------

  Lines SentenceLines(const ReportRow& row, Side side) {
    Lines lines;
    const v1::Statement& statement = StatementOf(c_, side);
    for (uint32_t index : row.indices[side]) {
      const v1::Sentence* sentence = FindSentence(statement, index);
      StyledText text;
      if (sentence == nullptr) {
        text = Plain("(the message lacks this sentence)", Style::kDim);
      } else if (row.pair == nullptr) {
        text = Plain(ShownText(*sentence));
      } else {
        text = Marked(ShownText(*sentence), MarkedWords(*row.pair, side, *sentence), side);
      }
      const std::string gutter = Gutter(side, index);
      const int gutter_width = static_cast<int>(gutter.size());
      const int columns = std::max(1, ColumnWidth(side) - gutter_width);
      for (Line& line : Labelled(Styled(gutter, Style::kDim), gutter_width, Wrapped(text, columns))) {
        lines.push_back(std::move(line));
      }
    }
    return lines;
  }

  void PairRow(const ReportRow& row) {
    const v1::AlignedPair& pair = *row.pair;
    Blank();
    std::string head = Named(pair.relation());
    if (const std::string_view word = ConfidenceWord(pair); !word.empty()) {
      absl::StrAppend(&head, ", ", std::string(word));
    }
    absl::StrAppend(&head, "  ", ScoreText(pair.score()));
    std::string tail = PairId(row);
    if (pair.moved()) {
      tail = absl::StrCat(o_.ascii ? "moved ^v" : "moved ⇅", "  ", tail);
    }
    RuleLine(head, StyleOf(pair.relation()), tail, pair.moved() ? Style::kBold : Style::kDim);
    PrintBoth({SentenceLines(row, Side::kLeft), SentenceLines(row, Side::kRight)});
    const auto differences = DifferencesOf(c_, row);
    for (const v1::VersionDifference* difference : differences) Difference(*difference);
    if (o_.explain) {
      Explanation(pair);
      return;
    }
    if (!differences.empty()) return;  // they are what the evidence says
    std::vector<std::string> reasons;
    for (const v1::Evidence* evidence : ReasonsOf(pair, kReasons)) {
      reasons.push_back(evidence->reason());
    }
    if (!reasons.empty()) {
      Paragraph(Plain(absl::StrJoin(reasons, "; ")), "why: ", Style::kDim);
    }
  }

  void Difference(const v1::VersionDifference& difference) {
    Paragraph(Plain(difference.reason()), absl::StrCat(std::string(DifferenceName(difference.kind())), ": "),
              Style::kOrange);
  }

  void OneSidedRow(const ReportRow& row) {
    Blank();
    const bool left = !row.indices.left.empty();
    RuleLine(left ? "< only left" : "> only right", Style::kOrange, PairId(row), Style::kDim);
    PrintBoth({SentenceLines(row, Side::kLeft), SentenceLines(row, Side::kRight)});
  }

  // All evidence, with the words it points at, and the parts of the score.
  void Explanation(const v1::AlignedPair& pair) {
    for (const v1::Evidence& evidence : pair.evidence()) {
      std::string text = absl::StrFormat("%s [%s%s, %+.2f]", evidence.reason(), evidence.kind(),
                                         evidence.relation() == v1::RELATION_UNSPECIFIED
                                             ? ""
                                             : absl::StrCat(", for ", std::string(RelationName(evidence.relation()))),
                                         evidence.weight());
      for (Side side : kBothSides) {
        const auto& spans = side == Side::kLeft ? evidence.left() : evidence.right();
        if (spans.empty()) continue;
        std::vector<std::string> words;
        for (const v1::Span& span : spans) {
          words.push_back(absl::StrCat("\"", WordsOf(c_, side, span), "\""));
        }
        absl::StrAppend(&text, " ", SideName(side), " ", absl::StrJoin(words, ", "));
      }
      Paragraph(Plain(text), "why: ", Style::kDim);
    }
    if (pair.relation() != v1::RELATION_PARALLEL) {
      Paragraph(
          Plain(absl::StrFormat("%s %.2f", std::string(RelationName(pair.relation())), pair.relation_confidence())),
          "relation: ", Style::kDim);
    }
    std::vector<std::string> parts;
    for (const v1::ScorePart& part : pair.score_parts()) {
      parts.push_back(absl::StrFormat("%s %.2f (%+.2f)", part.feature(), part.value(), part.contribution()));
    }
    if (!parts.empty()) {
      Paragraph(Plain(absl::StrJoin(parts, "; ")), "score: ", Style::kDim);
    }
  }

  // --- What stands alone --------------------------------------------------

  void Unaligned(Side side) {
    const UnalignedLists lists = UnalignedOf(c_, side);
    const v1::Statement& statement = StatementOf(c_, side);
    if (!InPlace()) {
      Heading(absl::StrCat("Only the ", SideLabel(c_, side), " says", AsFarAsFound(c_)));
      if (lists.own.empty()) Paragraph("(nothing)", 2, Style::kDim);
      bool ranked = false;
      for (uint32_t index : lists.own) {
        const v1::Sentence* sentence = FindSentence(statement, index);
        const int rank = RankOf(c_, side, index, kRanks);
        ranked = ranked || rank > 0;
        const std::string label = absl::StrCat(Gutter(side, index), rank > 0 ? absl::StrCat("#", rank, " ") : "   ");
        Paragraph(Plain(sentence == nullptr ? "(the message lacks this sentence)" : ShownText(*sentence)), label,
                  rank > 0 ? Style::kBold : Style::kDim);
      }
      if (ranked) {
        Paragraph("#1: closest to what this side speaks of most", 2, Style::kDim);
      }
    }
    if (lists.questions.empty()) return;
    Heading(absl::StrCat("Questions put to the ", SideLabel(c_, side)));
    for (uint32_t index : lists.questions) {
      const v1::Sentence* sentence = FindSentence(statement, index);
      Paragraph(Plain(ShownText(*sentence), Style::kDim), absl::StrCat(Gutter(side, index), "Q  "), Style::kDim);
    }
  }

  // --- Summary ------------------------------------------------------------

  void Summary() {
    Heading("Summary");
    std::vector<std::string> counts;
    for (const v1::RelationCount& count : RelationCountsOf(c_)) {
      counts.push_back(absl::StrCat(count.count(), " ", Named(count.relation())));
    }
    const std::string pairs = Counted(static_cast<uint32_t>(c_.pairs_size()), "pair");
    if (counts.empty()) {
      Paragraph(pairs, 2);
    } else {
      PrintItems(counts, ", ", absl::StrCat("  ", pairs, ": "));
    }
    std::vector<std::string> coverage;
    for (Side side : kBothSides) {
      const v1::SideCounts count = CountsOf(c_, side);
      coverage.push_back(absl::StrCat(SideLabel(c_, side), " ", count.aligned(), " of ",
                                      Counted(count.sentences(), "sentence"), " (",
                                      PercentText(count.aligned(), count.sentences()), ")"));
    }
    Paragraph(absl::StrCat("In pairs: ", absl::StrJoin(coverage, ", ")), 2);
    Differences();
    Terms();
    if (c_.differences().empty()) Numbers();
    Acts();
    Accusations();
    Demands();
  }

  // Where two versions part, one line each.
  void Differences() {
    if (c_.differences().empty()) return;
    Heading("Where the versions part");
    Paragraph(DifferenceCounts(c_), 2);
    int kinds = 0, places = 0;
    for (const v1::VersionDifference& difference : c_.differences()) {
      kinds = std::max(kinds, static_cast<int>(DifferenceName(difference.kind()).size()));
      places = std::max(places, static_cast<int>(PlacesOf(difference).size()));
    }
    for (const v1::VersionDifference& difference : c_.differences()) {
      const std::string label = absl::StrCat("  ", Padded(std::string(DifferenceName(difference.kind())), kinds + 2),
                                             Padded(PlacesOf(difference), places + 2));
      Paragraph(Plain(difference.reason()), label, Style::kBold);
    }
  }

  static std::string WithSentences(Side side, std::string text,
                                   const google::protobuf::RepeatedField<uint32_t>& indices) {
    if (indices.empty()) return text;
    return absl::StrCat(text, " (", SentenceNames(side, std::vector<uint32_t>(indices.begin(), indices.end())), ")");
  }

  void Terms() {
    if (c_.summary().terms().empty()) return;
    Heading("Two terms for one thing");
    for (const v1::TermRow& row : c_.summary().terms()) {
      const Sides<std::string> texts{
          WithSentences(Side::kLeft, TermsText(row.left_terms(), row.left_counts(), o_.ascii), row.left_sentences()),
          WithSentences(Side::kRight, TermsText(row.right_terms(), row.right_counts(), o_.ascii),
                        row.right_sentences())};
      Sides<Lines> lines;
      for (Side side : kBothSides) {
        const std::string label = side_by_side_ ? "  " : side == Side::kLeft ? "  L  " : "  R  ";
        const int label_width = static_cast<int>(label.size());
        lines[side] = Labelled(label, label_width, Wrapped(Plain(texts[side]), ColumnWidth(side) - label_width));
      }
      PrintBoth(lines);
    }
  }

  void Numbers() {
    const std::vector<const v1::NumberRow*> rows = DifferingNumbers(c_);
    if (rows.empty()) return;
    Heading("Numbers that differ");
    for (const v1::NumberRow* row : rows) {
      std::string text = absl::StrCat("left ", row->left_text(), ", right ", row->right_text());
      if (!row->unit().empty()) absl::StrAppend(&text, " (", row->unit(), ")");
      if (!row->difference().empty()) absl::StrAppend(&text, ", right is ", row->difference());
      absl::StrAppend(&text, "  in ", row->pair_id());
      Paragraph(Plain(text), "  ");
    }
  }

  // "China: cyber -> US"
  static std::string WhoDoesWhat(const std::string& actor, const std::string& act, const std::string& target,
                                 bool negated) {
    return absl::StrCat(actor.empty() ? "(nobody named)" : actor, negated ? ": not " : ": ", ActName(act),
                        target.empty() ? "" : " -> ", target);
  }

  // Rows of the summary in two parts, each under the name of its side.
  template <typename Rows, typename Show>
  void BySide(const Rows& rows, const char* intro, const Show& show) {
    for (Side side : kBothSides) {
      bool first = true;
      for (const auto& row : rows) {
        if (SideOf(row.side()) != side) continue;
        if (first) Paragraph(absl::StrCat(intro, " the ", SideLabel(c_, side)), 2, Style::kDim);
        first = false;
        show(side, row);
      }
    }
  }

  void Acts() {
    if (c_.summary().acts().empty()) return;
    Heading("Who does what to whom");
    BySide(c_.summary().acts(), "according to", [&](Side side, const v1::ActRow& row) {
      std::string text = WhoDoesWhat(row.actor(), row.act(), row.target(), row.negated());
      if (row.count() > 1) absl::StrAppend(&text, o_.ascii ? " x" : " ×", row.count());
      Paragraph(WithSentences(side, std::move(text), row.sentences()), 4);
    });
  }

  // The words of a sentence that a row speaks of.
  void Said(Side side, const v1::Passage& passage) {
    const std::string words = WordsOf(c_, side, passage.words());
    Paragraph(Plain(o_.ascii ? absl::StrCat("\"", words, "\"") : absl::StrCat("“", words, "”")),
              absl::StrCat("      ", Gutter(side, passage.sentence())));
  }

  void Replies(const google::protobuf::RepeatedPtrField<std::string>& ids, const char* none) {
    std::vector<std::string> replies;
    for (const v1::AlignedPair* pair : PairsNamed(c_, ids)) {
      replies.push_back(absl::StrCat(Named(pair->relation()), " in ", pair->id()));
    }
    if (replies.empty()) {
      Paragraph(none, 6, Style::kDim);
    } else {
      Paragraph(Plain(absl::StrJoin(replies, ", ")), "      reply: ", Style::kDim);
    }
  }

  void Accusations() {
    if (c_.summary().accusations().empty()) return;
    Heading(absl::StrCat("Accusations and replies", AsFarAsFound(c_)));
    BySide(c_.summary().accusations(), "made by", [&](Side side, const v1::AccusationRow& row) {
      Paragraph(WhoDoesWhat(row.actor(), row.act(), row.target(), false), 4, Style::kBold);
      for (const v1::Passage& passage : row.passages()) Said(side, passage);
      Replies(row.replies(), "silence");
    });
  }

  void Demands() {
    if (c_.summary().demands().empty()) return;
    Heading(absl::StrCat("Demands and answers", AsFarAsFound(c_)));
    BySide(c_.summary().demands(), "made by", [&](Side side, const v1::DemandRow& row) {
      Paragraph(absl::StrCat("on ", row.on()), 4, Style::kBold);
      Said(side, row.passage());
      Replies(row.replies(), "no answer");
    });
  }

  const v1::Comparison& c_;
  const TextReportOptions& o_;
  const int width_;
  const bool side_by_side_;
  TextWrapper wrapper_;
  const std::string separator_;
  const std::string rule_;
  const Marks marks_;
  int separator_width_ = 0;
  Sides<int> columns_{0, 0};
  int gutter_ = 0;  // columns of "L3 " before a sentence
  std::string out_;
};

}  // namespace

std::string RenderTextReport(const v1::Comparison& comparison, const TextReportOptions& options) {
  return TextReport(comparison, options).Render();
}

}  // namespace narrdiff
