#!/bin/sh
# Run the command line tests: tests/cli/*.tst, one test a line,
#
#     P|N  EXIT  GOLDEN|.  COMMAND
#
# P: the command does its work. Standard output is compared with expected/GOLDEN unless that is '.'.
# N: it refuses. Standard output stays empty, standard error says why (compared with GOLDEN), no
#    file or folder appears, changes or goes, and a message names neither "assert" nor a signal.
# COMMAND is run by sh in a copy of examples, scanners, tests/cases and tests/cli/input (as input).
# Variables for it: $DROP runs what follows without the rights of root; $BIG is a file of 1 GiB;
# $TOP is the top folder.
# Usage: tests/cli/run.sh [--accept] [FILE.tst...]    MRSE is the program; --accept rewrites GOLDEN
# SPDX-License-Identifier: GPL-3.0-or-later
set -u
accept=
[ "${1-}" = --accept ] && accept=yes && shift
top=$(pwd)
cli=$top/tests/cli
mrse=$(realpath "${MRSE:-build/mrse}")
work=$(mktemp -d)
trap 'chmod -R u+rwX "$work" 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

mkdir "$work/bin" "$work/run" "$work/run/tests" "$work/run/out" "$work/run/readonly"
cp "$mrse" "$work/bin/mrse"
cp -r "$top/examples" "$top/scanners" "$work/run"
cp -r "$top/tests/cases" "$work/run/tests"
cp -r "$cli/input" "$work/run/input"
rm -rf "$work"/run/examples/*/out
printf 'mrse: scanner/1\n' >"$work/run/input/unreadable.yaml"
chmod 0 "$work/run/input/unreadable.yaml"
chmod 555 "$work/run/readonly"
chmod 755 "$work"
chmod 777 "$work/run/out"
head -c 4096 "$mrse" >"$work/run/input/binary.yaml"
: >"$work/run/input/empty.yaml"
BIG=$work/big.yaml
TOP=$top
dd if=/dev/null of="$BIG" bs=1 seek=1073741824 2>/dev/null
DROP=
[ "$(id -u)" -ne 0 ] || DROP='setpriv --reuid=65534 --regid=65534 --clear-groups'
PATH=$work/bin:$PATH
LC_ALL=C.UTF-8 TERM=dumb SOURCE_DATE_EPOCH=1795348800
unset NO_COLOR LANG LANGUAGE
export BIG DROP PATH TOP LC_ALL TERM SOURCE_DATE_EPOCH

tree() {
    (cd "$work/run" && find . -type d && find . -type f -exec cksum {} + 2>/dev/null) | sort
}

complain() {
    failed=$((failed + 1))
    printf '%s: %s\n    %s\n' "$place" "$1" "$command"
    [ -z "${2-}" ] || sed 's/^/    | /' "$2" | head -n 30
}

compare() { # FILE
    if [ -n "$accept" ]; then
        cp "$1" "$cli/expected/$golden"
    elif ! diff -u "$cli/expected/$golden" "$1" >"$work/diff" 2>&1; then
        complain "not as in expected/$golden" "$work/diff"
    fi
}

one() {
    [ "$kind" = P ] || tree >"$work/before"
    code=0
    (cd "$work/run" && exec sh -c "$command") </dev/null >"$work/stdout" 2>"$work/stderr" || code=$?
    [ "$code" = "$want" ] || complain "ended with $code, not $want" "$work/stderr"
    case $kind in
    P) [ "$golden" = . ] || compare "$work/stdout" ;;
    N)
        tree >"$work/after"
        [ ! -s "$work/stdout" ] || complain 'refuses, yet prints on standard output' "$work/stdout"
        [ -s "$work/stderr" ] || complain 'refuses without a word'
        ! grep -qiE 'assert|core dumped|segmentation|sanitizer' "$work/stderr" ||
            complain 'falls over' "$work/stderr"
        diff "$work/before" "$work/after" >"$work/diff" || complain 'leaves something behind' "$work/diff"
        [ "$golden" = . ] || compare "$work/stderr"
        ;;
    *) complain 'a line begins with P or N' ;;
    esac
}

failed=0
n=0
[ $# -gt 0 ] || set -- "$cli"/*.tst
for file in "$@"; do
    line=0
    while read -r kind want golden command; do
        line=$((line + 1))
        place=${file#"$top/"}:$line
        case $kind in '' | '#'*) continue ;; esac
        n=$((n + 1))
        one
    done <"$file"
done
echo "$n commands, $failed complaints"
[ "$failed" -eq 0 ] && [ "$n" -gt 0 ]
