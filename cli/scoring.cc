// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/scoring.h"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "cli/files.h"
#include "cli/text.h"
#include "engine/base/status_macros.h"
#include "engine/base/utf8.h"
#include "nlohmann/json.hpp"

namespace narrdiff::cli {
namespace {

using Json = nlohmann::json;
using Ids = std::vector<int64_t>;

constexpr InputLimit kLimit = {int64_t{1} << 30, "max_score_file_bytes"};

// --- Python's ways -----------------------------------------------------------

// str.isspace of one character.
bool IsPythonSpace(char32_t c) {
  return (c >= 0x09 && c <= 0x0d) || (c >= 0x1c && c <= 0x20) || c == 0x85 || c == 0xa0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

// str.strip.
std::u32string_view Strip(std::u32string_view text) {
  while (!text.empty() && IsPythonSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsPythonSpace(text.back())) text.remove_suffix(1);
  return text;
}

// str.split without arguments.
std::vector<std::u32string_view> Fields(std::u32string_view text) {
  std::vector<std::u32string_view> fields;
  for (size_t i = 0; i < text.size();) {
    const size_t begin = i;
    while (i < text.size() && !IsPythonSpace(text[i])) ++i;
    if (i > begin) fields.push_back(text.substr(begin, i - begin));
    while (i < text.size() && IsPythonSpace(text[i])) ++i;
  }
  return fields;
}

std::vector<std::u32string_view> SplitAt(std::u32string_view text, char32_t separator) {
  std::vector<std::u32string_view> parts;
  size_t begin = 0;
  for (size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] != separator) continue;
    parts.push_back(text.substr(begin, i - begin));
    begin = i + 1;
  }
  return parts;
}

// The lines of a text file, without their ends: "\n", "\r\n" or "\r".
std::vector<std::u32string_view> Lines(std::u32string_view text) {
  std::vector<std::u32string_view> lines;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find_first_of(U"\r\n", begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + (end + 1 < text.size() && text[end] == U'\r' && text[end + 1] == U'\n' ? 2 : 1);
  }
  return lines;
}

// int(text) for ASCII and full-width digits: white space around it, a sign, and
// single underscores between digits are allowed.
bool ToInteger(std::u32string_view text, int64_t& value) {
  text = Strip(text);
  bool negative = false;
  if (!text.empty() && (text[0] == U'-' || text[0] == U'+')) {
    negative = text[0] == U'-';
    text.remove_prefix(1);
  }
  if (text.empty() || text.front() == U'_' || text.back() == U'_') return false;
  int64_t number = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == U'_' && text[i - 1] != U'_') continue;
    const char32_t digit = text[i] >= 0xff10 && text[i] <= 0xff19 ? text[i] - 0xff10 : text[i] - U'0';
    if (digit > 9 || number > (INT64_MAX - 9) / 10) return false;
    number = number * 10 + static_cast<int64_t>(digit);
  }
  value = negative ? -number : number;
  return true;
}

std::string Narrow(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) AppendUtf8(c, out);
  return out;
}

// '%-40s'.
std::string Padded(const std::string& text) {
  const int32_t length = CountCodePoints(text);
  return length < 40 ? text + std::string(static_cast<size_t>(40 - length), ' ') : text;
}

// --- Files -------------------------------------------------------------------

bool Exists(const std::string& path) {
  struct stat facts;
  return stat(path.c_str(), &facts) == 0;
}

// Names in the folder, sorted.
absl::StatusOr<std::vector<std::string>> NamesIn(const std::string& folder) {
  DIR* const directory = opendir(folder.c_str());
  if (directory == nullptr) {
    const int error = errno;
    const std::string name = DisplayName(folder);
    if (error == ENOENT) return absl::NotFoundError(Cat(name, ": no such folder; check the name"));
    if (error == ENOTDIR)
      return absl::InvalidArgumentError(Cat(name, ": is not a folder; name the folder of gold answers"));
    return absl::InvalidArgumentError(Cat(name, ": cannot be listed: ", strerror(error), "; see ls -ld"));
  }
  std::vector<std::string> names;
  while (const dirent* entry = readdir(directory)) {
    const std::string name = entry->d_name;
    if (name != "." && name != "..") names.push_back(name);
  }
  closedir(directory);
  std::sort(names.begin(), names.end());
  return names;
}

absl::StatusOr<std::vector<std::string>> DocumentsIn(const std::string& root, std::string_view file) {
  NARRDIFF_ASSIGN_OR_RETURN(const std::vector<std::string> names, NamesIn(root));
  std::vector<std::string> documents;
  for (const std::string& name : names) {
    if (Exists(Cat(root, "/", name, "/", file))) documents.push_back(name);
  }
  return documents;
}

absl::StatusOr<std::u32string> ReadText(const std::string& path) {
  NARRDIFF_ASSIGN_OR_RETURN(const std::string bytes, ReadInput(path, kLimit));
  const int64_t invalid = FindInvalidUtf8(bytes);
  if (invalid >= 0) {
    return absl::InvalidArgumentError(Cat(DisplayName(path), ": byte ", invalid, " is not UTF-8; save it as UTF-8"));
  }
  std::u32string text;
  for (int32_t i = 0; i < static_cast<int32_t>(bytes.size());) text += NextCodePoint(bytes, i);
  return text;
}

// --- Sums --------------------------------------------------------------------

double Divide(double a, double b) { return b != 0 ? a / b : 0; }

// Right, predicted, gold.
using Counts = std::array<int64_t, 3>;

PrecisionRecall Measure(const Counts& counts) { return cli::Measure(counts[0], counts[1], counts[2]); }

std::string Figures(const PrecisionRecall& figures) {
  return absl::StrFormat("P %.4f R %.4f F1 %.4f", figures.precision, figures.recall, figures.f1);
}

// --- Segmentation ------------------------------------------------------------

using Spans = std::set<std::pair<int64_t, int64_t>>;

absl::StatusOr<Spans> ReadSpans(const std::string& path, const std::u32string& text) {
  NARRDIFF_ASSIGN_OR_RETURN(const std::u32string content, ReadText(path));
  const int64_t length = static_cast<int64_t>(text.size());
  Spans spans;
  int64_t number = 0;
  for (const std::u32string_view line : Lines(content)) {
    ++number;
    const std::vector<std::u32string_view> fields = Fields(line);
    int64_t begin = 0, end = 0;
    if (fields.size() < 2 || !ToInteger(fields[0], begin) || !ToInteger(fields[1], end)) {
      return absl::InvalidArgumentError(Cat(DisplayName(path), ":", number, ": no span; give START, a tab, END"));
    }
    // Python counts offsets below zero from the end.
    bool outside = false;
    const auto is_space = [&](int64_t index) {
      const int64_t place = index < 0 ? index + length : index;
      outside = outside || place < 0 || place >= length;
      return !outside && IsPythonSpace(text[static_cast<size_t>(place)]);
    };
    while (begin < end && is_space(begin)) ++begin;
    while (end > begin && !outside && is_space(end - 1)) --end;
    if (outside) {
      return absl::InvalidArgumentError(Cat(DisplayName(path), ":", number, ": not within the text, which has ", length,
                                            " code points; make it from the same text"));
    }
    if (begin < end) spans.emplace(begin, end);
  }
  return spans;
}

template <typename T>
int64_t Shared(const std::set<T>& a, const std::set<T>& b) {
  return std::count_if(a.begin(), a.end(), [&](const T& value) { return b.count(value) > 0; });
}

std::set<int64_t> EndsOf(const Spans& spans) {
  std::set<int64_t> ends;
  for (const auto& [begin, end] : spans) ends.insert(end);
  return ends;
}

// --- Rows of ids -------------------------------------------------------------

struct IdRow {
  Ids left, right;
  std::string relation;
};

// LEFT_IDS<TAB>RIGHT_IDS[<TAB>RELATION...]; a file that is not there has no
// rows.
absl::StatusOr<std::vector<IdRow>> ReadIds(const std::string& path) {
  std::vector<IdRow> rows;
  if (!Exists(path)) return rows;
  NARRDIFF_ASSIGN_OR_RETURN(const std::u32string content, ReadText(path));
  int64_t number = 0;
  for (const std::u32string_view line : Lines(content)) {
    ++number;
    if (Strip(line).empty() || line[0] == U'#' || line.substr(0, 4) == U"left") continue;
    std::vector<std::u32string_view> cells = SplitAt(line, U'\t');
    cells.resize(std::max<size_t>(cells.size(), 3));
    IdRow row;
    for (const int side : {0, 1}) {
      for (const std::u32string_view part : SplitAt(cells[static_cast<size_t>(side)], U',')) {
        if (Strip(part).empty()) continue;
        int64_t id = 0;
        if (!ToInteger(part, id)) {
          return absl::InvalidArgumentError(Cat(DisplayName(path), ":", number, ": \"", Narrow(Strip(part)),
                                                "\" is no sentence number; give LEFT_IDS, a tab, RIGHT_IDS"));
        }
        (side == 0 ? row.left : row.right).push_back(id);
      }
    }
    row.relation = Narrow(Strip(cells[2]));
    rows.push_back(std::move(row));
  }
  return rows;
}

// --- Beads -------------------------------------------------------------------

using Bead = std::pair<Ids, Ids>;
using BeadCounts = std::array<int64_t, 3>;  // strict, lax, all

// How many of `hypothesis` stand in `reference`, whole or by one link.
BeadCounts CountBeads(const std::set<Bead>& reference, const std::set<Bead>& hypothesis) {
  std::set<std::pair<int64_t, int64_t>> links;
  for (const Bead& bead : reference) {
    for (const int64_t i : bead.first) {
      for (const int64_t j : bead.second) links.emplace(i, j);
    }
  }
  BeadCounts counts = {0, 0, static_cast<int64_t>(hypothesis.size())};
  for (const Bead& bead : hypothesis) {
    const bool strict = reference.count(bead) > 0;
    bool lax = strict;
    for (const int64_t i : bead.first) {
      for (const int64_t j : bead.second) lax = lax || links.count({i, j}) > 0;
    }
    counts[0] += strict;
    counts[1] += lax;
  }
  return counts;
}

std::set<Bead> WithTwoSides(const std::set<Bead>& beads) {
  std::set<Bead> out;
  for (const Bead& bead : beads) {
    if (!bead.first.empty() && !bead.second.empty()) out.insert(bead);
  }
  return out;
}

double BeadF1(const BeadCounts& precision, const BeadCounts& recall, size_t kind) {
  const double a = Divide(static_cast<double>(precision[kind]), static_cast<double>(precision[2]));
  const double b = Divide(static_cast<double>(recall[kind]), static_cast<double>(recall[2]));
  return a + b != 0 ? 2 * a * b / (a + b) : 0;
}

absl::StatusOr<std::set<Bead>> ReadBeads(const std::string& path) {
  NARRDIFF_ASSIGN_OR_RETURN(const std::vector<IdRow> rows, ReadIds(path));
  std::set<Bead> beads;
  for (const IdRow& row : rows) {
    if (!row.left.empty() || !row.right.empty()) beads.emplace(row.left, row.right);
  }
  return beads;
}

// --- Pairs -------------------------------------------------------------------

// The relations of each cell, in file order.
using Cells = std::map<std::pair<int64_t, int64_t>, std::vector<std::string>>;

absl::StatusOr<Cells> ReadCells(const std::string& path) {
  NARRDIFF_ASSIGN_OR_RETURN(const std::vector<IdRow> rows, ReadIds(path));
  Cells cells;
  for (const IdRow& row : rows) {
    for (const int64_t i : row.left) {
      for (const int64_t j : row.right) cells[{i, j}].push_back(row.relation);
    }
  }
  return cells;
}

bool Has(const std::vector<std::string>& relations, const std::string& relation) {
  return std::find(relations.begin(), relations.end(), relation) != relations.end();
}

// --- Attributions ------------------------------------------------------------

// A range of the article and the number of its characters that are not white
// space.
struct Range {
  int64_t begin = 0, end = 0;
};

class Article {
 public:
  Article(const std::u32string& text, std::string name)
      : length_(static_cast<int64_t>(text.size())), name_(std::move(name)), before_(2 * text.size() + 1) {
    // Offsets below zero count from the end, so the text stands here twice.
    for (size_t i = 0; i < 2 * text.size(); ++i) {
      before_[i + 1] = before_[i] + !IsPythonSpace(text[i % text.size()]);
    }
  }

  // The range `what` of an attribution; empty where an end is missing or null.
  absl::StatusOr<Range> RangeOf(const Json& attribution, const std::string& what) const {
    if (!attribution.is_object()) return Wrong("an attribution is not an object");
    Range range;
    for (const bool start : {true, false}) {
      const auto found = attribution.find(what + (start ? "_start" : "_end"));
      if (found == attribution.end() || found->is_null()) return Range();
      if (!found->is_number_integer()) return Wrong(Cat(what, " offsets are not whole numbers"));
      (start ? range.begin : range.end) = found->get<int64_t>();
    }
    if (range.begin >= range.end) return Range();
    if (range.begin < -length_ || range.end > length_) {
      return Wrong(
          Cat(what, " ", range.begin, " to ", range.end, " is not within the article of ", length_, " code points"));
    }
    return range;
  }

  int64_t Count(const Range& range) const {
    if (range.begin >= range.end) return 0;
    return before_[static_cast<size_t>(range.end + length_)] - before_[static_cast<size_t>(range.begin + length_)];
  }
  int64_t CountShared(const Range& a, const Range& b) const {
    return Count({std::max(a.begin, b.begin), std::min(a.end, b.end)});
  }
  // They share a character, or neither has any.
  bool Agree(const Range& a, const Range& b) const { return CountShared(a, b) > 0 || (Count(a) == 0 && Count(b) == 0); }

 private:
  absl::Status Wrong(const std::string& what) const {
    return absl::InvalidArgumentError(Cat(name_, ": ", what, "; make it from the same article"));
  }

  const int64_t length_;
  const std::string name_;
  std::vector<int64_t> before_;
};

absl::StatusOr<Json> ReadJson(const std::string& path) {
  NARRDIFF_ASSIGN_OR_RETURN(const std::string bytes, ReadInput(path, kLimit));
  Json json = StartsWith(bytes, "\xef\xbb\xbf") ? Json(Json::value_t::discarded)
                                                : Json::parse(bytes, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded()) return absl::InvalidArgumentError(Cat(DisplayName(path), ": is not JSON; write it again"));
  return json;
}

Json Member(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() ? Json() : *found;
}

}  // namespace

PrecisionRecall Measure(int64_t right, int64_t predicted, int64_t gold) {
  PrecisionRecall out;
  out.precision = Divide(static_cast<double>(right), static_cast<double>(predicted));
  out.recall = Divide(static_cast<double>(right), static_cast<double>(gold));
  const double sum = out.precision + out.recall;
  out.f1 = sum != 0 ? 2 * out.precision * out.recall / sum : 0;
  return out;
}

absl::StatusOr<std::string> ScoreSegmentation(const std::string& gold, const std::string& predicted, bool verbose) {
  NARRDIFF_ASSIGN_OR_RETURN(const std::vector<std::string> names, NamesIn(gold));
  std::string out;
  Counts sentences = {}, ends = {};
  for (const std::string& name : names) {
    if (!EndsWith(name, ".gold")) continue;
    const std::string base = name.substr(0, name.size() - 5);
    NARRDIFF_ASSIGN_OR_RETURN(const std::u32string text, ReadText(Cat(gold, "/", base, ".txt")));
    NARRDIFF_ASSIGN_OR_RETURN(const Spans gold_spans, ReadSpans(Cat(gold, "/", name), text));
    Spans predicted_spans;
    const std::string path = Cat(predicted, "/", base, ".pred");
    if (Exists(path)) {
      NARRDIFF_ASSIGN_OR_RETURN(predicted_spans, ReadSpans(path, text));
    }
    const std::set<int64_t> gold_ends = EndsOf(gold_spans), predicted_ends = EndsOf(predicted_spans);
    const Counts here = {Shared(gold_spans, predicted_spans), static_cast<int64_t>(predicted_spans.size()),
                         static_cast<int64_t>(gold_spans.size())};
    const Counts ends_here = {Shared(gold_ends, predicted_ends), static_cast<int64_t>(predicted_ends.size()),
                              static_cast<int64_t>(gold_ends.size())};
    for (size_t i = 0; i < 3; ++i) {
      sentences[i] += here[i];
      ends[i] += ends_here[i];
    }
    if (verbose) Append(out, Padded(base), absl::StrFormat(" F1 %.4f\n", Measure(here).f1));
  }
  Append(out, "sentence ", Figures(Measure(sentences)), " | boundary ", Figures(Measure(ends)), " | gold sentences ",
         sentences[2], "\n");
  return out;
}

absl::StatusOr<std::string> ScoreBeads(const std::string& gold, const std::string& predicted, bool verbose) {
  NARRDIFF_ASSIGN_OR_RETURN(const std::vector<std::string> documents, DocumentsIn(gold, "gold.tsv"));
  std::string out;
  BeadCounts precision = {}, recall = {};
  for (const std::string& document : documents) {
    NARRDIFF_ASSIGN_OR_RETURN(const std::set<Bead> gold_beads, ReadBeads(Cat(gold, "/", document, "/gold.tsv")));
    NARRDIFF_ASSIGN_OR_RETURN(const std::set<Bead> beads, ReadBeads(Cat(predicted, "/", document, ".tsv")));
    const BeadCounts precision_here = CountBeads(gold_beads, beads);
    const BeadCounts recall_here = CountBeads(WithTwoSides(beads), WithTwoSides(gold_beads));
    for (size_t i = 0; i < 3; ++i) {
      precision[i] += precision_here[i];
      recall[i] += recall_here[i];
    }
    if (verbose) {
      Append(out, Padded(document), absl::StrFormat(" strict F1 %.4f\n", BeadF1(precision_here, recall_here, 0)));
    }
  }
  const auto share = [](const BeadCounts& counts) {
    return Divide(static_cast<double>(counts[0]), static_cast<double>(counts[2]));
  };
  Append(out, absl::StrFormat("strict P %.4f R %.4f F1 %.4f | lax F1 %.4f\n", share(precision), share(recall),
                              BeadF1(precision, recall, 0), BeadF1(precision, recall, 1)));
  return out;
}

absl::StatusOr<std::string> ScorePairs(const std::string& gold, const std::string& predicted, bool verbose) {
  NARRDIFF_ASSIGN_OR_RETURN(const std::vector<std::string> documents, DocumentsIn(gold, "pairs.tsv"));
  std::string out;
  Counts pairs = {};
  double sum_of_f1 = 0;
  int64_t relations_right = 0, relations_all = 0;
  std::map<std::string, Counts> by_relation;
  std::map<std::string, std::pair<int64_t, int64_t>> recalled;
  for (const std::string& document : documents) {
    NARRDIFF_ASSIGN_OR_RETURN(const Cells gold_cells, ReadCells(Cat(gold, "/", document, "/pairs.tsv")));
    NARRDIFF_ASSIGN_OR_RETURN(const Cells cells, ReadCells(Cat(predicted, "/", document, ".tsv")));
    Counts here = {0, static_cast<int64_t>(cells.size()), static_cast<int64_t>(gold_cells.size())};
    for (const auto& [cell, gold_relations] : gold_cells) {
      const auto found = cells.find(cell);
      const bool both = found != cells.end();
      for (const std::string& relation : gold_relations) {
        recalled[relation].first += both;
        ++recalled[relation].second;
      }
      // A relation is right only on a right pair; any gold relation of the cell
      // is right.
      std::string relation = gold_relations[0];
      if (both) {
        const bool right = Has(gold_relations, found->second[0]);
        ++here[0];
        ++relations_all;
        relations_right += right;
        if (right) relation = found->second[0];
        if (!found->second[0].empty()) {
          ++by_relation[found->second[0]][1];
          if (right) ++by_relation[found->second[0]][0];
        }
      }
      if (!relation.empty()) ++by_relation[relation][2];
    }
    for (const auto& [cell, relations] : cells) {
      if (gold_cells.count(cell) == 0 && !relations[0].empty()) ++by_relation[relations[0]][1];
    }
    for (size_t i = 0; i < 3; ++i) pairs[i] += here[i];
    const PrecisionRecall figures = Measure(here);
    sum_of_f1 += figures.f1;
    if (verbose) {
      Append(out, Padded(document),
             absl::StrFormat(" P %.3f R %.3f F1 %.3f\n", figures.precision, figures.recall, figures.f1));
    }
  }
  const double mean = sum_of_f1 / static_cast<double>(std::max<size_t>(1, documents.size()));
  Append(out, "pairs ", Figures(Measure(pairs)), absl::StrFormat(" (mean over documents %.4f)", mean), " | gold ",
         pairs[2], " predicted ", pairs[1], "\n");

  int64_t right = 0, gold_relations = 0;
  double sum_by_relation = 0;
  for (const auto& [relation, counts] : by_relation) {
    right += counts[0];
    if (counts[2] == 0) continue;
    ++gold_relations;
    sum_by_relation += Measure(counts).f1;
  }
  Append(out, absl::StrFormat("relation accuracy on shared pairs %.4f of %d | "
                              "pair+relation F1 micro %.4f macro %.4f\n",
                              Divide(static_cast<double>(relations_right), static_cast<double>(relations_all)),
                              relations_all, Measure(pairs[0] > 0 ? right : 0, pairs[1], pairs[2]).f1,
                              sum_by_relation / static_cast<double>(std::max<int64_t>(1, gold_relations))));
  std::vector<std::string> recalls;
  for (const auto& [relation, counts] : recalled) {
    recalls.push_back(Cat(relation, absl::StrFormat(" %.2f", Divide(static_cast<double>(counts.first),
                                                                    static_cast<double>(counts.second)))));
  }
  Append(out, "recall by relation: ", Join(recalls, ", "), "\n");
  return out;
}

absl::StatusOr<std::string> ScoreDiffs(const std::string& gold, const std::string& predicted, bool verbose) {
  NARRDIFF_ASSIGN_OR_RETURN(const std::vector<std::string> documents, DocumentsIn(gold, "diffs.tsv"));
  using Row = std::tuple<Ids, Ids, std::string>;
  const auto read = [](const std::string& path) -> absl::StatusOr<std::set<Row>> {
    NARRDIFF_ASSIGN_OR_RETURN(const std::vector<IdRow> rows, ReadIds(path));
    std::set<Row> out;
    for (const IdRow& row : rows) out.emplace(row.left, row.right, row.relation);
    return out;
  };
  std::string out;
  Counts all = {};
  std::map<std::string, Counts> by_kind;
  for (const std::string& document : documents) {
    NARRDIFF_ASSIGN_OR_RETURN(const std::set<Row> gold_rows, read(Cat(gold, "/", document, "/diffs.tsv")));
    NARRDIFF_ASSIGN_OR_RETURN(const std::set<Row> rows, read(Cat(predicted, "/", document, ".tsv")));
    const Counts here = {Shared(gold_rows, rows), static_cast<int64_t>(rows.size()),
                         static_cast<int64_t>(gold_rows.size())};
    for (size_t i = 0; i < 3; ++i) all[i] += here[i];
    for (const Row& row : rows) {
      ++by_kind[std::get<2>(row)][1];
      by_kind[std::get<2>(row)][0] += gold_rows.count(row) > 0;
    }
    for (const Row& row : gold_rows) ++by_kind[std::get<2>(row)][2];
    if (verbose) Append(out, Padded(document), " ", Figures(Measure(here)), "\n");
  }
  Append(out, "diffs ", Figures(Measure(all)), " | gold ", all[2], " predicted ", all[1], "\n");
  std::vector<std::string> kinds;
  for (const auto& [kind, counts] : by_kind) {
    kinds.push_back(Cat(kind, absl::StrFormat(" %.2f", Measure(counts).f1)));
  }
  Append(out, "F1 by kind: ", Join(kinds, ", "), "\n");
  return out;
}

absl::StatusOr<std::string> ScoreAttributions(const std::string& gold, const std::string& predicted, bool verbose) {
  NARRDIFF_ASSIGN_OR_RETURN(const std::vector<std::string> documents, DocumentsIn(gold, "attributions.json"));
  std::string out;
  int64_t gold_count = 0, predicted_count = 0, overlap = 0, half = 0, exact = 0, full = 0, party = 0;
  for (const std::string& document : documents) {
    const std::string folder = Cat(gold, "/", document);
    NARRDIFF_ASSIGN_OR_RETURN(const std::u32string text, ReadText(folder + "/article.txt"));
    NARRDIFF_ASSIGN_OR_RETURN(const Json gold_list, ReadJson(folder + "/attributions.json"));
    Json list = Json::array();
    const std::string path = Cat(predicted, "/", document, ".json");
    if (Exists(path)) {
      NARRDIFF_ASSIGN_OR_RETURN(list, ReadJson(path));
    }
    if (list.is_object()) {
      Json inner = list.contains("attributions") ? list["attributions"] : Json::array();
      list = std::move(inner);
    }
    for (const Json* checked : {&gold_list, const_cast<const Json*>(&list)}) {
      if (!checked->is_array()) {
        return absl::InvalidArgumentError(Cat(DisplayName(checked == &list ? path : folder + "/attributions.json"),
                                              ": is not a list of attributions; write a JSON array"));
      }
    }
    const Article gold_article(text, DisplayName(folder + "/attributions.json")), article(text, DisplayName(path));

    std::vector<std::tuple<double, size_t, size_t>> candidates;
    for (size_t i = 0; i < gold_list.size(); ++i) {
      for (size_t j = 0; j < list.size(); ++j) {
        NARRDIFF_ASSIGN_OR_RETURN(const Range a, gold_article.RangeOf(gold_list[i], "content"));
        NARRDIFF_ASSIGN_OR_RETURN(const Range b, article.RangeOf(list[j], "content"));
        const int64_t shared = article.CountShared(a, b);
        if (shared == 0) continue;
        candidates.emplace_back(
            static_cast<double>(shared) / static_cast<double>(article.Count(a) + article.Count(b) - shared), i, j);
      }
    }
    std::sort(candidates.rbegin(), candidates.rend());
    std::set<size_t> used_gold, used;
    int64_t matched = 0;
    for (const auto& [score, i, j] : candidates) {
      if (used_gold.count(i) > 0 || used.count(j) > 0) continue;
      used_gold.insert(i);
      used.insert(j);
      ++matched;
      half += score >= 0.5;
      exact += score == 1;
      bool agree = true;
      for (const char* what : {"speaker", "cue"}) {
        NARRDIFF_ASSIGN_OR_RETURN(const Range a, gold_article.RangeOf(gold_list[i], what));
        NARRDIFF_ASSIGN_OR_RETURN(const Range b, article.RangeOf(list[j], what));
        agree = agree && article.Agree(a, b);
      }
      full += agree;
      party += Member(gold_list[i], "party") == Member(list[j], "party");
    }
    gold_count += static_cast<int64_t>(gold_list.size());
    predicted_count += static_cast<int64_t>(list.size());
    overlap += matched;
    if (verbose) {
      Append(out, Padded(document), " gold ", gold_list.size(), " predicted ", list.size(), " matched ", matched, "\n");
    }
  }
  const std::pair<const char*, int64_t> rows[] = {
      {"overlap", overlap}, {"half", half}, {"exact", exact}, {"full", full}};
  for (const auto& [name, right] : rows) {
    Append(out, absl::StrFormat("content %-8s ", name), Figures(cli::Measure(right, predicted_count, gold_count)),
           "\n");
  }
  Append(out, absl::StrFormat("party accuracy on matched %.4f of %d\n",
                              Divide(static_cast<double>(party), static_cast<double>(overlap)), overlap));
  return out;
}

}  // namespace narrdiff::cli
