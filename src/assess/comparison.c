/* One case on several scanners. SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "assess_internal.h"
#include "mrse/alloc.h"
#include "mrse/file.h"

static mrse_status hash_of(const char *path, char hash[MRSE_SHA256_HEX])
{
    char *bytes = NULL;
    size_t n = 0;
    hash[0] = '\0';
    mrse_status status = mrse_file_read(path, MRSE_FILE_MAX, &bytes, &n, NULL);
    if (status == MRSE_OK)
        mrse_sha256_hex(bytes, n, hash);
    mrse_free(bytes);
    return status;
}

/* An edited copy is another scanner: what its console would show is not known. So is every scanner
 * when the case's own cannot be read. */
mrse_status mrse_case_is_foreign(const mrse_case *c, const char *scanner, const mrse_refs *refs,
                                 bool *foreign)
{
    char own[MRSE_SHA256_HEX], other[MRSE_SHA256_HEX], *path = NULL;
    *foreign = true;
    mrse_status status = mrse_case_resolve(c->path, refs, c->scanner, &path);
    if (status == MRSE_OK)
        status = hash_of(path, own);
    if (status == MRSE_OK)
        status = hash_of(scanner, other);
    if (status == MRSE_OK)
        *foreign = strcmp(own, other) != 0;
    mrse_free(path);
    return status == MRSE_ERR_NOMEM ? status : MRSE_OK;
}

static bool same(const mrse_diag *a, const mrse_diag *b)
{
    return a->line == b->line && a->sev == b->sev && mrse_text_equal(a->file, b->file) &&
           mrse_text_equal(a->field, b->field) && mrse_text_equal(a->text, b->text);
}

/* The case and its labels are read for each scanner; what is wrong in them is said once. */
static void add_new(mrse_diags *all, const mrse_diags *of_one)
{
    for (size_t i = 0; all != NULL && i < of_one->n; i++) {
        const mrse_diag *d = &of_one->item[i];
        bool seen = false;
        for (size_t k = 0; k < all->n && !seen; k++)
            seen = same(&all->item[k], d);
        if (!seen)
            *mrse_diag_add(all, d->sev, d->code, "%s", d->text) = *d;
    }
}

mrse_status mrse_case_elsewhere(mrse_assessment *a, const mrse_refs *refs, mrse_diags *diags)
{
    const mrse_case *c = a->kase;
    mrse_status status = MRSE_OK;
    if (c->compare_scanner == NULL || c->n_implants == 0)
        return MRSE_OK;
    if (a->compare_path == NULL) /* else the objects have found it */
        status = mrse_case_resolve(c->path, refs, c->compare_scanner, &a->compare_path);
    if (status != MRSE_OK)
        return status;
    mrse_diags *of_one = mrse_alloc(1, sizeof *of_one);
    if (of_one == NULL)
        return MRSE_ERR_NOMEM;
    mrse_diags_init(of_one);
    status = mrse_assess_case_on(c->path, a->compare_path, refs, &a->elsewhere, of_one);
    add_new(diags, of_one);
    mrse_free(of_one);
    return status;
}

mrse_status mrse_assess_compare(const char *path, const char *const *scanner, size_t n,
                                mrse_comparison **out, mrse_diags *diags)
{
    if (out == NULL)
        return MRSE_ERR_ARG;
    *out = NULL;
    if (path == NULL || scanner == NULL || n == 0 || n > MRSE_SCANNERS_MAX)
        return MRSE_ERR_ARG;
    mrse_comparison *c = mrse_alloc(1, sizeof *c);
    mrse_diags *of_one = mrse_alloc(1, sizeof *of_one);
    mrse_status status = c != NULL && of_one != NULL ? MRSE_OK : MRSE_ERR_NOMEM;
    for (size_t i = 0; i < n && status == MRSE_OK; i++) {
        mrse_diags_init(of_one);
        status = mrse_assess_case_on(path, scanner[i], NULL, &c->on[i], of_one);
        add_new(diags, of_one);
        if (status != MRSE_OK)
            break;
        c->overall = i == 0 ? c->on[i]->overall : mrse_verdict_worse(c->overall, c->on[i]->overall);
        c->n++;
    }
    mrse_free(of_one);
    if (status != MRSE_OK) {
        mrse_comparison_free(c);
        return status;
    }
    *out = c;
    return MRSE_OK;
}

void mrse_comparison_free(mrse_comparison *comparison)
{
    if (comparison == NULL)
        return;
    for (size_t i = 0; i < comparison->n; i++)
        mrse_assessment_free(comparison->on[i]);
    mrse_free(comparison);
}
