// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/embed/tensors.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/base/sha256.h"
#include "engine/base/status_macros.h"
#include "nlohmann/json.hpp"

namespace narrdiff {
namespace {

using Json = nlohmann::json;

constexpr int kBlockValues = 32;
constexpr int kBlockBytes = 18;  // a 16-bit float and 32 nibbles
// A header lists some hundred tensors; what is much longer is no header.
constexpr uint64_t kMaxHeaderBytes = uint64_t{16} << 20;
constexpr int64_t kMaxDimension = int64_t{1} << 31;

// Numbers of these files are little-endian, as are the processors that narrdiff is built for.
template <typename T>
T Load(const char* from) {
  T value;
  std::memcpy(&value, from, sizeof(value));
  return value;
}

float FloatFromHalf(uint16_t half) {
  const uint32_t sign = static_cast<uint32_t>(half & 0x8000) << 16;
  const uint32_t exponent = (half >> 10) & 31;
  const uint32_t fraction = half & 1023;
  float size;
  if (exponent == 0) {
    size = static_cast<float>(fraction) * 0x1p-24f;
  } else {
    const uint32_t bits = exponent == 31 ? 0x7f800000u | fraction << 13 : (exponent + 112) << 23 | fraction << 13;
    std::memcpy(&size, &bits, sizeof(size));
  }
  return sign != 0 ? -size : size;
}

float FloatFromBfloat(uint16_t bfloat) {
  const uint32_t bits = static_cast<uint32_t>(bfloat) << 16;
  float value;
  std::memcpy(&value, &bits, sizeof(value));
  return value;
}

// The nibbles' first half is the block's first 16 values.
void ReadBlock(const char* block, float* values) {
  const float scale = FloatFromHalf(Load<uint16_t>(block));
  for (int i = 0; i < kBlockValues / 2; ++i) {
    const uint8_t both = static_cast<uint8_t>(block[2 + i]);
    values[i] = static_cast<float>((both & 15) - 8) * scale;
    values[i + kBlockValues / 2] = static_cast<float>((both >> 4) - 8) * scale;
  }
}

int64_t RowBytes(TensorView::Type type, int64_t columns) {
  switch (type) {
    case TensorView::Type::kFloat32:
      return columns * 4;
    case TensorView::Type::kFloat16:
    case TensorView::Type::kBfloat16:
      return columns * 2;
    case TensorView::Type::kBlocksOf4Bits:
      return columns / kBlockValues * kBlockBytes;
  }
  return 0;
}

std::optional<TensorView::Type> ParseType(const std::string& name, const std::vector<int64_t>& shape) {
  if (name == "F32") return TensorView::Type::kFloat32;
  if (name == "F16") return TensorView::Type::kFloat16;
  if (name == "BF16") return TensorView::Type::kBfloat16;
  if (name == "U8" && shape.size() == 3 && shape[2] == kBlockBytes) return TensorView::Type::kBlocksOf4Bits;
  return std::nullopt;
}

// A list of numbers from 0 to kMaxDimension; nothing where it is anything else.
std::optional<std::vector<int64_t>> ParseShape(const Json& json) {
  if (!json.is_array()) return std::nullopt;
  std::vector<int64_t> shape;
  for (const Json& number : json) {
    if (!number.is_number_unsigned() || number.get<uint64_t>() > kMaxDimension) return std::nullopt;
    shape.push_back(number.get<int64_t>());
  }
  return shape;
}

const Json* Find(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() ? nullptr : &*found;
}

}  // namespace

void TensorView::ReadRow(int64_t row, float* values) const {
  const char* from = data + row * RowBytes(type, columns);
  switch (type) {
    case Type::kFloat32:
      std::memcpy(values, from, static_cast<size_t>(columns) * sizeof(float));
      return;
    case Type::kFloat16:
      for (int64_t i = 0; i < columns; ++i) values[i] = FloatFromHalf(Load<uint16_t>(from + 2 * i));
      return;
    case Type::kBfloat16:
      for (int64_t i = 0; i < columns; ++i) values[i] = FloatFromBfloat(Load<uint16_t>(from + 2 * i));
      return;
    case Type::kBlocksOf4Bits:
      for (int64_t i = 0; i < columns; i += kBlockValues, from += kBlockBytes) ReadBlock(from, values + i);
      return;
  }
}

absl::StatusOr<std::unique_ptr<Tensors>> Tensors::Open(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    const std::string message = absl::StrCat(path, ": cannot be opened: ", std::strerror(errno));
    return errno == ENOENT ? absl::NotFoundError(message) : absl::FailedPreconditionError(message);
  }
  struct stat info;
  void* mapped = MAP_FAILED;
  if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0) {
    mapped = mmap(nullptr, static_cast<size_t>(info.st_size), PROT_READ, MAP_PRIVATE, fd, 0);
  }
  close(fd);
  if (mapped == MAP_FAILED) return absl::FailedPreconditionError(absl::StrCat(path, ": empty, or not a file"));
  std::unique_ptr<Tensors> tensors(new Tensors);
  tensors->path_ = path;
  tensors->file_ = static_cast<const char*>(mapped);
  tensors->file_bytes_ = static_cast<size_t>(info.st_size);
  tensors->mapped_ = true;
  NARRDIFF_RETURN_IF_ERROR(tensors->ReadHeader());
  return tensors;
}

absl::StatusOr<std::unique_ptr<Tensors>> Tensors::Parse(const std::string& name, std::string_view bytes) {
  std::unique_ptr<Tensors> tensors(new Tensors);
  tensors->path_ = name;
  tensors->file_ = bytes.data();
  tensors->file_bytes_ = bytes.size();
  NARRDIFF_RETURN_IF_ERROR(tensors->ReadHeader());
  return tensors;
}

Tensors::~Tensors() {
  if (mapped_) munmap(const_cast<char*>(file_), file_bytes_);
}

absl::Status Tensors::ReadHeader() {
  const auto damaged = [this](std::string_view what) {
    return absl::FailedPreconditionError(
        absl::StrCat(path_, ": not a sound .safetensors file: ", std::string(what), "; fetch or make it anew"));
  };
  if (file_bytes_ < 8) return damaged("it is too short");
  const uint64_t header_bytes = Load<uint64_t>(file_);
  if (header_bytes > kMaxHeaderBytes || header_bytes > file_bytes_ - 8) return damaged("its header has no end");
  data_ = file_ + 8 + header_bytes;
  data_bytes_ = file_bytes_ - 8 - header_bytes;
  const Json header = Json::parse(file_ + 8, data_, nullptr, /*allow_exceptions=*/false);
  if (!header.is_object()) return damaged("its header is no JSON object");
  for (const auto& [name, entry] : header.items()) {
    if (name == "__metadata__") {
      for (const auto& [key, value] : entry.items()) {
        if (value.is_string()) metadata_.emplace(key, value.get<std::string>());
      }
      continue;
    }
    if (!entry.is_object()) return damaged(absl::StrCat("no description of ", name));
    const Json* dtype = Find(entry, "dtype");
    const Json* shape_json = Find(entry, "shape");
    const Json* offsets_json = Find(entry, "data_offsets");
    if (dtype == nullptr || !dtype->is_string() || shape_json == nullptr || offsets_json == nullptr) {
      return damaged(absl::StrCat("no full description of ", name));
    }
    const std::optional<std::vector<int64_t>> shape = ParseShape(*shape_json);
    if (!shape.has_value() || !offsets_json->is_array() || offsets_json->size() != 2 ||
        !(*offsets_json)[0].is_number_unsigned() || !(*offsets_json)[1].is_number_unsigned()) {
      return damaged(absl::StrCat("no full description of ", name));
    }
    const uint64_t begin = (*offsets_json)[0].get<uint64_t>();
    const uint64_t end = (*offsets_json)[1].get<uint64_t>();
    if (begin > end || end > data_bytes_) return damaged(absl::StrCat(name, " lies outside of it"));
    const std::optional<TensorView::Type> type = ParseType(dtype->get<std::string>(), *shape);
    // Whole numbers and the like (counters of training) are of no use here.
    if (!type.has_value()) continue;
    TensorView view;
    view.type = *type;
    const bool blocks = *type == TensorView::Type::kBlocksOf4Bits;
    if (shape->empty() || (!blocks && shape->size() > 2)) continue;
    view.rows = shape->size() == 1 ? 1 : (*shape)[0];
    view.columns = blocks ? (*shape)[1] * kBlockValues : shape->back();
    view.data = data_ + begin;
    const int64_t row_bytes = RowBytes(view.type, view.columns);
    if (row_bytes == 0 || static_cast<uint64_t>(view.rows) != (end - begin) / row_bytes ||
        (end - begin) % row_bytes != 0) {
      return damaged(absl::StrCat("shape and size of ", name, " disagree"));
    }
    entries_.emplace(name, view);
  }
  return absl::OkStatus();
}

absl::StatusOr<TensorView> Tensors::Matrix(std::string_view name, int64_t rows, int64_t columns) const {
  const auto found = entries_.find(name);
  if (found == entries_.end()) {
    return absl::FailedPreconditionError(absl::StrCat(
        path_, ": no tensor ", std::string(name), " of floats or 4-bit blocks; only encoders of the BERT family fit"));
  }
  const TensorView& view = found->second;
  if (view.columns != columns || (rows != kAnyRows && view.rows != rows)) {
    return absl::FailedPreconditionError(
        absl::StrCat(path_, ": ", std::string(name), " is ", view.rows, " x ", view.columns, " and not ",
                     rows == kAnyRows ? std::string("any") : absl::StrCat(rows), " x ", columns,
                     "; config.json and model.safetensors belong to different models"));
  }
  return view;
}

std::string Tensors::Metadata(const std::string& key) const {
  const auto found = metadata_.find(key);
  return found == metadata_.end() ? "" : found->second;
}

std::string Tensors::Fingerprint() const {
  constexpr size_t kPages = 64;
  constexpr size_t kPageBytes = 4096;
  std::string sample(file_, static_cast<size_t>(data_ - file_));
  absl::StrAppend(&sample, file_bytes_);
  for (size_t page = 0; page < kPages; ++page) {
    const size_t begin = data_bytes_ / kPages * page;
    sample.append(data_ + begin, std::min(kPageBytes, data_bytes_ - begin));
  }
  return Sha256Hex(sample);
}

}  // namespace narrdiff
