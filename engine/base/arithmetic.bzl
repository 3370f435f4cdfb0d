# Copyright 2026 The narrdiff Authors
# SPDX-License-Identifier: Apache-2.0
"""Options of the compiler for arithmetic that must give the same bits everywhere."""

# Arithmetic that gives the same bits on every processor: fused multiply-add, which only some have, stays out. Loops become
# vector instructions in every kind of build; nobody looks at errno or at floating-point traps, which would hinder that.
ARITHMETIC_OPTIONS = [
    "-O3",
    "-ffp-contract=off",
    "-fno-math-errno",
    "-fno-trapping-math",
]
