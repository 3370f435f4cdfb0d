// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/find_language_cuts.h"

#include <string>

#include "gtest/gtest.h"

namespace narrdiff {
namespace {

// The passages with "#" between them.
std::string Parted(const std::string& text) {
  std::vector<int32_t> cuts;
  const std::vector<Line> lines = FindLines(text);
  if (!lines.empty()) FindLanguageCuts(text, lines[0], cuts);
  std::string out;
  size_t from = 0;
  for (const int32_t cut : cuts) {
    out += text.substr(from, static_cast<size_t>(cut) - from) + "#";
    from = static_cast<size_t>(cut);
  }
  return out + text.substr(from);
}

TEST(FindLanguageCuts, Cases) {
  const struct Case {
    const char* name;
    const char* parted;
  } kCases[] = {
      {"translation after a sentence", "We object to this. #我们对此表示反对。"},
      {"original after a translation", "我们对此表示反对。#We object to this."},
      {"no space", "We object to this.#我们对此表示反对。"},
      {"passages of several sentences", "We object. We do so again. #我们反对。我们再次反对。#That is all we say."},
      {"a question", "Will you meet them soon? #你们很快会见面吗？"},
      {"title and its translation", "Statement on the Kite / #关于风筝的声明"},
      {"a divider", "关于风筝的声明　#Statement on the Kite"},
      {"translation in quotes", "We object to this. #“我们反对。”中方表示反对。"},
      {"a name in a sentence", "我们同 Harbour Development Bank Group 保持沟通。我们愿意会谈。"},
      {"a term in an English sentence", "They call it 命运共同体 in their papers. We do not. It means little."},
      {"a term in brackets",
       "A community of fate (命运共同体，人类命运共同体的构想) was spoken of. We were not asked."},
      {"a translation in brackets", "我们坚决反对。（We object to this most firmly.）这是我们的立场。"},
      {"a quotation", "他说：“We object to this. We do so firmly.”中方对此表示反对。"},
      {"a short remark", "OK. 我们对此表示反对。这是我们的立场。"},
      {"a short remark within", "我们对此表示反对。Thank you. 这是我们的立场。"},
      {"one language", "We object to this. We do so again."},
      {"a firm", "该公司名为 Kite & Co. Ltd. 我们对此表示关切。"},
      {"an address", "详情见 https://example.org/a/b/c/d.html。我们对此表示关切。"},
      {"nothing", ""},
  };
  for (const Case& c : kCases) {
    std::string text = c.parted;
    for (size_t at = text.find('#'); at != std::string::npos; at = text.find('#')) text.erase(at, 1);
    EXPECT_EQ(Parted(text), c.parted) << c.name;
  }
}

}  // namespace
}  // namespace narrdiff
