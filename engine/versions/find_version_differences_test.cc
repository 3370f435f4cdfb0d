// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/versions/find_version_differences.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/lexicon/builtin_lexicon.h"
#include "engine/testing/described_text.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

// What the sentences below need of a dictionary.
constexpr char kDictionary[] =
    "会晤\tmeet\n历时\tlast\n分钟\tminute\n提醒\tremind\n条约\ttreaty\n涵盖\tcover\n公务\tpublic;official "
    "business\n船只\tvessel\n"
    "飞机\taircraft\n检查\tinspect\n人员\tstaff;personnel\n开放\topen;access\n日志\tlog\n样本\tsample\n双方\tboth "
    "side\n同意\tagree\n"
    "代表\trepresentative\n出席\tattend\n危险\tdangerous\n飞越\tpass;overfly\n停止\tstop\n取消\tabolition;"
    "cancel\n收费\tfee\n"
    "支持\tsupport\n恢复\tresumption;"
    "restore\n贸易\ttrade\n禽肉\tpoultry\n通报\treport\n事故\taccident\n研究所\tinstitute\n"
    "泄漏\tleak\n患病\till\n下一轮\tnext "
    "round\n磋商\tconsultation\n举行\thold\n感谢\tthank\n大使\tambassador\n协助\thelp\n"
    "上将\tadmiral\n参加\tjoin\n讨论\tdiscuss\n洗钱\tmoney "
    "laundering\n诈骗\tfraud\n电信\ttelephone\n逃犯\tfugitive\n遣返\treturn\n"
    "关税\ttariff\n中方\tChina\n美方\tUS\n成都\tChengdu\n昆明\tKunming\n部长\tminister\n可以\tcan\n做\tdo\n更\tmore\n多"
    "\tmore\n"
    "探视\tvisit\n安排\tarrangement\n案件\tcase\n进展\tprogress\n介绍\texplain\n公民\tcitizen\n报告\treport\n晚\tlate\n"
    "提交\tsubmit\n帐篷\ttent\n毛毯\tblanket\n运送\tdeliver\n灾区\tdisaster "
    "area\n出席\tattend\n玻利维亚\tBolivia\n埃里温\tYerevan\n第比利斯\tTbilisi\n下周\tnext "
    "week\n登船\tboard\n会谈\ttalk\n气氛\tatmosp"
    "here\n友好\tfriendly\n";

class Versions {
 public:
  Versions(std::string left, std::string right)
      : left_(std::move(left), "US", "China"),
        right_(std::move(right), "US", "China"),
        dictionaries_{*Dictionary::FromBytes(*CompileTsv(kDictionary)), BuiltinDictionary()},
        words_(*BuiltinLexicon()) {}

  // Aligned as they are, "kind left/right" of every difference with its words.
  std::vector<std::string> Told(const VersionOptions& options = {}) {
    std::vector<std::string> out;
    for (const VersionDifference& d : Find(options)) {
      static constexpr const char* kKinds[] = {"?",    "omitted", "added",    "number",
                                               "date", "name",    "softened", "strengthened"};
      out.push_back(absl::StrCat(kKinds[static_cast<int>(d.kind)], " ", Words(left_, d.spans.left), "/",
                                 Words(right_, d.spans.right)));
    }
    return out;
  }
  std::vector<VersionDifference> Find(const VersionOptions& options) {
    Sides<std::vector<Span>> spans;
    const Sides<SentenceTexts> texts{TextsOf(left_, spans.left), TextsOf(right_, spans.right)};
    const TermTables terms = TermMatcher(dictionaries_).Index(texts);
    beads = *AlignBeads(texts, terms, {});
    return FindVersionDifferences({&left_.statement(), &right_.statement()}, terms, dictionaries_, words_,
                                  *BuiltinLexicon(), options, beads);
  }

  std::vector<Bead> beads;

 private:
  static SentenceTexts TextsOf(const DescribedText& text, std::vector<Span>& spans) {
    SentenceTexts out;
    out.text = text.text();
    for (const DescribedSentence& s : text.statement().sentences) {
      out.language = s.input.language;
      spans.push_back(s.input.span);
    }
    out.spans = spans;
    return out;
  }
  static std::string Words(const DescribedText& text, const std::vector<Span>& spans) {
    std::vector<std::string> words;
    for (const Span& span : spans) words.emplace_back(span.Of(text.text()));
    return absl::StrJoin(words, " ... ");
  }

  DescribedText left_, right_;
  std::vector<std::shared_ptr<const Dictionary>> dictionaries_;
  VersionWords words_;
};

TEST(FindVersionDifferences, ApiExamples) {
  Versions versions("The meeting lasted 75 minutes.", "会晤历时57分钟。");
  const auto differences = versions.Find({});
  ASSERT_EQ(differences.size(), 1u);
  EXPECT_EQ(differences[0].kind, VersionDifferenceKind::kNumber);
  EXPECT_EQ(differences[0].reason, "another figure: left says \"75 minutes\", right says \"57分钟\"");
  EXPECT_EQ(differences[0].sentences.left, std::vector<int32_t>{0});
  EXPECT_EQ(differences[0].sentences.right, std::vector<int32_t>{0});
}

struct Case {
  const char* name;
  const char* left;
  const char* right;
  std::vector<std::string> want;
};

void Check(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    EXPECT_EQ(Versions(c.left, c.right).Told(), c.want) << c.name;
    // Exchanged sides tell the same, mirrored.
    std::vector<std::string> mirrored;
    for (std::string row : c.want) {
      const size_t space = row.find(' '), slash = row.find('/');
      std::string kind = row.substr(0, space);
      kind = kind == "omitted"        ? "added"
             : kind == "added"        ? "omitted"
             : kind == "softened"     ? "strengthened"
             : kind == "strengthened" ? "softened"
                                      : kind;
      mirrored.push_back(absl::StrCat(kind, " ", row.substr(slash + 1), "/", row.substr(space + 1, slash - space - 1)));
    }
    EXPECT_EQ(Versions(c.right, c.left).Told(), mirrored) << c.name << ", exchanged";
  }
}

TEST(FindVersionDifferences, Values) {
  Check({
      {"the same in other words",
       "Trade came to 4.3 trillion yuan and 20 percent more.",
       "贸易达4.3万亿元，增长两成。",
       {}},
      {"other units", "The talks lasted 48 hours.", "会谈历时两天。", {}},
      {"a share of an hour", "It lasted a quarter of an hour.", "历时15分钟。", {}},
      {"a figure", "Some 30 representatives attended.", "约50名代表出席。", {"number 30/50名"}},
      {"money", "The fee is $5 million.", "收费800万美元。", {"number $5 million/800万美元"}},
      {"a date", "The talks will be held on June 24.", "会谈定于7月24日举行。", {"date June 24/7月24日"}},
      {"a year", "It was closed in 2027.", "2025年关闭。", {"date 2027/2025年"}},
      {"a weekday", "They met on Thursday.", "双方周二会晤。", {"date Thursday/周二"}},
      {"a quarter",
       "Talks will be held in the first quarter.",
       "会谈将于第三季度举行。",
       {"date first quarter/第三季度"}},
      {"a bare day", "They met from November 17 to 19.", "双方11月17日至19日会晤。", {}},
      {"two sides and a figure", "The two sides met 19 experts.", "双方会晤。", {}},
      {"about", "Some 50 representatives attended.", "52名代表出席。", {}},
  });
}

TEST(FindVersionDifferences, Names) {
  Check({
      {"by its sound", "Admiral Paul Keane joined.", "保罗·基恩上将参加。", {}},
      {"another given name", "Admiral Paul Keane joined.", "约翰·基恩上将参加。", {"name Paul/约翰"}},
      {"another place", "The next round will be held in Kunming.", "下一轮磋商将在成都举行。", {"name Kunming/成都"}},
      {"in one language",
       "The next round will be held in Seattle.",
       "The next round will be held in Portland.",
       {"name Seattle/Portland"}},
      {"two spellings of one name", "感谢凯瑟琳·莫尔大使。", "感谢凯瑟琳·摩尔大使。", {}},
      {"pinyin", "Ambassador Lin Haiyang attended.", "林海洋大使出席。", {}},
      {"another syllable", "Ambassador Lin Haiyun attended.", "林海洋大使出席。", {"name Haiyun/海洋"}},
      {"a surname that is a pronoun", "Ambassador He Jianmin attended.", "贺建国大使出席。", {"name Jianmin/建国"}},
      {"like sounds", "感谢莱因霍尔德大使。", "Thank Ambassador Reinhard.", {"name 莱因霍尔德/Reinhard"}},
      {"one name in two spellings", "感谢莱因哈特大使。", "Thank Ambassador Reinhard.", {}},
      {"another place in Chinese",
       "下一轮磋商在埃里温的研究所举行。",
       "下一轮磋商在第比利斯的研究所举行。",
       {"name 埃里温/第比利斯"}},
      {"another name in Chinese", "感谢凯瑟琳·莫尔大使。", "感谢凯瑟琳·布朗大使。", {"name 莫尔/布朗"}},
  });
}

TEST(FindVersionDifferences, Strength) {
  Check({
      {"an act",
       "He strongly protested the dangerous passes.",
       "他对危险的飞越表示关注。",
       {"softened strongly protested/关注"}},
      {"a degree", "China has concerns about the tariffs.", "中方对关税严重关切。", {"strengthened concerns/严重关切"}},
      {"the same degree", "China strongly opposes the tariffs.", "中方坚决反对关税。", {}},
      {"a modal", "China could do more.", "中方必须做得更多。", {"strengthened could/必须"}},
      {"a month is no modal", "The talks will be held on May 5.", "会谈必须5月5日举行。", {}},
      {"a ban", "Neither side may stop the talks.", "双方不得停止会谈。", {}},
      {"urgency", "China called for the abolition of the fee.", "中方要求立即取消收费。", {"strengthened /立即"}},
      {"a hedge",
       "Both sides support in principle the resumption of poultry trade.",
       "双方支持恢复禽肉贸易。",
       {"strengthened in principle/"}},
      {"encouraged", "Every accident should be reported.", "应当鼓励通报事故。", {"softened /鼓励"}},
      {"a softer name for the deed",
       "The leak at the institute made them ill.",
       "研究所发生事件，人员患病。",
       {"softened leak/事件"}},
      {"its right name", "The accident at the institute made them ill.", "研究所发生事故，人员患病。", {}},
      {"a board and a permission", "Inspectors may board the vessel.", "检查人员均可登船。", {}},
      {"ready to encourage", "China is ready to encourage trade.", "中方愿推动贸易。", {}},
      {"a hope for a fact", "China will submit the report.", "中方希望提交报告。", {"softened will/希望"}},
      {"a fact for a thought", "中方正考虑提交报告。", "China will submit the report.", {"strengthened 正考虑/will"}},
      {"readiness", "China will submit the report.", "中方愿提交报告。", {}},
      {"an effort and an assurance",
       "China will endeavour to submit the report.",
       "中方将确保提交报告。",
       {"strengthened endeavour to/确保"}},
      {"an assurance in the future", "China will ensure the safety of the vessel.", "中方将确保船只安全。", {}},
      {"a hint confirmed",
       "He indicated that the report was late.",
       "He confirmed that the report was late.",
       {"strengthened indicated/confirmed"}},
      {"how much", "The report was far too late.", "报告略晚。", {"softened far too/略"}},
      {"how often", "The report is sometimes late.", "The report is always late.", {"strengthened sometimes/always"}},
      {"not in favour",
       "China firmly opposes the tariffs.",
       "China does not favour the tariffs.",
       {"softened firmly opposes/not favour"}},
      {"urged and demanded", "China urges the US to stop.", "中方要求美方停止。", {}},
  });
}

TEST(FindVersionDifferences, Gaps) {
  Check({
      {"an item of a list",
       "The treaty covers public vessels, aircraft and armed forces.",
       "条约涵盖公务船只和飞机。",
       {"omitted armed forces/"}},
      {"an item whose word stands elsewhere",
       "Inspectors have access to logs, samples and staff.",
       "检查人员可查看日志和样本。",
       {"omitted staff/"}},
      {"all items", "The treaty covers vessels, aircraft and staff.", "条约涵盖船只、飞机和人员。", {}},
      {"one of two",
       "The vessel delivered tents and surgical instruments to the disaster area.",
       "The vessel delivered tents to the disaster area.",
       {"omitted surgical instruments/"}},
      {"an aside of the speaker",
       "Mr Lin said that all cases are reported, and that visits are arranged.",
       "All cases, Mr Lin said, are reported, and visits are arranged.",
       {}},
      {"a verb and its object", "中方提交会议全文，并接受检查。", "中方接受检查。", {"omitted 提交会议全文/"}},
      {"a clause",
       "会谈气氛友好。\n中方介绍了探视安排，并介绍了有关案件的进展。\n双方讨论了贸易。",
       "The atmosphere of the talks was friendly.\nChina explained the visit arrangements.\nThe two sides discussed "
       "trade.",
       {"omitted 并介绍了有关案件的进展/"}},
  });
}

TEST(FindVersionDifferences, StrangersAreParted) {
  Versions versions(
      "The meeting lasted 75 minutes.\nThe minister remains worried about two pilots in jail.\nThe next round is near.",
      "The meeting lasted 75 minutes.\nGovernments honour sailors lost during storms.\nThe next round is near.");
  EXPECT_EQ(versions.Told(),
            (std::vector<std::string>{"omitted The minister remains worried about two pilots in jail./",
                                      "added /Governments honour sailors lost during storms."}));
  EXPECT_EQ(versions.beads.size(), 4u);
}

TEST(FindVersionDifferences, OtherEvidenceCounts) {
  const char* const left = "The treaty covers vessels, aircraft and zeppelins.";
  const char* const right = "条约涵盖船只和飞机。";
  EXPECT_EQ(Versions(left, right).Told(), std::vector<std::string>{"omitted zeppelins/"});
  VersionOptions options;
  options.likeness = [](int32_t, Span, int32_t, Span) { return 1.0; };
  EXPECT_EQ(Versions("zeppelins fly", "飞艇飞行").Told(options), std::vector<std::string>{});
}

TEST(FindVersionDifferences, ConfidenceIsAThreshold) {
  VersionOptions options;
  options.min_confidence = .95;
  EXPECT_EQ(Versions("The meeting lasted 75 minutes.", "会晤历时57分钟。").Told(options), std::vector<std::string>{});
}

TEST(FindVersionDifferences, OddInputIsSurvived) {
  for (const auto& [left, right] : std::vector<std::pair<std::string, std::string>>{{"", ""},
                                                                                    {"A", ""},
                                                                                    {"···", "·"},
                                                                                    {"，，、和", ", and , or"},
                                                                                    {"and and and", "和和和"},
                                                                                    {"一二三", "3 4"},
                                                                                    {"·基恩", "Paul Keane"},
                                                                                    {"May", "可"},
                                                                                    {"A, and", "、和"}}) {
    Versions(left, right).Told();
    Versions(right, left).Told();
  }
}

}  // namespace
}  // namespace narrdiff
