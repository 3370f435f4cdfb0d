// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The lexicon compiled into the program from the textproto files of this folder.
//
//   std::shared_ptr<const Lexicon> lexicon = BuiltinLexicon();
#ifndef NARRDIFF_ENGINE_LEXICON_BUILTIN_LEXICON_H_
#define NARRDIFF_ENGINE_LEXICON_BUILTIN_LEXICON_H_

#include <memory>

#include "engine/lexicon/dictionary.h"
#include "engine/lexicon/lexicon.h"

namespace narrdiff {

// Made once, shared, never destroyed. Thread-safe.
std::shared_ptr<const Lexicon> BuiltinLexicon();

// The Chinese and English forms of its names, acts, twins and terms as a dictionary. As above.
std::shared_ptr<const Dictionary> BuiltinDictionary();

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_LEXICON_BUILTIN_LEXICON_H_
