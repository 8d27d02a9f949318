#!/bin/sh
# The rules of the house that a machine can check in seconds. Prints each offence with its rule.
# Usage: tools/style.sh FOLDER    FOLDER holds the objects of a release build (build/release)
# SPDX-License-Identifier: GPL-3.0-or-later
set -u
objects=$1
sources=$(echo src/*/*.[ch] include/mrse/*.h)
tests=$(find tests -name '*.[ch]')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
: >"$work/found"

rule() { # TEXT; the offences come on standard input
    sed "s|\$|    <- $1|" >>"$work/found"
}
calls() { # REGEX FILE: calls of functions of these names
    grep -E "(^|[^A-Za-z0-9_])($1) *\(" "$work/$2"
}
awk -f tools/code.awk $sources >"$work/sources"
awk -f tools/code.awk $tests >"$work/tests"
awk -v strings=1 -f tools/code.awk $sources >"$work/strings"
grep -vE '^(src/cli|include)/' "$work/sources" >"$work/library"

# --- Modules: a one-way chain, each may use only the floors below it ------------------------------
floor() {
    case $1 in
    core) echo 0 ;;
    units | privacy) echo 1 ;;
    field | sequence | image) echo 2 ;;
    calibrate | survey | implant | exposure | hazard) echo 3 ;; # each uses a field or a sequence
    protocol) echo 4 ;; # what a console states: uses exposure and image
    spec) echo 5 ;;
    assess) echo 6 ;;
    report) echo 7 ;;
    portfolio) echo 8 ;;
    cli) echo 9 ;;
    *) echo 10; echo "$1: a module without a floor in tools/style.sh" >>"$work/found" ;;
    esac
}
for folder in src/*/; do
    module=$(basename "$folder")
    find "$objects/src/$module" -name '*.o' -exec nm -A {} + |
        sed -n "s|^.*/src/\([^:]*\)\.o:.* \([A-TV-Z]\) \(mrse_.*\)|$module $(floor "$module") src/\1.c D \3|p
                s|^.*/src/\([^:]*\)\.o: *U \(.*\)|$module $(floor "$module") src/\1.c U \2|p"
done >"$work/symbols"
[ -s "$work/symbols" ] || echo "no objects in $objects" >>"$work/found"
awk '$4 == "D" { home[$5] = $1; level[$5] = $2 }
     $4 == "U" { use[++n] = $0 }
     END {
         for (i = 1; i <= n; i++) {
             split(use[i], u)
             if (u[5] in home && home[u[5]] != u[1] && level[u[5]] >= u[2])
                 print u[3] ": uses " u[5] " of " home[u[5]]
         }
     }' "$work/symbols" | rule 'a module uses only those below it'
unclean='fopen|open|v?f?printf|puts|fputs|fwrite|stdout|stderr|time|clock|clock_gettime|getenv'
unclean="$unclean|secure_getenv|exit|_exit|abort|setlocale|rand|random"
awk '$2 >= 1 && $2 <= 4 && $4 == "U" { print $3 ": uses " $5 }' "$work/symbols" |
    grep -E " (__)?($unclean)(_chk|64)?\$" |
    rule 'units and physics are pure: no files, printing, clock, environment, exit'
grep -nE '#include "(src|\.\.)/' $sources | rule 'include by module'
for file in $sources; do
    module=$(basename "$(dirname "$file")")
    grep -nE '#include "[a-z]+/[a-z_]+\.h"' "$file" /dev/null | grep -vE "\"(mrse|$module)/"
done | rule 'the private header of another module'

# --- Banned -----------------------------------------------------------------------------------------
copies='strcpy|strcat|v?sprintf|ato[fil]|strtok|strtok_r|gets|alloca'
{ calls "$copies" sources; calls "$copies" tests; calls setlocale sources; } | rule 'banned function'
calls 'malloc|calloc|realloc|free|strn?dup' sources | grep -vE '^src/(core/alloc|report/pdf_read)\.c:' | # qpdf's memory is malloc's
    rule 'the heap is reached through mrse_alloc, mrse_realloc, mrse_free'
calls 'v?f?printf|f?puts|putchar|perror|_?exit|abort|assert|longjmp|signal' library |
    rule 'the library never prints, exits or aborts'
grep -E '(^|[^a-z])goto ' "$work/sources" | grep -v 'goto out;' | rule "goto only to 'out'"
grep -vE '^src/core/(text|number)\.c:' "$work/strings" |
    grep -E '"([^"]*[^%"])?%[-+ #0-9.*]*L?[aefgAEFG]([^a-z]|$)' |
    rule 'a double printed by printf obeys the locale: use mrse_buf_num or mrse_text_num'
grep -E 'assert_(float|double)_(not_)?equal' "$work/tests" |
    rule 'passes on NaN: use assert_rel or assert_abs of tests/support/close.h'
grep -hE '[^A-Z_]M_PI([^A-Z_]|$)' "$work/sources" "$work/tests" | rule 'MRSE_PI'

# --- Form -------------------------------------------------------------------------------------------
for file in $sources $tests Makefile tools/*; do
    head -n 12 "$file" | grep -q 'SPDX-License-Identifier: GPL-3.0-or-later' || echo "$file"
done | rule 'no SPDX line at the top'
wc -l $sources | awk '$2 != "total" && $1 > 500 { print $2 ": " $1 " lines" }' |
    rule 'at most 500 lines in a file'
awk '/^{/ { start = FNR }
     /^}/ && start {
         if (FNR - start - 1 > 60) print FILENAME ":" start ": " FNR - start - 1 " lines"
         start = 0
     }' src/*/*.c | rule 'at most 60 lines in a function'
awk -f tools/headers.awk include/mrse/*.h | rule 'each public function is documented'
grep -noE 'tests/[a-z]+/[a-z_0-9]+\.[a-z]+' $sources docs/*.md | sort -u | while IFS=: read -r file line test; do
    [ -e "$test" ] || echo "$file:$line: $test"
done | rule 'a test that is named exists'
log=docs/hazard-log.md
grep -oE '`[^` ]+`' $log | tr -d '`' | sort -u | while read -r name; do
    case $name in
    *__*) grep -rqw "$name" tests/unit ;;
    */*) [ -e "$name" ] ;;
    esac || echo "$log: $name"
done | rule 'a file or test that the hazard log names exists'
grep -oE '`make [a-z-]+`' $log | tr -d '`' | sort -u | while read -r _ target; do
    grep -qE "^([a-z-]+ )*$target( [a-z-]+)*:" Makefile || echo "$log: make $target"
done | rule 'a target that the hazard log names exists'

if [ -s "$work/found" ]; then
    cat "$work/found"
    exit 1
fi
echo "$(echo $sources $tests | wc -w) files, nothing to complain about"
