// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// In which encoding a text came: by its byte order mark, by being valid, by
// what the page declares, or by a guess that says how sure it is.
//
//   DetectEncoding("\xFF\xFE" "a\0", "").name == "UTF-16LE"
//   DetectEncoding("\xD6\xD0\xB7\xBD\xBC\xE1\xBE\xF6...", "").name ==
//   "GB18030"
#ifndef NARRDIFF_ENGINE_READ_DETECT_ENCODING_H_
#define NARRDIFF_ENGINE_READ_DETECT_ENCODING_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace narrdiff {

struct Encoding {
  enum class Source {
    kNone,      // could not be told
    kMark,      // a byte order mark
    kValid,     // the bytes are valid UTF-8
    kDamaged,   // nearly valid UTF-8: not to be read as anything else
    kDeclared,  // the page says so
    kGuessed,   // by the statistics of its bytes
    kNamed,     // by the caller
  };
  std::string name;  // IANA name; empty for kNone
  Source source = Source::kNone;
  double confidence = 0;  // in [0,1]; 1 but for guesses
  size_t mark_bytes = 0;  // of the byte order mark
};

// The IANA name of the encoding called `name` in whatever spelling ("gbk",
// "utf8", "x-sjis"), or empty when nothing is called so. GB2312 and GBK give
// their superset GB18030; ASCII and ISO-8859-1 give windows-1252, which is what
// their users write.
std::string CanonicalEncoding(std::string_view name);

// `declared`: what the page says, empty when nothing. Valid UTF-8 is believed
// more than a declaration: a page that was saved anew keeps its old one. Guesses
// are made among UTF-16, UTF-32, GB18030, Big5, Shift_JIS, EUC-JP, EUC-KR (by
// ICU's detector) and windows-1252, on the first 64 KiB. O(n). Thread-safe.
Encoding DetectEncoding(std::string_view bytes, std::string_view declared);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_READ_DETECT_ENCODING_H_
