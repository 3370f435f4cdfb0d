// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/align/pair_features.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

#include "engine/describe/find_stance.h"

namespace narrdiff {
namespace {

using SparseVector = std::vector<Weighted>;

// Sums the weights of equal terms and sorts by term.
void Tidy(SparseVector& v) {
  std::sort(v.begin(), v.end(), [](const Weighted& a, const Weighted& b) { return a.term < b.term; });
  size_t out = 0;
  for (size_t i = 0; i < v.size(); ++i) {
    if (out > 0 && v[out - 1].term == v[i].term) {
      v[out - 1].weight += v[i].weight;
    } else {
      v[out++] = v[i];
    }
  }
  v.resize(out);
}

void Normalise(SparseVector& v) {
  double sum = 0;
  for (const Weighted& w : v) sum += double{w.weight} * w.weight;
  if (sum <= 0) return;
  const float scale = static_cast<float>(1 / std::sqrt(sum));
  for (Weighted& w : v) w.weight *= scale;
}

// Dot products of all pairs through an inverted index of the right side; rows of `out` are left sentences.
void DotProducts(const std::vector<SparseVector>& left, const std::vector<SparseVector>& right, size_t vocabulary,
                 std::vector<float>& out) {
  out.assign(left.size() * right.size(), 0.f);
  std::vector<std::vector<std::pair<int32_t, float>>> index(vocabulary);
  for (size_t j = 0; j < right.size(); ++j) {
    for (const Weighted& w : right[j]) index[w.term].emplace_back(static_cast<int32_t>(j), w.weight);
  }
  for (size_t i = 0; i < left.size(); ++i) {
    float* row = out.data() + i * right.size();
    for (const Weighted& w : left[i]) {
      for (const auto& [j, weight] : index[w.term]) row[j] += w.weight * weight;
    }
  }
}

// What one side knows of its sentences beyond words.
struct Line {
  SparseVector words, concepts, context;
  SparseVector issues, context_issues;
  float generic = 0;    // cosine with the mean of its statement
  int32_t content = 0;  // content terms
  // Speech act, as bits of what a reader would say of the sentence.
  bool question = false, set_piece = false;
  float accuse = 0;  // says the other side does harm
  float reject = 0, negate = 0, virtue = 0, oppose = 0, demand = 0, commit = 0, turnback = 0, contrast = 0;
  float own_measure = 0;  // announces something its own side does
  bool of_self = false, of_other = false, plain = false;
  float main = 0;     // how much it is the accusation that its statement turns on, 0 to 1
  float blanket = 0;  // a rejection that could answer anything
};

class Builder {
 public:
  Builder(const Sides<const DescribedStatement*>& statements, const Lexicon& lexicon, const AnswerScores* answers)
      : statements_(statements), lexicon_(lexicon), answers_(answers) {
    CountTerms();
    for (const Side side : kBothSides) BuildLines(side);
  }

  std::vector<PairCell> Run(const std::vector<float>& soft) {
    n_ = lines_.left.size();
    m_ = lines_.right.size();
    constexpr double kUsualCells = 600;
    cells_ = static_cast<float>(std::log(static_cast<double>(n_) * static_cast<double>(m_) / kUsualCells));
    const auto vectors = [&](Side side, SparseVector Line::*member) {
      std::vector<SparseVector> out;
      for (const Line& line : lines_[side]) out.push_back(line.*member);
      return out;
    };
    const auto products = [&](SparseVector Line::*member, size_t vocabulary, std::vector<float>& out) {
      DotProducts(vectors(Side::kLeft, member), vectors(Side::kRight, member), vocabulary, out);
    };
    products(&Line::words, document_frequency_.size(), words_);
    products(&Line::concepts, document_frequency_.size(), concepts_);
    products(&Line::context, document_frequency_.size(), context_);
    products(&Line::issues, lexicon_.issue_ids().size(), issues_);
    products(&Line::context_issues, lexicon_.issue_ids().size(), context_issues_);
    soft_ = soft;
    if (soft_.size() != n_ * m_) soft_.assign(n_ * m_, 0.f);
    SmoothSoft();
    Blend();
    if (answers_ != nullptr) RankAnswers();
    const std::vector<PairCell> candidates = Candidates();
    std::vector<PairCell> cells;
    cells.reserve(candidates.size());
    for (PairCell cell : candidates) {
      if (lines_.left[static_cast<size_t>(cell.left)].question ||
          lines_.right[static_cast<size_t>(cell.right)].question) {
        continue;
      }
      Fill(cell);
      cells.push_back(cell);
    }
    return cells;
  }

 private:
  // Gives every term of both statements a number and counts the sentences it is in. Numbers follow the terms' own
  // order, so that sums of floats come out alike whichever statement stands left.
  void CountTerms() {
    std::map<std::string_view, int32_t> counts;
    for (const Side side : kBothSides) {
      for (const DescribedSentence& s : statements_[side]->sentences) {
        const std::set<std::string_view> terms(s.terms.begin(), s.terms.end());
        for (const std::string_view term : terms) ++counts[term];
        ++sentences_;
      }
    }
    for (const auto& [term, count] : counts) {
      vocabulary_.emplace(term, static_cast<uint32_t>(document_frequency_.size()));
      document_frequency_.push_back(count);
    }
  }

  float Idf(uint32_t term) const {
    return std::max(
        .02f, std::log((static_cast<float>(sentences_) + 1.f) / (static_cast<float>(document_frequency_[term]) + .5f)));
  }

  void BuildLines(Side side) {
    const std::vector<DescribedSentence>& sentences = statements_[side]->sentences;
    std::vector<Line>& lines = lines_[side];
    lines.resize(sentences.size());
    std::vector<SparseVector> raw(sentences.size());
    SparseVector mean;
    for (size_t i = 0; i < sentences.size(); ++i) {
      const DescribedSentence& s = sentences[i];
      Line& line = lines[i];
      for (const std::string& term : s.terms) {
        const uint32_t id = vocabulary_.at(term);
        float weight = Idf(id);
        const bool concept_term = term[0] == 'e';
        if (concept_term) weight *= std::max(.1f, lexicon_.entry(std::stoi(term.substr(2))).weight);
        if (term[0] == 'b') weight *= .6f;
        raw[i].push_back({id, weight});
        if (concept_term || term[0] == 'n') line.concepts.push_back({id, weight});
      }
      line.content = static_cast<int32_t>(s.terms.size());
      Tidy(raw[i]);
      for (Weighted& w : raw[i]) w.weight = std::min(w.weight, 2 * Idf(w.term));
      Tidy(line.concepts);
      line.words = raw[i];
      Normalise(line.words);
      Normalise(line.concepts);
      mean.insert(mean.end(), line.words.begin(), line.words.end());
      const auto issue_vector = [](const std::vector<std::pair<int32_t, float>>& from) {
        SparseVector v;
        for (const auto& [issue, weight] : from) v.push_back({static_cast<uint32_t>(issue), weight});
        Tidy(v);
        Normalise(v);
        return v;
      };
      line.issues = issue_vector(s.issues);
      line.context_issues = issue_vector(s.context_issues);
      DescribeSpeech(s, line);
    }
    Tidy(mean);
    Normalise(mean);
    for (size_t i = 0; i < sentences.size(); ++i) {
      Line& line = lines[i];
      line.context = raw[i];
      for (const size_t k : {i - 1, i + 1}) {
        if (k >= sentences.size()) continue;
        const float w = sentences[k].input.block == sentences[i].input.block ? .5f : .3f;
        for (const Weighted& t : raw[k]) line.context.push_back({t.term, w * t.weight});
      }
      Tidy(line.context);
      Normalise(line.context);
      size_t a = 0;
      for (const Weighted& w : mean) {
        while (a < line.words.size() && line.words[a].term < w.term) ++a;
        if (a < line.words.size() && line.words[a].term == w.term) line.generic += line.words[a].weight * w.weight;
      }
    }
    FindMainAccusation(lines);
  }

  // The accusation closest to what the whole statement is about, an early one before a late one; and rejections without
  // a subject of their own, which answer it.
  static void FindMainAccusation(std::vector<Line>& lines) {
    float top = 0;
    for (size_t i = 0; i < lines.size(); ++i) {
      const float early = 1 - .5f * static_cast<float>(i) / static_cast<float>(lines.size());
      lines[i].main = lines[i].accuse * lines[i].generic * early;
      top = std::max(top, lines[i].main);
    }
    for (Line& line : lines) {
      if (top > 0) line.main /= top;
      line.blanket = line.reject * (line.content <= 4 ? 1.f : line.content <= 8 ? .6f : line.content <= 12 ? .3f : 0.f);
    }
  }

  void DescribeSpeech(const DescribedSentence& s, Line& line) const {
    line.question = s.input.question;
    line.set_piece = s.Has(Cue::kGreeting) || s.Has(Cue::kLogistics);
    line.of_other = s.SpeaksOfOther();
    line.of_self = s.Speaks(Role::kSelf);
    const Stance stance = FindStance(s, lexicon_);
    line.accuse = stance.accuse;
    line.own_measure = stance.own_measure() ? 1.f : 0.f;
    const auto has = [&](Cue cue) { return s.Has(cue) ? 1.f : 0.f; };
    line.reject = std::max(has(Cue::kReject), .7f * has(Cue::kCondemn));
    line.negate = has(Cue::kNegation);
    line.virtue = has(Cue::kVirtue);
    line.oppose = has(Cue::kOppose);
    line.demand = has(Cue::kDemand);
    line.commit = std::max(has(Cue::kCommit), has(Cue::kSupport));
    line.turnback = has(Cue::kTurnback);
    line.contrast = has(Cue::kContrast);
    line.plain = s.acts.empty() && s.twins.empty() && s.issues.empty() &&
                 (s.cue_bits & ~(CueBit(Cue::kSelf) | CueBit(Cue::kNegation))) == 0;
  }

  float At(const std::vector<float>& matrix, int32_t i, int32_t j) const {
    if (i < 0 || j < 0 || static_cast<size_t>(i) >= n_ || static_cast<size_t>(j) >= m_) return 0;
    return matrix[static_cast<size_t>(i) * m_ + static_cast<size_t>(j)];
  }

  // The neighbouring cells' mean with triangular weights, by `at(rows down, columns right)`: answers stand near answers
  // to neighbours, in either order.
  template <typename At>
  static float MeanAround(const At& at) {
    // Mirrored cells are added to each other first: the sum is then the same to the bit with the sides exchanged.
    const float edges = (at(-1, 0) + at(0, -1)) + (at(1, 0) + at(0, 1));
    const float corners = (at(-1, -1) + at(1, 1)) + (at(-1, 1) + at(1, -1));
    return (edges + .5f * corners) / 6;
  }

  void SmoothSoft() {
    soft_context_.assign(n_ * m_, 0.f);
    for (int32_t i = 0; i < static_cast<int32_t>(n_); ++i) {
      for (int32_t j = 0; j < static_cast<int32_t>(m_); ++j) {
        const auto at = [&](int32_t a, int32_t b) {
          return std::max(At(soft_, i + a, j + b), At(words_, i + a, j + b));
        };
        soft_context_[static_cast<size_t>(i) * m_ + static_cast<size_t>(j)] = MeanAround(at);
      }
    }
  }

  // What the learnt score of a cell is worth beside those of its row, its column and its neighbours.
  void RankAnswers() {
    const std::vector<float>& scores = answers_->learnt;
    learnt_rank_.assign(scores.size(), 0);
    learnt_best_.assign(scores.size(), 0);
    const auto rank = [&](size_t count, const auto& place) {
      std::vector<float> sorted(count);
      for (size_t k = 0; k < count; ++k) sorted[k] = scores[place(k)];
      std::sort(sorted.begin(), sorted.end(), std::greater<>());
      for (size_t k = 0; k < count; ++k) {
        const auto above = std::lower_bound(sorted.begin(), sorted.end(), scores[place(k)], std::greater<>());
        learnt_rank_[place(k)] += .5f / static_cast<float>(above - sorted.begin() + 1);
        learnt_best_[place(k)] += .5f * sorted.front();
      }
    };
    for (size_t i = 0; i < n_; ++i) rank(m_, [&](size_t j) { return i * m_ + j; });
    for (size_t j = 0; j < m_; ++j) rank(n_, [&](size_t i) { return i * m_ + j; });
    std::vector<float> squashed(scores.size());
    for (size_t k = 0; k < scores.size(); ++k) squashed[k] = 1 / (1 + std::exp(-scores[k] - 2));
    learnt_around_.assign(scores.size(), 0);
    for (int32_t i = 0; i < static_cast<int32_t>(n_); ++i) {
      for (int32_t j = 0; j < static_cast<int32_t>(m_); ++j) {
        const auto at = [&](int32_t a, int32_t b) { return At(squashed, i + a, j + b); };
        learnt_around_[static_cast<size_t>(i) * m_ + static_cast<size_t>(j)] = MeanAround(at);
      }
    }
  }

  void AddAnswers(size_t k, PairFeatureVector& f) const {
    constexpr float kScale = 4;  // log odds per unit of the features, so that these are about 1
    const auto set = [&](PairFeature feature, float value) { f[static_cast<size_t>(feature)] = value; };
    set(PairFeature::kVectors, answers_->cosine[k]);
    set(PairFeature::kTokens, 4 * answers_->late[k]);
    set(PairFeature::kLearnt, answers_->learnt[k] / kScale);
    set(PairFeature::kLearntRank, learnt_rank_[k]);
    set(PairFeature::kLearntBelowBest, (answers_->learnt[k] - learnt_best_[k]) / kScale);
    set(PairFeature::kLearntAround, learnt_around_[k]);
    const auto& logits = answers_->relations[k];
    const float greatest = *std::max_element(logits.begin(), logits.end());
    float sum = 0;
    for (const float logit : logits) sum += std::exp(logit - greatest);
    for (size_t r = 0; r < logits.size(); ++r) {
      f[static_cast<size_t>(PairFeature::kReadsAgree) + r] = std::exp(logits[r] - greatest) / sum;
    }
  }

  // One number a cell, for ranks and candidates.
  void Blend() {
    blend_.resize(n_ * m_);
    row_.assign(n_, {});
    column_.assign(m_, {});
    for (size_t i = 0; i < n_; ++i) {
      for (size_t j = 0; j < m_; ++j) {
        const size_t k = i * m_ + j;
        const bool out = lines_.left[i].question || lines_.right[j].question;
        blend_[k] = out ? 0.f
                        : words_[k] + .5f * context_[k] + .3f * concepts_[k] + .7f * soft_[k] + .15f * issues_[k] +
                              .1f * context_issues_[k];
        // Beside the learnt score, words only break ties: candidates of long texts are what it thinks most of.
        if (answers_ != nullptr && !out && !KeepsAll()) blend_[k] += std::max(0.f, answers_->learnt[k] + 12);
        for (LineStats* s : {&row_[i], &column_[j]}) {
          s->best = std::max(s->best, blend_[k]);
          s->mean += blend_[k];
        }
      }
    }
    for (LineStats& s : row_) s.mean /= static_cast<float>(std::max<size_t>(m_, 1));
    for (LineStats& s : column_) s.mean /= static_cast<float>(std::max<size_t>(n_, 1));
    // Ranks by sorting each line once.
    row_rank_.resize(n_ * m_);
    column_rank_.resize(n_ * m_);
    candidate_.assign(n_ * m_, false);
    std::vector<int32_t> order;
    const auto rank = [&](size_t count, auto index, std::vector<int32_t>& ranks) {
      order.resize(count);
      std::iota(order.begin(), order.end(), 0);
      std::stable_sort(order.begin(), order.end(), [&](int32_t a, int32_t b) {
        return blend_[index(static_cast<size_t>(a))] > blend_[index(static_cast<size_t>(b))];
      });
      // Equal values share a rank, so that order of input does not matter; a run of equals too long to tell apart is no
      // candidate beyond its line's share.
      const auto value = [&](size_t k) { return blend_[index(static_cast<size_t>(order[k]))]; };
      for (size_t k = 0, end = 0; k < count; k = end) {
        while (end < count && value(end) == value(k)) ++end;
        for (size_t e = k; e < end; ++e) {
          const size_t cell = index(static_cast<size_t>(order[e]));
          ranks[cell] = static_cast<int32_t>(k);
          if (k < kCandidatesPerLine && end < 2 * kCandidatesPerLine && blend_[cell] > 0) candidate_[cell] = true;
        }
      }
    };
    for (size_t i = 0; i < n_; ++i)
      rank(
          m_, [&](size_t j) { return i * m_ + j; }, row_rank_);
    for (size_t j = 0; j < m_; ++j)
      rank(
          n_, [&](size_t i) { return i * m_ + j; }, column_rank_);
  }

  bool KeepsAll() const { return static_cast<int64_t>(n_) * static_cast<int64_t>(m_) <= kAllCells; }

  std::vector<PairCell> Candidates() const {
    const bool all = KeepsAll();
    std::vector<PairCell> out;
    for (size_t i = 0; i < n_; ++i) {
      for (size_t j = 0; j < m_; ++j) {
        const size_t k = i * m_ + j;
        if (!all && !candidate_[k]) continue;
        PairCell cell;
        cell.left = static_cast<int32_t>(i);
        cell.right = static_cast<int32_t>(j);
        out.push_back(cell);
      }
    }
    return out;
  }

  // What `a` says and how `b` could be an answer to it, added to the symmetric features.
  void AddDirected(const Line& a, const Line& b, const PairFeatureVector& base, PairFeatureVector& f) const {
    const auto add = [&](PairFeature feature, float value) { f[static_cast<size_t>(feature)] += value; };
    const float topic = base[static_cast<size_t>(PairFeature::kContextIssue)];
    add(PairFeature::kAccuseReject, a.accuse * b.reject);
    add(PairFeature::kMainReject, a.main * a.main * b.blanket);
    add(PairFeature::kAccuseNegate, a.accuse * b.negate * topic);
    add(PairFeature::kAccuseVirtue, a.accuse * b.virtue * topic);
    add(PairFeature::kAccuseOppose, a.accuse * b.oppose);
    add(PairFeature::kActOppose, a.own_measure * b.oppose * topic);
    add(PairFeature::kDemandAnswer, a.demand * std::max(b.demand, b.commit) * topic);
    add(PairFeature::kOtherSelf, a.of_other && b.of_self && !b.of_other ? topic : 0.f);
    add(PairFeature::kTurnback, a.accuse * b.turnback);
    add(PairFeature::kContrast, a.accuse * b.contrast);
    add(PairFeature::kNegationOne, a.negate * (1 - b.negate));
  }

  void AddActs(const DescribedSentence& a, const DescribedSentence& b, PairFeatureVector& f) const {
    float same = 0, back = 0, answered = 0, negated = 0;
    for (const ActMention& x : a.acts) {
      for (const ActMention& y : b.acts) {
        const LexiconEntry& ex = lexicon_.entry(x.entry);
        const LexiconEntry& ey = lexicon_.entry(y.entry);
        if (ex.act_type != ey.act_type) continue;
        const float w = std::sqrt(std::max(.1f, ex.weight) * std::max(.1f, ey.weight));
        same = std::max(same, w);
        if (IsOther(x.actor) && IsOther(y.actor) && ex.valence == Valence::kHarm) back = std::max(back, w);
        if ((IsOther(x.actor) && y.actor == Role::kSelf) || (x.actor == Role::kSelf && IsOther(y.actor))) {
          answered = std::max(answered, w);
        }
        if (x.negated != y.negated) negated = std::max(negated, w);
      }
    }
    f[static_cast<size_t>(PairFeature::kActSame)] = same;
    f[static_cast<size_t>(PairFeature::kActBack)] = back;
    f[static_cast<size_t>(PairFeature::kActAnswered)] = answered;
    f[static_cast<size_t>(PairFeature::kActNegated)] = negated;
  }

  void AddTwins(const DescribedSentence& a, const DescribedSentence& b, PairFeatureVector& f) const {
    float opposed = 0, shared = 0;
    for (const TwinMention& x : a.twins) {
      for (const TwinMention& y : b.twins) {
        for (const LexiconTwin& p : lexicon_.entry(x.entry).twins) {
          for (const LexiconTwin& q : lexicon_.entry(y.entry).twins) {
            if (p.group != q.group) continue;
            (p.stance != q.stance ? opposed : shared) = 1;
          }
        }
      }
    }
    f[static_cast<size_t>(PairFeature::kTwins)] = opposed;
    f[static_cast<size_t>(PairFeature::kTwinShared)] = shared;
  }

  void AddNamesAndNumbers(const DescribedSentence& a, const DescribedSentence& b, PairFeatureVector& f) const {
    float names = 0;
    for (const int32_t name : a.names) {
      if (!std::binary_search(b.names.begin(), b.names.end(), name)) continue;
      const auto it = vocabulary_.find("e:" + std::to_string(name));
      if (it == vocabulary_.end()) continue;
      names = std::max(names, Idf(it->second) / std::log(static_cast<float>(sentences_) + 2.f));
    }
    f[static_cast<size_t>(PairFeature::kNames)] = names;
    float equal = 0, differ = 0;
    for (const Quantity& x : a.quantities) {
      for (const Quantity& y : b.quantities) {
        if (SameQuantity(x, y)) {
          equal = std::max(equal, IsSmallNumber(x) && IsSmallNumber(y) ? .3f : 1.f);
        } else if (!x.base_unit.empty() && x.base_unit == y.base_unit) {
          differ = 1;
        }
      }
    }
    f[static_cast<size_t>(PairFeature::kNumbersEqual)] = equal;
    f[static_cast<size_t>(PairFeature::kNumbersDiffer)] = equal > 0 ? 0 : differ;
  }

  void Fill(PairCell& cell) const {
    PairFeatureVector& f = cell.value;
    const auto set = [&](PairFeature feature, float value) { f[static_cast<size_t>(feature)] = value; };
    const size_t i = static_cast<size_t>(cell.left), j = static_cast<size_t>(cell.right);
    const size_t k = i * m_ + j;
    const Line& a = lines_.left[i];
    const Line& b = lines_.right[j];
    const DescribedSentence& x = statements_.left->sentences[i];
    const DescribedSentence& y = statements_.right->sentences[j];
    set(PairFeature::kBias, 1);
    set(PairFeature::kCosine, words_[k]);
    set(PairFeature::kContext, context_[k]);
    set(PairFeature::kConcepts, concepts_[k]);
    set(PairFeature::kSoft, soft_[k]);
    set(PairFeature::kSoftContext, soft_context_[k]);
    const float best = std::max(row_[i].best, 1e-6f) + std::max(column_[j].best, 1e-6f);
    set(PairFeature::kRowShare, 2 * blend_[k] / best);
    const float row = static_cast<float>(row_rank_[k]), column = static_cast<float>(column_rank_[k]);
    set(PairFeature::kRank, .5f / (row + 1) + .5f / (column + 1));
    set(PairFeature::kMutualBest, row_rank_[k] == 0 && column_rank_[k] == 0 ? 1.f : 0.f);
    set(PairFeature::kMargin, blend_[k] - .5f * (row_[i].mean + column_[j].mean));
    set(PairFeature::kIssue, issues_[k]);
    set(PairFeature::kContextIssue, context_issues_[k]);
    AddNamesAndNumbers(x, y, f);
    AddActs(x, y, f);
    AddTwins(x, y, f);
    AddDirected(a, b, f, f);
    AddDirected(b, a, f, f);
    set(PairFeature::kAccuseAccuse, a.accuse * b.accuse * context_issues_[k]);
    set(PairFeature::kCommitBoth, a.commit * b.commit * issues_[k]);
    set(PairFeature::kIssueReject, issues_[k] * std::max(a.reject, b.reject));
    set(PairFeature::kWordsReject, words_[k] * std::max({a.reject, b.reject, a.negate, b.negate}));
    set(PairFeature::kSetPiece, a.set_piece || b.set_piece ? 1.f : 0.f);
    set(PairFeature::kGeneric, a.generic * b.generic);
    set(PairFeature::kShort, (a.content < 5 ? .5f : 0.f) + (b.content < 5 ? .5f : 0.f));
    set(PairFeature::kLength, std::log(1.f + static_cast<float>(std::min(a.content, b.content))) / 3.f);
    const float at_left = (static_cast<float>(i) + .5f) / static_cast<float>(n_);
    const float at_right = (static_cast<float>(j) + .5f) / static_cast<float>(m_);
    set(PairFeature::kPosition, std::abs(at_left - at_right));
    set(PairFeature::kPlain, a.plain || b.plain ? 1.f : 0.f);
    set(PairFeature::kCells, cells_);
    if (answers_ != nullptr) AddAnswers(k, f);
  }

  struct LineStats {
    float best = 0, mean = 0;
  };

  Sides<const DescribedStatement*> statements_;
  const Lexicon& lexicon_;
  const AnswerScores* answers_;  // null: none
  std::unordered_map<std::string, uint32_t> vocabulary_;
  std::vector<int32_t> document_frequency_;
  int32_t sentences_ = 0;
  Sides<std::vector<Line>> lines_;
  size_t n_ = 0, m_ = 0;
  float cells_ = 0;
  std::vector<float> words_, concepts_, context_, issues_, context_issues_, soft_, soft_context_, blend_;
  std::vector<LineStats> row_, column_;
  std::vector<int32_t> row_rank_, column_rank_;
  std::vector<bool> candidate_;
  std::vector<float> learnt_rank_, learnt_best_, learnt_around_;
};

std::vector<float> WordByWord(const Sides<const DescribedStatement*>& statements, const TermMatcher& matcher) {
  Sides<std::vector<Span>> spans;
  Sides<std::vector<std::vector<Token>>> tokens;
  Sides<SentenceTexts> texts;
  for (const Side side : kBothSides) {
    for (const DescribedSentence& s : statements[side]->sentences) {
      spans[side].push_back(s.input.span);
      tokens[side].push_back(s.tokens);
    }
    const SentenceInput& first = statements[side]->sentences.front().input;
    texts[side].text = first.text;
    texts[side].language = first.language;
    texts[side].spans = spans[side];
    texts[side].tokens = tokens[side];
  }
  return SimilarityMatrix(matcher.Index(texts));
}

}  // namespace

std::string_view PairFeatureName(PairFeature feature) {
  static constexpr std::string_view kNames[] = {
#define NARRDIFF_PAIR_FEATURE_NAME(enumerator, name) name,
      NARRDIFF_PAIR_FEATURES(NARRDIFF_PAIR_FEATURE_NAME)
#undef NARRDIFF_PAIR_FEATURE_NAME
  };
  return kNames[static_cast<int>(feature)];
}

std::vector<PairCell> ComputePairFeatures(const Sides<const DescribedStatement*>& statements,
                                          const TermMatcher& matcher, const Lexicon& lexicon,
                                          const AnswerScores* answers) {
  if (statements.left->sentences.empty() || statements.right->sentences.empty()) return {};
  return Builder(statements, lexicon, answers).Run(WordByWord(statements, matcher));
}

}  // namespace narrdiff
