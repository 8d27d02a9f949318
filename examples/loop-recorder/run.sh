#!/bin/sh
# What this example teaches, checked: the verdict, the numbers, and that the worksheet verifies.
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mrse=${MRSE:-$here/../../build/mrse}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
verdict=0
"$mrse" assess "$here/case.yaml" --date 2026-11-22 > "$out/assess.txt" || verdict=$?
diff -u "$here/expected/assess.txt" "$out/assess.txt"
test "$verdict" -eq 2 # undetermined: conditions remain that a person assesses
"$mrse" worksheet "$here/case.yaml" -o "$out/sheet" --date 2026-11-22 > /dev/null
(cd "$out/sheet" && sha256sum --quiet -c SHA256SUMS)
"$mrse" verify "$out/sheet" > /dev/null
