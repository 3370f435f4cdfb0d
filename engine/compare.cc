// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/compare.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "engine/align/align_beads.h"
#include "engine/align/align_pairs.h"
#include "engine/align/choose_mode.h"
#include "engine/align/match_terms.h"
#include "engine/answers/answer_model.h"
#include "engine/attribute/attribute_quotes.h"
#include "engine/base/issue.h"
#include "engine/base/language.h"
#include "engine/base/sha256.h"
#include "engine/base/span.h"
#include "engine/base/status_macros.h"
#include "engine/base/utf8.h"
#include "engine/describe/describe_statement.h"
#include "engine/embed/embedder.h"
#include "engine/judge/judge_pairs.h"
#include "engine/lexicon/builtin_lexicon.h"
#include "engine/lexicon/compile_lexicon.h"
#include "engine/lexicon/dictionary.h"
#include "engine/read/read_document.h"
#include "engine/relate/classify_relation.h"
#include "engine/relate/diff_words.h"
#include "engine/segment/segment_rule.h"
#include "engine/segment/segment_sentences.h"
#include "engine/summarise/summarise_comparison.h"
#include "engine/versions/find_version_differences.h"
#include "engine/versions/version_words.h"
#include "unicode/uversion.h"

namespace narrdiff {
namespace {

constexpr char kVersion[] = "0.1.0";
constexpr char kSchema[] = "narrdiff.v1";
constexpr size_t kMaxSubjects = 3;
constexpr float kMinSubject = 0.15f;  // share of the strongest issue below which an issue is not named
constexpr size_t kMaxEvidence = 4;    // per pair, without explain
constexpr size_t kMaxScoreParts = 8;
// Above this number of sentences "auto" spares the reader the wait: a core embeds about 50 in a second.
constexpr size_t kMostTextsOfAuto = 1'000;
// Vectors of tokens take 40 KB a sentence; longer texts do without.
constexpr size_t kMostTextsWithTokens = 5'000;
constexpr double kEmbeddingBegins = .35, kEmbeddingEnds = .5, kAligningEnds = .8;  // shares of the work
constexpr double kJudgingBegins = .55, kJudgingEnds = .7;

v1::Side ToProto(Side side) { return side == Side::kLeft ? v1::SIDE_LEFT : v1::SIDE_RIGHT; }

v1::Relation ToProto(Relation relation) { return static_cast<v1::Relation>(relation); }

v1::Block::Kind ToProto(BlockKind kind) {
  switch (kind) {
    case BlockKind::kTitle:
      return v1::Block::TITLE;
    case BlockKind::kDateLine:
      return v1::Block::DATE_LINE;
    case BlockKind::kHeading:
      return v1::Block::HEADING;
    case BlockKind::kParagraph:
      return v1::Block::PARAGRAPH;
    case BlockKind::kTurn:
      return v1::Block::TURN;
    case BlockKind::kFurniture:
      return v1::Block::FURNITURE;
  }
  return v1::Block::KIND_UNSPECIFIED;
}

bool IsBody(const Sentence& unit) {
  return unit.kind == SentenceKind::kStatement || unit.kind == SentenceKind::kQuestion;
}

std::string_view UnitKind(SentenceKind kind) {
  switch (kind) {
    case SentenceKind::kStatement:
      return "statement";
    case SentenceKind::kQuestion:
      return "question";
    case SentenceKind::kHeading:
      return "heading";
    case SentenceKind::kFurniture:
      return "furniture";
  }
  return "";
}

// One side on its way up the ladder. The described sentences point into document.text, so a side is not moved once
// read.
struct SideState {
  Document document;
  Sentences segmented;
  std::vector<Attribution> attributions;
  std::vector<SentenceInput> inputs;    // of the sentences that the message lists
  std::vector<SentenceInput> compared;  // the same, no longer than the limit; what rungs 4 to 7 look at
  std::vector<Span> compared_spans;
  std::vector<int32_t> units;  // of each of them, its index into segmented.units
  std::optional<CodePointMap> code_points;
  DescribedStatement described;
  // One for each of `compared` where similarity is neural, else none. Spans of tokens count from the sentence's begin;
  // of very long statements there are no tokens.
  std::vector<Embedding> embeddings;
};

v1::Span ToProto(const Span& span, const CodePointMap& map) {
  v1::Span out;
  out.set_begin_byte(static_cast<uint32_t>(span.begin));
  out.set_end_byte(static_cast<uint32_t>(span.end));
  out.set_begin_code_point(static_cast<uint32_t>(map.FromByte(span.begin)));
  out.set_end_code_point(static_cast<uint32_t>(map.FromByte(span.end)));
  return out;
}

v1::Issue ToProto(const Issue& issue, const CodePointMap* map) {
  v1::Issue out;
  out.set_severity(issue.severity == IssueSeverity::kNote ? v1::Issue::NOTE : v1::Issue::WARNING);
  out.set_code(issue.code);
  if (issue.side.has_value()) out.set_side(ToProto(*issue.side));
  if (map != nullptr && !issue.span.empty()) *out.mutable_span() = ToProto(issue.span, *map);
  out.set_message(issue.message);
  return out;
}

// The sentence as later rungs look at it: no longer than the limit, cut between code points.
SentenceInput Clip(SentenceInput sentence, const Limits& limits) {
  if (sentence.span.length() > limits.max_sentence_bytes) {
    int32_t end = sentence.span.begin + limits.max_sentence_bytes;
    while (end > sentence.span.begin &&
           (static_cast<unsigned char>(sentence.text[static_cast<size_t>(end)]) & 0xC0) == 0x80) {
      --end;
    }
    sentence.span.end = end;
  }
  return sentence;
}

// The party that a statement of `party` most often speaks against; empty when there is none.
std::string Opponent(std::string_view party) { return party == "US" ? "China" : party == "China" ? "US" : ""; }

// Both sides as the aligners take them; views into the states.
Sides<SentenceTexts> TextsOf(const Sides<SideState>& sides) {
  Sides<SentenceTexts> texts;
  for (const Side side : kBothSides) {
    texts[side].text = sides[side].document.ReadingText();
    texts[side].language = sides[side].document.language;
    texts[side].spans = sides[side].compared_spans;
  }
  return texts;
}

// The text of a run of sentences, as one would write them one after another.
std::string JoinSentences(const SentenceTexts& texts, const IndexRange& run) {
  std::string joined;
  for (int32_t s = run.begin; s < run.end; ++s) {
    if (s > run.begin && !IsChinese(texts.language)) joined += ' ';
    joined += texts.spans[static_cast<size_t>(s)].Of(texts.text);
  }
  return joined;
}

int64_t Cells(const Sides<SideState>& sides) {
  return static_cast<int64_t>(sides.left.inputs.size()) * static_cast<int64_t>(sides.right.inputs.size());
}

absl::Status Interrupted() { return absl::CancelledError("interrupted"); }

void FillWordDiffs(const Sides<SideState>& sides, const std::vector<WordDiff>& diffs, v1::AlignedPair& out) {
  for (const WordDiff& d : diffs) {
    v1::WordDiff& to = *out.add_word_diffs();
    to.set_kind(static_cast<v1::WordDiff::Kind>(d.kind));
    if (!d.left.empty()) *to.mutable_left() = ToProto(d.left, *sides.left.code_points);
    if (!d.right.empty()) *to.mutable_right() = ToProto(d.right, *sides.right.code_points);
  }
}

// --- Versions of one statement ---

void AddDifference(const VersionDifference& from, const Sides<SideState>& sides, v1::Comparison& out) {
  v1::VersionDifference& to = *out.add_differences();
  to.set_kind(static_cast<v1::VersionDifference::Kind>(from.kind));
  for (const int32_t s : from.sentences.left) to.add_left(static_cast<uint32_t>(s));
  for (const int32_t s : from.sentences.right) to.add_right(static_cast<uint32_t>(s));
  for (const Span& span : from.spans.left) *to.add_left_spans() = ToProto(span, *sides.left.code_points);
  for (const Span& span : from.spans.right) *to.add_right_spans() = ToProto(span, *sides.right.code_points);
  to.set_reason(from.reason);
  to.set_confidence(from.confidence);
}

// For each bead the differences between, or on one side of, its sentences, in their order.
std::vector<std::vector<const VersionDifference*>> DifferencesByBead(const std::vector<VersionDifference>& differences,
                                                                     const std::vector<Bead>& beads) {
  Sides<std::vector<size_t>> bead_of;  // of each sentence
  for (size_t b = 0; b < beads.size(); ++b) {
    for (const Side side : kBothSides) {
      const IndexRange& range = beads[b].sentences[side];
      if (bead_of[side].size() < static_cast<size_t>(range.end)) bead_of[side].resize(static_cast<size_t>(range.end));
      for (int32_t s = range.begin; s < range.end; ++s) bead_of[side][static_cast<size_t>(s)] = b;
    }
  }
  std::vector<std::vector<const VersionDifference*>> out(beads.size());
  for (const VersionDifference& difference : differences) {
    const Side side = difference.sentences.left.empty() ? Side::kRight : Side::kLeft;
    const std::vector<int32_t>& sentences = difference.sentences[side];
    if (sentences.empty()) continue;
    const size_t b = bead_of[side][static_cast<size_t>(sentences.front())];
    if (sentences.back() < beads[b].sentences[side].end) out[b].push_back(&difference);
  }
  return out;
}

std::string_view NameOf(VersionDifferenceKind kind) {
  static constexpr std::string_view kNames[] = {"",     "omitted", "added",    "number",
                                                "date", "name",    "softened", "strengthened"};
  return kNames[static_cast<size_t>(kind)];
}

void AddEvidence(const VersionDifference& from, const Sides<SideState>& sides, v1::AlignedPair& out) {
  v1::Evidence& to = *out.add_evidence();
  to.set_kind(std::string(NameOf(from.kind)));
  for (const Span& span : from.spans.left) *to.add_left() = ToProto(span, *sides.left.code_points);
  for (const Span& span : from.spans.right) *to.add_right() = ToProto(span, *sides.right.code_points);
  to.set_reason(from.reason);
  to.set_weight(from.confidence);
  to.set_relation(v1::RELATION_DIFFER);
}

// --- The judge of competing pairs ---

// Lets the judge name the relation of a pair that it chose, and says who did.
void NameRelation(const JudgedCell& judged, const std::string& judge, const RelatedPair& own, v1::AlignedPair& out) {
  if (judged.relation == Relation::kUnspecified) return;
  out.set_relation(ToProto(judged.relation));
  out.set_relation_confidence(JudgedRelationConfidence(judged.relation, own.relation, own.confidence));
  v1::Evidence& to = *out.add_evidence();
  to.set_kind("judge");
  to.set_reason(absl::StrCat("the judge model ", judge, " calls it ", std::string(RelationId(judged.relation))));
  to.set_weight(kJudgeRelationLogOdds);
  to.set_relation(ToProto(judged.relation));
}

void AddScorePart(const JudgedCell& judged, v1::AlignedPair& out) {
  v1::ScorePart& part = *out.add_score_parts();
  part.set_feature("judge");
  part.set_value(judged.strength);
  part.set_contribution(judged.log_odds);
}

WordDiffKind WordDiffKindOf(VersionDifferenceKind kind) {
  switch (kind) {
    case VersionDifferenceKind::kNumber:
      return WordDiffKind::kNumber;
    case VersionDifferenceKind::kDate:
      return WordDiffKind::kDate;
    case VersionDifferenceKind::kName:
      return WordDiffKind::kName;
    case VersionDifferenceKind::kSoftened:
    case VersionDifferenceKind::kStrengthened:
      return WordDiffKind::kStrength;
    case VersionDifferenceKind::kOmitted:
      return WordDiffKind::kLeftOnly;
    case VersionDifferenceKind::kAdded:
      return WordDiffKind::kRightOnly;
    case VersionDifferenceKind::kUnspecified:
      break;
  }
  return WordDiffKind::kChanged;
}

void AddWordDiffs(const VersionDifference& from, std::vector<WordDiff>& out) {
  const size_t count = std::max(from.spans.left.size(), from.spans.right.size());
  for (size_t k = 0; k < count; ++k) {
    out.push_back({WordDiffKindOf(from.kind), k < from.spans.left.size() ? from.spans.left[k] : Span{},
                   k < from.spans.right.size() ? from.spans.right[k] : Span{}});
  }
}

// What the summary looks at: the side with the words that it only repeats of the other.
SummarisedStatement ForSummary(const SideState& side) {
  SummarisedStatement out{&side.described, {}};
  for (const Attribution& said : side.attributions) {
    if (said.party.empty() || said.party != side.described.other_party) continue;
    out.reported.insert(out.reported.end(), said.content.begin(), said.content.end());
  }
  std::sort(out.reported.begin(), out.reported.end());
  return out;
}

// "left: name: message", so that the reader knows which file to mend.
absl::Status AtSide(const absl::Status& status, std::string_view where) {
  if (status.ok() || where.empty()) return status;
  return absl::Status(status.code(), absl::StrCat(std::string(where), ": ", std::string(status.message())));
}

}  // namespace

struct Comparer::Rungs {
  CompareOptions options;
  MinScore min_score;
  std::shared_ptr<const Lexicon> lexicon;
  std::vector<std::string> lexicon_names;
  std::shared_ptr<const Dictionary> dictionary;  // null when none is installed
  std::optional<TermMatcher> matcher;
  std::optional<VersionWords> version_words;
  // Of competing statements whose sentences have no vectors, and of those that have.
  struct CompetingModels {
    PairModel pairs;
    RelationModel relations;
  };
  std::optional<CompetingModels> lexical, neural;
  std::optional<AnswerModel> answers;  // with `neural`

  absl::Status Load();
  // `bytes` are those of `input`, whose other fields say what they are.
  absl::Status Cut(std::string bytes, const StatementInput& input, SideState& side) const;
  absl::Status Read(const StatementInput& input, SideState& side) const;
  void FillHead(const StatementInput& input, const SideState& side, v1::Statement& out) const;
  void FillStatement(const StatementInput& input, const SideState& side, v1::Statement& out) const;
  void EchoOptions(const Sides<StatementInput>& inputs, v1::Comparison& out) const;
  absl::Status ReadSides(const Sides<StatementInput>& inputs, Sides<SideState>& sides, Issues& issues,
                         v1::Comparison& out) const;
  void SettleMode(const Sides<SideState>& sides, const TermTables& terms, v1::Comparison& out) const;
  void SettleParties(const Sides<StatementInput>& inputs, v1::Mode mode, Sides<SideState>& sides,
                     Sides<v1::Statement*> out) const;
  void Describe(Sides<SideState>& sides, Sides<v1::Statement*> out) const;
  absl::Status CheckCells(const Sides<SideState>& sides, v1::Mode mode) const;
  // Whether `status` of an embedder makes similarity lexical; it ends the work if not.
  bool MayFallBack(const absl::Status& status) const;
  void FallBack(std::string_view why, Issues& issues, v1::Comparison& out) const;
  absl::Status EmbedSides(Sides<SideState>& sides, Issues& issues, v1::Comparison& out) const;
  absl::StatusOr<std::vector<Embedding>> EmbedTexts(const Embedder& embedder,
                                                    const std::vector<std::string_view>& texts, bool tokens,
                                                    double share_begins, double share_ends) const;
  absl::StatusOr<std::vector<Bead>> AlignVersions(const Sides<SideState>& sides, const TermTables& terms) const;
  absl::Status AlignAndSummarise(const Sides<SideState>& sides, const TermTables& terms, Issues& issues,
                                 v1::Comparison& out) const;
  absl::StatusOr<JudgedPairs> AskJudge(const Sides<SideState>& sides, std::vector<ScoredPair>& scored, Issues& issues,
                                       v1::Comparison& out) const;
  absl::StatusOr<std::vector<SummarisedPair>> FillCompeting(const Sides<SideState>& sides,
                                                            std::vector<std::vector<Evidence>>& evidence,
                                                            Issues& issues, v1::Comparison& out) const;
  std::vector<VersionDifference> FindDifferences(const Sides<SideState>& sides, const TermTables& terms,
                                                 std::vector<Bead>& beads) const;
  std::vector<SummarisedPair> FillParallel(const Sides<SideState>& sides, const std::vector<Bead>& beads,
                                           const std::vector<VersionDifference>& differences,
                                           std::vector<std::vector<Evidence>>& evidence, v1::Comparison& out) const;
  void FillDifferences(const Sides<SideState>& sides, const DescribedSentence& left, const DescribedSentence& right,
                       const std::vector<Evidence>& evidence, v1::AlignedPair& out) const;
  void FillSummary(const Sides<SideState>& sides, const std::vector<SummarisedPair>& pairs, v1::Comparison& out) const;
  // False when the caller wants the work to end.
  bool Progress(double share, std::string_view what, int64_t done = 0, int64_t total = 0) const {
    return !options.progress || options.progress({share, what, done, total});
  }
};

absl::Status Comparer::Rungs::Load() {
  const Limits& limits = options.limits;
  if (limits.max_input_bytes < 1 || limits.max_input_bytes > (int64_t{1} << 30)) {
    return absl::InvalidArgumentError("limits.max_input_bytes: must be from 1 to 1073741824 (1 GiB)");
  }
  if (limits.max_sentences < 1 || limits.max_sentences > 1'000'000) {
    return absl::InvalidArgumentError("limits.max_sentences: must be from 1 to 1000000");
  }
  NARRDIFF_ASSIGN_OR_RETURN(min_score, ParseMinScore(options.min_score));
  if (options.similarity != "auto" && options.similarity != "lexical" && options.similarity != "neural") {
    return absl::InvalidArgumentError(
        absl::StrCat("similarity: \"", options.similarity, "\" is not one of auto, lexical, neural"));
  }
  if (options.similarity == "neural" && options.embedder == nullptr) {
    return absl::FailedPreconditionError(
        "similarity: there is no embedding model for neural; run tools/setup, give --embeddings-url, or use "
        "--similarity=lexical");
  }
  lexicon = BuiltinLexicon();
  if (lexicon == nullptr || BuiltinDictionary() == nullptr)
    return absl::InternalError("the built-in lexicon does not load");
  lexicon_names.push_back(absl::StrCat("builtin:", lexicon->hash()));
  if (!options.lexicons.empty()) {
    lexicon::Lexicon additions;
    for (const LexiconText& text : options.lexicons) {
      NARRDIFF_RETURN_IF_ERROR(ParseLexiconText(text.text, text.name, additions));
      lexicon_names.push_back(absl::StrCat("file:", text.name, ":", Sha256Hex(text.text).substr(0, 16)));
    }
    NARRDIFF_ASSIGN_OR_RETURN(lexicon, ExtendLexicon(*lexicon, additions));
  }
  if (!options.dictionary_path.empty()) {
    NARRDIFF_ASSIGN_OR_RETURN(dictionary, Dictionary::Open(options.dictionary_path));
  }
  matcher.emplace(std::vector<std::shared_ptr<const Dictionary>>{dictionary, BuiltinDictionary()});
  version_words.emplace(*lexicon);
  const auto load = [](Similarity similarity, std::optional<CompetingModels>& models) -> absl::Status {
    NARRDIFF_ASSIGN_OR_RETURN(PairModel pairs, PairModel::Builtin(similarity));
    NARRDIFF_ASSIGN_OR_RETURN(RelationModel relations, RelationModel::Builtin(similarity));
    models = CompetingModels{std::move(pairs), std::move(relations)};
    return absl::OkStatus();
  };
  NARRDIFF_RETURN_IF_ERROR(load(Similarity::kLexical, lexical));
  if (options.answer_embedder != nullptr) {
    NARRDIFF_RETURN_IF_ERROR(load(Similarity::kNeural, neural));
    NARRDIFF_ASSIGN_OR_RETURN(answers, AnswerModel::Builtin());
  }
  return absl::OkStatus();
}

absl::Status Comparer::Rungs::Cut(std::string bytes, const StatementInput& input, SideState& side) const {
  ReadOptions read;
  read.limits = options.limits;
  read.presegmented = options.presegmented;
  read.language = LanguageFromTag(input.language);
  read.encoding = input.encoding;
  NARRDIFF_ASSIGN_OR_RETURN(side.document, ReadDocument(std::move(bytes), *lexicon, read));
  if (!input.converter.empty()) {
    side.document.issues.push_back(
        {IssueSeverity::kNote, "converted", std::nullopt, Span(),
         absl::StrCat("the text was taken out of the file by ", input.converter, "; places are those of that text")});
  }
  SegmentOptions segment;
  segment.presegmented = options.presegmented;
  segment.explain = options.explain;
  side.segmented = SegmentSentences(side.document, *lexicon, segment);
  side.code_points.emplace(side.document.text);
  const auto sentences = std::count_if(side.segmented.units.begin(), side.segmented.units.end(), IsBody);
  if (sentences > options.limits.max_sentences) {
    return absl::ResourceExhaustedError(
        absl::StrFormat("%d sentences are more than limits.max_sentences = %d; split the text or raise the limit",
                        sentences, options.limits.max_sentences));
  }
  return absl::OkStatus();
}

absl::Status Comparer::Rungs::Read(const StatementInput& input, SideState& side) const {
  NARRDIFF_RETURN_IF_ERROR(Cut(input.bytes, input, side));
  side.attributions = AttributeQuotes(side.document, side.segmented, *lexicon);
  for (size_t u = 0; u < side.segmented.units.size(); ++u) {
    const Sentence& unit = side.segmented.units[u];
    if (!IsBody(unit)) continue;
    SentenceInput sentence;
    sentence.text = side.document.ReadingText();
    sentence.span = unit.span;
    sentence.language = side.document.blocks[static_cast<size_t>(unit.block)].language;
    sentence.question = unit.kind == SentenceKind::kQuestion;
    sentence.block = unit.block;
    side.inputs.push_back(sentence);
    side.units.push_back(static_cast<int32_t>(u));
  }
  for (const SentenceInput& sentence : side.inputs) {
    side.compared.push_back(Clip(sentence, options.limits));
    const Span kept = side.compared.back().span;
    side.compared_spans.push_back(kept);
    if (kept == sentence.span) continue;
    side.document.issues.push_back(
        {IssueSeverity::kWarning, "long-sentence", std::nullopt, sentence.span,
         absl::StrFormat(
             "a sentence of %d bytes; only the first %d are compared; check that the file has sentence ends",
             sentence.span.length(), kept.length())});
  }
  return absl::OkStatus();
}

void Comparer::Rungs::FillHead(const StatementInput& input, const SideState& side, v1::Statement& out) const {
  const Document& doc = side.document;
  out.set_party(input.party.empty() ? doc.party : input.party);
  out.set_party_reason(input.party.empty() ? doc.party_reason : "given by the caller");
  out.set_speaker(doc.speaker);
  out.set_office(doc.office);
  out.set_title(doc.title);
  out.set_date(input.date.empty() ? doc.date : input.date);
  out.set_language(std::string(doc.language_tag));
  out.set_source_name(input.name);
  out.set_encoding(doc.encoding);
}

void Comparer::Rungs::FillStatement(const StatementInput& input, const SideState& side, v1::Statement& out) const {
  FillHead(input, side, out);
  out.set_sha256(input.sha256.empty() ? Sha256Hex(input.bytes) : input.sha256);
  out.set_text(side.document.text);
  const Document& doc = side.document;
  const CodePointMap& map = *side.code_points;
  for (const Block& block : doc.blocks) {
    v1::Block& b = *out.add_blocks();
    b.set_kind(ToProto(block.kind));
    *b.mutable_span() = ToProto(block.span, map);
    if (!block.label.empty()) *b.mutable_label() = ToProto(block.label, map);
    b.set_speaker(block.speaker);
    b.set_language(std::string(block.language_tag));
    b.set_question(block.question);
  }
  size_t next = 0;  // of the skipped bytes
  for (size_t i = 0; i < side.inputs.size(); ++i) {
    const SentenceInput& sentence = side.inputs[i];
    const Block& block = doc.blocks[static_cast<size_t>(sentence.block)];
    v1::Sentence& s = *out.add_sentences();
    s.set_index(static_cast<uint32_t>(i));
    *s.mutable_span() = ToProto(sentence.span, map);
    s.set_text(std::string(sentence.span.Of(doc.text)));
    s.set_kind(sentence.question ? v1::Sentence::QUESTION : v1::Sentence::STATEMENT);
    s.set_block(static_cast<uint32_t>(sentence.block));
    s.set_language(std::string(block.language_tag));
    s.set_speaker(block.speaker);
    while (next < doc.skipped.size() && doc.skipped[next].span.begin < sentence.span.begin) ++next;
    for (; next < doc.skipped.size() && doc.skipped[next].span.end <= sentence.span.end; ++next) {
      *s.add_skipped() = ToProto(doc.skipped[next].span, map);
    }
    // Loose text of a table stands before the table, as in browsers, and so may end before it begins in the source.
    const int64_t source_begin = doc.offsets.ToOriginal(sentence.span.begin);
    s.set_source_begin_byte(static_cast<uint64_t>(source_begin));
    s.set_source_end_byte(static_cast<uint64_t>(std::max(source_begin, doc.offsets.ToOriginal(sentence.span.end))));
    s.set_enumeration(side.segmented.units[static_cast<size_t>(side.units[i])].enumeration);
  }
  for (const Attribution& from : side.attributions) {
    v1::Attribution& a = *out.add_attributions();
    a.set_kind(static_cast<v1::Attribution::Kind>(static_cast<int>(from.kind) + 1));
    for (const Span& part : from.content) *a.add_content() = ToProto(part, map);
    if (!from.speaker_span.empty()) *a.mutable_speaker_span() = ToProto(from.speaker_span, map);
    if (!from.cue.empty()) *a.mutable_cue() = ToProto(from.cue, map);
    a.set_speaker(from.speaker);
    a.set_party(from.party);
    a.set_via(from.via);
    a.set_parent(from.parent);
  }
}

// Fills in parties that neither the caller nor the head of the text named, from the wording. Versions of one statement
// have one party; of two competing ones, guessed alike or one of them not at all, the surer guess stands and the other
// is its opponent.
void Comparer::Rungs::SettleParties(const Sides<StatementInput>& inputs, v1::Mode mode, Sides<SideState>& sides,
                                    Sides<v1::Statement*> out) const {
  Sides<double> sureness{0, 0};
  constexpr double kKnown = 1e6;
  for (const Side side : kBothSides) {
    sureness[side] = kKnown;
    if (!out[side]->party().empty()) continue;
    const PartyGuess guess = GuessParty(sides[side].inputs, *lexicon);
    out[side]->set_party(guess.party);
    out[side]->set_party_reason(guess.reason);
    sureness[side] = std::abs(guess.margin);
  }
  for (const Side side : kBothSides) {
    v1::Statement& mine = *out[side];
    const v1::Statement& other = *out[Other(side)];
    if (!inputs[side].party.empty() || other.party().empty() || sureness[side] >= sureness[Other(side)]) continue;
    if (mode == v1::MODE_PARALLEL) {
      if (mine.party() == other.party()) continue;
      mine.set_party(other.party());
      mine.set_party_reason("that of the other version");
    } else if ((mine.party().empty() || mine.party() == other.party()) && !Opponent(other.party()).empty()) {
      mine.set_party(Opponent(other.party()));
      mine.set_party_reason(absl::StrCat("taken for the party that answers ", other.party()));
    }
  }
}

// What tells the pair's relation and the words that carry it.
void Comparer::Rungs::FillDifferences(const Sides<SideState>& sides, const DescribedSentence& left,
                                      const DescribedSentence& right, const std::vector<Evidence>& evidence,
                                      v1::AlignedPair& out) const {
  const CodePointMap& left_map = *sides.left.code_points;
  const CodePointMap& right_map = *sides.right.code_points;
  size_t told = 0;
  for (const Evidence& e : evidence) {
    if (e.reason.empty()) continue;
    if (!options.explain && (told >= kMaxEvidence || (e.weight <= 0 && told > 0))) break;
    v1::Evidence& to = *out.add_evidence();
    to.set_kind(std::string(EvidenceName(e.kind)));
    for (const Span& span : e.left) *to.add_left() = ToProto(span, left_map);
    for (const Span& span : e.right) *to.add_right() = ToProto(span, right_map);
    to.set_reason(e.reason);
    to.set_weight(e.weight);
    to.set_relation(ToProto(e.relation));
    ++told;
  }
  FillWordDiffs(sides, DiffWords(left, right, MarksOf(evidence)), out);
}

// Changes the scores of the cells that the judge was asked about, where there is one.
absl::StatusOr<JudgedPairs> Comparer::Rungs::AskJudge(const Sides<SideState>& sides, std::vector<ScoredPair>& scored,
                                                      Issues& issues, v1::Comparison& out) const {
  if (options.judge == nullptr) return JudgedPairs();
  const auto progress = [&](int64_t done, int64_t total) {
    const double part = total == 0 ? 0 : static_cast<double>(done) / static_cast<double>(total);
    return Progress(kJudgingBegins + (kJudgingEnds - kJudgingBegins) * part, "judging", done, total);
  };
  NARRDIFF_ASSIGN_OR_RETURN(JudgedPairs judged, JudgePairs({{&sides.left.described, &sides.left.document},
                                                            {&sides.right.described, &sides.right.document}},
                                                           *options.judge, progress, scored));
  out.mutable_backends()->set_judge(judged.judge);
  issues.insert(issues.end(), judged.issues.begin(), judged.issues.end());
  return judged;
}

absl::StatusOr<std::vector<SummarisedPair>> Comparer::Rungs::FillCompeting(const Sides<SideState>& sides,
                                                                           std::vector<std::vector<Evidence>>& evidence,
                                                                           Issues& issues, v1::Comparison& out) const {
  const Sides<const DescribedStatement*> described{&sides.left.described, &sides.right.described};
  std::optional<AnswerScores> learnt;
  if (!sides.left.embeddings.empty()) learnt = answers->Score({sides.left.embeddings, sides.right.embeddings});
  const CompetingModels& models = learnt.has_value() ? *neural : *lexical;
  std::vector<ScoredPair> scored =
      ScorePairs(described, *matcher, *lexicon, learnt.has_value() ? &*learnt : nullptr, models.pairs);
  NARRDIFF_ASSIGN_OR_RETURN(const JudgedPairs judged, AskJudge(sides, scored, issues, out));
  const Pairs pairs = SelectPairs(scored, min_score, learnt.has_value() ? Similarity::kNeural : Similarity::kLexical);
  Progress(.7, "relating pairs");
  out.set_expected_precision(pairs.expected_precision);
  out.set_expected_recall(pairs.expected_recall);
  std::vector<SummarisedPair> summarised;
  for (const ScoredPair& pair : pairs.chosen) {
    const DescribedSentence& left = described.left->sentences[static_cast<size_t>(pair.cell.left)];
    const DescribedSentence& right = described.right->sentences[static_cast<size_t>(pair.cell.right)];
    RelatedPair related = ClassifyRelation(left, right, pair.cell.value, *lexicon, models.relations);
    v1::AlignedPair& to = *out.add_pairs();
    to.set_id(absl::StrFormat("L%d-R%d", pair.cell.left, pair.cell.right));
    to.add_left(static_cast<uint32_t>(pair.cell.left));
    to.add_right(static_cast<uint32_t>(pair.cell.right));
    to.set_relation(ToProto(related.relation));
    to.set_score(pair.score);
    to.set_moved(pair.moved);
    to.set_relation_confidence(related.confidence);
    const JudgedCell* const verdict = judged.Find(pair.cell);
    if (verdict != nullptr) NameRelation(*verdict, judged.judge, related, to);
    FillDifferences(sides, left, right, related.evidence, to);
    if (options.explain && verdict != nullptr) AddScorePart(*verdict, to);
    if (options.explain) {
      std::vector<std::pair<double, PairFeature>> parts;
      for (int k = 0; k < kPairFeatureCount; ++k) {
        const PairFeature feature = static_cast<PairFeature>(k);
        parts.emplace_back(models.pairs.Contribution(feature, pair.cell.value), feature);
      }
      std::stable_sort(parts.begin(), parts.end(),
                       [](const auto& a, const auto& b) { return std::abs(a.first) > std::abs(b.first); });
      for (size_t k = 0; k < std::min(parts.size(), kMaxScoreParts) && parts[k].first != 0; ++k) {
        v1::ScorePart& part = *to.add_score_parts();
        part.set_feature(std::string(PairFeatureName(parts[k].second)));
        part.set_value(static_cast<double>(pair.cell.value[static_cast<size_t>(parts[k].second)]));
        part.set_contribution(parts[k].first);
      }
    }
    evidence.push_back(std::move(related.evidence));
    summarised.push_back({{pair.cell.left}, {pair.cell.right}, nullptr});
  }
  return summarised;
}

std::vector<VersionDifference> Comparer::Rungs::FindDifferences(const Sides<SideState>& sides, const TermTables& terms,
                                                                std::vector<Bead>& beads) const {
  return FindVersionDifferences({&sides.left.described, &sides.right.described}, terms,
                                {dictionary, BuiltinDictionary()}, *version_words, *lexicon, VersionOptions{}, beads);
}

std::vector<SummarisedPair> Comparer::Rungs::FillParallel(const Sides<SideState>& sides, const std::vector<Bead>& beads,
                                                          const std::vector<VersionDifference>& differences,
                                                          std::vector<std::vector<Evidence>>& evidence,
                                                          v1::Comparison& out) const {
  const Sides<SentenceDescriber> describers{{sides.left.described.party, sides.left.described.other_party, *lexicon},
                                            {sides.right.described.party, sides.right.described.other_party, *lexicon}};
  // A bead's side as one sentence: from the first of its sentences to the last.
  const auto describe = [&](Side side, const IndexRange& range) {
    if (range.size() == 1) return sides[side].described.sentences[static_cast<size_t>(range.begin)];
    SentenceInput joined = sides[side].inputs[static_cast<size_t>(range.begin)];
    joined.span.end = sides[side].inputs[static_cast<size_t>(range.end - 1)].span.end;
    return describers[side].Describe(Clip(joined, options.limits));
  };
  const auto name = [](const char* letter, const std::vector<int32_t>& indices) {
    return absl::StrCat(letter, absl::StrJoin(indices, ","));
  };
  const std::vector<std::vector<const VersionDifference*>> by_bead = DifferencesByBead(differences, beads);
  std::vector<SummarisedPair> summarised;
  for (size_t b = 0; b < beads.size(); ++b) {
    const Bead& bead = beads[b];
    if (bead.sentences.left.empty() || bead.sentences.right.empty()) continue;
    SummarisedPair pair;
    v1::AlignedPair& to = *out.add_pairs();
    for (int32_t i = bead.sentences.left.begin; i < bead.sentences.left.end; ++i) {
      pair.left.push_back(i);
      to.add_left(static_cast<uint32_t>(i));
    }
    for (int32_t j = bead.sentences.right.begin; j < bead.sentences.right.end; ++j) {
      pair.right.push_back(j);
      to.add_right(static_cast<uint32_t>(j));
    }
    to.set_id(absl::StrCat(name("L", pair.left), "-", name("R", pair.right)));
    to.set_relation(v1::RELATION_PARALLEL);
    to.set_score(static_cast<double>(bead.score));
    to.set_moved(bead.moved);
    to.set_relation_confidence(1);
    const DescribedSentence left = describe(Side::kLeft, bead.sentences.left);
    const DescribedSentence right = describe(Side::kRight, bead.sentences.right);
    std::vector<Evidence> figures;  // for the summary
    std::vector<WordDiff> marked;
    for (const VersionDifference* difference : by_bead[b]) {
      AddEvidence(*difference, sides, to);
      AddWordDiffs(*difference, marked);
      if (difference->kind == VersionDifferenceKind::kNumber) {
        figures.push_back({EvidenceKind::kNumber, 1, difference->spans.left, difference->spans.right, "", {}, 0});
      }
    }
    FillWordDiffs(sides, DiffWords(left, right, std::move(marked)), to);
    evidence.push_back(std::move(figures));
    summarised.push_back(std::move(pair));
  }
  return summarised;
}

void Comparer::Rungs::FillSummary(const Sides<SideState>& sides, const std::vector<SummarisedPair>& pairs,
                                  v1::Comparison& out) const {
  const ComparisonSummary summary = SummariseComparison({ForSummary(sides.left), ForSummary(sides.right)}, pairs,
                                                        out.mode() == v1::MODE_COMPETING, *lexicon);
  v1::Summary& to = *out.mutable_summary();
  Sides<v1::SideCounts*> counts{to.mutable_left(), to.mutable_right()};
  for (const Side side : kBothSides) {
    uint32_t questions = 0;
    for (const SentenceInput& s : sides[side].inputs) questions += s.question;
    std::set<int32_t> aligned;
    for (const SummarisedPair& pair : pairs) {
      const std::vector<int32_t>& indices = side == Side::kLeft ? pair.left : pair.right;
      aligned.insert(indices.begin(), indices.end());
    }
    const uint32_t all = static_cast<uint32_t>(sides[side].inputs.size());
    counts[side]->set_sentences(all - questions);
    counts[side]->set_questions(questions);
    counts[side]->set_aligned(static_cast<uint32_t>(aligned.size()));
    for (size_t i = 0; i < sides[side].inputs.size(); ++i) {
      if (aligned.count(static_cast<int32_t>(i)) > 0) continue;
      (side == Side::kLeft ? out.mutable_unaligned_left() : out.mutable_unaligned_right())
          ->Add(static_cast<uint32_t>(i));
      if (!sides[side].inputs[i].question) counts[side]->set_unaligned(counts[side]->unaligned() + 1);
    }
    for (const RankedIndex& r : summary.only[side]) {
      v1::RankedSentence& ranked = side == Side::kLeft ? *to.add_left_only() : *to.add_right_only();
      ranked.set_index(static_cast<uint32_t>(r.index));
      ranked.set_centrality(r.centrality);
    }
  }
  std::map<v1::Relation, uint32_t> relations;
  for (const v1::AlignedPair& pair : out.pairs()) ++relations[pair.relation()];
  for (const auto& [relation, count] : relations) {
    v1::RelationCount& row = *to.add_relations();
    row.set_relation(relation);
    row.set_count(count);
  }
  const auto add_all = [](const std::vector<int32_t>& from, auto* to_field) {
    for (const int32_t i : from) to_field->Add(static_cast<uint32_t>(i));
  };
  for (const ActSummary& act : summary.acts) {
    v1::ActRow& row = *to.add_acts();
    row.set_side(ToProto(act.side));
    row.set_actor(act.actor);
    row.set_act(act.act);
    row.set_target(act.target);
    row.set_negated(act.negated);
    row.set_count(static_cast<uint32_t>(act.count));
    add_all(act.sentences, row.mutable_sentences());
  }
  const auto add_replies = [&](const std::vector<int32_t>& from, auto* to_field) {
    for (const int32_t p : from) *to_field->Add() = out.pairs(p).id();
  };
  const auto passage = [&](Side side, const SaidPlace& place) {
    v1::Passage said;
    said.set_sentence(static_cast<uint32_t>(place.sentence));
    *said.mutable_words() = ToProto(place.words, *sides[side].code_points);
    return said;
  };
  for (const AccusationSummary& accusation : summary.accusations) {
    v1::AccusationRow& row = *to.add_accusations();
    row.set_side(ToProto(accusation.side));
    row.set_actor(accusation.actor);
    row.set_act(accusation.act);
    row.set_target(accusation.target);
    for (const SaidPlace& place : accusation.places) *row.add_passages() = passage(accusation.side, place);
    add_replies(accusation.replies, row.mutable_replies());
    row.set_centrality(accusation.centrality);
  }
  for (const DemandSummary& demand : summary.demands) {
    v1::DemandRow& row = *to.add_demands();
    row.set_side(ToProto(demand.side));
    row.set_on(demand.on);
    *row.mutable_passage() = passage(demand.side, demand.place);
    add_replies(demand.replies, row.mutable_replies());
    row.set_centrality(demand.centrality);
  }
  for (const TermSummary& term : summary.terms) {
    v1::TermRow& row = *to.add_terms();
    row.set_group(term.group);
    for (const CountedTerm& name : term.terms.left) {
      row.add_left_terms(name.words);
      row.add_left_counts(static_cast<uint32_t>(name.count));
    }
    for (const CountedTerm& name : term.terms.right) {
      row.add_right_terms(name.words);
      row.add_right_counts(static_cast<uint32_t>(name.count));
    }
    add_all(term.sentences.left, row.mutable_left_sentences());
    add_all(term.sentences.right, row.mutable_right_sentences());
  }
  for (const NumberSummary& number : summary.numbers) {
    v1::NumberRow& row = *to.add_numbers();
    row.set_pair_id(out.pairs(number.pair).id());
    row.set_left_text(number.text.left);
    row.set_right_text(number.text.right);
    row.set_left_value(number.value.left);
    row.set_right_value(number.value.right);
    row.set_unit(number.unit);
    row.set_difference(number.difference);
  }
}

void Comparer::Rungs::EchoOptions(const Sides<StatementInput>& inputs, v1::Comparison& out) const {
  out.set_schema(kSchema);
  out.set_engine_version(kVersion);
  v1::Options& echoed = *out.mutable_options();
  echoed.set_mode(options.mode);
  echoed.set_min_score(options.min_score);
  echoed.set_similarity(options.similarity);
  echoed.set_presegmented(options.presegmented);
  echoed.set_max_sentences(static_cast<uint32_t>(options.limits.max_sentences));
  echoed.set_left_language(inputs.left.language);
  echoed.set_right_language(inputs.right.language);
  echoed.set_left_party(inputs.left.party);
  echoed.set_right_party(inputs.right.party);
  v1::Backends& backends = *out.mutable_backends();
  backends.set_similarity("lexical");
  for (const std::string& name : lexicon_names) backends.add_lexicons(name);
  if (dictionary != nullptr) backends.set_dictionary(absl::StrFormat("%d headwords", dictionary->size()));
  backends.set_icu(U_ICU_VERSION);
}

absl::Status Comparer::Rungs::ReadSides(const Sides<StatementInput>& inputs, Sides<SideState>& sides, Issues& issues,
                                        v1::Comparison& out) const {
  const Sides<v1::Statement*> to{out.mutable_left(), out.mutable_right()};
  for (const Side side : kBothSides) {
    if (!Progress(side == Side::kLeft ? 0 : .15, "reading")) return Interrupted();
    const StatementInput& input = inputs[side];
    const std::string where = absl::StrCat(SideName(side), input.name.empty() ? "" : ": ", input.name);
    NARRDIFF_RETURN_IF_ERROR(AtSide(Read(input, sides[side]), where));
    FillStatement(input, sides[side], *to[side]);
    for (Issue issue : sides[side].document.issues) {
      issue.side = side;
      issues.push_back(std::move(issue));
    }
    if (!sides[side].inputs.empty()) continue;
    issues.push_back(
        {IssueSeverity::kWarning, "empty-side", side, Span{},
         "no sentence was found on this side; the report shows the other side alone; check that this is the "
         "right file"});
  }
  if (!inputs.left.bytes.empty() && inputs.left.bytes == inputs.right.bytes) {
    issues.push_back({IssueSeverity::kWarning, "same-text", std::nullopt, Span{},
                      "both sides are the same text; check the file names"});
  }
  return absl::OkStatus();
}

void Comparer::Rungs::SettleMode(const Sides<SideState>& sides, const TermTables& terms, v1::Comparison& out) const {
  out.set_mode(options.mode);
  out.set_mode_reason("as asked for");
  if (options.mode != v1::MODE_UNSPECIFIED) return;
  const ModeChoice choice = ChooseMode(TextsOf(sides), terms);
  out.set_mode(choice.mode == AlignMode::kParallel ? v1::MODE_PARALLEL : v1::MODE_COMPETING);
  out.set_mode_reason(choice.reason);
}

void Comparer::Rungs::Describe(Sides<SideState>& sides, Sides<v1::Statement*> out) const {
  for (const Side side : kBothSides) {
    const std::string& party = out[side]->party();
    // Versions of one statement speak of somebody else.
    const bool one_party = party == out[Other(side)]->party();
    const std::string other = one_party ? Opponent(party) : out[Other(side)]->party();
    sides[side].described = DescribeStatement(sides[side].compared, party, other, *lexicon);
    for (size_t i = 0; i < sides[side].inputs.size(); ++i) {
      const auto& subjects = sides[side].described.sentences[i].context_issues;
      v1::Sentence& sentence = *out[side]->mutable_sentences(static_cast<int>(i));
      for (size_t k = 0; k < std::min(subjects.size(), kMaxSubjects); ++k) {
        if (subjects[k].second < kMinSubject * subjects[0].second) break;
        sentence.add_subjects(std::string(lexicon->issue_ids()[static_cast<size_t>(subjects[k].first)]));
      }
    }
  }
}

absl::Status Comparer::Rungs::CheckCells(const Sides<SideState>& sides, v1::Mode mode) const {
  if (mode == v1::MODE_PARALLEL || Cells(sides) <= options.limits.max_competing_cells) return absl::OkStatus();
  return absl::ResourceExhaustedError(absl::StrFormat(
      "%d times %d sentences are more than limits.max_competing_cells = %d; split the texts, or compare them with "
      "--mode=parallel if they are versions of one statement",
      sides.left.inputs.size(), sides.right.inputs.size(), options.limits.max_competing_cells));
}

absl::StatusOr<std::vector<Embedding>> Comparer::Rungs::EmbedTexts(const Embedder& embedder,
                                                                   const std::vector<std::string_view>& texts,
                                                                   bool tokens, double share_begins,
                                                                   double share_ends) const {
  const int64_t total = static_cast<int64_t>(texts.size());
  EmbedOptions embed;
  embed.tokens = tokens && embedder.info().has_tokens;
  embed.progress = [&](int64_t done) {
    const double part = static_cast<double>(done) / static_cast<double>(total);
    return Progress(share_begins + (share_ends - share_begins) * part, "embedding", done, total);
  };
  return embedder.Embed(texts, embed);
}

bool Comparer::Rungs::MayFallBack(const absl::Status& status) const {
  return !status.ok() && options.similarity == "auto" && !absl::IsCancelled(status);
}

void Comparer::Rungs::FallBack(std::string_view why, Issues& issues, v1::Comparison& out) const {
  out.mutable_backends()->set_similarity("lexical");
  issues.push_back({IssueSeverity::kWarning, "lexical-fallback", std::nullopt, Span{},
                    absl::StrCat("similarity is lexical, for sentences could not be embedded: ", std::string(why))});
}

// Fills in SideState::embeddings of both sides, each distinct text embedded once, or says in an Issue why similarity is
// lexical where neural was to be had.
absl::Status Comparer::Rungs::EmbedSides(Sides<SideState>& sides, Issues& issues, v1::Comparison& out) const {
  const auto keep_lexical = [&](std::string_view code, std::string why) {
    issues.push_back({IssueSeverity::kNote, std::string(code), std::nullopt, Span{}, std::move(why)});
    return absl::OkStatus();
  };
  if (options.similarity == "lexical" || Cells(sides) == 0) return absl::OkStatus();
  const bool competing = out.mode() == v1::MODE_COMPETING;
  const Embedder* const embedder = competing ? options.answer_embedder.get() : options.embedder.get();
  if (embedder == nullptr) {
    if (!options.no_embedder_reason.empty()) {
      FallBack(options.no_embedder_reason, issues, out);
    } else if (options.embedder != nullptr) {
      return keep_lexical("lexical-competing",
                          "competing statements are compared by words and knowledge: what has been learnt of answers "
                          "belongs to the model that tools/setup fetches, and another one is in use");
    }
    return absl::OkStatus();
  }
  struct Use {
    size_t place = 0, times = 0;
  };
  // Of competing statements it matters who speaks.
  const auto spoken = [&](Side side, const Span& span) {
    const std::string_view sentence = span.Of(sides[side].document.ReadingText());
    return competing ? AnswerText(sides[side].described.party, sentence) : std::string(sentence);
  };
  std::vector<std::string> distinct;
  std::unordered_map<std::string, Use> uses;
  for (const Side side : kBothSides) {
    for (const Span& span : sides[side].compared_spans) {
      const std::string text = spoken(side, span);
      Use& use = uses.try_emplace(text, Use{distinct.size(), 0}).first->second;
      if (use.times++ == 0) distinct.push_back(text);
    }
  }
  if (options.similarity == "auto" && distinct.size() > kMostTextsOfAuto) {
    return keep_lexical("lexical-long",
                        absl::StrCat("similarity is lexical, for to embed ", distinct.size(),
                                     " sentences takes long; --similarity=neural does it all the same"));
  }
  const std::vector<std::string_view> texts(distinct.begin(), distinct.end());
  absl::StatusOr<std::vector<Embedding>> embeddings =
      EmbedTexts(*embedder, texts, competing || texts.size() <= kMostTextsWithTokens, kEmbeddingBegins, kEmbeddingEnds);
  if (MayFallBack(embeddings.status())) {
    FallBack(std::string(embeddings.status().message()), issues, out);
    return absl::OkStatus();
  }
  if (!embeddings.ok()) return embeddings.status();
  for (const Side side : kBothSides) {
    for (const Span& span : sides[side].compared_spans) {
      const std::string text = spoken(side, span);
      Use& use = uses.at(text);
      Embedding& embedding = (*embeddings)[use.place];
      if (competing && use.times > 0) DropTokensBefore(static_cast<int32_t>(text.size()) - span.length(), embedding);
      sides[side].embeddings.push_back(--use.times == 0 ? std::move(embedding) : embedding);
    }
  }
  out.mutable_backends()->set_similarity(embedder->info().name);
  return absl::OkStatus();
}

// Two versions of one statement, lined up by words, and by vectors where the sentences have them.
absl::StatusOr<std::vector<Bead>> Comparer::Rungs::AlignVersions(const Sides<SideState>& sides,
                                                                 const TermTables& terms) const {
  const Sides<SentenceTexts> texts = TextsOf(sides);
  AlignOptions align;
  double done = kEmbeddingEnds;
  align.progress = [&](double share) {
    done = kEmbeddingEnds + (kAligningEnds - kEmbeddingEnds) * share;
    return Progress(done, "aligning");
  };
  if (sides.left.embeddings.empty() || sides.right.embeddings.empty()) return AlignBeads(texts, terms, align);
  BeadVectors vectors;
  vectors.sentences = {sides.left.embeddings, sides.right.embeddings};
  vectors.embed = [&](Side side, const std::vector<IndexRange>& runs) {
    std::vector<std::string> joined;
    for (const IndexRange& run : runs) joined.push_back(JoinSentences(texts[side], run));
    // How often the aligner asks is its business, so the share of the work stands still.
    return EmbedTexts(*options.embedder, {joined.begin(), joined.end()}, false, done, done);
  };
  align.max_group = kMaxGroup;  // vectors tell large beads from pairs of small ones; words alone do not
  return AlignBeads(texts, terms, vectors, align);
}

absl::Status Comparer::Rungs::AlignAndSummarise(const Sides<SideState>& sides, const TermTables& terms, Issues& issues,
                                                v1::Comparison& out) const {
  const int64_t cells = Cells(sides);
  std::vector<std::vector<Evidence>> evidence;
  std::vector<SummarisedPair> pairs;
  if (cells > 0 && out.mode() == v1::MODE_PARALLEL) {
    const bool two_languages = IsChinese(sides.left.document.language) != IsChinese(sides.right.document.language);
    if (two_languages && dictionary == nullptr) {
      issues.push_back({IssueSeverity::kWarning, "no-dictionary", std::nullopt, Span{},
                        "no Chinese-English dictionary is installed, so only the built-in lexicon matches words across "
                        "the two languages; run tools/setup or give --dictionary"});
    }
    absl::StatusOr<std::vector<Bead>> beads = AlignVersions(sides, terms);
    if (MayFallBack(beads.status())) {
      FallBack(std::string(beads.status().message()), issues, out);
      beads = AlignBeads(TextsOf(sides), terms, AlignOptions{});
    }
    if (!beads.ok()) return beads.status();
    if (options.judge != nullptr) {
      issues.push_back({IssueSeverity::kNote, "judge-not-used", std::nullopt, Span{},
                        "the judge was not asked, for it serves competing statements, and these are versions of one "
                        "(--mode=competing compares them as if they competed)"});
    }
    const std::vector<VersionDifference> differences = FindDifferences(sides, terms, *beads);
    for (const VersionDifference& difference : differences) AddDifference(difference, sides, out);
    pairs = FillParallel(sides, *beads, differences, evidence, out);
  } else if (cells > 0) {
    NARRDIFF_ASSIGN_OR_RETURN(pairs, FillCompeting(sides, evidence, issues, out));
  }
  for (size_t p = 0; p < pairs.size(); ++p) pairs[p].evidence = &evidence[p];
  if (!Progress(.9, "summarising")) return Interrupted();
  FillSummary(sides, pairs, out);
  return absl::OkStatus();
}

namespace {

std::vector<Comparer::Unit> ListUnits(const Sentences& sentences, const CodePointMap& map) {
  std::vector<Comparer::Unit> units;
  units.reserve(sentences.units.size());
  auto kept = sentences.kept.begin();
  for (const Sentence& sentence : sentences.units) {
    Comparer::Unit& unit = units.emplace_back();
    unit.bytes = sentence.span;
    unit.code_points = {map.FromByte(sentence.span.begin), map.FromByte(sentence.span.end)};
    unit.kind = UnitKind(sentence.kind);
    unit.rule = NameOf(sentence.rule);
    for (; kept != sentences.kept.end() && kept->at < sentence.span.end; ++kept) {
      unit.kept.push_back({kept->at, map.FromByte(kept->at), NameOf(kept->rule)});
    }
  }
  return units;
}

void CopyIssues(const SideState& side, std::vector<v1::Issue>* issues) {
  if (issues == nullptr) return;
  for (const Issue& issue : side.document.issues) issues->push_back(ToProto(issue, &*side.code_points));
}

}  // namespace

Comparer::Comparer(std::unique_ptr<Rungs> rungs) : rungs_(std::move(rungs)) {}
Comparer::~Comparer() = default;

std::string_view Comparer::Version() { return kVersion; }

absl::StatusOr<std::unique_ptr<Comparer>> Comparer::Create(const CompareOptions& options) {
  auto rungs = std::make_unique<Rungs>();
  rungs->options = options;
  NARRDIFF_RETURN_IF_ERROR(rungs->Load());
  return std::unique_ptr<Comparer>(new Comparer(std::move(rungs)));
}

absl::StatusOr<v1::Statement> Comparer::Read(const StatementInput& statement, std::vector<v1::Issue>* issues) const {
  SideState side;
  NARRDIFF_RETURN_IF_ERROR(AtSide(rungs_->Read(statement, side), statement.name));
  v1::Statement out;
  rungs_->FillStatement(statement, side, out);
  CopyIssues(side, issues);
  return out;
}

absl::StatusOr<v1::Statement> Comparer::ReadUnits(StatementInput statement, Units& units,
                                                  std::vector<v1::Issue>* issues) const {
  SideState side;
  NARRDIFF_RETURN_IF_ERROR(AtSide(rungs_->Cut(std::move(statement.bytes), statement, side), statement.name));
  v1::Statement out;
  rungs_->FillHead(statement, side, out);
  for (const Skipped& skipped : side.document.skipped) units.skipped.push_back(skipped.span);
  side.document.blocks = std::vector<Block>();  // makes room for the units
  units.list = ListUnits(side.segmented, *side.code_points);
  CopyIssues(side, issues);
  out.set_text(std::move(side.document.text));  // last: what is above looks at it
  return out;
}

absl::StatusOr<v1::Comparison> Comparer::Compare(const Sides<StatementInput>& statements) const {
  const Rungs& rungs = *rungs_;
  v1::Comparison out;
  Sides<SideState> sides;
  Issues issues;
  rungs.EchoOptions(statements, out);
  NARRDIFF_RETURN_IF_ERROR(rungs.ReadSides(statements, sides, issues, out));
  if (!rungs.Progress(.3, "describing")) return Interrupted();
  // Only versions of one text are matched by their terms, and what may be some.
  const TermTables terms =
      rungs.options.mode == v1::MODE_COMPETING ? TermTables() : rungs.matcher->Index(TextsOf(sides));
  rungs.SettleMode(sides, terms, out);
  const Sides<v1::Statement*> to{out.mutable_left(), out.mutable_right()};
  rungs.SettleParties(statements, out.mode(), sides, to);
  rungs.Describe(sides, to);
  NARRDIFF_RETURN_IF_ERROR(rungs.CheckCells(sides, out.mode()));
  NARRDIFF_RETURN_IF_ERROR(rungs.EmbedSides(sides, issues, out));
  if (!rungs.Progress(kEmbeddingEnds, "aligning")) return Interrupted();
  NARRDIFF_RETURN_IF_ERROR(rungs.AlignAndSummarise(sides, terms, issues, out));

  std::stable_sort(issues.begin(), issues.end(), [](const Issue& a, const Issue& b) {
    const auto key = [](const Issue& i) { return i.side.has_value() ? static_cast<int>(*i.side) : 2; };
    if (key(a) != key(b)) return key(a) < key(b);
    if (a.span != b.span) return a.span < b.span;
    return a.code < b.code;
  });
  for (const Issue& issue : issues) {
    const CodePointMap* map = issue.side.has_value() ? &*sides[*issue.side].code_points : nullptr;
    *out.add_issues() = ToProto(issue, map);
  }
  rungs.Progress(1, "done");
  return out;
}

}  // namespace narrdiff
