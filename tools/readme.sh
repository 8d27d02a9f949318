#!/bin/sh
# Run the commands that documents show, and hold what the documents quote against what they print.
#
# In a block of code (indented by four, or fenced) a line that begins with 'mrse', with or without '$',
# is a command, and so is '$' before sed, mkdir, cp and sh: run in order, in a copy of the examples. One
# with a word in capitals alone (mrse check FILE) is a form to fill in and is not run. Lines right below a
# command are quotes: each must stand in what the command prints, whatever the blanks and line breaks;
# '...' within a quote leaves out a part of one line; 'exit code 2' is the exit code, 0 if not quoted
# ('assess' and 'verify' may answer with 1 and 2).
# Usage: tools/readme.sh DOCUMENT...    MRSE is the program. SPDX-License-Identifier: GPL-3.0-or-later
set -eu
mrse=$(realpath "${MRSE:-build/mrse}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
commands=0
quotes=0
failed=0

lines() { # DOCUMENT: each command after 'run', each quote below it after 'quote'
    awk '/^```/ { fenced = !fenced; after = 0; next }
         !fenced && !/^    / || /^ *$/ { after = 0; next }
         { sub(/^ */, "") }
         /^(\$ *)?(build\/)?mrse( |$)/ || /^\$ *(sed|mkdir|cp|sh) / {
             sub(/^\$ */, "")
             after = !/^(build\/)?mrse.* [A-Z][A-Z]+( |\.|…|$)/
             if (after) print "run " $0
             next
         }
         /^[$#] / { after = 0 }
         after { print "quote " $0 }' "$1"
}

stands() { # QUOTE: whether it stands in the log, as whole words
    QUOTE=$1 LC_ALL=C awk '
        function found(text, what,    at, before, rest, past) {
            for (past = 0; (at = index(rest = substr(text, past + 1), what)); past += at) {
                before = past + at > 1 ? substr(text, past + at - 1, 1) : " "
                if (before !~ /[A-Za-z0-9.]/ && substr(rest, at + length(what)) !~ /^(\.?[0-9]|[A-Za-z])/)
                    return past + at + length(what)
            }
            return 0
        }
        { gsub(/\302\240/, " "); gsub(/[ \t]+/, " "); sub(/^ /, ""); line[NR] = $0; all = all " " $0 }
        END {
            quote = ENVIRON["QUOTE"]
            gsub(/[ \t]+/, " ", quote)
            n = split(quote, part, / *\.\.\. */)
            if (n == 1)
                exit !found(all, quote)
            for (i = 1; i <= NR; i++) {
                rest = line[i]
                for (k = 1; k <= n && (at = found(rest, part[k])); k++)
                    rest = substr(rest, at)
                if (k > n)
                    exit 0
            }
            exit 1
        }' "$work/log"
}

fault() { # TEXT
    failed=$((failed + 1))
    echo "$document: '$command' $1"
    cat "$work/log"
}
settle() { # of the last command, once its quotes are known
    case $code:$command in
    0:* | [12]:*'mrse assess'* | [12]:*'mrse verify'*) ;; # an answer, not a failure
    *) fault "ended with $code" ;;
    esac
}

for document in "$@"; do
    here=$work/$(echo "$document" | tr / _)
    mkdir -p "$here/build"
    cp -r examples scanners tests "$here"
    ln -s "$mrse" "$here/mrse"
    ln -s "$mrse" "$here/build/mrse"
    lines "$document" >"$work/lines"
    grep -q '^run ' "$work/lines" || { echo "$document: no commands found"; failed=$((failed + 1)); }
    command=
    code=0
    while read -r what text; do
        case $what:$text in
        run:*)
            settle
            commands=$((commands + 1))
            command=$text
            code=0
            (cd "$here" && PATH="$here:$PATH" && sh -c "$text") </dev/null >"$work/log" 2>&1 || code=$?
            ;;
        quote:'exit code '*)
            [ "exit code $code" = "$text" ] || fault "ended with $code, quoted: $text"
            code=0
            ;;
        *)
            quotes=$((quotes + 1))
            stands "$text" || fault "does not print: $text"
            ;;
        esac
    done <"$work/lines"
    settle
done
echo "$commands commands and $quotes quotes of $*, $failed failed"
[ "$failed" -eq 0 ]
