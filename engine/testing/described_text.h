// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Described sentences for tests of the later rungs, one a line of a text.
//
//   DescribedText left("We did not do it.\nThey did.", "US", "China");
//   left.sentence(1).Speaks(Role::kOther)
#ifndef NARRDIFF_ENGINE_TESTING_DESCRIBED_TEXT_H_
#define NARRDIFF_ENGINE_TESTING_DESCRIBED_TEXT_H_

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/describe/describe_statement.h"
#include "engine/lexicon/builtin_lexicon.h"

namespace narrdiff {

class DescribedText {
 public:
  DescribedText(std::string text, std::string_view party, std::string_view other) : text_(std::move(text)) {
    std::vector<SentenceInput> inputs;
    for (size_t begin = 0; begin < text_.size();) {
      const size_t end = std::min(text_.find('\n', begin), text_.size());
      SentenceInput input;
      input.text = text_;
      input.span = {static_cast<int32_t>(begin), static_cast<int32_t>(end)};
      const bool chinese = input.span.Of(text_).find("\xE4") != std::string_view::npos ||
                           input.span.Of(text_).find("\xE5") != std::string_view::npos ||
                           input.span.Of(text_).find("\xE7") != std::string_view::npos;
      input.language = chinese ? Language::kChinese : Language::kEnglish;
      inputs.push_back(input);
      begin = end + 1;
    }
    statement_ = DescribeStatement(inputs, party, other, *BuiltinLexicon());
  }
  DescribedText(const DescribedText&) = delete;  // spans point into text_
  DescribedText& operator=(const DescribedText&) = delete;

  const DescribedStatement& statement() const { return statement_; }
  const DescribedSentence& sentence(size_t i) const { return statement_.sentences[i]; }
  const std::string& text() const { return text_; }

 private:
  const std::string text_;
  DescribedStatement statement_;
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_TESTING_DESCRIBED_TEXT_H_
