// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/base/run_parallel.h"

#include <algorithm>
#include <atomic>
#include <system_error>
#include <thread>
#include <vector>

namespace narrdiff {
namespace {

constexpr size_t kMostThreads = 8;

}  // namespace

size_t ThreadCount() { return std::clamp<size_t>(std::thread::hardware_concurrency(), 1, kMostThreads); }

void RunParallel(size_t parts, const std::function<void(size_t)>& work) {
  std::atomic<size_t> next(0);
  const auto run = [&] {
    for (size_t part = next++; part < parts; part = next++) work(part);
  };
  std::vector<std::thread> threads;
  const size_t helpers = parts > 1 ? std::min(parts, ThreadCount()) - 1 : 0;
  for (size_t k = 0; k < helpers; ++k) {
    try {
      threads.emplace_back(run);
    } catch (const std::system_error&) {
      break;  // the machine gives no more threads
    }
  }
  run();
  for (std::thread& thread : threads) thread.join();
}

}  // namespace narrdiff
