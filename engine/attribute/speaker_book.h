// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Who has spoken or been named so far, so that "she", "Calloway" and "the
// ministry" find their person, and everybody a party.
//
//   SpeakerBook book(text, words);
//   book.Resolve({0, 42}).name == "Erin Calloway"   // "State Department
//   spokesperson Erin Calloway" book.Resolve({90, 93}).name == "Erin Calloway"
//   // "she"
#ifndef NARRDIFF_ENGINE_ATTRIBUTE_SPEAKER_BOOK_H_
#define NARRDIFF_ENGINE_ATTRIBUTE_SPEAKER_BOOK_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/attribute/attribution_words.h"
#include "engine/attribute/read_items.h"
#include "engine/base/span.h"

namespace narrdiff {

struct Speaker {
  std::string name;
  std::string party;  // "US", "China", "other"
};

// Not safe to share between threads. Each call is O(length of what it is
// given).
class SpeakerBook {
 public:
  SpeakerBook(std::string_view text, AttributionWords& words) : text_(text), words_(words) {}

  void StartParagraph() {
    paragraph_party_.clear();
    paragraph_mixed_ = false;
  }
  // Remembers full names in a run of items, for surnames that follow.
  void ReadNames(const std::vector<Item>& items);

  // English: whom the items [first, last) mean. `context`: words beside the cue
  // that may tell a place ("in Beijing"); may be empty. The speaker becomes the
  // latest of his or her kind.
  Speaker Resolve(const std::vector<Item>& items, int first, int last, Span context);
  // Takes note of a subject that does not speak (yet).
  void Mention(const std::vector<Item>& items, int first, int last);

  // Chinese: the same for a stretch of text.
  Speaker ResolveChinese(Span span);

  // Whether a speaker of this name has been met.
  bool Knows(Span span) const { return by_name_.count(std::string(span.Of(text_))) > 0; }

  // Party of the first name of the lexicon in `span` that has one: "US",
  // "China", "other"; empty when there is none.
  std::string PartyIn(Span span, bool chinese);

 private:
  enum class Kind : uint8_t { kPerson, kBody, kGroup };
  struct Entity {
    std::string name, party;
    Kind kind = Kind::kBody;
    char gender = 0;   // 'm', 'f' or 0
    int32_t last = 0;  // byte of the latest mention
  };

  std::string LookUpParty(Span span, bool chinese) const;
  int Find(const std::string& name) const;
  int Enter(std::string name, Kind kind, std::string party, int32_t at);
  void Touch(int entity, int32_t at);
  Speaker Pronoun(uint64_t classes, int32_t at);
  // The person's name among the items, as a range; empty when there is none.
  std::pair<int, int> FindName(const std::vector<Item>& items, int first, int last) const;
  std::string Join(const std::vector<Item>& items, int first, int last) const;
  int ResolveEntity(const std::vector<Item>& items, int first, int last, Span context);

  std::string_view text_;
  AttributionWords& words_;
  std::vector<Entity> entities_;
  std::unordered_map<std::string, int> by_name_;
  std::unordered_map<std::string, std::string> full_names_;     // by surname, and by first name of Chinese names
  std::unordered_map<std::string, std::string> parties_;        // answers of PartyIn
  std::unordered_map<std::string, std::string> body_parties_;   // "ministry" -> the party of the latest
  std::unordered_map<std::string, int> by_head_;                // "ministry" -> the latest ministry
  std::unordered_map<std::string, std::string> chinese_short_;  // 科尔曼 -> 戴维·科尔曼
  std::string military_party_;                                  // of the forces spoken of last
  std::string paragraph_party_;                                 // that of the paragraph's speakers so far,
                                                                // when they are of one
  bool paragraph_mixed_ = false;
  int last_person_ = -1, last_man_ = -1, last_woman_ = -1, last_body_ = -1, last_group_ = -1;
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_ATTRIBUTE_SPEAKER_BOOK_H_
