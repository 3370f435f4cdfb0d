#!/usr/bin/env bash
# Runs check_goldens.py on the binary of this build.
set -euo pipefail
exec python3 testdata/check_goldens.py cli/narrdiff
