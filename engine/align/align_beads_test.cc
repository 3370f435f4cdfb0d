// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/align/align_beads.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

// Sentences with their text, which stays where it is.
class Statement {
 public:
  explicit Statement(const std::vector<std::string>& sentences, Language language = Language::kEnglish)
      : language_(language) {
    for (const std::string& s : sentences) {
      const int32_t begin = static_cast<int32_t>(text_.size());
      text_ += s;
      spans_.push_back({begin, static_cast<int32_t>(text_.size())});
      text_ += "\n";
    }
  }
  SentenceTexts view() const { return {text_, language_, spans_, {}}; }
  std::vector<int32_t> lengths() const {
    std::vector<int32_t> out;
    for (const Span& s : spans_) out.push_back(s.length());
    return out;
  }

 private:
  std::string text_;
  std::vector<Span> spans_;
  Language language_;
};

std::string Show(const std::vector<Bead>& beads) {
  std::string out;
  for (const Bead& b : beads) {
    const auto range = [](const IndexRange& r) {
      std::string s;
      for (int32_t i = r.begin; i < r.end; ++i) s += (s.empty() ? "" : ",") + std::to_string(i);
      return s;
    };
    out += (out.empty() ? "" : " ") + range(b.sentences.left) + ":" + range(b.sentences.right);
  }
  return out;
}

std::vector<Bead> Align(const Statement& left, const Statement& right, const TermMatcher& matcher,
                        const AlignOptions& options) {
  const Sides<SentenceTexts> sides{left.view(), right.view()};
  return *AlignBeads(sides, matcher.Index(sides), options);
}

// Every sentence once, in order where it is not moved, and probabilities in range.
void ExpectPartition(const std::vector<Bead>& beads, int32_t left, int32_t right, const AlignOptions& options) {
  Sides<std::vector<int>> uses{std::vector<int>(static_cast<size_t>(left)),
                               std::vector<int>(static_cast<size_t>(right))};
  Sides<int32_t> next{0, 0};
  int32_t left_begin = 0;
  for (const Bead& b : beads) {
    EXPECT_GE(b.sentences.left.begin, left_begin);
    left_begin = b.sentences.left.begin;
    EXPECT_GT(b.sentences.left.size() + b.sentences.right.size(), 0);
    EXPECT_GE(b.score, 0);
    EXPECT_LE(b.score, 1);
    for (const Side side : kBothSides) {
      const IndexRange& range = b.sentences[side];
      EXPECT_GE(range.size(), b.moved ? 1 : 0);
      EXPECT_LE(range.size(), options.max_group);
      for (int32_t s = range.begin; s < range.end; ++s) ++uses[side].at(static_cast<size_t>(s));
      if (b.moved) continue;
      EXPECT_GE(range.begin, next[side]);
      next[side] = range.end;
    }
  }
  EXPECT_EQ(uses.left, std::vector<int>(static_cast<size_t>(left), 1));
  EXPECT_EQ(uses.right, std::vector<int>(static_cast<size_t>(right), 1));
}

std::shared_ptr<const Dictionary> SmallDictionary() {
  return *Dictionary::FromBytes(*CompileTsv(
      "部长\tminister\n会晤\tmeeting\n分钟\tminutes\n台湾\tTaiwan\n政策\tpolicy\n改变\tchange\n飞机\taircraft\n"
      "抗议\tprotest\n邀请\tinvite; invitation\n访问\tvisit\n名单\tlist\n清单\tlist\n美国\tUnited States\n"));
}

const std::vector<std::string>& English() {
  static const auto* const kSentences = new std::vector<std::string>{
      "The Minister met the Secretary on Friday.", "The meeting lasted 75 minutes.",
      "He protested the passes by aircraft and handed over a list.", "The policy on Taiwan has not changed.",
      "He invited the Minister to visit the United States."};
  return *kSentences;
}
const std::vector<std::string>& Chinese() {
  static const auto* const kSentences =
      new std::vector<std::string>{"部长星期五会见了国防部长。", "会晤历时75分钟。",       "他就飞机一事提出抗议。",
                                   "他还递交了一份清单。",       "对台湾的政策没有改变。", "他邀请部长访问美国。"};
  return *kSentences;
}

// A made-up language: words wN with a noisy copy on the other side; `split` chances that a sentence is cut in two.
std::pair<std::vector<std::string>, std::vector<std::string>> RandomTexts(std::mt19937& rng, int sentences,
                                                                          double split, double drop) {
  std::pair<std::vector<std::string>, std::vector<std::string>> out;
  std::uniform_int_distribution<int> word(0, 400), length(4, 14);
  std::uniform_real_distribution<double> chance(0, 1);
  for (int s = 0; s < sentences; ++s) {
    std::vector<std::string> words;
    for (int k = length(rng); k > 0; --k) {
      std::string w;
      for (int v = word(rng) + 27; v > 0; v /= 26) w += static_cast<char>('a' + v % 26);
      words.push_back("q" + w + "x");
    }
    std::string left;
    for (const std::string& w : words) left += w + " ";
    out.first.push_back(left + ".");
    if (chance(rng) < drop) continue;
    std::string right;
    const size_t cut = chance(rng) < split ? words.size() / 2 : words.size();
    for (size_t k = 0; k < words.size(); ++k) {
      if (k == cut) {
        out.second.push_back(right + ".");
        right.clear();
      }
      if (chance(rng) < .8) right += words[k] + " ";
    }
    out.second.push_back(right + ".");
  }
  return out;
}

// `sentences` with `count` of them, from `from` on, taken out and put before what is then the sentence `to`.
std::vector<std::string> Moved(std::vector<std::string> sentences, size_t from, size_t count, size_t to) {
  const auto begin = sentences.begin() + static_cast<std::ptrdiff_t>(from);
  const auto end = begin + static_cast<std::ptrdiff_t>(count);
  const std::vector<std::string> block(begin, end);
  sentences.erase(begin, end);
  sentences.insert(sentences.begin() + static_cast<std::ptrdiff_t>(to), block.begin(), block.end());
  return sentences;
}

std::tuple<int32_t, int32_t, int32_t, int32_t, float, bool> Row(const Sides<IndexRange>& sentences, const Bead& bead) {
  return {sentences.left.begin, sentences.left.end, sentences.right.begin, sentences.right.end, bead.score, bead.moved};
}

TEST(AlignBeads, ApiExamples) {
  const Statement english(English()), chinese(Chinese(), Language::kChinese);
  const SentenceTexts left = english.view(), right = chinese.view();
  const TermTables terms = TermMatcher({SmallDictionary()}).Index({left, right});
  const std::vector<Bead> beads = *AlignBeads({left, right}, terms, {});
  EXPECT_EQ(Show(beads), "0:0 1:1 2:2,3 3:4 4:5");
  EXPECT_EQ(beads[2].sentences.left, (IndexRange{2, 3}));
  EXPECT_EQ(beads[2].sentences.right, (IndexRange{2, 4}));
  EXPECT_GT(beads[1].score, .5);
}

TEST(AlignBeads, EmptySides) {
  const Statement some(English()), none({});
  const TermMatcher matcher({});
  EXPECT_TRUE(Align(none, none, matcher, {}).empty());
  EXPECT_EQ(Show(Align(some, none, matcher, {})), "0: 1: 2: 3: 4:");
  EXPECT_EQ(Show(Align(none, some, matcher, {})), ":0 :1 :2 :3 :4");
}

TEST(AlignBeads, IdenticalTextsAreOneToOne) {
  std::mt19937 rng(1);
  for (const int n : {1, 2, 5, 60, 300}) {
    const Statement text(RandomTexts(rng, n, 0, 0).first);
    const std::vector<Bead> beads = Align(text, text, TermMatcher({}), {});
    ASSERT_EQ(beads.size(), static_cast<size_t>(n));
    for (const Bead& b : beads) EXPECT_EQ(b.sentences.left, b.sentences.right);
  }
}

TEST(AlignBeads, UnevenTexts) {
  const TermMatcher matcher({SmallDictionary()});
  AlignOptions options;
  const Statement one({"He protested, handed over a list and invited the Minister to visit the United States."});
  const Statement five({"他提出抗议。", "他递交了一份清单。", "天气很好。", "他邀请部长。", "访问美国。"},
                       Language::kChinese);
  ExpectPartition(Align(one, five, matcher, options), 1, 5, options);
  ExpectPartition(Align(five, one, matcher, options), 5, 1, options);
  options.max_group = 6;
  ExpectPartition(Align(one, five, matcher, options), 1, 5, options);
  std::mt19937 rng(2);
  const auto texts = RandomTexts(rng, 1000, 0, 0);
  const Statement many(texts.first), few({texts.second[100], texts.second[500], texts.second[900]});
  options.max_group = 4;
  const std::vector<Bead> beads = Align(many, few, matcher, options);
  ExpectPartition(beads, 1000, 3, options);
  int found = 0;
  for (const Bead& b : beads) {
    for (int k = 0; k < 3; ++k) {
      found += b.sentences.right == IndexRange{k, k + 1} && b.sentences.left.begin <= 100 + 400 * k &&
               b.sentences.left.end > 100 + 400 * k;
    }
  }
  EXPECT_EQ(found, 3);
}

TEST(AlignBeads, DisjointTextsGetNoSureBead) {
  const Statement left({"Alpha bravo charlie delta.", "Echo foxtrot golf hotel.", "India juliet kilo lima."});
  const Statement right({"Uno dos tres.", "Cuatro cinco seis.", "Siete ocho nueve."});
  AlignOptions options;
  ExpectPartition(Align(left, right, TermMatcher({}), options), 3, 3, options);
}

TEST(AlignBeads, SwappingTheSidesMirrorsTheResult) {
  std::mt19937 rng(3);
  const TermMatcher matcher({SmallDictionary()});
  auto check = [&](const Statement& a, const Statement& b, const AlignOptions& options) {
    const std::vector<Bead> one = Align(a, b, matcher, options);
    const std::vector<Bead> two = Align(b, a, matcher, options);
    // The order follows the left side, so moved beads stand elsewhere in the list.
    std::vector<std::tuple<int32_t, int32_t, int32_t, int32_t, float, bool>> rows[2];
    for (const Bead& bead : one) rows[0].push_back(Row(bead.sentences, bead));
    for (const Bead& bead : two) rows[1].push_back(Row(bead.sentences.Swapped(), bead));
    for (auto& r : rows) std::sort(r.begin(), r.end());
    EXPECT_EQ(rows[0], rows[1]);
  };
  check(Statement(English()), Statement(Chinese(), Language::kChinese), {});
  for (int k = 0; k < 20; ++k) {
    const auto texts = RandomTexts(rng, 10 + 10 * k, .3, .1);
    AlignOptions options;
    options.full_search_cells = k % 2 == 0 ? 1000 : 100'000;
    check(Statement(texts.first), Statement(texts.second), options);
    check(Statement(texts.first, Language::kOther), Statement(texts.second), options);
    check(Statement(texts.first), Statement(Moved(texts.second, 2, 3, 5)), options);
  }
}

TEST(AlignBeads, SameInputSameBeads) {
  std::mt19937 rng(4);
  const auto texts = RandomTexts(rng, 150, .3, .1);
  const Statement left(texts.first), right(texts.second);
  const std::vector<Bead> one = Align(left, right, TermMatcher({}), {});
  for (int k = 0; k < 3; ++k) {
    const std::vector<Bead> again = Align(left, right, TermMatcher({}), {});
    ASSERT_EQ(Show(one), Show(again));
    for (size_t b = 0; b < one.size(); ++b) EXPECT_EQ(one[b].score, again[b].score);
  }
}

// Enumerates every monotone segmentation, sums the potentials, and finds the segmentation with the greatest expected
// gain.
TEST(AlignBeads, EqualsBruteForceOnSmallInput) {
  std::mt19937 rng(5);
  for (int round = 0; round < 30; ++round) {
    const auto texts = RandomTexts(rng, 1 + round % 5, .4, .2);
    const Statement left(texts.first), right(texts.second);
    AlignOptions options;
    options.learn = false;
    options.max_group = 1 + round % 4;
    TermTables tables = TermMatcher({}).Index({left.view(), right.view()});
    const Sides<std::vector<int32_t>> lengths{left.lengths(), right.lengths()};
    const int n = tables.tables.left.sentence_count(), m = tables.tables.right.sentence_count();
    auto potential = [&](int i, int j, int a, int b) {
      return options.weights.sharpness *
             (a == 0 || b == 0 ? options.weights.skip : BeadScore(tables, lengths, {{i, i + a}, {j, j + b}}, options));
    };
    using Path = std::vector<std::array<int, 4>>;
    std::vector<std::pair<Path, double>> paths;
    Path path;
    std::function<void(int, int, double)> walk = [&](int i, int j, double sum) {
      if (i == n && j == m) paths.emplace_back(path, sum);
      for (int a = 0; a <= options.max_group && i + a <= n; ++a) {
        for (int b = 0; b <= options.max_group && j + b <= m; ++b) {
          if (a + b == 0 || ((a == 0 || b == 0) && a + b > 1)) continue;
          path.push_back({i, j, a, b});
          walk(i + a, j + b, sum + potential(i, j, a, b));
          path.pop_back();
        }
      }
    };
    walk(0, 0, 0);
    double top = -1e300, total = 0;
    for (const auto& p : paths) top = std::max(top, p.second);
    for (const auto& p : paths) total += std::exp(p.second - top);
    std::map<std::array<int, 4>, double> probability;
    for (const auto& p : paths) {
      for (const auto& step : p.first) probability[step] += std::exp(p.second - top) / total;
    }
    auto gain = [&](const Path& p) {
      double sum = 0;
      for (const auto& step : p) sum += probability[step] - options.weights.decode_cost;
      return sum;
    };
    double best = -1e300;
    for (const auto& p : paths) best = std::max(best, gain(p.first));
    const std::vector<Bead> beads = *AlignTables(tables, lengths, options);
    Path found;
    for (const Bead& b : beads) {
      found.push_back(
          {b.sentences.left.begin, b.sentences.right.begin, b.sentences.left.size(), b.sentences.right.size()});
      EXPECT_NEAR(b.score, probability[found.back()], 1e-5);
    }
    EXPECT_NEAR(gain(found), best, 1e-6) << Show(beads);
  }
}

TEST(AlignBeads, BandFindsWhatFullSearchFinds) {
  std::mt19937 rng(6);
  const auto texts = RandomTexts(rng, 400, .3, .05);
  const Statement left(texts.first), right(texts.second);
  AlignOptions full, band;
  full.full_search_cells = 4'000'000;
  band.full_search_cells = 1;
  const TermMatcher matcher({});
  EXPECT_EQ(Show(Align(left, right, matcher, full)), Show(Align(left, right, matcher, band)));
}

TEST(AlignBeads, LongTextsStayFeasible) {
  std::mt19937 rng(7);
  const auto texts = RandomTexts(rng, 3000, .2, .05);
  const Statement left(texts.first), right(texts.second);
  AlignOptions options;
  const std::vector<Bead> beads = Align(left, right, TermMatcher({}), options);
  ExpectPartition(beads, static_cast<int32_t>(texts.first.size()), static_cast<int32_t>(texts.second.size()), options);
  double sure = 0;
  for (const Bead& b : beads) sure += b.score > .5;
  EXPECT_GT(sure / static_cast<double>(beads.size()), .9);
}

TEST(AlignBeads, ABlockMissingFromOneSideIsSkipped) {
  std::mt19937 rng(8);
  auto texts = RandomTexts(rng, 600, 0, 0);
  texts.second.erase(texts.second.begin() + 200, texts.second.begin() + 350);
  const Statement left(texts.first), right(texts.second);
  const std::vector<Bead> beads = Align(left, right, TermMatcher({}), {});
  int right_beads = 0;
  for (const Bead& b : beads) {
    const int32_t i = b.sentences.left.begin, want = i < 200 ? i : i - 150;
    right_beads += b.sentences.left.size() == 1 && b.sentences.right == IndexRange{want, want + 1};
  }
  EXPECT_GE(right_beads, 440);
}

TEST(AlignBeads, MovedPassagesAreFlagged) {
  std::mt19937 rng(9);
  int beads_found = 0, right_beads = 0, moved_beads = 0;
  for (const int count : {1, 2, 5, 8}) {
    for (const auto& [from, to] : {std::pair<int, int>{5, 30}, {30, 5}, {0, 20}, {20, 0}}) {
      const auto texts = RandomTexts(rng, 40, 0, 0);
      const Statement left(texts.first);
      const Statement right(
          Moved(texts.second, static_cast<size_t>(from), static_cast<size_t>(count), static_cast<size_t>(to)));
      const std::vector<Bead> beads = Align(left, right, TermMatcher({}), {});
      ExpectPartition(beads, 40, 40, {});
      for (const Bead& bead : beads) {
        const int32_t i = bead.sentences.left.begin;
        const bool moved = i >= from && i < from + count;
        const int32_t rest = i < from ? i : i - count;  // where it stands when the passage is taken out
        const int32_t want = moved ? i - from + to : rest < to ? rest : rest + count;
        ++beads_found;
        right_beads +=
            bead.sentences.left == IndexRange{i, i + 1} && bead.sentences.right == IndexRange{want, want + 1};
        moved_beads += bead.moved;
        EXPECT_TRUE(moved || !bead.moved) << i << " of " << from << " to " << to;
      }
    }
  }
  // At its ends a passage may be taken for a part of its neighbours.
  EXPECT_GE(right_beads, beads_found * 98 / 100);
  EXPECT_GE(moved_beads, 4 * (1 + 2 + 5 + 8) - 4);
}

TEST(AlignBeads, NothingMovedNothingFlagged) {
  std::mt19937 rng(10);
  std::bernoulli_distribution lost(.3);
  for (int round = 0; round < 30; ++round) {
    auto texts = RandomTexts(rng, 30, .3, 0);
    for (auto* side : {&texts.first, &texts.second}) {
      std::vector<std::string> kept;
      for (const std::string& s : *side) {
        if (!lost(rng)) kept.push_back(s);
      }
      *side = kept;
    }
    for (const Bead& bead : Align(Statement(texts.first), Statement(texts.second), TermMatcher({}), {})) {
      EXPECT_FALSE(bead.moved);
    }
  }
}

TEST(AlignBeads, AnySizesGiveAPartition) {
  std::mt19937 rng(11);
  const TermMatcher matcher({});
  const auto texts = RandomTexts(rng, 1000, .2, .1), others = RandomTexts(rng, 1000, .2, .1);
  const auto first = [](const std::vector<std::string>& from, int count) {
    return Statement(std::vector<std::string>(from.begin(), from.begin() + count));
  };
  for (const auto& right_text : {texts.second, others.second}) {
    for (const auto& [n, m] : {std::pair<int, int>{0, 0},
                               {0, 5},
                               {5, 0},
                               {1, 1},
                               {1, 5},
                               {5, 1},
                               {2, 3},
                               {7, 8},
                               {9, 200},
                               {200, 9},
                               {1000, 3},
                               {3, 1000},
                               {1000, 700}}) {
      for (const int32_t group : {1, 4, 6}) {
        AlignOptions options;
        options.max_group = group;
        SCOPED_TRACE(testing::Message() << n << " against " << m << ", groups of " << group);
        ExpectPartition(Align(first(texts.first, n), first(right_text, m), matcher, options), n, m, options);
      }
    }
  }
}

TEST(AlignBeads, RepeatedPassagesAreFoundInTheirPlaces) {
  std::mt19937 rng(12);
  std::vector<std::pair<std::vector<std::string>, std::vector<std::string>>> documents;
  for (int d = 0; d < 5; ++d) documents.push_back(RandomTexts(rng, 60, .2, .05));
  std::vector<std::string> left, right;
  std::vector<std::pair<size_t, size_t>> starts;  // of the documents that both sides have
  for (int k = 0; k < 60; ++k) {
    const auto& document = documents[static_cast<size_t>((k * 7 + k / 5) % 5)];
    const bool on_left = k % 11 != 3, on_right = k % 13 != 6;
    if (on_left && on_right) starts.emplace_back(left.size(), right.size());
    if (on_left) left.insert(left.end(), document.first.begin(), document.first.end());
    if (on_right) right.insert(right.end(), document.second.begin(), document.second.end());
  }
  const Statement left_text(left), right_text(right);
  const std::vector<Bead> beads = Align(left_text, right_text, TermMatcher({}), {});
  ExpectPartition(beads, static_cast<int32_t>(left.size()), static_cast<int32_t>(right.size()), {});
  size_t found = 0;
  for (const auto& [i, j] : starts) {
    for (const Bead& bead : beads) {
      found += bead.sentences.left.begin == static_cast<int32_t>(i) && !bead.sentences.left.empty() &&
               bead.sentences.right.begin == static_cast<int32_t>(j) && !bead.sentences.right.empty();
    }
  }
  EXPECT_GE(found, starts.size() - 2);
}

TEST(AlignBeads, TellsProgressAndCanBeCancelled) {
  std::mt19937 rng(13);
  for (const int sentences : {30, 1200}) {
    const auto texts = RandomTexts(rng, sentences, .2, .05);
    const Statement left(texts.first), right(texts.second);
    const Sides<SentenceTexts> sides{left.view(), right.view()};
    const TermTables terms = TermMatcher({}).Index(sides);
    std::vector<double> shares;
    AlignOptions options;
    options.progress = [&](double share) {
      shares.push_back(share);
      return true;
    };
    const std::vector<Bead> beads = *AlignBeads(sides, terms, options);
    EXPECT_EQ(Show(beads), Show(Align(left, right, TermMatcher({}), {})));
    ASSERT_FALSE(shares.empty());
    EXPECT_TRUE(std::is_sorted(shares.begin(), shares.end()));
    EXPECT_GE(shares.front(), 0);
    EXPECT_LE(shares.back(), 1);
    for (size_t stop = 0; stop < shares.size(); ++stop) {
      size_t told = 0;
      options.progress = [&](double) { return told++ < stop; };
      EXPECT_TRUE(absl::IsCancelled(AlignBeads(sides, terms, options).status()));
      EXPECT_EQ(told, stop + 1);
    }
  }
}

// --- With vectors ---

// Vectors that know which topics a text is about: each sentence of `topics` is a list of letters, and a run of
// sentences is about all of theirs. Words are of no help: the texts share none.
class Topics {
 public:
  Topics(const Sides<std::vector<std::string>>& topics, bool tokens) : topics_(topics) {
    for (const Side side : kBothSides) {
      std::vector<std::string> sentences;
      for (const std::string& of : topics[side]) {
        std::string sentence;
        for (const char c : of) sentence += std::string(side == Side::kLeft ? "k" : "z") + c + " ";
        sentences.push_back(sentence);
        embeddings_[side].push_back(Embed(of));
        for (size_t k = 0; tokens && k < of.size(); ++k) {
          const Embedding token = Embed(of.substr(k, 1));
          embeddings_[side].back().tokens.insert(embeddings_[side].back().tokens.end(), token.pooled.begin(),
                                                 token.pooled.end());
          embeddings_[side].back().token_spans.push_back(
              {static_cast<int32_t>(3 * k), static_cast<int32_t>(3 * k + 2)});
        }
      }
      statements_[side] = std::make_unique<Statement>(sentences);
    }
    vectors_.sentences = {embeddings_.left, embeddings_.right};
    vectors_.embed = [this](Side side, const std::vector<IndexRange>& runs) -> absl::StatusOr<std::vector<Embedding>> {
      if (!trouble.ok()) return trouble;
      std::vector<Embedding> out;
      for (const IndexRange& run : runs) {
        std::string all;
        for (int32_t s = run.begin; s < run.end; ++s) all += topics_[side][static_cast<size_t>(s)];
        out.push_back(Embed(all));
      }
      return out;
    };
  }

  absl::StatusOr<std::vector<Bead>> Align(bool swapped = false) const {
    const Sides<SentenceTexts> texts{statements_.left->view(), statements_.right->view()};
    const TermMatcher matcher({});
    if (swapped) {
      return AlignBeads(texts.Swapped(), matcher.Index(texts.Swapped()), vectors_.Swapped(), AlignOptions{});
    }
    return AlignBeads(texts, matcher.Index(texts), vectors_, AlignOptions{});
  }

  absl::Status trouble;

 private:
  static Embedding Embed(const std::string& topics) {
    Embedding e;
    e.pooled.assign(26, .1f);
    for (const char c : topics) e.pooled[static_cast<size_t>(c - 'a')] += 1;
    float square = 0;
    for (const float v : e.pooled) square += v * v;
    for (float& v : e.pooled) v /= std::sqrt(square);
    return e;
  }

  const Sides<std::vector<std::string>> topics_;
  Sides<std::vector<Embedding>> embeddings_;
  Sides<std::unique_ptr<Statement>> statements_;
  BeadVectors vectors_;
};

TEST(AlignBeadsWithVectors, VectorsLeadWhereWordsDoNot) {
  const struct {
    Sides<std::vector<std::string>> topics;
    const char* beads;
  } cases[] = {
      {{{"ab", "cd", "ef", "gh", "ij"}, {"ab", "cd", "ef", "gh", "ij"}}, "0:0 1:1 2:2 3:3 4:4"},
      {{{"ab", "cdef", "gh", "ij", "kl"}, {"ab", "cd", "ef", "gh", "ij", "kl"}}, "0:0 1:1,2 2:3 3:4 4:5"},
      {{{"ab", "cd", "ef", "gh", "ij"}, {"abcd", "ef", "gh", "ij"}}, "0,1:0 2:1 3:2 4:3"},
      {{{"ab", "cd", "mnopqr", "gh", "ij"}, {"ab", "cd", "gh", "ij"}}, "0:0 1:1 2: 3:2 4:3"},
      {{{"ab", "cd", "gh", "ij"}, {"ab", "cd", "mnopqr", "gh", "ij"}}, "0:0 1:1 :2 2:3 3:4"},
  };
  for (const auto& c : cases) {
    for (const bool tokens : {false, true}) {
      const absl::StatusOr<std::vector<Bead>> beads = Topics(c.topics, tokens).Align();
      ASSERT_TRUE(beads.ok());
      EXPECT_EQ(Show(*beads), c.beads) << (tokens ? "with" : "without") << " tokens";
      for (const Bead& bead : *beads) {
        EXPECT_GE(bead.score, 0);
        EXPECT_LE(bead.score, 1);
      }
    }
  }
}

TEST(AlignBeadsWithVectors, ExchangedSidesMirror) {
  const Topics topics({{"ab", "cdef", "gh", "ij", "kl", "m"}, {"ab", "cd", "ef", "ijgh", "kl"}}, true);
  const auto one = topics.Align(), other = topics.Align(true);
  ASSERT_TRUE(one.ok() && other.ok());
  ASSERT_EQ(one->size(), other->size());
  for (size_t k = 0; k < one->size(); ++k) {
    EXPECT_EQ((*one)[k].sentences.left, (*other)[k].sentences.right);
    EXPECT_EQ((*one)[k].sentences.right, (*other)[k].sentences.left);
    EXPECT_EQ((*one)[k].score, (*other)[k].score);
  }
}

TEST(AlignBeadsWithVectors, FewSentencesAndTrouble) {
  for (const auto& sides : std::vector<Sides<std::vector<std::string>>>{
           {{}, {}}, {{"ab"}, {}}, {{}, {"ab", "cd"}}, {{"ab"}, {"ab", "cd", "ef", "gh", "ij"}}}) {
    const auto beads = Topics(sides, true).Align();
    ASSERT_TRUE(beads.ok());
    ExpectPartition(*beads, static_cast<int32_t>(sides.left.size()), static_cast<int32_t>(sides.right.size()), {});
  }
  Topics topics({{"ab", "cdef", "gh", "ij"}, {"ab", "cd", "ef", "gh", "ij"}}, false);
  topics.trouble = absl::UnavailableError("nobody there");
  EXPECT_EQ(topics.Align().status(), topics.trouble);
}

}  // namespace
}  // namespace narrdiff
