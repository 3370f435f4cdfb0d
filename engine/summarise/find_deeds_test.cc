// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/summarise/find_deeds.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/testing/described_text.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

std::string Name(Role role) {
  static constexpr const char* kNames[] = {"nobody", "self", "other", "vague", "third"};
  return kNames[static_cast<size_t>(role)];
}

// "other cyber self" for a harmful deed of the last line, "not" before what is negated; "demand: WORDS" for a demand.
std::string Shown(const DescribedText& text, const std::vector<Span>& reported = {}) {
  const SentenceDeeds found = DeedFinder(*BuiltinLexicon()).Find(text.statement(), reported).back();
  std::vector<std::string> out;
  for (const Deed& deed : found.deeds) {
    const LexiconEntry& entry = BuiltinLexicon()->entry(deed.entry);
    if (entry.valence != Valence::kHarm) continue;
    out.push_back(absl::StrCat(deed.negated ? "not " : "", Name(deed.actor), " ", std::string(entry.act_type), " ",
                               Name(deed.target)));
  }
  for (const Demand& demand : found.demands) {
    out.push_back(absl::StrCat("demand: ", std::string(demand.words.Of(text.text()))));
  }
  return absl::StrJoin(out, "; ");
}

TEST(DeedFinder, TellsWhoDoesWhatToWhom) {
  const struct Case {
    const char* name;
    const char* text;  // told by the US, of China
    const char* deeds;
  } kCases[] = {
      {"verb", "Last spring China hacked our mail servers.", "other cyber self"},
      {"noun with a verb", "Beijing launched cyber attacks on American hospitals.", "other cyber self"},
      {"owner", "We will answer Chinese coercion with calm.", "other coercion nobody"},
      {"agent", "Our servers were hacked by China.", "other cyber self"},
      {"passive without agent", "The depot was attacked last night.", ""},
      {"cleft", "The real empire of hacking is China, as everyone knows.", "other cyber nobody"},
      {"second deed", "China hacked our servers and coerced our allies.", "other cyber self; other coercion self"},
      {"taken up", "China runs the largest fleet.\nIt has coerced its neighbours for years.", "other coercion nobody"},
      {"announced", "China announced sanctions on three American firms.", "other sanction self"},
      {"vague", "Some countries steal trade secrets.", "vague theft nobody"},
      {"victim", "China has been a victim of cyber attacks.", ""},
      {"fights it", "China works to prevent cyber attacks.", ""},
      {"condition", "If China attacked the island, we would act.", ""},
      {"possibility", "China could attack the island.", ""},
      {"claim denied", "We do not claim that China ordered the attacks.", ""},
      {"speaks of it", "China condemned the attack.", ""},
      {"other clause", "China knows who attacked the island.", ""},
      {"object of another", "Agents from Ohio this morning closed a Chinese outpost and arrested two men.", ""},
      {"place", "In Beijing, thieves stole phones.", ""},
      {"own measure", "We have imposed sanctions on two firms.", "self sanction nobody"},
      {"denial", "We did not hack the servers.", "not self cyber nobody"},
      {"none", "The United States sells arms to neither side.", "not self arms_transfer nobody"},
      {"Chinese", "中方对美国企业实施制裁。", "other sanction self"},
      {"Chinese carried on", "中方一意孤行，窃取美国企业的数据。", "other theft self"},
      {"Chinese cleft", "对盟国领导人实施窃听的，恰恰是中国情报机构。", "other surveillance nobody"},
      {"Chinese phrase", "正是中方一再阻挠谈判。", "other obstruction nobody"},
      {"Chinese object", "美方将对参与军售的中国企业实施制裁。", ""},
      {"Chinese attribute", "美方对窃取数据的公司表示关切。", ""},
      {"Chinese vague", "个别国家窃取商业秘密。", "vague theft nobody"},
      {"Chinese listed", "英国等个别国家窃取商业秘密。", "third theft nobody"},
      {"Chinese speaks of it", "中方谴责这次袭击。", ""},
      {"Chinese suffers", "中方遭到网络攻击。", ""},
      {"Chinese fights it", "中方依法防范网络攻击。", ""},
  };
  for (const Case& c : kCases) {
    const DescribedText text(c.text, "US", "China");
    EXPECT_EQ(Shown(text), c.deeds) << c.name << ": " << c.text;
  }
}

TEST(DeedFinder, TellsDemands) {
  const struct Case {
    const char* name;
    const char* text;
    const char* demands;
  } kCases[] = {
      {"urge", "We urge China to stop the attacks at once.", "demand: urge China to stop the attacks at once"},
      {"call on", "We call on the PRC to join the treaty.", "demand: call on the PRC to join the treaty"},
      {"must", "China must withdraw its ships.", "demand: China must withdraw its ships"},
      {"on all", "All states must respect the charter.", ""},
      {"asked of us", "China urges the United States to talk.", ""},
      {"place", "The group is expected to gather in Beijing in May.", ""},
      {"condition", "If China must wait, so be it.", ""},
      {"Chinese", "我们敦促中方立即纠正错误做法。", "demand: 敦促中方立即纠正错误做法"},
      {"no must", "中方有关反应过激。", ""},
      {"Chinese must", "中方应立即停止挑衅。", "demand: 中方应立即停止挑衅"},
  };
  for (const Case& c : kCases) {
    const DescribedText text(c.text, "US", "China");
    EXPECT_EQ(Shown(text), c.demands) << c.name << ": " << c.text;
  }
}

// Words of the other side are not the speaker's own, but what the other side announces is told by the speaker.
TEST(DeedFinder, LeavesOutWordsOfTheOtherSide) {
  const std::string line = "Beijing says that we did not sell them and that China attacked nobody.";
  const DescribedText text(line, "US", "China");
  const int32_t begin = static_cast<int32_t>(line.find("we did")), end = static_cast<int32_t>(line.size());
  EXPECT_EQ(Shown(text, {{begin, end}}), "");

  const std::string announced = "China announced sanctions on three American firms.";
  const DescribedText told(announced, "US", "China");
  const int32_t from = static_cast<int32_t>(announced.find("sanctions"));
  EXPECT_EQ(Shown(told, {{from, static_cast<int32_t>(announced.size())}}), "other sanction self");
}

}  // namespace
}  // namespace narrdiff
