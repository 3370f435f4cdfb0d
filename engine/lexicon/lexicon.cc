// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/lexicon/lexicon.h"

#include <cstring>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_format.h"
#include "engine/lexicon/lexicon_format.h"

namespace narrdiff {
namespace f = lexicon_format;
namespace {

const uint32_t* Words(std::string_view bytes) { return reinterpret_cast<const uint32_t*>(bytes.data()); }

std::string_view Pool(std::string_view bytes) { return bytes.substr(size_t{Words(bytes)[f::kHTotalWords]} * 4); }

std::string_view String(std::string_view bytes, const uint32_t* at) { return Pool(bytes).substr(at[0], at[1]); }

// Index of `key` in a table of string-led records, or -1.
int32_t Probe(std::string_view bytes, uint32_t slots, uint32_t records, uint32_t record_words, std::string_view key) {
  const uint32_t* w = Words(bytes);
  const uint32_t size = w[slots + 1];
  if (size == 0) return -1;
  for (uint64_t i = f::Hash(key) & (size - 1);; i = (i + 1) & (size - 1)) {
    const uint32_t slot = w[w[slots] + i];
    if (slot == 0) return -1;
    if (String(bytes, w + w[records] + size_t{slot - 1} * record_words) == key) return static_cast<int32_t>(slot - 1);
  }
}

absl::Status NotALexicon(std::string_view why) {
  return absl::InvalidArgumentError(
      absl::StrFormat("not a compiled lexicon of this version (%s); compile it again", why));
}

}  // namespace

absl::StatusOr<std::shared_ptr<const Lexicon>> Lexicon::FromBytes(std::string bytes) {
  std::shared_ptr<Lexicon> lexicon(new Lexicon);
  lexicon->owned_ = std::move(bytes);
  lexicon->bytes_ = lexicon->owned_;
  if (absl::Status status = lexicon->Load(); !status.ok()) return status;
  return lexicon;
}

absl::StatusOr<std::shared_ptr<const Lexicon>> Lexicon::FromStaticBytes(std::string_view bytes) {
  std::shared_ptr<Lexicon> lexicon(new Lexicon);
  lexicon->bytes_ = bytes;
  if (absl::Status status = lexicon->Load(); !status.ok()) return status;
  return lexicon;
}

absl::Status Lexicon::Load() {
  const std::string_view b = bytes_;
  if (b.size() < f::kHeaderWords * 4) return NotALexicon("too short");
  const uint32_t* w = Words(b);
  if (w[f::kHMagic] != f::kMagic) return NotALexicon("wrong mark");
  if (w[f::kHVersion] != f::kVersion) return NotALexicon("other version");
  if (size_t{w[f::kHTotalWords]} * 4 + w[f::kHPoolBytes] != b.size()) return NotALexicon("wrong size");
  hash_ = absl::StrFormat("%08x%08x", w[f::kHHashHigh], w[f::kHHashLow]);

  auto strings = [&](const uint32_t* list) {
    std::vector<std::string_view> out(list[1]);
    for (uint32_t i = 0; i < list[1]; ++i) out[i] = String(b, w + list[0] + i * 2);
    return out;
  };
  issue_ids_ = strings(w + f::kHIssues);
  entries_.resize(w[f::kHEntriesCount]);
  for (size_t i = 0; i < entries_.size(); ++i) {
    const uint32_t* r = w + w[f::kHEntries] + i * f::kEntryWords;
    LexiconEntry& e = entries_[i];
    e.id = String(b, r + f::kEId);
    e.en = strings(r + f::kEEnglish);
    e.zh = strings(r + f::kEChinese);
    e.cues = r[f::kECues];
    e.issues = uint64_t{r[f::kEIssuesHigh]} << 32 | r[f::kEIssuesLow];
    e.name_type = static_cast<NameType>(r[f::kENameType]);
    e.party = String(b, r + f::kEParty);
    e.act_type = String(b, r + f::kEActType);
    e.valence = static_cast<Valence>(r[f::kEValence]);
    for (uint32_t t = 0; t < r[f::kETwinsCount]; ++t) {
      const uint32_t* twin = w + r[f::kETwins] + t * 4;
      e.twins.push_back({String(b, twin), String(b, twin + 2)});
    }
    e.tags = strings(r + f::kETags);
    e.en_keys = strings(r + f::kEEnglishKeys);
    e.zh_keys = strings(r + f::kEChineseKeys);
    std::memcpy(&e.weight, r + f::kEWeight, sizeof(float));
  }
  return absl::OkStatus();
}

absl::Span<const int32_t> Lexicon::Find(std::string_view key) const {
  const int32_t k = Probe(bytes_, f::kHKeySlots, f::kHKeys, f::kKeyWords, key);
  if (k < 0) return {};
  const uint32_t* w = Words(bytes_);
  const uint32_t* record = w + w[f::kHKeys] + static_cast<size_t>(k) * f::kKeyWords;
  return absl::MakeConstSpan(reinterpret_cast<const int32_t*>(w + record[2]), record[3]);
}

int32_t Lexicon::LongestFrom(std::string_view first) const {
  const int32_t k = Probe(bytes_, f::kHFirstSlots, f::kHFirsts, f::kKeyWords, first);
  if (k < 0) return 0;
  const uint32_t* w = Words(bytes_);
  return static_cast<int32_t>(w[w[f::kHFirsts] + static_cast<size_t>(k) * f::kKeyWords + 2]);
}

int32_t Lexicon::IndexOf(std::string_view id) const {
  return Probe(bytes_, f::kHIdSlots, f::kHEntries, f::kEntryWords, id);
}

std::vector<std::string_view> Lexicon::Tagged(std::string_view tag) const {
  std::vector<std::string_view> forms;
  for (const LexiconEntry& e : entries_) {
    for (const std::string_view t : e.tags) {
      if (t != tag) continue;
      forms.insert(forms.end(), e.en.begin(), e.en.end());
      forms.insert(forms.end(), e.zh.begin(), e.zh.end());
      break;
    }
  }
  return forms;
}

}  // namespace narrdiff
