// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The tensors of a .safetensors file, mapped into memory: eight bytes of length, a JSON header that names each tensor's
// type, shape and place, and the data. Read are 32-bit and 16-bit floats, and matrices in blocks of 4 bits: bytes (U8)
// of the shape [rows][columns / 32][18], each block a 16-bit float s and 32 nibbles q, the low ones first, for the
// values (q - 8) * s. That is the form "Q4_0" of ggml, as which tools/setup keeps multilingual-e5-small.
//
//   NARRDIFF_ASSIGN_OR_RETURN(std::unique_ptr<Tensors> tensors, Tensors::Open("model.safetensors"));
//   NARRDIFF_ASSIGN_OR_RETURN(TensorView table, tensors->Matrix("embeddings.word_embeddings.weight", kAnyRows, 384));
//   table.ReadRow(7, floats);
#ifndef NARRDIFF_ENGINE_EMBED_TENSORS_H_
#define NARRDIFF_ENGINE_EMBED_TENSORS_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace narrdiff {

inline constexpr int64_t kAnyRows = -1;

// A matrix, or a vector as a matrix of one row, in the memory of its Tensors.
struct TensorView {
  enum class Type { kFloat32, kFloat16, kBfloat16, kBlocksOf4Bits };
  Type type = Type::kFloat32;
  int64_t rows = 0;
  int64_t columns = 0;
  const char* data = nullptr;

  // Writes the row's `columns` values.
  void ReadRow(int64_t row, float* values) const;
};

// Immutable and thread-safe.
class Tensors {
 public:
  // Opens and checks the header, in time linear in it; the data are not looked at. NotFound where there is no such
  // file; FailedPrecondition where it is damaged.
  static absl::StatusOr<std::unique_ptr<Tensors>> Open(const std::string& path);
  // The same of a file that is in memory already, as data compiled into the program are. `name` stands for its path in
  // messages; `bytes` must outlive the tensors.
  static absl::StatusOr<std::unique_ptr<Tensors>> Parse(const std::string& name, std::string_view bytes);
  ~Tensors();
  Tensors(const Tensors&) = delete;
  Tensors& operator=(const Tensors&) = delete;

  bool Has(std::string_view name) const { return entries_.find(name) != entries_.end(); }
  // The tensor of this name as a matrix. FailedPrecondition where it is missing, has another shape (`rows` may be
  // kAnyRows) or a type that is not read.
  absl::StatusOr<TensorView> Matrix(std::string_view name, int64_t rows, int64_t columns) const;

  // What the file's "__metadata__" says under the key; empty where it says nothing.
  std::string Metadata(const std::string& key) const;

  // A digest of the header and of pages at even distances over the data: two models with other weights differ, and the
  // time does not grow with their size. Lower-case hex.
  std::string Fingerprint() const;

 private:
  Tensors() = default;
  absl::Status ReadHeader();

  std::string path_;
  const char* file_ = nullptr;
  size_t file_bytes_ = 0;
  bool mapped_ = false;         // and to be unmapped
  const char* data_ = nullptr;  // within the file
  size_t data_bytes_ = 0;
  std::map<std::string, TensorView, std::less<>> entries_;
  std::map<std::string, std::string> metadata_;
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_EMBED_TENSORS_H_
