/* The worksheet folder: the record, its views, the figures, the inputs and their hashes, all or
 * nothing. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/worksheet.h"

#include <string.h>

#include "mrse/alloc.h"
#include "mrse/file.h"
#include "mrse/mrse.h"
#include "record_internal.h"

static const char DISCLAIMER[] =
    "Informs an MR Safety Expert's decision and does not make it; see the worksheet for what was "
    "not considered.";

/* Files on their way to a sink, and the list of their hashes. */
typedef struct pack {
    worksheet_sink sink;
    void *context;
    mrse_buf sums;
} pack;

static mrse_status put_file(pack *p, const char *name, const void *bytes, size_t n)
{
    char hash[MRSE_SHA256_HEX];
    mrse_sha256_hex(bytes, n, hash);
    mrse_buf_addf(&p->sums, "%s  %s\n", hash, name);
    return p->sink(p->context, name, bytes, n);
}

static mrse_status put_buf(pack *p, const char *name, mrse_status status, mrse_buf *bytes)
{
    if (status == MRSE_OK)
        status = bytes->status;
    if (status == MRSE_OK)
        status = put_file(p, name, bytes->data, bytes->len);
    mrse_buf_free(bytes);
    return status;
}

static mrse_status put_figure(pack *p, const worksheet_figure *f, const char *author,
                              const char *date, const char *id)
{
    mrse_buf png = {0}, alt = {0}, source = {0}, software = {0};
    mrse_status status = mrse_figure_alt(&f->figure, &alt);
    mrse_buf_addf(&source, "mrse record %s", id);
    mrse_buf_addf(&software, "mrse %s", mrse_version());
    mrse_figure_meta meta = {.title = f->title,
                             .author = author,
                             .creation_time = date,
                             .software = mrse_buf_text(&software),
                             .source = mrse_buf_text(&source),
                             .description = mrse_buf_text(&alt),
                             .disclaimer = DISCLAIMER};
    if (status == MRSE_OK)
        status = mrse_figure_png(&f->figure, &meta, &png);
    status = put_buf(p, f->file, status, &png);
    mrse_buf_free(&alt);
    mrse_buf_free(&source);
    mrse_buf_free(&software);
    return status;
}

static mrse_status put_figures(pack *p, const worksheet_figures *figures, const char *author,
                               const char *date, const char *id)
{
    mrse_status status = figures->status;
    for (size_t i = 0; i < figures->n && status == MRSE_OK; i++)
        status = put_figure(p, &figures->item[i], author, date, id);
    return status;
}

static mrse_status put_inputs(pack *p, const mrse_record *record)
{
    mrse_status status = MRSE_OK;
    for (size_t i = 0; i < record->n_inputs && status == MRSE_OK; i++) {
        const record_input *in = &record->input[i];
        status = put_file(p, in->stored, in->bytes, in->n);
    }
    return status;
}

static const char *mime_of(const char *role)
{
    if (mrse_text_equal(role, "dicom"))
        return "application/json";
    if (mrse_text_equal(role, "image"))
        return "image/png";
    return mrse_text_equal(role, "survey") ? "text/csv" : "application/yaml";
}

static mrse_status make_pdf(const mrse_document *document, const mrse_record *record,
                            const mrse_buf *json, mrse_buf *pdf)
{
    mrse_attachment *list = mrse_alloc(record->n_inputs + 1, sizeof *list);
    if (list == NULL)
        return MRSE_ERR_NOMEM;
    list[0] = (mrse_attachment){"worksheet.json", "application/json",
                                "The record: every number of this sheet", json->data, json->len};
    for (size_t i = 0; i < record->n_inputs; i++) {
        const record_input *in = &record->input[i];
        list[i + 1] = (mrse_attachment){mrse_path_base(in->stored), mime_of(in->role),
                                        in->original[0] != '\0'
                                            ? "Extract of a DICOM header, without the image"
                                            : "Input file, as the author wrote it",
                                        in->bytes, in->n};
    }
    mrse_status status = mrse_document_pdf(document, list, record->n_inputs + 1, pdf);
    mrse_free(list);
    return status;
}

static mrse_status put_views(pack *p, const mrse_record *record, const worksheet_figures *figures)
{
    mrse_document *document = mrse_worksheet_document(record, figures);
    mrse_buf json = {0}, html = {0}, pdf = {0};
    mrse_status status = document != NULL ? document->status : MRSE_ERR_NOMEM;
    if (status == MRSE_OK)
        status = mrse_record_json(record, &json);
    if (status == MRSE_OK)
        status = make_pdf(document, record, &json, &pdf);
    if (status == MRSE_OK)
        status = mrse_document_html(document, &html);
    status = put_buf(p, "worksheet.json", status, &json);
    status = put_buf(p, "worksheet.html", status, &html);
    status = put_buf(p, "worksheet.pdf", status, &pdf);
    mrse_document_free(document);
    return status;
}

mrse_status mrse_worksheet_fill(mrse_assessment *a, const mrse_record *record, worksheet_sink sink,
                                void *context)
{
    bool modelled = a->study != NULL && a->study->no_model[0] == '\0';
    mrse_status status = modelled ? mrse_study_maps(a->study) : MRSE_OK;
    if (status != MRSE_OK)
        return status;
    pack p = {.sink = sink, .context = context};
    worksheet_figures figures;
    mrse_worksheet_figures(a, record->id, &figures);
    mrse_buf csv = {0};
    status = figures.status;
    if (status == MRSE_OK)
        status = put_views(&p, record, &figures);
    if (status == MRSE_OK)
        status = put_figures(&p, &figures, mrse_json_get_text(record->json, "author.name"),
                             mrse_json_get_text(record->json, "created"), record->id);
    if (status == MRSE_OK && modelled)
        status = put_buf(&p, "contours.csv", mrse_contours_csv(a->study, &csv), &csv);
    if (status == MRSE_OK)
        status = put_inputs(&p, record);
    if (status == MRSE_OK)
        status = p.sums.status;
    if (status == MRSE_OK)
        status = sink(context, "SHA256SUMS", p.sums.data, p.sums.len);
    mrse_worksheet_figures_free(&figures);
    mrse_buf_free(&p.sums);
    return status;
}

/* A folder as a sink. */
typedef struct into_folder {
    mrse_folder *folder;
    mrse_diags *diags;
} into_folder;

static mrse_status write_file(void *context, const char *name, const void *bytes, size_t n)
{
    const into_folder *to = context;
    return mrse_folder_write(to->folder, name, bytes, n, to->diags);
}

static mrse_status write_folder(mrse_assessment *a, const mrse_record *record, const char *dir,
                                bool force, mrse_diags *diags)
{
    into_folder to = {.diags = diags};
    mrse_status status = mrse_folder_begin(dir, force, &to.folder, diags);
    if (status != MRSE_OK)
        return status;
    status = mrse_worksheet_fill(a, record, write_file, &to);
    if (status != MRSE_OK) {
        mrse_folder_abandon(to.folder);
        return status;
    }
    return mrse_folder_commit(to.folder, diags);
}

/* What people typed. Pictures cannot be searched; a person looks at them. */
static size_t search_inputs(const mrse_record *record, mrse_diags *diags)
{
    size_t found = 0;
    for (size_t i = 0; i < record->n_inputs; i++) {
        const record_input *in = &record->input[i];
        const char *name = mrse_path_base(in->stored);
        if (in->bytes != NULL && !mrse_text_equal(in->role, "image"))
            found += mrse_privacy_report(name, in->bytes, in->n, diags);
        found += mrse_privacy_report("file name", name, strlen(name), diags);
    }
    return found;
}

/* Nothing that looks like an identifier of a patient leaves without somebody's word. */
static mrse_status check_privacy(const mrse_record *record, const mrse_making *making,
                                 mrse_diags *diags)
{
    bool reviewed = making->reviewed != NULL && making->reviewed[0] != '\0';
    mrse_diags *to = reviewed ? NULL : diags;
    size_t found = search_inputs(record, to);
    for (size_t i = 0; making->argv != NULL && making->argv[i] != NULL; i++) {
        const char *word = making->argv[i];
        if (!reviewed || !mrse_text_equal(word, making->reviewed))
            found += mrse_privacy_report("command line", word, strlen(word), to);
    }
    return found == 0 || reviewed ? MRSE_OK : MRSE_ERR_INPUT;
}

/* The image does not leave, but the case file does, and with it the name that it calls the image by. A
 * machine cannot tell whether that is a person's. */
static void warn_of_image_names(const mrse_case *c, mrse_diags *diags)
{
    for (size_t i = 0; i < c->n_sequences; i++) {
        if (c->sequence[i].kind != MRSE_SEQUENCE_DICOM)
            continue;
        mrse_diag *d = mrse_diag_add(diags, MRSE_SEV_WARNING, MRSE_OK,
                                     "the sheet holds this case file, and with it the name of the "
                                     "image file");
        mrse_diag_place(d, c->path, c->sequence[i].line, 0, "sequences.file",
                        "make sure that the name says nothing about a person");
    }
}

mrse_status mrse_worksheet_write(const char *case_path, const char *dir, bool force,
                                 const mrse_making *making, mrse_verdict *verdict, char **pdf_path,
                                 mrse_diags *diags)
{
    if (verdict != NULL)
        *verdict = MRSE_VERDICT_UNDETERMINED;
    if (pdf_path != NULL)
        *pdf_path = NULL;
    if (case_path == NULL || dir == NULL || making == NULL)
        return MRSE_ERR_ARG;
    mrse_assessment *a = NULL;
    mrse_record *record = NULL;
    mrse_buf pdf = {0};
    mrse_status status = mrse_assess_case(case_path, NULL, &a, diags);
    if (status == MRSE_OK)
        status = mrse_record_of_assessment(a, making, &record, diags);
    if (status == MRSE_OK)
        status = check_privacy(record, making, diags);
    if (status == MRSE_OK)
        warn_of_image_names(a->kase, diags);
    mrse_buf_addf(&pdf, "%s/worksheet.pdf", dir);
    if (status == MRSE_OK)
        status = pdf.status;
    if (status == MRSE_OK)
        status = write_folder(a, record, dir, force, diags);
    if (status == MRSE_OK && verdict != NULL)
        *verdict = a->overall;
    if (status == MRSE_OK && pdf_path != NULL) {
        *pdf_path = pdf.data;
        pdf.data = NULL;
    }
    mrse_buf_free(&pdf);
    mrse_record_free(record);
    mrse_assessment_free(a);
    return status;
}

static mrse_status put_list(worksheet_figures *figures, const mrse_making *making,
                            const char *record_id, mrse_folder *folder, mrse_diags *diags)
{
    into_folder to = {.folder = folder, .diags = diags};
    pack p = {.sink = write_file, .context = &to};
    const char *author = making->author != NULL ? making->author : "";
    mrse_status status = put_figures(&p, figures, author, making->date, record_id);
    mrse_worksheet_figures_free(figures);
    mrse_buf_free(&p.sums);
    return status;
}

mrse_status mrse_survey_figures(const mrse_survey_study *survey, const mrse_making *making,
                                const char *record_id, mrse_folder *folder, mrse_diags *diags)
{
    worksheet_figures figures = {0};
    if (survey == NULL || making == NULL || folder == NULL)
        return MRSE_ERR_ARG;
    mrse_survey_figure_add(&figures, survey, record_id);
    return put_list(&figures, making, record_id, folder, diags);
}

mrse_status mrse_study_figures(const mrse_study *study, const mrse_ride *ride,
                               const mrse_site_study *site, const mrse_picture *picture,
                               const mrse_making *making, const char *record_id,
                               mrse_folder *folder, mrse_diags *diags)
{
    if (study == NULL || making == NULL || folder == NULL)
        return MRSE_ERR_ARG;
    worksheet_figures figures;
    mrse_study_figure_list(study, ride, site, picture, record_id, &figures);
    return put_list(&figures, making, record_id, folder, diags);
}
