// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/versions/name_sound.h"

#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"

namespace narrdiff {
namespace {

double Likeness(std::string_view latin, const std::vector<std::string_view>& pinyin) {
  return SoundLikeness(SoundOfLatin(latin), SoundOfPinyin(pinyin));
}

TEST(NameSound, ApiExamples) {
  EXPECT_GT(Likeness("stroud", {"si", "te", "lao", "de"}), .9);
  EXPECT_LT(Likeness("paul", {"yue", "han"}), .3);
}

TEST(NameSound, SameNames) {
  const struct {
    const char* latin;
    std::vector<std::string_view> pinyin;
  } kCases[] = {
      {"pettit", {"pei", "di", "te"}},
      {"brodie", {"bu", "luo", "di"}},
      {"osgood", {"ao", "si", "gu", "de"}},
      {"keane", {"ji", "en"}},
      {"favre", {"fa", "fu", "er"}},
      {"corvane", {"ke", "wan"}},
      {"ransom", {"lan", "se", "mu"}},
      {"hensley", {"han", "si", "li"}},
      {"whitlock", {"hui", "te", "luo", "ke"}},
      {"smith", {"shi", "mi", "si"}},
      {"wright", {"lai", "te"}},
      {"jackson", {"jie", "ke", "xun"}},
      {"thompson", {"tang", "pu", "sen"}},
      {"chicago", {"zhi", "jia", "ge"}},
      {"phillips", {"fei", "li", "pu", "si"}},
      {"vaughan", {"wo", "en"}},
      {"church", {"qiu", "qi"}},
      {"kraus", {"ke", "lao", "si"}},
  };
  for (const auto& c : kCases) EXPECT_GE(Likeness(c.latin, c.pinyin), kSameName) << c.latin;
}

TEST(NameSound, OtherNames) {
  const struct {
    const char* latin;
    std::vector<std::string_view> pinyin;
  } kCases[] = {
      {"david", {"dan", "ni", "er"}}, {"seattle", {"bo", "te", "lan"}},  {"boston", {"zhi", "jia", "ge"}},
      {"kunming", {"cheng", "du"}},   {"michael", {"luo", "bo", "te"}},  {"laura", {"hai", "lun"}},
      {"brown", {"shi", "mi", "si"}}, {"whitlock", {"an", "de", "sen"}},
  };
  for (const auto& c : kCases) EXPECT_LT(Likeness(c.latin, c.pinyin), kSameName) << c.latin;
}

TEST(NameSound, OddInput) {
  EXPECT_EQ(Likeness("", {"an"}), 0);
  EXPECT_EQ(Likeness("x", {}), 0);
  EXPECT_EQ(Likeness("123", {"", ""}), 0);
  EXPECT_GT(Likeness("a", {"a"}), .9);
}

}  // namespace
}  // namespace narrdiff
