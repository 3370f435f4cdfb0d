// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Cuts decoded text into blocks and says what each is. Languages and header
// facts come later.
//
//   Layout layout = FindBlocks("Statement on X\n\nMarch 5, 2031\n\nWe object.
//   We do.\n", words); layout.blocks[0].kind == BlockKind::kTitle;
//   layout.blocks[1].kind == BlockKind::kDateLine;
#ifndef NARRDIFF_ENGINE_READ_FIND_BLOCKS_H_
#define NARRDIFF_ENGINE_READ_FIND_BLOCKS_H_

#include <string_view>
#include <vector>

#include "engine/read/document.h"
#include "engine/read/find_lines.h"
#include "engine/read/find_pages.h"
#include "engine/read/read_words.h"

namespace narrdiff {

struct Layout {
  std::vector<Block> blocks;
  std::vector<Skipped> skipped;  // as in Document
  bool wrapped = false;
};

// `pages` are those of `text`. O(n). Thread-safe.
Layout FindBlocks(std::string_view text, const Pages& pages, const ReadWords& words);
// One block a line, all paragraphs.
Layout BlockPerLine(const std::vector<Line>& lines);

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_READ_FIND_BLOCKS_H_
