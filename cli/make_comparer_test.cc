// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/make_comparer.h"

#include <string>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace narrdiff::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(DataPlaces, InTheDocumentedOrder) {
  Surroundings surroundings;
  surroundings.program = "/usr/bin/narrdiff";
  surroundings.home = "/h";
  EXPECT_THAT(DataPlaces(surroundings, "cedict.ndict"),
              ElementsAre("/usr/bin/../share/narrdiff/cedict.ndict", "/h/.local/share/narrdiff/cedict.ndict"));
  surroundings.xdg_data_home = "/x";
  EXPECT_THAT(DataPlaces(surroundings, "cedict.ndict"),
              ElementsAre("/usr/bin/../share/narrdiff/cedict.ndict", "/x/narrdiff/cedict.ndict"));
  surroundings.xdg_data_home = "relative";
  EXPECT_THAT(DataPlaces(surroundings, "cedict.ndict"),
              ElementsAre("/usr/bin/../share/narrdiff/cedict.ndict", "/h/.local/share/narrdiff/cedict.ndict"));
  EXPECT_THAT(DataPlaces(Surroundings(), "cedict.ndict"), IsEmpty());
}

TEST(DataPlaces, TheVariableIsTheLastWord) {
  Surroundings surroundings;
  surroundings.program = "/usr/bin/narrdiff";
  surroundings.home = "/h";
  surroundings.has_narrdiff_data = true;
  EXPECT_THAT(DataPlaces(surroundings, "cedict.ndict"), IsEmpty());
  surroundings.narrdiff_data = "/d";
  EXPECT_THAT(DataPlaces(surroundings, "cedict.ndict"), ElementsAre("/d/cedict.ndict"));
}

TEST(WithFileNames, PutsTheFileInPlaceOfTheSide) {
  const Sides<std::string> names = {"us.txt", "standard input"};
  EXPECT_EQ(WithFileNames(absl::InvalidArgumentError("left:12:4: what; do"), names),
            absl::InvalidArgumentError("us.txt:12:4: what; do"));
  EXPECT_EQ(WithFileNames(absl::ResourceExhaustedError("right: what; do"), names),
            absl::ResourceExhaustedError("standard input: what; do"));
  // The engine may name the file as well as the side.
  EXPECT_EQ(WithFileNames(absl::InvalidArgumentError("left: us.txt: what"), names),
            absl::InvalidArgumentError("us.txt: what"));
  EXPECT_EQ(WithFileNames(absl::InvalidArgumentError("right: -: what"), names),
            absl::InvalidArgumentError("standard input: what"));
  EXPECT_EQ(WithFileNames(absl::InternalError("leftover"), names), absl::InternalError("leftover"));
  EXPECT_EQ(WithFileNames(absl::OkStatus(), names), absl::OkStatus());
}

}  // namespace
}  // namespace narrdiff::cli
