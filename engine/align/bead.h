// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// What the aligner of two versions of one statement gives and what its score is made of.
#ifndef NARRDIFF_ENGINE_ALIGN_BEAD_H_
#define NARRDIFF_ENGINE_ALIGN_BEAD_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>

#include "engine/base/sides.h"

namespace narrdiff {

// A run of sentences, half open; begin == end is an empty side, whose begin tells where in the other order it stands.
struct IndexRange {
  int32_t begin = 0;
  int32_t end = 0;

  int32_t size() const { return end - begin; }
  bool empty() const { return end <= begin; }
  friend bool operator==(const IndexRange& a, const IndexRange& b) { return a.begin == b.begin && a.end == b.end; }
};

struct Bead {
  Sides<IndexRange> sentences;
  // Probability that a careful annotator would draw exactly this bead, in [0, 1].
  float score = 0;
  // It stands out of the order of the others: its passage is elsewhere in the other version.
  bool moved = false;
};

// What the score of a bead is made of. Fitted jointly on development data (docs/alignment.md); not meant for users.
struct BeadWeights {
  double expectation = .71;      // share of the random windows' Dice that is subtracted from a bead's
  double length = .156;          // of ln min/max of the lengths
  double quote_end = .039;       // when both sides end with a closing quotation mark, or neither
  double quote_open = .077;      // when both sides leave a quotation open, or neither
  double bias = .1;              // added to every bead that is not null
  double size_power = .5;        // the score is multiplied by ((n + m) / 2) to this power
  double skip = -.03;            // score of a null bead
  double sharpness = 27.5;       // potentials are exp(sharpness x score)
  double decode_cost = .174;     // probability that a bead must bring in to be worth having
  double learnt_factor = 1.23;   // value of a learnt pair of association 1
  double learnt_minimum = .227;  // association below which a pair is not kept
  // With vectors of sentences (vector_scores.h).
  double composed = 0;    // of the cosine of composed vectors
  double cosine = 0;      // of the cosine of the vectors of both texts
  double neighbours = 0;  // of the mean cosine with neighbouring sentences, which is subtracted
  double leak = 0;        // of the mean share of links to neighbouring sentences, which is subtracted
};

// To find the likely beads by words and composed vectors.
inline BeadWeights ComposedWeights() {
  BeadWeights weights;
  weights.composed = .5;
  return weights;
}

// To choose among the likely beads with vectors of their texts and links of tokens.
inline BeadWeights LinkedWeights() {
  BeadWeights weights;
  weights.expectation = 1.24;
  weights.length = .245;
  weights.quote_end = .1;
  weights.quote_open = .04;
  weights.bias = .2;
  weights.skip = -.077;
  weights.sharpness = 14;
  weights.decode_cost = .4;
  weights.cosine = 1.05;
  weights.neighbours = .32;
  weights.leak = 2.87;
  return weights;
}

// The same where an embedder gives no vectors of tokens.
inline BeadWeights PooledWeights() {
  BeadWeights weights;
  weights.expectation = 1.33;
  weights.length = .347;
  weights.quote_end = .16;
  weights.quote_open = .03;
  weights.bias = .15;
  weights.skip = -.126;
  weights.sharpness = 16;
  weights.decode_cost = .25;
  weights.cosine = 1.78;
  weights.neighbours = .56;
  return weights;
}
// Is told the share of the work that is done, 0 to 1, and says whether to go on.
using WorkShare = std::function<bool(double)>;

struct AlignOptions {
  // Most sentences a bead has on one side. Range 1 to 6; raising it costs time with its square.
  int32_t max_group = 4;
  // Pairs of sentences up to which the search is complete. Above, it is confined to a band. Range 1 to 4,000,000.
  int64_t full_search_cells = 10'000;
  // The same for texts of which few words match (MatchedShare below .4): there the band is hard to find.
  int64_t full_search_cells_unmatched = 250'000;
  // Half width of the band in sentences. Range 8 to 1,000; raising it costs time in proportion.
  int32_t band_radius = 24;
  // Learn pairs of terms from the first pass and search again. Switched off it takes half the time.
  bool learn = true;
  // Look for passages that stand elsewhere in the other version (find_moved.h).
  bool find_moved = true;
  BeadWeights weights;
  // With vectors: beads less likely than this, by words and composed vectors, are not looked at again. Range 0 to .1;
  // lowering it embeds more runs of sentences. At .001 one in a hundred right ones is lost, and none that would win.
  double likely = .001;
  // With vectors: sentences to both sides of a bead among which its words are linked. Range 1 to 50.
  int32_t link_radius = 2;
  // Called now and then, from the calling thread, with the share of the alignment that is done. False ends it with the
  // status Cancelled. May be empty (default).
  WorkShare progress;
};

// The greatest AlignOptions::max_group.
constexpr int kMaxGroup = 6;
// Score of what cannot be.
constexpr double kNoScore = -std::numeric_limits<double>::infinity();

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_ALIGN_BEAD_H_
