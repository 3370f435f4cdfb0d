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

// What a sentence, or a run of them, has outside brackets and quotation marks.
struct Amount {
  int words = 0, han = 0;
  void Add(const Amount& other) {
    words += other.words;
    han += other.han;
  }
  // A Chinese sentence may hold an English name, an English one hardly a Han character.
  Script Main() const {
    if (han == 0 && words == 0) return Script::kNone;
    return han * 2 > words ? Script::kHan : Script::kLatin;
  }
  bool IsLong() const { return Main() == Script::kHan ? han >= kLeastHan : words >= kLeastWords; }
};

bool IsOpening(char32_t c) {
  return c == '(' || c == '[' || c == 0xFF08 || c == 0x201C || c == 0x300C || c == 0x300E || c == 0x300A ||
         c == 0x3010;
}

bool IsClosing(char32_t c) {
  return c == ')' || c == ']' || c == 0xFF09 || c == 0x201D || c == 0x300D || c == 0x300F || c == 0x300B ||
         c == 0x3011;
}

bool IsWideEnd(char32_t c) { return c == 0x3002 || c == 0xFF01 || c == 0xFF1F; }
bool IsNarrowEnd(char32_t c) { return c == '.' || c == '!' || c == '?' || c == 0x2026; }
// Marks that part a heading from its translation.
bool IsDivider(char32_t c) { return c == '/' || c == '|' || c == 0xFF0F || c == 0xFF5C || c == '\t' || c == 0x3000; }

// Letters of both kinds, enough for two passages.
bool MayChange(std::string_view s) {
  int latin = 0, wide = 0;
  for (const char c : s) {
    const auto byte = static_cast<unsigned char>(c);
    latin += IsLetter(byte);
    wide += byte >= 0xE4 && byte <= 0xE9;
  }
  return latin >= 2 * kLeastWords && wide >= kLeastHan;
}

class Cutter {
 public:
  Cutter(std::string_view text, Span line, std::vector<int32_t>& cuts) : text_(text), line_(line), cuts_(cuts) {}

  void Run() {
    bool in_word = false;
    char32_t last = 0;  // the last character that was neither a space nor a closer
    int depth = 0;
    for (int32_t i = line_.begin; i < line_.end;) {
      const int32_t at = i;
      const char32_t c = NextCodePoint(text_, i);
      if (depth == 0 && at > sentence_at_ && MayStart(c, last, at)) EndSentence(at);
      if (IsOpening(c)) ++depth;
      const bool letter = IsLetter(c) || (c >= 0xC0 && c < 0x250);
      if (depth == 0) {
        if (letter && !in_word) ++sentence_.words;
        if (IsHan(c)) ++sentence_.han;
      }
      in_word = letter || (in_word && (c == '\'' || c == 0x2019));
      if (IsClosing(c) && depth > 0) --depth;
      if (!IsSpace(c) || IsDivider(c)) {
        if (!IsClosing(c)) last = c;
      }
    }
    EndSentence(line_.end);
    Close();
  }

 private:
  // A sentence may start with `c` at byte `at`, `last` being what stood before.
  bool MayStart(char32_t c, char32_t last, int32_t at) const {
    if (IsSpace(c) || IsClosing(c)) return false;
    if (IsWideEnd(last)) return !IsWideEnd(c) && !IsNarrowEnd(c);
    if (IsDivider(last)) return !IsDivider(c);
    if (!IsNarrowEnd(last) || IsNarrowEnd(c)) return false;
    int32_t before = at;
    return IsHan(c) || IsSpace(PreviousCodePoint(text_, before));
  }

  // The sentence that ends here is added to the passage, or begins another one.
  void EndSentence(int32_t end) {
    const Script main = sentence_.Main();
    if (main != Script::kNone && passage_.Main() != Script::kNone && main != passage_.Main()) {
      // Too short to be a passage, it waits for its like.
      pending_.Add(sentence_);
      if (pending_at_ < 0) pending_at_ = sentence_at_;
      if (pending_.IsLong() && pending_.Main() == main) {
        if (passage_.IsLong()) cuts_.push_back(pending_at_);
        passage_ = pending_;
        pending_ = {};
        pending_at_ = -1;
      }
    } else {
      Close();
      passage_.Add(sentence_);
    }
    sentence_ = {};
    sentence_at_ = end;
  }

  // What waited was too short: it belongs to the passage.
  void Close() {
    pending_ = {};
    pending_at_ = -1;
  }

  std::string_view text_;
  Span line_;
  std::vector<int32_t>& cuts_;
  Amount passage_, sentence_, pending_;
  int32_t sentence_at_ = line_.begin, pending_at_ = -1;
};

}  // namespace

void FindLanguageCuts(std::string_view text, Span line, std::vector<int32_t>& cuts) {
  if (MayChange(line.Of(text))) Cutter(text, line, cuts).Run();
}

}  // namespace narrdiff
