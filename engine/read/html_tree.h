// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Walks through the tree that libgumbo makes of a web page, in its order.
//
//   class Printer : public HtmlVisitor { ... };
//   Printer printer;
//   WalkHtml("<p>a<b>c", printer);   // Start html, head; End; Start body, p; Text a; Start b; Text c; End ...
//
// The parser does all that the HTML standard says: tags that are left out,
// misnested or never closed, character references, the content of scripts.
#ifndef NARRDIFF_ENGINE_READ_HTML_TREE_H_
#define NARRDIFF_ENGINE_READ_HTML_TREE_H_

#include <gumbo.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/read/html_text.h"

namespace narrdiff {

// A view of an element of the tree.
class HtmlTag {
 public:
  HtmlTag(const GumboNode& node, std::string_view name) : node_(node), name_(name) {}

  std::string_view name() const { return name_; }  // in lower case
  // Its start tag stands in the source at this place; the parser adds elements
  // such as <tbody>, and goes on with <b> and <a> after the end of a block.
  bool IsInSource() const;
  // Decoded; names in lower case. Calls `use` with (name, value).
  template <typename Use>
  void ForEachAttribute(const Use& use) const {
    const GumboVector& attributes = node_.v.element.attributes;
    for (unsigned i = 0; i < attributes.length; ++i) {
      const auto& attribute = *static_cast<const GumboAttribute*>(attributes.data[i]);
      use(std::string_view(attribute.name), std::string_view(attribute.value));
    }
  }
  // Empty when there is none.
  std::string_view Attribute(const char* name) const;
  // The text in it, outside of elements in it.
  std::string Text() const;

 private:
  const GumboNode& node_;
  std::string_view name_;
};

class HtmlVisitor {
 public:
  virtual ~HtmlVisitor() = default;
  // Returns whether to go into the element; only then an End() follows.
  virtual bool Start(const HtmlTag& tag) = 0;
  virtual void End() = 0;
  virtual void Text(HtmlTextSteps& text) = 0;
};

// Returns how many tags were ignored (see html_bounds.h). O(n) for what pages
// hold; the worst input takes some seconds for 10 MB. Walks without recursion.
int64_t WalkHtml(std::string_view html, HtmlVisitor& visitor);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_READ_HTML_TREE_H_
