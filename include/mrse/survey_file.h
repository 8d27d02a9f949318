/* A file of measured points: CSV with a head of `# key: value` lines that say how it was measured.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_SURVEY_FILE_H
#define MRSE_SURVEY_FILE_H

#include "mrse/date.h"
#include "mrse/diag.h"
#include "mrse/survey.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    MRSE_SURVEY_POINTS = 5000,    /* rows of a file */
    MRSE_SURVEY_COLUMNS = 64,     /* columns of a row, known or not */
    MRSE_CALIBRATION_MONTHS = 24, /* an older calibration is worth a warning */
};

/* How each number of the head is known: `printed` as written, `line` where; v NaN when absent, but
 * position_u and field_u then hold 5 mm and 2 %, of origin assumed. */
typedef struct mrse_survey {
    char *path;
    char *instrument, *surveyor, *comment; /* NULL: not said; several comments are joined */
    mrse_date calibrated, surveyed;        /* year 0: not said */
    mrse_origin
        origin; /* measured; assumed: an uncertainty is; unverified: instrument or calibration
                         * is not said */
    mrse_value position_u, field_u, background_u, tolerance;
    mrse_placement_prior prior; /* u NaN where the file does not say */
    mrse_survey_point *point;
    char **name; /* of each point; its number where the file has no names */
    int *line;   /* of each point */
    size_t n;
} mrse_survey;

/** Read a survey file. All errors of the file are reported, not the first.
 *  Given     path     file name, as opened
 *            diags    where every error and warning goes; may be NULL
 *  Returned  out      owned by the caller (mrse_survey_free); NULL on failure. Coordinates are finite
 *                     and within 100 m, |B| is more than 0 and less than 30 T, uncertainties are
 *                     finite and not negative. u of a reading: field_u of it and background_u in
 *                     quadrature, or the row's own
 *  Status    MRSE_OK | MRSE_ERR_INPUT | MRSE_ERR_IO | MRSE_ERR_LIMIT (size of the file, rows,
 *            columns) | MRSE_ERR_NOMEM
 *  Source    RFC 4180, 2005, with ';' as separator and a head of comments besides
 *  Tests     tests/unit/test_spec_survey.c, tests/fuzz/fuzz_survey.c */
mrse_status mrse_survey_load(const char *path, mrse_survey **out, mrse_diags *diags) MRSE_MUST_USE;

/** The same from text[0..n), which is UTF-8; `path` is only named.
 *  Status    as mrse_survey_load | MRSE_ERR_ARG
 *  Tests     tests/unit/test_spec_survey.c, tests/fuzz/fuzz_survey.c */
mrse_status mrse_survey_read(const char *path, const char *text, size_t n, mrse_survey **out,
                             mrse_diags *diags) MRSE_MUST_USE;

/** Free a survey; NULL is fine.
 *  Tests     tests/unit/test_spec_survey.c */
void mrse_survey_free(mrse_survey *survey);

#ifdef __cplusplus
}
#endif
#endif
