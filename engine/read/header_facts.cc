// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/header_facts.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/base/utf8.h"
#include "engine/read/ascii_text.h"
#include "engine/read/find_date.h"

namespace narrdiff {
namespace {

constexpr size_t kHeadBlocks = 12;
constexpr size_t kUsageBytes = 16 << 10;
// What one wording in the head is worth in uses of a wording in the text, and
// the least that is taken for an answer.
constexpr int kHeadWeight = 5;
constexpr int kLeastEvidence = 2;
constexpr int kMostUses = 12;
constexpr int kMostDaysToPost = 3;
constexpr size_t kDateBeforeDash = 120;  // bytes
constexpr size_t kLongestOffice = 80;
constexpr int32_t kLongestBody = 16;  // characters

bool IsHeadKind(BlockKind kind) {
  return kind == BlockKind::kTitle || kind == BlockKind::kHeading || kind == BlockKind::kDateLine;
}

// Line ends and runs of white space become one space.
std::string OneLine(std::string_view s) {
  std::string out;
  bool space = false;
  for (int32_t i = 0; i < static_cast<int32_t>(s.size());) {
    const int32_t begin = i;
    if (IsSpace(NextCodePoint(s, i))) {
      space = !out.empty();
      continue;
    }
    if (space) out += ' ';
    space = false;
    out.append(s.substr(static_cast<size_t>(begin), static_cast<size_t>(i - begin)));
  }
  return out;
}

// "**Release**": without the marks.
std::string WithoutBoldMarks(std::string s) {
  while (s.size() >= 2 && s.front() == '*' && s.back() == '*') s = s.substr(1, s.size() - 2);
  return s;
}

// Days since a fixed day, near enough to compare two dates of some weeks. `iso` is YYYY-MM-DD.
int RoughDays(std::string_view iso) {
  const auto number = [&](size_t at, size_t count) {
    int value = 0;
    for (size_t i = at; i < at + count; ++i) value = value * 10 + (iso[i] - '0');
    return value;
  };
  return number(0, 4) * 365 + number(5, 2) * 30 + number(8, 2);
}

// "WASHINGTON, March 5, 2031 — We object": a date before the dash of the first paragraph.
std::string DateBeforeDash(std::string_view paragraph, const ReadWords& words) {
  const std::string_view head = paragraph.substr(0, kDateBeforeDash);
  for (const std::string_view dash : {" — ", " – ", " -- ", "—", "--", " - "}) {
    const size_t at = head.find(dash);
    if (at == std::string_view::npos) continue;
    const auto date = FindDate(head.substr(0, at), words);
    return date ? date->iso : std::string();
  }
  return {};
}

std::string FindHeaderDate(const Document& doc, const ReadWords& words) {
  const auto in_title = FindDate(doc.title, words);
  for (const Block& block : doc.blocks) {
    if (block.kind != BlockKind::kDateLine) continue;
    const auto date = FindDate(block.span.Of(doc.text), words);
    if (!date) continue;
    // A briefing is posted a day later at times; a day far off in the title is what the text is about.
    const bool posted_later = in_title && std::abs(RoughDays(date->iso) - RoughDays(in_title->iso)) <= kMostDaysToPost;
    return posted_later ? in_title->iso : date->iso;
  }
  if (in_title) return in_title->iso;
  for (size_t b = 0; b < doc.blocks.size() && b < kHeadBlocks; ++b) {
    const Block& block = doc.blocks[b];
    if (!IsHeadKind(block.kind) && block.kind != BlockKind::kFurniture) continue;
    if (auto date = FindDate(block.span.Of(doc.text), words)) return date->iso;
  }
  for (const Block& block : doc.blocks) {
    if (block.kind == BlockKind::kParagraph) return DateBeforeDash(block.span.Of(doc.text), words);
  }
  return {};
}

// An office and at least one word that is none: "Secretary Blinken", not
// "Secretary of State" or "Press Briefing". Where all is in capitals nothing can be told.
bool IsOfficeAndName(std::string_view run, const ReadWords& words) {
  bool office = false, name = false, small = false;
  for (size_t i = 0; i < run.size();) {
    size_t stop = run.find(' ', i);
    if (stop == std::string_view::npos) stop = run.size();
    const std::string_view word = run.substr(i, stop - i);
    const bool title = word.size() > 1 && words.IsTitleWord(word);
    if (title || (word.size() > 1 && words.IsOfficePart(word))) {
      office = office || title || words.IsOffice(word);
      name = false;
    } else if (office && IsUpper(ByteAt(word, 0)) && !words.IsSpeech(word)) {
      name = true;
      small =
          small || std::any_of(word.begin(), word.end(), [](char c) { return IsLower(static_cast<unsigned char>(c)); });
    }
    i = stop + 1;
  }
  return office && name && small;
}

// A run of capitalised words at the start of a line, and what ends it.
struct NameRun {
  std::string_view text;
  bool possessive = false;  // "Minister Hale's"
  std::string_view next;    // the word after it
};

std::string_view WordAt(std::string_view s, size_t i) {
  while (i < s.size() && s[i] == ' ') ++i;
  return s.substr(i, s.find(' ', i) - i);
}

// "Secretary Antony J. Blinken at a ..." gives the first four words, "Under Secretary for Trade and Growth Ann Roe on"
// the first eight.
NameRun CapitalisedRun(std::string_view s, const ReadWords& words) {
  NameRun run;
  size_t end = 0, i = 0;
  bool duties = false;  // "for" was seen: "and" may follow
  while (i < s.size()) {
    size_t stop = s.find(' ', i);
    if (stop == std::string_view::npos) stop = s.size();
    std::string_view word = s.substr(i, stop - i);
    bool last = false;
    for (const std::string_view mark : {"'s", "’s", "’", ",", ":", ";", "(", "）"}) {
      const size_t at = word.find(mark);
      if (at == std::string_view::npos) continue;
      word = word.substr(0, at);
      last = true;
      run.possessive = mark[0] == '\'' || StartsWith(mark, "’");
    }
    if (word.empty()) break;
    const bool capital = IsUpper(static_cast<unsigned char>(word[0])) || static_cast<unsigned char>(word[0]) == 0xC3;
    const std::string lower = ToLower(word);
    if (capital) {
      if (end > 0 && words.IsEnglishWord(lower) && word.size() > 1) break;
      if (words.IsSpeech(word) && IsOfficeAndName(s.substr(0, end), words)) break;
      end = i + word.size();
    } else {
      duties = duties || lower == "for";
      const bool link = lower == "of" || lower == "for" || (duties && lower == "and");
      if (end == 0 || word.size() > 3 || (!link && words.IsEnglishWord(lower))) break;
    }
    i = stop + 1;
    if (last) break;
  }
  run.text = s.substr(0, end);
  run.next = i < s.size() ? WordAt(s, i) : std::string_view();
  return run;
}

bool StartsWithAny(std::string_view s, const ReadWords::Forms& forms) {
  return std::any_of(forms.begin(), forms.end(), [&](std::string_view form) { return StartsWith(s, form); });
}

// 外交部发言人耿爽主持: the characters between an office and a word that
// follows names.
std::string ChineseSpeaker(std::string_view title, const ReadWords& words) {
  for (const std::string_view office : words.offices_zh()) {
    const size_t at = title.find(office);
    if (at == std::string_view::npos) continue;
    const std::string_view rest = title.substr(at + office.size());
    // 发言人就…答记者问: no name, and another office in the title is spoken of.
    if (StartsWithAny(rest, words.after_name_zh())) return {};
    int32_t i = 0;
    for (int count = 1; count <= 12 && i < static_cast<int32_t>(rest.size()); ++count) {
      const char32_t c = NextCodePoint(rest, i);
      if (!IsHan(c) && c != 0xB7) break;
      if (count < 2) continue;
      const std::string_view after = rest.substr(static_cast<size_t>(i));
      if (after.empty() && count <= 4) return std::string(rest);
      if (StartsWithAny(after, words.after_name_zh())) return std::string(rest.substr(0, static_cast<size_t>(i)));
      if (count >= 4 && rest.substr(0, static_cast<size_t>(i)).find("·") == std::string_view::npos) break;
    }
  }
  return {};
}

// "Antony J. Blinken, Secretary of State": a name, a comma, an office.
std::string BylineSpeaker(std::string_view line, const ReadWords& words) {
  const size_t comma = line.find(',');
  if (comma == std::string_view::npos) return {};
  const std::string_view name = line.substr(0, comma);
  const std::string_view run = CapitalisedRun(name, words).text;
  if (run.size() != name.size() || name.find(' ') == std::string_view::npos) return {};
  const std::string_view rest = line.substr(comma + 1);
  for (size_t i = 0; i < rest.size();) {
    size_t stop = rest.find(' ', i);
    if (stop == std::string_view::npos) stop = rest.size();
    if (stop > i && words.IsOfficePart(rest.substr(i, stop - i))) return std::string(name);
    i = stop + 1;
  }
  return {};
}

// A ministry or an embassy is an office, and nobody's name.
bool NamesBody(std::string_view run, const ReadWords& words) {
  for (const ReadWords::Body& body : words.bodies()) {
    if (EndsWith(run, body.form)) return true;
  }
  return false;
}

// A name after "Statement by" and the like; an office alone is none.
std::string LeadSpeaker(std::string_view line, const ReadWords& words) {
  for (const std::string_view lead : words.leads()) {
    const size_t at = line.find(lead);
    if (at == std::string_view::npos) continue;
    std::string_view rest = Strip(line.substr(at + lead.size()));
    if (StartsWith(rest, "the ")) rest.remove_prefix(4);
    const NameRun run = CapitalisedRun(rest, words);
    const bool titled = words.IsOfficePart(WordAt(run.text, 0)) || words.IsTitleWord(WordAt(run.text, 0));
    const bool named = titled ? IsOfficeAndName(run.text, words) : Contains(run.text, " ");
    // "Interview with the Harbour Times" is not one of the newspaper's.
    const bool newsroom = words.LabelOf(run.text) == LabelKind::kAgency;
    if (named && !newsroom && !NamesBody(run.text, words)) return std::string(run.text);
  }
  return {};
}

// Whoever answers most, by bytes.
std::string LabelSpeaker(const Document& doc, const ReadWords& words) {
  std::map<std::string_view, int64_t> said;
  for (const Block& block : doc.blocks) {
    if (!block.question && !block.speaker.empty()) said[block.speaker] += block.span.length();
  }
  std::string_view best;
  int64_t most = 0;
  for (const auto& [speaker, bytes] : said) {
    if (bytes > most && !words.IsBareAnswer(speaker)) {
      best = speaker;
      most = bytes;
    }
  }
  return std::string(best);
}

std::string FindSpeaker(const Document& doc, const ReadWords& words) {
  if (std::string name = ChineseSpeaker(doc.title, words); !name.empty()) return name;
  const NameRun run = CapitalisedRun(doc.title, words);
  const bool titled = IsOfficeAndName(run.text, words) && !NamesBody(run.text, words);
  if (titled && run.possessive && words.IsSpeech(run.next)) return std::string(run.text);
  if (std::string name = LeadSpeaker(doc.title, words); !name.empty()) return name;
  for (size_t b = 0; b < doc.blocks.size() && b < kHeadBlocks; ++b) {
    const Block& block = doc.blocks[b];
    if (block.kind != BlockKind::kHeading) continue;
    const std::string_view line = block.span.Of(doc.text);
    if (std::string name = LeadSpeaker(line, words); !name.empty()) return name;
    if (std::string name = BylineSpeaker(line, words); !name.empty()) return name;
    if (std::string name = ChineseSpeaker(line, words); !name.empty()) return name;
  }
  // "Minister Hale's Travel": he is spoken of.
  if (titled && !run.possessive) return std::string(run.text);
  return LabelSpeaker(doc, words);
}

// Non-overlapping occurrences of `form`, not inside words, up to kMostUses.
int CountUses(std::string_view s, std::string_view form) {
  int uses = 0;
  for (size_t at = s.find(form); at != std::string_view::npos && uses < kMostUses;
       at = s.find(form, at + form.size())) {
    const bool left =
        at > 0 && IsAlnum(static_cast<unsigned char>(s[at - 1])) && IsAlnum(static_cast<unsigned char>(form.front()));
    const size_t end = at + form.size();
    const bool right = end < s.size() && IsAlnum(static_cast<unsigned char>(s[end])) &&
                       IsAlnum(static_cast<unsigned char>(form.back()));
    uses += !left && !right;
  }
  return uses;
}

// 科学技术部新闻发言人就…: what stands before the office, after a date.
std::string BodyBeforeOffice(std::string_view title, const ReadWords& words) {
  if (const auto date = FindDate(title, words); date && date->span.begin == 0) {
    title.remove_prefix(static_cast<size_t>(date->span.end));
  }
  for (const std::string_view office : words.offices_zh()) {
    const std::string_view body = title.substr(0, title.find(office));
    const int32_t characters = CountCodePoints(body);
    if (body.size() == title.size() || characters < 2 || characters > kLongestBody) continue;
    bool han = true;
    for (int32_t i = 0; i < static_cast<int32_t>(body.size());) han = IsHan(NextCodePoint(body, i)) && han;
    return han ? std::string(body) : std::string();
  }
  return {};
}

// The body that the head names as the issuer: a line of its own, else what comes first in the title, else a credit.
std::string FindOffice(const Document& doc, const ReadWords& words) {
  std::string in_title, in_credit;
  size_t first = std::string::npos;
  for (const ReadWords::Body& body : words.bodies()) {
    if (!doc.party.empty() && body.party != doc.party) continue;
    for (size_t b = 0; b < doc.blocks.size() && b < kHeadBlocks; ++b) {
      const Block& block = doc.blocks[b];
      if (block.kind != BlockKind::kHeading && block.kind != BlockKind::kFurniture) continue;
      const std::string_view line = block.span.Of(doc.text).substr(0, kLongestOffice);
      if (block.kind == BlockKind::kFurniture) {
        if (in_credit.empty() && CountUses(line, body.form) > 0) in_credit = std::string(body.form);
      } else if (ToLower(line) == ToLower(body.form) ||
                 (StartsWith(line, body.form) && !IsAlnum(ByteAt(line, body.form.size())))) {
        return OneLine(line);
      }
    }
    const size_t at = CountUses(doc.title, body.form) > 0 ? doc.title.find(body.form) : std::string::npos;
    if (at < first) {
      first = at;
      in_title = std::string(body.form);
    }
  }
  if (!in_title.empty()) return in_title;
  // A body that is in no list, where it stands by itself above the title.
  for (const Block& block : doc.blocks) {
    if (block.kind == BlockKind::kTitle) break;
    const std::string_view line = block.span.Of(doc.text);
    if (block.kind == BlockKind::kHeading && words.IsBodyLine(line)) return OneLine(line);
  }
  if (std::string body = BodyBeforeOffice(doc.title, words); !body.empty()) return body;
  return in_credit;
}

struct Evidence {
  int weight = 0;
  std::string reason;
};

void GuessParty(const ReadWords& words, const Lexicon& lexicon, Document& doc) {
  std::string head;
  for (size_t b = 0; b < doc.blocks.size() && b < kHeadBlocks; ++b) {
    if (IsHeadKind(doc.blocks[b].kind)) head.append(doc.blocks[b].span.Of(doc.text)).append("\n");
  }
  // The statement's own words: no questions, no headings.
  std::string usage;
  for (const Block& block : doc.blocks) {
    if (usage.size() > kUsageBytes) break;
    if (block.question || IsHeadKind(block.kind) || block.kind == BlockKind::kFurniture) continue;
    usage.append(block.span.Of(doc.text).substr(0, kUsageBytes)).append("\n");
  }
  std::map<std::string_view, std::vector<Evidence>> found;
  size_t first_head = std::string::npos;
  std::string_view first_party;
  for (const ReadWords::PartyHint& hint : words.party_hints()) {
    if (hint.in_head) {
      const size_t at = head.find(hint.form);
      if (at == std::string::npos || CountUses(head, hint.form) == 0) continue;
      found[hint.party].push_back({kHeadWeight, absl::StrCat("the heading has \"", std::string(hint.form), "\"")});
      if (at < first_head) {
        first_head = at;
        first_party = hint.party;
      }
    } else if (const int uses = CountUses(usage, hint.form); uses > 0) {
      found[hint.party].push_back({uses, absl::StrCat("says \"", std::string(hint.form), "\"",
                                                      uses == 1 ? "" : absl::StrCat(" ", uses, " times"))});
    }
  }
  // Whoever stands first in the head speaks; the others are spoken of.
  if (!first_party.empty()) found[first_party].push_back({kHeadWeight, ""});
  if (!doc.speaker.empty()) {
    for (int32_t e = 0; e < lexicon.size(); ++e) {
      const LexiconEntry& entry = lexicon.entry(e);
      if ((entry.name_type != NameType::kPerson && entry.name_type != NameType::kTitle) || entry.party.empty())
        continue;
      for (const auto& forms : {entry.en, entry.zh}) {
        for (const std::string_view form : forms) {
          if (form.size() >= 4 && Contains(doc.speaker, form)) {
            found[entry.party].push_back(
                {kHeadWeight, absl::StrCat("\"", std::string(form), "\" is known to speak for it")});
            break;
          }
        }
      }
    }
  }
  auto weigh = [&](std::string_view party) {
    int sum = 0;
    for (const Evidence& e : found[party]) sum += e.weight;
    return sum;
  };
  const int us = weigh("US"), china = weigh("China");
  const std::string_view party = us > china ? "US" : "China";
  const int more = std::max(us, china), less = std::min(us, china);
  if (more < kLeastEvidence || more < 2 * less) return;
  doc.party = std::string(party);
  std::vector<Evidence>& evidence = found[party];
  std::stable_sort(evidence.begin(), evidence.end(),
                   [](const Evidence& a, const Evidence& b) { return a.weight > b.weight; });
  std::vector<std::string> reasons;
  for (const Evidence& e : evidence) {
    if (!e.reason.empty() && reasons.size() < 3) reasons.push_back(e.reason);
  }
  doc.party_reason = absl::StrJoin(reasons, "; ");
}

}  // namespace

void FillHeaderFacts(const ReadWords& words, const Lexicon& lexicon, Document& doc) {
  for (const Block& block : doc.blocks) {
    if (block.kind != BlockKind::kTitle) continue;
    doc.title = WithoutBoldMarks(OneLine(block.span.Of(doc.text)));
    break;
  }
  doc.date = FindHeaderDate(doc, words);
  doc.speaker = FindSpeaker(doc, words);
  GuessParty(words, lexicon, doc);
  doc.office = FindOffice(doc, words);
  if (doc.speaker.empty()) return;
  for (Block& block : doc.blocks) {
    if (!block.question && words.IsBareAnswer(block.speaker)) block.speaker = doc.speaker;
  }
}

}  // namespace narrdiff
