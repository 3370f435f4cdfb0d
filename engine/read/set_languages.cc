// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/set_languages.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/read/guess_language.h"

namespace narrdiff {
namespace {

// So much of a block tells its language; less where as much as kLongText has
// been looked at, for then the document tells that of blocks in doubt.
constexpr size_t kLanguageBytes = 1024;
constexpr int32_t kLongText = 512 << 10;
constexpr size_t kSampleBytes = 40;
// A text is in two languages when each has so many blocks and so much of the
// letters (a Han character counts as three).
constexpr int kBilingualBlocks = 2;
constexpr int64_t kBilingualPercent = 20;

bool IsEnglish(Language language) { return language == Language::kEnglish; }

void AddIssue(IssueSeverity severity, const char* code, std::string message, Document& doc) {
  doc.issues.push_back({severity, code, std::nullopt, Span(), std::move(message)});
}

// The language of each block, detected; that of the document where a block says
// too little.
void DetectLanguages(const ReadWords& words, Document& doc) {
  std::vector<LetterCounts> counts;
  counts.reserve(doc.blocks.size());
  LetterCounts total, body;
  std::string sample;  // of the body
  for (const Block& block : doc.blocks) {
    const size_t most = block.span.begin < kLongText ? kLanguageBytes : kSampleBytes;
    const std::string_view text = block.span.Of(doc.text).substr(0, most);
    counts.push_back(LetterCounts::Of(text, words));
    total.Add(counts.back());
    if (block.kind == BlockKind::kFurniture) continue;
    body.Add(counts.back());
    if (sample.size() < kLanguageBytes) sample.append(text).append("\n");
  }
  const bool has_body = body.latin + body.han + body.other + body.kana > 0;
  GuessedLanguage guess = GuessLanguage(has_body ? sample : doc.text, has_body ? body : total, total);
  doc.language = guess.language;
  doc.language_tag = guess.tag;
  for (size_t b = 0; b < doc.blocks.size(); ++b) {
    Block& block = doc.blocks[b];
    guess = GuessLanguage(block.span.Of(doc.text), counts[b], total);
    const bool known = guess.language != Language::kUnknown;
    block.language = known ? guess.language : doc.language;
    block.language_tag = known ? guess.tag : doc.language_tag;
  }
}

bool IsBody(const Block& block) { return block.kind == BlockKind::kParagraph || block.kind == BlockKind::kTurn; }

// English and Chinese blocks both hold a good part of the statement.
bool IsBilingual(const Document& doc) {
  int english = 0, chinese = 0;
  int64_t english_bytes = 0, chinese_bytes = 0;
  for (const Block& block : doc.blocks) {
    if (!IsBody(block)) continue;
    if (IsEnglish(block.language)) {
      ++english;
      english_bytes += block.span.length();
    } else if (IsChinese(block.language)) {
      ++chinese;
      chinese_bytes += block.span.length();
    }
  }
  const int64_t least = (english_bytes + chinese_bytes) * kBilingualPercent / 100;
  return english >= kBilingualBlocks && chinese >= kBilingualBlocks && english_bytes >= least && chinese_bytes >= least;
}

// The blocks of the other language are set aside.
void Choose(Language forced, Document& doc) {
  for (Block& block : doc.blocks) {
    const bool other = IsChinese(forced) ? IsEnglish(block.language) : IsChinese(block.language);
    if (other && IsBody(block)) block.kind = BlockKind::kFurniture;
  }
}

}  // namespace

void SetLanguages(const ReadWords& words, Language forced, Document& doc) {
  DetectLanguages(words, doc);
  const bool bilingual = IsBilingual(doc);
  if (forced != Language::kUnknown) {
    doc.language = forced;
    doc.language_tag = LanguageTag(forced);
    if (bilingual && (IsEnglish(forced) || IsChinese(forced))) return Choose(forced, doc);
    for (Block& block : doc.blocks) {
      block.language = forced;
      block.language_tag = doc.language_tag;
    }
    return;
  }
  if (bilingual) {
    AddIssue(
        IssueSeverity::kNote, "bilingual",
        "the text is in English and in Chinese, and all of it is read; to read one of them, name it with --left-lang "
        "or --right-lang",
        doc);
  }
  if (doc.language == Language::kUnknown && !doc.blocks.empty()) {
    AddIssue(IssueSeverity::kNote, "language-unknown",
             "the language could not be told from so few words; name it with --left-lang or --right-lang", doc);
  } else if (doc.language == Language::kOther) {
    AddIssue(IssueSeverity::kWarning, "language-other",
             absl::StrCat("the text is neither English nor Chinese",
                          doc.language_tag == "mul" ? "" : absl::StrCat(", but ", std::string(doc.language_tag)),
                          "; words are compared as they stand"),
             doc);
  }
}

}  // namespace narrdiff
