// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Page furniture: menus, share lines, credits, page numbers. Phrases come from
// the lexicon; a line must be made of little else, so that no sentence is lost.
//
//   IsFurnitureLine("Home | News | Releases", words);  !IsFurnitureLine("Share
//   this with nobody.", words)
#ifndef NARRDIFF_ENGINE_READ_FIND_FURNITURE_H_
#define NARRDIFF_ENGINE_READ_FIND_FURNITURE_H_

#include <string_view>

#include "engine/read/read_words.h"

namespace narrdiff {

// `line` is trimmed and not empty. Thread-safe.
bool IsFurnitureLine(std::string_view line, const ReadWords& words);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_READ_FIND_FURNITURE_H_
