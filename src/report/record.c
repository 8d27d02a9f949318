/* The record: what was computed, from which files, by whom, when, with which program. The other
 * views are made from it. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "mrse/alloc.h"
#include "mrse/file.h"
#include "mrse/mrse.h"
#include "object_internal.h"
#include "record_internal.h"

const char *const mrse_record_results[] = {
    "isocentre", "contours", "cylinders", "reach",     "points",   "rides",        "calibration",
    "f0",        "exposure", "sequences", "agreement", "site",     "implants",     "survey",
    "findings",  "together", "overall",   "objects",   "scanners", "requirements", NULL};

enum { REAL_DIGITS = 9, ID_DIGITS = 6 };

static bool is_stored(const mrse_record *record, const char *name)
{
    for (size_t i = 0; i < record->n_inputs; i++) {
        if (mrse_text_equal(record->input[i].stored, name))
            return true;
    }
    return false;
}

/* Two files of one name (two folders with a label.yaml each) are told apart by a number. */
static char *inputs_name(const char *path, const mrse_record *record)
{
    mrse_buf name = {0};
    mrse_buf_addf(&name, "inputs/%s", mrse_path_base(path));
    for (size_t n = 2; name.status == MRSE_OK && is_stored(record, mrse_buf_text(&name)); n++) {
        mrse_buf_free(&name);
        mrse_buf_addf(&name, "inputs/%zu-%s", n, mrse_path_base(path));
    }
    char *text = name.status == MRSE_OK ? mrse_strdup(mrse_buf_text(&name)) : NULL;
    mrse_buf_free(&name);
    return text;
}

/* An input without its bytes; NULL: no memory. */
static record_input *new_input(mrse_record *record, const char *role, const char *written,
                               const char *path)
{
    record_input *grown = mrse_realloc(record->input, record->n_inputs + 1, sizeof *grown);
    if (grown == NULL)
        return NULL;
    record->input = grown;
    record_input *in = &grown[record->n_inputs];
    memset(in, 0, sizeof *in);
    in->stored = inputs_name(path, record);
    record->n_inputs++;
    mrse_text_copy(in->role, sizeof in->role, role);
    if (written != NULL)
        in->written = mrse_strdup(written);
    return in->stored == NULL || (written != NULL && in->written == NULL) ? NULL : in;
}

mrse_status mrse_record_add_input(mrse_record *record, const char *role, const char *written,
                                  const char *path, mrse_diags *diags)
{
    for (size_t i = 0; i < record->n_inputs; i++) {
        if (written != NULL && mrse_text_equal(record->input[i].written, written))
            return MRSE_OK;
    }
    record_input *in = new_input(record, role, written, path);
    if (in == NULL)
        return MRSE_ERR_NOMEM;
    mrse_status status =
        mrse_file_read(path, mrse_text_equal(role, "image") ? MRSE_PICTURE_FILE_MAX : MRSE_FILE_MAX,
                       &in->bytes, &in->n, diags);
    if (status == MRSE_OK)
        mrse_sha256_hex(in->bytes, in->n, in->sha256);
    return status;
}

/* The site file, and the image that it names. */
static mrse_status add_site_inputs(mrse_record *record, const mrse_site *site, const char *written,
                                   const char *path, const char *image, mrse_diags *diags)
{
    mrse_status status = mrse_record_add_input(record, "site", written, path, diags);
    if (status == MRSE_OK && image != NULL)
        status = mrse_record_add_input(record, "image", site->image.file, image, diags);
    return status;
}

/* Of an image file neither its name, which may be a person's, nor its bytes: the extract of its
 * technical parameters goes in its place, and the hash of the whole. */
static mrse_status add_image(mrse_record *record, const mrse_sequence_input *sequence)
{
    const mrse_dicom *const one[] = {sequence->dicom};
    mrse_buf name = {0}, extract = {0};
    mrse_buf_addf(&name, "dicom-%.12s.json", sequence->sha256);
    mrse_status status = mrse_dicom_json(one, 1, false, &extract);
    record_input *in = status == MRSE_OK && name.status == MRSE_OK
                           ? new_input(record, "dicom", NULL, mrse_buf_text(&name))
                           : NULL;
    if (in != NULL) {
        in->bytes = extract.data;
        in->n = extract.len;
        extract.data = NULL;
        mrse_sha256_hex(in->bytes, in->n, in->sha256);
        mrse_text_copy(in->original, sizeof in->original, sequence->sha256);
    }
    mrse_buf_free(&name);
    mrse_buf_free(&extract);
    return status == MRSE_OK && in == NULL ? MRSE_ERR_NOMEM : status;
}

/* The file's bytes for a worksheet, its hash alone otherwise: Pulseq files may be large. */
mrse_status mrse_record_add_sequence(mrse_record *record, const char *written,
                                     const mrse_sequence_input *sequence, mrse_diags *diags)
{
    if (sequence->form == MRSE_SEQUENCE_DICOM)
        return add_image(record, sequence);
    if (written != NULL)
        return mrse_record_add_input(record, "sequence", written, sequence->path, diags);
    record_input *in = new_input(record, "sequence", NULL, sequence->path);
    if (in == NULL)
        return MRSE_ERR_NOMEM;
    mrse_text_copy(in->sha256, sizeof in->sha256, sequence->sha256);
    return MRSE_OK;
}

void mrse_record_put_used(json_put o, const mrse_record *record)
{
    json_put list = mrse_json_array(o, "used");
    for (size_t i = 0; i < record->n_inputs; i++) {
        const record_input *in = &record->input[i];
        json_put item = mrse_json_item(list);
        mrse_json_text(item, "role", in->role);
        mrse_json_text(item, "path", mrse_path_base(in->stored));
        if (in->written != NULL)
            mrse_json_text(item, "written", in->written);
        if (in->bytes != NULL)
            mrse_json_text(item, "stored", in->stored);
        mrse_json_text(item, "sha256", in->sha256);
        if (in->original[0] != '\0')
            mrse_json_text(item, "original_sha256", in->original);
        if (in->bytes != NULL)
            mrse_json_int(item, "bytes", (long long)in->n);
    }
}

static void put_author(json_put o, const mrse_making *making, const mrse_case *kase)
{
    json_put a = mrse_json_object(o, "author");
    const char *given = making->author != NULL && making->author[0] != '\0' ? making->author : NULL;
    bool same = kase != NULL && (given == NULL || mrse_text_equal(given, kase->author.name));
    mrse_json_text(a, "name", same ? kase->author.name : given);
    mrse_json_text(a, "role", same ? kase->author.role : NULL);
    mrse_json_text(a, "registration", same ? kase->author.registration : NULL);
    mrse_json_text(a, "site", same ? kase->author.site : NULL);
}

/* Paths are cut to base names: a folder on the author's machine is nobody's business. */
/* Folders say whose computer it was and stay out; "2.5 T/m" is no path. */
static bool is_path(const char *word)
{
    static const char *const ending[] = {".yaml", ".seq", ".csv", ".dcm", ".pdf", ".png", NULL};
    size_t n = strlen(word);
    for (size_t i = 0; ending[i] != NULL; i++) {
        size_t k = strlen(ending[i]);
        if (n >= k && strcmp(word + n - k, ending[i]) == 0)
            return true;
    }
    bool quantity = strchr(word, ' ') != NULL || strspn(word, "+-.0123456789") > 0;
    return word[0] == '/' || strncmp(word, "./", 2) == 0 || strncmp(word, "../", 3) == 0 ||
           !quantity;
}

static void put_argv(json_put o, const char *const *argv)
{
    json_put list = mrse_json_array(o, "argv");
    for (size_t i = 0; argv != NULL && argv[i] != NULL; i++)
        mrse_json_item_text(list, is_path(argv[i]) ? mrse_path_base(argv[i]) : argv[i]);
}

void mrse_record_put_making(json_put o, const mrse_making *making, const mrse_case *kase)
{
    mrse_json_text(o, "created", making->date);
    mrse_json_text(o, "created_from", making->date_source != NULL ? making->date_source : "");
    put_author(o, making, kase);
    json_put tool = mrse_json_object(o, "tool");
    mrse_json_text(tool, "name", "mrse");
    mrse_json_text(tool, "version", mrse_version());
    mrse_json_text(tool, "commit", mrse_commit()[0] != '\0' ? mrse_commit() : NULL);
    put_argv(o, making->argv);
    if (making->reviewed != NULL && making->reviewed[0] != '\0')
        mrse_json_text(o, "reviewed", making->reviewed);
}

void mrse_record_put_making_of(json_put o, const mrse_making *making,
                               const mrse_sequence_input *const *in, size_t n_in)
{
    mrse_making named = *making;
    size_t n = 0;
    while (making->argv != NULL && making->argv[n] != NULL)
        n++;
    const char **argv = mrse_alloc(n + 1, sizeof *argv);
    if (argv == NULL)
        *o.status = MRSE_ERR_NOMEM;
    for (size_t i = 0; argv != NULL && i < n; i++) {
        argv[i] = making->argv[i];
        for (size_t k = 0; k < n_in; k++)
            if (in[k]->form == MRSE_SEQUENCE_DICOM && in[k]->path != NULL &&
                mrse_text_equal(argv[i], in[k]->path))
                argv[i] = "IMAGE";
    }
    named.argv = argv;
    mrse_record_put_making(o, &named, NULL);
    mrse_free(argv);
}

/* Same question, same id, on any day: hashes of the inputs and results rounded to 6 digits; no
 * clock, command line, build or path. */
static mrse_status make_id(mrse_record *record)
{
    json_t *subset = json_object();
    mrse_status status = subset != NULL ? MRSE_OK : MRSE_ERR_NOMEM;
    json_put o = {subset, &status};
    json_put hashes = mrse_json_array(o, "inputs");
    for (size_t i = 0; i < record->n_inputs; i++) {
        mrse_json_item_text(hashes, record->input[i].sha256);
    }
    for (size_t i = 0; mrse_record_results[i] != NULL && status == MRSE_OK; i++) {
        json_t *result = json_object_get(record->json, mrse_record_results[i]);
        if (result != NULL && json_object_set(subset, mrse_record_results[i], result))
            status = MRSE_ERR_NOMEM;
    }
    mrse_buf text = {0};
    if (status == MRSE_OK)
        status = mrse_json_dump(
            subset, JSON_COMPACT | JSON_SORT_KEYS | JSON_REAL_PRECISION(ID_DIGITS), &text);
    if (status == MRSE_OK) {
        char hash[MRSE_SHA256_HEX];
        mrse_sha256_hex(text.data, text.len, hash);
        mrse_text_copy(record->id, sizeof record->id, hash);
    }
    mrse_buf_free(&text);
    json_decref(subset);
    if (status == MRSE_OK && json_object_set_new(record->json, "id", json_string(record->id)))
        status = MRSE_ERR_NOMEM;
    return status;
}

mrse_status mrse_record_begin(const char *kind, const mrse_making *making, mrse_record **out,
                              mrse_date *on, json_put *o, mrse_status *sticky)
{
    *out = NULL;
    if (making == NULL || making->date == NULL)
        return MRSE_ERR_ARG;
    mrse_status status = mrse_date_read(making->date, on);
    if (status != MRSE_OK)
        return status;
    mrse_record *record = mrse_alloc(1, sizeof *record);
    if (record == NULL)
        return MRSE_ERR_NOMEM;
    record->json = json_object();
    *sticky = record->json != NULL ? MRSE_OK : MRSE_ERR_NOMEM;
    o->to = record->json;
    o->status = sticky;
    mrse_json_text(*o, "schema", "mrse/record/1");
    mrse_json_text(*o, "id", ""); /* holds its place; filled in by make_id */
    mrse_json_text(*o, "kind", kind);
    *out = record;
    return *sticky;
}

mrse_status mrse_record_finish(mrse_status status, mrse_record *record, mrse_record **out)
{
    if (status == MRSE_OK)
        status = make_id(record);
    if (status != MRSE_OK) {
        mrse_record_free(record);
        return status;
    }
    *out = record;
    return MRSE_OK;
}

mrse_status mrse_record_of_study(const mrse_study *study, const mrse_point_row *point,
                                 size_t n_points, const mrse_ride *ride,
                                 const mrse_site_study *site, const char *image,
                                 const mrse_making *making, mrse_record **out, mrse_diags *diags)
{
    if (out == NULL)
        return MRSE_ERR_ARG;
    *out = NULL;
    mrse_record *record = NULL;
    mrse_date on;
    mrse_status sticky = MRSE_OK;
    json_put o;
    if (study == NULL)
        return MRSE_ERR_ARG;
    mrse_status status = mrse_record_begin("field", making, &record, &on, &o, &sticky);
    if (status == MRSE_OK)
        status = mrse_record_add_input(record, "scanner", NULL, study->scanner->path, diags);
    if (status == MRSE_OK && site != NULL)
        status = add_site_inputs(record, site->site, NULL, site->site->path, image, diags);
    if (status != MRSE_OK)
        return mrse_record_finish(status, record, out);
    mrse_record_put_making(o, making, NULL);
    mrse_record_put_used(o, record);
    mrse_record_put_study(o, study);
    if (n_points > 0)
        mrse_record_put_points(o, point, n_points);
    if (ride != NULL)
        mrse_record_put_ride(o, NULL, ride);
    if (site != NULL)
        mrse_record_put_site(o, site);
    json_put sources = mrse_json_object(o, "sources");
    mrse_record_put_sources(sources, "scanner", &study->scanner->sources, &on);
    if (site != NULL)
        mrse_record_put_sources(sources, "site", &site->site->sources, &on);
    mrse_record_put_methods(o);
    return mrse_record_finish(sticky, record, out);
}

static mrse_status add_inputs(mrse_record *record, const mrse_assessment *a, mrse_diags *diags)
{
    mrse_status status = mrse_record_add_input(record, "case", NULL, a->kase->path, diags);
    if (status == MRSE_OK)
        status = mrse_record_add_input(record, "scanner", a->foreign ? NULL : a->kase->scanner,
                                       a->scanner_path, diags);
    for (size_t i = 0; i < a->n_implants && status == MRSE_OK; i++)
        status = mrse_record_add_input(record, "label", a->implant[i].implant->label,
                                       a->implant[i].label_path, diags);
    for (size_t i = 0; i < a->n_objects && status == MRSE_OK; i++)
        status = mrse_record_add_input(record, "object", a->object[i].object->place.label,
                                       a->object[i].path, diags);
    if (status == MRSE_OK && a->compare_path != NULL)
        status = mrse_record_add_input(record, "scanner", a->kase->compare_scanner, a->compare_path,
                                       diags);
    if (status == MRSE_OK && a->site != NULL)
        status =
            add_site_inputs(record, a->site, a->kase->site, a->site_path, a->image_path, diags);
    if (status == MRSE_OK && a->survey != NULL)
        status = mrse_record_add_input(record, "survey", a->kase->survey, a->survey_path, diags);
    for (size_t i = 0; i < a->n_planned && status == MRSE_OK; i++)
        status = mrse_record_add_sequence(record, a->planned[i].sequence->file,
                                          &a->planned[i].study->before, diags);
    if (status == MRSE_OK && a->sequences != NULL)
        status = mrse_record_add_sequence(record, a->before->file, &a->sequences->before, diags);
    if (status == MRSE_OK && a->sequences != NULL)
        status = mrse_record_add_sequence(record, a->after->file, &a->sequences->after, diags);
    return status;
}

mrse_status mrse_record_of_assessment(const mrse_assessment *assessment, const mrse_making *making,
                                      mrse_record **out, mrse_diags *diags)
{
    if (out == NULL)
        return MRSE_ERR_ARG;
    *out = NULL;
    if (assessment == NULL)
        return MRSE_ERR_ARG;
    mrse_record *record = NULL;
    mrse_date on;
    mrse_status sticky = MRSE_OK;
    json_put o;
    mrse_status status = mrse_record_begin("assessment", making, &record, &on, &o, &sticky);
    if (status == MRSE_OK)
        status = add_inputs(record, assessment, diags);
    if (status != MRSE_OK)
        return mrse_record_finish(status, record, out);
    mrse_record_put_making(o, making, assessment->kase);
    mrse_record_put_used(o, record);
    mrse_record_put_case(o, assessment, &on);
    mrse_record_put_methods(o);
    return mrse_record_finish(sticky, record, out);
}

mrse_status mrse_record_of_sequences(const mrse_sequence_study *study, const mrse_making *making,
                                     mrse_record **out, mrse_diags *diags)
{
    mrse_record *record = NULL;
    mrse_date on;
    mrse_status sticky = MRSE_OK;
    json_put o;
    if (out == NULL)
        return MRSE_ERR_ARG;
    *out = NULL;
    if (study == NULL)
        return MRSE_ERR_ARG;
    mrse_status status = mrse_record_begin("sequence", making, &record, &on, &o, &sticky);
    if (status == MRSE_OK && study->scanner != NULL)
        status = mrse_record_add_input(record, "scanner", NULL, study->scanner->path, diags);
    if (status == MRSE_OK)
        status = mrse_record_add_sequence(record, NULL, &study->before, diags);
    if (status == MRSE_OK && study->after.path != NULL)
        status = mrse_record_add_sequence(record, NULL, &study->after, diags);
    if (status != MRSE_OK)
        return mrse_record_finish(status, record, out);
    const mrse_sequence_input *in[] = {&study->before, &study->after};
    mrse_record_put_making_of(o, making, in, 2);
    mrse_record_put_used(o, record);
    mrse_record_put_sequences(o, study, diags);
    mrse_record_put_working(o, study->step, study->n_steps);
    json_put sources = mrse_json_object(o, "sources");
    if (study->scanner != NULL)
        mrse_record_put_sources(sources, "scanner", &study->scanner->sources, &on);
    mrse_record_put_methods(o);
    return mrse_record_finish(sticky, record, out);
}

void mrse_record_free(mrse_record *record)
{
    if (record == NULL)
        return;
    json_decref(record->json);
    for (size_t i = 0; i < record->n_inputs; i++) {
        mrse_free(record->input[i].written);
        mrse_free(record->input[i].stored);
        mrse_free(record->input[i].bytes);
    }
    mrse_free(record->input);
    mrse_free(record);
}

const char *mrse_record_id(const mrse_record *record)
{
    return record != NULL ? record->id : "";
}

mrse_status mrse_record_json(const mrse_record *record, mrse_buf *out)
{
    if (record == NULL || out == NULL)
        return MRSE_ERR_ARG;
    mrse_status status =
        mrse_json_dump(record->json, JSON_INDENT(2) | JSON_REAL_PRECISION(REAL_DIGITS), out);
    mrse_buf_add(out, "\n");
    return status == MRSE_OK ? out->status : status;
}
