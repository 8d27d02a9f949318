/* Small sequences for tests, written by hand, and slips in them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_TEST_PULSEQ_SUPPORT_H
#define MRSE_TEST_PULSEQ_SUPPORT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mrse/pulseq.h"
#include "support/close.h"

#define PULSEQ_HEAD_15                                                                             \
    "# Pulseq sequence file\n[VERSION]\nmajor 1\nminor 5\nrevision 1\n[DEFINITIONS]\n"             \
    "AdcRasterTime 1e-07\nBlockDurationRaster 1e-05\nGradientRasterTime 1e-05\n"                   \
    "RadiofrequencyRasterTime 1e-06\n"

static inline char *pulseq_changed(const char *base, const char *from, const char *to)
{
    const char *at = strstr(base, from);
    size_t n = strlen(base) + strlen(to) + 1;
    char *text = malloc(n);

    if (!at || !text) {
        free(text);
        fail_msg("the base text does not hold '%s'", from);
        return NULL;
    }
    (void)snprintf(text, n, "%.*s%s%s", (int)(at - base), base, to, at + strlen(from));
    return text;
}

/* Read from memory of exactly that length, so that reading past the end is seen. */
static inline mrse_status pulseq_try(const char *text, mrse_pulseq **out, mrse_diags *diags)
{
    size_t n = strlen(text);
    char *exact = malloc(n ? n : 1);
    mrse_status status;

    assert_non_null(exact);
    memcpy(exact, text, n);
    mrse_diags_init(diags);
    status = mrse_pulseq_read(exact, n, "test.seq", out, diags);
    free(exact);
    return status;
}

static inline mrse_pulseq *pulseq_read(const char *text)
{
    static mrse_diags diags;
    mrse_pulseq *seq = NULL;

    if (pulseq_try(text, &seq, &diags) != MRSE_OK)
        fail_msg("line %d: %s: %s", diags.item[0].line, diags.item[0].field, diags.item[0].text);
    return seq;
}

#endif
