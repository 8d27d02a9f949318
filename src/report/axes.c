/* Panels and axes: round ticks, numbers that read well, side axes in both customs of unit, and the
 * scale bar. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "figure_internal.h"

static const double TICK_PT = 3;
#define MINUS      "\xe2\x88\x92" /* U+2212 */
#define THIN_SPACE "\xe2\x80\xaf" /* U+202F, does not break */

double mrse_panel_x(const mrse_panel *panel, double x)
{
    return panel->box.x + panel->box.w * (x - panel->x0) / (panel->x1 - panel->x0);
}

double mrse_panel_y(const mrse_panel *panel, double y)
{
    return panel->box.y + panel->box.h * (panel->y1 - y) / (panel->y1 - panel->y0);
}

/* The smallest of 1, 2, 5 times a power of ten that is not below `least`. */
static double round_step(double least, int *exp10)
{
    double power;

    *exp10 = (int)floor(log10(least) + 1e-9);
    power = pow(10, *exp10);
    if (least <= 1.0000001 * power)
        return power;
    if (least <= 2.0000001 * power)
        return 2 * power;
    if (least <= 5.0000001 * power)
        return 5 * power;
    (*exp10)++;
    return 10 * power;
}

void mrse_ticks_linear(double lo, double hi, size_t most, mrse_ticks *out)
{
    double step, first;
    int exp10;

    memset(out, 0, sizeof *out);
    if (!(hi > lo) || !isfinite(lo) || !isfinite(hi) || most < 2)
        return;
    if (most > MRSE_TICKS_MAX)
        most = MRSE_TICKS_MAX;
    step = round_step((hi - lo) / ((double)most - 0.999), &exp10);
    first = ceil(lo / step - 1e-9);
    for (int i = 0; i < MRSE_TICKS_MAX && (first + i) * step <= hi + 1e-9 * step; i++)
        out->at[out->n++] = first + i == 0 ? 0 : (first + i) * step;
    out->decimals = exp10 < 0 ? -exp10 : 0;
}

void mrse_ticks_log(double lo, double hi, mrse_ticks *out)
{
    static const double in_decade[] = {1, 2, 5};
    double decades;

    memset(out, 0, sizeof *out);
    if (!(hi > lo) || !(lo > 0) || !isfinite(hi))
        return;
    decades = log10(hi / lo);
    for (int e = (int)floor(log10(lo)); e <= log10(hi) && out->n < MRSE_TICKS_MAX; e++) {
        for (int k = 0; k < 3; k++) {
            double at = in_decade[k] * pow(10, e);

            if (k > 0 && decades > 3)
                break;
            if (at >= lo * (1 - 1e-9) && at <= hi * (1 + 1e-9) && out->n < MRSE_TICKS_MAX)
                out->at[out->n++] = at;
        }
    }
}

/* Groups of three before the decimal mark, for five digits and more. */
void mrse_axis_number(char out[MRSE_AXIS_TEXT], double value, int decimals)
{
    char text[MRSE_NUM_MAX];
    const char *p = text;
    size_t whole, at = 0;

    mrse_text_fixed(text, value, decimals);
    if (*p == '-') {
        memcpy(out, MINUS, sizeof MINUS - 1);
        at = sizeof MINUS - 1;
        p++;
    }
    whole = strspn(p, "0123456789");
    for (size_t i = 0; p[i] && at + sizeof THIN_SPACE < MRSE_AXIS_TEXT; i++) {
        if (whole > 4 && i > 0 && i < whole && (whole - i) % 3 == 0) {
            memcpy(out + at, THIN_SPACE, sizeof THIN_SPACE - 1);
            at += sizeof THIN_SPACE - 1;
        }
        out[at++] = p[i];
    }
    out[at] = '\0';
}

void mrse_axis_trimmed(char out[MRSE_AXIS_TEXT], double value)
{
    char text[MRSE_NUM_MAX];
    size_t n;
    int decimals;

    if (!isfinite(value)) {
        mrse_text_copy(out, MRSE_AXIS_TEXT, "not known");
        return;
    }
    decimals = value == 0 ? 0 : 3 - (int)floor(log10(fabs(value)) + 1e-12);
    decimals = decimals < 0 ? 0 : decimals > 10 ? 10 : decimals;
    mrse_text_fixed(text, value, decimals);
    n = strlen(text);
    if (strchr(text, '.')) {
        for (; decimals > 0 && text[n - 1] == '0'; decimals--)
            text[--n] = '\0';
    }
    mrse_axis_number(out, value, decimals);
}

void mrse_axis_bottom(mrse_canvas *c, const mrse_panel *panel, const char *label, bool numbers)
{
    mrse_ticks ticks;
    double base = panel->box.y + panel->box.h;
    char text[MRSE_AXIS_TEXT];

    mrse_ticks_linear(fmin(panel->x0, panel->x1), fmax(panel->x0, panel->x1),
                      (size_t)fmax(3, panel->box.w / 42), &ticks);
    for (size_t i = 0; i < ticks.n; i++) {
        double x = mrse_panel_x(panel, ticks.at[i]);

        cairo_move_to(c->cr, x, base);
        cairo_line_to(c->cr, x, base + TICK_PT);
        mrse_canvas_stroke(c, MRSE_PEN_DIMENSION);
        mrse_axis_number(text, ticks.at[i], ticks.decimals);
        if (numbers)
            mrse_canvas_text(c, MRSE_FACE_TICK, MRSE_INK_TEXT, text, x, base + TICK_PT + 2, 0.5, 0);
    }
    if (numbers && label)
        mrse_canvas_text(c, MRSE_FACE_LABEL, MRSE_INK_TEXT, label, panel->box.x + panel->box.w / 2,
                         base + TICK_PT + 13, 0.5, 0);
}

void mrse_axis_side(mrse_canvas *c, const mrse_panel *panel, bool right, double factor,
                    bool absolute, const char *label)
{
    mrse_ticks ticks;
    double x = panel->box.x + (right ? panel->box.w : 0), way = right ? 1 : -1;
    double widest = right ? 30 : 14; /* labels of panels above each other line up */
    char text[MRSE_AXIS_TEXT];

    mrse_ticks_linear(panel->y0 * factor, panel->y1 * factor, (size_t)fmax(5, panel->box.h / 22),
                      &ticks);
    for (size_t i = 0; i < ticks.n; i++) {
        double y = mrse_panel_y(panel, ticks.at[i] / factor), w, h;

        cairo_move_to(c->cr, x, y);
        cairo_line_to(c->cr, x + way * TICK_PT, y);
        mrse_canvas_stroke(c, MRSE_PEN_DIMENSION);
        mrse_axis_number(text, absolute ? fabs(ticks.at[i]) : ticks.at[i], ticks.decimals);
        mrse_canvas_text(c, MRSE_FACE_TICK, MRSE_INK_TEXT, text, x + way * (TICK_PT + 2), y,
                         right ? 0 : 1, 0.5);
        mrse_canvas_size(c, MRSE_FACE_TICK, text, &w, &h);
        widest = fmax(widest, w);
    }
    if (label)
        mrse_canvas_turned(c, MRSE_FACE_LABEL, MRSE_INK_TEXT, label,
                           x + way * (TICK_PT + widest + 9), panel->box.y + panel->box.h / 2,
                           -MRSE_PI / 2);
}

void mrse_axis_frame(mrse_canvas *c, const mrse_panel *panel)
{
    cairo_rectangle(c->cr, panel->box.x, panel->box.y, panel->box.w, panel->box.h);
    mrse_canvas_stroke(c, MRSE_PEN_DIMENSION);
}

mrse_box mrse_axis_scale_bar(mrse_canvas *c, const mrse_panel *panel, bool draw)
{
    int exp10;
    double length = round_step((panel->x1 - panel->x0) / 12, &exp10);
    double w = panel->box.w * length / (panel->x1 - panel->x0), text_w, text_h, x, y;
    mrse_box ground;
    char number[MRSE_AXIS_TEXT], text[MRSE_AXIS_TEXT + 4];

    mrse_axis_trimmed(number, length);
    (void)snprintf(text, sizeof text, "%s m", number);
    mrse_canvas_size(c, MRSE_FACE_TAG_STRONG, text, &text_w, &text_h);
    ground.w = fmax(w, text_w) + 10;
    ground.h = text_h + 10;
    ground.x = panel->box.x + 5;
    ground.y = panel->box.y + panel->box.h - ground.h - 5;
    if (!draw)
        return ground;
    x = ground.x + (ground.w - w) / 2;
    y = ground.y + ground.h - 4;
    mrse_canvas_ground(c, ground, 2, 0.82);
    for (int i = 0; i < 2; i++) {
        cairo_move_to(c->cr, x + w * i, y - 3.5);
        cairo_line_to(c->cr, x + w * i, y);
    }
    cairo_move_to(c->cr, x, y - 1.75);
    cairo_line_to(c->cr, x + w, y - 1.75);
    mrse_canvas_stroke(c, MRSE_PEN_CURVE);
    mrse_canvas_text(c, MRSE_FACE_TAG_STRONG, MRSE_INK_TEXT, text, ground.x + ground.w / 2,
                     ground.y + 1.5, 0.5, 0);
    return ground;
}
