#!/usr/bin/env python3
# Copyright 2026 The narrdiff Authors
# SPDX-License-Identifier: Apache-2.0
"""Compares what narrdiff makes of the test statements with testdata/golden/, and updates it when asked to.

  testdata/check_goldens.py BINARY             prints a unified difference for each golden that no longer fits; exit 1
  testdata/check_goldens.py BINARY --update    writes the goldens anew (then read the difference before you commit it)

Each case is a folder of testdata/pairs/ or testdata/articles/. The versions of ICU and of the lexicon are left out, so that
a golden changes only when something that a reader sees does.
"""
import difflib
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
GOLDEN = os.path.join(HERE, 'golden')


def cases():
    """Yields (case, file name of the golden, arguments of narrdiff)."""
    pairs = os.path.join(HERE, 'pairs')
    for name in sorted(os.listdir(pairs)):
        folder = os.path.join('pairs', name)
        sides = ('us.txt', 'china.txt') if os.path.exists(os.path.join(HERE, folder, 'us.txt')) else ('en.txt', 'zh.txt')
        files = [os.path.join(folder, side) for side in sides]
        yield name, 'report.txt', ['diff', '--format=text', '--width=100', '--layout=side-by-side', '--color=never'] + files
        yield name, 'stacked.txt', ['diff', '--format=text', '--width=60', '--color=never'] + files
        yield name, 'report.html', ['diff', '--format=html'] + files
        yield name, 'pairs.tsv', ['diff', '--format=tsv', '--header', '--min-score=balanced'] + files
        yield name, 'comparison.textproto', ['diff', '--format=textproto'] + files
    articles = os.path.join(HERE, 'articles')
    for name in sorted(os.listdir(articles)):
        article = os.path.join('articles', name, 'article.txt')
        yield 'article-' + name, 'segment.txt', ['segment', '--format=text', article]
        yield 'article-' + name, 'statement.json', ['segment', '--format=json', article]


def normalise(text):
    text = re.sub(r'builtin:[0-9a-f]{16}', 'builtin:HASH', text)
    return re.sub(r'(icu: "|ICU )[0-9.]+', r'\1VERSION', text)


def run(binary, arguments):
    environment = {'PATH': os.environ.get('PATH', ''), 'NARRDIFF_DATA': '', 'LC_ALL': 'C.UTF-8'}
    done = subprocess.run([binary] + arguments, cwd=HERE, env=environment, stdin=subprocess.DEVNULL, capture_output=True)
    if done.returncode != 0:
        raise SystemExit('narrdiff %s: exit %d: %s' % (' '.join(arguments), done.returncode, done.stderr.decode()))
    return normalise(done.stdout.decode('utf8'))


def main():
    if len(sys.argv) not in (2, 3) or (len(sys.argv) == 3 and sys.argv[2] != '--update'):
        raise SystemExit(__doc__)
    binary = os.path.abspath(sys.argv[1])
    update = len(sys.argv) == 3
    wrong = count = 0
    for case, name, arguments in cases():
        count += 1
        path = os.path.join(GOLDEN, case, name)
        got = run(binary, arguments)
        if update:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, 'w', encoding='utf8', newline='') as out:
                out.write(got)
            continue
        want = open(path, encoding='utf8', newline='').read() if os.path.exists(path) else ''
        if got == want:
            continue
        wrong += 1
        shown = os.path.join('testdata/golden', case, name)
        difference = difflib.unified_diff(want.splitlines(), got.splitlines(), shown, 'now', lineterm='', n=1)
        for number, line in enumerate(difference):
            if number > 60:
                print('... and more')
                break
            print(line)
    if update:
        print('%d goldens written' % count)
        return
    if wrong:
        print('%d of %d goldens differ. If the change is meant: tools/update_goldens, and read the difference.' % (wrong, count))
    sys.exit(1 if wrong or count == 0 else 0)


if __name__ == '__main__':
    main()
