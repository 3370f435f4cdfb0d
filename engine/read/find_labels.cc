// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/find_labels.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "engine/base/utf8.h"
#include "engine/read/ascii_text.h"

namespace narrdiff {
namespace {

constexpr size_t kMaxLabelBytes = 120;
constexpr int kMaxWords = 7;
constexpr size_t kMostDigits = 3;    // Q12
constexpr int32_t kMaxHanName = 14;  // characters
// So many places within a line are tried for one label.
constexpr size_t kMaxStarts = 4;
// Journalists' turns are no longer, and their question mark stands near the end.
constexpr size_t kLongestQuestion = 1500;
constexpr size_t kTailBytes = 200;
// A Chinese name that labels one turn alone is named in the head.
constexpr size_t kHeadBytes = 600;

// How much a form looks like a label by itself, from sure to hardly.
enum class Shape {
  kKnown,     // in the lexicon, or in capitals after a title: "QUESTION",
              // "SECRETARY BLINKEN", "问", "新华社记者"
  kCapitals,  // "HALE", "WANG YI"
  kName,      // "Wang Yi", "China Daily"
  kHan,       // 耿爽
  kLetter,    // "Q." or "A." or "Q " without a colon
  kNone,
};

struct Candidate {
  Label label;
  Shape shape = Shape::kNone;
  LabelKind kind = LabelKind::kNone;
  bool inner = false;      // not at the start of the line
  bool credit = false;     // a few words without an end follow: "记者：张三"
  bool says_much = false;  // a sentence follows
  bool sure = false;       // a letter with a period
};

// Capitals, or capitals after "Mc", "Mac", "De": McKEON.
bool IsCapitalWord(std::string_view word, int& upper) {
  int up = 0, low = 0;
  for (const char c : word) {
    up += IsUpper(c);
    low += IsLower(c);
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 && !IsAlnum(byte) && c != '.' && c != '\'' && c != '-' && c != '#' && c != '/' && c != '&')
      return false;
  }
  upper += up;
  return low == 0 || (low <= 3 && up > low && IsUpper(word[0]));
}

bool IsNameWord(std::string_view word) {
  for (const char c : word) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 && !IsAlnum(byte) && c != '.' && c != '\'' && c != '-' && c != '&') return false;
  }
  return IsUpper(word[0]) || static_cast<unsigned char>(word[0]) >= 0x80 ||
         IsDigit(static_cast<unsigned char>(word[0]));
}

Span TrimmedSpan(std::string_view text, Span span) {
  const int32_t begin = SkipSpace(text, span.begin, span.end);
  return {begin, TrimEnd(text, begin, span.end)};
}

// A name and the role that stands after it: "耿爽（外交部发言人）", "Jane Roe, AFP".
struct NameAndRole {
  Span name, role;
};

NameAndRole SplitRole(std::string_view text, Span full) {
  const std::string_view s = full.Of(text);
  size_t open = std::string_view::npos, mark = 1, close = 1;
  if (EndsWith(s, ")")) {
    open = s.rfind('(');
  } else if (EndsWith(s, "）")) {
    open = s.rfind("（");
    mark = close = std::string_view("（").size();
  } else {
    open = std::min(s.find(", "), s.find("，"));
    mark = open != std::string_view::npos && s[open] != ',' ? std::string_view("，").size() : 1;
    close = 0;
  }
  if (open == std::string_view::npos || open == 0) return {full, {full.end, full.end}};
  const auto at = full.begin + static_cast<int32_t>(open);
  return {TrimmedSpan(text, {full.begin, at}),
          TrimmedSpan(text, {at + static_cast<int32_t>(mark), full.end - static_cast<int32_t>(close)})};
}

Shape LatinShape(std::string_view name, const ReadWords& words) {
  int count = 0, upper = 0, connectors = 0;
  bool capitals = true, title_case = true, titled = false, named = false, letters = false;
  for (size_t i = 0; i < name.size();) {
    size_t end = name.find(' ', i);
    if (end == std::string_view::npos) end = name.size();
    const std::string_view word = name.substr(i, end - i);
    i = end + 1;
    if (word.empty()) continue;
    if (++count > kMaxWords) return Shape::kNone;
    if (!IsCapitalWord(word, upper)) capitals = false;
    if (!IsNameWord(word)) {
      if (IsLower(word[0]) && word.size() <= 3 && count > 1) {
        ++connectors;
      } else {
        title_case = false;
      }
    }
    const bool title = words.IsTitleWord(word) && word.size() > 1;
    named = named || (titled && !title);
    titled = titled || title;
    for (const char c : word) letters = letters || IsLetter(static_cast<unsigned char>(c)) || (c & 0x80) != 0;
  }
  if (count == 0 || !letters) return Shape::kNone;
  if (capitals && upper >= 2) return named ? Shape::kKnown : Shape::kCapitals;
  return title_case && connectors <= 2 ? Shape::kName : Shape::kNone;
}

bool IsHanName(std::string_view name) {
  int han = 0;
  for (int32_t i = 0; i < static_cast<int32_t>(name.size());) {
    const char32_t c = NextCodePoint(name, i);
    if (IsHan(c)) {
      ++han;
    } else if (c != 0xB7 && c != 0x30FB && c != 0x2022 && !(c < 0x80 && IsAlnum(static_cast<unsigned char>(c)))) {
      return false;
    }
  }
  return han >= 2;
}

bool IsOneOf(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }

// Where the name begins: after marks of bold type and an hour, "[00:12] **Q:**".
int32_t SkipMarks(std::string_view text, Span line) {
  int32_t i = line.begin;
  const auto at = [&](int32_t k) { return k < line.end ? text[static_cast<size_t>(k)] : '\0'; };
  while (IsOneOf(at(i), "*_") && at(i) != '\0') ++i;
  int32_t k = i;
  if (IsOneOf(at(k), "[(") && at(k) != '\0') ++k;
  const int32_t digits = k;
  int colons = 0;
  while (IsDigit(static_cast<unsigned char>(at(k))) || (at(k) == ':' && k > digits)) colons += at(k++) == ':';
  if (colons == 0) return i;
  if (IsOneOf(at(k), "])") && at(k) != '\0') ++k;
  if (at(k) != ' ') return i;
  while (at(k) == ' ') ++k;
  return k;
}

Span WithoutMarks(std::string_view text, Span span) {
  while (span.begin < span.end && IsOneOf(text[static_cast<size_t>(span.begin)], "*_")) ++span.begin;
  while (span.begin < span.end && IsOneOf(text[static_cast<size_t>(span.end) - 1], "*_")) --span.end;
  return TrimmedSpan(text, span);
}

// The end of "(via interpreter)" behind a label that ends at byte `end`, or `end`.
int32_t SkipManner(std::string_view text, int32_t end, int32_t line_end, const ReadWords& words) {
  const std::string_view rest =
      text.substr(static_cast<size_t>(end), std::min(kMaxLabelBytes, static_cast<size_t>(line_end - end)));
  const std::string_view inner = Strip(rest);
  for (const auto& [open, close] :
       {std::pair<std::string_view, std::string_view>{"(", ")"}, {"（", "）"}, {"[", "]"}}) {
    if (!StartsWith(inner, open)) continue;
    const size_t stop = inner.find(close);
    if (stop == std::string_view::npos || !words.IsManner(inner.substr(open.size(), stop - open.size()))) return end;
    const auto after =
        static_cast<int32_t>(inner.data() - text.data() + static_cast<std::ptrdiff_t>(stop + close.size()));
    return after < line_end && text[static_cast<size_t>(after)] == ':' ? after + 1 : after;
  }
  return end;
}

// "【问】", "[记者]", "(Question)" at the start of a line.
bool BracketLabel(std::string_view text, Span line, const ReadWords& words, Candidate& out) {
  const std::string_view s = line.Of(text).substr(0, kMaxLabelBytes);
  for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>{"【", "】"},
                                    {"[", "]"},
                                    {"［", "］"},
                                    {"(", ")"},
                                    {"（", "）"}}) {
    if (!StartsWith(s, open)) continue;
    const size_t end = s.find(close);
    if (end == std::string_view::npos) return false;
    const std::string_view name = s.substr(open.size(), end - open.size());
    // "(A)" and "(a)" are marks of a list.
    if (name.size() == 1 && (open == "(" || !IsUpper(static_cast<unsigned char>(name[0])))) return false;
    out.kind = words.LabelOf(name);
    if (out.kind != LabelKind::kQuestion && out.kind != LabelKind::kAnswer) return false;
    size_t after = end + close.size();
    if (StartsWith(s.substr(after), "：")) {
      after += std::string_view("：").size();
    } else if (StartsWith(s.substr(after), ":")) {
      after += 1;
    }
    if (after >= line.Of(text).size()) return false;  // 【记者】 alone is no turn
    out.label.name = {line.begin + static_cast<int32_t>(open.size()), line.begin + static_cast<int32_t>(end)};
    out.label.span = {line.begin, line.begin + static_cast<int32_t>(after)};
    out.shape = Shape::kKnown;
    return true;
  }
  return false;
}

// "Q. Will he?", "A1. No.", "**Q** Will he?", "Q    Will he?": a letter without a colon.
bool LetterLabel(std::string_view text, Span line, Candidate& out) {
  int32_t start = line.begin;
  while (start < line.end && IsOneOf(text[static_cast<size_t>(start)], "*_")) ++start;
  const std::string_view s = Span{start, line.end}.Of(text);
  if (s.size() < 4 || (s[0] != 'Q' && s[0] != 'A')) return false;
  size_t length = 1;
  while (length <= kMostDigits && IsDigit(ByteAt(s, length))) ++length;
  out.label.name = {start, start + static_cast<int32_t>(length)};
  out.sure = s[length] == '.';
  length += out.sure;
  while (start > line.begin && length < s.size() && IsOneOf(s[length], "*_")) ++length;
  if (s[0] == 'A' && !out.sure) return false;
  auto after = static_cast<int32_t>(length);
  if (length >= s.size() || !IsSpace(NextCodePoint(s, after))) return false;
  out.label.span = {line.begin, start + static_cast<int32_t>(length)};
  out.kind = s[0] == 'Q' ? LabelKind::kQuestion : LabelKind::kAnswer;
  out.shape = Shape::kLetter;
  return true;
}

// What the lexicon says of the name, of both halves of "QUESTION/问", or of the role.
LabelKind KindOf(std::string_view name, std::string_view role, const ReadWords& words) {
  const size_t slash = name.find('/');
  if (slash != std::string_view::npos) {
    const LabelKind half = words.LabelOf(Strip(name.substr(0, slash)));
    if (half != LabelKind::kNone && words.LabelOf(Strip(name.substr(slash + 1))) == half) return half;
  }
  LabelKind kind = words.LabelOf(name);
  if (kind != LabelKind::kNone || role.empty()) return kind;
  kind = words.LabelOf(role);
  return kind == LabelKind::kNever ? LabelKind::kNone : kind;
}

// How far the name in `c` looks like a label. `next` is the byte after the colon, or 0.
Shape ShapeOf(std::string_view name, LabelKind kind, unsigned char next, const ReadWords& words) {
  if (kind == LabelKind::kNever || name.empty()) return Shape::kNone;
  int32_t i = 0;
  const bool han = IsHan(NextCodePoint(name, i));
  // "10:30", "http://x": a colon of something else. Chinese and known labels
  // may be followed by anything.
  const bool spaced = next == 0 || next == ' ' || next == '\t' || next == '*' || next >= 0x80;
  const bool known = kind == LabelKind::kQuestion || kind == LabelKind::kAnswer;
  if (han) {
    const int32_t characters = CountCodePoints(name);
    if (known && characters <= 2) return Shape::kKnown;  // 问, 答1
    if (characters > kMaxHanName || !IsHanName(name)) return Shape::kNone;
    if (known) return Shape::kKnown;
    return words.IsFurniture(name) ? Shape::kNone : Shape::kHan;
  }
  if (!IsUpper(static_cast<unsigned char>(name[0])) && !IsDigit(static_cast<unsigned char>(name[0])) &&
      static_cast<unsigned char>(name[0]) < 0x80)
    return Shape::kNone;
  const Shape shape = LatinShape(name, words);
  if (known && (spaced || IsLetter(next))) {
    // "Answer" is a word as well as a label; "Q" and "QUESTION" are nothing else.
    return name.size() > 1 && shape != Shape::kKnown && shape != Shape::kCapitals ? Shape::kName : Shape::kKnown;
  }
  if (!spaced || words.IsFurniture(name)) return Shape::kNone;
  return kind == LabelKind::kAgency && shape == Shape::kKnown ? Shape::kCapitals : shape;
}

// What a label at the start of `line`, a line or the rest of one, would be.
Candidate MakeCandidate(std::string_view text, Span line, const ReadWords& words) {
  Candidate out;
  if (BracketLabel(text, line, words, out)) return out;
  const int32_t start = SkipMarks(text, line);
  const std::string_view s = text.substr(static_cast<size_t>(start), static_cast<size_t>(line.end - start));
  const std::string_view head = s.substr(0, kMaxLabelBytes);
  const size_t narrow = head.find(':');
  const size_t wide = head.find("：");
  const size_t colon = std::min(narrow, wide);
  if (colon == std::string_view::npos || colon == 0) {
    LetterLabel(text, line, out);
    return out;
  }
  auto end = start + static_cast<int32_t>(colon + (colon == wide ? std::string_view("：").size() : 1));
  const Span full = WithoutMarks(text, TrimmedSpan(text, {start, start + static_cast<int32_t>(colon)}));
  NameAndRole split = SplitRole(text, full);
  out.kind = KindOf(split.name.Of(text), split.role.Of(text), words);
  // A comma parts a name from a role only where the role is known to be one.
  const bool comma = !split.role.empty() && split.role.end == full.end;
  if (comma && (out.kind == LabelKind::kNone || words.LabelOf(split.role.Of(text)) != out.kind)) {
    split.name = full;
    out.kind = words.LabelOf(full.Of(text));
  }
  const auto next = end < line.end ? static_cast<unsigned char>(text[static_cast<size_t>(end)]) : '\0';
  out.shape = ShapeOf(split.name.Of(text), out.kind, next, words);
  if (out.shape == Shape::kNone) {
    LetterLabel(text, line, out);
    return out;
  }
  while (start > line.begin && end < line.end && IsOneOf(text[static_cast<size_t>(end)], "*_")) ++end;
  out.label.name = split.name;
  out.label.span = {line.begin, SkipManner(text, end, line.end, words)};
  return out;
}

bool IsSentenceEnd(char32_t c) {
  return c == '.' || c == '!' || c == '?' || c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0x2026;
}

// `c`, which ends before byte `at`, may stand before a label: the end of a sentence, what closes a quotation or a
// remark, or the dash of whoever was cut short.
bool MayPrecedeLabel(std::string_view text, char32_t c, int32_t at) {
  if (IsSentenceEnd(c) || c == ')' || c == ']' || c == 0xFF09 || c == 0x3011 || c == 0x2013 || c == 0x2014) return true;
  if (c != '"' && c != 0x201D && c != 0x300D && c != '-') return false;
  int32_t before = at;
  PreviousCodePoint(text, before);
  if (before == 0) return false;
  const char32_t previous = PreviousCodePoint(text, before);
  return c == '-' ? previous == '-' : IsSentenceEnd(previous);
}

// Adds what may be a label before the colon at byte `colon` and after a sentence end that is not before `from`; of
// several places the farthest comes first.
void AddInnerCandidates(std::string_view text, Span from_to_line_end, int32_t colon, const ReadWords& words,
                        std::vector<Candidate>& out) {
  const int32_t from = std::max(from_to_line_end.begin, colon - static_cast<int32_t>(kMaxLabelBytes));
  std::vector<int32_t> starts;
  for (int32_t i = colon; i > from && starts.size() < kMaxStarts;) {
    const int32_t end = i;
    const char32_t c = PreviousCodePoint(text, i);
    if (!MayPrecedeLabel(text, c, end)) continue;
    const int32_t start = SkipSpace(text, end, colon);
    const bool latin = static_cast<unsigned char>(text[static_cast<size_t>(start)]) < 0x80;
    if (start < colon && (start > end || !latin || c >= 0x3000)) starts.push_back(start);
  }
  for (auto start = starts.rbegin(); start != starts.rend(); ++start) {
    Candidate c = MakeCandidate(text, {*start, from_to_line_end.end}, words);
    if (c.shape == Shape::kNone || c.label.span.end <= colon) continue;
    c.inner = true;
    out.push_back(c);
  }
}

// A period at byte `at` that stands behind one capital: "J. A. Roe".
bool IsInitial(std::string_view text, int32_t at) {
  const auto i = static_cast<size_t>(at);
  return at >= 2 && text[i] == '.' && IsUpper(static_cast<unsigned char>(text[i - 1])) &&
         !IsAlnum(static_cast<unsigned char>(text[i - 2]));
}

// "Q. Will he? A. No.": letters within a line that starts with one.
void AddInnerLetters(std::string_view text, Span line, std::vector<Candidate>& out) {
  for (int32_t i = line.begin; i + 4 < line.end; ++i) {
    if (text[static_cast<size_t>(i)] != ' ' || text[static_cast<size_t>(i) + 2] != '.') continue;
    int32_t before = i;
    Candidate c;
    if (!IsSentenceEnd(PreviousCodePoint(text, before)) || IsInitial(text, before)) continue;
    if (!LetterLabel(text, {i + 1, line.end}, c)) continue;
    c.inner = true;
    out.push_back(c);
  }
}

// All forms on one line that may be labels, in order of their place.
void AddCandidates(std::string_view text, const Line& line, size_t index, const ReadWords& words,
                   std::vector<Candidate>& out) {
  const size_t first = out.size();
  const std::string_view s = line.span.Of(text);
  Candidate at_start = MakeCandidate(text, line.span, words);
  int32_t from = line.span.begin;
  if (at_start.shape != Shape::kNone) {
    const std::string_view rest = Span{at_start.label.span.end, line.span.end}.Of(text);
    const int32_t columns = Columns(rest.substr(0, kMaxLabelBytes));
    at_start.credit = line.end == LineEnd::kWord && columns <= 24 && !rest.empty();
    // Whoever writes for a newsroom may ask in a few words; a name says more.
    at_start.says_much = line.end != LineEnd::kWord && columns >= (at_start.kind == LabelKind::kAgency ? 6 : 12);
    from = at_start.label.span.end;
    out.push_back(at_start);
  }
  if (at_start.shape == Shape::kLetter) AddInnerLetters(text, line.span, out);
  const bool bracket = at_start.shape == Shape::kKnown && StartsWith(s, "【");
  size_t narrow = 0, wide = 0;
  for (auto at = static_cast<size_t>(from - line.span.begin); at < s.size();) {
    if (narrow != std::string_view::npos && narrow <= at) narrow = s.find(bracket ? "】" : ":", at);
    if (wide != std::string_view::npos && wide <= at) wide = s.find("：", at);
    const size_t colon = std::min(narrow, wide);
    if (colon == std::string_view::npos) break;
    AddInnerCandidates(text, {from, line.span.end}, line.span.begin + static_cast<int32_t>(colon), words, out);
    at = colon + 1;
    from = line.span.begin + static_cast<int32_t>(at);
  }
  for (size_t c = first; c < out.size(); ++c) out[c].label.line = index;
}

bool AsksAtEnd(std::string_view turn) {
  if (turn.size() > kLongestQuestion) return false;
  const std::string_view tail = turn.substr(turn.size() - std::min(turn.size(), kTailBytes));
  return Contains(tail, "?") || Contains(tail, "？");
}

class Chooser {
 public:
  Chooser(std::string_view text, const std::vector<Line>& lines, const ReadWords& words)
      : text_(text), lines_(lines), words_(words) {}

  std::vector<Label> Run() {
    for (size_t i = 0; i < lines_.size(); ++i) {
      // Mark-up says that the others are no speech.
      const bool speech = lines_[i].role == LineRole::kUnknown || lines_[i].role == LineRole::kBody;
      if (speech) AddCandidates(text_, lines_[i], i, words_, candidates_);
    }
    Weigh();
    // First those at the starts of lines: the others need them.
    std::vector<char> accepted(candidates_.size(), 0);
    bool any = false;
    for (size_t c = 0; c < candidates_.size(); ++c) {
      if (candidates_[c].inner || !AcceptsAtStart(candidates_[c], any)) continue;
      accepted[c] = 1;
      any = true;
      names_.insert(NameOf(candidates_[c]));
    }
    std::vector<Label> labels;
    int32_t covered = 0;
    const Candidate* last = nullptr;
    for (size_t c = 0; c < candidates_.size(); ++c) {
      Candidate& candidate = candidates_[c];
      const bool take =
          candidate.inner ? candidate.label.span.begin >= covered && AcceptsInside(candidate, last) : accepted[c] != 0;
      if (!take) continue;
      candidate.label.question = candidate.kind == LabelKind::kQuestion || candidate.kind == LabelKind::kAgency;
      labels.push_back(candidate.label);
      kinds_.push_back(candidate.kind);
      covered = candidate.label.span.end;
      last = &candidate;
    }
    MarkJournalists(labels);
    return labels;
  }

 private:
  struct Use {
    int count = 0;
    bool much = false;
  };

  std::string_view NameOf(const Candidate& c) const { return c.label.name.Of(text_); }
  static bool HasSeveralWords(std::string_view name) { return Contains(name, " "); }

  // How much in the text speaks for its being a transcript.
  void Weigh() {
    int agencies = 0, questions = 0, answers = 0;
    for (const Candidate& c : candidates_) {
      if (c.shape == Shape::kLetter) {
        ++letters_;
        continue;
      }
      Use& use = uses_[NameOf(c)];
      ++use.count;
      use.much = use.much || c.says_much;
      company_ += c.shape == Shape::kKnown && !c.credit;
      agencies += c.kind == LabelKind::kAgency && c.says_much;
      questions += c.shape == Shape::kName && c.kind == LabelKind::kQuestion && !c.credit;
      answers += c.shape == Shape::kName && c.kind == LabelKind::kAnswer && !c.credit;
    }
    int again = 0;
    for (const Candidate& c : candidates_) {
      if (c.shape == Shape::kLetter || c.kind == LabelKind::kAgency) continue;
      const bool comes_again = uses_[NameOf(c)].count >= 2;
      company_ += c.shape == Shape::kCapitals && comes_again;
      if (c.shape == Shape::kName || c.shape == Shape::kHan) again += comes_again && c.says_much;
      if (c.shape == Shape::kHan && comes_again && c.says_much) han_again_.insert(NameOf(c));
    }
    if (questions > 0 && (answers > 0 || again > 0)) company_ += 2;
    if (answers > 0 && agencies > 0) company_ += 2;
    if (agencies > 0 && again >= 2) company_ += 2;
    transcript_ = company_ >= 2;
  }

  // `any` says that a label stands before.
  bool AcceptsAtStart(const Candidate& c, bool any) const {
    const std::string_view name = NameOf(c);
    const Line& line = lines_[c.label.line];
    if (c.shape == Shape::kLetter) return letters_ >= 2 && (c.sure || transcript_);
    const int count = uses_.at(name).count;
    const bool known = c.kind == LabelKind::kQuestion || c.kind == LabelKind::kAnswer;
    switch (c.shape) {
      case Shape::kKnown:
        // "主持人：沈若曦" in the head of a page.
        if (c.credit && !any && CountCodePoints(name) > 1) return false;
        return transcript_ || line.end != LineEnd::kWord || c.label.span.end == line.span.end;
      case Shape::kCapitals:
        return transcript_ || (count >= 2 && c.kind != LabelKind::kAgency);
      case Shape::kName:
        if (!transcript_) return c.says_much && count >= 2 && (known || HasSeveralWords(name));
        if (count >= 2 || known) return true;
        return c.says_much && (c.kind == LabelKind::kAgency || (HasSeveralWords(name) && !StartsAsSentence(name)));
      case Shape::kHan:
        if (!transcript_) return han_again_.size() >= 2 && han_again_.count(name) > 0;
        if (count >= 2 || (c.kind == LabelKind::kAgency && c.says_much)) return true;
        return c.says_much && IsNamedInHead(c);
      default:
        return false;
    }
  }

  bool AcceptsInside(const Candidate& c, const Candidate* last) const {
    if (c.shape == Shape::kLetter)
      return letters_ >= 2 && last != nullptr && last->shape == Shape::kLetter && last->kind != c.kind;
    const bool known = c.kind == LabelKind::kQuestion || c.kind == LabelKind::kAnswer;
    // "Plan two. A: go." needs a question before it.
    if (c.kind == LabelKind::kAnswer && c.label.name.length() == 1)
      return transcript_ && last != nullptr && last->kind == LabelKind::kQuestion;
    if (c.shape == Shape::kKnown || (c.shape == Shape::kName && known)) return transcript_;
    return names_.count(NameOf(c)) > 0 || (transcript_ && IsNamedInHead(c));
  }

  // A full name that the head has too: 柯明哲, "Ke Mingzhe"; no office such as "Secretary of State".
  bool IsNamedInHead(const Candidate& c) const {
    const std::string_view name = NameOf(c);
    const bool full = c.shape == Shape::kHan
                          ? CountCodePoints(name) <= 4
                          : HasSeveralWords(name) && !words_.IsOfficePart(name.substr(0, name.find(' ')));
    return full && text_.substr(0, kHeadBytes).find(name) < static_cast<size_t>(c.label.name.begin);
  }

  bool StartsAsSentence(std::string_view name) const {
    return words_.IsEnglishWord(ToLower(name.substr(0, name.find(' '))));
  }

  // Whoever asks nearly always, and is not known to answer, is a journalist.
  void MarkJournalists(std::vector<Label>& labels) const {
    struct Asks {
      int turns = 0, questions = 0;
    };
    std::unordered_map<std::string_view, Asks> asks;
    bool answered = false;
    for (size_t i = 0; i < labels.size(); ++i) {
      const auto begin = static_cast<size_t>(labels[i].span.end);
      const size_t end = i + 1 < labels.size() ? static_cast<size_t>(labels[i + 1].span.begin) : text_.size();
      Asks& of_name = asks[labels[i].name.Of(text_)];
      ++of_name.turns;
      of_name.questions += AsksAtEnd(text_.substr(begin, end - begin));
      answered = answered || !labels[i].question;
    }
    if (!answered) return;
    for (size_t i = 0; i < labels.size(); ++i) {
      const std::string_view name = labels[i].name.Of(text_);
      if (labels[i].question || kinds_[i] == LabelKind::kAnswer || words_.IsOfficePart(name.substr(0, name.find(' '))))
        continue;
      const Asks& of_name = asks[name];
      if (of_name.questions * 10 < of_name.turns * 6 || static_cast<size_t>(of_name.turns) == labels.size()) continue;
      // Who has one turn asks when somebody answers who has several and does not ask.
      const size_t next = i + 1;
      const bool once = of_name.turns == 1 && !words_.IsTitleWord(name.substr(0, name.find(' '))) &&
                        next < labels.size() && !labels[next].question && asks[labels[next].name.Of(text_)].turns >= 2;
      if (of_name.turns >= 2 || once) labels[i].question = true;
    }
  }

  std::string_view text_;
  const std::vector<Line>& lines_;
  const ReadWords& words_;
  std::vector<Candidate> candidates_;
  std::unordered_map<std::string_view, Use> uses_;
  std::unordered_set<std::string_view> names_, han_again_;
  std::vector<LabelKind> kinds_;
  int company_ = 0, letters_ = 0;
  bool transcript_ = false;
};

}  // namespace

std::vector<Label> FindLabels(std::string_view text, const std::vector<Line>& lines, const ReadWords& words) {
  return Chooser(text, lines, words).Run();
}

}  // namespace narrdiff
