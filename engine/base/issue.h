// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Something odd about an input that did not stop the work: a guess, a fallback, an empty side. "Could not run" is an
// absl::Status; "ran, but you should know" is an Issue, kept in the message and shown in every report.
//
//   issues.push_back({IssueSeverity::kNote, "language-guess", Side::kLeft, {}, "taken for English; use --left-lang"});
#ifndef NARRDIFF_ENGINE_BASE_ISSUE_H_
#define NARRDIFF_ENGINE_BASE_ISSUE_H_

#include <optional>
#include <string>
#include <vector>

#include "engine/base/sides.h"
#include "engine/base/span.h"

namespace narrdiff {

enum class IssueSeverity { kNote, kWarning };

struct Issue {
  IssueSeverity severity = IssueSeverity::kNote;
  // Stable, in lower case with hyphens; docs/formats.md lists all codes.
  std::string code;
  // Absent when the issue concerns both sides or neither. Rungs that see one document leave it absent; compare.cc sets
  // it.
  std::optional<Side> side;
  Span span;
  // What, and what to do about it.
  std::string message;
};

using Issues = std::vector<Issue>;

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_BASE_ISSUE_H_
