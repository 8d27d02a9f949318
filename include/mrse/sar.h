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

#define MRSE_METHOD_SAR_RATIO    "sar-ratio"
#define MRSE_METHOD_SAR_SITE     "sar-site"
#define MRSE_METHOD_SAR_ANALYTIC "sar-analytic"
#define MRSE_METHOD_SED          "sed"

/* The uniform body of the analytic model. */
#define MRSE_SAR_CONDUCTIVITY_S_M 0.5
#define MRSE_SAR_DENSITY_KG_M3    1000.0
#define MRSE_SAR_HEAD_M           0.09 /* radius of a sphere */
#define MRSE_SAR_TRUNK_M          0.15 /* radius of a long cylinder */
#define MRSE_SAR_TRUNK_SHARE      0.3  /* of the body's mass that is exposed */

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
 *  Tests     tests/unit/test_sar.c, tests/evidence/evidence_before_after.c */
mrse_status mrse_sar_after(const mrse_protocol *before, const mrse_protocol *after,
                           const mrse_protocol_rf *rf_before, const mrse_protocol_rf *rf_after,
                           const mrse_sar_pair *pair, size_t n_pairs, mrse_sar *out) MRSE_MUST_USE;

/** B1+rms that a SAR is worked out from: as the console reports it, else from the pulses.
 *  Returned  missing when neither is known
 *  Tests     tests/unit/test_sar.c */
mrse_value mrse_sar_b1(const mrse_protocol *protocol, const mrse_protocol_rf *rf);

/** Does a pair of a site's calibration hold for a protocol: coil, region, registered mass?
 *  Returned  false also for a pair whose numbers are missing or not positive
 *  Tests     tests/unit/test_sar.c */
bool mrse_sar_pair_applies(const mrse_protocol *protocol, const mrse_sar_pair *pair);

/** SAR by the ratio of the same two sequences, as reported in another examination.
 *  Given     before                  SAR here, before the change
 *            ref_before, ref_after   SAR there, of the same kind, same patient and position in both
 *  Returned  out      method REFERENCE, the value of that kind; NONE with the reason when a value is
 *                     missing, not positive, or of another kind
 *  Status    MRSE_OK | MRSE_ERR_ARG
 *  Accuracy  1e-3 (2u) of the ratio
 *  Valid     the two sequences unchanged but for the transmitter's adjustment; one scanner and coil
 *  Source    four positions of one subject, ratio constant to 1e-7 while SAR varies by 18 %
 *  Tests     tests/unit/test_sar.c, tests/evidence/evidence_before_after.c */
mrse_status mrse_sar_by_reference(const mrse_value *before, const mrse_value *ref_before,
                                  const mrse_value *ref_after, mrse_sar *out) MRSE_MUST_USE;

/** Specific absorbed energy: whole-body SAR times the time it is applied.
 *  Given     sar      whole-body SAR, W/kg
 *            time     s
 *  Returned  out      J/kg, with u of both; missing when either is not known, or negative, or when
 *                     SAR is of another kind
 *  Status    MRSE_OK | MRSE_ERR_ARG
 *  Source    definition; counters of a Siemens Trio over 19 series: the product to the second
 *  Tests     tests/unit/test_sar.c */
mrse_status mrse_sed(const mrse_value *sar, const mrse_value *time, mrse_value *out) MRSE_MUST_USE;

/** The SAR of the worst 10 s of a sequence, from its mean: limits allow twice the mean of 6 min.
 *  Given     sar      mean while the sequence runs
 *            rf       its RF in the steady state, for the worst 10 s over the mean
 *  Returned  out      same kind; missing when either is not known
 *  Status    MRSE_OK | MRSE_ERR_ARG
 *  Tests     tests/unit/test_sar.c */
mrse_status mrse_sar_10s(const mrse_value *sar, const mrse_protocol_rf *rf,
                         mrse_value *out) MRSE_MUST_USE;

/** The largest mean over 6 min of a sequence with nothing before and after it.
 *  Returned  out      same kind: SAR x min(1, time / 6 min); missing when either is not known
 *  Status    MRSE_OK | MRSE_ERR_ARG
 *  Tests     tests/unit/test_sar.c */
mrse_status mrse_sar_6min(const mrse_value *sar, const mrse_value *time,
                          mrse_value *out) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif
