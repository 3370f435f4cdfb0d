// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/embed/unigram_tokenizer.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/base/sha256.h"
#include "engine/base/utf8.h"
#include "engine/embed/sentencepiece_model.pb.h"
#include "google/protobuf/arena.h"

namespace narrdiff {
namespace {

constexpr std::string_view kSpace = " ";
constexpr std::string_view kSpaceMark = "\u2581";  // what stands for a space within pieces
constexpr std::string_view kReplacement = "\uFFFD";
// How much worse than the worst piece an unknown character is; SentencePiece's own figure.
constexpr float kUnknownPenalty = 10.0f;
// XLM-RoBERTa puts its <pad> in second place and so moves every piece by one.
constexpr int32_t kIdOffset = 1;

// FNV-1a, which grows byte by byte with a piece.
constexpr uint64_t kHashStart = 14695981039346656037u;
uint64_t ExtendHash(uint64_t hash, std::string_view bytes) {
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  return hash;
}

// A unit of the trie, as Darts-clone lays it out.
struct TrieUnit {
  uint32_t bits;
  bool has_leaf() const { return (bits >> 8 & 1) != 0; }
  uint32_t value() const { return bits & 0x7fffffff; }
  uint32_t label() const { return bits & 0x800000ff; }
  uint32_t offset() const { return bits >> 10 << ((bits & 0x200) >> 6); }
};

bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

}  // namespace

absl::StatusOr<std::unique_ptr<UnigramTokenizer>> UnigramTokenizer::Open(const std::string& path) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    const std::string message = absl::StrCat(path, ": cannot be opened: ", std::strerror(errno));
    return errno == ENOENT ? absl::NotFoundError(message) : absl::FailedPreconditionError(message);
  }
  const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return FromBytes(bytes, path);
}

absl::StatusOr<std::unique_ptr<UnigramTokenizer>> UnigramTokenizer::FromBytes(std::string_view bytes,
                                                                              const std::string& name) {
  using Model = sentencepiece::Model;
  const auto unfit = [&name](std::string_view what) {
    return absl::FailedPreconditionError(absl::StrCat(name, ": ", std::string(what)));
  };
  google::protobuf::Arena arena;
  Model& model = *google::protobuf::Arena::CreateMessage<Model>(&arena);
  if (bytes.size() > std::numeric_limits<int>::max() ||
      !model.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())) || model.pieces_size() < 4) {
    return unfit("not a SentencePiece model; fetch or make it anew");
  }
  const auto type_of = [&model](int i) { return model.pieces(i).type(); };
  if (model.trainer_spec().model_type() != 1 || model.trainer_spec().byte_fallback() ||
      model.trainer_spec().treat_whitespace_as_suffix() || !model.normalizer_spec().escape_whitespaces() ||
      type_of(0) != Model::Piece::UNKNOWN || type_of(1) != Model::Piece::CONTROL ||
      type_of(2) != Model::Piece::CONTROL) {
    return unfit(
        "not a unigram model with <unk>, <s> and </s> at its head; only models with XLM-RoBERTa's tokenizer fit");
  }
  std::unique_ptr<UnigramTokenizer> tokenizer(new UnigramTokenizer);
  tokenizer->fingerprint_ = Sha256Hex(bytes);
  tokenizer->add_dummy_prefix_ = model.normalizer_spec().add_dummy_prefix();
  tokenizer->remove_extra_whitespaces_ = model.normalizer_spec().remove_extra_whitespaces();

  size_t slots = 16;
  while (slots < 2 * static_cast<size_t>(model.pieces_size())) slots *= 2;
  tokenizer->heads_.assign(slots, 0);
  tokenizer->slots_.assign(slots, -1);
  tokenizer->text_.reserve(bytes.size());
  tokenizer->pieces_.reserve(static_cast<size_t>(model.pieces_size()));
  float worst = 0;
  for (const Model::Piece& piece : model.pieces()) {
    const bool normal = piece.type() == Model::Piece::NORMAL;
    if (piece.type() == Model::Piece::USER_DEFINED || piece.type() == Model::Piece::BYTE) {
      return unfit("it has pieces of its user's own; only models with XLM-RoBERTa's tokenizer fit");
    }
    if (piece.piece().empty() || !std::isfinite(piece.score())) return unfit("it has a piece without text or score");
    if (normal) worst = std::min(worst, piece.score());
    tokenizer->AddPiece(piece.piece(), piece.score(), normal);
  }
  tokenizer->unknown_score_ = worst - kUnknownPenalty;

  // The table: the trie's size in bytes, the trie, the replacements.
  const std::string& charsmap = model.normalizer_spec().precompiled_charsmap();
  if (!charsmap.empty()) {
    uint32_t trie_bytes = 0;
    if (charsmap.size() >= sizeof(trie_bytes)) std::memcpy(&trie_bytes, charsmap.data(), sizeof(trie_bytes));
    if (trie_bytes == 0 || trie_bytes % sizeof(uint32_t) != 0 || trie_bytes > charsmap.size() - sizeof(trie_bytes) ||
        charsmap.back() != '\0') {
      return unfit("its table of normal forms is damaged; fetch or make it anew");
    }
    tokenizer->charsmap_.resize(trie_bytes / sizeof(uint32_t));
    std::memcpy(tokenizer->charsmap_.data(), charsmap.data() + sizeof(trie_bytes), trie_bytes);
    tokenizer->replacements_ = charsmap.substr(sizeof(trie_bytes) + trie_bytes);
  }
  return tokenizer;
}

void UnigramTokenizer::AddPiece(std::string_view piece, float score, bool can_be_found) {
  const auto number = static_cast<int32_t>(pieces_.size());
  pieces_.push_back({static_cast<uint32_t>(text_.size()), static_cast<uint32_t>(piece.size()), score});
  text_.append(piece);
  const uint64_t hash = ExtendHash(kHashStart, piece);
  if (!can_be_found || FindPiece(piece, hash) >= 0) return;
  longest_piece_ = std::max(longest_piece_, piece.size());
  size_t slot = hash & (slots_.size() - 1);
  while (slots_[slot] >= 0) slot = (slot + 1) & (slots_.size() - 1);
  slots_[slot] = number;
  heads_[slot] = static_cast<uint32_t>(hash >> 32);
}

std::string_view UnigramTokenizer::TextOf(int32_t piece) const {
  return std::string_view(text_).substr(pieces_[piece].begin, pieces_[piece].length);
}

int32_t UnigramTokenizer::FindPiece(std::string_view piece, uint64_t hash) const {
  for (size_t slot = hash & (slots_.size() - 1); slots_[slot] >= 0; slot = (slot + 1) & (slots_.size() - 1)) {
    if (heads_[slot] == static_cast<uint32_t>(hash >> 32) && TextOf(slots_[slot]) == piece) return slots_[slot];
  }
  return -1;
}

std::string_view UnigramTokenizer::NormalizeStart(std::string_view text, int32_t* taken) const {
  size_t matched = 0;
  uint32_t replacement = 0;
  if (!charsmap_.empty()) {
    size_t node = TrieUnit{charsmap_[0]}.offset();
    for (size_t i = 0; i < text.size(); ++i) {
      const auto byte = static_cast<unsigned char>(text[i]);
      node ^= byte;
      if (node >= charsmap_.size()) break;
      const TrieUnit unit{charsmap_[node]};
      if (unit.label() != byte) break;
      node ^= unit.offset();
      if (node >= charsmap_.size()) break;
      if (unit.has_leaf()) {
        matched = i + 1;
        replacement = TrieUnit{charsmap_[node]}.value();
      }
    }
  }
  if (matched > 0 && replacement < replacements_.size()) {
    *taken = static_cast<int32_t>(matched);
    return replacements_.data() + replacement;
  }
  int32_t length = 0;
  const char32_t c = NextCodePoint(text, length);
  *taken = length;
  return c == 0xFFFD ? kReplacement : text.substr(0, static_cast<size_t>(length));
}

UnigramTokenizer::Normalized UnigramTokenizer::Normalize(std::string_view text) const {
  Normalized result;
  const auto append = [&result](std::string_view character, Span source) {
    result.characters.push_back({static_cast<int32_t>(result.text.size()), source});
    result.text.append(character == kSpace ? kSpaceMark : character);
  };
  // As if a space that is left out stood before the text.
  bool after_space = remove_extra_whitespaces_;
  int32_t taken = 0;
  for (int32_t i = 0; i < static_cast<int32_t>(text.size()); i += taken) {
    std::string_view normal = NormalizeStart(text.substr(static_cast<size_t>(i)), &taken);
    while (after_space && !normal.empty() && normal.front() == ' ') normal.remove_prefix(1);
    if (normal.empty()) continue;
    if (result.characters.empty() && add_dummy_prefix_) append(kSpace, {i, i});
    for (int32_t k = 0; k < static_cast<int32_t>(normal.size());) {
      const int32_t begin = k;
      NextCodePoint(normal, k);
      append(normal.substr(static_cast<size_t>(begin), static_cast<size_t>(k - begin)), {i, i + taken});
    }
    after_space = remove_extra_whitespaces_ && normal.back() == ' ';
  }
  while (remove_extra_whitespaces_ && EndsWith(result.text, kSpaceMark)) {
    result.text.resize(result.text.size() - kSpaceMark.size());
    result.characters.pop_back();
  }
  return result;
}

std::vector<SubwordToken> UnigramTokenizer::Tokenize(std::string_view text) const {
  // The best cut of what stands before a character: its score, and its last piece.
  struct Cut {
    float score = 0;
    int32_t begin = -1;  // of the last piece, as a character; -1 where nothing ends here yet
    int32_t piece = -1;  // -1 for an unknown character
  };
  const Normalized normalized = Normalize(text);
  const auto size = static_cast<int32_t>(normalized.characters.size());
  const auto begin_of = [&](int32_t i) {
    return i == size ? normalized.text.size() : static_cast<size_t>(normalized.characters[i].begin);
  };
  const std::string_view all = normalized.text;
  std::vector<Cut> cuts(static_cast<size_t>(size) + 1);
  const auto offer = [&cuts](int32_t end, const Cut& cut) {
    if (cuts[end].begin < 0 || cut.score > cuts[end].score) cuts[end] = cut;
  };
  for (int32_t i = 0; i < size; ++i) {
    const size_t begin = begin_of(i);
    uint64_t hash = kHashStart;
    bool known = false;
    for (int32_t end = i + 1; end <= size && begin_of(end) - begin <= longest_piece_; ++end) {
      hash = ExtendHash(hash, all.substr(begin_of(end - 1), begin_of(end) - begin_of(end - 1)));
      const int32_t piece = FindPiece(all.substr(begin, begin_of(end) - begin), hash);
      if (piece < 0) continue;
      known = known || end == i + 1;
      offer(end, {cuts[i].score + pieces_[piece].score, i, piece});
    }
    if (!known) offer(i + 1, {cuts[i].score + unknown_score_, i, -1});
  }

  std::vector<SubwordToken> tokens;
  for (int32_t end = size; end > 0; end = cuts[end].begin) {
    const Cut& cut = cuts[end];
    const Span span = {normalized.characters[cut.begin].source.begin, normalized.characters[end - 1].source.end};
    if (cut.piece < 0 && !tokens.empty() && tokens.back().id == kUnknown) {
      tokens.back().span.begin = span.begin;
    } else {
      tokens.push_back({cut.piece < 0 ? kUnknown : cut.piece + kIdOffset, span});
    }
  }
  std::reverse(tokens.begin(), tokens.end());
  return tokens;
}

}  // namespace narrdiff
