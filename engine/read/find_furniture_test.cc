// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/find_furniture.h"

#include "engine/lexicon/builtin_lexicon.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

TEST(FindFurniture, Furniture) {
  const ReadWords words(*BuiltinLexicon());
  for (const char* line : {
           "Home | News | Releases",
           "Skip to main content",
           "Back to top",
           "Share this article",
           "Share on Facebook",
           "Read more",
           "Related",
           "Related stories:",
           "首页 > 新闻 > 声明",
           "【打印】【关闭】",
           "【打印】【关闭】【字号：大 中 小】",
           "[打印] [关闭] [字号 大 中 小]",
           "字号：[大] [中] [小]",
           "来源：外交部网站",
           "来源：外交部 作者：沈若曦 点击数：120",
           "作者：沈若曦",
           "（责任编辑：沈若曦）",
           "责任编辑 沈若曦",
           "点击数：1024",
           "浏览次数: 33",
           "Photo by Jane Roe/Harbour Agency",
           "(Photo by Jane Roe)",
           "Photo courtesy of the Harbour Museum",
           "Photo: Jane Roe",
           "图为会谈现场。",
           "图为会谈现场。新华社记者 沈若曦 摄",
           "新华社记者 沈若曦 摄",
           "（新华社记者沈若曦摄）",
           "沈若曦/摄",
           "资料图：港口",
           "Tel: +1 (202) 555-0100",
           "Telephone: 555 0100",
           "+1 202 555 0100",
           "(202) 555-0100",
           "press@example.org",
           "https://example.org/releases/7",
           "E-mail: press@example.org",
           "电话：010-55550100 传真：010-55550101",
           "邮箱：press@example.org",
           "Follow us on Twitter",
           "Follow us on Twitter @example",
           "Follow us on Twitter, Facebook and Instagram.",
           "We use cookies to improve your experience on this site. By continuing you accept them.",
           "This website uses cookies. You can change your preferences in the browser at any time.",
           "You are now leaving this site for an external site.",
           "FOR IMMEDIATE RELEASE",
           "(As prepared for delivery)",
           "As Prepared for Delivery",
           "Check against delivery",
           "###",
           "# # #",
           "-30-",
           "* * *",
           "(完)",
           "（完）",
           "END",
           "END 11:05 A.M. EST",
           "地点：国防部新闻发布厅",
           "-END-",
           "Begin text:",
           "© 2031 Office of Public Affairs",
       }) {
    EXPECT_TRUE(IsFurnitureLine(line, words)) << line;
  }
}

TEST(FindFurniture, Text) {
  const ReadWords words(*BuiltinLexicon());
  for (const char* line : {
           "Share this with nobody, please.",
           "We share this view.",
           "They use cookies in the canteen.",
           "We use cookies to thank our guests.",
           "We use cookies as bait, he said of the harbour mice.",
           "Read more of what they wrote and you will see why.",
           "We follow us-made rules on trade.",
           "Follow us on this path, and you will not regret it.",
           "The photo by Jane Roe shows the ship.",
           "The source of the trouble is known.",
           "Close the harbour.",
           "Statement on the Kite",
           "2031-03-05",
           "2031.03.05 10:22",
           "March 5, 2031",
           "中方反对。分享是美德。",
           "分享经验是双方的共同愿望。",
           "来源不明的武器在流动。",
           "中方愿同各方分享经验",
           "我们注意到有关图片的报道。",
           "他说的不是这部电影的拍摄",
           "In the end, nothing was done.",
           "By clicking his heels he showed what he thought.",
           "Contact with the ship was lost at noon.",
           "Write to press@example.org or call us.",
           "Home is where we met.",
       }) {
    EXPECT_FALSE(IsFurnitureLine(line, words)) << line;
  }
}

}  // namespace
}  // namespace narrdiff
