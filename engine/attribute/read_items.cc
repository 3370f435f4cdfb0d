// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/attribute/read_items.h"

#include <algorithm>

#include "engine/base/utf8.h"
#include "unicode/uchar.h"

namespace narrdiff {
namespace {

constexpr int kMaxParenthesisItems = 60;
// Words without these classes when they are written in capitals: US is no
// pronoun, IT and WHO neither.
constexpr uint64_t kNotInCapitals = kPronounThird | kFirstPerson | kPronounOther | kDeterminer | kPossessive | kBe |
                                    kAuxiliary | kToWord | kNegation | kAdverb | kOpener | kSubordinator |
                                    kCoordinator | kRelative | kWhWord | kThatWord | kPreposition | kFinite | kVerbAny |
                                    kVerbAddressee | kTitleWord;
// Words that have these classes only with a capital.
constexpr uint64_t kOnlyCapital = kRelay | kPinyinSurname | kKnownPlace | kKnownPerson;

enum class Mark : uint8_t { kNone, kOpen, kClose, kStraight, kSingleOpen, kSingleClose, kSingleStraight };

struct Piece {
  Span span;
  char32_t c = 0;  // of punctuation
  Mark mark = Mark::kNone;
  ItemKind kind = ItemKind::kOther;
  bool word = false;
};

bool IsLetter(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return u_isalpha(static_cast<UChar32>(c)) != 0;
}
bool IsUpper(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z';
  return u_isUUppercase(static_cast<UChar32>(c)) != 0;
}
bool IsDigit(char32_t c) { return c >= '0' && c <= '9'; }
bool IsApostrophe(char32_t c) { return c == '\'' || c == 0x2019; }

class Reader {
 public:
  Reader(std::string_view text, Span range) : text_(text), end_(range.end), pos_(range.begin), begin_(range.begin) {}

  std::vector<Piece> Pieces() {
    std::vector<Piece> pieces;
    while (pos_ < end_) {
      const int32_t start = pos_;
      const char32_t c = Next();
      if (IsSpace(c)) continue;
      Piece piece;
      if (IsHan(c)) {
        piece.word = true;
      } else if (IsLetter(c)) {
        pos_ = start;
        ReadWord();
        piece.word = true;
      } else if (IsDigit(c)) {
        ReadNumber();
        piece.kind = ItemKind::kNumber;
      } else {
        piece.c = c;
        Punctuation(piece);
        if (piece.kind == ItemKind::kOther && IsJoiner(c, start)) continue;
      }
      piece.span = {start, pos_};
      pieces.push_back(piece);
    }
    return pieces;
  }

 private:
  char32_t Next() {
    int32_t i = pos_;
    const char32_t c = NextCodePoint(text_.substr(0, static_cast<size_t>(end_)), i);
    pos_ = i;
    return c;
  }
  char32_t PeekAt(int32_t at) const {
    if (at >= end_) return 0;
    return NextCodePoint(text_.substr(0, static_cast<size_t>(end_)), at);
  }

  void ReadWord() {
    const int32_t start = pos_;
    bool dotted = false;
    while (pos_ < end_) {
      const int32_t here = pos_;
      const char32_t c = Next();
      if (IsLetter(c) && !IsHan(c)) continue;
      if (IsDigit(c)) continue;
      if (IsApostrophe(c) && IsLetter(PeekAt(pos_))) continue;
      if (c == '.' && (dotted || here - start == 1) && IsUpper(PeekAt(pos_)) && !IsLetter(PeekAt(pos_ + 1))) {
        dotted = true;
        continue;
      }
      pos_ = here;
      break;
    }
    if (dotted && PeekAt(pos_) == '.') ++pos_;
  }

  void ReadNumber() {
    while (pos_ < end_) {
      const int32_t here = pos_;
      const char32_t c = Next();
      if (IsDigit(c) || IsLetter(c)) continue;
      if ((c == '.' || c == ',' || c == ':') && IsDigit(PeekAt(pos_))) continue;
      pos_ = here;
      break;
    }
  }

  void Punctuation(Piece& piece) {
    switch (piece.c) {
      case ',':
      case 0xFF0C:
        piece.kind = ItemKind::kComma;
        break;
      case ';':
      case 0xFF1B:
        piece.kind = ItemKind::kSemicolon;
        break;
      case ':':
      case 0xFF1A:
        piece.kind = ItemKind::kColon;
        break;
      case '.':
      case '!':
      case '?':
      case 0x2026:
      case 0x3002:
      case 0xFF01:
      case 0xFF1F:
        piece.kind = ItemKind::kStop;
        break;
      case 0x2013:
      case 0x2014:
      case 0x2015:
        piece.kind = ItemKind::kDash;
        break;
      case '-':
        if (PeekAt(pos_) == '-') {
          while (PeekAt(pos_) == '-') ++pos_;
          piece.kind = ItemKind::kDash;
        } else if (IsSpace(PeekAt(pos_)) && pos_ - 2 >= begin_ &&
                   IsSpace(static_cast<unsigned char>(text_[static_cast<size_t>(pos_ - 2)]))) {
          piece.kind = ItemKind::kDash;
        }
        break;
      case 0x201C:
      case 0x201E:
      case 0x00AB:
      case 0x300C:
      case 0x300E:
        piece.mark = Mark::kOpen;
        break;
      case 0x201D:
      case 0x00BB:
      case 0x300D:
      case 0x300F:
        piece.mark = Mark::kClose;
        break;
      case '"':
      case 0xFF02:
        piece.mark = Mark::kStraight;
        break;
      case 0x2018:
        piece.mark = Mark::kSingleOpen;
        break;
      case 0x2019:
        piece.mark = Mark::kSingleClose;
        break;
      case '`':
        if (PeekAt(pos_) == '`') {
          ++pos_;
          piece.mark = Mark::kOpen;
        }
        break;
      case '\'':
        if (PeekAt(pos_) == '\'') {
          ++pos_;
          piece.mark = Mark::kStraight;
        } else {
          piece.mark = Mark::kSingleStraight;
        }
        break;
      default:
        break;
    }
  }

  // A hyphen between letters or digits separates words and is no item.
  bool IsJoiner(char32_t c, int32_t start) const {
    if (c != '-' && c != 0x2010 && c != 0x2011) return false;
    if (start <= begin_) return false;
    const unsigned char before = static_cast<unsigned char>(text_[static_cast<size_t>(start - 1)]);
    return (before >= 0x80 || IsLetter(before) || IsDigit(before)) && !IsSpace(PeekAt(pos_));
  }

  std::string_view text_;
  int32_t end_, pos_, begin_;
};

// Pairs of pieces that open and close a quotation, outermost only, ascending. A
// close of -1: none.
struct QuotePair {
  int32_t open = 0,
          close = 0;  // pieces; close == count of pieces when it stays open
  bool closed = false;
};

class QuoteFinder {
 public:
  QuoteFinder(std::string_view text, Span range, const std::vector<Piece>& pieces)
      : text_(text), range_(range), pieces_(pieces), n_(static_cast<int32_t>(pieces.size())) {}

  std::vector<QuotePair> Run() {
    FindSingleCloses();
    std::vector<QuotePair> pairs;
    for (int32_t i = 0; i < n_; ++i) {
      const Piece& p = pieces_[static_cast<size_t>(i)];
      if (p.mark == Mark::kOpen || (p.mark == Mark::kStraight && !LooksClosing(i))) {
        i = TakeDouble(i, pairs);
      } else if (p.mark == Mark::kSingleOpen || p.mark == Mark::kSingleStraight) {
        if (!OpensSingle(i)) continue;
        const int32_t close = next_single_close_[static_cast<size_t>(i + 1)];
        if (close >= n_ || close - i < 2 || NextDouble(i + 1) < close) continue;
        pairs.push_back({i, close, true});
        i = close;
      }
    }
    return pairs;
  }

 private:
  bool SpaceBefore(int32_t i) const {
    const int32_t at = pieces_[static_cast<size_t>(i)].span.begin;
    if (at <= range_.begin) return true;
    int32_t j = at;
    return IsSpace(PreviousCodePoint(text_, j));
  }
  bool SpaceAfter(int32_t i) const {
    const int32_t at = pieces_[static_cast<size_t>(i)].span.end;
    if (at >= range_.end) return true;
    int32_t j = at;
    return IsSpace(NextCodePoint(text_, j));
  }
  bool WordAfter(int32_t i) const {
    if (i + 1 >= n_ || SpaceAfter(i)) return false;
    return true;
  }
  // A straight mark at the end of a word, before a space, with no quotation
  // open: a stray closing mark.
  bool LooksClosing(int32_t i) const { return !SpaceBefore(i) && SpaceAfter(i); }
  bool LooksOpening(int32_t i) const { return SpaceBefore(i) && !SpaceAfter(i); }

  // From the opening mark at `i`: adds the pair and returns the last piece of
  // it.
  int32_t TakeDouble(int32_t i, std::vector<QuotePair>& pairs) {
    const bool curly = pieces_[static_cast<size_t>(i)].mark == Mark::kOpen;
    for (int32_t k = i + 1; k < n_; ++k) {
      const Mark mark = pieces_[static_cast<size_t>(k)].mark;
      if (mark == Mark::kClose) {
        pairs.push_back({i, k, true});
        return k;
      }
      if (mark == Mark::kStraight && (!curly || LooksClosing(k))) {
        if (LooksOpening(k)) {  // the mark before was never closed
          pairs.push_back({i, k, false});
          return k - 1;
        }
        pairs.push_back({i, k, true});
        return k;
      }
    }
    pairs.push_back({i, n_, false});
    return n_;
  }

  bool OpensSingle(int32_t i) const {
    if (!SpaceBefore(i)) {
      const char32_t before = pieces_[static_cast<size_t>(std::max(i - 1, 0))].c;
      if (before != '(' && before != '[' && before != 0x2014) return false;
    }
    return WordAfter(i);
  }
  void FindSingleCloses() {
    next_single_close_.assign(static_cast<size_t>(n_) + 2, n_);
    next_double_.assign(static_cast<size_t>(n_) + 2, n_);
    for (int32_t i = n_ - 1; i >= 0; --i) {
      const Mark mark = pieces_[static_cast<size_t>(i)].mark;
      next_single_close_[static_cast<size_t>(i)] = next_single_close_[static_cast<size_t>(i + 1)];
      next_double_[static_cast<size_t>(i)] = next_double_[static_cast<size_t>(i + 1)];
      if (mark == Mark::kOpen || mark == Mark::kStraight || mark == Mark::kClose)
        next_double_[static_cast<size_t>(i)] = i;
      if (mark != Mark::kSingleClose && mark != Mark::kSingleStraight) continue;
      if (i == 0 || SpaceBefore(i)) continue;
      // An apostrophe inside a word is part of that word; one before a letter
      // without a space is no close.
      if (!SpaceAfter(i) && i + 1 < n_ && pieces_[static_cast<size_t>(i + 1)].word) continue;
      // "officials' claims": after an s and before a word it may be a
      // possessive; a stop or comma before or after decides.
      const char last = text_[static_cast<size_t>(pieces_[static_cast<size_t>(i)].span.begin - 1)];
      const bool word_follows = i + 1 < n_ && pieces_[static_cast<size_t>(i + 1)].word;
      if (last == 's' && word_follows && next_single_close_[static_cast<size_t>(i + 1)] < n_) continue;
      next_single_close_[static_cast<size_t>(i)] = i;
    }
  }
  int32_t NextDouble(int32_t i) const { return next_double_[static_cast<size_t>(i)]; }

  std::string_view text_;
  Span range_;
  const std::vector<Piece>& pieces_;
  int32_t n_;
  std::vector<int32_t> next_single_close_, next_double_;
};

void FillWord(std::string_view text, AttributionWords& words, Item& item) {
  std::string_view surface = item.span.Of(text);
  // A possessive 's stays outside the word.
  for (const std::string_view ending : {"'s", "\xE2\x80\x99s", "'S", "\xE2\x80\x99S"}) {
    if (surface.size() > ending.size() && surface.substr(surface.size() - ending.size()) == ending) {
      item.possessive = true;
      surface.remove_suffix(ending.size());
      break;
    }
  }
  int32_t i = 0, letters = 0, capitals = 0;
  for (const int32_t n = static_cast<int32_t>(surface.size()); i < n;) {
    const char32_t c = NextCodePoint(surface, i);
    if (!IsLetter(c)) continue;
    const bool upper = IsUpper(c);
    if (letters == 0) item.capital = upper;
    ++letters;
    capitals += upper;
  }
  item.all_caps = letters >= 2 && capitals == letters;
  const WordFacts facts = words.Classify(surface);
  item.classes = facts.classes;
  item.starts_phrase = facts.starts_phrase;
  if (item.classes == 0 && letters <= 7) {
    // I've, they'll, he'd: a pronoun and its auxiliary in one.
    size_t mark = surface.find('\'');
    if (mark == std::string_view::npos) mark = surface.find("\xE2\x80\x99");
    if (mark != std::string_view::npos && mark > 0) {
      const uint64_t pronoun =
          words.Classify(surface.substr(0, mark)).classes & (kPronounThird | kFirstPerson | kPronounOther | kRelative);
      if (pronoun != 0) item.classes = pronoun | kAuxiliary;
    }
  }
  if (item.all_caps) item.classes &= ~kNotInCapitals;
  if (!item.capital) item.classes &= ~kOnlyCapital;
  if (item.Is(kTime) && item.Is(kAuxiliary)) item.classes &= item.capital ? ~uint64_t{kAuxiliary} : ~uint64_t{kTime};
}

}  // namespace

std::vector<Item> ReadItems(std::string_view text, Span range, AttributionWords& words) {
  const std::vector<Piece> pieces = Reader(text, range).Pieces();
  const std::vector<QuotePair> quotes = QuoteFinder(text, range, pieces).Run();
  std::vector<Item> items;
  items.reserve(pieces.size());
  std::vector<int32_t> open_parentheses;
  size_t q = 0;
  for (int32_t i = 0; i < static_cast<int32_t>(pieces.size()); ++i) {
    const Piece& piece = pieces[static_cast<size_t>(i)];
    Item item;
    item.span = piece.span;
    if (q < quotes.size() && quotes[q].open == i) {
      const QuotePair& pair = quotes[q++];
      const int32_t last = pair.closed ? pair.close : pair.close - 1;
      item.kind = ItemKind::kQuote;
      item.span.end = pieces[static_cast<size_t>(last)].span.end;
      const int32_t first_inner = std::min(i + 1, last), last_inner = pair.closed ? last - 1 : last;
      item.inner = last_inner >= first_inner ? Span{pieces[static_cast<size_t>(first_inner)].span.begin,
                                                    pieces[static_cast<size_t>(last_inner)].span.end}
                                             : Span{piece.span.end, piece.span.end};
      items.push_back(item);
      i = last;
      continue;
    }
    item.kind = piece.word ? ItemKind::kWord : piece.kind;
    if (piece.word) FillWord(text, words, item);
    if (piece.c == '(' || piece.c == 0xFF08) open_parentheses.push_back(static_cast<int32_t>(items.size()));
    if ((piece.c == ')' || piece.c == 0xFF09) && !open_parentheses.empty()) {
      const int32_t open = open_parentheses.back();
      open_parentheses.pop_back();
      if (static_cast<int32_t>(items.size()) - open <= kMaxParenthesisItems) {
        Item folded;
        folded.kind = ItemKind::kParenthesis;
        folded.span = {items[static_cast<size_t>(open)].span.begin, piece.span.end};
        items.resize(static_cast<size_t>(open));
        items.push_back(folded);
        continue;
      }
    }
    // "officials' claims": a mark after an s that opened or closed nothing.
    if ((piece.mark == Mark::kSingleClose || piece.mark == Mark::kSingleStraight) && !items.empty() &&
        items.back().IsWord() && items.back().span.end == piece.span.begin) {
      items.back().possessive = true;
      items.back().span.end = piece.span.end;
      continue;
    }
    items.push_back(item);
  }
  // Phrases of several words.
  std::vector<std::string_view> surfaces;
  for (size_t i = 0; i < items.size(); ++i) {
    Item& item = items[i];
    if (!item.starts_phrase || item.Is(kBe | kAuxiliary)) continue;
    surfaces.clear();
    for (size_t k = i; k < items.size() && k < i + 6 && items[k].IsWord(); ++k)
      surfaces.push_back(items[k].span.Of(text));
    if (surfaces.size() < 2) continue;
    uint64_t classes = 0;
    const int n = words.Phrase(surfaces, classes);
    if (n < 2) continue;
    item.phrase = n;
    item.classes = (item.classes & ~uint64_t{kVerbAny | kPreposition}) | classes;
  }
  return items;
}

}  // namespace narrdiff
