// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/lexicon/dictionary.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "engine/base/han_tables.h"
#include "engine/base/status_macros.h"
#include "engine/base/tokenize.h"
#include "engine/base/utf8.h"

namespace narrdiff {
namespace {

// --- Layout
// ----------------------------------------------------------------------------------------------------------- All
// numbers are uint32_t in the machine's order (little-endian on everything we build for; the magic number tells).
//   header         kHeaderWords: magic, version, whole size in bytes, the eight counts below, padding
//   lengths        for each first character U+4E00..U+9FFF a bit set: bit k, some headword has k + 1 characters (bit
//   31: 32
//                  or more); one more for all other first characters
//   entry slots    open addressing, a power of two: entry + 1, or 0
//   entries        text offset, bytes, first gloss (one more row than entries, for the end)
//   glosses        first gloss word (one more, for the end)
//   gloss words    word ids
//   word slots     as entry slots
//   words          text offset, bytes
//   text           UTF-8 of headwords and words
constexpr uint32_t kMagic = 0x4349444E;  // "NDIC"
constexpr uint32_t kVersion = 1;
constexpr size_t kHeaderWords = 16;
constexpr char32_t kFirstHan = 0x4E00, kLastHan = 0x9FFF;
constexpr size_t kLengthCount = kLastHan - kFirstHan + 2;
constexpr size_t kEntryWords = 3;
constexpr size_t kWordWords = 2;
// Longer glosses are explanations, not translations.
constexpr size_t kMaxGlossWords = 8;
// Headwords longer than this many characters are not looked for.
constexpr int32_t kMaxHeadword = 31;

uint32_t Hash(std::string_view s) {
  // FNV-1a with a final mix: fixed for ever, as it is part of the format.
  uint32_t h = 2166136261u;
  for (const char c : s) h = (h ^ static_cast<unsigned char>(c)) * 16777619u;
  h ^= h >> 15;
  h *= 0x2C1B3C6Du;
  return h ^ (h >> 13);
}

uint32_t SlotCount(size_t items) {
  uint32_t slots = 16;
  while (slots < items * 2) slots *= 2;
  return slots;
}

size_t LengthIndex(char32_t first) {
  return first >= kFirstHan && first <= kLastHan ? first - kFirstHan : kLengthCount - 1;
}

// --- Compiling
// --------------------------------------------------------------------------------------------------------

// Words of the notation in which dictionaries write glosses; they translate nothing.
bool IsNotation(std::string_view form) {
  static const auto* const kWords = new absl::flat_hash_set<std::string_view>{
      "to",  "a",  "an",  "the", "of",   "sb", "sth", "sb's", "one's", "oneself", "esp",   "etc",      "eg",      "e.g",
      "i.e", "cf", "lit", "fig", "abbr", "ie", "or",  "be",   "and",   "coll",    "idiom", "loanword", "surname", "pr"};
  return kWords->contains(form);
}

bool StartsWith(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

std::string_view Trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

// The part of `rest` before the first of `separators`; `rest` moves past it.
std::string_view NextPart(std::string_view& rest, std::string_view separators) {
  const size_t end = std::min(rest.find_first_of(separators), rest.size());
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

// The simplified headword when all of it is Han, else empty.
std::string Headword(std::string_view text) {
  std::string out;
  int32_t length = 0;
  for (int32_t i = 0; i < static_cast<int32_t>(text.size());) {
    const char32_t c = NextCodePoint(text, i);
    if (!IsHan(c) || ++length > kMaxHeadword) return "";
    AppendUtf8(ToSimplified(c), out);
  }
  return out;
}

// Drops bracketed remarks: "(coll.) to fix (a person)" is " to fix ".
std::string WithoutBrackets(std::string_view text) {
  std::string out;
  int depth = 0;
  for (const char c : text) {
    if (c == '(' || c == '[') {
      ++depth;
    } else if (c == ')' || c == ']') {
      depth = std::max(0, depth - 1);
    } else if (depth == 0) {
      out.push_back(c);
    }
  }
  return out;
}

class Builder {
 public:
  // Adds one gloss, which may be several separated by ; and commas.
  void AddGlosses(std::string_view headword, std::string_view english) {
    std::vector<std::vector<uint32_t>>& glosses = entries_[std::string(headword)];
    const std::string plain = WithoutBrackets(english);
    for (std::string_view rest = plain; !rest.empty();) {
      const std::string_view part = NextPart(rest, ";,");
      std::vector<uint32_t> words;
      for (const Token& token : Tokenize(part, {0, static_cast<int32_t>(part.size())}, Language::kEnglish)) {
        if (token.kind != TokenKind::kWord && token.kind != TokenKind::kNumber) continue;
        if (IsNotation(token.form)) continue;
        const uint32_t id = Word(token.stem);
        if (std::find(words.begin(), words.end(), id) == words.end()) words.push_back(id);
      }
      if (words.empty() || words.size() > kMaxGlossWords) continue;
      if (std::find(glosses.begin(), glosses.end(), words) == glosses.end()) glosses.push_back(std::move(words));
    }
  }
  void AddHeadword(std::string_view headword) { entries_[std::string(headword)]; }
  void AddReference(std::string_view from, std::string_view to) { references_.emplace_back(from, to); }

  // Follows references one step, from what the entries held before.
  void Resolve() {
    std::vector<std::pair<std::string, std::vector<std::vector<uint32_t>>>> additions;
    for (const auto& [from, to] : references_) {
      const auto it = entries_.find(to);
      if (it != entries_.end() && to != from) additions.emplace_back(from, it->second);
    }
    for (const auto& [from, glosses] : additions) {
      auto& own = entries_[from];
      for (const auto& g : glosses) {
        if (std::find(own.begin(), own.end(), g) == own.end()) own.push_back(g);
      }
    }
  }

  size_t size() const { return entries_.size(); }

  std::string Finish() const {
    std::vector<std::string_view> keys;
    keys.reserve(entries_.size());
    for (const auto& [key, glosses] : entries_) keys.push_back(key);
    std::sort(keys.begin(), keys.end());
    std::vector<uint32_t> lengths(kLengthCount), entry_slots(SlotCount(keys.size())), entries, glosses, gloss_words;
    std::vector<uint32_t> word_slots(SlotCount(words_.size())), words;
    std::string text;
    auto insert = [](std::vector<uint32_t>& slots, std::string_view key, size_t index) {
      const uint32_t mask = static_cast<uint32_t>(slots.size()) - 1;
      uint32_t at = Hash(key) & mask;
      while (slots[at] != 0) at = (at + 1) & mask;
      slots[at] = static_cast<uint32_t>(index) + 1;
    };
    for (size_t k = 0; k < keys.size(); ++k) {
      int32_t i = 0;
      const char32_t first = NextCodePoint(keys[k], i);
      const int32_t length = std::min(CountCodePoints(keys[k]), kMaxHeadword);
      lengths[LengthIndex(first)] |= 1u << (length - 1);
      insert(entry_slots, keys[k], k);
      entries.insert(entries.end(), {static_cast<uint32_t>(text.size()), static_cast<uint32_t>(keys[k].size()),
                                     static_cast<uint32_t>(glosses.size())});
      text.append(keys[k]);
      for (const auto& g : entries_.find(std::string(keys[k]))->second) {
        glosses.push_back(static_cast<uint32_t>(gloss_words.size()));
        gloss_words.insert(gloss_words.end(), g.begin(), g.end());
      }
    }
    const uint32_t gloss_count = static_cast<uint32_t>(glosses.size());
    entries.insert(entries.end(), {static_cast<uint32_t>(text.size()), 0, gloss_count});
    glosses.push_back(static_cast<uint32_t>(gloss_words.size()));
    for (size_t w = 0; w < words_.size(); ++w) {
      insert(word_slots, words_[w], w);
      words.insert(words.end(), {static_cast<uint32_t>(text.size()), static_cast<uint32_t>(words_[w].size())});
      text.append(words_[w]);
    }

    std::vector<uint32_t> header(kHeaderWords);
    header[0] = kMagic;
    header[1] = kVersion;
    header[3] = static_cast<uint32_t>(keys.size());
    header[4] = gloss_count;
    header[5] = static_cast<uint32_t>(gloss_words.size());
    header[6] = static_cast<uint32_t>(words_.size());
    header[7] = static_cast<uint32_t>(entry_slots.size());
    header[8] = static_cast<uint32_t>(word_slots.size());
    header[9] = static_cast<uint32_t>(text.size());
    std::string out;
    auto append = [&](const std::vector<uint32_t>& v) {
      out.append(reinterpret_cast<const char*>(v.data()), v.size() * sizeof(uint32_t));
    };
    append(header);
    append(lengths);
    append(entry_slots);
    append(entries);
    append(glosses);
    append(gloss_words);
    append(word_slots);
    append(words);
    out.append(text);
    const uint32_t bytes = static_cast<uint32_t>(out.size());
    std::memcpy(&out[2 * sizeof(uint32_t)], &bytes, sizeof bytes);
    return out;
  }

 private:
  uint32_t Word(const std::string& stem) {
    const auto [it, is_new] = word_ids_.try_emplace(stem, static_cast<uint32_t>(words_.size()));
    if (is_new) words_.push_back(stem);
    return it->second;
  }

  absl::flat_hash_map<std::string, std::vector<std::vector<uint32_t>>> entries_;
  std::vector<std::pair<std::string, std::string>> references_;
  absl::flat_hash_map<std::string, uint32_t> word_ids_;
  std::vector<std::string> words_;
};

// The headword that a gloss like "old variant of 乾|干[gan1]" points to.
std::string ReferredHeadword(std::string_view gloss) {
  static constexpr std::string_view kPointers[] = {
      "variant of ", "see ",          "see also ",         "same as ",        "abbr. for ",
      "abbr. of ",   "also written ", "erhua variant of ", "old variant of ", "Japanese variant of "};
  for (const std::string_view pointer : kPointers) {
    if (!StartsWith(gloss, pointer)) continue;
    std::string_view target = gloss.substr(pointer.size());
    target = target.substr(0, target.find('['));
    if (const size_t bar = target.find('|'); bar != std::string_view::npos) target = target.substr(bar + 1);
    return Headword(Trimmed(target));
  }
  return "";
}

bool IsRemark(std::string_view gloss) {
  for (const std::string_view start :
       {"CL:", "also pr.", "Taiwan pr.", "used in ", "Kangxi radical", "erhua variant"}) {
    if (StartsWith(gloss, start)) return true;
  }
  return false;
}

}  // namespace

absl::StatusOr<std::string> CompileCedict(std::string_view cedict_text) {
  Builder builder;
  int64_t number = 0;
  while (!cedict_text.empty()) {
    ++number;
    const std::string_view line = Trimmed(NextPart(cedict_text, "\n"));
    if (line.empty() || line[0] == '#') continue;
    const size_t space = line.find(' ');
    const size_t bracket = line.find(" [", space == std::string_view::npos ? 0 : space);
    const size_t slash = line.find("] /", bracket == std::string_view::npos ? 0 : bracket);
    if (space == std::string_view::npos || bracket == std::string_view::npos || slash == std::string_view::npos ||
        bracket <= space) {
      return absl::InvalidArgumentError(absl::StrCat(number,
                                                     ":1: not an entry of CC-CEDICT; want \"Traditional Simplified "
                                                     "[pin1 yin1] /gloss/gloss/\""));
    }
    const std::string headword = Headword(line.substr(space + 1, bracket - space - 1));
    if (headword.empty()) continue;  // Latin letters, digits or a comma in the headword
    builder.AddHeadword(headword);
    for (std::string_view rest = line.substr(slash + 3); !rest.empty();) {
      const std::string_view gloss = NextPart(rest, "/");
      if (const std::string target = ReferredHeadword(gloss); !target.empty()) {
        builder.AddReference(headword, target);
      } else if (!IsRemark(gloss)) {
        builder.AddGlosses(headword, gloss);
      }
    }
  }
  if (builder.size() == 0)
    return absl::InvalidArgumentError("1:1: no entry of CC-CEDICT in the text; is it the right file?");
  builder.Resolve();
  return builder.Finish();
}

absl::StatusOr<std::string> CompileTsv(std::string_view tsv_text) {
  Builder builder;
  int64_t number = 0;
  while (!tsv_text.empty()) {
    ++number;
    std::string_view line = NextPart(tsv_text, "\n");
    if (Trimmed(line).empty() || line[0] == '#') continue;
    const std::string headword = Headword(Trimmed(NextPart(line, "\t")));
    const std::string_view english = Trimmed(NextPart(line, "\t"));
    if (english.empty() || headword.empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat(number, ":1: want a Chinese word, a tab and its English translations (separated by \";\")"));
    }
    builder.AddHeadword(headword);
    builder.AddGlosses(headword, english);
  }
  if (builder.size() == 0)
    return absl::InvalidArgumentError("1:1: no entry in the text; want CHINESE<TAB>ENGLISH lines");
  return builder.Finish();
}

std::string CompilePairs(absl::Span<const std::pair<std::string_view, std::string_view>> pairs) {
  Builder builder;
  for (const auto& [chinese, english] : pairs) {
    const std::string headword = Headword(chinese);
    if (headword.empty()) continue;
    builder.AddHeadword(headword);
    builder.AddGlosses(headword, english.substr(StartsWith(english, "=") ? 1 : 0));
  }
  return builder.Finish();
}

// --- Reading
// ----------------------------------------------------------------------------------------------------------

absl::Status Dictionary::Attach(std::string_view bytes) {
  if (bytes.size() < kHeaderWords * sizeof(uint32_t) ||
      reinterpret_cast<uintptr_t>(bytes.data()) % alignof(uint32_t) != 0) {
    return absl::InvalidArgumentError(
        "not a compiled dictionary (too short); make one with `narrdiff lexicon compile`");
  }
  const uint32_t* header = reinterpret_cast<const uint32_t*>(bytes.data());
  if (header[0] != kMagic) {
    return absl::InvalidArgumentError(
        "not a compiled dictionary (wrong magic number); make one with `narrdiff lexicon compile`");
  }
  if (header[1] != kVersion) {
    return absl::InvalidArgumentError(absl::StrCat("compiled dictionary of version ", header[1],
                                                   ", this program reads version ", kVersion,
                                                   "; compile it again with `narrdiff lexicon compile`"));
  }
  const uint64_t counts[] = {kHeaderWords,
                             kLengthCount,
                             header[7],
                             (uint64_t{header[3]} + 1) * kEntryWords,
                             uint64_t{header[4]} + 1,
                             header[5],
                             header[8],
                             uint64_t{header[6]} * kWordWords};
  uint64_t total = header[9];
  for (const uint64_t c : counts) total += c * sizeof(uint32_t);
  auto power_of_two = [](uint32_t n) { return n != 0 && (n & (n - 1)) == 0; };
  if (total != header[2] || total != bytes.size() || !power_of_two(header[7]) || !power_of_two(header[8]) ||
      header[3] >= header[7] || header[6] >= header[8]) {
    return absl::InvalidArgumentError(absl::StrCat("compiled dictionary is cut short or damaged (", bytes.size(),
                                                   " bytes, want ", header[2],
                                                   "); compile it again with `narrdiff lexicon compile`"));
  }
  const uint32_t* at = header + kHeaderWords;
  auto take = [&](uint64_t count) {
    const uint32_t* section = at;
    at += count;
    return section;
  };
  lengths_ = take(counts[1]);
  entry_slots_ = take(counts[2]);
  entries_ = take(counts[3]);
  glosses_ = take(counts[4]);
  gloss_words_ = take(counts[5]);
  word_slots_ = take(counts[6]);
  words_ = take(counts[7]);
  text_ = reinterpret_cast<const char*>(at);
  entry_count_ = header[3];
  gloss_count_ = header[4];
  gloss_word_count_ = header[5];
  word_count_ = header[6];
  entry_slot_mask_ = header[7] - 1;
  word_slot_mask_ = header[8] - 1;
  text_bytes_ = header[9];
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<const Dictionary>> Dictionary::Open(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    const std::string message = absl::StrCat(path, ": cannot be opened: ", std::strerror(errno));
    return errno == ENOENT ? absl::NotFoundError(message) : absl::InvalidArgumentError(message);
  }
  struct stat info;
  void* mapped = MAP_FAILED;
  if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0) {
    mapped = mmap(nullptr, static_cast<size_t>(info.st_size), PROT_READ, MAP_PRIVATE, fd, 0);
  }
  close(fd);
  if (mapped == MAP_FAILED) return absl::InvalidArgumentError(absl::StrCat(path, ": not a compiled dictionary"));
  std::shared_ptr<Dictionary> dictionary(new Dictionary);
  dictionary->mapped_ = mapped;
  dictionary->mapped_bytes_ = static_cast<size_t>(info.st_size);
  const absl::Status status = dictionary->Attach({static_cast<const char*>(mapped), dictionary->mapped_bytes_});
  if (!status.ok()) return absl::Status(status.code(), absl::StrCat(path, ": ", status.message()));
  return dictionary;
}

absl::StatusOr<std::shared_ptr<const Dictionary>> Dictionary::FromBytes(std::string bytes) {
  std::shared_ptr<Dictionary> dictionary(new Dictionary);
  dictionary->owned_ = std::move(bytes);
  NARRDIFF_RETURN_IF_ERROR(dictionary->Attach(dictionary->owned_));
  return dictionary;
}

absl::StatusOr<std::shared_ptr<const Dictionary>> Dictionary::FromStaticBytes(std::string_view bytes) {
  std::shared_ptr<Dictionary> dictionary(new Dictionary);
  NARRDIFF_RETURN_IF_ERROR(dictionary->Attach(bytes));
  return dictionary;
}

Dictionary::~Dictionary() {
  if (mapped_ != nullptr) munmap(mapped_, mapped_bytes_);
}

// The sections' insides are not checked when a file is opened, as that would read all of it; each access is clipped to
// its section instead, so that a damaged file gives wrong answers and never a fault.
std::string_view Dictionary::Text(uint32_t offset, uint32_t bytes) const {
  if (offset > text_bytes_ || bytes > text_bytes_ - offset) return {};
  return {text_ + offset, bytes};
}

int32_t Dictionary::Find(std::string_view headword) const {
  uint32_t at = Hash(headword) & entry_slot_mask_;
  for (uint32_t probes = 0; probes <= entry_slot_mask_; ++probes, at = (at + 1) & entry_slot_mask_) {
    const uint32_t entry = entry_slots_[at];
    if (entry == 0 || entry > entry_count_) return -1;
    const uint32_t* row = entries_ + (entry - 1) * kEntryWords;
    if (row[1] == headword.size() && Text(row[0], row[1]) == headword) return static_cast<int32_t>(entry - 1);
  }
  return -1;
}

int32_t Dictionary::WordId(std::string_view stem) const {
  uint32_t at = Hash(stem) & word_slot_mask_;
  for (uint32_t probes = 0; probes <= word_slot_mask_; ++probes, at = (at + 1) & word_slot_mask_) {
    const uint32_t id = word_slots_[at];
    if (id == 0 || id > word_count_) return -1;
    const uint32_t* row = words_ + (id - 1) * kWordWords;
    if (row[1] == stem.size() && Text(row[0], row[1]) == stem) return static_cast<int32_t>(id - 1);
  }
  return -1;
}

int32_t Dictionary::LongestPrefix(std::string_view text) const {
  if (text.empty()) return 0;
  int32_t ends[kMaxHeadword];
  int32_t i = 0;
  const char32_t first = NextCodePoint(text, i);
  const uint32_t lengths = lengths_[LengthIndex(first)];
  if (lengths == 0) return 0;
  ends[0] = i;
  int32_t count = 1;
  for (; count < kMaxHeadword && (lengths >> count) != 0 && i < static_cast<int32_t>(text.size()); ++count) {
    if (!IsHan(NextCodePoint(text, i))) break;
    ends[count] = i;
  }
  for (int32_t k = count - 1; k >= 0; --k) {
    if ((lengths >> k & 1) != 0 && Find(text.substr(0, static_cast<size_t>(ends[k]))) >= 0) return ends[k];
  }
  return 0;
}

std::string_view Dictionary::headword(int32_t entry) const {
  const uint32_t* row = entries_ + static_cast<size_t>(entry) * kEntryWords;
  return Text(row[0], row[1]);
}

int32_t Dictionary::gloss_count(int32_t entry) const {
  const uint32_t* row = entries_ + static_cast<size_t>(entry) * kEntryWords;
  const uint32_t begin = row[2], end = row[2 + kEntryWords];
  return begin <= end && end <= gloss_count_ ? static_cast<int32_t>(end - begin) : 0;
}

absl::Span<const uint32_t> Dictionary::gloss(int32_t entry, int32_t gloss) const {
  const size_t row = entries_[static_cast<size_t>(entry) * kEntryWords + 2] + static_cast<size_t>(gloss);
  const uint32_t begin = glosses_[row], end = glosses_[row + 1];
  if (begin > end || end > gloss_word_count_) return {};
  return {gloss_words_ + begin, end - begin};
}

std::string_view Dictionary::word(uint32_t id) const {
  if (id >= word_count_) return {};
  return Text(words_[id * kWordWords], words_[id * kWordWords + 1]);
}

}  // namespace narrdiff
