// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/decode_text.h"

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "engine/base/utf8.h"
#include "engine/read/ascii_text.h"

namespace narrdiff {
namespace {

enum class ByteOrder { kLittle, kBig };

// The first bytes of files that people hand over by mistake.
struct Magic {
  std::string_view bytes;
  std::string_view name;
};
constexpr Magic kMagic[] = {
    {"\x89PNG", "a PNG image"},
    {"\xFF\xD8\xFF", "a JPEG image"},
    {"GIF8", "a GIF image"},
    {"%PDF-", "a PDF file"},
    {"PK\x03\x04", "a ZIP archive or an office document"},
    {"\x1F\x8B", "a gzip file"},
    {"\xD0\xCF\x11\xE0", "an office document"},
    {"\x7F"
     "ELF",
     "a program"},
    {"{\\rtf", "an RTF document"},
    {"\x28\xB5\x2F\xFD", "a zstd file"},
};

int64_t LineOf(std::string_view bytes, int64_t offset) {
  return 1 + std::count(bytes.begin(), bytes.begin() + offset, '\n');
}

uint32_t UnitAt(std::string_view bytes, size_t i, ByteOrder order) {
  const auto a = static_cast<unsigned char>(bytes[i]);
  const auto b = static_cast<unsigned char>(bytes[i + 1]);
  return order == ByteOrder::kLittle ? static_cast<uint32_t>(a | b << 8) : static_cast<uint32_t>(a << 8 | b);
}

bool IsLeadSurrogate(uint32_t u) { return u >= 0xD800 && u < 0xDC00; }
bool IsTrailSurrogate(uint32_t u) { return u >= 0xDC00 && u < 0xE000; }

bool IsPrintable(uint32_t u) { return (u >= 0x20 && u < 0x7F) || u == '\n' || u == '\r' || u == '\t'; }

// Whether nearly all code units, read in this order, are what texts are made
// of: ASCII without controls, Latin letters, general and Chinese punctuation,
// Han. Looks at the first 64 KiB.
bool LooksLikeUtf16(std::string_view bytes, ByteOrder order) {
  if (bytes.size() < 2 || bytes.size() % 2 != 0) return false;
  const size_t n = std::min<size_t>(bytes.size(), 64 << 10);
  size_t good = 0, ascii = 0, total = 0, printable_bytes = 0;
  for (size_t i = 0; i + 1 < n; i += 2) {
    const uint32_t u = UnitAt(bytes, i, order);
    printable_bytes += IsPrintable(u & 0xFF) + IsPrintable(u >> 8);
    if (IsLeadSurrogate(u) || IsTrailSurrogate(u)) continue;
    ++total;
    ascii += IsPrintable(u);
    good += IsPrintable(u) || (u >= 0xA0 && u < 0x250) || (u >= 0x2010 && u < 0x2070) || (u >= 0x3000 && u < 0x3020) ||
            (u >= 0x4E00 && u < 0xA000) || (u >= 0xFF00 && u < 0xFFF0);
  }
  // Pairs of ASCII bytes fall into the Han range too: where most bytes are
  // printable, it is an 8-bit text.
  return good * 20 >= total * 19 && ascii > 0 && printable_bytes * 4 < n * 3;
}

absl::StatusOr<DecodedText> DecodeUtf16(std::string_view bytes, size_t begin, ByteOrder order) {
  DecodedText out;
  out.encoding = order == ByteOrder::kLittle ? "UTF-16LE" : "UTF-16BE";
  std::vector<OffsetMap::Run> runs;
  out.text.reserve((bytes.size() - begin) / 2 + (bytes.size() - begin) / 4);
  if ((bytes.size() - begin) % 2 != 0) {
    return absl::InvalidArgumentError(absl::StrCat("the ", out.encoding,
                                                   " text ends in the middle of a character at byte ", bytes.size() - 1,
                                                   "; the file is cut short"));
  }
  for (size_t i = begin; i < bytes.size();) {
    const size_t start = i;
    const uint32_t u = UnitAt(bytes, i, order);
    i += 2;
    char32_t c = u;
    if (IsLeadSurrogate(u) && i < bytes.size() && IsTrailSurrogate(UnitAt(bytes, i, order))) {
      c = 0x10000 + ((u - 0xD800) << 10) + (UnitAt(bytes, i, order) - 0xDC00);
      i += 2;
    } else if (IsLeadSurrogate(u) || IsTrailSurrogate(u)) {
      return absl::InvalidArgumentError(absl::StrCat("unpaired surrogate at byte ", start, " of the ", out.encoding,
                                                     " text; save the file as UTF-8"));
    } else if (u == 0) {
      return absl::InvalidArgumentError(
          absl::StrCat("binary data: NUL character at byte ", start, "; give a text file"));
    }
    const int64_t text_begin = static_cast<int64_t>(out.text.size());
    AppendUtf8(c, out.text);
    const auto text_step = static_cast<int32_t>(static_cast<int64_t>(out.text.size()) - text_begin);
    const auto original_step = static_cast<int32_t>(i - start);
    if (runs.empty() || runs.back().text_step != text_step || runs.back().original_step != original_step) {
      runs.push_back({text_begin, static_cast<int64_t>(start), text_step, original_step});
    }
  }
  // The end of the text leads to the end of the bytes.
  if (!runs.empty()) {
    runs.push_back({static_cast<int64_t>(out.text.size()), static_cast<int64_t>(bytes.size()), 1, 1});
  } else {
    runs.push_back({0, static_cast<int64_t>(begin), 1, 1});
  }
  out.offsets = OffsetMap(std::move(runs));
  return out;
}

absl::Status CheckNotBinary(std::string_view bytes) {
  for (const Magic& magic : kMagic) {
    if (StartsWith(bytes, magic.bytes)) {
      return absl::InvalidArgumentError(
          absl::StrCat("binary data: this is ", std::string(magic.name), " (see byte 0); give the text that it holds"));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckUtf8(std::string_view bytes) {
  if (const void* nul = std::memchr(bytes.data(), 0, bytes.size()); nul != nullptr) {
    const int64_t at = static_cast<const char*>(nul) - bytes.data();
    return absl::InvalidArgumentError(
        absl::StrCat("binary data: NUL character at byte ", at, " (line ", LineOf(bytes, at), "); give a text file"));
  }
  if (const int64_t at = FindInvalidUtf8(bytes); at >= 0) {
    return absl::InvalidArgumentError(absl::StrCat("invalid UTF-8 at byte ", at, " (line ", LineOf(bytes, at),
                                                   "); save the file as UTF-8, or as UTF-16 with a byte order mark"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<DecodedText> DecodeText(std::string_view bytes, const Limits& limits) {
  if (static_cast<int64_t>(bytes.size()) > limits.max_input_bytes) {
    return absl::ResourceExhaustedError(absl::StrCat("the input has ", bytes.size(),
                                                     " bytes, more than max_input_bytes = ", limits.max_input_bytes,
                                                     "; cut it, or raise the limit"));
  }
  if (bytes.empty()) return DecodedText{{}, OffsetMap({{0, 0, 1, 1}}), "UTF-8", false};
  if (absl::Status status = CheckNotBinary(bytes); !status.ok()) return status;
  if (StartsWith(bytes, std::string_view("\xFF\xFE\0\0", 4)) ||
      StartsWith(bytes, std::string_view("\0\0\xFE\xFF", 4))) {
    return absl::InvalidArgumentError(
        "the byte order mark at byte 0 is that of UTF-32; save the file as "
        "UTF-8");
  }
  if (StartsWith(bytes, "\xFF\xFE")) return DecodeUtf16(bytes, 2, ByteOrder::kLittle);
  if (StartsWith(bytes, "\xFE\xFF")) return DecodeUtf16(bytes, 2, ByteOrder::kBig);

  const size_t begin = StartsWith(bytes, "\xEF\xBB\xBF") ? 3 : 0;
  absl::Status utf8 = CheckUtf8(bytes.substr(begin));
  if (!utf8.ok() && begin == 0) {
    for (const ByteOrder order : {ByteOrder::kLittle, ByteOrder::kBig}) {
      if (!LooksLikeUtf16(bytes, order)) continue;
      absl::StatusOr<DecodedText> decoded = DecodeUtf16(bytes, 0, order);
      if (decoded.ok()) decoded->guessed = true;
      return decoded;
    }
  }
  if (!utf8.ok()) return begin == 0 ? utf8 : CheckUtf8(bytes);  // the offset counts the byte order mark
  DecodedText out;
  out.text.assign(bytes.data() + begin, bytes.size() - begin);
  out.encoding = "UTF-8";
  out.offsets = OffsetMap({{0, static_cast<int64_t>(begin), 1, 1}});
  return out;
}

}  // namespace narrdiff
