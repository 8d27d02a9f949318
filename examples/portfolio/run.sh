#!/bin/sh
# The example portfolio keeps every rule, and is minimal: without any one of its items the check names
# what is broken. It is bound, twice the same, and its worksheets can be verified from the binding.
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mrse=${MRSE:-$here/../../build/mrse}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
list=$out/examples/portfolio
mkdir -p "$list"
cp -r "$here/portfolio.yaml" "$here/items" "$list"
"$here/make.sh" "$out/out/portfolio/items" > /dev/null

check() { "$mrse" portfolio "$1" --date 2026-11-22; }

check "$list" > "$out/check.txt"
diff -u "$here/expected/check.txt" "$out/check.txt"

# Each item left out in turn: what is broken then, one line for each.
for id in $(sed -n 's/^  - id: //p' "$list/portfolio.yaml"); do
    mkdir "$out/examples/$id"
    ln -s "$list/items" "$out/examples/$id/items"
    awk -v id="$id" '/^  - id: / { left_out = $3 == id } !left_out' \
        "$list/portfolio.yaml" > "$out/examples/$id/portfolio.yaml"
    echo "without $id: $(check "$out/examples/$id" |
        sed -n 's/^\([A-Za-z -]*[a-z]\)  *broken  .*/\1/p' | sort -u | paste -sd, -)"
done > "$out/without.txt"
diff -u "$here/expected/without.txt" "$out/without.txt"

for copy in one two; do
    "$mrse" portfolio "$list" --date 2026-11-22 -o "$out/$copy" > /dev/null
done
cmp "$out/one/portfolio.pdf" "$out/two/portfolio.pdf"
if command -v qpdf > /dev/null; then
    qpdf --check "$out/one/portfolio.pdf" > /dev/null
    qpdf "$out/one/portfolio.pdf" --show-attachment=E07-worksheet.pdf > "$out/E07.pdf"
    "$mrse" verify "$out/E07.pdf" > /dev/null
fi
