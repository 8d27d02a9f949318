/* A site: where a scanner stands in a building, the lines around it, equipment, storeys.
 * Plan frame: x to the right, y up the page; heights above the floor.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_SITE_H
#define MRSE_SITE_H

#include "mrse/diag.h"
#include "mrse/source.h"
#include "mrse/survey.h"
#include "mrse/verdict.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mrse_site_place {
    double x_m, y_m;
} mrse_site_place;

typedef enum mrse_site_kind {
    MRSE_SITE_WALL = 0,
    MRSE_SITE_DOOR,
    MRSE_SITE_WINDOW,
    MRSE_SITE_AREA,      /* the MR CONTROLLED ACCESS AREA: closed, and at most one */
    MRSE_SITE_NEIGHBOUR, /* a room or a way outside of it: closed, or a line */
    MRSE_SITE_KINDS
} mrse_site_kind;

typedef struct mrse_site_line {
    mrse_site_kind kind;
    char *named[MRSE_SITE_KINDS]; /* the name, at its kind; the others NULL */
    mrse_site_place *place;       /* of a closed line the first is not repeated */
    size_t n;
    bool closed;
    mrse_value u; /* v: standard uncertainty of each coordinate, m; origin that of the places too */
    int line;
} mrse_site_line;

/* What |B| may be somewhere: an upper bound. */
typedef struct mrse_site_limit {
    mrse_limit limit;
    char *printed; /* the words of whoever sets it; NULL */
} mrse_site_limit;

typedef struct mrse_site_item {
    char *name;
    mrse_value x, y;
    mrse_value height; /* missing: not given, taken as the isocentre's */
    mrse_value within; /* it may stand anywhere within this distance; missing: exactly there */
    mrse_value u;      /* v: standard uncertainty of each coordinate, m */
    mrse_site_limit limit;
    int line;
} mrse_site_item;

typedef struct mrse_site_storey {
    char *name;
    mrse_value height; /* of the lowest (below: highest) level where people are, above our floor */
    mrse_value u;      /* v: standard uncertainty of the height, m */
    mrse_site_limit limit;
    int line;
} mrse_site_storey;

typedef struct mrse_site {
    char *path; /* as opened */
    char *id, *name, *stamp;
    mrse_date checked;
    mrse_sources sources;
    mrse_value u; /* of whatever states none itself; missing: not given */
    struct {
        mrse_value x, y, height, azimuth; /* rad, of +z of the magnet, from +x towards +y */
        mrse_value u;                     /* v: standard uncertainty of x, y, height, m */
    } magnet;
    struct {
        char *file;               /* PNG, relative to the site file; NULL: none */
        double x_m, y_m, width_m; /* its lower left corner in plan; its width */
    } image;
    mrse_site_line *outline;
    size_t n_outlines;
    mrse_site_item *item;
    size_t n_items;
    mrse_site_storey *storey;
    size_t n_storeys;
} mrse_site;

/** Read a site file (format site/1), without the image that it names.
 *  Given     path     file name, as opened
 *            diags    where every error and warning goes; may be NULL
 *  Returned  out      the site, owned by the caller (mrse_site_free); NULL on failure. Every place
 *                     has an uncertainty, every limit is an upper bound of |B|, closed lines do not
 *                     cross themselves
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_INPUT | MRSE_ERR_IO | MRSE_ERR_LIMIT |
 *            MRSE_ERR_NOMEM, that of the first error; MRSE_ERR_NOMEM outranks the others
 *  Tests     tests/unit/test_spec_site.c */
mrse_status mrse_site_load(const char *path, mrse_site **out, mrse_diags *diags) MRSE_MUST_USE;
/** Free a site; NULL is fine. */
void mrse_site_free(mrse_site *site);

/** Where the magnet stands, as the survey uses it; no tilt. */
mrse_placement mrse_site_placement(const mrse_site *site);
/** The name of a line, and of its kind ("controlled area"); never NULL. */
const char *mrse_site_line_name(const mrse_site_line *line);
const char *mrse_site_kind_text(mrse_site_kind kind);
/** True when the place lies in the closed line, or on it; false for an open one. */
bool mrse_site_holds(const mrse_site_line *line, double x_m, double y_m);

#ifdef __cplusplus
}
#endif
#endif
