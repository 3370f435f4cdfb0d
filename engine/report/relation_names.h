// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The words and letters that stand for relations, and for differences of versions, wherever people or programs read
// them.
//
//   RelationName(v1::RELATION_DENY) == "deny"
//   ParseRelation("deny") == v1::RELATION_DENY
//   RelationLetter(v1::RELATION_DENY) == 'D'
#ifndef NARRDIFF_ENGINE_REPORT_RELATION_NAMES_H_
#define NARRDIFF_ENGINE_REPORT_RELATION_NAMES_H_

#include <optional>
#include <string_view>

#include "proto/narrdiff/v1/comparison.pb.h"

namespace narrdiff {

// "agree", "deny", "counter", "reframe", "differ", "respond", "parallel";
// "unspecified" for that and for values this version does not know.
std::string_view RelationName(v1::Relation relation);

// The other way round, in any letter case; absent for other words.
std::optional<v1::Relation> ParseRelation(std::string_view name);

// A, D, C, R, F, S, P in the order above; '?' for unspecified.
char RelationLetter(v1::Relation relation);

// "omitted", "added", "number", "date", "name", "softened", "strengthened"; "unspecified" as above.
std::string_view DifferenceName(v1::VersionDifference::Kind kind);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_REPORT_RELATION_NAMES_H_
