/* `mrse check`: every error of a file, and of the files that a case names.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "mrse/alloc.h"
#include "mrse/file.h"
#include "mrse/needs.h"
#include "mrse/picture.h"
#include "mrse/site.h"
#include "mrse/survey_file.h"
#include "spec_internal.h"

/* Keep the first failure; running out of memory outranks it. */
static void note(mrse_status *first, mrse_status status)
{
    if (*first == MRSE_OK || status == MRSE_ERR_NOMEM)
        *first = status;
}

static mrse_status load_beside(const mrse_format *format, const char *file, const char *name,
                               void **out, mrse_diags *diags)
{
    char *path = NULL;
    mrse_status status = mrse_path_beside(file, name, &path);

    *out = NULL;
    if (status == MRSE_OK)
        status = mrse_spec_read_file(format, path, out, NULL, diags);
    else
        mrse_diag_place(
            mrse_diag_add(diags, MRSE_SEV_ERROR, status, "%s", mrse_status_text(status)), file, 0,
            0, NULL, NULL);
    mrse_free(path);
    return status;
}

static mrse_status check_branch(const mrse_case *c, size_t i, const mrse_label *label,
                                mrse_diags *diags)
{
    const mrse_case_implant *implant = &c->implant[i];
    const char *name[MRSE_SPEC_FIELDS];
    char hint[256], field[40];
    mrse_diag *diag;
    size_t n = 0;

    for (; n < label->n_branches && n < MRSE_COUNT(name); n++)
        name[n] = label->branch[n].name;
    for (size_t k = 0; k < label->n_branches; k++)
        if (strcmp(implant->branch, label->branch[k].name) == 0)
            return MRSE_OK;
    mrse_spec_suggest(hint, sizeof hint, implant->branch, "branches of the label", name, n);
    (void)snprintf(field, sizeof field, "implants[%zu].branch", i);
    diag = mrse_diag_add(diags, MRSE_SEV_ERROR, MRSE_ERR_INPUT, "the label has no branch '%s'",
                         implant->branch);
    mrse_diag_place(diag, c->path, implant->line, 0, field, hint);
    return MRSE_ERR_INPUT;
}

/* The same label may serve several implants: it is reported on once. */
static bool is_first_use(const mrse_case *c, size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (strcmp(c->implant[j].label, c->implant[i].label) == 0)
            return false;
    return true;
}

/* The image of a site lies beside the site file. */
static mrse_status check_image(const mrse_site *site, mrse_diags *diags)
{
    mrse_picture *picture = NULL;
    char *path = NULL;
    mrse_status status;

    if (!site->image.file)
        return MRSE_OK;
    status = mrse_path_beside(site->path, site->image.file, &path);
    if (status == MRSE_OK)
        status = mrse_picture_load(path, &picture, diags);
    mrse_picture_free(picture);
    mrse_free(path);
    return status;
}

static mrse_status check_site(const mrse_case *c, mrse_diags *diags)
{
    void *object = NULL;
    mrse_status status;

    if (!c->site)
        return MRSE_OK;
    status = load_beside(&mrse_spec_site, c->path, c->site, &object, diags);
    if (status == MRSE_OK)
        status = check_image(object, diags);
    mrse_spec_object_free(&mrse_spec_site, object);
    return status;
}

static mrse_status check_survey(const mrse_case *c, mrse_diags *diags)
{
    mrse_survey *survey = NULL;
    char *path = NULL;
    mrse_status status;

    if (!c->survey)
        return MRSE_OK;
    status = mrse_path_beside(c->path, c->survey, &path);
    if (status == MRSE_OK)
        status = mrse_survey_load(path, &survey, diags);
    mrse_survey_free(survey);
    mrse_free(path);
    return status;
}

/* Protocols are read here; Pulseq and DICOM files by the command that works with them. */
static mrse_status check_sequence(const mrse_case *c, size_t i, mrse_diags *diags)
{
    void *object = NULL;
    mrse_status status;

    if (c->sequence[i].kind != MRSE_SEQUENCE_PROTOCOL)
        return MRSE_OK;
    status = load_beside(&mrse_spec_sequence, c->path, c->sequence[i].file, &object, diags);
    mrse_spec_object_free(&mrse_spec_sequence, object);
    return status;
}

/* The objects' files, and the scanner that they are compared on. */
static mrse_status check_objects(const mrse_case *c, mrse_diags *diags)
{
    mrse_status first = MRSE_OK;
    void *object = NULL;

    for (size_t i = 0; i < c->n_objects && first != MRSE_ERR_NOMEM; i++) {
        note(&first,
             load_beside(&mrse_spec_object, c->path, c->object[i].place.label, &object, diags));
        mrse_spec_object_free(&mrse_spec_object, object);
    }
    if (c->compare_scanner && first != MRSE_ERR_NOMEM) {
        note(&first, load_beside(&mrse_spec_scanner, c->path, c->compare_scanner, &object, diags));
        mrse_spec_object_free(&mrse_spec_scanner, object);
    }
    return first;
}

static mrse_status check_named_files(const mrse_case *c, mrse_diags *diags)
{
    mrse_status first = MRSE_OK;
    void *object = NULL;

    note(&first, load_beside(&mrse_spec_scanner, c->path, c->scanner, &object, diags));
    mrse_spec_object_free(&mrse_spec_scanner, object);
    note(&first, check_site(c, diags));
    note(&first, check_survey(c, diags));
    note(&first, check_objects(c, diags));
    for (size_t i = 0; i < c->n_sequences && first != MRSE_ERR_NOMEM; i++)
        note(&first, check_sequence(c, i, diags));
    for (size_t i = 0; i < c->n_implants && first != MRSE_ERR_NOMEM; i++) {
        mrse_status status = load_beside(&mrse_spec_label, c->path, c->implant[i].label, &object,
                                         is_first_use(c, i) ? diags : NULL);
        note(&first, status);
        if (object && c->implant[i].branch)
            note(&first, check_branch(c, i, object, diags));
        mrse_spec_object_free(&mrse_spec_label, object);
    }
    return first;
}

/* Both checks in one reading; `needs` may be NULL. */
static mrse_status check(const char *path, mrse_needs *needs, mrse_diags *diags)
{
    const mrse_format *format = NULL;
    void *object = NULL;
    mrse_status status = mrse_spec_read_file(NULL, path, &object, &format, diags);

    if (status == MRSE_OK && format == &mrse_spec_case)
        status = check_named_files(object, diags);
    if (status == MRSE_OK && format == &mrse_spec_scanner && needs)
        status = mrse_needs_of(object, needs);
    if (status == MRSE_OK && format == &mrse_spec_site)
        status = check_image(object, diags);
    if (format)
        mrse_spec_object_free(format, object);
    return status;
}

mrse_status mrse_spec_check(const char *path, mrse_diags *diags)
{
    return path ? check(path, NULL, diags) : MRSE_ERR_ARG;
}

mrse_status mrse_needs_check(const char *path, mrse_needs *out, mrse_diags *diags)
{
    if (out)
        *out = (mrse_needs){NULL, 0, NULL, 0};
    return path && out ? check(path, out, diags) : MRSE_ERR_ARG;
}
