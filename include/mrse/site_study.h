/* A site, worked out: what reaches its lines, its equipment and the storeys, each number with its
 * uncertainty. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_SITE_STUDY_H
#define MRSE_SITE_STUDY_H

#include "mrse/picture.h"
#include "mrse/site.h"
#include "mrse/study.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MRSE_METHOD_SITE     "site-maximum"
#define MRSE_SITE_PEOPLE_M   2.0 /* lines and rooms are searched from the floor to here */
#define MRSE_SITE_FARTHEST_M 5.0 /* how far from an item the line of its limit is looked for */

enum { MRSE_SITE_LEVELS = 2 }; /* 0.5 mT (decides) and 0.9 mT (shown) */

typedef struct mrse_site_peak {
    mrse_value b;                /* largest |B|, T; missing: could not be computed */
    double x_m, y_m, height_m;   /* where */
    double u_place_T, u_model_T; /* parts of its uncertainty */
} mrse_site_peak;

/* Along a line, from its first point; of a closed line round to it again. */
typedef struct mrse_site_stretch {
    double from_m, to_m;
} mrse_site_stretch;

typedef struct mrse_site_level {
    mrse_limit limit;
    mrse_decision decision; /* |B| <= level on the whole line, and in a closed room */
    mrse_site_stretch *over;
    size_t n_over;
    double beyond_m, u_beyond_m; /* wall, door, window: how far the level's line at the isocentre's
                                  * height reaches past it; NaN: it does not */
} mrse_site_level;

typedef struct mrse_site_line_row {
    const mrse_site_line *line; /* borrowed */
    double length_m;
    bool has_magnet; /* a closed line with the isocentre inside */
    mrse_site_peak largest;
    mrse_site_level level[MRSE_SITE_LEVELS];
} mrse_site_line_row;

typedef struct mrse_site_item_row {
    const mrse_site_item *item; /* borrowed */
    mrse_site_peak largest;     /* over all places where it may stand */
    mrse_decision decision;
    double to_limit_m;     /* least distance in plan from its place to where |B| is its limit; NaN:
                          * farther than MRSE_SITE_FARTHEST_M */
    double to_x_m, to_y_m; /* there */
} mrse_site_item_row;

typedef struct mrse_site_storey_row {
    const mrse_site_storey *storey; /* borrowed */
    mrse_site_peak largest;
    mrse_decision decision;
} mrse_site_storey_row;

typedef struct mrse_site_study {
    const mrse_study *study; /* borrowed */
    const mrse_site *site;   /* borrowed */
    mrse_site_line_row *line;
    size_t n_lines;
    mrse_site_item_row *item;
    size_t n_items;
    mrse_site_storey_row *storey;
    size_t n_storeys;
    mrse_verdict overall; /* worst of area, neighbours, equipment and storeys; NOT STATED: none */
    bool provisional, on_assumption;
} mrse_site_study;

/** What the field of a scanner is along the lines of a site, at its equipment and in the storeys.
 *  Given     study, site   borrowed until the result is freed
 *  Returned  out           free with mrse_site_study_free; NULL on failure
 *  Status    MRSE_OK (a number that cannot be computed is missing, its verdict UNDETERMINED) |
 *            MRSE_ERR_ARG | MRSE_ERR_LIMIT (lines too long to search) | MRSE_ERR_NOMEM
 *  Accuracy  largest values 1e-8 relative, places along a line 1e-5 m; a rise narrower than a tenth
 *            of its distance to the windings may be missed, which no field in air has. u: the model's,
 *            and half of the largest change when line or item moves against the magnet by up to two
 *            standard uncertainties of their relative position in any direction
 *  Valid     as mrse_field_at: air, no iron, normal operation. Lines and rooms between the floor and
 *            2 m above it; storeys whose level the windings do not reach
 *  Source    JCGM 100:2008, 5.1; ISO/IEC Guide 98-4:2012, 8.3.2; MHRA Safety Guidelines for MRI
 *            Equipment in Clinical Use, v4.3 (0.5 mT); IEC 60601-2-33:2022 (0.9 mT)
 *  Tests     tests/unit/test_site.c, test_site_findings.c */
mrse_status mrse_site_study_run(const mrse_study *study, const mrse_site *site,
                                mrse_site_study **out) MRSE_MUST_USE;
/** Free it; NULL is fine. */
void mrse_site_study_free(mrse_site_study *study);

/** A place in plan and its height above the floor, in the magnet's frame.
 *  Returned  r_m, z_m   distance from the axis, place along it */
void mrse_site_to_magnet(const mrse_site *site, double x_m, double y_m, double height_m,
                         double *r_m, double *z_m);

#ifdef __cplusplus
}
#endif
#endif
