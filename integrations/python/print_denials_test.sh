#!/usr/bin/env bash
# Copyright 2026 The narrdiff Authors
# SPDX-License-Identifier: Apache-2.0
#
# print_denials_test.sh NARRDIFF PRINT_DENIALS LEFT RIGHT: what narrdiff writes as .pairs.pb is read by print_denials.py, which
# finds as many denials as the TSV has.
set -euo pipefail

narrdiff="$1" print_denials="$2" left="$3" right="$4"
# The folder of the generated module, narrdiff/v1/comparison_pb2.py.
export PYTHONPATH="integrations/python" PYTHONDONTWRITEBYTECODE=1
pairs="$TEST_TMPDIR/talks.pairs.pb"

fail() {
  echo "print_denials_test: $*" >&2
  exit 1
}

"$narrdiff" diff --quiet --min-score=balanced -o "$pairs" "$left" "$right"
python3 "$print_denials" "$pairs" >"$TEST_TMPDIR/denials.txt"
cat "$TEST_TMPDIR/denials.txt"
wanted="$("$narrdiff" diff --quiet --min-score=balanced --format=tsv "$left" "$right" | cut -f 3 | grep -c '^deny$' || true)"
found="$(grep -c '^  why: ' "$TEST_TMPDIR/denials.txt" || true)"
((wanted > 0)) || fail "narrdiff finds no denial in $left and $right"
((found == wanted)) || fail "$found denials printed, $wanted in the TSV"
grep -q '^  US: ' "$TEST_TMPDIR/denials.txt" || fail "no party of the left side"

# A file that is cut short is an error, not a shorter list.
size="$(stat -c %s "$pairs")"
head -c $((size - 1)) "$pairs" >"$TEST_TMPDIR/short.pairs.pb"
! python3 "$print_denials" "$TEST_TMPDIR/short.pairs.pb" >/dev/null 2>&1 || fail "a file that is cut short was taken for whole"
