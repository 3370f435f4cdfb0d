#!/usr/bin/env python3
# Copyright 2026 The narrdiff Authors
# SPDX-License-Identifier: Apache-2.0
"""Sorts the examples of docs/relations.md after the weights or the lexicon changed.

  bazel build //docs:relations_test && docs/sort_relations.py [--dry-run] [BINARY]

Runs the test. An example that the engine no longer gets moves to "Not reached yet" with `today:` what it gives; one that it now gets
moves to the end of its relation's section; other `today:` lines are brought up to date. Read the difference before you commit it: an
example that moves down is a loss. Evidence that is not found is left to you. With --dry-run nothing is written.
"""
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
DOCUMENT = os.path.join(ROOT, 'docs', 'relations.md')
TEST = os.path.join(ROOT, 'bazel-bin', 'docs', 'relations_test')


def block_at(lines, number):
    """The lines of the example whose fence is line `number` (from 1), as (begin, end)."""
    begin = number - 1
    end = begin + 1
    while lines[end] != '```':
        end += 1
    return begin, end + 1


def take_out(lines, begin, end):
    """Removes an example and the blank line after it."""
    block = lines[begin:end]
    if end < len(lines) and lines[end] == '':
        end += 1
    del lines[begin:end]
    return block


def end_of_section(lines, heading):
    """Where an example is added to the section: before the next heading, after its last line that is not blank."""
    at = lines.index(heading) + 1
    while at < len(lines) and not re.match('#{1,2} ', lines[at]):
        at += 1
    while lines[at - 1] == '':
        at -= 1
    return at


def main():
    given = [argument for argument in sys.argv[1:] if not argument.startswith('--')]
    output = subprocess.run([given[0] if given else TEST, '--gtest_color=no'], cwd=ROOT, capture_output=True, text=True).stdout
    if '[==========]' not in output:
        sys.exit('sort_relations: the test did not run to its end; nothing was changed')
    down = {int(n): given for n, given in re.findall(r'relations\.md:(\d+): wanted \w+, got (\w+)', output)}
    up = [int(n) for n in re.findall(r'relations\.md:(\d+): now right', output)]
    new = {int(n): given for n, given in re.findall(r'relations\.md:(\d+): write today: (\w+)', output)}
    print('%d move down, %d move up, %d change' % (len(down), len(up), len(new)))
    if '--dry-run' in sys.argv[1:]:
        return 0
    with open(DOCUMENT, encoding='utf8') as document:
        lines = document.read().split('\n')
    for number, given in new.items():
        begin, end = block_at(lines, number)
        for i in range(begin, end):
            if lines[i].startswith('today: '):
                lines[i] = 'today: ' + given
    moved = []
    for number in sorted(list(down) + up, reverse=True):
        block = take_out(lines, *block_at(lines, number))
        relation = next(line[len('relation: '):] for line in block if line.startswith('relation: '))
        block = [line for line in block if not line.startswith('today: ')]
        if number in down:
            at = next(i for i, line in enumerate(block) if line.startswith('relation: '))
            block.insert(at + 1, 'today: ' + down[number])
        moved.append(('## Not reached yet' if number in down else '## ' + relation, block))
    for heading, block in reversed(moved):
        at = end_of_section(lines, heading)
        lines[at:at] = [''] + block
    while lines[-1] == '':
        lines.pop()
    with open(DOCUMENT, 'w', encoding='utf8') as document:
        document.write('\n'.join(lines) + '\n')
    return 0


if __name__ == '__main__':
    sys.exit(main())
