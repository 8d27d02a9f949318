/* Scan time of SE, TSE, GRE and EPI families from what the console shows.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_SCAN_TIME_H
#define MRSE_SCAN_TIME_H

#include <stddef.h>

#include "mrse/status.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MRSE_METHOD_SCAN_TIME "image-scan-time"

/* Counts that are 0 stand for "not used"; averages and the like are then 1. */
typedef struct mrse_scan_plan {
    double tr_s;           /* from excitation to excitation of one slice; with an inversion or
                                magnetisation preparation the whole cycle */
    size_t lines;          /* phase-encoding lines of the full k-space, oversampling included */
    size_t partitions;     /* 3D: slice-encoding steps of the full k-space; 2D: 0 */
    size_t lines_per_tr;   /* TSE: echo train length; EPI: EPI factor; MPRAGE: lines of a cycle;
                                SE, GRE, bSSFP: 1 */
    size_t averages;       /* number of acquisitions, excitations */
    size_t concatenations; /* passes over which the slices are spread, each with its own TR */
    size_t volumes;        /* measurements, diffusion directions and b values, phases */
    size_t dummies;        /* TRs without data, for each concatenation */
    double partial_pe, partial_3d; /* share of k-space that is acquired, 0.5 ... 1; 0: all */
    double acceleration_pe, acceleration_3d; /* parallel imaging, >= 1; 0: none */
    size_t reference_lines; /* in the scan itself: lines added for the calibration of parallel
                                imaging */
    size_t reference_partitions;
} mrse_scan_plan;

typedef struct mrse_scan_time {
    size_t lines, partitions; /* acquired: what signal-to-noise depends on */
    size_t trains;            /* excitations of one slice for one average of one volume */
    double repetitions;       /* TRs in all */
    double time_s;
} mrse_scan_time;

/** How long a sequence runs: TR × (ceil(lines × partitions / lines per TR) × averages × volumes +
 *  dummies) × concatenations.
 *  Returned  out       zero on failure
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL, a number that is not finite, no lines) | MRSE_ERR_RANGE
 *            (TR not positive, a share outside 0.5 ... 1, an acceleration below 1, more lines per TR
 *            than lines and partitions) | MRSE_ERR_LIMIT (a count beyond 1e6)
 *  Accuracy  exact for the formula; consoles add prescans, noise scans, separate reference scans and
 *            triggering, which are not in it, and round lines to their own rules: a few lines
 *  Valid     trains that hold lines of one average; slices of one concatenation within one TR
 *  Source    definition; lines acquired = ceil(ceil(share × lines) / acceleration) + reference lines,
 *            never more than the lines without acceleration
 *  Tests     tests/unit/test_scan_time.c */
mrse_status mrse_scan_time_of(const mrse_scan_plan *plan, mrse_scan_time *out) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif
