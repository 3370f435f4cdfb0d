// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/attribute/attribute_english.h"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/attribute/read_items.h"
#include "engine/base/utf8.h"

namespace narrdiff {
namespace {

constexpr int kMaxSubjectItems = 40;
constexpr int kMaxSpeakerRight = 30;
constexpr int kFrameReach = 14;         // from a verb to its "of", "as", "to"
constexpr int kMaxSentenceItems = 600;  // longer ones are cut, so that time stays linear
constexpr int kMaxDepth = 2;            // quotations in quotations that are looked into

bool EndsWith(std::string_view s, std::string_view end) {
  return s.size() >= end.size() && s.substr(s.size() - end.size()) == end;
}

struct Range {
  int first = 0, last = 0;
  bool empty() const { return first >= last; }
};

struct Candidate {
  int cue_first = 0, cue_last = 0;
  Range speaker;
  bool inherits = false;  // takes the speaker of the cue before it
  bool gerund = false;
  bool inverted = false;
  bool relative = false;
  bool prefix = false;    // according to
  bool trailing = false;  // what it introduces stands before it, nothing after it
  bool fragment = false;  // its content is no clause of its own
  bool refuses = false;
  bool noun = false;  // Beijing's claim that
  uint64_t classes = 0;
  int region_first = 0,
      region_last = 0;   // speaker, cue and what belongs to them
  int after = -1;        // first item of the content after the cue; -1: none there
  int after_limit = -1;  // content after ends here at the latest; -1: the sentence's end
  bool before = false;   // content stands before it
  Range before_range;
  std::string via;
  bool dropped = false;
  bool passive = false;
};

}  // namespace

// One sentence: finds its cues, then their contents.
class EnglishSentence {
 public:
  EnglishSentence(EnglishAttributor& owner, const std::vector<Item>& items, int first, int last, int depth)
      : o_(owner), text_(owner.text_), items_(items), f_(first), l_(last), depth_(depth) {}

  // Whether anything was attributed. `previous_end`: the quotation that ended
  // the sentence before, or -1.
  bool Run(int previous_quote);

  bool OrphanQuote() const { return WhollyQuoted() && SentenceLike(at(f_)); }
  Range SubjectAtStart() const;

 private:
  // An item without kind or class where there is none.
  const Item& at(int i) const {
    static const Item* const kNothing = [] {
      auto* item = new Item;
      item->kind = ItemKind::kOther;
      return item;
    }();
    return i >= 0 && static_cast<size_t>(i) < items_.size() ? items_[static_cast<size_t>(i)] : *kNothing;
  }
  bool In(int i) const { return i >= f_ && i < l_; }
  std::string_view Word(int i) const { return at(i).span.Of(text_); }
  bool IsKind(int i, ItemKind kind) const { return In(i) && at(i).kind == kind; }
  bool Is(int i, uint64_t classes) const { return In(i) && at(i).IsWord() && at(i).Is(classes); }

  bool IsGerundForm(int i) const { return EndsWith(Word(i), "ing") && Word(i).size() > 4; }
  bool IsPastForm(int i) const { return EndsWith(Word(i), "ed") || at(i).Is(kFinite); }
  bool IsPlainAdverb(int i) const {
    return In(i) && at(i).IsWord() && !at(i).capital &&
           (at(i).Is(kAdverb | kNegation) || (EndsWith(Word(i), "ly") && Word(i).size() > 4 && !at(i).Is(kVerbAny)));
  }
  // The word looks like a finite verb: auxiliary, known form, or -ed that no
  // determiner precedes.
  bool IsVerbish(int i) const {
    if (!In(i) || !at(i).IsWord() || at(i).capital) return false;
    if (at(i).Is(kBe | kAuxiliary | kFinite)) return true;
    if (!EndsWith(Word(i), "ed") || Word(i).size() < 4) return false;
    return !(In(i - 1) && at(i - 1).Is(kDeterminer | kPossessive | kPreposition));
  }
  bool AtEnd(int i) const {
    return i >= l_ || at(i).kind == ItemKind::kSemicolon || at(i).kind == ItemKind::kDash ||
           (at(i).kind == ItemKind::kStop && (i + 1 >= l_ || OnlyStops(i)));
  }
  bool OnlyStops(int i) const {
    for (int k = i; k < l_ && k < i + 5; ++k) {
      if (at(k).kind != ItemKind::kStop && at(k).kind != ItemKind::kOther && at(k).kind != ItemKind::kParenthesis)
        return false;
    }
    return true;
  }
  char LastInside(const Item& quote) const {
    const std::string_view s = quote.inner.Of(text_);
    return s.empty() ? ' ' : s.back();
  }
  bool SentenceLike(const Item& quote) const { return SentenceLike(quote.inner.Of(text_)); }
  // Starts and ends like a sentence.
  bool SentenceLike(std::string_view s) const {
    if (s.size() < 2) return false;
    const unsigned char c = static_cast<unsigned char>(s[0]);
    const char last = s.back();
    const bool stop = last == '.' || last == '!' || last == '?' || last == ',' || EndsWith(s, "\xE2\x80\xA6") ||
                      EndsWith(s, "\xE2\x80\x94");
    return !(c >= 'a' && c <= 'z') && stop;
  }
  bool WhollyQuoted() const {
    if (f_ >= l_ || at(f_).kind != ItemKind::kQuote) return false;
    for (int i = f_ + 1; i < l_; ++i) {
      if (at(i).kind != ItemKind::kStop && at(i).kind != ItemKind::kQuote && at(i).kind != ItemKind::kOther)
        return false;
    }
    return true;
  }

  void FindCues();
  bool TryPrefix(int t);
  bool TryViewNoun(int t);
  bool TrySayNoun(int t);
  bool TryVerb(int t);
  bool TryUnknownVerb(int t);
  bool FindSpeaker(Candidate& c);
  int SubjectStart(int end) const;
  Range SubjectEndingAt(int end) const;
  Range SpeakerRight(int first, bool strict) const;
  int SkipAdjuncts(int k, bool all) const;
  int SkipTime(int k) const;
  int SkipAddressee(int k, bool& clause) const;
  bool PlaceContent(Candidate& c);
  int FrameContent(const Candidate& c, int k, int& limit, bool& fragment) const;
  bool QuoteBefore(const Candidate& c) const;
  bool FindBefore(Candidate& c, bool allow_plain) const;
  bool HasVerb(int first, int last) const;
  int ClauseEnd(const Candidate& c, int start) const;
  void Emit();
  void EmitPiece(const Candidate& c, Range piece);
  Span SpanOf(Range r) const { return {at(r.first).span.begin, at(r.last - 1).span.end}; }

  EnglishAttributor& o_;
  std::string_view text_;
  const std::vector<Item>& items_;
  int f_, l_;
  int depth_;
  std::vector<Candidate> found_;
  std::vector<int> starts_at_;  // by item of the sentence: the candidate whose
                                // region starts there, or -1
  int previous_quote_ = -1;
  bool emitted_ = false;
};

// ---- Speakers
// ------------------------------------------------------------------------------------------------------

// The start of the noun phrase that ends before `end`: goes left to the
// clause's boundary.
int EnglishSentence::SubjectStart(int end) const {
  int k = end;
  // A verb on the way may belong to a relative clause of the subject: "an
  // official who asked not to be named told".
  auto relative_before = [&](int from) {
    for (int j = from; j > f_ && j > from - 14 && at(j).IsWord(); --j) {
      if (at(j).Is(kRelative) && at(j - 1).IsWord() && !at(j - 1).Is(kVerbAny | kPreposition)) return j;
    }
    return -1;
  };
  for (; k > f_ && end - k < kMaxSubjectItems; --k) {
    const Item& item = at(k - 1);
    switch (item.kind) {
      case ItemKind::kWord:
        break;
      case ItemKind::kStop:
        if (k - 2 >= f_ && at(k - 2).IsWord() && at(k - 2).span.length() <= 5 && at(k - 2).capital) continue;
        goto done;
      case ItemKind::kNumber:
      case ItemKind::kParenthesis:
      case ItemKind::kOther:
        continue;
      case ItemKind::kQuote:
        // A nickname or the like inside a name; anything longer ends the
        // clause.
        if (item.inner.length() <= 24 && LastInside(item) != ',' && k - 1 > f_ && k < end) continue;
        goto done;
      default:
        goto done;
    }
    if (item.Is(kCoordinator)) {
      // "Manila and Washington", "analysts and officials": goes on when both
      // neighbours are nominal and alike.
      const bool and_word = Word(k - 1) == "and" || Word(k - 1) == "or" || Word(k - 1) == "And";
      if (and_word && In(k - 2) && k < end && at(k - 2).IsWord() && k - 1 > f_) {
        const Item& left = at(k - 2);
        const bool both_names = left.capital && (at(k).capital || at(k).Is(kDeterminer | kRole));
        const bool both_roles = left.Is(kRole | kBody | kSource) && (at(k).Is(kRole | kBody | kSource) || In(k + 1));
        if ((both_names || both_roles) && !left.Is(kTime)) {
          // Only when no verb comes between here and the clause's start.
          bool verb = false;
          for (int j = k - 2; j >= f_ && at(j).IsWord() && j > k - 12; --j) verb |= IsVerbish(j);
          if (!verb) continue;
        }
      }
      break;
    }
    if (item.Is(kRelative) && !item.Is(kThatWord)) {
      if (k - 2 >= f_ && at(k - 2).kind == ItemKind::kComma) break;
      continue;
    }
    if (item.Is(kSubordinator) && !item.Is(kPreposition)) break;
    if (item.Is(kSubordinator) && item.Is(kPreposition) && !item.capital && Word(k - 1) != "about") {
      // after, before, since, until, than ...: a clause when its verb is the
      // cue itself.
      break;
    }
    if (item.Is(kPrefix) && k - 1 + item.phrase <= end) {
      k += item.phrase - 1;
      return k;
    }
    if ((item.Is(kPronounThird) || (item.Is(kBe | kAuxiliary | kFinite) && !item.capital)) && k < end) {
      const int relative = relative_before(k - 1);
      if (relative >= 0) {
        k = relative + 1;
        continue;
      }
    }
    if (item.Is(kPronounThird) && k < end) break;
    if (item.Is(kBe | kAuxiliary) && !item.capital && k < end) break;
    if (item.Is(kFirstPerson) && k < end) break;
    if (item.Is(kVerbAny) && !item.capital && IsGerundForm(k - 1) && k < end && !Is(k - 2, kDeterminer | kPreposition))
      break;
    if (k - 1 > f_ && !item.capital && k < end && item.Is(kVerbClause | kVerbThat | kSayCue | kVerbAsks)) {
      const bool participle = Is(k, kPreposition | kToWord) || (In(k) && Word(k) == "by");
      const bool adjective = Is(k - 2, kDeterminer | kPossessive | kPreposition);
      if (IsPastForm(k - 1) && !participle && !adjective) break;
      // says, thinks
      if (EndsWith(Word(k - 1), "s") && Is(k - 2, kPronounThird)) break;
    }
  }
done:
  // Openers, and a prepositional phrase that stands before the subject without
  // a comma.
  while (k < end && (Is(k, kOpener) && !Is(k, kDeterminer | kTime))) ++k;
  if (k < end && Is(k, kPreposition) && !Is(k, kOpener)) {
    for (int j = k + 1; j < end; ++j) {
      const bool starts = Is(j, kDeterminer | kPronounThird) || (at(j).capital && !at(j).Is(kTime));
      if (starts && j > k + 1 && !Is(j - 1, kPreposition | kDeterminer) && !at(j - 1).capital) return j;
      if (starts && j > k + 1 && at(j - 1).capital && Is(j - 1, kTime)) return j;
    }
  }
  return k;
}

// A subject that ends before `end`, with the apposition that may stand between
// it and the verb.
Range EnglishSentence::SubjectEndingAt(int end) const {
  if (end <= f_) return {};
  if (at(end - 1).kind == ItemKind::kComma || at(end - 1).kind == ItemKind::kDash) {
    // NAME, apposition, VERB
    const ItemKind mark = at(end - 1).kind;
    int commas = 0;
    for (int k = end - 2; k >= f_ && end - k < kMaxSubjectItems; --k) {
      const ItemKind kind = at(k).kind;
      if (kind == ItemKind::kQuote || kind == ItemKind::kSemicolon || kind == ItemKind::kColon) return {};
      if (kind != mark) continue;
      ++commas;
      const int start = SubjectStart(k);
      if (start >= k) return {};
      // The part before must be nominal, and no clause with a verb of its own.
      bool nominal = false, verb = false;
      for (int j = start; j < k; ++j) {
        nominal |= at(j).capital || at(j).Is(kRole | kBody | kSource | kPronounThird);
        verb |= IsVerbish(j) && !Is(j, kVerbQuoted) && !EndsWith(Word(j), "ed");
      }
      if (verb) return {};
      // "X, a Y, and Z of W, said": an enumerated apposition has more commas.
      const bool enumerated = Is(k + 1, kCoordinator) || (!nominal && commas < 3);
      if (enumerated && commas < 3) continue;
      if (!nominal) return {};
      return {start, end - 1};
    }
    return {};
  }
  const int start = SubjectStart(end);
  if (start >= end) return {};
  return {start, end};
}

// The noun phrase that starts at `first`, as after an inverted verb; with its
// apposition. `strict`: fails on a verb inside.
Range EnglishSentence::SpeakerRight(int first, bool strict) const {
  int k = first;
  const int limit = std::min(l_, first + kMaxSpeakerRight);
  for (; k < limit; ++k) {
    const Item& item = at(k);
    if (item.kind == ItemKind::kStop) {
      if (k + 1 < l_ && k > first && at(k - 1).span.length() <= 5 && at(k - 1).capital) continue;
      break;
    }
    if (item.kind == ItemKind::kParenthesis || item.kind == ItemKind::kNumber || item.kind == ItemKind::kOther)
      continue;
    if (!item.IsWord()) break;
    if (k > first && item.Is(kPronounThird)) break;
    if (strict && (item.Is(kBe | kAuxiliary) || (IsVerbish(k) && k > first))) return {};
    if (item.Is(kBe | kAuxiliary) && !item.capital) break;
    if (item.Is(kRelative) || (item.Is(kSubordinator) && !item.Is(kDeterminer))) break;
    if (item.Is(kToWord) && !(In(k + 1) && (at(k + 1).capital || at(k + 1).Is(kDeterminer)))) break;
    if (item.Is(kCoordinator) &&
        !(In(k + 1) && k > first && at(k + 1).IsWord() && (at(k + 1).capital || at(k + 1).Is(kRole))))
      break;
    if (k > first && item.Is(kPreposition) && !item.capital) {
      const std::string_view w = Word(k);
      if (w != "of" && w != "for" && w != "from" && w != "with" && w != "at" && w != "to") break;
      if ((w == "at" || w == "from" || w == "with") &&
          !(In(k + 1) && (at(k + 1).capital || (Is(k + 1, kDeterminer) && In(k + 2) && at(k + 2).capital))))
        break;
      if (In(k + 1) && at(k + 1).Is(kTime)) break;
      bool venue = false;
      for (int j = k + 1; j < limit && j < k + 4 && at(j).IsWord(); ++j) venue |= at(j).Is(kVenue) && !at(j).capital;
      if (venue && w != "of" && w != "for") break;
    }
    if (k > first && item.Is(kTime) && !item.possessive &&
        (item.capital || Is(k - 1, kAdverb) || !Is(k - 1, kDeterminer)))
      break;
    if (k > first && IsPlainAdverb(k)) break;
    if (k > first && !item.capital && IsGerundForm(k) && item.Is(kVerbAny)) break;
    if (k == first && item.Is(kPronounThird | kFirstPerson)) {
      ++k;
      break;
    }
  }
  while (k > first && (Is(k - 1, kPreposition | kDeterminer | kCoordinator | kAdverb) && !at(k - 1).capital)) --k;
  if (k <= first) return {};
  Range r{first, k};
  // Apposition: ", a Chinese foreign ministry spokesperson", ", Yan Ruolin", ",
  // 45".
  if (IsKind(k, ItemKind::kComma) && In(k + 1)) {
    const Item& next = at(k + 1);
    const bool starts =
        next.IsWord() && !next.Is(kRelative | kSubordinator | kCoordinator | kPronounThird | kFirstPerson) &&
        !IsGerundForm(k + 1) && (next.Is(kDeterminer | kRole | kTitleWord) || next.capital || next.possessive);
    if (starts) {
      int e = k + 1;
      bool office = false, capitals = true;
      bool bad = false;
      for (; e < l_ && e < k + 25; ++e) {
        const Item& item = at(e);
        if (item.kind == ItemKind::kStop && at(e - 1).capital && at(e - 1).span.length() <= 5 && e + 1 < l_) continue;
        if (item.kind == ItemKind::kComma || item.kind == ItemKind::kStop || item.kind == ItemKind::kSemicolon ||
            item.kind == ItemKind::kDash || item.kind == ItemKind::kQuote || item.kind == ItemKind::kColon) {
          break;
        }
        if (item.IsWord() && item.Is(kBe | kAuxiliary) && !item.capital) bad = true;
        if (item.IsWord() && item.Is(kVerbClause | kSayCue) && IsPastForm(e)) bad = true;
        office |= item.IsWord() && item.Is(kRole | kTitleWord | kBody) && !at(e).possessive;
        capitals &= item.capital || !item.IsWord();
      }
      if (!bad && (office || (capitals && e - k <= 5)) && !(next.Is(kTime))) r.last = e;
    }
  }
  return r;
}

Range EnglishSentence::SubjectAtStart() const {
  int k = f_;
  while (k < l_ && Is(k, kOpener) && !Is(k, kDeterminer)) ++k;
  // An introduction up to its comma.
  if (Is(k, kPreposition | kSubordinator) || (In(k) && at(k).IsWord() && IsPastForm(k)) || (In(k) && IsGerundForm(k))) {
    for (int j = k; j < l_ && j < k + 25; ++j) {
      if (at(j).kind == ItemKind::kComma) {
        k = j + 1;
        break;
      }
    }
  }
  if (k >= l_) return {};
  int e = k;
  for (; e < l_ && e < k + 30; ++e) {
    const Item& item = at(e);
    if (item.kind == ItemKind::kStop && e > k && at(e - 1).capital && at(e - 1).span.length() <= 5) continue;
    if (item.kind == ItemKind::kComma) {
      // An apposition that ends with a comma or at the verb belongs to it.
      int j = e + 1;
      while (j < l_ && j < e + 20 && at(j).kind != ItemKind::kComma && at(j).kind != ItemKind::kQuote &&
             at(j).kind != ItemKind::kSemicolon && !IsVerbish(j))
        ++j;
      if (j < l_ && j < e + 20 && at(j).kind == ItemKind::kComma && In(e + 1) &&
          (at(e + 1).capital || at(e + 1).Is(kDeterminer | kRole | kRelative)))
        e = j;
      break;
    }
    if (!item.IsWord() && item.kind != ItemKind::kNumber && item.kind != ItemKind::kParenthesis) break;
    if (item.IsWord() && e > k && !item.capital &&
        (IsVerbish(e) ||
         (item.Is(kVerbAny) && !IsGerundForm(e) && !Is(e - 1, kDeterminer | kPossessive) &&
          !item.Is(kRole | kBody | kSource)) ||
         item.Is(kThatWord) || IsPlainAdverb(e))) {
      break;
    }
    if (e == k && item.Is(kPronounThird)) {
      ++e;
      break;
    }
  }
  return {k, e};
}

// ---- Cues
// ----------------------------------------------------------------------------------------------------------

bool EnglishSentence::HasVerb(int first, int last) const {
  for (int i = first; i < last && i < first + 25; ++i) {
    if (IsVerbish(i)) return true;
    if (at(i).IsWord() && EndsWith(Word(i), "n't")) return true;
  }
  return false;
}

int EnglishSentence::SkipTime(int k) const {
  // "Thursday", "last week", "the next day", "later on Monday", "earlier this
  // month", "two days later"
  int j = k;
  bool time = false;
  while (j < l_ && j < k + 7) {
    if (at(j).IsWord() && at(j).Is(kTime) && !at(j).possessive) {
      time = true;
      ++j;
    } else if (at(j).IsWord() &&
               (at(j).Is(kDeterminer | kAdverb) || Word(j) == "on" || Word(j) == "in" || Word(j) == "of" ||
                Word(j) == "before" || Word(j) == "after") &&
               !at(j).Is(kPronounThird)) {
      ++j;
    } else if (at(j).kind == ItemKind::kNumber && (time || (j + 1 < l_ && at(j + 1).Is(kTime)))) {
      ++j;
    } else {
      break;
    }
  }
  if (!time) return k;
  // Give back words at the end that are no time.
  while (j > k && !at(j - 1).Is(kTime) && at(j - 1).kind != ItemKind::kNumber) --j;
  if (j < l_ && (Is(j, kBe | kAuxiliary) || at(j - 1).possessive)) return k;
  return j;
}

// Past what may stand between a cue and its content. `all`: up to "that", a
// quotation, a comma or the end, whatever it is, unless a clause begins;
// otherwise only times, venues and audiences.
int EnglishSentence::SkipAdjuncts(int k, bool all) const {
  const int start = k;
  for (int guard = 0; k < l_ && guard < 12; ++guard) {
    const int time = SkipTime(k);
    if (time > k) {
      k = time;
      continue;
    }
    if (!at(k).IsWord()) break;
    if (Is(k, kThatWord)) break;
    if (all && IsPlainAdverb(k)) {
      ++k;
      continue;
    }
    if (at(k).kind == ItemKind::kParenthesis) {
      ++k;
      continue;
    }
    if (at(k).Is(kPreposition | kToWord) && !at(k).capital) {
      // A prepositional phrase: to the last venue, time, audience or place, or
      // to the boundary.
      int j = k + 1, good = -1;
      bool blocked = false;
      for (; j < l_ && j < k + 14; ++j) {
        const Item& item = at(j);
        if (item.kind == ItemKind::kNumber || item.kind == ItemKind::kParenthesis || item.kind == ItemKind::kStop) {
          if (item.kind == ItemKind::kStop && AtEnd(j)) break;
          continue;
        }
        if (!item.IsWord() || item.Is(kThatWord)) break;
        if (IsVerbish(j) || item.Is(kPronounThird) || (item.Is(kSubordinator) && !item.Is(kPreposition))) {
          blocked = true;
          break;
        }
        if (item.Is(kVenue | kTime) || (item.Is(kRole) && Is(k, kToWord)) ||
            (item.capital && !item.Is(kDeterminer) && Is(k, kPreposition)))
          good = j + 1;
      }
      if (all && !blocked && (j >= l_ || !at(j).IsWord() || at(j).Is(kThatWord))) {
        k = j;
        continue;
      }
      if (good > k) {
        // A venue's name may go on with "of", "with": interview with Fox News.
        k = good;
        continue;
      }
      break;
    }
    break;
  }
  return std::max(k, start);
}

// Past the one who was told. `clause` is set when a bare clause follows.
int EnglishSentence::SkipAddressee(int k, bool& clause) const {
  clause = false;
  if (k >= l_) return k;
  // To "that", a question word, a quotation or a comma without a verb on the
  // way.
  for (int j = k; j < l_ && j < k + 16; ++j) {
    const Item& item = at(j);
    if (item.kind == ItemKind::kQuote || item.kind == ItemKind::kComma || item.kind == ItemKind::kColon ||
        item.kind == ItemKind::kSemicolon || item.kind == ItemKind::kDash)
      return j;
    if (item.kind == ItemKind::kStop && AtEnd(j)) return j;
    if (item.IsWord() && j > k && item.Is(kThatWord)) return j;
    if (item.IsWord() && j > k && item.Is(kWhWord) && !item.capital) return j;
    if (item.IsWord() && j > k && item.Is(kToWord) && !Is(j - 1, kRole)) return j;
    if (item.IsWord() && IsVerbish(j)) break;
    if (j + 1 >= l_) return l_;
  }
  clause = true;
  if (Is(k, kPronounThird | kFirstPerson | kPronounOther) || Word(k) == "her" || Word(k) == "him") return k + 1;
  if (at(k).capital) {
    int j = k;
    while (j < l_ && at(j).IsWord() && at(j).capital && j < k + 4) ++j;
    return j;
  }
  int j = k;
  while (Is(j, kDeterminer | kPossessive) || (In(j) && at(j).possessive)) ++j;
  // Adjectives and nouns up to the first audience or plural.
  for (int i = j; i < l_ && i < j + 5; ++i) {
    if (!at(i).IsWord()) break;
    if (at(i).Is(kRole | kVenue | kBody) || (EndsWith(Word(i), "s") && !at(i).capital))
      return SkipAdjuncts(i + 1, false);
  }
  return std::min(j + 1, l_);
}

bool EnglishSentence::TryPrefix(int t) {
  if (!at(t).Is(kPrefix) || at(t).phrase < 2) return false;
  Candidate c;
  c.prefix = true;
  c.classes = kPrefix;
  c.cue_first = t;
  c.cue_last = t + at(t).phrase;
  if (c.cue_last >= l_) return false;
  // The noun phrase: to the comma, with an apposition when another comma closes
  // it.
  int k = c.cue_last;
  for (; k < l_ && k < c.cue_last + kMaxSpeakerRight; ++k) {
    const Item& item = at(k);
    if (item.kind == ItemKind::kStop && !AtEnd(k)) continue;
    if (item.kind != ItemKind::kWord && item.kind != ItemKind::kNumber && item.kind != ItemKind::kParenthesis &&
        item.kind != ItemKind::kOther)
      break;
    if (item.kind == ItemKind::kStop) break;
    if (k > c.cue_last && item.IsWord() && item.Is(kSubordinator) && !item.Is(kPreposition)) break;
    if (k > c.cue_last && item.IsWord() && item.Is(kBe | kAuxiliary) && !item.capital) break;
    if (k > c.cue_last && item.IsWord() && item.Is(kPronounThird)) break;
  }
  if (k <= c.cue_last) return false;
  c.speaker = {c.cue_last, k};
  const bool leads = t == f_ || IsKind(t - 1, ItemKind::kSemicolon) || IsKind(t - 1, ItemKind::kColon) ||
                     (Is(t - 1, kOpener | kCoordinator | kSubordinator | kThatWord) &&
                      (t - 1 == f_ || !IsKind(t - 2, ItemKind::kWord) || Is(t - 1, kCoordinator | kThatWord)));
  if (leads) {
    if (!IsKind(k, ItemKind::kComma)) return false;
    // An apposition, closed by a comma of its own.
    const Item* next = In(k + 1) ? &at(k + 1) : nullptr;
    if (next != nullptr && next->IsWord() && (next->Is(kDeterminer | kRelative | kRole) || IsPastForm(k + 1))) {
      int close = -1;
      bool verb = false;
      for (int j = k + 1; j < l_ && j < k + 25; ++j) {
        if (at(j).kind == ItemKind::kComma) {
          close = j;
          break;
        }
        if (IsVerbish(j) && !next->Is(kRelative) && j > k + 1 && at(j).Is(kBe | kAuxiliary)) verb = true;
      }
      if (close > 0 && !verb && close + 2 < l_ && HasVerb(close + 1, l_)) {
        c.speaker.last = close;
        k = close;
      }
    }
    c.after = k + 1;
    c.region_first = t;
    c.region_last = k + 1;
    if (c.after >= l_) return false;
  } else {
    c.region_first = t;
    c.region_last = k;
    // ", according to the annex, A" inside a clause.
    c.before = true;
    c.trailing = AtEnd(k) || IsKind(k, ItemKind::kComma);
    if (IsKind(t - 1, ItemKind::kComma) && IsKind(k, ItemKind::kComma) && In(k + 1) &&
        !at(k + 1).Is(kSubordinator | kRelative | kPreposition) && !IsGerundForm(k + 1))
      c.after = k + 1;
  }
  found_.push_back(c);
  return true;
}

// "in Beijing's view, ...", "by its own account"
bool EnglishSentence::TryViewNoun(int t) {
  if (!at(t).Is(kViewNoun) || at(t).capital || t - 2 < f_) return false;
  int p = t - 1;
  while (p > f_ && p > t - 4 && !at(p).possessive && !Is(p, kPossessive) && at(p).IsWord() && !at(p).Is(kPreposition))
    --p;
  if (!(at(p).possessive || Is(p, kPossessive))) return false;
  int s = p;
  while (s > f_ && s > p - 8 && at(s - 1).IsWord() && !at(s - 1).Is(kPreposition | kSubordinator | kCoordinator)) --s;
  if (s <= f_ || !Is(s - 1, kPreposition)) return false;
  const std::string_view w = Word(s - 1);
  if (w != "in" && w != "In" && w != "by" && w != "By" && w != "to" && w != "To" && w != "from" && w != "From")
    return false;
  Candidate c;
  c.prefix = true;
  c.classes = kPrefix;
  c.cue_first = t;
  c.cue_last = t + 1;
  c.speaker = {s, p + 1};
  c.region_first = s - 1;
  c.region_last = t + 1;
  if (Is(p, kFirstPerson)) return false;
  if (Is(p, kPossessive)) c.inherits = true;
  if (IsKind(t + 1, ItemKind::kComma) && (s - 1 == f_ || !at(s - 2).IsWord())) {
    c.after = t + 2;
    if (IsKind(s - 2, ItemKind::kComma)) c.before = true;
  } else if (AtEnd(t + 1) && IsKind(s - 2, ItemKind::kComma)) {
    c.before = c.trailing = true;
  } else {
    return false;
  }
  if (c.after >= l_) return false;
  found_.push_back(c);
  return true;
}

// "Beijing's claim that ...", "its assertion that ..."
bool EnglishSentence::TrySayNoun(int t) {
  if (!at(t).Is(kSayNoun) || at(t).capital || !Is(t + 1, kThatWord) || t + 2 >= l_) return false;
  int p = t - 1;
  while (p > f_ && p > t - 4 && at(p).IsWord() && !at(p).possessive && !Is(p, kPossessive | kPreposition | kDeterminer))
    --p;
  if (p < f_ || !(at(p).possessive || Is(p, kPossessive))) return false;
  Candidate c;
  c.noun = true;
  c.classes = kVerbThat;
  c.cue_first = t;
  c.cue_last = t + 1;
  if (Is(p, kPossessive)) {
    if (Is(p, kFirstPerson)) return false;
    c.inherits = true;
    c.speaker = {p, p + 1};
  } else {
    int s = p;
    while (s > f_ && s > p - 8 && at(s - 1).IsWord() &&
           !at(s - 1).Is(kPreposition | kSubordinator | kCoordinator | kBe | kAuxiliary) && !IsVerbish(s - 1) &&
           (at(s - 1).capital || at(s - 1).Is(kDeterminer | kBody | kRole)))
      --s;
    c.speaker = {s, p + 1};
  }
  c.region_first = c.speaker.first;
  c.region_last = t + 2;
  c.after = t + 2;
  found_.push_back(c);
  return true;
}

bool EnglishSentence::TryVerb(int t) {
  const Item& item = at(t);
  if (!item.Is(kVerbAny) || (item.capital && t > f_ && !IsKind(t - 1, ItemKind::kQuote))) return false;
  if (item.capital && t == f_ && !(IsGerundForm(t))) {
    if (!(IsPastForm(t) || EndsWith(Word(t), "s"))) return false;
    // "Said Northcott: ..."
    if (!item.Is(kVerbClause)) return false;
  }
  const std::string_view w = Word(t);
  Candidate c;
  c.classes = item.classes;
  c.cue_first = t;
  c.cue_last = std::min(t + item.phrase, l_);
  c.gerund = IsGerundForm(t);
  const bool past = IsPastForm(t);
  const bool third = !past && !c.gerund && EndsWith(w, "s") && !EndsWith(w, "ss");
  const bool base = !past && !c.gerund && !third;

  // To the left: adverbs, auxiliaries.
  int i = t - 1;
  bool be = false, aux = false, to = false, negated = false;
  int aux_first = t;
  while (i >= f_ && at(i).IsWord()) {
    if (at(i).Is(kPronounThird | kFirstPerson | kRelative)) break;
    if (at(i).Is(kBe) && !at(i).capital) {
      be = true;
    } else if (at(i).Is(kToWord) && !at(i).capital && base) {
      to = true;
      // "declined to say", "went on to say"
      int j = i - 1;
      while (j >= f_ && IsPlainAdverb(j)) --j;
      // A phrase such as "went on" starts a word before.
      int start = -1;
      if (Is(j, kVerbRefuse | kVerbControl)) start = j;
      if (start < 0 && j - 1 >= f_ && Is(j - 1, kVerbControl | kVerbRefuse) && at(j - 1).phrase == 2) start = j - 1;
      if (start < 0 || at(start).capital) return false;
      c.refuses = Is(start, kVerbRefuse);
      c.cue_first = start;
      to = false;
      i = start;
      aux_first = start;
      --i;
      // The verb before is finite now.
      be = false;
      aux = true;
      continue;
    } else if (at(i).Is(kAuxiliary) && !at(i).capital) {
      aux = true;
    } else if (!IsPlainAdverb(i) || at(i).Is(kPronounThird | kRelative)) {
      break;
    }
    if (at(i).Is(kNegation)) negated = true;
    aux_first = i;
    --i;
  }
  if (to) return false;
  // "did not say" tells nothing; "did not rule out" and "did not deny" do.
  if (negated && !item.Is(kVerbNoun) && item.Is(kVerbClause | kVerbThat | kVerbAsks | kSayCue) && !c.refuses)
    return false;
  if (negated) {
    while (c.cue_first > aux_first) --c.cue_first;
  }
  // Nouns: "the claim", "a report", "in talks", "Chinese demands" before no
  // clause.
  if (i >= f_ && at(i).IsWord() && !c.refuses) {
    if (at(i).Is(kDeterminer | kPossessive) && !at(i).Is(kPronounThird) && Word(i) != "that" &&
        !(at(i).Is(kPronounOther) && third))
      return false;
    if (at(i).possessive) return false;
    if (at(i).Is(kPreposition) && !at(i).Is(kAdverb | kToWord) && !c.gerund) return false;
  }
  if (base && !aux && i >= f_ && at(i).IsWord() && !at(i).Is(kPronounThey | kRelative) &&
      !(EndsWith(Word(i), "s") || at(i).Is(kRole) || Is(i - 1, kCoordinator))) {
    return false;
  }
  if (base && !aux && (i < f_ || !at(i).IsWord())) {
    // An appositive subject in the plural: "officials, who ..., say".
    if (i < f_ || at(i).kind != ItemKind::kComma) return false;
  }
  const int left = i + 1;  // the subject ends before this
  c.region_first = left;

  // Passive.
  if (be && !c.gerund && (past || item.Is(kVerbAny)) && !third && !base) {
    // ... by X (as, of, for, to | comma)
    for (int j = c.cue_last; j < l_ && j < c.cue_last + 12; ++j) {
      if (at(j).kind == ItemKind::kComma || at(j).kind == ItemKind::kSemicolon) break;
      if (!at(j).IsWord() || Word(j) != "by") continue;
      int e = j + 1;
      for (; e < l_ && e < j + 16; ++e) {
        if (!at(e).IsWord() && at(e).kind != ItemKind::kParenthesis && at(e).kind != ItemKind::kNumber) break;
        const std::string_view x = Word(e);
        if (e > j + 1 && (x == "as" || x == "of" || x == "for" || x == "to" || x == "that" || x == "on" || x == "in" ||
                          at(e).Is(kBe | kAuxiliary | kTime))) {
          if (x == "of" && !item.Is(kVerbOf)) continue;
          if (x == "for" && !item.Is(kVerbFor)) continue;
          break;
        }
      }
      if (e <= j + 1 || IsGerundForm(j + 1)) return false;
      c.speaker = {j + 1, e};
      const Range kept = c.speaker;
      int limit = -1;
      bool fragment = false;
      Candidate probe = c;
      probe.classes &= kVerbOf | kVerbFor | kVerbAs | kVerbTo;
      probe.passive = true;
      int after = FrameContent(probe, e, limit, fragment);
      if (after < 0 && item.Is(kVerbName)) {
        for (int q = c.cue_last; q < j; ++q) {
          if (at(q).kind == ItemKind::kQuote || (at(q).IsWord() && at(q).Is(kDeterminer))) {
            after = q;
            limit = j;
            break;
          }
        }
      }
      if (after < 0 && Is(e, kThatWord)) after = e + 1;
      if (after < 0) return false;
      c.speaker = kept;
      c.after = after;
      c.after_limit = limit;
      c.fragment = true;
      c.region_first = c.cue_first;
      c.region_last = std::max(after > j ? after : e, e);
      found_.push_back(c);
      return true;
    }
    return false;
  }
  if (be && !c.gerund) return false;
  if (Is(i, kToWord)) return false;

  // Gerunds.
  if (c.gerund && !be) {
    const bool comma = i >= f_ && (at(i).kind == ItemKind::kComma || at(i).kind == ItemKind::kDash ||
                                   at(i).kind == ItemKind::kQuote || at(i).kind == ItemKind::kParenthesis);
    const bool as_saying = i >= f_ && at(i).IsWord() && Word(i) == "as";
    const bool joined = i >= f_ && Is(i, kCoordinator) && !found_.empty() && found_.back().gerund;
    const bool document = Is(i, kSource | kVenue) && !at(i).capital;
    const bool by_saying =
        i >= f_ && at(i).IsWord() &&
        (Word(i) == "by" || Word(i) == "while" || Word(i) == "before" || Word(i) == "after" || Word(i) == "without");
    if (as_saying) {
      // was quoted (by Y) as saying; Y quoted X as saying
      int q = i - 1;
      while (q >= f_ && q > i - 14 && !Is(q, kVerbQuoted)) --q;
      if (q < f_ || !Is(q, kVerbQuoted)) return false;
      int b = q - 1;
      while (b >= f_ && IsPlainAdverb(b)) --b;
      c.cue_first = q;
      if (Is(b, kBe)) {
        while (b >= f_ && (Is(b, kBe | kAuxiliary) || IsPlainAdverb(b))) --b;
        c.speaker = SubjectEndingAt(b + 1);
        if (q + 1 < i && Word(q + 1) == "by") c.via = std::string(SpanOf({q + 2, i}).Of(text_));
      } else if (q + 1 < i) {
        c.speaker = {q + 1, i};
        const Range who = SubjectEndingAt(q);
        if (!who.empty()) c.via = std::string(SpanOf(who).Of(text_));
      }
      if (c.speaker.empty()) c.inherits = true;
      c.region_first = c.speaker.empty() ? c.cue_first : std::min(c.speaker.first, c.cue_first);
    } else if (comma || joined || document || by_saying || t == f_) {
      c.inherits = true;
      c.region_first = comma ? t : left;
      if (t == f_) return false;
    } else {
      return false;
    }
    c.region_first = std::min(c.region_first, c.cue_first);
    if (!PlaceContent(c)) return false;
    if (c.before && c.after < 0) return false;
    found_.push_back(c);
    return true;
  }

  if (!FindSpeaker(c)) return false;
  if (!PlaceContent(c)) return false;
  found_.push_back(c);
  return true;
}

// Finds the speaker of a finite cue whose left context ends before
// region_first.
bool EnglishSentence::FindSpeaker(Candidate& c) {
  const int left = c.region_first;
  const int i = left - 1;
  const bool bare = c.cue_first == left || left == c.cue_first;
  // Inverted: after a quotation or comma, the speaker on the right.
  const bool after_quote = i >= f_ && at(i).kind == ItemKind::kQuote;
  const bool after_comma = i >= f_ && at(i).kind == ItemKind::kComma;
  const bool first = i < f_;
  if ((after_quote || after_comma || (first && previous_quote_ >= 0) || (first && at(c.cue_first).capital)) && bare &&
      c.cue_last < l_) {
    const Item& next = at(c.cue_last);
    const bool quoted = after_quote || (after_comma && i - 1 >= f_ && at(i - 1).kind == ItemKind::kQuote) || first;
    const bool nominal =
        next.IsWord() && !next.Is(kThatWord | kFirstPerson | kSubordinator | kPreposition | kRelative) &&
        (next.capital || next.Is(kDeterminer | kRole | kBody | kPronounThird | kTitleWord | kPossessive) || quoted);
    if (nominal && (c.classes & (kVerbClause | kVerbThat | kVerbQuote | kSayCue | kVerbAsks)) != 0 &&
        !((c.classes & kVerbAddressee) != 0 && !quoted)) {
      const Range r = SpeakerRight(c.cue_last, !quoted);
      if (!r.empty()) {
        const int after = SkipAdjuncts(r.last, true);
        const bool closes =
            AtEnd(after) || at(after).kind == ItemKind::kComma || at(after).kind == ItemKind::kColon ||
            at(after).kind == ItemKind::kQuote ||
            (at(after).IsWord() && (at(after).Is(kSubordinator | kRelative | kCoordinator) || IsGerundForm(after)));
        // "..., told CNN": the one told is not the speaker.
        const bool told = (c.classes & kVerbAddressee) != 0;
        const Range subject = after_comma && !quoted ? SubjectEndingAt(left) : Range{};
        if ((closes || quoted) && !told &&
            (quoted || subject.empty() || AtEnd(r.last) || at(r.last).kind == ItemKind::kComma)) {
          // Without a quotation, an apposition on the left is the likelier
          // subject when something follows on the right.
          c.inverted = true;
          c.speaker = r;
          c.region_last = r.last;
          return true;
        }
      }
    }
  }
  if (first) return false;
  if (at(i).IsWord()) {
    if (at(i).Is(kRelative) && !at(i).Is(kThatWord) && Word(i) != "what") {
      if (Word(i) == "whom" || Word(i) == "whose") return false;
      int e = i;
      if (IsKind(i - 1, ItemKind::kComma)) --e;
      const Range r = e > f_ ? Range{SubjectStart(e), e} : Range{};
      if (r.empty()) return false;
      // The nearest noun phrase: after the last verb or preposition that is not
      // "of".
      c.relative = true;
      c.speaker = r;
      c.region_first = i;
      return true;
    }
    if (at(i).Is(kThatWord)) {
      if (i - 1 < f_ || !Is(i - 1, kSource | kBody | kRole) || Is(i - 1, kVerbAny & ~(kVerbNoun))) {
        if (!(i - 1 >= f_ && Is(i - 1, kSource))) return false;
      }
      int s = SubjectStart(i);
      // From the last determiner on: "in response to a recent report that
      // said".
      for (int j = i - 1; j >= s; --j) {
        if (at(j).Is(kDeterminer) || Is(j - 1, kPreposition)) {
          s = j;
          break;
        }
      }
      if (s >= i) return false;
      c.relative = true;
      c.speaker = {s, i};
      c.region_first = i;
      return true;
    }
    if (at(i).Is(kCoordinator) || at(i).Is(kSubordinator)) {
      if (Word(i) != "and" && Word(i) != "but" && Word(i) != "or") return false;
      c.inherits = true;
      return true;
    }
    if (at(i).Is(kFirstPerson) && !at(i).capital) return false;
    if (at(i).Is(kFirstPerson) && Word(i) == "I") return false;
    if (at(i).Is(kFirstPerson)) return false;
    if (at(i).Is(kPronounOther) && !at(i).Is(kDeterminer)) return false;
    c.speaker = SubjectEndingAt(left);
    if (c.speaker.empty()) return false;
    c.region_first = c.speaker.first;
    // ", an allegation Beijing denies"
    for (int j = c.speaker.first; j + 1 < c.speaker.last; ++j) {
      if (Is(j, kSayNoun) && !at(j).capital && at(j + 1).capital) return false;
    }
    if (at(c.speaker.first).Is(kPronounOther) && c.speaker.last - c.speaker.first == 1 && !at(c.speaker.first).capital)
      return false;
    // Weak cues want a speaker that can speak.
    if ((c.classes & kVerbSay) == 0) {
      bool nominal = false;
      for (int j = c.speaker.first; j < c.speaker.last; ++j) {
        const Item& item = at(j);
        nominal |= item.Is(kRole | kBody | kSource | kPronounThird | kKnownPlace | kKnownPerson | kRelay) ||
                   (item.capital && j > f_) ||
                   (item.capital && item.IsWord() && !item.Is(kDeterminer | kOpener | kPreposition)) ||
                   (j + 1 == c.speaker.last && EndsWith(Word(j), "s") && (c.classes & kVerbClause) != 0);
      }
      if (!nominal) return false;
    }
    return true;
  }
  if (after_comma || at(i).kind == ItemKind::kDash) {
    c.speaker = SubjectEndingAt(left);
    if (!c.speaker.empty()) {
      c.region_first = c.speaker.first;
      return true;
    }
    // "He nodded, said it was": too thin.
    if (!found_.empty() && IsPastForm(c.cue_first)) {
      c.inherits = true;
      return true;
    }
    return false;
  }
  if (at(i).kind == ItemKind::kParenthesis || at(i).kind == ItemKind::kNumber || at(i).kind == ItemKind::kStop ||
      at(i).kind == ItemKind::kQuote || at(i).kind == ItemKind::kOther) {
    if (at(i).kind == ItemKind::kQuote) return false;
    c.speaker = SubjectEndingAt(left);
    if (c.speaker.empty()) return false;
    c.region_first = c.speaker.first;
    return true;
  }
  return false;
}

// Content after a verb that takes it behind "of", "for", "as", "to", or as a
// noun phrase. Returns its first item or -1.
int EnglishSentence::FrameContent(const Candidate& c, int k, int& limit, bool& fragment) const {
  if (Is(k, kReciprocal)) return -1;
  const int reach = std::min(l_, k + kFrameReach);
  auto quote_within = [&](int from) {
    for (int j = from; j < std::min(l_, from + 12); ++j) {
      if (at(j).kind == ItemKind::kQuote) return j;
      if (at(j).kind == ItemKind::kStop && !AtEnd(j)) continue;
      if (!at(j).IsWord() && at(j).kind != ItemKind::kNumber && at(j).kind != ItemKind::kParenthesis) break;
      if (at(j).Is(kSubordinator) && Word(j) != "as" && Word(j) != "that") break;
    }
    return -1;
  };
  const struct {
    uint64_t bit;
    std::string_view word;
  } frames[] = {{kVerbOf, "of"}, {kVerbFor, "for"}, {kVerbAs, "as"}, {kVerbTo, "to"}};
  for (const auto& frame : frames) {
    if ((c.classes & frame.bit) == 0) continue;
    for (int j = k; j < reach; ++j) {
      if (at(j).kind == ItemKind::kQuote && frame.bit == kVerbAs) continue;
      if (at(j).kind == ItemKind::kComma && j > k) {
        // accused the director, James Comey, of
        int close = j + 1;
        while (close < l_ && close < j + 9 && (at(close).IsWord() || at(close).kind == ItemKind::kStop) &&
               !IsVerbish(close))
          ++close;
        if (IsKind(close, ItemKind::kComma) && In(close + 1) && Word(close + 1) == frame.word) {
          j = close;
          continue;
        }
        break;
      }
      if (!at(j).IsWord() && at(j).kind != ItemKind::kNumber && at(j).kind != ItemKind::kParenthesis &&
          !(at(j).kind == ItemKind::kStop && !AtEnd(j))) {
        break;
      }
      if (!at(j).IsWord()) continue;
      if (at(j).Is(kThatWord) && j > k && frame.bit != kVerbName && frame.bit != kVerbAs) break;
      if (Word(j) != frame.word) continue;
      if (j + 1 >= l_ || AtEnd(j + 1)) break;
      if (frame.bit == kVerbTo) {
        const bool object = (c.classes & kVerbToObject) != 0;
        if (object && !c.passive) {
          // "asked to speak", "asked not to be named"
          int o = k;
          while (o < j && IsPlainAdverb(o)) ++o;
          if (o == j) break;
        }
        if (!object && j != k && !IsPlainAdverb(j - 1) && (c.classes & kVerbAddressee) == 0) {
          // "vowed on Monday to": adjuncts only.
          if (SkipAdjuncts(k, true) < j && !Is(k, kPreposition)) break;
        }
        const Item& next = at(j + 1);
        if (next.IsWord() &&
            (next.capital || next.Is(kDeterminer | kPossessive | kPronounThird | kFirstPerson | kPreposition)))
          continue;  // a preposition
        if (next.IsWord() && (IsGerundForm(j + 1) || next.Is(kRole | kVenue))) continue;
      }
      if (frame.bit == kVerbAs && (IsGerundForm(j + 1) && at(j + 1).Is(kVerbAny))) break;
      if (frame.bit == kVerbAs && j == k && !c.passive) break;
      if (frame.bit == kVerbAs && at(j + 1).IsWord() && (at(j + 1).Is(kPronounThird))) break;
      if (frame.bit == kVerbOf && j == k && !c.passive) break;
      fragment = true;
      return frame.bit == kVerbTo ? j : j + 1;
    }
  }
  if ((c.classes & kVerbName) != 0) {
    const int q = quote_within(k);
    if (q > k) {
      // Up to the quotation; what stands between is what is named. "called the
      // clip "a film ..."".
      int start = q;
      while (start > k + 1 && Is(start - 1, kDeterminer) && !Is(start - 1, kThatWord | kPronounOther)) --start;
      limit = -1;
      fragment = true;
      return start;
    }
    if (Is(k, kPronounThird | kPronounOther) || Word(k) == "him" || Word(k) == "her" || Word(k) == "them") {
      if (In(k + 1) && at(k + 1).IsWord() &&
          !at(k + 1).Is(kPreposition | kToWord | kSubordinator | kTime | kCoordinator)) {
        fragment = true;
        return k + 1;
      }
    } else if (k < l_) {
      for (int j = k + 2; j < std::min(l_, k + 12); ++j) {
        if (at(j).kind == ItemKind::kStop && !AtEnd(j)) continue;
        if (!at(j).IsWord()) break;
        if (at(j).Is(kPreposition) && Word(j) != "of" && Word(j) != "by") continue;
        if ((Word(j) == "a" || Word(j) == "an") && !Is(j - 1, kPreposition)) {
          fragment = true;
          return j;
        }
      }
    }
  }
  if ((c.classes & kVerbAt) != 0) {
    for (int j = k + 1; j + 1 < std::min(l_, k + 8) + 1 && j + 1 < l_; ++j) {
      if (!at(j).IsWord() && at(j).kind != ItemKind::kNumber) break;
      if (Word(j) == "at") {
        for (int n = j + 1; n < l_ && n < j + 4; ++n) {
          if (at(n).kind == ItemKind::kNumber) {
            fragment = true;
            return k;
          }
        }
      }
    }
  }
  if ((c.classes & kVerbNoun) != 0 && k < l_) {
    int j = SkipAdjuncts(k, false);
    if (j >= l_) return -1;
    const Item& next = at(j);
    if (next.Is(kThatWord) && !(In(j + 1) && at(j + 1).kind == ItemKind::kQuote)) return -1;
    if (next.kind == ItemKind::kNumber || next.kind == ItemKind::kQuote || next.kind == ItemKind::kOther) {
      fragment = true;
      return j;
    }
    if (!next.IsWord() || next.Is(kPronounThird | kPronounOther | kSubordinator | kPreposition | kToWord | kBe |
                                  kAuxiliary | kCoordinator))
      return -1;
    // "denied the accusation", "rejected that": nothing is said but the act.
    int e = j;
    bool act_only = false;
    while (e < l_ && at(e).IsWord() && e < j + 6 && !at(e).Is(kPreposition | kSubordinator | kCoordinator)) {
      act_only |= at(e).Is(kSayNoun | kSource) && !at(e).capital && next.Is(kDeterminer);
      ++e;
    }
    if (act_only || (e - j <= 1 && !IsGerundForm(j) && AtEnd(e) && (c.classes & kVerbClause) == 0)) return -1;
    fragment = true;
    return j;
  }
  return -1;
}

bool EnglishSentence::QuoteBefore(const Candidate& c) const {
  int p = c.region_first - 1;
  if (IsKind(p, ItemKind::kComma) || IsKind(p, ItemKind::kDash)) --p;
  return IsKind(p, ItemKind::kQuote);
}

// Content that stands before the cue: back to the clause's start.
bool EnglishSentence::FindBefore(Candidate& c, bool allow_plain) const {
  int p = c.region_first - 1;
  const bool comma = IsKind(p, ItemKind::kComma) || IsKind(p, ItemKind::kDash);
  if (comma) --p;
  if (p < f_) return false;
  const bool quote = at(p).kind == ItemKind::kQuote;
  if (!quote && !comma && !c.prefix) return false;
  if (!quote && !allow_plain) return false;
  int start = p;
  if (quote) {
    // Only the quotation, unless words of the clause lead to it.
    while (start > f_ && at(start - 1).kind == ItemKind::kQuote) --start;
    const int q = start;
    while (start > f_ && at(start - 1).kind != ItemKind::kSemicolon && at(start - 1).kind != ItemKind::kColon &&
           at(start - 1).kind != ItemKind::kDash && !(at(start - 1).kind == ItemKind::kStop))
      --start;
    if (start < q && at(q - 1).kind == ItemKind::kColon) start = q;
    // After a comma the words before belong to something else, unless they are
    // a clause that needs the quotation.
    while (start < q && Is(start, kOpener) && !Is(start, kDeterminer)) ++start;
  } else {
    while (start > f_ && at(start - 1).kind != ItemKind::kSemicolon) --start;
    // What an earlier cue of this sentence has said before it stays with that
    // cue.
    for (const Candidate& other : found_) {
      if (other.before && other.region_last + 2 <= p + 1 && other.region_last > start) start = other.region_last;
    }
    while (start < p &&
           (Is(start, kOpener) || !(at(start).IsWord() || at(start).kind == ItemKind::kNumber ||
                                    at(start).kind == ItemKind::kQuote || at(start).kind == ItemKind::kOther)) &&
           !Is(start, kDeterminer))
      ++start;
    if (p + 1 - start < 2) return false;
    if (!HasVerb(start, p + 1) && !c.prefix && Is(start, kPreposition | kSubordinator) && !Is(start, kWhWord))
      return false;
  }
  if (start > p) return false;
  c.before_range = {start, p + 1};
  return true;
}

// Decides where the content is. False: there is none, so this is no
// attribution.
bool EnglishSentence::PlaceContent(Candidate& c) {
  const uint64_t clause = c.classes & kVerbClause;
  int k = c.inverted ? c.region_last : c.cue_last;
  bool told_clause = false;
  // as X put it
  if ((c.classes & kVerbAt) != 0 && (c.classes & kVerbQuote) != 0 && Is(k, kPronounIt) && !Is(k + 1, kPreposition)) ++k;
  // Verbs with a frame of their own come first when the frame is there.
  if (!c.inverted && !QuoteBefore(c)) {
    int limit = -1;
    bool fragment = false;
    Candidate probe = c;
    if (clause != 0) probe.classes &= ~uint64_t{kVerbNoun};  // a clause is likelier; noun phrases come below
    const int after = FrameContent(probe, k, limit, fragment);
    if (after >= 0 && after < l_) {
      // "that" between them means a clause, not a frame: "warned that ... to
      // ...".
      bool that = false;
      for (int j = k; j < after; ++j)
        that |= Is(j, kThatWord) && (c.classes & (kVerbClause | kVerbThat)) != 0 && (c.classes & kVerbName) == 0;
      if (!that) {
        c.after = after;
        c.after_limit = limit;
        c.fragment = fragment;
        c.region_last = k;
        return true;
      }
    }
  }
  if ((c.classes & kVerbAddressee) != 0 && !c.inverted) {
    int j = k;
    if (In(k) && at(k).IsWord() && !Is(k, kThatWord) && !IsPlainAdverb(k) && !Is(k, kPreposition | kWhWord)) {
      j = SkipAddressee(k, told_clause);
      // "told CNN", "told Reuters": passed on by them.
      if (j > k) {
        for (int q = k; q < j && q < k + 5; ++q) {
          if (at(q).Is(kRelay) && at(q).capital) {
            const int last = std::min(q + std::max(at(q).phrase, 1), j);
            c.via = std::string(SpanOf({q, last}).Of(text_));
            break;
          }
        }
      }
    }
    k = j;
  }
  int a = SkipAdjuncts(k, true);
  const bool settled = a >= l_ || !at(a).IsWord() || at(a).Is(kThatWord);
  if (!settled) {
    // A bare clause: only sure adjuncts are skipped.
    a = std::max(k, SkipAdjuncts(k, false));
  }
  c.region_last = std::max(c.region_last, a);
  const bool quote_before = QuoteBefore(c) || (c.region_first == f_ && previous_quote_ >= 0);
  const bool strong = clause != 0 || (c.classes & (kVerbAsks)) != 0;

  // Nothing after the cue: the content is before it.
  if (AtEnd(a)) {
    c.before = c.trailing = true;
    if (quote_before) return true;
    if ((c.classes & (kVerbClause | kVerbThat | kSayCue)) == 0) return false;
    if (c.relative || c.inherits) return false;
    return FindBefore(c, true);
  }
  const Item& next = at(a);
  if (next.kind == ItemKind::kComma) {
    const bool quote_next = IsKind(a + 1, ItemKind::kQuote);
    if (quote_before) {
      c.before = true;
      if (quote_next) c.after = a + 1;
      c.trailing = !quote_next;
      c.region_last = a + (quote_next ? 1 : 0);
      return true;
    }
    if (quote_next) {
      c.after = a + 1;
      c.region_last = a + 1;
      // The president, she said, "has a problem": the words before belong to
      // it when they are no clause of their own.
      Candidate probe = c;
      if ((c.classes & (kVerbClause | kVerbThat)) != 0 && !c.relative && !c.inherits && FindBefore(probe, true) &&
          !SentenceLike(at(a + 1).inner.Of(text_)) && probe.before_range.last - probe.before_range.first <= 8 &&
          !Is(probe.before_range.first, kPreposition | kSubordinator)) {
        c.before = true;
      }
      return true;
    }
    if ((c.classes & (kVerbClause | kVerbThat | kSayCue)) == 0) return false;
    Candidate probe = c;
    if (!c.relative && !c.inherits && FindBefore(probe, true)) {
      // A, X said, B: B goes on with the content when A is short of a clause.
      c.before = true;
      const Range r = probe.before_range;
      const bool short_before = r.last - r.first <= 6 || !HasVerb(r.first, r.last);
      const int b = a + 1;
      bool other_starts = false;
      for (int j = b; j < l_ && j < b + 3; ++j) other_starts |= IsGerundForm(j);
      const bool goes_on =
          In(b) && !other_starts && !Is(b, kRelative | kDeterminer | kPreposition) && !(Is(b, kSubordinator));
      if (In(b) && (short_before ? !other_starts : goes_on)) {
        c.after = b;
      } else {
        c.trailing = true;
      }
      c.region_last = a;
      return true;
    }
    if (clause != 0 && c.region_first <= f_ + 3 && In(a + 1) && at(a + 1).IsWord() && !IsGerundForm(a + 1) &&
        !Is(a + 1, kRelative | kSubordinator) && HasVerb(a + 1, l_) && !c.relative) {
      c.after = a + 1;
      c.region_last = a + 1;
      return true;
    }
    return false;
  }
  if (next.kind == ItemKind::kColon) {
    if (!In(a + 1)) return false;
    if (quote_before && !IsKind(a + 1, ItemKind::kQuote)) {
      c.before = c.trailing = true;
      return true;
    }
    if (at(a + 1).kind != ItemKind::kQuote && !strong && (c.classes & kVerbThat) == 0) return false;
    c.after = a + 1;
    c.region_last = a + 1;
    return true;
  }
  if (quote_before && !c.gerund) {
    // "...," he said as he left. But: "...," he said. / "A" he said that "B" is
    // rare.
    c.before = true;
    c.trailing = true;
    if (next.kind == ItemKind::kQuote && SentenceLike(next)) {
      c.after = a;
      c.trailing = false;
    } else if (Is(a, kThatWord) && !c.inverted) {
      c.before = false;
      c.trailing = false;
      c.after = a + 1;
      return In(c.after);
    }
    return true;
  }
  if (c.inverted) {
    // content, said X as ...
    c.before = c.trailing = true;
    return FindBefore(c, true);
  }
  if (next.kind == ItemKind::kQuote) {
    c.after = a;
    return true;
  }
  if (next.IsWord() && next.Is(kThatWord)) {
    if ((c.classes & (kVerbClause | kVerbThat | kSayCue | kVerbAsks)) == 0) return false;
    if (!In(a + 1) || AtEnd(a + 1)) return false;
    c.after = a + 1;
    c.region_last = a + 1;
    return true;
  }
  if ((c.classes & kVerbQuote) != 0 && (c.classes & (kVerbClause | kVerbThat | kSayCue)) == 0) return false;
  if (next.IsWord() && next.Is(kWhWord) && !next.Is(kThatWord)) {
    if (!strong) return false;
    const std::string_view w = Word(a);
    if ((w == "when" || w == "if" || w == "where") && (c.classes & (kVerbAsks | kVerbAddressee)) == 0 && !c.refuses)
      return false;
    c.after = a;
    return In(a + 1);
  }
  if (c.refuses) return false;
  const bool say = strong && (c.classes & kVerbAsks) == 0 && (c.classes & kVerbClause) != 0;
  if (say) {
    const bool very_say = (c.classes & kVerbSay) != 0;
    if (next.IsWord() && (next.Is(kPreposition) && !next.capital && !very_say)) return false;
    if (next.IsWord() && next.Is(kSubordinator) && !next.Is(kPreposition | kAdverb) && !very_say) return false;
    if (very_say) {
      if (l_ - a < 2 || AtEnd(a + 1)) return false;
      c.after = a;
      return true;
    }
    // Others need a clause: a subject and its verb.
    int end = a;
    while (end < l_ && end < a + 25 && at(end).kind != ItemKind::kComma && at(end).kind != ItemKind::kSemicolon &&
           !(end > a && (Is(end, kRelative))))
      ++end;
    if (HasVerb(a + 1, end) && !(IsVerbish(a) && !next.Is(kDeterminer))) {
      c.after = a;
      return true;
    }
  }
  if ((c.classes & kVerbNoun) != 0) {
    int limit = -1;
    bool fragment = false;
    Candidate probe = c;
    probe.classes = kVerbNoun;
    const int after = FrameContent(probe, k, limit, fragment);
    if (after >= 0 && after < l_) {
      c.after = after;
      c.fragment = true;
      return true;
    }
  }
  return false;
}

// Beside a quotation any verb will do: "...," Smith quipped. Smith thundered:
// "..."
bool EnglishSentence::TryUnknownVerb(int t) {
  const Item& item = at(t);
  if (!item.IsWord() || item.capital ||
      item.Is(kVerbAny | kBe | kAuxiliary | kPreposition | kSubordinator | kDeterminer | kRelative))
    return false;
  if (!EndsWith(Word(t), "ed") || Word(t).size() < 5) return false;
  Candidate c;
  c.classes = kVerbQuote;
  c.cue_first = t;
  c.cue_last = t + 1;
  const bool colon_quote = IsKind(t + 1, ItemKind::kColon) && IsKind(t + 2, ItemKind::kQuote);
  const bool comma_quote =
      IsKind(t + 1, ItemKind::kComma) && IsKind(t + 2, ItemKind::kQuote) && SentenceLike(at(t + 2));
  int i = t - 1;
  while (i >= f_ && IsPlainAdverb(i)) --i;
  c.region_first = i + 1;
  if (IsKind(i, ItemKind::kQuote) && LastInside(at(i)) == ',') {
    // "...," quipped Smith
    if (!(In(t + 1) && at(t + 1).IsWord() && (at(t + 1).capital || at(t + 1).Is(kDeterminer)))) return false;
    const Range r = SpeakerRight(t + 1, false);
    if (r.empty()) return false;
    c.inverted = true;
    c.speaker = r;
    c.region_last = r.last;
    c.before = c.trailing = true;
    found_.push_back(c);
    return true;
  }
  if (i < f_ || !at(i).IsWord() || at(i).Is(kFirstPerson)) return false;
  const Range r = SubjectEndingAt(i + 1);
  if (r.empty()) return false;
  bool nominal = false;
  for (int j = r.first; j < r.last; ++j) nominal |= at(j).capital || at(j).Is(kRole | kPronounPerson);
  if (!nominal) return false;
  c.speaker = r;
  c.region_first = r.first;
  c.region_last = t + 1;
  const bool quote_before = IsKind(r.first - 1, ItemKind::kQuote) && LastInside(at(r.first - 1)) == ',';
  if (colon_quote || comma_quote) {
    c.after = t + 2;
    c.before = quote_before;
  } else if (quote_before) {
    c.before = c.trailing = true;
  } else {
    return false;
  }
  found_.push_back(c);
  return true;
}

void EnglishSentence::FindCues() {
  for (int t = f_; t < l_; ++t) {
    const Item& item = at(t);
    if (!item.IsWord()) continue;
    if (TryPrefix(t)) {
      t = found_.back().cue_last - 1;
      continue;
    }
    if (TryViewNoun(t) || TrySayNoun(t)) continue;
    if (TryVerb(t)) {
      t = found_.back().cue_last - 1;
      continue;
    }
    TryUnknownVerb(t);
  }
}

// ---- Contents
// ------------------------------------------------------------------------------------------------------

// Where content that starts at `start` ends: before the next cue of the same
// level, or with the sentence.
int EnglishSentence::ClauseEnd(const Candidate& c, int start) const {
  const int limit = c.after_limit > 0 ? std::min(c.after_limit, l_) : l_;
  int end = limit;
  bool verb_seen = false;
  auto starts = [&](int i) { return In(i) && starts_at_[static_cast<size_t>(i - f_)] >= 0; };
  auto candidate = [&](int i) -> const Candidate& {
    return found_[static_cast<size_t>(starts_at_[static_cast<size_t>(i - f_)])];
  };
  for (int j = start; j < limit; ++j) {
    const Item& item = at(j);
    if (item.kind == ItemKind::kSemicolon) {
      end = j;
      break;
    }
    if (item.kind == ItemKind::kQuote && c.fragment && LastInside(item) == ',' && !Is(j + 1, kCoordinator)) {
      end = j + 1;
      break;
    }
    const bool quote_comma = item.kind == ItemKind::kQuote && LastInside(item) == ',';
    if (item.kind == ItemKind::kComma || item.kind == ItemKind::kDash || quote_comma) {
      const int stop = quote_comma ? j + 1 : j;
      int k = j + 1;
      if (starts(k)) {
        const Candidate& other = candidate(k);
        if (other.gerund || other.trailing || other.prefix) {
          end = stop;
          break;
        }
      }
      // Back to the clause that a relative clause interrupts: "Obama, who has
      // said he will not, warned".
      if (c.relative && item.kind == ItemKind::kComma && In(k) &&
          (IsVerbish(k) || (at(k).IsWord() && at(k).Is(kVerbAny) && IsPastForm(k)))) {
        end = stop;
        break;
      }
      // ", a claim China disputes"
      if (Is(k, kDeterminer) && (Is(k + 1, kSayNoun) || Is(k + 2, kSayNoun))) {
        end = stop;
        break;
      }
      bool joined = false;
      while (In(k) && k < j + 4 && at(k).IsWord() && (at(k).Is(kCoordinator | kSubordinator | kOpener | kAdverb)) &&
             !starts(k)) {
        joined = true;
        ++k;
      }
      if (joined && starts(k) && !candidate(k).relative) {
        end = stop;
        break;
      }
      // ", and in a statement X said"
      continue;
    }
    if (item.IsWord() && item.Is(kCoordinator)) {
      int k = j + 1;
      while (In(k) && k < j + 3 && IsPlainAdverb(k) && !starts(k)) ++k;
      if (starts(k) && candidate(k).inherits && candidate(k).cue_first - k < 4 && !candidate(k).gerund) {
        end = j;
        break;
      }
      if (starts(k) && candidate(k).inherits && candidate(k).gerund && c.gerund) {
        end = j;
        break;
      }
    }
    if (c.noun && IsVerbish(j) && item.Is(kBe | kAuxiliary) && verb_seen &&
        !Is(j - 1, kToWord | kBe | kAuxiliary | kRelative | kThatWord)) {
      // "its claim that the system is rigged has resonated": the second verb is
      // the sentence's own.
      end = j;
      break;
    }
    if (item.IsWord() && item.Is(kSubordinator | kCoordinator | kRelative)) verb_seen = false;
    if (IsVerbish(j)) verb_seen = true;
    if (item.IsWord() && starts(j) && candidate(j).prefix && !candidate(j).speaker.empty() && candidate(j).trailing) {
      end = j;
      break;
    }
  }
  while (end > start) {
    const ItemKind kind = at(end - 1).kind;
    if (kind == ItemKind::kStop || kind == ItemKind::kComma || kind == ItemKind::kSemicolon ||
        kind == ItemKind::kDash || kind == ItemKind::kColon) {
      // The dot of an abbreviation stays.
      if (kind == ItemKind::kStop && end < l_ && end - 1 > start && at(end - 2).span.length() <= 4 &&
          at(end - 2).capital)
        break;
      --end;
      continue;
    }
    break;
  }
  return end;
}

void EnglishSentence::EmitPiece(const Candidate& c, Range piece) {
  while (!piece.empty() && (at(piece.first).kind == ItemKind::kComma || at(piece.first).kind == ItemKind::kColon ||
                            at(piece.first).kind == ItemKind::kDash || at(piece.first).kind == ItemKind::kSemicolon))
    ++piece.first;
  if (piece.empty()) return;
  Attribution a;
  a.content.push_back(SpanOf(piece));
  int quotes = 0, others = 0;
  for (int i = piece.first; i < piece.last; ++i) {
    if (at(i).kind == ItemKind::kQuote) {
      ++quotes;
    } else if (at(i).IsWord() || at(i).kind == ItemKind::kNumber) {
      ++others;
    }
  }
  a.kind = quotes == 0                ? Attribution::Kind::kIndirect
           : others > 0 || c.fragment ? Attribution::Kind::kMixed
                                      : Attribution::Kind::kDirect;
  if (a.kind == Attribution::Kind::kDirect && !c.before) {
    // A fragment after the cue: said it was over "any day".
    const std::string_view s = at(piece.first).inner.Of(text_);
    if (!s.empty() && s[0] >= 'a' && s[0] <= 'z' && quotes == 1 && c.classes == 0) a.kind = Attribution::Kind::kMixed;
  }
  a.cue = SpanOf({c.cue_first, c.cue_last});
  if (!c.speaker.empty()) a.speaker_span = SpanOf(c.speaker);
  a.via = c.via;
  o_.out_.push_back(std::move(a));
}

void EnglishSentence::Emit() {
  const int n = l_ - f_;
  starts_at_.assign(static_cast<size_t>(n) + 1, -1);
  for (size_t k = 0; k < found_.size(); ++k) {
    int& slot = starts_at_[static_cast<size_t>(found_[k].region_first - f_)];
    if (slot < 0) slot = static_cast<int>(k);
  }
  // A relay: "..., Wu said on Thursday, China Daily reported."
  for (size_t k = 1; k < found_.size(); ++k) {
    Candidate& relay = found_[k];
    Candidate& said = found_[k - 1];
    const bool trailing_relay = relay.trailing && !relay.inherits && !relay.inverted && !relay.speaker.empty();
    if (!trailing_relay || !IsKind(relay.region_first - 1, ItemKind::kComma)) continue;
    bool media = false;
    for (int i = relay.speaker.first; i < relay.speaker.last; ++i)
      media |= at(i).Is(kRelay) && (at(i).capital || at(i).phrase > 1);
    const bool follows = said.region_last >= relay.region_first - 1 && said.before;
    if (!follows && !media) continue;
    if (said.speaker.empty() && !said.inherits) continue;
    said.via = std::string(SpanOf(relay.speaker).Of(text_));
    relay.dropped = true;
    if (!follows) continue;
    said.trailing = true;
    said.after = -1;
  }
  Range subject = {};
  bool subject_known = false;
  Span last_speaker;
  Speaker last_who;
  bool have_last = false;
  for (size_t k = 0; k < found_.size(); ++k) {
    Candidate& c = found_[k];
    if (c.dropped) continue;
    // Contents.
    std::vector<Range> pieces;
    int from_previous = -1;
    if (c.before) {
      if (FindBefore(c, true)) {
        pieces.push_back(c.before_range);
      } else if (c.region_first <= f_ + 1 && previous_quote_ >= 0) {
        from_previous = previous_quote_;
      }
    }
    if (c.after >= 0 && c.after < l_) {
      int end = ClauseEnd(c, c.after);
      // "that A and that B"
      int start = c.after;
      for (int j = start + 1; j + 2 < end; ++j) {
        if (Is(j, kCoordinator) && Is(j + 1, kThatWord) && !c.fragment && !Is(j + 2, kCoordinator) &&
            at(c.after - 1).Is(kThatWord)) {
          int stop = j;
          while (stop > start && at(stop - 1).kind == ItemKind::kComma) --stop;
          pieces.push_back({start, stop});
          start = j + 2;
        }
      }
      pieces.push_back({start, end});
      // A quotation that stands for itself ends the content with the sentence
      // it closes.
      if (at(c.after).kind == ItemKind::kQuote && !c.fragment &&
          pieces.size() == 1 + (c.before_range.empty() ? 0 : 1)) {
        Range& piece = pieces.back();
        if (SentenceLike(at(c.after)) && piece.last > piece.first + 1 && LastInside(at(c.after)) != ',')
          piece.last = piece.first + 1;
      }
    }
    const size_t before = o_.out_.size();
    for (const Range& piece : pieces) EmitPiece(c, piece);
    if (from_previous >= 0) {
      const size_t quote = static_cast<size_t>(from_previous);
      Attribution a;
      a.kind = Attribution::Kind::kDirect;
      a.content.push_back(items_[quote].span);
      a.cue = SpanOf({c.cue_first, c.cue_last});
      if (!c.speaker.empty()) a.speaker_span = SpanOf(c.speaker);
      a.via = c.via;
      o_.out_.push_back(std::move(a));
    }
    if (o_.out_.size() == before) continue;
    // Speaker.
    Span span;
    Speaker who;
    bool possessive_pronoun = false;
    if (!c.speaker.empty() && !c.inherits) {
      const int context_first = std::min(c.region_last, l_);
      Span context;
      if (c.cue_last < context_first) context = {at(c.cue_last).span.begin, at(context_first - 1).span.end};
      span = SpanOf(c.speaker);
      who = o_.book_.Resolve(items_, c.speaker.first, c.speaker.last, c.trailing ? context : Span{});
    } else if (have_last) {
      span = c.speaker.empty() ? last_speaker : SpanOf(c.speaker);
      who = last_who;
    } else {
      possessive_pronoun = !c.speaker.empty();
      if (!subject_known) {
        subject = SubjectAtStart();
        if (!subject.empty() && at(subject.first).Is(kFirstPerson | kPronounOther) &&
            !at(subject.first).Is(kDeterminer))
          subject = {};
        subject_known = true;
      }
      if (possessive_pronoun) {
        const std::string_view w = Word(c.speaker.first);
        span = SpanOf(c.speaker);
        Item as = at(c.speaker.first);
        as.classes = w == "his" || w == "His"   ? kPronounHe
                     : w == "her" || w == "Her" ? kPronounShe
                     : w == "its" || w == "Its" ? kPronounIt
                                                : kPronounThey;
        who = o_.book_.Resolve({as}, 0, 1, {});
      } else if (!subject.empty() && subject.last <= c.cue_first) {
        span = SpanOf(subject);
        who = o_.book_.Resolve(items_, subject.first, subject.last, {});
      }
    }
    if (span.empty()) {
      o_.out_.resize(before);
      continue;
    }
    for (size_t j = before; j < o_.out_.size(); ++j) {
      o_.out_[j].speaker_span = span;
      o_.out_[j].speaker = who.name;
      o_.out_[j].party = who.party;
    }
    last_speaker = span;
    last_who = who;
    have_last = true;
    emitted_ = true;
    o_.last_ = {static_cast<int>(o_.out_.size()) - 1, 0};
  }
}

bool EnglishSentence::Run(int previous_quote) {
  previous_quote_ = previous_quote;
  FindCues();
  if (found_.empty()) {
    if (depth_ == 0) {
      const Range subject = SubjectAtStart();
      if (!subject.empty()) o_.book_.Mention(items_, subject.first, subject.last);
    }
    return false;
  }
  // "The Navy released a video that it says ...": the subject comes before its
  // pronoun.
  const Candidate& head = found_.front();
  if (depth_ == 0 && head.speaker.last - head.speaker.first == 1 && at(head.speaker.first).Is(kPronounThird) &&
      head.speaker.first > f_ + 1) {
    const Range subject = SubjectAtStart();
    if (!subject.empty() && subject.last <= head.speaker.first) o_.book_.Mention(items_, subject.first, subject.last);
  }
  Emit();
  return emitted_;
}

// ---- Paragraphs
// ----------------------------------------------------------------------------------------------------

void EnglishAttributor::ReadRange(Span range, const std::vector<int32_t>& starts, int depth) {
  const std::vector<Item> items = ReadItems(text_, range, words_);
  const int n = static_cast<int>(items.size());
  if (n == 0) return;
  if (depth == 0) book_.ReadNames(items);
  int first = 0;
  // A dateline: "PORT ILENE, April 9 — ", "WASHINGTON (AP) -- ".
  if (depth == 0 && items[0].IsWord() && items[0].all_caps) {
    for (int i = 1; i < n && i < 14; ++i) {
      if (items[static_cast<size_t>(i)].kind == ItemKind::kDash) {
        first = i + 1;
        break;
      }
    }
  }
  // Sentences: the segmenter's, save that none starts with a small letter or
  // inside a quotation.
  std::vector<int> cuts;
  auto next_start = std::lower_bound(starts.begin(), starts.end(), range.begin);
  for (int i = first; i < n; ++i) {
    bool cut = i == first;
    while (next_start != starts.end() && *next_start <= items[static_cast<size_t>(i)].span.begin) {
      // A start inside the item before (a quotation) is none.
      if (i == first || *next_start >= items[static_cast<size_t>(i - 1)].span.end) cut = true;
      ++next_start;
    }
    if (cut && i > first && items[static_cast<size_t>(i)].IsWord() && !items[static_cast<size_t>(i)].capital)
      cut = false;
    if (!cut && i - cuts.back() >= kMaxSentenceItems) cut = true;
    // A quotation that ends a sentence, and a capital or another quotation
    // after it.
    if (!cut && i > first && items[static_cast<size_t>(i - 1)].kind == ItemKind::kQuote &&
        items[static_cast<size_t>(i)].kind == ItemKind::kQuote) {
      const std::string_view s = items[static_cast<size_t>(i - 1)].inner.Of(text_);
      if (!s.empty() && (s.back() == '.' || s.back() == '?' || s.back() == '!')) cut = true;
    }
    if (cut) cuts.push_back(i);
  }
  cuts.push_back(n);
  int pending_orphan = -1;  // a quotation at the paragraph's start, waiting for a cue after it
  int previous_quote = -1;
  for (size_t s = 0; s + 1 < cuts.size(); ++s) {
    const int f = cuts[s], l = cuts[s + 1];
    EnglishSentence sentence(*this, items, f, l, depth);
    const size_t before = out_.size();
    const bool attributed = sentence.Run(previous_quote);
    previous_quote = -1;
    if (!attributed && sentence.OrphanQuote()) {
      int end = l;
      while (end > f && items[static_cast<size_t>(end - 1)].kind != ItemKind::kQuote) --end;
      if (last_.attribution >= 0 && last_.paragraphs_ago <= 1 && depth == 0) {
        // Goes on with the words of the one who spoke last.
        Attribution a = out_[static_cast<size_t>(last_.attribution)];
        a.kind = Attribution::Kind::kDirect;
        a.content = {Span{items[static_cast<size_t>(f)].span.begin, items[static_cast<size_t>(end - 1)].span.end}};
        a.parent = -1;
        out_.push_back(std::move(a));
        last_ = {static_cast<int>(out_.size()) - 1, 0};
        previous_quote = -1;
        pending_orphan = -1;
        // The next sentence may claim it: "Really?" Smith asked.
        const char last_char = items[static_cast<size_t>(end - 1)].inner.Of(text_).empty()
                                   ? ' '
                                   : items[static_cast<size_t>(end - 1)].inner.Of(text_).back();
        if (last_char == '?' || last_char == '!') previous_quote = end - 1;
      } else {
        pending_orphan = f;
        previous_quote = end - 1;
      }
    } else if (attributed) {
      // A quotation at the start that waited belongs to the first direct speech
      // after it.
      if (pending_orphan >= 0 && out_.size() > before && items[static_cast<size_t>(f)].kind == ItemKind::kQuote) {
        const Attribution& first_here = out_[before];
        if (first_here.content.front().begin == items[static_cast<size_t>(f)].span.begin) {
          Attribution a = first_here;
          const Item& quote = items[static_cast<size_t>(pending_orphan)];
          a.kind = Attribution::Kind::kDirect;
          a.content = {quote.span};
          out_.push_back(std::move(a));
          last_ = {static_cast<int>(before), 0};
        }
      }
      pending_orphan = -1;
    } else {
      pending_orphan = -1;
    }
  }
  if (depth >= kMaxDepth) return;
  for (const Item& item : items) {
    if (item.kind == ItemKind::kQuote && item.inner.length() > 20 && item.inner.length() < item.span.length()) {
      const Last keep = last_;
      ReadRange(item.inner, starts, depth + 1);
      last_ = keep;
    }
  }
}

void EnglishAttributor::ReadParagraph(Span paragraph, const std::vector<int32_t>& starts) {
  if (last_.attribution >= 0 && ++last_.paragraphs_ago > 2) last_ = {};
  ReadRange(paragraph, starts, 0);
}

}  // namespace narrdiff
