/* The record of a result, the worksheet folder made from it, and its verification.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_WORKSHEET_H
#define MRSE_WORKSHEET_H

#include "mrse/assess.h"
#include "mrse/document.h"
#include "mrse/file.h"
#include "mrse/object_study.h"
#include "mrse/sequence_study.h"
#include "mrse/site_study.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Who runs the program, when, and how: what the record says of its own making. */
typedef struct mrse_making {
    const char *author; /* NULL: the case file's author, or UNATTRIBUTED */
    const char *date;   /* ISO 8601, UTC: given by the caller, never taken from the clock here */
    const char *date_source; /* "--date", "SOURCE_DATE_EPOCH" or "clock" */
    const char *const *argv; /* command line, NULL-terminated; may be NULL */
    const char *reviewed;    /* why what looks like a patient's identifier is none; NULL: nobody
                              * looked */
} mrse_making;

/* A finished record: JSON with fixed key order and 9 significant digits; the other views are made
 * from it. Opaque. */
typedef struct mrse_record mrse_record;

/** Record of a scanner's field study (`mrse field`).
 *  Given     study; points, ride and site asked for (NULL: none); image: path of the site's plan,
 *            NULL: none; making
 *  Returned  out   free with mrse_record_free; NULL on failure
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_INPUT (date) | MRSE_ERR_IO (the scanner file can no
 *            longer be read) | MRSE_ERR_NOMEM
 *  Tests     tests/unit/test_worksheet.c, tests/cli */
mrse_status mrse_record_of_study(const mrse_study *study, const mrse_point_row *point,
                                 size_t n_points, const mrse_ride *ride,
                                 const mrse_site_study *site, const char *image,
                                 const mrse_making *making, mrse_record **out,
                                 mrse_diags *diags) MRSE_MUST_USE;
/** Record of an assessed case (`mrse assess`, `mrse worksheet`).
 *  Status    as mrse_record_of_study
 *  Tests     tests/unit/test_worksheet.c */
mrse_status mrse_record_of_assessment(const mrse_assessment *assessment, const mrse_making *making,
                                      mrse_record **out, mrse_diags *diags) MRSE_MUST_USE;
/** Record of a case on several scanners, side by side (`mrse assess CASE --scanner`).
 *  Status    as mrse_record_of_study
 *  Tests     tests/unit/test_assess_scanners.c, tests/cli */
mrse_status mrse_record_of_comparison(const mrse_comparison *comparison, const mrse_making *making,
                                      mrse_record **out, mrse_diags *diags) MRSE_MUST_USE;
/** Record of one sequence, or of one before and one after (`mrse sequence`).
 *  Given     study; making; diags: the warnings in it go into the record, may be NULL
 *  Returned  out      holds the hashes of the files; of a DICOM file neither name nor contents
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_INPUT (date) | of reading the files | MRSE_ERR_NOMEM
 *  Tests     tests/unit/test_sequence_study.c, tests/cli */
mrse_status mrse_record_of_sequences(const mrse_sequence_study *study, const mrse_making *making,
                                     mrse_record **out, mrse_diags *diags) MRSE_MUST_USE;
void mrse_record_free(mrse_record *record);
const char *mrse_record_id(const mrse_record *record); /* 12 hex digits; borrowed */

/** The record as JSON text, ending in a newline.
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_NOMEM
 *  Tests     tests/unit/test_worksheet.c */
mrse_status mrse_record_json(const mrse_record *record, mrse_buf *out) MRSE_MUST_USE;

/** The record as plain text for a terminal: tables with unit, uncertainty, method, verdict.
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_NOMEM
 *  Tests     tests/unit/test_worksheet.c, examples */
mrse_status mrse_record_text(const mrse_record *record, mrse_buf *out) MRSE_MUST_USE;

/** The record explained, as plain text: what was given and where it was read, the working step by
 *  step, and each method in full (formula, validity, source) with the numbers that it made.
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_NOMEM
 *  Tests     tests/unit/test_worksheet.c, tests/cli */
mrse_status mrse_record_explain(const mrse_record *record, mrse_buf *out) MRSE_MUST_USE;

/** Contour polylines as CSV: level_T, line, z_m, r_m; 9 digits.
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_NOMEM
 *  Tests     tests/unit/test_worksheet.c, tests/cli */
mrse_status mrse_contours_csv(const mrse_study *study, mrse_buf *out) MRSE_MUST_USE;

/** Write the worksheet folder of a case: worksheet.json, .html, .pdf, figures, inputs, SHA256SUMS.
 *  All or nothing: the folder appears whole or not at all; an old one is kept until then. Before
 *  anything is written the inputs, their names and the command line are searched for identifiers of
 *  patients (privacy.h); what is found stops the export, unless making->reviewed says why not.
 *  Returned  verdict   overall verdict of the case; pdf_path of the sheet (caller frees); may be NULL
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_INPUT (also: looks like an identifier) |
 *            MRSE_ERR_IO (exists and not force) | MRSE_ERR_NUMERIC | MRSE_ERR_NOMEM
 *  Tests     tests/unit/test_worksheet.c, tests/cli */
mrse_status mrse_worksheet_write(const char *case_path, const char *dir, bool force,
                                 const mrse_making *making, mrse_verdict *verdict, char **pdf_path,
                                 mrse_diags *diags) MRSE_MUST_USE;

typedef enum mrse_verify_result {
    MRSE_VERIFY_CANNOT = 0, /* files missing or changed beyond recomputing */
    MRSE_VERIFY_DIFFERS,
    MRSE_VERIFY_SAME,
} mrse_verify_result;

/** Recompute a worksheet from the inputs recorded in it and compare every number and hash.
 *  Given     path     the folder, or worksheet.pdf alone: what is attached to it is unpacked into a
 *                     temporary folder
 *  Returned  result; report: one line per file and per number that differs, and which version
 *            made the sheet
 *  Status    MRSE_OK (whatever the result) | MRSE_ERR_ARG | MRSE_ERR_IO or MRSE_ERR_INPUT (cannot
 *            compare: a file is missing or not a record) | of mrse_assess_case
 *  Accuracy  numbers that differ by less than 2e-6 relative are the same number
 *  Tests     tests/unit/test_worksheet.c */
mrse_status mrse_worksheet_verify(const char *path, mrse_verify_result *result, mrse_buf *report,
                                  mrse_diags *diags) MRSE_MUST_USE;

/** Record of an object without a label (`mrse object`): scanner and field as in
 *  mrse_record_of_study, and the object with its hazards, and what else could be done.
 *  Given     lever   n_levers of them, the first what is planned; NULL for none
 *  Status    as mrse_record_of_study
 *  Tests     tests/unit/test_object_study.c, tests/cli */
mrse_status mrse_record_of_object(const mrse_object_study *object, const mrse_object_lever *lever,
                                  size_t n_levers, const mrse_making *making, mrse_record **out,
                                  mrse_diags *diags) MRSE_MUST_USE;

/** Record of a survey against a scanner's field model (`mrse survey`): scanner and field as in
 *  mrse_record_of_study, and the section of the survey.
 *  Status    as mrse_record_of_study
 *  Tests     tests/unit/test_survey_study.c, tests/cli */
mrse_status mrse_record_of_survey(const mrse_survey_study *survey, const mrse_making *making,
                                  mrse_record **out, mrse_diags *diags) MRSE_MUST_USE;

/** The plan of a survey for `mrse survey -o DIR`, written into a folder.
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_IO | MRSE_ERR_NOMEM
 *  Tests     tests/unit/test_survey_study.c, tests/cli */
mrse_status mrse_survey_figures(const mrse_survey_study *survey, const mrse_making *making,
                                const char *record_id, mrse_folder *folder,
                                mrse_diags *diags) MRSE_MUST_USE;

/** Figures of a study (and a ride, a site on its picture, when given) for `mrse field -o DIR`, written into a folder.
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_IO | MRSE_ERR_NOMEM
 *  Tests     tests/cli */
mrse_status mrse_study_figures(const mrse_study *study, const mrse_ride *ride,
                               const mrse_site_study *site, const mrse_picture *picture,
                               const mrse_making *making, const char *record_id,
                               mrse_folder *folder, mrse_diags *diags) MRSE_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif
