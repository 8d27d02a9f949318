#!/bin/sh
# Run the commands that documents show: lines of a code block (indented by four, or fenced) that
# begin with 'mrse', in order, in a copy of the examples. A line with a word in capitals alone
# (mrse check FILE) is a form to fill in and is not run.
# Usage: tools/readme.sh DOCUMENT...    MRSE is the program. SPDX-License-Identifier: GPL-3.0-or-later
set -eu
mrse=$(realpath "${MRSE:-build/mrse}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
n=0
failed=0
for document in "$@"; do
    here=$work/$n
    mkdir -p "$here/build"
    cp -r examples scanners tests "$here"
    ln -s "$mrse" "$here/mrse"
    ln -s "$mrse" "$here/build/mrse"
    awk '/^```/ { fenced = !fenced; next }
         fenced || /^    / { sub(/^ */, ""); sub(/^\$ /, "")
                             if (/^(build\/)?mrse( |$)/ && !/ [A-Z][A-Z]+( |\.|…|$)/) print }' \
        "$document" >"$work/commands"
    [ -s "$work/commands" ] || { echo "$document: no commands found"; failed=$((failed + 1)); }
    while read -r line; do
        n=$((n + 1))
        code=0
        (cd "$here" && PATH="$here:$PATH" && sh -c "$line") </dev/null >"$work/log" 2>&1 || code=$?
        case "$line $code" in
        *' 0') continue ;;
        *'mrse assess'*' '[12] | *'mrse verify'*' '[12]) continue ;; # an answer, not a failure
        esac
        failed=$((failed + 1))
        echo "$document: '$line' ended with $code"
        cat "$work/log"
    done <"$work/commands"
    n=$((n + 1))
done
echo "$((n - $#)) commands of $*, $failed failed"
[ "$failed" -eq 0 ]
