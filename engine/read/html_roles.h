// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Tells the statement from the page around it: title, headings, date line,
// body, furniture.
//
//   std::vector<LineRole> roles = FindHtmlRoles(page);   // one a line
//
// The main content is the element that the page calls so, or else the lowest
// one that holds nearly all of its sentences (the idea of Arc90's Readability).
// Doubt keeps a line in the body: rung 1 looks at the body's lines once more,
// and at furniture nobody does.
#ifndef NARRDIFF_ENGINE_READ_HTML_ROLES_H_
#define NARRDIFF_ENGINE_READ_HTML_ROLES_H_

#include <vector>

#include "engine/read/find_lines.h"
#include "engine/read/html_lines.h"

namespace narrdiff {

// The role of each line of `page`. O(n). Thread-safe.
std::vector<LineRole> FindHtmlRoles(const HtmlLines& page);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_READ_HTML_ROLES_H_
