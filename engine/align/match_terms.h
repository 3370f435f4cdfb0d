// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Which terms of one statement match which terms of the other, within a language and across two. Each side's sentences
// are turned once into sequences of small integers (term types) with weights; the string work (dictionary, pinyin,
// cognates) is done once per pair of types, through inverted indexes, so that comparing sentences is integer work.
//
//   TermMatcher matcher({dictionary});
//   TermTables tables = matcher.Index({{left_text, Language::kEnglish, left_spans, {}}, {right_text,
//   Language::kChinese, right_spans, {}}}); std::vector<float> s = SimilarityMatrix(tables);    // s[i * right_count +
//   j] in [0, 1]
//
// A term is a word by its stem, a Chinese word found by forward maximum match over the dictionaries' headwords, an
// evaluated number (20亿 and "two billion" are one term) or a class of punctuation. Two types match with a value v in
// [0, 1]:
//   equal stems, numbers, punctuation                        1
//   a dictionary gloss of one word / two / more              1 / 0.7 / 0.15    (of a part of the word: x 0.6)
//   pinyin equal to a mostly capitalised word                0.9               (陈 Chen, 清扬 Qingyang)
//   cognates, 4-grams in common with Dice d >= 0.27          0.7 d^0.6         (languages without a dictionary)
//   Chinese words that share characters, Dice d >= 0.5       0.8 d             (Chinese on both sides)
#ifndef NARRDIFF_ENGINE_ALIGN_MATCH_TERMS_H_
#define NARRDIFF_ENGINE_ALIGN_MATCH_TERMS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "engine/base/language.h"
#include "engine/base/sides.h"
#include "engine/base/span.h"
#include "engine/base/tokenize.h"
#include "engine/lexicon/dictionary.h"

namespace narrdiff {

// The sentences of one side. Views: the text, spans and tokens must outlive the call.
struct SentenceTexts {
  std::string_view text;
  Language language = Language::kUnknown;
  // Sentences as byte ranges of `text`, in order.
  absl::Span<const Span> spans;
  // Tokenize's result for each span, where the caller has it already; otherwise empty, and the sentences are tokenised
  // here.
  absl::Span<const std::vector<Token>> tokens;
};

enum class TermKind : uint8_t { kWord, kHan, kNumber, kPunctuation };

struct TermType {
  std::string key;   // stem; simplified word; "#2000000000"; ".?"
  std::string form;  // of the first occurrence, folded; cognates and pinyin are compared on it
  TermKind kind = TermKind::kWord;
  int32_t count = 0;      // occurrences
  int32_t capitals = 0;   // of them with a capital
  int32_t sentences = 0;  // that have it
  float weight = 0;       // of one occurrence
};

// One side: sentence s has the terms terms[begin[s]] .. terms[begin[s + 1] - 1], indices into `types`, in order of the
// text.
struct TermTable {
  std::vector<TermType> types;
  std::vector<int32_t> terms;
  std::vector<Span> spans;  // of each term, in bytes of the text; terms made of one quantity share its span
  std::vector<int32_t> begin;

  int32_t sentence_count() const { return static_cast<int32_t>(begin.size()) - 1; }
  absl::Span<const int32_t> sentence(int32_t s) const {
    return {terms.data() + begin[static_cast<size_t>(s)],
            static_cast<size_t>(begin[static_cast<size_t>(s) + 1] - begin[static_cast<size_t>(s)])};
  }
};

struct TermMatch {
  int32_t type = 0;  // of the other side
  float value = 0;   // (0, 1]
};

// For each type of one side its matches on the other, ascending by type.
class MatchLists {
 public:
  absl::Span<const TermMatch> of(int32_t type) const {
    return {matches_.data() + begin_[static_cast<size_t>(type)],
            static_cast<size_t>(begin_[static_cast<size_t>(type) + 1] - begin_[static_cast<size_t>(type)])};
  }
  int32_t size() const { return static_cast<int32_t>(begin_.size()) - 1; }

 private:
  friend struct TermTables;
  std::vector<int32_t> begin_ = {0};
  std::vector<TermMatch> matches_;
};

struct TypePair {
  int32_t left = 0, right = 0;
  float value = 0;
};

struct TermTables {
  Sides<TermTable> tables;
  Sides<MatchLists> matches;  // matches.left: from types of the left side

  // Sets the matches; of several values for one pair the greatest counts. O(p log p) for p pairs.
  void SetMatches(std::vector<TypePair> pairs);
  // All matches as pairs, by left type, then right.
  std::vector<TypePair> Pairs() const;
  TermTables Swapped() const { return {tables.Swapped(), matches.Swapped()}; }
};

// Immutable; thread-safe.
class TermMatcher {
 public:
  // `dictionaries` are all looked in; empty is allowed, and Chinese text is then cut into single characters where no
  // name is found. Null pointers are skipped.
  explicit TermMatcher(std::vector<std::shared_ptr<const Dictionary>> dictionaries);

  // Terms, weights and matches of both sides. A weight is max(.02, ln((n + 1) / (df + .5))) over this statement's n
  // sentences, x 0.6 for punctuation, x 1.3 for numbers. O(text + types x matches); a 40 by 40 pair takes about a
  // millisecond.
  TermTables Index(const Sides<SentenceTexts>& sides) const;

  bool has_dictionary() const { return !dictionaries_.empty(); }

 private:
  std::vector<std::shared_ptr<const Dictionary>> dictionaries_;
};

// For every left and right sentence the Dice coefficient of best matches: each term counts with its weight times its
// best match in the other sentence. Row-major, left sentences are rows; empty sentences give 0. O(terms x matching
// sentences).
std::vector<float> SimilarityMatrix(const TermTables& tables);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_ALIGN_MATCH_TERMS_H_
