/* A number that people rely on: value, standard uncertainty, kind, origin, and where it came from.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_VALUE_H
#define MRSE_VALUE_H

#include <stdbool.h>

#include "mrse/units.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mrse_origin {
    MRSE_ORIGIN_UNVERIFIED = 0, /* no source yet: zero-initialised values are this, never better */
    MRSE_ORIGIN_ASSUMED,        /* the author's stated assumption, with its reason */
    MRSE_ORIGIN_MANUFACTURER,   /* document, revision, date, page */
    MRSE_ORIGIN_MEASURED,       /* instrument, calibration date */
    MRSE_ORIGIN_CONSOLE,        /* read off the scanner */
    MRSE_ORIGIN_COMPUTED,       /* method id */
} mrse_origin;

/* Which form of the decision rule applies: a value as displayed or declared is compared as it
 * stands (U = 0); a value computed or measured is guarded with U = 2u. */
typedef enum mrse_basis { MRSE_BASIS_COMPUTED = 0, MRSE_BASIS_DECLARED } mrse_basis;

typedef struct mrse_value {
    double v; /* SI unit of the kind; NaN when missing */
    double u; /* standard uncertainty, same unit; NaN when unknown */
    mrse_kind kind;
    mrse_origin origin;
    mrse_basis basis;
    char src[64];     /* source id of the user's file, or method id of `mrse methods` */
    char file[64];    /* base name of the file that holds it; "" for computed values */
    int line;         /* 1-based; 0 for computed values */
    char printed[48]; /* as the source prints it ("720 G/cm"); "" for computed values */
} mrse_value;

/** Name in a file ("manufacturer"); "unverified" for anything that is no origin.
 *  Tests     tests/unit/test_units.c */
const char *mrse_origin_text(mrse_origin origin);

/** Name in a file to origin; false, and unverified, when unknown.
 *  Tests     tests/unit/test_units.c */
bool mrse_origin_from_text(const char *text, mrse_origin *origin);

/** A value that is missing: v and u NaN, origin unverified.
 *  Tests     tests/unit/test_units.c */
mrse_value mrse_value_missing(mrse_kind kind);

/** A value that a method computed.
 *  Given     v, u      value and standard uncertainty, SI unit of the kind
 *            method    its id, kept as `src`
 *  Tests     tests/unit/test_units.c */
mrse_value mrse_value_computed(double v, double u, mrse_kind kind, const char *method);

/** The weaker origin of two: unverified < assumed < all others (then `a`).
 *  Tests     tests/unit/test_units.c */
mrse_origin mrse_origin_weaker(mrse_origin a, mrse_origin b);

#ifdef __cplusplus
}
#endif
#endif
