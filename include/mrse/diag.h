/* Diagnostics: what is wrong in the user's file, where, and what to write instead. The list is
 * fixed in size and owned by the caller, so that "out of memory" can be reported without memory.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_DIAG_H
#define MRSE_DIAG_H

#include <stdbool.h>
#include <stddef.h>

#include "mrse/status.h"
#include "mrse/text.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mrse_sev { MRSE_SEV_ERROR, MRSE_SEV_WARNING, MRSE_SEV_NOTE } mrse_sev;

enum { MRSE_DIAG_MAX = 64 };

typedef struct mrse_diag {
    mrse_status code;
    mrse_sev sev;
    char file[128];
    int line, col;     /* place in the user's file, 1-based, col in characters; 0: none */
    int span;          /* how many characters the caret line underlines; 0 when unknown */
    char field[96];    /* "gradient.axis[1].max_slew"; "" when there is none */
    char text[256];    /* what is wrong */
    char hint[256];    /* what to write instead; "" when there is none */
    char excerpt[128]; /* the user's line; "" when there is none */
    int excerpt_col;   /* column of the excerpt's first character; 0 and 1: the line's start */
} mrse_diag;

typedef struct mrse_diags {
    size_t n;        /* stored */
    size_t errors;   /* seen, stored or not */
    size_t warnings; /* seen, stored or not */
    size_t dropped;  /* seen but not stored: the list was full */
    mrse_diag item[MRSE_DIAG_MAX];
} mrse_diags;

/** Empty the list. */
void mrse_diags_init(mrse_diags *diags);

/** Append a diagnostic.
 *  Given     diags     NULL is fine: the diagnostic is then dropped
 *            format    as printf; cut on a UTF-8 boundary when too long
 *  Returned  the stored item, for the caller to fill in the place; never NULL: a scratch item when
 *            the list is full or NULL. An error that finds the list full takes the room of the
 *            last that is no error. Good until the next call.
 *  Tests     tests/unit/test_core.c */
mrse_diag *mrse_diag_add(mrse_diags *diags, mrse_sev sev, mrse_status code, const char *format, ...)
    MRSE_PRINTF(4, 5);

/** Set the place within a file. Any of file, field, hint may be NULL: they then stay as they are.
 *  Tests     tests/unit/test_core.c */
void mrse_diag_place(mrse_diag *diag, const char *file, int line, int col, const char *field,
                     const char *hint);

/** Copy the user's line diag->line out of the whole file text[0..n), after the place is set; of a
 *  line that is too long, the part around diag->col.
 *  Tests     tests/unit/test_core.c */
void mrse_diag_excerpt(mrse_diag *diag, const char *text, size_t n);

/** The whole message in compiler form, with excerpt, caret and hint lines, appended to `out`:
 *      scanners/demo.yaml:12:13: error: gradient.max_slew: what is wrong
 *         12 |   max_slew: 200 T/m
 *            |             ^^^^^^^
 *        hint: what to write instead
 *  Tabs become spaces; control characters of the user's text become '?'.
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_NOMEM
 *  Tests     tests/unit/test_core.c */
mrse_status mrse_diag_format(const mrse_diag *diag, mrse_buf *out) MRSE_MUST_USE;

/** "3 errors, 1 warning in 1 file" (or "in 2 files"; "no errors"), appended to `out`.
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_NOMEM
 *  Tests     tests/unit/test_core.c */
mrse_status mrse_diags_summary(const mrse_diags *diags, mrse_buf *out) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif
