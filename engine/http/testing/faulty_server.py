#!/usr/bin/env python3
# Copyright 2026 The narrdiff Authors
# SPDX-License-Identifier: Apache-2.0
"""A server of models for tests, which goes wrong in the way that the first part of the path names.

    faulty_server.py                  prints its port on the first line, and serves until its standard input ends
    POST /good/v1/embeddings          answers as it should; see FAULTS for the other ways
    POST /good/v1/chat/completions    the same as a judge of pairs
    GET /log                          what was asked so far: [{"path", "texts", "model", "key"}], and forgets it

A text's vector has 8 numbers made of the text's SHA-256, so that a test can tell whose vector it got. The judge calls a
pair deny where either sentence holds "reject", and counter where either holds "hacker". Python's standard library alone.
"""
import hashlib
import http.server
import json
import sys
import threading
import time

DIMENSIONS = 8
lock = threading.Lock()
log = []
counts = {}


def vector(text, dimensions=DIMENSIONS):
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return [(digest[k] - 127.5) / 64 for k in range(dimensions)]


def embeddings(texts, dimensions=DIMENSIONS):
    return {
        "object": "list",
        "data": [{"object": "embedding", "index": i, "embedding": vector(t, dimensions)} for i, t in enumerate(texts)],
        "model": "test",
        "usage": {"prompt_tokens": 1, "total_tokens": 1},
    }


def chat(content):
    return {
        "object": "chat.completion",
        "choices": [{"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": "stop"}],
        "model": "test",
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }


def judgement(question):
    """What a good judge says: JSON as text."""
    pairs = []
    question = json.loads(question)
    for candidate in question["candidates"]:
        for word, relation in (("reject", "deny"), ("hacker", "counter")):
            if word in candidate["text"] + question["sentence"]["text"]:
                pairs.append({"candidate": candidate["number"], "relation": relation, "strength": 3})
                break
    return json.dumps({"pairs": pairs})


def answer(texts):
    """As it should be: `texts` are those to embed, or the question to a judge."""
    return chat(judgement(texts)) if isinstance(texts, str) else embeddings(texts)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def send(self, body, code=200, headers=()):
        if not isinstance(body, (bytes, str)):
            body = json.dumps(body)
        if isinstance(body, str):
            body = body.encode("utf-8")
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        with lock:
            told = list(log)
            log.clear()
        self.send(told)

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        texts = request["input"] if "input" in request else request["messages"][-1]["content"]
        self.model, way = request["model"], self.path.split("/")[1]
        with lock:
            log.append({"path": self.path, "texts": texts, "model": self.model,
                        "key": self.headers.get("Authorization", "")})
            counts[way] = number = counts.get(way, 0) + 1
        fault = FAULTS.get(way)
        if fault is None:
            self.send({"error": {"message": "unknown route"}}, 404)
        else:
            fault(self, texts, number)

    # --- The ways. `number` counts the requests of each from 1.

    def good(self, texts, number):
        self.send(answer(texts))

    def unordered(self, texts, number):
        body = answer(texts)
        body["data"].reverse()
        self.send(body)

    def slow(self, texts, number):
        time.sleep(0.3)
        self.send(answer(texts))

    def busy(self, texts, number):
        """429 twice, with a wait, then well."""
        if number > 2:
            return self.send(answer(texts))
        self.send({"error": {"message": "slow down"}}, 429, [("Retry-After", "1")])

    def long_wait(self, texts, number):
        self.send({"error": {"message": "come back tomorrow"}}, 429, [("Retry-After", "86400")])

    def hiccup(self, texts, number):
        """500 once, then well."""
        if number > 1:
            return self.send(answer(texts))
        self.send("<html>\nInternal\tServer Error</html>", 500)

    def broken(self, texts, number):
        self.send("out of order", 503)

    def locked(self, texts, number):
        """Servers of large companies repeat the key in their refusal."""
        self.send({"error": {"message": "wrong key: " + self.headers.get("Authorization", "none")}}, 401)

    def bad_request(self, texts, number):
        self.send({"error": {"message": "no such model"}}, 400)

    def cut_once(self, texts, number):
        self.cut(texts, 1) if number == 1 else self.send(answer(texts))

    def cut(self, texts, number):
        body = json.dumps(answer(texts)).encode("utf-8")
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2])
        self.close_connection = True

    def nonsense(self, texts, number):
        self.send("<html><body>Welcome to our router</body></html>")

    def nan(self, texts, number):
        body = answer(texts)
        body["data"][0]["embedding"][3] = float("nan")
        self.send(body)

    def too_few(self, texts, number):
        self.send(answer(texts[:-1]))

    def mixed(self, texts, number):
        body = answer(texts)
        body["data"][-1]["embedding"].append(0.5)
        self.send(body)

    def growing(self, texts, number):
        """Each answer has larger vectors than the one before."""
        self.send(embeddings(texts, DIMENSIONS + number))

    def zero(self, texts, number):
        body = answer(texts)
        for item in body["data"]:
            item["embedding"] = [0] * DIMENSIONS
        self.send(body)

    def redirect(self, texts, number):
        place = self.path.replace("redirect", "good")
        self.send("", 307, [("Location", "http://localhost:%d%s" % (self.server.server_address[1], place))])

    def huge(self, texts, number):
        body = b'{"data":[' + b" " * (4 << 20)
        self.send(body + b"]}")

    def never(self, texts, number):
        time.sleep(600)

    def never_marked(self, texts, number):
        """Makes a file of the model's name, so that a test knows that it was asked, and never answers."""
        open(self.model, "w").close()
        time.sleep(600)

    def stall(self, texts, number):
        """Well at first, then never."""
        if number > 1:
            time.sleep(600)
        self.send(answer(texts))

    # --- Of a judge alone: answers of the right form around words that are none of a judge.

    def prose(self, texts, number):
        self.send(chat("Happy to help! " + judgement(texts)))

    def prose_once(self, texts, number):
        self.prose(texts, number) if number == 1 else self.send(answer(texts))

    def half(self, texts, number):
        self.send(chat(judgement(texts)[:-3]))

    def invented(self, texts, number):
        self.send(chat('{"pairs": [{"candidate": 99, "relation": "deny", "strength": 3}]}'))

    def silent(self, texts, number):
        """As servers do whose model used up its words."""
        self.send(chat(None))


FAULTS = {
    name: getattr(Handler, name)
    for name in ("good", "unordered", "slow", "busy", "long_wait", "hiccup", "broken", "locked", "bad_request", "cut",
                 "cut_once", "nonsense", "nan", "too_few", "mixed", "growing", "zero", "redirect", "huge", "never",
                 "never_marked", "stall", "prose", "prose_once", "half", "invented", "silent")
}


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        pass  # clients that go away are what is tested


def main():
    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
