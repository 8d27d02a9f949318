/* Numbers of a record in words. SPDX-License-Identifier: GPL-3.0-or-later */
#include "say_internal.h"

#include <math.h>

#include "json_internal.h"

enum { DIGITS = 4, U_DIGITS = 2, LENGTH_DECIMALS = 3 };

/* Below this share of the value an uncertainty is left out; SAY_NEGLIGIBLE tells the reader. */
static const double NEGLIGIBLE = 1e-4;

static void take(mrse_document *document, const mrse_buf *text)
{
    if (text->status != MRSE_OK && document->status == MRSE_OK)
        document->status = text->status;
}

void say_row_add(mrse_document *document, say_row *row, size_t n)
{
    const char *text[SAY_CELLS];
    for (size_t i = 0; i < n && i < SAY_CELLS; i++) {
        text[i] = mrse_buf_text(&row->cell[i]);
        take(document, &row->cell[i]);
    }
    mrse_document_row(document, text);
    for (size_t i = 0; i < SAY_CELLS; i++)
        mrse_buf_free(&row->cell[i]);
}

void say_pair_add(mrse_document *document, const char *label, mrse_buf *text)
{
    const char *pair[2] = {label, mrse_buf_text(text)};
    take(document, text);
    if (text->len > 0)
        mrse_document_pairs(document, pair, 1);
    mrse_buf_free(text);
}

void say_paragraph_add(mrse_document *document, mrse_text_style style, mrse_buf *text)
{
    take(document, text);
    if (text->len > 0)
        mrse_document_paragraph(document, style, mrse_buf_text(text));
    mrse_buf_free(text);
}

void say_heading_add(mrse_document *document, int level, mrse_buf *text)
{
    take(document, text);
    mrse_document_heading(document, level, mrse_buf_text(text));
    mrse_buf_free(text);
}

/* Digits of a value whose last one stands where the second digit of its uncertainty does. */
static int digits_for(double si, double U)
{
    if (si == 0.0)
        return U_DIGITS;
    int digits = (int)(floor(log10(fabs(si))) - floor(log10(U))) + U_DIGITS;
    return digits < 1 ? 1 : digits > DIGITS ? DIGITS : digits;
}

void say_si(mrse_buf *out, double si, double u, mrse_kind kind, int both)
{
    bool shown = isfinite(si) && isfinite(u) && u > 0.0 && 2.0 * u >= NEGLIGIBLE * fabs(si);
    mrse_quantity_print(out, si, kind, shown ? digits_for(si, 2.0 * u) : DIGITS, both);
    if (!shown)
        return;
    mrse_buf_add(out, " ± ");
    mrse_quantity_print(out, 2.0 * u, kind, U_DIGITS, 0);
}

void say_model(mrse_buf *out, double si, double u, mrse_kind kind, int both)
{
    say_si(out, si, u, kind, both);
    if (isfinite(si) && !isfinite(u))
        mrse_buf_add(out, " ± not known");
}

void say_value(mrse_buf *out, const json_t *value, int both)
{
    bool declared = mrse_text_equal(mrse_json_get_text(value, "basis"), "declared");
    double v = mrse_json_get_num(value, "v"), u = mrse_json_get_num(value, "u");
    mrse_kind kind = mrse_kind_from_id(mrse_json_get_text(value, "kind"));
    if (declared)
        say_si(out, v, NAN, kind, both);
    else
        say_model(out, v, u, kind, both);
}

void say_length(mrse_buf *out, double m)
{
    if (!isfinite(m)) {
        mrse_buf_add(out, "does not exist");
        return;
    }
    char text[MRSE_NUM_MAX];
    mrse_text_fixed(text, m, LENGTH_DECIMALS);
    mrse_buf_add(out, text);
    mrse_buf_add(out, " m");
}

void say_U_length(mrse_buf *out, double u_m)
{
    if (!isfinite(u_m))
        mrse_buf_add(out, "not known");
    else if (2.0 * u_m < 0.0005)
        mrse_buf_add(out, "< 0.001 m");
    else
        say_length(out, 2.0 * u_m);
}

/* A limit is a decimal text: as few digits as give it exactly. */
static void say_exact(mrse_buf *out, double si, mrse_kind kind)
{
    int digits = 2;
    for (; digits < 9; digits++) {
        double scale = pow(10.0, digits - 1 - floor(log10(fabs(si))));
        if (si == 0.0 || fabs(round(si * scale) / scale - si) <= 1e-9 * fabs(si))
            break;
    }
    mrse_quantity_print(out, si, kind, digits, 1);
}

void say_limit(mrse_buf *out, const json_t *limit)
{
    mrse_kind kind = mrse_kind_from_id(mrse_json_get_text(limit, "value.kind"));
    const char *op = mrse_json_get_text(limit, "op");
    if (!isfinite(mrse_json_get_num(limit, "value.v")))
        return;
    if (kind == MRSE_KIND_B0) { /* classes, as the label lists them */
        mrse_buf_add(out, mrse_json_get_text(limit, "value.printed"));
        return;
    }
    mrse_buf_add(out, op);
    mrse_buf_add(out, "\u00a0"); /* no line break between operator and number */
    say_exact(out, mrse_json_get_num(limit, "value.v"), kind);
    if (isfinite(mrse_json_get_num(limit, "upper"))) {
        mrse_buf_add(out, " to ");
        say_exact(out, mrse_json_get_num(limit, "upper"), kind);
    }
}

void say_origin(mrse_buf *out, const json_t *value)
{
    const char *src = mrse_json_get_text(value, "src");
    const char *file = mrse_json_get_text(value, "file");
    mrse_buf_add(out, mrse_json_get_text(value, "origin"));
    if (src[0] != '\0') {
        mrse_buf_add(out, ": ");
        mrse_buf_add(out, src);
    }
    if (file[0] != '\0')
        mrse_buf_addf(out, " (%s:%d)", file, (int)mrse_json_get_num(value, "line"));
}
