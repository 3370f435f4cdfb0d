// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/testing/comparison_laws.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/base/utf8.h"

namespace narrdiff {
namespace {

bool OnBoundary(const std::string& text, uint32_t byte) {
  return byte == text.size() || (static_cast<unsigned char>(text[byte]) & 0xC0) != 0x80;
}

std::string CheckSpan(const v1::Span& span, const std::string& text, const CodePointMap& map, std::string_view what) {
  if (span.begin_byte() > span.end_byte() || span.end_byte() > text.size())
    return absl::StrCat(std::string(what), ": span out of range");
  if (!OnBoundary(text, span.begin_byte()) || !OnBoundary(text, span.end_byte())) {
    return absl::StrCat(std::string(what), ": span inside a code point");
  }
  if (map.FromByte(static_cast<int32_t>(span.begin_byte())) != static_cast<int32_t>(span.begin_code_point()) ||
      map.FromByte(static_cast<int32_t>(span.end_byte())) != static_cast<int32_t>(span.end_code_point())) {
    return absl::StrCat(std::string(what), ": bytes and code points disagree");
  }
  return "";
}

std::string CheckStatement(const v1::Statement& s, const CodePointMap& map, const std::string& side) {
  if (FindInvalidUtf8(s.text()) >= 0) return side + ": text is not UTF-8";
  uint32_t end = 0;
  for (int i = 0; i < s.sentences_size(); ++i) {
    const v1::Sentence& sentence = s.sentences(i);
    const std::string what = absl::StrCat(side, " sentence ", i);
    if (std::string e = CheckSpan(sentence.span(), s.text(), map, what); !e.empty()) return e;
    if (sentence.index() != static_cast<uint32_t>(i)) return what + ": index is not its position";
    if (sentence.span().begin_byte() < end) return what + ": not after the sentence before";
    if (sentence.span().begin_byte() >= sentence.span().end_byte()) return what + ": empty";
    end = sentence.span().end_byte();
    if (s.text().substr(sentence.span().begin_byte(), end - sentence.span().begin_byte()) != sentence.text()) {
      return what + ": text is not that of its span";
    }
    if (sentence.block() >= static_cast<uint32_t>(s.blocks_size())) return what + ": no such block";
  }
  for (int i = 0; i < s.blocks_size(); ++i) {
    if (std::string e = CheckSpan(s.blocks(i).span(), s.text(), map, absl::StrCat(side, " block ", i)); !e.empty())
      return e;
    if (std::string e = CheckSpan(s.blocks(i).label(), s.text(), map, absl::StrCat(side, " label ", i)); !e.empty())
      return e;
  }
  for (const v1::Attribution& a : s.attributions()) {
    for (const v1::Span& part : a.content()) {
      if (std::string e = CheckSpan(part, s.text(), map, side + " attribution"); !e.empty()) return e;
    }
    if (a.parent() < -1 || a.parent() >= s.attributions_size()) return side + " attribution: no such parent";
  }
  return "";
}

// Sentences and questions, headings and furniture: everything that is not white space stands in a block or a label.
std::string CheckCoverage(const v1::Statement& s, const std::string& side) {
  std::string covered(s.text().size(), '\0');
  for (const v1::Block& b : s.blocks()) {
    for (const v1::Span& span : {b.span(), b.label()}) {
      for (uint32_t i = span.begin_byte(); i < span.end_byte(); ++i) covered[i] = 1;
    }
  }
  for (int32_t i = 0; i < static_cast<int32_t>(s.text().size());) {
    const int32_t at = i;
    const char32_t c = NextCodePoint(s.text(), i);
    if (!IsSpace(c) && covered[static_cast<size_t>(at)] == 0)
      return absl::StrCat(side, ": byte ", at, " is in no block");
  }
  return "";
}

std::string CheckPartition(const v1::Comparison& c, bool left) {
  const std::string side = left ? "left" : "right";
  const v1::Statement& s = left ? c.left() : c.right();
  std::set<uint32_t> aligned;
  std::multiset<uint32_t> uses;
  for (const v1::AlignedPair& pair : c.pairs()) {
    const auto& indices = left ? pair.left() : pair.right();
    if (indices.empty()) return pair.id() + ": a side is empty";
    uint32_t last = 0;
    for (int k = 0; k < indices.size(); ++k) {
      if (indices[k] >= static_cast<uint32_t>(s.sentences_size())) return pair.id() + ": no such sentence";
      if (k > 0 && indices[k] <= last) return pair.id() + ": indices do not ascend";
      last = indices[k];
      aligned.insert(last);
      uses.insert(last);
    }
  }
  const auto& unaligned = left ? c.unaligned_left() : c.unaligned_right();
  for (int k = 0; k < unaligned.size(); ++k) {
    if (k > 0 && unaligned[k] <= unaligned[k - 1]) return side + ": unaligned indices do not ascend";
    if (!aligned.insert(unaligned[k]).second) return absl::StrCat(side, " ", unaligned[k], ": aligned and unaligned");
  }
  if (aligned.size() != static_cast<size_t>(s.sentences_size())) return side + ": a sentence is lost";
  if (c.mode() == v1::MODE_PARALLEL) {
    for (const uint32_t i : uses) {
      if (uses.count(i) > 1) return absl::StrCat(side, " ", i, ": in two beads");
    }
    uint32_t last = 0;
    for (const v1::AlignedPair& pair : c.pairs()) {
      if (pair.moved()) continue;
      const auto& indices = left ? pair.left() : pair.right();
      if (indices[0] < last) return pair.id() + ": beads are not monotone";
      last = indices[0];
    }
  }
  return "";
}

// Law 8, of one side of one difference.
std::string CheckDifferenceSide(const v1::VersionDifference& d, const v1::Statement& s, const CodePointMap& map,
                                bool left) {
  const std::string what = left ? "left of a difference" : "right of a difference";
  const auto& indices = left ? d.left() : d.right();
  for (int k = 0; k < indices.size(); ++k) {
    if (indices[k] >= static_cast<uint32_t>(s.sentences_size())) return what + ": no such sentence";
    if (k > 0 && indices[k] <= indices[k - 1]) return what + ": indices do not ascend";
  }
  uint32_t end = 0;
  for (const v1::Span& span : left ? d.left_spans() : d.right_spans()) {
    if (std::string e = CheckSpan(span, s.text(), map, what); !e.empty()) return e;
    if (span.begin_byte() < end || span.begin_byte() >= span.end_byte()) return what + ": spans do not ascend";
    end = span.end_byte();
    const bool inside = std::any_of(indices.begin(), indices.end(), [&](uint32_t i) {
      const v1::Span& sentence = s.sentences(static_cast<int>(i)).span();
      return sentence.begin_byte() <= span.begin_byte() && span.end_byte() <= sentence.end_byte();
    });
    if (!inside) return what + ": a span outside its sentences";
  }
  return "";
}

std::string CheckDifferences(const v1::Comparison& c, const CodePointMap& left, const CodePointMap& right) {
  using Difference = v1::VersionDifference;
  if (c.mode() != v1::MODE_PARALLEL) return c.differences().empty() ? "" : "differences outside parallel mode";
  std::set<uint32_t> omitted, added;
  for (const Difference& d : c.differences()) {
    if (std::string e = CheckDifferenceSide(d, c.left(), left, true); !e.empty()) return e;
    if (std::string e = CheckDifferenceSide(d, c.right(), right, false); !e.empty()) return e;
    if (d.kind() == Difference::KIND_UNSPECIFIED) return "a difference without a kind";
    if (d.reason().empty()) return "a difference without a reason";
    if (!(d.confidence() >= 0 && d.confidence() <= 1)) return "confidence of a difference out of range";
    if (d.left().empty() && d.kind() != Difference::ADDED) return "a difference without a left sentence";
    if (d.right().empty() && d.kind() != Difference::OMITTED) return "a difference without a right sentence";
    if (d.right().empty()) omitted.insert(d.left().begin(), d.left().end());
    if (d.left().empty()) added.insert(d.right().begin(), d.right().end());
    if (d.left().empty() || d.right().empty()) continue;
    const bool paired = std::any_of(c.pairs().begin(), c.pairs().end(), [&](const v1::AlignedPair& pair) {
      const auto in = [](const auto& from, const auto& to) {
        return std::all_of(from.begin(), from.end(),
                           [&](uint32_t i) { return std::find(to.begin(), to.end(), i) != to.end(); });
      };
      return in(d.left(), pair.left()) && in(d.right(), pair.right());
    });
    if (!paired) return "a difference between sentences of no one pair";
  }
  const auto told = [](const v1::Statement& s, const auto& unaligned, const std::set<uint32_t>& missing) {
    return std::all_of(unaligned.begin(), unaligned.end(), [&](uint32_t i) {
      return missing.count(i) > 0 || s.sentences(static_cast<int>(i)).kind() == v1::Sentence::QUESTION;
    });
  };
  if (c.left().sentences().empty() || c.right().sentences().empty()) return "";
  if (!told(c.left(), c.unaligned_left(), omitted)) return "an unaligned left sentence is not omitted";
  if (!told(c.right(), c.unaligned_right(), added)) return "an unaligned right sentence is not added";
  return "";
}

// Law 9.
std::string CheckPassage(const v1::Passage& passage, const v1::Statement& s, const CodePointMap& map,
                         const std::string& what) {
  if (passage.sentence() >= static_cast<uint32_t>(s.sentences_size())) return what + ": no such sentence";
  const v1::Sentence& sentence = s.sentences(static_cast<int>(passage.sentence()));
  if (std::string e = CheckSpan(passage.words(), s.text(), map, what); !e.empty()) return e;
  if (passage.words().begin_byte() < sentence.span().begin_byte() ||
      passage.words().end_byte() > sentence.span().end_byte() ||
      passage.words().begin_byte() >= passage.words().end_byte()) {
    return what + ": words outside their sentence";
  }
  return sentence.kind() == v1::Sentence::QUESTION ? what + ": a question" : "";
}

// The replies are the pairs of these sentences, all of them and no others.
template <typename Row>
std::string CheckReplies(const v1::Comparison& c, const Row& row, const std::set<uint32_t>& sentences,
                         const std::string& what) {
  std::vector<std::string> pairs;
  for (const v1::AlignedPair& pair : c.pairs()) {
    const auto& indices = row.side() == v1::SIDE_LEFT ? pair.left() : pair.right();
    if (std::any_of(indices.begin(), indices.end(), [&](uint32_t i) { return sentences.count(i) > 0; })) {
      pairs.push_back(pair.id());
    }
  }
  const std::vector<std::string> replies(row.replies().begin(), row.replies().end());
  return replies == pairs ? "" : what + ": replies are not the pairs of its sentences";
}

std::string CheckSummary(const v1::Comparison& c, const CodePointMap& left, const CodePointMap& right) {
  const v1::Summary& summary = c.summary();
  if (c.mode() == v1::MODE_PARALLEL && (!summary.accusations().empty() || !summary.demands().empty())) {
    return "versions of one statement accuse or demand";
  }
  const auto side_of = [&](v1::Side side) -> const v1::Statement& {
    return side == v1::SIDE_LEFT ? c.left() : c.right();
  };
  for (const v1::ActRow& row : summary.acts()) {
    for (const uint32_t i : row.sentences()) {
      if (i >= static_cast<uint32_t>(side_of(row.side()).sentences_size())) return "an act in no sentence";
    }
    if (row.count() < static_cast<uint32_t>(row.sentences_size())) return "an act that is told less than its sentences";
  }
  for (const v1::AccusationRow& row : summary.accusations()) {
    if (row.passages().empty()) return "an accusation without words";
    std::set<uint32_t> sentences;
    for (const v1::Passage& passage : row.passages()) {
      const bool is_left = row.side() == v1::SIDE_LEFT;
      std::string e = CheckPassage(passage, side_of(row.side()), is_left ? left : right, "an accusation");
      if (!e.empty()) return e;
      if (!sentences.insert(passage.sentence()).second) return "an accusation names a sentence twice";
    }
    if (std::string e = CheckReplies(c, row, sentences, "an accusation"); !e.empty()) return e;
  }
  for (const v1::DemandRow& row : summary.demands()) {
    const bool is_left = row.side() == v1::SIDE_LEFT;
    std::string e = CheckPassage(row.passage(), side_of(row.side()), is_left ? left : right, "a demand");
    if (e.empty()) e = CheckReplies(c, row, {row.passage().sentence()}, "a demand");
    if (!e.empty()) return e;
  }
  return "";
}

// Rows of the sides exchanged, those of the left first again. The names of pairs differ in the mirror; how many answer
// does not.
template <typename Rows>
void MirrorRows(Rows& rows) {
  for (auto& row : rows) row.set_side(row.side() == v1::SIDE_LEFT ? v1::SIDE_RIGHT : v1::SIDE_LEFT);
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.side() < b.side(); });
}

template <typename Rows>
void NamelessReplies(Rows& rows) {
  for (auto& row : rows) {
    for (std::string& reply : *row.mutable_replies()) reply.clear();
  }
}

}  // namespace

std::string BrokenLaw(const v1::Comparison& c) {
  if (c.schema() != "narrdiff.v1") return "schema is missing";
  const CodePointMap left(c.left().text()), right(c.right().text());
  for (const bool is_left : {true, false}) {
    const v1::Statement& s = is_left ? c.left() : c.right();
    const std::string side = is_left ? "left" : "right";
    if (std::string e = CheckStatement(s, is_left ? left : right, side); !e.empty()) return e;
    if (std::string e = CheckCoverage(s, side); !e.empty()) return e;
    if (std::string e = CheckPartition(c, is_left); !e.empty()) return e;
  }
  for (const v1::AlignedPair& pair : c.pairs()) {
    if (!(pair.score() >= 0 && pair.score() <= 1)) return pair.id() + ": score out of range";
    if (!(pair.relation_confidence() >= 0 && pair.relation_confidence() <= 1))
      return pair.id() + ": confidence out of range";
    if (pair.relation() == v1::RELATION_UNSPECIFIED) return pair.id() + ": no relation";
    for (const v1::Evidence& e : pair.evidence()) {
      for (const v1::Span& span : e.left()) {
        if (std::string w = CheckSpan(span, c.left().text(), left, pair.id()); !w.empty()) return w;
      }
      for (const v1::Span& span : e.right()) {
        if (std::string w = CheckSpan(span, c.right().text(), right, pair.id()); !w.empty()) return w;
      }
    }
    for (const v1::WordDiff& d : pair.word_diffs()) {
      if (std::string w = CheckSpan(d.left(), c.left().text(), left, pair.id()); !w.empty()) return w;
      if (std::string w = CheckSpan(d.right(), c.right().text(), right, pair.id()); !w.empty()) return w;
    }
  }
  if (std::string e = CheckSummary(c, left, right); !e.empty()) return e;
  return CheckDifferences(c, left, right);
}

v1::Comparison MirrorForm(const v1::Comparison& c) {
  v1::Comparison out;
  out.set_mode(c.mode());
  *out.mutable_left() = c.left();
  *out.mutable_right() = c.right();
  *out.mutable_unaligned_left() = c.unaligned_left();
  *out.mutable_unaligned_right() = c.unaligned_right();
  for (const v1::AlignedPair& pair : c.pairs()) {
    v1::AlignedPair& p = *out.add_pairs();
    *p.mutable_left() = pair.left();
    *p.mutable_right() = pair.right();
    p.set_relation(pair.relation());
    // Sums of floats may differ in the last digits when the order of the terms does.
    p.set_score(std::round(pair.score() * 1e6) / 1e6);
    p.set_relation_confidence(std::round(pair.relation_confidence() * 1e6) / 1e6);
    p.set_moved(pair.moved());
    std::vector<v1::WordDiff> diffs(pair.word_diffs().begin(), pair.word_diffs().end());
    std::sort(diffs.begin(), diffs.end(), [](const v1::WordDiff& a, const v1::WordDiff& b) {
      return a.SerializeAsString() < b.SerializeAsString();
    });
    for (const v1::WordDiff& d : diffs) *p.add_word_diffs() = d;
  }
  for (const v1::VersionDifference& from : c.differences()) {
    v1::VersionDifference& to = *out.add_differences();
    to = from;
    to.clear_reason();
  }
  std::sort(out.mutable_differences()->begin(), out.mutable_differences()->end(),
            [](const v1::VersionDifference& a, const v1::VersionDifference& b) {
              return a.SerializeAsString() < b.SerializeAsString();
            });
  std::sort(out.mutable_pairs()->begin(), out.mutable_pairs()->end(),
            [](const v1::AlignedPair& a, const v1::AlignedPair& b) {
              return std::make_tuple(a.left(0), a.right(0)) < std::make_tuple(b.left(0), b.right(0));
            });
  v1::Summary& summary = *out.mutable_summary();
  *summary.mutable_left_only() = c.summary().left_only();
  *summary.mutable_right_only() = c.summary().right_only();
  *summary.mutable_acts() = c.summary().acts();
  *summary.mutable_accusations() = c.summary().accusations();
  *summary.mutable_demands() = c.summary().demands();
  NamelessReplies(*summary.mutable_accusations());
  NamelessReplies(*summary.mutable_demands());
  return out;
}

v1::Comparison Mirrored(const v1::Comparison& c) {
  v1::Comparison out = c;
  out.mutable_left()->Swap(out.mutable_right());
  out.mutable_unaligned_left()->Swap(out.mutable_unaligned_right());
  v1::Summary& summary = *out.mutable_summary();
  summary.mutable_left_only()->Swap(summary.mutable_right_only());
  MirrorRows(*summary.mutable_acts());
  MirrorRows(*summary.mutable_accusations());
  MirrorRows(*summary.mutable_demands());
  for (v1::AlignedPair& pair : *out.mutable_pairs()) {
    pair.mutable_left()->Swap(pair.mutable_right());
    for (v1::WordDiff& d : *pair.mutable_word_diffs()) {
      const v1::WordDiff from = d;
      d.clear_left();
      d.clear_right();
      if (from.has_right()) *d.mutable_left() = from.right();
      if (from.has_left()) *d.mutable_right() = from.left();
      if (from.kind() == v1::WordDiff::LEFT_ONLY) d.set_kind(v1::WordDiff::RIGHT_ONLY);
      if (from.kind() == v1::WordDiff::RIGHT_ONLY) d.set_kind(v1::WordDiff::LEFT_ONLY);
    }
  }
  for (v1::VersionDifference& d : *out.mutable_differences()) {
    using Difference = v1::VersionDifference;
    d.mutable_left()->Swap(d.mutable_right());
    d.mutable_left_spans()->Swap(d.mutable_right_spans());
    switch (d.kind()) {
      case Difference::OMITTED:
        d.set_kind(Difference::ADDED);
        break;
      case Difference::ADDED:
        d.set_kind(Difference::OMITTED);
        break;
      case Difference::SOFTENED:
        d.set_kind(Difference::STRENGTHENED);
        break;
      case Difference::STRENGTHENED:
        d.set_kind(Difference::SOFTENED);
        break;
      default:
        break;
    }
  }
  return MirrorForm(out);
}

}  // namespace narrdiff
