// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/html_lines.h"

#include <algorithm>

#include "engine/base/utf8.h"
#include "engine/read/ascii_text.h"
#include "engine/read/find_lines.h"
#include "engine/read/html_entities.h"
#include "engine/read/html_tokens.h"

namespace narrdiff {
namespace {

// Deeper tags are ignored. Every search through the open elements is bounded by
// it, so that reading stays linear.
constexpr size_t kDeepest = 256;
// Hundreds of <font ...> that never end leave room for the blocks after them.
constexpr size_t kDeepestInline = 128;
// A row with a longer cell is no row of data.
constexpr int32_t kLongestCell = 60;  // columns
// Of a class, an id, a style.
constexpr size_t kLongestValue = 1024;
constexpr size_t kMostFacts = 1000;  // <meta> and <time> elements
constexpr char32_t kReplacement = 0xFFFD;

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

bool IsCollapsible(char32_t c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

// `style` in lower case without spaces.
std::string Squeeze(std::string_view style) {
  std::string out = ToLower(style.substr(0, kLongestValue));
  out.erase(std::remove_if(out.begin(), out.end(), [](char c) { return IsCollapsible(static_cast<unsigned char>(c)); }),
            out.end());
  return out;
}

// Calls `use` with each word of a class or id, in lower case: "siteNav-menu2"
// has "site", "nav", "menu". Stops when `use` returns false.
template <typename Use>
void ForEachWord(std::string_view value, const Use& use) {
  value = value.substr(0, kLongestValue);
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

class Layout {
 public:
  Layout(std::string_view html, const ReadWords& words) : html_(html), words_(words), entities_(html) {}

  HtmlLines Run() {
    static constexpr HtmlElementKind kRoot = {"", kHtmlBlock | kHtmlContainer, 0};
    HtmlElement root;
    root.kind = &kRoot;
    root.end_line = -1;
    page_.elements.push_back(root);
    open_.push_back({0, {}, &kRoot, false, false});
    HtmlScanner scanner(html_);
    HtmlToken token;
    while (scanner.Next(token)) {
      switch (token.kind) {
        case HtmlToken::Kind::kText:
          if (!open_.back().dropped) PutText(token.text, token.begin);
          break;
        case HtmlToken::Kind::kStart:
          Start(token);
          break;
        case HtmlToken::Kind::kEnd:
          End(token.name);
          break;
      }
    }
    while (open_.size() > 1) Close();
    EndLine(true);
    page_.elements[0].end_line = LineCount();
    page_.offsets = OffsetMap(std::move(runs_));
    return std::move(page_);
  }

 private:
  struct Open {
    int32_t element;
    std::string name;
    const HtmlElementKind* kind;
    bool dropped, pre;  // inherited
  };
  struct Place {
    int32_t row, cell;  // elements, or -1
  };

  int32_t LineCount() const { return static_cast<int32_t>(page_.lines.size()); }
  int32_t TextSize() const { return static_cast<int32_t>(page_.text.size()); }

  // --- Text ---

  void PutText(std::string_view text, size_t begin) {
    for (int32_t i = 0; i < static_cast<int32_t>(text.size());) {
      const size_t source = begin + static_cast<size_t>(i);
      if (text[static_cast<size_t>(i)] == '&') {
        size_t length = 1;
        const std::string meaning = entities_.Decode(text.substr(static_cast<size_t>(i)), &length);
        if (!meaning.empty()) {
          for (int32_t k = 0; k < static_cast<int32_t>(meaning.size());) {
            const char32_t c = NextCodePoint(meaning, k);
            Put(c, source, source + length);
          }
          i += static_cast<int32_t>(length);
          continue;
        }
      }
      const char32_t c = NextCodePoint(text, i);
      if (c != 0) Put(c, source, begin + static_cast<size_t>(i));
    }
  }

  // One character, which stands for source bytes [source, source_end).
  void Put(char32_t c, size_t source, size_t source_end) {
    if (open_.back().pre && (c == '\n' || c == '\r')) {
      // CR LF is one line end.
      if (c == '\r' || source == 0 || html_[source - 1] != '\r') EndLine(false);
      return;
    }
    if (!open_.back().pre && IsCollapsible(c)) {
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
    if (link_ >= 0) {
      line_.link_letters += IsLetterLike(c);
      line_.links += link_ != last_link_;
      last_link_ = link_;
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

  void Start(const HtmlToken& token) {
    const HtmlElementKind& kind = FindHtmlElement(token.name);
    if (kind.Is(kHtmlPage)) return;
    if (token.name == "title" && page_.title.empty() && !open_.back().dropped) {
      page_.title = entities_.DecodeAll(token.raw);
    }
    if (token.has_raw) return;
    if (token.name == "meta") ReadMeta(token.attributes);
    const bool dropped = open_.back().dropped;
    if (kind.Is(kHtmlVoid)) {
      if (dropped) return;
      if (kind.Is(kHtmlBlock)) {
        CloseParagraph();
        EndLine(true);
      } else if (token.name == "br") {
        EndLine(false);
      }
      return;
    }
    CloseImplied(kind);
    if (token.name == "a") CloseLink();
    if (kind.Is(kHtmlStyle) && Strip(token.attributes).empty()) return;
    if (kind.Is(kHtmlBlock) && !open_.back().dropped) EndLine(true);
    if (open_.size() >= (kind.Is(kHtmlBlock) ? kDeepest : kDeepestInline)) {
      ++page_.flattened_tags;
      return;
    }
    Push(kind, token);
  }

  void Push(const HtmlElementKind& kind, const HtmlToken& token) {
    HtmlElement element;
    element.kind = &kind;
    element.parent = open_.back().element;
    element.first_line = LineCount();
    element.end_line = -1;
    element.main = kind.Is(kHtmlMain);
    element.aside = kind.Is(kHtmlAside);
    element.date = kind.name == "time";
    const auto index = static_cast<int32_t>(page_.elements.size());
    Open open = {index, token.name, &kind, open_.back().dropped || kind.Is(kHtmlDropped),
                 open_.back().pre || kind.Is(kHtmlPre)};
    ReadAttributes(token.attributes, element, open);
    if (element.hidden && !kind.Is(kHtmlBlock)) open.dropped = true;
    page_.elements.push_back(element);
    if (kind.name == "tr") rows_.push_back(index);
    if (kind.Is(kHtmlCell)) cells_.push_back(index);
    open_.push_back(std::move(open));
  }

  void ReadAttributes(std::string_view attributes, HtmlElement& element, Open& open) {
    HtmlAttribute attribute;
    while (TakeHtmlAttribute(attributes, attribute)) {
      const std::string name = ToLower(attribute.name.substr(0, 16));
      const std::string_view value = attribute.value;
      if (name == "class" || name == "id") {
        ReadWordsOf(value, element);
      } else if (name == "role") {
        ReadRole(ToLower(Strip(value.substr(0, kLongestValue))), element);
      } else if (name == "hidden") {
        element.hidden = true;
      } else if (name == "aria-hidden") {
        // Of an inline element: an ornament that is seen all the same.
        element.hidden |= open.kind->Is(kHtmlBlock) && EqualsIgnoreCase(value, "true");
      } else if (name == "style") {
        const std::string style = Squeeze(value);
        if (Contains(style, "display:none") || Contains(style, "visibility:hidden")) element.hidden = true;
        if (Contains(style, "white-space:")) open.pre = Contains(style, "white-space:pre");
      } else if (name == "itemprop") {
        element.main |= EqualsIgnoreCase(value, "articlebody");
        element.date |= EqualsIgnoreCase(value, "datepublished");
      } else if (name == "href") {
        if (open.kind->name == "a") link_ = open.element;
      } else if (name == "datetime") {
        if (open.kind->name == "time" && !value.empty() && page_.times.size() < kMostFacts) {
          page_.times.emplace_back(open.element, entities_.DecodeAll(value.substr(0, kLongestValue)));
        }
      }
    }
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

  void ReadMeta(std::string_view attributes) {
    if (page_.metas.size() >= kMostFacts) return;
    std::string_view name = FindHtmlAttribute(attributes, "name");
    if (name.empty()) name = FindHtmlAttribute(attributes, "property");
    if (name.empty()) name = FindHtmlAttribute(attributes, "itemprop");
    const std::string_view content = FindHtmlAttribute(attributes, "content");
    if (name.empty() || content.empty() || name.size() > kLongestValue) return;
    page_.metas.emplace_back(ToLower(name), entities_.DecodeAll(content.substr(0, 4 * kLongestValue)));
  }

  // End tags inside close nothing outside. A <select> that never ends swallows
  // no page.
  static bool IsBarrier(const HtmlElementKind& kind) {
    return kind.Is(kHtmlScope) || (kind.Is(kHtmlDropped) && kind.sibling_group == 0 && kind.name != "select");
  }

  void End(const std::string& name) {
    const HtmlElementKind& kind = FindHtmlElement(name);
    if (name == "br") {
      if (!open_.back().dropped) EndLine(false);
      return;
    }
    if (kind.Is(kHtmlPage | kHtmlVoid)) return;
    if (name == "a") EndLink();  // even where blocks that it opened in are still open
    for (size_t i = open_.size() - 1; i > 0; --i) {
      const HtmlElementKind& other = *open_[i].kind;
      const bool heading = kind.Is(kHtmlHeading) && other.Is(kHtmlHeading);
      if (heading || open_[i].name == name) {
        while (open_.size() > i) Close();
        return;
      }
      const bool table_part =
          kind.Is(kHtmlCell) || kind.name == "table" || kind.name == "tr" || kind.sibling_group == kHtmlRowGroups;
      if (table_part ? other.name == "table"
                     : IsBarrier(other) || (!kind.Is(kHtmlBlock | kHtmlDropped) && other.Is(kHtmlBlock))) {
        break;
      }
    }
    if (kind.Is(kHtmlBlock) && !open_.back().dropped) EndLine(true);
  }

  // Start tags that end other elements whose end tags may be left out.
  void CloseImplied(const HtmlElementKind& kind) {
    if (kind.Is(kHtmlBlock)) CloseParagraph();
    if (kind.Is(kHtmlHeading) && open_.back().kind->Is(kHtmlHeading)) Close();
    if (kind.sibling_group == 0) return;
    size_t found = 0;
    for (size_t i = open_.size() - 1; i > 0; --i) {
      const HtmlElementKind& other = *open_[i].kind;
      if (other.sibling_group == kind.sibling_group ||
          (kind.sibling_group == kHtmlRowGroups && other.sibling_group == kHtmlRows)) {
        found = i;
        if (kind.sibling_group != kHtmlRowGroups) break;
      }
      if (other.name == "table" || other.name == "ruby" || other.name == "select") break;
      if (kind.sibling_group == kHtmlCells && other.sibling_group == kHtmlRows) break;
      const bool item = kind.sibling_group == kHtmlItems || kind.sibling_group == kHtmlTerms;
      if (item && (other.Is(kHtmlList) || IsBarrier(other))) break;
    }
    if (found == 0) return;
    while (open_.size() > found) Close();
  }

  void CloseParagraph() {
    for (size_t i = open_.size() - 1; i > 0; --i) {
      if (open_[i].kind->name == "p") {
        while (open_.size() > i) Close();
        return;
      }
      if (IsBarrier(*open_[i].kind)) return;
    }
  }

  void EndLink() { link_ = -1; }

  // A link ends where another starts.
  void CloseLink() {
    EndLink();
    for (size_t i = open_.size() - 1; i > 0 && !open_[i].kind->Is(kHtmlBlock); --i) {
      if (open_[i].name != "a") continue;
      while (open_.size() > i) Close();
      return;
    }
  }

  void Close() {
    const Open& open = open_.back();
    const int32_t index = open.element;
    if (open.kind->Is(kHtmlBlock) && !open.dropped) EndLine(true);
    if (link_ == index) EndLink();
    HtmlElement& element = page_.elements[static_cast<size_t>(index)];
    element.end_line = LineCount() + (visible_ ? 1 : 0);
    if (open.kind->Is(kHtmlCell)) cells_.pop_back();
    if (open.kind->name == "tr") {
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

  std::string_view html_;
  const ReadWords& words_;
  HtmlEntities entities_;
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
  int32_t link_ = -1, last_link_ = -1;  // the open link; the last one of this line
};

}  // namespace

HtmlLines LayOutHtml(std::string_view html, const ReadWords& words) { return Layout(html, words).Run(); }

}  // namespace narrdiff
