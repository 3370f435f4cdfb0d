// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/embed/model_files.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "engine/base/status_macros.h"
#include "nlohmann/json.hpp"

namespace narrdiff {
namespace {

using Json = nlohmann::json;

// What no model of this family reaches; a file that says more is damaged.
constexpr int kGreatestSize = 1 << 20;
constexpr int kDefaultMaxTokens = 512;

absl::Status Unfit(const std::string& path, const std::string& what) {
  return absl::FailedPreconditionError(absl::StrCat(path, ": ", what));
}

absl::StatusOr<Json> ReadJsonObject(const std::string& path) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    const std::string message = absl::StrCat(path, ": cannot be opened: ", std::strerror(errno));
    return errno == ENOENT || errno == ENOTDIR ? absl::NotFoundError(message) : absl::FailedPreconditionError(message);
  }
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return Unfit(path, "no JSON object; fetch or make it anew");
  return json;
}

// The same, and an empty object where there is no such file.
absl::StatusOr<Json> ReadOptionalJsonObject(const std::string& path) {
  absl::StatusOr<Json> json = ReadJsonObject(path);
  if (absl::IsNotFound(json.status())) return Json::object();
  return json;
}

std::string StringOr(const Json& json, const char* key, const std::string& fallback) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : fallback;
}

absl::StatusOr<int> ReadSize(const Json& json, const char* key, const std::string& path) {
  const auto found = json.find(key);
  if (found == json.end() || !found->is_number_unsigned() || found->get<uint64_t>() == 0 ||
      found->get<uint64_t>() > kGreatestSize) {
    return Unfit(path, absl::StrCat(key, " is missing or out of range; it should be a whole number above 0"));
  }
  return found->get<int>();
}

absl::StatusOr<EncoderConfig> ReadEncoderConfig(const std::string& path) {
  NARRDIFF_ASSIGN_OR_RETURN(const Json json, ReadJsonObject(path));
  const std::string type = StringOr(json, "model_type", "");
  if (type != "bert" && type != "xlm-roberta") {
    return Unfit(path, absl::StrCat("model_type is \"", type, "\"; only \"bert\" and \"xlm-roberta\" fit"));
  }
  if (StringOr(json, "hidden_act", "gelu") != "gelu" ||
      StringOr(json, "position_embedding_type", "absolute") != "absolute") {
    return Unfit(path, "only the activation \"gelu\" and absolute positions fit");
  }
  EncoderConfig config;
  NARRDIFF_ASSIGN_OR_RETURN(config.hidden_size, ReadSize(json, "hidden_size", path));
  NARRDIFF_ASSIGN_OR_RETURN(config.layers, ReadSize(json, "num_hidden_layers", path));
  NARRDIFF_ASSIGN_OR_RETURN(config.heads, ReadSize(json, "num_attention_heads", path));
  NARRDIFF_ASSIGN_OR_RETURN(config.intermediate_size, ReadSize(json, "intermediate_size", path));
  NARRDIFF_ASSIGN_OR_RETURN(config.positions, ReadSize(json, "max_position_embeddings", path));
  if (type == "xlm-roberta") config.first_position = 2;  // after the place of <pad>
  if (config.hidden_size % (16 * config.heads) != 0) {
    return Unfit(path, "hidden_size has to be a multiple of 16 times num_attention_heads");
  }
  if (config.positions < config.first_position + 16) return Unfit(path, "max_position_embeddings is too small");
  const auto epsilon = json.find("layer_norm_eps");
  if (epsilon != json.end() && epsilon->is_number()) config.layer_norm_epsilon = epsilon->get<float>();
  if (!(config.layer_norm_epsilon > 0 && config.layer_norm_epsilon < 1)) {
    return Unfit(path, "layer_norm_eps has to lie between 0 and 1");
  }
  return config;
}

// The last part of a path.
std::string BaseName(std::string_view path) {
  while (path.size() > 1 && path.back() == '/') path.remove_suffix(1);
  return std::string(path.substr(path.find_last_of('/') + 1));
}

}  // namespace

absl::StatusOr<ModelConfig> ReadModelConfig(const std::string& directory) {
  ModelConfig config;
  absl::StatusOr<EncoderConfig> encoder = ReadEncoderConfig(directory + "/config.json");
  if (absl::IsNotFound(encoder.status())) {
    return absl::NotFoundError(absl::StrCat(
        directory, ": no model here (no config.json); run tools/setup, which fetches the small multilingual model, or ",
        "name the directory of another"));
  }
  NARRDIFF_ASSIGN_OR_RETURN(config.encoder, std::move(encoder));
  NARRDIFF_ASSIGN_OR_RETURN(const Json pooling, ReadOptionalJsonObject(directory + "/1_Pooling/config.json"));
  const std::string own_path = directory + "/narrdiff.json";
  NARRDIFF_ASSIGN_OR_RETURN(const Json own, ReadOptionalJsonObject(own_path));

  config.name = StringOr(own, "name", BaseName(directory));
  const bool is_e5 = absl::StrContains(absl::AsciiStrToLower(config.name), "e5");
  config.prefix = StringOr(own, "prefix", is_e5 ? "query: " : "");
  const auto first = pooling.find("pooling_mode_cls_token");
  const bool pools_first = first != pooling.end() && first->is_boolean() && first->get<bool>();
  const std::string mode = StringOr(own, "pooling", pools_first ? "cls" : "mean");
  if (mode != "mean" && mode != "cls") return Unfit(own_path, "pooling is neither \"mean\" nor \"cls\"");
  config.pooling = mode == "cls" ? ModelConfig::Pooling::kFirst : ModelConfig::Pooling::kMean;
  const int possible = config.encoder.positions - config.encoder.first_position;
  config.max_tokens = std::min(possible, kDefaultMaxTokens);
  if (own.contains("max_tokens")) {
    NARRDIFF_ASSIGN_OR_RETURN(config.max_tokens, ReadSize(own, "max_tokens", own_path));
    if (config.max_tokens < 16 || config.max_tokens > possible) {
      return Unfit(own_path, absl::StrCat("max_tokens has to lie between 16 and ", possible));
    }
  }
  return config;
}

}  // namespace narrdiff
