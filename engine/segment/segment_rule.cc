// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/segment/segment_rule.h"

namespace narrdiff {
namespace {

struct Entry {
  std::string_view name, meaning;
};

// In the order of SegmentRule.
constexpr Entry kEntries[] = {
    {"", ""},
    {"paragraph", "the block ends"},
    {"icu", "a place that UAX 29 proposes and no rule objects to"},
    {"starter", "an abbreviation or initial, and a word that starts sentences: in the U.S. He left."},
    {"hour", "an hour of day that closes a clause: at 6 p.m. Mr. Ott left."},
    {"quote", "before an opening quotation mark that UAX 29 takes along"},
    {"footnote", "after the footnote marks of the sentence: It fell.[17]"},
    {"ellipsis", "an ellipsis, and a capital, or a Chinese subject or quotation"},
    {"interrupted", "a dash that breaks a quotation off: “I was—” He stopped."},
    {"stage", "after what happens in the room: [Laughter] We go on."},
    {"small", "a sentence that begins with a small letter"},
    {"missing-space", "no space after the full stop: works.Neither"},
    {"digit", "a sentence that begins with a figure"},
    {"list", "the next mark of a list in a row: 1) ... 2) ..."},
    {"bullet", "a bullet"},
    {"title", "a title before a name: Gen. Lai"},
    {"abbreviation", "an abbreviation that may end a sentence, and no word that starts one: U.S. Senate"},
    {"initial", "an initial of a name: J. D. Vale"},
    {"number", "an abbreviation before a number: No. 12"},
    {"inner", "an abbreviation that never ends a sentence: e.g."},
    {"list-mark", "the sentence so far is only the mark of a list: 1."},
    {"address", "inside an address of the web or of mail"},
    {"title-marks", "inside book-title marks: 《摔跤吧！爸爸》"},
    {"said-after-quote", "a quotation, and who says it: “Why?” he asked."},
    {"bound-quote", "a quotation that the clause after it needs: “为什么？”的问题"},
    {"mention", "a quotation inside a clause, which goes on: 所谓“自由？”不过是借口"},
    {"small-follows", "a small letter, a comma or Inc. goes on: Yahoo! in"},
    {"degree", "a figure of degrees: 38°. 5"},
    {"in-brackets", "a mark alone in brackets: (?)"},
    {"omission", "dots for what was left out: [...], . . ."},
    {"no-space", "no space before a letter or figure, as in names of files"},
    {"no-terminator", "a line end or another place without a terminator"},
};
static_assert(sizeof(kEntries) / sizeof(kEntries[0]) == kSegmentRules);

}  // namespace

std::string_view NameOf(SegmentRule rule) { return kEntries[static_cast<size_t>(rule)].name; }
std::string_view MeaningOf(SegmentRule rule) { return kEntries[static_cast<size_t>(rule)].meaning; }

}  // namespace narrdiff
