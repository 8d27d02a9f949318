/* What a change of a protocol does to the image: time, resolution, signal-to-noise ratio, contrast,
 * blur, distortion. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_PROTOCOL_IMAGE_H
#define MRSE_PROTOCOL_IMAGE_H

#include "mrse/contrast.h"
#include "mrse/protocol.h"
#include "mrse/scan_time.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MRSE_METHOD_PROTOCOL_IMAGE "protocol-image"

enum { MRSE_IMAGE_TISSUES = 8, MRSE_IMAGE_PAIRS = 8, MRSE_IMAGE_WHY = 192 };

typedef struct mrse_tissue_pair {
    size_t a, b; /* indices into the tissues of the choice */
} mrse_tissue_pair;

/* Tissues that the effect is told for, and pairs whose contrast matters; ids of mrse_tissue_find,
 * borrowed. The first tissue and the first pair are what a search ranks by. */
typedef struct mrse_image_choice {
    const char *tissue[MRSE_IMAGE_TISSUES];
    size_t n_tissues;
    mrse_tissue_pair pair[MRSE_IMAGE_PAIRS];
    size_t n_pairs;
} mrse_image_choice;

typedef enum mrse_image_quantity {
    MRSE_IMAGE_SCAN_TIME = 0,
    MRSE_IMAGE_LINES,        /* acquired phase-encoding lines */
    MRSE_IMAGE_VOXEL,        /* volume */
    MRSE_IMAGE_ECHO_TIME,    /* of the echo at the centre of k-space */
    MRSE_IMAGE_ECHO_SPACING, /* echo trains */
    MRSE_IMAGE_SNR,          /* one for each tissue, relative to before */
    MRSE_IMAGE_CONTRAST,     /* one for each pair, (a - b) / (a + b) */
    MRSE_IMAGE_CNR,          /* one for each pair, relative to before */
    MRSE_IMAGE_BLUR_PX,      /* TSE: point-spread width along the phase encoding */
    MRSE_IMAGE_BLUR,         /* the same as a length */
    MRSE_IMAGE_DISTORTION,   /* EPI: pixels of shift for each Hz off resonance */
    MRSE_IMAGE_T2STAR_BLUR,  /* EPI: never known here, and said so */
    MRSE_IMAGE_SLICE,        /* slice profile, simultaneous slices: a caveat without a number */
} mrse_image_quantity;

/* A number is missing (NaN) when it cannot be told; `note` then names the key that lacks. */
typedef struct mrse_image_row {
    mrse_image_quantity quantity;
    char what[96];    /* "SNR of white matter" */
    const char *unit; /* "px", "lines", "px/Hz": what the kind has no unit for; NULL: the kind's */
    mrse_value before, after;
    mrse_span before_range, after_range; /* over T1 and T2; NaN where these do not enter */
    mrse_span ratio;                     /* after over before; high INFINITY: see `turns` */
    bool turns;     /* the contrast may vanish or turn round within the ranges */
    char how[192];  /* formula, one sentence, and the id of its method */
    char note[256]; /* what the reader must know: caveat, or why it is missing */
} mrse_image_row;

typedef struct mrse_image_effect {
    mrse_image_row *row; /* owned; in the order of mrse_image_quantity */
    size_t n_rows;
} mrse_image_effect;

/* A protocol as the signal equations want it. */
typedef struct mrse_protocol_weighting {
    mrse_weighting weighting;     /* its train points to `pulse` */
    mrse_epg_pulse *pulse;        /* owned; NULL without a train */
    char refused[MRSE_IMAGE_WHY]; /* which key is missing or what is not computed; "" when known */
    char note[MRSE_IMAGE_WHY];    /* what had to be taken for granted; "" */
} mrse_protocol_weighting;

/** Tissues and pairs that matter in a region: head white and grey matter, cerebrospinal fluid; neck
 *  and chest, abdomen and limbs what the table of tissues holds there.
 *  Returned  choice  never empty: an unknown region gives that of the head, with muscle and fat
 *  Tests     tests/unit/test_protocol_image.c */
void mrse_image_choice_of(mrse_landmark_region region, mrse_image_choice *choice);

/** How a protocol weights tissue. SE: spin echo, with its inversion; TSE: steady echo train with the
 *  stated refocusing angles; GRE: spoiled; bSSFP: balanced; EPI and DWI: spin echo when there is a
 *  refocusing pulse, else spoiled.
 *  Returned  out     free with mrse_protocol_weighting_clear; `refused` for what is missing, and for
 *                    inversion-prepared gradient echoes (MPRAGE), which no equation here covers
 *  Status    MRSE_OK (also when refused) | MRSE_ERR_ARG | MRSE_ERR_LIMIT | MRSE_ERR_NOMEM
 *  Valid     as the signal functions: nominal flip angles, no slice profile, proton density 1
 *  Tests     tests/unit/test_protocol_image.c */
mrse_status mrse_protocol_weighting_of(const mrse_protocol *protocol,
                                       mrse_protocol_weighting *out) MRSE_MUST_USE;
void mrse_protocol_weighting_clear(mrse_protocol_weighting *weighting);

/** What the formula of scan time needs, from a protocol.
 *  Returned  plan    zero when refused
 *            why     names the missing key; "" when nothing lacks
 *  Status    MRSE_OK (also when refused) | MRSE_ERR_ARG
 *  Tests     tests/unit/test_protocol_image.c */
mrse_status mrse_protocol_plan_of(const mrse_protocol *protocol, mrse_scan_plan *plan,
                                  char why[MRSE_IMAGE_WHY]) MRSE_MUST_USE;

/** What noise depends on, from a protocol.
 *  Returned  acquisition, why   as mrse_protocol_plan_of; a g-factor that is not stated is 1
 *  Status    MRSE_OK (also when refused) | MRSE_ERR_ARG
 *  Tests     tests/unit/test_protocol_image.c */
mrse_status mrse_protocol_acquisition_of(const mrse_protocol *protocol,
                                         mrse_acquisition *acquisition,
                                         char why[MRSE_IMAGE_WHY]) MRSE_MUST_USE;

/** What the change from one protocol to another does to the image.
 *  Given     before, after
 *            choice   tissues and pairs; NULL: those of the region of `before`
 *  Returned  out      free with mrse_image_effect_clear; one row for each quantity that the family
 *                     has, missing numbers included: a row is never left out because it is unknown
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL, a pair beyond the tissues) | MRSE_ERR_RANGE (a tissue that
 *            the table does not hold) | MRSE_ERR_LIMIT | MRSE_ERR_NOMEM
 *  Accuracy  that of the functions used; a number that rests on T1 and T2 has their weakest origin,
 *            and its standard uncertainty is that of a rectangle over its range
 *  Valid     thermal noise, the same receive coil and reconstruction; not for lesions or after
 *            contrast agent
 *  Source    the methods named in each row
 *  Tests     tests/unit/test_protocol_image.c */
mrse_status mrse_protocol_image_effect(const mrse_protocol *before, const mrse_protocol *after,
                                       const mrse_image_choice *choice,
                                       mrse_image_effect *out) MRSE_MUST_USE;
void mrse_image_effect_clear(mrse_image_effect *effect);

#ifdef __cplusplus
}
#endif
#endif
