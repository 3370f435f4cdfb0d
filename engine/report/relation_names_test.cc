// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/report/relation_names.h"

#include <set>
#include <string>

#include "gtest/gtest.h"

namespace narrdiff {
namespace {

TEST(RelationNames, ApiExamples) {
  EXPECT_EQ(RelationName(v1::RELATION_DENY), "deny");
  EXPECT_EQ(ParseRelation("deny"), v1::RELATION_DENY);
  EXPECT_EQ(RelationLetter(v1::RELATION_DENY), 'D');
}

// A relation added to the schema must get a name and a letter of its own.
TEST(RelationNames, EveryRelationOfTheSchema) {
  std::set<std::string> names;
  std::set<char> letters;
  const auto* descriptor = v1::Relation_descriptor();
  for (int i = 0; i < descriptor->value_count(); ++i) {
    const auto relation = static_cast<v1::Relation>(descriptor->value(i)->number());
    const std::string name(RelationName(relation));
    EXPECT_TRUE(names.insert(name).second) << name;
    EXPECT_TRUE(letters.insert(RelationLetter(relation)).second) << name;
    EXPECT_EQ(ParseRelation(name), relation);
    std::string upper = descriptor->value(i)->name();  // RELATION_DENY
    upper = upper.substr(upper.find('_') + 1);
    EXPECT_EQ(ParseRelation(upper), relation) << upper;
  }
}

TEST(RelationNames, Strangers) {
  EXPECT_EQ(ParseRelation(""), std::nullopt);
  EXPECT_EQ(ParseRelation("denies"), std::nullopt);
  EXPECT_EQ(RelationName(static_cast<v1::Relation>(99)), "unspecified");
  EXPECT_EQ(RelationLetter(static_cast<v1::Relation>(99)), '?');
}

}  // namespace
}  // namespace narrdiff
