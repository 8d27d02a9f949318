# Text files as C arrays, so that the program carries its own test cases and the rules of portfolios.
# One string for each line: a whole file would be longer than C promises for one string.
# Usage: LC_ALL=C awk -f tools/embed.awk tests/cases/*.case src/portfolio/*.yaml > cases.c; compile
# with -Isrc/cli
# SPDX-License-Identifier: GPL-3.0-or-later
function quoted(text) {
    gsub(/\\/, "\\\\", text)
    gsub(/"/, "\\\"", text)
    gsub(/\?/, "\\?", text) # "??=" and the like mean something else in C11
    gsub(/\t/, "\\t", text)
    gsub(/\r/, "\\r", text)
    return "\"" text "\\n\""
}
BEGIN {
    print "/* Made by tools/embed.awk. SPDX-License-Identifier: GPL-3.0-or-later */"
    print "#include \"cli_internal.h\""
}
FNR == 1 {
    if (n) print "};"
    name[++n] = FILENAME
    sub(/.*\//, "", name[n])
    print "\nstatic const char *const lines_" n "[] = {"
}
{
    print "    " quoted($0) ","
    count[n]++
}
END {
    if (!n) exit 1
    print "};"
    list("cli_cases", "cli_n_cases", "[.]case$")
    list("cli_rules", "cli_n_rules", "[.]yaml$")
}
function list(array, number, ending, i) {
    print "\nconst cli_embedded " array "[] = {"
    for (i = 1; i <= n; i++)
        if (name[i] ~ ending) print "    {" quoted_name(name[i]) ", lines_" i ", " count[i] "},"
    print "};\nconst size_t " number " = sizeof " array " / sizeof " array "[0];"
}
function quoted_name(text) {
    return "\"" text "\""
}
