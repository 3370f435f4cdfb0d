// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Turns lexicons as people write them (lexicon_source.proto) into the block of bytes that Lexicon reads.
//
//   lexicon::Lexicon source;
//   NARRDIFF_RETURN_IF_ERROR(ParseLexiconText(text, "names.textproto", source));
//   NARRDIFF_ASSIGN_OR_RETURN(std::string bytes, CompileLexicon(source));
#ifndef NARRDIFF_ENGINE_LEXICON_COMPILE_LEXICON_H_
#define NARRDIFF_ENGINE_LEXICON_COMPILE_LEXICON_H_

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/lexicon/lexicon.h"
#include "engine/lexicon/lexicon_source.pb.h"

namespace narrdiff {

// Adds the entries of a textproto to `source`. Errors: InvalidArgument "name:line:column: what".
absl::Status ParseLexiconText(std::string_view text, std::string_view name, lexicon::Lexicon& source);

// Merges entries of one id, files all forms, and lays the result out flat. Same input, same bytes. Errors:
// InvalidArgument for an entry without a form, more than 64 issues, or an unknown enum value.
absl::StatusOr<std::string> CompileLexicon(const lexicon::Lexicon& source);

// `base` with the entries of `additions` merged in: the same id adds forms and marks to what is there.
absl::StatusOr<std::shared_ptr<const Lexicon>> ExtendLexicon(const Lexicon& base, const lexicon::Lexicon& additions);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_LEXICON_COMPILE_LEXICON_H_
