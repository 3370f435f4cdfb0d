// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Hands a failed status on to the caller.
//
//   NARRDIFF_RETURN_IF_ERROR(Check(options));
//   NARRDIFF_ASSIGN_OR_RETURN(Document document, ReadDocument(input, options));
#ifndef NARRDIFF_ENGINE_BASE_STATUS_MACROS_H_
#define NARRDIFF_ENGINE_BASE_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define NARRDIFF_RETURN_IF_ERROR(expr)                                                           \
  do {                                                                                           \
    if (absl::Status narrdiff_status_ = (expr); !narrdiff_status_.ok()) return narrdiff_status_; \
  } while (false)

#define NARRDIFF_STATUS_CONCAT_INNER_(a, b) a##b
#define NARRDIFF_STATUS_CONCAT_(a, b) NARRDIFF_STATUS_CONCAT_INNER_(a, b)
#define NARRDIFF_ASSIGN_OR_RETURN(lhs, expr) \
  NARRDIFF_ASSIGN_OR_RETURN_IMPL_(NARRDIFF_STATUS_CONCAT_(narrdiff_or_, __LINE__), lhs, expr)
#define NARRDIFF_ASSIGN_OR_RETURN_IMPL_(tmp, lhs, expr) \
  auto tmp = (expr);                                    \
  if (!tmp.ok()) return std::move(tmp).status();        \
  lhs = *std::move(tmp)

#endif  // NARRDIFF_ENGINE_BASE_STATUS_MACROS_H_
