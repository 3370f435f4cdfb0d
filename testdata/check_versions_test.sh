#!/usr/bin/env bash
# Copyright 2026 The narrdiff Authors
# SPDX-License-Identifier: Apache-2.0
#
# Runs narrdiff over testdata/versions/ with the built-in lexicon alone and holds the F1 of its differences to a floor.
# tools/measure does the same with CC-CEDICT.
set -euo pipefail

FLOOR=.91
narrdiff=$PWD/cli/narrdiff
export NARRDIFF_DATA=
for folder in testdata/versions/*/; do
  "$narrdiff" diff --quiet --presegmented --mode=parallel "$folder/left.sent" "$folder/right.sent" --format=diffs \
    -o "$TEST_TMPDIR/$(basename "$folder").tsv"
done
figures=$("$narrdiff" score diffs testdata/versions "$TEST_TMPDIR" -v)
echo "$figures"
f1=$(sed -n 's/^diffs .* F1 \([0-9.]*\) .*/\1/p' <<<"$figures")
awk -v f1="$f1" -v floor="$FLOOR" 'BEGIN { exit !(f1 >= floor) }' || { echo "F1 $f1 is below $FLOOR"; exit 1; }
