#!/bin/sh
# What a worked case teaches, checked: its verdict, its numbers, and that its worksheet verifies.
# Usage: examples/check-case.sh FOLDER VERDICT     VERDICT is the exit code of assess
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
here=$(cd "$1" && pwd)
mrse=${MRSE:-$here/../../build/mrse}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
verdict=0
"$mrse" assess "$here/case.yaml" --date 2026-11-22 > "$out/assess.txt" || verdict=$?
diff -u "$here/expected/assess.txt" "$out/assess.txt"
test "$verdict" -eq "$2"
"$mrse" worksheet "$here/case.yaml" -o "$out/sheet" --date 2026-11-22 > /dev/null
(cd "$out/sheet" && sha256sum --quiet -c SHA256SUMS)
"$mrse" verify "$out/sheet" > /dev/null
