/* The private font: DejaVu Sans from a folder of the system, seen by nobody but us, so that the
 * same worksheet has the same glyphs on every machine. SPDX-License-Identifier: GPL-3.0-or-later */
#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "cairo_internal.h"
#include "mrse/alloc.h"

#ifndef MRSE_FONT_DIR
#define MRSE_FONT_DIR "/usr/share/fonts/truetype/dejavu"
#endif

enum { PATH_SIZE = 1024 };

static const char *const builtin_folder[] = {MRSE_FONT_DIR, "/usr/share/fonts/dejavu-sans-fonts",
                                             "/usr/share/fonts/dejavu", "/usr/share/fonts/TTF"};
static const char *chosen_folder; /* NULL: the built-in ones */

/* The first two are needed; without the others pango slants and emboldens. */
static const char *const file_name[] = {"DejaVuSans.ttf",         "DejaVuSans-Bold.ttf",
                                        "DejaVuSans-Oblique.ttf", "DejaVuSans-BoldOblique.ttf",
                                        "DejaVuSansMono.ttf",     "DejaVuSansMono-Bold.ttf"};
enum { N_FILES = sizeof file_name / sizeof file_name[0], N_NEEDED = 2 };

void mrse_cairo_font_folder(const char *folder)
{
    chosen_folder = folder;
}

mrse_status mrse_cairo_status(cairo_status_t status)
{
    switch (status) {
    case CAIRO_STATUS_SUCCESS:
        return MRSE_OK;
    case CAIRO_STATUS_NO_MEMORY:
        return MRSE_ERR_NOMEM;
    case CAIRO_STATUS_WRITE_ERROR:
    case CAIRO_STATUS_READ_ERROR:
    case CAIRO_STATUS_FILE_NOT_FOUND:
    case CAIRO_STATUS_TEMP_FILE_ERROR:
        return MRSE_ERR_IO;
    default:
        return MRSE_ERR_ARG;
    }
}

cairo_status_t mrse_cairo_write(void *closure, const unsigned char *bytes, unsigned int n)
{
    mrse_buf *buf = closure;

    mrse_buf_addn(buf, (const char *)bytes, n);
    if (buf->status == MRSE_OK)
        return CAIRO_STATUS_SUCCESS;
    return buf->status == MRSE_ERR_NOMEM ? CAIRO_STATUS_NO_MEMORY : CAIRO_STATUS_WRITE_ERROR;
}

/* Add the files of one folder; true when the needed ones are there. */
static bool add_folder(FcConfig *config, const char *folder)
{
    char path[PATH_SIZE];
    bool found = true;

    for (int i = 0; i < N_FILES && found; i++) {
        int n = snprintf(path, sizeof path, "%s/%s", folder, file_name[i]);

        if (n < 0 || n >= PATH_SIZE)
            return false;
        if (!FcConfigAppFontAddFile(config, (const FcChar8 *)path) && i < N_NEEDED)
            found = false;
    }
    if (!found)
        FcConfigAppFontClear(config);
    return found;
}

static bool add_fonts(FcConfig *config)
{
    if (chosen_folder)
        return add_folder(config, chosen_folder);
    for (size_t i = 0; i < sizeof builtin_folder / sizeof builtin_folder[0]; i++)
        if (add_folder(config, builtin_folder[i]))
            return true;
    return false;
}

static mrse_status create_map(PangoFontMap **out)
{
    FcConfig *config = FcConfigCreate();

    *out = NULL;
    if (!config)
        return MRSE_ERR_NOMEM;
    if (!add_fonts(config)) {
        FcConfigDestroy(config);
        return MRSE_ERR_IO;
    }
    /* Before the first map, which starts a thread that would load the user's configuration. */
    if (FcConfigSetCurrent(config))
        *out = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    if (*out)
        pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(*out), config);
    FcConfigDestroy(config); /* the map and fontconfig hold references */
    return *out ? MRSE_OK : MRSE_ERR_NOMEM;
}

static void free_map(PangoFontMap *map)
{
    /* pango 1.50 does not release the configuration of a map that it frees, nor the fonts in its
     * cache, which hold the map. */
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), NULL);
    pango_fc_font_map_shutdown(PANGO_FC_FONT_MAP(map));
    g_object_unref(map);
}

/* One map for the life of the thread: pango sorts fonts in threads of its own, which may still look
 * at a map when its last drawing is done, so a map is not freed with a drawing. */
static mrse_status font_map(PangoFontMap **map)
{
    static _Thread_local struct {
        PangoFontMap *map;
        const char *folder; /* that it was made from */
    } kept;

    if (kept.map && kept.folder != chosen_folder) {
        free_map(kept.map);
        kept.map = NULL;
    }
    if (!kept.map) {
        mrse_status status = create_map(&kept.map);
        if (status != MRSE_OK)
            return status;
        kept.folder = chosen_folder;
    }
    *map = kept.map;
    return MRSE_OK;
}

/* No hinting and no rounding to pixels: text has the same width on every surface, and the bytes do
 * not depend on the user's settings. */
static void set_options(PangoContext *context)
{
    cairo_font_options_t *options = cairo_font_options_create();

    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(context, 72);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string("en-gb"));
}

mrse_status mrse_cairo_layout(cairo_t *cr, PangoLayout **layout)
{
    PangoFontMap *map;
    PangoContext *context;
    mrse_status status;

    if (layout)
        *layout = NULL;
    if (!cr || !layout)
        return MRSE_ERR_ARG;
    status = mrse_cairo_status(cairo_status(cr));
    if (status == MRSE_OK)
        status = font_map(&map);
    if (status != MRSE_OK)
        return status;
    context = pango_font_map_create_context(map);
    set_options(context);
    pango_cairo_update_context(cr, context);
    *layout = pango_layout_new(context);
    g_object_unref(context);
    mrse_cairo_font(*layout, 9, MRSE_FONT_PLAIN);
    return MRSE_OK;
}

void mrse_cairo_font(PangoLayout *layout, double size_pt, int style)
{
    PangoFontDescription *font = pango_font_description_new();

    pango_font_description_set_family_static(font, style & MRSE_FONT_MONO ? "DejaVu Sans Mono"
                                                                          : "DejaVu Sans");
    pango_font_description_set_absolute_size(font, size_pt * PANGO_SCALE);
    pango_font_description_set_weight(font, style & MRSE_FONT_BOLD ? PANGO_WEIGHT_BOLD
                                                                   : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_style(font, style & MRSE_FONT_ITALIC ? PANGO_STYLE_OBLIQUE
                                                                    : PANGO_STYLE_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
}

void mrse_cairo_text(PangoLayout *layout, const char *text)
{
    const char *given = text ? text : "";
    char *valid;

    if (mrse_text_is_utf8(given, strlen(given))) {
        pango_layout_set_text(layout, given, -1);
        return;
    }
    valid = g_utf8_make_valid(given, -1);
    pango_layout_set_text(layout, valid, -1);
    g_free(valid);
}
