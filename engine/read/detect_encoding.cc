// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/detect_encoding.h"

#include <algorithm>
#include <cstdint>
#include <memory>

#include "engine/base/utf8.h"
#include "engine/read/ascii_text.h"
#include "unicode/ucnv.h"
#include "unicode/ucsdet.h"

namespace narrdiff {
namespace {

constexpr size_t kLookedAt = 64 << 10;
// ICU's detector gives 0 to 100. Of its answers those about encodings with two
// bytes a character are good from here on, also for a dozen characters.
constexpr int32_t kLeastConfidence = 50;
// A text with this many well-formed UTF-8 characters for each ill-formed place
// is damaged UTF-8 and nothing else.
constexpr int64_t kDamagedRatio = 4;

struct Mark {
  std::string_view bytes;
  const char* name;
};
// The longer ones first: that of UTF-32LE begins like that of UTF-16LE.
constexpr Mark kMarks[] = {
    {std::string_view("\xFF\xFE\0\0", 4), "UTF-32LE"}, {std::string_view("\0\0\xFE\xFF", 4), "UTF-32BE"},
    {std::string_view("\xEF\xBB\xBF", 3), "UTF-8"},    {std::string_view("\xFF\xFE", 2), "UTF-16LE"},
    {std::string_view("\xFE\xFF", 2), "UTF-16BE"},
};

// What ICU's detector may answer, and we believe.
constexpr std::string_view kDetected[] = {"GB18030", "Big5", "Shift_JIS", "EUC-JP", "EUC-KR"};

// ICU's names of encodings, by their start, and what is read in their place.
struct Superset {
  std::string_view subset, superset;
};
constexpr Superset kSupersets[] = {
    {"GB2312", "GB18030"},
    {"GBK", "GB18030"},
    {"gb18030", "GB18030"},
    {"GB_2312-80", "GB18030"},
    {"Big5", "Big5"},
    {"windows-950", "Big5"},
    {"ibm-950", "Big5"},
    {"ANSI_X3.4", "windows-1252"},
    {"ISO_8859-1:", "windows-1252"},
};

bool IsPrintable(uint32_t u) { return (u >= 0x20 && u < 0x7F) || u == '\n' || u == '\r' || u == '\t'; }

// What texts are made of: ASCII without controls, Latin letters, general and
// Chinese punctuation, Han.
bool IsCommon(uint32_t u) {
  return IsPrintable(u) || (u >= 0xA0 && u < 0x250) || (u >= 0x2010 && u < 0x2070) || (u >= 0x3000 && u < 0x3020) ||
         (u >= 0x4E00 && u < 0xA000) || (u >= 0xFF00 && u < 0xFFF0);
}

uint32_t UnitAt(std::string_view bytes, size_t i, size_t width, bool big) {
  uint32_t unit = 0;
  for (size_t k = 0; k < width; ++k) {
    const size_t at = big ? i + k : i + width - 1 - k;
    unit = unit << 8 | static_cast<unsigned char>(bytes[at]);
  }
  return unit;
}

// Whether nearly all code units of `width` bytes, read in this order, are
// common in texts.
bool LooksLikeUnits(std::string_view bytes, size_t width, bool big) {
  if (bytes.size() < width || bytes.size() % width != 0) return false;
  const size_t n = std::min(bytes.size(), kLookedAt);
  size_t good = 0, ascii = 0, total = 0, printable_bytes = 0;
  for (size_t i = 0; i + width <= n; i += width) {
    const uint32_t u = UnitAt(bytes, i, width, big);
    for (size_t k = 0; k < width; ++k) printable_bytes += IsPrintable(static_cast<unsigned char>(bytes[i + k]));
    if (u >= 0xD800 && u < 0xE000) continue;
    ++total;
    ascii += IsPrintable(u);
    good += IsCommon(u) || (width == 4 && u >= 0x10000 && u < 0x110000);
  }
  // Pairs of ASCII bytes fall into the Han range too: where most bytes are
  // printable, it is an 8-bit text.
  return good * 20 >= total * 19 && ascii > 0 && printable_bytes * 4 < n * 3;
}

// Whether so many characters are well-formed UTF-8 that it cannot be anything
// else.
bool IsDamagedUtf8(std::string_view bytes) {
  int64_t good = 0, bad = 0;
  const std::string_view head = bytes.substr(0, kLookedAt);
  for (int32_t i = 0; i < static_cast<int32_t>(head.size());) {
    const auto at = static_cast<size_t>(i);
    const char32_t c = NextCodePoint(head, i);
    if (c < 0x80) continue;
    const bool ill_formed = c == 0xFFFD && !StartsWith(head.substr(at), "\xEF\xBF\xBD");
    ++(ill_formed ? bad : good);
  }
  // The ill-formed place may lie further on.
  return good >= kDamagedRatio * std::max<int64_t>(bad, 1);
}

// A byte above 7F that windows-1252 texts have where it stands: quotes and
// dashes, signs, letters beside letters.
bool IsWesternByte(std::string_view bytes, size_t i) {
  const auto byte = static_cast<unsigned char>(bytes[i]);
  if (byte >= 0xC0) {
    auto is_letter = [&](size_t k) {
      return k < bytes.size() && (IsLetter(static_cast<unsigned char>(bytes[k])) || bytes[k] == '\'');
    };
    return byte != 0xD7 && byte != 0xF7 && ((i > 0 && is_letter(i - 1)) || is_letter(i + 1));
  }
  switch (byte) {
    case 0x80:  // euro
    case 0x85:  // ellipsis
    case 0x91:  // quotes, bullet, dashes
    case 0x92:
    case 0x93:
    case 0x94:
    case 0x95:
    case 0x96:
    case 0x97:
    case 0x99:  // trade mark
    case 0xA0:  // no-break space
    case 0xA3:  // pound
    case 0xA7:  // section
    case 0xA9:
    case 0xAB:  // guillemets
    case 0xAD:
    case 0xAE:
    case 0xB0:  // degree
    case 0xB7:
    case 0xBB:
    case 0xBD:  // one half
      return true;
    default:
      return false;
  }
}

// The share of high bytes that stand where windows-1252 would have them.
double WesternShare(std::string_view bytes) {
  size_t good = 0, high = 0;
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (static_cast<unsigned char>(bytes[i]) < 0x80) continue;
    ++high;
    good += IsWesternByte(bytes, i);
  }
  // A text that is mostly high bytes is not written in Latin letters.
  if (high == 0 || high * 4 > bytes.size()) return 0;
  return static_cast<double>(good) / static_cast<double>(high);
}

Encoding GuessByStatistics(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, kLookedAt);
  constexpr double kLeastWestern = 0.9;
  if (const double share = WesternShare(head); share >= kLeastWestern) {
    return {"windows-1252", Encoding::Source::kGuessed, share, 0};
  }
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)> detector(ucsdet_open(&error), &ucsdet_close);
  if (U_FAILURE(error)) return {};
  ucsdet_setText(detector.get(), head.data(), static_cast<int32_t>(head.size()), &error);
  int32_t count = 0;
  const UCharsetMatch** matches = ucsdet_detectAll(detector.get(), &count, &error);
  if (U_FAILURE(error)) return {};
  for (int32_t i = 0; i < count; ++i) {
    const std::string_view name = ucsdet_getName(matches[i], &error);
    const int32_t confidence = ucsdet_getConfidence(matches[i], &error);
    if (U_FAILURE(error) || confidence < kLeastConfidence) break;
    if (std::find(std::begin(kDetected), std::end(kDetected), name) == std::end(kDetected)) continue;
    return {std::string(name), Encoding::Source::kGuessed, confidence / 100.0, 0};
  }
  return {};
}

}  // namespace

std::string CanonicalEncoding(std::string_view name) {
  const std::string given(Strip(name));
  if (given.empty()) return {};
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open(given.c_str(), &error), &ucnv_close);
  if (U_FAILURE(error)) return {};
  const char* own = ucnv_getName(converter.get(), &error);
  const char* iana = ucnv_getStandardName(own, "IANA", &error);
  const std::string_view found = iana != nullptr ? iana : own;
  for (const auto& [subset, superset] : kSupersets) {
    if (StartsWith(found, subset)) return std::string(superset);
  }
  return std::string(found);
}

Encoding DetectEncoding(std::string_view bytes, std::string_view declared) {
  for (const Mark& mark : kMarks) {
    if (StartsWith(bytes, mark.bytes)) return {mark.name, Encoding::Source::kMark, 1, mark.bytes.size()};
  }
  if (!Contains(bytes, std::string_view("\0", 1)) && FindInvalidUtf8(bytes) < 0) {
    return {"UTF-8", Encoding::Source::kValid, 1, 0};
  }
  for (const size_t width : {size_t{4}, size_t{2}}) {
    for (const bool big : {false, true}) {
      if (!LooksLikeUnits(bytes, width, big)) continue;
      return {std::string(width == 4 ? "UTF-32" : "UTF-16") + (big ? "BE" : "LE"), Encoding::Source::kGuessed, 1, 0};
    }
  }
  if (IsDamagedUtf8(bytes)) return {"UTF-8", Encoding::Source::kDamaged, 1, 0};
  // A page whose declaration could be read is in no encoding of two or four
  // bytes a letter.
  const std::string name = CanonicalEncoding(declared);
  if (!name.empty() && !StartsWith(name, "UTF-")) return {name, Encoding::Source::kDeclared, 1, 0};
  return GuessByStatistics(bytes);
}

}  // namespace narrdiff
