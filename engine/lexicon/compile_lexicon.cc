// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/lexicon/compile_lexicon.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "engine/base/lexicon_key.h"
#include "engine/base/status_macros.h"
#include "engine/lexicon/lexicon_format.h"
#include "google/protobuf/io/tokenizer.h"
#include "google/protobuf/text_format.h"

namespace narrdiff {
namespace f = lexicon_format;
namespace {

class FirstError : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int line, int column, const std::string& message) override {
    if (text.empty()) text = absl::StrFormat("%d:%d: %s", line + 1, column + 1, message);
  }
  std::string text;
};

std::string DefaultId(const lexicon::Entry& entry) {
  std::string form = entry.en_size() > 0 ? entry.en(0) : entry.zh(0);
  if (!form.empty() && form[0] == '=') form.erase(0, 1);
  const bool capitals = std::none_of(form.begin(), form.end(), [](char c) { return absl::ascii_islower(c); });
  std::string id = capitals ? form : absl::AsciiStrToLower(form);
  std::replace(id.begin(), id.end(), ' ', '_');
  return id;
}

template <typename Repeated>
void AddNew(const Repeated& from, Repeated* to) {
  for (const auto& value : from) {
    if (std::find(to->begin(), to->end(), value) == to->end()) *to->Add() = value;
  }
}

// Adds what `from` says to `to`, which has the same id.
void MergeEntry(const lexicon::Entry& from, lexicon::Entry& to) {
  AddNew(from.en(), to.mutable_en());
  AddNew(from.zh(), to.mutable_zh());
  AddNew(from.issue(), to.mutable_issue());
  AddNew(from.tag(), to.mutable_tag());
  for (const int cue : from.cue()) {
    if (std::find(to.cue().begin(), to.cue().end(), cue) == to.cue().end()) to.add_cue(static_cast<lexicon::Cue>(cue));
  }
  for (const lexicon::Twin& twin : from.twin()) {
    const bool known = std::any_of(to.twin().begin(), to.twin().end(), [&](const lexicon::Twin& t) {
      return t.group() == twin.group() && t.stance() == twin.stance();
    });
    if (!known) *to.add_twin() = twin;
  }
  if (from.has_name()) to.mutable_name()->MergeFrom(from.name());
  if (from.has_act()) to.mutable_act()->MergeFrom(from.act());
  if (from.has_weight()) to.set_weight(from.weight());
}

// Grows the word part and the string pool side by side.
class Writer {
 public:
  Writer() : words_(f::kHeaderWords, 0) {}

  std::pair<uint32_t, uint32_t> String(const std::string& s) {
    const auto [it, fresh] = strings_.try_emplace(s, static_cast<uint32_t>(pool_.size()));
    if (fresh) pool_ += s;
    return {it->second, static_cast<uint32_t>(s.size())};
  }
  // Writes a list of strings; returns where it stands and its count.
  template <typename List>
  std::pair<uint32_t, uint32_t> Strings(const List& list) {
    const uint32_t at = Size();
    for (const auto& s : list) Push(String(s));
    return {at, static_cast<uint32_t>(list.size())};
  }
  void Push(std::pair<uint32_t, uint32_t> pair) {
    words_.push_back(pair.first);
    words_.push_back(pair.second);
  }
  void Push(uint32_t word) { words_.push_back(word); }
  uint32_t Size() const { return static_cast<uint32_t>(words_.size()); }
  void Set(uint32_t at, std::pair<uint32_t, uint32_t> pair) {
    words_[at] = pair.first;
    words_[at + 1] = pair.second;
  }
  // A hash table over `keys`; slot values are positions in `keys` plus one.
  void Slots(uint32_t header, const std::vector<std::string>& keys) {
    uint32_t size = 16;
    while (size < keys.size() * 2) size *= 2;
    std::vector<uint32_t> slots(size, 0);
    for (size_t k = 0; k < keys.size(); ++k) {
      uint64_t i = f::Hash(keys[k]) & (size - 1);
      while (slots[i] != 0) i = (i + 1) & (size - 1);
      slots[i] = static_cast<uint32_t>(k + 1);
    }
    Set(header, {Size(), size});
    words_.insert(words_.end(), slots.begin(), slots.end());
  }
  std::string Finish() {
    words_[f::kHMagic] = f::kMagic;
    words_[f::kHVersion] = f::kVersion;
    words_[f::kHTotalWords] = Size();
    words_[f::kHPoolBytes] = static_cast<uint32_t>(pool_.size());
    std::string bytes(words_.size() * 4 + pool_.size(), '\0');
    std::memcpy(bytes.data(), words_.data(), words_.size() * 4);
    std::memcpy(bytes.data() + words_.size() * 4, pool_.data(), pool_.size());
    const uint64_t hash = f::Hash(std::string_view(bytes).substr(f::kHeaderWords * 4));
    const uint32_t halves[2] = {static_cast<uint32_t>(hash), static_cast<uint32_t>(hash >> 32)};
    std::memcpy(bytes.data() + f::kHHashLow * 4, halves, sizeof(halves));
    return bytes;
  }

 private:
  std::vector<uint32_t> words_;
  std::string pool_;
  std::map<std::string, uint32_t> strings_;
};

// Entries of the source with one entry per id, in order of first appearance.
absl::StatusOr<std::vector<lexicon::Entry>> MergeById(const lexicon::Lexicon& source) {
  std::vector<lexicon::Entry> entries;
  std::map<std::string, size_t> by_id;
  for (const lexicon::Entry& given : source.entry()) {
    if (given.en_size() + given.zh_size() == 0) {
      return absl::InvalidArgumentError(
          absl::StrFormat("lexicon entry \"%s\" has no form; give it an en: or zh: form", given.id()));
    }
    lexicon::Entry entry = given;
    if (entry.id().empty()) entry.set_id(DefaultId(entry));
    const auto [it, fresh] = by_id.try_emplace(entry.id(), entries.size());
    if (fresh) {
      entries.push_back(std::move(entry));
    } else {
      MergeEntry(entry, entries[it->second]);
    }
  }
  return entries;
}

}  // namespace

absl::Status ParseLexiconText(std::string_view text, std::string_view name, lexicon::Lexicon& source) {
  google::protobuf::TextFormat::Parser parser;
  FirstError errors;
  parser.RecordErrorsTo(&errors);
  lexicon::Lexicon parsed;
  if (!parser.ParseFromString(std::string(text), &parsed)) {
    return absl::InvalidArgumentError(
        absl::StrFormat("%s:%s; see engine/lexicon/lexicon_source.proto for the form", std::string(name), errors.text));
  }
  source.MergeFrom(parsed);
  return absl::OkStatus();
}

absl::StatusOr<std::string> CompileLexicon(const lexicon::Lexicon& source) {
  NARRDIFF_ASSIGN_OR_RETURN(const std::vector<lexicon::Entry> entries, MergeById(source));
  Writer out;
  std::vector<std::string> issue_ids;
  std::map<std::string, uint32_t> issue_index;
  struct KeyInfo {
    std::vector<uint32_t> owners;
  };
  std::map<std::string, KeyInfo> keys;
  std::map<std::string, int32_t> firsts;
  std::vector<std::string> ids;
  std::vector<uint32_t> records;
  for (size_t i = 0; i < entries.size(); ++i) {
    const lexicon::Entry& e = entries[i];
    std::vector<uint32_t> r(f::kEntryWords, 0);
    auto set = [&](uint32_t at, std::pair<uint32_t, uint32_t> pair) {
      r[at] = pair.first;
      r[at + 1] = pair.second;
    };
    ids.push_back(e.id());
    set(f::kEId, out.String(e.id()));
    set(f::kEEnglish, out.Strings(e.en()));
    set(f::kEChinese, out.Strings(e.zh()));
    uint64_t issues = 0;
    for (const std::string& issue : e.issue()) {
      const auto [it, fresh] = issue_index.try_emplace(issue, static_cast<uint32_t>(issue_ids.size()));
      if (fresh) issue_ids.push_back(issue);
      if (it->second >= 64) return absl::InvalidArgumentError("lexicon: more than 64 issues");
      issues |= uint64_t{1} << it->second;
    }
    r[f::kEIssuesLow] = static_cast<uint32_t>(issues);
    r[f::kEIssuesHigh] = static_cast<uint32_t>(issues >> 32);
    for (const int cue : e.cue()) {
      if (cue <= 0 || cue >= kCueCount) {
        return absl::InvalidArgumentError(absl::StrFormat("lexicon entry \"%s\": unknown cue %d", e.id(), cue));
      }
      r[f::kECues] |= CueBit(static_cast<Cue>(cue));
    }
    r[f::kENameType] = static_cast<uint32_t>(e.name().type());
    set(f::kEParty, out.String(e.name().party()));
    set(f::kEActType, out.String(e.act().type()));
    r[f::kEValence] = static_cast<uint32_t>(e.act().valence());
    const uint32_t twins = out.Size();
    for (const lexicon::Twin& twin : e.twin()) {
      out.Push(out.String(twin.group()));
      out.Push(out.String(twin.stance()));
    }
    set(f::kETwins, {twins, static_cast<uint32_t>(e.twin_size())});
    set(f::kETags, out.Strings(e.tag()));
    const float weight = e.has_weight() ? e.weight() : 1.0f;
    std::memcpy(&r[f::kEWeight], &weight, sizeof(weight));
    // Word lists of single rungs are read by tag, not found in running text.
    const bool words_only = e.tag_size() > 0 && !e.has_name() && !e.has_act() && e.cue_size() == 0 &&
                            e.twin_size() == 0 && e.issue_size() == 0;
    if (words_only || std::find(e.cue().begin(), e.cue().end(), static_cast<int>(lexicon::SAY)) != e.cue().end()) {
      const auto keys = [](const auto& forms) {
        std::vector<std::string> out;
        for (const std::string& form : forms) out.push_back(MakeKey(form).key);
        return out;
      };
      set(f::kEEnglishKeys, out.Strings(keys(e.en())));
      set(f::kEChineseKeys, out.Strings(keys(e.zh())));
    }
    records.insert(records.end(), r.begin(), r.end());

    auto file = [&](const std::string& form) {
      const LexiconKey key = MakeKey(form);
      if (key.key.empty()) return;
      std::vector<uint32_t>& owners = keys[key.key].owners;
      if (owners.empty() || owners.back() != i) owners.push_back(static_cast<uint32_t>(i));
      int32_t& longest = firsts[key.first];
      longest = std::max(longest, key.tokens);
    };
    if (words_only) continue;
    for (const std::string& form : e.en()) file(form);
    for (const std::string& form : e.zh()) file(form);
  }
  out.Set(f::kHEntries, {out.Size(), static_cast<uint32_t>(entries.size())});
  for (const uint32_t word : records) out.Push(word);

  std::vector<std::string> key_names, first_names;
  std::vector<uint32_t> key_records, first_records;
  for (const auto& [key, info] : keys) {
    key_names.push_back(key);
    const auto string = out.String(key);
    key_records.insert(key_records.end(),
                       {string.first, string.second, out.Size(), static_cast<uint32_t>(info.owners.size())});
    for (const uint32_t owner : info.owners) out.Push(owner);
  }
  for (const auto& [first, longest] : firsts) {
    first_names.push_back(first);
    const auto string = out.String(first);
    first_records.insert(first_records.end(), {string.first, string.second, static_cast<uint32_t>(longest), 0});
  }
  out.Set(f::kHKeys, {out.Size(), static_cast<uint32_t>(keys.size())});
  for (const uint32_t word : key_records) out.Push(word);
  out.Set(f::kHFirsts, {out.Size(), static_cast<uint32_t>(firsts.size())});
  for (const uint32_t word : first_records) out.Push(word);
  out.Slots(f::kHKeySlots, key_names);
  out.Slots(f::kHFirstSlots, first_names);
  out.Slots(f::kHIdSlots, ids);
  out.Set(f::kHIssues, out.Strings(issue_ids));
  return out.Finish();
}

absl::StatusOr<std::shared_ptr<const Lexicon>> ExtendLexicon(const Lexicon& base, const lexicon::Lexicon& additions) {
  lexicon::Lexicon all;
  for (int32_t i = 0; i < base.size(); ++i) {
    const LexiconEntry& from = base.entry(i);
    lexicon::Entry& to = *all.add_entry();
    to.set_id(std::string(from.id));
    for (const std::string_view s : from.en) to.add_en(std::string(s));
    for (const std::string_view s : from.zh) to.add_zh(std::string(s));
    for (const std::string_view s : from.tags) to.add_tag(std::string(s));
    for (size_t k = 0; k < base.issue_ids().size(); ++k) {
      if (from.issues >> k & 1) to.add_issue(std::string(base.issue_ids()[k]));
    }
    for (int cue = 1; cue < kCueCount; ++cue) {
      if (from.Has(static_cast<Cue>(cue))) to.add_cue(static_cast<lexicon::Cue>(cue));
    }
    if (from.name_type != NameType::kNone || !from.party.empty()) {
      to.mutable_name()->set_type(static_cast<lexicon::Name::Type>(from.name_type));
      to.mutable_name()->set_party(std::string(from.party));
    }
    if (!from.act_type.empty()) {
      to.mutable_act()->set_type(std::string(from.act_type));
      to.mutable_act()->set_valence(static_cast<lexicon::Act::Valence>(from.valence));
    }
    for (const LexiconTwin& twin : from.twins) {
      to.add_twin()->set_group(std::string(twin.group));
      to.mutable_twin(to.twin_size() - 1)->set_stance(std::string(twin.stance));
    }
    to.set_weight(from.weight);
  }
  all.MergeFrom(additions);
  NARRDIFF_ASSIGN_OR_RETURN(std::string bytes, CompileLexicon(all));
  return Lexicon::FromBytes(std::move(bytes));
}

}  // namespace narrdiff
