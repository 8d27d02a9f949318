#!/bin/sh
# What a short gradient echo does, from its Pulseq file.
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mrse=${MRSE:-$here/../../build/mrse}
"$mrse" sequence "$here/gre.seq" --coil xrm --date 2026-11-22 | diff -u "$here/expected/sequence.txt" -
