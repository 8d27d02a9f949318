/* A scanner file: what is known of one scanner, each number with its source.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_SCANNER_H
#define MRSE_SCANNER_H

#include "mrse/data_sheet.h"
#include "mrse/dbdt.h"
#include "mrse/diag.h"
#include "mrse/rf_system.h"
#include "mrse/sar.h"
#include "mrse/source.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The field model knows cylinders about a horizontal field; the other shapes are named so that a
 * file of such a scanner can be written, and is told what cannot be computed. */
typedef enum mrse_shape_of_bore {
    MRSE_BORE_UNKNOWN = 0,
    MRSE_BORE_CYLINDER,
    MRSE_BORE_ELLIPSE,
    MRSE_BORE_OPEN,
} mrse_shape_of_bore;

typedef struct mrse_scanner {
    char *path; /* as opened */
    char *id, *name, *manufacturer, *model, *software;
    char *stamp;       /* "reference design, not a product"; NULL when none */
    mrse_date checked; /* when the file was last compared with its sources */
    mrse_sources sources;
    mrse_value b0_nominal; /* the class: "1.5 T"; label guards compare this */
    mrse_value frequency;  /* f0, Hz; missing when not given */
    mrse_shape_of_bore bore_shape;
    mrse_value bore_diameter;  /* missing (NaN) when not given, as every number below may be */
    mrse_value cover_length;   /* front cover to rear cover */
    mrse_value cover_diameter; /* outer, for drawing */
    mrse_source *coil;         /* owned; coil.n == 0: no coil set in the file */
    size_t n_coils;
    mrse_value coils;           /* provenance of the coil set as a whole (v = number of coils) */
    mrse_value u_field, u_grad; /* relative standard uncertainty of the coil set's |B|, gradient */
    char *u_because;            /* how these two are known; NULL without a coil set */
    mrse_data_sheet sheet;      /* the manufacturer's numbers of the static field */
    mrse_gradient_system gradients; /* linear_radius and _half_length print as "half of 50 cm" */
    mrse_value safe, safe_cardiac;  /* provenance of the SAFE models as a whole (v = axes); missing
                                     * without */
    mrse_rf_system rf;
    mrse_sar_pair *sar_pair; /* the site's calibration; owned */
    size_t n_sar_pairs;
} mrse_scanner;

/** Read a scanner file (format scanner/1). All errors of the file are reported, not the first.
 *  Given     path     file name, as opened
 *            diags    where every error and warning goes; may be NULL
 *  Returned  out      the scanner, owned by the caller (mrse_scanner_free); NULL on failure. With a
 *                     coil set, B0 at isocentre is within 5 % of the nominal field, no winding
 *                     overlaps another, and all lie between bore and covers
 *  Status    MRSE_OK | MRSE_ERR_INPUT | MRSE_ERR_IO | MRSE_ERR_LIMIT | MRSE_ERR_NOMEM, that of the
 *            first error; MRSE_ERR_NOMEM outranks the others
 *  Tests     tests/unit/test_spec_scanner.c */
mrse_status mrse_scanner_load(const char *path, mrse_scanner **out,
                              mrse_diags *diags) MRSE_MUST_USE;
/** Free a scanner; NULL is fine. */
void mrse_scanner_free(mrse_scanner *scanner);

/** The word of scanner and label files for a shape; "" when it is not known.
 *  Tests     tests/unit/test_spec_scanner.c */
const char *mrse_bore_text(mrse_shape_of_bore shape);

/** The magnet of the scanner; borrowed from it. n = 0 when the file holds no coil set. */
mrse_magnet mrse_scanner_magnet(const mrse_scanner *scanner);

#ifdef __cplusplus
}
#endif
#endif
