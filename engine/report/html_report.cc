// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/report/html_report.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/base/sides.h"
#include "engine/base/span.h"
#include "engine/base/utf8.h"
#include "engine/report/relation_names.h"
#include "engine/report/report_rows.h"

namespace narrdiff {
namespace {

constexpr int kReasons = 4;  // under a pair
constexpr int kRanks = 5;    // numbered among the unaligned sentences

// Blue for sides that go together and for the left, orange for sides that
// stand against each other and for the right.
constexpr char kStyle[] = R"css(
:root {
  color-scheme: light dark;
  --ink: #1b1f24; --dim: #59636e; --paper: #fff; --card: #f6f8fa;
  --line: #d1d9e0; --blue: #0a5cad; --orange: #a84b00;
  --blue-tint: #cfe6ff; --orange-tint: #ffe0bd;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e6e9ed; --dim: #9aa4af; --paper: #14171b; --card: #1d2127;
    --line: #363d46; --blue: #6cb6ff; --orange: #ffa657;
    --blue-tint: #123d69; --orange-tint: #5c3306;
  }
}
* { box-sizing: border-box; }
body {
  max-width: 80rem; margin: 0 auto; padding: 1rem;
  font: 1rem/1.5 system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif;
  color: var(--ink); background: var(--paper); overflow-wrap: anywhere;
}
h1 { font-size: 1.5rem; margin: 0 0 .75rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
body > header h2 { margin-top: 0; }
p { margin: 0 0 .35rem; }
a { color: inherit; }
.cols { display: grid; grid-template-columns: 1fr 1fr; gap: .25rem 1.5rem; }
.cols > * { min-width: 0; }
.left > h2, .left > h3 { color: var(--blue); }
.right > h2, .right > h3 { color: var(--orange); }
.title { font-weight: 600; }
.dim, .n, .why, .facts { color: var(--dim); }
.n { font-size: .8rem; font-variant-numeric: tabular-nums; }
.n b { color: var(--ink); }
.s { display: grid; grid-template-columns: max-content 1fr; gap: .5rem; }
.s > .n { padding-top: .2em; min-width: 1.6rem; }
dl.run {
  display: grid; grid-template-columns: max-content 1fr; gap: 0 .75rem;
  margin: 1rem 0 .5rem; font-size: .9rem;
}
dl.run dt { color: var(--dim); }
dl.run dd { margin: 0; }
.issues, .key, .why, .parts { list-style: none; margin: .5rem 0; padding: 0; }
.issues, .why, .parts { font-size: .9rem; }
.issues li { margin: .2rem 0; }
.why { margin: .25rem 0 0; }
.key { display: flex; flex-wrap: wrap; gap: .35rem 1.25rem; }
.pair, .alone {
  border: 1px solid var(--line); border-left: .35rem solid var(--hue);
  border-radius: .4rem; background: var(--card);
  margin: .75rem 0; padding: .5rem .9rem; --hue: var(--dim);
}
.pair:target { outline: 2px solid var(--hue); }
.pair > header, .alone > header {
  display: flex; flex-wrap: wrap; gap: 0 .9rem; align-items: baseline;
  margin-bottom: .3rem;
}
.letter {
  display: inline-block; min-width: 1.5em; padding: 0 .3em; border-radius: .25em;
  text-align: center; font-weight: 700; color: var(--paper);
  background: var(--hue, var(--dim));
}
.rel { font-weight: 600; color: var(--hue); }
.id { margin-left: auto; color: var(--dim); font-size: .85rem; }
.agree, .respond, .parallel, .note, .only-left { --hue: var(--blue); }
.deny, .counter, .reframe, .differ, .warning, .only-right {
  --hue: var(--orange);
}
mark { color: inherit; font-weight: 600; text-decoration: underline; }
.left mark { background: var(--blue-tint); }
.right mark { background: var(--orange-tint); }
.why li::before { content: "why: "; }
table { border-collapse: collapse; margin: .5rem 0; overflow-wrap: break-word; }
q { overflow-wrap: anywhere; }
th, td {
  border-bottom: 1px solid var(--line); padding: .25rem .75rem .25rem 0;
  text-align: left; vertical-align: top;
}
td > p { margin: 0; }
.claims td:nth-last-child(1) { white-space: nowrap; }
p:target { background: var(--blue-tint); }
th { font-weight: 600; color: var(--dim); font-size: .9rem; }
footer { margin-top: 2rem; font-size: .85rem; color: var(--dim); }
@media (max-width: 40rem) { .cols { grid-template-columns: 1fr; } }
@media print {
  :root {
    --ink: #000; --dim: #444; --paper: #fff; --card: #fff; --line: #999;
    --blue: #0a5cad; --orange: #a84b00;
    --blue-tint: #fff; --orange-tint: #fff;
  }
  body { max-width: none; padding: 0; font-size: 10pt; }
  .pair, .alone, tr, li { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  .letter { color: #000; background: none; border: 1px solid #000; }
}
)css";

bool OpensIsolate(char32_t c) { return c >= 0x2066 && c <= 0x2068; }
bool OpensEmbedding(char32_t c) { return c == 0x202A || c == 0x202B || c == 0x202D || c == 0x202E; }
constexpr char32_t kPopEmbedding = 0x202C;
constexpr char32_t kPopIsolate = 0x2069;

// Escapes one text, in one or more parts, and keeps its bidi controls in pairs:
// one left open would reach past the <bdi> around it, as the end of that
// element closes only the innermost isolate.
class Escaper {
 public:
  // For text and for attribute values in double quotes. Characters that HTML
  // does not allow become their pictures or U+FFFD; a bidi control that closes
  // nothing, U+FFFD too.
  std::string Part(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    for (int32_t i = 0; i < static_cast<int32_t>(text.size());) {
      AppendChar(NextCodePoint(text, i), out);
    }
    return out;
  }

  // What closes the controls that are still open.
  std::string End() {
    std::string out;
    for (; !open_.empty(); open_.pop_back()) AppendUtf8(open_.back(), out);
    return out;
  }

 private:
  void AppendChar(char32_t c, std::string& out) {
    switch (c) {
      case '&':
        out += "&amp;";
        return;
      case '<':
        out += "&lt;";
        return;
      case '>':
        out += "&gt;";
        return;
      case '"':
        out += "&quot;";
        return;
      case '\'':
        out += "&#39;";
        return;
      case '\t':
      case '\n':
      case '\r':
      case 0x85:
      case 0x2028:
      case 0x2029:
        out += ' ';
        return;
      default:
        break;
    }
    if (OpensIsolate(c)) {
      open_.push_back(kPopIsolate);
    } else if (OpensEmbedding(c)) {
      open_.push_back(kPopEmbedding);
    } else if (c == kPopIsolate) {
      // Closes what was opened inside the isolate, too.
      const auto opener = std::find(open_.rbegin(), open_.rend(), kPopIsolate);
      if (opener == open_.rend()) {
        c = 0xFFFD;
      } else {
        open_.erase(opener.base() - 1, open_.end());
      }
    } else if (c == kPopEmbedding) {
      if (open_.empty() || open_.back() != kPopEmbedding) {
        c = 0xFFFD;
      } else {
        open_.pop_back();
      }
    } else if (c < 0x20) {
      c += 0x2400;
    } else if (c == 0x7F) {
      c = 0x2421;
    } else if ((c >= 0x80 && c < 0xA0) || (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE) {
      c = 0xFFFD;
    }
    AppendUtf8(c, out);
  }

  std::vector<char32_t> open_;  // the closers to come, innermost last
};

std::string Escaped(std::string_view text) {
  Escaper escaper;
  const std::string out = escaper.Part(text);
  return out + escaper.End();
}

// For the part of a link after '#': what is not a letter, digit or one of
// "-_.,~" as %XX.
std::string Fragment(std::string_view text) {
  std::string out;
  for (char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-_.,~").find(c) != std::string_view::npos;
    if (plain) {
      out += c;
    } else {
      out += '%';
      out += "0123456789ABCDEF"[static_cast<unsigned char>(c) >> 4];
      out += "0123456789ABCDEF"[static_cast<unsigned char>(c) & 15];
    }
  }
  return out;
}

// ` lang="zh-Hans"`, or nothing when the language is unknown.
std::string Lang(const std::string& language) {
  if (language.empty() || language == "und") return "";
  return absl::StrCat(" lang=\"", Escaped(language), "\"");
}

// A piece of input amid our own words: its direction is its own affair.
std::string Bdi(std::string_view text, const std::string& language = "") {
  return absl::StrCat("<bdi", Lang(language), ">", Escaped(text), "</bdi>");
}

std::string Letter(v1::Relation relation) {
  return absl::StrCat("<span class=\"letter\">", std::string(1, RelationLetter(relation)), "</span>");
}

class HtmlReport {
 public:
  explicit HtmlReport(const v1::Comparison& comparison) : c_(comparison) {}

  std::string Render() {
    Head();
    Header();
    Add("<main>\n");
    if (c_.pairs().empty()) Add("<p>No pairs were found.</p>\n");
    for (const ReportRow& row : RowsOf(c_)) {
      if (row.pair != nullptr) {
        PairRow(row);
      } else if (InPlace()) {
        OneSidedRow(row);
      }
    }
    Add("</main>\n");
    Unaligned();
    Summary();
    Add("<footer>Made by narrdiff ", Bdi(c_.engine_version()), ", schema ", Bdi(c_.schema()),
        "</footer>\n</body>\n</html>\n");
    return std::move(out_);
  }

 private:
  template <typename... Parts>
  void Add(const Parts&... parts) {
    absl::StrAppend(&out_, parts...);
  }

  bool InPlace() const { return c_.mode() == v1::MODE_PARALLEL; }

  // "left (US)" with the party as input.
  std::string Label(Side side) const {
    const std::string& party = StatementOf(c_, side).party();
    return party.empty() ? std::string(SideName(side)) : absl::StrCat(SideName(side), " (", Bdi(party), ")");
  }

  static std::string PartyName(const v1::Statement& statement, Side side) {
    return statement.party().empty() ? SideName(side) : statement.party();
  }

  void Head() {
    Add("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
        "<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
        "'none'; style-src 'unsafe-inline'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, "
        "initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
        "<title>",
        Escaped(PartyName(c_.left(), Side::kLeft)), " / ", Escaped(PartyName(c_.right(), Side::kRight)),
        " - narrdiff</title>\n<style>", kStyle, "</style>\n</head>\n<body>\n");
  }

  void Header() {
    Add("<header>\n<h1>", Bdi(PartyName(c_.left(), Side::kLeft)), " / ", Bdi(PartyName(c_.right(), Side::kRight)),
        "</h1>\n<div class=\"cols\">\n");
    for (Side side : kBothSides) {
      const v1::Statement& statement = StatementOf(c_, side);
      Add("<section class=\"", SideName(side), "\">\n<h2>", side == Side::kLeft ? "Left" : "Right");
      if (!statement.party().empty()) Add(": ", Bdi(statement.party()));
      Add("</h2>\n");
      if (!statement.title().empty()) {
        Add("<p class=\"title\"><bdi dir=\"auto\"", Lang(statement.language()), ">", Escaped(statement.title()),
            "</bdi></p>\n");
      }
      std::vector<std::string> facts;
      if (!SpeakerOf(statement).empty()) {
        facts.push_back(Bdi(SpeakerOf(statement), statement.language()));
      }
      if (!statement.date().empty()) facts.push_back(Bdi(statement.date()));
      if (!statement.language().empty()) {
        facts.push_back(Bdi(statement.language()));
      }
      const v1::SideCounts counts = CountsOf(c_, side);
      facts.push_back(Counted(counts.sentences(), "sentence"));
      if (counts.questions() > 0) {
        facts.push_back(Counted(counts.questions(), "question"));
      }
      Add("<p class=\"facts\">", absl::StrJoin(facts, ", "), "</p>\n");
      if (!statement.source_name().empty()) {
        Add("<p class=\"facts\">", Bdi(statement.source_name()), "</p>\n");
      }
      Add("</section>\n");
    }
    Add("</div>\n<dl class=\"run\">\n<dt>Mode</dt><dd>", Bdi(ModeText(c_)), "</dd>\n<dt>Backends</dt><dd>",
        Bdi(BackendsText(c_.backends())), "</dd>\n");
    if (const std::string text = ExpectationText(c_); !text.empty()) {
      Add("<dt>Expected</dt><dd>", Escaped(text), "</dd>\n");
    }
    Add("</dl>\n");
    Issues();
    Key();
    Add("</header>\n");
  }

  void Issues() {
    if (c_.issues().empty()) return;
    Add("<ul class=\"issues\">\n");
    for (const v1::Issue& issue : c_.issues()) {
      const bool warning = issue.severity() == v1::Issue::WARNING;
      const std::string place = IssuePlace(c_, issue);
      Add("<li class=\"", warning ? "warning" : "note", "\"><span class=\"letter\">", warning ? "W" : "N", "</span> ",
          Escaped(place), place.empty() ? "" : ": ", Bdi(issue.message()), " <span class=\"dim\">[", Bdi(issue.code()),
          "]</span></li>\n");
    }
    Add("</ul>\n");
  }

  // What the letters mean, with links to the first pair of each.
  void Key() {
    if (c_.pairs().empty()) return;
    Add("<ul class=\"key\">\n");
    for (const v1::RelationCount& count : RelationCountsOf(c_)) {
      const std::string name(RelationName(count.relation()));
      std::string words = absl::StrCat(name, " (", count.count(), ")");
      for (const ReportRow& row : RowsOf(c_)) {
        if (row.pair == nullptr || row.pair->relation() != count.relation()) {
          continue;
        }
        words = absl::StrCat("<a href=\"#", Fragment(PairId(row)), "\">", words, "</a>");
        break;
      }
      Add("<li class=\"", name, "\">", Letter(count.relation()), " ", words, "</li>\n");
    }
    Add("</ul>\n<p class=\"dim\">.83: probability that the two belong side by "
        "side; ",
        InPlace() ? "" : "likely, unsure: how sure the relation is; ", "L3, R1: sentences, counted from 0.</p>\n");
  }

  // The sentence with the words that differ in <mark>.
  std::string MarkedText(const v1::Sentence& sentence, const v1::AlignedPair* pair, Side side) const {
    const std::string text = ShownText(sentence);
    if (pair == nullptr) return Escaped(text);
    Escaper escaper;
    std::string out;
    int32_t done = 0;
    for (const Span& word : MarkedWords(*pair, side, sentence)) {
      // Each part in a statement of its own: they must be escaped in order.
      out += escaper.Part(Span{done, word.begin}.Of(text));
      out += "<mark>";
      out += escaper.Part(word.Of(text));
      out += "</mark>";
      done = word.end;
    }
    const Span rest{done, static_cast<int32_t>(text.size())};
    out += escaper.Part(rest.Of(text));
    return out + escaper.End();
  }

  // The first place where a sentence stands is where links to it lead.
  std::string SentenceHtml(Side side, uint32_t index, const v1::AlignedPair* pair, std::string_view sign = "") {
    const v1::Statement& statement = StatementOf(c_, side);
    const v1::Sentence* sentence = FindSentence(statement, index);
    const std::string name = SentenceNames(side, {index});
    std::string out =
        absl::StrCat("<p class=\"s\"", anchored_.insert(name).second ? absl::StrCat(" id=\"", name, "\"") : "",
                     "><span class=\"n\">", name, std::string(sign), "</span> ");
    if (sentence == nullptr) {
      return absl::StrCat(out, "<i>(the message lacks this sentence)</i></p>\n");
    }
    return absl::StrCat(out, "<bdi dir=\"auto\"", Lang(LanguageOf(statement, *sentence)), ">",
                        MarkedText(*sentence, pair, side), "</bdi></p>\n");
  }

  void Columns(const ReportRow& row) {
    Add("<div class=\"cols\">\n");
    for (Side side : kBothSides) {
      Add("<div class=\"", SideName(side), "\">\n");
      for (uint32_t index : row.indices[side]) {
        Add(SentenceHtml(side, index, row.pair));
      }
      Add("</div>\n");
    }
    Add("</div>\n");
  }

  void PairRow(const ReportRow& row) {
    const v1::AlignedPair& pair = *row.pair;
    const std::string name(RelationName(pair.relation()));
    const std::string id = PairId(row);
    Add("<article class=\"pair ", name, "\" id=\"", Escaped(id), "\">\n<header>", Letter(pair.relation()),
        " <span class=\"rel\">", name, "</span>");
    if (const std::string word(ConfidenceWord(pair)); !word.empty()) {
      Add(" <span>", word, "</span>");
    }
    Add(" <span class=\"score\">", ScoreText(pair.score()), "</span>");
    if (pair.moved()) Add(" <span class=\"moved\">moved ⇅</span>");
    Add(" <a class=\"id\" href=\"#", Fragment(id), "\">", Bdi(id), "</a></header>\n");
    Columns(row);
    const auto differences = DifferencesOf(c_, row);
    if (!differences.empty()) {
      Add("<ul class=\"parts\">\n");
      for (const v1::VersionDifference* difference : differences) {
        Add("<li><b>", std::string(DifferenceName(difference->kind())), "</b> ", Bdi(difference->reason()), "</li>\n");
      }
      Add("</ul>\n");
    }
    const std::vector<const v1::Evidence*> reasons = ReasonsOf(pair, kReasons);
    if (differences.empty() && !reasons.empty()) {
      Add("<ul class=\"why\">\n");
      for (const v1::Evidence* evidence : reasons) {
        Add("<li>", Bdi(evidence->reason()), "</li>\n");
      }
      Add("</ul>\n");
    }
    Add("</article>\n");
  }

  void OneSidedRow(const ReportRow& row) {
    const bool left = !row.indices.left.empty();
    Add("<article class=\"alone ", left ? "only-left" : "only-right", "\">\n<header><span class=\"letter\">",
        left ? "&lt;" : "&gt;", "</span> <span class=\"rel\">", left ? "only left" : "only right",
        "</span></header>\n");
    Columns(row);
    Add("</article>\n");
  }

  void Unaligned() {
    const Sides<UnalignedLists> lists{UnalignedOf(c_, Side::kLeft), UnalignedOf(c_, Side::kRight)};
    if (!InPlace()) {
      Add("<section>\n<div class=\"cols\">\n");
      bool ranked = false;
      for (Side side : kBothSides) {
        Add("<section class=\"", SideName(side), "\" id=\"only-", SideName(side), "\">\n<h2>Only the ", Label(side),
            " says", AsFarAsFound(c_), "</h2>\n");
        if (lists[side].own.empty()) Add("<p class=\"dim\">(nothing)</p>\n");
        for (uint32_t index : lists[side].own) {
          const int rank = RankOf(c_, side, index, kRanks);
          ranked = ranked || rank > 0;
          Add(SentenceHtml(side, index, nullptr, rank > 0 ? absl::StrCat(" <b>#", rank, "</b>") : ""));
        }
        Add("</section>\n");
      }
      Add("</div>\n");
      if (ranked) {
        Add("<p class=\"dim\">#1: closest to what this side speaks of most."
            "</p>\n");
      }
      Add("</section>\n");
    }
    for (Side side : kBothSides) {
      if (lists[side].questions.empty()) continue;
      Add("<section class=\"", SideName(side),
          " questions\">\n<h3>Questions "
          "put to the ",
          Label(side), "</h3>\n");
      for (uint32_t index : lists[side].questions) {
        Add(SentenceHtml(side, index, nullptr, " <b>Q</b>"));
      }
      Add("</section>\n");
    }
  }

  std::string SentenceLink(Side side, uint32_t index) const {
    const std::string name = SentenceNames(side, {index});
    if (anchored_.count(name) == 0) return name;  // the message lacks the sentence
    return absl::StrCat("<a href=\"#", name, "\">", name, "</a>");
  }

  std::string Links(Side side, const google::protobuf::RepeatedField<uint32_t>& indices) const {
    std::vector<std::string> links;
    for (const uint32_t index : indices) links.push_back(SentenceLink(side, index));
    return absl::StrJoin(links, ", ");
  }

  static std::string PairLink(const std::string& id) {
    return absl::StrCat("<a href=\"#", Fragment(id), "\">", Bdi(id), "</a>");
  }

  void Summary() {
    Add("<section id=\"summary\">\n<h2>Summary</h2>\n<table>\n<tr><th>Side</th>"
        "<th>In pairs</th><th>Alone</th><th>Sentences</th><th>Coverage</th>"
        "</tr>\n");
    for (Side side : kBothSides) {
      const v1::SideCounts counts = CountsOf(c_, side);
      Add("<tr><td>", Label(side), "</td><td>", counts.aligned(), "</td><td>", counts.unaligned(), "</td><td>",
          counts.sentences(), "</td><td>", PercentText(counts.aligned(), counts.sentences()), "</td></tr>\n");
    }
    Add("</table>\n");
    Differences();
    Terms();
    if (c_.differences().empty()) Numbers();
    Acts();
    Accusations();
    Demands();
    Add("</section>\n");
  }

  void Differences() {
    if (c_.differences().empty()) return;
    Add("<h3>Where the versions part</h3>\n<p>", DifferenceCounts(c_),
        "</p>\n<table>\n<tr><th>What</th><th>Where</th>"
        "<th>How</th></tr>\n");
    for (const v1::VersionDifference& difference : c_.differences()) {
      Add("<tr><td>", std::string(DifferenceName(difference.kind())), "</td><td class=\"n\">", PlacesOf(difference),
          "</td><td>", Bdi(difference.reason()), "</td></tr>\n");
    }
    Add("</table>\n");
  }

  void Terms() {
    if (c_.summary().terms().empty()) return;
    Add("<h3>Two terms for one thing</h3>\n<table>\n<tr><th>", Label(Side::kLeft), "</th><th>", Label(Side::kRight),
        "</th></tr>\n");
    for (const v1::TermRow& row : c_.summary().terms()) {
      Add("<tr>");
      for (Side side : kBothSides) {
        const bool left = side == Side::kLeft;
        Add("<td>",
            Bdi(TermsText(left ? row.left_terms() : row.right_terms(), left ? row.left_counts() : row.right_counts(),
                          /*ascii=*/false),
                StatementOf(c_, side).language()),
            " <span class=\"n\">", Links(side, left ? row.left_sentences() : row.right_sentences()), "</span></td>");
      }
      Add("</tr>\n");
    }
    Add("</table>\n");
  }

  void Numbers() {
    const std::vector<const v1::NumberRow*> rows = DifferingNumbers(c_);
    if (rows.empty()) return;
    Add("<h3>Numbers that differ</h3>\n<table>\n<tr><th>", Label(Side::kLeft), "</th><th>", Label(Side::kRight),
        "</th><th>Right is</th><th>Unit</th><th>Pair</th></tr>\n");
    for (const v1::NumberRow* row : rows) {
      Add("<tr><td>", Bdi(row->left_text(), c_.left().language()), "</td><td>",
          Bdi(row->right_text(), c_.right().language()), "</td><td>", Bdi(row->difference()), "</td><td>",
          Bdi(row->unit()), "</td><td>", PairLink(row->pair_id()), "</td></tr>\n");
    }
    Add("</table>\n");
  }

  // Rows of the summary, those of the left first.
  template <typename Rows, typename Show>
  static void BySide(const Rows& rows, const Show& show) {
    for (Side side : kBothSides) {
      for (const auto& row : rows) {
        if (SideOf(row.side()) == side) show(side, row);
      }
    }
  }

  void Acts() {
    if (c_.summary().acts().empty()) return;
    Add("<h3 id=\"acts\">Who does what to whom</h3>\n<table>\n<tr><th>According to the"
        "</th><th>Who</th><th>does</th><th>to whom</th><th>Times</th><th>Where</th></tr>\n");
    BySide(c_.summary().acts(), [&](Side side, const v1::ActRow& row) {
      Add("<tr><td>", Label(side), "</td><td>", Bdi(row.actor()), "</td><td>", row.negated() ? "not " : "",
          Bdi(ActName(row.act())), "</td><td>", Bdi(row.target()), "</td><td>",
          std::max<uint32_t>(row.count(), static_cast<uint32_t>(row.sentences_size())), "</td><td class=\"n\">",
          Links(side, row.sentences()), "</td></tr>\n");
    });
    Add("</table>\n");
  }

  std::string Said(Side side, const v1::Passage& passage) const {
    const v1::Statement& statement = StatementOf(c_, side);
    const v1::Sentence* sentence = FindSentence(statement, passage.sentence());
    const std::string& language = sentence == nullptr ? statement.language() : LanguageOf(statement, *sentence);
    return absl::StrCat("<p><span class=\"n\">", SentenceLink(side, passage.sentence()), "</span> <q>",
                        Bdi(WordsOf(c_, side, passage.words()), language), "</q></p>\n");
  }

  std::string Replies(const google::protobuf::RepeatedPtrField<std::string>& ids, std::string_view none) const {
    std::string out;
    for (const v1::AlignedPair* pair : PairsNamed(c_, ids)) {
      const std::string name(RelationName(pair->relation()));
      absl::StrAppend(&out, "<p class=\"", name, "\">", Letter(pair->relation()), " ", name, " ", PairLink(pair->id()),
                      "</p>\n");
    }
    return out.empty() ? absl::StrCat("<span class=\"dim\">", std::string(none), "</span>") : out;
  }

  void Accusations() {
    if (c_.summary().accusations().empty()) return;
    Add("<h3 id=\"accusations\">Accusations and replies", AsFarAsFound(c_),
        "</h3>\n<table class=\"claims\">\n<tr><th>Made by the</th><th>Who</th><th>does</th><th>to whom</th><th>In the "
        "words</th><th>Reply</th></tr>\n");
    BySide(c_.summary().accusations(), [&](Side side, const v1::AccusationRow& row) {
      Add("<tr><td>", Label(side), "</td><td>", Bdi(row.actor()), "</td><td>", Bdi(ActName(row.act())), "</td><td>",
          Bdi(row.target()), "</td><td>");
      for (const v1::Passage& passage : row.passages()) Add(Said(side, passage));
      Add("</td><td>", Replies(row.replies(), "silence"), "</td></tr>\n");
    });
    Add("</table>\n");
  }

  void Demands() {
    if (c_.summary().demands().empty()) return;
    Add("<h3 id=\"demands\">Demands and answers", AsFarAsFound(c_),
        "</h3>\n<table class=\"claims\">\n<tr><th>Made by the</th><th>On</th><th>In the "
        "words</th><th>Answer</th></tr>\n");
    BySide(c_.summary().demands(), [&](Side side, const v1::DemandRow& row) {
      Add("<tr><td>", Label(side), "</td><td>", Bdi(row.on()), "</td><td>", Said(side, row.passage()), "</td><td>",
          Replies(row.replies(), "no answer"), "</td></tr>\n");
    });
    Add("</table>\n");
  }

  const v1::Comparison& c_;
  std::string out_;
  std::set<std::string> anchored_;  // names of the sentences that links can lead to
};

}  // namespace

std::string RenderHtmlReport(const v1::Comparison& comparison) { return HtmlReport(comparison).Render(); }

}  // namespace narrdiff
