// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/make_comparer.h"

#include <limits.h>
#include <unistd.h>

#include <cstdlib>
#include <utility>

#include "cli/exit_codes.h"
#include "cli/terminal.h"
#include "cli/text.h"
#include "engine/base/status_macros.h"

namespace narrdiff::cli {
namespace {

constexpr std::string_view kDictionaryFile = "cedict.ndict";
constexpr InputLimit kLexiconLimit = {int64_t{64} << 20, "max_lexicon_bytes"};

}  // namespace

Surroundings LookAround() {
  Surroundings surroundings;
  surroundings.has_narrdiff_data = getenv("NARRDIFF_DATA") != nullptr;
  surroundings.narrdiff_data = Variable("NARRDIFF_DATA");
  surroundings.xdg_data_home = Variable("XDG_DATA_HOME");
  surroundings.xdg_cache_home = Variable("XDG_CACHE_HOME");
  surroundings.home = Variable("HOME");
  char program[PATH_MAX];
  const ssize_t size = readlink("/proc/self/exe", program, sizeof(program));
  if (size > 0 && size < static_cast<ssize_t>(sizeof(program))) {
    surroundings.program.assign(program, static_cast<size_t>(size));
  }
  return surroundings;
}

std::vector<std::string> DataPlaces(const Surroundings& surroundings, std::string_view name) {
  std::vector<std::string> places;
  const auto add = [&](std::string_view folder) { places.push_back(Cat(folder, "/", name)); };
  if (surroundings.has_narrdiff_data) {
    if (!surroundings.narrdiff_data.empty()) add(surroundings.narrdiff_data);
    return places;
  }
  const size_t slash = surroundings.program.rfind('/');
  if (slash != std::string::npos) add(Cat(surroundings.program.substr(0, slash), "/../share/narrdiff"));
  if (StartsWith(surroundings.xdg_data_home, "/")) {
    add(Cat(surroundings.xdg_data_home, "/narrdiff"));
  } else if (!surroundings.home.empty()) {
    add(Cat(surroundings.home, "/.local/share/narrdiff"));
  }
  return places;
}

absl::StatusOr<CompareOptions> OptionsFromFlags(const Arguments& arguments) {
  CompareOptions options;
  const std::string mode = arguments.Get("mode");
  if (mode == "competing") options.mode = v1::MODE_COMPETING;
  if (mode == "parallel") options.mode = v1::MODE_PARALLEL;
  const std::string min_score = arguments.Get("min-score");
  if (!min_score.empty()) options.min_score = min_score;
  const std::string similarity = arguments.Get("similarity");
  if (!similarity.empty()) options.similarity = similarity;
  options.presegmented = arguments.Given("presegmented");
  options.explain = arguments.Given("explain");
  for (const std::string& path : arguments.GetAll("lexicon")) {
    NARRDIFF_ASSIGN_OR_RETURN(std::string text, ReadInput(path, kLexiconLimit));
    options.lexicons.push_back({DisplayName(path), std::move(text)});
  }
  return options;
}

absl::StatusOr<std::unique_ptr<Comparer>> MakeComparer(const Arguments& arguments, CompareOptions options) {
  if (arguments.Given("dictionary")) {
    options.dictionary_path = arguments.Get("dictionary");
    absl::StatusOr<std::unique_ptr<Comparer>> comparer = Comparer::Create(options);
    const std::string message = Cat(comparer.status().message());
    if (comparer.ok() || message.find("; ") != std::string::npos) {
      return comparer;
    }
    return absl::Status(comparer.status().code(), Cat(message, "; make one with narrdiff lexicon compile"));
  }
  for (const std::string& place : DataPlaces(LookAround(), kDictionaryFile)) {
    if (access(place.c_str(), R_OK) != 0) continue;
    options.dictionary_path = place;
    break;
  }
  absl::StatusOr<std::unique_ptr<Comparer>> comparer = Comparer::Create(options);
  if (comparer.ok() || options.dictionary_path.empty()) return comparer;
  // Nobody named the dictionary, so it does not stop the work if that is what
  // is wrong.
  CompareOptions without = options;
  without.dictionary_path.clear();
  absl::StatusOr<std::unique_ptr<Comparer>> second = Comparer::Create(without);
  if (!second.ok()) return comparer;
  if (!arguments.Given("quiet")) {
    PrintMessage(
        Cat("warning: continuing without the dictionary ", options.dictionary_path, ": ", comparer.status().message()));
  }
  return second;
}

absl::Status WithFileNames(const absl::Status& status, const Sides<std::string>& names) {
  if (status.ok()) return status;
  const std::string message = Cat(status.message());
  for (const Side side : kBothSides) {
    const std::string start = Cat(SideName(side), ":");
    if (!StartsWith(message, start)) continue;
    std::string rest = message.substr(start.size());
    for (const std::string& name : {names[side], std::string("-")}) {
      const std::string again = Cat(" ", name, ":");
      if (StartsWith(rest, again)) rest = rest.substr(again.size());
    }
    return absl::Status(status.code(), Cat(names[side], ":", rest));
  }
  return status;
}

}  // namespace narrdiff::cli
