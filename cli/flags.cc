// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/flags.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "absl/strings/numbers.h"
#include "cli/text.h"
#include "engine/base/status_macros.h"
#include "engine/base/utf8.h"

namespace narrdiff::cli {
namespace {

// --- The table ---------------------------------------------------------------
//
// Everything is a constant: nothing of it runs when the program starts.

constexpr uint32_t Bit(Command command) { return 1u << static_cast<uint32_t>(command); }
constexpr uint32_t kDiff = Bit(Command::kDiff);
constexpr uint32_t kSegment = Bit(Command::kSegment);
constexpr uint32_t kView = Bit(Command::kView);
constexpr uint32_t kBatch = Bit(Command::kBatch);
constexpr uint32_t kScore = Bit(Command::kScore);
constexpr uint32_t kLexicon = Bit(Command::kLexicon);
constexpr uint32_t kHelp = Bit(Command::kHelp);
constexpr uint32_t kVersion = Bit(Command::kVersion);

constexpr std::string_view kStatements = "The statements";
constexpr std::string_view kComparing = "Comparing";
constexpr std::string_view kWriting = "Output";
constexpr std::string_view kReport = "The text report";
constexpr std::string_view kOther = "Other";

// Starts a row; the functions below fill it in.
struct Row {
  Flag flag;

  constexpr Row(FlagKind kind, std::string_view name, uint32_t commands, std::string_view group,
                std::string_view help) {
    flag.kind = kind;
    flag.name = name;
    flag.commands = commands;
    flag.group = group;
    flag.help = help;
  }
  constexpr Row Value(std::string_view value) const {
    Row row = *this;
    row.flag.value = value;
    return row;
  }
  constexpr Row Choices(std::string_view choices) const {
    Row row = *this;
    row.flag.choices = choices;
    return row;
  }
  constexpr Row Within(int64_t least, int64_t most) const {
    Row row = *this;
    row.flag.least = least;
    row.flag.most = most;
    return row;
  }
  constexpr Row Default(std::string_view value) const {
    Row row = *this;
    row.flag.default_value = value;
    return row;
  }
  constexpr Row DefaultWords(std::string_view words) const {
    Row row = *this;
    row.flag.default_words = words;
    return row;
  }
  constexpr Row Letter(char letter) const {
    Row row = *this;
    row.flag.letter = letter;
    return row;
  }
  constexpr Row Repeatable() const {
    Row row = *this;
    row.flag.repeatable = true;
    return row;
  }
  constexpr Row Details(std::string_view details) const {
    Row row = *this;
    row.flag.details = details;
    return row;
  }
  constexpr operator Flag() const { return flag; }
};

constexpr Row Switch(std::string_view name, uint32_t commands, std::string_view group, std::string_view help) {
  return Row(FlagKind::kSwitch, name, commands, group, help);
}
constexpr Row Choice(std::string_view name, std::string_view choices, uint32_t commands, std::string_view group,
                     std::string_view help) {
  return Row(FlagKind::kChoice, name, commands, group, help).Choices(choices);
}
constexpr Row Integer(std::string_view name, int64_t least, int64_t most, uint32_t commands, std::string_view group,
                      std::string_view help) {
  return Row(FlagKind::kInteger, name, commands, group, help).Within(least, most);
}

constexpr Flag kFlags[] = {
    // --- The statements
    Row(FlagKind::kText, "left-party", kDiff | kBatch, kStatements,
        "Who speaks on the left, such as US, China or any name.")
        .Value("NAME")
        .DefaultWords("guessed from the text; the report says from what")
        .Details("What a sentence calls \"we\" or \"our side\" is this party, "
                 "so a right name makes better relations."),
    Row(FlagKind::kText, "right-party", kDiff | kBatch, kStatements, "Who speaks on the right.")
        .Value("NAME")
        .DefaultWords("guessed from the text"),
    Row(FlagKind::kLanguage, "left-lang", kDiff | kBatch, kStatements,
        "Language of the left side as a BCP 47 tag: en, zh-Hans, zh-Hant.")
        .Value("TAG")
        .DefaultWords("detected")
        .Details("Set it when a text is too short or too mixed for a good guess, "
                 "or, for a transcript in English and Chinese, to read only one of "
                 "the two."),
    Row(FlagKind::kLanguage, "right-lang", kDiff | kBatch, kStatements, "Language of the right side.")
        .Value("TAG")
        .DefaultWords("detected"),
    Row(FlagKind::kLanguage, "lang", kSegment, kStatements,
        "Language of the text as a BCP 47 tag: en, zh-Hans, zh-Hant.")
        .Value("TAG")
        .DefaultWords("detected"),
    Row(FlagKind::kText, "encoding", kDiff | kSegment | kBatch, kStatements,
        "Encoding of the input: UTF-8, GB18030, Big5, windows-1252 or another "
        "that ICU knows.")
        .Value("NAME")
        .DefaultWords("found out; a guess is an issue in the report")
        .Details("Set it when a text comes out as gibberish, or when the guess "
                 "is unsure. Web pages say what they are in."),
    Row(FlagKind::kText, "left-encoding", kDiff | kBatch, kStatements, "Encoding of the left side alone.")
        .Value("NAME")
        .DefaultWords("that of --encoding"),
    Row(FlagKind::kText, "right-encoding", kDiff | kBatch, kStatements, "Encoding of the right side alone.")
        .Value("NAME")
        .DefaultWords("that of --encoding"),
    Switch("presegmented", kDiff | kSegment | kBatch, kStatements, "Each line of the input is one sentence.")
        .Details("For texts that are already cut. Lines that are blank are skipped "
                 "but for the numbering of lines in "
                 "messages; no heading, speaker label or furniture is looked for."),

    // --- Comparing
    Choice("mode", "auto|competing|parallel", kDiff | kBatch, kComparing, "What the two statements are to each other.")
        .Value("MODE")
        .Default("auto")
        .Details("competing: two parties on one event; any order, many to "
                 "many, much of it unanswered. parallel: two "
                 "versions (translations, editions) of one statement, in step. "
                 "auto looks at both and the report says "
                 "why it chose."),
    Row(FlagKind::kMinScore, "min-score", kDiff | kBatch, kComparing, "Which pairs are kept.")
        .Value("SCORE")
        .Default("sure")
        .Details("sure: few and right. balanced: the set with the best "
                 "expected F1. A number from 0 to 1: pairs whose "
                 "score, the probability that a careful analyst would put the "
                 "two side by side, is at least this. "
                 "Raising it gives fewer and surer pairs. It has no effect on "
                 "parallel statements."),
    Choice("similarity", "auto|lexical|neural", kDiff | kBatch, kComparing, "How likeness of sentences is measured.")
        .Value("KIND")
        .Default("auto")
        .Details(
            "lexical needs nothing but the program and its data. neural needs an embedding model: that of --model or "
            "--embeddings-url, else the one that tools/setup fetched. auto is neural where there is a model and no "
            "more "
            "than 1,000 sentences, and lexical, with a warning, where it fails. Competing statements need the model "
            "that tools/setup fetches: what has been learnt of answers belongs to it. The report says which it was."),
    Row(FlagKind::kFile, "model", kDiff | kBatch, kComparing, "Folder of an embedding model that runs in the program.")
        .Value("DIR")
        .DefaultWords("the first models/multilingual-e5-small found in the folders named under Environment")
        .Details("docs/embedding_models.md says what it holds and which models fit."),
    Row(FlagKind::kText, "embeddings-url", kDiff | kBatch, kComparing,
        "Server that speaks the OpenAI-compatible embeddings protocol, such as http://localhost:8000.")
        .Value("URL")
        .DefaultWords("none; nothing but this and --judge-url makes narrdiff use the network")
        .Details("Every sentence of both statements is sent there. /v1/embeddings is added where URL does not end in "
                 "/embeddings. A key is read from NARRDIFF_EMBEDDINGS_KEY. Redirects are not followed."),
    Row(FlagKind::kText, "embeddings-model", kDiff | kBatch, kComparing, "The model, as that server calls it.")
        .Value("NAME"),
    Row(FlagKind::kText, "embeddings-prefix", kDiff | kBatch, kComparing,
        "Put before each sentence that is sent; E5 models behind a bare server want \"query: \".")
        .Value("TEXT")
        .DefaultWords("nothing"),
    Integer("embeddings-timeout", 1, 3600, kDiff | kBatch, kComparing,
            "Longest wait for one answer of that server, in seconds.")
        .Value("SECONDS")
        .Default("60"),
    Row(FlagKind::kFile, "embeddings-cache", kDiff | kBatch, kComparing,
        "Folder that keeps the vectors of sentences from one run to the next, or off.")
        .Value("DIR")
        .DefaultWords("$XDG_CACHE_HOME/narrdiff, else ~/.cache/narrdiff")
        .Details("It holds up to 2 GiB, no texts, and may be deleted at any time. Results are the same with it and "
                 "without."),
    Row(FlagKind::kText, "judge-url", kDiff | kBatch, kComparing,
        "Server that speaks the OpenAI-compatible chat protocol, such as http://localhost:8000, whose model judges "
        "competing pairs.")
        .Value("URL")
        .DefaultWords("none: narrdiff judges alone")
        .Details("One side's sentences are sent there, each with its neighbours and its ten likeliest partners on the "
                 "other side; /v1/chat/completions is added where URL does not end in /chat/completions. What the "
                 "model answers changes the scores of those pairs and names their relations, and the report says so; "
                 "where it fails, narrdiff's own scores stand. A key is read from NARRDIFF_JUDGE_KEY. Redirects are "
                 "not followed. docs/judge.md says more."),
    Row(FlagKind::kText, "judge-model", kDiff | kBatch, kComparing, "The model, as that server calls it.")
        .Value("NAME"),
    Integer("judge-requests", 1, 100'000, kDiff | kBatch, kComparing,
            "How many sentences of a comparison the judge is asked about at most.")
        .Value("N")
        .Default("200")
        .Details("It bounds the cost: each is one request of some 2,000 tokens, sent once more where it fails. "
                 "Sentences with the likeliest pairs come first."),
    Integer("judge-timeout", 1, 3600, kDiff | kBatch, kComparing,
            "Longest wait for one answer of the judge, in seconds.")
        .Value("SECONDS")
        .Default("60"),
    Row(FlagKind::kFile, "judge-cache", kDiff | kBatch, kComparing,
        "Folder that keeps the judge's answers from one run to the next, or off.")
        .Value("DIR")
        .DefaultWords("$XDG_CACHE_HOME/narrdiff, else ~/.cache/narrdiff")
        .Details("It holds up to 64 MiB, no texts, and may be deleted at any time."),
    Row(FlagKind::kFile, "lexicon", kDiff | kSegment | kBatch, kComparing,
        "Names, terms and cues of your own, added to the built-in ones; may be "
        "repeated.")
        .Value("FILE")
        .Repeatable()
        .Details("A text file in the form of engine/lexicon/lexicon_source.proto. "
                 "An entry with the id of a built-in one "
                 "adds to it."),
    Row(FlagKind::kFile, "dictionary", kDiff | kBatch, kComparing,
        "Bilingual dictionary for Chinese and English, as narrdiff lexicon "
        "compile makes it.")
        .Value("FILE")
        .DefaultWords("the first cedict.ndict found in the folders named under "
                      "Environment; without one the built-in "
                      "lexicon alone serves, and the report says so"),

    // --- Output
    Choice("format", "text|html|json|textproto|pb|pairs|tsv|tmx|diffs", kDiff | kView, kWriting, "What to write.")
        .Value("FORMAT")
        .DefaultWords("by the ending of the --output file (.txt, .html, .json, "
                      ".textproto, .pb, .pairs.pb, .tsv, .tmx, .diffs.tsv), "
                      "else text")
        .Details("text: the side-by-side report. html: the same as one page "
                 "that needs no other file. pb: the whole "
                 "comparison as a protobuf message; json and textproto are its "
                 "text forms. pairs: a stream of "
                 "length-delimited PairRecord messages, for pipelines. tsv: "
                 "LEFT_IDS, RIGHT_IDS, RELATION, SCORE, "
                 "LEFT_TEXT, RIGHT_TEXT, ids from 0 and joined by commas, an "
                 "empty side for what is unaligned. tmx: a "
                 "translation memory of the pairs. diffs: of two versions LEFT_ID, "
                 "RIGHT_ID, KIND, REASON of each difference."),
    Choice("format", "text|spans|json|pb", kSegment, kWriting, "What to write.")
        .Value("FORMAT")
        .DefaultWords("by the ending of the --output file (.txt, .spans, "
                      ".json, .pb), else text")
        .Details("text: one sentence a line with its number and kind. spans: "
                 "START, TAB, END for each unit of the text, "
                 "in code points of the decoded text. json, pb: the Statement "
                 "message."),
    Choice("format", "json|pb", kBatch, kWriting, "Form of the requests and of the replies.")
        .Value("FORMAT")
        .Default("json")
        .Details("json: one JSON object a line. pb: length-delimited "
                 "BatchRequest and BatchReply messages."),
    Row(FlagKind::kFile, "output", kDiff | kSegment | kView | kBatch, kWriting, "Write to FILE.")
        .Value("FILE")
        .Letter('o')
        .DefaultWords("standard output, which - names too")
        .Details("The file appears whole or not at all: it is written beside "
                 "its place and renamed when it is complete."),
    Switch("header", kDiff | kView, kWriting, "Start tsv or diffs output with a line that names the columns."),
    Switch("body", kSegment, kWriting,
           "Only the sentences of the statement: no title, date line, heading "
           "or furniture.")
        .Details("Questions put to the speaker are kept; json and pb output "
                 "has them marked."),
    Switch("explain", kDiff | kView | kBatch, kWriting, "Show all evidence and what each score is made of."),
    Switch("explain", kSegment, kWriting,
           "Name the rule that made each break, and those that kept a sentence together.")
        .Details("In text output in brackets at the line's end, as in [icu; kept: \"Gen.\" title]. In spans output the "
                 "third "
                 "column is the kind of the unit, the fourth the rule, the fifth the kept places, each the code point "
                 "where a sentence would have begun, a colon and the rule. docs/formats.md lists the rules."),
    Switch("exit-code", kDiff | kView, kWriting, "Exit with 1 when a pair denies, counters or differs."),
    Switch("quiet", kDiff | kSegment | kView | kBatch, kWriting, "No warnings and no progress on standard error.")
        .Details("Errors are still told. Every report holds the warnings in "
                 "any case."),

    // --- The text report
    Integer("width", 40, 1000, kDiff | kView, kReport, "Width of the report in columns; a Chinese character takes two.")
        .Value("COLUMNS")
        .DefaultWords("the terminal's, else the variable COLUMNS, else 100"),
    Choice("layout", "auto|side-by-side|stacked", kDiff | kView, kReport, "Two columns, or the sides below each other.")
        .Value("LAYOUT")
        .Default("auto")
        .Details("auto: side by side where the width allows; stacked when "
                 "narrow, and when the output is not a terminal "
                 "and no --width is given."),
    Choice("color", "auto|always|never", kDiff | kView, kReport, "Colour the text report.")
        .Value("WHEN")
        .Default("auto")
        .Details("auto: on a terminal, unless NO_COLOR is set or TERM is dumb. "
                 "Every mark has a letter as well as a "
                 "colour."),
    Switch("ascii", kDiff | kView, kReport, "Draw lines and marks in ASCII; the statements stay as they are."),
    Choice("ambiguous-width", "1|2", kDiff | kView, kReport,
           "Columns taken by characters that Unicode calls ambiguous, such as "
           "quotation marks beside Chinese.")
        .Value("COLUMNS")
        .Default("1")
        .Details("2 suits terminals set up for Chinese."),

    // --- Other commands
    Choice("format", "cedict|tsv", kLexicon, kOther, "Form of the dictionary that is read.")
        .Value("FORMAT")
        .Default("cedict")
        .Details("cedict: CC-CEDICT's. tsv: CHINESE, TAB, ENGLISH, with "
                 "several glosses separated by \";\"."),
    Switch("verbose", kScore, kOther, "Also one line a document.").Letter('v'),
    Switch("markdown", kHelp, kOther, "Print the whole manual in Markdown: docs/cli.md is made so."),
    Switch("help", kDiff | kSegment | kView | kBatch | kScore | kLexicon | kHelp | kVersion, kOther, "Show this text.")
        .Letter('h'),
};

struct Example {
  std::string_view line;
  std::string_view what;
};

// What help says of a subcommand besides its flags. Paragraphs of `about` are
// separated by blank lines.
struct CommandRow {
  Command command;
  std::string_view name;
  std::string_view operands;
  size_t least_operands, most_operands;
  std::string_view wants;  // of the operands, for messages
  std::string_view summary;
  std::string_view about;
  Example examples[5];
  bool uses_data, uses_terminal;  // which variables of the environment matter
};

constexpr CommandRow kCommands[kCommandCount] = {
    {Command::kDiff,
     "diff",
     "LEFT RIGHT",
     2,
     2,
     "two statements, LEFT and RIGHT",
     "Compare two statements, sentence by sentence.",
     "LEFT and RIGHT are plain texts, web pages or, where pdftotext is "
     "installed, PDF files, in any usual encoding; - is standard input, "
     "for one of them. Each sentence of one side is "
     "put beside the sentences of the other that speak to the same point, with "
     "the relation between them: agree, deny, "
     "counter, reframe, differ, respond, or parallel for versions of one text. "
     "What has no counterpart is listed too.\n\n"
     "What is odd about the input is an issue in every report, and warnings "
     "are repeated on standard error. An empty side "
     "is such an issue, not an error.",
     {{"narrdiff diff us.txt china.txt", "the report, on the terminal"},
      {"narrdiff diff us.txt china.txt --width=120 --color=always | less -R", "page through it, side by side"},
      {"narrdiff diff --mode=parallel en.txt zh.txt -o versions.html", "two versions of one text as a web page"},
      {"narrdiff diff us.txt china.txt -o talks.pb", "keep the comparison; narrdiff view shows it again"},
      {"fetch-page | narrdiff diff --left-party=US - china.txt --format=tsv", "for another program"}},
     true,
     true},
    {Command::kSegment,
     "segment",
     "FILE",
     1,
     1,
     "one FILE",
     "Cut one statement into sentences.",
     "FILE is a plain text, a web page or, where pdftotext is installed, a PDF "
     "file, in any usual encoding; - is standard input. Every unit "
     "of the text is listed in its order: sentences, "
     "questions put to the speaker, headings and furniture such as menus. "
     "Speaker labels stand outside the units. In text "
     "output a sentence has the number that diff uses, S stands for the "
     "statement's own words, Q for a question, H for a "
     "title, date line or heading, F for furniture.",
     {{"narrdiff segment us.txt", "look at the sentences"},
      {"narrdiff segment --body --format=spans us.txt", "offsets for another program"},
      {"narrdiff segment --explain us.txt | grep kept:", "which sentences a rule kept together"}},
     false,
     false},
    {Command::kView,
     "view",
     "FILE",
     1,
     1,
     "one FILE",
     "Show a saved comparison in any format.",
     "FILE is a comparison that diff wrote as .pb, .json or .textproto; - is "
     "standard input. The form is told by the ending "
     "of the name, else by the content. Nothing is computed anew: the report "
     "is the same years later.",
     {{"narrdiff view talks.pb", "the report, on the terminal"},
      {"narrdiff view talks.pb -o talks.html", "as a web page"},
      {"narrdiff view talks.pb --format=json | jq .pairs", "for another program"}},
     false,
     true},
    {Command::kBatch,
     "batch",
     "[FILE]",
     0,
     1,
     "at most one FILE",
     "Compare a stream of pairs: requests in, replies out.",
     "Requests are read from FILE, or from standard input where none or - is "
     "given. Replies come in the order of the "
     "requests, each as soon as it is ready. A request that fails gets a reply "
     "with an error, and the stream goes on: the "
     "exit code is 0, and a line on standard error counts the failures.\n\n"
     "As JSON lines a request is {\"id\": ..., \"left\": {\"text\" or "
     "\"path\", \"lang\", \"party\", \"date\", \"encoding\"}, \"right\": {...}, "
     "\"options\": {\"mode\", \"min_score\", \"similarity\", "
     "\"presegmented\"}}; all but left and right may be left out. The "
     "reply is {\"id\": ..., \"comparison\": {...}} or {\"id\": ..., "
     "\"error\": {\"code\", \"message\"}}. A reply to a line that is "
     "not a request names the line. As delimited protobuf the messages are "
     "BatchRequest and BatchReply "
     "(proto/narrdiff/v1/batch.proto). Flags set what a request leaves open.",
     {{"narrdiff batch <requests.jsonl >replies.jsonl", "a whole archive with one start of the program"},
      {"narrdiff batch --min-score=balanced requests.jsonl -o replies.jsonl", "with other defaults, into a file"},
      {"narrdiff batch --format=pb <requests.bin >replies.bin", "delimited protobuf"}},
     true,
     false},
    {Command::kScore,
     "score",
     "TASK GOLD PRED",
     3,
     3,
     "a TASK and two folders, GOLD and PRED",
     "Measure output against gold answers.",
     "TASK is one of segmentation, beads, pairs, diffs, attributions.\n\n"
     "segmentation: each GOLD/NAME.gold, lines of START and END in code points "
     "of GOLD/NAME.txt, against PRED/NAME.pred.\n\n"
     "beads: each GOLD/DOC/gold.tsv against PRED/DOC.tsv; monotone beads, "
     "strict and lax.\n\n"
     "pairs: each GOLD/DOC/pairs.tsv against PRED/DOC.tsv; competing pairs and "
     "their relations.\n\n"
     "diffs: each GOLD/DOC/diffs.tsv against PRED/DOC.tsv, as diff "
     "--format=diffs writes it; where two versions part.\n\n"
     "attributions: each GOLD/DOC/attributions.json with article.txt against "
     "PRED/DOC.json.\n\n"
     "Lines of beads and pairs are LEFT_IDS, RIGHT_IDS and, where there are "
     "more columns, RELATION and SCORE, as diff "
     "--format=tsv writes them. Figures are micro-averaged; a document without "
     "a prediction counts as an empty one.",
     {{"narrdiff score segmentation gold/ predicted/", "precision, recall and F1"},
      {"narrdiff score pairs gold/ predicted/ -v", "with a line for each document"}},
     false,
     false},
    {Command::kLexicon,
     "lexicon",
     "compile IN OUT",
     3,
     3,
     "compile, IN and OUT",
     "Compile a bilingual dictionary for --dictionary.",
     "Reads the dictionary IN (- is standard input) and writes OUT, which is "
     "mapped into memory at each run and costs no "
     "time to load. Named cedict.ndict in one of the folders named under "
     "Environment it is found without a flag.",
     {{"narrdiff lexicon compile cedict_ts.u8 "
       "~/.local/share/narrdiff/cedict.ndict",
       "install CC-CEDICT"},
      {"narrdiff lexicon compile --format=tsv terms.tsv terms.ndict", "a word list of your own"}},
     true,
     false},
    {Command::kHelp,
     "help",
     "[COMMAND]",
     0,
     1,
     "at most one COMMAND",
     "Explain a command.",
     "",
     {{"narrdiff help diff", "the same as narrdiff diff --help"}},
     false,
     false},
    {Command::kVersion, "version", "", 0, 0, "nothing", "Print the version.", "", {}, false, false},
};

constexpr std::string_view kVersionNote =
    "narrdiff compares two statements on one event: what each side says, "
    "denies, turns back or leaves out.";

struct NamedNote {
  std::string_view name, note;
};

constexpr NamedNote kExitCodes[] = {
    {"0",
     "Done. Also when the reader of a pipe went away early (narrdiff ... | "
     "head)."},
    {"1", "Only with --exit-code: a pair denies, counters or differs."},
    {"2",
     "Bad usage, an input that cannot be used, or an output that cannot be "
     "written. One line on standard error says "
     "which file, what, and what to do; no partial output file is left."},
    {"3", "A fault of narrdiff. Please report it."},
    {"128+",
     "Ended by a signal, and its number added, as shells tell it: 130 after Ctrl-C. No partial output file is left; "
     "sentences that were "
     "embedded or judged stay in the cache, so the next run goes on from there."},
};

constexpr NamedNote kDataVariables[] = {
    {"NARRDIFF_DATA",
     "Folder that holds cedict.ndict and models/. When it is set, no other folder is looked in; set but empty means "
     "neither dictionary nor model. Else these are tried: ../share/narrdiff beside the program's folder, "
     "$XDG_DATA_HOME/narrdiff, ~/.local/share/narrdiff."},
};
constexpr NamedNote kServerVariables[] = {
    {"NARRDIFF_EMBEDDINGS_KEY",
     "Key for the server of --embeddings-url, sent as a bearer token. No message shows it, and there is no flag for "
     "it: "
     "flags are seen by all users of a machine."},
    {"NARRDIFF_JUDGE_KEY", "The same for the server of --judge-url."},
    {"http_proxy, https_proxy, all_proxy, no_proxy", "How those servers are reached, as curl reads them."},
};
constexpr NamedNote kTerminalVariables[] = {
    {"NO_COLOR", "When set to anything but nothing, --color=auto means never."},
    {"COLUMNS",
     "Width of the report where standard output is not a terminal and no "
     "--width is given."},
};

const CommandRow& RowOf(Command command) { return kCommands[static_cast<size_t>(command)]; }

bool TakenBy(const Flag& flag, Command command) { return (flag.commands & Bit(command)) != 0; }

// The row of `name` as `command` takes it; nullptr when it does not.
const Flag* FindFlag(Command command, std::string_view name) {
  for (const Flag& flag : kFlags) {
    if (flag.name == name && TakenBy(flag, command)) return &flag;
  }
  return nullptr;
}

const Flag* FindLetter(Command command, char letter) {
  for (const Flag& flag : kFlags) {
    if (flag.letter == letter && TakenBy(flag, command)) return &flag;
  }
  return nullptr;
}

// --- Parsing -----------------------------------------------------------------

int EditDistance(std::string_view a, std::string_view b) {
  // Optimal string alignment: three rows of the usual table.
  std::vector<int> before, last, row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<int>(j);
  for (size_t i = 1; i <= a.size(); ++i) {
    before = std::move(last);
    last = std::move(row);
    row.assign(b.size() + 1, static_cast<int>(i));
    for (size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row[b.size()];
}

// "--min-score"
std::string Dashed(const Flag& flag) { return Cat("--", flag.name); }

std::string SeeHelp(Command command) { return Cat("see narrdiff ", RowOf(command).name, " --help"); }

std::string ListOf(std::string_view choices) { return Join(Split(choices, '|'), ", "); }

absl::Status UnknownFlag(Command command, std::string_view given) {
  // The exact name of another command's flag says more than a like one of this
  // command.
  std::vector<std::string_view> others;
  for (const CommandRow& row : kCommands) {
    if (FindFlag(row.command, given) != nullptr) others.push_back(row.name);
  }
  if (!others.empty()) {
    return absl::InvalidArgumentError(Cat("--", given, " is a flag of narrdiff ", Join(others, ", "), ", not of ",
                                          RowOf(command).name, "; ", SeeHelp(command)));
  }
  std::vector<std::string> known;
  for (const Flag& flag : kFlags) {
    if (TakenBy(flag, command)) known.push_back(std::string(flag.name));
  }
  const std::string nearest = Nearest(given, known);
  return absl::InvalidArgumentError(Cat(
      "unknown flag --", given, "; ", nearest.empty() ? "" : Cat("did you mean --", nearest, "? "), SeeHelp(command)));
}

bool IsLanguageTag(std::string_view tag) {
  const std::vector<std::string> parts = Split(tag, '-');
  for (size_t i = 0; i < parts.size(); ++i) {
    const std::string_view part = parts[i];
    if (part.empty() || part.size() > 8 || (i == 0 && part.size() < 2)) return false;
    for (const char c : part) {
      const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && (i == 0 || c < '0' || c > '9')) return false;
    }
  }
  return true;
}

absl::Status CheckValue(const Flag& flag, const std::string& value) {
  const auto wrong = [&](std::string_view what) {
    return absl::InvalidArgumentError(Cat(Dashed(flag), ": \"", value, "\" ", what));
  };
  switch (flag.kind) {
    case FlagKind::kSwitch:
      return absl::OkStatus();
    case FlagKind::kChoice: {
      const std::vector<std::string> choices = Split(flag.choices, '|');
      if (std::find(choices.begin(), choices.end(), value) != choices.end()) return absl::OkStatus();
      const std::string nearest = Nearest(value, choices);
      return wrong(Cat("is not one of ", ListOf(flag.choices), "; ",
                       nearest.empty() ? "choose one" : Cat("did you mean ", nearest, "?")));
    }
    case FlagKind::kInteger: {
      int64_t number = 0;
      if (ParseInteger(value, number) && number >= flag.least && number <= flag.most) return absl::OkStatus();
      return wrong(Cat("will not do; give a whole number from ", flag.least, " to ", flag.most));
    }
    case FlagKind::kMinScore: {
      double number = 0;
      if (value == "sure" || value == "balanced") return absl::OkStatus();
      if (absl::SimpleAtod(value, &number) && number >= 0 && number <= 1) return absl::OkStatus();
      return wrong("is no threshold; give sure, balanced, or a number from 0 to 1");
    }
    case FlagKind::kLanguage:
      if (IsLanguageTag(value)) return absl::OkStatus();
      return wrong("is not a language tag; give one such as en, zh-Hans or zh-Hant");
    case FlagKind::kText: {
      if (FindInvalidUtf8(value) >= 0) return wrong("is not valid UTF-8; give it in UTF-8");
      for (const char c : value) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return wrong("has a control character; leave it out");
      }
      return absl::OkStatus();
    }
    case FlagKind::kFile:
      if (!value.empty()) return absl::OkStatus();
      return absl::InvalidArgumentError(
          Cat(Dashed(flag), " names no file; give one, as ", Dashed(flag), "=", flag.value));
  }
  return absl::OkStatus();
}

absl::StatusOr<Command> FindCommand(absl::Span<const std::string> arguments) {
  const std::string& given = arguments[0];
  std::vector<std::string> known;
  for (const CommandRow& row : kCommands) {
    if (given == row.name) return row.command;
    known.push_back(std::string(row.name));
  }
  if (given.size() > 1 && given[0] == '-') {
    return absl::InvalidArgumentError(
        Cat("the command comes first, before ", given, ": narrdiff diff LEFT RIGHT; see narrdiff --help"));
  }
  const std::string nearest = Nearest(given, known);
  if (!nearest.empty()) {
    return absl::InvalidArgumentError(
        Cat("unknown command ", given, "; did you mean ", nearest, "? see narrdiff --help"));
  }
  if (arguments.size() == 2 && arguments[1][0] != '-') {
    return absl::InvalidArgumentError(Cat("unknown command ", given, "; did you mean narrdiff diff ", given, " ",
                                          arguments[1], "? see narrdiff --help"));
  }
  return absl::InvalidArgumentError(
      Cat("unknown command ", given, "; it is one of ", Join(known, ", "), ": see narrdiff --help"));
}

// --- Help --------------------------------------------------------------------

constexpr size_t kHelpWidth = 80;

// `text` broken at spaces, every line indented; ends in a line end.
std::string Wrapped(std::string_view text, size_t indent) {
  std::string out;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find("\n\n", begin), text.size());
    const std::string_view paragraph = text.substr(begin, end - begin);
    begin = end + 2;
    if (!out.empty()) out += '\n';
    size_t column = 0;
    for (const std::string& word : Split(paragraph, ' ')) {
      if (column > 0 && column + 1 + word.size() > kHelpWidth) {
        out += '\n';
        column = 0;
      }
      if (column == 0) {
        out.append(indent, ' ');
        column = indent;
      } else {
        out += ' ';
        ++column;
      }
      Append(out, word);
      column += word.size();
    }
    out += '\n';
  }
  return out;
}

// "-o, --output=FILE"
std::string FlagForm(const Flag& flag) {
  std::string form;
  if (flag.letter != 0) form = Cat("-", std::string(1, flag.letter), ", ");
  Append(form, Dashed(flag));
  if (!flag.value.empty()) Append(form, "=", flag.value);
  return form;
}

// All that help says of a flag.
std::string FlagText(const Flag& flag) {
  std::string text(flag.help);
  if (!flag.details.empty()) Append(text, " ", flag.details);
  if (flag.kind == FlagKind::kChoice) Append(text, " One of: ", ListOf(flag.choices), ".");
  if (flag.kind == FlagKind::kInteger) Append(text, " From ", flag.least, " to ", flag.most, ".");
  const std::string_view words = flag.default_words.empty() ? flag.default_value : flag.default_words;
  if (!words.empty()) Append(text, " Default: ", words, ".");
  return text;
}

std::string Usage(const CommandRow& row) {
  std::string usage = Cat("narrdiff ", row.name);
  if (row.command != Command::kVersion) Append(usage, " [FLAGS]");
  if (!row.operands.empty()) Append(usage, " ", row.operands);
  return usage;
}

// Calls `each(group, flag)` for the flags of `command`, group by group in the
// order of their first flags.
template <typename Each>
void ForEachFlag(Command command, Each each) {
  std::vector<std::string_view> groups;
  for (const Flag& flag : kFlags) {
    if (TakenBy(flag, command) && std::find(groups.begin(), groups.end(), flag.group) == groups.end()) {
      groups.push_back(flag.group);
    }
  }
  for (const std::string_view group : groups) {
    for (const Flag& flag : kFlags) {
      if (TakenBy(flag, command) && flag.group == group) each(group, flag);
    }
  }
}

std::vector<NamedNote> VariablesOf(const CommandRow& row) {
  std::vector<NamedNote> variables;
  if (row.uses_data) variables.insert(variables.end(), std::begin(kDataVariables), std::end(kDataVariables));
  if (FindFlag(row.command, "embeddings-url") != nullptr) {
    variables.insert(variables.end(), std::begin(kServerVariables), std::end(kServerVariables));
  }
  if (row.uses_terminal)
    variables.insert(variables.end(), std::begin(kTerminalVariables), std::end(kTerminalVariables));
  return variables;
}

bool CanExitWithOne(const CommandRow& row) { return FindFlag(row.command, "exit-code") != nullptr; }

}  // namespace

absl::Span<const Flag> AllFlags() { return kFlags; }

std::string_view CommandName(Command command) { return RowOf(command).name; }

bool ParseInteger(std::string_view text, int64_t& value) {
  if (text.empty() || text.size() > 18) return false;
  int64_t number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return false;
    number = number * 10 + (c - '0');
  }
  value = number;
  return true;
}

std::string Nearest(std::string_view given, const std::vector<std::string>& known) {
  const std::string* best = nullptr;
  int best_distance = std::numeric_limits<int>::max();
  for (const std::string& name : known) {
    const int distance = EditDistance(given, name);
    if (distance < best_distance) {
      best = &name;
      best_distance = distance;
    }
  }
  const int allowed = std::max(1, static_cast<int>(given.size()) / 3);
  if (best != nullptr && best_distance <= allowed && best_distance < static_cast<int>(best->size())) return *best;
  // "--pres" for --presegmented.
  const std::string* only = nullptr;
  for (const std::string& name : known) {
    if (given.size() < 2 || name.compare(0, given.size(), given) != 0) continue;
    if (only != nullptr) return "";
    only = &name;
  }
  return only == nullptr ? "" : *only;
}

bool Arguments::Given(std::string_view flag) const { return values_.find(flag) != values_.end(); }

std::string Arguments::Get(std::string_view flag) const {
  const auto found = values_.find(flag);
  if (found != values_.end()) return found->second.back();
  const Flag* row = FindFlag(command_, flag);
  return row == nullptr ? "" : std::string(row->default_value);
}

int64_t Arguments::GetInteger(std::string_view flag) const {
  int64_t value = 0;
  return ParseInteger(Get(flag), value) ? value : 0;
}

std::vector<std::string> Arguments::GetAll(std::string_view flag) const {
  const auto found = values_.find(flag);
  return found == values_.end() ? std::vector<std::string>() : found->second;
}

absl::StatusOr<Arguments> ParseArguments(absl::Span<const std::string> given) {
  Arguments arguments;
  if (given.empty()) {
    return absl::InvalidArgumentError(
        "no command; start with narrdiff diff LEFT RIGHT, or see narrdiff "
        "--help");
  }
  if (given[0] == "--help" || given[0] == "-h") {
    arguments.command_ = Command::kHelp;
    return arguments;
  }
  if (given[0] == "--version" || given[0] == "-V") {
    arguments.command_ = Command::kVersion;
    return arguments;
  }
  NARRDIFF_ASSIGN_OR_RETURN(arguments.command_, FindCommand(given));
  const Command command = arguments.command_;
  const CommandRow& row = RowOf(command);

  bool flags_ended = false;
  for (size_t i = 1; i < given.size(); ++i) {
    const std::string& argument = given[i];
    if (flags_ended || argument.size() < 2 || argument[0] != '-') {
      arguments.operands_.push_back(argument);
      continue;
    }
    if (argument == "--") {
      flags_ended = true;
      continue;
    }
    const Flag* flag = nullptr;
    std::string value;
    bool has_value = false;
    if (argument[1] == '-') {
      const size_t equals = argument.find('=');
      const std::string name = argument.substr(2, equals == std::string::npos ? equals : equals - 2);
      flag = FindFlag(command, name);
      if (flag == nullptr) return UnknownFlag(command, name);
      if (equals != std::string::npos) {
        value = argument.substr(equals + 1);
        has_value = true;
      }
    } else {
      flag = FindLetter(command, argument[1]);
      if (flag == nullptr) {
        return absl::InvalidArgumentError(
            Cat("unknown flag ", argument, "; ", SeeHelp(command), ", and write -- before a file of this name"));
      }
      if (argument.size() > 2) {
        value = argument.substr(2);
        has_value = true;
      }
    }
    if (flag->kind == FlagKind::kSwitch) {
      if (has_value) {
        return absl::InvalidArgumentError(Cat(Dashed(*flag), " takes no value; write ", Dashed(*flag), " alone"));
      }
      value = "true";
    } else if (!has_value) {
      if (i + 1 == given.size()) {
        return absl::InvalidArgumentError(
            Cat(Dashed(*flag), " needs a value; write ", Dashed(*flag), "=", flag->value));
      }
      value = given[++i];
    }
    NARRDIFF_RETURN_IF_ERROR(CheckValue(*flag, value));
    if (flag->name == "help") {
      arguments.help_ = true;
      return arguments;
    }
    arguments.values_[std::string(flag->name)].push_back(std::move(value));
  }

  const size_t count = arguments.operands_.size();
  if (count < row.least_operands || count > row.most_operands) {
    return absl::InvalidArgumentError(Cat(row.name, " takes ", row.wants, ", not ", count,
                                          count == 1 ? " argument; " : " arguments; ", SeeHelp(command)));
  }
  return arguments;
}

std::string HelpOverview() {
  std::string out = Wrapped(kVersionNote, 0);
  Append(out, "\nUsage: narrdiff COMMAND [FLAGS] ARGUMENTS\n\nCommands:\n");
  size_t widest = 0;
  for (const CommandRow& row : kCommands) widest = std::max(widest, row.name.size());
  for (const CommandRow& row : kCommands) {
    Append(out, "  ", row.name, std::string(widest - row.name.size() + 2, ' '), row.summary, "\n");
  }
  Append(out, "\nExamples:\n");
  for (const CommandRow& row : kCommands) {
    if (row.command == Command::kHelp || row.examples[0].line.empty()) continue;
    Append(out, "  ", row.examples[0].line, "\n      ", row.examples[0].what, "\n");
  }
  Append(out, "\nExit codes:\n");
  for (const NamedNote& note : kExitCodes) {
    Append(out, "  ", note.name, "  ", std::string_view(Wrapped(note.note, 5)).substr(5));
  }
  Append(out, "\nnarrdiff COMMAND --help says all about one command.\n");
  return out;
}

std::string HelpFor(Command command) {
  const CommandRow& row = RowOf(command);
  std::string out = Cat("narrdiff ", row.name, ": ", row.summary, "\n\nUsage: ", Usage(row), "\n");
  if (!row.about.empty()) Append(out, "\n", Wrapped(row.about, 0));
  if (!row.examples[0].line.empty()) Append(out, "\nExamples:\n");
  for (const Example& example : row.examples) {
    if (!example.line.empty()) Append(out, "  ", example.line, "\n      ", example.what, "\n");
  }
  std::string_view heading;
  ForEachFlag(command, [&](std::string_view group, const Flag& flag) {
    if (group != heading) Append(out, "\n", group == kOther ? "Flags" : group, ":\n");
    heading = group;
    Append(out, "  ", FlagForm(flag), "\n", Wrapped(FlagText(flag), 6));
  });
  Append(out,
         "\nA value may follow as its own word: --flag VALUE. -- ends the "
         "flags.\n");
  const std::vector<NamedNote> variables = VariablesOf(row);
  if (!variables.empty()) Append(out, "\nEnvironment:\n");
  for (const NamedNote& variable : variables) {
    Append(out, "  ", variable.name, "\n", Wrapped(variable.note, 6));
  }
  Append(out, "\nExit codes:\n");
  for (const NamedNote& note : kExitCodes) {
    if (note.name == "1" && !CanExitWithOne(row)) continue;
    Append(out, "  ", note.name, "  ", std::string_view(Wrapped(note.note, 5)).substr(5));
  }
  return out;
}

std::string HelpMarkdown() {
  std::string out =
      Cat("<!-- Made by `narrdiff help --markdown` from the table in "
          "cli/flags.cc; a test compares the two. -->\n"
          "# The command line\n\n",
          kVersionNote,
          "\n\n```\nnarrdiff COMMAND [FLAGS] ARGUMENTS\n```\n\n| Command | "
          "|\n|---|---|\n");
  for (const CommandRow& row : kCommands) {
    Append(out, "| [", row.name, "](#narrdiff-", row.name, ") | ", row.summary, " |\n");
  }
  Append(out,
         "\nA flag's value follows after `=` or as the next word: "
         "`--flag=VALUE`, `--flag VALUE`. `--` ends "
         "the flags. `-` is standard\ninput, or standard output after `-o`.\n");
  for (const CommandRow& row : kCommands) {
    Append(out, "\n## narrdiff ", row.name, "\n\n", row.summary, "\n\n```\n", Usage(row), "\n```\n");
    if (!row.about.empty()) Append(out, "\n", row.about, "\n");
    if (!row.examples[0].line.empty()) Append(out, "\nExamples:\n\n```sh\n");
    for (const Example& example : row.examples) {
      if (!example.line.empty()) Append(out, example.line, "   # ", example.what, "\n");
    }
    if (!row.examples[0].line.empty()) Append(out, "```\n");
    std::string_view heading;
    ForEachFlag(row.command, [&](std::string_view group, const Flag& flag) {
      if (group != heading) Append(out, "\n**", group == kOther ? "Flags" : group, "**\n\n");
      heading = group;
      Append(out, "- `", FlagForm(flag), "`: ", FlagText(flag), "\n");
    });
  }
  Append(out, "\n## Environment\n\n");
  const auto list = [&out](absl::Span<const NamedNote> variables) {
    for (const NamedNote& variable : variables) Append(out, "- `", variable.name, "`: ", variable.note, "\n");
  };
  list(kDataVariables);
  list(kServerVariables);
  list(kTerminalVariables);
  Append(out, "\n## Exit codes\n\n");
  for (const NamedNote& note : kExitCodes) Append(out, "- `", note.name, "`: ", note.note, "\n");
  return out;
}

}  // namespace narrdiff::cli
