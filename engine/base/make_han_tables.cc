// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
// Build-time tool: writes han_tables_data.inc, the tables behind han_tables.h, from ICU's transliterators.
//
//   make_han_tables > han_tables_data.inc
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "unicode/translit.h"
#include "unicode/unistr.h"

namespace {

std::unique_ptr<icu::Transliterator> Make(const char* id) {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::Transliterator> t(icu::Transliterator::createInstance(id, UTRANS_FORWARD, status));
  if (U_FAILURE(status)) {
    std::fprintf(stderr, "make_han_tables: ICU has no transliterator %s: %s\n", id, u_errorName(status));
    return nullptr;
  }
  return t;
}

}  // namespace

int main() {
  const auto simplify = Make("Hant-Hans");
  const auto latin = Make("Han-Latin; Latin-ASCII; Lower");
  if (simplify == nullptr || latin == nullptr) return 1;
  constexpr UChar32 kFirst = 0x4E00, kLast = 0x9FFF;
  std::map<std::string, int> syllable_index = {{"", 0}};
  std::vector<std::string> syllables = {""};
  std::printf("constexpr char16_t kSimplified[] = {\n");
  std::vector<int> readings;
  for (UChar32 c = kFirst; c <= kLast; ++c) {
    icu::UnicodeString s(c);
    simplify->transliterate(s);
    const UChar32 to = s.countChar32() == 1 ? s.char32At(0) : c;
    std::printf("0x%X,%s", static_cast<unsigned>(to >= 0x3400 && to <= 0xFFFF ? to : c), c % 12 == 11 ? "\n" : "");
    icu::UnicodeString p(c);
    latin->transliterate(p);
    std::string reading;
    p.toUTF8String(reading);
    for (const char ch : reading) {
      if (ch < 'a' || ch > 'z') {
        reading.clear();
        break;
      }
    }
    const auto [it, fresh] = syllable_index.try_emplace(reading, static_cast<int>(syllables.size()));
    if (fresh) syllables.push_back(reading);
    readings.push_back(it->second);
  }
  std::printf("};\nconstexpr std::string_view kSyllables[] = {\n");
  for (const std::string& s : syllables) std::printf("\"%s\",\n", s.c_str());
  std::printf("};\nconstexpr uint16_t kReadings[] = {\n");
  for (size_t i = 0; i < readings.size(); ++i) std::printf("%d,%s", readings[i], i % 16 == 15 ? "\n" : "");
  std::printf("};\n");
  return 0;
}
