/* Figures: one drawing routine each, drawn to PNG, SVG and into the PDF.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_FIGURE_H
#define MRSE_FIGURE_H

#include "mrse/object_study.h"
#include "mrse/path.h"
#include "mrse/sequence_study.h"
#include "mrse/site_study.h"
#include "mrse/study.h"
#include "mrse/survey_study.h"
#include "mrse/text.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mrse_figure_kind {
    MRSE_FIGURE_BORE_MAP, /* z-r section through bore and covers: colour = spatial field gradient */
    MRSE_FIGURE_ROOM_MAP, /* z-r section of the room: colour = |B|, labelled isocontours */
    MRSE_FIGURE_PLAN,     /* floor plan: named contours in metres around the scanner */
    MRSE_FIGURE_PROFILE,  /* gradient and |B| along a ride, with the limit line */
    MRSE_FIGURE_SITE,     /* plan of a site: walls, rooms, equipment, contours of |B| */
    MRSE_FIGURE_SURVEY,   /* plan of a room: contours of the aligned model, measured points */
    MRSE_FIGURE_SEQUENCES, /* after over before, quantity by quantity */
    MRSE_FIGURE_OBJECT,    /* force and torque on an object along its ride, by candidate */
} mrse_figure_kind;

typedef enum mrse_map_quantity {
    MRSE_MAP_GRADIENT = 0,
    MRSE_MAP_PRODUCT,
    MRSE_MAP_FIELD
} mrse_map_quantity;

/* All borrowed. What is drawn over the field is optional. */
typedef struct mrse_figure {
    mrse_figure_kind kind;
    mrse_map_quantity quantity; /* the colour of a map, bore or room */
    const mrse_study *study;    /* NULL only of MRSE_FIGURE_SEQUENCES */
    const char *title;          /* short; drawn above */
    const char *stamp;          /* "teaching example, not current labelling"; NULL when none */
    const char *record_id;      /* drawn small in the corner; NULL when none */
    const mrse_path *path;      /* NULL: none. Maps: the ride and its end; profile: its extent */
    const mrse_profile *profile;
    double u_r_m, u_z_m; /* standard uncertainty of the position: drawn at the end of the path */
    const char *implant; /* its name, for the legend */
    double limit_T_m; /* gradient limit: line in the profile, contour in the bore map; NaN: none */
    const char *limit_printed;
    const mrse_interval *exceeds;
    size_t n_exceeds;
    double guard_T_m;               /* U of the ride's maximum, band in the profile; 0: none */
    const mrse_path_maxima *maxima; /* of the ride, so that the figure prints the record's digits;
                                     * NULL: the largest sample of the profile */
    const mrse_sequence_study *sequences; /* of a modification */
    const mrse_object_study *object;      /* with bands */
    const mrse_survey_study *survey;      /* of a survey's plan */
    const mrse_site_study *site;          /* of a site's plan */
    const mrse_picture *picture;          /* drawn below it, faded; NULL: none */
} mrse_figure;

/* Text chunks of a PNG (registered keywords); any may be NULL. */
typedef struct mrse_figure_meta {
    const char *title, *author, *creation_time, *software, *source, *description, *disclaimer;
} mrse_figure_meta;

/** What the figure shows, in one or two sentences that state the finding: for alt text.
 *  Given     figure  any kind; a map is not needed
 *  Returned  out     the sentences are appended; what is not known is said to be not known
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_NOMEM
 *  Accuracy  3 digits, more where a value would otherwise read like the limit it is compared with
 *  Valid     every number is one of the study or the ride: nothing is computed here
 *  Tests     tests/unit/test_figure.c */
mrse_status mrse_figure_alt(const mrse_figure *figure, mrse_buf *out) MRSE_MUST_USE;

/** Width and height the figure wants, in points (1/72 in).
 *  Given     figure     NULL or without a map: a plain size
 *  Returned  width_pt   504 (7 in); either may be NULL
 *            height_pt  whole multiples of 9, so that a PNG has whole pixels
 *  Valid     a figure may be drawn at another size: it keeps its shape and centres itself
 *  Tests     tests/unit/test_figure.c */
void mrse_figure_size(const mrse_figure *figure, double *width_pt, double *height_pt);

/** PNG bytes through libpng, 200 dpi, with text chunks and pHYs.
 *  Given     figure  maps need study->room or study->bore, a profile needs `profile`
 *            meta    tEXt where ASCII, else iTXt (UTF-8); NULL: none. No tIME
 *  Returned  out     the caller frees it with mrse_buf_free; empty on failure
 *  Status    MRSE_OK | MRSE_ERR_ARG (no study, map or profile) | MRSE_ERR_IO (the font is not
 *            found) | MRSE_ERR_NOMEM
 *  Accuracy  the same bytes for the same figure on one machine
 *  Valid     a value that is not finite is hatched as "not known", never given a colour
 *  Tests     tests/unit/test_figure.c */
mrse_status mrse_figure_png(const mrse_figure *figure, const mrse_figure_meta *meta,
                            mrse_buf *out) MRSE_MUST_USE;

/** A complete SVG document as text, with title and description; lines and text as vectors.
 *  Given     figure  as mrse_figure_png
 *  Returned  out     the caller frees it with mrse_buf_free; empty on failure
 *  Status    as mrse_figure_png
 *  Accuracy  the same bytes for the same figure, whatever was drawn before
 *  Tests     tests/unit/test_figure.c */
mrse_status mrse_figure_svg(const mrse_figure *figure, mrse_buf *out) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif
