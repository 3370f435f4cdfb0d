// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The words of a bead: the sentences of one version and those that stand for them in the other, with what each word
// weighs and how well it is found again on the other side. The comparers of this folder look at these and at nothing
// else.
//
//   WordLinker linker({&left, &right}, tables, dictionaries, words, lexicon, {});
//   BeadWords bead = linker.Read({{4, 5}, {4, 5}});
//   bead.sides.left.words[7].match == 0     // "staff" stands nowhere in 应向所外检查人员开放日志和样本
#ifndef NARRDIFF_ENGINE_VERSIONS_BEAD_WORDS_H_
#define NARRDIFF_ENGINE_VERSIONS_BEAD_WORDS_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "engine/align/align_beads.h"
#include "engine/align/match_terms.h"
#include "engine/base/sides.h"
#include "engine/base/span.h"
#include "engine/describe/describe_statement.h"
#include "engine/lexicon/dictionary.h"
#include "engine/lexicon/lexicon.h"
#include "engine/versions/name_sound.h"
#include "engine/versions/translation_characters.h"
#include "engine/versions/version_words.h"

namespace narrdiff {

// How like two words in their sentences are, in [0, 1], by other evidence than dictionaries, such as the cosine of
// token vectors. A sentence is an index into its statement, a span is in bytes of its text. Empty: there is no such
// evidence.
using WordLikeness = std::function<double(int32_t left_sentence, Span left, int32_t right_sentence, Span right)>;

// A term where it stands.
struct BeadWord {
  Span span;
  int32_t first = 0, last = 0;  // tokens of its side
  int32_t type = 0;             // into TermTable::types of its side
  TermKind kind = TermKind::kWord;
  float weight = 0;      // what it tells: 1 for a word of one sentence, 0 for punctuation and function words
  float match = 0;       // how well it is found on the other side, in [0, 1]
  float translated = 0;  // the same without words that only lie on one scale with it
  int32_t partner = -1;  // the word of the other side that it is most like, -1 for none
  bool listed = false;   // a dictionary knows it: an English word of its glosses, a Chinese headword of two or more
  bool named = false;    // part of a name of the lexicon that has forms in both languages
  bool says = false;     // a verb of saying
  bool proper = false;  // a dictionary gives its own sound for it, as for names: 成都 is "Chengdu", 霍巴特 "Hobart"
};

struct BeadSide {
  std::string_view text;  // the whole statement's
  Language language = Language::kUnknown;
  int32_t first_sentence = 0;
  std::vector<Token> tokens;
  std::vector<int32_t> sentence_of;   // of each token, an index into the statement
  std::vector<bool> spells_names;     // of each token, whether it is a character of foreign names
  std::vector<Quantity> quantities;   // with tokens of this side
  std::vector<LexiconMatch> entries;  // with tokens of this side
  std::vector<VersionWordMention> mentions;
  std::vector<BeadWord> words;

  std::string_view Of(Span span) const { return span.Of(text); }
  Span SpanOf(int32_t first, int32_t last) const {
    return {tokens[static_cast<size_t>(first)].span.begin, tokens[static_cast<size_t>(last - 1)].span.end};
  }
  int32_t SentenceAt(int32_t token) const { return sentence_of[static_cast<size_t>(token)]; }
  // Greatest `translated` of the words that overlap tokens [first, last).
  float TranslatedAt(int32_t first, int32_t last) const;
};

struct BeadWords {
  Sides<BeadSide> sides;
  Sides<IndexRange> sentences;
  // The statements were exchanged before the work: what is left here is the caller's right. Only reasons ask for it.
  bool swapped = false;

  // The name of a side for the reader.
  const char* NameOf(Side side) const { return SideName(swapped ? Other(side) : side); }
};

// Immutable; thread-safe.
class WordLinker {
 public:
  // All arguments must outlive the linker. `tables` are those of both statements, sentence for sentence.
  WordLinker(const Sides<const DescribedStatement*>& statements, const TermTables& tables,
             const std::vector<std::shared_ptr<const Dictionary>>& dictionaries, const VersionWords& words,
             const Lexicon& lexicon, WordLikeness likeness);

  // Neither side of the bead may be empty. O(words of left x words of right).
  BeadWords Read(const Sides<IndexRange>& bead) const;

  const Lexicon& lexicon() const { return lexicon_; }

 private:
  void FillSide(Side side, const IndexRange& range, BeadSide& out) const;
  void LinkTerms(BeadWords& bead) const;
  void LinkEntries(BeadWords& bead) const;
  void LinkQuantities(BeadWords& bead) const;
  void LinkMentions(BeadWords& bead) const;
  void LinkCharacters(BeadWords& bead) const;
  void LinkAlike(BeadWords& bead) const;
  void LinkNames(BeadWords& bead) const;
  float WeightOf(const BeadSide& side, const BeadWord& word, const TermType& type) const;
  bool IsLexiconName(const BeadSide& side, const BeadWord& word) const;
  void LookUp(const BeadSide& side, const TermType& type, BeadWord& word) const;

  Sides<const DescribedStatement*> statements_;
  const TermTables& tables_;
  const std::vector<std::shared_ptr<const Dictionary>>& dictionaries_;
  const VersionWords& words_;
  const Lexicon& lexicon_;
  WordLikeness likeness_;
  std::unordered_set<std::string> function_words_;
  TranslationCharacters characters_;
};

// A run of Chinese characters, by tokens of its side.
struct HanRun {
  int32_t first = 0, last = 0;
  double likeness = 0;  // of its sound to the name asked for
};

// The run of `side` that best spells the sound of `name`; characters that are words found again on the other side, and
// those that spell no names, are passed over. A likeness below kSameName means that there is none. O(tokens).
HanRun FindSound(const BeadSide& side, const NameSound& name);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_VERSIONS_BEAD_WORDS_H_
