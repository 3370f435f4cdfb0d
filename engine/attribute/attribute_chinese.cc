// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/attribute/attribute_chinese.h"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/base/utf8.h"

namespace narrdiff {
namespace {

constexpr int32_t kMaxSpeakerBytes = 40 * 3;
constexpr int kMaxSentenceParts = 300;  // longer ones are cut, so that time stays linear

bool StartsWith(std::string_view s, std::string_view start) { return s.substr(0, start.size()) == start; }
bool EndsWith(std::string_view s, std::string_view end) {
  return s.size() >= end.size() && s.substr(s.size() - end.size()) == end;
}

bool IsStop(char32_t c) { return c == U'。' || c == U'！' || c == U'？' || c == U'!' || c == U'?'; }

bool IsDigit(char32_t c) { return (c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19); }

}  // namespace

// `span` without the white space at its ends.
Span ChineseAttributor::Trim(Span span) const {
  const int32_t begin = SkipSpace(text_, span.begin, span.end);
  return {begin, TrimEnd(text_, begin, span.end)};
}

std::vector<ChineseAttributor::Part> ChineseAttributor::ReadParts(Span range) const {
  std::vector<Part> parts;
  const std::string_view text = text_.substr(0, static_cast<size_t>(range.end));
  // Where the next closing mark of each kind is, so that an opening one without
  // it ends with the paragraph at no cost.
  auto push_text = [&](int32_t begin, int32_t end) {
    const Span span = Trim({begin, end});
    if (!span.empty()) parts.push_back({PartKind::kText, span, {}, false});
  };
  int32_t text_begin = range.begin;
  for (int32_t i = range.begin; i < range.end;) {
    const int32_t at = i;
    const char32_t c = NextCodePoint(text, i);
    char32_t close = 0;
    switch (c) {
      case U'“':
        close = U'”';
        break;
      case U'「':
        close = U'」';
        break;
      case U'『':
        close = U'』';
        break;
      case U'"':
        close = U'"';
        break;
      case U'＂':
        close = U'＂';
        break;
      default:
        break;
    }
    if (close != 0) {
      push_text(text_begin, at);
      Part part{PartKind::kQuote, {at, range.end}, {i, range.end}, false};
      int32_t k = i;
      char32_t last = 0;
      while (k < range.end) {
        const int32_t mark = k;
        const char32_t d = NextCodePoint(text, k);
        // A curly mark may be closed by a straight one, or an opening one typed
        // for a closing one.
        if (d == close || (c == U'“' && d == U'"') || (c == U'“' && d == U'“' && (last == U'，' || IsStop(last)))) {
          part.span.end = k;
          part.inner.end = mark;
          break;
        }
        if (!IsSpace(d)) last = d;
      }
      part.sentence = IsStop(last) || last == U'…';
      i = k;
      text_begin = i;
      parts.push_back(part);
      continue;
    }
    PartKind kind = PartKind::kText;
    if (c == U'，') kind = PartKind::kComma;
    if (c == U'：' || c == U':') kind = PartKind::kColon;
    if (c == U'；') kind = PartKind::kSemicolon;
    if (IsStop(c)) kind = PartKind::kStop;
    if (c == U',' && (at == range.begin || static_cast<unsigned char>(text[static_cast<size_t>(at - 1)]) >= 0x80))
      kind = PartKind::kComma;
    if (kind == PartKind::kColon && c == U':' && at > range.begin &&
        IsDigit(static_cast<unsigned char>(text[static_cast<size_t>(at - 1)])))
      kind = PartKind::kText;
    if (kind == PartKind::kText) continue;
    push_text(text_begin, at);
    parts.push_back({kind, {at, i}, {}, false});
    text_begin = i;
  }
  push_text(text_begin, range.end);
  return parts;
}

bool ChineseAttributor::Plausible(Span speaker, bool strict) {
  if (speaker.length() > kMaxSpeakerBytes || speaker.length() < 3) return false;
  const std::string_view text = text_.substr(0, static_cast<size_t>(speaker.end));
  int han = 0;
  bool dot = false, speaks = false, ends = false;
  uint64_t lead = 0;
  words_.ChineseWord(text, speaker.begin, lead);
  for (int32_t i = speaker.begin; i < speaker.end;) {
    uint64_t classes = 0;
    const int32_t n = words_.ChineseWord(text, i, classes);
    int32_t next = i;
    const char32_t c = NextCodePoint(text, next);
    if (c == 0xB7) dot = true;  // 戴维·科尔曼
    if (n == 0) {
      han += IsHan(c);
      ends = false;
      i = next;
      continue;
    }
    if ((classes & kZhFirst) != 0 && (classes & kZhBody) == 0) return false;
    if ((classes & kZhNever) != 0) return false;
    ends = (classes & (kZhRole | kZhBody | kZhPronoun | kZhRelay)) != 0;
    speaks |= ends;
    han += CountCodePoints(text.substr(static_cast<size_t>(i), static_cast<size_t>(n)));
    i += n;
  }
  if (strict ? ends || (speaks && dot) : speaks || dot) return true;
  if (book_.Knows(speaker)) return true;
  const std::string party = book_.PartyIn(speaker, true);
  if (!party.empty()) return !strict || han <= 6;
  return han >= 2 && (strict ? han <= 3 && (lead & kZhSurname) != 0 : han <= 4);  // a name
}

// The speaker in [begin, cue) of a clause: without links before it, and times,
// places and adverbs after it.
bool ChineseAttributor::FindSpeaker(const Part& part, int32_t begin, Cue& cue) {
  const int32_t end = cue.span.begin;
  const std::string_view text = text_.substr(0, static_cast<size_t>(end));
  int32_t i = begin;
  // Links and times before the speaker.
  cue.leads = true;
  while (i < end) {
    uint64_t classes = 0;
    const int32_t n = words_.ChineseWord(text, i, classes);
    int32_t next = i;
    const char32_t c = NextCodePoint(text, next);
    if (n > 0 && (classes & (kZhLink | kZhAdverb)) != 0 && (classes & kZhPronoun) == 0) {
      // 在 ... 上/中/时 before the cue without a speaker: nothing left.
      i += n;
      continue;
    }
    if (IsDigit(c) || IsSpace(c) || c == U'、') {
      i = next;
      continue;
    }
    break;
  }
  const int32_t start = i;
  int32_t stop = end;
  while (i < end) {
    uint64_t classes = 0;
    const int32_t n = words_.ChineseWord(text, i, classes);
    int32_t next = i;
    const char32_t c = NextCodePoint(text, next);
    if (i > start + 3 || (i == start + 3 && n > 0)) {
      if (n > 0 && (classes & kZhAdverb) != 0) {
        stop = i;
        break;
      }
      if (IsDigit(c) && i > start) {
        // 20日, but not 360公司
        int32_t k = next;
        while (k < end && IsDigit(static_cast<unsigned char>(text[static_cast<size_t>(k)]))) ++k;
        int32_t unit = k;
        const char32_t after = k < end ? NextCodePoint(text, unit) : 0;
        if (after == U'日' || after == U'月' || after == U'年' || after == U'号') {
          stop = i;
          break;
        }
      }
      if (n > 0 && (classes & kZhLink) != 0 && (classes & kZhPronoun) == 0) {
        stop = i;
        break;
      }
    }
    i = n > 0 ? i + n : next;
  }
  cue.speaker = {start, stop};
  cue.speaker = Trim(cue.speaker);
  if (cue.speaker.empty()) {
    cue.inherits = true;
    return true;
  }
  const bool inside = cue.span.end < part.span.end && (cue.classes & kZhWeak) != 0;
  return Plausible(cue.speaker, inside);
}

void ChineseAttributor::FindCues(const std::vector<Part>& parts, int first, int last, std::vector<Cue>& cues) {
  for (int p = first; p < last; ++p) {
    const Part& part = parts[static_cast<size_t>(p)];
    if (part.kind != PartKind::kText) continue;
    const std::string_view text = text_.substr(0, static_cast<size_t>(part.span.end));
    int32_t begin = part.span.begin;  // where the next speaker may start
    bool after_quote = p > first && parts[static_cast<size_t>(p - 1)].kind == PartKind::kQuote;
    // A clause that goes on after a quotation inside it has its subject before
    // the quotation.
    uint64_t lead = 0;
    const int32_t lead_length = words_.ChineseWord(text, begin, lead);
    const bool according = lead_length > 0 && (lead & kZhAccording) != 0;
    if (StartsWith(text.substr(static_cast<size_t>(begin)), "在") && p + 1 < last &&
        parts[static_cast<size_t>(p + 1)].kind == PartKind::kComma) {
      // 在北京看来，
      for (int32_t i = begin + 3; i < part.span.end;) {
        uint64_t classes = 0;
        const int32_t n = words_.ChineseWord(text, i, classes);
        if (n > 0 && (classes & kZhView) != 0 && i + n == part.span.end && i > begin + 3) {
          Cue cue;
          cue.part = p;
          cue.span = {i, i + n};
          cue.speaker = {begin + 3, i};
          cue.according = true;
          if (Plausible(cue.speaker, false)) cues.push_back(cue);
          break;
        }
        NextCodePoint(text, i);
      }
      if (!cues.empty() && cues.back().part == p) continue;
    }
    for (int32_t i = begin; i < part.span.end;) {
      uint64_t classes = 0;
      const int32_t n = words_.ChineseWord(text, i, classes);
      if (n == 0) {
        NextCodePoint(text, i);
        continue;
      }
      const int32_t at = i;
      i += n;
      if ((classes & kZhBlock) != 0) continue;
      Cue cue;
      cue.part = p;
      cue.classes = classes;
      cue.span = {at, i};
      if (according && begin == part.span.begin && (classes & kZhReport) != 0) {
        // 据X报道，
        const int32_t from = part.span.begin + lead_length;
        if (from >= at) break;
        uint64_t me = 0;
        if (words_.ChineseWord(text, from, me) > 0 && (me & kZhFirst) != 0) break;  // 据我了解
        cue.speaker = {from, at};
        int32_t rest = i;
        uint64_t merged = 0;
        if (const int32_t m = words_.ChineseWord(text, rest, merged); m > 0 && (merged & kZhMerge) != 0)
          cue.span.end = rest += m;
        if (rest < part.span.end) {
          i = rest;
          continue;
        }
        cue.according = true;
        cue.leads = true;
        if ((classes & kZhBody) != 0 &&
            (EndsWith(text_.substr(static_cast<size_t>(from), static_cast<size_t>(at - from)), "的") ||
             cue.span.end == i)) {
          // 根据该公司发布的报告: the report speaks.
          cue.speaker = {from, i};
          cue.span = {part.span.begin, from};
          cues.push_back(cue);
          break;
        }
        // 据X 20日报道
        int32_t k = cue.speaker.begin;
        for (; k < cue.speaker.end;) {
          uint64_t w = 0;
          const int32_t m = words_.ChineseWord(text.substr(0, static_cast<size_t>(at)), k, w);
          if (k > cue.speaker.begin + 3 &&
              ((m > 0 && (w & kZhAdverb) != 0) || IsDigit(static_cast<unsigned char>(text[static_cast<size_t>(k)]))))
            break;
          if (m > 0) {
            k += m;
          } else {
            NextCodePoint(text, k);
          }
        }
        cue.speaker.end = k;
        cues.push_back(cue);
        break;
      }
      if ((classes & kZhCue) == 0) continue;
      if (according && begin == part.span.begin) continue;
      // 回应 + 称
      uint64_t merged = 0;
      if (const int32_t m = words_.ChineseWord(text, i, merged); m > 0 && (merged & kZhMerge) != 0) {
        i += m;
        cue.span.end = i;
        cue.classes &= ~uint64_t{kZhWeak};
      }
      const std::string_view before = text_.substr(static_cast<size_t>(begin), static_cast<size_t>(at - begin));
      const std::string_view rest = text.substr(static_cast<size_t>(i));
      if (EndsWith(before, "的") && StartsWith(rest, "是")) {
        // 美国商务部的估计是不到9亿美元
        cue.noun = true;
        cue.speaker = {begin, at - 3};
        cue.content_begin = i + 3;
        cue.leads = true;
        if (cue.content_begin < part.span.end && Plausible(cue.speaker, false)) {
          cues.push_back(cue);
          begin = i;
        }
        continue;
      }
      if (EndsWith(before, "的") || EndsWith(before, "所") || EndsWith(before, "进行") || EndsWith(before, "无端") ||
          EndsWith(before, "予以") || EndsWith(before, "作出") || EndsWith(before, "提出") || EndsWith(before, "被") ||
          EndsWith(before, "受到") || EndsWith(before, "遭到") || EndsWith(before, "可以") || EndsWith(before, "不") ||
          StartsWith(rest, "的") || StartsWith(rest, "和") || StartsWith(rest, "与") || StartsWith(rest, "过") ||
          StartsWith(rest, "、")) {
        continue;
      }
      // 表示欢迎, 否认了这一说法: an act without content.
      if (!rest.empty()) {
        uint64_t act = 0;
        const int32_t from = StartsWith(rest, "了") ? i + 3 : i;
        const bool done = words_.ChineseWord(text, from, act) > 0 && (act & (kZhAttitude | kZhBack)) != 0;
        if (done || (from > i && (classes & kZhWeak) != 0)) {
          // Its speaker may go on: 否认了这一说法，并称...
          cue.silent = true;
          if (FindSpeaker(part, begin, cue) && !cue.inherits) cues.push_back(cue);
          continue;
        }
      }
      if ((classes & kZhEnd) != 0 && cue.span.end == at + n && i < part.span.end) continue;
      const bool next_mark = i >= part.span.end;
      const PartKind next_kind = p + 1 < last ? parts[static_cast<size_t>(p + 1)].kind : PartKind::kStop;
      if (!FindSpeaker(part, begin, cue)) continue;
      if (after_quote && begin == part.span.begin && cue.inherits && !next_mark) {
        after_quote = false;
      }
      if (next_mark) {
        if ((cue.classes & kZhWeak) != 0 && next_kind == PartKind::kStop &&
            !(p > first && parts[static_cast<size_t>(p - 1)].kind == PartKind::kQuote))
          continue;
      } else {
        cue.content_begin = StartsWith(rest, "了") ? i + 3 : i;
        if (cue.content_begin >= part.span.end) continue;
        // A cue inside a clause wants a speaker, unless it leads.
        if (cue.inherits && (cue.classes & kZhWeak) != 0 && p > first && begin != part.span.begin) continue;
        if ((cue.classes & kZhWeak) != 0 && cue.inherits) continue;
        if (part.span.end - i < 6 && next_kind == PartKind::kStop && (cue.classes & kZhWeak) != 0) continue;
      }
      cues.push_back(cue);
      begin = i;
    }
  }
}

void ChineseAttributor::Add(Attribution::Kind kind, Span content, const Cue& cue, const Speaker& who,
                            Span speaker_span) {
  content = Trim(content);
  if (content.empty()) return;
  Attribution a;
  a.kind = kind;
  a.content.push_back(content);
  a.cue = cue.span;
  a.speaker_span = speaker_span;
  a.speaker = who.name;
  a.party = who.party;
  out_.push_back(std::move(a));
}

void ChineseAttributor::ReadSentence(const std::vector<Part>& parts, int first, int last) {
  std::vector<Cue> cues;
  FindCues(parts, first, last, cues);
  auto kind_at = [&](int p) { return p >= first && p < last ? parts[static_cast<size_t>(p)].kind : PartKind::kStop; };
  bool attributed = false;
  int32_t outer_end = -1;  // end of the outermost content so far
  for (size_t k = 0; k < cues.size(); ++k) {
    const Cue& cue = cues[k];
    const size_t before = out_.size();
    if (cue.silent) {
      if (cue.span.begin < outer_end) continue;
      subject_ = book_.ResolveChinese(cue.speaker);
      subject_span_ = cue.speaker;
      have_subject_ = true;
      continue;
    }
    // Who.
    Speaker who;
    Span speaker_span;
    const bool nested = cue.span.begin < outer_end;
    if (cue.inherits) {
      if (!have_subject_) continue;
      who = subject_;
      speaker_span = subject_span_;
    } else {
      who = book_.ResolveChinese(cue.speaker);
      speaker_span = cue.speaker;
    }
    // Where the content ends: at the sentence's end, or before the next clause
    // that has a cue of the same level.
    int content_part = cue.part + 1;
    int32_t content_begin = cue.content_begin;
    if (content_begin < 0) {
      while (kind_at(content_part) == PartKind::kComma || kind_at(content_part) == PartKind::kColon) ++content_part;
      if (content_part < last && kind_at(content_part) != PartKind::kStop &&
          kind_at(content_part) != PartKind::kSemicolon) {
        content_begin = parts[static_cast<size_t>(content_part)].span.begin;
      }
    } else {
      content_part = cue.part;
    }
    // A quotation right before.
    const bool quote_before = kind_at(cue.part - 1) == PartKind::kQuote && cue.content_begin < 0 &&
                              (cue.part - 2 < first || kind_at(cue.part - 2) != PartKind::kText ||
                               parts[static_cast<size_t>(cue.part - 1)].sentence);
    if (quote_before) {
      Add(Attribution::Kind::kDirect, parts[static_cast<size_t>(cue.part - 1)].span, cue, who, speaker_span);
    }
    if (content_begin >= 0) {
      int32_t content_end = content_begin;
      int quotes = 0, texts = 0;
      int p = content_part;
      for (; p < last; ++p) {
        const Part& part = parts[static_cast<size_t>(p)];
        if (part.kind == PartKind::kStop) break;
        if (part.kind == PartKind::kText && p > content_part) {
          // The next cue of the same level.
          bool sibling = false;
          for (size_t q = k + 1; q < cues.size(); ++q) {
            if (cues[q].part != p) continue;
            const bool after_mark = kind_at(p - 1) == PartKind::kComma || kind_at(p - 1) == PartKind::kSemicolon ||
                                    (kind_at(p - 1) == PartKind::kQuote && parts[static_cast<size_t>(p - 1)].sentence);
            sibling = after_mark && cues[q].leads && (p > content_part + 1 || cues[q].inherits);
            break;
          }
          if (sibling) break;
        }
        if (part.kind == PartKind::kQuote) {
          ++quotes;
          content_end = part.span.end;
          if (part.sentence && texts == 0) {
            ++p;
            break;
          }
        }
        if (part.kind == PartKind::kText) {
          ++texts;
          content_end = part.span.end;
        }
      }
      if (content_end > content_begin) {
        const Attribution::Kind kind = quotes == 0                           ? Attribution::Kind::kIndirect
                                       : texts > 0 || cue.content_begin >= 0 ? Attribution::Kind::kMixed
                                                                             : Attribution::Kind::kDirect;
        Add(kind, {content_begin, content_end}, cue, who, speaker_span);
      }
    } else if (!quote_before && cue.content_begin < 0 && k == 0 && cue.part - 2 >= first &&
               kind_at(cue.part - 1) == PartKind::kComma && (cue.classes & kZhWeak) == 0 && !cue.inherits) {
      // CONTENT，X说。
      Add(Attribution::Kind::kIndirect,
          {parts[static_cast<size_t>(first)].span.begin, parts[static_cast<size_t>(cue.part - 2)].span.end}, cue, who,
          speaker_span);
    }
    if (out_.size() == before) continue;
    attributed = true;
    if (!nested) {
      subject_ = who;
      subject_span_ = speaker_span;
      have_subject_ = true;
      last_ = static_cast<int>(out_.size()) - 1;
      last_age_ = 0;
      for (size_t j = before; j < out_.size(); ++j) {
        outer_end = std::max(outer_end, out_[j].content.front().end);
      }
    }
  }
  if (attributed) return;
  // A quotation of its own goes on with the words of the one who spoke last.
  const Part& head = parts[static_cast<size_t>(first)];
  if (head.kind == PartKind::kQuote && head.sentence && last_ >= 0 && last_age_ <= 1) {
    for (int p = first + 1; p < last; ++p) {
      if (parts[static_cast<size_t>(p)].kind == PartKind::kText) return;
    }
    Attribution a = out_[static_cast<size_t>(last_)];
    a.kind = Attribution::Kind::kDirect;
    a.content = {head.span};
    out_.push_back(std::move(a));
    last_ = static_cast<int>(out_.size()) - 1;
    last_age_ = 0;
  }
}

void ChineseAttributor::ReadParagraph(Span paragraph) {
  if (last_ >= 0 && ++last_age_ > 2) last_ = -1;
  have_subject_ = false;
  const std::vector<Part> parts = ReadParts(paragraph);
  const int n = static_cast<int>(parts.size());
  int first = 0;
  // 环洋社华盛顿8月21日电 美国商务部...: a dateline ends with 电 and a space,
  // or 讯.
  std::vector<Part> all = parts;
  if (n > 0 && all[0].kind == PartKind::kText) {
    const std::string_view head = all[0].span.Of(text_);
    for (const std::string_view mark : {"电 ", "讯 ", "电　", "讯　", "电）", "讯）"}) {
      const size_t at = head.find(mark);
      if (at != std::string_view::npos && at < 90) {
        all[0].span.begin += static_cast<int32_t>(at + mark.size());
        break;
      }
    }
  }
  for (int i = 0; i < n; ++i) {
    const Part& part = all[static_cast<size_t>(i)];
    bool cut = part.kind == PartKind::kStop || i - first >= kMaxSentenceParts;
    if (part.kind == PartKind::kQuote && part.sentence && i + 1 < n &&
        all[static_cast<size_t>(i + 1)].kind == PartKind::kText) {
      // “...。”她写道: belongs together when the quotation starts the sentence
      // and a cue ends the clause after it.
      bool joins = false;
      if (i == first) {
        std::vector<Cue> cues;
        FindCues(all, i, std::min(i + 3, n), cues);
        joins = !cues.empty() && cues.front().part == i + 1 && cues.front().content_begin < 0;
      }
      cut = !joins;
    } else if (part.kind == PartKind::kQuote && part.sentence && i + 1 < n &&
               all[static_cast<size_t>(i + 1)].kind == PartKind::kQuote) {
      cut = true;
    }
    if (!cut && i + 1 < n) continue;
    ReadSentence(all, first, i + 1);
    first = i + 1;
  }
}

}  // namespace narrdiff
