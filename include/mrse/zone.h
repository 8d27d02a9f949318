/* Rules of a label about places: what may be at the isocentre, where the device may be in the bore
 * and relative to the transmit coil. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_ZONE_H
#define MRSE_ZONE_H

#include <stdbool.h>

#include "mrse/anatomy.h"
#include "mrse/verdict.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A place along the body: a level, moved by `offset` (positive towards the head; missing: nothing
 * is known). Use mrse_zone_at for a level itself. */
typedef struct mrse_zone_place {
    mrse_level level;
    mrse_value offset;
} mrse_zone_place;

typedef enum mrse_zone_kind {
    MRSE_ZONE_UNKNOWN = 0,    /* never MET */
    MRSE_ZONE_ISO_OUTSIDE,    /* isocentre not between a and b, their vertebrae included */
    MRSE_ZONE_ISO_WITHIN,     /* isocentre between a and b, clear of their vertebrae */
    MRSE_ZONE_ISO_ABOVE,      /* isocentre nearer the head than a */
    MRSE_ZONE_ISO_BELOW,      /* isocentre nearer the feet than a */
    MRSE_ZONE_ISO_DISTANCE,   /* distance of the isocentre from a: `op` `length` */
    MRSE_ZONE_OUTSIDE_BORE,   /* the whole device outside the bore */
    MRSE_ZONE_BORE_EDGE,      /* no part of the device farther than `length` inside the bore */
    MRSE_ZONE_COIL_OUTSIDE,   /* no part of the device within the transmit coil */
    MRSE_ZONE_COIL_CLEARANCE, /* device to the nearer end of the transmit coil: `op` `length` */
    MRSE_ZONE_COIL_RADIUS,    /* the same, at least the coil's radius */
} mrse_zone_kind;

typedef struct mrse_zone_rule {
    mrse_zone_kind kind;
    mrse_zone_place a, b; /* references, in either order */
    mrse_op op;           /* ISO_DISTANCE and COIL_CLEARANCE: <=, <, >= or >; others ignore it */
    mrse_value length;    /* kind length, as the label states it */
} mrse_zone_rule;

typedef struct mrse_zone_setup {
    const mrse_anatomy *person;
    mrse_zone_place isocentre; /* what is at the isocentre */
    mrse_zone_place device_top,
        device_bottom;           /* ends of device and leads, in either order; equal for
                                           * a point */
    mrse_value bore_half_length; /* isocentre to the edge of the bore, covers included */
    mrse_value coil_centre;      /* of the transmit coil from the isocentre, towards the head */
    mrse_value coil_half_length, coil_radius;
} mrse_zone_setup;

typedef struct mrse_zone_result {
    mrse_value distance;    /* what is compared, length: for zones to their edge, positive on the
                          * permitted side; for distances the distance itself */
    mrse_decision decision; /* margin positive on the permitted side */
    char ask[192];          /* what to find out when not MET for lack of knowledge; "" */
} mrse_zone_result;

/** Is a rule about places kept?
 *  Given     setup     what is missing there (NaN, level unknown) and needed makes it UNDETERMINED
 *            rule      as the label states it
 *  Returned  out       zero on failure
 *  Status    MRSE_OK | MRSE_ERR_ARG (NULL)
 *  Valid     along the body only: bore and coil are tubes that end square; the couch does not move
 *            during the sequence. On the edge of a forbidden zone: NOT MET
 *  Source    decision rule: mrse_decide; guard U = 2u of all places combined
 *  Tests     tests/unit/test_zone.c */
mrse_status mrse_zone_decide(const mrse_zone_setup *setup, const mrse_zone_rule *rule,
                             mrse_zone_result *out) MRSE_MUST_USE;

/** The level itself: offset exactly 0.
 *  Tests     tests/unit/test_zone.c */
mrse_zone_place mrse_zone_at(mrse_level level);

const char *mrse_zone_kind_text(mrse_zone_kind kind); /* "isocentre not between" */

#ifdef __cplusplus
}
#endif
#endif
