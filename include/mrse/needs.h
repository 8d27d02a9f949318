/* What a scanner file is good for, what is missing for the rest, and whom to ask.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_NEEDS_H
#define MRSE_NEEDS_H

#include "mrse/scanner.h"
#include "mrse/text.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mrse_ready {
    MRSE_READY_NO = 0,      /* something is missing */
    MRSE_READY_PROVISIONAL, /* possible, but rests on an unverified number */
    MRSE_READY_ASSUMED,     /* possible, on an assumption of the author */
    MRSE_READY_YES,
} mrse_ready;

/* One use: "isocontours and floor plan", "gradient in the bore", "label limits at the bore wall"... */
typedef struct mrse_need {
    const char *use;
    mrse_ready ready;
    char missing[256];  /* what is missing, by key: "bore.diameter"; "" when ready */
    char question[384]; /* a whole sentence to send to the manufacturer (or to look up); "" */
} mrse_need;

/* A question about one number or definition that stands in the file: unverified, assumed, or of
 * unknown meaning. */
typedef struct mrse_question {
    char field[96];     /* "static_field.contours.radial" */
    char printed[64];   /* the number, as printed */
    char question[384]; /* a whole sentence */
    int line;
} mrse_question;

typedef struct mrse_needs {
    mrse_need *need;
    size_t n_needs;
    mrse_question *question;
    size_t n_questions;
} mrse_needs;

/** What the file is good for, and what to ask.
 *  Returned  out       clear with mrse_needs_clear
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_NOMEM
 *  Tests     tests/unit/test_needs.c */
mrse_status mrse_needs_of(const mrse_scanner *scanner, mrse_needs *out) MRSE_MUST_USE;
void mrse_needs_clear(mrse_needs *needs);
const char *
mrse_ready_text(mrse_ready ready); /* "ready", "provisional", "on assumption", "missing" */

/** The data sheet as residuals of a fit: what has a meaning and is used.
 *  Returned  data      owned by the caller (mrse_free); the centre comes first: from f0 where it is
 *                      given, else the nominal field with an uncertainty that says it is a name
 *            of        for each datum the value in the scanner it came from (borrowed); may be NULL,
 *                      else owned by the caller
 *            both      radial extents are UNSTATED: both meanings are to be tried
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_NOMEM
 *  Tests     tests/unit/test_needs.c */
mrse_status mrse_scanner_data(const mrse_scanner *scanner, mrse_datum **data,
                              const mrse_value ***of, size_t *n, bool *both) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif
