// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Quantities in English and Chinese text, evaluated: amounts, percentages, fractions, money, measures, dates and times,
// so that "two billion dollars", "$2bn" and 20亿美元 are one value.
//
//   std::vector<Token> tokens = Tokenize(text, {0, n}, Language::kEnglish);
//   FindQuantities("It lasted 75 minutes and cost $2.3 billion.", tokens):
//     {kMeasure 75 "minute"}  {kMoney 2.3e9 "usd"}
//   百分之三十, 30%, "thirty per cent" -> {kPercent 30};  三分之一, "a third of" -> {kFraction 0.333}
//   2030年11月, "November 2030" -> {kDate year 2030 month 11};  第三, "3rd" -> {kOrdinal 3}
//
// Vague words (several, dozens, 数十, 一些) and words that only look like numbers (十分, "no one", "second to none")
// give no quantity. Number words and units are closed classes of grammar, so they stand in the code and not in the
// lexicon.
#ifndef NARRDIFF_ENGINE_DESCRIBE_NUMBERS_H_
#define NARRDIFF_ENGINE_DESCRIBE_NUMBERS_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "engine/base/span.h"
#include "engine/base/tokenize.h"

namespace narrdiff {

enum class QuantityKind : uint8_t {
  kCount,     // 27,000; two hundred; 三艘
  kMeasure,   // with a unit of `unit`: 75 minutes, 20英尺
  kMoney,     // unit is the currency in lower case ISO 4217: "usd", "cny"
  kPercent,   // value 30 for 30 %; unit "point" for percentage points
  kFraction,  // a third, 三分之一, half
  kOrdinal,   // 3rd, third, 第三
  kYear,      // 1944, 1944年, the 1990s (unit "decade")
  kDate,      // any of year, month, day, with at least a month or a day
  kTime,      // of day; value in minutes after midnight
};

// Whether the text limits the value: "about 200", "more than 200" (200多), "less than 200" (不足200, nearly).
enum class QuantityBound : uint8_t { kExact, kAbout, kAbove, kBelow };

struct Quantity {
  Span span;                // bytes, from the first to the last token, bound words not included
  int32_t token_begin = 0;  // tokens [token_begin, token_end) of those given
  int32_t token_end = 0;
  QuantityKind kind = QuantityKind::kCount;
  QuantityBound bound = QuantityBound::kExact;
  double value = 0;
  // Canonical English singular, or empty: "minute", "day", "kilometre", "usd", "time" (次, occasions), "person" ...
  std::string_view unit;
  // The value in the base unit of its dimension, where units differ by a fixed factor: 2 "hour" is 120 "minute", 3
  // "mile" is 4828 "metre". Otherwise the value and unit themselves.
  double base_value = 0;
  std::string_view base_unit;
  // kYear and kDate; 0 where absent.
  int32_t year = 0, month = 0, day = 0;
};

// Quantities in order of place, disjoint. `tokens` are Tokenize's for `text`, of either language or a mixture. O(n).
// Thread-safe.
std::vector<Quantity> FindQuantities(std::string_view text, absl::Span<const Token> tokens);

// Whether both say the same: same kind family and equal base value within a relative 1e-6 (dates: equal in every part
// that both have; a percentage of 50 equals the fraction 1/2). Units must agree where both have one. Bounds are not
// compared.
bool SameQuantity(const Quantity& a, const Quantity& b);

// A bare number below ten, which is everywhere: two of them being equal says little.
bool IsSmallNumber(const Quantity& q);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_DESCRIBE_NUMBERS_H_
