#!/usr/bin/env python3
# Copyright 2026 The narrdiff Authors
# SPDX-License-Identifier: Apache-2.0
"""Measures whole runs of `narrdiff diff --mode=parallel` on long texts: seconds, memory and accuracy beside length.

The texts are made by bench/make_long_text.py from the documents of a gold folder. Both sides have the same documents in one
order, or, in the rows "gaps", each lacks some, and the right side has a passage of its own.

  bench/measure_long.py ../shared/eval/alignment/mac-dev
  bench/measure_long.py --sentences 1000 10000 --cores 2 FOLDER

Seconds are those of the processor, user and system, which other work on the machine touches least, and by the clock. Accuracy
is F1 as in score.py beads, strict, and once more where equal passages may stand for each other, for which of two copies of a
passage is missing on the other side nobody can tell.

Exit status: 0 done, 1 a run failed, 2 bad usage.
"""

import argparse
import collections
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent


def read_beads(path):
    beads = []
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = [tuple(int(i) for i in cell.split(",") if i) for cell in line.split("\t")[:2]]
        if any(cells):
            beads.append(tuple(cells))
    return beads


def f1(gold, predicted):
    """As score.py: a bead with an empty side counts against precision, not in recall."""
    both = lambda beads: [bead for bead in beads if bead[0] and bead[1]]
    right = lambda some, others: sum((collections.Counter(some) & collections.Counter(others)).values())
    precision = right(predicted, gold) / max(len(predicted), 1)
    recall = right(both(gold), both(predicted)) / max(len(both(gold)), 1)
    return 2 * precision * recall / max(precision + recall, 1e-9)


def as_texts(beads, folder):
    """Beads as the sentences themselves instead of their places."""
    sides = [(folder / name).read_text(encoding="utf-8").split("\n") for name in ("src.txt", "tgt.txt")]
    return [tuple(tuple(side[i] for i in cell) for side, cell in zip(sides, bead)) for bead in beads]


def run(options, folder):
    """Seconds of the processor, seconds by the clock, megabytes, predicted beads."""
    command = [options.binary, "diff", "--quiet", "--presegmented", "--mode=parallel", "--format=tsv",
               f"--output={folder / 'found.tsv'}", folder / "src.txt", folder / "tgt.txt"]
    cores = set(sorted(os.sched_getaffinity(0))[:options.cores])
    start = time.monotonic()
    process = subprocess.Popen(list(map(str, command)), stdin=subprocess.DEVNULL,
                               preexec_fn=lambda: os.sched_setaffinity(0, cores))
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{folder}: narrdiff ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, seconds, usage.ru_maxrss / 1024, read_beads(folder / "found.tsv")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=pathlib.Path, metavar="FOLDER")
    parser.add_argument("--sentences", type=int, nargs="+", default=[1000, 3000, 10000, 30000, 100000], metavar="N")
    parser.add_argument("--cores", type=int, default=1, help="that a run may use (default 1)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--binary", type=pathlib.Path, default=ROOT / ".build" / "narrdiff", help="default: .build/narrdiff")
    options = parser.parse_args()
    if not options.binary.is_file():
        print(f"measure_long: {options.binary}: no program; run ./narrdiff version first, which builds it", file=sys.stderr)
        return 2
    row = "| {:>5} | {:>8} | {:>8} | {:>6} | {:>6} | {:>8} | {:>5} | {:>5} | {:>6} |"
    print(row.format("text", "left", "right", "CPU s", "s", "us/sent.", "MB", "F1", "F1 alike"))
    print(row.format(*["---:"] * 9))
    for kind, flags in (("whole", []), ("gaps", ["--lack", ".1", "--insert", "1000"])):
        for sentences in options.sentences:
            with tempfile.TemporaryDirectory(prefix="narrdiff-long-") as name:
                folder = pathlib.Path(name)
                subprocess.run([ROOT / "bench" / "make_long_text.py", "--sentences", str(sentences), "--seed", str(options.seed),
                                *flags, *options.gold, folder], check=True)
                cpu, seconds, megabytes, found = run(options, folder)
                gold = read_beads(folder / "gold.tsv")
                counts = [sum(1 for _ in open(folder / side, encoding="utf-8")) for side in ("src.txt", "tgt.txt")]
                print(row.format(kind, *counts, f"{cpu:.1f}", f"{seconds:.1f}", f"{1e6 * cpu / sum(counts):.0f}",
                                 f"{megabytes:.0f}", f"{f1(gold, found):.3f}",
                                 f"{f1(as_texts(gold, folder), as_texts(found, folder)):.3f}"), flush=True)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (RuntimeError, subprocess.CalledProcessError) as failure:
        print(f"measure_long: {failure}", file=sys.stderr)
        sys.exit(1)
