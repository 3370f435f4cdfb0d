// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/segment/break_rules.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "engine/base/utf8.h"
#include "engine/read/ascii_text.h"

namespace narrdiff {
namespace {

constexpr int32_t kLongestToken = 40;
constexpr int32_t kLongestAddress = 200;
constexpr int32_t kTitleMarkWindow = 120;
constexpr int32_t kLongestSaidClause = 45;
constexpr int32_t kLongestQuotation = 600;
// A fronted "At 5 a.m." is shorter than a clause.
constexpr int kFrontedWords = 4;
constexpr int32_t kLongestStageDirection = 48;
constexpr int32_t kLongestFootnote = 12;
constexpr int32_t kLongestInterjection = 8;

constexpr Verdict kGoesOn{};

Verdict Ends(int32_t at, SegmentRule rule) { return {true, at, rule}; }
Verdict Keeps(SegmentRule rule) { return {false, 0, rule}; }

bool IsCloser(char32_t c) {
  switch (c) {
    case '"':
    case '\'':
    case ')':
    case ']':
    case '}':
    case 0xBB:
    case 0x2019:
    case 0x201D:
    case 0x203A:
    case 0x3009:
    case 0x300B:
    case 0x300D:
    case 0x300F:
    case 0x3011:
    case 0x3015:
    case 0x3017:
    case 0x301E:
    case 0x301F:
    case 0xFF09:
    case 0xFF3D:
    case 0xFF5D:
    case 0xFF02:
    case 0xFF07:
    case '*':
    case '_':
      return true;
    default:
      return false;
  }
}

bool IsOpener(char32_t c) {
  switch (c) {
    case '(':
    case '[':
    case '{':
    case 0xAB:
    case 0x2018:
    case 0x201C:
    case 0x2039:
    case 0x3008:
    case 0x300A:
    case 0x300C:
    case 0x300E:
    case 0x3010:
    case 0x3014:
    case 0x3016:
    case 0x301D:
    case 0xFF08:
    case 0xFF3B:
    case 0xFF5B:
      return true;
    default:
      return false;
  }
}

bool IsClosingQuote(char32_t c) {
  return c == '"' || c == '\'' || c == 0xBB || c == 0x2019 || c == 0x201D || c == 0x203A || c == 0x300D || c == 0x300F;
}

// Brackets and quotes that can only close.
bool OnlyCloses(char32_t c) {
  return c == ')' || c == ']' || c == '}' || c == 0x201D || c == 0x300D || c == 0x300F || c == 0xFF09;
}

bool IsPeriod(char32_t c) { return c == '.' || c == 0xFF0E || c == 0x2024; }
bool IsHanStop(char32_t c) { return c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0xFF61; }
bool IsTerminator(char32_t c) {
  return IsPeriod(c) || IsHanStop(c) || c == '!' || c == '?' || c == 0x2026 || (c >= 0x203C && c <= 0x203D) ||
         (c >= 0x2047 && c <= 0x2049);
}

// Characters without a width that UAX 29 attaches to what stands before them:
// marks, joiners, direction controls.
bool IsAttached(char32_t c) {
  return (c >= 0x300 && c <= 0x36F) || c == 0xAD || (c >= 0x200C && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x2069) || (c >= 0xFE00 && c <= 0xFE0F);
}
// Those that open a run of text and so belong to what follows.
bool OpensRun(char32_t c) {
  return c == 0x202A || c == 0x202B || c == 0x202D || c == 0x202E || (c >= 0x2066 && c <= 0x2068);
}

bool IsBullet(char32_t c) {
  return c == 0x2022 || c == 0x2043 || c == 0x2023 || c == 0x25CF || c == 0x25E6 || c == 0x25AA || c == 0x25A0;
}

// Marks after which a sentence may end although none is a terminator: dots and
// dashes.
bool IsEllipsis(char32_t c) { return c == 0x2026 || c == 0x22EF; }
bool IsDash(char32_t c) { return c == 0x2013 || c == 0x2014 || c == 0x2015; }
bool IsOpenEnd(char32_t c) { return IsEllipsis(c) || IsDash(c); }

// Also beyond ASCII.
bool IsLatinLower(char32_t c) { return IsLower(c) || (c >= 0xDF && c <= 0xFF && c != 0xF7); }

// Byte of a token: what abbreviations, numbers and addresses are made of.
bool IsTokenByte(char c) {
  return IsAlnum(static_cast<unsigned char>(c)) || c == '.' || c == '\'' || c == '&' || c == '/';
}

// "U.S", "a.m", "P.R.C": letters parted by periods.
bool IsDotted(std::string_view token) {
  if (token.size() < 3) return false;
  for (size_t i = 0; i < token.size(); ++i) {
    const char32_t c = ByteAt(token, i);
    if (i % 2 == 0 ? !IsLetter(c) : c != '.') return false;
  }
  return token.size() % 2 == 1;
}

// "Rs", "Pvt": a short capitalised word without a vowel is an abbreviation.
bool HasNoVowel(std::string_view token) {
  if (token.size() < 2 || token.size() > 5 || !IsUpper(ByteAt(token, 0)) || !IsLower(ByteAt(token, 1))) return false;
  for (const char c : token) {
    if (!IsLetter(static_cast<unsigned char>(c))) return false;
    if (std::strchr("aeiouyAEIOUY", c) != nullptr) return false;
  }
  return true;
}

// Of what stands between the brackets of "[17]" and "[3, 4-6]".
bool IsFootnoteByte(char c) { return IsDigit(static_cast<unsigned char>(c)) || c == ',' || c == ' ' || c == '-'; }

int CountSpaces(std::string_view s) { return static_cast<int>(std::count(s.begin(), s.end(), ' ')); }

}  // namespace

BreakRules::BreakRules(std::string_view text, const SegmentWords& words, bool small_starts)
    : text_(text), words_(words), small_starts_(small_starts) {
  // Both kinds of mark have E2 as their first byte; most texts have neither,
  // and then nothing looks for them again.
  for (size_t i = 0; i < text.size();) {
    const void* hit = std::memchr(text.data() + i, '\xE2', text.size() - i);
    if (hit == nullptr) break;
    auto at = static_cast<int32_t>(static_cast<const char*>(hit) - text.data());
    i = static_cast<size_t>(at) + 1;
    const char32_t c = NextCodePoint(text, at);
    bullets_ = bullets_ || IsBullet(c);
    open_ends_ = open_ends_ || IsOpenEnd(c);
  }
}

// Whether the quote at byte `at` opens a quotation: a straight one by the
// quotes before it, and a closing one used for an opening one
// (”我们反对，”他说) where none is open and the next one closes.
bool BreakRules::IsOpeningQuote(int32_t at) {
  for (; quote_at_ < at; ++quote_at_) {
    switch (QuoteAt(quote_at_)) {
      case Quote::kStraight:
        quote_open_ = !quote_open_;
        break;
      case Quote::kOpening:
        quote_open_ = true;
        break;
      case Quote::kClosing:
        quote_open_ = !quote_open_ && ClosesNext(quote_at_ + 1);
        break;
      case Quote::kNone:
        break;
    }
  }
  if (quote_open_) return false;
  return QuoteAt(at) == Quote::kStraight || (QuoteAt(at) == Quote::kClosing && ClosesNext(at + 1));
}

BreakRules::Quote BreakRules::QuoteAt(int32_t at) const {
  const auto i = static_cast<size_t>(at);
  const char32_t byte = ByteAt(text_, i);
  if (byte == '"') return Quote::kStraight;
  if (byte != 0xE2 || ByteAt(text_, i + 1) != 0x80) return Quote::kNone;
  const char32_t third = ByteAt(text_, i + 2);
  return third == 0x9C ? Quote::kOpening : third == 0x9D ? Quote::kClosing : Quote::kNone;
}

// The next quote from `at` on is a closing one.
bool BreakRules::ClosesNext(int32_t at) const {
  const int32_t end = std::min(at + kLongestQuotation, static_cast<int32_t>(text_.size()));
  for (int32_t i = at; i < end; ++i) {
    if (const Quote quote = QuoteAt(i); quote != Quote::kNone) return quote == Quote::kClosing;
  }
  return false;
}

// Fills in what stands around the candidate; false when no terminator stands
// before it.
bool BreakRules::Look(int32_t start, int32_t candidate, Place& place) {
  place.start = start;
  int32_t end = candidate;
  while (end > start) {
    int32_t i = end;
    const char32_t c = PreviousCodePoint(text_, i);
    if (!IsSpace(c) && !IsAttached(c)) break;
    place.spaced = place.spaced || IsSpace(c);
    end = i;
  }
  const int32_t bare = end;  // without the marks on the terminator
  while (end < candidate) {
    int32_t i = end;
    const char32_t c = NextCodePoint(text_, i);
    if (!IsAttached(c) || OpensRun(c)) break;
    end = i;
  }
  // UAX 29 takes an opening quote after a terminator along; it belongs to the
  // next sentence.
  while (!place.spaced && end > start) {
    int32_t i = end;
    const char32_t c = PreviousCodePoint(text_, i);
    if (!IsOpener(c) && !((c == '"' || (c == 0x201D && HanFollows(end))) && IsOpeningQuote(i))) break;
    end = i;
  }
  place.end = end;
  int32_t term = std::min(end, bare);
  while (term > start) {
    int32_t i = term;
    const char32_t c = PreviousCodePoint(text_, i);
    if (!IsCloser(c)) break;
    term = i;
  }
  place.closed = term != std::min(end, bare);
  place.term = term;
  if (term <= start) return false;
  int32_t i = term;
  place.mark = PreviousCodePoint(text_, i);
  int32_t next = end;
  const auto n = static_cast<int32_t>(text_.size());
  while (next < n) {
    int32_t k = next;
    const char32_t c = NextCodePoint(text_, k);
    if (!IsSpace(c) && !IsAttached(c)) {
      place.follow = c;
      break;
    }
    place.spaced = place.spaced || IsSpace(c);
    next = k;
  }
  place.next = next;
  if (place.spaced && OnlyCloses(place.follow)) TakeLateCloser(place);
  return IsTerminator(place.mark);
}

// "(It was late. ) He left.": a space before the bracket is a slip.
void BreakRules::TakeLateCloser(Place& place) const {
  const auto n = static_cast<int32_t>(text_.size());
  int32_t next = place.next;
  NextCodePoint(text_, next);
  if (next >= n || !IsSpace(ByteAt(text_, static_cast<size_t>(next)))) return;
  place.end = next;
  place.closed = true;
  while (next < n) {
    int32_t k = next;
    place.follow = NextCodePoint(text_, k);
    if (!IsSpace(place.follow)) break;
    next = k;
  }
  place.next = next;
}

bool BreakRules::HanFollows(int32_t at) const {
  return at < static_cast<int32_t>(text_.size()) && IsHan(NextCodePoint(text_, at));
}

// The word before the period that ends at `end`, its period left off.
Span BreakRules::TokenBefore(int32_t start, int32_t end) const {
  int32_t stop = end;
  while (stop > start && text_[static_cast<size_t>(stop) - 1] == '.') --stop;
  int32_t begin = stop;
  while (begin > start && stop - begin < kLongestToken && IsTokenByte(text_[static_cast<size_t>(begin) - 1])) --begin;
  while (begin < stop && (text_[static_cast<size_t>(begin)] == '\'' || text_[static_cast<size_t>(begin)] == '.'))
    ++begin;
  return {begin, stop};
}

// The Latin word at `at`, opening quotes and brackets skipped.
Span BreakRules::WordAt(int32_t at) const {
  const auto n = static_cast<int32_t>(text_.size());
  while (at < n) {
    int32_t i = at;
    const char32_t c = NextCodePoint(text_, i);
    if (!IsOpener(c) && c != '"' && c != '\'') break;
    at = i;
  }
  int32_t end = at;
  while (end < n && end - at < kLongestToken) {
    const char32_t c = ByteAt(text_, static_cast<size_t>(end));
    if (!IsAlnum(c) && !(c == '\'' && end > at)) break;
    ++end;
  }
  return {at, end};
}

// The classes of the token, or of the two words that end with it: "et al".
uint32_t BreakRules::ClassBefore(const Span& token) const {
  uint32_t cls = words_.ClassOf(token.Of(text_));
  if (cls != 0 && token.begin > 1 && text_[static_cast<size_t>(token.begin) - 1] == ' ') {
    Span two = token;
    --two.begin;
    while (two.begin > 0 && token.begin - two.begin < 8 && IsTokenByte(text_[static_cast<size_t>(two.begin) - 1]))
      --two.begin;
    if (const uint32_t both = words_.ClassOf(two.Of(text_)); both != 0) cls = both;
  }
  return cls;
}

// What a token in other letters than the lexicon's is: "MR. ROE" in capitals, where the next word is in capitals too,
// and "fig. 3", "ext. 12" in small letters.
uint32_t BreakRules::FoldedClass(const Span& token, const Place& place) const {
  const std::string_view word = token.Of(text_);
  if (word.size() < 2 || word.size() >= static_cast<size_t>(kLongestToken)) return 0;
  const bool capitals = IsUpper(ByteAt(word, 1));
  for (const char c : word) {
    if (capitals ? !IsUpper(static_cast<unsigned char>(c)) : !IsLower(static_cast<unsigned char>(c))) return 0;
  }
  char folded[kLongestToken];
  for (size_t i = 0; i < word.size(); ++i) {
    folded[i] = static_cast<char>(i == 0 ? (word[i] & ~0x20) : (word[i] | 0x20));
  }
  const uint32_t cls = words_.ClassOf(std::string_view(folded, word.size()));
  if (!capitals) return IsDigit(place.follow) ? cls & kBeforeDigit : 0;
  const Span next = WordAt(place.next);
  if (next.length() < 2 || !IsUpper(ByteAt(text_, static_cast<size_t>(next.begin) + 1))) return cls & kBeforeDigit;
  return cls & (kTitleWord | kBeforeDigit | kInnerWord);
}

// A word that usually starts a sentence stands at `at`.
bool BreakRules::StartsSentence(int32_t at) const {
  const Span word = WordAt(at);
  const uint32_t cls = words_.ClassOf(word.Of(text_));
  if ((cls & kWeakStarter) != 0) {
    // "Under Secretary", "Seventh Fleet": names go on with a capital.
    const char32_t after = ByteAt(text_, static_cast<size_t>(word.end) + 1);
    return !IsUpper(after);
  }
  return (cls & kStarter) != 0;
}

bool BreakRules::IsRomanNumber(int32_t at) const {
  const Span word = WordAt(at);
  if (word.empty() || word.length() > 5 || word.begin != at) return false;
  for (const char c : word.Of(text_)) {
    if (std::strchr("IVXLC", c) == nullptr) return false;
  }
  // "I" is a word.
  return word.length() > 1 || text_[static_cast<size_t>(word.begin)] != 'I';
}

// "1.", "(a)", "IV.", "• 9.", "1.)", "一．": the sentence so far is only a mark
// of a list.
bool BreakRules::IsListMark(const Place& place) const {
  if (place.end - place.start > 16) return false;
  int32_t i = place.start;
  int letters = 0, digits = 0, han = 0, roman = 0;
  while (i < place.end) {
    const char32_t c = NextCodePoint(text_, i);
    if (IsDigit(c)) {
      ++digits;
    } else if (IsLetter(c)) {
      ++letters;
      roman += std::strchr("IVXivx", static_cast<int>(c)) != nullptr;
    } else if (IsHan(c)) {
      ++han;
    } else if (!IsPeriod(c) && c != '(' && c != ')' && c != '[' && c != ']' && c != 0xFF08 && c != 0xFF09 &&
               !IsBullet(c) && !IsSpace(c) && c != '-') {
      return false;
    }
  }
  if (!IsPeriod(place.mark)) return false;
  if (han > 0) return han <= 2 && letters + digits == 0;
  if (letters == 0) return digits > 0 && digits <= 4;
  return digits == 0 && (letters == 1 || (letters <= 4 && roman == letters));
}

// 我们主张：1.停火；2.谈判: a small figure that follows a mark or begins the sentence.
bool BreakRules::IsFigureOfList(const Span& token) const {
  if (token.empty() || token.length() > 2) return false;
  for (const char c : token.Of(text_)) {
    if (!IsDigit(static_cast<unsigned char>(c))) return false;
  }
  int32_t i = token.begin;
  if (i == 0) return true;
  const char32_t c = PreviousCodePoint(text_, i);
  return IsSpace(c) || c == ',' || c == ':' || c == ';' || IsHanStop(c) || c == 0xFF0C || c == 0xFF1A || c == 0xFF1B;
}

// Inside "http://x/?Id" or "Jane.Doe@example.com".
bool BreakRules::IsInAddress(const Place& place) const {
  if (place.spaced || place.follow >= 0x80 || place.follow == 0) return false;
  auto is_address_byte = [&](int32_t i) {
    const char32_t c = ByteAt(text_, static_cast<size_t>(i));
    return c > ' ' && c < 0x7F && c != '"' && c != '<' && c != '>';
  };
  int32_t begin = place.term, end = place.next;
  while (begin > 0 && place.term - begin < kLongestAddress && is_address_byte(begin - 1)) --begin;
  while (end < static_cast<int32_t>(text_.size()) && end - place.next < kLongestAddress && is_address_byte(end)) ++end;
  const std::string_view token = Span{begin, end}.Of(text_);
  return Contains(token, "://") || Contains(token, "www.") || Contains(token, "@");
}

// Inside 《...》, where 摔跤吧！爸爸 is a name.
bool BreakRules::IsInTitleMarks(const Place& place) const {
  const int32_t from = std::max(place.start, place.term - kTitleMarkWindow);
  const std::string_view before = Span{from, place.term}.Of(text_);
  const size_t open = before.rfind("《");
  if (open == std::string_view::npos || before.find("》", open) != std::string_view::npos) return false;
  const std::string_view after = text_.substr(static_cast<size_t>(place.term), kTitleMarkWindow);
  const size_t close = after.find("》");
  return close != std::string_view::npos && after.substr(0, close).find("《") == std::string_view::npos;
}

// One of the closers after the terminator is a quotation mark.
bool BreakRules::IsAfterQuotation(const Place& place) const {
  for (int32_t i = place.term; i < place.end;) {
    if (IsClosingQuote(NextCodePoint(text_, i))) return true;
  }
  return false;
}

// The quotation that closes after the terminator opens inside a clause, without a comma or colon before it, and so is
// mentioned rather than spoken: 所谓“自由？”不过是借口.
bool BreakRules::IsMention(const Place& place) const {
  if (!place.closed || place.spaced || !IsHan(place.follow) || !IsAfterQuotation(place)) return false;
  const int32_t from = std::max(place.start, place.term - kLongestQuotation);
  int depth = 1;
  for (int32_t i = place.term; i > from;) {
    const char32_t c = PreviousCodePoint(text_, i);
    if (c == 0x201D || c == 0x300D || c == 0x300F) ++depth;
    if (c != '"' && c != 0x201C && c != 0x300C && c != 0x300E) continue;
    if (--depth > 0 && c != '"') continue;
    return i > place.start && IsHan(PreviousCodePoint(text_, i));
  }
  return false;
}

// “谁在说谎？”他反问道。 “Lock her up!” Trump said.
bool BreakRules::IsSaidAfterQuote(const Place& place) const {
  if (!place.closed || !IsAfterQuotation(place)) return false;
  if (IsHan(place.follow)) {
    const std::string_view rest =
        text_.substr(static_cast<size_t>(place.next), static_cast<size_t>(kLongestSaidClause) + 3);
    size_t end = std::string_view::npos;
    for (const std::string_view stop : {"。", "！", "？", "，", "："}) end = std::min(end, rest.find(stop));
    if (end == std::string_view::npos || rest.compare(end, 3, "。") != 0) return false;
    const std::string_view clause = rest.substr(0, end);
    for (const std::string_view said : words_.said_zh()) {
      if (EndsWith(clause, said)) return true;
    }
    return false;
  }
  // Up to four words of a name, then the verb; small letters only in "Roe's wife".
  int32_t at = place.next;
  bool possessive = false;
  for (int k = 0; k < 4; ++k) {
    const Span word = WordAt(at);
    if (word.empty()) return false;
    if ((words_.ClassOf(word.Of(text_)) & kSaid) != 0) return k > 0;
    if (!possessive && !IsUpper(ByteAt(text_, static_cast<size_t>(word.begin)))) return false;
    possessive = EndsWith(word.Of(text_), "'s");
    at = word.end;
    if (ByteAt(text_, static_cast<size_t>(at)) == '.') ++at;
    while (ByteAt(text_, static_cast<size_t>(at)) == ' ') ++at;
  }
  return false;
}

// “为什么？”的问题: the quotation is part of the clause after it.
bool BreakRules::IsBoundByNext(const Place& place) const {
  if (!place.closed || place.spaced) return false;
  const std::string_view rest = text_.substr(static_cast<size_t>(place.next), 12);
  for (const std::string_view word : words_.binds_zh()) {
    if (StartsWith(rest, word)) return true;
  }
  return false;
}

// Past "[17]", "[17][18]", "[3, 4]", "[a]" and raised figures, which stay with the sentence
// before.
int32_t BreakRules::SkipFootnotes(int32_t at) const {
  const auto n = static_cast<int32_t>(text_.size());
  while (at < n) {
    int32_t i = at;
    char32_t c = NextCodePoint(text_, i);
    if (c == 0xB9 || c == 0xB2 || c == 0xB3 || c == 0x2070 || (c >= 0x2074 && c <= 0x2079)) {
      at = i;
      continue;
    }
    if (c == ' ' && i < n) c = NextCodePoint(text_, i);
    if (c != '[') return at;
    const int32_t mark = i;
    if (IsLower(ByteAt(text_, static_cast<size_t>(i)))) {
      ++i;
    } else {
      while (i < n && i - mark < kLongestFootnote && IsFootnoteByte(text_[static_cast<size_t>(i)])) ++i;
    }
    if (i == mark || ByteAt(text_, static_cast<size_t>(i)) != ']') return at;
    at = i + 1;
  }
  return at;
}

// "He left at 6 p.m. Mr. Smith then went": a clause before an hour of day, a
// capitalised word after it that is no day and no name of a time ("6 p.m. EDT",
// "6 p.m. Beijing time", "6 p.m. Friday").
bool BreakRules::IsHourOfDay(const Place& place, const Span& token) const {
  if (token.length() != 3 || token.begin < 2 || !IsDigit(ByteAt(text_, static_cast<size_t>(token.begin) - 2)))
    return false;
  const Span word = WordAt(place.next);
  if (word.begin != place.next || word.length() < 2 || !IsUpper(place.follow)) return false;
  if (!IsLower(ByteAt(text_, static_cast<size_t>(word.begin) + 1))) return false;
  if ((words_.ClassOf(word.Of(text_)) & kTimeWord) != 0) return false;
  const std::string_view after = text_.substr(static_cast<size_t>(word.end), 6);
  if (StartsWith(after, " time") || StartsWith(after, " Time")) return false;
  return CountSpaces(Span{place.start, token.begin}.Of(text_)) > kFrontedWords;
}

// After an abbreviation that may end a sentence: only a word that starts
// sentences makes it an end.
Verdict BreakRules::JudgeAbbreviation(const Place& place, const Span& token) const {
  if (IsHan(place.follow) && !place.spaced) return Keeps(SegmentRule::kAbbreviation);
  if (IsDigit(place.follow)) return Keeps(SegmentRule::kNumber);
  if (IsBullet(place.follow)) return Ends(place.end, SegmentRule::kBullet);
  if (StartsSentence(place.next)) return Ends(place.end, SegmentRule::kStarter);
  if (IsHourOfDay(place, token)) return Ends(place.end, SegmentRule::kHour);
  return Keeps(SegmentRule::kAbbreviation);
}

// Periods before the end of the terminator; negative when they are parted by
// spaces.
int BreakRules::CountDots(const Place& place) const {
  int dots = 0;
  bool spaces = false;
  for (int32_t i = place.term - 1; i >= place.start && dots < 8; --i) {
    const char c = text_[static_cast<size_t>(i)];
    if (c == '.') {
      ++dots;
    } else if (c == ' ' && i > place.start && text_[static_cast<size_t>(i) - 1] == '.') {
      spaces = true;
    } else {
      break;
    }
  }
  return spaces ? -dots : dots;
}

// The first of the dots that CountDots counts.
int32_t BreakRules::FirstDot(const Place& place) const {
  int32_t first = place.term - 1;
  for (int32_t i = first; i > place.start; --i) {
    const char c = text_[static_cast<size_t>(i)];
    if (c == '.') first = i;
    if (c != '.' && c != ' ') break;
  }
  return first;
}

// "..." before a capital ends a sentence, ". . ." is an omission inside it, ".
// . . ." is an omission and its end; "[...]" never is.
Verdict BreakRules::JudgeEllipsis(const Place& place, int dots) const {
  const int32_t before = place.term - std::abs(dots) - 1;
  if (place.closed && before >= place.start && text_[static_cast<size_t>(before)] == '[')
    return Keeps(SegmentRule::kOmission);
  if (dots == -3) return Keeps(SegmentRule::kOmission);
  // "the end. . . . The next": a full stop, then what was left out.
  if (dots == -4 && text_[static_cast<size_t>(FirstDot(place)) - 1] != ' ') {
    return Ends(FirstDot(place) + 1, SegmentRule::kEllipsis);
  }
  if (IsHan(place.follow) && !place.spaced) return Keeps(SegmentRule::kNoSpace);
  if (IsSaidAfterQuote(place)) return Keeps(SegmentRule::kSaidAfterQuote);
  // "in a word ... I was pleased", "Well... I don't know."
  const bool apart = before >= place.start && text_[static_cast<size_t>(before)] == ' ';
  if ((apart || before - place.start < kLongestInterjection) && !place.closed && IsPronounI(place.next))
    return Keeps(SegmentRule::kOmission);
  return Ends(place.end, SegmentRule::kEllipsis);
}

Verdict BreakRules::JudgePeriod(const Place& place) {
  if (IsListMark(place)) return Keeps(SegmentRule::kListMark);
  if (const int dots = CountDots(place); dots >= 2 || dots < 0) return JudgeEllipsis(place, dots);
  const Span token = TokenBefore(place.start, place.term);
  const std::string_view word = token.Of(text_);
  if (word.empty() && IsDigit(place.follow) && EndsWith(Span{place.start, token.end}.Of(text_), "°"))
    return Keeps(SegmentRule::kDegree);
  if (IsHan(place.follow) && !place.spaced && IsFigureOfList(token)) return Keeps(SegmentRule::kListMark);
  const bool no_space_latin = !place.spaced && !place.closed && place.follow < 0x80;
  if (!word.empty()) {
    uint32_t cls = ClassBefore(token);
    if (cls == 0) cls = FoldedClass(token, place);
    const bool single = word.size() == 1 && IsUpper(ByteAt(word, 0));
    const bool after_interpunct = token.begin >= 2 && EndsWith(text_.substr(0, static_cast<size_t>(token.begin)), "·");
    if (single && IsHan(place.follow) && (after_interpunct || token.begin == place.start))
      return Keeps(SegmentRule::kInitial);
    if ((cls & kBeforeDigit) != 0 &&
        (IsDigit(place.follow) || place.follow == 0xA7 || place.follow == '#' || IsRomanNumber(place.next)))
      return Keeps(SegmentRule::kNumber);
    // "St. Ives", but "Main St. It is quiet."
    const bool both = (cls & kTitleWord) != 0 && (cls & kMayEnd) != 0 && StartsSentence(place.next);
    if ((cls & kTitleWord) != 0 && !both && !IsHan(place.follow)) return Keeps(SegmentRule::kTitle);
    if ((cls & kMayEnd) != 0) return JudgeAbbreviation(place, token);
    if ((cls & kInnerWord) != 0) return Keeps(SegmentRule::kInner);
    if (single)
      return StartsSentence(place.next) ? Ends(place.end, SegmentRule::kStarter) : Keeps(SegmentRule::kInitial);
    if (IsDotted(word) || HasNoVowel(word)) return JudgeAbbreviation(place, token);
  }
  if (no_space_latin) {
    if (IsInAddress(place)) return Keeps(SegmentRule::kAddress);
    if (IsDigit(place.follow) || IsLower(place.follow)) return Keeps(SegmentRule::kNoSpace);
    const Verdict missing = MissingSpace(place.start, place.term - 1);
    return missing.ends ? missing : Keeps(SegmentRule::kNoSpace);
  }
  if (IsBoundByNext(place)) return Keeps(SegmentRule::kBoundQuote);
  if (IsMention(place)) return Keeps(SegmentRule::kMention);
  if (IsHan(place.follow) && IsSaidAfterQuote(place)) return Keeps(SegmentRule::kSaidAfterQuote);
  return Ends(place.end, SegmentRule::kIcu);
}

// A small letter after "?" or "!": the sentence goes on after a quotation ("Do
// we?" he asked) and after a name (Yahoo! in). In a text whose sentences begin
// with small letters it ends.
Verdict BreakRules::JudgeMarkBeforeSmall(const Place& place) const {
  if (!place.closed && !place.spaced && IsSlipAfterQuestion(place)) return Ends(place.end, SegmentRule::kMissingSpace);
  if (place.closed || !place.spaced) return Keeps(SegmentRule::kSmallFollows);
  if (small_starts_ || StartsWithAddress(place.next)) return Ends(place.end, SegmentRule::kSmall);
  if (place.mark != '?') return Keeps(SegmentRule::kSmallFollows);
  const Span token = TokenBefore(place.start, place.term - 1);
  return !token.empty() && IsLower(ByteAt(text_, static_cast<size_t>(token.begin))) ? Ends(place.end, SegmentRule::kIcu)
                                                                                    : Keeps(SegmentRule::kSmallFollows);
}

// "Do they hire?thanks": two plain words.
bool BreakRules::IsSlipAfterQuestion(const Place& place) const {
  if (place.mark != '?' || !IsPlainWord(TokenBefore(place.start, place.term - 1))) return false;
  const Span next = WordAt(place.next);
  const char32_t after = ByteAt(text_, static_cast<size_t>(next.end));
  return next.begin == place.next && (after == 0 || IsSpace(after) || after == ',' || after == '.');
}

bool BreakRules::StartsWithAddress(int32_t at) const {
  const std::string_view rest = text_.substr(static_cast<size_t>(at), 8);
  return StartsWith(rest, "www.") || StartsWith(rest, "http://") || StartsWith(rest, "https://");
}

// "?" and "!".
Verdict BreakRules::JudgeMark(const Place& place) const {
  if (IsInAddress(place)) return Keeps(SegmentRule::kAddress);
  // "Yahoo! Inc. fell"
  if (const Span next = WordAt(place.next); ByteAt(text_, static_cast<size_t>(next.end)) == '.' && !place.closed &&
                                            (words_.ClassOf(next.Of(text_)) & kMayEnd) != 0 && next.length() > 2) {
    return Keeps(SegmentRule::kSmallFollows);
  }
  if (IsLatinLower(place.follow)) return JudgeMarkBeforeSmall(place);
  // "(?)"
  if (place.closed && place.term >= 2 && text_[static_cast<size_t>(place.term) - 2] == '(')
    return Keeps(SegmentRule::kInBrackets);
  return JudgeMarkOfPhrase(place);
}

// A mark that ends a sentence in every script, unless it belongs to a phrase inside a sentence.
Verdict BreakRules::JudgeMarkOfPhrase(const Place& place) const {
  if (IsInTitleMarks(place)) return Keeps(SegmentRule::kTitleMarks);
  if (IsBoundByNext(place)) return Keeps(SegmentRule::kBoundQuote);
  if (place.mark != 0x3002 && IsMention(place)) return Keeps(SegmentRule::kMention);
  if (IsSaidAfterQuote(place)) return Keeps(SegmentRule::kSaidAfterQuote);
  return Ends(place.end, SegmentRule::kIcu);
}

Verdict BreakRules::Judge(int32_t start, int32_t candidate) {
  Place place;
  if (!Look(start, candidate, place)) return Keeps(SegmentRule::kNoTerminator);
  if (place.follow == 0) return kGoesOn;  // the text ends: no break of ours
  const int32_t after_marks = SkipFootnotes(place.end);
  const bool footnote = after_marks != place.end;
  if (footnote) {
    int32_t next = after_marks;
    while (next < static_cast<int32_t>(text_.size()) && ByteAt(text_, static_cast<size_t>(next)) == ' ') ++next;
    if (next >= static_cast<int32_t>(text_.size())) return kGoesOn;
    place.next = next;
    place.spaced = place.spaced || next != after_marks;
    int32_t i = next;
    place.follow = NextCodePoint(text_, i);
    if (IsLatinLower(place.follow) || place.follow == ',' || place.follow == 0xFF0C)
      return Keeps(SegmentRule::kSmallFollows);
  }
  Verdict verdict = IsPeriod(place.mark)    ? JudgePeriod(place)
                    : IsHanStop(place.mark) ? JudgeMarkOfPhrase(place)
                                            : JudgeMark(place);
  if (verdict.ends && footnote) return Ends(after_marks, SegmentRule::kFootnote);
  if (verdict.ends && verdict.at < candidate && !place.spaced && verdict.at == place.end)
    verdict.rule = SegmentRule::kQuote;
  return verdict;
}

// "works.Neither": a word, a period, a capitalised word, and no space.
Verdict BreakRules::MissingSpace(int32_t start, int32_t dot) const {
  const auto at = static_cast<size_t>(dot);
  const Span right = WordAt(dot + 1);
  if (right.begin != dot + 1 || right.length() < 1 || !IsUpper(ByteAt(text_, at + 1))) return kGoesOn;
  const uint32_t cls = words_.ClassOf(right.Of(text_));
  const Span left = TokenBefore(start, dot + 1);
  if (left.length() < 2 || Contains(left.Of(text_), "/")) return kGoesOn;
  Place place;
  place.term = place.end = place.next = dot + 1;
  place.follow = ByteAt(text_, at + 1);
  if (IsInAddress(place)) return kGoesOn;
  const uint32_t left_class = ClassBefore(left);
  if ((left_class & (kTitleWord | kInnerWord | kMayEnd)) != 0) return kGoesOn;
  bool lower = true, digits = true;
  for (const char c : left.Of(text_)) {
    lower = lower && (IsLower(static_cast<unsigned char>(c)) || c == '\'');
    digits = digits && (IsDigit(static_cast<unsigned char>(c)) || c == '.');
  }
  const bool known = (cls & (kStarter | kTitleWord)) != 0;
  const bool plain =
      right.length() >= 2 && IsLower(ByteAt(text_, at + 2)) && ByteAt(text_, static_cast<size_t>(right.end)) != '.';
  if (known || (plain && (lower || digits))) return Ends(dot + 1, SegmentRule::kMissingSpace);
  return kGoesOn;
}

// A word of three or more small letters that is no abbreviation, or one of two that starts sentences too, written so or
// with a capital.
bool BreakRules::IsPlainWord(const Span& token) const {
  const std::string_view word = token.Of(text_);
  if (word.size() < 2 || word.size() >= static_cast<size_t>(kLongestToken)) return false;
  for (const char b : word) {
    if (!IsLower(static_cast<unsigned char>(b))) return false;
  }
  constexpr uint32_t kAbbreviation = kTitleWord | kMayEnd | kBeforeDigit | kInnerWord;
  char capital[kLongestToken];
  word.copy(capital, word.size());
  capital[0] = static_cast<char>(capital[0] - ('a' - 'A'));
  const uint32_t cls = words_.ClassOf(word) | words_.ClassOf(std::string_view(capital, word.size()));
  return (cls & kAbbreviation) == 0 && (word.size() > 2 || (cls & kStarter) != 0);
}

BreakRules::Starts BreakRules::CountStarts() const {
  Starts starts;
  const auto n = static_cast<int32_t>(text_.size());
  for (int32_t at = 1; at < n; ++at) {
    const void* hit = std::memchr(text_.data() + at, '.', static_cast<size_t>(n - at));
    if (hit == nullptr) break;
    at = static_cast<int32_t>(static_cast<const char*>(hit) - text_.data());
    if (ByteAt(text_, static_cast<size_t>(at) + 1) != ' ' || !IsLower(ByteAt(text_, static_cast<size_t>(at) - 1)))
      continue;
    int32_t next = at + 1;
    while (ByteAt(text_, static_cast<size_t>(next)) == ' ') ++next;
    const char32_t c = ByteAt(text_, static_cast<size_t>(next));
    if (!IsLetter(c) || !IsPlainWord(TokenBefore(0, at + 1))) continue;
    ++(IsLower(c) ? starts.small : starts.capital);
  }
  return starts;
}

// "the food was fine. the waiter was not." in a text written so; in any text where what follows can hardly go on: a
// pronoun, an address, a name like iPhone.
Verdict BreakRules::SmallStart(int32_t start, int32_t dot) const {
  int32_t next = dot + 1;
  while (ByteAt(text_, static_cast<size_t>(next)) == ' ') ++next;
  if (!IsLower(ByteAt(text_, static_cast<size_t>(next)))) return kGoesOn;
  if (!small_starts_ && !StartsWithAddress(next) && !IsSureSmallStart(next)) return kGoesOn;
  return IsPlainWord(TokenBefore(start, dot + 1)) ? Ends(dot + 1, SegmentRule::kSmall) : kGoesOn;
}

bool BreakRules::IsSureSmallStart(int32_t at) const {
  const Span word = WordAt(at);
  for (int32_t i = at + 1; i < std::min(word.end, at + 3); ++i) {
    if (IsUpper(ByteAt(text_, static_cast<size_t>(i)))) return true;
  }
  if (word.length() >= kLongestToken) return false;
  char capital[kLongestToken];
  word.Of(text_).copy(capital, kLongestToken);
  capital[0] = static_cast<char>(capital[0] & ~0x20);
  return (words_.ClassOf(std::string_view(capital, static_cast<size_t>(word.length()))) & kHeadSubject) != 0;
}

// "It fell.[a] We left.": UAX 29 sees no break before a small letter.
Verdict BreakRules::FootnoteEnd(int32_t start, int32_t dot) const {
  const int32_t end = SkipFootnotes(dot + 1);
  if (end == dot + 1 || ByteAt(text_, static_cast<size_t>(end)) != ' ') return kGoesOn;
  if (!IsUpper(ByteAt(text_, static_cast<size_t>(end) + 1)) || !IsPlainWord(TokenBefore(start, dot + 1)))
    return kGoesOn;
  return Ends(end, SegmentRule::kFootnote);
}

// "fell to a third. 12 people were": UAX 29 sees no break before a figure that
// a small letter follows.
Verdict BreakRules::DigitStart(int32_t start, int32_t dot) const {
  int32_t next = dot + 1;
  const auto n = static_cast<int32_t>(text_.size());
  while (next < n && ByteAt(text_, static_cast<size_t>(next)) == ' ') ++next;
  if (next == dot + 1 || next >= n) return kGoesOn;
  const char32_t c = ByteAt(text_, static_cast<size_t>(next));
  if (!IsDigit(c) && c != '$') return kGoesOn;
  const Span left = TokenBefore(start, dot + 1);
  if (left.begin <= start || !IsPlainWord(left)) return kGoesOn;
  return Ends(dot + 1, SegmentRule::kDigit);
}

// The next mark of a list that begins with the sentence: "1) ... 2) ...", "a.
// ... b. ...".
Verdict BreakRules::NextListMark(int32_t start, int32_t from, int32_t to) const {
  int32_t i = start;
  while (i < to && !IsAlnum(ByteAt(text_, static_cast<size_t>(i)))) {
    const char32_t c = NextCodePoint(text_, i);
    if (c != '(' && !IsSpace(c) && !IsBullet(c)) return kGoesOn;
  }
  const bool bracket = i > start && text_[static_cast<size_t>(i) - 1] == '(';
  char wanted[4];
  size_t length = 0;
  if (IsDigit(ByteAt(text_, static_cast<size_t>(i)))) {
    int number = 0;
    const int32_t digits = i;
    while (i - digits < 2 && IsDigit(ByteAt(text_, static_cast<size_t>(i))))
      number = number * 10 + (text_[static_cast<size_t>(i++)] - '0');
    ++number;
    if (number >= 10) wanted[length++] = static_cast<char>('0' + number / 10 % 10);
    wanted[length++] = static_cast<char>('0' + number % 10);
  } else {
    wanted[length++] = static_cast<char>(text_[static_cast<size_t>(i++)] + 1);
  }
  const int32_t suffix = i;
  while (ByteAt(text_, static_cast<size_t>(i)) == '.' || ByteAt(text_, static_cast<size_t>(i)) == ')') ++i;
  if (i == suffix || i - suffix > 2 || ByteAt(text_, static_cast<size_t>(i)) != ' ') return kGoesOn;
  const std::string_view mark = Span{suffix, i}.Of(text_);
  const std::string_view value(wanted, length);
  for (int32_t at = std::max(from, i); at < to; ++at) {
    const void* hit = std::memchr(text_.data() + at, wanted[0], static_cast<size_t>(to - at));
    if (hit == nullptr) return kGoesOn;
    at = static_cast<int32_t>(static_cast<const char*>(hit) - text_.data());
    const std::string_view rest = text_.substr(static_cast<size_t>(at));
    if (!StartsWith(rest, value) || !StartsWith(rest.substr(length), mark)) continue;
    const size_t after = length + mark.size();
    if (ByteAt(rest, after) != ' ' || !IsUpper(ByteAt(rest, after + 1))) {
      // Small letters only where the list began with one.
      continue;
    }
    int32_t before = at;
    if (bracket) {
      if (before == 0 || text_[static_cast<size_t>(before) - 1] != '(') continue;
      --before;
    }
    if (before < 2 || text_[static_cast<size_t>(before) - 1] != ' ') continue;
    const char32_t previous = ByteAt(text_, static_cast<size_t>(before) - 2);
    if (previous == ',' || previous == ';' || previous == ':' || previous == '(') continue;
    return Ends(before, SegmentRule::kList);
  }
  return kGoesOn;
}

Verdict BreakRules::NextBullet(int32_t start, int32_t from, int32_t to) const {
  for (int32_t i = std::max(from, start); i < to;) {
    if (static_cast<unsigned char>(text_[static_cast<size_t>(i)]) != 0xE2) {
      ++i;
      continue;
    }
    const int32_t at = i;
    if (!IsBullet(NextCodePoint(text_, i)) || at <= start) continue;
    int32_t k = at;
    if (IsSpace(PreviousCodePoint(text_, k)) && k > start) return Ends(at, SegmentRule::kBullet);
  }
  return kGoesOn;
}

// After dots, and after a dash that breaks a quotation off: 这个问题……我们以后再谈。 “I was going to—” He stopped.
Verdict BreakRules::NextOpenEnd(int32_t start, int32_t from, int32_t to) const {
  for (int32_t at = from; at < to; ++at) {
    const void* hit = std::memchr(text_.data() + at, '\xE2', static_cast<size_t>(to - at));
    if (hit == nullptr) break;
    at = static_cast<int32_t>(static_cast<const char*>(hit) - text_.data());
    int32_t end = at;
    const char32_t mark = NextCodePoint(text_, end);
    if (!IsOpenEnd(mark)) continue;
    Place place;
    place.start = start;
    place.mark = mark;
    place.apart = at > start && text_[static_cast<size_t>(at) - 1] == ' ';
    const auto n = static_cast<int32_t>(text_.size());
    for (int32_t i = end; i < n && NextCodePoint(text_, i) == mark;) end = i;
    place.term = end;
    for (int32_t i = end; i < n && IsCloser(NextCodePoint(text_, i));) end = i;
    place.end = end;
    place.closed = place.end > place.term;
    for (int32_t i = end; i < n; end = i) {
      place.follow = NextCodePoint(text_, i);
      if (!IsSpace(place.follow)) break;
      place.spaced = true;
    }
    place.next = end;
    if (place.next < n && place.end < to && EndsOpen(place)) {
      return Ends(place.end, IsDash(mark) ? SegmentRule::kInterrupted : SegmentRule::kEllipsis);
    }
    at = place.term - 1;
  }
  return kGoesOn;
}

// "I", "I'm".
bool BreakRules::IsPronounI(int32_t at) const {
  const std::string_view word = WordAt(at).Of(text_);
  return word == "I" || StartsWith(word, "I'");
}

bool BreakRules::EndsOpen(const Place& place) const {
  const bool quotation = place.closed && IsAfterQuotation(place);
  if (IsDash(place.mark) && !quotation) return false;
  if (IsHan(place.follow)) {
    if (quotation && (IsSaidAfterQuote(place) || IsBoundByNext(place) || IsMention(place))) return false;
    if (quotation) return true;
    const std::string_view rest = text_.substr(static_cast<size_t>(place.next), 12);
    for (const std::string_view word : words_.starters_zh()) {
      if (StartsWith(rest, word)) return true;
    }
    return false;
  }
  if (!place.spaced || IsSaidAfterQuote(place)) return false;
  if (IsUpper(place.follow)) return quotation || (!place.apart && !IsPronounI(place.next));
  if (place.apart || (!IsOpener(place.follow) && place.follow != '"')) return false;
  const Span word = WordAt(place.next);
  return !word.empty() && IsUpper(ByteAt(text_, static_cast<size_t>(word.begin)));
}

// "[Laughter] No, really.", （掌声）下面请提问: what happens in the room stands alone.
Verdict BreakRules::StageDirection(int32_t start) const {
  int32_t i = start;
  const auto n = static_cast<int32_t>(text_.size());
  const char32_t open = NextCodePoint(text_, i);
  if (open != '(' && open != '[' && open != 0xFF08 && open != 0x3010) return kGoesOn;
  const std::string_view inner = text_.substr(static_cast<size_t>(i), kLongestStageDirection);
  if (!words_.BeginsStageDirection(inner)) return kGoesOn;
  while (i < std::min(n, start + kLongestStageDirection)) {
    const char32_t c = NextCodePoint(text_, i);
    if (IsTerminator(c)) return kGoesOn;
    if (c != ')' && c != ']' && c != 0xFF09 && c != 0x3011) continue;
    int32_t next = i;
    char32_t follow = 0;
    while (next < n && IsSpace(follow = NextCodePoint(text_, next))) follow = 0;
    return IsUpper(follow) || IsHan(follow) || IsOpener(follow) || follow == '"' ? Ends(i, SegmentRule::kStage)
                                                                                 : kGoesOn;
  }
  return kGoesOn;
}

Verdict BreakRules::FindExtra(int32_t start, int32_t from, int32_t to) {
  Verdict best = kGoesOn;
  auto take = [&](const Verdict& verdict) {
    if (verdict.ends && verdict.at > start && verdict.at < to && (!best.ends || verdict.at < best.at)) best = verdict;
  };
  for (int32_t at = std::max(from, start + 1); at < to; ++at) {
    const void* hit = std::memchr(text_.data() + at, '.', static_cast<size_t>(to - at));
    if (hit == nullptr) break;
    at = static_cast<int32_t>(static_cast<const char*>(hit) - text_.data());
    const char32_t before = ByteAt(text_, static_cast<size_t>(at) - 1),
                   after = ByteAt(text_, static_cast<size_t>(at) + 1);
    if (!IsAlnum(before)) continue;
    if (IsUpper(after)) take(MissingSpace(start, at));
    if (after == ' ') take(DigitStart(start, at));
    if (after == ' ') take(SmallStart(start, at));
    if (after == '[') take(FootnoteEnd(start, at));
    if (best.ends) break;
  }
  take(NextListMark(start, from, to));
  if (bullets_) take(NextBullet(start, from, to));
  if (open_ends_) take(NextOpenEnd(start, from, to));
  take(StageDirection(start));
  return best;
}

}  // namespace narrdiff
