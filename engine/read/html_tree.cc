// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/html_tree.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <vector>

#include "engine/read/ascii_text.h"
#include "engine/read/html_bounds.h"

namespace narrdiff {
namespace {

// The parser's memory, given back all at once: gumbo_destroy_output() calls
// itself for each level of the tree.
class Arena {
 public:
  void* Allocate(size_t size) {
    size = (size + kAlign - 1) / kAlign * kAlign;
    if (size > kBlock / 4) {
      large_.push_back(std::unique_ptr<Unit[]>(new Unit[size / kAlign]));
      return large_.back().get();
    }
    if (blocks_.empty() || used_ + size > kBlock) {
      blocks_.push_back(std::unique_ptr<Unit[]>(new Unit[kBlock / kAlign]));
      used_ = 0;
    }
    last_ = used_;
    used_ += size;
    return blocks_.back().get() + last_ / kAlign;
  }
  // Takes back what was given last; most of what the parser frees it has just
  // asked for.
  void Free(const void* pointer) {
    if (!blocks_.empty() && pointer == blocks_.back().get() + last_ / kAlign) used_ = last_;
    if (!large_.empty() && pointer == large_.back().get()) large_.pop_back();
  }

 private:
  static constexpr size_t kAlign = alignof(std::max_align_t);
  static constexpr size_t kBlock = 64 << 10;
  struct alignas(std::max_align_t) Unit {
    unsigned char bytes[kAlign];
  };
  std::vector<std::unique_ptr<Unit[]>> blocks_, large_;
  size_t used_ = 0, last_ = 0;
};

bool IsElement(const GumboNode& node) {
  return node.type == GUMBO_NODE_ELEMENT || node.type == GUMBO_NODE_TEMPLATE || node.type == GUMBO_NODE_DOCUMENT;
}

const GumboVector& ChildrenOf(const GumboNode& node) {
  return node.type == GUMBO_NODE_DOCUMENT ? node.v.document.children : node.v.element.children;
}

std::string NameOf(const GumboElement& element) {
  if (element.tag != GUMBO_TAG_UNKNOWN) return gumbo_normalized_tagname(element.tag);
  GumboStringPiece name = element.original_tag;
  gumbo_tag_from_original_text(&name);
  return name.data == nullptr ? std::string() : ToLower({name.data, name.length});
}

class Walk {
 public:
  Walk(std::string_view html, HtmlVisitor& visitor) : html_(html), visitor_(visitor) {}

  void Run(const GumboNode& document) {
    open_.push_back({&document, 0});
    while (!open_.empty()) {
      Place& place = open_.back();
      const GumboVector& children = ChildrenOf(*place.node);
      if (place.next == children.length) {
        open_.pop_back();
        if (!open_.empty()) visitor_.End();
        continue;
      }
      const auto& child = *static_cast<const GumboNode*>(children.data[place.next++]);
      if (IsElement(child)) {
        // Nobody wrote the text that <isindex> gives.
        if ((child.parse_flags & GUMBO_INSERTION_FROM_ISINDEX) != 0) continue;
        const std::string name = NameOf(child.v.element);
        if (visitor_.Start(HtmlTag(child, name))) open_.push_back({&child, 0});
      } else if (child.type != GUMBO_NODE_COMMENT) {
        PutText(child.v.text, *place.node);
      }
    }
  }

 private:
  struct Place {
    const GumboNode* node;
    unsigned next;  // child
  };

  void PutText(const GumboText& text, const GumboNode& parent) {
    const GumboTag tag = parent.type == GUMBO_NODE_ELEMENT ? parent.v.element.tag : GUMBO_TAG_UNKNOWN;
    const bool raw = tag == GUMBO_TAG_XMP || tag == GUMBO_TAG_PLAINTEXT;
    // Of text that the parser made up, the pieces may lie elsewhere.
    const char* const begin = text.original_text.data;
    const bool inside = begin >= html_.data() && begin <= html_.data() + html_.size();
    const size_t at = inside ? static_cast<size_t>(begin - html_.data()) : 0;
    const size_t length = inside ? std::min(text.original_text.length, html_.size() - at) : 0;
    HtmlTextSteps steps(text.text, html_, at, at + length, raw);
    visitor_.Text(steps);
  }

  std::string_view html_;
  HtmlVisitor& visitor_;
  std::vector<Place> open_;
};

}  // namespace

bool HtmlTag::IsInSource() const {
  constexpr unsigned kMadeUp = GUMBO_INSERTION_RECONSTRUCTED_FORMATTING_ELEMENT |
                               GUMBO_INSERTION_ADOPTION_AGENCY_CLONED | GUMBO_INSERTION_BY_PARSER;
  return (node_.parse_flags & kMadeUp) == 0 && node_.v.element.original_tag.length > 0;
}

std::string_view HtmlTag::Attribute(const char* name) const {
  const GumboAttribute* const attribute = gumbo_get_attribute(&node_.v.element.attributes, name);
  return attribute == nullptr ? std::string_view() : std::string_view(attribute->value);
}

std::string HtmlTag::Text() const {
  std::string out;
  const GumboVector& children = ChildrenOf(node_);
  for (unsigned i = 0; i < children.length; ++i) {
    const auto& child = *static_cast<const GumboNode*>(children.data[i]);
    if (!IsElement(child) && child.type != GUMBO_NODE_COMMENT) out += child.v.text.text;
  }
  return out;
}

int64_t WalkHtml(std::string_view html, HtmlVisitor& visitor) {
  const HtmlBounds bounds(html);
  Arena arena;
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  options.userdata = &arena;
  options.allocator = [](void* memory, size_t size) { return static_cast<Arena*>(memory)->Allocate(size); };
  options.deallocator = [](void* memory, void* pointer) { static_cast<Arena*>(memory)->Free(pointer); };
  // Freed with the arena.
  const GumboOutput* const output = gumbo_parse_with_options(&options, bounds.html().data(), bounds.html().size());
  if (output != nullptr && output->document != nullptr) Walk(bounds.html(), visitor).Run(*output->document);
  return bounds.flattened_tags();
}

}  // namespace narrdiff
