/* Relaxation times of tissues at 1.5 T and 3 T, with ranges and sources.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_TISSUE_H
#define MRSE_TISSUE_H

#include <stddef.h>

#include "mrse/status.h"
#include "mrse/value.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mrse_field_class { MRSE_FIELD_1_5_T = 0, MRSE_FIELD_3_T } mrse_field_class;

/* Publications disagree by more than each states, so a time is a range with a value in it. */
typedef struct mrse_tissue_time {
    double v_s, low_s, high_s;
    mrse_origin origin;       /* of the value: measured when a published text with the number has
                                 been read, unverified when the number has come second-hand */
    mrse_origin range_origin; /* of the range: as the weakest of the numbers at its ends */
    const char *source;       /* of all of them, with what is known of how they came */
} mrse_tissue_time;

typedef struct mrse_tissue {
    const char *id;   /* "white-matter" */
    const char *text; /* "white matter" */
    mrse_field_class field;
    mrse_tissue_time t1, t2;
} mrse_tissue;

/** Nominal field strength to the class of the table: 1.5 T is 1.4 to 1.6 T, 3 T is 2.8 to 3.2 T.
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL, not finite) | MRSE_ERR_RANGE (any other field)
 *  Tests     tests/unit/test_tissue.c */
mrse_status mrse_tissue_field(double b0_T, mrse_field_class *field) MRSE_MUST_USE;

/** The i-th entry of the table; false, and zero, beyond the last.
 *  Tests     tests/unit/test_tissue.c */
bool mrse_tissue_at(size_t i, mrse_tissue *tissue);

/** The entry of a tissue at a field.
 *  Given     id      "white-matter", or its text, "white matter"
 *  Returned  tissue  zero on failure
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL) | MRSE_ERR_RANGE (no such tissue at this field)
 *  Valid     healthy adults near body temperature; not for lesions or after contrast agent
 *  Source    named in each entry
 *  Tests     tests/unit/test_tissue.c */
mrse_status mrse_tissue_find(const char *id, mrse_field_class field,
                             mrse_tissue *tissue) MRSE_MUST_USE;

/** What a number made from this entry rests on: the weakest origin of its values and ranges.
 *  Returned  MRSE_ORIGIN_UNVERIFIED for NULL
 *  Tests     tests/unit/test_tissue.c */
mrse_origin mrse_tissue_origin(const mrse_tissue *tissue);

#ifdef __cplusplus
}
#endif
#endif
