// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/html_bounds.h"

#include <algorithm>

#include "engine/read/ascii_text.h"

namespace narrdiff {
namespace {

constexpr int kDeepest = 250;
// Hundreds of <font ...> that never end leave room for the blocks after them.
constexpr int kDeepestInline = 128;
constexpr int kMostAttributes = 200;
constexpr int kMostPageTags = 16;           // <html>, <head>, <body>
constexpr int64_t kMostPieces = 1'000'000;  // tags and comments; each takes some hundred bytes of memory
constexpr size_t kNone = std::string_view::npos;

bool EndsName(char32_t c) { return IsHtmlSpace(c) || c == '/' || c == '>'; }

// A label or a span: the end tag of whatever is around ends it too.
bool IsPlain(const HtmlElementKind& kind) {
  const bool barrier = kind.Is(kHtmlBlock | kHtmlScope | kHtmlIsland | kHtmlFormatting);
  return !barrier && (!kind.Is(kHtmlDropped) || kind.sibling_group != 0);
}

}  // namespace

HtmlBounds::HtmlBounds(std::string_view html) : html_(html) {
  for (size_t i = html.find('<'); i < html.size(); i = html.find('<', i)) {
    const char32_t next = ByteAt(html, i + 1);
    if (IsLetter(next)) {
      i = Start(i);
    } else if (next == '/' && IsLetter(ByteAt(html, i + 2))) {
      i = End(i);
    } else {
      i = next == '!' || next == '?' || next == '/' ? Declaration(i) : i + 1;
    }
  }
}

void HtmlBounds::Blank(size_t begin, size_t end) {
  if (copy_.empty()) copy_ = html_;
  std::fill(copy_.begin() + static_cast<std::ptrdiff_t>(begin), copy_.begin() + static_cast<std::ptrdiff_t>(end), ' ');
}

// The tag at `begin`, whose name is at `name`; takes out attributes beyond the
// limit.
HtmlBounds::Tag HtmlBounds::ReadTag(size_t begin, size_t name) {
  const auto skip = [this](size_t i, bool slashes) {
    while (i < html_.size() && (IsHtmlSpace(ByteAt(html_, i)) || (slashes && html_[i] == '/'))) ++i;
    return i;
  };
  size_t i = name;
  while (i < html_.size() && !EndsName(ByteAt(html_, i))) ++i;
  Tag tag = {html_.size(), html_.substr(name, i - name), nullptr};
  tag.kind = &FindHtmlElement(ToLower(tag.name));
  size_t cut = kNone;
  for (int count = 0;; ++count) {
    i = skip(i, true);
    if (i >= html_.size() || html_[i] == '>') break;
    if (count == kMostAttributes) cut = i;
    do ++i;
    while (i < html_.size() && !EndsName(ByteAt(html_, i)) && html_[i] != '=');
    const size_t equals = skip(i, false);
    if (ByteAt(html_, equals) != '=') continue;
    i = skip(equals + 1, false);
    if (ByteAt(html_, i) == '"' || ByteAt(html_, i) == '\'') {
      i = std::min(html_.find(html_[i], i + 1), html_.size() - 1) + 1;
    } else {
      while (i < html_.size() && !IsHtmlSpace(ByteAt(html_, i)) && html_[i] != '>') ++i;
    }
  }
  tag.end = std::min(i + 1, html_.size());
  const bool too_many = ++pieces_ > kMostPieces;
  if (too_many || cut != kNone) {
    Blank(too_many ? begin : cut, too_many ? tag.end : i);
    ++flattened_tags_;
  }
  return tag;
}

// Content that is no mark-up ends at the end tag of its name.
size_t HtmlBounds::EndOfRaw(const Tag& tag) const {
  if (tag.kind->name == "plaintext") return html_.size();
  for (size_t i = html_.find("</", tag.end); i != kNone; i = html_.find("</", i + 2)) {
    const std::string_view name = html_.substr(i + 2, tag.kind->name.size());
    if (ToLower(name) == tag.kind->name && EndsName(ByteAt(html_, i + 2 + name.size()))) return i;
  }
  return html_.size();
}

// The byte after the comment or other declaration at `begin`.
size_t HtmlBounds::Declaration(size_t begin) {
  size_t end = html_.find('>', begin + 2);
  if (StartsWith(html_.substr(begin), "<!--")) {
    while (end != kNone && !EndsWith(html_.substr(begin + 2, end - begin - 2), "--") &&
           !EndsWith(html_.substr(begin + 2, end - begin - 2), "--!")) {
      end = html_.find('>', end + 1);
    }
  }
  end = end == kNone ? html_.size() : end + 1;
  if (++pieces_ > kMostPieces) Blank(begin, end);
  return end;
}

bool HtmlBounds::IsRaw(const HtmlElementKind& kind) const { return kind.Is(kHtmlRaw) && island_count_ == 0; }

bool HtmlBounds::IsCounted(const HtmlElementKind& kind) const {
  return island_count_ > 0 || !kind.Is(kHtmlVoid | kHtmlPage | kHtmlLoose | kHtmlRaw);
}

void HtmlBounds::Count(const Open& open, int by) {
  if (open.blank) return;
  open_count_ += by;
  if (!open.kind->Is(kHtmlBlock)) inline_count_ += by;
  if (open.kind->Is(kHtmlIsland)) island_count_ += by;
}

void HtmlBounds::Remove(size_t index) {
  Count(open_[index], -1);
  open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(index));
}

// <li> ends the item before it, <a> the link.
void HtmlBounds::CloseSibling(const HtmlElementKind& kind) {
  const bool inner = kind.sibling_group == kHtmlRuby || kind.sibling_group == kHtmlOptions;
  for (size_t k = open_.size(), steps = 0; k-- > 0 && steps < kDeepest; ++steps) {
    const HtmlElementKind& other = *open_[k].kind;
    if (other.sibling_group == kind.sibling_group) {
      const std::string_view parent = k > 0 ? open_[k - 1].kind->name : std::string_view();
      if (!inner || (steps == 0 && (parent == "ruby" || parent == "select"))) Remove(k);
      return;
    }
    // A link ends in whatever block the next one starts.
    if (other.Is(kHtmlScope | kHtmlIsland) || (other.Is(kHtmlBlock) && kind.sibling_group != kHtmlLinks)) return;
  }
}

size_t HtmlBounds::Start(size_t begin) {
  const Tag tag = ReadTag(begin, begin + 1);
  const HtmlElementKind& kind = *tag.kind;
  if (pieces_ > kMostPieces) return tag.end;
  if (IsRaw(kind)) return EndOfRaw(tag);
  // The parser adds their attributes to those of the first.
  if (kind.Is(kHtmlPage) && ++page_count_ > kMostPageTags) Blank(begin, tag.end);
  if (!IsCounted(kind)) return tag.end;
  if (kind.sibling_group != 0) CloseSibling(kind);
  const bool full = open_count_ >= kDeepest || (!kind.Is(kHtmlBlock) && inline_count_ >= kDeepestInline);
  if (full) {
    Blank(begin, tag.end);
    if (island_count_ == 0) ++flattened_tags_;  // the shapes of a drawing are not read
  }
  open_.push_back({tag.kind, tag.name, full});
  Count(open_.back(), 1);
  return tag.end;
}

size_t HtmlBounds::End(size_t begin) {
  const Tag tag = ReadTag(begin, begin + 2);
  const HtmlElementKind& kind = *tag.kind;
  if (pieces_ > kMostPieces || !IsCounted(kind)) return tag.end;
  // </form> ends nothing but the form; <dialog> is newer than the parser.
  const bool form = kind.name == "form";
  const bool ends_blocks = kind.Is(kHtmlContainer | kHtmlList) && !form && kind.name != "dialog";
  const std::string name = ToLower(tag.name);
  for (size_t k = open_.size(), steps = 0; k-- > 0 && steps < kDeepest; ++steps) {
    const Open& open = open_[k];
    if (open.kind == tag.kind && open.name.size() == name.size() && ToLower(open.name) == name) {
      if (open.blank) {
        Blank(begin, tag.end);
        Remove(k);
        return tag.end;
      }
      for (size_t i = open_.size(); i-- > k;) {
        // Formatting goes on after the block that it began in.
        if (i == k || (!form && !open_[i].kind->Is(kHtmlFormatting))) Remove(i);
      }
      return tag.end;
    }
    const bool passes = IsPlain(*open.kind) || open.kind->Is(kHtmlFormatting) ||
                        (ends_blocks && !open.kind->Is(kHtmlScope | kHtmlIsland | kHtmlDropped));
    if (!open.blank && !passes) break;
  }
  // It may belong to a tag that was taken out.
  if (open_.size() > static_cast<size_t>(open_count_)) Blank(begin, tag.end);
  return tag.end;
}

}  // namespace narrdiff
