/* The site sections of a document: what reaches walls, rooms, equipment and storeys.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "record_internal.h"
#include "say_internal.h"

static void say_metres(mrse_buf *out, double m)
{
    char text[MRSE_NUM_MAX];
    mrse_text_fixed(text, m, 2);
    mrse_buf_add(out, isfinite(m) ? text : "not known");
}

/* In mT whatever the size: the numbers of these tables are to be compared with each other. */
static void say_field(mrse_buf *out, const json_t *value)
{
    double v = mrse_json_get_num(value, "v"), U = 2.0 * mrse_json_get_num(value, "u");
    int digits = 4;
    if (!isfinite(v)) {
        mrse_buf_add(out, "not known");
        return;
    }
    if (U > 1e-4 * fabs(v))
        digits = (int)(floor(log10(fabs(v))) - floor(log10(U))) + 2;
    mrse_buf_num(out, 1e3 * v, digits < 1 ? 1 : digits > 4 ? 4 : digits);
    mrse_buf_add(out, " mT");
    if (!(U > 1e-4 * fabs(v)))
        return;
    mrse_buf_add(out, " ± ");
    mrse_buf_num(out, 1e3 * U, 2);
    mrse_buf_add(out, " mT");
}

/* "3.20, 1.05, 1.05 m" */
static void say_place(mrse_buf *out, const json_t *largest)
{
    if (!isfinite(mrse_json_get_num(largest, "x_m")))
        return;
    say_metres(out, mrse_json_get_num(largest, "x_m"));
    mrse_buf_add(out, ", ");
    say_metres(out, mrse_json_get_num(largest, "y_m"));
    mrse_buf_add(out, ", ");
    say_metres(out, mrse_json_get_num(largest, "height_m"));
    mrse_buf_add(out, " m");
}

static void say_site_verdict(mrse_buf *out, const json_t *o)
{
    mrse_buf_add(out, mrse_json_get_text(o, "verdict"));
    if (mrse_json_get_bool(o, "provisional"))
        mrse_buf_add(out, " (PROVISIONAL)");
    if (mrse_json_get_bool(o, "on_assumption"))
        mrse_buf_add(out, " (ON ASSUMPTION)");
}

static void say_stretches(mrse_buf *out, const json_t *over, double length_m)
{
    size_t i;
    json_t *s;
    json_array_foreach (over, i, s) {
        double from_m = mrse_json_get_num(s, "from_m"), to_m = mrse_json_get_num(s, "to_m");
        if (i == 0 && from_m == 0.0 && to_m >= length_m - 1e-6) {
            mrse_buf_add(out, "above it everywhere");
            return;
        }
        mrse_buf_add(out, i == 0 ? "above it from " : ", from ");
        say_metres(out, from_m);
        mrse_buf_add(out, " m to ");
        say_metres(out, to_m);
        mrse_buf_add(out, " m");
    }
}

static void say_level(mrse_buf *out, const json_t *line, const json_t *level)
{
    double beyond_m = mrse_json_get_num(level, "beyond_m");
    bool known = isfinite(mrse_json_get_num(line, "largest.value.v"));
    bool over = json_array_size(mrse_json_at(level, "over")) > 0;
    if (mrse_json_at(level, "verdict") != NULL) {
        say_site_verdict(out, level);
        mrse_buf_add(out, over ? ": " : "");
    } else if (!over) {
        mrse_buf_add(out, known ? "below it everywhere" : "not known");
    }
    say_stretches(out, mrse_json_at(level, "over"), mrse_json_get_num(line, "length_m"));
    if (!isfinite(beyond_m))
        return;
    mrse_buf_add(out, "; the line reaches ");
    say_metres(out, beyond_m);
    mrse_buf_add(out, " m (± ");
    say_metres(out, 2.0 * mrse_json_get_num(level, "u_beyond_m"));
    mrse_buf_add(out, " m) past it");
}

static void line_row(mrse_document *d, const json_t *line)
{
    say_row row = {0};
    mrse_buf_addf(&row.cell[0], "%s: %s", mrse_json_get_text(line, "kind"),
                  mrse_json_get_text(line, "name"));
    say_field(&row.cell[1], mrse_json_at(line, "largest.value"));
    say_place(&row.cell[2], mrse_json_at(line, "largest"));
    for (size_t i = 0; i < MRSE_SITE_LEVELS; i++)
        say_level(&row.cell[3 + i], line, json_array_get(mrse_json_at(line, "levels"), i));
    say_row_add(d, &row, 5);
}

static void add_lines(mrse_document *d, const json_t *site)
{
    static const char *const header[] = {"Line", "#Largest |B| (± U = 2u)", "At x, y, height",
                                         "0.5 mT (MHRA): decides for areas and rooms",
                                         "0.9 mT (IEC): shown"};
    static const double weight[] = {1.7, 1.5, 1.9, 2.6, 2.3};
    size_t i;
    json_t *line;
    if (json_array_size(mrse_json_at(site, "lines")) == 0)
        return;
    mrse_document_table(d, "Lines of the plan; distances run along a line from its first point",
                        header, weight, 5);
    json_array_foreach (mrse_json_at(site, "lines"), i, line)
        line_row(d, line);
}

/* How far it is to where |B| is its limit, and on which side it stands. */
static void say_room_left(mrse_buf *out, const json_t *item)
{
    double to_m = mrse_json_get_num(item, "to_limit_m");
    if (isfinite(to_m))
        say_metres(out, to_m);
    else
        mrse_buf_add(out, "> 5");
    mrse_buf_add(out, " m");
}

static void item_row(mrse_document *d, const json_t *item, size_t i)
{
    say_row row = {0};
    const json_t *within = mrse_json_at(item, "within");
    mrse_buf_addf(&row.cell[0], "%zu", i + 1);
    mrse_buf_add(&row.cell[1], mrse_json_get_text(item, "name"));
    if (isfinite(mrse_json_get_num(within, "v"))) {
        mrse_buf_add(&row.cell[1], ", anywhere within ");
        say_metres(&row.cell[1], mrse_json_get_num(within, "v"));
        mrse_buf_add(&row.cell[1], " m");
    }
    mrse_buf_add(&row.cell[2], mrse_json_get_text(item, "printed"));
    say_limit(&row.cell[3], mrse_json_at(item, "limit"));
    say_field(&row.cell[4], mrse_json_at(item, "largest.value"));
    say_room_left(&row.cell[5], item);
    say_site_verdict(&row.cell[6], item);
    say_row_add(d, &row, 7);
}

static void add_equipment(mrse_document *d, const json_t *site)
{
    static const char *const header[] = {
        "#No.",   "Equipment", "Printed", "Limit", "#Largest |B| (± U = 2u)", "#To its limit line",
        "Verdict"};
    static const double weight[] = {0.4, 1.7, 2.2, 1.2, 1.5, 1.0, 1.3};
    size_t i;
    json_t *item;
    if (json_array_size(mrse_json_at(site, "equipment")) == 0)
        return;
    mrse_document_table(d, "Equipment, each against its own limit, numbered as in the figure",
                        header, weight, 7);
    json_array_foreach (mrse_json_at(site, "equipment"), i, item)
        item_row(d, item, i);
}

static void storey_row(mrse_document *d, const json_t *storey)
{
    say_row row = {0};
    mrse_buf_add(&row.cell[0], mrse_json_get_text(storey, "name"));
    say_metres(&row.cell[1], mrse_json_get_num(storey, "height.v"));
    mrse_buf_add(&row.cell[1], " m");
    mrse_buf_add(&row.cell[2], mrse_json_get_text(storey, "printed"));
    say_limit(&row.cell[3], mrse_json_at(storey, "limit"));
    say_field(&row.cell[4], mrse_json_at(storey, "largest.value"));
    say_site_verdict(&row.cell[5], storey);
    say_row_add(d, &row, 6);
}

static void add_storeys(mrse_document *d, const json_t *site)
{
    static const char *const header[] = {
        "Storey", "#Height", "Printed", "Limit", "#Largest |B| (± U = 2u)", "Verdict"};
    static const double weight[] = {1.6, 1.2, 2.2, 1.2, 1.6, 1.3};
    size_t i;
    json_t *storey;
    if (json_array_size(mrse_json_at(site, "storeys")) == 0)
        return;
    mrse_document_table(d, "Storeys: right above or below the magnet", header, weight, 6);
    json_array_foreach (mrse_json_at(site, "storeys"), i, storey)
        storey_row(d, storey);
}

static void event_item(mrse_document *d, const json_t *event)
{
    mrse_buf text = {0};
    const char *item;
    mrse_buf_addf(&text, "%s: the line of ", mrse_json_get_text(event, "what"));
    say_value(&text, mrse_json_at(event, "level"), 0);
    mrse_buf_add(&text, " reaches ");
    say_value(&text, mrse_json_at(event, "axial"), 0);
    mrse_buf_add(&text, " along the bore and ");
    say_value(&text, mrse_json_at(event, "radial"), 0);
    mrse_buf_add(&text, " across, for ");
    say_value(&text, mrse_json_at(event, "lasting"), 0);
    item = mrse_buf_text(&text);
    if (text.status != MRSE_OK && d->status == MRSE_OK)
        d->status = text.status;
    mrse_document_list(d, &item, 1);
    mrse_buf_free(&text);
}

static void add_events(mrse_document *d, const json_t *site)
{
    const json_t *events = mrse_json_at(site, "events");
    size_t i;
    json_t *event;
    if (json_array_size(events) == 0) {
        mrse_document_paragraph(d, MRSE_STYLE_SMALL,
                                "Faults and quench: the scanner file states no field for them, and "
                                "nothing here holds then. Ask the manufacturer.");
        return;
    }
    mrse_document_paragraph(d, MRSE_STYLE_PLAIN,
                            "During a fault the field reaches farther than in this plan, as the "
                            "manufacturer states:");
    json_array_foreach (events, i, event)
        event_item(d, event);
}

static void say_stand(mrse_document *d, const json_t *site)
{
    mrse_buf text = {0};
    mrse_buf_add(&text, "Isocentre at x ");
    say_metres(&text, mrse_json_get_num(site, "magnet.x.v"));
    mrse_buf_add(&text, " m, y ");
    say_metres(&text, mrse_json_get_num(site, "magnet.y.v"));
    mrse_buf_add(&text, " m, ");
    say_metres(&text, mrse_json_get_num(site, "magnet.height.v"));
    mrse_buf_add(&text, " m above the floor; each coordinate ± ");
    mrse_quantity_print(&text, 2.0 * mrse_json_get_num(site, "magnet.u.v"), MRSE_KIND_LENGTH, 2, 0);
    mrse_buf_add(&text, " (2u). The couch enters at azimuth ");
    say_value(&text, mrse_json_at(site, "magnet.azimuth"), 0);
    mrse_buf_add(&text, ", anticlockwise from x to the right.");
    say_paragraph_add(d, MRSE_STYLE_PLAIN, &text);
}

static void open_item(mrse_document *d, const char *what, const json_t *o)
{
    mrse_buf text = {0};
    const char *item, *ask = mrse_json_get_text(o, "ask");
    mrse_buf_addf(&text, "%s: %s: %s", what, mrse_json_get_text(o, "verdict"),
                  mrse_json_get_text(o, "reason"));
    if (ask[0] != '\0')
        mrse_buf_addf(&text, "; to do: %s", ask);
    item = mrse_buf_text(&text);
    if (text.status != MRSE_OK && d->status == MRSE_OK)
        d->status = text.status;
    mrse_document_list(d, &item, 1);
    mrse_buf_free(&text);
}

static bool is_open(const json_t *o)
{
    const char *verdict = mrse_json_get_text(o, "verdict");
    return verdict[0] != '\0' && !mrse_text_equal(verdict, "MET");
}

/* What is not MET, with its reason; a case also knows what to do. */
static void add_open_points(mrse_document *d, const json_t *record, const json_t *site)
{
    static const char *const list[] = {"equipment", "storeys"};
    const json_t *findings = mrse_json_at(record, "findings");
    size_t i;
    json_t *o;
    json_array_foreach (findings, i, o) {
        if (mrse_json_get_bool(o, "decisive") && is_open(o) &&
            mrse_text_equal(mrse_json_get_text(o, "implant"), mrse_json_get_text(site, "name")))
            open_item(d, mrse_json_get_text(o, "topic"), o);
    }
    if (findings != NULL)
        return;
    for (size_t k = 0; k < 2; k++)
        json_array_foreach (mrse_json_at(site, list[k]), i, o)
            if (is_open(o))
                open_item(d, mrse_json_get_text(o, "name"), o);
    json_array_foreach (mrse_json_at(site, "lines"), i, o) {
        const json_t *level = json_array_get(mrse_json_at(o, "levels"), 0);
        if (is_open(level))
            open_item(d, mrse_json_get_text(o, "name"), level);
    }
}

void mrse_document_add_site(mrse_document *d, const json_t *record, int level)
{
    const json_t *site = mrse_json_at(record, "site");
    mrse_buf text = {0};
    if (site == NULL)
        return;
    mrse_buf_addf(&text, "The site: %s", mrse_json_get_text(site, "name"));
    say_heading_add(d, level, &text);
    if (mrse_json_get_text(site, "stamp")[0] != '\0')
        mrse_document_paragraph(d, MRSE_STYLE_SMALL, mrse_json_get_text(site, "stamp"));
    say_stand(d, site);
    add_equipment(d, site);
    add_lines(d, site);
    add_storeys(d, site);
    add_open_points(d, record, site);
    add_events(d, site);
    mrse_document_paragraph(
        d, MRSE_STYLE_SMALL,
        "Lines and rooms are searched between the floor and 2 m above it, equipment at its own "
        "height. The controlled area must hold the whole 0.5 mT line: MET when |B| stays below it "
        "all along its boundary, U = 2u included. Walls, doors and windows may be crossed: it is "
        "said where. U holds the field model, the places of magnet and line, and the magnet's "
        "direction. Air, no iron in the building, normal operation.");
}
