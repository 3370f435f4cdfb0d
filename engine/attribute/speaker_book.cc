// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/attribute/speaker_book.h"

#include <algorithm>
#include <utility>

#include "engine/base/tokenize.h"
#include "engine/base/utf8.h"
#include "engine/lexicon/match_lexicon.h"

namespace narrdiff {
namespace {

// A pronoun reaches this far back for its person.
constexpr int32_t kPronounReachBytes = 1500;
constexpr int32_t kMaxPartySpanBytes = 400;
constexpr int kMaxNameWords = 4;
constexpr size_t kMaxPartiesKept = 10'000;

bool IsLowerAscii(std::string_view s) { return !s.empty() && s[0] >= 'a' && s[0] <= 'z'; }

std::string Lower(std::string_view s) {
  std::string out(s);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::string_view WithoutPossessive(std::string_view s) {
  for (const std::string_view ending : {"'s", "\xE2\x80\x99s"}) {
    if (s.size() > ending.size() && s.substr(s.size() - ending.size()) == ending) s.remove_suffix(ending.size());
  }
  return s;
}

// Chinese, American, Japanese: a China expert may be anybody, a Chinese expert
// is Chinese.
bool IsAdjectiveOfNation(std::string_view s) {
  for (const std::string_view end : {"ese", "ian", "ican", "ish", "S.", "US"}) {
    if (s.size() >= end.size() && s.substr(s.size() - end.size()) == end) return true;
  }
  return false;
}

// May be part of a person's name.
bool IsNameWord(const Item& item) {
  if (!item.IsWord() || !item.capital) return false;
  if (item.Is(kDeterminer | kPronounThird | kFirstPerson | kPronounOther | kSubordinator | kCoordinator | kPreposition |
              kOpener | kTime | kRelative | kBe | kAuxiliary)) {
    return false;
  }
  return true;
}

}  // namespace

std::string SpeakerBook::Join(const std::vector<Item>& items, int first, int last) const {
  if (first >= last) return "";
  const Span span{items[static_cast<size_t>(first)].span.begin, items[static_cast<size_t>(last - 1)].span.end};
  std::string out;
  bool space = false;
  for (const char c : WithoutPossessive(span.Of(text_))) {
    const bool is_space = c == ' ' || (c >= '\t' && c <= '\r');
    if (is_space) {
      space = !out.empty();
      continue;
    }
    if (space) out += ' ';
    space = false;
    out += c;
  }
  return out;
}

int SpeakerBook::Find(const std::string& name) const {
  const auto it = by_name_.find(name);
  return it == by_name_.end() ? -1 : it->second;
}

int SpeakerBook::Enter(std::string name, Kind kind, std::string party, int32_t at) {
  int e = Find(name);
  if (e < 0) {
    e = static_cast<int>(entities_.size());
    by_name_.emplace(name, e);
    Entity entity;
    entity.name = std::move(name);
    entity.kind = kind;
    entity.party = std::move(party);
    entities_.push_back(std::move(entity));
  } else if (Entity& entity = entities_[static_cast<size_t>(e)]; entity.party.empty()) {
    entity.party = std::move(party);
  }
  Touch(e, at);
  return e;
}

void SpeakerBook::Touch(int e, int32_t at) {
  Entity& entity = entities_[static_cast<size_t>(e)];
  entity.last = at;
  switch (entity.kind) {
    case Kind::kPerson:
      last_person_ = e;
      if (entity.gender != 'f') last_man_ = e;
      if (entity.gender != 'm') last_woman_ = e;
      break;
    case Kind::kBody:
      last_body_ = e;
      break;
    case Kind::kGroup:
      last_group_ = e;
      break;
  }
}

void SpeakerBook::ReadNames(const std::vector<Item>& items) {
  const int n = static_cast<int>(items.size());
  for (int i = 0; i < n; ++i) {
    if (!IsNameWord(items[static_cast<size_t>(i)])) continue;
    int last = i;
    while (last < n && IsNameWord(items[static_cast<size_t>(last)]) &&
           !items[static_cast<size_t>(last)].Is(kKnownPlace | kBody | kRelay)) {
      ++last;
      if (items[static_cast<size_t>(last - 1)].possessive) break;
      // An initial: "J. Smith".
      if (last + 1 < n && items[static_cast<size_t>(last)].kind == ItemKind::kStop &&
          items[static_cast<size_t>(last - 1)].span.length() <= 2) {
        ++last;
      }
    }
    int first = i;
    while (first < last && items[static_cast<size_t>(first)].Is(kTitleWord | kRole)) ++first;
    if (last - first >= 2 && last - first <= kMaxNameWords && items[static_cast<size_t>(first)].IsWord() &&
        items[static_cast<size_t>(last - 1)].IsWord()) {
      const std::string full = Join(items, first, last);
      const std::string surname = Join(items, last - 1, last);
      full_names_[surname] = full;
      if (items[static_cast<size_t>(first)].Is(kPinyinSurname)) full_names_[Join(items, first, first + 1)] = full;
    }
    i = std::max(i, last - 1);
    // A place or body that stopped the run keeps the rest of its capitals out
    // of names.
    while (i + 1 < n && IsNameWord(items[static_cast<size_t>(i + 1)])) ++i;
  }
}

std::string SpeakerBook::PartyIn(Span span, bool chinese) {
  if (span.length() > kMaxPartySpanBytes) {
    span.end = span.begin + kMaxPartySpanBytes;
    while (span.end > span.begin && span.end < static_cast<int32_t>(text_.size()) &&
           (static_cast<unsigned char>(text_[static_cast<size_t>(span.end)]) & 0xC0) == 0x80) {
      --span.end;
    }
  }
  if (span.empty()) return "";
  // The same mentions come again and again.
  std::string words(span.Of(text_));
  if (const auto it = parties_.find(words); it != parties_.end()) return it->second;
  std::string party = LookUpParty(span, chinese);
  if (parties_.size() >= kMaxPartiesKept) parties_.clear();
  parties_.emplace(std::move(words), party);
  return party;
}

std::string SpeakerBook::LookUpParty(Span span, bool chinese) const {
  const auto tokens = Tokenize(text_, span, chinese ? Language::kChinese : Language::kEnglish);
  for (const LexiconMatch& match : MatchLexicon(tokens, words_.lexicon())) {
    const LexiconEntry& entry = words_.lexicon().entry(match.entry);
    if (entry.name_type == NameType::kNone || entry.party.empty()) continue;
    if (entry.party == "US" || entry.party == "China") return std::string(entry.party);
    return "other";
  }
  return "";
}

Speaker SpeakerBook::Pronoun(uint64_t classes, int32_t at) {
  int e = -1;
  auto usable = [&](int k) { return k >= 0 && at - entities_[static_cast<size_t>(k)].last <= kPronounReachBytes; };
  if ((classes & kPronounHe) != 0) {
    e = usable(last_man_) ? last_man_ : -1;
    if (e >= 0) entities_[static_cast<size_t>(e)].gender = 'm';
  } else if ((classes & kPronounShe) != 0) {
    e = usable(last_woman_) ? last_woman_ : -1;
    if (e >= 0) entities_[static_cast<size_t>(e)].gender = 'f';
  } else if ((classes & kPronounIt) != 0) {
    e = usable(last_body_) ? last_body_ : -1;
  } else {
    e = usable(last_group_) ? last_group_ : usable(last_body_) ? last_body_ : -1;
  }
  if (e >= 0 && entities_[static_cast<size_t>(e)].kind == Kind::kPerson) {
    if (entities_[static_cast<size_t>(e)].gender == 'm' && last_woman_ == e) last_woman_ = -1;
    if (entities_[static_cast<size_t>(e)].gender == 'f' && last_man_ == e) last_man_ = -1;
  }
  if (e < 0) return {"", "other"};
  Touch(e, at);
  const Entity& entity = entities_[static_cast<size_t>(e)];
  return {entity.name, entity.party.empty() ? "other" : entity.party};
}

std::pair<int, int> SpeakerBook::FindName(const std::vector<Item>& items, int first, int last) const {
  // Commas part the mention: "A spokesman for China's fleet, Senior Captain Bao
  // Yichen". In each part a name is a run of capitals that follows an office
  // ("spokesperson Erin Calloway") or is the whole part ("Josefa Tuilagi").
  std::pair<int, int> none{0, 0};
  bool office = false;
  for (int p = first; p < last; ++p)
    office |= items[static_cast<size_t>(p)].Is(kRole | kTitleWord) && !items[static_cast<size_t>(p)].possessive;
  for (int part = first; part < last;) {
    int end = part;
    while (end < last && items[static_cast<size_t>(end)].kind != ItemKind::kComma &&
           items[static_cast<size_t>(end)].kind != ItemKind::kDash)
      ++end;
    const Item& part_head = items[static_cast<size_t>(part)];
    if (part > first && !part_head.capital && !part_head.Is(kDeterminer | kRole | kBody)) {
      part = end + 1;
      continue;
    }
    int head_end = part;  // before the first preposition or relative
    while (head_end < end &&
           !(items[static_cast<size_t>(head_end)].Is(kPreposition) && !items[static_cast<size_t>(head_end)].capital &&
             !items[static_cast<size_t>(head_end)].Is(kTitleWord)) &&
           !items[static_cast<size_t>(head_end)].Is(kRelative)) {
      ++head_end;
    }
    // Offices with "of" before the name: "Secretary of State Antony Blinken",
    // "head of the agency Dana Whitlow".
    for (const int limit : {head_end, end}) {
      int run_end = limit;
      while (run_end > part && items[static_cast<size_t>(run_end - 1)].kind == ItemKind::kParenthesis) --run_end;
      int run = run_end;
      while (run > part) {
        const Item& item = items[static_cast<size_t>(run - 1)];
        if (item.kind == ItemKind::kStop && run - 1 > part) {
          --run;
          continue;
        }
        if (!IsNameWord(item) || item.possessive || item.Is(kBody | kRelay | kTitleWord)) break;
        // A surname that is also a place: "Lloyd Austin".
        const bool after_name =
            run - 2 >= part && IsNameWord(items[static_cast<size_t>(run - 2)]) &&
            !items[static_cast<size_t>(run - 2)].Is(kBody | kKnownPlace | kRelay | kTitleWord | kRole) &&
            run == run_end;
        if (item.Is(kKnownPlace) && !after_name) break;
        if (item.Is(kRole) && run < run_end) break;
        --run;
      }
      while (run < run_end &&
             (items[static_cast<size_t>(run)].kind == ItemKind::kStop || items[static_cast<size_t>(run)].Is(kRole)))
        ++run;
      if (run >= run_end || run_end - run > kMaxNameWords + 1) continue;
      const Item* before = run > part ? &items[static_cast<size_t>(run - 1)] : nullptr;
      if (before != nullptr && before->kind == ItemKind::kStop && run - 1 > part)
        before = &items[static_cast<size_t>(run - 2)];
      const bool after_office = before != nullptr && before->Is(kRole | kTitleWord) && !before->possessive;
      const bool whole = run == part;
      const bool surname_known = run_end - run == 1 && full_names_.count(Join(items, run, run_end)) > 0;
      // "Secretary of State X", but not "aides to Mr. X".
      if (limit == end && head_end != end &&
          (!after_office || before->Is(kHonorific) || items[static_cast<size_t>(head_end)].span.Of(text_) != "of")) {
        continue;
      }
      if (after_office || (whole && (run_end - run >= 2 || surname_known || part == first || office)))
        return {run, run_end};
      // "former congressman Smith", "Democrat Smith": an adjective or the like
      // before two capitals.
      if (before != nullptr && run_end - run >= 2 && !before->Is(kDeterminer) && !before->capital)
        return {run, run_end};
    }
    part = end + 1;
  }
  return none;
}

int SpeakerBook::ResolveEntity(const std::vector<Item>& items, int first, int last, Span context) {
  while (first < last && items[static_cast<size_t>(first)].Is(kOpener) &&
         !items[static_cast<size_t>(first)].Is(kDeterminer))
    ++first;
  if (first >= last) return -1;
  const Span span{items[static_cast<size_t>(first)].span.begin, items[static_cast<size_t>(last - 1)].span.end};
  const int32_t at = span.begin;
  // "a China expert": the subject of the expert, not his or her party.
  int topic = -1;
  for (int i = first; i + 1 < last; ++i) {
    if (items[static_cast<size_t>(i)].Is(kKnownPlace) && !items[static_cast<size_t>(i)].possessive &&
        items[static_cast<size_t>(i + 1)].Is(kExpert) && !items[static_cast<size_t>(i + 1)].capital &&
        !IsAdjectiveOfNation(items[static_cast<size_t>(i)].span.Of(text_))) {
      topic = i;
    }
  }
  std::string party = topic < 0 ? PartyIn(span, false) : "";
  if (topic > first) party = PartyIn({span.begin, items[static_cast<size_t>(topic - 1)].span.end}, false);
  if (topic >= 0 && party.empty()) party = PartyIn({items[static_cast<size_t>(topic + 1)].span.begin, span.end}, false);
  if (party.empty()) {
    for (int i = first; i < last; ++i) {
      if (items[static_cast<size_t>(i)].Is(kUsPolitics)) party = "US";
    }
  }
  // The head of the first part: its last word before a preposition, comma or
  // relative.
  int head = -1;
  bool plural = false, role = false;
  for (int i = first; i < last; ++i) {
    const Item& item = items[static_cast<size_t>(i)];
    if (item.kind == ItemKind::kComma || item.Is(kRelative)) break;
    if (item.Is(kPreposition) && !item.capital && i > first) break;
    if (!item.IsWord()) continue;
    head = i;
    if (item.Is(kRole)) role = true;
  }
  std::string head_word = head < 0 ? "" : Lower(WithoutPossessive(items[static_cast<size_t>(head)].span.Of(text_)));
  plural = head >= 0 && head_word.size() > 3 && head_word.back() == 's' && head_word[head_word.size() - 2] != 's' &&
           (IsLowerAscii(items[static_cast<size_t>(head)].span.Of(text_)) ||
            items[static_cast<size_t>(head)].Is(kRole | kUsPolitics));
  const bool own_party = !party.empty();
  bool office = false, rank = false;
  for (int i = first; i < last; ++i) {
    const Item& item = items[static_cast<size_t>(i)];
    office |= item.Is(kOffice);
    rank |= item.Is(kRank);
    if (!party.empty() || !item.Is(kBody) || item.capital) continue;
    const auto it = body_parties_.find(Lower(item.span.Of(text_)));
    if (it != body_parties_.end()) party = it->second;
  }

  const auto [name_first, name_last] = FindName(items, first, last);
  int e = -1;
  if (name_last > name_first) {
    std::string name = Join(items, name_first, name_last);
    const bool single = name_last - name_first == 1;
    if (single) {
      if (const auto it = full_names_.find(name); it != full_names_.end()) name = it->second;
    } else {
      full_names_[Join(items, name_last - 1, name_last)] = name;
      if (items[static_cast<size_t>(name_first)].Is(kPinyinSurname))
        full_names_[Join(items, name_first, name_first + 1)] = name;
    }
    const bool pinyin =
        items[static_cast<size_t>(name_first)].Is(kPinyinSurname) && !single && name_last - name_first <= 3;
    if (Find(name) < 0 && party.empty()) {
      if (!context.empty()) party = PartyIn(context, false);
      if ((party.empty() || party == "other") && pinyin) party = "China";
      // An admiral belongs to the forces spoken of last, a director to the
      // party that this paragraph lets speak.
      if (party.empty() && rank) party = military_party_;
      if (party.empty() && office) party = paragraph_party_;
    }
    e = Enter(name, Kind::kPerson, party, at);
    // Honorifics and the like tell the gender.
    for (int i = first; i < last; ++i) {
      const Item& item = items[static_cast<size_t>(i)];
      if (item.Is(kMan | kWoman) && !item.possessive) {
        entities_[static_cast<size_t>(e)].gender = item.Is(kMan) ? 'm' : 'f';
        break;
      }
    }
    Touch(e, at);
  } else {
    const bool definite = Lower(items[static_cast<size_t>(first)].span.Of(text_)) == "the";
    int end = first;
    while (end < last && items[static_cast<size_t>(end)].kind != ItemKind::kComma &&
           !items[static_cast<size_t>(end)].Is(kRelative))
      ++end;
    int start = first;
    while (start + 1 < end && items[static_cast<size_t>(start)].Is(kDeterminer) &&
           !items[static_cast<size_t>(start)].Is(kPossessive))
      ++start;
    if (definite && !own_party && head >= 0) {
      // "the official", "the ministry": the latest of that kind.
      const auto it = by_head_.find(head_word);
      if (it != by_head_.end() && !items[static_cast<size_t>(head)].capital) {
        e = it->second;
        Touch(e, at);
      }
    }
    if (e < 0) {
      if (party.empty() && !context.empty() && role) party = PartyIn(context, false);
      // "Beijing on Wednesday"
      while (end - 1 > start &&
             (items[static_cast<size_t>(end - 1)].Is(kTime) ||
              (items[static_cast<size_t>(end - 1)].Is(kPreposition) && !items[static_cast<size_t>(end - 1)].capital)))
        --end;
      std::string name = Join(items, start, end);
      // A name of the lexicon or an acronym is as it is; the first letter of a
      // description is small.
      e = Enter(std::move(name), plural ? Kind::kGroup : role ? Kind::kPerson : Kind::kBody, party, at);
    }
  }
  const std::string& known_party = entities_[static_cast<size_t>(e)].party;
  if (head >= 0) {
    by_head_[head_word] = e;
    for (int i = first; i < last; ++i) {
      const Item& item = items[static_cast<size_t>(i)];
      if (known_party.empty()) continue;
      if (item.Is(kBody)) body_parties_[Lower(WithoutPossessive(item.span.Of(text_)))] = known_party;
      if (item.Is(kMilitary)) military_party_ = known_party;
    }
  }
  return e;
}

void SpeakerBook::Mention(const std::vector<Item>& items, int first, int last) {
  if (first >= last || last - first > 40) return;
  if (items[static_cast<size_t>(first)].Is(kPronounThird | kFirstPerson | kPronounOther) && last - first == 1) return;
  bool worthy = false;
  for (int i = first; i < last; ++i) {
    const Item& item = items[static_cast<size_t>(i)];
    worthy |= item.Is(kRole | kBody | kSource | kKnownPlace) || (i > first && IsNameWord(item));
    worthy |= i == first && IsNameWord(item) && full_names_.count(std::string(item.span.Of(text_))) > 0;
  }
  if (worthy) ResolveEntity(items, first, last, {});
}

Speaker SpeakerBook::Resolve(const std::vector<Item>& items, int first, int last, Span context) {
  if (first >= last) return {"", "other"};
  const Item& item = items[static_cast<size_t>(first)];
  if (last - first == 1 && item.Is(kPronounThird)) {
    Speaker speaker = Pronoun(item.classes, item.span.begin);
    if (speaker.name.empty()) speaker.name = std::string(item.span.Of(text_));
    return speaker;
  }
  const int e = ResolveEntity(items, first, last, context);
  if (e < 0) return {std::string(item.span.Of(text_)), "other"};
  const Entity& entity = entities_[static_cast<size_t>(e)];
  if (!entity.party.empty() && entity.party != "other") {
    if (!paragraph_mixed_ && !paragraph_party_.empty() && paragraph_party_ != entity.party) paragraph_mixed_ = true;
    paragraph_party_ = paragraph_mixed_ ? "" : entity.party;
  }
  return {entity.name, entity.party.empty() ? "other" : entity.party};
}

Speaker SpeakerBook::ResolveChinese(Span span) {
  // The name follows the last office: 中国外交部发言人莫敬之; otherwise the
  // whole mention is the name.
  int32_t name_begin = span.begin;
  bool person = false, pronoun = false;
  uint64_t pronoun_classes = 0;
  for (int32_t i = span.begin; i < span.end;) {
    uint64_t classes = 0;
    const int32_t n = words_.ChineseWord(text_.substr(0, static_cast<size_t>(span.end)), i, classes);
    if (n > 0 && (classes & kZhRole) != 0) {
      person = true;
      if (i + n < span.end) name_begin = i + n;
    }
    if (n == span.length() && (classes & kZhPronoun) != 0) {
      pronoun = true;
      pronoun_classes = classes;
    }
    if (n > 0) {
      i += n;
    } else {
      NextCodePoint(text_, i);
    }
  }
  if (pronoun) {
    const uint64_t as = (pronoun_classes & kZhShe) != 0 ? kPronounShe : kPronounHe;
    Speaker speaker = Pronoun(as, span.begin);
    if (speaker.name.empty()) speaker.name = std::string(span.Of(text_));
    return speaker;
  }
  std::string party = PartyIn(span, true);
  std::string name(Span{name_begin, span.end}.Of(text_));
  const bool named = name_begin > span.begin;
  if (const auto it = chinese_short_.find(name); it != chinese_short_.end()) name = it->second;
  const int known = Find(name);
  if (known < 0 && named) {
    // 戴维·科尔曼 will be called 科尔曼.
    const size_t dot = name.rfind("\xC2\xB7");
    if (dot != std::string::npos) chinese_short_[name.substr(dot + 2)] = name;
  }
  // 毛宁: a short name of no place or body.
  if (!person && !span.empty() && CountCodePoints(span.Of(text_)) <= 4) {
    bool other = false;
    for (int32_t i = span.begin; i < span.end;) {
      uint64_t classes = 0;
      const int32_t n = words_.ChineseWord(text_.substr(0, static_cast<size_t>(span.end)), i, classes);
      other |= n > 0 && (classes & (kZhBody | kZhRelay)) != 0;
      if (n > 0) {
        i += n;
      } else {
        NextCodePoint(text_, i);
      }
    }
    const auto tokens = Tokenize(text_, span, Language::kChinese);
    for (const LexiconMatch& match : MatchLexicon(tokens, words_.lexicon())) {
      const NameType type = words_.lexicon().entry(match.entry).name_type;
      other |= type != NameType::kNone && type != NameType::kPerson;
    }
    person = !other;
  }
  const bool is_person = known >= 0 ? entities_[static_cast<size_t>(known)].kind == Kind::kPerson : person;
  const int e = Enter(name, is_person ? Kind::kPerson : Kind::kBody, party, span.begin);
  const Entity& entity = entities_[static_cast<size_t>(e)];
  return {entity.name, entity.party.empty() ? "other" : entity.party};
}

}  // namespace narrdiff
