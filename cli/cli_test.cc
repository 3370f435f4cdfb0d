// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
//
// The program as users meet it: run as a process, judged by its output, its one
// line of error, its exit code, and the files it leaves. Every kind of bad
// input has a case.
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
#include <cstdlib>
#include <string>
#include <vector>

#include "cli/run_process.h"
#include "cli/text.h"
#include "engine/report/formats.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "proto/narrdiff/v1/batch.pb.h"
#include "proto/narrdiff/v1/comparison.pb.h"

namespace narrdiff::cli {
namespace {

using ::testing::ContainsRegex;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

std::string program;  // full path, set by main

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

constexpr char kLeft[] =
    "The United States opposes the attack on our mail servers.\n"
    "Hackers of the Chinese government stole letters from 9,400 servers.\n"
    "We call on China to stop the theft.\n";
constexpr char kRight[] =
    "China firmly opposes the groundless accusation of the United States.\n"
    "The Chinese government did not steal letters from any servers.\n"
    "The United States is the empire of hacking.\n";

// A comparison made by hand, so that what view does with it does not depend on
// the engine.
v1::Comparison MadeComparison(v1::Relation relation) {
  v1::Comparison comparison;
  const bool parsed = google::protobuf::TextFormat::ParseFromString(
      R"pb(
        schema: "narrdiff.v1"
        engine_version: "0.1.0"
        mode: MODE_COMPETING
        left {
          party: "US"
          language: "en"
          source_name: "us.txt"
          text: "They did it."
          sentences {
            span { end_byte: 12 end_code_point: 12 }
            text: "They did it."
            kind: STATEMENT
          }
        }
        right {
          party: "China"
          language: "en"
          source_name: "china.txt"
          text: "We did not."
          sentences {
            span { end_byte: 11 end_code_point: 11 }
            text: "We did not."
            kind: STATEMENT
          }
        }
        pairs { id: "L0-R0" left: 0 right: 0 score: 0.9 relation_confidence: 0.8 }
        summary {}
      )pb",
      &comparison);
  EXPECT_TRUE(parsed);
  comparison.mutable_pairs(0)->set_relation(relation);
  return comparison;
}

class CliTest : public testing::Test {
 protected:
  CliTest() : left_(folder_.Write("left.txt", kLeft)), right_(folder_.Write("right.txt", kRight)) {}

  Process Command(const std::vector<std::string>& arguments) const {
    Process process;
    process.arguments = {program};
    process.arguments.insert(process.arguments.end(), arguments.begin(), arguments.end());
    process.folder = folder_.path();
    process.variables["HOME"] = folder_.path();
    process.variables["NARRDIFF_DATA"] = "";  // no dictionary of this machine
    return process;
  }
  Outcome Run(const std::vector<std::string>& arguments, const std::string& in = "") const {
    Process process = Command(arguments);
    process.in = in;
    return RunProcess(process);
  }
  // The command fails with exit code 2, one line on standard error that has all
  // of `parts`, nothing on standard output, and no file besides those there
  // were.
  void ExpectRefusal(const Outcome& outcome, const std::vector<std::string>& parts,
                     const std::vector<std::string>& before) const {
    EXPECT_EQ(outcome.trouble, "");
    EXPECT_EQ(outcome.exit_code, 2) << outcome.err;
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
    EXPECT_THAT(outcome.err, StartsWith("narrdiff: "));
    EXPECT_THAT(outcome.err, HasSubstr("; ")) << "what to do";
    for (const std::string& part : parts) EXPECT_THAT(outcome.err, HasSubstr(part));
    EXPECT_EQ(folder_.Names(), before);
  }
  // The same for `diff FILE right.txt`, with the file on either side, and for
  // `segment FILE`, all with an output file.
  void ExpectFileRefused(const std::string& file, const std::vector<std::string>& parts) const {
    const std::vector<std::string> before = folder_.Names();
    ExpectRefusal(Run({"diff", file, "right.txt", "-o", "out.json"}), parts, before);
    ExpectRefusal(Run({"diff", "right.txt", file, "-o", "out.json"}), parts, before);
    ExpectRefusal(Run({"segment", file, "-o", "out.json"}), parts, before);
  }

  TemporaryFolder folder_;
  const std::string left_, right_;
};

// --- The plain way -----------------------------------------------------------

TEST_F(CliTest, VersionAndHelp) {
  const Outcome version = Run({"version"});
  EXPECT_THAT(version.out, ContainsRegex("^narrdiff [0-9]+\\.[0-9]+\\.[0-9]+\n$"));
  EXPECT_EQ(version.exit_code, 0);
  EXPECT_EQ(Run({"--version"}).out, version.out);
  EXPECT_THAT(Run({"--help"}).out, HasSubstr("Commands:"));
  EXPECT_EQ(Run({"--help"}).exit_code, 0);
  EXPECT_EQ(Run({"help"}).out, Run({"--help"}).out);
  for (const char* command : {"diff", "segment", "view", "batch", "score", "lexicon", "help", "version"}) {
    const Outcome help = Run({command, "--help"});
    EXPECT_EQ(help.exit_code, 0) << command;
    EXPECT_THAT(help.out, HasSubstr("Exit codes:")) << command;
    EXPECT_EQ(Run({"help", command}).out, help.out);
  }
}

TEST_F(CliTest, DocsAreMadeFromTheTable) {
  EXPECT_EQ(ReadFileForTest("docs/cli.md"), Run({"help", "--markdown"}).out)
      << "renew it with: narrdiff help --markdown >docs/cli.md";
}

TEST_F(CliTest, DiffWritesAReport) {
  const Outcome outcome =
      Run({"diff", "left.txt", "right.txt", "--presegmented", "--left-party=US", "--right-party=China"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("left.txt"));
  EXPECT_THAT(outcome.out, HasSubstr("empire of hacking"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("\x1b")));
}

TEST_F(CliTest, DiffWritesEveryFormatByNameAndByEnding) {
  struct Case {
    const char* format;
    const char* file;
    std::string start;
  };
  const Case cases[] = {
      {"text", "out.txt", ""},
      {"html", "out.html", "<!"},
      {"json", "out.json", "{"},
      {"textproto", "out.textproto", "#"},
      {"pb", "out.pb", "\n\x0bnarrdiff.v1"},
      {"pairs", "out.pairs.pb", ""},
      {"tsv", "out.tsv", ""},
      {"tmx", "out.tmx", "<?xml"},
      {"diffs", "out.diffs.tsv", ""},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.format);
    const std::vector<std::string> compare = {"diff",           "left.txt",        "right.txt",
                                              "--presegmented", "--mode=parallel", "--quiet"};
    std::vector<std::string> by_name = compare, by_ending = compare;
    by_name.push_back(Cat("--format=", c.format));
    by_ending.push_back(Cat("--output=", c.file));
    const Outcome named = Run(by_name);
    EXPECT_EQ(named.exit_code, 0) << named.err;
    EXPECT_THAT(named.out, StartsWith(c.start));
    const Outcome ended = Run(by_ending);
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_EQ(ended.out, "");
    EXPECT_EQ(ReadFileForTest(folder_.File(c.file)), named.out);
    unlink(folder_.File(c.file).c_str());
  }
  EXPECT_THAT(folder_.Names(), ElementsAre("left.txt", "right.txt"));
}

TEST_F(CliTest, TsvHasSixColumnsAndAHeaderOnlyWhenAsked) {
  const Outcome plain = Run({"diff", "--presegmented", "--mode=parallel", "--format=tsv", "left.txt", "right.txt"});
  ASSERT_EQ(plain.exit_code, 0) << plain.err;
  for (const std::string& line : Split(plain.out, '\n')) {
    if (!line.empty()) {
      EXPECT_EQ(Split(line, '\t').size(), 6u) << line;
    }
  }
  const Outcome headed =
      Run({"diff", "--presegmented", "--mode=parallel", "--format=tsv", "--header", "left.txt", "right.txt"});
  EXPECT_THAT(headed.out, EndsWith(plain.out));
  EXPECT_EQ(std::count(headed.out.begin(), headed.out.end(), '\n'),
            std::count(plain.out.begin(), plain.out.end(), '\n') + 1);
}

TEST_F(CliTest, StandardInputIsEitherSide) {
  const Outcome files = Run({"diff", "--presegmented", "--format=tsv", "left.txt", "right.txt"});
  EXPECT_EQ(Run({"diff", "--presegmented", "--format=tsv", "-", "right.txt"}, kLeft).out, files.out);
  EXPECT_EQ(Run({"diff", "--presegmented", "--format=tsv", "left.txt", "-"}, kRight).out, files.out);
  EXPECT_EQ(Run({"segment", "--format=spans", "-"}, kLeft).out, Run({"segment", "--format=spans", "left.txt"}).out);
}

TEST_F(CliTest, ViewShowsWhatDiffShowed) {
  const Outcome shown = Run({"diff", "left.txt", "right.txt", "--width=90"});
  ASSERT_EQ(shown.exit_code, 0) << shown.err;
  for (const char* file : {"out.pb", "out.json", "out.textproto"}) {
    SCOPED_TRACE(file);
    ASSERT_EQ(Run({"diff", "left.txt", "right.txt", "-o", file}).exit_code, 0);
    EXPECT_EQ(Run({"view", file, "--width=90"}).out, shown.out);
    // Without a name that tells, the content does.
    EXPECT_EQ(Run({"view", "-", "--width=90"}, ReadFileForTest(folder_.File(file))).out, shown.out);
    EXPECT_EQ(Run({"view", file, "--format=pb"}).out, Run({"diff", "left.txt", "right.txt", "--format=pb"}).out);
  }
}

TEST_F(CliTest, ExitCodeTellsOfFindingsOnlyWhenAsked) {
  struct Case {
    v1::Relation relation;
    int code;
  };
  for (const Case& c : {Case{v1::RELATION_DENY, 1}, Case{v1::RELATION_COUNTER, 1}, Case{v1::RELATION_DIFFER, 1},
                        Case{v1::RELATION_AGREE, 0}, Case{v1::RELATION_REFRAME, 0}, Case{v1::RELATION_RESPOND, 0},
                        Case{v1::RELATION_PARALLEL, 0}}) {
    folder_.Write("made.pb", ToBinary(MadeComparison(c.relation)));
    EXPECT_EQ(Run({"view", "made.pb"}).exit_code, 0);
    EXPECT_EQ(Run({"view", "--exit-code", "made.pb"}).exit_code, c.code) << c.relation;
  }
}

TEST_F(CliTest, SegmentListsUnits) {
  folder_.Write("titled.txt",
                "A Title\n\nMarch 6, 2031\n\nThe first sentence is here. The "
                "second is there.\n");
  const Outcome spans = Run({"segment", "--format=spans", "titled.txt"});
  EXPECT_EQ(spans.exit_code, 0) << spans.err;
  EXPECT_THAT(spans.out, HasSubstr("24\t51\n52\t72\n"));
  EXPECT_EQ(Run({"segment", "--format=spans", "--body", "titled.txt"}).out, "24\t51\n52\t72\n");
  EXPECT_THAT(Run({"segment", "titled.txt"}).out,
              HasSubstr("0 S The first sentence is here.\n1 S The second is there.\n"));
  EXPECT_THAT(Run({"segment", "--explain", "titled.txt"}).out,
              ContainsRegex("The first sentence is here.  \\[[a-z-]+\\]\n"));
  EXPECT_THAT(Run({"segment", "--format=json", "titled.txt"}).out, StartsWith("{\n"));
  v1::Statement statement;
  EXPECT_TRUE(statement.ParseFromString(Run({"segment", "--format=pb", "titled.txt"}).out));
  EXPECT_EQ(statement.sentences_size(), 2);
  EXPECT_EQ(Run({"segment", "--presegmented", "--format=spans", "-"}, "one. two\n\n三。四\n").out, "0\t8\n10\t13\n");
  ASSERT_EQ(Run({"segment", "titled.txt", "-o", "out.spans"}).exit_code, 0);
  EXPECT_EQ(ReadFileForTest(folder_.File("out.spans")), spans.out);
}

TEST_F(CliTest, ScorePrintsTheFiguresOfScorePy) {
  mkdir(folder_.File("gold").c_str(), 0700);
  mkdir(folder_.File("gold/d").c_str(), 0700);
  mkdir(folder_.File("pred").c_str(), 0700);
  folder_.Write("gold/d/gold.tsv", "0\t0\n1\t1\n");
  folder_.Write("pred/d.tsv", "0\t0\n1\t\n\t1\n");
  const Outcome outcome = Run({"score", "beads", "gold", "pred", "-v"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(outcome.out,
            "d                                        strict F1 0.4000\n"
            "strict P 0.3333 R 0.5000 F1 0.4000 | lax F1 0.4000\n");
  const std::vector<std::string> before = folder_.Names();
  ExpectRefusal(Run({"score", "bead", "gold", "pred"}), {"unknown task bead; did you mean beads?"}, before);
  ExpectRefusal(Run({"score", "beads", "no", "pred"}), {"no: no such folder"}, before);
  folder_.Write("pred/d.tsv", "0\tx\n");
  ExpectRefusal(Run({"score", "beads", "gold", "pred"}), {"pred/d.tsv:1: ", "\"x\" is no sentence number"}, before);
  for (const char* file : {"gold/d/gold.tsv", "pred/d.tsv"}) unlink(folder_.File(file).c_str());
  rmdir(folder_.File("gold/d").c_str());
}

TEST_F(CliTest, LexiconCompilesADictionary) {
  folder_.Write("terms.tsv", "关税\ttariff; customs duty\n");
  const Outcome outcome = Run({"lexicon", "compile", "--format=tsv", "terms.tsv", "terms.ndict"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(Run({"diff", "--dictionary=terms.ndict", "left.txt", "right.txt"}).exit_code, 0);
  const std::vector<std::string> before = folder_.Names();
  ExpectRefusal(Run({"lexicon", "compile", "terms.tsv", "x.ndict"}), {"terms.tsv:1:1: "}, before);
  ExpectRefusal(Run({"lexicon", "make", "terms.tsv", "x.ndict"}), {"lexicon compile IN OUT"}, before);
  ExpectRefusal(Run({"diff", "--dictionary=terms.tsv", "left.txt", "right.txt"}), {"terms.tsv", "dictionary"}, before);
  ExpectRefusal(Run({"diff", "--dictionary=no.ndict", "left.txt", "right.txt"}), {"no.ndict"}, before);
}

// A dictionary that nobody named must not stop the work.
TEST_F(CliTest, BrokenFoundDictionaryIsAWarning) {
  folder_.Write("cedict.ndict", "broken");
  Process process = Command({"diff", "--format=tsv", "left.txt", "right.txt"});
  process.variables["NARRDIFF_DATA"] = folder_.path();
  const Outcome outcome = RunProcess(process);
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.err, HasSubstr("narrdiff: warning: continuing without the dictionary "));
  EXPECT_EQ(outcome.out, Run({"diff", "--format=tsv", "left.txt", "right.txt"}).out);
}

TEST_F(CliTest, LexiconOfTheUsers) {
  folder_.Write("own.textproto", "entry { en: \"mail servers\" zh: \"邮件服务器\" issue: \"cyber\" }\n");
  EXPECT_EQ(Run({"diff", "--lexicon=own.textproto", "left.txt", "right.txt"}).exit_code, 0);
  folder_.Write("bad.textproto", "entry {\n  en \"mail\"\n}\n");
  ExpectRefusal(Run({"diff", "--lexicon=bad.textproto", "left.txt", "right.txt"}), {"bad.textproto:2:"},
                folder_.Names());
  ExpectRefusal(Run({"diff", "--lexicon=no.textproto", "left.txt", "right.txt"}), {"no.textproto: no such file"},
                folder_.Names());
}

// --- Terminals and pipes -----------------------------------------------------

size_t WidestLine(const std::string& text) {
  size_t widest = 0;
  for (const std::string& line : Split(text, '\n')) {
    size_t columns = 0;
    bool in_escape = false;
    for (const char c : line) {
      if (c == '\x1b') in_escape = true;
      // Continuation bytes of UTF-8 take no column; there is nothing wide in
      // these texts.
      if (!in_escape && (static_cast<unsigned char>(c) & 0xc0) != 0x80) ++columns;
      if (c == 'm') in_escape = false;
    }
    widest = std::max(widest, columns);
  }
  return widest;
}

TEST_F(CliTest, ColourAndTwoColumnsOnATerminalOnly) {
  if (!HasTerminals()) GTEST_SKIP() << "this machine has no pseudo-terminals (/dev/pts)";
  folder_.Write("made.pb", ToBinary(MadeComparison(v1::RELATION_DENY)));
  const std::string piped = Run({"view", "made.pb"}).out;
  EXPECT_THAT(piped, Not(HasSubstr("\x1b[")));

  Process terminal = Command({"view", "made.pb"});
  terminal.out = Process::Out::kTerminal;
  terminal.terminal_columns = 120;
  terminal.variables["TERM"] = "xterm";
  const std::string wide = RunProcess(terminal).out;
  EXPECT_THAT(wide, HasSubstr("\x1b["));
  EXPECT_GT(WidestLine(wide), 100u);
  EXPECT_LE(WidestLine(wide), 120u);

  terminal.terminal_columns = 50;
  EXPECT_LE(WidestLine(RunProcess(terminal).out), 50u);
  terminal.variables["NO_COLOR"] = "1";
  EXPECT_THAT(RunProcess(terminal).out, Not(HasSubstr("\x1b[")));
  terminal.variables["NO_COLOR"] = "";
  EXPECT_THAT(RunProcess(terminal).out, HasSubstr("\x1b["));
  terminal.variables["TERM"] = "dumb";
  EXPECT_THAT(RunProcess(terminal).out, Not(HasSubstr("\x1b[")));
  terminal.arguments.push_back("--color=always");
  EXPECT_THAT(RunProcess(terminal).out, HasSubstr("\x1b["));

  // A pipe has the stacked view, as wide as COLUMNS says or 100; with --width
  // it is side by side.
  EXPECT_EQ(piped, Run({"view", "made.pb", "--layout=stacked", "--width=100"}).out);
  EXPECT_NE(piped, Run({"view", "made.pb", "--width=100"}).out);
  EXPECT_EQ(Run({"view", "made.pb", "--width=100"}).out, Run({"view", "made.pb", "--layout=side-by-side"}).out);
  Process columns = Command({"view", "made.pb"});
  columns.variables["COLUMNS"] = "60";
  EXPECT_EQ(RunProcess(columns).out, Run({"view", "made.pb", "--layout=stacked", "--width=60"}).out);
  EXPECT_THAT(Run({"view", "made.pb", "--ascii", "--width=80"}).out, Not(HasSubstr("─")));
}

TEST_F(CliTest, BinaryIsNotWrittenToATerminal) {
  if (!HasTerminals()) GTEST_SKIP() << "this machine has no pseudo-terminals (/dev/pts)";
  folder_.Write("made.pb", ToBinary(MadeComparison(v1::RELATION_DENY)));
  for (const char* format : {"--format=pb", "--format=pairs"}) {
    Process terminal = Command({"view", "made.pb", format});
    terminal.out = Process::Out::kTerminal;
    ExpectRefusal(RunProcess(terminal), {"to a terminal"}, folder_.Names());
  }
}

// As ripgrep does, and unlike a program that SIGPIPE ends: no message, and the
// exit code that would have been.
TEST_F(CliTest, ReaderOfThePipeGone) {
  folder_.Write("made.pb", ToBinary(MadeComparison(v1::RELATION_DENY)));
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{"diff", "left.txt", "right.txt", "--quiet"},
                                             {"view", "made.pb"},
                                             {"segment", "left.txt"},
                                             {"help"},
                                             {"version"}}) {
    Process process = Command(arguments);
    process.out = Process::Out::kReaderGone;
    const Outcome outcome = RunProcess(process);
    EXPECT_EQ(outcome.exit_code, 0) << arguments[0] << " signal " << outcome.signal;
    EXPECT_EQ(outcome.err, "") << arguments[0];
  }
  Process process = Command({"view", "made.pb", "--exit-code"});
  process.out = Process::Out::kReaderGone;
  EXPECT_EQ(RunProcess(process).exit_code, 1);
}

TEST_F(CliTest, BatchStopsWhenItsReaderIsGone) {
  Process process = Command({"batch", "--quiet"});
  for (int i = 0; i < 1000; ++i) process.in += "{\"left\":{\"text\":\"a\"},\"right\":{\"text\":\"b\"}}\n";
  process.out = Process::Out::kReaderGone;
  const Outcome outcome = RunProcess(process);
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.err, "");
}

TEST_F(CliTest, SignalLeavesNoHalfFile) {
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    Process process = Command({"batch", "-o", "out.jsonl"});
    process.in = "{\"left\":{\"text\":\"a\"},\"right\":{\"text\":\"b\"}}\n";
    process.signal = number;
    process.signal_when = folder_.File(".narrdiff-");
    const Outcome outcome = RunProcess(process);
    EXPECT_EQ(outcome.signal, number) << outcome.exit_code << outcome.err;
    EXPECT_THAT(folder_.Names(), ElementsAre("left.txt", "right.txt"));
  }
}

// --- Bad usage ---------------------------------------------------------------

TEST_F(CliTest, BadUsage) {
  const std::vector<std::string> before = folder_.Names();
  ExpectRefusal(Run({}), {"no command"}, before);
  ExpectRefusal(Run({"dif", "left.txt", "right.txt"}), {"did you mean diff?"}, before);
  ExpectRefusal(Run({"diff", "left.txt"}), {"diff takes two statements"}, before);
  ExpectRefusal(Run({"diff", "--formatt=pb", "left.txt", "right.txt"}), {"did you mean --format?"}, before);
  ExpectRefusal(Run({"diff", "-", "-"}), {"standard input can be one side only"}, before);
  ExpectRefusal(Run({"help", "dif"}), {"did you mean diff?"}, before);
}

TEST_F(CliTest, UnknownFormat) {
  const std::vector<std::string> before = folder_.Names();
  ExpectRefusal(Run({"diff", "left.txt", "right.txt", "--format=docx"}),
                {"--format: \"docx\" is not one of text, html"}, before);
  ExpectRefusal(Run({"diff", "left.txt", "right.txt", "-o", "out.docx"}),
                {"out.docx: no format has the ending .docx", "--format"}, before);
  ExpectRefusal(Run({"segment", "left.txt", "-o", "out.tmx"}), {"out.tmx: no format has the ending .tmx"}, before);
  // A name without an ending is text.
  EXPECT_EQ(Run({"diff", "left.txt", "right.txt", "-o", "out"}).exit_code, 0);
  EXPECT_EQ(ReadFileForTest(folder_.File("out")), Run({"diff", "left.txt", "right.txt"}).out);
}

// --- Bad input ---------------------------------------------------------------

TEST_F(CliTest, MissingFile) { ExpectFileRefused("no.txt", {"no.txt: no such file; check the name"}); }

TEST_F(CliTest, Folder) {
  mkdir(folder_.File("sub").c_str(), 0700);
  ExpectFileRefused("sub", {"sub: is a folder; name a file in it"});
}

TEST_F(CliTest, NoPermission) {
  folder_.Write("secret.txt", "text");
  chmod(folder_.File("secret.txt").c_str(), 0);
  for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
           {"diff", "secret.txt", "right.txt", "-o", "out.json"}, {"segment", "secret.txt"}, {"view", "secret.txt"}}) {
    Process process = Command(arguments);
    process.respect_modes = true;
    const Outcome outcome = RunProcess(process);
    if (!outcome.trouble.empty()) GTEST_SKIP() << "this machine does not let rights be dropped";
    ExpectRefusal(outcome, {"secret.txt: no permission to read it"}, {"left.txt", "right.txt", "secret.txt"});
  }
}

TEST_F(CliTest, NoPermissionToWrite) {
  mkdir(folder_.File("sub").c_str(), 0500);
  Process process = Command({"diff", "left.txt", "right.txt", "-o", "sub/out.json"});
  process.respect_modes = true;
  const Outcome outcome = RunProcess(process);
  if (!outcome.trouble.empty()) GTEST_SKIP() << "this machine does not let rights be dropped";
  ExpectRefusal(outcome, {"sub/out.json: no permission to write it"}, {"left.txt", "right.txt", "sub"});
}

// No error: a one-sided report with an issue, which is repeated as a warning.
TEST_F(CliTest, EmptyFileAndWhiteSpaceOnly) {
  folder_.Write("empty.txt", "");
  folder_.Write("blank.txt", " \n\t\r\n　\n");
  for (const std::string file : {"empty.txt", "blank.txt"}) {
    SCOPED_TRACE(file);
    const Outcome outcome = Run({"diff", file, "right.txt"});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_THAT(outcome.err, HasSubstr(Cat("narrdiff: warning: ", file, ": ")));
    EXPECT_THAT(outcome.out, HasSubstr("empire of hacking"));
    EXPECT_EQ(Run({"diff", file, "right.txt", "--quiet"}).err, "");
    EXPECT_EQ(Run({"diff", file, file}).exit_code, 0);
    EXPECT_EQ(Run({"segment", file, "--format=spans"}).out, "");
    EXPECT_EQ(Run({"segment", file}).exit_code, 0);
  }
}

TEST_F(CliTest, Binary) {
  folder_.Write("image.png", std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0", 20));
  ExpectFileRefused("image.png", {"image.png:"});
  folder_.Write("nul.txt", std::string("some text\0with a nul", 20));
  ExpectFileRefused("nul.txt", {"nul.txt:"});
}

TEST_F(CliTest, Encodings) {
  // 中方坚决反对美方的无理指责。 in GBK, long enough for a guess, and in Big5 too short for one.
  folder_.Write("gbk.txt",
                "\xD6\xD0\xB7\xBD\xBC\xE1\xBE\xF6\xB7\xB4\xB6\xD4\xC3\xC0\xB7\xBD\xB5\xC4\xCE\xDE\xC0\xED\xD6\xB8"
                "\xD4\xF0\xA1\xA3\n");
  folder_.Write("big5.txt", "\xA4\xA4\xA4\xE8\xA4\xCF\xB9\xEF\xA1\x43\n");  // 中方反對。
  const Outcome guessed = Run({"segment", "gbk.txt"});
  EXPECT_EQ(guessed.out, "0 S 中方坚决反对美方的无理指责。\n") << guessed.err;
  EXPECT_THAT(Run({"diff", "gbk.txt", "right.txt", "--format=json"}).out, HasSubstr("taken for GB18030"));
  ExpectFileRefused("big5.txt", {"big5.txt:", "--encoding"});
  EXPECT_EQ(Run({"segment", "big5.txt", "--encoding=big5"}).out, "0 S 中方反對。\n");
  const Outcome sides =
      Run({"diff", "big5.txt", "gbk.txt", "--left-encoding=Big5", "--encoding=GBK", "--format=tsv", "--min-score=0"});
  EXPECT_EQ(sides.exit_code, 0) << sides.err;
  EXPECT_THAT(sides.out, HasSubstr("中方反對。"));
  EXPECT_THAT(sides.out, HasSubstr("中方坚决反对美方的无理指责。"));
  EXPECT_THAT(Run({"segment", "gbk.txt", "--encoding=klingon"}).err,
              HasSubstr("narrdiff: gbk.txt: no encoding is called klingon; "));
  const Outcome batch = Run({"batch"}, R"({"id":"1","left":{"path":"big5.txt","encoding":"Big5"},)"
                                       R"("right":{"text":"中方反对。"}})");
  EXPECT_THAT(batch.out, HasSubstr("中方反對。"));
}

// With pdftotext where this machine has it; without it everywhere.
TEST_F(CliTest, Pdf) {
  folder_.Write("talks.pdf", ReadFileForTest("testdata/pages/patrols.pdf"));
  folder_.Write("broken.pdf", "%PDF-1.4\nno more of it\n");
  Process bare = Command({"segment", "talks.pdf"});
  bare.variables["PATH"] = folder_.path();
  ExpectRefusal(RunProcess(bare), {"talks.pdf: is a PDF file, and pdftotext is not installed"}, folder_.Names());
  if (access("/usr/bin/pdftotext", X_OK) != 0) GTEST_SKIP() << "pdftotext is not installed here";
  const Outcome outcome = Run({"segment", "--body", "talks.pdf"});
  EXPECT_EQ(
      outcome.out,
      "0 S The coast guard counted nineteen patrols near Heron Bank this year and has asked the other side to explain "
      "them.\n"
      "1 S No answer came, and so the government has sent a note, which the ministry of the other side has not "
      "answered until today.\n"
      "2 S The government regrets this silence.\n"
      "3 S It asks for a hotline that is open at all hours, and it will raise the matter at the talks on March 5, "
      "2031.\n")
      << outcome.err;
  EXPECT_THAT(Run({"diff", "talks.pdf", "right.txt", "--format=json"}).out,
              HasSubstr("taken out of the file by pdftotext"));
  ExpectRefusal(Run({"segment", "broken.pdf"}), {"broken.pdf: pdftotext cannot read this PDF"}, folder_.Names());
}

TEST_F(CliTest, InvalidUtf8) {
  folder_.Write("broken.txt", "A first line.\nThe caf\x81 is closed.\n");
  ExpectFileRefused("broken.txt", {"narrdiff: broken.txt:", "byte 21", "2"});
  EXPECT_THAT(Run({"diff", "broken.txt", "right.txt"}).err, Not(ContainsRegex("broken.txt.*broken.txt")));
  EXPECT_THAT(Run({"diff", "right.txt", "-"}, "caf\x81 society").err, StartsWith("narrdiff: standard input: "));
  EXPECT_THAT(Run({"segment", "-"}, "caf\x81 society").err, StartsWith("narrdiff: standard input: "));
  folder_.Write("cut.txt", "A line that ends in half a sign: \xe4\xb8");
  ExpectFileRefused("cut.txt", {"narrdiff: cut.txt:", "byte 33", "1"});
}

TEST_F(CliTest, UnpairedUtf16) {
  // A byte order mark, "A", a high surrogate alone, "B".
  folder_.Write("lone.txt", std::string("\xff\xfe"
                                        "A\0"
                                        "\x3d\xd8"
                                        "B\0",
                                        8));
  ExpectFileRefused("lone.txt", {"lone.txt:", "byte 4"});
  folder_.Write("odd.txt", std::string("\xff\xfe"
                                       "A\0B",
                                       5));
  ExpectFileRefused("odd.txt", {"odd.txt:"});
}

TEST_F(CliTest, FileOf500Megabytes) {
  folder_.Write("huge.txt", "");
  ASSERT_EQ(truncate(folder_.File("huge.txt").c_str(), int64_t{500} << 20), 0);
  ExpectFileRefused("huge.txt", {"huge.txt: 524288000 bytes, and max_input_bytes is 67108864; "});
  const Outcome outcome = Run({"diff", "huge.txt", "right.txt"});
  if (!kSanitized) {
    EXPECT_LT(outcome.peak_kilobytes, 60'000) << "memory was spent before the limit was looked at";
  }
  // Through a pipe no more than the limit is read.
  ExpectRefusal(Run({"segment", "-"}, std::string((64 << 20) + 1, 'x')),
                {"standard input: more than 67108864 bytes, and "
                 "max_input_bytes is 67108864; "},
                folder_.Names());
}

TEST_F(CliTest, OneLineOf10Megabytes) {
  std::string line;
  while (line.size() < 10'000'000) line += "the very same words again and ";
  folder_.Write("line.txt", line + "end.\n");
  const Outcome outcome = Run({"diff", "line.txt", "right.txt", "-o", "out.json"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(Run({"segment", "--format=spans", "line.txt"}).out, Cat("0\t", line.size() + 4, "\n"));
}

TEST_F(CliTest, SameFileTwice) {
  const Outcome outcome = Run({"diff", "left.txt", "left.txt"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(Cat(outcome.out, outcome.err), HasSubstr("same"));
  EXPECT_EQ(Run({"diff", "left.txt", "left.txt", "--exit-code"}).exit_code, 0);
}

TEST_F(CliTest, OutputFolderMissing) {
  ExpectRefusal(Run({"diff", "left.txt", "right.txt", "-o", "no/out.json"}),
                {"no/out.json: no such folder; make it first"}, folder_.Names());
  ExpectRefusal(Run({"batch", "-o", "no/out.jsonl"}), {"no/out.jsonl: no such folder; make it first"}, folder_.Names());
}

TEST_F(CliTest, OutputIsAnInput) {
  ExpectRefusal(Run({"diff", "left.txt", "right.txt", "-o", "right.txt"}), {"right.txt: is both input and output"},
                folder_.Names());
  EXPECT_EQ(ReadFileForTest(right_), kRight);
}

TEST_F(CliTest, DiskFull) {
  folder_.Write("made.pb", ToBinary(MadeComparison(v1::RELATION_DENY)));
  const std::vector<std::string> before = folder_.Names();
  for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
           {"diff", "left.txt", "right.txt", "--quiet"}, {"view", "made.pb"}, {"segment", "left.txt"}}) {
    std::vector<std::string> to_file = arguments;
    to_file.insert(to_file.end(), {"-o", "/dev/full"});
    ExpectRefusal(Run(to_file),
                  {"/dev/full: no space left on the disk; free some, or choose "
                   "another place"},
                  before);
    Process process = Command(arguments);
    process.out = Process::Out::kFullDisk;
    ExpectRefusal(RunProcess(process), {"standard output: no space left on the disk"}, before);
  }
  Process help = Command({"help"});
  help.out = Process::Out::kFullDisk;
  ExpectRefusal(RunProcess(help), {"standard output: no space left on the disk"}, before);
  Process closed = Command({"view", "made.pb"});
  closed.out = Process::Out::kClosed;
  ExpectRefusal(RunProcess(closed), {"standard output: is closed"}, before);
}

TEST_F(CliTest, ComparisonCutShort) {
  ASSERT_EQ(Run({"diff", "left.txt", "right.txt", "-o", "whole.pb"}).exit_code, 0);
  const std::string whole = ReadFileForTest(folder_.File("whole.pb"));
  ASSERT_GT(whole.size(), 100u);
  folder_.Write("cut.pb", "");
  const std::vector<std::string> before = folder_.Names();
  for (const size_t size : {size_t{0}, size_t{1}, size_t{13}, size_t{14}, size_t{20}, whole.size() / 4,
                            whole.size() / 2, whole.size() * 3 / 4, whole.size() - 1}) {
    SCOPED_TRACE(size);
    folder_.Write("cut.pb", whole.substr(0, size));
    ExpectRefusal(Run({"view", "cut.pb", "--format=json"}), {"cut.pb: "}, before);
  }
  ASSERT_EQ(Run({"diff", "left.txt", "right.txt", "-o", "whole.json"}).exit_code, 0);
  const std::string json = ReadFileForTest(folder_.File("whole.json"));
  folder_.Write("cut.json", json.substr(0, json.size() / 2));
  ExpectRefusal(Run({"view", "cut.json"}), {"cut.json"}, folder_.Names());
}

TEST_F(CliTest, ComparisonNotOurs) {
  folder_.Write("text.pb", kLeft);
  folder_.Write("image.pb", std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16));
  folder_.Write("other.json", "{\"name\": \"something else\"}\n");
  folder_.Write("list.json", "[1, 2]\n");
  folder_.Write("other.textproto", "name: \"something else\"\n");
  v1::PairRecord record;
  record.set_left_text("They did it.");
  folder_.Write("records.pb", ToDelimited({record}));
  folder_.Write("records.pairs.pb", ToDelimited({record}));
  const std::vector<std::string> before = folder_.Names();
  for (const std::string file : {"text.pb", "image.pb", "other.json", "list.json", "other.textproto", "records.pb",
                                 "records.pairs.pb", "left.txt"}) {
    SCOPED_TRACE(file);
    ExpectRefusal(Run({"view", file, "-o", "out.html"}), {file}, before);
  }
  ExpectRefusal(Run({"view", "no.pb"}), {"no.pb: no such file"}, before);
}

// --- Batch -------------------------------------------------------------------

std::vector<v1::BatchReply> RepliesOf(const std::string& lines) {
  std::vector<v1::BatchReply> replies;
  for (const std::string& line : Split(lines, '\n')) {
    if (line.empty()) continue;
    replies.emplace_back();
    EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(line, &replies.back()).ok()) << line;
  }
  return replies;
}

TEST_F(CliTest, BatchAnswersInOrderAndGoesOnAfterErrors) {
  const Outcome outcome = Run({"batch"},
                              "{\"id\": \"one\", \"left\": {\"path\": \"left.txt\"}, \"right\": "
                              "{\"path\": \"right.txt\"}}\n"
                              "\n"
                              "not json\n"
                              "{\"id\": \"three\", \"left\": {\"path\": \"no.txt\"}, \"right\": "
                              "{\"text\": \"b\"}}\n"
                              "{\"id\": \"four\", \"left\": {\"txt\": \"a\"}, \"right\": "
                              "{\"text\": \"b\"}}\r\n"
                              "{\"id\": 5, \"left\": {\"text\": \"A b.\", \"party\": \"US\", "
                              "\"date\": \"2031-03-06\"},"
                              " \"right\": {\"text\": \"\"}, \"options\": {\"mode\": \"parallel\", "
                              "\"min_score\": 0.5}}\n"
                              "{\"id\": \"six\", \"right\": {\"text\": \"b\"}}\n"
                              "{\"id\": \"seven\", \"left\": {\"text\": \"a\"}, \"right\": "
                              "{\"text\": \"b\"},"
                              " \"options\": {\"min_score\": \"many\"}}");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.err, "narrdiff: batch: 5 of 7 requests failed; the replies say why\n");
  const std::vector<v1::BatchReply> replies = RepliesOf(outcome.out);
  ASSERT_EQ(replies.size(), 7u);
  EXPECT_EQ(replies[0].id(), "one");
  EXPECT_EQ(replies[0].comparison().left().source_name(), "left.txt");
  EXPECT_EQ(replies[1].id(), "");
  EXPECT_EQ(replies[1].error().code(), "INVALID_ARGUMENT");
  EXPECT_EQ(replies[1].error().message(), "line 3: is not JSON; give one whole JSON object on each line");
  EXPECT_EQ(replies[2].id(), "three");
  EXPECT_EQ(replies[2].error().code(), "NOT_FOUND");
  EXPECT_THAT(replies[2].error().message(), StartsWith("no.txt: no such file"));
  EXPECT_EQ(replies[3].id(), "four");
  EXPECT_THAT(replies[3].error().message(), StartsWith("line 5: is not a request: "));
  EXPECT_EQ(replies[4].id(), "5");
  EXPECT_EQ(replies[4].comparison().mode(), v1::MODE_PARALLEL) << replies[4].error().message();
  EXPECT_EQ(replies[4].comparison().left().date(), "2031-03-06");
  EXPECT_EQ(replies[5].error().message(), "left: is missing; give text or path for each side");
  EXPECT_EQ(replies[6].id(), "seven");
  EXPECT_EQ(replies[6].error().code(), "INVALID_ARGUMENT");
}

TEST_F(CliTest, BatchSaysWhatDiffSays) {
  const Outcome one = Run({"diff", "left.txt", "right.txt", "--format=pb", "--min-score=balanced"});
  v1::Comparison expected;
  ASSERT_TRUE(expected.ParseFromString(one.out));
  const Outcome outcome = Run({"batch", "--min-score=balanced", "-"},
                              "{\"left\": {\"path\": \"left.txt\"}, \"right\": "
                              "{\"path\": \"right.txt\"}}\n");
  const std::vector<v1::BatchReply> replies = RepliesOf(outcome.out);
  ASSERT_EQ(replies.size(), 1u);
  EXPECT_EQ(replies[0].comparison().SerializeAsString(), expected.SerializeAsString());
}

TEST_F(CliTest, BatchOfDelimitedProtobuf) {
  v1::BatchRequest request;
  request.set_id("one");
  request.mutable_left()->set_path("left.txt");
  request.mutable_right()->set_path("right.txt");
  const std::string bytes = request.SerializeAsString();
  const std::string record = Cat(static_cast<char>(bytes.size()), bytes);
  const std::string foreign = Cat(static_cast<char>(3), "\xff\xff\xff");
  const Outcome outcome = Run({"batch", "--format=pb", "--quiet"}, record + foreign + record);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  std::vector<v1::BatchReply> replies;
  for (size_t at = 0; at < outcome.out.size();) {
    uint64_t size = 0;
    for (int shift = 0;; shift += 7) {
      const uint8_t byte = static_cast<uint8_t>(outcome.out[at++]);
      size |= static_cast<uint64_t>(byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    ASSERT_LE(at + size, outcome.out.size());
    replies.emplace_back();
    ASSERT_TRUE(replies.back().ParseFromString(outcome.out.substr(at, size)));
    at += size;
  }
  ASSERT_EQ(replies.size(), 3u);
  EXPECT_EQ(replies[0].id(), "one");
  EXPECT_TRUE(replies[0].has_comparison());
  EXPECT_EQ(replies[1].error().message(), "message 2: is not a BatchRequest; see proto/narrdiff/v1/batch.proto");
  EXPECT_EQ(replies[2].SerializeAsString(), replies[0].SerializeAsString());

  // A stream that breaks off cannot be read on.
  const Outcome cut = Run({"batch", "--format=pb", "-o", "out.bin"}, record + record.substr(0, 5));
  ExpectRefusal(cut, {"standard input: ends in the middle of a message"}, {"left.txt", "right.txt"});
}

TEST_F(CliTest, BatchIntoAFile) {
  folder_.Write("requests.jsonl",
                "\xef\xbb\xbf{\"left\": {\"text\": \"a\"}, \"right\": "
                "{\"text\": \"b\"}}\n");
  EXPECT_EQ(Run({"batch", "requests.jsonl", "-o", "replies.jsonl"}).exit_code, 0);
  const std::vector<v1::BatchReply> replies = RepliesOf(ReadFileForTest(folder_.File("replies.jsonl")));
  ASSERT_EQ(replies.size(), 1u);
  EXPECT_TRUE(replies[0].has_comparison()) << replies[0].error().message();
  ExpectRefusal(Run({"batch", "no.jsonl"}), {"no.jsonl: no such file"}, folder_.Names());
  ExpectRefusal(Run({"batch", "--similarity=lexical", "--dictionary=no.ndict"}), {"no.ndict"}, folder_.Names());
}

}  // namespace
}  // namespace narrdiff::cli

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  char path[PATH_MAX];
  if (argc != 2 || realpath(argv[1], path) == nullptr) return 1;
  narrdiff::cli::program = path;
  return RUN_ALL_TESTS();
}
