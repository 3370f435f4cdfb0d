// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// libFuzzer target: a saved comparison of any bytes is read or refused; what is read can be shown in every form.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/report/formats.h"
#include "engine/report/html_report.h"
#include "engine/report/text_report.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using narrdiff::MessageFormat;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const MessageFormat format : {MessageFormat::kBinary, MessageFormat::kJson, MessageFormat::kTextproto}) {
    const auto comparison = narrdiff::ParseComparison(bytes, format);
    if (!comparison.ok()) continue;
    narrdiff::RenderTextReport(*comparison, {});
    narrdiff::RenderHtmlReport(*comparison);
    narrdiff::ToTsv(*comparison, true);
    narrdiff::ToDelimited(narrdiff::ToPairRecords(*comparison));
  }
  return 0;
}
