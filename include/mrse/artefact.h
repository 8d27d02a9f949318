/* How far from a magnetised object an image is disturbed: the dipole field against the bandwidth of a
 * pixel and the dephasing within a voxel. An estimate for planning, not the ASTM F2119 artefact.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_ARTEFACT_H
#define MRSE_ARTEFACT_H

#include "mrse/hazard.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MRSE_METHOD_ARTEFACT "artefact-dipole"

/* Of the sequence; NaN: not known, and what needs it is missing. */
typedef struct mrse_artefact_input {
    double moment_A_m2;  /* |moment| in excess of the tissue displaced; mrse_magnetise gives M */
    double longest_m;    /* of the object: a dipole is not believed within it */
    double gamma_Hz_T;   /* 42.577e6 for protons */
    double bandwidth_Hz; /* per pixel, readout */
    double shift_pixels; /* displacement that counts, usually 1 */
    double echo_time_s;  /* gradient echoes only: NaN for spin echoes */
    double voxel_m;      /* largest edge of the voxel */
} mrse_artefact_input;

typedef struct mrse_artefact {
    mrse_hazard along_m, across_m; /* half extents by displacement: along B0 and across it */
    mrse_hazard dephasing_m;       /* largest half extent by signal loss of gradient echoes */
} mrse_artefact;

/** Half extents of the region around an object where the image is disturbed.
 *  Returned  out     along: r^3 = 2 C gamma / (BW n), across: half of that, C = mu0 m / (4 pi);
 *                    dephasing of one turn in a voxel: r^4 = 6 C gamma TE voxel. Missing when an input
 *                    is NaN and when r is not beyond half of the longest dimension, validity
 *                    (longest / 2) / r below 1: the object itself is the artefact's size then
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL) | MRSE_ERR_RANGE (negative or infinite)
 *  Valid     beyond the object; homogeneous tissue; no distortion correction
 *  Source    field of a dipole, Jackson 5.6; J. F. Schenck, Med. Phys. 23 (1996) 815, section IV
 *  Tests     tests/unit/test_hazard_function.c */
mrse_status mrse_artefact_estimate(const mrse_artefact_input *input,
                                   mrse_artefact *out) MRSE_MUST_USE;

/** Moment of a weakly magnetic object in tissue: (chi - chi tissue) V B / mu0, A m2; NaN when out of
 *  range. Valid for |chi| < 0.1.
 *  Tests     tests/unit/test_hazard_function.c */
double mrse_artefact_moment_A_m2(double chi, double chi_tissue, double volume_m3, double b_T);

#ifdef __cplusplus
}
#endif
#endif
