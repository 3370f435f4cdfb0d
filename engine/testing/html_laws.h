// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The laws of what becomes of a web page, checked on any input.
//
//   EXPECT_EQ(BrokenHtmlLaw(html, ReadHtml(html, words)), "");
#ifndef NARRDIFF_ENGINE_TESTING_HTML_LAWS_H_
#define NARRDIFF_ENGINE_TESTING_HTML_LAWS_H_

#include <string>
#include <string_view>

#include "engine/read/read_html.h"

namespace narrdiff {

// The first law that `page` breaks, in words, or an empty string: text and
// facts are valid UTF-8; runs are ordered, disjoint, whole lines, and cover all
// that is not white space; offsets stay within the source, and ascend where it has
// no table, out of which text may be moved; each character is the one in the
// source that it leads to, a collapsed space, what a reference stands for, or
// stands between lines and cells or for a tag that was flattened.
std::string BrokenHtmlLaw(std::string_view html, const HtmlText& page);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_TESTING_HTML_LAWS_H_
