// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/find_pages.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <utility>

#include "engine/base/utf8.h"
#include "engine/read/ascii_text.h"

namespace narrdiff {
namespace {

constexpr size_t kZoneLines = 3;           // of a page's end that may be head or foot
constexpr int32_t kLongestHead = 120;      // columns
constexpr int32_t kLongestNumber = 24;     // columns of "Page 12 of 30"
constexpr int32_t kShortestCutLine = 30;   // columns before a page number in mid-sentence
constexpr int32_t kShortestFullLine = 40;  // what counts for the typical width of print
constexpr int32_t kFullPercent = 80;       // of that width
constexpr int32_t kShortestOpenLine = 45;  // when the next page starts with a capital

bool IsPageNumber(std::string_view text, const Line& line, const ReadWords& words) {
  return line.columns <= kLongestNumber && words.IsPageNumber(ShapeOf(line.span.Of(text)));
}

// Whether the sentence at the end of `line` goes on in `next`, on another page.
bool CutsSentence(const Line& line, const Line& next) {
  if (line.end == LineEnd::kTerminator || next.bullet || line.columns < kShortestCutLine) return false;
  if (next.starts_lower) return true;
  if (line.end == LineEnd::kOpen) return !next.starts_wide || line.columns >= kShortestOpenLine;
  return line.columns >= kShortestOpenLine;
}

class Splitter {
 public:
  Splitter(std::string_view text, std::vector<Line> lines, const ReadWords& words)
      : text_(text), words_(words), lines_(std::move(lines)), furniture_(lines_.size(), false) {}

  Pages Run() {
    FindFeeds();
    if (pages_.printed) {
      MarkNumbersAtFeeds();
      MarkRepeatedLines();
    }
    MarkNumbersInSentences();
    return Emit();
  }

 private:
  bool FeedBefore(size_t line) const {
    const int32_t begin = line == 0 ? 0 : lines_[line - 1].span.end;
    return Contains(text_.substr(static_cast<size_t>(begin), static_cast<size_t>(lines_[line].span.begin - begin)),
                    "\f");
  }

  // Most texts have no form feed, and one look tells it.
  void FindFeeds() {
    if (!Contains(text_, "\f")) return;
    for (size_t i = 1; i < lines_.size(); ++i) {
      if (FeedBefore(i)) starts_.push_back(i);
    }
    pages_.printed = !starts_.empty();
  }

  // Calls visit(line, page) for up to kZoneLines lines of each page's end and start
  // that are not long, as long as visit returns true. The first page's start has
  // the title and counts as a zone only where `title` is set; its lines are
  // never furniture.
  template <typename Visit>
  void VisitZones(bool title, Visit visit) const {
    auto walk = [&](size_t from, int step, size_t page, size_t page_begin, size_t page_end) {
      size_t at = from;
      for (size_t k = 0; k < kZoneLines && at >= page_begin && at < page_end; ++k) {
        if (lines_[at].columns > kLongestHead || !visit(at, page)) return;
        if (step < 0 && at == 0) return;
        at = step < 0 ? at - 1 : at + 1;
      }
    };
    size_t begin = 0;
    for (size_t p = 0; p <= starts_.size(); ++p) {
      const size_t end = p < starts_.size() ? starts_[p] : lines_.size();
      if (p > 0 || title) walk(begin, 1, p, begin, end);
      if (end > begin) walk(end - 1, -1, p, begin, end);
      begin = end;
    }
  }

  void MarkNumbersAtFeeds() {
    VisitZones(false, [&](size_t line, size_t) {
      if (IsPageNumber(text_, lines_[line], words_)) furniture_[line] = true;
      return true;
    });
  }

  void MarkRepeatedLines() {
    struct Seen {
      size_t pages = 0, last = 0;
    };
    std::unordered_map<std::string, Seen> seen;
    VisitZones(true, [&](size_t line, size_t page) {
      Seen& s = seen[ShapeOf(lines_[line].span.Of(text_))];
      if (s.pages == 0 || s.last != page) ++s.pages;
      s.last = page;
      return true;
    });
    // From the page's edge inwards; the first line that is none ends it.
    VisitZones(false, [&](size_t line, size_t) {
      if (!furniture_[line] && seen[ShapeOf(lines_[line].span.Of(text_))].pages < 2) return false;
      furniture_[line] = true;
      return true;
    });
  }

  // In texts whose form feeds were lost.
  void MarkNumbersInSentences() {
    for (size_t i = 1; i + 1 < lines_.size(); ++i) {
      if (furniture_[i] || furniture_[i - 1] || furniture_[i + 1] || !IsPageNumber(text_, lines_[i], words_)) continue;
      if (CutsSentence(lines_[i - 1], lines_[i + 1])) furniture_[i] = true;
    }
  }

  // What most full lines of a printed text have; 0 where there are none.
  int32_t TypicalColumns() const {
    std::vector<int32_t> columns;
    for (size_t i = 0; i < lines_.size(); ++i) {
      if (!furniture_[i] && lines_[i].columns >= kShortestFullLine) columns.push_back(lines_[i].columns);
    }
    if (columns.empty()) return 0;
    const auto middle = columns.begin() + static_cast<std::ptrdiff_t>(columns.size() / 2);
    std::nth_element(columns.begin(), middle, columns.end());
    return *middle;
  }

  // Lines of print are cut at the margin; one that is far from it ends a heading
  // or a paragraph.
  static bool GoesOnInPrint(const Line& line, const Line& next, int32_t typical) {
    if (next.blank_before || next.bullet) return false;
    const bool full = typical > 0 && line.columns * 100 >= typical * kFullPercent;
    return full || (line.end != LineEnd::kTerminator && next.starts_lower);
  }

  Pages Emit() {
    const bool any = std::find(furniture_.begin(), furniture_.end(), true) != furniture_.end();
    if (!any && !pages_.printed) {
      pages_.body = std::move(lines_);
      return std::move(pages_);
    }
    const int32_t typical = pages_.printed ? TypicalColumns() : 0;
    bool page_ended = false;
    size_t feed = 0;
    for (size_t i = 0; i < lines_.size(); ++i) {
      if (feed < starts_.size() && starts_[feed] == i) {
        page_ended = true;
        ++feed;
      }
      if (furniture_[i]) {
        page_ended = true;
        pages_.furniture.push_back(lines_[i]);
        continue;
      }
      Line line = lines_[i];
      bool goes_on = false;
      if (page_ended) {
        goes_on = !pages_.body.empty() && CutsSentence(pages_.body.back(), line);
        line.blank_before = !goes_on;
      } else if (pages_.printed && !pages_.body.empty()) {
        goes_on = GoesOnInPrint(pages_.body.back(), line, typical);
      }
      pages_.body.push_back(line);
      pages_.goes_on.push_back(goes_on);
      page_ended = false;
    }
    return std::move(pages_);
  }

  std::string_view text_;
  const ReadWords& words_;
  std::vector<Line> lines_;
  std::vector<bool> furniture_;
  std::vector<size_t> starts_;  // lines after a form feed
  Pages pages_;
};

bool IsSmallLetter(char32_t c) { return IsLower(c) || (c >= 0xDF && c < 0x180 && c != 0xF7); }

// The word that ends before byte `end`.
Span WordBefore(std::string_view text, int32_t end) {
  int32_t begin = end;
  while (begin > 0) {
    int32_t i = begin;
    const char32_t c = PreviousCodePoint(text, i);
    if (!IsSmallLetter(c) && !IsUpper(c)) break;
    begin = i;
  }
  return {begin, end};
}

Span WordAfter(std::string_view text, int32_t begin) {
  int32_t end = begin;
  while (end < static_cast<int32_t>(text.size())) {
    int32_t i = end;
    const char32_t c = NextCodePoint(text, i);
    if (!IsSmallLetter(c) && !IsUpper(c)) break;
    end = i;
  }
  return {begin, end};
}

struct Forms {
  std::string joined, hyphened;
};

Forms FormsOf(std::string_view text, const LineHyphen& h) {
  const std::string first = ToLower(WordBefore(text, h.hyphen.begin).Of(text));
  const std::string second = ToLower(WordAfter(text, h.line_end.end).Of(text));
  return {first + second, first + "-" + second};
}

// Overwrites `span` with characters that are neither seen nor part of words:
// soft hyphens of two bytes and word joiners of three.
void Hide(Span span, std::string& text) {
  int32_t left = span.length();
  auto at = static_cast<size_t>(span.begin);
  while (left >= 2) {
    const std::string_view filler = left == 2 || left == 4 ? "\xC2\xAD" : "\xE2\x81\xA0";
    text.replace(at, filler.size(), filler);
    at += filler.size();
    left -= static_cast<int32_t>(filler.size());
  }
}

}  // namespace

Pages SplitPages(std::string_view text, std::vector<Line> lines, const ReadWords& words) {
  return Splitter(text, std::move(lines), words).Run();
}

LineHyphen HyphenBetween(std::string_view text, const Line& line, const Line& next) {
  LineHyphen out;
  if (!next.starts_lower || line.span.length() < 2) return out;
  int32_t i = line.span.end;
  const char32_t c = PreviousCodePoint(text, i);
  if (c != '-' && c != 0xAD && c != 0x2010) return out;
  int32_t k = i;
  if (!IsSmallLetter(PreviousCodePoint(text, k))) return out;
  out.hyphen = {i, line.span.end};
  out.line_end = {line.span.end, next.span.begin};
  return out;
}

void SettleHyphens(std::string_view text, bool printed, std::vector<LineHyphen>& hyphens) {
  if (hyphens.empty()) return;
  // How often each form stands within a line.
  std::unordered_map<std::string, int> uses;
  for (const LineHyphen& h : hyphens) {
    const Forms forms = FormsOf(text, h);
    uses.emplace(forms.joined, 0);
    uses.emplace(forms.hyphened, 0);
  }
  std::string word;
  for (size_t i = 0; i <= text.size(); ++i) {
    const char32_t c = ByteAt(text, i);
    if (IsLetter(c) || c >= 0x80 || (c == '-' && !word.empty())) {
      word += static_cast<char>(IsUpper(c) ? c + ('a' - 'A') : c);
      continue;
    }
    if (!word.empty()) {
      if (const auto it = uses.find(word); it != uses.end()) ++it->second;
    }
    word.clear();
  }
  for (LineHyphen& h : hyphens) {
    const Forms forms = FormsOf(text, h);
    const int joined = uses[forms.joined], hyphened = uses[forms.hyphened];
    const bool soft = h.hyphen.Of(text) == "\xC2\xAD";
    h.drop = soft || joined > hyphened || (printed && hyphened == 0);
  }
}

std::string MakeReadingText(const Document& doc) {
  if (doc.skipped.empty()) return {};
  std::string text = doc.text;
  for (const Skipped& skipped : doc.skipped) {
    if (skipped.within_word) {
      Hide(skipped.span, text);
    } else {
      std::fill(text.begin() + skipped.span.begin, text.begin() + skipped.span.end, ' ');
    }
  }
  return text;
}

}  // namespace narrdiff
