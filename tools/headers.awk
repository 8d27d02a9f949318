# Checks the public headers for tools/style.sh: each fallible function is MRSE_MUST_USE and stands
# under a documentation comment that states its Status. A comment serves the declarations that
# follow it up to a blank line. SPDX-License-Identifier: GPL-3.0-or-later
function complain(what) { print FILENAME ":" start ": " name ": " what }
FNR == 1 { note = ""; text = ""; inside = 0 }
inside { note = note "\n" $0; if (/\*\//) inside = 0; next }
/^\/\*/ { note = $0; if (!/\*\//) inside = 1; next }
/^$/ { note = ""; text = ""; next }
/^mrse_status mrse_/ && text == "" { start = FNR; name = $2; sub(/\(.*/, "", name); text = " " }
text != "" {
    text = text $0
    if (/;/) {
        if (text !~ /MRSE_MUST_USE;/) complain("not MRSE_MUST_USE")
        if (note == "") complain("no comment above it")
        else if (note !~ /^\/\*\*/ || note !~ /[ *]Status  /) complain("comment without /** or Status")
        text = ""
    }
}
