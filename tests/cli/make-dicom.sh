#!/bin/sh
# Make a small DICOM file out of lines on standard input; invented values only.
#     preamble                      128 zero bytes and DICM
#     syntax UID                    meta element; 1.2.840.10008.1.2 makes what follows implicit
#     GGGG EEEE VR TEXT             an element with text
#     GGGG EEEE VR hex: 00 00 20 40 one with bytes
#     seq GGGG EEEE / item / end-item / end-seq      without stated length
#     bytes 00 01 ...               anything
# Usage: tests/cli/make-dicom.sh <LINES >FILE.dcm          SPDX-License-Identifier: GPL-3.0-or-later
set -eu
LC_ALL=C
export LC_ALL
implicit=
bytes() {
    for hex in "$@"; do printf "\\$(printf %03o "0x$hex")"; done
}
number() { # VALUE BYTES: little endian
    rest=$1
    for _ in $(seq "$2"); do
        printf "\\$(printf %03o $((rest % 256)))"
        rest=$((rest / 256))
    done
}
header() { # GROUP ELEMENT VR LENGTH
    number $((0x$1)) 2
    number $((0x$2)) 2
    if [ -n "$implicit" ] || [ "$1" = FFFE ]; then
        number "$4" 4
        return
    fi
    printf %s "$3"
    case $3 in
    OB | OD | OF | OW | SQ | UN | UT)
        number 0 2
        number "$4" 4
        ;;
    *) number "$4" 2 ;;
    esac
}
element() { # GROUP ELEMENT VR TEXT
    if [ "${4#hex:}" != "$4" ]; then
        # shellcheck disable=SC2086
        set -- "$1" "$2" "$3" ${4#hex:}
        group=$1 name=$2 vr=$3
        shift 3
        header "$group" "$name" "$vr" $#
        bytes "$@"
        return
    fi
    header "$1" "$2" "$3" $(((${#4} + 1) / 2 * 2))
    printf %s "$4"
    [ $((${#4} % 2)) = 0 ] || printf ' '
}
while read -r first second third rest; do
    case $first in
    '' | '#'*) ;;
    preamble)
        number 0 128
        printf DICM
        ;;
    syntax)
        element 0002 0010 UI "$second"
        [ "$second" != 1.2.840.10008.1.2 ] || implicit=yes
        ;;
    seq) header "$second" "$third" SQ 4294967295 ;;
    item) header FFFE E000 '' 4294967295 ;;
    end-item) header FFFE E00D '' 0 ;;
    end-seq) header FFFE E0DD '' 0 ;;
    # shellcheck disable=SC2086
    bytes) bytes "$second" ${third:+"$third"} $rest ;;
    *) element "$first" "$second" "$third" "$rest" ;;
    esac
done
