// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/align/score_beads.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string_view>
#include <utility>

#include "absl/types/span.h"
#include "engine/align/term_postings.h"

namespace narrdiff {
namespace {

// Keys that match_terms gives to quotation marks.
constexpr std::string_view kOpeningQuote = ".“", kClosingQuote = ".”";
// Quotation marks are trusted when there are at least this many of one kind for one of the other.
constexpr double kBalanced = .7;
constexpr double kQuoteClash = .7;
// Bytes of Chinese for one byte of a language written with spaces, and how far a text may be from it, as a factor.
constexpr double kHanBytesPerSpacedByte = .75;
constexpr double kRatioRange = 1.6;
// Random windows of a longer text are drawn from about so many of its sentences.
constexpr int32_t kExpectationSample = 2048;

size_t Index(int32_t i) { return static_cast<size_t>(i); }

// The greatest value of each sentence, of values that come in any order, for taking them by sentence.
class BestHits {
 public:
  explicit BestHits(int32_t sentences) : values_(Index(sentences)), seen_(Index(sentences / 64 + 1)) {}

  void Add(int32_t sentence, float value) {
    float& best = values_[Index(sentence)];
    best = std::max(best, value);
    seen_[Index(sentence / 64)] |= uint64_t{1} << (sentence % 64);
  }

  // Calls use(sentence, value) for each, ascending, and forgets them. O(sentences / 64 + hits).
  template <typename Use>
  void Take(const Use& use) {
    for (size_t word = 0; word < seen_.size(); ++word) {
      for (uint64_t bits = std::exchange(seen_[word], 0); bits != 0; bits &= bits - 1) {
        const size_t sentence = word * 64 + static_cast<size_t>(__builtin_ctzll(bits));
        use(static_cast<int32_t>(sentence), std::exchange(values_[sentence], 0.f));
      }
    }
  }

 private:
  std::vector<float> values_;
  std::vector<uint64_t> seen_;  // a bit for each sentence
};

// Scores of all beads that end in one row of the band, for any row, with a small memory of rows done before.
//
// Dice of best matches of the windows A = [i - n, i) and B = [j - m, j) is (F + G) / (W_A + W_B): F sums, over the
// terms of A, weight times the best match in B; it is a sum over the sentences of A of row sums that depend on (j, m)
// alone. G is the same from B's side. So rows of F and G are computed by scattering postings, and a bead costs O(n + m)
// additions.
class LexicalScores : public BeadScores {
 public:
  LexicalScores(const TermTables& tables, const Sides<std::vector<int32_t>>& lengths, const BeadBand& band,
                const AlignOptions& options)
      : tables_(tables),
        band_(band),
        weights_(options.weights),
        group_(std::clamp(options.max_group, 1, kMaxGroup)),
        left_(tables.tables.left.sentence_count()),
        right_(tables.tables.right.sentence_count()),
        right_postings_(std::make_shared<TermPostings>(tables.tables.right)),
        cursors_(*right_postings_),
        best_(tables.tables.right.types.size()) {
    for (const TermType& type : tables.tables.right.types) right_weights_.push_back(type.weight);
    Prepare(tables.tables.left, tables.matches.left, TermPostings(tables.tables.right, kExpectationSample),
            weight_.left, expected_.left);
    Prepare(tables.tables.right, tables.matches.right, TermPostings(tables.tables.left, kExpectationSample),
            weight_.right, expected_.right);
    PrepareLengths(lengths);
    PrepareQuotes();
    for (int n = 0; n <= kMaxGroup; ++n) {
      for (int m = 0; m <= kMaxGroup; ++m) size_factor_[n][m] = std::pow((n + m) / 2.0, weights_.size_power);
    }
    rows_.resize(2 * kMaxGroup);
  }

  std::unique_ptr<BeadScores> Fork() const override { return std::make_unique<LexicalScores>(*this); }

  void Row(int32_t i, std::vector<std::vector<float>>& out) override {
    const int32_t low = band_.low[Index(i)], high = band_.high[Index(i)];
    const size_t width = Index(high - low + 1);
    out.resize(Index(group_ * group_));
    const int max_n = std::min(group_, i);
    // G for windows of the left side that end at i, over the right sentences that beads of this row can hold.
    const int32_t first = std::max(0, low - group_);
    const size_t span = Index(high - first);
    g_sums_.assign(span + 1, 0);
    g_.assign(span, 0);
    f_.assign(Index(group_) * width, 0);
    touched_.clear();
    for (int n = 1; n <= max_n; ++n) {
      const int32_t s = i - n;
      const FRow& row = RowOfF(s);
      AddLeftSentence(row, first, high);
      for (size_t k = 0; k < span; ++k) g_sums_[k + 1] = g_sums_[k] + g_[k];
      for (int m = 1; m <= group_; ++m) {
        const float* f = row.sums.data() + Index(m - 1) * row.width + Index(low - row.low);
        float* sum = f_.data() + Index(m - 1) * width;
        for (size_t k = 0; k < width; ++k) sum[k] += f[k];
      }
      for (int m = 1; m <= group_; ++m) {
        std::vector<float>& scores = out[Index((n - 1) * group_ + m - 1)];
        scores.assign(width, static_cast<float>(kNoScore));
        const double size = size_factor_[n][m];
        const double weight_left = weight_.left[Index(i)] - weight_.left[Index(s)];
        const double log_left = log_length_.left[Index(n - 1)][Index(i)];
        const double* log_right = log_length_.right[Index(m - 1)].data();
        const double expected_left = expected_.left[Index(m - 1)][Index(i)] - expected_.left[Index(m - 1)][Index(s)];
        const double* expected_right = expected_.right[Index(n - 1)].data();
        const double* weight_right = weight_.right.data();
        const double* agreement = quote_agreement_[quote_end_.left[Index(i - 1)]];
        for (int32_t j = std::max(low, m); j <= high; ++j) {
          const double g = g_sums_[Index(j - first)] - g_sums_[Index(j - m - first)];
          const double f = f_[Index(m - 1) * width + Index(j - low)];
          const double weight = weight_left + weight_right[j] - weight_right[j - m];
          const double expected = expected_left + expected_right[j] - expected_right[j - m];
          const double dice = weight > 0 ? (f + g - weights_.expectation * expected) / weight : 0;
          scores[Index(j - low)] =
              static_cast<float>(size * (dice - weights_.length * std::abs(log_left - log_right[j]) +
                                         agreement[quote_end_.right[Index(j - 1)]] + weights_.bias));
        }
      }
    }
    for (int n = max_n + 1; n <= group_; ++n) {
      for (int m = 1; m <= group_; ++m)
        out[Index((n - 1) * group_ + m - 1)].assign(width, static_cast<float>(kNoScore));
    }
    for (const int32_t type : touched_) best_[Index(type)] = 0;
  }

 private:
  // For one left sentence, F against each window of m sentences that ends at column j: sums[(m - 1) * width + j - low];
  // and where its terms' matches are in the part of the right side that its rows look at.
  struct FRow {
    struct Match {
      int32_t type;  // of the right side
      float value;
      const int32_t *begin, *end;  // postings
    };

    int32_t sentence = -1, low = 0;
    size_t width = 0;
    std::vector<float> sums;
    std::vector<Match> matches;
  };

  // Logarithms of the lengths of all windows: log_length_[side][n - 1][i] is that of the n sentences that end before i,
  // the right side's in units of the left side's language. The ratio between the languages is that of both texts, as
  // far as it is plausible: where one side leaves much out, the usual ratio is nearer.
  void PrepareLengths(const Sides<std::vector<int32_t>>& lengths) {
    Sides<std::vector<double>> sums;
    double log_ratio = 0, usual = 0;
    for (const Side side : kBothSides) {
      sums[side].assign(1, 0);
      for (const int32_t bytes : lengths[side]) sums[side].push_back(sums[side].back() + std::max(bytes, 1));
      const double sign = side == Side::kLeft ? 1 : -1;
      log_ratio += sign * std::log(std::max(1.0, sums[side].back()));
      double han = 0;
      for (const TermType& type : tables_.tables[side].types) han += type.kind == TermKind::kHan ? type.count : 0;
      if (2 * han > static_cast<double>(tables_.tables[side].terms.size()))
        usual += sign * std::log(kHanBytesPerSpacedByte);
    }
    log_ratio = std::clamp(log_ratio, usual - std::log(kRatioRange), usual + std::log(kRatioRange));
    for (const Side side : kBothSides) {
      log_length_[side].resize(Index(group_));
      for (size_t n = 1; n <= Index(group_); ++n) {
        std::vector<double>& logs = log_length_[side][n - 1];
        logs.assign(sums[side].size(), 0);
        for (size_t i = n; i < logs.size(); ++i) {
          logs[i] = std::log(sums[side][i] - sums[side][i - n]) + (side == Side::kRight ? log_ratio : 0);
        }
      }
    }
  }

  // Prefix sums over one side's sentences of the weights, and of what a random window of m sentences of the other side
  // gives.
  void Prepare(const TermTable& table, const MatchLists& matches, const TermPostings& other,
               std::vector<double>& weight, std::vector<std::vector<double>>& expected) const {
    // Per type, the mean over the windows of m sentences of the best match in the window.
    const int32_t other_count = other.sentence_count;
    std::vector<std::vector<float>> by_type(Index(group_), std::vector<float>(table.types.size()));
    BestHits hits(other_count);
    for (size_t type = 0; type < table.types.size() && other_count > 0; ++type) {
      const absl::Span<const TermMatch> of = matches.of(static_cast<int32_t>(type));
      if (of.empty() || table.types[type].count == 0) continue;
      for (const TermMatch& m : of) {
        for (const int32_t* p = other.first(m.type); p != other.last(m.type); ++p) hits.Add(*p, m.value);
      }
      // Each hit covers the windows that start in (s - m, s]; a window belongs to its greatest hit. Windows are counted
      // over the text with m - 1 empty sentences before and after it, so that all sentences weigh alike.
      double sums[kMaxGroup] = {};
      int32_t before = std::numeric_limits<int32_t>::min() / 2;
      float value_before = 0;
      hits.Take([&](int32_t sentence, float value) {
        const int32_t distance = sentence - before;
        for (int m = 1; m <= group_; ++m) {
          // The part of this hit's windows not covered by hits before it is exact for equal values, and close
          // otherwise.
          const int32_t covered = std::max(0, m - distance);
          double& sum = sums[m - 1];
          sum += static_cast<double>(static_cast<float>(m - covered) * value);
          if (covered > 0 && value > value_before)
            sum += static_cast<double>(static_cast<float>(covered) * (value - value_before));
        }
        before = sentence;
        value_before = value;
      });
      for (int m = 1; m <= group_; ++m) {
        by_type[Index(m - 1)][type] = static_cast<float>(std::min(1.0, sums[m - 1] / (other_count + m - 1)));
      }
    }
    weight.assign(1, 0);
    expected.assign(Index(group_), std::vector<double>(1, 0));
    for (int32_t s = 0; s < table.sentence_count(); ++s) {
      double w = 0, e[kMaxGroup] = {};
      for (const int32_t type : table.sentence(s)) {
        const float one = table.types[Index(type)].weight;
        w += one;
        for (int m = 0; m < group_; ++m) e[m] += one * by_type[Index(m)][Index(type)];
      }
      weight.push_back(weight.back() + w);
      for (int m = 0; m < group_; ++m) expected[Index(m)].push_back(expected[Index(m)].back() + e[m]);
    }
  }

  // How the last sentence of a bead leaves the quotation marks: bit 0, it ends with a closing mark; bit 1, a quotation
  // is still open. A bead's sides should agree in both. What agreement is worth follows from how often it would occur
  // by chance; nothing, where a side's marks do not pair up (apostrophes, one-sided marks).
  void PrepareQuotes() {
    Sides<std::array<std::array<double, 2>, 2>> share{};  // [bit][value]
    bool usable = true;
    for (const Side side : kBothSides) {
      const TermTable& table = tables_.tables[side];
      double opening = 0, closing = 0;
      bool open = false;
      std::vector<uint8_t>& ends = quote_end_[side];
      for (int32_t s = 0; s < table.sentence_count(); ++s) {
        bool last_closes = false;
        for (const int32_t type : table.sentence(s)) {
          const TermType& t = table.types[Index(type)];
          const bool opens = t.key == kOpeningQuote, closes = t.key == kClosingQuote;
          opening += opens;
          closing += closes;
          if (opens || closes) open = opens;
          // A full stop or bracket may follow the mark.
          if (closes || t.kind != TermKind::kPunctuation) last_closes = closes;
        }
        ends.push_back(static_cast<uint8_t>((last_closes ? 1 : 0) | (open ? 2 : 0)));
        for (int bit = 0; bit < 2; ++bit)
          share[side][Index(bit)][ends.back() >> bit & 1] += 1.0 / table.sentence_count();
      }
      usable = usable && opening > 0 && std::min(opening, closing) >= kBalanced * std::max(opening, closing);
    }
    const double worth[] = {weights_.quote_end, weights_.quote_open};
    for (size_t a = 0; a < 4; ++a) {
      for (size_t b = 0; b < 4; ++b) {
        double sum = 0;
        for (size_t bit = 0; bit < 2 && usable; ++bit) {
          const size_t x = a >> bit & 1, y = b >> bit & 1;
          const double chance = share.left[bit][x] * share.right[bit][y];
          sum += worth[bit] * (x == y ? std::min(2.0, -.5 * std::log(chance + 1e-3)) : -kQuoteClash);
        }
        quote_agreement_[a][b] = sum;
      }
    }
  }

  // Raises best_ to what the window with the row's sentence has, and g_ with it, for right sentences in [first, last).
  void AddLeftSentence(const FRow& row, int32_t first, int32_t last) {
    for (const FRow::Match& m : row.matches) {
      float& best = best_[Index(m.type)];
      if (m.value <= best) continue;
      if (best == 0) touched_.push_back(m.type);
      const float gain = (m.value - best) * right_weights_[Index(m.type)];
      best = m.value;
      for (const int32_t* p = m.begin; p != m.end; ++p) {
        if (*p >= first && *p < last) g_[Index(*p - first)] += gain;
      }
    }
  }

  const FRow& RowOfF(int32_t s) {
    FRow& row = rows_[Index(s) % rows_.size()];
    if (row.sentence == s) return row;
    row.sentence = s;
    row.low = band_.low[Index(s + 1)];
    const int32_t high = band_.high[Index(std::min(s + group_, left_))];
    row.width = Index(high - row.low + 1);
    row.sums.assign(Index(group_) * row.width, 0);
    row.matches.clear();
    // Sentences [first, high) can be in a window that ends at row.low or later.
    const int32_t first = std::max(0, row.low - group_);
    const size_t span = Index(high - first);
    window_.resize(span + 1);
    for (const int32_t type : tables_.tables.left.sentence(s)) {
      const float weight = tables_.tables.left.types[Index(type)].weight;
      hits_.clear();
      for (const TermMatch& m : tables_.matches.left.of(type)) {
        const int32_t* const end = right_postings_->last(m.type);
        const int32_t* const begin = cursors_.Seek(m.type, first);
        const int32_t* p = begin;
        for (; p != end && *p < high; ++p) hits_.emplace_back(*p, m.value * weight);
        if (p != begin) row.matches.push_back({m.type, m.value, begin, p});
      }
      if (hits_.empty()) continue;
      if (hits_.size() * 8 < span) {
        AddSparse(row);
      } else {
        AddDense(row, first, span);
      }
    }
    return row;
  }

  // Few hits: each window's maximum is found around the hits only.
  void AddSparse(FRow& row) {
    std::sort(hits_.begin(), hits_.end(), [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first < b.first : a.second > b.second;
    });
    hits_.erase(
        std::unique(hits_.begin(), hits_.end(), [](const auto& a, const auto& b) { return a.first == b.first; }),
        hits_.end());
    const int32_t low = row.low, high = row.low + static_cast<int32_t>(row.width) - 1;
    for (int m = 1; m <= group_; ++m) {
      float* sums = row.sums.data() + Index(m - 1) * row.width;
      // Windows that hold hit s end at s + 1 .. s + m.
      int32_t done = low;  // columns before `done` are finished
      for (size_t k = 0; k < hits_.size(); ++k) {
        const int32_t to = std::min(hits_[k].first + m, high);
        for (int32_t j = std::max(done, hits_[k].first + 1); j <= to; ++j) {
          float best = hits_[k].second;
          for (size_t l = k + 1; l < hits_.size() && hits_[l].first < j; ++l) best = std::max(best, hits_[l].second);
          sums[Index(j - low)] += best;
        }
        done = std::max(done, to + 1);
      }
    }
  }

  void AddDense(FRow& row, int32_t first, size_t span) {
    std::fill(window_.begin(), window_.end(), 0.f);
    for (const auto& [s, value] : hits_) {
      float& at = window_[Index(s - first)];
      at = std::max(at, value);
    }
    // window_[k] becomes the maximum of the m sentences that end with first + k.
    for (int m = 1; m <= group_; ++m) {
      float* sums = row.sums.data() + Index(m - 1) * row.width;
      if (m > 1) {
        // Maximum over m = maximum of the m - 1 that end here and the m - 1 that end one earlier.
        for (size_t k = span; k-- > 1;) window_[k] = std::max(window_[k], window_[k - 1]);
      }
      const int32_t offset = row.low - 1 - first;  // column j's window ends with sentence j - 1
      for (size_t k = 0; k < row.width; ++k) {
        const int32_t at = offset + static_cast<int32_t>(k);
        if (at >= 0) sums[k] += window_[Index(at)];
      }
    }
  }

  const TermTables& tables_;
  const BeadBand& band_;
  const BeadWeights weights_;
  const int group_;
  const int32_t left_, right_;
  const std::shared_ptr<const TermPostings> right_postings_;  // forks share what is large
  std::vector<float> right_weights_;                          // of the types
  PostingCursors cursors_;
  Sides<std::vector<double>> weight_;
  Sides<std::vector<std::vector<double>>> expected_, log_length_;
  double size_factor_[kMaxGroup + 1][kMaxGroup + 1];
  Sides<std::vector<uint8_t>> quote_end_;
  double quote_agreement_[4][4];
  std::vector<FRow> rows_;
  // Scratch.
  std::vector<float> best_, g_, f_, window_;
  std::vector<double> g_sums_;
  std::vector<int32_t> touched_;
  std::vector<std::pair<int32_t, float>> hits_;
};

}  // namespace

std::unique_ptr<BeadScores> ScoreBeads(const TermTables& tables, const Sides<std::vector<int32_t>>& lengths,
                                       const BeadBand& band, const AlignOptions& options) {
  return std::make_unique<LexicalScores>(tables, lengths, band, options);
}

}  // namespace narrdiff
