// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// What narrdiff knows about names, acts, twin terms, cues and word lists. The entries are written as textproto files
// (lexicon_source.proto says how), compiled by compile_lexicon at build time into one flat block of bytes that lives in
// the program's read-only pages, and looked up here without parsing.
//
//   const Lexicon& lexicon = *BuiltinLexicon();   // builtin_lexicon.h
//   for (int32_t e : lexicon.Find("tariff")) lexicon.entry(e).id == "tariff";
//   lexicon.Tagged("abbreviation.title");   // {"Mr", "Dr", ...}
//
// Keys are what MakeKey (engine/base/lexicon_key.h) makes of a run of tokens: stems joined by one space, or Chinese
// characters joined by nothing.
#ifndef NARRDIFF_ENGINE_LEXICON_LEXICON_H_
#define NARRDIFF_ENGINE_LEXICON_LEXICON_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

namespace narrdiff {

// Bits of LexiconEntry::cues; the order is that of `Cue` in lexicon_source.proto.
enum class Cue : uint8_t {
  kUnspecified,
  kNegation,
  kReject,
  kOppose,
  kAccuse,
  kVirtue,
  kDemand,
  kCommit,
  kSupport,
  kContrast,
  kTurnback,
  kPrinciple,
  kSay,
  kHedge,
  kVagueParty,
  kSelf,
  kGreeting,
  kLogistics,
  kRegret,
  kConcede,
  kWarn,
  kQuestion,
  kStrong,
  kWeak,
  kTimeAlways,
  kCondemn,
};
inline constexpr int kCueCount = 26;
constexpr uint32_t CueBit(Cue cue) { return 1u << static_cast<int>(cue); }

enum class NameType : uint8_t {
  kNone,
  kCountry,
  kPlace,
  kOrganisation,
  kPerson,
  kPeople,
  kDocument,
  kVehicle,
  kDisease,
  kCompany,
  kTitle,
};

enum class Valence : uint8_t { kUnspecified, kHarm, kBenefit, kNeutral };

struct LexiconTwin {
  std::string_view group;
  std::string_view stance;  // "US", "China" or empty
};

// One idea. Views point into the lexicon's bytes and live as long as the Lexicon.
struct LexiconEntry {
  std::string_view id;
  std::vector<std::string_view> en, zh;  // forms as written
  // The keys of en and zh, one for each form, of entries that rungs read form by form: those with tags alone and those
  // with Cue::kSay. Empty for all others.
  std::vector<std::string_view> en_keys, zh_keys;
  uint32_t cues = 0;    // CueBit of each
  uint64_t issues = 0;  // bit k: Lexicon::issue_ids()[k]
  NameType name_type = NameType::kNone;
  std::string_view party;     // of a name
  std::string_view act_type;  // empty: not an act
  Valence valence = Valence::kUnspecified;
  std::vector<LexiconTwin> twins;
  std::vector<std::string_view> tags;
  float weight = 1;

  bool Has(Cue cue) const { return (cues & CueBit(cue)) != 0; }
};

class Lexicon {
 public:
  // Reads a block made by CompileLexicon. The bytes are kept. Errors: InvalidArgument when it is not such a block.
  static absl::StatusOr<std::shared_ptr<const Lexicon>> FromBytes(std::string bytes);
  // The same over bytes that live for the whole run, without a copy.
  static absl::StatusOr<std::shared_ptr<const Lexicon>> FromStaticBytes(std::string_view bytes);

  // Entries that own `key`, ascending; empty when none does. O(1). Thread-safe.
  absl::Span<const int32_t> Find(std::string_view key) const;
  // The longest key that starts with the token `first`, in tokens; 0 when there is none.
  int32_t LongestFrom(std::string_view first) const;

  const LexiconEntry& entry(int32_t index) const { return entries_[static_cast<size_t>(index)]; }
  int32_t size() const { return static_cast<int32_t>(entries_.size()); }
  // Index of the entry with this id, -1 when there is none. O(1).
  int32_t IndexOf(std::string_view id) const;
  // All forms, English then Chinese, of the entries with this tag, in file order.
  std::vector<std::string_view> Tagged(std::string_view tag) const;
  const std::vector<std::string_view>& issue_ids() const { return issue_ids_; }
  // First 16 hex digits of a hash of the content, for Backends.lexicons.
  const std::string& hash() const { return hash_; }

 private:
  Lexicon() = default;
  absl::Status Load();

  std::string owned_;
  std::string_view bytes_;
  std::vector<LexiconEntry> entries_;
  std::vector<std::string_view> issue_ids_;
  std::string hash_;
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_LEXICON_LEXICON_H_
