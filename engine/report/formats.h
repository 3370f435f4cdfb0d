// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The forms of a comparison that programs read, and the way back from those
// that keep all of it. docs/formats.md is their specification.
//
//   ToTsv(comparison, false) ==
//       "0\t0\tdeny\t0.9340\tThey did it.\tWe did not.\n"
//   ParseComparison(ToBinary(comparison), MessageFormat::kBinary)
//
// The same message gives the same bytes. All functions are thread-safe and
// take time in proportion to the message.
#ifndef NARRDIFF_ENGINE_REPORT_FORMATS_H_
#define NARRDIFF_ENGINE_REPORT_FORMATS_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "proto/narrdiff/v1/comparison.pb.h"

namespace narrdiff {

// LEFT_IDS, RIGHT_IDS, RELATION, SCORE, LEFT_TEXT, RIGHT_TEXT with tabs
// between, a row a line. Ids count from 0 and are joined with commas; the
// relation is in lower case, "unaligned" in rows with one side; the score has
// four decimals and is empty where there is no pair; texts are on one line,
// tabs and line ends in them made spaces. Rows in the order of RowsOf:
// pairs, then unaligned left, then unaligned right; in mode PARALLEL each
// where it stands in the text. `header` adds a first line of these names.
std::string ToTsv(const v1::Comparison& comparison, bool header);

// LEFT_ID, RIGHT_ID, KIND, REASON with tabs between, a row a difference of two versions, in the order of the message.
// Ids count from 0 and are joined with commas, empty on a side without a sentence. `header` as above. Errors:
// InvalidArgument when the mode is not PARALLEL.
absl::StatusOr<std::string> ToDifferencesTsv(const v1::Comparison& comparison, bool header);

// Canonical protobuf JSON. `pretty`: indented by one space, with a line end;
// else on one line without. Errors: Internal when a string is not UTF-8.
absl::StatusOr<std::string> ToJson(const google::protobuf::Message& message, bool pretty = true);

// Protobuf text format, headed by the names of the schema and the message.
std::string ToTextproto(const v1::Comparison& comparison);

// Protobuf's binary form, deterministic.
std::string ToBinary(const google::protobuf::Message& message);

// One record a row, in the order of ToTsv, each with all it takes to use it
// alone. comparison_id is the start of the SHA-256 of both statements' sha256
// fields joined (of a statement's text where the field is empty).
std::vector<v1::PairRecord> ToPairRecords(const v1::Comparison& comparison);

// Each message preceded by its size as a varint, as protobuf's
// SerializeDelimitedToCodedStream writes it.
std::string ToDelimited(const std::vector<v1::PairRecord>& records);

// TMX 1.4b: one unit a pair, unaligned sentences left out. Characters that XML
// does not allow are dropped. Errors: InvalidArgument when the mode is not
// PARALLEL, as only versions of one text are translations of each other.
absl::StatusOr<std::string> ToTmx(const v1::Comparison& comparison);

enum class MessageFormat { kBinary, kJson, kTextproto };

// Reads what ToBinary, ToJson or ToTextproto wrote. Fields of a later schema
// are passed over. Errors: InvalidArgument for bytes that are no comparison,
// are cut short or damaged, or break the laws that readers rely on (see
// CheckComparison); the message has the line and column where there is one.
absl::StatusOr<v1::Comparison> ParseComparison(std::string_view bytes, MessageFormat format);

// Whether `comparison` is one, and whole: the schema is ours, both statements
// are there, indices and spans lie in them, and every sentence but questions
// is in a pair or in its unaligned list. Errors: InvalidArgument.
absl::Status CheckComparison(const v1::Comparison& comparison);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_REPORT_FORMATS_H_
