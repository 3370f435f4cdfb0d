// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/html_roles.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "engine/read/ascii_text.h"
#include "engine/read/find_lines.h"

namespace narrdiff {
namespace {

// A line of this many columns that ends like a sentence, and a line of that
// many however it ends, is text that somebody wrote to be read.
constexpr int32_t kShortestSentence = 24;
constexpr int32_t kLongLine = 100;
// A line that is a link, up to here, is no sentence.
constexpr int32_t kLongestLink = 60;
constexpr int32_t kLongestDate = 100;
constexpr size_t kLongestTitle = 400;
// So many links one after the other are a menu or a list of other pages.
constexpr int32_t kFewestLinks = 3;
// An element with fewer lines is not looked upon as the main content.
constexpr int32_t kFewestLines = 3;
// Lines between the title and the text: a date, a place, who speaks.
constexpr int32_t kLongestHead = 6;

// What is known of the lines inside an element.
struct Sums {
  int64_t sentences = 0;  // columns of lines that are like sentences
  int32_t lines = 0, links = 0;
};

class Roles {
 public:
  explicit Roles(const HtmlLines& page) : page_(page), lines_(page.lines), elements_(page.elements) {}

  std::vector<LineRole> Run() {
    MeasureLines();
    MarkFurnitureElements();
    FindMain();
    FindTitle();
    KeepHeader();
    MarkLinkLists();
    roles_.resize(lines_.size(), LineRole::kBody);
    for (size_t k = 0; k < lines_.size(); ++k) roles_[k] = RoleOf(static_cast<int32_t>(k));
    MarkEmptyHeadings();
    KeepSomething();
    return std::move(roles_);
  }

 private:
  const HtmlElement& ElementOf(const HtmlLine& line) const { return elements_[static_cast<size_t>(line.element)]; }

  bool IsSentence(const HtmlLine& line) const {
    if (line.link_letters * 2 > line.letters) return false;
    if (line.columns >= kLongLine) return true;
    return line.columns >= kShortestSentence && EndOf(Strip(line.span.Of(page_.text))) == LineEnd::kTerminator;
  }

  static bool IsLink(const HtmlLine& line) {
    return line.links > 0 && int64_t{line.link_letters} * 10 >= int64_t{line.letters} * 7;
  }

  // Sums of all elements, of the lines that `counts` lets through.
  template <typename Counts>
  std::vector<Sums> SumUp(const Counts& counts) const {
    std::vector<Sums> sums(elements_.size());
    for (size_t k = 0; k < lines_.size(); ++k) {
      if (!counts(lines_[k])) continue;
      Sums& sum = sums[static_cast<size_t>(lines_[k].element)];
      ++sum.lines;
      sum.links += IsLink(lines_[k]);
      if (sentence_[k]) sum.sentences += lines_[k].columns;
    }
    for (size_t e = elements_.size(); e-- > 1;) {
      Sums& parent = sums[static_cast<size_t>(elements_[e].parent)];
      parent.sentences += sums[e].sentences;
      parent.lines += sums[e].lines;
      parent.links += sums[e].links;
    }
    return sums;
  }

  void MeasureLines() {
    sentence_.reserve(lines_.size());
    for (const HtmlLine& line : lines_) sentence_.push_back(IsSentence(line));
  }

  // Elements that the page itself sets apart. One that holds half of all
  // sentences is the statement, whatever it is called: pages stand in a <form>,
  // or in a <div class="has-sidebar">.
  void MarkFurnitureElements() {
    const std::vector<Sums> sums = SumUp([](const HtmlLine&) { return true; });
    std::vector<bool> holds_main(elements_.size());
    std::vector<bool> in_main(elements_.size());
    for (size_t e = 1; e < elements_.size(); ++e) {
      in_main[e] = elements_[e].main || in_main[static_cast<size_t>(elements_[e].parent)];
    }
    for (size_t e = elements_.size(); e-- > 1;) {
      const auto parent = static_cast<size_t>(elements_[e].parent);
      holds_main[parent] = holds_main[parent] || elements_[e].main || holds_main[e];
    }
    furniture_.resize(elements_.size());
    own_furniture_.resize(elements_.size());
    for (size_t e = 1; e < elements_.size(); ++e) {
      const HtmlElement& element = elements_[e];
      const std::string_view name = element.kind->name;
      const bool called = element.aside || element.hidden || element.furniture || name == "form" || name == "dialog" ||
                          (name == "header" && !in_main[e]);
      const bool most = sums[e].sentences > 0 && sums[e].sentences * 2 >= sums[0].sentences;
      own_furniture_[e] = called && !most && (!holds_main[e] || element.hidden) && !element.main;
      furniture_[e] = furniture_[static_cast<size_t>(element.parent)] || own_furniture_[e];
    }
  }

  bool IsFurniture(const HtmlLine& line) const { return furniture_[static_cast<size_t>(line.element)]; }

  // The element that holds the statement: what the page calls so, or the lowest
  // that has nine tenths of the sentences.
  void FindMain() {
    const std::vector<Sums> sums = SumUp([this](const HtmlLine& line) { return !IsFurniture(line); });
    const int64_t all = sums[0].sentences;
    if (all > 0) {
      for (size_t e = 1; e < elements_.size(); ++e) {
        if (!furniture_[e] && elements_[e].main && sums[e].sentences * 10 >= all * 6) main_ = static_cast<int32_t>(e);
      }
      int32_t lowest = 0;
      for (size_t e = 1; e < elements_.size(); ++e) {
        if (elements_[e].kind->Is(kHtmlContainer) && sums[e].sentences * 10 >= all * 9)
          lowest = static_cast<int32_t>(e);
      }
      // One paragraph is not the whole of a statement that signs off below it.
      while (lowest > 0 && sums[static_cast<size_t>(lowest)].lines < kFewestLines) {
        lowest = elements_[static_cast<size_t>(lowest)].parent;
      }
      if (main_ == 0) main_ = lowest;
    }
    main_first_ = elements_[static_cast<size_t>(main_)].first_line;
    main_end_ = elements_[static_cast<size_t>(main_)].end_line;
  }

  bool IsTitleLine(int32_t k) const {
    const HtmlLine& line = lines_[static_cast<size_t>(k)];
    if (static_cast<size_t>(line.columns) > kLongestTitle) return false;
    for (int32_t e = line.element; e >= 0; e = elements_[static_cast<size_t>(e)].parent) {
      const HtmlElementKind& kind = *elements_[static_cast<size_t>(e)].kind;
      if (kind.name == "h1") return !InAside(line);
      if (kind.Is(kHtmlContainer)) return false;
    }
    return false;
  }

  bool InAside(const HtmlLine& line) const {
    for (int32_t e = line.element; e >= 0; e = elements_[static_cast<size_t>(e)].parent) {
      const HtmlElement& element = elements_[static_cast<size_t>(e)];
      if (element.hidden || (element.aside && furniture_[static_cast<size_t>(e)])) return true;
    }
    return false;
  }

  template <typename Allowed>
  void FindTopHeading(const Allowed& allowed) {
    for (int32_t k = main_first_; k < main_end_ && title_ < 0; ++k) {
      if (IsTitleLine(k) && allowed(k)) title_ = k;
    }
    for (int32_t k = main_first_ - 1; k >= 0 && title_ < 0; --k) {
      if (IsTitleLine(k) && allowed(k)) title_ = k;
    }
  }

  // The first <h1> of the main content, or the nearest before it. Where there is
  // none but in the head of the site, whose own name that may be, a line before
  // the first sentence that is in the page's <title> comes first.
  void FindTitle() {
    FindTopHeading([this](int32_t k) { return !IsFurniture(lines_[static_cast<size_t>(k)]); });
    for (int32_t k = 0; k < main_end_ && title_ < 0; ++k) {
      const HtmlLine& line = lines_[static_cast<size_t>(k)];
      if (!IsFurniture(line) && IsInPageTitle(line)) title_ = k;
      if (k >= main_first_ && sentence_[static_cast<size_t>(k)]) break;
    }
    FindTopHeading([](int32_t) { return true; });
    if (title_ < 0) return;
    // A heading may go over several lines.
    title_end_ = title_ + 1;
    while (title_end_ < static_cast<int32_t>(lines_.size()) && IsTitleLine(title_end_) &&
           lines_[static_cast<size_t>(title_end_)].element == lines_[static_cast<size_t>(title_)].element) {
      ++title_end_;
    }
  }

  // A <header> around the title is that of the statement: who speaks, and where,
  // stands in it.
  void KeepHeader() {
    if (title_ < 0) return;
    for (int32_t e = lines_[static_cast<size_t>(title_)].element; e > 0; e = elements_[static_cast<size_t>(e)].parent) {
      const auto header = static_cast<size_t>(e);
      const HtmlElement& element = elements_[header];
      if (element.kind->name != "header" || element.aside || element.furniture || element.hidden) continue;
      own_furniture_[header] = false;
      furniture_[header] = furniture_[static_cast<size_t>(element.parent)];
      for (size_t d = header + 1; d < elements_.size() && elements_[d].parent >= e; ++d) {
        furniture_[d] = furniture_[static_cast<size_t>(elements_[d].parent)] || own_furniture_[d];
      }
    }
  }

  // A heading may stand anywhere in the page's title, another line at its start.
  bool IsInPageTitle(const HtmlLine& line) const {
    const std::string_view text = Strip(line.span.Of(page_.text));
    const std::string_view title = Strip(std::string_view(page_.title).substr(0, kLongestTitle));
    const bool long_enough = line.columns * 3 >= Columns(title);
    return long_enough && text.size() >= 8 && (IsHeading(line) ? Contains(title, text) : StartsWith(title, text));
  }

  // Lists, menus, boxes of links.
  void MarkLinkLists() {
    const std::vector<Sums> sums = SumUp([](const HtmlLine&) { return true; });
    link_list_.resize(elements_.size());
    std::vector<bool> holds_main(elements_.size());
    for (int32_t e = main_; e >= 0; e = elements_[static_cast<size_t>(e)].parent)
      holds_main[static_cast<size_t>(e)] = true;
    for (size_t e = 1; e < elements_.size(); ++e) {
      const bool links = elements_[e].kind->Is(kHtmlBlock) && sums[e].lines >= kFewestLinks &&
                         sums[e].links * 10 >= sums[e].lines * 8 && sums[e].sentences == 0;
      link_list_[e] = (links && !holds_main[e]) || link_list_[static_cast<size_t>(elements_[e].parent)];
    }
  }

  bool IsHeading(const HtmlLine& line) const {
    for (int32_t e = line.element; e >= 0; e = elements_[static_cast<size_t>(e)].parent) {
      const HtmlElementKind& kind = *elements_[static_cast<size_t>(e)].kind;
      if (kind.Is(kHtmlHeading)) return true;
      if (kind.Is(kHtmlBlock)) return false;
    }
    return false;
  }

  bool IsDate(const HtmlLine& line) const {
    if (line.columns > kLongestDate) return false;
    const std::string_view text = line.span.Of(page_.text);
    const auto digits = std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (digits < 3 && !Contains(text, "〇")) return false;
    for (int32_t e = line.element; e > 0; e = elements_[static_cast<size_t>(e)].parent) {
      const HtmlElement& element = elements_[static_cast<size_t>(e)];
      if (element.end_line - element.first_line > 2) return false;
      if (element.date) return true;
    }
    return false;
  }

  // Links and nothing else, too short for a title of another page to be told
  // from a sentence.
  bool IsLinkLine(const HtmlLine& line) const {
    return IsLink(line) && line.columns <= kLongestLink &&
           EndOf(Strip(line.span.Of(page_.text))) != LineEnd::kTerminator;
  }

  bool IsHead(int32_t k) const {
    return k < main_first_ && (title_ >= 0 && title_ < main_first_ ? k > title_ : k >= main_first_ - kLongestHead);
  }

  LineRole RoleOf(int32_t k) const {
    const HtmlLine& line = lines_[static_cast<size_t>(k)];
    if (k >= title_ && k < title_end_) return LineRole::kTitle;
    const bool in_main = k >= main_first_ && k < main_end_;
    const bool near = in_main || IsHead(k);
    if (near && IsDate(line) && !InAside(line) && !link_list_[static_cast<size_t>(line.element)])
      return LineRole::kDateLine;
    if (IsFurniture(line) || link_list_[static_cast<size_t>(line.element)]) return LineRole::kFurniture;
    if (IsHeading(line)) return near ? LineRole::kHeading : LineRole::kFurniture;
    if (IsLinkLine(line)) return LineRole::kFurniture;
    const bool sentence = sentence_[static_cast<size_t>(k)];
    return near || sentence ? LineRole::kBody : LineRole::kFurniture;
  }

  // "Related releases": a heading with nothing but furniture under it.
  void MarkEmptyHeadings() {
    for (size_t k = roles_.size(); k-- > 0;) {
      if (roles_[k] != LineRole::kHeading || k + 1 == roles_.size() || roles_[k + 1] != LineRole::kFurniture) continue;
      size_t next = k + 1;
      while (next < roles_.size() && roles_[next] == LineRole::kFurniture) ++next;
      if (next == roles_.size() || roles_[next] == LineRole::kHeading) roles_[k] = LineRole::kFurniture;
    }
  }

  // A page of nothing but links: then these are the text.
  void KeepSomething() {
    if (std::count(roles_.begin(), roles_.end(), LineRole::kBody) > 0) return;
    for (size_t k = 0; k < roles_.size(); ++k) {
      if (roles_[k] == LineRole::kFurniture && !IsFurniture(lines_[k])) roles_[k] = LineRole::kBody;
    }
  }

  const HtmlLines& page_;
  const std::vector<HtmlLine>& lines_;
  const std::vector<HtmlElement>& elements_;
  std::vector<bool> sentence_;               // by line
  std::vector<bool> own_furniture_;          // by element
  std::vector<bool> furniture_, link_list_;  // the same, inherited
  int32_t main_ = 0;                         // element
  int32_t main_first_ = 0, main_end_ = 0;    // lines
  int32_t title_ = -1, title_end_ = -1;      // lines
  std::vector<LineRole> roles_;
};

}  // namespace

std::vector<LineRole> FindHtmlRoles(const HtmlLines& page) { return Roles(page).Run(); }

}  // namespace narrdiff
