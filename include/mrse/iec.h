/* Limits of IEC 60601-2-33 by operating mode, as public texts give them. The standard itself was not
 * read: what no such text states is marked, and then never makes a MET.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_IEC_H
#define MRSE_IEC_H

#include <stdbool.h>
#include <stddef.h>

#include "mrse/verdict.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MRSE_METHOD_IEC "iec-limits"

typedef enum mrse_iec_mode {
    MRSE_IEC_MODE_ANY = 0, /* holds in every mode */
    MRSE_IEC_MODE_NORMAL,
    MRSE_IEC_MODE_FIRST, /* first level controlled */
} mrse_iec_mode;

typedef struct mrse_iec_entry {
    const char *id; /* "sar-head" */
    mrse_kind kind;
    mrse_iec_mode mode;
    double value;     /* SI unit of the kind */
    const char *unit; /* as printed */
    const char *note; /* formula, or what the value is of; "" */
    const char *source;
    bool traced; /* a public text with this number was read */
} mrse_iec_entry;

/* A site's own number for an entry, with its source: takes the place of the table's. */
typedef struct mrse_iec_override {
    const char *id;
    mrse_iec_mode mode;
    mrse_value value;
} mrse_iec_override;

typedef struct mrse_iec_overrides {
    const mrse_iec_override *item; /* borrowed */
    size_t n;
} mrse_iec_overrides;

size_t mrse_iec_count(void);
/** An entry of the table; NULL when there are not so many. */
const mrse_iec_entry *mrse_iec_at(size_t i);

/** A limit, for mrse_decide.
 *  Given     id         of an entry
 *            mode       an entry for any mode is found in each
 *            overrides  a site's own numbers; may be NULL
 *  Returned  out        <=, declared, u = 0; its origin is unverified when the entry is not traced,
 *                       so that it can never give MET; missing on failure
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL, no such entry, an override of another kind)
 *  Valid     6 min means for SAR, room at or below 25 degC
 *  Source    each entry's own
 *  Tests     tests/unit/test_iec.c */
mrse_status mrse_iec_find(const char *id, mrse_iec_mode mode, const mrse_iec_overrides *overrides,
                          mrse_limit *out) MRSE_MUST_USE;

/** Partial-body SAR: 10 - 8r, first level 10 - 6r, r the exposed share of the patient's mass.
 *  Given     exposed    > 0, <= 1
 *  Returned  out        as mrse_iec_find; entry sar-partial-body is this at r = 1
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_RANGE
 *  Tests     tests/unit/test_iec.c */
mrse_status mrse_iec_partial_body(double exposed, mrse_iec_mode mode,
                                  mrse_limit *out) MRSE_MUST_USE;

/** Whole-body SAR of the first level in a warm room: 0.25 W/kg less for each degree above 25, down
 *  to that of the normal mode.
 *  Given     room_degC  0 ... 50
 *  Returned  out        as mrse_iec_find; above 25 degC unverified: one public text only, which
 *                       leaves out humidity
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_RANGE
 *  Tests     tests/unit/test_iec.c */
mrse_status mrse_iec_warm_room(double room_degC, mrse_iec_mode mode, mrse_limit *out) MRSE_MUST_USE;

/** SAR of any 10 s: twice a limit of 6 min.
 *  Given     mean   a limit of SAR
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL, not a SAR)
 *  Source    JIS Z 4951 (account of mri-anzen.or.jp)
 *  Tests     tests/unit/test_iec.c */
mrse_status mrse_iec_10s(const mrse_limit *mean, mrse_limit *out) MRSE_MUST_USE;

/** Cardiac stimulation: largest dB/dt of a ramp, 20 T/s / (1 - exp(-t / 3 ms)).
 *  Given     ramp_s   > 0
 *  Returned  out      unverified: the standard's text was not read
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_RANGE
 *  Source    checked against two published multiples of it (mrm.ismrm.org/t/503)
 *  Tests     tests/unit/test_iec.c */
mrse_status mrse_iec_cardiac(double ramp_s, mrse_limit *out) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif
