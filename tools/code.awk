# C text without comments, each line as FILE:LINE: TEXT, for tools/style.sh. The contents of
# strings go too, unless strings=1. SPDX-License-Identifier: GPL-3.0-or-later
FNR == 1 { comment = 0 }
{
    out = ""
    quote = ""
    n = length($0)
    for (i = 1; i <= n; i++) {
        c = substr($0, i, 1)
        pair = substr($0, i, 2)
        if (comment) {
            if (pair == "*/") { comment = 0; i++ }
        } else if (quote != "") {
            if (c == "\\") { i++; if (strings) out = out pair }
            else if (c == quote) { quote = ""; out = out c }
            else if (strings) out = out c
        } else if (pair == "/*") { comment = 1; i++ }
        else if (pair == "//") break
        else { if (c == "\"" || c == "'") quote = c; out = out c }
    }
    if (out ~ /[^ \t]/) print FILENAME ":" FNR ": " out
}
