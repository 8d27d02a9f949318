/* Tags: the short texts that stand in a gap of a line. None overlaps another, leaves the panel or
 * hides a different line; one that finds no such place is left out.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "figure_internal.h"
#include "mrse/alloc.h"

static const double TAG_PAD = 2;  /* free paper around the text, pt */
static const double MAX_BEND = 2; /* how far the line may leave the tag's own axis, pt */
static const double FLAT = 0.04;  /* a curve may be this much straighter than it is, pt */
enum { CANDIDATES = 72, MAX_SKIP = 40 };

/* Half the extent of a tag along a unit direction. */
static double reach(const mrse_tag *t, double ux, double uy)
{
    double c = cos(t->angle), s = sin(t->angle);

    return 0.5 * (t->w * fabs(c * ux + s * uy) + t->h * fabs(c * uy - s * ux));
}

/* Two rectangles are apart when some edge direction of either separates them. */
bool mrse_tag_overlap(const mrse_tag *a, const mrse_tag *b)
{
    double dx = b->x - a->x, dy = b->y - a->y;
    const double angle[4] = {a->angle, a->angle + MRSE_PI / 2, b->angle, b->angle + MRSE_PI / 2};

    for (int i = 0; i < 4; i++) {
        double ux = cos(angle[i]), uy = sin(angle[i]);

        if (!(fabs(dx * ux + dy * uy) < reach(a, ux, uy) + reach(b, ux, uy)))
            return false;
    }
    return true;
}

static bool has_room(const mrse_tags *tags, const mrse_tag *tag)
{
    double rx = reach(tag, 1, 0), ry = reach(tag, 0, 1);
    const mrse_box *b = &tags->bounds;

    if (!(tag->x - rx >= b->x && tag->x + rx <= b->x + b->w && tag->y - ry >= b->y &&
          tag->y + ry <= b->y + b->h))
        return false;
    for (size_t i = 0; i < tags->n; i++)
        if (mrse_tag_overlap(tag, &tags->tag[i]))
            return false;
    return true;
}

bool mrse_tags_add(mrse_tags *tags, const mrse_tag *tag)
{
    if (tags->n >= MRSE_TAGS_MAX || !has_room(tags, tag))
        return false;
    tags->tag[tags->n++] = *tag;
    return true;
}

void mrse_tags_keep_free(mrse_tags *tags, mrse_box box)
{
    if (tags->n < MRSE_TAGS_MAX && box.w > 0 && box.h > 0)
        tags->tag[tags->n++] = (mrse_tag){box.x + box.w / 2, box.y + box.h / 2, 0, box.w, box.h};
}

/* ---- curves */

static bool is_hidden(const mrse_polyline *line, const mrse_housing *housing)
{
    for (size_t i = 0; i < line->n; i++)
        if (!housing || !mrse_housing_hides(housing, line->z_m[i], line->r_m[i]))
            return false;
    return true;
}

mrse_status mrse_figure_curves_add(mrse_figure_curves *curves, const mrse_panel *panel,
                                   const mrse_polyline *line, mrse_pen pen, const char *text)
{
    mrse_figure_curve *curve;

    if (is_hidden(line, curves->housing))
        return MRSE_OK;
    if (curves->n == curves->cap) {
        size_t cap = curves->cap ? 2 * curves->cap : 16;
        mrse_figure_curve *grown = mrse_realloc(curves->curve, cap, sizeof *grown);

        if (!grown)
            return MRSE_ERR_NOMEM;
        curves->curve = grown;
        curves->cap = cap;
    }
    curve = &curves->curve[curves->n];
    memset(curve, 0, sizeof *curve);
    curve->x = mrse_alloc(line->n, sizeof *curve->x);
    curve->y = mrse_alloc(line->n, sizeof *curve->y);
    curves->n++; /* counted before the check: mrse_figure_curves_free releases a half-made one */
    if (line->n > 0 && (!curve->x || !curve->y))
        return MRSE_ERR_NOMEM;
    for (size_t i = 0; i < line->n; i++) {
        double x = mrse_panel_x(panel, line->z_m[i]), y = mrse_panel_y(panel, line->r_m[i]);
        size_t n = curve->n;

        if (!isfinite(x) || !isfinite(y))
            continue;
        /* Closer than paper can show; the last point stays, it closes the line. */
        if (n > 0 && i + 1 < line->n && hypot(x - curve->x[n - 1], y - curve->y[n - 1]) < 0.25)
            continue;
        curve->x[n] = x;
        curve->y[n] = y;
        curve->n++;
    }
    curve->pen = pen;
    curve->strong = pen != MRSE_PEN_THIN;
    mrse_text_copy(curve->text, sizeof curve->text, text ? text : "");
    curves->axis_y = mrse_panel_y(panel, 0);
    return MRSE_OK;
}

void mrse_figure_curves_free(mrse_figure_curves *curves)
{
    for (size_t i = 0; i < curves->n; i++) {
        mrse_free(curves->curve[i].x);
        mrse_free(curves->curve[i].y);
    }
    mrse_free(curves->curve);
    memset(curves, 0, sizeof *curves);
}

/* True when the segment meets the tag's rectangle: both are turned so that the tag lies flat. */
static bool segment_hits(const mrse_tag *t, double x0, double y0, double x1, double y1)
{
    double c = cos(t->angle), s = sin(t->angle), t0 = 0, t1 = 1;
    double ax = (x0 - t->x) * c + (y0 - t->y) * s, ay = (y0 - t->y) * c - (x0 - t->x) * s;
    double d[2] = {(x1 - x0) * c + (y1 - y0) * s, (y1 - y0) * c - (x1 - x0) * s};
    const double a[2] = {ax, ay}, half[2] = {t->w / 2, t->h / 2};

    for (int k = 0; k < 2; k++) {
        if (fabs(d[k]) < 1e-12) {
            if (fabs(a[k]) > half[k])
                return false;
            continue;
        }
        double u = (-half[k] - a[k]) / d[k], v = (half[k] - a[k]) / d[k];

        t0 = fmax(t0, fmin(u, v));
        t1 = fmin(t1, fmax(u, v));
    }
    return t0 <= t1;
}

static bool curve_hits(const mrse_figure_curves *all, size_t which, const mrse_tag *tag)
{
    const mrse_figure_curve *curve = &all->curve[which];
    double far = 0.5 * hypot(tag->w, tag->h);

    for (int mirror = 0; mirror < (all->single ? 1 : 2); mirror++) {
        mrse_tag t = *tag;

        if (mirror) { /* the tag seen from the other half is the mirrored tag in this one */
            t.y = 2 * all->axis_y - t.y;
            t.angle = -t.angle;
        }
        for (size_t i = 0; i + 1 < curve->n; i++) {
            const double *x = curve->x + i, *y = curve->y + i;

            if (fmin(x[0], x[1]) > t.x + far || fmax(x[0], x[1]) < t.x - far ||
                fmin(y[0], y[1]) > t.y + far || fmax(y[0], y[1]) < t.y - far)
                continue;
            if (segment_hits(&t, x[0], y[0], x[1], y[1]))
                return true;
        }
    }
    return false;
}

typedef struct candidate {
    mrse_tag tag;
    double cost;
} candidate;

/* The tag whose middle is at vertex i: its axis joins the places half a width before and after.
 * False when the line ends or bends too much on the way. */
static bool try_vertex(const mrse_figure_curve *curve, size_t i, double w, double h, candidate *out)
{
    size_t a = i, b = i;
    double dx, dy, length, bend = 0, mid_x, mid_y;

    while (a > 0 && hypot(curve->x[a] - curve->x[i], curve->y[a] - curve->y[i]) < w / 2)
        a--;
    while (b + 1 < curve->n && hypot(curve->x[b] - curve->x[i], curve->y[b] - curve->y[i]) < w / 2)
        b++;
    dx = curve->x[b] - curve->x[a];
    dy = curve->y[b] - curve->y[a];
    length = hypot(dx, dy);
    if (!(length > 0.9 * w))
        return false;
    mid_x = (curve->x[a] + curve->x[b]) / 2;
    mid_y = (curve->y[a] + curve->y[b]) / 2;
    for (size_t k = a; k <= b; k++) {
        if (fabs((curve->x[k] - curve->x[i]) * dx + (curve->y[k] - curve->y[i]) * dy) >
            length * (w / 2 + 1))
            continue; /* beyond the tag: a long segment's far end */
        bend = fmax(bend, fabs((curve->x[k] - mid_x) * dy - (curve->y[k] - mid_y) * dx) / length);
    }
    if (bend > MAX_BEND)
        return false;
    if (dx < 0) { /* the text is to stand upright */
        dx = -dx;
        dy = -dy;
    }
    out->tag = (mrse_tag){curve->x[i], curve->y[i], atan2(dy, dx), w, h};
    out->cost = bend + 4 * fabs(dy) / length;
    return true;
}

static size_t gather(const mrse_figure_curves *all, size_t which, double w, double h,
                     candidate list[CANDIDATES])
{
    const mrse_figure_curve *curve = &all->curve[which];
    size_t n = 0, step = curve->n / (CANDIDATES / 2) + 1;

    for (size_t i = 0; i < curve->n && n + 2 <= CANDIDATES; i += step) {
        candidate c;

        if (!try_vertex(curve, i, w, h, &c))
            continue;
        list[n++] = c;
        if (all->single)
            continue;
        c.tag.y = 2 * all->axis_y - c.tag.y;
        c.tag.angle = -c.tag.angle;
        c.cost += 0.3; /* the upper half first */
        list[n++] = c;
    }
    return n;
}

/* The best candidates in turn, until one has room. A strong line's tag may interrupt thin lines. */
static void place_tag(mrse_figure_curves *curves, size_t which, mrse_tags *tags, double w, double h)
{
    candidate list[CANDIDATES];
    mrse_figure_curve *curve = &curves->curve[which];
    size_t n = gather(curves, which, w, h, list);

    for (size_t tries = 0; tries < n; tries++) {
        size_t best = 0;
        bool clear = true;

        for (size_t i = 1; i < n; i++)
            if (list[i].cost < list[best].cost)
                best = i;
        list[best].cost += 1e6; /* spent */
        if (!has_room(tags, &list[best].tag))
            continue;
        for (size_t i = 0; i < curves->n && clear; i++)
            clear = i == which || (curve->strong && !curves->curve[i].strong) ||
                    !curve_hits(curves, i, &list[best].tag);
        if (clear && mrse_tags_add(tags, &list[best].tag)) {
            curve->tag = list[best].tag;
            curve->tagged = true;
            return;
        }
    }
}

bool mrse_figure_curves_meet(const mrse_figure_curves *curves, const mrse_tag *tag, bool strong)
{
    for (size_t i = 0; i < curves->n; i++)
        if (curves->curve[i].strong == strong && curve_hits(curves, i, tag))
            return true;
    return false;
}

static void tag_path(cairo_t *cr, const mrse_tag *t)
{
    cairo_save(cr);
    cairo_translate(cr, t->x, t->y);
    cairo_rotate(cr, t->angle);
    cairo_rectangle(cr, -t->w / 2, -t->h / 2, t->w, t->h);
    cairo_restore(cr);
}

/* The farthest vertex after `from` that a straight line reaches without leaving the curve by more
 * than paper can show. */
static size_t straight_to(const mrse_figure_curve *curve, size_t from)
{
    size_t to = from + 1;

    for (size_t next = to + 1; next < curve->n && next - from <= MAX_SKIP; next++) {
        double dx = curve->x[next] - curve->x[from], dy = curve->y[next] - curve->y[from];
        double length = fmax(hypot(dx, dy), 1e-9);

        for (size_t k = from + 1; k < next; k++)
            if (fabs((curve->x[k] - curve->x[from]) * dy - (curve->y[k] - curve->y[from]) * dx) >
                FLAT * length)
                return to;
        to = next;
    }
    return to;
}

/* All curves of one pen as one path: fewer and smaller objects in a PDF or SVG. */
static void stroke_curves(mrse_canvas *c, const mrse_figure_curves *curves, mrse_pen pen)
{
    bool any = false;

    for (size_t k = 0; k < curves->n; k++) {
        const mrse_figure_curve *curve = &curves->curve[k];

        for (int mirror = 0; mirror < (curves->single ? 1 : 2) && curve->pen == pen; mirror++)
            for (size_t i = 0; i < curve->n; i = straight_to(curve, i)) {
                double y = mirror ? 2 * curves->axis_y - curve->y[i] : curve->y[i];

                if (i == 0)
                    cairo_move_to(c->cr, curve->x[i], y);
                else
                    cairo_line_to(c->cr, curve->x[i], y);
                any = true;
            }
    }
    if (any)
        mrse_canvas_stroke(c, pen);
}

/* Everything but the tags' places: the even-odd rule makes holes of rectangles that lie within the
 * panel and apart from each other, which is what the placing has seen to. */
static void clip_outside_tags(mrse_canvas *c, const mrse_panel *panel,
                              const mrse_figure_curves *curves)
{
    cairo_rectangle(c->cr, panel->box.x, panel->box.y, panel->box.w, panel->box.h);
    for (size_t i = 0; i < curves->n; i++)
        if (curves->curve[i].tagged)
            tag_path(c->cr, &curves->curve[i].tag);
    cairo_set_fill_rule(c->cr, CAIRO_FILL_RULE_EVEN_ODD);
    cairo_clip(c->cr);
}

void mrse_figure_curves_draw(mrse_canvas *c, const mrse_panel *panel, mrse_figure_curves *curves,
                             mrse_tags *tags)
{
    double w, h;

    /* Strong lines choose their places first. */
    for (int strong = 1; strong >= 0; strong--)
        for (size_t i = 0; i < curves->n; i++) {
            mrse_figure_curve *curve = &curves->curve[i];

            if (curve->strong != (strong == 1) || !curve->text[0])
                continue;
            mrse_canvas_size(c, strong ? MRSE_FACE_TAG_STRONG : MRSE_FACE_TAG, curve->text, &w, &h);
            place_tag(curves, i, tags, w + 2 * TAG_PAD, h);
        }
    cairo_save(c->cr);
    clip_outside_tags(c, panel, curves);
    for (mrse_pen pen = MRSE_PEN_THIN; pen <= MRSE_PEN_LIMIT; pen++) /* the strongest on top */
        stroke_curves(c, curves, pen);
    cairo_restore(c->cr);
    for (size_t i = 0; i < curves->n; i++) {
        const mrse_figure_curve *curve = &curves->curve[i];

        if (curve->tagged)
            mrse_canvas_pill(c, curve->strong ? MRSE_FACE_TAG_STRONG : MRSE_FACE_TAG,
                             curve->pen == MRSE_PEN_LIMIT ? MRSE_INK_LIMIT : MRSE_INK_TEXT,
                             curve->text, curve->tag.x, curve->tag.y, curve->tag.angle);
    }
}
