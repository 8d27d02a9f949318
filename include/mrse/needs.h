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
    char missing[256];  /* what is missing, by key: "bore.diameter"; "" when nothing is */
    char question[384]; /* a whole sentence to send to the manufacturer (or to look up); "" */
} mrse_need;

/* A question about one number or definition that stands in the file: unverified, assumed, or of
 * unknown meaning. */
typedef struct mrse_question {
    char field[96];     /* "static_field.contours.radial" */
    char printed[64];   /* the number, as printed */
    char question[384]; /* a whole sentence */
    char answer[64];    /* the words to write in the file: "r_mid, r_max, unstated"; "" if any */
    int line;
} mrse_question;

typedef struct mrse_needs {
    mrse_need *need;
    size_t n_needs;
    mrse_question *question;
    size_t n_questions;
} mrse_needs;

/** What the file is good for, and what to ask. Numbers that share a reason share a question: one for
 *  each meaning that is not said, each unverified source, each assumption.
 *  Returned  out       clear with mrse_needs_clear; empty on failure
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_NOMEM
 *  Tests     tests/unit/test_needs.c */
mrse_status mrse_needs_of(const mrse_scanner *scanner, mrse_needs *out) MRSE_MUST_USE;
/** Check a file as mrse_spec_check does, and say of a scanner file what it is good for.
 *  Given     diags     where every error and warning goes; may be NULL
 *  Returned  out       clear with mrse_needs_clear; empty on failure and for other files
 *  Status    as mrse_spec_check
 *  Tests     tests/unit/test_needs.c */
mrse_status mrse_needs_check(const char *path, mrse_needs *out, mrse_diags *diags) MRSE_MUST_USE;

/** Free what it holds and empty it; NULL is fine.
 *  Tests     tests/unit/test_needs.c */
void mrse_needs_clear(mrse_needs *needs);
/** "ready", "provisional", "on assumption"; "missing" for anything else.
 *  Tests     tests/unit/test_needs.c */
const char *mrse_ready_text(mrse_ready ready);

/** The data sheet as residuals of a fit: what has a meaning and is used. Standard uncertainties are
 *  those of the numbers, and in quadrature with them 1 cm (contours) or 0.3 % (cylinders), which no
 *  sheet says of itself; another 1 % for axial extents of unstated meaning. Of B0: 1e-4 or the
 *  rounding of f0, whichever is more; without f0 0.4 % of the class, or 2 % where the class is 3 T.
 *  Returned  data      owned by the caller (mrse_free); the centre comes first: from f0 where it is
 *                      given, else from the class. n = 0 when the bore is no cylinder: no number of
 *                      such a magnet fits the model
 *            of        for each datum the value in the scanner it came from (borrowed); may be NULL,
 *                      else owned by the caller
 *            both      radial extents are UNSTATED: they are given as R_MID, and both meanings are
 *                      to be tried
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_NOMEM
 *  Valid     unverified and assumed numbers are given like others: the origin of the result must be
 *            the weakest of `of`. Not given: numbers of a meaning that is not said (axial and radial
 *            excepted, when that is the sheet's fault), derivatives other than of |B|, events
 *  Tests     tests/unit/test_needs.c */
mrse_status mrse_scanner_data(const mrse_scanner *scanner, mrse_datum **data,
                              const mrse_value ***of, size_t *n, bool *both) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif
