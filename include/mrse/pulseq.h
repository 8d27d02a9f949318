/* Pulseq: a sequence as a .seq file states it. Blocks refer to events, events to shapes; each
 * distinct thing is kept once. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_PULSEQ_H
#define MRSE_PULSEQ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mrse/diag.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { MRSE_PULSEQ_FILE_MAX = 128 << 20, MRSE_PULSEQ_NONE = -1 };

/* Samples first .. first+n-1 of a shape: value + step * (i - first). */
typedef struct mrse_pulseq_run {
    uint32_t first, n;
    double value, step;
} mrse_pulseq_run;

typedef struct mrse_pulseq_shape {
    uint32_t id, line;
    uint32_t n; /* samples */
    size_t run, n_runs;
} mrse_pulseq_shape;

/* Times are in nanoseconds: what files write in us, or in rasters of 1e-5 s, is then a whole
 * number, and sums of whole numbers are exact. Indices are MRSE_PULSEQ_NONE when absent. */
typedef struct mrse_pulseq_rf {
    uint32_t id, line;
    double amplitude_Hz, delay_ns, duration_ns; /* duration without the delay */
    int32_t magnitude, phase, time; /* shapes; no time shape: centres of the RF raster */
    bool backwards; /* the time shape runs backwards: channels of a pTx array, one after another */
    bool shimmed;   /* further columns, not zero: shims of a pTx array */
    char use;       /* 'e', 'r', 'i', 's', 'p', 'o', 'u' */
} mrse_pulseq_rf;

/* A gradient is a line through points, scaled; a trapezoid has 4 points, or 3. */
typedef struct mrse_pulseq_gradient {
    uint32_t id, line;
    double amplitude_Hz_m, delay_ns, duration_ns;
    double first_Hz_m, last_Hz_m; /* at both ends; first is NaN when the file does not state it: it
                                   * then continues what the channel had before */
    int32_t shape, time;          /* of a shaped gradient; both absent: a trapezoid */
    bool oversampled;             /* samples every half raster */
    double rise_ns, flat_ns, fall_ns;
    size_t point, n_points; /* in the list of points, times since the end of the delay */
} mrse_pulseq_gradient;

typedef struct mrse_pulseq_point {
    double t_ns, value; /* value times amplitude is Hz/m */
} mrse_pulseq_point;

typedef struct mrse_pulseq_block {
    double duration_ns;
    int32_t rf, gradient[3], rotation;
    uint32_t line;
} mrse_pulseq_block;

typedef struct mrse_pulseq_rotation { /* of (gx, gy, gz) */
    uint32_t id, line;
    double matrix[3][3];
} mrse_pulseq_rotation;

typedef enum mrse_signature {
    MRSE_SIGNATURE_NONE = 0,
    MRSE_SIGNATURE_HOLDS,   /* the md5 in the file is that of its contents */
    MRSE_SIGNATURE_DIFFERS, /* the file was changed after it was signed */
    MRSE_SIGNATURE_UNKNOWN, /* of a type that is not known */
} mrse_signature;

typedef struct mrse_pulseq {
    int major, minor, revision;
    char name[96]; /* of the definitions; "" when none */
    double block_raster_ns, gradient_raster_ns, rf_raster_ns;
    bool raster_assumed; /* the file is older than 1.4 and states none: 10 us and 1 us */
    double duration_ns;
    mrse_signature signature;
    size_t n_unknown_extensions;
    char unknown_extension[64];         /* the first of them */
    size_t n_adc, n_rotated, n_shimmed; /* blocks with these */
    mrse_pulseq_block *block;
    size_t n_blocks;
    mrse_pulseq_rf *rf;
    size_t n_rf;
    mrse_pulseq_gradient *gradient;
    size_t n_gradients;
    mrse_pulseq_point *point;
    size_t n_points;
    mrse_pulseq_rotation *rotation;
    size_t n_rotations;
    mrse_pulseq_shape *shape;
    size_t n_shapes;
    mrse_pulseq_run *run;
    size_t n_runs;
} mrse_pulseq;

/** Read a Pulseq text file, versions 1.2 to 1.5.
 *  Given     text, n   the bytes of the file, not NUL-terminated; signatures cover bytes
 *            name      what diagnostics call the file
 *            diags     where errors and warnings go; may be NULL
 *  Returned  out       the sequence, owned by the caller (mrse_pulseq_free); NULL on failure. Every
 *                      number is finite, every index is in range, no event outlasts its block
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_INPUT (also: another version, the binary form, a
 *            required extension that is not known) | MRSE_ERR_LIMIT | MRSE_ERR_NOMEM
 *  Accuracy  numbers correctly rounded; times exact while they are whole nanoseconds
 *  Valid     extensions that are not known and not required are passed over with a warning
 *  Source    Pulseq specification 1.5.1 (pulseq/pulseq, doc/specification.tex, commit 2fd6ab6)
 *  Tests     tests/unit/test_pulseq.c, tests/fuzz/fuzz_pulseq.c, tests/evidence/evidence_sequence.c */
mrse_status mrse_pulseq_read(const char *text, size_t n, const char *name, mrse_pulseq **out,
                             mrse_diags *diags) MRSE_MUST_USE;

/** Read a file of at most MRSE_PULSEQ_FILE_MAX bytes.
 *  Returned  out       as mrse_pulseq_read
 *            sha256    of the file, hex, may be NULL
 *  Status    as mrse_pulseq_read | MRSE_ERR_IO
 *  Tests     tests/unit/test_pulseq.c */
mrse_status mrse_pulseq_load(const char *path, mrse_pulseq **out, char sha256[65],
                             mrse_diags *diags) MRSE_MUST_USE;

/** Free a sequence; NULL is fine. */
void mrse_pulseq_free(mrse_pulseq *sequence);

/** The sample with this number of a shape.
 *  Given     i   below the shape's n; otherwise 0 is returned
 *  Tests     tests/unit/test_pulseq.c */
double mrse_pulseq_sample(const mrse_pulseq *sequence, int32_t shape, uint32_t i);

#ifdef __cplusplus
}
#endif
#endif
