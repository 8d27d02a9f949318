/* A protocol: one sequence as a console states it. Everything is optional but the family; what is
 * not stated is missing (NaN) or 0, and whatever would need it is then not known.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_PROTOCOL_H
#define MRSE_PROTOCOL_H

#include <stdbool.h>
#include <stddef.h>

#include "mrse/diag.h"
#include "mrse/rf_pulse.h"
#include "mrse/source.h"
#include "mrse/value.h"

#ifdef __cplusplus
extern "C" {
#endif

/* An inversion pulse makes the inversion-recovery variant of each (STIR, FLAIR, MPRAGE). */
typedef enum mrse_family {
    MRSE_FAMILY_UNKNOWN = 0,
    MRSE_FAMILY_SE,
    MRSE_FAMILY_TSE,
    MRSE_FAMILY_GRE, /* spoiled */
    MRSE_FAMILY_BSSFP,
    MRSE_FAMILY_EPI,
    MRSE_FAMILY_DWI, /* diffusion-weighted spin-echo EPI */
} mrse_family;

typedef enum mrse_pulse_role {
    MRSE_PULSE_EXCITATION = 0,
    MRSE_PULSE_REFOCUSING,
    MRSE_PULSE_INVERSION,
    MRSE_PULSE_FAT_SATURATION,
    MRSE_PULSE_SATURATION_BAND,
    MRSE_PULSE_PREPARATION, /* T2 preparation, magnetisation transfer, restore, labelling */
} mrse_pulse_role;

/* How often a pulse is played: `count` times for each of these. */
typedef enum mrse_pulse_per {
    MRSE_PER_SHOT = 0, /* each excitation of a slice (of a slab): the default but for the next */
    MRSE_PER_ECHO,     /* each echo of the train: refocusing pulses of TSE; GRE, bSSFP: each TR */
    MRSE_PER_TR,       /* once in each TR, whatever the number of slices */
} mrse_pulse_per;

typedef struct mrse_protocol_pulse {
    mrse_pulse_role role;
    char *name;        /* as the console or the sequence calls it; NULL */
    mrse_value flip;   /* nominal, rad; of a train with varying angles missing */
    mrse_value *train; /* flip angles of a refocusing train, one for each echo; NULL: all `flip` */
    size_t n_train;
    mrse_value duration; /* s */
    bool has_shape;      /* false: peak and energy cannot be told from flip and duration */
    mrse_rf_shape shape;
    mrse_value b1_peak; /* as the console states it; overrides what the shape gives */
    double count;       /* >= 1, whole */
    mrse_pulse_per per;
    double bands; /* slices excited at once by this pulse, >= 1: its energy is that many times as
                   * large when the bands are simply added */
    int line;
} mrse_protocol_pulse;

/* A lobe of a switched gradient, for dB/dt and stimulation: a trapezoid. */
typedef enum mrse_gradient_axis {
    MRSE_GRADIENT_X = 0,
    MRSE_GRADIENT_Y,
    MRSE_GRADIENT_Z,
    MRSE_GRADIENT_ANY, /* not known which, or oblique: the worst of the three counts */
} mrse_gradient_axis;

typedef struct mrse_protocol_lobe {
    char *name; /* "readout", "diffusion"; as the author calls it */
    mrse_gradient_axis axis;
    mrse_value amplitude; /* T/m */
    mrse_value slew;      /* T/m/s, MRSE_KIND_SLEW_SEQUENCE; missing when `ramp` is given, and the
                           * other way round: either gives the other */
    mrse_value ramp;      /* s */
    mrse_value flat;      /* s; missing: 0 */
    double alternating;   /* lobes of alternating sign played one after another without a gap, as in
                         * an EPI readout; 1: a single lobe */
    int line;
} mrse_protocol_lobe;

/* What the console says the sequence does; basis declared where the source is a console or a
 * manufacturer, which the reader warns about otherwise. */
typedef struct mrse_reported {
    mrse_value b1_rms, b1_peak;
    mrse_value sar_whole_body, sar_partial_body, sar_head, sar_local;
    mrse_value sed;            /* J/kg */
    mrse_value dbdt;           /* peak, T/s */
    mrse_value stimulation;    /* share of the threshold that the console uses */
    mrse_value slew, gradient; /* largest that the sequence uses, one axis */
    mrse_value scan_time;
    mrse_value acoustic;     /* LAeq as displayed, dB */
    unsigned mode;           /* 0: not stated; 1 normal, 2 first level, 3 second level */
    mrse_value patient_mass; /* registered: SAR ratios hold for one registration only */
    int line;
} mrse_reported;

typedef enum mrse_landmark_region {
    MRSE_REGION_UNKNOWN = 0,
    MRSE_REGION_HEAD,
    MRSE_REGION_NECK,
    MRSE_REGION_CHEST,
    MRSE_REGION_ABDOMEN,
    MRSE_REGION_PELVIS,
    MRSE_REGION_KNEE,
    MRSE_REGION_FOOT,
    MRSE_REGION_ARM,
    MRSE_REGION_SPINE, /* thoracic and lumbar; cervical: neck */
} mrse_landmark_region;

typedef struct mrse_protocol {
    char *path; /* as opened; of a DICOM header NULL: such names often are names of people */
    char *id, *name, *stamp, *note;
    mrse_sources sources;
    mrse_family family;
    bool three_d;
    mrse_value b0; /* nominal class, for T1 and T2 */
    char *coil;    /* transmit coil, as the console calls it: ratios need the same one */
    mrse_landmark_region region; /* what is at the isocentre */
    char *exam; /* identifies the examination: SAR ratios hold within one; NULL: not stated */

    mrse_value tr, te, ti;
    mrse_value esp;     /* echo spacing */
    mrse_value b_value; /* s/m2; NaN: not diffusion-weighted */
    double etl; /* echoes of a train, EPI factor, lines of an MPRAGE cycle; NaN: not stated */
    double centre_echo; /* 1 ... etl: at the centre of k-space; NaN: from TE and ESP */
    unsigned order;     /* mrse_phase_order + 1; 0: not stated */
    double slices, concatenations, averages, volumes, dummies; /* NaN: not stated */
    double simultaneous;                                       /* multiband factor; 1 */
    double matrix_read, matrix_phase, partitions;              /* partitions: 3D */
    mrse_value fov_read, fov_phase, thickness, gap;
    double phase_oversampling; /* share of the lines added: 0.2; NaN: none */
    mrse_value bandwidth;      /* of one pixel, Hz */
    double acceleration_phase, acceleration_slice, reference_lines, g_factor;
    double partial_phase, partial_slice; /* share of k-space acquired */
    bool adiabatic_or_verse; /* some pulse is: flip and duration do not give its energy */

    mrse_protocol_pulse *pulse;
    size_t n_pulses;
    char *gradient_mode; /* as the console calls it: "fast", "whisper"; NULL */
    mrse_value gradient_amplitude, gradient_slew; /* largest used on one axis */
    mrse_protocol_lobe *lobe;
    size_t n_lobes;
    mrse_reported reported;
} mrse_protocol;

/** Read a sequence file (format sequence/1). All errors of the file are reported.
 *  Given     path     file name, as opened
 *            diags    where every error and warning goes; may be NULL
 *  Returned  out      owned by the caller (mrse_protocol_free); NULL on failure. Every number that
 *                     is not NaN is within the range its key documents; TE and TI < TR; a train of
 *                     angles has one for each echo; of TSE, the trains of the slices of one pass fit
 *                     into TR (of other families that is a warning: consoles count their lines in
 *                     several ways); of each lobe, slew, ramp and amplitude agree within 1 %
 *  Status    MRSE_OK | MRSE_ERR_INPUT | MRSE_ERR_IO | MRSE_ERR_LIMIT | MRSE_ERR_NOMEM |
 *            MRSE_ERR_ARG (NULL)
 *  Tests     tests/unit/test_spec_sequence.c, tests/fuzz/fuzz_spec.c */
mrse_status mrse_protocol_load(const char *path, mrse_protocol **out,
                               mrse_diags *diags) MRSE_MUST_USE;
/** Free a protocol, whoever filled it: its memory is mrse_alloc's; NULL is fine. */
void mrse_protocol_free(mrse_protocol *protocol);
/** Free all that a protocol owns, not the protocol itself, and leave it empty: family unknown, no
 *  pulse, no lobe. Every string and array of it was allocated on its own (mrse_alloc, mrse_strdup).
 *  Given     protocol  NULL is fine
 *  Tests     tests/unit/test_protocol_dicom.c */
void mrse_protocol_clear(mrse_protocol *protocol);

const char *mrse_family_text(mrse_family family);          /* "TSE" */
const char *mrse_pulse_role_text(mrse_pulse_role role);    /* "refocusing" */
const char *mrse_region_text(mrse_landmark_region region); /* "head" */

#ifdef __cplusplus
}
#endif
#endif
