// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Character references of a web page: &mdash; &#8212; &#x2014;
//
//   HtmlEntities entities("Tom &amp; Jane&mdash;both");
//   size_t length = 0;
//   entities.Decode("&mdash;both", &length) == "—";   // length == 7
//
// The 2,231 names are libgumbo's: all names of the page are given to it at
// once, when the page is opened.
#ifndef NARRDIFF_ENGINE_READ_HTML_ENTITIES_H_
#define NARRDIFF_ENGINE_READ_HTML_ENTITIES_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>

namespace narrdiff {

// Keeps a view of the page. Thread-safe once built.
class HtmlEntities {
 public:
  // O(n).
  explicit HtmlEntities(std::string_view html);

  // `text`, a part of the page, starts with "&". Returns what the reference
  // stands for and sets `length` to the bytes that it takes up; an empty string
  // where the "&" stands for itself.
  std::string Decode(std::string_view text, size_t* length) const;
  // A whole text, as an attribute's value.
  std::string DecodeAll(std::string_view text) const;

 private:
  struct Meaning {
    std::string text;
    size_t length;
  };
  std::unordered_map<std::string_view, Meaning> names_;
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_READ_HTML_ENTITIES_H_
