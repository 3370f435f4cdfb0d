// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/find_blocks.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "engine/base/utf8.h"
#include "engine/read/ascii_text.h"
#include "engine/read/find_date.h"
#include "engine/read/find_furniture.h"
#include "engine/read/find_labels.h"
#include "engine/read/find_language_cuts.h"

namespace narrdiff {
namespace {

constexpr int32_t kLongestTitle = 220;       // columns
constexpr int32_t kLongestDatedTitle = 400;  // with a date line after it
constexpr int32_t kLongestHeading = 110;
constexpr int32_t kLongestDateLine = 90;
constexpr size_t kLongestTitleLines = 3;
constexpr int32_t kShortestAnswer = 60;
constexpr int kFewWords = 4;
constexpr size_t kFewestNames = 4;
constexpr size_t kNone = static_cast<size_t>(-1);

// Lines that belong together, before it is known what they are.
struct Para {
  size_t first = 0, last = 0;  // lines
  Span body;                   // without the label
  size_t label = kNone;        // index into the labels
  LineEnd end = LineEnd::kWord;
  int32_t columns = 0;
  bool blank_before = false, blank_after = false;
  bool bullet = false;
  bool whole_last = true;  // reaches the end of its last line
  bool sentences = false;  // a sentence ends inside
  bool question = false;
  BlockKind kind = BlockKind::kParagraph;
  bool stage = false;    // "(Laughter.)"
  bool answers = false;  // the question before it, without a label
};

// Whether a sentence seems to end before the last character. A rough test for
// short lines only.
bool HasInnerSentence(std::string_view s) {
  size_t word = 0;
  for (size_t i = 0; i + 2 < s.size(); ++i) {
    if (StartsWith(s.substr(i), "。") && i + 3 < s.size()) return true;
    if (IsLetter(s[i])) {
      ++word;
      continue;
    }
    const bool end = s[i] == '!' || s[i] == '?' || (s[i] == '.' && word > 4);
    if (end && s[i + 1] == ' ' && i + 3 < s.size()) {
      size_t next = i + 1;
      while (next < s.size() && s[next] == ' ') ++next;
      if (next < s.size() && (IsUpper(s[next]) || static_cast<unsigned char>(s[next]) >= 0x80)) return true;
    }
    word = 0;
  }
  return false;
}

int CountWords(std::string_view s) {
  int words = 0;
  bool inside = false;
  for (int32_t i = 0; i < static_cast<int32_t>(s.size());) {
    const char32_t c = NextCodePoint(s, i);
    if (IsHan(c)) {
      ++words;
      inside = false;
    } else if (c < 0x80 && !IsAlnum(static_cast<unsigned char>(c)) && c != '.' && c != '\'') {
      inside = false;
    } else if (!inside && (c < 0x80 || c < 0x2000)) {
      ++words;
      inside = true;
    }
  }
  return words;
}

// A date and little else: a place, a weekday, an hour.
bool IsDateLine(std::string_view s, const ReadWords& words, bool after_title) {
  if (Columns(s) > kLongestDateLine || EndOf(s) == LineEnd::kOpen || HasInnerSentence(s)) return false;
  const std::optional<FoundDate> date = FindDate(s, words);
  if (!date) return false;
  const std::string_view before = s.substr(0, static_cast<size_t>(date->span.begin));
  const std::string_view after = s.substr(static_cast<size_t>(date->span.end));
  int rest = CountWords(before) + CountWords(after);
  // The hour of day does not count.
  for (const char c : after) rest -= c == ':';
  const bool terminated = EndsWith(s, "。") || (EndsWith(s, ".") && !after.empty() && rest > 1);
  if (terminated) return false;
  const bool dash = Contains(before, "–") || Contains(before, "—") || Contains(before, " - ");
  int32_t i = 0;
  const bool han = s.size() > 0 && IsHan(NextCodePoint(s, i));
  if (!after_title && (dash || rest > (han ? 4 : 3))) return false;
  return rest <= (han ? 14 : 7);
}

bool IsStageDirection(std::string_view s) {
  const bool narrow = StartsWith(s, "(") && EndsWith(s, ")");
  const bool wide = StartsWith(s, "（") && EndsWith(s, "）");
  return (narrow || wide) && Columns(s) <= kLongestHeading && s.find('(', 1) == std::string_view::npos;
}

bool StartsLikeHeading(std::string_view s) {
  int32_t i = 0;
  while (i + 1 < static_cast<int32_t>(s.size()) && s[static_cast<size_t>(i)] == '*') ++i;  // bold type
  const char32_t c = NextCodePoint(s, i);
  return c >= 0x80 || IsUpper(static_cast<char>(c)) || IsDigit(static_cast<unsigned char>(c)) || c == '(' || c == '"';
}

// Most words of more than three letters start with a capital.
bool IsTitleCase(std::string_view s) {
  int capital = 0, words = 0;
  for (size_t i = 0; i < s.size();) {
    size_t end = i;
    while (end < s.size() && s[end] != ' ') ++end;
    if (end - i > 3) {
      ++words;
      capital += IsUpper(s[i]);
    }
    i = end + 1;
  }
  return words > 0 && capital * 10 >= words * 6;
}

class Classifier {
 public:
  Classifier(std::string_view text, const Pages& pages, const ReadWords& words)
      : text_(text), pages_(pages), lines_(pages.body), words_(words), labels_(FindLabels(text, lines_, words)) {}

  Layout Run() {
    FormParas();
    MarkFurniture();
    const size_t title = MarkTitle();
    MarkHead(title);
    MarkHeadings(title);
    MarkTail();
    MarkSignatures();
    return Emit();
  }

 private:
  std::string_view TextOf(const Para& para) const { return para.body.Of(text_); }
  bool IsShort(const Para& para) const { return para.columns <= kLongestHeading && !para.sentences; }
  bool IsOpenKind(const Para& para) const { return para.kind == BlockKind::kParagraph; }

  // A line, or a part of one that a label or another language begins.
  struct Piece {
    size_t line = 0;
    Span span;
    size_t label = kNone;            // index into the labels
    bool first = true, last = true;  // on its line
  };

  // The pieces of line i; `label` is the first label that is not on a line before, and moves past those of this one.
  void SplitLine(size_t i, size_t& label, std::vector<Piece>& pieces) {
    const Span line = lines_[i].span;
    pieces.clear();
    cuts_.clear();
    FindLanguageCuts(text_, lines_[i], cuts_);
    size_t cut = 0;
    Piece piece{i, line};
    const auto close = [&](int32_t end) {
      piece.span.end = TrimEnd(text_, piece.span.begin, end);
      piece.last = end == line.end;
      if (!piece.span.empty()) pieces.push_back(piece);
      piece = {i, {end, line.end}, kNone, false, true};
    };
    while (label < labels_.size() && labels_[label].line == i) {
      const Span at = labels_[label].span;
      for (; cut < cuts_.size() && cuts_[cut] < at.begin; ++cut) close(cuts_[cut]);
      if (at.begin > piece.span.begin) close(at.begin);
      piece.label = label++;
      while (cut < cuts_.size() && cuts_[cut] <= SkipSpace(text_, at.end, line.end)) ++cut;
    }
    for (; cut < cuts_.size(); ++cut) close(cuts_[cut]);
    close(line.end);
  }

  void FormParas() {
    Wrapping wrapping = DetectWrapping(lines_);
    for (size_t i = 1; i < pages_.goes_on.size(); ++i) {
      if (pages_.goes_on[i]) wrapping.joins[i - 1] = true;
    }
    wrapped_ = wrapping.wrapped;
    size_t label = 0;
    size_t pending = kNone;  // a label alone on its line
    std::vector<Piece> pieces;
    for (size_t i = 0; i < lines_.size(); ++i) {
      SplitLine(i, label, pieces);
      for (const Piece& piece : pieces) {
        const bool joined = i > 0 && piece.first && wrapping.JoinsNext(i - 1) && lines_[i].role == lines_[i - 1].role &&
                            piece.label == kNone && pending == kNone;
        if (joined && !paras_.empty() && !wrapped_) joined_ = true;
        if (!joined && !StartPara(piece, pending)) continue;
        Para& para = paras_.back();
        para.last = i;
        para.whole_last = piece.last;
        para.body.end = piece.span.end;
        para.columns += piece.first && piece.last ? lines_[i].columns : Columns(piece.span.Of(text_));
      }
    }
    for (size_t p = 0; p < paras_.size(); ++p) {
      Para& para = paras_[p];
      para.end = para.whole_last ? lines_[para.last].end : EndOf(TextOf(para));
      para.blank_after = para.whole_last && (p + 1 == paras_.size() || lines_[para.last + 1].blank_before);
      para.sentences = para.columns <= kLongestTitle && HasInnerSentence(TextOf(para));
      para.kind = para.label != kNone ? BlockKind::kTurn : KindByMarkup(para);
    }
  }

  // kParagraph where the words must tell.
  BlockKind KindByMarkup(const Para& para) const {
    switch (lines_[para.first].role) {
      case LineRole::kTitle:
        return BlockKind::kTitle;
      case LineRole::kHeading:
        return BlockKind::kHeading;
      case LineRole::kFurniture:
        return BlockKind::kFurniture;
      case LineRole::kDateLine:
        return IsDateLine(TextOf(para), words_, true) ? BlockKind::kDateLine : BlockKind::kParagraph;
      case LineRole::kUnknown:
      case LineRole::kBody:
        break;
    }
    return BlockKind::kParagraph;
  }

  // Mark-up says that line i is the title's next one.
  bool IsTitleToo(size_t i) const { return lines_[i].role == LineRole::kTitle && !lines_[i].blank_before; }

  // Begins a paragraph with `piece`. False when there is nothing to say in it yet: its label waits in `pending`.
  bool StartPara(const Piece& piece, size_t& pending) {
    Para para;
    para.first = para.last = piece.line;
    para.body = piece.span;
    para.blank_before = piece.first && lines_[piece.line].blank_before;
    para.bullet = piece.first && lines_[piece.line].bullet;
    para.label = pending;
    pending = kNone;
    if (piece.label != kNone) {
      if (para.label != kNone) EmitBareLabel(para.label);
      para.label = piece.label;
      para.body.begin = SkipSpace(text_, labels_[piece.label].span.end, piece.span.end);
      if (para.body.empty() && !(piece.last && piece.line + 1 == lines_.size())) {
        pending = para.label;
        return false;
      }
    }
    paras_.push_back(para);
    return true;
  }

  // A label after which another label follows at once: a turn without words.
  void EmitBareLabel(size_t label) {
    Para para;
    para.label = label;
    para.body = {labels_[label].span.end, labels_[label].span.end};
    para.first = para.last = labels_[label].line;
    paras_.push_back(para);
  }

  void MarkFurniture() {
    for (Para& para : paras_) {
      if (IsOpenKind(para) && para.first == para.last && IsFurnitureLine(TextOf(para), words_))
        para.kind = BlockKind::kFurniture;
    }
    // Where most lines do not end like sentences, short lines are no headings.
    // The head, which has none that do, does not count.
    size_t terminated = 0, body = 0;
    for (size_t p = 0; p < paras_.size(); ++p) {
      const Para& para = paras_[p];
      if (lines_[para.first].role == LineRole::kFurniture) continue;
      if (para.end == LineEnd::kTerminator) last_terminated_ = p;
      if (para.kind == BlockKind::kFurniture) continue;
      if (terminated == 0 && para.end != LineEnd::kTerminator) continue;
      ++body;
      terminated += para.end != LineEnd::kWord;
    }
    mostly_terminated_ = terminated * 2 > body;
    has_labels_ = !labels_.empty();
  }

  // Index of the title, or kNone.
  size_t MarkTitle() {
    for (size_t p = 0; p < paras_.size(); ++p) {
      if (paras_[p].kind == BlockKind::kTitle) return p;
    }
    for (size_t p = 0; p < paras_.size(); ++p) {
      Para& para = paras_[p];
      if (para.kind == BlockKind::kFurniture) continue;
      if (para.label != kNone || last_terminated_ == kNone || p >= last_terminated_) return kNone;
      if (IsDateLine(TextOf(para), words_, false)) {
        para.kind = BlockKind::kDateLine;
        continue;
      }
      const bool dated = p + 1 < paras_.size() && IsDateLine(TextOf(paras_[p + 1]), words_, true);
      const bool fits = para.columns <= (dated ? kLongestDatedTitle : kLongestTitle) &&
                        para.last - para.first < kLongestTitleLines && !para.sentences;
      if (!fits || para.end != LineEnd::kWord || !StartsLikeHeading(TextOf(para)) || IsStageDirection(TextOf(para)))
        return kNone;
      // Without a blank line after it, it must be followed by the head of a
      // page or by a longer paragraph.
      if (!para.blank_after) {
        const Para& next = paras_[p + 1];
        if (next.end == LineEnd::kWord && !IsDateLine(TextOf(next), words_, true) && !mostly_terminated_) return kNone;
      }
      // "Office of the Spokesperson", "MEDIA NOTE" above the title.
      if ((words_.IsBodyLine(TextOf(para)) || words_.IsTypeLine(TextOf(para))) && TitleFollows(p)) {
        para.kind = BlockKind::kHeading;
        continue;
      }
      para.kind = BlockKind::kTitle;
      return p;
    }
    return kNone;
  }

  // After paragraph p comes one that may be the title: no byline, no place, and not the text.
  bool TitleFollows(size_t p) const {
    for (size_t q = p + 1; q < paras_.size() && q <= p + 4; ++q) {
      const Para& para = paras_[q];
      const std::string_view s = TextOf(para);
      if (para.kind == BlockKind::kFurniture || IsDateLine(s, words_, true) || words_.IsBodyLine(s) ||
          words_.IsTypeLine(s))
        continue;
      return para.label == kNone && para.end == LineEnd::kWord && para.columns <= kLongestTitle && !para.sentences &&
             q < last_terminated_ && StartsLikeHeading(s) && !IsStageDirection(s) && CountWords(s) >= kFewWords &&
             !Contains(s, ", ");
    }
    return false;
  }

  // Date line, byline, place, office between the title and the text.
  void MarkHead(size_t title) {
    const size_t begin = title == kNone ? 0 : title + 1;
    bool dated = false;
    for (size_t p = begin; p < paras_.size() && p < begin + 16; ++p) {
      Para& para = paras_[p];
      if (para.kind == BlockKind::kFurniture || para.kind == BlockKind::kDateLine) continue;
      if (lines_[para.first].role == LineRole::kHeading) continue;
      if (para.label != kNone) break;
      if (IsDateLine(TextOf(para), words_, true)) {
        para.kind = BlockKind::kDateLine;
        dated = true;
        continue;
      }
      if (last_terminated_ == kNone || p >= last_terminated_) break;
      const bool lead = para.end == LineEnd::kOpen && para.columns <= kLongestHeading && IsLead(TextOf(para));
      if (lead) {
        para.kind = BlockKind::kHeading;
        continue;
      }
      if (title == kNone || !(mostly_terminated_ || dated) || para.end != LineEnd::kWord || !IsShort(para) ||
          para.columns > 90 || !StartsLikeHeading(TextOf(para)) || para.bullet) {
        break;
      }
      para.kind = BlockKind::kHeading;
    }
    // Date lines stand at the end of Chinese statements.
    for (size_t p = paras_.size(); p-- > 0 && p + 6 > paras_.size();) {
      Para& para = paras_[p];
      if (IsOpenKind(para) && para.end == LineEnd::kWord && IsDateLine(TextOf(para), words_, true))
        para.kind = BlockKind::kDateLine;
    }
  }

  // "The following is attributable to Spokesperson X:", "全文如下："
  bool IsLead(std::string_view s) const { return HoldsAny(s, words_.leads()) || HoldsAny(s, words_.intros()); }

  void MarkHeadings(size_t title) {
    if (!mostly_terminated_) return;
    bool in_transcript = false;
    for (size_t p = title == kNone ? 0 : title + 1; p < paras_.size(); ++p) {
      Para& para = paras_[p];
      if (para.label != kNone) in_transcript = true;
      if (!IsOpenKind(para)) continue;
      const std::string_view s = TextOf(para);
      if (has_labels_ && IsStageDirection(s)) {
        para.stage = true;
        para.kind = BlockKind::kHeading;
        continue;
      }
      if (para.end != LineEnd::kWord || !IsShort(para) || para.first != para.last || para.bullet) continue;
      if (CountWords(s) > (lines_[para.first].starts_wide ? 32 : 14) || !StartsLikeHeading(s)) continue;
      if (in_transcript && !IsTitleCase(s)) continue;
      if (p + 1 == paras_.size() || last_terminated_ == kNone || p > last_terminated_) continue;
      const Para& next = paras_[p + 1];
      const bool followed = next.end != LineEnd::kWord || next.kind != BlockKind::kParagraph || !IsShort(next);
      const bool apart = para.blank_before && para.blank_after;
      const Para* before = p == 0 ? nullptr : &paras_[p - 1];
      const bool after_end =
          before == nullptr || before->end == LineEnd::kTerminator || before->kind != BlockKind::kParagraph;
      const bool list_before =
          before != nullptr && before->end == LineEnd::kOpen && before->kind == BlockKind::kParagraph;
      if (followed && !list_before && (apart || after_end)) para.kind = BlockKind::kHeading;
    }
  }

  // After the last sentence, what follows a line of furniture is furniture:
  // "Related stories" and their titles.
  void MarkTail() {
    bool seen = false;
    for (size_t p = last_terminated_ == kNone ? paras_.size() : last_terminated_ + 1; p < paras_.size(); ++p) {
      Para& para = paras_[p];
      if (para.kind == BlockKind::kFurniture) seen = true;
      if (seen && IsOpenKind(para) && IsShort(para)) para.kind = BlockKind::kFurniture;
    }
  }

  // "Signed by the ministers of:" and a list of names to the end of the text, which are no sentences.
  void MarkSignatures() {
    size_t lead = paras_.size();
    size_t names = 0;
    while (lead-- > 0) {
      const Para& para = paras_[lead];
      if (para.label != kNone || para.columns > kLongestTitle) return;
      if (para.end == LineEnd::kOpen && HoldsAny(TextOf(para), words_.signatures())) break;
      names += para.end == LineEnd::kWord;
    }
    if (lead >= paras_.size() || names < kFewestNames || names * 5 < (paras_.size() - lead - 1) * 4) return;
    for (size_t p = lead; p < paras_.size(); ++p) {
      if (IsOpenKind(paras_[p]) && paras_[p].end != LineEnd::kTerminator) paras_[p].kind = BlockKind::kHeading;
    }
  }

  static bool HoldsAny(std::string_view s, const ReadWords::Forms& forms) {
    return std::any_of(forms.begin(), forms.end(), [&](std::string_view form) { return Contains(s, form); });
  }

  static bool EndsInQuestionMark(std::string_view s) { return EndsWith(s, "?") || EndsWith(s, "？"); }

  // Where whoever made the transcript forgot the label of an answer: one paragraph asks, what follows it does not, and
  // then the next question comes.
  void MarkUnlabelledAnswers() {
    const auto asks = [&](const Para& para) { return para.label != kNone && labels_[para.label].question; };
    size_t turns = 0, long_turns = 0;
    std::vector<size_t> found;
    for (size_t p = 0; p < paras_.size(); ++p) {
      if (!asks(paras_[p])) continue;
      ++turns;
      size_t next = p + 1;
      int32_t columns = 0;
      bool answers = EndsInQuestionMark(TextOf(paras_[p]));
      for (; next < paras_.size() && paras_[next].label == kNone; ++next) {
        if (!IsOpenKind(paras_[next])) continue;
        columns += paras_[next].columns;
        answers = answers && !Contains(TextOf(paras_[next]), "?") && !Contains(TextOf(paras_[next]), "？");
      }
      if (columns == 0) continue;
      ++long_turns;
      if (answers && columns >= kShortestAnswer && (next == paras_.size() || asks(paras_[next])))
        found.push_back(p + 1);
    }
    // Where journalists often speak in several paragraphs, nothing can be told.
    if (long_turns * 5 > turns + 4) return;
    for (const size_t p : found) paras_[p].answers = true;
  }

  bool EndsTranscript(const Para& para) const {
    if (!para.stage) return false;
    const std::string lower = ToLower(TextOf(para));
    for (const std::string_view form : words_.transcript_ends()) {
      if (Contains(lower, form)) return true;
    }
    return false;
  }

  Layout Emit() {
    Layout layout;
    layout.wrapped = wrapped_ || joined_;
    layout.blocks.reserve(paras_.size());
    bool any_answer = false;
    for (const Label& label : labels_) any_answer = any_answer || !label.question;
    if (any_answer) MarkUnlabelledAnswers();
    std::string speaker, answerer;
    bool question = false;
    const std::vector<LineHyphen> hyphens = FindHyphens();
    size_t hyphen = 0, furniture = 0;
    size_t labels = 0;
    for (const Para& para : paras_) {
      EmitPageFurniture(para.label != kNone ? labels_[para.label].span.begin : para.body.begin, furniture, layout);
      Block block;
      for (; hyphen < hyphens.size() && hyphens[hyphen].hyphen.begin < para.body.end; ++hyphen) {
        const LineHyphen& h = hyphens[hyphen];
        layout.skipped.push_back({{h.drop ? h.hyphen.begin : h.line_end.begin, h.line_end.end}, true});
      }
      for (; furniture < pages_.furniture.size() && pages_.furniture[furniture].span.begin < para.body.end; ++furniture)
        AddSkipped(pages_.furniture[furniture].span, layout.skipped);
      block.kind = para.kind;
      block.span = para.body;
      if (para.label != kNone) {
        const Label& label = labels_[para.label];
        block.label = label.span;
        speaker = std::string(label.name.Of(text_));
        question = label.question;
        if (!question) answerer = speaker;
        ++labels;
      } else if (question && !any_answer) {
        // Only questions are labelled: what follows one is the answer.
        speaker.clear();
        question = false;
      } else if (para.answers) {
        speaker = answerer;
        question = false;
      } else if (labels == labels_.size() && EndsTranscript(para)) {
        speaker.clear();
        question = false;
      }
      if (para.kind == BlockKind::kParagraph || para.kind == BlockKind::kTurn) {
        block.speaker = speaker;
        block.question = question;
      }
      layout.blocks.push_back(std::move(block));
    }
    EmitPageFurniture(static_cast<int32_t>(text_.size()), furniture, layout);
    return layout;
  }

  // Into its place among the last ones, unless a word that goes on past it skips it already.
  static void AddSkipped(Span span, std::vector<Skipped>& skipped) {
    auto after = skipped.end();
    while (after != skipped.begin() && std::prev(after)->span.end > span.begin) --after;
    if (after == skipped.end() || after->span.begin >= span.end) skipped.insert(after, {span, false});
  }

  // What stands between paragraphs before byte `end`, from `next` on.
  void EmitPageFurniture(int32_t end, size_t& next, Layout& layout) const {
    for (; next < pages_.furniture.size() && pages_.furniture[next].span.begin < end; ++next) {
      Block block;
      block.kind = BlockKind::kFurniture;
      block.span = pages_.furniture[next].span;
      layout.blocks.push_back(std::move(block));
    }
  }

  // Hyphens at line ends inside paragraphs.
  std::vector<LineHyphen> FindHyphens() const {
    std::vector<LineHyphen> hyphens;
    for (const Para& para : paras_) {
      for (size_t i = para.first; i < para.last; ++i) {
        LineHyphen h = HyphenBetween(text_, lines_[i], lines_[i + 1]);
        if (!h.hyphen.empty()) hyphens.push_back(h);
      }
    }
    SettleHyphens(text_, pages_.printed, hyphens);
    return hyphens;
  }

  std::string_view text_;
  const Pages& pages_;
  const std::vector<Line>& lines_;
  const ReadWords& words_;
  std::vector<Label> labels_;
  std::vector<int32_t> cuts_;  // of one line
  std::vector<Para> paras_;
  bool wrapped_ = false, joined_ = false, mostly_terminated_ = false, has_labels_ = false;
  size_t last_terminated_ = kNone;
};

}  // namespace

Layout FindBlocks(std::string_view text, const Pages& pages, const ReadWords& words) {
  return Classifier(text, pages, words).Run();
}

Layout BlockPerLine(const std::vector<Line>& lines) {
  Layout layout;
  layout.blocks.reserve(lines.size());
  for (const Line& line : lines) {
    Block block;
    block.span = line.span;
    layout.blocks.push_back(std::move(block));
  }
  return layout;
}

}  // namespace narrdiff
