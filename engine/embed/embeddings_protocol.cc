// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/embed/embeddings_protocol.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"

namespace narrdiff {
namespace {

using Json = nlohmann::json;

// Reads {"data": [{"index": 0, "embedding": [...]}, ...]} as it is parsed, and steps over all else. A tree of the whole
// answer would take four times the memory, and a hostile answer could make that much more.
class AnswerReader final : public nlohmann::json_sax<Json> {
 public:
  explicit AnswerReader(size_t count) : slots_(count) {}

  absl::StatusOr<std::vector<std::vector<float>>> Take() {
    if (!trouble_.empty()) return absl::InvalidArgumentError(trouble_);
    if (!saw_data_) return absl::InvalidArgumentError("has no list \"data\"");
    if (taken_ < slots_.size()) {
      return absl::InvalidArgumentError(absl::StrCat("has ", taken_, " vectors for ", slots_.size(), " texts"));
    }
    std::vector<std::vector<float>> vectors;
    const size_t size = slots_.empty() ? 0 : slots_[0]->size();
    for (std::optional<std::vector<float>>& slot : slots_) {
      if (slot->size() != size) {
        return absl::InvalidArgumentError(
            absl::StrCat("has vectors of different sizes, ", size, " and ", slot->size()));
      }
      vectors.push_back(*std::move(slot));
    }
    return vectors;
  }

  bool null() override { return Other("null"); }
  bool boolean(bool) override { return Other("a truth value"); }
  bool number_integer(number_integer_t value) override { return Number(static_cast<double>(value), value); }
  bool number_unsigned(number_unsigned_t value) override {
    return Number(static_cast<double>(value), value > INT64_MAX ? -1 : static_cast<int64_t>(value));
  }
  bool number_float(number_float_t value, const string_t&) override { return Number(value, -1); }
  bool string(string_t&) override { return Other("a string"); }
  bool binary(binary_t&) override { return Other("bytes"); }

  bool start_object(std::size_t) override {
    if (in_vector_) return Other("an object");
    if (in_data_ && depth_ == kInData) {
      index_ = next_++;
      vector_.reset();
    }
    return Open();
  }
  bool end_object() override {
    --depth_;
    return depth_ != kInData || !in_data_ || EndItem();
  }
  bool start_array(std::size_t) override {
    if (in_vector_) return Other("a list");
    if (depth_ == kTop && key_ == "data") {
      in_data_ = saw_data_ = true;
    } else if (in_data_ && depth_ == kInItem && key_ == "embedding") {
      in_vector_ = true;
      vector_.emplace();
    }
    return Open();
  }
  bool end_array() override {
    --depth_;
    if (in_vector_) {
      in_vector_ = false;
    } else if (depth_ == kTop) {
      in_data_ = false;
    }
    return true;
  }
  bool key(string_t& name) override {
    if (depth_ == kTop || depth_ == kInItem) key_ = name;
    return true;
  }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
    return Fail(absl::StrCat("is not JSON from byte ", position, " on"));
  }

 private:
  // Objects and lists around a value.
  enum Depth { kOutside, kTop, kInData, kInItem };

  bool Fail(std::string trouble) {
    if (trouble_.empty()) trouble_ = std::move(trouble);
    return false;
  }
  bool Open() {
    ++depth_;
    return true;
  }
  bool Other(const char* what) {
    if (in_vector_) return Fail(absl::StrCat("has ", what, " inside vector ", index_));
    if (in_data_ && depth_ == kInItem && key_ == "embedding") {
      return Fail(
          absl::StrCat("has ", what, " in place of vector ", index_, ", where a list of numbers was asked for"));
    }
    return true;
  }
  bool Number(double value, int64_t whole) {
    if (in_vector_) {
      const float number = static_cast<float>(value);
      if (!std::isfinite(number)) return Fail(absl::StrCat("has a number beyond all bounds inside vector ", index_));
      vector_->push_back(number);
    } else if (in_data_ && depth_ == kInItem && key_ == "index") {
      index_ = whole;
    }
    return true;
  }
  bool EndItem() {
    if (!vector_.has_value()) return Fail(absl::StrCat("has no \"embedding\" in item ", next_ - 1, " of \"data\""));
    if (vector_->empty()) return Fail(absl::StrCat("has an empty vector ", index_));
    if (index_ < 0 || index_ >= static_cast<int64_t>(slots_.size())) {
      return Fail(absl::StrCat("has more vectors than the ", slots_.size(), " texts, or one with an \"index\" beyond"));
    }
    std::optional<std::vector<float>>& slot = slots_[static_cast<size_t>(index_)];
    if (slot.has_value()) return Fail(absl::StrCat("has vector ", index_, " twice"));
    slot = std::move(vector_);
    vector_.reset();
    key_.clear();
    ++taken_;
    return true;
  }

  std::vector<std::optional<std::vector<float>>> slots_;
  size_t taken_ = 0;
  std::string trouble_, key_;
  int64_t depth_ = kOutside, next_ = 0, index_ = 0;
  bool saw_data_ = false, in_data_ = false, in_vector_ = false;
  std::optional<std::vector<float>> vector_;
};

}  // namespace

std::string EmbeddingsRequest(std::string_view model, absl::Span<const std::string_view> texts) {
  Json body;
  body["model"] = std::string(model);
  body["encoding_format"] = "float";
  Json& input = body["input"] = Json::array();
  for (const std::string_view text : texts) input.push_back(std::string(text));
  return body.dump(-1, ' ', false, Json::error_handler_t::replace);
}

absl::StatusOr<std::vector<std::vector<float>>> ParseEmbeddingsAnswer(std::string_view body, size_t count) {
  AnswerReader reader(count);
  Json::sax_parse(body.begin(), body.end(), &reader);
  return reader.Take();
}

}  // namespace narrdiff
