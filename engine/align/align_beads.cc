// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/align/align_beads.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"

namespace narrdiff {
namespace {

constexpr int kMaxGroup = 6;
constexpr double kNone = -std::numeric_limits<double>::infinity();
// Beads less likely than e^-kPrune are not followed.
constexpr double kPrune = 30;
// Keys that match_terms gives to quotation marks.
constexpr std::string_view kOpeningQuote = ".“", kClosingQuote = ".”";
// Quotation marks are trusted when there are at least this many of one kind for one of the other.
constexpr double kBalanced = .7;
constexpr double kQuoteClash = .7;
// Bytes of Chinese for one byte of a language written with spaces, and how far a text may be from it, as a factor.
constexpr double kHanBytesPerSpacedByte = .75;
constexpr double kRatioRange = 1.6;
// Types in a greater share of the sentences are not learnt.
constexpr double kLearntShare = .1;

size_t Index(int32_t i) { return static_cast<size_t>(i); }

// --- The band
// ---------------------------------------------------------------------------------------------------------

// Nodes (i, j) of the search, i left and j right sentences consumed: row i has the columns low[i] .. high[i], both
// growing.
struct Band {
  std::vector<int32_t> low, high;
  std::vector<size_t> start;  // of each row in arrays over all nodes; one more for the end

  int32_t rows() const { return static_cast<int32_t>(low.size()); }
  bool Has(int32_t i, int32_t j) const { return i >= 0 && j >= low[Index(i)] && j <= high[Index(i)]; }
  size_t At(int32_t i, int32_t j) const { return start[Index(i)] + Index(j - low[Index(i)]); }
  void Finish() {
    start.assign(1, 0);
    for (size_t i = 0; i < low.size(); ++i) start.push_back(start.back() + Index(high[i] - low[i] + 1));
  }
};

Band FullBand(int32_t rows, int32_t columns) {
  Band band;
  band.low.assign(Index(rows) + 1, 0);
  band.high.assign(Index(rows) + 1, columns);
  band.Finish();
  return band;
}

// Where each type occurs, by sentence (repetitions kept), ascending.
struct Postings {
  std::vector<int32_t> begin, sentences;

  explicit Postings(const TermTable& table) : begin(table.types.size() + 1), sentences(table.terms.size()) {
    for (const int32_t type : table.terms) ++begin[Index(type) + 1];
    for (size_t k = 1; k < begin.size(); ++k) begin[k] += begin[k - 1];
    std::vector<int32_t> fill(begin.begin(), begin.end() - 1);
    for (int32_t s = 0; s < table.sentence_count(); ++s) {
      for (const int32_t type : table.sentence(s)) sentences[Index(fill[Index(type)]++)] = s;
    }
  }
  const int32_t* first(int32_t type) const { return sentences.data() + begin[Index(type)]; }
  const int32_t* last(int32_t type) const { return sentences.data() + begin[Index(type) + 1]; }
};

// --- Scores
// -----------------------------------------------------------------------------------------------------------

// Scores of all beads that end in one row of the band, for any row, with a small memory of rows done before.
//
// Dice of best matches of the windows A = [i - n, i) and B = [j - m, j) is (F + G) / (W_A + W_B): F sums, over the
// terms of A, weight times the best match in B; it is a sum over the sentences of A of row sums that depend on (j, m)
// alone. G is the same from B's side. So rows of F and G are computed by scattering postings, and a bead costs O(n + m)
// additions.
class BeadScorer {
 public:
  BeadScorer(const TermTables& tables, const Sides<std::vector<int32_t>>& lengths, const Band& band,
             const AlignOptions& options)
      : tables_(tables),
        band_(band),
        weights_(options.weights),
        group_(std::clamp(options.max_group, 1, kMaxGroup)),
        left_(tables.tables.left.sentence_count()),
        right_(tables.tables.right.sentence_count()),
        right_postings_(tables.tables.right),
        best_(tables.tables.right.types.size()) {
    const Postings left_postings(tables.tables.left);
    Prepare(tables.tables.left, tables.matches.left, right_postings_, right_, weight_.left, expected_.left);
    Prepare(tables.tables.right, tables.matches.right, left_postings, left_, weight_.right, expected_.right);
    PrepareLengths(lengths);
    PrepareQuotes();
    for (int n = 0; n <= kMaxGroup; ++n) {
      for (int m = 0; m <= kMaxGroup; ++m) size_factor_[n][m] = std::pow((n + m) / 2.0, weights_.size_power);
    }
    rows_.resize(2 * kMaxGroup);
  }

  int group() const { return group_; }

  // Fills out[(n - 1) * group + m - 1][j - low[i]] for the beads n : m that end at node (i, j); kNone where the bead
  // would start outside the texts.
  void Row(int32_t i, std::vector<std::vector<float>>& out) {
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
      AddLeftSentence(s, first, high);
      for (size_t k = 0; k < span; ++k) g_sums_[k + 1] = g_sums_[k] + g_[k];
      const FRow& row = RowOfF(s);
      for (int m = 1; m <= group_; ++m) {
        const float* f = row.sums.data() + Index(m - 1) * row.width + Index(low - row.low);
        float* sum = f_.data() + Index(m - 1) * width;
        for (size_t k = 0; k < width; ++k) sum[k] += f[k];
      }
      for (int m = 1; m <= group_; ++m) {
        std::vector<float>& scores = out[Index((n - 1) * group_ + m - 1)];
        scores.assign(width, static_cast<float>(kNone));
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
      for (int m = 1; m <= group_; ++m) out[Index((n - 1) * group_ + m - 1)].assign(width, static_cast<float>(kNone));
    }
    for (const int32_t type : touched_) best_[Index(type)] = 0;
  }

 private:
  // For one left sentence, F against each window of m sentences that ends at column j: sums[(m - 1) * width + j - low].
  struct FRow {
    int32_t sentence = -1, low = 0;
    size_t width = 0;
    std::vector<float> sums;
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

  // Ascending by sentence, each once with its greatest value. One type's postings are in order already.
  static void SortHits(bool sort, std::vector<std::pair<int32_t, float>>& hits) {
    if (sort) {
      std::sort(hits.begin(), hits.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first < b.first : a.second > b.second;
      });
    }
    hits.erase(std::unique(hits.begin(), hits.end(), [](const auto& a, const auto& b) { return a.first == b.first; }),
               hits.end());
  }

  // Prefix sums over one side's sentences of the weights, and of what a random window of m sentences of the other side
  // gives.
  void Prepare(const TermTable& table, const MatchLists& matches, const Postings& other, int32_t other_count,
               std::vector<double>& weight, std::vector<std::vector<double>>& expected) const {
    // Per type, the mean over the windows of m sentences of the best match in the window.
    std::vector<std::vector<float>> by_type(Index(group_), std::vector<float>(table.types.size()));
    std::vector<std::pair<int32_t, float>> hits;
    for (size_t type = 0; type < table.types.size() && other_count > 0; ++type) {
      const absl::Span<const TermMatch> of = matches.of(static_cast<int32_t>(type));
      if (of.empty() || table.types[type].count == 0) continue;
      hits.clear();
      for (const TermMatch& m : of) {
        for (const int32_t* p = other.first(m.type); p != other.last(m.type); ++p) hits.emplace_back(*p, m.value);
      }
      SortHits(of.size() > 1, hits);
      for (int m = 1; m <= group_; ++m) {
        // Each hit covers the windows that start in (s - m, s]; a window belongs to its greatest hit. Windows are
        // counted over the text with m - 1 empty sentences before and after it, so that all sentences weigh alike.
        double sum = 0;
        for (size_t k = 0; k < hits.size(); ++k) {
          // The part of this hit's windows not covered by hits before it is exact for equal values, and close
          // otherwise.
          const int32_t covered = k > 0 ? std::max(0, m - (hits[k].first - hits[k - 1].first)) : 0;
          sum += (m - covered) * hits[k].second;
          if (covered > 0 && hits[k].second > hits[k - 1].second)
            sum += covered * (hits[k].second - hits[k - 1].second);
        }
        by_type[Index(m - 1)][type] = static_cast<float>(std::min(1.0, sum / (other_count + m - 1)));
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

  // Raises best_ to what the window with sentence `s` has, and g_ with it, for right sentences in [first, last).
  void AddLeftSentence(int32_t s, int32_t first, int32_t last) {
    for (const int32_t type : tables_.tables.left.sentence(s)) {
      for (const TermMatch& m : tables_.matches.left.of(type)) {
        float& best = best_[Index(m.type)];
        if (m.value <= best) continue;
        if (best == 0) touched_.push_back(m.type);
        const float gain = (m.value - best) * tables_.tables.right.types[Index(m.type)].weight;
        best = m.value;
        const int32_t* end = right_postings_.last(m.type);
        for (const int32_t* p = std::lower_bound(right_postings_.first(m.type), end, first); p != end && *p < last;
             ++p) {
          g_[Index(*p - first)] += gain;
        }
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
    // Sentences [first, high) can be in a window that ends at row.low or later.
    const int32_t first = std::max(0, row.low - group_);
    const size_t span = Index(high - first);
    window_.resize(span + 1);
    for (const int32_t type : tables_.tables.left.sentence(s)) {
      const float weight = tables_.tables.left.types[Index(type)].weight;
      hits_.clear();
      for (const TermMatch& m : tables_.matches.left.of(type)) {
        const int32_t* end = right_postings_.last(m.type);
        for (const int32_t* p = std::lower_bound(right_postings_.first(m.type), end, first); p != end && *p < high;
             ++p) {
          hits_.emplace_back(*p, m.value * weight);
        }
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
    SortHits(true, hits_);
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
  const Band& band_;
  const BeadWeights weights_;
  const int group_;
  const int32_t left_, right_;
  const Postings right_postings_;
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

// --- The search
// -------------------------------------------------------------------------------------------------------

double LogAdd(double a, double b) {
  if (a < b) std::swap(a, b);
  return b == kNone ? a : a + std::log1p(std::exp(b - a));
}

struct Step {
  uint8_t n = 0, m = 0;
};

class BeadSearch {
 public:
  BeadSearch(const TermTables& tables, const Sides<std::vector<int32_t>>& lengths, const Band& band,
             const AlignOptions& options)
      : band_(band),
        weights_(options.weights),
        scorer_(tables, lengths, band, options),
        left_(tables.tables.left.sentence_count()),
        right_(tables.tables.right.sentence_count()) {
    const size_t nodes = band.start.back();
    const size_t per_node = Index(scorer_.group() * scorer_.group());
    keep_ = nodes * per_node <= kKeptScores;
    if (keep_) kept_.resize(Index(left_) + 1);
  }

  std::vector<Bead> Run() {
    Forward();
    Backward();
    return Path();
  }

 private:
  static constexpr size_t kKeptScores = size_t{32}
                                        << 20;  // 128 MB of scores are kept between the passes, more are made twice

  const std::vector<std::vector<float>>& Scores(int32_t i) {
    std::vector<std::vector<float>>& row = keep_ ? kept_[Index(i)] : scratch_;
    if (!keep_ || row.empty()) scorer_.Row(i, row);
    return row;
  }

  // alpha_(node): log of the summed potentials of all paths from the start.
  void Forward() {
    alpha_.assign(band_.start.back(), kNone);
    alpha_[0] = 0;
    const int group = scorer_.group();
    const double skip = weights_.sharpness * weights_.skip;
    std::vector<double> terms;
    for (int32_t i = 0; i <= left_; ++i) {
      const std::vector<std::vector<float>>& scores = Scores(i);
      const int32_t low = band_.low[Index(i)], high = band_.high[Index(i)];
      for (int32_t j = low; j <= high; ++j) {
        if (i == 0 && j == 0) continue;
        terms.clear();
        auto add = [&](double value) {
          if (value != kNone) terms.push_back(value);
        };
        if (j > low) add(alpha_[band_.At(i, j - 1)] + skip);
        if (band_.Has(i - 1, j)) add(alpha_[band_.At(i - 1, j)] + skip);
        for (int n = 1; n <= std::min<int>(group, i); ++n) {
          const int32_t row_low = band_.low[Index(i - n)], row_high = band_.high[Index(i - n)];
          const double* row = alpha_.data() + band_.start[Index(i - n)];
          for (int m = 1; m <= group; ++m) {
            const int32_t from = j - m;
            if (from < row_low || from > row_high) continue;
            add(row[from - row_low] + weights_.sharpness * scores[Index((n - 1) * group + m - 1)][Index(j - low)]);
          }
        }
        if (terms.empty()) continue;
        const double top = *std::max_element(terms.begin(), terms.end());
        double sum = 0;
        for (const double t : terms) {
          if (t > top - kPrune) sum += std::exp(t - top);
        }
        alpha_[band_.At(i, j)] = top + std::log(sum);
      }
    }
  }

  // From the end: beta, the probability of every bead that matters, and the best expected number of right beads from
  // each node.
  void Backward() {
    const size_t nodes = band_.start.back();
    beta_.assign(nodes, kNone);
    gain_.assign(nodes, kNone);
    step_.assign(nodes, Step());
    probability_.assign(nodes, 0);
    const size_t last = band_.At(left_, right_);
    beta_[last] = gain_[last] = 0;
    const double total = alpha_[last];
    const int group = scorer_.group();
    const double skip = weights_.sharpness * weights_.skip;
    for (int32_t i = left_; i >= 0; --i) {
      const int32_t low = band_.low[Index(i)], high = band_.high[Index(i)];
      const std::vector<std::vector<float>>* scores = nullptr;
      for (int32_t j = high; j >= low; --j) {
        const size_t at = band_.At(i, j);
        if (beta_[at] == kNone) continue;
        auto offer = [&](size_t from, double score, int n, int m) {
          if (alpha_[from] == kNone) return;
          const double log_probability = alpha_[from] + score + beta_[at] - total;
          if (!(log_probability > -kPrune)) return;
          beta_[from] = LogAdd(beta_[from], score + beta_[at]);
          const double probability = std::min(1.0, std::exp(log_probability));
          const double gain = gain_[at] + probability - weights_.decode_cost;
          if (gain > gain_[from]) {
            gain_[from] = gain;
            step_[from] = {static_cast<uint8_t>(n), static_cast<uint8_t>(m)};
            probability_[from] = static_cast<float>(probability);
          }
        };
        if (j > low) offer(at - 1, skip, 0, 1);
        if (band_.Has(i - 1, j)) offer(band_.At(i - 1, j), skip, 1, 0);
        if (i == 0) continue;
        if (scores == nullptr) scores = &Scores(i);
        for (int n = 1; n <= std::min<int>(group, i); ++n) {
          for (int m = 1; m <= group && m <= j; ++m) {
            if (!band_.Has(i - n, j - m)) continue;
            offer(band_.At(i - n, j - m),
                  weights_.sharpness * (*scores)[Index((n - 1) * group + m - 1)][Index(j - low)], n, m);
          }
        }
      }
    }
  }

  std::vector<Bead> Path() const {
    std::vector<Bead> beads;
    int32_t i = 0, j = 0;
    while (i < left_ || j < right_) {
      const size_t at = band_.At(i, j);
      Step step = step_[at];
      if (step.n == 0 && step.m == 0) step = j < band_.high[Index(i)] ? Step{0, 1} : Step{1, 0};  // cannot happen
      Bead bead;
      bead.sentences.left = {i, i + step.n};
      bead.sentences.right = {j, j + step.m};
      bead.score = probability_[at];
      beads.push_back(bead);
      i += step.n;
      j += step.m;
    }
    return beads;
  }

  const Band& band_;
  const BeadWeights weights_;
  BeadScorer scorer_;
  const int32_t left_, right_;
  bool keep_ = false;
  std::vector<std::vector<std::vector<float>>> kept_;
  std::vector<std::vector<float>> scratch_;
  std::vector<double> alpha_, beta_, gain_;
  std::vector<Step> step_;
  std::vector<float> probability_;
};

// --- Coarse to fine
// ---------------------------------------------------------------------------------------------------

// Blocks of 2^shift sentences. A path over blocks as, for each left block, the right blocks it visits.
struct CoarsePath {
  std::vector<int32_t> low, high;  // inclusive
};

constexpr int32_t kCoarsestBlocks = 256;
// A type in more blocks than this says little about where we are.
constexpr size_t kMaxBlocks = 48;

class CoarseSearch {
 public:
  CoarseSearch(const TermTables& tables, const Sides<std::vector<int32_t>>& lengths)
      : tables_(tables), left_postings_(tables.tables.left), right_postings_(tables.tables.right) {
    for (const Side side : kBothSides) {
      std::vector<double>& sums = length_[side];
      sums.assign(1, 0);
      for (const int32_t bytes : lengths[side]) sums.push_back(sums.back() + std::max(bytes, 1));
      for (double& s : sums) s /= std::max(1.0, sums.back());
    }
  }

  Band Run(int32_t radius) {
    const int32_t left = tables_.tables.left.sentence_count(), right = tables_.tables.right.sentence_count();
    int shift = 1;
    while ((std::max(left, right) >> shift) > kCoarsestBlocks) ++shift;
    CoarsePath path;
    for (bool first = true; shift >= 1; --shift, first = false) {
      const int32_t rows = Blocks(left, shift), columns = Blocks(right, shift);
      CoarsePath band;
      band.low.resize(Index(rows));
      band.high.resize(Index(rows));
      for (int32_t i = 0; i < rows; ++i) {
        if (first) {
          band.low[Index(i)] = 0;
          band.high[Index(i)] = columns - 1;
        } else {
          band.low[Index(i)] = std::clamp(path.low[Index(i / 2)] * 2 - kRefine, 0, columns - 1);
          band.high[Index(i)] = std::clamp(path.high[Index(i / 2)] * 2 + 1 + kRefine, 0, columns - 1);
        }
      }
      path = Search(shift, band);
    }
    Band band;
    for (int32_t i = 0; i <= left; ++i) {
      const size_t before = Index(std::max(i - 1, 0) / 2), after = Index(std::min(i, left - 1) / 2);
      band.low.push_back(std::clamp(path.low[before] * 2 - radius, 0, right));
      band.high.push_back(std::clamp(path.high[after] * 2 + 2 + radius, 0, right));
    }
    band.low[0] = 0;
    band.high[Index(left)] = right;
    // Neighbouring rows must overlap and grow.
    for (int32_t i = 1; i <= left; ++i) band.high[Index(i)] = std::max(band.high[Index(i)], band.high[Index(i - 1)]);
    for (int32_t i = left; i-- > 0;) band.low[Index(i)] = std::min(band.low[Index(i)], band.low[Index(i + 1)]);
    band.Finish();
    return band;
  }

 private:
  static constexpr int32_t kRefine = 12;  // blocks left and right of the coarser path

  static int32_t Blocks(int32_t sentences, int shift) { return (sentences + (1 << shift) - 1) >> shift; }

  // The best monotone path within `band`: cells that share rare matching terms, and, where there is nothing to go by,
  // cells at equal shares of both texts.
  CoarsePath Search(int shift, const CoarsePath& band) const {
    const int32_t rows = static_cast<int32_t>(band.low.size());
    const TermTable& left = tables_.tables.left;
    const int32_t columns = band.high.back() + 1;
    std::vector<size_t> start(1, 0);
    for (int32_t i = 0; i < rows; ++i)
      start.push_back(start.back() + Index(band.high[Index(i)] - band.low[Index(i)] + 1));
    std::vector<float> cell(start.back());
    // Sums of the whole rows and columns, also outside the band.
    std::vector<double> row_sum(Index(rows)), column_sum(Index(columns));
    double total = 0;
    std::vector<int32_t> left_blocks, right_blocks;
    auto blocks_of = [&](const Postings& postings, int32_t type, std::vector<int32_t>& out) {
      out.clear();
      for (const int32_t* p = postings.first(type); p != postings.last(type); ++p) {
        if (out.empty() || out.back() != *p >> shift) out.push_back(*p >> shift);
        if (out.size() > kMaxBlocks) return false;
      }
      return !out.empty();
    };
    for (int32_t type = 0; type < static_cast<int32_t>(left.types.size()); ++type) {
      if (!blocks_of(left_postings_, type, left_blocks)) continue;
      for (const TermMatch& m : tables_.matches.left.of(type)) {
        if (!blocks_of(right_postings_, m.type, right_blocks)) continue;
        const float value = m.value / static_cast<float>(left_blocks.size() * right_blocks.size());
        total += m.value;
        for (const int32_t j : right_blocks) column_sum[Index(j)] += m.value / static_cast<double>(right_blocks.size());
        for (const int32_t i : left_blocks) {
          const int32_t low = band.low[Index(i)], high = band.high[Index(i)];
          row_sum[Index(i)] += m.value / static_cast<double>(left_blocks.size());
          for (auto p = std::lower_bound(right_blocks.begin(), right_blocks.end(), low);
               p != right_blocks.end() && *p <= high; ++p) {
            cell[start[Index(i)] + Index(*p - low)] += value;
          }
        }
      }
    }
    // What a cell has above what its row and column would give by chance, in standard deviations of a Poisson count.
    for (int32_t i = 0; i < rows; ++i) {
      for (int32_t j = band.low[Index(i)]; j <= band.high[Index(i)]; ++j) {
        float& c = cell[start[Index(i)] + Index(j - band.low[Index(i)])];
        const double expected = total > 0 ? row_sum[Index(i)] * column_sum[Index(j)] / total : 0;
        c = static_cast<float>((c - expected) / std::sqrt(expected + .01));
      }
    }
    // A path may go right, down or both; a step that is not both costs a little.
    constexpr float kTurn = .1f;
    std::vector<float> score(start.back(), -1e30f);
    std::vector<uint8_t> from(start.back(), 0);
    for (int32_t i = 0; i < rows; ++i) {
      for (int32_t j = band.low[Index(i)]; j <= band.high[Index(i)]; ++j) {
        const size_t at = start[Index(i)] + Index(j - band.low[Index(i)]);
        float best = i == 0 && j == 0 ? 0.f : -1e30f;
        auto consider = [&](int32_t pi, int32_t pj, uint8_t step, float cost) {
          if (pi < 0 || pj < band.low[Index(pi)] || pj > band.high[Index(pi)]) return;
          const float s = score[start[Index(pi)] + Index(pj - band.low[Index(pi)])] - cost;
          if (s > best) {
            best = s;
            from[at] = step;
          }
        };
        consider(i - 1, j - 1, 3, 0);
        consider(i - 1, j, 1, kTurn);
        if (j > band.low[Index(i)]) consider(i, j - 1, 2, kTurn);
        const double x = length_.left[std::min(length_.left.size() - 1, Index(i) << shift)];
        const double y = length_.right[std::min(length_.right.size() - 1, Index(j) << shift)];
        score[at] = best + cell[at] - static_cast<float>(.2 * std::abs(x - y));
      }
    }
    CoarsePath path;
    path.low.assign(Index(rows), columns);
    path.high.assign(Index(rows), -1);
    int32_t i = rows - 1, j = columns - 1;
    while (true) {
      path.low[Index(i)] = std::min(path.low[Index(i)], j);
      path.high[Index(i)] = std::max(path.high[Index(i)], j);
      const uint8_t step = from[start[Index(i)] + Index(j - band.low[Index(i)])];
      if ((i == 0 && j == 0) || step == 0) break;
      if ((step & 1) != 0) --i;
      if ((step & 2) != 0) --j;
    }
    for (; i >= 0; --i) {  // only where the band broke off
      path.low[Index(i)] = std::min(path.low[Index(i)], band.low[Index(i)]);
      path.high[Index(i)] = std::max(path.high[Index(i)], band.low[Index(i)]);
    }
    return path;
  }

  const TermTables& tables_;
  const Postings left_postings_, right_postings_;
  Sides<std::vector<double>> length_;
};

// --- The bootstrapped lexicon
// -----------------------------------------------------------------------------------------

// Pairs of types that beads show together: association 2 (c(t, u) - 1) / (c(t) + c(u)) over the beads. One is taken off
// so that a bead is not its own evidence.
void Learn(const std::vector<Bead>& beads, const BeadWeights& weights, TermTables& tables) {
  std::vector<int32_t> counts[2];
  counts[0].resize(tables.tables.left.types.size());
  counts[1].resize(tables.tables.right.types.size());
  absl::flat_hash_map<uint64_t, int32_t> joint;
  std::vector<int32_t> types[2];
  const double limit = std::max(8.0, kLearntShare * static_cast<double>(beads.size()));
  for (const Bead& bead : beads) {
    if (bead.sentences.left.empty() || bead.sentences.right.empty()) continue;
    for (const Side side : kBothSides) {
      const int k = side == Side::kLeft ? 0 : 1;
      const TermTable& table = tables.tables[side];
      types[k].clear();
      for (int32_t s = bead.sentences[side].begin; s < bead.sentences[side].end; ++s) {
        for (const int32_t type : table.sentence(s)) {
          const TermType& t = table.types[Index(type)];
          // Seen once there is nothing to learn; seen everywhere it goes with everything.
          if (t.sentences < 2 || t.sentences > limit || t.kind == TermKind::kPunctuation) continue;
          types[k].push_back(type);
        }
      }
      std::sort(types[k].begin(), types[k].end());
      types[k].erase(std::unique(types[k].begin(), types[k].end()), types[k].end());
      for (const int32_t type : types[k]) ++counts[k][Index(type)];
    }
    for (const int32_t l : types[0]) {
      for (const int32_t r : types[1]) ++joint[static_cast<uint64_t>(l) << 32 | static_cast<uint32_t>(r)];
    }
  }
  std::vector<TypePair> pairs = tables.Pairs();
  for (const auto& [key, count] : joint) {
    if (count < 2) continue;
    const int32_t l = static_cast<int32_t>(key >> 32), r = static_cast<int32_t>(key & 0xFFFFFFFFu);
    const double association = 2.0 * (count - 1) / (counts[0][Index(l)] + counts[1][Index(r)]);
    if (association < weights.learnt_minimum) continue;
    pairs.push_back({l, r, static_cast<float>(std::min(1.0, weights.learnt_factor * association))});
  }
  tables.SetMatches(std::move(pairs));
}

}  // namespace

bool IsSwapped(const Sides<SentenceTexts>& sides) {
  const bool left_han = IsChinese(sides.left.language), right_han = IsChinese(sides.right.language);
  if (left_han != right_han) return right_han;
  if (sides.left.spans.size() != sides.right.spans.size()) return sides.left.spans.size() > sides.right.spans.size();
  for (size_t s = 0; s < sides.left.spans.size(); ++s) {
    const int c = sides.left.spans[s].Of(sides.left.text).compare(sides.right.spans[s].Of(sides.right.text));
    if (c != 0) return c > 0;
  }
  return sides.left.language > sides.right.language;
}

std::vector<Bead> AlignTables(TermTables& tables, const Sides<std::vector<int32_t>>& lengths,
                              const AlignOptions& options) {
  const int32_t left = tables.tables.left.sentence_count(), right = tables.tables.right.sentence_count();
  Band band;
  if (static_cast<int64_t>(left) * right <= options.full_search_cells || left < 8 || right < 8) {
    band = FullBand(left, right);
  } else {
    band = CoarseSearch(tables, lengths).Run(std::clamp(options.band_radius, 8, 1000));
  }
  std::vector<Bead> beads = BeadSearch(tables, lengths, band, options).Run();
  if (options.learn && left > 1 && right > 1) {
    Learn(beads, options.weights, tables);
    beads = BeadSearch(tables, lengths, band, options).Run();
  }
  return beads;
}

std::vector<Bead> AlignBeads(const Sides<SentenceTexts>& sides, const TermMatcher& matcher,
                             const AlignOptions& options) {
  const bool swapped = IsSwapped(sides);
  const Sides<SentenceTexts> ordered = swapped ? sides.Swapped() : sides;
  TermTables tables = matcher.Index(ordered);
  Sides<std::vector<int32_t>> lengths;
  for (const Side side : kBothSides) {
    for (const Span& span : ordered[side].spans) lengths[side].push_back(span.length());
  }
  std::vector<Bead> beads = AlignTables(tables, lengths, options);
  if (swapped) {
    for (Bead& bead : beads) bead.sentences = bead.sentences.Swapped();
  }
  return beads;
}

double BeadScore(const TermTables& tables, const Sides<std::vector<int32_t>>& lengths, const Sides<IndexRange>& bead,
                 const AlignOptions& options) {
  if (bead.left.empty() || bead.right.empty()) return options.weights.skip;
  const Band band = FullBand(tables.tables.left.sentence_count(), tables.tables.right.sentence_count());
  BeadScorer scorer(tables, lengths, band, options);
  if (bead.left.size() > scorer.group() || bead.right.size() > scorer.group()) return kNone;
  std::vector<std::vector<float>> scores;
  scorer.Row(bead.left.end, scores);
  return scores[Index((bead.left.size() - 1) * scorer.group() + bead.right.size() - 1)][Index(bead.right.end)];
}

}  // namespace narrdiff
