/* A place in the magnet on the command line. SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cli_internal.h"

/* One coordinate of "X, Y, Z"; false when it is no length with a unit. */
static bool coordinate(const char **text, double *out)
{
    char one[64];
    mrse_quantity q;

    while (**text == ' ')
        (*text)++;
    size_t n = strcspn(*text, ",");
    if (n >= sizeof one)
        return false;
    memcpy(one, *text, n);
    *text += n;
    while (n > 0 && one[n - 1] == ' ')
        n--;
    one[n] = '\0';
    bool ok = mrse_quantity_read(one, MRSE_KIND_LENGTH, &q, NULL, NULL) == MRSE_OK;
    *out = q.si;
    return ok;
}

int cli_magnet_place(cli_run *run, const char *text, double u_m, const char *scanner,
                     double place_m[3], double u_place_m[3])
{
    const char *at = text;

    for (size_t i = 0; i < 3; i++) {
        if (!coordinate(&at, &place_m[i]) || (i < 2 ? *at != ',' : *at != '\0'))
            return cli_usage(run, "--at", "write it as \"10 cm, -5 cm, 0.2 m\"",
                             "'%s' is not three lengths from isocentre", text);
        at += i < 2;
        u_place_m[i] = u_m;
    }
    if (!(u_m > 0.0))
        return cli_usage(run, "--u", "add --u \"5 mm\"",
                         "a place without its uncertainty says nothing about an implant");
    if (!scanner)
        return cli_usage(run, "--scanner", "add --scanner FILE with its gradients",
                         "dB/dt at a place needs the scanner's gradient system");
    return CLI_DONE;
}
