// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Takes out of a page what would make libgumbo slow: its work grows with the
// depth of the tree, the attributes of a tag, and the tags of the page.
//
//   HtmlBounds bounds(html);
//   gumbo_parse_with_options(&options, bounds.html().data(), bounds.html().size());
//
// This is a bound, not a parser: it counts tags, and what it gets wrong costs
// time or some structure, never text. A normal page stays as it is.
#ifndef NARRDIFF_ENGINE_READ_HTML_BOUNDS_H_
#define NARRDIFF_ENGINE_READ_HTML_BOUNDS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/read/html_elements.h"

namespace narrdiff {

class HtmlBounds {
 public:
  // O(n). `html` must outlive this.
  explicit HtmlBounds(std::string_view html);
  HtmlBounds(const HtmlBounds&) = delete;
  HtmlBounds& operator=(const HtmlBounds&) = delete;

  // The page, of the same length; what is too much is overwritten with spaces.
  std::string_view html() const { return copy_.empty() ? html_ : copy_; }
  // Start tags, pieces of mark-up and rests of tags that were overwritten.
  int64_t flattened_tags() const { return flattened_tags_; }

 private:
  struct Open {
    const HtmlElementKind* kind;
    std::string_view name;
    bool blank;
  };
  struct Tag {
    size_t end;  // byte after it
    std::string_view name;
    const HtmlElementKind* kind;
  };
  void Blank(size_t begin, size_t end);
  Tag ReadTag(size_t begin, size_t name);
  size_t EndOfRaw(const Tag& tag) const;
  size_t Declaration(size_t begin);
  size_t Start(size_t begin);
  size_t End(size_t begin);
  void CloseSibling(const HtmlElementKind& kind);
  bool IsRaw(const HtmlElementKind& kind) const;
  bool IsCounted(const HtmlElementKind& kind) const;
  void Count(const Open& open, int by);
  void Remove(size_t index);

  std::string_view html_;
  std::string copy_;
  std::vector<Open> open_;                 // may be open: the standard's rules are not all known here
  int open_count_ = 0, inline_count_ = 0;  // of these, not blank
  int island_count_ = 0;                   // of these, elements with other rules inside
  int page_count_ = 0;
  int64_t pieces_ = 0;
  int64_t flattened_tags_ = 0;
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_READ_HTML_BOUNDS_H_
