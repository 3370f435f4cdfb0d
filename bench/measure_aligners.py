#!/usr/bin/env python3
# Copyright 2026 The narrdiff Authors
# SPDX-License-Identifier: Apache-2.0
"""Times narrdiff's aligner beside those of PyPI, on documents with gold beads, and scores what each found.

The peers are optional and live in an environment of their own, with whose Python this is run; one that is missing is named:

  python3 -m venv VENV && VENV/bin/pip install sentalign==0.3.0 sentweave==0.3.3 galechurch==0.1.0
  bazel build //bench:align_texts //bench:embed_lines
  VENV/bin/python bench/measure_aligners.py ../shared/eval/alignment/mac-dev --documents 004

sentalign and sentweave carry vecalign's search (Thompson and Koehn 2019) and get the vectors of narrdiff's model, all overlaps
of up to four sentences; the time of embedding is taken off. galechurch is Gale and Church's (1993) search over lengths. Bertalign
is not on PyPI. narrdiff is timed in its process, without reading and reporting, terms and matches included, by words alone.
Of RUNS runs the fastest counts. F1 is strict, as in score.py beads.
"""

import argparse
import json
import pathlib
import struct
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
OVERLAPS = 4


def read_beads(lines):
    """Pairs of tuples of indices, from lines of LEFT_IDS<TAB>RIGHT_IDS."""
    for line in lines:
        left, right = (line.rstrip("\n").split("\t") + [""])[:2]
        bead = tuple(tuple(int(i) for i in side.split(",") if i) for side in (left, right))
        if any(bead):
            yield bead


def strict_f1(gold, found):
    """As score.py: beads with an empty side count in precision, not in recall."""
    two = [set(bead for bead in beads if all(bead)) for beads in (gold, found)]
    precision = len(set(gold) & set(found)) / max(len(found), 1)
    recall = len(two[0] & two[1]) / max(len(two[0]), 1)
    return 2 * precision * recall / max(precision + recall, 1e-9)


class Encoder:
    """The model's pooled vectors; counts the seconds it took, and embeds no text twice."""

    def __init__(self, program, model):
        self.command, self.vectors, self.seconds = [program, model, "0"], {}, 0.0

    def __call__(self, texts):
        import numpy
        start = time.perf_counter()
        new = sorted(set(text.replace("\n", " ") for text in texts) - self.vectors.keys())
        if new:
            with tempfile.NamedTemporaryFile() as out:
                subprocess.run([*self.command, out.name], input="\n".join(new) + "\n", text=True, check=True,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                data = pathlib.Path(out.name).read_bytes()
            at, size = 0, 4 * 384
            for text in new:
                self.vectors[text] = numpy.frombuffer(data, numpy.float32, 384, at).copy()
                (tokens,) = struct.unpack_from("<i", data, at + size)
                at += size + 4 + tokens * size
        result = numpy.stack([self.vectors[text.replace("\n", " ")] for text in texts])
        self.seconds += time.perf_counter() - start
        return result


def peers(encoder):
    """Name and function from two lists of sentences to beads, for those that are installed."""
    found = {}

    def vecalign(align):
        return lambda left, right: [(tuple(a.src_indices), tuple(a.tgt_indices)) for a in
                                    align(left, right, encoder=encoder, alignment_max_size=OVERLAPS + 1).alignments]

    try:
        import sentalign
        found["sentalign 0.3.0 (vecalign)"] = vecalign(sentalign.sentalign)
    except ImportError:
        print("sentalign is not installed", file=sys.stderr)
    try:
        import sentweave
        found["sentweave 0.3.3 (vecalign)"] = vecalign(sentweave.align)
    except ImportError:
        print("sentweave is not installed", file=sys.stderr)
    try:
        import galechurch
        found["galechurch 0.1.0"] = lambda left, right: [
            (tuple(range(b.source_start, b.source_end)), tuple(range(b.target_start, b.target_end)))
            for b in galechurch.align(left, right).beads]
    except ImportError:
        print("galechurch is not installed", file=sys.stderr)
    return found


def main():
    parser = argparse.ArgumentParser(description="Times narrdiff's aligner beside those of PyPI.")
    parser.add_argument("folder", type=pathlib.Path, help="documents, each with src.txt, tgt.txt and gold.tsv")
    parser.add_argument("--documents", nargs="*", default=[], help="names of some; default: all")
    parser.add_argument("--languages", nargs=2, default=["zh", "en"])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--binary", default=str(ROOT / "bazel-bin/cli/narrdiff"))
    options = parser.parse_args()
    documents = [d for d in sorted(options.folder.iterdir())
                 if (d / "gold.tsv").exists() and (not options.documents or d.name in options.documents)]
    encoder = Encoder(str(ROOT / "bazel-bin/bench/embed_lines"), str(ROOT / ".data/models/multilingual-e5-small"))
    programs = peers(encoder)
    dictionary = ROOT / ".data/cedict.ndict"
    rows = {}
    for document in documents:
        texts = [(document / name).read_text(encoding="utf-8").splitlines() for name in ("src.txt", "tgt.txt")]
        gold = list(read_beads((document / "gold.tsv").read_text().splitlines()))
        paths = [str(document / "src.txt"), str(document / "tgt.txt")]
        timed = json.loads(subprocess.run(
            [ROOT / "bazel-bin/bench/align_texts", str(options.runs), str(dictionary) if dictionary.exists() else "",
             *options.languages, *paths], capture_output=True, text=True, check=True).stdout.splitlines()[0])
        found = subprocess.run([options.binary, "diff", "--mode=parallel", "--presegmented", "--similarity=lexical", "--format=tsv",
                                *paths], capture_output=True, text=True, check=True,
                               env={"NARRDIFF_DATA": str(ROOT / ".data"), "LC_ALL": "C.UTF-8"}).stdout.splitlines()
        rows.setdefault("narrdiff, words", []).append((timed["terms_s"] + timed["align_s"],
                                                       strict_f1(gold, list(read_beads(found)))))
        for name, align in programs.items():
            seconds = []
            for _ in range(options.runs):
                encoder.seconds, start = 0.0, time.perf_counter()
                beads = align(*texts)
                seconds.append(time.perf_counter() - start - encoder.seconds)
            rows.setdefault(name, []).append((min(seconds), strict_f1(gold, [b for b in beads if any(b)])))
    print(f"| aligner | documents | seconds | strict F1, mean |\n|---|--:|--:|--:|")
    for name, figures in rows.items():
        print(f"| {name} | {len(figures)} | {sum(s for s, _ in figures):.4f} | {sum(f for _, f in figures) / len(figures):.3f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
