#!/bin/sh
# The worksheets that the example portfolio holds, made from the other examples.
# Usage: examples/portfolio/make.sh [FOLDER]     default: out/portfolio/items, as portfolio.yaml says
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mrse=${MRSE:-$here/../../build/mrse}
items=${1:-$here/../../out/portfolio/items}
mkdir -p "$items"
for name in tse-b1rms dwi-dbdt cochlear-implant aneurysm-clip airgun-pellet siting acceptance; do
    "$mrse" worksheet "$here/../$name/case.yaml" -o "$items/$name" --date 2026-11-22 --force
done
