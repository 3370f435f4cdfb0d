// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Work in parts on several threads. Results must not depend on who does which part, or in what order: each part writes
// to a place of its own.
//
//   std::vector<Result> results(parts);
//   RunParallel(parts, [&](size_t part) { results[part] = Compute(part); });
#ifndef NARRDIFF_ENGINE_BASE_RUN_PARALLEL_H_
#define NARRDIFF_ENGINE_BASE_RUN_PARALLEL_H_

#include <cstddef>
#include <functional>

namespace narrdiff {

// Threads that work at once: as many as this process may have processors, at most 8.
size_t ThreadCount();

// Calls work(0) to work(parts - 1), each once, and returns when all are done. The calling thread takes part; with one
// part, or on one processor, or when the machine gives no more threads, it does all alone and in order. `work` must not
// throw.
void RunParallel(size_t parts, const std::function<void(size_t)>& work);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_BASE_RUN_PARALLEL_H_
