// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/align/match_terms.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "engine/base/han_tables.h"
#include "engine/base/utf8.h"
#include "engine/describe/numbers.h"

namespace narrdiff {
namespace {

// Fitted on the development sets together with BeadWeights.
constexpr float kMinWeight = .02f;
constexpr float kPunctuationFactor = .6f;
constexpr float kNumberFactor = 1.3f;
constexpr float kGlossValue[] = {1, .7f, .15f};
constexpr float kPartFactor = .6f;
constexpr float kPinyinValue = .9f;
constexpr float kCognateValue = .7f;
constexpr float kCognatePower = .6f;
constexpr float kMinCognateDice = .27f;
constexpr float kSharedHanValue = .8f;
constexpr float kMinSharedHanDice = .5f;
constexpr int kMaxNameCharacters = 4;

using TypeMap = absl::flat_hash_map<std::string, int32_t>;

// The spaced side's words that are mostly written with a capital, by folded form: what pinyin is compared with.
using NameMap = TypeMap;

// ".?" for a mark that separates or frames, so that "，" and "," are one; empty for marks that say nothing. Quotation
// marks are told apart into opening and closing ones, by shape, or for straight ones by the space before them.
std::string_view PunctuationClass(std::string_view text, const Token& token) {
  struct Row {
    std::string_view mark, key;
  };
  static constexpr Row kRows[] = {
      {",", ".,"},  {"，", ".,"}, {"、", ".,"}, {".", ".."},  {"。", ".."}, {"?", ".?"},   {"？", ".?"}, {"!", ".!"},
      {"！", ".!"}, {":", ".:"},  {"：", ".:"}, {";", ".;"},  {"；", ".;"}, {"(", ".("},   {"（", ".("}, {")", ".("},
      {"）", ".("}, {"—", ".-"},  {"–", ".-"},  {"-", ".-"},  {"…", ".…"},  {"\"", ".\""}, {"'", ".\""}, {"“", ".“"},
      {"”", ".”"},  {"‘", ".“"},  {"’", ".”"},  {"„", ".“"},  {"«", ".“"},  {"»", ".”"},   {"「", ".“"}, {"」", ".”"},
      {"『", ".“"}, {"』", ".”"}, {"《", ".<"}, {"》", ".<"},
  };
  for (const Row& row : kRows) {
    if (row.mark != token.form) continue;
    if (row.key != ".\"") return row.key;
    const size_t before = static_cast<size_t>(token.span.begin);
    const bool opens = before == 0 || text[before - 1] == ' ' || text[before - 1] == '\n' || text[before - 1] == '(';
    return opens ? ".“" : ".”";
  }
  return {};
}

std::string PinyinOf(std::string_view han) {
  std::string out;
  for (int32_t i = 0; i < static_cast<int32_t>(han.size());) {
    const std::string_view syllable = Pinyin(NextCodePoint(han, i));
    if (syllable.empty()) return "";
    out += syllable;
  }
  return out;
}

// Fills one side's table.
class TableBuilder {
 public:
  TableBuilder(const std::vector<std::shared_ptr<const Dictionary>>& dictionaries, const NameMap* names,
               TermTable& table)
      : dictionaries_(dictionaries), names_(names), table_(table) {
    table_.begin.push_back(0);
  }

  void AddSentence(std::string_view text, absl::Span<const Token> tokens) {
    const size_t first = table_.terms.size();
    const std::vector<Quantity> quantities = FindQuantities(text, tokens);
    size_t next = 0;
    for (size_t i = 0; i < tokens.size();) {
      if (next < quantities.size() && quantities[next].token_begin == static_cast<int32_t>(i)) {
        const Quantity& q = quantities[next++];
        if (AddQuantity(q, tokens)) {
          i = static_cast<size_t>(q.token_end);
          continue;
        }
      }
      const Token& token = tokens[i];
      switch (token.kind) {
        case TokenKind::kHan: {
          size_t end = i + 1;
          const size_t stop = next < quantities.size() && Counts(quantities[next], tokens)
                                  ? static_cast<size_t>(quantities[next].token_begin)
                                  : tokens.size();
          while (end < stop && tokens[end].kind == TokenKind::kHan) ++end;
          AddHan(tokens.subspan(i, end - i));
          i = end;
          continue;
        }
        case TokenKind::kWord:
          Add(token.stem, token.form, TermKind::kWord, token.span, token.capital);
          break;
        case TokenKind::kNumber:
          AddNumber(std::strtod(token.form.c_str(), nullptr), "#", token.span);
          break;
        case TokenKind::kPunctuation:
          // A doubled mark (……, ——) is one.
          if (i > 0 && tokens[i - 1].form == token.form && tokens[i - 1].span.end == token.span.begin) break;
          if (const std::string_view key = PunctuationClass(text, token); !key.empty()) {
            Add(std::string(key), token.form, TermKind::kPunctuation, token.span);
          }
          break;
      }
      ++i;
    }
    table_.begin.push_back(static_cast<int32_t>(table_.terms.size()));
    seen_.assign(table_.terms.begin() + static_cast<std::ptrdiff_t>(first), table_.terms.end());
    std::sort(seen_.begin(), seen_.end());
    seen_.erase(std::unique(seen_.begin(), seen_.end()), seen_.end());
    for (const int32_t type : seen_) ++table_.types[static_cast<size_t>(type)].sentences;
  }

  void SetWeights() {
    const double n = table_.sentence_count();
    for (TermType& type : table_.types) {
      float w = std::max(kMinWeight, static_cast<float>(std::log((n + 1) / (type.sentences + .5))));
      if (type.kind == TermKind::kPunctuation) w *= kPunctuationFactor;
      if (type.kind == TermKind::kNumber) w *= kNumberFactor;
      type.weight = w;
    }
  }

 private:
  void Add(const std::string& key, std::string_view form, TermKind kind, Span span, bool capital = false) {
    const auto [it, is_new] = ids_.try_emplace(key, static_cast<int32_t>(table_.types.size()));
    if (is_new) {
      TermType type;
      type.key = key;
      type.form = std::string(form);
      type.kind = kind;
      table_.types.push_back(std::move(type));
    }
    TermType& type = table_.types[static_cast<size_t>(it->second)];
    ++type.count;
    type.capitals += capital;
    table_.terms.push_back(it->second);
    table_.spans.push_back(span);
  }

  void AddNumber(double value, const char* prefix, Span span) {
    char key[48];
    std::snprintf(key, sizeof key, "%s%.10g", prefix, value);
    Add(key, key, TermKind::kNumber, span);
  }

  // 一年, "one day", 一半 and the like are better left to the dictionary.
  static bool Counts(const Quantity& q, absl::Span<const Token> tokens) {
    if (q.kind == QuantityKind::kFraction && q.value == .5) return false;
    if (q.value != 1 || q.kind == QuantityKind::kOrdinal) return true;
    for (int32_t i = q.token_begin; i < q.token_end; ++i) {
      if (tokens[static_cast<size_t>(i)].kind == TokenKind::kNumber) return true;
    }
    return q.kind == QuantityKind::kDate;
  }

  bool AddQuantity(const Quantity& q, absl::Span<const Token> tokens) {
    if (!Counts(q, tokens)) return false;
    switch (q.kind) {
      case QuantityKind::kYear:
      case QuantityKind::kDate:
        if (q.year != 0) AddNumber(q.year, "#", q.span);
        if (q.month != 0) AddNumber(q.month, "#m", q.span);
        if (q.day != 0) AddNumber(q.day, "#", q.span);
        break;
      case QuantityKind::kTime:
        AddNumber(q.value, "#t", q.span);
        break;
      case QuantityKind::kPercent:
        AddNumber(q.value, "#%", q.span);
        break;
      case QuantityKind::kFraction:
        AddNumber(q.value * 100, "#%", q.span);
        break;
      default:
        AddNumber(q.value, "#", q.span);
        if (!q.unit.empty()) {
          const std::string unit = "u:" + std::string(q.unit);
          Add(unit, unit, TermKind::kNumber, q.span);
        }
    }
    return true;
  }

  // Forward maximum match over headwords and names.
  void AddHan(absl::Span<const Token> tokens) {
    run_.clear();
    starts_.clear();
    for (const Token& token : tokens) {
      starts_.push_back(run_.size());
      run_ += token.form;
    }
    starts_.push_back(run_.size());
    const std::string_view run = run_;
    for (size_t i = 0; i < tokens.size();) {
      size_t length = starts_[i + 1] - starts_[i];
      const std::string_view rest = run.substr(starts_[i]);
      for (const auto& dictionary : dictionaries_) {
        length = std::max(length, static_cast<size_t>(dictionary->LongestPrefix(rest)));
      }
      if (names_ != nullptr && !names_->empty()) length = std::max(length, LongestName(i, tokens));
      const std::string word(rest.substr(0, length));
      const size_t begin = i, end = starts_[i] + length;
      while (starts_[i] < end) ++i;
      Add(word, word, TermKind::kHan, {tokens[begin].span.begin, tokens[i - 1].span.end});
    }
  }

  // Bytes of the longest run of characters from i on whose pinyin is a name of the other side; single characters are
  // left to the matching of types.
  size_t LongestName(size_t i, absl::Span<const Token> tokens) const {
    std::string pinyin;
    size_t best = 0;
    for (size_t k = i; k < tokens.size() && k < i + kMaxNameCharacters; ++k) {
      int32_t at = 0;
      const std::string_view syllable = Pinyin(NextCodePoint(tokens[k].form, at));
      if (syllable.empty()) break;
      pinyin += syllable;
      if (k > i && names_->contains(pinyin)) best = starts_[k + 1] - starts_[i];
    }
    return best;
  }

  const std::vector<std::shared_ptr<const Dictionary>>& dictionaries_;
  const NameMap* names_;
  TermTable& table_;
  TypeMap ids_;
  std::string run_;
  std::vector<size_t> starts_;
  std::vector<int32_t> seen_;
};

void FillTable(const SentenceTexts& source, const std::vector<std::shared_ptr<const Dictionary>>& dictionaries,
               const NameMap* names, TermTable& table) {
  TableBuilder builder(dictionaries, names, table);
  for (size_t s = 0; s < source.spans.size(); ++s) {
    if (s < source.tokens.size()) {
      builder.AddSentence(source.text, source.tokens[s]);
    } else {
      builder.AddSentence(source.text, Tokenize(source.text, source.spans[s], source.language));
    }
  }
  builder.SetWeights();
}

NameMap NamesOf(const TermTable& table) {
  NameMap names;
  for (size_t k = 0; k < table.types.size(); ++k) {
    const TermType& type = table.types[k];
    if (type.kind != TermKind::kWord || type.capitals * 2 <= type.count || type.form.size() < 2) continue;
    if (!std::all_of(type.form.begin(), type.form.end(), [](char c) { return c >= 'a' && c <= 'z'; })) continue;
    names.try_emplace(type.form, static_cast<int32_t>(k));
  }
  return names;
}

// --- Pairs of types
// ---------------------------------------------------------------------------------------------------

void MatchEqual(const TermTable& left, const TermTable& right, std::vector<TypePair>& pairs) {
  TypeMap ids;
  ids.reserve(right.types.size());
  for (size_t k = 0; k < right.types.size(); ++k) ids.emplace(right.types[k].key, static_cast<int32_t>(k));
  for (size_t k = 0; k < left.types.size(); ++k) {
    const auto it = ids.find(left.types[k].key);
    if (it != ids.end()) pairs.push_back({static_cast<int32_t>(k), it->second, 1});
  }
}

// `han` is the Chinese side; pairs are (han type, word type).
void MatchGlosses(const Dictionary& dictionary, const TermTable& han, const TermTable& words,
                  std::vector<TypePair>& pairs) {
  std::vector<int32_t> type_of_word(static_cast<size_t>(dictionary.word_count()), -1);
  for (size_t k = 0; k < words.types.size(); ++k) {
    if (words.types[k].kind != TermKind::kWord) continue;
    const int32_t id = dictionary.WordId(words.types[k].key);
    if (id >= 0) type_of_word[static_cast<size_t>(id)] = static_cast<int32_t>(k);
  }
  auto add_entry = [&](int32_t entry, size_t type, float factor) {
    const int32_t count = dictionary.gloss_count(entry);
    for (int32_t g = 0; g < count; ++g) {
      const absl::Span<const uint32_t> gloss = dictionary.gloss(entry, g);
      if (gloss.empty()) continue;
      const float value = factor * kGlossValue[std::min<size_t>(gloss.size(), 3) - 1];
      for (const uint32_t word : gloss) {
        if (word >= type_of_word.size() || type_of_word[word] < 0) continue;
        pairs.push_back({static_cast<int32_t>(type), type_of_word[word], value});
      }
    }
  };
  std::vector<int32_t> starts;
  for (size_t k = 0; k < han.types.size(); ++k) {
    const TermType& type = han.types[k];
    if (type.kind != TermKind::kHan) continue;
    if (const int32_t entry = dictionary.Find(type.key); entry >= 0) add_entry(entry, k, 1);
    starts.clear();
    for (int32_t i = 0; i < static_cast<int32_t>(type.key.size());) {
      starts.push_back(i);
      NextCodePoint(type.key, i);
    }
    starts.push_back(static_cast<int32_t>(type.key.size()));
    const size_t n = starts.size() - 1;
    if (n < 2) continue;
    for (size_t a = 0; a < n; ++a) {
      for (size_t b = a + 1; b <= n && b - a < n; ++b) {
        const std::string_view part = std::string_view(type.key).substr(static_cast<size_t>(starts[a]),
                                                                        static_cast<size_t>(starts[b] - starts[a]));
        if (const int32_t entry = dictionary.Find(part); entry >= 0) add_entry(entry, k, kPartFactor);
      }
    }
  }
}

void MatchPinyin(const TermTable& han, const NameMap& names, std::vector<TypePair>& pairs) {
  if (names.empty()) return;
  for (size_t k = 0; k < han.types.size(); ++k) {
    const TermType& type = han.types[k];
    if (type.kind != TermKind::kHan || type.key.size() > 3 * kMaxNameCharacters) continue;
    const auto it = names.find(PinyinOf(type.key));
    if (it != names.end()) pairs.push_back({static_cast<int32_t>(k), it->second, kPinyinValue});
  }
}

// Pairs of types whose sets of grams have a Dice coefficient of at least `min_dice`, as value(dice).
template <typename Grams, typename Value>
void MatchGrams(const TermTable& left, const TermTable& right, TermKind kind, Grams grams, float min_dice, Value value,
                std::vector<TypePair>& pairs) {
  absl::flat_hash_map<uint64_t, std::vector<int32_t>> owners;
  std::vector<int32_t> right_sizes(right.types.size());
  std::vector<uint64_t> set;
  for (size_t k = 0; k < right.types.size(); ++k) {
    if (right.types[k].kind != kind) continue;
    grams(right.types[k].form, set);
    right_sizes[k] = static_cast<int32_t>(set.size());
    for (const uint64_t gram : set) owners[gram].push_back(static_cast<int32_t>(k));
  }
  std::vector<int32_t> shared(right.types.size()), touched;
  for (size_t k = 0; k < left.types.size(); ++k) {
    if (left.types[k].kind != kind) continue;
    grams(left.types[k].form, set);
    touched.clear();
    for (const uint64_t gram : set) {
      const auto it = owners.find(gram);
      if (it == owners.end()) continue;
      for (const int32_t type : it->second) {
        if (shared[static_cast<size_t>(type)]++ == 0) touched.push_back(type);
      }
    }
    for (const int32_t type : touched) {
      const size_t t = static_cast<size_t>(type);
      const float dice =
          2.f * static_cast<float>(shared[t]) / static_cast<float>(static_cast<int32_t>(set.size()) + right_sizes[t]);
      if (dice >= min_dice) pairs.push_back({static_cast<int32_t>(k), type, value(dice)});
      shared[t] = 0;
    }
  }
}

// 4-grams of bytes of the word with a mark at its start.
void WordGrams(std::string_view form, std::vector<uint64_t>& out) {
  out.clear();
  if (form.size() < 3) return;
  const std::string padded = "^" + std::string(form);
  for (size_t i = 0; i + 4 <= padded.size(); ++i) {
    uint64_t gram = 0;
    for (size_t k = 0; k < 4; ++k) gram = gram << 8 | static_cast<unsigned char>(padded[i + k]);
    out.push_back(gram);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
}

void HanGrams(std::string_view form, std::vector<uint64_t>& out) {
  out.clear();
  for (int32_t i = 0; i < static_cast<int32_t>(form.size());) out.push_back(NextCodePoint(form, i));
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
}

bool IsEnglish(Language language) { return language == Language::kEnglish || language == Language::kUnknown; }

}  // namespace

void TermTables::SetMatches(std::vector<TypePair> pairs) {
  for (const Side side : kBothSides) {
    const bool left = side == Side::kLeft;
    auto from = [&](const TypePair& p) { return left ? p.left : p.right; };
    auto to = [&](const TypePair& p) { return left ? p.right : p.left; };
    std::sort(pairs.begin(), pairs.end(), [&](const TypePair& a, const TypePair& b) {
      if (from(a) != from(b)) return from(a) < from(b);
      if (to(a) != to(b)) return to(a) < to(b);
      return a.value > b.value;
    });
    pairs.erase(
        std::unique(pairs.begin(), pairs.end(),
                    [&](const TypePair& a, const TypePair& b) { return a.left == b.left && a.right == b.right; }),
        pairs.end());
    MatchLists& lists = matches[side];
    lists.begin_.assign(tables[side].types.size() + 1, 0);
    lists.matches_.clear();
    lists.matches_.reserve(pairs.size());
    for (const TypePair& p : pairs) {
      ++lists.begin_[static_cast<size_t>(from(p)) + 1];
      lists.matches_.push_back({to(p), p.value});
    }
    for (size_t k = 1; k < lists.begin_.size(); ++k) lists.begin_[k] += lists.begin_[k - 1];
  }
}

std::vector<TypePair> TermTables::Pairs() const {
  std::vector<TypePair> pairs;
  for (int32_t k = 0; k < matches.left.size(); ++k) {
    for (const TermMatch& m : matches.left.of(k)) pairs.push_back({k, m.type, m.value});
  }
  return pairs;
}

TermMatcher::TermMatcher(std::vector<std::shared_ptr<const Dictionary>> dictionaries)
    : dictionaries_(std::move(dictionaries)) {
  dictionaries_.erase(std::remove(dictionaries_.begin(), dictionaries_.end(), nullptr), dictionaries_.end());
}

TermTables TermMatcher::Index(const Sides<SentenceTexts>& sides) const {
  TermTables out;
  std::vector<TypePair> pairs;
  const bool left_han = IsChinese(sides.left.language), right_han = IsChinese(sides.right.language);
  if (left_han != right_han) {
    // The spaced side first: its names help to cut the Chinese side into words.
    const Side han = left_han ? Side::kLeft : Side::kRight, spaced = Other(han);
    FillTable(sides[spaced], dictionaries_, nullptr, out.tables[spaced]);
    const NameMap names = NamesOf(out.tables[spaced]);
    FillTable(sides[han], dictionaries_, &names, out.tables[han]);
    MatchEqual(out.tables[han], out.tables[spaced], pairs);
    for (const auto& dictionary : dictionaries_) MatchGlosses(*dictionary, out.tables[han], out.tables[spaced], pairs);
    MatchPinyin(out.tables[han], names, pairs);
    if (!left_han) {
      for (TypePair& p : pairs) std::swap(p.left, p.right);
    }
  } else {
    for (const Side side : kBothSides) FillTable(sides[side], dictionaries_, nullptr, out.tables[side]);
    MatchEqual(out.tables.left, out.tables.right, pairs);
    if (left_han) {
      MatchGrams(
          out.tables.left, out.tables.right, TermKind::kHan, HanGrams, kMinSharedHanDice,
          [](float dice) { return kSharedHanValue * dice; }, pairs);
    } else if (!IsEnglish(sides.left.language) || !IsEnglish(sides.right.language)) {
      MatchGrams(
          out.tables.left, out.tables.right, TermKind::kWord, WordGrams, kMinCognateDice,
          [](float dice) { return kCognateValue * std::pow(dice, kCognatePower); }, pairs);
    }
  }
  out.SetMatches(std::move(pairs));
  return out;
}

std::vector<float> SimilarityMatrix(const TermTables& tables) {
  const size_t rows = static_cast<size_t>(tables.tables.left.sentence_count());
  const size_t columns = static_cast<size_t>(tables.tables.right.sentence_count());
  std::vector<float> sums[2];  // one for each side, so that swapping the sides gives the same bits
  for (std::vector<float>& s : sums) s.resize(rows * columns);
  std::vector<float> totals[2];
  for (const Side side : kBothSides) {
    const TermTable& from = tables.tables[side];
    const TermTable& to = tables.tables[Other(side)];
    const bool left = side == Side::kLeft;
    // Sentences of the other side by type.
    std::vector<int32_t> begin(to.types.size() + 1), postings(to.terms.size());
    for (const int32_t type : to.terms) ++begin[static_cast<size_t>(type) + 1];
    for (size_t k = 1; k < begin.size(); ++k) begin[k] += begin[k - 1];
    std::vector<int32_t> fill(begin.begin(), begin.end() - 1);
    for (int32_t s = 0; s < to.sentence_count(); ++s) {
      for (const int32_t type : to.sentence(s)) postings[static_cast<size_t>(fill[static_cast<size_t>(type)]++)] = s;
    }
    std::vector<float> best(static_cast<size_t>(to.sentence_count()));
    std::vector<int32_t> touched;
    totals[left ? 0 : 1].resize(static_cast<size_t>(from.sentence_count()));
    for (int32_t s = 0; s < from.sentence_count(); ++s) {
      for (const int32_t type : from.sentence(s)) {
        const float weight = from.types[static_cast<size_t>(type)].weight;
        totals[left ? 0 : 1][static_cast<size_t>(s)] += weight;
        touched.clear();
        for (const TermMatch& m : tables.matches[side].of(type)) {
          for (int32_t p = begin[static_cast<size_t>(m.type)]; p < begin[static_cast<size_t>(m.type) + 1]; ++p) {
            const int32_t other = postings[static_cast<size_t>(p)];
            float& b = best[static_cast<size_t>(other)];
            if (b == 0) touched.push_back(other);
            b = std::max(b, m.value);
          }
        }
        for (const int32_t other : touched) {
          const size_t cell = left ? static_cast<size_t>(s) * columns + static_cast<size_t>(other)
                                   : static_cast<size_t>(other) * columns + static_cast<size_t>(s);
          sums[left ? 0 : 1][cell] += weight * best[static_cast<size_t>(other)];
          best[static_cast<size_t>(other)] = 0;
        }
      }
    }
  }
  for (size_t i = 0; i < rows; ++i) {
    for (size_t j = 0; j < columns; ++j) {
      const float total = totals[0][i] + totals[1][j];
      float& s = sums[0][i * columns + j];
      s = total > 0 ? std::min(1.f, (s + sums[1][i * columns + j]) / total) : 0;
    }
  }
  return std::move(sums[0]);
}

}  // namespace narrdiff
