// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The first full date in a line.
//
//   FindDate("Sat, 09 Jul 2022 13:52", words)->iso == "2022-07-09";
//   FindDate("（2034年1月18日）", words)->iso == "2034-01-18";
#ifndef NARRDIFF_ENGINE_READ_FIND_DATE_H_
#define NARRDIFF_ENGINE_READ_FIND_DATE_H_

#include <optional>
#include <string>
#include <string_view>

#include "engine/base/span.h"
#include "engine/read/read_words.h"

namespace narrdiff {

struct FoundDate {
  Span span;
  std::string iso;  // YYYY-MM-DD
};

// Knows "March 5, 2031", "5 March 2031", "2031-03-05" (also with / and .),
// "2031年3月5日", "二〇三一年三月五日". Dates in figures whose order is not
// certain (7/9/2022) are left alone. Looks at the first 400 bytes. Thread-safe.
std::optional<FoundDate> FindDate(std::string_view line, const ReadWords& words);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_READ_FIND_DATE_H_
