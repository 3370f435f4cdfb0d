// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/exit_codes.h"

#include "absl/status/status.h"
#include "gtest/gtest.h"

namespace narrdiff::cli {
namespace {

TEST(OneLine, KeepsWordsAndEscapesTheRest) {
  struct Case {
    const char* name;
    std::string text, line;
  };
  const Case cases[] = {
      {"plain", "us.txt: no such file", "us.txt: no such file"},
      {"chinese", "中国.txt", "中国.txt"},
      {"line end", "a\nb\r\tc", "a\\nb\\r\\tc"},
      {"escape sequence", "\x1b[31mred", "\\x1b[31mred"},
      {"C1 control", "\xc2\x9b", "\\x9b"},
      {"nul", std::string("a\0b", 3), "a\\x00b"},
      {"right-to-left override", "a\xe2\x80\xaetxt", "a\\u202etxt"},
      {"line separator", "a\xe2\x80\xa8", "a\\u2028"},
      {"ill-formed", "a\xff", "a\xef\xbf\xbd"},
      {"empty", "", ""},
  };
  for (const Case& c : cases) EXPECT_EQ(OneLine(c.text), c.line) << c.name;
}

TEST(ExitCodeFor, TellsInputFromOurFault) {
  EXPECT_EQ(ExitCodeFor(absl::OkStatus()), 0);
  EXPECT_EQ(ExitCodeFor(absl::InvalidArgumentError("")), 2);
  EXPECT_EQ(ExitCodeFor(absl::NotFoundError("")), 2);
  EXPECT_EQ(ExitCodeFor(absl::PermissionDeniedError("")), 2);
  EXPECT_EQ(ExitCodeFor(absl::ResourceExhaustedError("")), 2);
  EXPECT_EQ(ExitCodeFor(absl::FailedPreconditionError("")), 2);
  EXPECT_EQ(ExitCodeFor(absl::UnavailableError("")), 2);
  EXPECT_EQ(ExitCodeFor(absl::InternalError("")), 3);
  EXPECT_EQ(ExitCodeFor(absl::UnknownError("")), 3);
}

TEST(Fail, PrintsOneLine) {
  testing::internal::CaptureStderr();
  EXPECT_EQ(Fail(absl::NotFoundError("a\nb: no such file")), 2);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "narrdiff: a\\nb: no such file\n");
  testing::internal::CaptureStderr();
  EXPECT_EQ(Fail(absl::InternalError("pair without a side")), 3);
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "narrdiff: pair without a side; this is a fault of narrdiff: "
            "please report it together with the input\n");
  testing::internal::CaptureStderr();
  EXPECT_EQ(Fail(absl::OkStatus()), 0);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace narrdiff::cli
