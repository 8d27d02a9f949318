/* Units: a closed table of exact spellings, and the kinds of quantity that may carry them. Kinds
 * keep apart what shares a unit. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_UNITS_H
#define MRSE_UNITS_H

#include <stddef.h>

#include "mrse/status.h"
#include "mrse/text.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mrse_kind {
    MRSE_KIND_NONE = 0,
    MRSE_KIND_LENGTH,
    MRSE_KIND_B0,            /* nominal or actual main field */
    MRSE_KIND_FIELD,         /* |B| at a point, a contour level */
    MRSE_KIND_SFG,           /* spatial field gradient |grad |B|| */
    MRSE_KIND_PRODUCT,       /* force product |B| |grad |B|| */
    MRSE_KIND_GRADIENT,      /* amplitude of a switched imaging gradient */
    MRSE_KIND_SLEW_SYSTEM,   /* rated slew of the system */
    MRSE_KIND_SLEW_SEQUENCE, /* slew used by a sequence */
    MRSE_KIND_DBDT_PEAK,
    MRSE_KIND_DBDT_RMS,
    MRSE_KIND_B1_RMS,
    MRSE_KIND_B1_PEAK,
    MRSE_KIND_SAR_WHOLE_BODY,
    MRSE_KIND_SAR_PARTIAL_BODY,
    MRSE_KIND_SAR_HEAD,
    MRSE_KIND_SAR_LOCAL,
    MRSE_KIND_SAR_UNSPECIFIED, /* the label does not say which: never MET silently */
    MRSE_KIND_TIME,
    MRSE_KIND_FREQUENCY,
    MRSE_KIND_ANGLE,
    MRSE_KIND_MASS,
    MRSE_KIND_TEMPERATURE_RISE,
    MRSE_KIND_AMPERE_TURNS,
    MRSE_KIND_RATIO, /* % or a plain number written with unit 1 */
    MRSE_KIND_SED,   /* specific absorbed energy */
    MRSE_KIND_B_VALUE,
    MRSE_KIND_SOUND_LEVEL,
    MRSE_KIND_SPEED,
    MRSE_KIND_VOLUME,
    MRSE_KIND_DENSITY,
    MRSE_KIND_CONDUCTIVITY,
    MRSE_KIND_SUSCEPTIBILITY, /* volume susceptibility, SI */
    MRSE_KIND_POLARISATION,   /* mu0 M: saturation, remanence */
    MRSE_KIND_FORCE,
    MRSE_KIND_TORQUE,
    MRSE_KIND_POWER,
    MRSE_KIND_VOLTAGE,    /* capture threshold of a lead */
    MRSE_KIND_RESISTANCE, /* impedance of a lead */
    MRSE_KIND_COUNT
} mrse_kind;

typedef struct mrse_unit {
    const char *text; /* exact spelling */
    const char *dim;  /* dimension name: "field gradient" */
    double to_si;     /* multiply by this to get the SI unit of the dimension */
    int exp10;        /* to_si is 10^exp10, exactly; MRSE_UNIT_NOT_DECIMAL for min, h, deg */
    const char *note; /* "1 G/cm = 0.01 T/m"; may be "" */
} mrse_unit;

enum { MRSE_UNIT_NOT_DECIMAL = 99 };

typedef struct mrse_kind_info {
    const char *id;       /* as used in files: "sfg", "b1-rms" */
    const char *name;     /* "spatial field gradient" */
    const char *symbol;   /* printed in formulas: "|∇|B||" */
    const char *dim;      /* dimension that its unit must have */
    const char *si;       /* SI unit it is stored in: "T/m" */
    const char *custom;   /* the other customary unit, printed beside: "G/cm"; "" when none */
    const char *usual[3]; /* what sources print and people type, commonest first; NULL ends */
} mrse_kind_info;

typedef struct mrse_quantity {
    double si;       /* value, SI */
    double half_ulp; /* half of the last printed place, SI: u of rounding is half_ulp / sqrt(3) */
    mrse_kind kind;
    const mrse_unit *unit;
} mrse_quantity;

const mrse_unit *mrse_units_table(size_t *n);
const mrse_unit *mrse_unit_find(const char *text);   /* exact spelling; NULL when unknown */
const mrse_kind_info *mrse_kind_get(mrse_kind kind); /* never NULL */
mrse_kind mrse_kind_from_id(const char *id);         /* MRSE_KIND_NONE when unknown */

/** Read "720 G/cm" as a quantity of the given kind: number, one space or none, exact unit.
 *  Given     text      at most 128 bytes
 *  Returned  out       zero on failure
 *            why, hint what is wrong and what to write instead, appended; may be NULL
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_INPUT (not a number, bare number, unknown unit,
 *            wrong dimension, case slip such as "MT", nan, overflow, trailing text)
 *  Accuracy  decimal units: the double nearest to the decimal value, so that "70 G/cm" and
 *            "0.7 T/m" are equal to the bit; min, h and deg: relative 3e-16
 *  Tests     tests/unit/test_units.c (also against udunits2), tests/fuzz/fuzz_quantity.c */
mrse_status mrse_quantity_read(const char *text, mrse_kind kind, mrse_quantity *out, mrse_buf *why,
                               mrse_buf *hint) MRSE_MUST_USE;

/** The unit in which a value of a kind reads best: that of mrse_quantity_print.
 *  Returned  never NULL for a kind with a unit
 *  Tests     tests/unit/test_units.c */
const mrse_unit *mrse_unit_readable(double si, mrse_kind kind);

/** Print an SI value of a kind: "7.20 T/m"; with `both`, "7.20 T/m (720 G/cm)". Chooses a readable
 *  prefix: mT below 0.1 T and µT below 0.1 mT, cm below 1 m and mm below 1 cm, and so on.
 *  Returned  out       appended; "not known" when not finite
 *  Tests     tests/unit/test_units.c */
void mrse_quantity_print(mrse_buf *out, double si, mrse_kind kind, int digits, int both);

#ifdef __cplusplus
}
#endif
#endif
