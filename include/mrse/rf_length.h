/* RF: how long a conductor is against the wavelength in tissue, and what is published of such
 * lengths. No temperature comes of this: E along the conductor, its ends and cooling are not known.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_RF_LENGTH_H
#define MRSE_RF_LENGTH_H

#include <stdbool.h>
#include <stddef.h>

#include "mrse/status.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MRSE_METHOD_RF_LENGTH "rf-length"

/* A lossy medium; constants of tissues are [untraced] unless the user brings a source. */
typedef struct mrse_medium {
    double permittivity;     /* relative, >= 1 */
    double conductivity_S_m; /* >= 0 */
} mrse_medium;

/** Wavelength in a lossy medium, m: 2 pi / Re(k); NaN when out of range.
 *  Accuracy  1e-14 relative
 *  Source    J. D. Jackson, Classical Electrodynamics, 3rd ed. 1999, 7.5, 7.8
 *  Tests     tests/unit/test_hazard_rf.c, tests/evidence/evidence_hazards.c R1 to R3 */
double mrse_rf_wavelength_m(mrse_medium medium, double frequency_Hz);

/** Wavelength of the current on an insulated wire in a lossy medium, m; NaN when out of range.
 *  Given     wire_m, outer_m   diameters of conductor and insulation, wire < outer
 *            insulation        relative permittivity, >= 1
 *  Valid     insulation thin against the wavelength and less dense than the medium: |k| outer < 0.2,
 *            |k|^2 > 4 of the insulation's; else NaN
 *  Source    R. W. P. King, B. S. Trembly, J. W. Strohbehn, IEEE Trans. Microwave Theory Tech. 31
 *            (1983) 574, propagation constant of the insulated antenna
 *  Tests     tests/unit/test_hazard_rf.c */
double mrse_rf_insulated_wavelength_m(mrse_medium medium, double frequency_Hz, double wire_m,
                                      double outer_m, double insulation);

typedef enum mrse_rf_grade {
    MRSE_RF_UNKNOWN = 0,
    MRSE_RF_SHORT,    /* well below the first resonance: less than a fifth of the shortest */
    MRSE_RF_GROWING,  /* below it: heating grows with length */
    MRSE_RF_RESONANT, /* may be at the first resonance */
    MRSE_RF_LONG,     /* longer: ends may still heat, further maxima */
} mrse_rf_grade;

/* A conductor; lengths NaN when not known, 0 when there is no such thing. */
typedef struct mrse_conductor {
    double length_m; /* longest continuous path of metal */
    bool insulated;  /* at least in part; not known: set insulation NaN and this true */
    double wire_m, outer_m, insulation;
    double loop_m; /* largest diameter of a closed loop that it forms */
    double gap_m;  /* to the nearest other conductor */
} mrse_conductor;

enum { MRSE_RF_STATEMENTS = 8 };

typedef struct mrse_rf_judgement {
    mrse_rf_grade grade;
    double wavelength_m, half_m;               /* in the medium */
    double critical_from_m, critical_to_m;     /* lengths at which the first resonance may lie */
    double fraction;                           /* length over the shortest critical length */
    const char *statement[MRSE_RF_STATEMENTS]; /* ids, for mrse_rf_statement_text */
    size_t n_statements;
    char reason[208]; /* why the grade, or why unknown */
} mrse_rf_judgement;

/** Grades a conductor by its length, with what is published of such conductors.
 *  Returned  out       grade UNKNOWN, with the reason, when the length is not known; lengths of
 *                      resonance: bare 0.6 to 1.3 half waves; insulated from 0.6 half waves in the
 *                      medium (bare parts) to 1.3 of the insulated wire's, or without end where that
 *                      cannot be worked out
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL) | MRSE_ERR_RANGE (medium, frequency, a length negative)
 *  Valid     straight conductors; a screen for what to ask next, no exposure limit
 *  Source    as the statements say
 *  Tests     tests/unit/test_hazard_rf.c */
mrse_status mrse_rf_judge(const mrse_conductor *conductor, mrse_medium medium, double frequency_Hz,
                          mrse_rf_judgement *out) MRSE_MUST_USE;

/** What a statement says, and its source; NULL when there is none of this id.
 *  Tests     tests/unit/test_hazard_rf.c */
const char *mrse_rf_statement_text(const char *id);
const char *mrse_rf_statement_source(const char *id);

/** A published temperature rise at another SAR of the same coil, landmark and frequency:
 *  dT sar_to / sar_from; the ratio of SAR at two B1+rms: (to / from)^2. NaN when out of range.
 *  Valid     never across field strengths or coils
 *  Tests     tests/unit/test_hazard_rf.c, tests/evidence/evidence_hazards.c R4 to R8 */
double mrse_rf_scaled_rise_K(double rise_K, double sar_from_W_kg, double sar_to_W_kg);
double mrse_rf_b1_ratio(double b1_from_T, double b1_to_T);

#ifdef __cplusplus
}
#endif
#endif
