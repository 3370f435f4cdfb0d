// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/lexicon/dictionary.h"

#include <cstdio>
#include <fstream>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

namespace narrdiff {
namespace {

constexpr std::string_view kCedict =
    "# CC-CEDICT\n"
    "#! version=1\n"
    "% % [pa1] /percent (Tw)/\n"
    "中國 中国 [Zhong1 guo2] /China/\n"
    "中國人 中国人 [Zhong1 guo2 ren2] /Chinese person/\n"
    "整 整 [zheng3] /(bound form) whole; complete; entire/to put in order/CL:個|个[ge4]/\n"
    "整理 整理 [zheng3 li3] /to arrange/to tidy up/to sort out/\n"
    "乾 干 [gan1] /dry/\n"
    "乹 乹 [qian2] /old variant of 乾|干[gan1]/\r\n"
    "陳 陈 [Chen2] /surname Chen/\n";

std::shared_ptr<const Dictionary> Make(const absl::StatusOr<std::string>& block) {
  EXPECT_TRUE(block.ok()) << block.status();
  auto dictionary = Dictionary::FromBytes(*block);
  EXPECT_TRUE(dictionary.ok()) << dictionary.status();
  return *dictionary;
}

// "whole / complet / entir / put in order"
std::string Glosses(const Dictionary& d, std::string_view headword) {
  const int32_t entry = d.Find(headword);
  if (entry < 0) return "none";
  std::string out;
  for (int32_t g = 0; g < d.gloss_count(entry); ++g) {
    out += g > 0 ? " / " : "";
    for (size_t w = 0; w < d.gloss(entry, g).size(); ++w)
      out += (w > 0 ? " " : "") + std::string(d.word(d.gloss(entry, g)[w]));
  }
  return out;
}

TEST(Dictionary, ApiExamples) {
  const auto d = Make(CompileCedict("中國 中国 [Zhong1 guo2] /China/\n"));
  const int32_t entry = d->Find("中国");
  ASSERT_GE(entry, 0);
  EXPECT_EQ(d->word(d->gloss(entry, 0)[0]), "china");
  EXPECT_EQ(d->LongestPrefix("中国人民"), 6);
}

TEST(Dictionary, ReadsCedict) {
  const auto d = Make(CompileCedict(kCedict));
  EXPECT_EQ(d->size(), 7);
  EXPECT_EQ(Glosses(*d, "中国人"), "chines person");
  EXPECT_EQ(Glosses(*d, "整"), "whole / complet / entir / put in order");
  EXPECT_EQ(Glosses(*d, "整理"), "arrang / tidi up / sort out");
  EXPECT_EQ(Glosses(*d, "陈"), "chen");
  EXPECT_EQ(Glosses(*d, "乹"), "dri");
  EXPECT_EQ(Glosses(*d, "中國"), "none");  // look-ups are in simplified characters
  EXPECT_EQ(Glosses(*d, ""), "none");
}

TEST(Dictionary, FindsTheLongestHeadword) {
  const auto d = Make(CompileCedict(kCedict));
  EXPECT_EQ(d->LongestPrefix("中国人民"), 9);
  EXPECT_EQ(d->LongestPrefix("中国"), 6);
  EXPECT_EQ(d->LongestPrefix("中"), 0);
  EXPECT_EQ(d->LongestPrefix("整理"), 6);
  EXPECT_EQ(d->LongestPrefix("整个"), 3);
  EXPECT_EQ(d->LongestPrefix("ABC"), 0);
  EXPECT_EQ(d->LongestPrefix(""), 0);
}

TEST(Dictionary, FindsWords) {
  const auto d = Make(CompileCedict(kCedict));
  for (uint32_t id = 0; id < static_cast<uint32_t>(d->word_count()); ++id) {
    EXPECT_EQ(d->WordId(d->word(id)), static_cast<int32_t>(id));
  }
  EXPECT_EQ(d->WordId("zebra"), -1);
  EXPECT_EQ(d->word(9999), "");
}

TEST(Dictionary, ReadsTsvAndPairs) {
  const auto tsv =
      Make(CompileTsv("# ours\n长臂管辖\tlong-arm jurisdiction; extraterritorial reach\t100\n\n长臂管辖\tlong arm\n"));
  EXPECT_EQ(Glosses(*tsv, "长臂管辖"), "long arm jurisdict / extraterritori reach / long arm");
  const std::vector<std::pair<std::string_view, std::string_view>> pairs = {
      {"關稅", "=tariff"}, {"关税", "customs duties"}, {"x", "y"}};
  const auto own = Make(CompilePairs(pairs));
  EXPECT_EQ(own->size(), 1);
  EXPECT_EQ(Glosses(*own, "关税"), "tariff / custom duti");
  EXPECT_EQ(Make(CompilePairs({}))->size(), 0);
  EXPECT_EQ(Make(CompilePairs({}))->Find("关税"), -1);
  EXPECT_EQ(Make(CompilePairs({}))->LongestPrefix("关税"), 0);
}

TEST(Dictionary, SameTextSameBytes) { EXPECT_EQ(*CompileCedict(kCedict), *CompileCedict(kCedict)); }

TEST(Dictionary, BadSourcesNameTheLine) {
  struct Case {
    absl::StatusOr<std::string> result;
    const char* want;
  };
  const Case kCases[] = {
      {CompileCedict("中國 中国 [Zhong1 guo2] /China/\nnonsense\n"), "2:1:"},
      {CompileCedict(""), "no entry"},
      {CompileCedict("# only\n"), "no entry"},
      {CompileTsv("中国\tChina\n中国\n"), "2:1:"},
      {CompileTsv("China\t中国\n"), "1:1:"},
      {CompileTsv("\n"), "no entry"},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(c.result.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_NE(std::string(c.result.status().message()).find(c.want), std::string::npos) << c.result.status();
  }
}

TEST(Dictionary, OpensFiles) {
  const std::string path = testing::TempDir() + "/dictionary_test.ndict";
  const std::string block = *CompileCedict(kCedict);
  std::ofstream(path, std::ios::binary) << block;
  const auto d = Dictionary::Open(path);
  ASSERT_TRUE(d.ok()) << d.status();
  EXPECT_EQ(Glosses(**d, "中国"), "china");
  std::remove(path.c_str());
  EXPECT_EQ(Dictionary::Open(path).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Dictionary::Open(testing::TempDir()).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(Dictionary, DamagedBlocksAreRefusedOrHarmless) {
  const std::string block = *CompileCedict(kCedict);
  for (const size_t size : {size_t{0}, size_t{3}, size_t{63}, size_t{64}, block.size() / 2, block.size() - 1}) {
    EXPECT_EQ(Dictionary::FromBytes(block.substr(0, size)).status().code(), absl::StatusCode::kInvalidArgument) << size;
  }
  EXPECT_FALSE(Dictionary::FromBytes(block + "x").ok());
  EXPECT_FALSE(Dictionary::FromBytes(std::string(block.size(), 'x')).ok());
  std::string other_version = block;
  other_version[4] = 9;
  EXPECT_NE(std::string(Dictionary::FromBytes(other_version).status().message()).find("version"), std::string::npos);
  // Bytes changed inside: any answer, no fault.
  std::mt19937 rng(1);
  for (int round = 0; round < 300; ++round) {
    std::string bad = block;
    // The tail holds the tables that look-ups follow; the middle is mostly the zeros of the length table.
    for (int k = 0; k < 8; ++k) bad[bad.size() - 1 - rng() % 2000] = static_cast<char>(rng());
    const auto d = Dictionary::FromBytes(bad);
    if (!d.ok()) continue;
    for (const char* word : {"中国", "中国人", "整", "整理", "陈", "乹"}) {
      Glosses(**d, word);
      (*d)->LongestPrefix(word);
    }
    for (uint32_t id = 0; id < 40; ++id) (*d)->word(id);
    (*d)->WordId("china");
  }
}

}  // namespace
}  // namespace narrdiff
