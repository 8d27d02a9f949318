/* What a change of a sequence does to signal-to-noise ratio and to contrast between tissues.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_CONTRAST_H
#define MRSE_CONTRAST_H

#include "mrse/epg.h"
#include "mrse/tissue.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MRSE_METHOD_SNR      "image-snr"
#define MRSE_METHOD_CONTRAST "image-contrast"

typedef enum mrse_signal_family {
    MRSE_SIGNAL_SPIN_ECHO = 0,
    MRSE_SIGNAL_SPOILED,
    MRSE_SIGNAL_BALANCED,
    MRSE_SIGNAL_INVERSION,
    MRSE_SIGNAL_TRAIN, /* TSE: echo `centre` of the steady train */
} mrse_signal_family;

/* How a sequence weights tissue: the family, and that family's member. */
typedef struct mrse_weighting {
    mrse_signal_family family;
    mrse_spin_echo spin_echo;
    mrse_gradient_echo gradient_echo; /* spoiled, balanced */
    mrse_inversion inversion;
    mrse_echo_train train;
    mrse_repetition repetition;
    size_t centre; /* index of the echo at the centre of k-space, from 0 */
} mrse_weighting;

/* What else the noise depends on. */
typedef struct mrse_acquisition {
    double voxel_m3;
    double averages;
    double lines_pe,
        lines_3d;           /* acquired, after acceleration and partial Fourier; 2D: lines_3d 1 */
    double bandwidth_Hz_px; /* readout bandwidth of one pixel */
    double g_factor;        /* of parallel imaging, >= 1; 1 without */
} mrse_acquisition;

/* At the tissue's value, and the smallest and largest over its range. */
typedef struct mrse_span {
    double v, low, high;
} mrse_span;

typedef struct mrse_contrast {
    mrse_span signal_a, signal_b; /* magnitude, of M0 = 1 */
    mrse_span difference;         /* a - b: what noise is compared with */
    mrse_span relative;           /* (a - b) / (a + b) */
} mrse_contrast;

/** Magnitude of the signal of one T1 and T2 under a weighting.
 *  Status    of the family's own function; MRSE_ERR_ARG also for an unknown family or a `centre`
 *            beyond the train
 *  Accuracy  of the family's own function; proton density 1
 *  Tests     tests/unit/test_contrast.c */
mrse_status mrse_image_signal(const mrse_weighting *weighting, const mrse_relaxation *relaxation,
                              double *signal) MRSE_MUST_USE;

/** Signal-to-noise ratio after over before, of the same tissue, coil and patient:
 *  signal × voxel × sqrt(averages × lines_pe × lines_3d / bandwidth) / g.
 *  Given     signal_before, signal_after   magnitudes, before > 0
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL, not finite) | MRSE_ERR_RANGE (a size, count or bandwidth
 *            that is not positive, g < 1, a negative signal)
 *  Accuracy  rounding; Valid: thermal noise of the patient, same receive coil and reconstruction
 *            filter; the square root of the acceleration is in the lines acquired already
 *  Source    E. M. Haacke and others, 1999, chapter 15; g: K. P. Pruessmann and others, Magn. Reson.
 *            Med. 42 (1999) 952
 *  Tests     tests/unit/test_contrast.c */
mrse_status mrse_image_snr_ratio(double signal_before, const mrse_acquisition *before,
                                 double signal_after, const mrse_acquisition *after,
                                 double *ratio) MRSE_MUST_USE;

/** The same for a tissue, with the range over its T1 and T2.
 *  Returned  ratio   low and high: over a 5 × 5 grid of T1 and T2 that holds the corners of their
 *                    ranges, the same T1 and T2 before and after
 *  Status    as mrse_image_signal and mrse_image_snr_ratio
 *  Valid     as mrse_image_snr_ratio; T1 and T2 vary independently in their ranges; an extreme that
 *            lies between grid points is missed
 *  Tests     tests/unit/test_contrast.c */
mrse_status mrse_image_snr_change(const mrse_tissue *tissue, const mrse_weighting *weighting_before,
                                  const mrse_acquisition *before,
                                  const mrse_weighting *weighting_after,
                                  const mrse_acquisition *after, mrse_span *ratio) MRSE_MUST_USE;

/** Contrast between two tissues, with the range over the T1 and T2 of both.
 *  Returned  contrast  low and high: each tissue's signal over the grid of mrse_image_snr_change,
 *                      then the worst combination of the two; zero on failure
 *  Status    as mrse_image_signal; MRSE_ERR_RANGE also when neither tissue has signal
 *  Valid     as mrse_image_snr_change; equal proton densities; the tissues' ranges independent
 *  Tests     tests/unit/test_contrast.c */
mrse_status mrse_image_contrast(const mrse_weighting *weighting, const mrse_tissue *a,
                                const mrse_tissue *b, mrse_contrast *contrast) MRSE_MUST_USE;

/** Contrast-to-noise ratio after over before: |a - b| after over before, times the ratio of noise.
 *  Returned  ratio     low and high: over all pairs of grid points, the same T1 and T2 before and
 *                      after; high is INFINITY, and low 0, when the contrast before, or after, can
 *                      vanish or turn round within the ranges
 *  Status    as mrse_image_contrast; MRSE_ERR_RANGE also when the contrast before is 0
 *  Valid     as mrse_image_contrast and mrse_image_snr_ratio
 *  Tests     tests/unit/test_contrast.c */
mrse_status mrse_image_contrast_change(const mrse_tissue *a, const mrse_tissue *b,
                                       const mrse_weighting *weighting_before,
                                       const mrse_acquisition *before,
                                       const mrse_weighting *weighting_after,
                                       const mrse_acquisition *after,
                                       mrse_span *ratio) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif
