#!/bin/sh
# Would the tests notice? Flips one comparison, connective, sign or factor of a source file at a time,
# compiles that file alone, and runs unit tests against it until one fails. Prints the survivors.
#   tools/mutate.sh src/assess/label_guard.c assess_label assess_traps
# Loop bounds are left to the sanitizers. Needs `make tests`; what it needs of the source and the build is
# copied first, so that work may go on beside it. MUTATE_WITH: objects to link before the library.
# MUTATE_LINES: '10 12 20', only mutants of these lines. SPDX-License-Identifier: GPL-3.0-or-later
set -eu
test $# -ge 2 || { sed -n '2,6s/^# //p' "$0"; exit 2; }
source=$1
shift
b=build/release
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
mkdir "$work/support"
cp "$source" "$work/source.c"
cp "$b/libmrse.a" "$work"
cp "$b"/tests/support/*.o "$work/support"
for test in "$@"; do cp "$b/tests/unit/test_$test.o" "$work"; done
flags="-std=c11 -O1 -w -D_POSIX_C_SOURCE=200809L -ffp-contract=off -Iinclude -Isrc -I$(dirname "$source")"
libs="$(sed -n 's/^PACKAGE_LIBS := //p' build/packages.mk) -lcmocka -lm"

# One line for each mutant: line, column, length, what to put there. Comments, texts and preprocessor
# lines are blanked first, so that columns stay.
mutants() {
	awk '
	BEGIN {
		n = split("<= < >= > == != && || + - * /", from, " ")
		split("< <= > >= != == || && - + / *", to, " ")
	}
	function blank(s) { gsub(/./, "_", s); return s }
	{
		line = $0
		while (match(line, /"([^"\\]|\\.)*"|\/\*.*\*\//))
			line = substr(line, 1, RSTART - 1) blank(substr(line, RSTART, RLENGTH)) substr(line, RSTART + RLENGTH)
		if (inside) { if (line ~ /\*\//) inside = 0; next }
		if (match(line, /\/\*/)) { inside = 1; line = substr(line, 1, RSTART - 1) }
		if (line ~ /^#/ || line ~ /\\$/) next
		sub(/; [a-z]+ < /, "; _____ ", line)
		for (k = 1; k <= n; k++) {
			at = 0; rest = line
			while ((i = index(rest " ", " " from[k] " ")) > 0) {
				at += i
				print NR, at + 1, length(from[k]), to[k]
				rest = substr(rest, i + 1)
			}
		}
		at = 0; rest = line
		while (match(rest, /[0-9]+\.[0-9]+|[0-9]e-?[0-9]+/)) {
			v = substr(rest, RSTART, RLENGTH)
			print NR, at + RSTART, RLENGTH, "(" v " + 0.5)"
			at += RSTART + RLENGTH - 1
			rest = substr(rest, RSTART + RLENGTH)
		}
	}' "$work/source.c"
}

# Does some test fail, or not end?
killed() {
	for test in "$@"; do
		cc -o "$work/test" "$work/test_$test.o" "$work"/support/*.o "$work/mutant.o" \
			${MUTATE_WITH:-} "$work/libmrse.a" $libs || exit 1
		timeout 120 "$work/test" >/dev/null 2>&1 || return 0
	done
	return 1
}

total=0 alive=0
mutants > "$work/list"
while read -r line column length new; do
	case " ${MUTATE_LINES:-$line} " in *" $line "*) ;; *) continue ;; esac
	awk -v l="$line" -v c="$column" -v n="$length" -v new="$new" \
		'NR == l { $0 = substr($0, 1, c - 1) new substr($0, c + n) } { print }' "$work/source.c" > "$work/mutant.c"
	cc $flags -c -o "$work/mutant.o" "$work/mutant.c" 2>/dev/null || continue # no program at all
	total=$((total + 1))
	if ! killed "$@" </dev/null; then
		alive=$((alive + 1))
		echo "$source:$line: $new in: $(sed -n "${line}s/^[ \t]*//p" "$work/source.c")"
	fi
done < "$work/list"
echo "$source: $total mutants, $alive survive"
