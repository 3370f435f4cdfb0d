#!/usr/bin/env python3
# Copyright 2026 The narrdiff Authors
# SPDX-License-Identifier: Apache-2.0
"""What a judge of known quality is worth: runs narrdiff with a server that answers from the gold pairs, with mistakes.

    bench/measure_judge.py .build/narrdiff EVAL/competing [comp ...]

EVAL/competing holds a folder a document: left.sent, right.sent, pairs.tsv. For each quality of judge one row: the share of
gold pairs that it finds among those it is shown, the share of other candidates that it calls a pair, how often it names
the right relation; then pair F1 with --min-score=balanced, precision and recall with the default, and the accuracy of
relations, over all documents whose names start with one of the given words. The mistakes are told by a hash of the two
sentences, so every run is the same. It tells what the ten candidates and the constants of engine/judge/judge_pairs.h
let through, not how good any model is. Python's standard library alone.
"""
import argparse
import hashlib
import http.server
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import threading

RELATIONS = ["agree", "deny", "counter", "reframe", "differ", "respond"]
# Found among those shown, others taken for pairs, right relations.
JUDGES = [(1, 0, 1), (.9, .02, .9), (.75, .05, .8), (.6, .08, .7), (.4, .1, .6)]


def chance(*texts):
    """A number from 0 to 1 that is always the same for the same texts, whichever comes first."""
    return int(hashlib.sha256("\n".join(sorted(texts)).encode("utf-8")).hexdigest()[:8], 16) / 2**32


class Gold:
    def __init__(self, documents):
        self.relations, self.shown = {}, set()
        for document in documents:
            left, right = ((document / f"{side}.sent").read_text("utf-8").splitlines() for side in ("left", "right"))
            for line in (document / "pairs.tsv").read_text("utf-8").splitlines():
                lefts, rights, relation = line.split("\t")[:3]
                for i in lefts.split(","):
                    for j in rights.split(","):
                        self.relations[frozenset((left[int(i)][:200], right[int(j)][:200]))] = relation

    def answer(self, question, found, false, right):
        pairs = []
        sentence = question["sentence"]["text"][:200]
        for candidate in question["candidates"]:
            text = candidate["text"][:200]
            relation = self.relations.get(frozenset((sentence, text)))
            if relation is not None:
                self.shown.add(frozenset((sentence, text)))
            if chance("pair", sentence, text) >= (false if relation is None else found):
                continue
            if relation is None or chance("relation", sentence, text) >= right:
                others = [r for r in RELATIONS if r != relation]
                relation = others[int(chance("which", sentence, text) * len(others))]
            pairs.append({"candidate": candidate["number"], "relation": relation, "strength": 2})
        return json.dumps({"pairs": pairs})


def serve(gold):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        quality = None
        requests = sent = 0
        lock = threading.Lock()

        def log_message(self, *_):
            pass

        def do_POST(self):
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            with Handler.lock:
                Handler.requests += 1
                Handler.sent += len(raw)
            question = json.loads(json.loads(raw)["messages"][-1]["content"])
            words = gold.answer(question, *Handler.quality)
            body = json.dumps({"choices": [{"message": {"role": "assistant", "content": words}}]}).encode("utf-8")
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, Handler


def measure(program, documents, flags):
    """(P, R, F1, accuracy of relations) of all documents with these flags."""
    with tempfile.TemporaryDirectory() as folder:
        gold, out = pathlib.Path(folder, "gold"), pathlib.Path(folder, "out")
        gold.mkdir()
        out.mkdir()
        for document in documents:
            (gold / document.name).symlink_to(document.resolve())
            subprocess.run([program, "diff", "--presegmented", "--mode=competing", "--quiet", "--format=tsv", *flags,
                            document / "left.sent", document / "right.sent", "-o", out / f"{document.name}.tsv"], check=True)
        scored = subprocess.run([program, "score", "pairs", gold, out], check=True, capture_output=True, text=True).stdout
    precision, recall, f1 = re.search(r"P ([\d.]+) R ([\d.]+) F1 ([\d.]+)", scored).groups()
    accuracy = re.search(r"shared pairs ([\d.]+)", scored).group(1)
    return precision, recall, f1, accuracy


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("prefixes", nargs="*", default=["comp"])
    options = parser.parse_args()
    documents = sorted(p.parent for p in options.folder.glob("*/pairs.tsv") if p.parent.name.startswith(tuple(options.prefixes)))
    if not documents:
        sys.exit(f"measure_judge: no documents in {options.folder}")
    gold = Gold(documents)
    server, handler = serve(gold)
    print(f"{len(documents)} documents")
    print("| judge finds | errs | relations | balanced P | R | F1 | relations right | default P | R |")
    print("|---|---|---|---|---|---|---|---|---|")
    for quality in [None, *JUDGES]:
        handler.quality = quality
        flags = [] if quality is None else [f"--judge-url=http://127.0.0.1:{server.server_address[1]}", "--judge-model=gold",
                                            "--judge-cache=off"]
        balanced = measure(options.program, documents, [*flags, "--min-score=balanced"])
        sure = measure(options.program, documents, flags)
        name = "no judge | |" if quality is None else " | ".join(str(q) for q in quality)
        print(f"| {name} | {' | '.join(balanced)} | {' | '.join(sure[:2])} |")
    print(f"{handler.requests} requests, {handler.sent / max(handler.requests, 1):.0f} bytes each; "
          f"{len(gold.shown)} of {len(gold.relations)} gold pairs were shown")


if __name__ == "__main__":
    main()
