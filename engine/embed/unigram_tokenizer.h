// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// Cuts a text into the pieces of a SentencePiece unigram model (Kudo, ACL 2018): normalisation by the model's own
// table, then the cut with the greatest sum of scores, by dynamic programming. Reads the standard file
// sentencepiece.bpe.model and numbers pieces as XLM-RoBERTa does: 0 begins a sequence, 1 pads, 2 ends it, 3 is unknown,
// and every other piece has its number in the file plus 1.
//
//   NARRDIFF_ASSIGN_OR_RETURN(auto tokenizer, UnigramTokenizer::Open("sentencepiece.bpe.model"));
//   tokenizer->Tokenize("We deny")   // {{1401, {0, 2}}, {8, {2, 4}}, ...}
//
// It does what libsentencepiece does and is written anew because Debian's build of that library brings an old protobuf
// of its own, which aborts a program that is linked with the current one.
#ifndef NARRDIFF_ENGINE_EMBED_UNIGRAM_TOKENIZER_H_
#define NARRDIFF_ENGINE_EMBED_UNIGRAM_TOKENIZER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/base/span.h"

namespace narrdiff {

struct SubwordToken {
  int32_t id = 0;
  // What it stands for in the text, in bytes, white space before it included; empty for what normalisation added.
  Span span;

  friend bool operator==(const SubwordToken& a, const SubwordToken& b) { return a.id == b.id && a.span == b.span; }
};

// Immutable and thread-safe.
class UnigramTokenizer {
 public:
  static constexpr int32_t kBegin = 0;
  static constexpr int32_t kEnd = 2;
  static constexpr int32_t kUnknown = 3;

  // NotFound where there is no such file; FailedPrecondition where it is no unigram model of this family.
  static absl::StatusOr<std::unique_ptr<UnigramTokenizer>> Open(const std::string& path);
  // The same from the file's bytes; messages name it `name`.
  static absl::StatusOr<std::unique_ptr<UnigramTokenizer>> FromBytes(std::string_view bytes, const std::string& name);

  // The pieces of `text` in order; none where it is empty or white space. Runs of unknown characters are one piece.
  // O(n * longest piece).
  std::vector<SubwordToken> Tokenize(std::string_view text) const;

  // Ids are below this.
  int32_t vocabulary_size() const { return static_cast<int32_t>(pieces_.size()) + 1; }
  // A digest of the file, lower-case hex.
  const std::string& fingerprint() const { return fingerprint_; }

 private:
  struct Piece {
    uint32_t begin = 0;  // in text_
    uint32_t length = 0;
    float score = 0;
  };
  // A character of the normalised text, and what it came from.
  struct Character {
    int32_t begin = 0;  // in the normalised text
    Span source;
  };
  struct Normalized {
    std::string text;
    std::vector<Character> characters;
  };

  UnigramTokenizer() = default;
  void AddPiece(std::string_view piece, float score, bool can_be_found);
  std::string_view TextOf(int32_t piece) const;
  // The number of the piece with this text, whose hash is given, or -1.
  int32_t FindPiece(std::string_view piece, uint64_t hash) const;
  Normalized Normalize(std::string_view text) const;
  // What the start of `text` becomes, and how many bytes of it that takes.
  std::string_view NormalizeStart(std::string_view text, int32_t* taken) const;

  std::string fingerprint_;
  std::string text_;           // of all pieces
  std::vector<Piece> pieces_;  // as the file numbers them
  std::vector<uint32_t>
      heads_;                   // open addressing: part of the hash, to look at pieces_ only where it is likely the one
  std::vector<int32_t> slots_;  // the piece, -1 where free
  size_t longest_piece_ = 0;    // in bytes
  float unknown_score_ = 0;
  std::vector<uint32_t> charsmap_;  // double-array trie from bytes to offsets in replacements_
  std::string replacements_;        // each ends with a NUL
  bool add_dummy_prefix_ = true;
  bool remove_extra_whitespaces_ = true;
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_EMBED_UNIGRAM_TOKENIZER_H_
