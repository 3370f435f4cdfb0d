// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The word lists of the reader, taken from the lexicon's tags and made ready
// for look-up.
//
//   ReadWords words(lexicon);
//   words.LabelOf("QUESTION") == LabelKind::kQuestion;
//   words.IsFurniture("share this article");  words.MonthOf("Sept") == 9;
#ifndef NARRDIFF_ENGINE_READ_READ_WORDS_H_
#define NARRDIFF_ENGINE_READ_READ_WORDS_H_

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "engine/lexicon/lexicon.h"
#include "engine/read/ascii_text.h"

namespace narrdiff {

// A line as it is compared with others like it: in lower case, each figure a #,
// without white space.
std::string ShapeOf(std::string_view line);
// What the lexicon knows of the name in a speaker label.
enum class LabelKind {
  kNone,
  kQuestion,  // "QUESTION", "Q1", "问", 外国记者
  kAgency,    // "AFP", "Harbour Daily", 新华社: asks, where others answer
  kAnswer,    // "ANSWER", "A", 答, 外交部发言人, 发言人沈若曦
  kNever,     // "Note", 问题, 发言人表示: no label at all
};

// Made once per document. Thread-safe once built. Views point into the lexicon,
// which must outlive it.
class ReadWords {
 public:
  // A wording that tells whose text this is.
  struct PartyHint {
    std::string_view form;
    std::string_view party;  // "US", "China"
    bool in_head = false;    // counts in title, byline and labels alone; the
                             // others count in the whole text
  };
  // A body that issues statements.
  struct Body {
    std::string_view form;
    std::string_view party;
  };
  using Forms = std::vector<std::string_view>;

  explicit ReadWords(const Lexicon& lexicon);
  ReadWords(const ReadWords&) = delete;
  ReadWords& operator=(const ReadWords&) = delete;

  // Letter case is ignored, and so is a number at the end. O(forms).
  LabelKind LabelOf(std::string_view name) const;
  // Labels that say no more than that somebody answers: "答", "A".
  bool IsBareAnswer(std::string_view name) const;
  // What stands in brackets tells how somebody speaks: "via interpreter".
  bool IsManner(std::string_view remark) const;
  // "SECRETARY", "MR", "Gen": what may stand before a name.
  bool IsTitleWord(std::string_view word) const;
  // Of a phrase as it stands in a menu, letter case ignored.
  bool IsFurniture(std::string_view phrase) const;
  // Of a line's ShapeOf: "page#of#", "-#-", "第#页".
  bool IsPageNumber(const std::string& shape) const { return page_numbers_.count(shape) > 0; }
  // 1 to 12 for "March", "Mar", "MARCH"; 0 otherwise.
  int MonthOf(std::string_view word) const;
  // A common English function word, in lower case.
  bool IsEnglishWord(std::string_view lower) const { return english_.count(lower) > 0; }
  bool IsOffice(std::string_view word) const;      // "Secretary"
  bool IsOfficePart(std::string_view word) const;  // that, or "Deputy", "Foreign"
  // A line that names who issued a text: "Office of the Spokesperson", "Harbour
  // Safety Agency". Letter case of known names is ignored.
  bool IsBodyLine(std::string_view line) const;
  // "MEDIA NOTE", 声明: a line that says no more than what kind of text it is.
  bool IsTypeLine(std::string_view line) const { return types_.count(ToLower(line)) > 0; }
  // "Remarks": after it the possessive of a name is that of the speaker.
  bool IsSpeech(std::string_view word) const { return speech_.count(word) > 0; }
  // Of a word of a web page's class or id, in lower case: "nav"; "pubdate"; "no", which takes back the next word.
  bool IsHtmlFurniture(std::string_view word) const { return html_furniture_.count(word) > 0; }
  bool IsHtmlDate(std::string_view word) const { return html_date_.count(word) > 0; }
  bool IsHtmlNegation(std::string_view word) const { return html_negation_.count(word) > 0; }

  const Forms& leads() const { return leads_; }                  // "Statement by"
  const Forms& intros() const { return intros_; }                // "The text of"
  const Forms& signatures() const { return signatures_; }        // "Signed by"
  const Forms& offices_zh() const { return offices_zh_; }        // 发言人
  const Forms& after_name_zh() const { return after_name_; }     // 主持
  const Forms& journalists() const { return question_ends_; }    // 记者, in lower case
  const Forms& transcript_ends() const { return ends_; }         // "concluded"
  const Forms& furniture_starts() const { return starts_; }      // "Photo by", in lower case
  const Forms& furniture_captions() const { return captions_; }  // 图为, in lower case
  const Forms& furniture_ends() const { return credits_; }       // 摄, in lower case
  const Forms& notice_starts() const { return notices_; }        // "we use cookies", in lower case
  const Forms& notice_words() const { return notice_words_; }    // "browser", in lower case
  const std::vector<Body>& bodies() const { return bodies_; }    // longest first
  const std::vector<PartyHint>& party_hints() const { return hints_; }
  // Names of <meta> elements in lower case, the best first.
  const std::vector<std::string>& html_title_metas() const { return title_metas_; }
  const std::vector<std::string>& html_date_metas() const { return date_metas_; }
  const std::vector<std::string>& html_author_metas() const { return author_metas_; }

 private:
  using WordSet = std::unordered_set<std::string_view>;
  std::string_view Keep(std::string word);
  // Of the lists that are looked through form by form; false for the others.
  bool AddToList(std::string_view tag, const LexiconEntry& entry);
  void AddForm(std::string_view tag, std::string_view form, int month);

  std::deque<std::string> kept_;  // what the sets point to
  std::unordered_map<std::string_view, LabelKind> labels_;
  WordSet types_, body_lines_, titles_, furniture_, english_, offices_, office_parts_, speech_;
  Forms question_ends_, answer_ends_, agency_ends_, said_, manners_;
  Forms body_starts_, body_ends_;
  Forms offices_zh_, leads_, intros_, after_name_, ends_, signatures_;
  Forms starts_, captions_, credits_, notices_, notice_words_;
  std::unordered_set<std::string> page_numbers_;
  std::unordered_map<std::string, int> months_;
  std::vector<Body> bodies_;
  std::vector<PartyHint> hints_;
  WordSet html_furniture_, html_date_, html_negation_;
  std::vector<std::string> title_metas_, date_metas_, author_metas_;
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_READ_READ_WORDS_H_
