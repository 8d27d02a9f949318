/* A site: the room that a scanner stands in, its walls, doors, controlled access area, equipment.
 * Plan frame: x to the right, y up the page, metres; heights above the floor.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_SITE_H
#define MRSE_SITE_H

#include "mrse/label.h"
#include "mrse/source.h"
#include "mrse/survey.h"

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
    MRSE_SITE_AREA,      /* the MR CONTROLLED ACCESS AREA: a closed outline */
    MRSE_SITE_NEIGHBOUR, /* another room or a public way: a closed outline or a line */
} mrse_site_kind;

typedef struct mrse_site_line {
    mrse_site_kind kind;
    char *name;
    mrse_site_place *place;
    size_t n;
    bool closed;
    int line;
} mrse_site_line;

/* Equipment against its own limit, or a storey above or below against the level that it may meet. */
typedef struct mrse_site_item {
    char *name;
    double x_m, y_m;
    mrse_value height;  /* above the floor; missing: the isocentre's */
    mrse_value u_place; /* standard uncertainty of its position, each coordinate (v: 0) */
    double radius_m;    /* it may stand anywhere within; 0: exactly here */
    char *limit_printed;
    mrse_limit limit; /* of |B| */
    int line;
} mrse_site_item;

typedef struct mrse_site_storey {
    char *name;
    mrse_value height; /* of its floor or ceiling above our floor; negative below */
    mrse_limit limit;
    char *limit_printed;
    int line;
} mrse_site_storey;

typedef struct mrse_site {
    char *path;
    char *id, *name, *stamp;
    mrse_date checked;
    mrse_sources sources;
    mrse_placement at; /* of the isocentre in plan; z above the floor */
    mrse_value u_at;   /* standard uncertainty of its position */
    char *image;       /* PNG of the plan, relative to the file; NULL: none */
    double image_x_m, image_y_m, image_m_per_px; /* plan coordinates of its lower left corner */
    mrse_site_line *outline;
    size_t n_outlines;
    mrse_site_item *item;
    size_t n_items;
    mrse_site_storey *storey;
    size_t n_storeys;
} mrse_site;

/** Read a site file (format site/1).
 *  Status    as mrse_scanner_load
 *  Tests     tests/unit/test_spec_site.c */
mrse_status mrse_site_load(const char *path, mrse_site **out, mrse_diags *diags) MRSE_MUST_USE;
void mrse_site_free(mrse_site *site);

#ifdef __cplusplus
}
#endif
#endif
