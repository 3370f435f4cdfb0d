// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/align/choose_mode.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace narrdiff {
namespace {

class Statement {
 public:
  Statement(const std::vector<std::string>& sentences, Language language) : language_(language) {
    for (const std::string& s : sentences) {
      const int32_t begin = static_cast<int32_t>(text_.size());
      text_ += s;
      spans_.push_back({begin, static_cast<int32_t>(text_.size())});
      text_ += "\n";
    }
  }
  SentenceTexts view() const { return {text_, language_, spans_, {}}; }

 private:
  std::string text_;
  std::vector<Span> spans_;
  Language language_;
};

const std::vector<std::string>& Accusation() {
  static const auto* const kSentences =
      new std::vector<std::string>{"On Monday three patrol boats blocked our survey vessel near the reef.",
                                   "They came within 40 metres and ignored four radio calls.",
                                   "This is the ninth such incident this year.",
                                   "The reef lies within the zone of our partner.",
                                   "We call on the other side to respect the law of the sea.",
                                   "Our ships will go on sailing wherever the law allows."};
  return *kSentences;
}

ModeChoice Choose(const Statement& left, const Statement& right, const TermMatcher& matcher) {
  const Sides<SentenceTexts> sides{left.view(), right.view()};
  return ChooseMode(sides, matcher.Index(sides));
}

TEST(ChooseMode, ApiExamples) {
  const auto dictionary =
      *Dictionary::FromBytes(*CompileTsv("部长\tminister\n会晤\tmeeting\n台湾\tTaiwan\n政策\tpolicy\n改变\tchange\n飞机"
                                         "\taircraft\n抗议\tprotest\n邀请\tinvite\n访问\tvisit\n"
                                         "名单\tlist\n清单\tlist\n美国\tUnited States\n国防\tdefence\n"));
  const Statement left({"The Minister met the Secretary of Defence on June 5.", "The meeting lasted 75 minutes.",
                        "He protested the 12 passes by aircraft.", "The policy on Taiwan has not changed.",
                        "He invited the Minister to visit the United States."},
                       Language::kEnglish);
  const Statement right({"部长6月5日会见了国防部长。", "会晤历时75分钟。", "他就飞机12次飞越提出抗议。",
                         "对台湾的政策没有改变。", "他邀请部长访问美国。"},
                        Language::kChinese);
  const ModeChoice choice = Choose(left, right, TermMatcher({dictionary}));
  EXPECT_EQ(choice.mode, AlignMode::kParallel) << choice.reason;
  EXPECT_NE(choice.reason.find("versions of one text"), std::string::npos);
}

TEST(ChooseMode, AnswersCompete) {
  const Statement left(Accusation(), Language::kEnglish);
  const Statement right(
      {"The so-called survey vessel entered waters under our jurisdiction without permission.",
       "Our coast guard acted in a professional manner and kept a safe distance throughout.",
       "It is the foreign vessel that turned across the bow of our boats.", "We lodged a solemn protest on Monday.",
       "Countries from outside the region should stop stirring up trouble at the reef."},
      Language::kEnglish);
  const ModeChoice choice = Choose(left, right, TermMatcher({}));
  EXPECT_EQ(choice.mode, AlignMode::kCompeting) << choice.reason;
  const ModeChoice swapped = Choose(right, left, TermMatcher({}));
  EXPECT_EQ(swapped.reason, choice.reason);
}

TEST(ChooseMode, TheSameTextTwiceIsParallel) {
  const Statement text(Accusation(), Language::kEnglish);
  EXPECT_EQ(Choose(text, text, TermMatcher({})).mode, AlignMode::kParallel);
  const Statement one({"We call on the other side to respect the law."}, Language::kEnglish);
  EXPECT_EQ(Choose(one, one, TermMatcher({})).mode, AlignMode::kParallel);
}

TEST(ChooseMode, EmptySidesCompete) {
  const Statement text(Accusation(), Language::kEnglish), none({}, Language::kEnglish);
  EXPECT_EQ(Choose(text, none, TermMatcher({})).mode, AlignMode::kCompeting);
  EXPECT_FALSE(Choose(none, none, TermMatcher({})).reason.empty());
}

}  // namespace
}  // namespace narrdiff
