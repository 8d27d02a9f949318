/* The neighbourhood of a ride's maximum and the label's limit, enlarged: where the two are so close
 * that the whole profile does not show on which side the maximum lies.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "figure_internal.h"

static const double NEAR_PT = 14; /* closer than this on the profile: worth enlarging */
static const double LEFT = 34, TOP = 13, BOTTOM = 13, RIGHT = 8;

bool mrse_inset_wanted(const mrse_panel *whole, const mrse_figure *figure, double peak_T_m)
{
    double apart = fabs(figure->limit_T_m - peak_T_m) / (whole->y1 - whole->y0) * whole->box.h;

    return mrse_figure_limited(figure) && isfinite(apart) && apart < NEAR_PT;
}

/* How far from the maximum the curve stays in view, on the wider side. */
static double reach_of(const mrse_profile *p, double peak_z_m, double low_T_m)
{
    double reach = 0, step = fabs(p->z_m[p->n - 1] - p->z_m[0]) / (double)(p->n - 1);

    for (size_t i = 0; i < p->n; i++)
        if (p->grad_T_m[i] > low_T_m && fabs(p->z_m[i] - peak_z_m) < 0.5)
            reach = fmax(reach, fabs(p->z_m[i] - peak_z_m));
    return fmax(reach + step, 3 * step);
}

static void draw_within(mrse_canvas *c, const mrse_panel *p, mrse_peak peak, double u_T_m)
{
    const mrse_figure *f = c->figure;
    double limit_y = mrse_panel_y(p, f->limit_T_m);

    if (u_T_m > 0) {
        double high = mrse_panel_y(p, f->limit_T_m + u_T_m);

        cairo_rectangle(c->cr, p->box.x, high, p->box.w,
                        mrse_panel_y(p, f->limit_T_m - u_T_m) - high);
        mrse_canvas_ink(c, MRSE_INK_TINT);
        cairo_fill(c->cr);
    }
    cairo_move_to(c->cr, p->box.x, limit_y);
    cairo_line_to(c->cr, p->box.x + p->box.w, limit_y);
    mrse_canvas_stroke(c, MRSE_PEN_LIMIT);
    mrse_profile_curve(c, p, f->profile->z_m, f->profile->grad_T_m, f->profile->n);
    cairo_arc(c->cr, mrse_panel_x(p, peak.z_m), mrse_panel_y(p, peak.value), 2.4, 0, 2 * MRSE_PI);
    mrse_canvas_ink(c, MRSE_INK_TEXT);
    cairo_fill(c->cr);
}

void mrse_inset_draw(mrse_canvas *c, mrse_box place, mrse_peak peak, double u_T_m)
{
    const mrse_figure *f = c->figure;
    double half = fabs(f->limit_T_m - peak.value) / 2 + u_T_m, middle;
    mrse_panel p = {{place.x + LEFT, place.y + TOP, place.w - LEFT - RIGHT, place.h - TOP - BOTTOM},
                    0,
                    0,
                    0,
                    0};

    half = 1.5 * fmax(half, 1e-4 * f->limit_T_m);
    middle = (f->limit_T_m + peak.value) / 2;
    p.y0 = middle - half;
    p.y1 = middle + half;
    p.x0 = peak.z_m - reach_of(f->profile, peak.z_m, p.y0);
    p.x1 = 2 * peak.z_m - p.x0;
    mrse_canvas_ground(c, place, 3, 1);
    draw_within(c, &p, peak, u_T_m);
    mrse_axis_frame(c, &p);
    mrse_axis_bottom(c, &p, NULL, true);
    mrse_axis_side(c, &p, false, 1, false, NULL);
    mrse_canvas_text(c, MRSE_FACE_NOTE, MRSE_INK_SOFT, "enlarged: maximum and limit (T/m)", p.box.x,
                     p.box.y - 2, 0, 1);
}
