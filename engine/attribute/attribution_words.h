// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// What part a word plays in saying who said what: verb of saying, pronoun,
// boundary of a clause, office, body. The words stand in
// engine/lexicon/attribution.textproto; here is the list of their tags, as
// bits.
//
//   AttributionWords words(lexicon);
//   words.Classify("said").classes & kVerbClause; words.Classify("She").classes
//   & kPronounShe
#ifndef NARRDIFF_ENGINE_ATTRIBUTE_ATTRIBUTION_WORDS_H_
#define NARRDIFF_ENGINE_ATTRIBUTE_ATTRIBUTION_WORDS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/lexicon/lexicon.h"

namespace narrdiff {

// Each bit is a tag of the lexicon; attribution_words.cc pairs them.
enum WordClass : uint64_t {
  // Verbs, by what their content may be.
  kVerbClause = uint64_t{1} << 0,      // a bare clause, "that", a quotation; may follow its content
  kVerbThat = uint64_t{1} << 1,        // only after "that", a question word or a
                                       // colon, or beside a quotation
  kVerbQuote = uint64_t{1} << 2,       // only beside a quotation
  kVerbAsks = uint64_t{1} << 3,        // a question
  kVerbOf = uint64_t{1} << 4,          // accuse somebody of CONTENT
  kVerbFor = uint64_t{1} << 5,         // blame somebody for CONTENT
  kVerbAs = uint64_t{1} << 6,          // describe something as CONTENT
  kVerbName = uint64_t{1} << 7,        // call something CONTENT
  kVerbTo = uint64_t{1} << 8,          // vow to CONTENT
  kVerbToObject = uint64_t{1} << 9,    // urge somebody to CONTENT
  kVerbNoun = uint64_t{1} << 10,       // deny CONTENT, a noun phrase
  kVerbAt = uint64_t{1} << 11,         // put the number at CONTENT
  kVerbAddressee = uint64_t{1} << 12,  // told somebody
  kVerbRefuse = uint64_t{1} << 13,     // declined to say
  kVerbControl = uint64_t{1} << 14,    // went on to say
  kVerbQuoted = uint64_t{1} << 15,     // was quoted as saying
  // Other words.
  kPrefix = uint64_t{1} << 16,    // according to
  kViewNoun = uint64_t{1} << 17,  // in Beijing's view
  kSayNoun = uint64_t{1} << 18,   // Beijing's claim that
  kPronounHe = uint64_t{1} << 19,
  kPronounShe = uint64_t{1} << 20,
  kPronounIt = uint64_t{1} << 21,
  kPronounThey = uint64_t{1} << 22,
  kFirstPerson = uint64_t{1} << 23,
  kPronounOther = uint64_t{1} << 24,
  kDeterminer = uint64_t{1} << 25,
  kPossessive = uint64_t{1} << 26,
  kBe = uint64_t{1} << 27,
  kAuxiliary = uint64_t{1} << 28,
  kToWord = uint64_t{1} << 29,
  kNegation = uint64_t{1} << 30,
  kAdverb = uint64_t{1} << 31,
  kOpener = uint64_t{1} << 32,
  kSubordinator = uint64_t{1} << 33,
  kCoordinator = uint64_t{1} << 34,
  kRelative = uint64_t{1} << 35,
  kWhWord = uint64_t{1} << 36,
  kThatWord = uint64_t{1} << 37,
  kPreposition = uint64_t{1} << 38,
  kTime = uint64_t{1} << 39,
  kVenue = uint64_t{1} << 40,
  kFinite = uint64_t{1} << 41,  // irregular finite forms, so that the end of a
                                // subject can be seen
  kRole = uint64_t{1} << 42,    // spokesman, official
  kBody = uint64_t{1} << 43,    // ministry, agency
  kSource = uint64_t{1} << 44,  // report, study
  kRelay = uint64_t{1} << 45,   // who passes on what others said
  kTitleWord = uint64_t{1} << 46,
  kPinyinSurname = uint64_t{1} << 47,
  // From the lexicon's names rather than from a tag.
  kKnownPlace = uint64_t{1} << 48,  // a country, place, organisation: never a person's surname
  kKnownPerson = uint64_t{1} << 49,
  // A verb of saying (Cue::kSay) that has no tag of its own.
  kSayCue = uint64_t{1} << 50,
  kUsPolitics = uint64_t{1} << 51,
  kReciprocal = uint64_t{1} << 52,  // each other: blaming each other says nothing
  kMilitary = uint64_t{1} << 53,
  kRank = uint64_t{1} << 54,
  kOffice = uint64_t{1} << 55,   // speaks for a government or body
  kVerbSay = uint64_t{1} << 57,  // say and tell: whatever follows is what was said
  kHonorific = uint64_t{1} << 58,
  kMan = uint64_t{1} << 59,
  kWoman = uint64_t{1} << 60,
  kExpert = uint64_t{1} << 56,  // a China expert is no Chinese

  kPronounPerson = kPronounHe | kPronounShe,
  kPronounThird = kPronounHe | kPronounShe | kPronounIt | kPronounThey,
  kVerbAny = kVerbClause | kVerbThat | kVerbQuote | kVerbAsks | kVerbOf | kVerbFor | kVerbAs | kVerbName | kVerbTo |
             kVerbNoun | kVerbAt | kSayCue,
};

// Chinese words have bits of their own.
enum ChineseClass : uint64_t {
  kZhCue = 1 << 0,
  kZhWeak = 1 << 1,    // a cue only before a quotation, a colon or a comma, or
                       // with an object clause of some length
  kZhMerge = 1 << 2,   // joins the cue before it: 回应 + 称
  kZhReport = 1 << 3,  // after 据 X
  kZhAccording = 1 << 4,
  kZhAttitude = 1 << 5,  // 表示 + this is an act without content
  kZhBlock = 1 << 6,     // longer words that hold a cue's characters and are none
  kZhAdverb = 1 << 7,    // ends the speaker before a cue
  kZhLink = 1 << 8,
  kZhPronoun = 1 << 9,
  kZhHe = 1 << 10,
  kZhShe = 1 << 11,
  kZhFirst = 1 << 12,
  kZhRole = 1 << 13,
  kZhBody = 1 << 14,
  kZhRelay = 1 << 15,
  kZhView = 1 << 16,   // 在X看来
  kZhEnd = 1 << 18,    // a cue only at the end of its clause
  kZhNever = 1 << 19,  // never in a speaker
  kZhSurname = 1 << 20,
  kZhBack = 1 << 17,  // 否认了这一说法: an act without content
};

struct WordFacts {
  uint64_t classes = 0;
  bool starts_phrase = false;  // a form of several words starts with it
};

// Classifies words, remembering those it has seen. One per document; not safe
// to share between threads. The first one for a lexicon reads all its forms
// (some milliseconds); later ones share that.
class AttributionWords {
 public:
  explicit AttributionWords(const Lexicon& lexicon);
  ~AttributionWords();

  // `surface` is one word as written, without a possessive 's. O(1) for a word
  // seen before.
  WordFacts Classify(std::string_view surface);
  // The longest form of several words that `words` (as written) starts with:
  // its length in words (0: none) and classes.
  int Phrase(const std::vector<std::string_view>& words, uint64_t& classes);
  // Chinese: the longest tagged form that starts at byte `at`: its length in
  // bytes (0: none) and classes.
  int32_t ChineseWord(std::string_view text, int32_t at, uint64_t& classes) const;

  const Lexicon& lexicon() const { return lexicon_; }

 private:
  struct Forms;
  static std::shared_ptr<const Forms> FormsOf(const Lexicon& lexicon);

  const Lexicon& lexicon_;
  const std::shared_ptr<const Forms> forms_;
  std::unordered_map<std::string, WordFacts> seen_;
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_ATTRIBUTE_ATTRIBUTION_WORDS_H_
