/* Numbers without a unit: counts, and factors by nature, as a console shows them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "spec_internal.h"

static const char as_count[] = "write digits alone, without a unit: 'etl: 16'";
static const char as_factor[] = "write a plain number, a share or a percentage: '2', '6/8', '75 %'";

static bool is_digits(const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (text[i] < '0' || text[i] > '9')
            return false;
    return n > 0;
}

/* "6/8", "75 %", "0.75" */
static bool read_factor(const char *text, double *out)
{
    const char *slash = strchr(text, '/');
    size_t n = strlen(text);
    double below = 1;

    if (slash) {
        if (!is_digits(text, (size_t)(slash - text)) || !is_digits(slash + 1, strlen(slash + 1)) ||
            mrse_text_read_num(slash + 1, strlen(slash + 1), &below, NULL) != MRSE_OK ||
            mrse_text_read_num(text, (size_t)(slash - text), out, NULL) != MRSE_OK || below == 0)
            return false;
        *out /= below;
        return true;
    }
    if (n > 0 && text[n - 1] == '%') {
        n--;
        n -= n > 0 && text[n - 1] == ' ';
        return mrse_text_read_num10(text, n, -2, out, NULL) == MRSE_OK;
    }
    return mrse_text_read_num(text, n, out, NULL) == MRSE_OK;
}

void mrse_spec_plain_text(char out[MRSE_NUM_MAX], double v)
{
    if (v == floor(v))
        mrse_text_fixed(out, v, 0);
    else
        mrse_text_num(out, v, 3);
}

bool mrse_spec_plain(mrse_reader *r, const mrse_field_spec *field, const mrse_place *at,
                     const char *text, double *out)
{
    bool count = field->type == MRSE_FIELD_COUNT;
    size_t n = strlen(text);
    char min[MRSE_NUM_MAX], max[MRSE_NUM_MAX];
    double v = 0;

    if (count ? !is_digits(text, n) || mrse_text_read_num(text, n, &v, NULL) != MRSE_OK
              : !read_factor(text, &v)) {
        mrse_spec_error(r, MRSE_ERR_INPUT, *at, count ? as_count : as_factor,
                        count ? "'%s' is no whole number" : "'%s' is no plain number",
                        mrse_spec_quote(r, text));
        return false;
    }
    if (v >= field->min && v <= field->max) {
        *out = v;
        return true;
    }
    mrse_spec_plain_text(min, field->min);
    mrse_spec_plain_text(max, field->max);
    mrse_spec_error(r, MRSE_ERR_INPUT, *at, field->doc,
                    "'%s' is outside the sensible range, %s to %s", mrse_spec_quote(r, text), min,
                    max);
    return false;
}

void mrse_spec_load_three(mrse_reader *r, const mrse_field_spec *field, const mrse_node *node,
                          void *base)
{
    const mrse_node *e = node->shape == MRSE_SHAPE_LIST ? mrse_spec_first(r, node) : NULL;

    if (!e || node->n != 3) {
        if (node->shape != MRSE_SHAPE_BAD)
            mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_where(node), field->doc,
                            "a list of three numbers is needed, [a, b, c]");
        return;
    }
    for (size_t i = 0; i < 3; i++, e = mrse_spec_next(r, e)) {
        size_t mark = mrse_spec_push(r, NULL, i);
        const char *text = mrse_spec_scalar(r, e);
        mrse_quantity q = {0};
        bool ok = text &&
                  (field->kind == MRSE_KIND_NONE ? mrse_spec_plain(r, field, &e->at, text, &q.si)
                                                 : mrse_spec_quantity(r, field, &e->at, text, &q));

        if (ok)
            memcpy((char *)base + field->at + i * sizeof q.si, &q.si, sizeof q.si);
        mrse_spec_pop(r, mark);
    }
}
