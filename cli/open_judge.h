// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// From the flags --judge-* to the judge of competing pairs: a chat model
// behind a server, and its answers in a cache on disk.
//
//   NARRDIFF_ASSIGN_OR_RETURN(options.judge, OpenJudge(arguments));
#ifndef NARRDIFF_CLI_OPEN_JUDGE_H_
#define NARRDIFF_CLI_OPEN_JUDGE_H_

#include <memory>

#include "absl/status/statusor.h"
#include "cli/flags.h"
#include "engine/judge/judge.h"

namespace narrdiff::cli {

// Null without --judge-url. Nothing is sent. Errors: InvalidArgument for flags
// that lack one another and for a URL or key that is none. A cache that cannot
// be used is warned of, unless --quiet, and left out; one that a flag names is
// an error.
absl::StatusOr<std::shared_ptr<const Judge>> OpenJudge(const Arguments& arguments);

}  // namespace narrdiff::cli

#endif  // NARRDIFF_CLI_OPEN_JUDGE_H_
