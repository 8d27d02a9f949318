/* SAR of a changed sequence. It is never made up from B1+rms alone: SAR over B1+rms squared spans
 * 0.04 to 0.58 W/kg/uT2 between scanners, landmarks and patients. It comes from what the console
 * reported, by ratio; from a site's calibration; or from an analytic body, an order of magnitude.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_SAR_H
#define MRSE_SAR_H

#include "mrse/protocol_rf.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mrse_sar_method {
    MRSE_SAR_NONE = 0,    /* no method applies: `reason` says why */
    MRSE_SAR_AS_REPORTED, /* the console states it for this very sequence */
    MRSE_SAR_RATIO_TIME,  /* the pulses are unchanged: energy per time by TR, slices, passes */
    MRSE_SAR_RATIO_B1,    /* both consoles' B1+rms, same examination */
    MRSE_SAR_RATIO_PULSE, /* energy of the pulses, worked out for both */
    MRSE_SAR_REFERENCE,   /* the same two sequences reported in another examination */
    MRSE_SAR_SITE,        /* site's calibration: SAR over B1+rms squared */
    MRSE_SAR_ANALYTIC,    /* order of magnitude */
} mrse_sar_method;

/* What kinds of SAR are carried along by the same ratio. */
enum { MRSE_SAR_KINDS = 4 }; /* whole body, partial body, head, local: in the order of mrse_kind */

typedef struct mrse_sar {
    mrse_sar_method method;
    double ratio, u_ratio;            /* after over before; NaN where no ratio is used */
    mrse_value value[MRSE_SAR_KINDS]; /* missing where it cannot be told */
    char reason[256];                 /* why this method, and what it rests on; or why none */
} mrse_sar;

/* One pair of a site's calibration table, read from the console (scanner file, rf.sar_pairs). */
typedef struct mrse_sar_pair {
    char *coil;
    mrse_landmark_region region;
    mrse_value mass;        /* registered, kg; missing: any */
    mrse_value b1_rms, sar; /* kind of `sar` says which SAR */
    int line;
} mrse_sar_pair;

/** SAR of `after`, given what the console said of `before`.
 *  Given     before, after    protocols; of the same examination unless their `exam`, coil, region or
 *                             registered mass say otherwise
 *            rf_before, rf_after   mrse_protocol_rf_of of them
 *            pair, n_pairs    site's calibration; may be NULL
 *  Returned  out      method NONE, with the reason, for multiband changes, a moved table, another
 *                     patient or coil, changed preparation that is not stated
 *  Status    MRSE_OK | MRSE_ERR_ARG
 *  Accuracy  1e-3 (2u) where only TR, slices or passes change; see each method
 *  Source    console values of eleven scanners compared pair by pair, tests/evidence
 *  Tests     tests/unit/test_sar.c, tests/evidence/evidence_sequence.c */
mrse_status mrse_sar_after(const mrse_protocol *before, const mrse_protocol *after,
                           const mrse_protocol_rf *rf_before, const mrse_protocol_rf *rf_after,
                           const mrse_sar_pair *pair, size_t n_pairs, mrse_sar *out) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif
