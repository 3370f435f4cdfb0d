#!/usr/bin/env python3
# Copyright 2026 The narrdiff Authors
# SPDX-License-Identifier: Apache-2.0
"""Prints the denials of a .pairs.pb file: print_denials.py talks.pairs.pb. README.md says how to run it."""
import sys

from narrdiff.v1 import comparison_pb2  # made by protoc


def read_records(stream):
    """The PairRecords of a stream in protobuf's delimited form: each is preceded by its size as a varint."""
    while True:
        size = shift = 0
        while True:
            byte = stream.read(1)
            if not byte and shift == 0:
                return
            if not byte or shift > 28:
                raise ValueError('not a .pairs.pb file, or cut short')
            size |= (byte[0] & 0x7F) << shift
            shift += 7
            if byte[0] < 0x80:
                break
        data = stream.read(size)
        if len(data) < size:
            raise ValueError('the file is cut short')
        yield comparison_pb2.PairRecord.FromString(data)


if __name__ == '__main__':
    with open(sys.argv[1], 'rb') as pairs:
        for record in read_records(pairs):
            if record.relation == comparison_pb2.RELATION_DENY:
                print('%s  score %.2f, denial %.2f' % (record.pair_id, record.score, record.relation_confidence))
                print('  %s: %s' % (record.left_party or 'left', record.left_text))
                print('  %s: %s' % (record.right_party or 'right', record.right_text))
                print('  why: %s' % '; '.join(record.reasons))
