#!/usr/bin/env python3
# Copyright 2026 The narrdiff Authors
# SPDX-License-Identifier: Apache-2.0
"""Makes a long text in two versions out of short ones, with its gold beads: documents repeated, shuffled, put end to end.

  bench/make_long_text.py --sentences 100000 ../shared/eval/alignment/mac-dev /tmp/long
  bench/make_long_text.py --lack .1 --insert 1000 ...      one side lacks a tenth of the documents and 1,000 sentences more
  bench/make_long_text.py --piece 50 ...                   what is shuffled are pieces of documents
  bench/make_long_text.py --sentences 0 --moves 2 ...      each document once, with two passages moved on the right side

Reads every folder below FROM that has a gold.tsv and src.txt, tgt.txt or left.sent, right.sent (one sentence a line; gold:
LEFT_IDS<TAB>RIGHT_IDS). Writes src.txt, tgt.txt and gold.tsv of the same form to OUT; beads of moved passages have "moved" in a
third column. Both sides have the same order of documents and at most --sentences sentences. The same --seed gives the same
bytes. Exit status: 0 done, 2 nothing to read.
"""

import argparse
import pathlib
import random
import sys


class Document:
    """Sentences of both sides and beads, pairs of lists of indices in order."""

    def __init__(self, left=(), right=(), beads=()):
        self.left, self.right, self.beads = list(left), list(right), list(beads)

    def add(self, other, sides="both"):
        """Appends another document; with sides "left" or "right" the other side lacks it."""
        at, to = len(self.left), len(self.right)
        left = other.left if sides != "right" else []
        right = other.right if sides != "left" else []
        if sides == "both":
            self.beads += [([i + at for i in a], [j + to for j in b], note) for a, b, note in other.beads]
        else:
            self.beads += [([at + i], [], "") for i in range(len(left))] + [([], [to + j], "") for j in range(len(right))]
        self.left += left
        self.right += right


def read(folder):
    names = ("src.txt", "tgt.txt") if (folder / "src.txt").exists() else ("left.sent", "right.sent")
    left, right = ((folder / name).read_text(encoding="utf-8").split("\n") for name in names)
    beads = []
    for line in (folder / "gold.tsv").read_text(encoding="utf-8").splitlines():
        ids = [[int(i) for i in cell.split(",") if i.strip()] for cell in line.split("\t")[:2]]
        if any(ids):
            beads.append((ids[0], ids[1], ""))
    # A last line end is no sentence.
    return Document(left[:-1] if left[-1] == "" else left, right[:-1] if right[-1] == "" else right, beads)


def pieces(document, least):
    """Cuts a document between beads into pieces of at least so many left sentences."""
    out, first, left, right = [], 0, 0, 0
    for k, (a, b, _) in enumerate(document.beads):
        end_left, end_right = (a[-1] + 1 if a else None), (b[-1] + 1 if b else None)
        if end_left is None or end_right is None or end_left - left < least or len(document.left) - end_left < least:
            continue
        out.append(Document(document.left[left:end_left], document.right[right:end_right],
                            [([i - left for i in a], [j - right for j in b], "") for a, b, _ in document.beads[first:k + 1]]))
        first, left, right = k + 1, end_left, end_right
    out.append(Document(document.left[left:], document.right[right:],
                        [([i - left for i in a], [j - right for j in b], "") for a, b, _ in document.beads[first:]]))
    return out


def drop_beads(document, share, rng):
    """The document with one side or the other left out of about so many of its beads."""
    out = Document()
    for left, right, note in document.beads:
        bead = Document([document.left[i] for i in left], [document.right[j] for j in right],
                        [(list(range(len(left))), list(range(len(right))), note)])
        out.add(bead, rng.choice(("left", "right")) if left and right and rng.random() < share else "both")
    return out


def move_passage(document, rng, size, distance):
    """Moves a run of beads with about `size` right sentences at least `distance` right sentences away; False if it cannot be."""
    # Only what stands in order may move, and only to where beads meet.
    starts, at = [], 0
    for k, (_, right, note) in enumerate(document.beads):
        if right and not note and right[0] == at:
            starts.append(k)
        at = max(at, right[-1] + 1) if right else at
    rng.shuffle(starts)
    for first in starts:
        last, count = first, 0
        while last < len(document.beads) and count < size and not document.beads[last][2]:
            count += len(document.beads[last][1])
            last += 1
        run = document.beads[first:last]
        if count != size or not all(left and right for left, right, _ in run):
            continue
        begin, end = run[0][1][0], run[-1][1][-1] + 1
        if end - begin != size:
            continue
        borders = [right[0] for k, (_, right, note) in enumerate(document.beads) if right and not note and not first <= k < last]
        borders = [b for b in borders if (b <= begin - distance or b >= end + distance)]
        borders = [b for b in borders if not any(note and right[0] < b <= right[-1] for _, right, note in document.beads)]
        if not borders:
            continue
        to = rng.choice(borders)
        order = list(range(len(document.right)))
        block = order[begin:end]
        rest = order[:begin] + order[end:]
        place = to if to <= begin else to - size
        order = rest[:place] + block + rest[place:]
        new = {old: k for k, old in enumerate(order)}
        document.right = [document.right[k] for k in order]
        document.beads = [(left, [new[j] for j in right], "moved" if first <= k < last else note)
                          for k, (left, right, note) in enumerate(document.beads)]
        return True
    return False


def make(documents, options):
    rng = random.Random(options.seed)
    out = Document()
    inserted = options.insert == 0
    order = []
    while True:
        last, order = order[-1:], list(documents)
        rng.shuffle(order)
        if order[:1] == last:  # which of two equal neighbours is missing, nobody could tell
            order.append(order.pop(0))
        for document in order:
            if options.sentences and max(len(out.left) + len(document.left), len(out.right) + len(document.right)) > options.sentences:
                return out
            if not inserted and len(out.left) >= options.sentences / 2:
                inserted = True
                passage = Document()
                while len(passage.right) < options.insert:
                    passage.add(rng.choice(documents))
                out.add(Document([], passage.right[:options.insert]), "right")
            if options.drop:
                document = drop_beads(document, options.drop, rng)
            out.add(document, rng.choice(("left", "right")) if rng.random() < options.lack else "both")
        if not options.sentences:
            return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", nargs="+", type=pathlib.Path, metavar="FROM")
    parser.add_argument("out", type=pathlib.Path, metavar="OUT")
    parser.add_argument("--sentences", type=int, default=10_000, help="most of one side; 0: each document once (default 10000)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--piece", type=int, default=0, metavar="N", help="cut documents into pieces of at least N sentences first")
    parser.add_argument("--lack", type=float, default=0, metavar="SHARE", help="of the documents, left out on one side (default 0)")
    parser.add_argument("--drop", type=float, default=0, metavar="SHARE", help="of the beads, of which one side is left out (default 0)")
    parser.add_argument("--insert", type=int, default=0, metavar="N", help="sentences put into the middle of the right side alone")
    parser.add_argument("--moves", type=int, default=0, metavar="N", help="passages of 1 to 8 sentences moved on the right side")
    parser.add_argument("--distance", type=int, default=10, metavar="N", help="least distance of a move in sentences (default 10)")
    options = parser.parse_args()
    folders = sorted({gold.parent for source in options.source for gold in source.rglob("gold.tsv")})
    if not folders:
        print(f"make_long_text: {' '.join(map(str, options.source))}: no gold.tsv below it", file=sys.stderr)
        return 2
    documents = [read(folder) for folder in folders]
    if options.piece:
        documents = [piece for document in documents for piece in pieces(document, options.piece)]
    text = make(documents, options)
    rng = random.Random(options.seed)
    for _ in range(options.moves):
        move_passage(text, rng, rng.randint(1, 8), options.distance)
    options.out.mkdir(parents=True, exist_ok=True)
    for name, sentences in (("src.txt", text.left), ("tgt.txt", text.right)):
        (options.out / name).write_text("".join(s + "\n" for s in sentences), encoding="utf-8")
    rows = ["\t".join([",".join(map(str, left)), ",".join(map(str, right))] + ([note] if note else [])) for left, right, note in text.beads]
    (options.out / "gold.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
