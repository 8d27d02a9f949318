/* Where vertebrae and landmarks are along the body, from stature alone or as measured in the
 * individual. Depths are from the vertex (top of the head) towards the feet, lying or standing
 * straight. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_ANATOMY_H
#define MRSE_ANATOMY_H

#include <stdbool.h>

#include "mrse/value.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Vertebrae: the middle of the vertebral body. */
typedef enum mrse_level {
    MRSE_LEVEL_UNKNOWN = 0,
    MRSE_LEVEL_C1,
    MRSE_LEVEL_C2,
    MRSE_LEVEL_C3,
    MRSE_LEVEL_C4,
    MRSE_LEVEL_C5,
    MRSE_LEVEL_C6,
    MRSE_LEVEL_C7,
    MRSE_LEVEL_T1,
    MRSE_LEVEL_T2,
    MRSE_LEVEL_T3,
    MRSE_LEVEL_T4,
    MRSE_LEVEL_T5,
    MRSE_LEVEL_T6,
    MRSE_LEVEL_T7,
    MRSE_LEVEL_T8,
    MRSE_LEVEL_T9,
    MRSE_LEVEL_T10,
    MRSE_LEVEL_T11,
    MRSE_LEVEL_T12,
    MRSE_LEVEL_L1,
    MRSE_LEVEL_L2,
    MRSE_LEVEL_L3,
    MRSE_LEVEL_L4,
    MRSE_LEVEL_L5,
    MRSE_LEVEL_S1,
    MRSE_LEVEL_VERTEX,
    MRSE_LEVEL_GLABELLA,
    MRSE_LEVEL_NASION,
    MRSE_LEVEL_EYES,
    MRSE_LEVEL_EAR, /* external auditory meatus */
    MRSE_LEVEL_CHIN,
    MRSE_LEVEL_SHOULDER, /* acromion */
    MRSE_LEVEL_STERNAL_NOTCH,
    MRSE_LEVEL_NIPPLES,
    MRSE_LEVEL_XIPHOID,
    MRSE_LEVEL_UMBILICUS,
    MRSE_LEVEL_ILIAC_CREST,
    MRSE_LEVEL_SYMPHYSIS,
    MRSE_LEVEL_HIP, /* greater trochanter */
    MRSE_LEVEL_KNEE,
    MRSE_LEVEL_ANKLE,
    MRSE_LEVEL_COUNT
} mrse_level;

typedef enum mrse_body_region {
    MRSE_BODY_UNKNOWN = 0,
    MRSE_BODY_HEAD,
    MRSE_BODY_NECK,
    MRSE_BODY_CHEST,
    MRSE_BODY_ABDOMEN,
    MRSE_BODY_PELVIS,
    MRSE_BODY_LEG,
    MRSE_BODY_ARM,
} mrse_body_region;

#define MRSE_ANATOMY_HEIGHT_MIN_M 1.4
#define MRSE_ANATOMY_HEIGHT_MAX_M 2.0

/* A person: what is known of the length of the body. Start with mrse_anatomy_of. */
typedef struct mrse_anatomy {
    mrse_value height;                /* stature */
    mrse_value own[MRSE_LEVEL_COUNT]; /* depth as measured in this person; missing: from stature */
} mrse_anatomy;

/** A person of this stature, with nothing measured.
 *  Given     height    kind length; may be missing: then only measured levels are known
 *  Tests     tests/unit/test_anatomy.c */
mrse_anatomy mrse_anatomy_of(const mrse_value *height);

/** Use a depth measured in this person (on an image, with a tape) in place of the estimate.
 *  Given     depth     from the vertex, kind length, u as measured
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL, no such level, kind, not finite, u missing or negative) |
 *            MRSE_ERR_RANGE (above the vertex, or beyond 2.5 m)
 *  Tests     tests/unit/test_anatomy.c */
mrse_status mrse_anatomy_override(mrse_anatomy *person, mrse_level level,
                                  const mrse_value *depth) MRSE_MUST_USE;

/** How far below the vertex a level is.
 *  Returned  depth     kind length, method `anatomy-stature`, u of the spread among adults and of
 *                      the stature; missing on failure
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL, no such level) | MRSE_ERR_RANGE (stature missing, or
 *            outside 1.4 to 2.0 m, and level not measured)
 *  Valid     adults of either sex, straight spine; the estimate is no measurement: its origin is
 *            assumed, or unverified where no source was found
 *  Source    each level: mrse_anatomy_source
 *  Tests     tests/unit/test_anatomy.c */
mrse_status mrse_anatomy_depth(const mrse_anatomy *person, mrse_level level,
                               mrse_value *depth) MRSE_MUST_USE;

/** Distance along the body from one level to another, positive when `to` is nearer the feet.
 *  Returned  length    u without regard to what the two share, hence too large rather than too
 *                      small; of two vertebrae, neither measured, at most a tenth of the distance
 *                      and 5 mm; 0 with u = 0 from a level to itself
 *  Status    as mrse_anatomy_depth
 *  Tests     tests/unit/test_anatomy.c */
mrse_status mrse_anatomy_between(const mrse_anatomy *person, mrse_level from, mrse_level to,
                                 mrse_value *length) MRSE_MUST_USE;

/** Half the height of a vertebra with its share of the discs: from its middle to its edge.
 *  Returned  half      0 with u = 0 for other levels; u a sixth of it and that of the stature
 *  Status    as mrse_anatomy_depth; a measured level does not stand in for the stature
 *  Tests     tests/unit/test_anatomy.c */
mrse_status mrse_anatomy_half_height(const mrse_anatomy *person, mrse_level level,
                                     mrse_value *half) MRSE_MUST_USE;

/** The levels between which a region of the trunk, head or legs lies; false for arm and unknown. */
bool mrse_anatomy_region(mrse_body_region region, mrse_level *top, mrse_level *bottom);

/** Can this level not be within that region, so that who names both contradicts himself?
 *  Given     person    for the stature; NULL, or one whose stature is not known or out of validity:
 *                      an adult's proportions
 *            offset_m  from the level towards the head
 *  Returned  true only when the place is more than 5 cm beyond both ends of the region; false for arm
 *            and unknown, which may be anywhere
 *  Valid     as mrse_anatomy_depth
 *  Tests     tests/unit/test_anatomy_region.c */
bool mrse_anatomy_excludes(const mrse_anatomy *person, mrse_body_region region, mrse_level level,
                           double offset_m);

const char *mrse_level_text(mrse_level level);              /* "C7", "umbilicus"; "unknown" */
mrse_level mrse_level_from_text(const char *text);          /* MRSE_LEVEL_UNKNOWN when it is none */
const char *mrse_anatomy_source(mrse_level level);          /* where the estimate comes from; "" */
const char *mrse_body_region_text(mrse_body_region region); /* "chest" */
mrse_body_region mrse_body_region_from_text(const char *text);

#ifdef __cplusplus
}
#endif
#endif
