/* Inside of a record: JSON, and the input files it was made from.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_RECORD_INTERNAL_H
#define MRSE_RECORD_INTERNAL_H

#include <jansson.h>

#include "json_internal.h"
#include "mrse/sequence_study.h"
#include "mrse/worksheet.h"

enum { MRSE_RECORD_ID = 13 };

/* A file that went into the result, as it was read. */
typedef struct record_input {
    char role[16]; /* "case", "scanner", "label" */
    char *written; /* how the case names it; NULL for the file the user named */
    char *stored;  /* "inputs/case.yaml": its name in a worksheet folder */
    char *bytes;   /* NULL: too large to be kept, known by its hash */
    size_t n;
    char sha256[MRSE_SHA256_HEX];   /* of these bytes */
    char original[MRSE_SHA256_HEX]; /* of the file they were extracted from; "" when they are it */
} record_input;

struct mrse_record {
    json_t *json;
    char id[MRSE_RECORD_ID];
    record_input *input;
    size_t n_inputs;
};

/* A record from its beginning to its end (record.c): made, given the files it rests on and who made
 * it when, and at the end its id. `sticky` holds the first failure of the sections; mrse_record_finish
 * takes it, and frees the record when there was one. */
mrse_status mrse_record_begin(const char *kind, const mrse_making *making, mrse_record **out,
                              mrse_date *on, json_put *o, mrse_status *sticky) MRSE_MUST_USE;
mrse_status mrse_record_finish(mrse_status status, mrse_record *record,
                               mrse_record **out) MRSE_MUST_USE;
/* `written`: how the case names it, NULL for a file that the user named. */
mrse_status mrse_record_add_input(mrse_record *record, const char *role, const char *written,
                                  const char *path, mrse_diags *diags) MRSE_MUST_USE;
mrse_status mrse_record_add_sequence(mrse_record *record, const char *written,
                                     const mrse_sequence_input *sequence,
                                     mrse_diags *diags) MRSE_MUST_USE;
void mrse_record_put_used(json_put o, const mrse_record *record);
void mrse_record_put_making(json_put o, const mrse_making *making, const mrse_case *kase);
/* The same for a command that was given sequences: names of image files stay out. */
void mrse_record_put_making_of(json_put o, const mrse_making *making,
                               const mrse_sequence_input *const *in, size_t n_in);
void mrse_record_put_question(json_put o, const mrse_case *c); /* record_case.c */

/* Sections (record_field.c, record_model.c, record_case.c): members added to the record's object. */
void mrse_record_put_study(json_put o, const mrse_study *study);
void mrse_record_put_scanner(json_put o, const mrse_scanner *scanner);
void mrse_record_put_model(json_put o, const mrse_study *study);
void mrse_record_put_points(json_put o, const mrse_point_row *point, size_t n);
void mrse_record_put_ride(json_put o, const char *object, const mrse_ride *ride);
void mrse_record_put_case(json_put o, const mrse_assessment *a, const mrse_date *on);
void mrse_record_put_sources(json_put o, const char *key, const mrse_sources *sources,
                             const mrse_date *on);
void mrse_record_put_site(json_put o, const mrse_site_study *study); /* site_record.c */
void mrse_record_put_limit(json_put o, const mrse_limit *limit);
void mrse_record_put_survey(json_put o, const mrse_survey_study *study); /* survey_record.c */
/* All labels together, and what is to be done (together_record.c); nothing without implants. */
void mrse_record_put_together(json_put o, const mrse_assessment *a);
void mrse_record_put_operator(json_put o, const mrse_assessment *a);
void mrse_record_put_methods(json_put o);
void mrse_record_put_exposure(json_put o, const mrse_sequence_exposure *e, const mrse_diags *diags);

/* One or two sequences (sequence_record.c); of a single played file also all that it says. */
void mrse_record_put_sequences(json_put o, const mrse_sequence_study *s, const mrse_diags *diags);

/* Names of the members that hold results: what the id is made from and what verify compares. */
extern const char *const mrse_record_results[];

struct worksheet_figures;

/* Documents made from the record and figures only: a whole worksheet (worksheet_doc.c), the static
 * field sections (field_doc.c, model_doc.c), a sequence (exposure_doc.c), and what `mrse assess` prints (worksheet_doc.c). NULL: no memory. */
mrse_document *mrse_worksheet_document(const mrse_record *record,
                                       const struct worksheet_figures *figures);
mrse_document *mrse_record_document(const mrse_record *record);
void mrse_document_add_field(mrse_document *document, const json_t *record, int level);
void mrse_document_add_model(mrse_document *document, const json_t *record, int level);
void mrse_document_add_exposure(mrse_document *document, const json_t *record, int level);
void mrse_document_add_rides(mrse_document *document, const json_t *record, int level);
void mrse_document_add_site(mrse_document *document, const json_t *record,
                            int level); /* site_doc.c */
/* survey_doc.c; nothing where the record has no survey. */
void mrse_document_add_survey(mrse_document *document, const json_t *record, int level);
/* Why a sequence is modified and the limits that it is for; room for the radiologist
 * (modification_doc.c). Nothing where the record has no modification. */
void mrse_document_add_modification(mrse_document *document, const json_t *record, int level);
void mrse_document_add_feedback(mrse_document *document, const json_t *record, int level);
/* sequence_doc.c; nothing where the record has no sequences. */
void mrse_document_add_sequences(mrse_document *document, const json_t *record, int level);
void mrse_document_add_findings(mrse_document *document, const json_t *record, int level);
/* What binds of several labels, and a timetable (together_doc.c); half a page for the radiographer
 * (operator_doc.c). Nothing where the record has no implants. */
void mrse_document_add_together(mrse_document *document, const json_t *record, int level);
void mrse_document_add_operator(mrse_document *document, const json_t *record, int level);
void mrse_document_add_comparison(mrse_document *document, const json_t *record,
                                  int level); /* comparison_doc.c */

/* Verify a folder (verify.c); of one unpacked from a PDF the pages and the record are compared, and
 * nothing is missed that a PDF does not hold. From a PDF alone: verify_pdf.c. */
mrse_status mrse_verify_folder(const char *dir, bool from_pdf, mrse_verify_result *result,
                               mrse_buf *report, mrse_diags *diags) MRSE_MUST_USE;
mrse_status mrse_verify_pdf(const char *path, mrse_verify_result *result, mrse_buf *report,
                            mrse_diags *diags) MRSE_MUST_USE;
bool mrse_is_pdf_file(const char *path);

/* Every file of a worksheet folder in turn, SHA256SUMS last: written (worksheet.c) or compared with
 * what is there (verify.c). The bytes are borrowed for the call. Fills the maps of the study. */
typedef mrse_status (*worksheet_sink)(void *context, const char *name, const void *bytes, size_t n);
mrse_status mrse_worksheet_fill(mrse_assessment *a, const mrse_record *record, worksheet_sink sink,
                                void *context) MRSE_MUST_USE;

/* Figures of an assessment, in the order they stand in the sheet (worksheet_figures.c). */
typedef struct worksheet_figure {
    mrse_figure figure;
    char *title;
    char *caption;
    char *file; /* "figures/1-bore.png" */
} worksheet_figure;

typedef struct worksheet_figures {
    worksheet_figure *item;
    size_t n;
    mrse_status status;
} worksheet_figures;

void mrse_worksheet_figures(const mrse_assessment *a, const char *record_id,
                            worksheet_figures *out);
void mrse_study_figure_list(const mrse_study *study, const mrse_ride *ride,
                            const mrse_site_study *site, const mrse_picture *picture,
                            const char *record_id, worksheet_figures *out);
/* What a modification changes; nothing without a pair. */
void mrse_sequence_figure_add(worksheet_figures *figures, const mrse_sequence_study *sequences,
                              const char *record_id);
/* The plan of a survey, after those that the list has. */
void mrse_survey_figure_add(worksheet_figures *figures, const mrse_survey_study *survey,
                            const char *record_id);
void mrse_worksheet_figures_free(worksheet_figures *figures);

#endif
