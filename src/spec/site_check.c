/* Site files: what one key asks of another. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "site_internal.h"

static const double ON_WALL_M = 0.10; /* a door farther than this from each wall is a slip */

const char *const mrse_site_keys[MRSE_SITE_KINDS] = {"wall", "door", "window", "area", "neighbour"};

const char *mrse_site_kind_text(mrse_site_kind kind)
{
    static const char *const text[MRSE_SITE_KINDS] = {"wall", "door", "window", "controlled area",
                                                      "neighbour"};

    return kind < MRSE_SITE_KINDS ? text[kind] : "line";
}

const char *mrse_site_line_name(const mrse_site_line *line)
{
    return line && line->kind < MRSE_SITE_KINDS && line->named[line->kind] ? line->named[line->kind]
                                                                           : "";
}

mrse_placement mrse_site_placement(const mrse_site *site)
{
    return (mrse_placement){site->magnet.x.v, site->magnet.y.v, site->magnet.height.v,
                            site->magnet.azimuth.v, 0};
}

/* ---- geometry */

static double cross(mrse_site_place a, mrse_site_place b, mrse_site_place c)
{
    return (b.x_m - a.x_m) * (c.y_m - a.y_m) - (b.y_m - a.y_m) * (c.x_m - a.x_m);
}

static double from_segment(mrse_site_place p, mrse_site_place a, mrse_site_place b)
{
    double dx = b.x_m - a.x_m, dy = b.y_m - a.y_m, square = dx * dx + dy * dy;
    double t = square > 0 ? ((p.x_m - a.x_m) * dx + (p.y_m - a.y_m) * dy) / square : 0;

    t = fmin(fmax(t, 0), 1);
    return hypot(p.x_m - a.x_m - t * dx, p.y_m - a.y_m - t * dy);
}

static size_t segments(const mrse_site_line *line)
{
    return line->closed ? line->n : line->n > 0 ? line->n - 1 : 0;
}

static double from_line(mrse_site_place p, const mrse_site_line *line)
{
    double least = INFINITY;

    for (size_t i = 0; i < segments(line); i++)
        least = fmin(least, from_segment(p, line->place[i], line->place[(i + 1) % line->n]));
    return least;
}

bool mrse_site_holds(const mrse_site_line *line, double x_m, double y_m)
{
    mrse_site_place p = {x_m, y_m};
    bool inside = false;

    if (!line || !line->closed || !isfinite(x_m) || !isfinite(y_m))
        return false;
    for (size_t i = 0, j = line->n - 1; i < line->n; j = i++) {
        const mrse_site_place *a = &line->place[i], *b = &line->place[j];

        if ((a->y_m > y_m) != (b->y_m > y_m) &&
            x_m < (b->x_m - a->x_m) * (y_m - a->y_m) / (b->y_m - a->y_m) + a->x_m)
            inside = !inside;
    }
    return inside || from_line(p, line) <= 1e-9;
}

static bool meet(mrse_site_place a, mrse_site_place b, mrse_site_place c, mrse_site_place d)
{
    return cross(a, b, c) * cross(a, b, d) <= 0 && cross(c, d, a) * cross(c, d, b) <= 0 &&
           fmin(a.x_m, b.x_m) <= fmax(c.x_m, d.x_m) && fmin(c.x_m, d.x_m) <= fmax(a.x_m, b.x_m) &&
           fmin(a.y_m, b.y_m) <= fmax(c.y_m, d.y_m) && fmin(c.y_m, d.y_m) <= fmax(a.y_m, b.y_m);
}

/* Sides that are not neighbours must not touch. */
static bool crosses_itself(const mrse_site_line *line)
{
    const mrse_site_place *p = line->place;
    size_t n = line->n;

    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 2; j < n; j++)
            if ((j + 1) % n != i && meet(p[i], p[i + 1], p[j], p[(j + 1) % n]))
                return true;
    return false;
}

/* ---- one outline */

static bool find_kind(mrse_reader *r, const mrse_node *node, mrse_site_line *line)
{
    size_t n = 0;

    for (mrse_site_kind kind = 0; kind < MRSE_SITE_KINDS; kind++)
        if (mrse_spec_child(r, node, mrse_site_keys[kind])) {
            line->kind = kind;
            n++;
        }
    if (n == 1)
        return true;
    mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_where(node),
                    "begin the entry with one of: wall, door, window, area, neighbour",
                    n ? "one outline is of two kinds" : "the outline has no kind");
    return false;
}

static bool check_points(mrse_reader *r, const mrse_node *points, mrse_site_line *line)
{
    size_t last = line->n - 1;

    if (line->n > MRSE_SITE_POINTS) {
        mrse_spec_error(r, MRSE_ERR_LIMIT, mrse_spec_where(points), "leave out what is not needed",
                        "%zu points; %d is the most for one line", line->n, MRSE_SITE_POINTS);
        return false;
    }
    for (size_t i = 0; i < last; i++) {
        if (hypot(line->place[i].x_m - line->place[i + 1].x_m,
                  line->place[i].y_m - line->place[i + 1].y_m) > 1e-6)
            continue;
        mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_where(points), "leave one of them out",
                        "points [%zu] and [%zu] are the same place", i, i + 1);
        return false;
    }
    return true;
}

/* Whether a neighbour is a room or a line decides what is searched: it is never guessed. */
static bool check_closed(mrse_reader *r, const mrse_node *node, const mrse_node *points,
                         mrse_site_line *line)
{
    bool said = mrse_spec_child(r, node, "closed") != NULL;
    const mrse_site_place *p = line->place;

    if (line->n > 3 && hypot(p[0].x_m - p[line->n - 1].x_m, p[0].y_m - p[line->n - 1].y_m) < 1e-6) {
        line->n--;
        line->closed = said = true;
    }
    line->closed = line->closed || line->kind == MRSE_SITE_AREA;
    if (line->kind == MRSE_SITE_NEIGHBOUR && line->n > 2 && !said)
        mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_where(node),
                        "add 'closed: yes' when it is a room, 'closed: no' when it is a line",
                        "is this neighbour a room or a line?");
    else if (line->n < (line->closed ? 3U : 2U))
        mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_where(points),
                        "give its corners in order: [[0 m, 0 m], [6 m, 0 m]]",
                        line->closed ? "a closed outline has three points or more"
                                     : "a line has two points or more");
    else if (line->closed && crosses_itself(line))
        mrse_spec_error(r, MRSE_ERR_INPUT, mrse_spec_where(points),
                        "give the corners in the order in which one walks round it",
                        "the outline crosses itself");
    else
        return true;
    return false;
}

void mrse_site_finish_line(mrse_reader *r, const mrse_node *node, void *base)
{
    mrse_site_line *line = base;
    const mrse_node *points = mrse_spec_child(r, node, "points");
    bool has_u = isfinite(line->u.v);
    mrse_value places = mrse_value_missing(MRSE_KIND_LENGTH);
    char printed[32];

    if (!find_kind(r, node, line) || !points || line->n == 0)
        return;
    if (!check_points(r, points, line) || !check_closed(r, node, points, line))
        return;
    (void)snprintf(printed, sizeof printed, "%zu points", line->n);
    mrse_spec_provenance(r, points, printed, &places);
    if (has_u)
        places.origin = mrse_origin_weaker(places.origin, line->u.origin);
    places.v = line->u.v;
    line->u = places;
}

void mrse_site_finish_limit(mrse_reader *r, const mrse_node *node, void *base)
{
    mrse_site_limit *out = base;
    const mrse_node *field = mrse_spec_child(r, node, "field");
    size_t mark;

    out->limit.value = mrse_value_missing(MRSE_KIND_FIELD);
    if (!field)
        return;
    mark = mrse_spec_push(r, "field", 0);
    (void)mrse_spec_upper_limit(r, MRSE_KIND_FIELD, field, &out->limit);
    mrse_spec_pop(r, mark);
}

/* ---- the whole */

/* Take the file's uncertainty where none is stated; how finely a place is written says nothing of
 * how well it is known. False when the file has none either. */
static bool inherit(const mrse_site *site, mrse_value *u, bool keep_origin)
{
    mrse_origin own = u->origin;

    if (isfinite(u->v))
        return true;
    *u = site->u;
    if (keep_origin)
        u->origin = mrse_origin_weaker(u->origin, own);
    return isfinite(u->v);
}

static void fill_u(mrse_reader *r, const mrse_node *node, mrse_site *site)
{
    bool all = inherit(site, &site->magnet.u, false);

    for (size_t i = 0; i < site->n_outlines; i++)
        all = inherit(site, &site->outline[i].u, true) && all;
    for (size_t i = 0; i < site->n_items; i++)
        all = inherit(site, &site->item[i].u, false) && all;
    for (size_t i = 0; i < site->n_storeys; i++)
        all = inherit(site, &site->storey[i].u, false) && all;
    if (!all && !mrse_spec_child(r, node, "u"))
        mrse_spec_error(r, MRSE_ERR_INPUT, node->at,
                        "add 'u: 2 cm' to the file, or what it really is: one standard uncertainty",
                        "some place has no uncertainty");
}

static bool is_near_wall(const mrse_site *site, mrse_site_place p, bool *any)
{
    bool near = false;

    for (size_t i = 0; i < site->n_outlines; i++) {
        const mrse_site_line *wall = &site->outline[i];

        if (wall->kind != MRSE_SITE_WALL)
            continue;
        *any = true;
        near = near || from_line(p, wall) <= ON_WALL_M;
    }
    return near;
}

static void check_opening(mrse_reader *r, const mrse_node *entry, const mrse_site *site, size_t i)
{
    const mrse_site_line *line = &site->outline[i];
    bool any = false, near = true;

    if (line->kind != MRSE_SITE_DOOR && line->kind != MRSE_SITE_WINDOW)
        return;
    for (size_t k = 0; k < line->n; k++)
        near = is_near_wall(site, line->place[k], &any) && near;
    if (any && !near)
        mrse_spec_warn(r, entry->at, "check its points against the drawing",
                       "this %s lies more than 10 cm from every wall", mrse_site_keys[line->kind]);
}

static void check_outlines(mrse_reader *r, const mrse_node *list, const mrse_site *site)
{
    const mrse_node *entry = mrse_spec_first(r, list);
    size_t areas = 0;

    for (size_t i = 0; entry && i < site->n_outlines; i++, entry = mrse_spec_next(r, entry)) {
        const mrse_site_line *line = &site->outline[i];

        if (line->kind == MRSE_SITE_AREA && line->named[MRSE_SITE_AREA] && ++areas == 2)
            mrse_spec_error(r, MRSE_ERR_INPUT, entry->at, "draw one outline round all of it",
                            "a second controlled area");
        if (line->kind == MRSE_SITE_NEIGHBOUR &&
            mrse_site_holds(line, site->magnet.x.v, site->magnet.y.v))
            mrse_spec_error(r, MRSE_ERR_INPUT, entry->at, "check its points and those of magnet",
                            "the isocentre lies in this neighbour");
        check_opening(r, entry, site, i);
        for (size_t j = 0; j < i; j++)
            if (mrse_site_line_name(line)[0] &&
                mrse_text_equal(mrse_site_line_name(line), mrse_site_line_name(&site->outline[j])))
                mrse_spec_error(r, MRSE_ERR_INPUT, entry->at,
                                "the tables tell lines by their names",
                                "outlines[%zu] and outlines[%zu] have the same name", j, i);
    }
}

static void check_names(mrse_reader *r, const mrse_node *list, const mrse_site *site)
{
    const mrse_node *entry = mrse_spec_first(r, list);

    for (size_t i = 0; entry && i < site->n_items; i++, entry = mrse_spec_next(r, entry))
        for (size_t j = 0; j < i && site->item[i].name; j++)
            if (mrse_text_equal(site->item[i].name, site->item[j].name))
                mrse_spec_error(r, MRSE_ERR_INPUT, entry->at, "the tables tell it by its name",
                                "equipment[%zu] and equipment[%zu] have the same name", j, i);
}

void mrse_site_finish(mrse_reader *r, const mrse_node *node, void *base)
{
    mrse_site *site = base;
    const mrse_node *outlines = mrse_spec_child(r, node, "outlines");
    const mrse_node *items = mrse_spec_child(r, node, "equipment");
    size_t mark;

    fill_u(r, node, site);
    mark = mrse_spec_push(r, "outlines", 0);
    if (outlines && outlines->shape == MRSE_SHAPE_LIST)
        check_outlines(r, outlines, site);
    mrse_spec_pop(r, mark);
    mark = mrse_spec_push(r, "equipment", 0);
    if (items && items->shape == MRSE_SHAPE_LIST)
        check_names(r, items, site);
    mrse_spec_pop(r, mark);
}
