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
#include <utility>
#include <vector>

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

// Every sentence once, in order, and probabilities in range.
void ExpectPartition(const std::vector<Bead>& beads, int32_t left, int32_t right, const AlignOptions& options) {
  int32_t i = 0, j = 0;
  for (const Bead& b : beads) {
    EXPECT_EQ(b.sentences.left.begin, i);
    EXPECT_EQ(b.sentences.right.begin, j);
    EXPECT_GE(b.sentences.left.size(), 0);
    EXPECT_GE(b.sentences.right.size(), 0);
    EXPECT_GT(b.sentences.left.size() + b.sentences.right.size(), 0);
    EXPECT_LE(std::max(b.sentences.left.size(), b.sentences.right.size()), options.max_group);
    EXPECT_GE(b.score, 0);
    EXPECT_LE(b.score, 1);
    i = b.sentences.left.end;
    j = b.sentences.right.end;
  }
  EXPECT_EQ(i, left);
  EXPECT_EQ(j, right);
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

TEST(AlignBeads, ApiExamples) {
  const Statement left(English()), right(Chinese(), Language::kChinese);
  const std::vector<Bead> beads = AlignBeads({left.view(), right.view()}, TermMatcher({SmallDictionary()}), {});
  EXPECT_EQ(Show(beads), "0:0 1:1 2:2,3 3:4 4:5");
  EXPECT_EQ(beads[2].sentences.left, (IndexRange{2, 3}));
  EXPECT_EQ(beads[2].sentences.right, (IndexRange{2, 4}));
  EXPECT_GT(beads[1].score, .5);
}

TEST(AlignBeads, EmptySides) {
  const Statement some(English()), none({});
  const TermMatcher matcher({});
  EXPECT_TRUE(AlignBeads({none.view(), none.view()}, matcher, {}).empty());
  EXPECT_EQ(Show(AlignBeads({some.view(), none.view()}, matcher, {})), "0: 1: 2: 3: 4:");
  EXPECT_EQ(Show(AlignBeads({none.view(), some.view()}, matcher, {})), ":0 :1 :2 :3 :4");
}

TEST(AlignBeads, IdenticalTextsAreOneToOne) {
  std::mt19937 rng(1);
  for (const int n : {1, 2, 5, 60, 300}) {
    const Statement text(RandomTexts(rng, n, 0, 0).first);
    const std::vector<Bead> beads = AlignBeads({text.view(), text.view()}, TermMatcher({}), {});
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
  ExpectPartition(AlignBeads({one.view(), five.view()}, matcher, options), 1, 5, options);
  ExpectPartition(AlignBeads({five.view(), one.view()}, matcher, options), 5, 1, options);
  options.max_group = 6;
  ExpectPartition(AlignBeads({one.view(), five.view()}, matcher, options), 1, 5, options);
  std::mt19937 rng(2);
  const auto texts = RandomTexts(rng, 1000, 0, 0);
  const Statement many(texts.first), few({texts.second[100], texts.second[500], texts.second[900]});
  options.max_group = 4;
  const std::vector<Bead> beads = AlignBeads({many.view(), few.view()}, matcher, options);
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
  ExpectPartition(AlignBeads({left.view(), right.view()}, TermMatcher({}), options), 3, 3, options);
}

TEST(AlignBeads, SwappingTheSidesMirrorsTheResult) {
  std::mt19937 rng(3);
  const TermMatcher matcher({SmallDictionary()});
  auto check = [&](const Statement& a, const Statement& b, const AlignOptions& options) {
    const std::vector<Bead> one = AlignBeads({a.view(), b.view()}, matcher, options);
    const std::vector<Bead> two = AlignBeads({b.view(), a.view()}, matcher, options);
    ASSERT_EQ(one.size(), two.size());
    for (size_t k = 0; k < one.size(); ++k) {
      EXPECT_EQ(one[k].sentences.left, two[k].sentences.right);
      EXPECT_EQ(one[k].sentences.right, two[k].sentences.left);
      EXPECT_EQ(one[k].score, two[k].score);
    }
  };
  check(Statement(English()), Statement(Chinese(), Language::kChinese), {});
  for (int k = 0; k < 20; ++k) {
    const auto texts = RandomTexts(rng, 10 + 10 * k, .3, .1);
    AlignOptions options;
    options.full_search_cells = k % 2 == 0 ? 1000 : 100'000;
    check(Statement(texts.first), Statement(texts.second), options);
    check(Statement(texts.first, Language::kOther), Statement(texts.second), options);
  }
}

TEST(AlignBeads, SameInputSameBeads) {
  std::mt19937 rng(4);
  const auto texts = RandomTexts(rng, 150, .3, .1);
  const Statement left(texts.first), right(texts.second);
  const std::vector<Bead> one = AlignBeads({left.view(), right.view()}, TermMatcher({}), {});
  for (int k = 0; k < 3; ++k) {
    const std::vector<Bead> again = AlignBeads({left.view(), right.view()}, TermMatcher({}), {});
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
    const std::vector<Bead> beads = AlignTables(tables, lengths, options);
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
  EXPECT_EQ(Show(AlignBeads({left.view(), right.view()}, matcher, full)),
            Show(AlignBeads({left.view(), right.view()}, matcher, band)));
}

TEST(AlignBeads, LongTextsStayFeasible) {
  std::mt19937 rng(7);
  const auto texts = RandomTexts(rng, 3000, .2, .05);
  const Statement left(texts.first), right(texts.second);
  AlignOptions options;
  const std::vector<Bead> beads = AlignBeads({left.view(), right.view()}, TermMatcher({}), options);
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
  const std::vector<Bead> beads = AlignBeads({left.view(), right.view()}, TermMatcher({}), {});
  int right_beads = 0;
  for (const Bead& b : beads) {
    const int32_t i = b.sentences.left.begin, want = i < 200 ? i : i - 150;
    right_beads += b.sentences.left.size() == 1 && b.sentences.right == IndexRange{want, want + 1};
  }
  EXPECT_GE(right_beads, 440);
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
    if (swapped) return AlignBeads(texts.Swapped(), TermMatcher({}), vectors_.Swapped(), AlignOptions{});
    return AlignBeads(texts, TermMatcher({}), vectors_, AlignOptions{});
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
