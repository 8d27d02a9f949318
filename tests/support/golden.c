/* Reader of reference CSV files. SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/golden.h"

#include <stdlib.h>
#include <string.h>

#include "support/close.h"

enum { LONGEST = 4096 };

bool golden_open(golden *g, const char *name)
{
    const char *folder = getenv("MRSE_GOLDEN_DIR");
    char path[LONGEST];

    if (folder == NULL || folder[0] == '\0') {
        folder = "../shared/data";
    }
    *g = (golden){.name = name};
    const int length = snprintf(path, sizeof path, "%s/%s", folder, name);
    if (length > 0 && (size_t)length < sizeof path) {
        g->file = fopen(path, "r");
    }
    if (g->file == NULL) {
        print_message("skipped: no %s under MRSE_GOLDEN_DIR (%s)\n", name, folder);
    }
    return g->file != NULL;
}

static void wrong(const golden *g, const char *what)
{
    fail_msg("%s:%zu: %s", g->name, g->line, what);
}

static double cell(const golden *g, const char *text, size_t n)
{
    char copy[64], *end;

    if (n == 0) {
        return (double)NAN;
    }
    if (n >= sizeof copy) {
        wrong(g, "a cell is too long");
        return 0.0;
    }
    memcpy(copy, text, n);
    copy[n] = '\0';
    const double value = strtod(copy, &end);
    if (*end != '\0' || !isfinite(value)) {
        wrong(g, "a cell is not a number");
    }
    return value;
}

size_t golden_row(golden *g, double *value, size_t most)
{
    char line[LONGEST];

    while (fgets(line, sizeof line, g->file) != NULL) {
        g->line++;
        const size_t length = strcspn(line, "\r\n");
        if (line[length] == '\0') {
            wrong(g, "a line is too long or the file is cut");
        }
        line[length] = '\0';
        if (length == 0 || line[0] == '#' || strspn(line, "+-.0123456789") == 0) {
            continue; /* comment, or the names of the columns */
        }
        size_t n = 0;
        const char *at = line;
        for (;;) {
            const size_t width = strcspn(at, ",");
            if (n == most) {
                wrong(g, "more columns than expected");
                return 0;
            }
            value[n++] = cell(g, at, width);
            if (at[width] == '\0') {
                return n;
            }
            at += width + 1;
        }
    }
    if (ferror(g->file)) {
        wrong(g, "cannot be read");
    }
    return 0;
}

void golden_close(golden *g)
{
    if (g->file != NULL) {
        (void)fclose(g->file);
    }
    *g = (golden){0};
}
