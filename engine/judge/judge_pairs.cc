// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/judge/judge_pairs.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "engine/base/linear_model.h"
#include "engine/base/sha256.h"
#include "engine/base/status_macros.h"

namespace narrdiff {
namespace {

constexpr int kRelations = 6;  // that a judge may name

Issue Note(const char* code, std::string message) {
  return {IssueSeverity::kNote, code, std::nullopt, Span{}, std::move(message)};
}

// Tells statements apart whichever stands left: all that a question may show of one is in it.
std::string Fingerprint(const JudgedStatement& statement) {
  return Sha256Hex(absl::StrCat(statement.described->party, "\n", statement.document->text));
}

// The side whose sentences are put to the judge; none where the statements are the same.
std::optional<Side> AskingSide(const Sides<JudgedStatement>& statements) {
  const std::string left = Fingerprint(statements.left), right = Fingerprint(statements.right);
  if (left == right) return std::nullopt;
  return left < right ? Side::kLeft : Side::kRight;
}

QuotedSentence Quoted(const JudgedStatement& statement, int32_t index) {
  const std::vector<DescribedSentence>& sentences = statement.described->sentences;
  const size_t i = static_cast<size_t>(index);
  QuotedSentence quoted;
  quoted.text = std::string(sentences[i].Text());
  if (i > 0) quoted.before = std::string(sentences[i - 1].Text());
  if (i + 1 < sentences.size()) quoted.after = std::string(sentences[i + 1].Text());
  const size_t block = static_cast<size_t>(sentences[i].input.block);
  if (block < statement.document->blocks.size()) quoted.speaker = statement.document->blocks[block].speaker;
  if (quoted.speaker.empty()) quoted.speaker = statement.document->speaker;
  return quoted;
}

// A sentence to ask about, with the places in `scored` of its likeliest cells, in the order of the other text: likelier
// ones first would tell the judge what the engine thinks.
struct Row {
  int32_t sentence = 0;
  double best = 0;  // the highest score among its cells
  std::vector<size_t> cells;
};

int32_t IndexOn(Side side, const PairCell& cell) { return side == Side::kLeft ? cell.left : cell.right; }

// Of each sentence of `side` that has cells, ascending.
std::vector<Row> RowsOf(Side side, const std::vector<ScoredPair>& scored) {
  std::map<int32_t, Row> rows;
  for (size_t k = 0; k < scored.size(); ++k) rows[IndexOn(side, scored[k].cell)].cells.push_back(k);
  std::vector<Row> out;
  for (auto& [sentence, row] : rows) {
    const auto other = [&](size_t k) { return IndexOn(Other(side), scored[k].cell); };
    std::sort(row.cells.begin(), row.cells.end(), [&](size_t a, size_t b) {
      if (scored[a].score != scored[b].score) return scored[a].score > scored[b].score;
      return other(a) < other(b);
    });
    row.sentence = sentence;
    row.best = scored[row.cells[0]].score;
    row.cells.resize(std::min(row.cells.size(), kJudgeCandidates));
    std::sort(row.cells.begin(), row.cells.end(), [&](size_t a, size_t b) { return other(a) < other(b); });
    out.push_back(std::move(row));
  }
  return out;
}

// Leaves the `most` rows with the likeliest pairs, in their order.
void KeepLikeliest(size_t most, std::vector<Row>& rows) {
  if (rows.size() <= most) return;
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.best > b.best; });
  rows.resize(most);
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.sentence < b.sentence; });
}

std::vector<JudgeQuestion> QuestionsOf(const std::vector<Row>& rows, const Sides<JudgedStatement>& statements,
                                       Side side, const std::vector<ScoredPair>& scored) {
  std::vector<JudgeQuestion> questions;
  for (const Row& row : rows) {
    JudgeQuestion& question = questions.emplace_back();
    question.party = statements[side].described->party;
    question.other_party = statements[Other(side)].described->party;
    question.sentence = Quoted(statements[side], row.sentence);
    for (const size_t k : row.cells) {
      question.candidates.push_back(Quoted(statements[Other(side)], IndexOn(Other(side), scored[k].cell)));
    }
  }
  return questions;
}

// Scores of 0 and 1, and those that the addition takes there, stay in bounds.
double Moved(double score, double log_odds) {
  constexpr double kLeast = 1e-9;
  const double p = std::clamp(score, kLeast, 1 - kLeast);
  return Sigmoid(std::log(p / (1 - p)) + log_odds);
}

void Apply(const Row& row, const std::vector<JudgedCandidate>& answer, std::vector<ScoredPair>& scored,
           JudgedPairs& judged) {
  std::vector<JudgedCell> cells(row.cells.size(), JudgedCell{Relation::kUnspecified, 0, kPassedOverLogOdds});
  for (const JudgedCandidate& chosen : answer) {
    cells[static_cast<size_t>(chosen.candidate - 1)] = {chosen.relation, chosen.strength,
                                                        kChosenLogOdds[chosen.strength - 1]};
  }
  for (size_t c = 0; c < cells.size(); ++c) {
    ScoredPair& pair = scored[row.cells[c]];
    pair.score = Moved(pair.score, cells[c].log_odds);
    judged.cells[{pair.cell.left, pair.cell.right}] = cells[c];
  }
}

}  // namespace

const JudgedCell* JudgedPairs::Find(const PairCell& cell) const {
  const auto found = cells.find({cell.left, cell.right});
  return found == cells.end() ? nullptr : &found->second;
}

absl::StatusOr<JudgedPairs> JudgePairs(const Sides<JudgedStatement>& statements, const Judge& judge,
                                       const std::function<bool(int64_t, int64_t)>& progress,
                                       std::vector<ScoredPair>& scored) {
  JudgedPairs judged;
  const std::optional<Side> side = AskingSide(statements);
  if (!side.has_value()) {
    judged.issues.push_back(Note("judge-not-used", "the judge was not asked, for both sides are the same text"));
    return judged;
  }
  std::vector<Row> rows = RowsOf(*side, scored);
  const size_t all = rows.size();
  KeepLikeliest(static_cast<size_t>(judge.options().max_questions), rows);
  if (rows.size() < all) {
    judged.issues.push_back(Note(
        "judge-budget", absl::StrFormat("the judge %s was asked about the %d sentences with the likeliest pairs of %d; "
                                        "--judge-requests allows more",
                                        judge.name(), rows.size(), all)));
  }
  const int64_t total = static_cast<int64_t>(rows.size());
  NARRDIFF_ASSIGN_OR_RETURN(const Judgement judgement,
                            judge.Ask(QuestionsOf(rows, statements, *side, scored),
                                      [&](int64_t done) { return !progress || progress(done, total); }));
  int64_t unanswered = 0;
  for (size_t k = 0; k < rows.size(); ++k) {
    const std::optional<std::vector<JudgedCandidate>>& answer = judgement.answers[k];
    if (answer.has_value()) Apply(rows[k], *answer, scored, judged);
    unanswered += !answer.has_value();
  }
  if (unanswered < total) judged.judge = judge.name();
  if (unanswered > 0) {
    judged.issues.push_back(
        {IssueSeverity::kWarning, "judge-failed", std::nullopt, Span{},
         absl::StrFormat("the judge %s gave no usable answer for %d of %d sentences, for which narrdiff's own scores "
                         "stand: %s",
                         judge.name(), unanswered, total, std::string(judgement.trouble.message()))});
  }
  return judged;
}

double JudgedRelationConfidence(Relation judged, Relation own, double own_confidence) {
  const double other = (1 - own_confidence) / (kRelations - 1);
  const double prior = judged == own ? own_confidence : other;
  const double right = kJudgeRelationAccuracy * prior;
  const double wrong = (1 - kJudgeRelationAccuracy) / (kRelations - 1) * (1 - prior);
  return right + wrong > 0 ? right / (right + wrong) : kJudgeRelationAccuracy;
}

}  // namespace narrdiff
