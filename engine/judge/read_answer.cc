// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/judge/read_answer.h"

#include <algorithm>
#include <set>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "engine/base/status_macros.h"
#include "nlohmann/json.hpp"

namespace narrdiff {
namespace {

using Json = nlohmann::json;

constexpr size_t kMostBytes = 64 << 10;  // of an answer; a good one has some 700

absl::Status Wrong(std::string what) { return absl::InvalidArgumentError(std::move(what)); }

// What stands between ``` or ```json and ```, where that is all there is.
absl::string_view Unwrapped(absl::string_view words) {
  words = absl::StripAsciiWhitespace(words);
  absl::string_view inner = words;
  if (!absl::ConsumePrefix(&inner, "```") || !absl::ConsumeSuffix(&inner, "```")) return words;
  absl::ConsumePrefix(&inner, "json");
  return inner;
}

// The parser keeps the last of two fields of one name, and would hide that the answer contradicts itself.
class FieldWatch {
 public:
  bool operator()(int depth, Json::parse_event_t event, const Json& value) {
    if (event == Json::parse_event_t::object_start) names_[depth + 1].clear();
    if (event == Json::parse_event_t::key) repeated_ |= !names_[depth].insert(value.get<std::string>()).second;
    return true;
  }
  bool repeated() const { return repeated_; }

 private:
  std::map<int, std::set<std::string>> names_;  // of the fields of the object at each depth
  bool repeated_ = false;
};

// A whole number from 1 to `most`; no 3.0, no "3".
absl::StatusOr<int32_t> ReadNumber(const Json& object, const char* name, int32_t most) {
  const auto found = object.find(name);
  if (found == object.end()) return Wrong(absl::StrCat("has a pair without \"", name, "\""));
  if (!found->is_number_integer()) return Wrong(absl::StrCat("has a \"", name, "\" that is no whole number"));
  const int64_t number = found->is_number_unsigned() && found->get<uint64_t>() > INT32_MAX ? -1 : found->get<int64_t>();
  if (number < 1 || number > most) {
    return Wrong(absl::StrCat("has the ", name, " ", found->dump(), ", which is not from 1 to ", most));
  }
  return static_cast<int32_t>(number);
}

absl::StatusOr<Relation> ReadRelation(const Json& object) {
  const auto found = object.find("relation");
  if (found == object.end() || !found->is_string()) return Wrong("has a pair without a \"relation\" in words");
  const std::string& id = found->get_ref<const std::string&>();
  for (int k = static_cast<int>(Relation::kAgree); k <= static_cast<int>(Relation::kRespond); ++k) {
    if (RelationId(static_cast<Relation>(k)) == id) return static_cast<Relation>(k);
  }
  return Wrong("has a relation that there is not");
}

absl::StatusOr<JudgedCandidate> ReadPair(const Json& object, int32_t candidates) {
  if (!object.is_object()) return Wrong("has something else than an object among its pairs");
  JudgedCandidate pair;
  NARRDIFF_ASSIGN_OR_RETURN(pair.candidate, ReadNumber(object, "candidate", candidates));
  NARRDIFF_ASSIGN_OR_RETURN(pair.relation, ReadRelation(object));
  NARRDIFF_ASSIGN_OR_RETURN(pair.strength, ReadNumber(object, "strength", kMaxStrength));
  if (object.size() != 3) return Wrong("has a pair with fields that were not asked for");
  return pair;
}

}  // namespace

absl::StatusOr<std::vector<JudgedCandidate>> ReadJudgeAnswer(std::string_view words, int32_t candidates) {
  if (words.size() > kMostBytes) return Wrong("is much longer than an answer can be");
  const absl::string_view text = Unwrapped(absl::string_view(words.data(), words.size()));
  FieldWatch watch;
  const Json answer = Json::parse(
      text.begin(), text.end(),
      [&](int depth, Json::parse_event_t event, Json& value) { return watch(depth, event, value); },
      /*allow_exceptions=*/false);
  if (answer.is_discarded()) return Wrong("is not JSON alone");
  if (watch.repeated()) return Wrong("has a field twice");
  if (!answer.is_object() || answer.size() != 1 || !answer.contains("pairs") || !answer["pairs"].is_array()) {
    return Wrong("is not an object with \"pairs\", a list, alone");
  }
  std::vector<JudgedCandidate> pairs;
  std::set<int32_t> seen;
  for (const Json& object : answer["pairs"]) {
    NARRDIFF_ASSIGN_OR_RETURN(const JudgedCandidate pair, ReadPair(object, candidates));
    if (!seen.insert(pair.candidate).second) return Wrong(absl::StrCat("has candidate ", pair.candidate, " twice"));
    pairs.push_back(pair);
  }
  std::sort(pairs.begin(), pairs.end(),
            [](const JudgedCandidate& a, const JudgedCandidate& b) { return a.candidate < b.candidate; });
  return pairs;
}

}  // namespace narrdiff
