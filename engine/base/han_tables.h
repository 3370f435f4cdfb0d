// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Facts about single Han characters, taken from ICU's transliterators when narrdiff is built (make_han_tables.cc), so
// that no run pays for loading them.
//
//   ToSimplified(U'國') == U'国';  Pinyin(U'国') == "guo";
#ifndef NARRDIFF_ENGINE_BASE_HAN_TABLES_H_
#define NARRDIFF_ENGINE_BASE_HAN_TABLES_H_

#include <string_view>

namespace narrdiff {

// The simplified form of a traditional character; any other character is returned as it is.
char32_t ToSimplified(char32_t c);
// The most usual reading in ASCII without tone: "zhong"; empty outside U+4E00..U+9FFF.
std::string_view Pinyin(char32_t c);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_BASE_HAN_TABLES_H_
