#!/bin/sh
# Run a stage of a check, or a test program: one line with its result and time, and its whole output
# only when it fails, without make's progress lines.
# Usage: tools/stage.sh NAME COMMAND...
# SPDX-License-Identifier: GPL-3.0-or-later
set -u
name=$1
shift
logs=${LOGS:-build/log}
mkdir -p "$logs"
start=$(date +%s%N)
if "$@" >"$logs/$name" 2>&1; then result=ok; else result=FAILED; fi
tenths=$((($(date +%s%N) - start) / 100000000))
last=$(tail -n 1 "$logs/$name")
[ $result = ok ] || last="see below, or $logs/$name"
line=$(printf '%-7s %-14s %4d.%d s  %s' $result "$name" $((tenths / 10)) $((tenths % 10)) "$last")
[ $result = ok ] && echo "$line" && exit 0
# One write, so that stages running at the same time do not mix.
printf '%s\n%s\n%s\n' "$line" "$(sed '/^  [A-Z]\{2,4\} /d; s/^/    /' "$logs/$name")" "FAILED  $name"
exit 1
