// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/report/formats.h"

#include <cstdint>
#include <limits>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "engine/base/sha256.h"
#include "engine/base/sides.h"
#include "engine/base/status_macros.h"
#include "engine/base/utf8.h"
#include "engine/report/relation_names.h"
#include "engine/report/report_rows.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/tokenizer.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "google/protobuf/stubs/common.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/json_util.h"
#if GOOGLE_PROTOBUF_VERSION < 4022000
#include "google/protobuf/stubs/logging.h"
#endif

namespace narrdiff {
namespace {

constexpr std::string_view kSchemaPrefix = "narrdiff.";

// Older protobufs report ill-formed UTF-8 on stderr as well as by failing.
#if GOOGLE_PROTOBUF_VERSION < 4022000
using QuietProtobuf = google::protobuf::LogSilencer;
#else
struct QuietProtobuf {
  QuietProtobuf() {}
};
#endif

absl::Status Foreign() {
  return absl::InvalidArgumentError(
      "not a narrdiff comparison; give a file that `narrdiff diff` wrote as "
      "pb, json or textproto");
}

bool IsOurs(const v1::Comparison& comparison) {
  return std::string_view(comparison.schema()).substr(0, kSchemaPrefix.size()) == kSchemaPrefix;
}

void WriteDeterministically(const google::protobuf::Message& message, google::protobuf::io::CodedOutputStream& out) {
  out.SetSerializationDeterministic(true);
  message.SerializeWithCachedSizes(&out);
}

// Keeps the first error of protobuf's text parser. Serves both the older
// interface (AddError) and the newer one (RecordError).
class FirstError : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int line, int column, const std::string& message) { RecordError(line, column, message); }
  void AddWarning(int, int, const std::string&) {}
  void RecordError(int line, int column, absl::string_view message) {
    if (!text_.empty()) return;
    text_ = line < 0 ? std::string(message) : absl::StrCat(line + 1, ":", column + 1, ": ", message);
  }
  void RecordWarning(int, int, absl::string_view) {}
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

absl::StatusOr<v1::Comparison> ParseBinary(std::string_view bytes) {
  v1::Comparison comparison;
  QuietProtobuf quiet;
  if (bytes.size() > static_cast<size_t>(std::numeric_limits<int>::max())) {
    return absl::InvalidArgumentError("the file is larger than the 2 GiB that a message may have");
  }
  if (!comparison.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    // The schema comes first, so that it is there even when the end is not.
    if (!IsOurs(comparison)) return Foreign();
    return absl::InvalidArgumentError(absl::StrCat("the comparison is cut short or damaged (", bytes.size(),
                                                   " bytes were read); copy or make it again"));
  }
  return comparison;
}

absl::StatusOr<v1::Comparison> ParseJson(std::string_view bytes) {
  v1::Comparison comparison;
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;
  QuietProtobuf quiet;
  const auto status = google::protobuf::util::JsonStringToMessage(std::string(bytes), &comparison, options);
  if (!status.ok()) {
    std::string why(status.message());
    // The older parser quotes the place over several lines.
    why = why.substr(0, why.find('\n'));
    return absl::InvalidArgumentError(absl::StrCat("not a narrdiff comparison, or cut short: ", why,
                                                   "; give JSON that `narrdiff diff --format=json` wrote"));
  }
  return comparison;
}

absl::StatusOr<v1::Comparison> ParseTextproto(std::string_view bytes) {
  v1::Comparison comparison;
  google::protobuf::TextFormat::Parser parser;
  FirstError error;
  parser.RecordErrorsTo(&error);
  parser.AllowUnknownField(true);
  if (!parser.ParseFromString(std::string(bytes), &comparison)) {
    return absl::InvalidArgumentError(absl::StrCat(error.text(), "; not a narrdiff comparison, or cut short"));
  }
  return comparison;
}

// Whether both counts of a span lie in the text.
absl::Status CheckSpan(const v1::Span& span, const v1::Statement& statement, Side side, absl::string_view what) {
  if (span.begin_byte() <= span.end_byte() && span.end_byte() <= statement.text().size() &&
      span.begin_code_point() <= span.end_code_point() && span.end_code_point() <= span.end_byte()) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      absl::StrCat("not a whole comparison: the span of ", what, " (bytes ", span.begin_byte(), " to ", span.end_byte(),
                   ") is not in the text of the ", SideName(side), " statement (", statement.text().size(), " bytes)"));
}

absl::Status CheckSide(const v1::Comparison& comparison, Side side) {
  const v1::Statement& statement = StatementOf(comparison, side);
  const auto size = static_cast<uint32_t>(statement.sentences_size());
  std::vector<bool> placed(size);
  auto place = [&](uint32_t index, absl::string_view what) {
    if (index < size) {
      placed[index] = true;
      return absl::OkStatus();
    }
    return absl::InvalidArgumentError(absl::StrCat("not a whole comparison: ", what, " has sentence ", index,
                                                   " of the ", SideName(side), " side, which has ", size));
  };
  for (const v1::AlignedPair& pair : comparison.pairs()) {
    const auto& indices = side == Side::kLeft ? pair.left() : pair.right();
    if (indices.empty()) {
      return absl::InvalidArgumentError(absl::StrCat("not a whole comparison: pair ", pair.id(),
                                                     " has no sentence of the ", SideName(side), " side"));
    }
    for (uint32_t index : indices) {
      NARRDIFF_RETURN_IF_ERROR(place(index, absl::StrCat("pair ", pair.id())));
    }
    for (const v1::WordDiff& diff : pair.word_diffs()) {
      NARRDIFF_RETURN_IF_ERROR(CheckSpan(side == Side::kLeft ? diff.left() : diff.right(), statement, side,
                                         absl::StrCat("a word of pair ", pair.id())));
    }
    for (const v1::Evidence& evidence : pair.evidence()) {
      for (const v1::Span& span : side == Side::kLeft ? evidence.left() : evidence.right()) {
        NARRDIFF_RETURN_IF_ERROR(CheckSpan(span, statement, side, absl::StrCat("evidence of pair ", pair.id())));
      }
    }
  }
  for (const v1::VersionDifference& difference : comparison.differences()) {
    for (const uint32_t index : side == Side::kLeft ? difference.left() : difference.right()) {
      if (index >= size) {
        return absl::InvalidArgumentError(absl::StrCat("not a whole comparison: a difference has sentence ", index,
                                                       " of the ", SideName(side), " side, which has ", size));
      }
    }
    for (const v1::Span& span : side == Side::kLeft ? difference.left_spans() : difference.right_spans()) {
      NARRDIFF_RETURN_IF_ERROR(CheckSpan(span, statement, side, "a difference"));
    }
  }
  for (uint32_t index : side == Side::kLeft ? comparison.unaligned_left() : comparison.unaligned_right()) {
    NARRDIFF_RETURN_IF_ERROR(place(index, "the list of unaligned sentences"));
  }
  for (uint32_t i = 0; i < size; ++i) {
    const v1::Sentence& sentence = statement.sentences(static_cast<int>(i));
    NARRDIFF_RETURN_IF_ERROR(CheckSpan(sentence.span(), statement, side, absl::StrCat("sentence ", i)));
    if (!placed[i] && sentence.kind() != v1::Sentence::QUESTION) {
      return absl::InvalidArgumentError(
          absl::StrCat("not a whole comparison: sentence ", i, " of the ", SideName(side),
                       " side is in no pair and not listed as unaligned; the file may have "
                       "been cut short"));
    }
  }
  return absl::OkStatus();
}

// Escaped for XML, in text and in attributes, on one line, without characters
// that XML 1.0 does not allow.
std::string Xml(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (int32_t i = 0; i < static_cast<int32_t>(text.size());) {
    const char32_t c = NextCodePoint(text, i);
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\t':
      case '\n':
      case '\r':
        out += ' ';
        break;
      default:
        if (c >= 0x20 && c != 0xFFFE && c != 0xFFFF) AppendUtf8(c, out);
    }
  }
  return out;
}

std::string ShaOf(const v1::Statement& statement) {
  return statement.sha256().empty() ? Sha256Hex(statement.text()) : statement.sha256();
}

}  // namespace

std::string ToTsv(const v1::Comparison& comparison, bool header) {
  std::string out;
  if (header) out = "left_ids\tright_ids\trelation\tscore\tleft_text\tright_text\n";
  for (const ReportRow& row : RowsOf(comparison)) {
    absl::StrAppend(&out, absl::StrJoin(row.indices.left, ","), "\t", absl::StrJoin(row.indices.right, ","), "\t");
    if (row.pair == nullptr) {
      absl::StrAppend(&out, "unaligned\t");
    } else {
      absl::StrAppend(&out, std::string(RelationName(row.pair->relation())), "\t",
                      absl::StrFormat("%.4f", row.pair->score()));
    }
    absl::StrAppend(&out, "\t", JoinSentences(comparison.left(), row.indices.left), "\t",
                    JoinSentences(comparison.right(), row.indices.right), "\n");
  }
  return out;
}

absl::StatusOr<std::string> ToDifferencesTsv(const v1::Comparison& comparison, bool header) {
  if (comparison.mode() != v1::MODE_PARALLEL) {
    return absl::InvalidArgumentError(
        "diffs are differences of two versions of one text; compare with --mode=parallel, or choose tsv");
  }
  std::string out;
  if (header) out = "left_id\tright_id\tkind\treason\n";
  for (const v1::VersionDifference& difference : comparison.differences()) {
    absl::StrAppend(&out, absl::StrJoin(difference.left(), ","), "\t", absl::StrJoin(difference.right(), ","), "\t",
                    std::string(DifferenceName(difference.kind())), "\t", OnOneLine(difference.reason()), "\n");
  }
  return out;
}

absl::StatusOr<std::string> ToJson(const google::protobuf::Message& message, bool pretty) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = pretty;
  std::string out;
  QuietProtobuf quiet;
  const auto status = google::protobuf::util::MessageToJsonString(message, &out, options);
  if (!status.ok()) {
    return absl::InternalError(absl::StrCat("cannot write the message as JSON: ", status.ToString()));
  }
  while (!out.empty() && out.back() == '\n') out.pop_back();
  if (pretty) out += '\n';
  return out;
}

std::string ToTextproto(const v1::Comparison& comparison) {
  google::protobuf::TextFormat::Printer printer;
  printer.SetUseUtf8StringEscaping(true);
  std::string body;
  printer.PrintToString(comparison, &body);
  return absl::StrCat(
      "# proto-file: proto/narrdiff/v1/comparison.proto\n"
      "# proto-message: narrdiff.v1.Comparison\n\n",
      body);
}

std::string ToBinary(const google::protobuf::Message& message) {
  std::string out;
  message.ByteSizeLong();  // fills in the cached sizes
  {
    google::protobuf::io::StringOutputStream stream(&out);
    google::protobuf::io::CodedOutputStream coded(&stream);
    WriteDeterministically(message, coded);
  }
  return out;
}

std::vector<v1::PairRecord> ToPairRecords(const v1::Comparison& comparison) {
  const v1::Statement& left = comparison.left();
  const v1::Statement& right = comparison.right();
  v1::PairRecord common;
  common.set_comparison_id(Sha256Hex(absl::StrCat(ShaOf(left), ShaOf(right))).substr(0, 16));
  common.set_left_party(left.party());
  common.set_right_party(right.party());
  common.set_left_speaker(left.speaker());
  common.set_right_speaker(right.speaker());
  common.set_left_date(left.date());
  common.set_right_date(right.date());
  common.set_left_language(left.language());
  common.set_right_language(right.language());
  common.set_left_source(left.source_name());
  common.set_right_source(right.source_name());
  std::vector<v1::PairRecord> records;
  for (const ReportRow& row : RowsOf(comparison)) {
    v1::PairRecord record = common;
    record.set_left_text(JoinSentences(left, row.indices.left));
    record.set_right_text(JoinSentences(right, row.indices.right));
    for (uint32_t index : row.indices.left) record.add_left_indices(index);
    for (uint32_t index : row.indices.right) record.add_right_indices(index);
    // A sentence's own speaker and language say more than the statement's.
    if (!row.indices.left.empty()) {
      if (const v1::Sentence* s = FindSentence(left, row.indices.left[0])) {
        if (!s->speaker().empty()) record.set_left_speaker(s->speaker());
        record.set_left_language(LanguageOf(left, *s));
      }
    }
    if (!row.indices.right.empty()) {
      if (const v1::Sentence* s = FindSentence(right, row.indices.right[0])) {
        if (!s->speaker().empty()) record.set_right_speaker(s->speaker());
        record.set_right_language(LanguageOf(right, *s));
      }
    }
    if (row.pair != nullptr) {
      record.set_pair_id(PairId(row));
      record.set_relation(row.pair->relation());
      record.set_score(row.pair->score());
      record.set_relation_confidence(row.pair->relation_confidence());
      for (const v1::Evidence* evidence : ReasonsOf(*row.pair, std::numeric_limits<int>::max())) {
        record.add_reasons(evidence->reason());
      }
    }
    records.push_back(std::move(record));
  }
  return records;
}

std::string ToDelimited(const std::vector<v1::PairRecord>& records) {
  std::string out;
  {
    google::protobuf::io::StringOutputStream stream(&out);
    google::protobuf::io::CodedOutputStream coded(&stream);
    for (const v1::PairRecord& record : records) {
      coded.WriteVarint32(static_cast<uint32_t>(record.ByteSizeLong()));
      WriteDeterministically(record, coded);
    }
  }
  return out;
}

absl::StatusOr<std::string> ToTmx(const v1::Comparison& comparison) {
  if (comparison.mode() != v1::MODE_PARALLEL) {
    return absl::InvalidArgumentError(
        "tmx is for two versions of one text; compare with --mode=parallel, or "
        "choose tsv");
  }
  auto tag = [](const v1::Statement& statement) {
    return statement.language().empty() ? std::string("und") : Xml(statement.language());
  };
  std::string out = absl::StrCat(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<tmx version=\"1.4\">\n"
      "<header creationtool=\"narrdiff\" creationtoolversion=\"",
      Xml(comparison.engine_version()), "\" segtype=\"sentence\" o-tmf=\"narrdiff\" adminlang=\"en\" srclang=\"",
      tag(comparison.left()), "\" datatype=\"plaintext\"/>\n<body>\n");
  for (const ReportRow& row : RowsOf(comparison)) {
    if (row.pair == nullptr) continue;
    absl::StrAppend(&out, "<tu tuid=\"", Xml(PairId(row)), "\">\n<prop type=\"x-score\">",
                    absl::StrFormat("%.4f", row.pair->score()), "</prop>\n");
    for (Side side : kBothSides) {
      const v1::Statement& statement = StatementOf(comparison, side);
      absl::StrAppend(&out, "<tuv xml:lang=\"", tag(statement), "\"><seg>",
                      Xml(JoinSentences(statement, row.indices[side])), "</seg></tuv>\n");
    }
    absl::StrAppend(&out, "</tu>\n");
  }
  absl::StrAppend(&out, "</body>\n</tmx>\n");
  return out;
}

absl::StatusOr<v1::Comparison> ParseComparison(std::string_view bytes, MessageFormat format) {
  if (bytes.empty()) {
    return absl::InvalidArgumentError("not a narrdiff comparison: the file is empty");
  }
  absl::StatusOr<v1::Comparison> comparison;
  switch (format) {
    case MessageFormat::kBinary:
      comparison = ParseBinary(bytes);
      break;
    case MessageFormat::kJson:
      comparison = ParseJson(bytes);
      break;
    case MessageFormat::kTextproto:
      comparison = ParseTextproto(bytes);
      break;
  }
  NARRDIFF_RETURN_IF_ERROR(comparison.status());
  NARRDIFF_RETURN_IF_ERROR(CheckComparison(*comparison));
  return comparison;
}

absl::Status CheckComparison(const v1::Comparison& comparison) {
  if (!IsOurs(comparison)) return Foreign();
  if (!comparison.has_left() || !comparison.has_right()) {
    return absl::InvalidArgumentError(absl::StrCat("not a whole comparison: the ",
                                                   comparison.has_left() ? "right" : "left",
                                                   " statement is missing; the file may have been cut short"));
  }
  for (Side side : kBothSides) {
    NARRDIFF_RETURN_IF_ERROR(CheckSide(comparison, side));
  }
  return absl::OkStatus();
}

}  // namespace narrdiff
