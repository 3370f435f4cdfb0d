// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/report/relation_names.h"

#include "absl/strings/match.h"

namespace narrdiff {
namespace {

struct Row {
  v1::Relation relation;
  char letter;
  const char* name;
};

// Unspecified comes first: it stands for every value that is not found.
constexpr Row kRows[] = {
    {v1::RELATION_UNSPECIFIED, '?', "unspecified"},
    {v1::RELATION_AGREE, 'A', "agree"},
    {v1::RELATION_DENY, 'D', "deny"},
    {v1::RELATION_COUNTER, 'C', "counter"},
    {v1::RELATION_REFRAME, 'R', "reframe"},
    {v1::RELATION_DIFFER, 'F', "differ"},
    {v1::RELATION_RESPOND, 'S', "respond"},
    {v1::RELATION_PARALLEL, 'P', "parallel"},
};

const Row& Find(v1::Relation relation) {
  for (const Row& row : kRows) {
    if (row.relation == relation) return row;
  }
  return kRows[0];
}

}  // namespace

std::string_view RelationName(v1::Relation relation) { return Find(relation).name; }

std::optional<v1::Relation> ParseRelation(std::string_view name) {
  for (const Row& row : kRows) {
    if (absl::EqualsIgnoreCase({name.data(), name.size()}, row.name)) {
      return row.relation;
    }
  }
  return std::nullopt;
}

char RelationLetter(v1::Relation relation) { return Find(relation).letter; }

std::string_view DifferenceName(v1::VersionDifference::Kind kind) {
  switch (kind) {
    case v1::VersionDifference::OMITTED:
      return "omitted";
    case v1::VersionDifference::ADDED:
      return "added";
    case v1::VersionDifference::NUMBER:
      return "number";
    case v1::VersionDifference::DATE:
      return "date";
    case v1::VersionDifference::NAME:
      return "name";
    case v1::VersionDifference::SOFTENED:
      return "softened";
    case v1::VersionDifference::STRENGTHENED:
      return "strengthened";
    default:
      return "unspecified";
  }
}

}  // namespace narrdiff
