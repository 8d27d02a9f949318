/* The profile of a ride: gradient above, |B| below, along z, with the label's limit and where it is
 * exceeded. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "figure_internal.h"

static const double LEFT = 46, RIGHT = 56, STRIP = 24, GAP = 10, AXIS = 30;
static const double LEAST_U = 1e-4;    /* of the maximum: a smaller U is not worth a key */
static const double LIMIT_IN_VIEW = 3; /* a limit above this many maxima is only mentioned */

typedef struct profile {
    mrse_canvas *c;
    const mrse_figure *f;
    const mrse_profile *p;
    mrse_panel grad, field;
    mrse_peak peak;
    bool limited, limit_shown, unknown;
    double u_T_m;      /* U of the maximum; 0: none */
    mrse_box taken[2]; /* text of the limit, inset: the maximum's text keeps off them */
} profile;

static double largest(const double *v, size_t n)
{
    double top = 0;

    for (size_t i = 0; i < n; i++)
        if (isfinite(v[i]))
            top = fmax(top, v[i]);
    return top;
}

static bool usable(const mrse_profile *p)
{
    if (!p || p->n < 2 || !p->z_m || !p->grad_T_m || !p->b_T)
        return false;
    return isfinite(p->z_m[0]) && isfinite(p->z_m[p->n - 1]) && p->z_m[0] != p->z_m[p->n - 1];
}

static double start_of(const profile *s)
{
    return s->p->z_m[0];
}

static double end_of(const profile *s)
{
    return s->p->z_m[s->p->n - 1];
}

static void choose_ranges(profile *s)
{
    double a = fmin(start_of(s), end_of(s)), b = fmax(start_of(s), end_of(s));
    double top = largest(s->p->grad_T_m, s->p->n), field = largest(s->p->b_T, s->p->n);

    if (isfinite(s->peak.value))
        top = fmax(top, s->peak.value + s->u_T_m);
    s->limited = mrse_figure_limited(s->f);
    s->limit_shown = s->limited && (s->f->limit_T_m <= LIMIT_IN_VIEW * top || !(top > 0));
    if (s->limit_shown)
        top = fmax(top, s->f->limit_T_m + s->u_T_m);
    s->grad.x0 = s->field.x0 = a - 0.03 * (b - a);
    s->grad.x1 = s->field.x1 = b + 0.01 * (b - a);
    s->grad.y0 = s->field.y0 = 0;
    s->grad.y1 = top > 0 ? 1.14 * top : 1;
    s->field.y1 = field > 0 ? 1.12 * field : 1;
    for (size_t i = 0; i < s->p->n; i++)
        s->unknown = s->unknown || !isfinite(s->p->grad_T_m[i]) || !isfinite(s->p->b_T[i]);
}

static double always(const void *context, double x, double y)
{
    (void)context;
    (void)x;
    (void)y;
    return 1;
}

static mrse_box span_box(const mrse_panel *p, double z0, double z1)
{
    double x0 = mrse_panel_x(p, fmax(fmin(z0, z1), p->x0));
    double x1 = mrse_panel_x(p, fmin(fmax(z0, z1), p->x1));

    return (mrse_box){x0, p->box.y, x1 - x0, p->box.h};
}

/* Stretches of the ride without a value, hatched; the curve is interrupted there. */
static void draw_unknown(mrse_canvas *c, const mrse_panel *panel, const double *z, const double *v,
                         size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t k = i;

        while (k < n && !isfinite(v[k]))
            k++;
        if (k == i)
            continue;
        mrse_canvas_hatch(c, span_box(panel, z[i > 0 ? i - 1 : 0], z[k < n ? k : n - 1]), 5, false,
                          MRSE_PEN_UNKNOWN, always, NULL);
        i = k;
    }
}

void mrse_profile_curve(mrse_canvas *c, const mrse_panel *panel, const double *z, const double *v,
                        size_t n)
{
    bool on = false;

    cairo_save(c->cr);
    cairo_rectangle(c->cr, panel->box.x, panel->box.y, panel->box.w, panel->box.h);
    cairo_clip(c->cr);
    for (size_t i = 0; i < n; i++) {
        bool known = isfinite(z[i]) && isfinite(v[i]);

        if (known && on)
            cairo_line_to(c->cr, mrse_panel_x(panel, z[i]), mrse_panel_y(panel, v[i]));
        else if (known)
            cairo_move_to(c->cr, mrse_panel_x(panel, z[i]), mrse_panel_y(panel, v[i]));
        on = known;
    }
    mrse_canvas_stroke(c, MRSE_PEN_CURVE);
    cairo_restore(c->cr);
}

static void draw_exceeds(profile *s)
{
    mrse_canvas *c = s->c;

    for (size_t i = 0; s->f->exceeds && i < s->f->n_exceeds; i++) {
        mrse_box b = span_box(&s->grad, s->f->exceeds[i].z_from_m, s->f->exceeds[i].z_to_m);

        if (!(b.w > 0)) /* also where an end is not a number */
            continue;
        cairo_rectangle(c->cr, b.x, b.y, b.w, b.h);
        mrse_canvas_ink(c, MRSE_INK_TINT);
        cairo_fill(c->cr);
        mrse_canvas_hatch(c, b, 5, true, MRSE_PEN_HATCH, always, NULL);
    }
}

static void draw_band(profile *s)
{
    mrse_canvas *c = s->c;
    double high = mrse_panel_y(&s->grad, fmin(s->f->limit_T_m + s->u_T_m, s->grad.y1));
    double low = mrse_panel_y(&s->grad, fmax(s->f->limit_T_m - s->u_T_m, s->grad.y0));

    cairo_rectangle(c->cr, s->grad.box.x, high, s->grad.box.w, low - high);
    mrse_canvas_ink(c, MRSE_INK_TINT);
    cairo_fill(c->cr);
}

static void draw_limit(profile *s)
{
    mrse_canvas *c = s->c;
    const mrse_box *b = &s->grad.box;
    mrse_buf text = {0};
    double w, h, y = s->limit_shown ? mrse_panel_y(&s->grad, s->f->limit_T_m) : b->y + 3;
    mrse_box place;

    mrse_buf_add(&text, "label's limit ");
    mrse_figure_limit_text(s->f, &text);
    if (!s->limit_shown)
        mrse_buf_add(&text, ", above this scale \xe2\x86\x91");
    if (s->limit_shown) {
        cairo_move_to(c->cr, b->x, y);
        cairo_line_to(c->cr, b->x + b->w, y);
        mrse_canvas_stroke(c, MRSE_PEN_LIMIT);
    }
    mrse_canvas_size(c, MRSE_FACE_STRONG, mrse_buf_text(&text), &w, &h);
    place = (mrse_box){b->x + b->w - w - 8, s->limit_shown ? y + 3 : y, w + 4, h};
    mrse_canvas_ground(c, place, 2, 0.8);
    mrse_canvas_text(c, MRSE_FACE_STRONG, MRSE_INK_LIMIT, mrse_buf_text(&text), place.x + 2,
                     place.y, 0, 0);
    if (c->status == MRSE_OK)
        c->status = text.status;
    mrse_buf_free(&text);
    s->taken[0] = place;
}

/* ---- the maximum and its text */

static void peak_text(const profile *s, mrse_buf *out)
{
    char z[MRSE_NUM_MAX];

    mrse_buf_add(out, "maximum ");
    mrse_quantity_print(
        out, s->peak.value, MRSE_KIND_SFG,
        mrse_figure_digits(s->peak.value, s->limited ? s->f->limit_T_m : (double)NAN), 1);
    mrse_text_fixed(z, s->peak.z_m, 2);
    mrse_buf_addf(out, " at z = %s m", z);
}

static bool box_meets(mrse_box a, mrse_box b)
{
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/* Free of the curve, the limit's line and its text, and within the panel. */
static bool place_is_free(const profile *s, mrse_box place)
{
    const mrse_panel *g = &s->grad;
    double limit_y = mrse_panel_y(g, s->f->limit_T_m);

    if (place.x < g->box.x + 2 || place.x + place.w > g->box.x + g->box.w - 2 ||
        place.y < g->box.y + 2 || place.y + place.h > g->box.y + g->box.h - 2)
        return false;
    if (box_meets(place, s->taken[0]) || box_meets(place, s->taken[1]))
        return false;
    if (s->limit_shown && limit_y > place.y - 2 && limit_y < place.y + place.h + 2)
        return false;
    for (size_t i = 0; i < s->p->n; i++) {
        double x = mrse_panel_x(g, s->p->z_m[i]), y = mrse_panel_y(g, s->p->grad_T_m[i]);

        if (x > place.x - 2 && x < place.x + place.w + 2 && y > place.y - 2 &&
            y < place.y + place.h + 2)
            return false;
    }
    return true;
}

/* To the right or the left of the curve, below the limit's line and text. */
static void draw_inset(profile *s)
{
    const mrse_box *b = &s->grad.box;
    double top = fmax(s->taken[0].y + s->taken[0].h, mrse_panel_y(&s->grad, s->f->limit_T_m)) + 14;
    mrse_box place = {0, top, 0.4 * b->w, fmin(b->y + 0.9 * b->h - top, 105)};

    if (!s->limit_shown || !mrse_inset_wanted(&s->grad, s->f, s->peak.value) || place.h < 60)
        return;
    for (int i = 0; i < 12; i++) {
        place.x = b->x + b->w - place.w - 6 - 0.05 * i * b->w;
        if (!place_is_free(s, place))
            continue;
        mrse_inset_draw(s->c, place, s->peak, s->u_T_m);
        s->taken[1] = place;
        return;
    }
}

static mrse_box find_place(const profile *s, double x, double y, double w, double h)
{
    const mrse_box *b = &s->grad.box;

    /* Beside the point, then lower or higher; on the side where the ride begins first. */
    for (int away = 0; away < 14; away++)
        for (int side = 1; side >= -1; side -= 2)
            for (int up = -1; up <= 1; up += 2)
                for (int step = 1; step <= 5; step++) {
                    double gap = 12 * step;
                    mrse_box place = {side > 0 ? x + gap : x - gap - w, y + up * away * 6 - h / 2,
                                      w, h};

                    if (place_is_free(s, place))
                        return place;
                }
    return (mrse_box){fmin(x + 12, b->x + b->w - w - 4), b->y + b->h / 2, w, h};
}

static void draw_peak(profile *s)
{
    mrse_canvas *c = s->c;
    double x = mrse_panel_x(&s->grad, s->peak.z_m), y = mrse_panel_y(&s->grad, s->peak.value);
    mrse_buf text = {0};
    double w, h, joint;
    mrse_box place;

    if (!isfinite(x) || !isfinite(y))
        return;
    peak_text(s, &text);
    mrse_canvas_size(c, MRSE_FACE_STRONG, mrse_buf_text(&text), &w, &h);
    place = find_place(s, x, y, w + 4, h);
    joint = place.x > x ? place.x : place.x + place.w;
    cairo_move_to(c->cr, x, y);
    cairo_line_to(c->cr, joint, place.y + place.h / 2);
    mrse_canvas_stroke(c, MRSE_PEN_DIMENSION);
    if (s->u_T_m > 0 && !s->limit_shown) { /* else U is the limit's band: not twice */
        double tip[2] = {mrse_panel_y(&s->grad, s->peak.value + s->u_T_m),
                         mrse_panel_y(&s->grad, fmax(s->peak.value - s->u_T_m, 0))};

        for (int i = 0; i < 2; i++) {
            cairo_move_to(c->cr, x - 3, tip[i]);
            cairo_line_to(c->cr, x + 3, tip[i]);
        }
        cairo_move_to(c->cr, x, tip[0]);
        cairo_line_to(c->cr, x, tip[1]);
        mrse_canvas_stroke(c, MRSE_PEN_THIN);
    }
    cairo_arc(c->cr, x, y, 2.4, 0, 2 * MRSE_PI);
    mrse_canvas_ink(c, MRSE_INK_TEXT);
    cairo_fill(c->cr);
    mrse_canvas_ground(c, place, 2, 0.85);
    mrse_canvas_text(c, MRSE_FACE_STRONG, MRSE_INK_TEXT, mrse_buf_text(&text), place.x + 2, place.y,
                     0, 0);
    if (c->status == MRSE_OK)
        c->status = text.status;
    mrse_buf_free(&text);
}

/* ---- strip above the panels: which way the ride goes, and where it ends */

static void draw_strip(profile *s)
{
    mrse_canvas *c = s->c;
    double x0 = mrse_panel_x(&s->grad, start_of(s)), x1 = mrse_panel_x(&s->grad, end_of(s));
    double y = s->grad.box.y - 7, way = x1 < x0 ? -1 : 1, w, h;
    const char *end = "end of the ride: landmark at isocentre", *text = "direction of travel";

    mrse_canvas_size(c, MRSE_FACE_NOTE, text, &w, &h);
    cairo_move_to(c->cr, x0, y);
    cairo_line_to(c->cr, x1 - way * 4, y);
    mrse_canvas_stroke(c, MRSE_PEN_DIMENSION);
    mrse_canvas_ink(c, MRSE_INK_TEXT);
    mrse_canvas_arrowhead(c, x1, y, way < 0 ? MRSE_PI : 0, 8);
    mrse_canvas_text(c, MRSE_FACE_NOTE, MRSE_INK_SOFT, text, x0, y - 3, way < 0 ? 1 : 0, 1);
    mrse_canvas_text(c, MRSE_FACE_NOTE, MRSE_INK_SOFT, end, x1, y - 3, way < 0 ? 0 : 1, 1);
    for (int i = 0; i < 2; i++) {
        const mrse_box *b = i == 0 ? &s->grad.box : &s->field.box;

        cairo_move_to(c->cr, x1, i == 0 ? y : b->y);
        cairo_line_to(c->cr, x1, b->y + b->h);
    }
    mrse_canvas_stroke(c, MRSE_PEN_AXIS);
}

/* ---- legend and layout */

static void key_text(mrse_canvas *c, mrse_symbol symbol, const mrse_buf *text)
{
    mrse_key *key = mrse_canvas_key(c, symbol, MRSE_PEN_DIMENSION);

    mrse_text_copy(key->text, sizeof key->text, mrse_buf_text(text));
    if (c->status == MRSE_OK)
        c->status = text->status;
}

static void make_keys(profile *s)
{
    mrse_canvas *c = s->c;
    mrse_buf text = {0};

    if (s->u_T_m > 0) {
        mrse_buf_add(&text,
                     s->limit_shown ? "limit ± U: no decision between, U = " : "maximum ± U, U = ");
        mrse_quantity_print(&text, s->u_T_m, MRSE_KIND_SFG, 2, 0);
        key_text(c, s->limit_shown ? MRSE_SYMBOL_BAND : MRSE_SYMBOL_BAR, &text);
    }
    for (size_t i = 0; s->f->exceeds && i < s->f->n_exceeds && i < 3; i++) {
        char from[MRSE_NUM_MAX], to[MRSE_NUM_MAX];

        text.len = 0;
        mrse_text_fixed(from, s->f->exceeds[i].z_from_m, 2);
        mrse_text_fixed(to, s->f->exceeds[i].z_to_m, 2);
        mrse_buf_addf(&text, "limit exceeded, from z = %s m to %s m", from, to);
        key_text(c, MRSE_SYMBOL_SPAN, &text);
    }
    if (s->unknown) {
        text.len = 0;
        mrse_buf_add(&text, "not known");
        key_text(c, MRSE_SYMBOL_UNKNOWN, &text);
    }
    mrse_buf_free(&text);
}

static void draw_panels(profile *s)
{
    mrse_canvas *c = s->c;
    size_t n = s->p->n;

    if (s->limit_shown && s->u_T_m > 0)
        draw_band(s);
    draw_exceeds(s);
    draw_unknown(c, &s->grad, s->p->z_m, s->p->grad_T_m, n);
    draw_unknown(c, &s->field, s->p->z_m, s->p->b_T, n);
    draw_strip(s);
    if (s->limited)
        draw_limit(s);
    mrse_profile_curve(c, &s->grad, s->p->z_m, s->p->grad_T_m, n);
    mrse_profile_curve(c, &s->field, s->p->z_m, s->p->b_T, n);
    draw_inset(s);
    draw_peak(s);
    mrse_axis_frame(c, &s->grad);
    mrse_axis_frame(c, &s->field);
    mrse_axis_bottom(c, &s->grad, NULL, false);
    mrse_axis_bottom(c, &s->field, "z of the implant (m)", true);
    mrse_axis_side(c, &s->grad, false, 1, false, "gradient (T/m)");
    mrse_axis_side(c, &s->grad, true, 100, false, "gradient (G/cm)");
    mrse_axis_side(c, &s->field, false, 1, false, "|B| (T)");
    mrse_axis_side(c, &s->field, true, 1e4, false, "|B| (G)");
}

static mrse_status subtitle(const profile *s, mrse_buf *out)
{
    const mrse_figure *f = s->f;

    mrse_buf_add(out, "Spatial field gradient |∇|B|| and |B| at the place of ");
    mrse_buf_add(out, f->implant && f->implant[0] ? f->implant : "the implant");
    if (f->path && isfinite(f->path->r_m)) {
        mrse_buf_add(out, ", ");
        mrse_figure_axis_distance(out, f->path->r_m);
    }
    return out->status;
}

void mrse_figure_draw_profile(mrse_canvas *c)
{
    profile s = {.c = c, .f = c->figure, .p = c->figure->profile};
    mrse_buf text = {0};
    double top, height;

    if (!usable(s.p)) {
        c->status = MRSE_ERR_ARG;
        return;
    }
    s.peak = mrse_figure_peak(s.f);
    s.u_T_m = isfinite(s.f->guard_T_m) && s.f->guard_T_m > 0 ? s.f->guard_T_m : 0;
    if (s.u_T_m < LEAST_U * s.peak.value)
        s.u_T_m = 0;
    choose_ranges(&s);
    make_keys(&s);
    if (c->status == MRSE_OK)
        c->status = subtitle(&s, &text);
    top = mrse_canvas_head(c, mrse_buf_text(&text)) + STRIP;
    mrse_buf_free(&text);
    mrse_canvas_legend(c);
    height = c->h_pt - mrse_canvas_legend_height(c) - AXIS - GAP - top;
    if (!(height > 60) || !(c->w_pt - LEFT - RIGHT > 60)) {
        c->status = MRSE_ERR_ARG;
        return;
    }
    s.grad.box = (mrse_box){LEFT, top, c->w_pt - LEFT - RIGHT, 0.62 * height};
    s.field.box =
        (mrse_box){LEFT, top + 0.62 * height + GAP, c->w_pt - LEFT - RIGHT, 0.38 * height};
    draw_panels(&s);
}
