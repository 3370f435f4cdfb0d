// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// `narrdiff batch`: a stream of requests in, a stream of replies out, in the
// same order. A request that fails gets a reply that says so, and the next one
// is read.
#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/files.h"
#include "cli/make_comparer.h"
#include "cli/open_embedder.h"
#include "cli/open_judge.h"
#include "cli/read_statement.h"
#include "cli/text.h"
#include "cli/watch_work.h"
#include "engine/base/status_macros.h"
#include "engine/base/utf8.h"
#include "engine/compare.h"
#include "engine/report/formats.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/util/json_util.h"
#include "nlohmann/json.hpp"
#include "proto/narrdiff/v1/batch.pb.h"

namespace narrdiff::cli {
namespace {

using Json = nlohmann::json;

// Room for two statements of the largest size, with every character escaped.
constexpr int64_t kMaxRequestBytes = int64_t{512} << 20;
// Comparers kept for options that requests ask for; when there are more they
// are made anew.
constexpr size_t kMaxComparers = 16;

// What people write in JSON that canonical protobuf JSON does not take: "mode":
// "parallel", "min_score": 0.7, "id": 17.
void MakeCanonical(Json& request) {
  if (!request.is_object()) return;
  const auto to_text = [](Json& object, const char* key) {
    const auto found = object.find(key);
    if (found != object.end() && found->is_number()) *found = found->dump();
  };
  to_text(request, "id");
  const auto options = request.find("options");
  if (options == request.end() || !options->is_object()) return;
  to_text(*options, "min_score");
  to_text(*options, "minScore");
  const auto mode = options->find("mode");
  if (mode == options->end() || !mode->is_string()) return;
  const std::string word = mode->get<std::string>();
  if (word == "auto" || word.empty()) *mode = "MODE_UNSPECIFIED";
  if (word == "competing") *mode = "MODE_COMPETING";
  if (word == "parallel") *mode = "MODE_PARALLEL";
}

// Reads one line of JSON. The id is kept where there is one, so that the reply
// to a bad request can have it.
absl::StatusOr<v1::BatchRequest> ParseJsonRequest(const std::string& line, std::string& id) {
  Json json = Json::parse(line, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded()) return absl::InvalidArgumentError("is not JSON; give one whole JSON object on each line");
  if (!json.is_object())
    return absl::InvalidArgumentError("is not a JSON object; give {\"left\": ..., \"right\": ...}");
  MakeCanonical(json);
  const auto found = json.find("id");
  if (found != json.end() && found->is_string()) id = found->get<std::string>();
  v1::BatchRequest request;
  const auto status = google::protobuf::util::JsonStringToMessage(json.dump(), &request);
  if (!status.ok()) {
    std::string why = Cat(status.message());
    why = why.substr(0, why.find('\n'));
    return absl::InvalidArgumentError(Cat("is not a request: ", why, "; narrdiff batch --help names the fields"));
  }
  return request;
}

absl::StatusOr<StatementInput> StatementOf(const v1::StatementRequest& request, Side side, const v1::Options& asked,
                                           const Arguments& arguments, const CompareOptions& options) {
  const std::string side_name = SideName(side);
  StatementInput statement;
  if (!request.text().empty() && !request.path().empty()) {
    return absl::InvalidArgumentError(Cat(side_name, ": both text and path; give one of them"));
  }
  if (!request.path().empty()) {
    if (request.path() == "-") {
      return absl::InvalidArgumentError(Cat(side_name, ": standard input has the requests; give a file as path"));
    }
    NARRDIFF_ASSIGN_OR_RETURN(statement, ReadStatement(request.path(), options));
  } else {
    // The engine's limit holds for these as well; it checks it.
    statement.bytes = request.text();
    statement.name = side_name;
  }
  const auto first = [](const std::string& a, const std::string& b) { return !a.empty() ? a : b; };
  const bool left = side == Side::kLeft;
  statement.language = first(request.lang(), left ? asked.left_language() : asked.right_language());
  statement.party = first(request.party(), left ? asked.left_party() : asked.right_party());
  statement.date = request.date();
  if (statement.converter.empty()) statement.encoding = request.encoding();
  ApplyFlags(arguments, side, statement);
  // A request is UTF-8 as a whole; flags speak of files.
  if (request.path().empty()) statement.encoding = "UTF-8";
  return statement;
}

// Answers requests, with one Comparer for all that ask for the same options.
class Answerer {
 public:
  Answerer(const Arguments& arguments, CompareOptions options)
      : arguments_(arguments), options_(std::move(options)), embedders_(arguments), watch_(nullptr) {
    options_.progress = watch_.Callback();
  }

  // Fails where the flags alone are wrong.
  absl::Status Start() { return ComparerFor(v1::Options()).status(); }

  absl::StatusOr<v1::Comparison> Answer(const v1::BatchRequest& request) {
    if (!request.has_left() || !request.has_right()) {
      return absl::InvalidArgumentError(
          Cat(request.has_left() ? "right" : "left", ": is missing; give text or path for each side"));
    }
    Sides<StatementInput> statements;
    NARRDIFF_ASSIGN_OR_RETURN(statements.left,
                              StatementOf(request.left(), Side::kLeft, request.options(), arguments_, options_));
    NARRDIFF_ASSIGN_OR_RETURN(statements.right,
                              StatementOf(request.right(), Side::kRight, request.options(), arguments_, options_));
    NARRDIFF_ASSIGN_OR_RETURN(const std::shared_ptr<const Comparer> comparer, ComparerFor(request.options()));
    const Sides<std::string> names = {statements.left.name, statements.right.name};
    absl::StatusOr<v1::Comparison> comparison = comparer->Compare(statements);
    watch_.End();
    if (comparison.ok()) return comparison;
    return WithFileNames(comparison.status(), names);
  }

 private:
  absl::StatusOr<std::shared_ptr<const Comparer>> ComparerFor(const v1::Options& asked) {
    CompareOptions options = options_;
    if (asked.mode() != v1::MODE_UNSPECIFIED) options.mode = asked.mode();
    if (!asked.min_score().empty()) options.min_score = asked.min_score();
    if (!asked.similarity().empty()) options.similarity = asked.similarity();
    if (asked.presegmented()) options.presegmented = true;
    if (asked.max_sentences() > 0) {
      // A request may lower the limit of the run, not raise it.
      options.limits.max_sentences =
          static_cast<int32_t>(std::min<int64_t>(asked.max_sentences(), options.limits.max_sentences));
    }
    const std::string key = Cat(static_cast<int>(options.mode), "\n", options.min_score, "\n", options.similarity, "\n",
                                options.presegmented ? "1" : "0", "\n", options.limits.max_sentences);
    const auto found = comparers_.find(key);
    if (found != comparers_.end()) return found->second;
    NARRDIFF_RETURN_IF_ERROR(embedders_.Provide(options));
    NARRDIFF_ASSIGN_OR_RETURN(std::shared_ptr<const Comparer> comparer, MakeComparer(arguments_, options));
    if (comparers_.size() >= kMaxComparers) comparers_.clear();
    comparers_[key] = comparer;
    return comparer;
  }

  const Arguments& arguments_;
  CompareOptions options_;
  EmbedderSource embedders_;
  WorkWatch watch_;
  std::map<std::string, std::shared_ptr<const Comparer>> comparers_;
};

// A reply as it is written. A comparison that cannot be written becomes an
// error.
std::string Encode(const v1::BatchReply& reply, bool json) {
  if (!json) {
    const std::string body = ToBinary(reply);
    std::string out(10, '\0');
    uint8_t* const begin = reinterpret_cast<uint8_t*>(&out[0]);
    uint8_t* const end = google::protobuf::io::CodedOutputStream::WriteVarint64ToArray(body.size(), begin);
    out.resize(static_cast<size_t>(end - begin));
    return out + body;
  }
  const absl::StatusOr<std::string> text = ToJson(reply, /*pretty=*/false);
  if (text.ok()) return *text + "\n";
  v1::BatchReply failed;
  failed.set_id(OneLine(reply.id()));
  failed.mutable_error()->set_code("INTERNAL");
  failed.mutable_error()->set_message(Cat(text.status().message()));
  const absl::StatusOr<std::string> second = ToJson(failed, /*pretty=*/false);
  return second.ok() ? *second + "\n" : "{\"error\":{\"code\":\"INTERNAL\"}}\n";
}

void SetError(const absl::Status& status, std::string_view place, v1::BatchReply& reply) {
  reply.mutable_error()->set_code(absl::StatusCodeToString(status.code()));
  reply.mutable_error()->set_message(OneLine(Cat(place, status.message())));
}

absl::Status Batch(const Arguments& arguments) {
  const bool json = arguments.Get("format") == "json";
  const std::string path = arguments.operands().empty() ? "-" : arguments.operands()[0];
  NARRDIFF_RETURN_IF_ERROR(CheckOutput(arguments.Get("output"), &path, 1));
  NARRDIFF_ASSIGN_OR_RETURN(CompareOptions options, OptionsFromFlags(arguments));
  NARRDIFF_ASSIGN_OR_RETURN(options.judge, OpenJudge(arguments));
  Answerer answerer(arguments, std::move(options));
  NARRDIFF_RETURN_IF_ERROR(answerer.Start());
  InputStream input;
  NARRDIFF_RETURN_IF_ERROR(input.Open(path));
  Output output;
  NARRDIFF_RETURN_IF_ERROR(output.Open(arguments.Get("output")));

  int64_t count = 0, failures = 0, line_number = 0;
  absl::Status ended;
  while (!output.reader_gone()) {
    v1::BatchReply reply;
    std::string bytes, id, place;
    absl::StatusOr<v1::BatchRequest> request;
    if (json) {
      bool too_long = false;
      const absl::StatusOr<bool> more = input.ReadLine(kMaxRequestBytes, bytes, too_long);
      if (!more.ok()) ended = more.status();
      if (!more.ok() || !*more) break;
      ++line_number;
      // A byte order mark, which some editors put first.
      if (line_number == 1 && StartsWith(bytes, "\xef\xbb\xbf")) bytes.erase(0, 3);
      if (!too_long && bytes.find_first_not_of(" \t\r") == std::string::npos) continue;
      place = Cat("line ", line_number, ": ");
      request = too_long ? absl::StatusOr<v1::BatchRequest>(absl::ResourceExhaustedError(
                               Cat("is longer than max_request_bytes, ", kMaxRequestBytes, "; give files by path")))
                         : ParseJsonRequest(bytes, id);
    } else {
      const absl::StatusOr<bool> more = input.ReadDelimited(kMaxRequestBytes, bytes);
      if (!more.ok()) ended = more.status();
      if (!more.ok() || !*more) break;
      place = Cat("message ", count + 1, ": ");
      v1::BatchRequest message;
      if (message.ParseFromString(bytes)) {
        id = message.id();
        request = std::move(message);
      } else {
        request = absl::InvalidArgumentError("is not a BatchRequest; see proto/narrdiff/v1/batch.proto");
      }
    }
    ++count;
    // An id names the request well enough; without one the place has to.
    reply.set_id(FindInvalidUtf8(id) < 0 ? id : OneLine(id));
    if (!id.empty() && request.ok()) place.clear();
    if (!request.ok()) {
      SetError(request.status(), place, reply);
    } else if (absl::StatusOr<v1::Comparison> comparison = answerer.Answer(*request); comparison.ok()) {
      *reply.mutable_comparison() = *std::move(comparison);
    } else {
      SetError(comparison.status(), place, reply);
    }
    failures += reply.has_error();
    NARRDIFF_RETURN_IF_ERROR(output.Write(Encode(reply, json)));
  }
  if (failures > 0 && !arguments.Given("quiet")) {
    PrintMessage(
        Cat("batch: ", failures, " of ", count, count == 1 ? " request" : " requests", " failed; the replies say why"));
  }
  // A stream that breaks off leaves no file; what went to standard output is
  // out.
  NARRDIFF_RETURN_IF_ERROR(ended);
  return output.Close();
}

}  // namespace

int RunBatch(const Arguments& arguments) { return Fail(Batch(arguments)); }

}  // namespace narrdiff::cli
