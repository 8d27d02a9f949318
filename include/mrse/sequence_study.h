/* One sequence, or one before and one after a modification: what it exposes the patient and an implant
 * to, what differs, and what the change costs in the image.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_SEQUENCE_STUDY_H
#define MRSE_SEQUENCE_STUDY_H

#include "mrse/acoustic.h"
#include "mrse/case.h"
#include "mrse/dicom.h"
#include "mrse/protocol_gradient.h"
#include "mrse/protocol_image.h"
#include "mrse/sar.h"
#include "mrse/scanner.h"
#include "mrse/sequence_exposure.h"
#include "mrse/step.h"
#include "mrse/verdict.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A sequence as read. */
typedef struct mrse_sequence_input {
    mrse_sequence_kind form;
    char *path;    /* as opened; of a DICOM file it may name a person: never printed */
    char name[96]; /* for people: the protocol's name, the file's base name, "DICOM
                                   * header 3f1c9a..." */
    char sha256[MRSE_SHA256_HEX];   /* of the file */
    mrse_protocol *protocol;        /* owned; NULL of a Pulseq file */
    mrse_dicom *dicom;              /* owned; NULL unless a DICOM file */
    mrse_sequence_exposure *played; /* owned; NULL unless a Pulseq file */
    mrse_protocol_rf rf;            /* of the protocol; `refused` when it cannot be told */
    mrse_gradient_use gradient;
} mrse_sequence_input;

typedef enum mrse_sequence_topic {
    MRSE_SEQUENCE_RF = 0,
    MRSE_SEQUENCE_SAR,
    MRSE_SEQUENCE_GRADIENT,
    MRSE_SEQUENCE_STIMULATION,
    MRSE_SEQUENCE_SOUND,
    MRSE_SEQUENCE_TOPICS
} mrse_sequence_topic;

/* A quantity of exposure. Without a second sequence `after` and the ratio are missing. */
typedef struct mrse_sequence_row {
    mrse_sequence_topic topic;
    char what[96]; /* "B1+rms, worst 10 s, from the pulses" */
    mrse_value before, after;
    double ratio, u_ratio; /* after over before; NaN when not known */
    char how[256];         /* where the numbers come from */
    char note[256];        /* what the reader must know, or why a number is missing; "" */
} mrse_sequence_row;

/* A parameter that is not the same. */
typedef struct mrse_sequence_change {
    char what[96];
    char before[96], after[96]; /* with unit; "not stated" */
    bool comparable;            /* false: the note says why the two must not be compared */
    char note[192];
} mrse_sequence_change;

/* A limit of IEC 60601-2-33 for one operating mode, before and after. */
typedef struct mrse_sequence_limit {
    char what[96]; /* "whole-body SAR, normal operating mode" */
    mrse_limit limit;
    mrse_value exposure_before, exposure_after; /* what is compared with it */
    mrse_decision before, after; /* after: UNDETERMINED, without a reason, when there is one only */
} mrse_sequence_limit;

typedef struct mrse_sequence_options {
    const mrse_scanner *scanner;    /* borrowed; NULL: none */
    const mrse_gradient_coil *coil; /* of the convolution model; NULL: the scanner's */
    double gamma_Hz_T;              /* for Pulseq files; 0: MRSE_GAMMA_PULSEQ_HZ_T */
    bool same_exam;                 /* somebody states that both are of one examination */
    bool has_place;                 /* of an implant, from the isocentre */
    double place_m[3], u_place_m[3];
} mrse_sequence_options;

typedef struct mrse_sequence_study {
    mrse_sequence_input before, after; /* after.path NULL: a single sequence */
    const mrse_scanner *scanner;       /* borrowed; NULL */
    bool has_place;
    double place_m[3], u_place_m[3];
    mrse_dbdt dbdt_before, dbdt_after; /* at the place */
    mrse_sar sar;                      /* of `after`; of a single sequence as reported */
    mrse_sequence_change *change;
    size_t n_changes;
    mrse_sequence_row *row;
    size_t n_rows;
    mrse_sequence_limit *limit;
    size_t n_limits;
    mrse_image_effect image; /* empty for a single sequence */
    char image_refused[192]; /* why there is no image effect; "" */
    mrse_step *step; /* the working of each figure above; of a missing one what is missing */
    size_t n_steps;
} mrse_sequence_study;

/** Read one or two sequences and work out exposure, differences and effect on the image.
 *  Given     before, after   file names; `after` may be NULL. The form is told from the end of the
 *                            name: .seq and - Pulseq, .yaml or .yml sequence/1, anything else DICOM
 *            options         may be NULL
 *  Returned  out             free with mrse_sequence_study_free; NULL on failure
 *  Status    MRSE_OK (also when much is not known: every missing number has its reason) | MRSE_ERR_ARG |
 *            of the readers | MRSE_ERR_NOMEM
 *  Valid     as each method that a row names
 *  Tests     tests/unit/test_sequence_study.c, test_sequence_rows.c, test_sequence_change.c */
mrse_status mrse_sequence_study_run(const char *before, const char *after,
                                    const mrse_sequence_options *options, mrse_sequence_study **out,
                                    mrse_diags *diags) MRSE_MUST_USE;
void mrse_sequence_study_free(mrse_sequence_study *study);

/** The value of a kind that a label's limit is compared with: what the console reports goes before
 *  what is computed.
 *  Given     after   true: of the second sequence
 *  Returned  missing when it is not known; `name` says what it is, borrowed
 *  Tests     tests/unit/test_sequence_study.c, test_sequence_rows.c */
mrse_value mrse_sequence_exposure_of(const mrse_sequence_study *study, bool after, mrse_kind kind,
                                     const char **name);

const char *mrse_sequence_topic_text(mrse_sequence_topic topic); /* "RF field" */

#ifdef __cplusplus
}
#endif
#endif
