// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/decode_text.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "engine/base/status_macros.h"
#include "engine/base/utf8.h"
#include "engine/read/ascii_text.h"
#include "unicode/ucnv.h"
#include "unicode/ucnv_err.h"
#include "unicode/utf16.h"

namespace narrdiff {
namespace {

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

absl::Status CheckNotBinary(std::string_view bytes) {
  for (const Magic& magic : kMagic) {
    if (StartsWith(bytes, magic.bytes)) {
      return absl::InvalidArgumentError(
          absl::StrCat("binary data: this is ", std::string(magic.name), " (see byte 0); give the text that it holds"));
    }
  }
  return absl::OkStatus();
}

absl::Status NulError(std::string_view bytes, int64_t at) {
  return absl::InvalidArgumentError(
      absl::StrCat("binary data: NUL character at byte ", at, " (line ", LineOf(bytes, at), "); give a text file"));
}

// Of UTF-8; `begin` bytes of mark are skipped.
absl::Status CheckUtf8(std::string_view bytes, size_t begin) {
  if (const void* nul = std::memchr(bytes.data(), 0, bytes.size()); nul != nullptr) {
    return NulError(bytes, static_cast<const char*>(nul) - bytes.data());
  }
  if (int64_t at = FindInvalidUtf8(bytes.substr(begin)); at >= 0) {
    at += static_cast<int64_t>(begin);
    return absl::InvalidArgumentError(absl::StrCat("invalid UTF-8 at byte ", at, " (line ", LineOf(bytes, at),
                                                   "); mend the file, or name its encoding if it is another one "
                                                   "(--encoding=GB18030, Big5, windows-1252 ...)"));
  }
  return absl::OkStatus();
}

// Turns bytes into UTF-8 by one of ICU's converters, piece by piece, and keeps
// where each character came from.
class Converter {
 public:
  Converter(std::string_view bytes, const Encoding& encoding) : bytes_(bytes), encoding_(encoding) {
    UErrorCode error = U_ZERO_ERROR;
    // HKSCS holds what Hong Kong writes in what it calls Big5.
    converter_.reset(ucnv_open(encoding.name == "Big5" ? "Big5-HKSCS" : encoding.name.c_str(), &error));
    ucnv_setToUCallBack(converter_.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
    if (U_FAILURE(error)) converter_.reset();
  }

  absl::StatusOr<DecodedText> Run() {
    if (converter_ == nullptr) {
      return absl::InternalError(absl::StrCat("ICU has no converter for ", encoding_.name));
    }
    const char* const end = bytes_.data() + bytes_.size();
    const char* source = bytes_.data() + encoding_.mark_bytes;
    out_.text.reserve(bytes_.size() - encoding_.mark_bytes);
    UErrorCode error = U_ZERO_ERROR;
    do {
      const char* const piece = source;
      const char* const piece_end = source + std::min<ptrdiff_t>(kPieceBytes, end - source);
      UChar* target = units_;
      ucnv_toUnicode(converter_.get(), &target, units_ + kUnits, &source, piece_end, offsets_, piece_end == end,
                     &error);
      NARRDIFF_RETURN_IF_ERROR(Append(static_cast<size_t>(target - units_), piece - bytes_.data()));
      if (U_FAILURE(error)) return IllFormed(source - bytes_.data());
      // Bytes of a character that the next piece will complete.
      pending_at_ = source - bytes_.data() - ucnv_toUCountPending(converter_.get(), &error);
    } while (source < end);
    // The end of the text leads to the end of the bytes.
    EndRun(static_cast<int64_t>(bytes_.size()));
    runs_.push_back({static_cast<int64_t>(out_.text.size()), static_cast<int64_t>(bytes_.size()), 1, 1});
    out_.offsets = OffsetMap(std::move(runs_));
    out_.encoding = encoding_;
    return std::move(out_);
  }

 private:
  static constexpr ptrdiff_t kPieceBytes = 2048;
  static constexpr size_t kUnits = 4 * kPieceBytes;  // no converter makes more of a byte

  // The first `count` of units_ and offsets_, which count from `base`. An offset
  // below 0 is that of a character that began in the piece before.
  absl::Status Append(size_t count, int64_t base) {
    for (size_t i = 0; i < count; ++i) {
      const int64_t at = offsets_[i] >= 0 ? base + offsets_[i] : pending_at_;
      const UChar unit = units_[i];
      if (U16_IS_LEAD(unit)) {
        lead_ = unit;
        lead_at_ = at;
        continue;
      }
      if (unit == 0) return NulError(bytes_, at);
      const bool pair = lead_ != 0 && U16_IS_TRAIL(unit);
      AppendCharacter(pair ? static_cast<char32_t>(U16_GET_SUPPLEMENTARY(lead_, unit)) : static_cast<char32_t>(unit),
                      pair ? lead_at_ : at);
      lead_ = 0;
    }
    return absl::OkStatus();
  }

  void AppendCharacter(char32_t c, int64_t at) {
    const auto text_begin = static_cast<int64_t>(out_.text.size());
    AppendUtf8(c, out_.text);
    EndRun(at);
    const auto text_step = static_cast<int32_t>(static_cast<int64_t>(out_.text.size()) - text_begin);
    runs_.push_back({text_begin, at, text_step, 0});
  }

  // The last character's bytes end at `at`; it joins the run before it where
  // both advance by the same steps.
  void EndRun(int64_t at) {
    if (runs_.empty()) return;
    OffsetMap::Run& last = runs_.back();
    if (last.original_step == 0) last.original_step = static_cast<int32_t>(at - last.original_begin);
    if (runs_.size() < 2) return;
    const OffsetMap::Run& before = runs_[runs_.size() - 2];
    const int64_t characters = (last.text_begin - before.text_begin) / before.text_step;
    if (before.text_step == last.text_step && before.original_step == last.original_step &&
        before.original_begin + characters * before.original_step == last.original_begin) {
      runs_.pop_back();
    }
  }

  absl::Status IllFormed(int64_t stopped) const {
    char broken[16];
    int8_t length = sizeof(broken);
    UErrorCode error = U_ZERO_ERROR;
    ucnv_getInvalidChars(converter_.get(), broken, &length, &error);
    const int64_t at = std::max<int64_t>(stopped - (U_SUCCESS(error) ? length : 0), 0);
    return absl::InvalidArgumentError(
        absl::StrCat("invalid ", encoding_.name, " at byte ", at, " (line ", LineOf(bytes_, at), ")",
                     stopped == static_cast<int64_t>(bytes_.size()) ? ", perhaps cut short" : "",
                     "; mend the file, or name its encoding (--encoding)"));
  }

  std::string_view bytes_;
  const Encoding& encoding_;
  std::unique_ptr<UConverter, decltype(&ucnv_close)> converter_{nullptr, &ucnv_close};
  UChar units_[kUnits];
  int32_t offsets_[kUnits];
  DecodedText out_;
  std::vector<OffsetMap::Run> runs_;
  UChar lead_ = 0;
  int64_t lead_at_ = 0, pending_at_ = 0;
};

// The encoding that the caller named; a mark of the same one is skipped.
absl::StatusOr<Encoding> NamedEncoding(std::string_view bytes, const std::string& name) {
  Encoding encoding = DetectEncoding(bytes.substr(0, 4), "");
  const std::string canonical = CanonicalEncoding(name);
  if (canonical.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("no encoding is called ", name, "; use a name such as UTF-8, GB18030, Big5 or windows-1252"));
  }
  const bool marked = encoding.source == Encoding::Source::kMark && StartsWith(encoding.name, canonical);
  return Encoding{marked ? encoding.name : canonical, Encoding::Source::kNamed, 1, marked ? encoding.mark_bytes : 0};
}

}  // namespace

absl::StatusOr<DecodedText> DecodeText(std::string bytes, const DecodeOptions& options) {
  if (static_cast<int64_t>(bytes.size()) > options.limits.max_input_bytes) {
    return absl::ResourceExhaustedError(absl::StrCat(
        "the input has ", bytes.size(), " bytes, more than max_input_bytes = ", options.limits.max_input_bytes,
        "; cut it, or raise the limit"));
  }
  if (absl::Status status = CheckNotBinary(bytes); !status.ok()) return status;
  Encoding encoding;
  if (options.encoding.empty()) {
    encoding = DetectEncoding(bytes, options.declared);
  } else {
    NARRDIFF_ASSIGN_OR_RETURN(encoding, NamedEncoding(bytes, options.encoding));
  }
  if (encoding.name != "UTF-8" && encoding.source != Encoding::Source::kNone) return Converter(bytes, encoding).Run();
  if (encoding.source != Encoding::Source::kValid) {
    // Where nothing could be told, the fault is shown as one of UTF-8.
    NARRDIFF_RETURN_IF_ERROR(CheckUtf8(bytes, encoding.mark_bytes));
  }
  DecodedText out;
  out.text = std::move(bytes);
  out.text.erase(0, encoding.mark_bytes);
  out.offsets = OffsetMap({{0, static_cast<int64_t>(encoding.mark_bytes), 1, 1}});
  out.encoding = std::move(encoding);
  return out;
}

}  // namespace narrdiff
