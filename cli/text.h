// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Putting strings together. Debian 12's Abseil has a string_view type of its
// own, so that absl::StrCat does not take std::string_view; these take both,
// and numbers.
//
//   Cat("us.txt:", 12, ": ", status.message()) == "us.txt:12: no such file"
//   Split("a|b||c", '|') == {"a", "b", "", "c"}
#ifndef NARRDIFF_CLI_TEXT_H_
#define NARRDIFF_CLI_TEXT_H_

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace narrdiff::cli {

namespace internal {
template <typename Part>
void AppendPart(std::string& out, const Part& part) {
  if constexpr (std::is_same_v<Part, char>) {
    out += part;
  } else if constexpr (std::is_integral_v<Part>) {
    out += std::to_string(part);
  } else if constexpr (std::is_convertible_v<const Part&, std::string_view>) {
    out += std::string_view(part);
  } else {
    out.append(part.data(), part.size());  // absl::string_view
  }
}
}  // namespace internal

template <typename... Parts>
void Append(std::string& out, const Parts&... parts) {
  (internal::AppendPart(out, parts), ...);
}

template <typename... Parts>
std::string Cat(const Parts&... parts) {
  std::string out;
  Append(out, parts...);
  return out;
}

template <typename Strings>
std::string Join(const Strings& parts, std::string_view between) {
  std::string out;
  for (const auto& part : parts) {
    if (&part != &*parts.begin()) out += between;
    Append(out, part);
  }
  return out;
}

// The parts between the separators; one empty part for an empty text.
inline std::vector<std::string> Split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  size_t begin = 0;
  for (size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] != separator) continue;
    parts.emplace_back(text.substr(begin, i - begin));
    begin = i + 1;
  }
  return parts;
}

inline bool StartsWith(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }
inline bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

}  // namespace narrdiff::cli

#endif  // NARRDIFF_CLI_TEXT_H_
