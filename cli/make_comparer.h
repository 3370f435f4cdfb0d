// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// From flags to a Comparer: options, lexicons of the user's, and where the data
// files are.
//
//   NARRDIFF_ASSIGN_OR_RETURN(CompareOptions options,
//                             OptionsFromFlags(arguments));
//   NARRDIFF_ASSIGN_OR_RETURN(std::unique_ptr<Comparer> comparer,
//                             MakeComparer(arguments, options));
#ifndef NARRDIFF_CLI_MAKE_COMPARER_H_
#define NARRDIFF_CLI_MAKE_COMPARER_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/files.h"
#include "cli/flags.h"
#include "engine/base/sides.h"
#include "engine/compare.h"

namespace narrdiff::cli {

// What the process knows of its surroundings; values are empty where a variable
// is not set.
struct Surroundings {
  bool has_narrdiff_data = false;  // NARRDIFF_DATA is set, maybe to nothing
  std::string narrdiff_data;
  std::string xdg_data_home;
  std::string xdg_cache_home;
  std::string home;
  std::string program;  // full path of the running program
};
Surroundings LookAround();

// Where the data file or folder `name` may be, first choice first: in
// NARRDIFF_DATA alone when that is set, else ../share/narrdiff beside the
// program's folder, $XDG_DATA_HOME/narrdiff (absolute, as its specification
// asks), ~/.local/share/narrdiff.
std::vector<std::string> DataPlaces(const Surroundings& surroundings, std::string_view name);

// The options that the flags of diff, batch or segment ask for, with the files
// of --lexicon read. Errors: those of ReadInput.
absl::StatusOr<CompareOptions> OptionsFromFlags(const Arguments& arguments);

// A Comparer with `options` and the dictionary of --dictionary, else the first
// that is found, else none (the engine says so in an Issue). A found one that
// is broken is warned of, unless --quiet, and left out; one that was named is
// an error.
absl::StatusOr<std::unique_ptr<Comparer>> MakeComparer(const Arguments& arguments, CompareOptions options);

// A status of the engine, whose message names a place as "left:12:4: ...", with
// the name of the file in place of the side.
absl::Status WithFileNames(const absl::Status& status, const Sides<std::string>& names);

}  // namespace narrdiff::cli

#endif  // NARRDIFF_CLI_MAKE_COMPARER_H_
