/* Two headers side by side: which parameters differ, and which cannot be compared.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "dicom_internal.h"
#include "mrse/alloc.h"

#define ROUNDING   1e-6
#define REPETITION SIZE_MAX

static bool is_close(double a, double b)
{
    return a == b || fabs(a - b) <= ROUNDING * fmax(fabs(a), fabs(b));
}

static bool is_missing(const mrse_dicom_item *item)
{
    return item->n == 1 && !isfinite(item->value.v);
}

static bool is_same(const mrse_dicom_item *a, const mrse_dicom_item *b)
{
    if (isfinite(a->value.v) && isfinite(b->value.v))
        return a->value.kind == b->value.kind && is_close(a->value.v, b->value.v);
    if (is_missing(a) != is_missing(b) || a->n != b->n)
        return false;
    for (size_t i = 0; i < a->n; i++) {
        if (!is_close(a->number[i], b->number[i]))
            return false;
    }
    return a->n > 0 || strcmp(a->text, b->text) == 0;
}

/* Which of the items of its name each one is, counted without repetitions: Enhanced files say some
 * things at the top and again for each frame. */
static void count(const mrse_dicom *d, size_t *rank)
{
    for (size_t i = 0; i < d->n; i++) {
        rank[i] = 0;
        for (size_t j = 0; j < i && rank[i] != REPETITION; j++) {
            if (rank[j] == REPETITION || strcmp(d->item[j].name, d->item[i].name) != 0)
                continue;
            rank[i] = is_same(&d->item[j], &d->item[i]) ? REPETITION : rank[i] + 1;
        }
    }
}

static const mrse_dicom_item *nth(const mrse_dicom *d, const size_t *rank, const char *name,
                                  size_t wanted)
{
    for (size_t i = 0; i < d->n; i++) {
        if (rank[i] == wanted && strcmp(d->item[i].name, name) == 0)
            return &d->item[i];
    }
    return NULL;
}

static void judge(const mrse_dicom *a, const mrse_dicom *b, mrse_dicom_difference *row)
{
    const char *note = "";
    if (row->a == NULL || row->b == NULL)
        note = "stated in one file only";
    else if (is_missing(row->a) || is_missing(row->b))
        note = "a number of one file means nothing (see there)";
    else if (row->a->value.kind != row->b->value.kind)
        note = "not the same quantity";
    else if (strcmp(row->a->keyword, "RepetitionTime") == 0 && a->tr != b->tr)
        note = "the repetition times of the two files do not mean the same";
    else if (strcmp(row->a->keyword, "RepetitionTime") == 0 && a->tr == MRSE_DICOM_TR_UNKNOWN)
        note = "what TR means in these files is not known";
    row->comparable = note[0] == '\0';
    mrse_text_copy(row->note, sizeof row->note, note);
}

static bool is_difference(const mrse_dicom *a, const mrse_dicom *b, const mrse_dicom_item *x,
                          const mrse_dicom_item *y)
{
    bool other_tr = strcmp(x->keyword, "RepetitionTime") == 0 &&
                    (a->tr != b->tr || (a->tr == MRSE_DICOM_TR_UNKNOWN && a->vendor != b->vendor));
    return y == NULL || other_tr || !is_same(x, y);
}

static size_t list(const mrse_dicom *a, const size_t *rank_a, const mrse_dicom *b,
                   const size_t *rank_b, mrse_dicom_difference *rows)
{
    size_t n = 0;
    for (size_t i = 0; i < a->n; i++) {
        if (rank_a[i] == REPETITION)
            continue;
        const mrse_dicom_item *other = nth(b, rank_b, a->item[i].name, rank_a[i]);
        if (!is_difference(a, b, &a->item[i], other))
            continue;
        rows[n] = (mrse_dicom_difference){.a = &a->item[i], .b = other};
        judge(a, b, &rows[n++]);
    }
    for (size_t i = 0; i < b->n; i++) {
        if (rank_b[i] == REPETITION || nth(a, rank_a, b->item[i].name, rank_b[i]) != NULL)
            continue;
        rows[n] = (mrse_dicom_difference){.b = &b->item[i]};
        judge(a, b, &rows[n++]);
    }
    return n;
}

mrse_status mrse_dicom_compare(const mrse_dicom *a, const mrse_dicom *b,
                               mrse_dicom_difference **out, size_t *n)
{
    if (out != NULL)
        *out = NULL;
    if (n != NULL)
        *n = 0;
    if (a == NULL || b == NULL || out == NULL || n == NULL)
        return MRSE_ERR_ARG;
    mrse_dicom_difference *rows = mrse_alloc(a->n + b->n, sizeof *rows);
    size_t *rank = mrse_alloc(a->n + b->n, sizeof *rank);
    if (rows == NULL || rank == NULL) {
        mrse_free(rows);
        mrse_free(rank);
        return MRSE_ERR_NOMEM;
    }
    count(a, rank);
    count(b, rank + a->n);
    *n = list(a, rank, b, rank + a->n, rows);
    *out = rows;
    mrse_free(rank);
    return MRSE_OK;
}
