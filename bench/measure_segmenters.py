#!/usr/bin/env python3
# Copyright 2026 The narrdiff Authors
# SPDX-License-Identifier: Apache-2.0
"""Measures narrdiff and other segmenters on the same texts, scored alike, and prints one table.

Peers are Python packages: PyICU (Unicode's own rules, raw), pysbd, blingfire, syntok (English alone). One that is not
installed is named and left out. narrdiff gets each file as it is; a peer, which knows no files, gets it paragraph by
paragraph: the lines of a file, and of a hard-wrapped file the runs of lines between blank ones, once as they are and once,
which is kinder, with the line ends made spaces. Scores are those of the gold folder's own score.py.

  bench/measure_segmenters.py --eval ../shared/eval
  bench/measure_segmenters.py --speed --raw-icu bazel-bin/bench/raw_icu   the speed too, on 10 MB of each kind of text

Speed: narrdiff's is that of a whole run of the program, from a file into a file; raw ICU's that of its iterator alone, in
C++; a peer's that of its calls alone, and of as many paragraphs as it does in --sample seconds. All in seconds of the
processor, so that other work on the machine counts little; best of five.

Exit status: 0 done, 1 a run failed, 2 bad usage, or nothing to measure with.
"""

import argparse
import importlib.metadata
import json
import os
import pathlib
import statistics
import re
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
RUNS = 9


def child_seconds(command, environment):
    """Seconds that a command takes by the clock, and of the processors, that of the system for it too."""
    before = os.times()
    subprocess.run(command, check=True, env=environment)
    after = os.times()
    return (after.elapsed - before.elapsed,
            after.children_user + after.children_system - before.children_user - before.children_system)


def locate(text, sentences):
    """Where the sentences stand in `text`, told by their characters that are not white space."""
    spans, at = [], 0
    for sentence in sentences:
        count = len("".join(sentence.split()))
        if count == 0:
            continue
        begin = None
        while count and at < len(text):
            if not text[at].isspace():
                begin = at if begin is None else begin
                count -= 1
            at += 1
        if begin is not None:
            spans.append((begin, at))
    return spans


# --- Peers: each function makes a function that cuts a paragraph, one that makes spans of the outcome, and a version -----


def make_pyicu(language):
    import icu
    iterator = icu.BreakIterator.createSentenceInstance(icu.Locale(""))

    def cut(text):
        iterator.setText(text)
        return list(iterator)

    def spans(text, ends):
        if any(ord(c) > 0xFFFF for c in text):  # ICU counts UTF-16 units
            units = [0]
            for c in text:
                units.append(units[-1] + (2 if ord(c) > 0xFFFF else 1))
            at = {unit: i for i, unit in enumerate(units)}
            ends = [at[end] for end in ends]
        return list(zip([0, *ends], ends))
    return cut, spans, f"PyICU {icu.VERSION}, ICU {icu.ICU_VERSION}"


def make_pysbd(language):
    import pysbd
    return pysbd.Segmenter(language=language, clean=False).segment, locate, f"pysbd {importlib.metadata.version('pysbd')}"


def make_blingfire(language):
    import blingfire
    return (blingfire.text_to_sentences, lambda text, lines: locate(text, lines.split("\n")),
            f"blingfire {importlib.metadata.version('blingfire')}")


def make_syntok(language):
    import syntok.segmenter as segmenter
    if language != "en":
        raise NotImplementedError("English alone")

    def cut(text):
        return [sentence for paragraph in segmenter.process(text) for sentence in paragraph if sentence]

    def spans(text, sentences):
        return [(s[0].offset, s[-1].offset + len(s[-1].value)) for s in sentences]
    return cut, spans, f"syntok {importlib.metadata.version('syntok')}"


PEERS = {"ICU": make_pyicu, "pySBD": make_pysbd, "blingfire": make_blingfire, "syntok": make_syntok}


# --- Paragraphs -------------------------------------------------------------------------------------------------------


def paragraphs(text, wrapped):
    """Spans of the paragraphs: lines, or runs of lines between blank ones."""
    pattern = r"\S(?:.|\n(?![ \t]*\n))*" if wrapped else r"[^\n]*\S[^\n]*"
    return [match.span() for match in re.finditer(pattern, text)]


def cut_text(peer, text, wrapped, joined):
    cut, make_spans = peer
    spans = []
    for begin, end in paragraphs(text, wrapped):
        paragraph = text[begin:end]
        if joined:
            paragraph = paragraph.replace("\n", " ")
        spans += [(begin + a, begin + b) for a, b in make_spans(paragraph, cut(paragraph))]
    return spans


class Measurer:
    def __init__(self, options):
        self.options = options
        self.environment = dict(os.environ, LC_ALL="C.UTF-8")
        self.versions, self.absent, self.peers = {}, {}, {}

    def peer(self, name, language):
        """The peer's two functions, or None where it is not to be had."""
        key = name, language
        if key not in self.peers:
            self.peers[key] = None
            try:
                cut, spans, self.versions[name] = PEERS[name](language)
                self.peers[key] = cut, spans
            except ImportError:
                self.absent[name] = "not installed"
            except NotImplementedError:
                pass  # another language has it
        return self.peers[key]

    def narrdiff(self, source, text=None):
        done = subprocess.run([self.options.binary, "segment", "--format=spans", "--quiet", source], input=text,
                              capture_output=True, env=self.environment, check=True)
        return [tuple(map(int, line.split("\t")[:2])) for line in done.stdout.decode().splitlines()]

    # --- Accuracy -----------------------------------------------------------------------------------------------------

    def score(self, gold, cut):
        """F1 in per cent of what `cut(path, text)` says of each document."""
        with tempfile.TemporaryDirectory() as folder:
            for path in sorted(gold.glob("*.gold")):
                source = path.with_suffix(".txt")
                with open(source, encoding="utf-8", newline="") as file:
                    spans = cut(source, file.read())
                lines = "".join(f"{a}\t{b}\n" for a, b in spans)
                pathlib.Path(folder, path.stem + ".pred").write_text(lines, encoding="utf-8")
            done = subprocess.run([sys.executable, self.options.eval / "score.py", "segmentation", gold, folder],
                                  capture_output=True, text=True, check=True)
        return 100 * float(re.search(r"sentence P [\d.]+ R [\d.]+ F1 ([\d.]+)", done.stdout).group(1))

    def accuracy_rows(self):
        rows = []
        for gold in sorted((self.options.eval / "segmentation").glob("*/")):
            wrapped, language = "wrap" in gold.name, "zh" if "zh" in gold.name or "gsd" in gold.name else "en"
            for joined in (False, True) if wrapped else (False,):
                title = gold.name + (", joined" if joined else ", as it is" if wrapped else "")
                cells = ["" if joined else f"{self.score(gold, lambda source, text: self.narrdiff(source)):.2f}"]
                for name in PEERS:
                    peer = self.peer(name, language)
                    cells.append("" if peer is None else "%.2f" % self.score(
                        gold, lambda source, text, peer=peer: cut_text(peer, text, wrapped, joined)))
                rows.append((title, *cells))
        for path in sorted((self.options.eval / "segmentation").glob("golden-*.tsv")):
            language = "zh" if "zh" in path.name else "en"
            cases = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
            cutters = [lambda text: self.narrdiff("-", text.encode())]
            for name in PEERS:
                peer = self.peer(name, language)
                cutters.append(peer and (lambda text, peer=peer: cut_text(peer, text, False, False)))
            rows.append((f"{path.stem}, exact of {len(cases)}",
                         *("" if cut is None else str(sum(self.is_exact(cut, case) for case in cases)) for cut in cutters)))
        return rows

    @staticmethod
    def is_exact(cut, case):
        text = json.loads(case[2])
        found = [" ".join(text[a:b].split()) for a, b in cut(text)]
        return [f for f in found if f] == [" ".join(sentence.split()) for sentence in json.loads(case[3])]

    # --- Speed --------------------------------------------------------------------------------------------------------

    def speed_rows(self, folder):
        """MB/s of each, and the peak memory of narrdiff."""
        rows = []
        for title, names, language in (("English", ("puden-a",), "en"), ("Chinese", ("pudzh-a", "gsdsimp-dev"), "zh"),
                                       ("English, wrapped", ("pudenwrap-a",), "en")):
            wrapped = "wrapped" in title
            texts = [path.read_text(encoding="utf-8") for name in names
                     for path in sorted((self.options.eval / "segmentation" / name).glob("*.txt"))]
            if not texts:
                continue
            block = "\n\n".join(text.strip() for text in texts) + "\n\n"
            text = block * (self.options.megabytes * 1_000_000 // len(block.encode()) + 1)
            file = pathlib.Path(folder, "text")
            file.write_text(text, encoding="utf-8")
            megabytes = file.stat().st_size / 1e6
            elapsed, processor, kilobytes = self.time_narrdiff(file)
            cells = [f"{megabytes / elapsed:.1f}", f"{megabytes / processor:.1f}", f"{kilobytes * 1024 / file.stat().st_size:.1f}" if kilobytes else ""]
            cells.append(self.time_raw_icu(file, wrapped, megabytes))
            for name in PEERS:
                peer = self.peer(name, language)
                cells.append("" if peer is None else f"{self.time_peer(peer, text, wrapped):.3g}")
            rows.append((f"{title}, {megabytes:.0f} MB", *cells))
        return rows

    def time_narrdiff(self, file):
        """Median seconds by the clock and of the processors, and the peak memory."""
        kilobytes = 0
        command = [self.options.binary, "segment", "--format=spans", "--quiet", file, "-o", file.with_suffix(".spans")]
        times = [child_seconds(command, self.environment) for _ in range(RUNS)]
        elapsed, processor = (statistics.median(column) for column in zip(*times))
        try:
            done = subprocess.run(["/usr/bin/time", "-f", "%M", *command], stderr=subprocess.PIPE, text=True, check=True)
            kilobytes = int(done.stderr.split()[-1])
        except (OSError, ValueError):
            pass
        return elapsed, processor, kilobytes

    def time_raw_icu(self, file, wrapped, megabytes):
        if not self.options.raw_icu:
            return ""
        command = [self.options.raw_icu, file, "blank" if wrapped else "line"]
        seconds = [float(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[0])
                   for _ in range(RUNS)]
        return f"{megabytes / statistics.median(seconds):.1f}"

    def time_peer(self, peer, text, wrapped):
        cut = peer[0]
        texts = [text[a:b].replace("\n", " ") for a, b in paragraphs(text[:2_000_000], wrapped)]
        speeds = []
        for _ in range(RUNS):
            done, start = 0, time.process_time()
            for paragraph in texts:
                cut(paragraph)
                done += len(paragraph.encode())
                if time.process_time() - start > self.options.sample:
                    break
            speeds.append(done / 1e6 / (time.process_time() - start))
        return statistics.median(speeds)


def table(head, rows):
    rows = [head, *rows]
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    lines = ["| " + " | ".join(cell.ljust(width) if i == 0 else cell.rjust(width)
                               for i, (cell, width) in enumerate(zip(row, widths))) + " |" for row in rows]
    rule = "|" + "|".join("-" * (width + 1) + ("-" if i == 0 else ":") for i, width in enumerate(widths)) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binary", type=pathlib.Path, default=ROOT / ".build" / "narrdiff")
    parser.add_argument("--eval", type=pathlib.Path, default=ROOT.parent / "shared" / "eval")
    parser.add_argument("--speed", action="store_true", help="measure the speed too")
    parser.add_argument("--raw-icu", type=pathlib.Path, metavar="BINARY", help="//bench:raw_icu, for the speed of ICU alone")
    parser.add_argument("--megabytes", type=int, default=10, help="of text for the speed (default 10)")
    parser.add_argument("--sample", type=float, default=2, metavar="SECONDS", help="of each timing of a peer (default 2)")
    options = parser.parse_args()
    options.binary = options.binary.resolve()
    if not options.binary.exists() or not (options.eval / "score.py").exists():
        print(f"measure_segmenters: {options.binary} or {options.eval}/score.py is not there", file=sys.stderr)
        return 2
    measurer = Measurer(options)
    try:
        print(table(("set, F1 in per cent", "narrdiff", *PEERS), measurer.accuracy_rows()))
        if options.speed:
            with tempfile.TemporaryDirectory() as folder:
                rows = measurer.speed_rows(folder)
            print("\n" + table(("MB/s, medians", "narrdiff, by the clock", "of the processors", "memory / input", "raw ICU, C++", *PEERS), rows))
    except subprocess.CalledProcessError as failure:
        print(f"measure_segmenters: {failure}", file=sys.stderr)
        return 1
    own = subprocess.run([options.binary, "version"], capture_output=True, text=True).stdout.split("\n")[0]
    print("\n" + "; ".join([own, *measurer.versions.values(), *(f"{n}: {why}" for n, why in measurer.absent.items())]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
