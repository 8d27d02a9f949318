/* The working of a site: for each number that decides, the place in the magnet's frame and the field
 * there, so that a reader can redo it. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "assess_internal.h"

static void number(mrse_buf *out, const char *words, double value)
{
    mrse_buf_add(out, words);
    mrse_buf_num(out, value, 5);
}

static void say_place(mrse_buf *out, const mrse_site *site, const mrse_site_peak *p, double r_m,
                      double z_m)
{
    number(out, "Δx = ", p->x_m - site->magnet.x.v);
    number(out, ", Δy = ", p->y_m - site->magnet.y.v);
    number(out, ", Δh = ", p->height_m - site->magnet.height.v);
    number(out, " m, α = ", site->magnet.azimuth.v);
    number(out, " rad: z = ", z_m);
    number(out, ", r = ", r_m);
    mrse_buf_add(out, " m; ");
}

static mrse_status add_step(mrse_assessment *a, const char *what, const mrse_site_peak *p)
{
    mrse_buf text = {0};
    mrse_status status;
    mrse_field f;
    double r_m, z_m;
    mrse_step *s;

    if (!isfinite(p->b.v))
        return MRSE_OK;
    mrse_site_to_magnet(a->site, p->x_m, p->y_m, p->height_m, &r_m, &z_m);
    status = mrse_field_at(&a->study->model.magnet, r_m, z_m, &f);
    if (status != MRSE_OK)
        return status;
    say_place(&text, a->site, p, r_m, z_m);
    number(&text, "Br = ", 1e3 * f.br_T);
    number(&text, ", Bz = ", 1e3 * f.bz_T);
    number(&text, " mT; u(place) = ", 1e3 * p->u_place_T);
    number(&text, ", u(model) = ", 1e3 * p->u_model_T);
    mrse_buf_add(&text, " mT");
    status = text.status;
    s = status == MRSE_OK ? mrse_step_new(a) : NULL;
    if (status == MRSE_OK && s == NULL)
        status = MRSE_ERR_NOMEM;
    if (status == MRSE_OK) {
        mrse_text_copy(s->what, sizeof s->what, what);
        mrse_text_copy(s->formula, sizeof s->formula,
                       "z = Δx cos α + Δy sin α, r = √((Δy cos α − Δx sin α)² + Δh²); "
                       "|B| = √(Br² + Bz²); u = √(u(place)² + u(model)²)");
        mrse_text_copy(s->numbers, sizeof s->numbers, mrse_buf_text(&text));
        mrse_text_copy(s->source, sizeof s->source, "method site-maximum");
        s->result = p->b;
    }
    mrse_buf_free(&text);
    return status;
}

mrse_status mrse_working_add_site(mrse_assessment *a)
{
    const mrse_site_study *s = a->room;
    mrse_status status = MRSE_OK;

    for (size_t i = 0; i < s->n_items && status == MRSE_OK; i++)
        status = add_step(a, s->item[i].item->name, &s->item[i].largest);
    for (size_t i = 0; i < s->n_lines && status == MRSE_OK; i++)
        if (s->line[i].line->kind == MRSE_SITE_AREA || s->line[i].line->kind == MRSE_SITE_NEIGHBOUR)
            status = add_step(a, mrse_site_line_name(s->line[i].line), &s->line[i].largest);
    for (size_t i = 0; i < s->n_storeys && status == MRSE_OK; i++)
        status = add_step(a, s->storey[i].storey->name, &s->storey[i].largest);
    return status;
}
