// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The front door of narrdiff: two statements in, one Comparison message out. It runs the rungs of the ladder (README.md
// in this folder) one after another and turns their results into the message; nothing outside engine/ needs more than
// this.
//
//   CompareOptions options;
//   NARRDIFF_ASSIGN_OR_RETURN(std::unique_ptr<Comparer> comparer, Comparer::Create(options));
//   Sides<StatementInput> statements;
//   statements.left.bytes = ReadFile("us.txt");
//   statements.left.name = "us.txt";
//   statements.right.bytes = ...
//   NARRDIFF_ASSIGN_OR_RETURN(v1::Comparison comparison, comparer->Compare(statements));
//   std::cout << RenderTextReport(comparison, {});     // engine/report/text_report.h
//
// docs/examples/compare_two_statements.cc is a whole program.
#ifndef NARRDIFF_ENGINE_COMPARE_H_
#define NARRDIFF_ENGINE_COMPARE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/base/limits.h"
#include "engine/base/sides.h"
#include "engine/base/span.h"
#include "engine/embed/embedder.h"
#include "engine/judge/judge.h"
#include "proto/narrdiff/v1/comparison.pb.h"

namespace narrdiff {

// One statement as it comes: the bytes of a file, and what the caller knows about it.
struct StatementInput {
  std::string bytes;     // plain text or a web page, in any encoding that ICU knows
  std::string name;      // shown in messages and kept as Statement.source_name: "us.txt", "-"
  std::string party;     // "US", "China", any name; empty (default): guessed from the text
  std::string language;  // BCP 47; empty (default): detected
  std::string date;      // ISO 8601; empty (default): read from the head of the text
  std::string encoding;  // "GB18030", "Big5", any name ICU knows; empty (default): found out
  // Where `bytes` were taken from another file, such as a PDF: the program that did it, and the SHA-256 of that file in
  // lower-case hex. Empty (default): `bytes` are the file.
  std::string converter, sha256;
};

// A lexicon of the user's, in the form of engine/lexicon/lexicon_source.proto.
struct LexiconText {
  std::string name;  // for messages
  std::string text;
};

// How far the work of one comparison has come.
struct WorkProgress {
  double share = 0;       // of all the work, 0 to 1
  std::string_view what;  // is being done: "aligning"; lives as long as the program
  int64_t done = 0;       // sentences that this stage is done with
  int64_t total = 0;      // of so many; 0 where the stage does not count
};

struct CompareOptions {
  // Bounds, checked first.
  Limits limits;
  // UNSPECIFIED (default): the engine chooses and says why in Comparison.mode_reason.
  v1::Mode mode = v1::MODE_UNSPECIFIED;
  // Which pairs of competing statements are kept: "sure" (default: few and right), "balanced" (the set that maximises
  // expected F1 of each document), or a probability in [0,1] such as "0.7". Raising it gives fewer and surer pairs.
  std::string min_score = "sure";
  // "lexical", "neural" (needs `embedder`: FailedPrecondition without one, and its errors end the work), or "auto"
  // (default): neural where there is an embedder, and lexical with an Issue where it fails.
  std::string similarity = "auto";
  // Turns sentences into vectors (engine/embed); null (default): none. Shared with all comparers that are given it.
  std::shared_ptr<const Embedder> embedder;
  // The same for competing statements: that model with the adapter AnswerAdapter() (engine/answers/answer_model.h);
  // null (default): competing statements are compared by words and knowledge alone.
  std::shared_ptr<const Embedder> answer_embedder;
  // Why there is no embedder though one was looked for; "auto" then tells it in an Issue. Empty (default): nobody
  // looked.
  std::string no_embedder_reason;
  // Is asked about the likeliest pairs of competing statements, changes their scores and names relations
  // (engine/judge); null (default): nobody is. Where it fails, an Issue says so and the engine's own scores stand.
  std::shared_ptr<const Judge> judge;
  // Each line of the input is one sentence (default false).
  bool presegmented = false;
  // Fill AlignedPair.score_parts, all evidence and Unit.kept (default false: the strongest evidence only).
  bool explain = false;
  // Added to the built-in lexicon, in order.
  std::vector<LexiconText> lexicons;
  // Compiled bilingual dictionary (Dictionary::Open); empty (default): the lexicon's own entries serve.
  std::string dictionary_path;
  // Called between stages, and now and then while sentences are embedded or judged; from the calling thread. False ends
  // the work with the status Cancelled. May be empty.
  std::function<bool(const WorkProgress&)> progress;
};

// Thread-safe: all methods are const and may be called from several threads.
class Comparer {
 public:
  // Checks the options and loads the lexicon, weights and dictionary. Errors: InvalidArgument for an option out of its
  // range or a lexicon that does not parse (file:line:column), NotFound for a dictionary that is not there.
  static absl::StatusOr<std::unique_ptr<Comparer>> Create(const CompareOptions& options);
  ~Comparer();

  // Time grows with the product of the numbers of sentences in competing mode, linearly in parallel mode. Errors:
  // InvalidArgument for bytes that are no text ("left:12:4: what; what to do"), ResourceExhausted for a breach of
  // options.limits, Cancelled where options.progress says so, with similarity "neural" those of the embedder. An empty
  // side is not an error: it gives a one-sided comparison with an Issue "empty-side".
  absl::StatusOr<v1::Comparison> Compare(const Sides<StatementInput>& statements) const;

  // Reads and segments one statement: blocks, sentences, attributions, header facts. `issues` may be null.
  absl::StatusOr<v1::Statement> Read(const StatementInput& statement, std::vector<v1::Issue>* issues) const;

  // A unit of the text: a sentence, a question, a heading, furniture.
  struct Unit {
    Span bytes, code_points;
    std::string_view kind;  // "statement", "question", "heading", "furniture"
    std::string_view rule;  // that made its end (docs/formats.md lists them)
    // With options.explain: where UAX 29 would have cut it, and the rules that spoke against it.
    struct Kept {
      int32_t at_byte = 0, at_code_point = 0;  // where the next sentence would have begun
      std::string_view rule;
    };
    std::vector<Kept> kept;
  };
  struct Units {
    std::vector<Unit> list;     // every unit of the text, in its order
    std::vector<Span> skipped;  // bytes inside units that are none of their words (v1::Sentence.skipped), ascending
  };
  // The same, with less work: of the statement the text and header facts only, neither hash nor blocks nor sentences
  // nor attributions. `issues` may be null.
  absl::StatusOr<v1::Statement> ReadUnits(StatementInput statement, Units& units, std::vector<v1::Issue>* issues) const;

  // "0.1.0"
  static std::string_view Version();

 private:
  struct Rungs;
  explicit Comparer(std::unique_ptr<Rungs> rungs);
  std::unique_ptr<const Rungs> rungs_;
};

}  // namespace narrdiff

#endif  // NARRDIFF_ENGINE_COMPARE_H_
