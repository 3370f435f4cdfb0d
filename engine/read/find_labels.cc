// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/find_labels.h"

#include <string>
#include <unordered_map>
#include <utility>

#include "engine/base/utf8.h"
#include "engine/read/ascii_text.h"

namespace narrdiff {
namespace {

constexpr size_t kMaxLabelBytes = 120;
constexpr int kMaxWords = 7;

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
  bool question = false, answer = false;
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
  while (span.begin < span.end) {
    int32_t next = span.begin;
    if (!IsSpace(NextCodePoint(text, next))) break;
    span.begin = next;
  }
  while (span.begin < span.end) {
    int32_t previous = span.end;
    if (!IsSpace(PreviousCodePoint(text, previous))) break;
    span.end = previous;
  }
  return span;
}

// The name without a role in brackets at its end: "耿爽（外交部发言人）", "MR
// HALE (via interpreter)".
Span WithoutRole(std::string_view text, Span name) {
  const std::string_view s = name.Of(text);
  size_t open = std::string_view::npos;
  if (EndsWith(s, ")")) open = s.rfind('(');
  if (EndsWith(s, "）")) open = s.rfind("（");
  if (open == std::string_view::npos || open == 0) return name;
  return TrimmedSpan(text, {name.begin, name.begin + static_cast<int32_t>(open)});
}

Shape LatinShape(std::string_view name, const ReadWords& words) {
  int count = 0, upper = 0, connectors = 0;
  bool capitals = true, title_case = true, titled = false;
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
    if (words.IsTitleWord(word) && word.size() > 1) titled = true;
  }
  if (count == 0) return Shape::kNone;
  if (capitals && upper >= 2) return titled ? Shape::kKnown : Shape::kCapitals;
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

// "【问】", "[记者]" at the start of a line.
bool BracketLabel(std::string_view text, const Line& line, const ReadWords& words, Candidate& out) {
  const std::string_view s = line.span.Of(text).substr(0, kMaxLabelBytes);
  for (const auto& [open, close] :
       {std::pair<std::string_view, std::string_view>{"【", "】"}, {"[", "]"}, {"［", "］"}}) {
    if (!StartsWith(s, open)) continue;
    const size_t end = s.find(close);
    if (end == std::string_view::npos) return false;
    const std::string_view name = s.substr(open.size(), end - open.size());
    out.question = words.IsQuestionLabel(name);
    out.answer = words.IsAnswerLabel(name);
    if (!out.question && !out.answer) return false;
    size_t after = end + close.size();
    if (StartsWith(s.substr(after), "："))
      after += std::string_view("：").size();
    else if (StartsWith(s.substr(after), ":"))
      after += 1;
    if (after >= line.span.Of(text).size()) return false;  // 【记者】 alone is no turn
    out.label.name = {line.span.begin + static_cast<int32_t>(open.size()), line.span.begin + static_cast<int32_t>(end)};
    out.label.span = {line.span.begin, line.span.begin + static_cast<int32_t>(after)};
    out.shape = Shape::kKnown;
    return true;
  }
  return false;
}

// "Q. Will he?", "A. No.", "Q    Will he?": a letter without a colon.
bool LetterLabel(std::string_view text, const Line& line, Candidate& out) {
  const std::string_view s = line.span.Of(text);
  if (s.size() < 4 || (s[0] != 'Q' && s[0] != 'A')) return false;
  const size_t length = s[1] == '.' ? 2 : 1;
  if (s[0] == 'A' && length == 1) return false;
  if (s[length] != ' ' && s[length] != '\t') return false;
  out.label.name = {line.span.begin, line.span.begin + 1};
  out.label.span = {line.span.begin, line.span.begin + static_cast<int32_t>(length)};
  out.question = s[0] == 'Q';
  out.answer = s[0] == 'A';
  out.shape = Shape::kLetter;
  return true;
}

Candidate MakeCandidate(std::string_view text, const Line& line, const ReadWords& words) {
  Candidate out;
  const std::string_view s = line.span.Of(text);
  if (BracketLabel(text, line, words, out)) return out;
  const std::string_view head = s.substr(0, kMaxLabelBytes);
  const size_t narrow = head.find(':');
  const size_t wide = head.find("：");
  const size_t colon = std::min(narrow, wide);
  if (colon == std::string_view::npos || colon == 0) {
    LetterLabel(text, line, out);
    return out;
  }
  const size_t end = colon + (colon == wide ? std::string_view("：").size() : 1);
  const Span full = TrimmedSpan(text, {line.span.begin, line.span.begin + static_cast<int32_t>(colon)});
  const Span name_span = WithoutRole(text, full);
  const std::string_view name = name_span.Of(text);
  if (name.empty()) return out;
  out.label.name = name_span;
  out.label.span = {line.span.begin, line.span.begin + static_cast<int32_t>(end)};
  out.question = words.IsQuestionLabel(name);
  out.answer = !out.question && words.IsAnswerLabel(name);
  int32_t i = 0;
  const bool han = IsHan(NextCodePoint(name, i));
  // "10:30", "http://x": a colon of something else. Chinese and known labels
  // may be followed by anything.
  const bool spaced = end == s.size() || s[end] == ' ' || s[end] == '\t' || static_cast<unsigned char>(s[end]) >= 0x80;
  if (out.question || out.answer) {
    out.shape = han || spaced || IsLetter(static_cast<unsigned char>(s[end])) ? Shape::kKnown : Shape::kNone;
    // "Answer" and "Reuters" are names as well as labels; "Q" and "QUESTION"
    // are nothing else.
    if (!han && out.shape == Shape::kKnown && name.size() > 1 && LatinShape(name, words) == Shape::kName)
      out.shape = Shape::kName;
  } else if (han) {
    out.shape = CountCodePoints(name) <= 12 && IsHanName(name) && !words.IsFurniture(name) ? Shape::kHan : Shape::kNone;
  } else if (spaced && !words.IsFurniture(name)) {
    out.shape = LatinShape(name, words);
  }
  if (out.shape == Shape::kNone) LetterLabel(text, line, out);
  return out;
}

struct NameUse {
  int count = 0;
  int questions = 0;  // turns that end in a question mark
};

bool EndsInQuestion(std::string_view s) {
  for (auto i = static_cast<int32_t>(s.size()); i > 0;) {
    const char32_t c = PreviousCodePoint(s, i);
    if (c == '?' || c == 0xFF1F) return true;
    if (c != '"' && c != 0x201D && c != ')' && !IsSpace(c)) return false;
  }
  return false;
}

}  // namespace

std::vector<Label> FindLabels(std::string_view text, const std::vector<Line>& lines, const ReadWords& words) {
  std::vector<Candidate> candidates;
  std::unordered_map<std::string_view, NameUse> uses;
  int known = 0, letters = 0;
  for (size_t i = 0; i < lines.size(); ++i) {
    Candidate c = MakeCandidate(text, lines[i], words);
    if (c.shape == Shape::kNone) continue;
    c.label.line = i;
    // A known label before a few words without an end is a credit:
    // "记者：张三".
    const Span rest{c.label.span.end, lines[i].span.end};
    const bool credit = lines[i].end == LineEnd::kWord && Columns(rest.Of(text)) <= 24 && !rest.empty();
    NameUse& use = uses[c.label.name.Of(text)];
    ++use.count;
    use.questions += EndsInQuestion(lines[i].span.Of(text));
    if (c.shape == Shape::kKnown && !credit) ++known;
    if (c.shape == Shape::kLetter) ++letters;
    candidates.push_back(c);
  }
  // Names count as company when they come again with more than a few words to
  // say.
  int company = known;
  for (const Candidate& c : candidates) {
    if (c.shape == Shape::kCapitals && uses[c.label.name.Of(text)].count >= 2) ++company;
  }
  const bool transcript = company >= 2;
  std::vector<Label> labels;
  bool answers = false;
  for (Candidate& c : candidates) {
    const std::string_view name = c.label.name.Of(text);
    const NameUse& use = uses[name];
    const Line& line = lines[c.label.line];
    const bool says_much = line.end != LineEnd::kWord && Columns(Span{c.label.span.end, line.span.end}.Of(text)) >= 12;
    bool accept = false;
    switch (c.shape) {
      case Shape::kKnown:
        accept = company >= 2 || line.end != LineEnd::kWord || c.label.span.end == line.span.end;
        break;
      case Shape::kCapitals:
        accept = transcript || use.count >= 2;
        break;
      case Shape::kName:
        accept = transcript ? use.count >= 2 || says_much
                            : (c.question || c.answer || name.find(' ') != std::string_view::npos) && use.count >= 2 &&
                                  says_much;
        break;
      case Shape::kHan:
        accept = use.count >= 2 || (transcript && CountCodePoints(name) <= 4 && says_much &&
                                    text.substr(0, 600).find(name) < static_cast<size_t>(c.label.name.begin));
        break;
      case Shape::kLetter:
        accept = c.label.span.length() == 2 ? letters >= 2 : letters >= 2 && transcript;
        break;
      case Shape::kNone:
        break;
    }
    if (!accept) continue;
    c.label.question = c.question;
    answers = answers || !c.question;
    labels.push_back(c.label);
  }
  // Whoever asks nearly always, and is not known to answer, is a journalist.
  if (answers) {
    for (Label& label : labels) {
      const std::string_view name = label.name.Of(text);
      const NameUse& use = uses[name];
      if (label.question || words.IsAnswerLabel(name) || words.IsOffice(name.substr(0, name.find(' ')))) continue;
      if (use.count >= 2 && use.questions * 10 >= use.count * 6 && static_cast<size_t>(use.count) < labels.size())
        label.question = true;
    }
  }
  return labels;
}

}  // namespace narrdiff
