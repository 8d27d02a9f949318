#!/bin/sh
# Run each program given, silently; show the output of those that fail. Ends 1 when any failed.
# Usage: tools/run.sh PROGRAM...      RUN='valgrind -q' puts a command before each.
# SPDX-License-Identifier: GPL-3.0-or-later
set -u
log=$(mktemp)
trap 'rm -f "$log"' EXIT
failed=0
for program in "$@"; do
    # shellcheck disable=SC2086
    if ! ${RUN-} "$program" >"$log" 2>&1; then
        failed=$((failed + 1))
        echo "FAILED $program"
        cat "$log"
    fi
done
[ $# -gt 0 ] || { echo "nothing to run"; exit 1; }
echo "$(($# - failed)) of $# programs succeeded"
[ $failed -eq 0 ]
