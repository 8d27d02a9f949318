/* Site files: the table of keys. The checks between them are in site_check.c.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/site.h"

#include <math.h>

#include "site_internal.h"

#define AT(member)     offsetof(mrse_site, member)
#define LINE(member)   offsetof(mrse_site_line, member)
#define LIMIT(member)  offsetof(mrse_site_limit, member)
#define ITEM(member)   offsetof(mrse_site_item, member)
#define STOREY(member) offsetof(mrse_site_storey, member)

#define SOURCE_OF(text)                                                                            \
    {                                                                                              \
        .key = "source", .type = MRSE_FIELD_SOURCE, .at = MRSE_NOWHERE, .doc = (text)              \
    }
#define PLACE(name, offset, text)                                                                  \
    {                                                                                              \
        .key = (name), .type = MRSE_FIELD_VALUE, .required = true, .at = (offset),                 \
        .kind = MRSE_KIND_LENGTH, .min = -1000, .max = 1000, .doc = (text)                         \
    }
#define SPREAD(offset, text)                                                                       \
    {                                                                                              \
        .key = "u", .type = MRSE_FIELD_VALUE, .at = (offset), .kind = MRSE_KIND_LENGTH,            \
        .min = 1e-6, .max = 5, .doc = (text)                                                       \
    }
#define NAMED(name, kind, text)                                                                    \
    {                                                                                              \
        .key = (name), .type = MRSE_FIELD_TEXT, .at = LINE(named) + (kind) * sizeof(char *),       \
        .longest = MRSE_SPEC_NAME, .doc = (text)                                                   \
    }

static const char *const no_yes[] = {"no", "yes", NULL};

static const mrse_field_spec magnet_fields[] = {
    SOURCE_OF("id of the source of this block"),
    PLACE("x", AT(magnet.x), "isocentre in plan, to the right"),
    PLACE("y", AT(magnet.y), "isocentre in plan, up the page"),
    {.key = "height",
     .type = MRSE_FIELD_VALUE,
     .required = true,
     .at = AT(magnet.height),
     .kind = MRSE_KIND_LENGTH,
     .min = 0.3,
     .max = 3,
     .doc = "isocentre above the finished floor"},
    {.key = "azimuth",
     .type = MRSE_FIELD_VALUE,
     .required = true,
     .at = AT(magnet.azimuth),
     .kind = MRSE_KIND_ANGLE,
     .min = -2 * MRSE_PI,
     .max = 2 * MRSE_PI,
     .doc = "direction of +z of the magnet, where the couch enters, anticlockwise from x to the "
            "right: 90 deg is up the page"},
    SPREAD(AT(magnet.u), "standard uncertainty of x, y and height; else that of the file"),
};

static const mrse_field_spec image_fields[] = {
    {.key = "file",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = AT(image.file),
     .doc = "a PNG file, relative to this file; it is drawn below the lines and not measured"},
    {.key = "x",
     .type = MRSE_FIELD_NUMBER,
     .required = true,
     .at = AT(image.x_m),
     .kind = MRSE_KIND_LENGTH,
     .min = -1000,
     .max = 1000,
     .doc = "plan coordinate of the image's left edge"},
    {.key = "y",
     .type = MRSE_FIELD_NUMBER,
     .required = true,
     .at = AT(image.y_m),
     .kind = MRSE_KIND_LENGTH,
     .min = -1000,
     .max = 1000,
     .doc = "plan coordinate of the image's lower edge"},
    {.key = "width",
     .type = MRSE_FIELD_NUMBER,
     .required = true,
     .at = AT(image.width_m),
     .kind = MRSE_KIND_LENGTH,
     .min = 0.1,
     .max = 1000,
     .doc = "what the whole width of the image is in the building"},
};

static const mrse_field_spec line_fields[] = {
    SOURCE_OF("id of the source of the points"),
    NAMED("wall", MRSE_SITE_WALL, "name of a wall; each entry has one of these five keys"),
    NAMED("door", MRSE_SITE_DOOR, "name of a door, which lies on a wall"),
    NAMED("window", MRSE_SITE_WINDOW, "name of a window, which lies on a wall"),
    NAMED("area", MRSE_SITE_AREA,
          "name of the MR CONTROLLED ACCESS AREA, a closed outline; at most one"),
    NAMED("neighbour", MRSE_SITE_NEIGHBOUR,
          "name of a room or a way outside of it, such as a public corridor"),
    {.key = "points",
     .type = MRSE_FIELD_PLACES,
     .required = true,
     .at = LINE(place),
     .count = LINE(n),
     .kind = MRSE_KIND_LENGTH,
     .min = -1000,
     .max = 1000,
     .doc = "its corners in order"},
    {.key = "closed",
     .type = MRSE_FIELD_FLAG,
     .at = LINE(closed),
     .choice = no_yes,
     .doc = "whether the last point is joined to the first; an area always is. Of a neighbour of "
            "three or more points it must be said"},
    SPREAD(LINE(u), "standard uncertainty of each coordinate; else that of the file"),
};

static const mrse_field_spec limit_fields[] = {
    {.key = "field",
     .type = MRSE_FIELD_RAW,
     .required = true,
     .at = MRSE_NOWHERE,
     .form = "`<= 10 mT` or `< 10 mT`",
     .doc = "the largest |B| that it may meet"},
    {.key = "printed",
     .type = MRSE_FIELD_TEXT,
     .at = LIMIT(printed),
     .doc = "the words of the manual or guideline that sets it"},
    SOURCE_OF("id of the source of the limit"),
};

static const mrse_schema magnet_schema = {
    .field = magnet_fields, .n = MRSE_COUNT(magnet_fields), .line = MRSE_NOWHERE};
static const mrse_schema image_schema = {
    .field = image_fields, .n = MRSE_COUNT(image_fields), .line = MRSE_NOWHERE};
static const mrse_schema line_schema = {
    .name = "an outline",
    .field = line_fields,
    .n = MRSE_COUNT(line_fields),
    .size = sizeof(mrse_site_line),
    .line = LINE(line),
    .finish = mrse_site_finish_line,
};
static const mrse_schema limit_schema = {
    .field = limit_fields,
    .n = MRSE_COUNT(limit_fields),
    .line = MRSE_NOWHERE,
    .finish = mrse_site_finish_limit,
};

static const mrse_field_spec item_fields[] = {
    SOURCE_OF("id of the source of its place"),
    {.key = "name",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = ITEM(name),
     .longest = MRSE_SPEC_NAME,
     .doc = "what it is"},
    PLACE("x", ITEM(x), "where it stands in plan, to the right"),
    PLACE("y", ITEM(y), "where it stands in plan, up the page"),
    {.key = "height",
     .type = MRSE_FIELD_VALUE,
     .at = ITEM(height),
     .kind = MRSE_KIND_LENGTH,
     .min = -10,
     .max = 10,
     .doc = "above the floor, of the part that the limit is for; left out, the isocentre's"},
    {.key = "within",
     .type = MRSE_FIELD_VALUE,
     .at = ITEM(within),
     .kind = MRSE_KIND_LENGTH,
     .min = 0,
     .max = 20,
     .doc = "it may stand anywhere within this distance in plan; left out, exactly there"},
    SPREAD(ITEM(u), "standard uncertainty of each coordinate; else that of the file"),
    {.key = "limit",
     .type = MRSE_FIELD_MAP,
     .required = true,
     .at = ITEM(limit),
     .child = &limit_schema,
     .doc = "the field that it may meet"},
};

static const mrse_field_spec storey_fields[] = {
    SOURCE_OF("id of the source of its height"),
    {.key = "name",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = STOREY(name),
     .longest = MRSE_SPEC_NAME,
     .doc = "what is there"},
    {.key = "height",
     .type = MRSE_FIELD_VALUE,
     .required = true,
     .at = STOREY(height),
     .kind = MRSE_KIND_LENGTH,
     .min = -30,
     .max = 30,
     .doc = "of the level nearest to the magnet where people are, above this floor: of a storey "
            "above its floor, of one below (negative) the height of a head"},
    SPREAD(STOREY(u), "standard uncertainty of the height; else that of the file"),
    {.key = "limit",
     .type = MRSE_FIELD_MAP,
     .required = true,
     .at = STOREY(limit),
     .child = &limit_schema,
     .doc = "the field that there may be"},
};

static const mrse_schema item_schema = {
    .name = "equipment",
    .field = item_fields,
    .n = MRSE_COUNT(item_fields),
    .size = sizeof(mrse_site_item),
    .line = ITEM(line),
};
static const mrse_schema storey_schema = {
    .name = "a storey",
    .field = storey_fields,
    .n = MRSE_COUNT(storey_fields),
    .size = sizeof(mrse_site_storey),
    .line = STOREY(line),
};

static const mrse_field_spec site_fields[] = {
    {.key = "mrse",
     .type = MRSE_FIELD_RAW,
     .required = true,
     .at = MRSE_NOWHERE,
     .form = "`site/1`",
     .doc = "the format; the first key of the file"},
    {.key = "id",
     .type = MRSE_FIELD_NAME,
     .required = true,
     .at = AT(id),
     .longest = MRSE_SPEC_NAME,
     .doc = "short name for file names and records"},
    {.key = "name",
     .type = MRSE_FIELD_TEXT,
     .required = true,
     .at = AT(name),
     .longest = MRSE_SPEC_NAME,
     .doc = "name for people, as it stands on worksheets"},
    {.key = "stamp",
     .type = MRSE_FIELD_TEXT,
     .at = AT(stamp),
     .doc = "a warning that every document repeats, such as 'teaching example'"},
    {.key = "checked",
     .type = MRSE_FIELD_DATE,
     .required = true,
     .at = AT(checked),
     .doc = "when this file was last compared with its sources"},
    {.key = "sources",
     .type = MRSE_FIELD_SOURCES,
     .at = AT(sources),
     .doc = "map from an id to the drawing, manual or measurement that numbers come from"},
    SOURCE_OF("id of the source of every number that names none itself"),
    SPREAD(AT(u), "standard uncertainty of each coordinate that states none itself; required "
                  "unless all do"),
    {.key = "magnet",
     .type = MRSE_FIELD_MAP,
     .required = true,
     .child = &magnet_schema,
     .doc = "where the scanner stands"},
    {.key = "image",
     .type = MRSE_FIELD_MAP,
     .child = &image_schema,
     .doc = "a drawing of the plan, to be seen below the lines"},
    {.key = "outlines",
     .type = MRSE_FIELD_LIST,
     .at = AT(outline),
     .count = AT(n_outlines),
     .child = &line_schema,
     .doc = "walls, doors, windows, the controlled area, neighbouring rooms"},
    {.key = "equipment",
     .type = MRSE_FIELD_LIST,
     .at = AT(item),
     .count = AT(n_items),
     .child = &item_schema,
     .doc = "what has a limit of its own"},
    {.key = "storeys",
     .type = MRSE_FIELD_LIST,
     .at = AT(storey),
     .count = AT(n_storeys),
     .child = &storey_schema,
     .doc = "what lies above and below"},
};

static const mrse_schema site_schema = {
    .name = "a site",
    .field = site_fields,
    .n = MRSE_COUNT(site_fields),
    .size = sizeof(mrse_site),
    .line = MRSE_NOWHERE,
    .finish = mrse_site_finish,
};

const mrse_format mrse_spec_site = {
    .kind = "site",
    .doc = "Where a scanner stands in a building, what is around it, and what each may meet. Plan "
           "frame: x to the right, y up the page.",
    .schema = &site_schema,
    .path = AT(path),
};

mrse_status mrse_site_load(const char *path, mrse_site **out, mrse_diags *diags)
{
    void *object = NULL;
    mrse_status status;

    if (out)
        *out = NULL;
    if (!path || !out)
        return MRSE_ERR_ARG;
    status = mrse_spec_read_file(&mrse_spec_site, path, &object, NULL, diags);
    *out = object;
    return status;
}

void mrse_site_free(mrse_site *site)
{
    mrse_spec_object_free(&mrse_spec_site, site);
}
