// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/embed/tensors.h"

#include <cstdint>
#include <string>
#include <vector>

#include "engine/embed/testing/tiny_model.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string Path() { return testing::TempDir() + "/tensors_test.safetensors"; }

std::string WithLength(const std::string& header, const std::string& data) {
  const uint64_t size = header.size();
  return std::string(reinterpret_cast<const char*>(&size), sizeof(size)) + header + data;
}

absl::StatusOr<std::unique_ptr<Tensors>> OpenBytes(const std::string& bytes) {
  WriteFile(Path(), bytes);
  return Tensors::Open(Path());
}

TEST(Tensors, ReadsEveryType) {
  std::string block("\x00\x38", 2);  // 0.5
  for (int i = 0; i < 16; ++i) block.push_back(static_cast<char>(i | (15 - i) << 4));
  const std::string data = std::string("\x00\x00\x80\x3f\x00\x00\x00\xc0", 8) + std::string("\x00\x3c\x01\x00", 4) +
                           std::string("\x80\x3f\x00\xc0", 4) + block;
  const auto tensors = OpenBytes(
      WithLength(R"({"__metadata__":{"a":"b"},"full":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)"
                 R"("half":{"dtype":"F16","shape":[2,1],"data_offsets":[8,12]},"brain":{"dtype":"BF16","shape":[1,2],)"
                 R"("data_offsets":[12,16]},"blocks":{"dtype":"U8","shape":[1,1,18],"data_offsets":[16,34]},)"
                 R"("steps":{"dtype":"I64","shape":[],"data_offsets":[0,8]}})",
                 data));
  ASSERT_TRUE(tensors.ok()) << tensors.status();
  float values[32];
  (*tensors)->Matrix("full", 1, 2)->ReadRow(0, values);
  EXPECT_EQ(values[0], 1.0f);
  EXPECT_EQ(values[1], -2.0f);
  const auto half = (*tensors)->Matrix("half", kAnyRows, 1);
  half->ReadRow(0, values);
  EXPECT_EQ(values[0], 1.0f);
  half->ReadRow(1, values);
  EXPECT_EQ(values[0], 0x1p-24f);
  (*tensors)->Matrix("brain", 1, 2)->ReadRow(0, values);
  EXPECT_EQ(values[0], 1.0f);
  EXPECT_EQ(values[1], -2.0f);
  (*tensors)->Matrix("blocks", 1, 32)->ReadRow(0, values);
  EXPECT_EQ(values[0], -4.0f);
  EXPECT_EQ(values[15], 3.5f);
  EXPECT_EQ(values[16], 3.5f);
  EXPECT_EQ(values[31], -4.0f);
  EXPECT_FALSE((*tensors)->Has("steps"));
  EXPECT_THAT(std::string((*tensors)->Matrix("half", 3, 1).status().message()),
              HasSubstr("half is 2 x 1 and not 3 x 1"));
  EXPECT_THAT(std::string((*tensors)->Matrix("none", 3, 1).status().message()), HasSubstr("no tensor none"));
}

TEST(Tensors, DamagedFilesAreRefused) {
  const std::string entry = R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})";
  struct Case {
    const char* name;
    std::string bytes;
    const char* message;
  };
  const std::string eight(8, '\0');
  const std::vector<Case> cases = {
      {"empty", "", "empty, or not a file"},
      {"short", "abc", "too short"},
      {"endless header", std::string(8, '\xff') + "{}", "header has no end"},
      {"header beyond the end", WithLength(entry, "").substr(0, 20), "header has no end"},
      {"no JSON", WithLength("{]", eight), "no JSON object"},
      {"a list", WithLength("[]", eight), "no JSON object"},
      {"no description", WithLength(R"({"a":1})", eight), "no description of a"},
      {"no shape", WithLength(R"({"a":{"dtype":"F32","data_offsets":[0,8]}})", eight), "no full description of a"},
      {"negative shape", WithLength(R"({"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}})", eight), "no full"},
      {"huge shape", WithLength(R"({"a":{"dtype":"F32","shape":[1e30],"data_offsets":[0,8]}})", eight), "no full"},
      {"three offsets", WithLength(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,9]}})", eight), "no full"},
      {"data missing", WithLength(entry, "abcd"), "a lies outside of it"},
      {"backwards", WithLength(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}})", eight), "outside"},
      {"other size", WithLength(R"({"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}})", eight), "disagree"},
      {"no columns", WithLength(R"({"a":{"dtype":"F32","shape":[3,0],"data_offsets":[0,0]}})", eight), "disagree"},
  };
  for (const Case& c : cases) {
    const auto tensors = OpenBytes(c.bytes);
    EXPECT_EQ(tensors.status().code(), absl::StatusCode::kFailedPrecondition) << c.name;
    EXPECT_THAT(std::string(tensors.status().message()), HasSubstr(c.message)) << c.name;
  }
  EXPECT_EQ(Tensors::Open(Path() + ".none").status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Tensors::Open(testing::TempDir()).status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST(Tensors, FingerprintsTellModelsApart) {
  TinyModel model;
  auto tensors = model.Tensors();
  const std::string first = (*OpenBytes(Safetensors(tensors)))->Fingerprint();
  EXPECT_EQ((*OpenBytes(Safetensors(tensors)))->Fingerprint(), first);
  for (auto& [name, tensor] : tensors) {
    for (float& value : tensor.values) value *= 1.5f;
  }
  EXPECT_NE((*OpenBytes(Safetensors(tensors)))->Fingerprint(), first);
}

}  // namespace
}  // namespace narrdiff
