// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/html_lines.h"

#include <algorithm>

#include "engine/base/utf8.h"
#include "engine/read/ascii_text.h"
#include "engine/read/find_lines.h"
#include "engine/read/html_text.h"
#include "engine/read/html_tree.h"

namespace narrdiff {
namespace {

// A row with a longer cell is no row of data.
constexpr int32_t kLongestCell = 60;  // columns
// Of a class, an id, a style.
constexpr size_t kLongestValue = 1024;
constexpr size_t kMostFacts = 1000;  // <meta> and <time> elements

enum class Gap { kNone, kLine, kBlank };

// Between two of these, of which one is wide, a line end of the source is no
// space.
bool IsChineseText(char32_t c) {
  return IsWide(c) || c == 0x2018 || c == 0x2019 || c == 0x201C || c == 0x201D || c == 0x2026 || c == 0x2014 ||
         c == 0xB7;
}

// No punctuation: a menu in brackets and bars is made of links all the same.
bool IsLetterLike(char32_t c) {
  if (c < 0x80) return IsAlnum(c);
  return !(c >= 0x2000 && c <= 0x206F) && !(c >= 0x3000 && c <= 0x3020) && !(c >= 0xFF00 && c <= 0xFF0F) &&
         !(c >= 0xFF1A && c <= 0xFF20) && !(c >= 0xFF3B && c <= 0xFF40) && !(c >= 0xFF5B && c <= 0xFF65) && c != 0xB7;
}

// `style` in lower case without spaces.
std::string Squeeze(std::string_view style) {
  std::string out = ToLower(style);
  out.erase(std::remove_if(out.begin(), out.end(), [](char c) { return IsHtmlSpace(static_cast<unsigned char>(c)); }),
            out.end());
  return out;
}

// Calls `use` with each word of a class or id, in lower case: "siteNav-menu2"
// has "site", "nav", "menu". Stops when `use` returns false.
template <typename Use>
void ForEachWord(std::string_view value, const Use& use) {
  std::string word;
  for (size_t i = 0; i <= value.size(); ++i) {
    const char32_t c = ByteAt(value, i);
    const bool starts = IsUpper(c) && i > 0 && IsLower(ByteAt(value, i - 1));
    if ((!IsLetter(c) || starts) && !word.empty()) {
      if (!use(word)) return;
      word.clear();
    }
    if (IsLetter(c)) word += static_cast<char>(c | 0x20);
  }
}

class Layout : public HtmlVisitor {
 public:
  explicit Layout(const ReadWords& words) : words_(words) {
    static constexpr HtmlElementKind kRoot = {"", kHtmlBlock | kHtmlContainer, 0};
    HtmlElement root;
    root.kind = &kRoot;
    root.end_line = -1;
    page_.elements.push_back(root);
    open_.push_back({0, -1, false});
  }

  HtmlLines Run(std::string_view html) {
    page_.flattened_tags = WalkHtml(html, *this);
    EndLine(true);
    page_.elements[0].end_line = LineCount();
    page_.offsets = OffsetMap(std::move(runs_));
    return std::move(page_);
  }

 private:
  struct Open {
    int32_t element;
    int32_t link;  // the <a href> around it, or -1; inherited
    bool pre;      // inherited
  };
  struct Place {
    int32_t row, cell;  // elements, or -1
  };

  int32_t LineCount() const { return static_cast<int32_t>(page_.lines.size()); }
  int32_t TextSize() const { return static_cast<int32_t>(page_.text.size()); }

  // --- Text ---

  void Text(HtmlTextSteps& text) override {
    HtmlCharacter next;
    while (text.Next(next)) Put(next.c, next.begin, next.end);
  }

  // One character, which stands for source bytes [source, source_end).
  void Put(char32_t c, size_t source, size_t source_end) {
    if (open_.back().pre && (c == '\n' || c == '\r')) {
      EndLine(false);
      return;
    }
    if (!open_.back().pre && IsHtmlSpace(c)) {
      if (!begun_) return;
      if (!space_) space_source_ = source;
      space_ = true;
      space_has_newline_ |= c == '\n' || c == '\r';
      return;
    }
    if (!begun_) BeginLine();
    if (space_) {
      const bool none =
          space_has_newline_ && IsChineseText(previous_) && IsChineseText(c) && (IsWide(previous_) || IsWide(c));
      if (!none) Append(' ', space_source_, space_source_ + 1);
      space_ = space_has_newline_ = false;
    }
    Append(c, source, source_end);
    if (!IsSpace(c)) PutVisible(c);
  }

  void PutVisible(char32_t c) {
    if (!visible_) {
      visible_ = true;
      line_.element = open_.back().element;
    }
    // The line stands in the elements that have been open all along.
    while (page_.elements[static_cast<size_t>(line_.element)].end_line >= 0) {
      line_.element = page_.elements[static_cast<size_t>(line_.element)].parent;
    }
    line_.letters += IsLetterLike(c);
    const int32_t link = open_.back().link;
    if (link >= 0) {
      line_.link_letters += IsLetterLike(c);
      line_.links += link != last_link_;
      last_link_ = link;
    }
  }

  void Append(char32_t c, size_t source, size_t source_end) {
    const int32_t at = TextSize();
    AppendUtf8(c, page_.text);
    const bool in_step = static_cast<size_t>(TextSize() - at) == source_end - source;
    AddRun(at, source, in_step);
    source_end_ = source_end;
    previous_ = c;
    line_.columns += IsWide(c) ? 2 : 1;
  }

  void AddRun(int32_t at, size_t source, bool in_step) {
    const auto original = static_cast<int64_t>(source);
    if (in_step && !runs_.empty() && runs_.back().original_step == 1 &&
        original - runs_.back().original_begin == at - runs_.back().text_begin) {
      return;
    }
    runs_.push_back({at, original, 1, in_step ? 1 : 0});
  }

  // --- Lines ---

  void BeginLine() {
    begun_ = true;
    line_ = {};
    rollback_ = TextSize();
    last_link_ = -1;
    if (!page_.lines.empty()) {
      AddRun(TextSize(), source_end_, false);
      page_.text += gap_ == Gap::kLine ? "\n" : "\n\n";
    }
    line_.span.begin = TextSize();
  }

  // Ends the line that is being written; a block leaves a blank line, and so
  // does a second line end.
  void EndLine(bool block) {
    const bool had = visible_;
    if (visible_) {
      while (EndsWith(page_.text, " ") || EndsWith(page_.text, "\t")) page_.text.pop_back();
      TruncateRuns();
      line_.span.end = TextSize();
      page_.lines.push_back(line_);
      places_.push_back({rows_.empty() ? -1 : rows_.back(), cells_.empty() ? -1 : cells_.back()});
      gap_ = Gap::kNone;
    } else if (begun_) {
      page_.text.resize(static_cast<size_t>(rollback_));
      TruncateRuns();
    }
    begun_ = visible_ = space_ = space_has_newline_ = false;
    gap_ = block || !had ? Gap::kBlank : Gap::kLine;
  }

  void TruncateRuns() {
    while (!runs_.empty() && runs_.back().text_begin >= TextSize()) runs_.pop_back();
  }

  // --- Tags ---

  bool Start(const HtmlTag& tag) override {
    const HtmlElementKind& kind = FindHtmlElement(tag.name());
    if (kind.name == "title" && page_.title.empty()) page_.title = tag.Text();
    if (kind.name == "meta") ReadMeta(tag);
    if (kind.Is(kHtmlDropped)) return false;
    if (kind.Is(kHtmlBlock)) EndLine(true);
    if (kind.name == "br") EndLine(false);
    if (kind.Is(kHtmlVoid)) return false;
    HtmlElement element;
    element.kind = &kind;
    element.parent = open_.back().element;
    element.first_line = LineCount();
    element.end_line = -1;
    element.main = kind.Is(kHtmlMain);
    element.aside = kind.Is(kHtmlAside);
    element.date = kind.name == "time";
    const auto index = static_cast<int32_t>(page_.elements.size());
    Open open = {index, open_.back().link, open_.back().pre || kind.Is(kHtmlPre)};
    // The parser goes on with an <a> that never ends in all blocks after it: that
    // makes no link of the page.
    if (tag.IsInSource() && !kind.Is(kHtmlPage)) ReadAttributes(tag, element, open);
    if (element.hidden && !kind.Is(kHtmlBlock)) return false;
    page_.elements.push_back(element);
    if (kind.name == "tr") rows_.push_back(index);
    if (kind.Is(kHtmlCell)) cells_.push_back(index);
    open_.push_back(open);
    return true;
  }

  void ReadAttributes(const HtmlTag& tag, HtmlElement& element, Open& open) {
    const HtmlElementKind& kind = *element.kind;
    tag.ForEachAttribute([&](std::string_view name, std::string_view value) {
      value = value.substr(0, kLongestValue);
      if (name == "class" || name == "id") {
        ReadWordsOf(value, element);
      } else if (name == "role") {
        ReadRole(ToLower(Strip(value)), element);
      } else if (name == "hidden") {
        element.hidden = true;
      } else if (name == "aria-hidden") {
        // Of an inline element: an ornament that is seen all the same.
        element.hidden |= kind.Is(kHtmlBlock) && ToLower(value) == "true";
      } else if (name == "style") {
        const std::string style = Squeeze(value);
        if (Contains(style, "display:none") || Contains(style, "visibility:hidden")) element.hidden = true;
        if (Contains(style, "white-space:")) open.pre = Contains(style, "white-space:pre");
      } else if (name == "itemprop") {
        element.main |= ToLower(value) == "articlebody";
        element.date |= ToLower(value) == "datepublished";
      } else if (name == "href") {
        if (kind.name == "a") open.link = open.element;
      } else if (name == "datetime") {
        if (kind.name == "time" && !value.empty() && page_.times.size() < kMostFacts) {
          page_.times.emplace_back(open.element, value);
        }
      }
    });
  }

  void ReadWordsOf(std::string_view value, HtmlElement& element) const {
    bool negated = false;
    ForEachWord(value, [&](const std::string& word) {
      if (!negated) {
        element.furniture |= words_.IsHtmlFurniture(word);
        element.date |= words_.IsHtmlDate(word);
      }
      negated = words_.IsHtmlNegation(word);
      return true;
    });
  }

  // ARIA's landmarks.
  static void ReadRole(const std::string& role, HtmlElement& element) {
    element.main |= role == "main";
    element.aside |= role == "navigation" || role == "banner" || role == "contentinfo" || role == "complementary" ||
                     role == "search" || role == "dialog" || role == "alertdialog" || role == "menu" ||
                     role == "menubar" || role == "toolbar" || role == "tablist";
  }

  void ReadMeta(const HtmlTag& tag) {
    if (page_.metas.size() >= kMostFacts) return;
    std::string_view name = tag.Attribute("name");
    if (name.empty()) name = tag.Attribute("property");
    if (name.empty()) name = tag.Attribute("itemprop");
    const std::string_view content = tag.Attribute("content");
    if (name.empty() || content.empty() || name.size() > kLongestValue) return;
    page_.metas.emplace_back(ToLower(name), content.substr(0, 4 * kLongestValue));
  }

  void End() override {
    const int32_t index = open_.back().element;
    const HtmlElementKind& kind = *page_.elements[static_cast<size_t>(index)].kind;
    if (kind.Is(kHtmlBlock)) EndLine(true);
    HtmlElement& element = page_.elements[static_cast<size_t>(index)];
    element.end_line = LineCount() + (visible_ ? 1 : 0);
    if (kind.Is(kHtmlCell)) cells_.pop_back();
    if (kind.name == "tr") {
      rows_.pop_back();
      MergeRow(index);
    }
    open_.pop_back();
    // An element without text at the end of the list is of no use; pages full
    // of them take no memory.
    if (static_cast<size_t>(index) + 1 == page_.elements.size() && element.end_line == element.first_line) {
      page_.elements.pop_back();
    }
  }

  // A row in which every cell is one short line becomes one line.
  void MergeRow(int32_t row) {
    const int32_t first = page_.elements[static_cast<size_t>(row)].first_line;
    const int32_t end = LineCount();
    if (end - first < 2) return;
    for (int32_t k = first; k < end; ++k) {
      const Place& place = places_[static_cast<size_t>(k)];
      if (place.row != row || place.cell < 0 || page_.lines[static_cast<size_t>(k)].columns > kLongestCell) return;
      if (k > first && place.cell == places_[static_cast<size_t>(k) - 1].cell) return;
    }
    HtmlLine merged = page_.lines[static_cast<size_t>(first)];
    merged.element = row;
    std::string tail;
    auto run = std::lower_bound(runs_.begin(), runs_.end(), merged.span.end,
                                [](const OffsetMap::Run& r, int32_t at) { return r.text_begin < at; });
    for (int32_t k = first + 1; k < end; ++k) {
      const HtmlLine& line = page_.lines[static_cast<size_t>(k)];
      const int32_t tab = merged.span.end + static_cast<int32_t>(tail.size());
      for (; run != runs_.end() && run->text_begin < line.span.end; ++run) {
        // First comes the run of the line ends, of which a tab is left.
        run->text_begin = run->text_begin < line.span.begin ? tab : run->text_begin - line.span.begin + tab + 1;
      }
      tail += '\t';
      tail += line.span.Of(page_.text);
      merged.columns += 1 + line.columns;
      merged.letters += line.letters;
      merged.link_letters += line.link_letters;
      merged.links += line.links;
    }
    page_.text.resize(static_cast<size_t>(merged.span.end));
    page_.text += tail;
    merged.span.end = TextSize();
    page_.lines.resize(static_cast<size_t>(first));
    places_.resize(static_cast<size_t>(first));
    page_.lines.push_back(merged);
    places_.push_back({-1, -1});  // a row around this one is no row of data
    for (size_t e = static_cast<size_t>(row); e < page_.elements.size(); ++e) {
      HtmlElement& element = page_.elements[e];
      const bool empty = element.first_line == element.end_line;
      element.first_line = first;
      element.end_line = empty ? first : first + 1;
    }
  }

  const ReadWords& words_;
  HtmlLines page_;
  std::vector<OffsetMap::Run> runs_;
  std::vector<Place> places_;  // of each line
  std::vector<Open> open_;
  std::vector<int32_t> rows_, cells_;  // open ones

  // The line that is being written.
  HtmlLine line_;
  bool begun_ = false, visible_ = false;
  bool space_ = false, space_has_newline_ = false;  // white space that waits for what follows
  size_t space_source_ = 0;
  char32_t previous_ = 0;
  size_t source_end_ = 0;  // of the last character
  int32_t rollback_ = 0;   // size of the text before the line
  Gap gap_ = Gap::kNone;
  int32_t last_link_ = -1;  // of this line
};

}  // namespace

HtmlLines LayOutHtml(std::string_view html, const ReadWords& words) { return Layout(words).Run(html); }

}  // namespace narrdiff
