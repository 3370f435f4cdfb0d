// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/find_language_cuts.h"

#include <cstddef>

#include "engine/base/utf8.h"
#include "engine/read/ascii_text.h"

namespace narrdiff {
namespace {

// A passage of one language has at least so much of it.
constexpr int kLeastWords = 3;
constexpr int kLeastHan = 4;

enum class Script { kNone, kLatin, kHan };

// What a sentence, or a run of them, has outside brackets.
struct Amount {
  int words = 0, han = 0;
  bool empty() const { return words == 0 && han == 0; }
  void Add(const Amount& other) {
    words += other.words;
    han += other.han;
  }
};

bool OpensBracket(char32_t c) { return c == '(' || c == '[' || c == 0xFF08 || c == 0x3010; }
bool ClosesBracket(char32_t c) { return c == ')' || c == ']' || c == 0xFF09 || c == 0x3011; }
bool OpensQuote(char32_t c) { return c == 0x201C || c == 0x300C || c == 0x300E || c == 0x300A; }
bool ClosesQuote(char32_t c) { return c == 0x201D || c == 0x300D || c == 0x300F || c == 0x300B; }

bool IsWideEnd(char32_t c) { return c == 0x3002 || c == 0xFF01 || c == 0xFF1F; }
bool IsNarrowEnd(char32_t c) { return c == '.' || c == '!' || c == '?' || c == 0x2026; }
// Marks that part a heading from its translation.
bool IsDivider(char32_t c) { return c == '/' || c == '|' || c == 0xFF0F || c == 0xFF5C || c == '\t' || c == 0x3000; }

// Characters of both kinds, enough for two passages. Most lines are settled by
// their widths.
bool MayChange(std::string_view text, const Line& line) {
  const int32_t narrow = line.columns - 2 * line.wide;
  if (line.wide < kLeastHan || narrow < 2 * kLeastWords) return false;
  int letters = 0;
  for (const char c : line.span.Of(text)) {
    letters += IsLetter(static_cast<unsigned char>(c));
    if (letters >= 2 * kLeastWords) return true;
  }
  return false;
}

class Cutter {
 public:
  Cutter(std::string_view text, Span line, std::vector<int32_t>& cuts) : text_(text), line_(line), cuts_(cuts) {}

  void Run() {
    bool in_word = false;
    char32_t last = 0;  // the last character that was neither a space nor a closer
    int brackets = 0, quotes = 0;
    for (int32_t i = line_.begin; i < line_.end;) {
      const int32_t at = i;
      const char32_t c = NextCodePoint(text_, i);
      if (brackets + quotes == 0 && at > sentence_at_ && MayStart(c, last, at)) EndSentence(at, IsWideEnd(last));
      brackets += OpensBracket(c);
      quotes += OpensQuote(c);
      const bool letter = IsLetter(c) || (c >= 0xC0 && c < 0x250);
      if (brackets == 0) {
        Amount& amount = quotes == 0 ? sentence_ : quoted_;
        amount.words += letter && !in_word;
        amount.han += IsHan(c);
      }
      // An address is one word.
      in_word = letter || (in_word && c < 0x2E80 && !IsSpace(c));
      if (ClosesBracket(c) && brackets > 0) --brackets;
      if (ClosesQuote(c) && quotes > 0) --quotes;
      const bool closer = ClosesBracket(c) || ClosesQuote(c);
      if ((!IsSpace(c) || IsDivider(c)) && !closer) last = c;
    }
    EndSentence(line_.end, IsWideEnd(last));
  }

 private:
  // A sentence may start with `c` at byte `at`, `last` being what stood before.
  bool MayStart(char32_t c, char32_t last, int32_t at) const {
    if (IsSpace(c) || ClosesBracket(c) || ClosesQuote(c)) return false;
    if (IsWideEnd(last)) return !IsWideEnd(c) && !IsNarrowEnd(c);
    if (IsDivider(last)) return !IsDivider(c);
    if (!IsNarrowEnd(last) || IsNarrowEnd(c)) return false;
    int32_t before = at;
    return IsHan(c) || IsSpace(PreviousCodePoint(text_, before));
  }

  // A Chinese sentence may hold an English name, an English one a term in Han characters. What has no words but
  // quoted ones is of their language.
  Script MainOf(bool wide_end) const {
    const Amount& amount = sentence_.empty() ? quoted_ : sentence_;
    if (amount.empty()) return Script::kNone;
    return amount.han * (wide_end ? 2 : 1) > amount.words ? Script::kHan : Script::kLatin;
  }

  static bool IsLong(const Amount& amount, Script script) {
    return script == Script::kHan ? amount.han >= kLeastHan : amount.words >= kLeastWords;
  }

  // The sentence that ends here is added to the passage, or to what may begin another one.
  void EndSentence(int32_t end, bool wide_end) {
    const Script script = MainOf(wide_end);
    sentence_.Add(quoted_);
    if (script == Script::kNone) {
      // Figures and marks stay with what is before them.
    } else if (script_ == Script::kNone || script == script_) {
      script_ = script;
      passage_.Add(sentence_);
      // What waited was too short: it belongs to the passage.
      pending_ = {};
      pending_at_ = -1;
    } else {
      if (pending_at_ < 0) pending_at_ = sentence_at_;
      pending_.Add(sentence_);
      if (IsLong(pending_, script)) {
        if (IsLong(passage_, script_)) cuts_.push_back(pending_at_);
        script_ = script;
        passage_ = pending_;
        pending_ = {};
        pending_at_ = -1;
      }
    }
    sentence_ = quoted_ = {};
    sentence_at_ = end;
  }

  std::string_view text_;
  Span line_;
  std::vector<int32_t>& cuts_;
  Script script_ = Script::kNone;  // of the passage
  Amount passage_, pending_, sentence_, quoted_;
  int32_t sentence_at_ = line_.begin, pending_at_ = -1;
};

}  // namespace

void FindLanguageCuts(std::string_view text, const Line& line, std::vector<int32_t>& cuts) {
  if (MayChange(text, line)) Cutter(text, line.span, cuts).Run();
}

}  // namespace narrdiff
