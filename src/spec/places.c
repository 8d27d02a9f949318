/* Lists of places in a plan: [[0 m, 0 m], [6 m, 0 m]]. SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "mrse/alloc.h"
#include "mrse/site.h"
#include "spec_internal.h"

static const char how[] = "write '[[0 m, 0 m], [6 m, 0 m]]': x to the right, y up the page";

static void say_shape(mrse_reader *r, const mrse_node *node, const char *what)
{
    if (node->shape != MRSE_SHAPE_BAD)
        mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_where(node), how, "%s", what);
}

static void load_place(mrse_reader *r, const mrse_field_spec *field, const mrse_node *node,
                       double out[2])
{
    const mrse_node *e = node->shape == MRSE_SHAPE_LIST ? mrse_spec_first(r, node) : NULL;

    if (!e || node->n != 2) {
        say_shape(r, node, "a place is a list of two lengths, [x, y]");
        return;
    }
    for (size_t i = 0; i < 2; i++, e = mrse_spec_next(r, e)) {
        size_t mark = mrse_spec_push(r, NULL, i);
        const char *text = mrse_spec_scalar(r, e);
        mrse_quantity q;

        if (text && mrse_spec_quantity(r, field, &e->at, text, &q))
            out[i] = q.si;
        mrse_spec_pop(r, mark);
    }
}

void mrse_spec_load_places(mrse_reader *r, const mrse_field_spec *field, const mrse_node *node,
                           void *base)
{
    mrse_site_place *place;
    size_t i = 0;

    if (node->shape != MRSE_SHAPE_LIST || node->n == 0) {
        say_shape(r, node, "a list of places is needed");
        return;
    }
    place = mrse_alloc(node->n, sizeof *place);
    if (!place) {
        mrse_spec_nomem(r);
        return;
    }
    memcpy((char *)base + field->at, &place, sizeof place);
    memcpy((char *)base + field->count, &node->n, sizeof node->n);
    for (const mrse_node *e = mrse_spec_first(r, node); e; e = mrse_spec_next(r, e), i++) {
        size_t mark = mrse_spec_push(r, NULL, i);
        double xy[2] = {0, 0};

        load_place(r, field, e, xy);
        place[i] = (mrse_site_place){xy[0], xy[1]};
        mrse_spec_pop(r, mark);
    }
}
