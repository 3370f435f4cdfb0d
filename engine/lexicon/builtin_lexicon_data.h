// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The compiled lexicon, and the dictionary of its bilingual entries, as parts of the program; the definitions are generated
// by lexicon_compiler.
#ifndef NARRDIFF_ENGINE_LEXICON_BUILTIN_LEXICON_DATA_H_
#define NARRDIFF_ENGINE_LEXICON_BUILTIN_LEXICON_DATA_H_

#include <cstddef>

namespace narrdiff {

extern const char kBuiltinLexiconData[];
extern const size_t kBuiltinLexiconSize;
extern const char kBuiltinDictionaryData[];
extern const size_t kBuiltinDictionarySize;

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_LEXICON_BUILTIN_LEXICON_DATA_H_
