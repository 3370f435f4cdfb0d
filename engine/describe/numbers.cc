// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/describe/numbers.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <initializer_list>
#include <string>

#include "absl/container/flat_hash_map.h"

namespace narrdiff {
namespace {

using Map = absl::flat_hash_map<std::string, double>;

// --- Closed classes
// ---------------------------------------------------------------------------------------------------

const Map& EnglishUnits() {  // 0 to 90: added to one another
  static const auto* const kMap =
      new Map{{"zero", 0},      {"one", 1},       {"two", 2},       {"three", 3},    {"four", 4},     {"five", 5},
              {"six", 6},       {"seven", 7},     {"eight", 8},     {"nine", 9},     {"ten", 10},     {"eleven", 11},
              {"twelve", 12},   {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17},
              {"eighteen", 18}, {"nineteen", 19}, {"twenty", 20},   {"thirty", 30},  {"forty", 40},   {"fifty", 50},
              {"sixty", 60},    {"seventy", 70},  {"eighty", 80},   {"ninety", 90}};
  return *kMap;
}

const Map& EnglishScales() {
  static const auto* const kMap =
      new Map{{"dozen", 12},    {"hundred", 1e2}, {"thousand", 1e3},  {"million", 1e6}, {"mn", 1e6},
              {"billion", 1e9}, {"bn", 1e9},      {"trillion", 1e12}, {"tn", 1e12}};
  return *kMap;
}

const Map& EnglishOrdinals() {
  static const auto* const kMap =
      new Map{{"first", 1},   {"second", 2}, {"third", 3}, {"fourth", 4}, {"fifth", 5},     {"sixth", 6},
              {"seventh", 7}, {"eighth", 8}, {"ninth", 9}, {"tenth", 10}, {"eleventh", 11}, {"twelfth", 12}};
  return *kMap;
}

const Map& EnglishFractions() {  // singular and plural
  static const auto* const kMap =
      new Map{{"third", 3},  {"thirds", 3},  {"quarter", 4}, {"quarters", 4}, {"fourth", 4},  {"fourths", 4},
              {"fifth", 5},  {"fifths", 5},  {"sixth", 6},   {"sixths", 6},   {"seventh", 7}, {"sevenths", 7},
              {"eighth", 8}, {"eighths", 8}, {"tenth", 10},  {"tenths", 10}};
  return *kMap;
}

const Map& EnglishMonths() {
  static const auto* const kMap =
      new Map{{"january", 1}, {"february", 2}, {"march", 3},     {"april", 4},    {"may", 5},       {"june", 6},
              {"july", 7},    {"august", 8},   {"september", 9}, {"october", 10}, {"november", 11}, {"december", 12},
              {"jan", 1},     {"feb", 2},      {"mar", 3},       {"apr", 4},      {"jun", 6},       {"jul", 7},
              {"aug", 8},     {"sept", 9},     {"sep", 9},       {"oct", 10},     {"nov", 11},      {"dec", 12}};
  return *kMap;
}

const Map& HanDigits() {
  static const auto* const kMap = new Map{{"〇", 0}, {"零", 0}, {"一", 1}, {"二", 2}, {"两", 2}, {"三", 3}, {"四", 4},
                                          {"五", 5}, {"六", 6}, {"七", 7}, {"八", 8}, {"九", 9}, {"壹", 1}, {"贰", 2},
                                          {"叁", 3}, {"肆", 4}, {"伍", 5}, {"陆", 6}, {"柒", 7}, {"捌", 8}, {"玖", 9}};
  return *kMap;
}

const Map& HanScales() {
  static const auto* const kMap =
      new Map{{"十", 10}, {"拾", 10}, {"百", 1e2}, {"佰", 1e2}, {"千", 1e3}, {"仟", 1e3}, {"万", 1e4}, {"亿", 1e8}};
  return *kMap;
}

struct Unit {
  QuantityKind kind = QuantityKind::kCount;
  std::string_view name;
  double factor = 1;  // to base
  std::string_view base;
};
using UnitMap = absl::flat_hash_map<std::string, Unit>;

constexpr QuantityKind kMeasure = QuantityKind::kMeasure;
constexpr QuantityKind kMoney = QuantityKind::kMoney;

// Forms of one or two words.
const UnitMap& EnglishMeasures() {
  static const auto* const kMap = new UnitMap{
      {"second", {kMeasure, "second", 1.0 / 60, "minute"}},
      {"seconds", {kMeasure, "second", 1.0 / 60, "minute"}},
      {"minute", {kMeasure, "minute", 1, "minute"}},
      {"minutes", {kMeasure, "minute", 1, "minute"}},
      {"hour", {kMeasure, "hour", 60, "minute"}},
      {"hours", {kMeasure, "hour", 60, "minute"}},
      {"day", {kMeasure, "day", 1, "day"}},
      {"days", {kMeasure, "day", 1, "day"}},
      {"week", {kMeasure, "week", 7, "day"}},
      {"weeks", {kMeasure, "week", 7, "day"}},
      {"month", {kMeasure, "month", 1, "month"}},
      {"months", {kMeasure, "month", 1, "month"}},
      {"year", {kMeasure, "year", 12, "month"}},
      {"years", {kMeasure, "year", 12, "month"}},
      {"decade", {kMeasure, "decade", 120, "month"}},
      {"decades", {kMeasure, "decade", 120, "month"}},
      {"century", {kMeasure, "century", 1200, "month"}},
      {"centuries", {kMeasure, "century", 1200, "month"}},
      {"metre", {kMeasure, "metre", 1, "metre"}},
      {"metres", {kMeasure, "metre", 1, "metre"}},
      {"meter", {kMeasure, "metre", 1, "metre"}},
      {"meters", {kMeasure, "metre", 1, "metre"}},
      {"km", {kMeasure, "kilometre", 1000, "metre"}},
      {"kilometre", {kMeasure, "kilometre", 1000, "metre"}},
      {"kilometres", {kMeasure, "kilometre", 1000, "metre"}},
      {"kilometer", {kMeasure, "kilometre", 1000, "metre"}},
      {"kilometers", {kMeasure, "kilometre", 1000, "metre"}},
      {"foot", {kMeasure, "foot", .3048, "metre"}},
      {"feet", {kMeasure, "foot", .3048, "metre"}},
      {"yard", {kMeasure, "yard", .9144, "metre"}},
      {"yards", {kMeasure, "yard", .9144, "metre"}},
      {"mile", {kMeasure, "mile", 1609.344, "metre"}},
      {"miles", {kMeasure, "mile", 1609.344, "metre"}},
      {"nautical mile", {kMeasure, "nautical mile", 1852, "metre"}},
      {"nautical miles", {kMeasure, "nautical mile", 1852, "metre"}},
      {"ton", {kMeasure, "tonne", 1000, "kilogram"}},
      {"tons", {kMeasure, "tonne", 1000, "kilogram"}},
      {"tonne", {kMeasure, "tonne", 1000, "kilogram"}},
      {"tonnes", {kMeasure, "tonne", 1000, "kilogram"}},
      {"kilogram", {kMeasure, "kilogram", 1, "kilogram"}},
      {"kilograms", {kMeasure, "kilogram", 1, "kilogram"}},
      {"kg", {kMeasure, "kilogram", 1, "kilogram"}},
      {"hectare", {kMeasure, "hectare", 10000, "square metre"}},
      {"hectares", {kMeasure, "hectare", 10000, "square metre"}},
      {"acre", {kMeasure, "acre", 4046.86, "square metre"}},
      {"acres", {kMeasure, "acre", 4046.86, "square metre"}},
      {"times", {kMeasure, "time", 1, "time"}},
      {"occasions", {kMeasure, "time", 1, "time"}},
      {"people", {kMeasure, "person", 1, "person"}},
      {"persons", {kMeasure, "person", 1, "person"}},
      {"individuals", {kMeasure, "person", 1, "person"}},
      {"dollar", {kMoney, "usd", 1, "usd"}},
      {"dollars", {kMoney, "usd", 1, "usd"}},
      {"usd", {kMoney, "usd", 1, "usd"}},
      {"us dollars", {kMoney, "usd", 1, "usd"}},
      {"yuan", {kMoney, "cny", 1, "cny"}},
      {"rmb", {kMoney, "cny", 1, "cny"}},
      {"renminbi", {kMoney, "cny", 1, "cny"}},
      {"cny", {kMoney, "cny", 1, "cny"}},
      {"euro", {kMoney, "eur", 1, "eur"}},
      {"euros", {kMoney, "eur", 1, "eur"}},
      {"eur", {kMoney, "eur", 1, "eur"}},
      {"yen", {kMoney, "jpy", 1, "jpy"}},
      {"pounds", {kMoney, "gbp", 1, "gbp"}},
      {"gbp", {kMoney, "gbp", 1, "gbp"}},
      {"won", {kMoney, "krw", 1, "krw"}},
      {"rubles", {kMoney, "rub", 1, "rub"}},
      {"roubles", {kMoney, "rub", 1, "rub"}},
      {"rupees", {kMoney, "inr", 1, "inr"}},
  };
  return *kMap;
}

// Forms of one to three characters, tried from the longest.
const UnitMap& HanMeasures() {
  static const auto* const kMap = new UnitMap{
      {"秒", {kMeasure, "second", 1.0 / 60, "minute"}},
      {"秒钟", {kMeasure, "second", 1.0 / 60, "minute"}},
      {"分钟", {kMeasure, "minute", 1, "minute"}},
      {"小时", {kMeasure, "hour", 60, "minute"}},
      {"个小时", {kMeasure, "hour", 60, "minute"}},
      {"钟头", {kMeasure, "hour", 60, "minute"}},
      {"个钟头", {kMeasure, "hour", 60, "minute"}},
      {"天", {kMeasure, "day", 1, "day"}},
      {"周", {kMeasure, "week", 7, "day"}},
      {"星期", {kMeasure, "week", 7, "day"}},
      {"个星期", {kMeasure, "week", 7, "day"}},
      {"个月", {kMeasure, "month", 1, "month"}},
      {"年", {kMeasure, "year", 12, "month"}},
      {"世纪", {kMeasure, "century", 1200, "month"}},
      {"个世纪", {kMeasure, "century", 1200, "month"}},
      {"米", {kMeasure, "metre", 1, "metre"}},
      {"公里", {kMeasure, "kilometre", 1000, "metre"}},
      {"千米", {kMeasure, "kilometre", 1000, "metre"}},
      {"英尺", {kMeasure, "foot", .3048, "metre"}},
      {"英里", {kMeasure, "mile", 1609.344, "metre"}},
      {"海里", {kMeasure, "nautical mile", 1852, "metre"}},
      {"里", {kMeasure, "li", 500, "metre"}},
      {"码", {kMeasure, "yard", .9144, "metre"}},
      {"吨", {kMeasure, "tonne", 1000, "kilogram"}},
      {"公斤", {kMeasure, "kilogram", 1, "kilogram"}},
      {"千克", {kMeasure, "kilogram", 1, "kilogram"}},
      {"斤", {kMeasure, "jin", .5, "kilogram"}},
      {"公顷", {kMeasure, "hectare", 10000, "square metre"}},
      {"亩", {kMeasure, "mu", 666.67, "square metre"}},
      {"次", {kMeasure, "time", 1, "time"}},
      {"人次", {kMeasure, "person", 1, "person"}},
      {"人", {kMeasure, "person", 1, "person"}},
      {"倍", {kMeasure, "fold", 1, "fold"}},
      {"美元", {kMoney, "usd", 1, "usd"}},
      {"美金", {kMoney, "usd", 1, "usd"}},
      {"元", {kMoney, "cny", 1, "cny"}},
      {"块钱", {kMoney, "cny", 1, "cny"}},
      {"人民币", {kMoney, "cny", 1, "cny"}},
      {"欧元", {kMoney, "eur", 1, "eur"}},
      {"日元", {kMoney, "jpy", 1, "jpy"}},
      {"英镑", {kMoney, "gbp", 1, "gbp"}},
      {"韩元", {kMoney, "krw", 1, "krw"}},
      {"卢布", {kMoney, "rub", 1, "rub"}},
      {"卢比", {kMoney, "inr", 1, "inr"}},
      {"港元", {kMoney, "hkd", 1, "hkd"}},
      {"台币", {kMoney, "twd", 1, "twd"}},
  };
  return *kMap;
}

bool OneOf(std::string_view s, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), s) != list.end();
}

// Measure words without a unit of their own; a single numeral before one is a count.
bool IsClassifier(std::string_view s) {
  return OneOf(s, {"个", "名", "位", "项", "件", "艘", "架", "辆", "条", "份", "家", "种", "座",
                   "所", "批", "届", "场", "枚", "颗", "只", "支", "双", "对", "台", "套", "起",
                   "轮", "期", "方", "国", "点", "岁", "间", "部", "封", "张", "队"});
}

bool IsIntegerToken(const Token& t) { return t.kind == TokenKind::kNumber && t.form.find('.') == std::string::npos; }

// --- The scan
// ---------------------------------------------------------------------------------------------------------

class QuantityScanner {
 public:
  QuantityScanner(std::string_view text, absl::Span<const Token> tokens) : text_(text), tokens_(tokens) {}

  std::vector<Quantity> Run() {
    std::vector<Quantity> out;
    const int32_t n = size();
    for (int32_t i = 0; i < n;) {
      if (const int32_t end = VagueEnd(i); end > i) {
        i = end;
        continue;
      }
      Quantity q;
      q.token_begin = i;
      if (!MayStart(i) || !Read(i, q)) {
        ++i;
        continue;
      }
      Finish(q);
      out.push_back(q);
      i = q.token_end;
    }
    return out;
  }

 private:
  // A plain number, its end, and how it was written.
  struct Number {
    int32_t end = 0;
    double value = 0;
    bool word = false;        // English number words
    bool han = false;         // Chinese numerals only
    bool han_single = false;  // one Chinese numeral: a number only before a unit or classifier
    bool scaled = false;
    bool above = false;  // 多, 余
  };

  int32_t size() const { return static_cast<int32_t>(tokens_.size()); }
  std::string_view form(int32_t i) const {
    return i >= 0 && i < size() ? std::string_view(tokens_[static_cast<size_t>(i)].form) : std::string_view();
  }
  const Token* token(int32_t i) const { return i >= 0 && i < size() ? &tokens_[static_cast<size_t>(i)] : nullptr; }
  TokenKind kind(int32_t i) const { return tokens_[static_cast<size_t>(i)].kind; }
  bool IsWord(int32_t i) const { return i >= 0 && i < size() && kind(i) == TokenKind::kWord; }
  bool IsHan(int32_t i) const { return i >= 0 && i < size() && kind(i) == TokenKind::kHan; }
  bool IsNumber(int32_t i) const { return i >= 0 && i < size() && kind(i) == TokenKind::kNumber; }
  // The end of a Chinese numeral that names two values, one above the other: 十四五, 一二十; `i` where there is none.
  int32_t VagueEnd(int32_t i) const {
    const auto digit = [&](int32_t at) { return IsHan(at) ? Look(HanDigits(), at) : nullptr; };
    const auto scale = [&](int32_t at) { return IsHan(at) && OneOf(form(at), {"十", "百", "千"}); };
    int32_t end = i;
    bool vague = false;
    for (; digit(end) != nullptr || scale(end); ++end) {
      const double *low = digit(end), *high = digit(end + 1);
      vague =
          vague || (low != nullptr && high != nullptr && *low > 0 && *high == *low + 1 && digit(end + 2) == nullptr &&
                    (end == i || digit(end - 1) == nullptr) && (scale(end + 2) || (end > i && scale(end - 1))));
    }
    return vague ? end : i;
  }
  // No space between tokens i and i + 1.
  bool Adjacent(int32_t i) const {
    return i >= 0 && i + 1 < size() &&
           tokens_[static_cast<size_t>(i)].span.end == tokens_[static_cast<size_t>(i) + 1].span.begin;
  }
  const double* Look(const Map& map, int32_t i) const {
    if (i < 0 || i >= size()) return nullptr;
    const auto it = map.find(tokens_[static_cast<size_t>(i)].form);
    return it == map.end() ? nullptr : &it->second;
  }
  // The Chinese characters from i on, at most `count`.
  std::string Han(int32_t i, int count) const {
    std::string s;
    for (; count > 0 && IsHan(i); --count, ++i) s += tokens_[static_cast<size_t>(i)].form;
    return s;
  }
  bool HanIs(int32_t i, std::string_view want) const {
    return IsHan(i) && Han(i, static_cast<int>(want.size() / 3)) == want;
  }

  // Cheap test, so that ordinary words cost one or two look-ups.
  bool MayStart(int32_t i) const {
    switch (kind(i)) {
      case TokenKind::kNumber:
        return true;
      case TokenKind::kHan:
        return Look(HanDigits(), i) != nullptr || OneOf(form(i), {"十", "百", "第", "半"});
      case TokenKind::kWord: {
        const std::string_view f = form(i);
        if (f.empty() || f.size() > 9) return false;
        return f == "a" || f == "an" || f == "half" || f == "quarter" || f == "rmb" || f == "usd" || f == "us" ||
               Look(EnglishUnits(), i) != nullptr || Look(EnglishMonths(), i) != nullptr ||
               Look(EnglishOrdinals(), i) != nullptr;
      }
      case TokenKind::kPunctuation:
        return OneOf(form(i), {"$", "€", "£", "¥", "￥"});
    }
    return false;
  }

  bool Read(int32_t i, Quantity& q) const {
    return ReadMoneyFirst(i, q) || ReadDate(i, q) || ReadTime(i, q) || ReadOrdinal(i, q) || ReadFraction(i, q) ||
           ReadAmount(i, q);
  }

  // Digits, English words or Chinese numerals from token i.
  bool ReadNumber(int32_t i, Number& number) const {
    if (i >= size()) return false;
    if (IsWord(i)) return ReadEnglishNumber(i, number);
    return ReadDigitsOrHan(i, number);
  }

  bool ReadEnglishNumber(int32_t i, Number& number) const {
    double total = 0, current = 0;
    bool any = false;
    int32_t at = i;
    if (OneOf(form(at), {"a", "an"})) {
      const double* scale = Look(EnglishScales(), at + 1);
      if (scale == nullptr) return false;
      current = 1;
      ++at;
    }
    double last = 1e18;  // units fall within a group: "twenty one" but not "one twenty"
    while (at < size()) {
      if (const double* unit = Look(EnglishUnits(), at)) {
        if (any && (*unit >= last || last < 20 || (last < 100 && *unit >= 10))) break;
        current += *unit;
        last = *unit;
      } else if (const double* scale = Look(EnglishScales(), at)) {
        if (!any && current == 0) return false;
        if (*scale == 100 || *scale == 12) {
          current *= *scale;
        } else {
          total += current * *scale;
          current = 0;
        }
        last = 100;
        number.scaled = true;
      } else if (any && number.scaled && form(at) == "and" && Look(EnglishUnits(), at + 1) != nullptr && last == 100 &&
                 Look(EnglishScales(), at - 1) != nullptr && *Look(EnglishScales(), at - 1) <= 1000) {
        ++at;
        continue;
      } else {
        break;
      }
      any = true;
      ++at;
    }
    if (!any) return false;
    number.word = true;
    number.value = total + current;
    number.end = at;
    return true;
  }

  bool ReadDigitsOrHan(int32_t i, Number& number) const {
    double high = 0, middle = 0, section = 0, current = -1;
    int32_t at = i;
    int digits = 0;  // Chinese digits in a row
    bool only_han = true, scale_seen = false;
    if (i > 0 && IsHan(i) && OneOf(form(i - 1), {"数", "几", "好", "上"}) && Look(HanScales(), i) != nullptr)
      return false;
    for (; at < size(); ++at) {
      if (IsNumber(at)) {
        if (current >= 0 || (scale_seen && !IsIntegerToken(*token(at)))) break;
        if (at > i && !Adjacent(at - 1)) break;
        current = std::strtod(std::string(form(at)).c_str(), nullptr);
        only_han = false;
        digits = 0;
        continue;
      }
      if (const double* digit = IsHan(at) ? Look(HanDigits(), at) : nullptr) {
        if (current >= 0 && digits == 0) break;                                             // 20三
        if (scale_seen && form(at) == "两" && Look(HanScales(), at + 1) == nullptr) break;  // 二十两: twenty taels
        current = digits == 0 ? *digit : current * 10 + *digit;
        ++digits;
        continue;
      }
      if (const double* scale = IsHan(at) ? Look(HanScales(), at) : nullptr) {
        if (*scale == 10) {
          if (current < 0 && section != 0 && digits == 0 && scale_seen && !IsHan(at - 1)) break;
          section += (current < 0 ? 1 : current) * 10;
        } else if (*scale < 1e4) {
          if (current < 0) break;
          section += current * *scale;
        } else {
          const double before = section + std::max(current, 0.0);
          if (*scale == 1e4) {
            if (before == 0) break;
            middle += before * 1e4;
          } else {
            if (before + middle == 0) break;
            high += (before + middle) * 1e8;
            middle = 0;
          }
          section = 0;
        }
        current = -1;
        digits = 0;
        scale_seen = true;
        continue;
      }
      if (form(at) == "点" && current >= 0 && only_han && Look(HanDigits(), at + 1) != nullptr && !scale_seen) {
        double place = .1;
        int32_t k = at + 1;
        for (; const double* digit = IsHan(k) ? Look(HanDigits(), k) : nullptr; ++k, place /= 10)
          current += *digit * place;
        at = k - 1;
        continue;
      }
      // 3000多万, 200余
      if (OneOf(form(at), {"多", "余"}) && at > i && !number.above) {
        const double* scale = Look(HanScales(), at + 1);
        if (scale != nullptr && *scale >= 1e4) {
          number.above = true;
          continue;
        }
      }
      break;
    }
    if (at == i) return false;
    if (digits >= 2 && !scale_seen && only_han && digits != 4 && form(i) != "〇") return false;  // 三四, 九一八
    number.han = only_han;
    number.han_single = only_han && at == i + 1;
    number.scaled = scale_seen;
    number.value = high + middle + section + std::max(current, 0.0);
    if (!scale_seen && current < 0) return false;
    // English scale after digits: "2.3 billion".
    if (!only_han && !scale_seen) {
      while (const double* scale = IsWord(at) ? Look(EnglishScales(), at) : nullptr) {
        number.value *= *scale;
        number.scaled = true;
        ++at;
      }
    }
    if (IsHan(at) && OneOf(form(at), {"多", "余"}) && at + 1 < size() && IsHan(at + 1)) {
      number.above = true;
      ++at;
    }
    number.end = at;
    return true;
  }

  // $2.3 billion, US$ 5, RMB 30 million, 人民币 is read after the number only.
  bool ReadMoneyFirst(int32_t i, Quantity& q) const {
    std::string_view currency;
    int32_t at = i;
    if (IsWord(at) && form(at) == "us" && form(at + 1) == "$") {
      currency = "usd";
      at += 2;
    } else if (IsWord(at) && OneOf(form(at), {"rmb", "usd"}) && IsNumber(at + 1)) {
      currency = form(at) == "rmb" ? "cny" : "usd";
      ++at;
    } else if (kind(at) == TokenKind::kPunctuation) {
      const std::string_view f = form(at);
      currency = f == "$" ? "usd" : f == "€" ? "eur" : f == "£" ? "gbp" : "cny";
      ++at;
    } else {
      return false;
    }
    Number number;
    if (!IsNumber(at) || !ReadNumber(at, number)) return false;
    q.kind = kMoney;
    q.unit = q.base_unit = currency;
    q.value = number.value;
    q.token_end = number.end;
    return true;
  }

  bool ReadDate(int32_t i, Quantity& q) const {
    return IsWord(i) ? ReadEnglishDate(i, q) : (ReadDayMonth(i, q) || ReadHanDate(i, q) || ReadYear(i, q));
  }

  static bool IsYear(double v) { return v >= 1000 && v < 2200 && v == std::floor(v); }
  // A year written as four digits without a comma.
  bool YearAt(int32_t i) const {
    return IsNumber(i) && IsIntegerToken(*token(i)) && token(i)->span.length() == 4 && form(i).size() == 4 &&
           IsYear(std::atof(std::string(form(i)).c_str()));
  }
  int32_t Int(int32_t i) const { return static_cast<int32_t>(std::min(std::atof(std::string(form(i)).c_str()), 1e9)); }
  bool DayAt(int32_t i) const {
    return IsNumber(i) && IsIntegerToken(*token(i)) && form(i).size() <= 2 && Int(i) >= 1 && Int(i) <= 31;
  }
  bool MonthAt(int32_t i) const { return IsWord(i) && token(i)->capital && Look(EnglishMonths(), i) != nullptr; }

  // June 24, 2031; June 24; June 2031; in June
  bool ReadEnglishDate(int32_t i, Quantity& q) const {
    if (!MonthAt(i)) return false;
    int32_t at = i + 1;
    if (form(at) == "." && form(i).size() <= 4) ++at;
    q.month = static_cast<int32_t>(*Look(EnglishMonths(), i));
    if (DayAt(at)) {
      q.day = Int(at++);
      if (OneOf(form(at), {"st", "nd", "rd", "th"})) ++at;
      if (form(at) == "," && YearAt(at + 1)) {
        q.year = Int(at + 1);
        at += 2;
      } else if (YearAt(at)) {
        q.year = Int(at++);
      }
    } else if (YearAt(at) || (form(at) == "," && YearAt(at + 1))) {
      if (form(at) == ",") ++at;
      q.year = Int(at++);
    } else {
      const bool ambiguous = OneOf(form(i), {"may", "march", "mar", "dec", "jan", "sep", "august"});
      if (form(i).size() <= 3 && form(i) != "may") return false;
      if (ambiguous && !OneOf(form(i - 1), {"in", "since", "last", "this", "next", "until", "by", "from", "early",
                                            "late", "mid", "of"})) {
        return false;
      }
      at = i + 1;
    }
    q.kind = QuantityKind::kDate;
    q.token_end = at;
    return true;
  }

  // 24 June 2031, 24th of June
  bool ReadDayMonth(int32_t i, Quantity& q) const {
    if (!DayAt(i)) return false;
    int32_t at = i + 1;
    if (OneOf(form(at), {"st", "nd", "rd", "th"})) ++at;
    if (form(at) == "of") ++at;
    if (!MonthAt(at)) return false;
    q.day = Int(i);
    q.month = static_cast<int32_t>(*Look(EnglishMonths(), at++));
    if (form(at) == "," && YearAt(at + 1)) ++at;
    if (YearAt(at)) q.year = Int(at++);
    q.kind = QuantityKind::kDate;
    q.token_end = at;
    return true;
  }

  // 2030年11月5日, 7月24日, 24日, 1944年
  bool ReadHanDate(int32_t i, Quantity& q) const {
    int32_t at = i;
    Number number;
    auto read = [&](std::string_view mark, double low, double high, int32_t& part) {
      number = Number();
      if (!ReadDigitsOrHan(at, number) || number.above || form(number.end) != mark) return;
      if (number.value < low || number.value > high || number.value != std::floor(number.value)) return;
      part = static_cast<int32_t>(number.value);
      at = number.end + 1;
    };
    read("年", 1000, 2199, q.year);
    if (q.year != 0 && form(at) == "代") return false;
    read("月", 1, 12, q.month);
    if (q.year == 0 || q.month != 0) {
      read("日", 1, 31, q.day);
      if (q.day == 0 && q.month != 0) read("号", 1, 31, q.day);
    }
    if (at == i) return false;
    q.kind = q.month != 0 || q.day != 0 ? QuantityKind::kDate : QuantityKind::kYear;
    q.value = q.year;
    q.token_end = at;
    return true;
  }

  // in 1944; the 1990s
  bool ReadYear(int32_t i, Quantity& q) const {
    if (!YearAt(i)) return false;
    const bool decade = form(i + 1) == "s" && Adjacent(i);
    const double v = Int(i);
    const bool cued = OneOf(form(i - 1), {"in", "since", "by", "from", "until", "before", "after", "during", "year",
                                          "early", "late", "of"});
    if (!decade && !cued && (v < 1900 || v > 2100)) return false;
    if (!decade && (HasUnit(i + 1) || (IsHan(i + 1) && !HanIs(i + 1, "至")))) return false;
    if (!decade && IsWord(i + 1) && !cued && token(i - 1) != nullptr && form(i + 1).size() > 3 &&
        form(i + 1).back() == 's')
      return false;
    q.kind = QuantityKind::kYear;
    q.year = Int(i);
    q.value = v;
    if (decade) q.unit = "decade";
    q.token_end = decade ? i + 2 : i + 1;
    return true;
  }

  bool HasUnit(int32_t i) const {
    Unit unit;
    int32_t end = i;
    return FindUnit(i, unit, end) || Look(EnglishScales(), i) != nullptr || form(i) == "%" ||
           OneOf(form(i), {"percent", "per", "pct"});
  }

  // 10:30, 3 p.m., 15时30分
  bool ReadTime(int32_t i, Quantity& q) const {
    if (!IsNumber(i) || !IsIntegerToken(*token(i)) || form(i).size() > 2 || Int(i) > 24) return false;
    double minutes = Int(i) * 60;
    int32_t at = i + 1;
    bool clock = false;
    if (form(at) == ":" && IsNumber(at + 1) && form(at + 1).size() == 2 && Int(at + 1) < 60 && Adjacent(i) &&
        Adjacent(at)) {
      minutes += Int(at + 1);
      at += 2;
      clock = true;
    } else if (HanIs(at, "时") && !HanIs(at, "时代")) {
      ++at;
      clock = true;
      if (IsNumber(at) && HanIs(at + 1, "分") && Int(at) < 60) {
        minutes += Int(at);
        at += 2;
      }
    }
    const std::string_view f = form(at);
    if (OneOf(f, {"am", "pm"})) {
      clock = true;
      if (f == "pm" && minutes < 720) minutes += 720;
      ++at;
    } else if (OneOf(f, {"a", "p"}) && form(at + 1) == "." && form(at + 2) == "m" && Adjacent(at)) {
      clock = true;
      if (f == "p" && minutes < 720) minutes += 720;
      at += form(at + 3) == "." ? 4 : 3;
    }
    if (!clock) return false;
    q.kind = QuantityKind::kTime;
    q.value = minutes;
    q.token_end = at;
    return true;
  }

  bool ReadOrdinal(int32_t i, Quantity& q) const {
    if (IsHan(i) && form(i) == "第") {
      Number number;
      if (i + 1 >= size() || IsWord(i + 1) || !ReadDigitsOrHan(i + 1, number)) return false;
      q.value = number.value;
      q.token_end = number.end;
    } else if (IsNumber(i) && IsIntegerToken(*token(i)) && Adjacent(i) &&
               OneOf(form(i + 1), {"st", "nd", "rd", "th"})) {
      q.value = std::strtod(std::string(form(i)).c_str(), nullptr);
      q.token_end = i + 2;
    } else if (const double* v = IsWord(i) ? Look(EnglishOrdinals(), i) : nullptr) {
      q.value = *v;
      q.token_end = i + 1;
    } else {
      return false;
    }
    q.kind = QuantityKind::kOrdinal;
    return true;
  }

  bool ReadFraction(int32_t i, Quantity& q) const {
    q.kind = QuantityKind::kFraction;
    if (IsHan(i) || IsNumber(i)) {
      // 百分之三十; 三分之一; 一半
      Number under, over;
      if (HanIs(i, "百分之")) {
        if (i + 3 >= size() || IsWord(i + 3) || !ReadDigitsOrHan(i + 3, over)) return false;
        q.kind = QuantityKind::kPercent;
        q.unit = "%";
        q.value = over.value;
        q.token_end = over.end;
        return true;
      }
      if (HanIs(i, "一半") || HanIs(i, "半数")) {
        q.value = .5;
        q.token_end = i + 2;
        return true;
      }
      if (!ReadDigitsOrHan(i, under) || under.value == 0 || !HanIs(under.end, "分之")) return false;
      if (under.end + 2 >= size() || IsWord(under.end + 2) || !ReadDigitsOrHan(under.end + 2, over)) return false;
      q.value = over.value / under.value;
      q.token_end = over.end;
      return true;
    }
    if (!IsWord(i)) return false;
    const std::string_view f = form(i);
    if (f == "half") {
      if (OneOf(form(i - 1), {"first", "second", "latter", "other", "better", "second", "and"})) return false;
      int32_t at = i + 1;
      if (OneOf(form(at), {"a", "an"})) {
        Unit unit;
        int32_t end = at + 1;
        if (FindUnit(at + 1, unit, end) && unit.kind == kMeasure) {
          q.kind = kMeasure;
          SetUnit(unit, q);
          q.token_end = end;
          q.value = .5;
          return true;
        }
        if (const double* scale = Look(EnglishScales(), at + 1)) {
          q.kind = QuantityKind::kCount;
          q.value = .5 * *scale;
          q.token_end = at + 2;
          return true;
        }
      }
      if (!OneOf(form(at), {"of", "the", "a", "an", "its", "their", "our", "his", "her"}) && !EndsPhrase(at))
        return false;
      q.value = .5;
      q.token_end = at;
      return true;
    }
    // a third of; two-thirds; three quarters
    double over = 0;
    int32_t at = i + 1;
    if (OneOf(f, {"a", "an", "one"})) {
      over = 1;
    } else if (const double* v = Look(EnglishUnits(), i)) {
      over = *v;
    } else {
      return false;
    }
    const double* under = Look(EnglishFractions(), at);
    if (under == nullptr) return false;
    const bool plural = form(at).back() == 's';
    if (plural != (over > 1)) return false;
    if (!plural && f != "one" && !OneOf(form(at + 1), {"of", "as", "than"}) && !EndsPhrase(at + 1)) return false;
    q.value = over / *under;
    q.token_end = at + 1;
    // A quarter of an hour.
    Unit unit;
    int32_t end = at + 4;
    if (form(at + 1) == "of" && OneOf(form(at + 2), {"a", "an"}) && FindUnit(at + 3, unit, end) &&
        unit.kind == kMeasure) {
      q.kind = kMeasure;
      SetUnit(unit, q);
      q.token_end = end;
    }
    return true;
  }

  bool EndsPhrase(int32_t i) const { return i >= size() || kind(i) == TokenKind::kPunctuation; }

  // A unit at token i; `end` becomes the token after it.
  bool FindUnit(int32_t i, Unit& unit, int32_t& end) const {
    if (IsWord(i)) {
      if (IsWord(i + 1) && OneOf(form(i), {"nautical", "us"})) {
        const auto it = EnglishMeasures().find(std::string(form(i)) + " " + std::string(form(i + 1)));
        if (it != EnglishMeasures().end()) {
          unit = it->second;
          end = i + 2;
          return true;
        }
      }
      const auto it = EnglishMeasures().find(std::string(form(i)));
      if (it == EnglishMeasures().end()) return false;
      unit = it->second;
      end = i + 1;
      return true;
    }
    for (int count = 3; count >= 1; --count) {
      const std::string s = Han(i, count);
      if (s.size() != static_cast<size_t>(count) * 3) continue;
      const auto it = HanMeasures().find(s);
      if (it == HanMeasures().end()) continue;
      unit = it->second;
      end = i + count;
      // 三人行 is rare; 人民, 人士 and 年代 are not units.
      if (count == 1 && s == "人" && OneOf(form(end), {"民", "士", "口", "工"})) return false;
      if (count == 1 && s == "年" && form(end) == "代") return false;
      if (count == 1 && s == "周" && OneOf(form(end), {"年", "围"})) return false;
      if (count == 1 && s == "里" && OneOf(form(end), {"面", "程"})) return false;
      return true;
    }
    return false;
  }

  static void SetUnit(const Unit& unit, Quantity& q) {
    q.unit = unit.name;
    q.base_unit = unit.base;
    q.base_value = unit.factor;  // multiplied by the value in Finish
  }

  bool ReadAmount(int32_t i, Quantity& q) const {
    Number number;
    Unit unit;
    int32_t end = i;
    if (IsWord(i) && form(i) == "an" && form(i + 1) == "hour") {  // "an hour" is a length; "a day" is mostly "per day"
      number.value = 1;
      number.end = i + 1;
      number.word = true;
    } else if (!ReadNumber(i, number)) {
      return false;
    }
    q.value = number.value;
    q.kind = QuantityKind::kCount;
    q.token_end = number.end;
    if (number.above) q.bound = QuantityBound::kAbove;
    const int32_t at = number.end;
    const std::string_view f = form(at);
    if (f == "%" || OneOf(f, {"percent", "pct"})) {
      q.kind = QuantityKind::kPercent;
      q.unit = "%";
      q.token_end = at + 1;
      return true;
    }
    if (f == "per" && form(at + 1) == "cent") {
      q.kind = QuantityKind::kPercent;
      q.unit = "%";
      q.token_end = at + 2;
      return true;
    }
    if ((f == "percentage" && OneOf(form(at + 1), {"point", "points"})) || HanIs(at, "个百分点")) {
      q.kind = QuantityKind::kPercent;
      q.unit = "point";
      q.token_end = at + (f == "percentage" ? 2 : 4);
      return true;
    }
    if (number.han_single && f == "成" && OneOf(form(at + 1), {"的", "以", "左", "，", "。", "、"})) {
      q.kind = QuantityKind::kPercent;
      q.unit = "%";
      q.value *= 10;
      q.token_end = at + 1;
      return true;
    }
    if (FindUnit(at, unit, end)) {
      q.kind = unit.kind;
      SetUnit(unit, q);
      q.token_end = end;
      // 一年 and 一次 are often "every", "once": kept, as they do say one.
      ReadCompound(end, unit, q);
      return true;
    }
    if (number.han_single) {
      // A single numeral is a word of its own only before a classifier; 一个 is an article.
      if (!IsClassifier(f) || form(i) == "一" || number.value == 0) return false;
      q.token_end = at + 1;
      return true;
    }
    if (number.word && number.value <= 1 && !number.scaled) return false;  // "one of them", "zero"
    if (IsHan(at) && IsClassifier(f)) q.token_end = at + 1;
    // 十分, 百般 and the like.
    if (number.han && number.end == i + 1) return false;
    return true;
  }

  // "an hour and twenty minutes", 1小时20分钟
  void ReadCompound(int32_t at, const Unit& unit, Quantity& q) const {
    if (unit.name != "hour") return;
    if (form(at) == "and") ++at;
    Number number;
    Unit second;
    int32_t end = at;
    if (at < size() && ReadNumber(at, number) && FindUnit(number.end, second, end) && second.name == "minute") {
      q.value += number.value / 60;
      q.token_end = end;
    }
  }

  void Finish(Quantity& q) const {
    q.span = {tokens_[static_cast<size_t>(q.token_begin)].span.begin,
              tokens_[static_cast<size_t>(q.token_end) - 1].span.end};
    if (q.kind == kMeasure) {
      q.base_value *= q.value;
    } else {
      q.base_value = q.value;
      q.base_unit = q.unit;
    }
    if (q.bound == QuantityBound::kExact) q.bound = BoundBefore(q.token_begin);
    if (q.bound == QuantityBound::kExact && (HanIs(q.token_end, "以上") || HanIs(q.token_end, "多")))
      q.bound = QuantityBound::kAbove;
    if (q.bound == QuantityBound::kExact && HanIs(q.token_end, "左右")) q.bound = QuantityBound::kAbout;
    if (q.bound == QuantityBound::kExact && HanIs(q.token_end, "以下")) q.bound = QuantityBound::kBelow;
  }

  QuantityBound BoundBefore(int32_t i) const {
    const std::string_view one = form(i - 1), two = form(i - 2);
    if (IsWord(i - 1)) {
      if (OneOf(one, {"about", "around", "approximately", "roughly", "some", "estimated"}))
        return QuantityBound::kAbout;
      if (OneOf(one, {"over", "exceeding", "above"}) || (one == "than" && OneOf(two, {"more", "greater", "higher"})) ||
          (one == "least" && two == "at")) {
        return QuantityBound::kAbove;
      }
      if (OneOf(one, {"nearly", "almost", "under", "below"}) ||
          (one == "than" && OneOf(two, {"less", "fewer", "lower"})) || (one == "to" && two == "up")) {
        return QuantityBound::kBelow;
      }
    } else if (IsHan(i - 1)) {
      const std::string pair = std::string(two) + std::string(one);
      if (OneOf(pair, {"超过", "多达", "至少", "高达"})) return QuantityBound::kAbove;
      if (OneOf(pair, {"不足", "不到", "将近", "接近"}) || one == "近") return QuantityBound::kBelow;
      if (one == "约" || pair == "左右" || pair == "大概") return QuantityBound::kAbout;
      if (one == "超" || one == "逾") return QuantityBound::kAbove;
    }
    return QuantityBound::kExact;
  }

  std::string_view text_;
  absl::Span<const Token> tokens_;
};

bool Close(double a, double b) { return std::abs(a - b) <= 1e-6 * std::max({1e-9, std::abs(a), std::abs(b)}); }

bool IsCalendar(QuantityKind k) { return k == QuantityKind::kYear || k == QuantityKind::kDate; }

}  // namespace

std::vector<Quantity> FindQuantities(std::string_view text, absl::Span<const Token> tokens) {
  return QuantityScanner(text, tokens).Run();
}

bool SameQuantity(const Quantity& a, const Quantity& b) {
  if (IsCalendar(a.kind) || IsCalendar(b.kind)) {
    if (!IsCalendar(a.kind) || !IsCalendar(b.kind)) return false;
    const auto fits = [](int32_t x, int32_t y) { return x == 0 || y == 0 || x == y; };
    const bool share = (a.year != 0 && b.year != 0) || (a.month != 0 && b.month != 0) || (a.day != 0 && b.day != 0);
    return share && fits(a.year, b.year) && fits(a.month, b.month) && fits(a.day, b.day);
  }
  auto scaled = [](const Quantity& q) { return q.kind == QuantityKind::kFraction ? q.base_value * 100 : q.base_value; };
  auto part = [](const Quantity& q) { return q.kind == QuantityKind::kFraction || q.kind == QuantityKind::kPercent; };
  if (part(a) && part(b)) return Close(scaled(a), scaled(b));
  if (part(a) || part(b)) return false;
  if ((a.kind == QuantityKind::kOrdinal) != (b.kind == QuantityKind::kOrdinal)) return false;
  if ((a.kind == QuantityKind::kTime) != (b.kind == QuantityKind::kTime)) return false;
  if (a.base_unit.empty() || b.base_unit.empty()) return Close(a.value, b.value);
  return a.base_unit == b.base_unit && Close(a.base_value, b.base_value);
}

bool IsSmallNumber(const Quantity& q) { return q.kind != QuantityKind::kDate && q.unit.empty() && q.value < 10; }

}  // namespace narrdiff
