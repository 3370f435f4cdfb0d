// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/base/tokenize.h"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/base/han_tables.h"
#include "engine/base/utf8.h"
#include "libstemmer.h"
#include "unicode/uchar.h"
#include "unicode/unorm2.h"

namespace narrdiff {
namespace {

// The Snowball stemmer of this thread: its object keeps a buffer, so it cannot be shared.
class Stemmer {
 public:
  Stemmer() : stemmer_(sb_stemmer_new("english", "UTF_8"), &sb_stemmer_delete) {}
  std::string Stem(const std::string& word) {
    if (stemmer_ == nullptr) return word;
    const sb_symbol* s =
        sb_stemmer_stem(stemmer_.get(), reinterpret_cast<const sb_symbol*>(word.data()), static_cast<int>(word.size()));
    return s == nullptr
               ? word
               : std::string(reinterpret_cast<const char*>(s), static_cast<size_t>(sb_stemmer_length(stemmer_.get())));
  }

 private:
  std::unique_ptr<sb_stemmer, void (*)(sb_stemmer*)> stemmer_;
};

// What changes no word: accents written apart, and characters that are not seen
// (soft hyphen, joiners, direction marks).
bool IsMark(char32_t c) {
  const int8_t type = u_charType(static_cast<UChar32>(c));
  return type == U_FORMAT_CHAR || type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK ||
         type == U_COMBINING_SPACING_MARK;
}

bool IsLetter(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return u_isalpha(static_cast<UChar32>(c)) && !IsHan(c);
}

int DigitValue(char32_t c) {
  if (c < 0x80) return c >= '0' && c <= '9' ? static_cast<int>(c - '0') : -1;
  return u_charDigitValue(static_cast<UChar32>(c));
}

bool IsApostrophe(char32_t c) { return c == '\'' || c == 0x2019 || c == 0x02BC; }

// Adds the letter in lower case, without accents.
void AppendFolded(char32_t c, std::string& out) {
  if (c < 0x80) {
    out += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    return;
  }
  if (IsMark(c)) return;
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2* nfd = unorm2_getNFDInstance(&status);
  UChar buffer[32];
  const int32_t n = U_SUCCESS(status) ? unorm2_getDecomposition(nfd, static_cast<UChar32>(c), buffer, 32, &status) : -1;
  UChar32 base = static_cast<UChar32>(c);
  if (U_SUCCESS(status) && n > 0) {
    int32_t i = 0;
    U16_NEXT(buffer, i, n, base);
  }
  AppendUtf8(static_cast<char32_t>(u_foldCase(base, U_FOLD_CASE_DEFAULT)), out);
}

// Reads tokens one after another off a range of a text.
class Scanner {
 public:
  Scanner(std::string_view text, Span range, bool stem)
      : text_(text.substr(0, static_cast<size_t>(range.end))), pos_(range.begin), stem_(stem) {}

  std::vector<Token> Run() {
    std::vector<Token> tokens;
    const int32_t end = static_cast<int32_t>(text_.size());
    tokens.reserve(static_cast<size_t>(end - pos_) / 4 + 4);
    while (pos_ < end) {
      const int32_t start = pos_;
      const char32_t c = NextCodePoint(text_, pos_);
      if (IsSpace(c) || IsMark(c)) continue;
      Token token;
      if (IsHan(c)) {
        token.kind = TokenKind::kHan;
        AppendUtf8(ToSimplified(c), token.form);
        token.stem = token.form;
      } else if (DigitValue(c) >= 0) {
        pos_ = start;
        ReadNumber(token);
      } else if (IsLetter(c)) {
        pos_ = start;
        ReadWord(token);
      } else if (IsJoiner(c, start)) {
        continue;
      } else {
        token.kind = TokenKind::kPunctuation;
        const UChar32 width = u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_EAST_ASIAN_WIDTH);
        const bool full = width == U_EA_FULLWIDTH && c >= 0xFF01 && c <= 0xFF5E;
        AppendUtf8(full ? c - 0xFEE0 : c, token.form);
        token.stem = token.form;
      }
      token.span = {start, pos_};
      tokens.push_back(std::move(token));
    }
    return tokens;
  }

 private:
  char32_t Peek(int32_t at) const {
    if (at >= static_cast<int32_t>(text_.size())) return 0;
    return NextCodePoint(text_, at);
  }

  // A hyphen between letters or digits separates words and is no token.
  bool IsJoiner(char32_t c, int32_t start) const {
    if (c != '-' && c != 0x2010 && c != 0x2011) return false;
    if (start == 0) return false;
    int32_t i = start, k = pos_;
    const char32_t before = PreviousCodePoint(text_, i);
    char32_t after = Peek(k);
    // Also at the end of a line, or of a page: "near-\ncollision".
    if (after == '\n' || after == '\r' || IsMark(after)) {
      while (k < static_cast<int32_t>(text_.size()) && (IsSpace(Peek(k)) || IsMark(Peek(k)))) NextCodePoint(text_, k);
      after = Peek(k);
    }
    return (IsLetter(before) || DigitValue(before) >= 0) && (IsLetter(after) || DigitValue(after) >= 0);
  }

  void ReadNumber(Token& token) {
    token.kind = TokenKind::kNumber;
    const int32_t end = static_cast<int32_t>(text_.size());
    while (pos_ < end) {
      int32_t next = pos_;
      char32_t c = NextCodePoint(text_, next);
      if (const int digit = DigitValue(c); digit >= 0) {
        token.form += static_cast<char>('0' + digit);
        pos_ = next;
        continue;
      }
      const bool comma = c == ',' || c == 0xFF0C;
      const bool point = c == '.' || c == 0xFF0E;
      if (!comma && !point) break;
      // A comma groups three digits; a point is followed by a digit.
      int digits = 0;
      for (int32_t i = next; i < end && digits < 4; ++digits) {
        if (DigitValue(NextCodePoint(text_, i)) < 0) break;
      }
      if (point && digits > 0 && token.form.find('.') == std::string::npos) {
        token.form += '.';
      } else if (!(comma && digits == 3 && c == ',')) {
        break;
      }
      pos_ = next;
    }
    token.stem = token.form;
  }

  void ReadWord(Token& token) {
    const int32_t end = static_cast<int32_t>(text_.size());
    int letters = 0, capitals = 0;
    bool dotted = false;
    const int32_t start = pos_;
    while (pos_ < end) {
      int32_t next = pos_;
      const char32_t c = NextCodePoint(text_, next);
      if (IsLetter(c)) {
        const bool upper = c < 0x80 ? (c >= 'A' && c <= 'Z') : u_isUUppercase(static_cast<UChar32>(c));
        if (letters == 0) token.capital = upper;
        ++letters;
        capitals += upper;
        AppendFolded(c, token.form);
      } else if (IsMark(c)) {
      } else if (DigitValue(c) >= 0) {
        token.form += static_cast<char>('0' + DigitValue(c));  // "F35", "5g"
      } else if (IsApostrophe(c) && IsLetter(Peek(next))) {
        token.form += '\'';
      } else if (c == '.' && (dotted || pos_ - start == 1) && letters == capitals && IsDotted(next)) {
        dotted = true;  // "U.S.", "D.C."
      } else {
        break;
      }
      pos_ = next;
    }
    // The last period of dotted capitals belongs to the word: U.S.
    if (dotted && Peek(pos_) == '.') ++pos_;
    token.all_caps = letters >= 2 && capitals == letters;
    const size_t n = token.form.size();
    if (n > 2 && token.form.compare(n - 2, 2, "'s") == 0) token.form.resize(n - 2);
    token.stem = stem_ ? Stem(token.form) : token.form;
  }

  // The next letter after a period is again a single capital: "S" in "U.S." or "U.S.A".
  bool IsDotted(int32_t at) const {
    if (at >= static_cast<int32_t>(text_.size())) return false;
    const char32_t c = NextCodePoint(text_, at);
    if (!(c >= 'A' && c <= 'Z')) return false;
    const char32_t after = Peek(at);
    return !IsLetter(after);
  }

  const std::string& Stem(const std::string& word) {
    // Words repeat: a small per-call memory saves most of the stemmer's work.
    thread_local Stemmer stemmer;
    auto [it, fresh] = stems_.try_emplace(word);
    if (fresh) it->second = stemmer.Stem(word);
    return it->second;
  }

  std::string_view text_;
  int32_t pos_;
  bool stem_;
  std::unordered_map<std::string, std::string> stems_;
};

}  // namespace

std::vector<Token> Tokenize(std::string_view text, Span range, Language language) {
  return Scanner(text, range, language != Language::kOther).Run();
}

}  // namespace narrdiff
