#!/usr/bin/env bash
# Copyright 2026 The narrdiff Authors
# SPDX-License-Identifier: Apache-2.0
#
# compare_two_statements_test.sh PROGRAM LEFT RIGHT: the program prints a report of the two files with at least one pair.
set -euo pipefail

output="$("$1" "$2" "$3")"
fail() {
  echo "$output"
  echo "compare_two_statements_test: $*" >&2
  exit 1
}
# A line that stands in one of the statements alone, and the count at the end.
grep -q 'Gravel Otter' <<<"$output" || fail "the left statement is not in the report"
grep -qE '^[0-9]+ of [1-9][0-9]* pairs are denials\.$' <<<"$output" || fail "no pairs"
# A file that is not there is told in one line, with exit status 2.
status=0
message="$("$1" "$2" /no/such/file 2>&1 >/dev/null)" || status=$?
[[ $status == 2 && "$message" == "/no/such/file: cannot be read" ]] || fail "a missing file gave status $status: $message"
