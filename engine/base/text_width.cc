// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/base/text_width.h"

#include <algorithm>
#include <array>

#include "engine/base/utf8.h"
#include "unicode/brkiter.h"
#include "unicode/locid.h"
#include "unicode/uchar.h"
#include "unicode/utext.h"

namespace narrdiff {
namespace {

constexpr char32_t kZeroWidthJoiner = 0x200D;
constexpr char32_t kEmojiPresentation = 0xFE0F;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

bool IsPrintableAscii(char c) { return c >= 0x20 && c < 0x7F; }

// Format characters that have a shape: Arabic and Indic number signs.
bool IsVisibleFormat(char32_t c) {
  return (c >= 0x600 && c <= 0x605) || c == 0x6DD || c == 0x70F || c == 0x890 || c == 0x891 || c == 0x8E2 ||
         c == 0x110BD || c == 0x110CD;
}

bool IsLineEndOrTab(char32_t c) { return (c >= '\t' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029; }

// Characters that reorder what stands around them, or hide it.
bool IsUnsafeFormat(char32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x206F) || (c >= 0xFFF9 && c <= 0xFFFB);
}

UChar32 Icu(char32_t c) { return static_cast<UChar32>(c); }

// Adds up widths code point by code point; sequences are seen through the
// state it keeps.
class WidthCounter {
 public:
  explicit WidthCounter(int ambiguous_width) : ambiguous_width_(ambiguous_width) {}

  // Columns that `c` adds to what came before.
  int Add(char32_t c) {
    if (c < 0x80) {  // the common case, and it ends every sequence
      joined_ = false;
      base_ = c;
      base_width_ = c >= 0x20 && c != 0x7F ? 1 : 0;
      return base_width_;
    }
    if (c == kZeroWidthJoiner) {
      joined_ = u_hasBinaryProperty(Icu(base_), UCHAR_EXTENDED_PICTOGRAPHIC) != 0;
      return 0;
    }
    if (c == kEmojiPresentation) {
      const bool widens = base_width_ == 1 && u_hasBinaryProperty(Icu(base_), UCHAR_EMOJI);
      if (widens) base_width_ = 2;
      return widens ? 1 : 0;
    }
    if (joined_ && u_hasBinaryProperty(Icu(c), UCHAR_EXTENDED_PICTOGRAPHIC)) {
      joined_ = false;
      return 0;
    }
    joined_ = false;
    if (c >= 0x1F3FB && c <= 0x1F3FF && u_hasBinaryProperty(Icu(base_), UCHAR_EMOJI_MODIFIER_BASE)) {
      return 0;
    }
    const int width = CodePointWidth(c, ambiguous_width_);
    if (width > 0) {
      base_ = c;
      base_width_ = width;
    }
    return width;
  }

 private:
  const int ambiguous_width_;
  char32_t base_ = 0;
  int base_width_ = 0;
  bool joined_ = false;
};

bool IsAsciiAlnum(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool IsAsciiLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Letters, digits and the punctuation of plain prose, whose breaks are simple:
// after spaces and after a hyphen before a letter.
bool IsPlainProse(std::string_view text) {
  static const std::array<bool, 256> plain = [] {
    std::array<bool, 256> table{};
    for (int c = 0; c < 128; ++c) {
      table[static_cast<size_t>(c)] =
          IsAsciiAlnum(static_cast<char>(c)) ||
          std::string_view(" .,;:'\"()-$%").find(static_cast<char>(c)) != std::string_view::npos;
    }
    return table;
  }();
  return std::all_of(text.begin(), text.end(), [](char c) { return plain[static_cast<unsigned char>(c)]; });
}

std::vector<int32_t> PlainProseBreaks(std::string_view text) {
  std::vector<int32_t> breaks;
  const int32_t n = static_cast<int32_t>(text.size());
  auto at = [&](int32_t i) { return text[static_cast<size_t>(i)]; };
  for (int32_t i = 1; i < n; ++i) {
    const char before = at(i - 1);
    const char after = at(i);
    if (before == ' ') {
      if (after == ' ' || std::string_view(").,;:").find(after) != std::string_view::npos) {
        continue;
      }
      int32_t word_end = i - 1;
      while (word_end > 0 && at(word_end) == ' ') --word_end;
      const char last = at(word_end);
      if (last == '(') continue;
      if (after == '(' && (last == '"' || last == '\'')) continue;
      breaks.push_back(i);
    } else if (before == '-' && IsAsciiLetter(after) && i >= 2 && (IsAsciiAlnum(at(i - 2)) || at(i - 2) == '.')) {
      breaks.push_back(i);
    }
  }
  if (n > 0) breaks.push_back(n);
  return breaks;
}

bool HasHan(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0xE4 && byte <= 0xE9;  // lead bytes of U+4000..9FFF
  });
}

// Length of the text without white space at its end.
int32_t TrimmedEnd(std::string_view text, int32_t begin, int32_t end) {
  while (end > begin) {
    int32_t i = end;
    const char32_t c = PreviousCodePoint(text, i);
    if (c != ' ' && c != 0x3000 && !IsLineEndOrTab(c)) break;
    end = i;
  }
  return end;
}

}  // namespace

int CodePointWidth(char32_t c, int ambiguous_width) {
  if (c < 0x80) return c >= 0x20 && c != 0x7F ? 1 : 0;
  if (c >= 0x4E00 && c <= 0x9FFF) return 2;
  if (c < 0xA0) return 0;
  if ((c >= 0x1160 && c <= 0x11FF) || (c >= 0xD7B0 && c <= 0xD7FF)) {
    return 0;  // vowels and finals that join the Hangul syllable before them
  }
  switch (u_charType(Icu(c))) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
      return 0;
    case U_FORMAT_CHAR:
      return IsVisibleFormat(c) ? 1 : 0;
    default:
      break;
  }
  switch (u_getIntPropertyValue(Icu(c), UCHAR_EAST_ASIAN_WIDTH)) {
    case U_EA_FULLWIDTH:
    case U_EA_WIDE:
      return 2;
    case U_EA_AMBIGUOUS:
      return ambiguous_width;
    default:
      return 1;
  }
}

int DisplayWidth(std::string_view text, int ambiguous_width) {
  if (std::all_of(text.begin(), text.end(), IsPrintableAscii)) {
    return static_cast<int>(text.size());
  }
  WidthCounter counter(ambiguous_width);
  int width = 0;
  for (int32_t i = 0; i < static_cast<int32_t>(text.size());) {
    width += counter.Add(NextCodePoint(text, i));
  }
  return width;
}

void AppendSanitizedForTerminal(std::string_view text, std::string& out) {
  if (std::all_of(text.begin(), text.end(), IsPrintableAscii)) {
    out += text;
    return;
  }
  out.reserve(out.size() + text.size());
  bool collapsing = false;  // the space at the end of `out` stands for a run
  for (int32_t i = 0; i < static_cast<int32_t>(text.size());) {
    const int32_t start = i;
    const char32_t c = NextCodePoint(text, i);
    const std::string_view bytes = text.substr(static_cast<size_t>(start), static_cast<size_t>(i - start));
    if (IsLineEndOrTab(c)) {
      while (!out.empty() && out.back() == ' ') out.pop_back();
      if (!out.empty()) out += ' ';
      collapsing = true;
      continue;
    }
    if (c == ' ') {
      if (!collapsing) out += ' ';
      continue;
    }
    if (c == 0xAD || c == 0xFEFF) continue;
    collapsing = false;
    if (c < 0x20) {
      AppendUtf8(0x2400 + c, out);
    } else if (c == 0x7F) {
      AppendUtf8(0x2421, out);
    } else if ((c >= 0x80 && c < 0xA0) || c == 0xFFFD || IsUnsafeFormat(c)) {
      out += kReplacement;
    } else {
      out += bytes;
    }
  }
}

std::string SanitizeForTerminal(std::string_view text) {
  std::string out;
  AppendSanitizedForTerminal(text, out);
  return out;
}

struct TextWrapper::Iterators {
  std::unique_ptr<icu::BreakIterator> line;      // root rules
  std::unique_ptr<icu::BreakIterator> han_line;  // knows Chinese quotes
  std::unique_ptr<icu::BreakIterator> grapheme;
};

TextWrapper::TextWrapper(int ambiguous_width)
    : ambiguous_width_(ambiguous_width == 2 ? 2 : 1), iterators_(std::make_unique<Iterators>()) {}

TextWrapper::~TextWrapper() = default;

namespace {

// Adds the boundaries of text[begin, end) to `out`. Where ICU has no data, the
// range is left in one piece.
void AppendBoundaries(icu::BreakIterator* iterator, std::string_view text, int32_t begin, int32_t end,
                      std::vector<int32_t>& out) {
  UErrorCode error = U_ZERO_ERROR;
  UText utext = UTEXT_INITIALIZER;
  if (iterator != nullptr) {
    utext_openUTF8(&utext, text.data() + begin, end - begin, &error);
    iterator->setText(&utext, error);
  }
  if (iterator == nullptr || U_FAILURE(error)) {
    if (end > begin) out.push_back(end);
  } else {
    iterator->first();
    for (int32_t b = iterator->next(); b != icu::BreakIterator::DONE; b = iterator->next()) {
      out.push_back(begin + b);
    }
  }
  utext_close(&utext);
}

}  // namespace

std::vector<int32_t> TextWrapper::Breaks(std::string_view text) {
  if (IsPlainProse(text)) return PlainProseBreaks(text);
  const bool han = HasHan(text);
  auto& iterator = han ? iterators_->han_line : iterators_->line;
  if (iterator == nullptr) {
    UErrorCode error = U_ZERO_ERROR;
    iterator.reset(
        icu::BreakIterator::createLineInstance(han ? icu::Locale::getChinese() : icu::Locale::getRoot(), error));
    if (U_FAILURE(error)) iterator = nullptr;
  }
  std::vector<int32_t> breaks;
  AppendBoundaries(iterator.get(), text, 0, static_cast<int32_t>(text.size()), breaks);
  return breaks;
}

std::vector<WrappedLine> TextWrapper::Fill(std::string_view text, const std::vector<int32_t>& breaks, int columns) {
  columns = std::max(columns, 1);
  std::vector<WrappedLine> lines;
  WrappedLine line;   // the line being filled; its span ends at the last word
  int spaces = 0;     // columns of white space after that word
  bool open = false;  // the line has begun
  auto width_of = [&](int32_t begin, int32_t end) {
    return DisplayWidth(text.substr(static_cast<size_t>(begin), static_cast<size_t>(end - begin)), ambiguous_width_);
  };
  auto finish = [&] {
    lines.push_back(line);
    open = false;
    spaces = 0;
  };
  auto add = [&](int32_t begin, int32_t end, int width) {
    if (!open) {
      line = {{begin, end}, width};
      open = true;
    } else {
      line.span.end = end;
      line.width += spaces + width;
    }
    spaces = 0;
  };
  int32_t begin = 0;
  for (int32_t end : breaks) {
    const int32_t word_end = TrimmedEnd(text, begin, end);
    const int width = width_of(begin, word_end);
    if (open && line.width + spaces + width > columns) finish();
    if (width <= columns) {
      add(begin, word_end, width);
    } else {
      std::vector<int32_t> graphemes;
      if (iterators_->grapheme == nullptr) {
        UErrorCode error = U_ZERO_ERROR;
        iterators_->grapheme.reset(icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), error));
        if (U_FAILURE(error)) iterators_->grapheme = nullptr;
      }
      AppendBoundaries(iterators_->grapheme.get(), text, begin, word_end, graphemes);
      int32_t from = begin;
      for (int32_t to : graphemes) {
        const int grapheme_width = width_of(from, to);
        if (open && line.width + grapheme_width > columns) finish();
        add(from, to, grapheme_width);
        from = to;
      }
    }
    spaces += end > word_end ? width_of(word_end, end) : 0;
    // A break after a line end is one that must be taken.
    if (end > begin && text[static_cast<size_t>(end - 1)] == '\n') finish();
    begin = end;
  }
  if (open) finish();
  return lines;
}

std::vector<std::string> WrapText(std::string_view text, int columns, int ambiguous_width) {
  std::vector<std::string> lines;
  TextWrapper wrapper(ambiguous_width);
  for (const WrappedLine& line : wrapper.Wrap(text, columns)) {
    lines.emplace_back(line.span.Of(text));
  }
  return lines;
}

}  // namespace narrdiff
