/* What the figures and the PDF share: the private font, text layouts on cairo, and the way cairo's
 * own status becomes ours. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_CAIRO_INTERNAL_H
#define MRSE_CAIRO_INTERNAL_H

#include <cairo.h>
#include <pango/pangocairo.h>

#include "mrse/figure.h"
#include "mrse/status.h"

/* Styles are flags. */
enum { MRSE_FONT_PLAIN = 0, MRSE_FONT_BOLD = 1, MRSE_FONT_ITALIC = 2, MRSE_FONT_MONO = 4 };

/** A new text layout on `cr`, set in DejaVu Sans from the private font folder, so that a figure
 *  looks the same whatever fonts and fontconfig files the user has.
 *  Given     cr      cairo_t*   1 user unit = 1 pt; the font map is made on first use and
 *                    kept for the life of the thread
 *  Returned  layout  the caller frees it with g_object_unref
 *  Status    MRSE_OK | MRSE_ERR_IO (font files not found) | MRSE_ERR_NOMEM | MRSE_ERR_ARG
 *  Valid     while such a context lives fontconfig's process-wide default is the private one:
 *            pango would otherwise read the user's configuration in a thread of its own, and
 *            fontconfig prints what it thinks of that file
 *  Tests     tests/unit/test_figure.c */
mrse_status mrse_cairo_layout(cairo_t *cr, PangoLayout **layout) MRSE_MUST_USE;
void mrse_cairo_font(PangoLayout *layout, double size_pt, int style);
/* NULL is "". Bytes that are not UTF-8 become U+FFFD, which pango would print a warning about. */
void mrse_cairo_text(PangoLayout *layout, const char *text);

/* Search this folder instead of the built-in ones (borrowed); NULL: the built-in ones again. */
void mrse_cairo_font_folder(const char *folder);

mrse_status mrse_cairo_status(cairo_status_t status) MRSE_MUST_USE;
/* A cairo_write_func_t; the closure is a mrse_buf. */
cairo_status_t mrse_cairo_write(void *closure, const unsigned char *bytes, unsigned int n);

/** Draw a figure into the rectangle (0, 0)..(w_pt, h_pt) of the user space, 1 unit = 1 pt.
 *  Status    MRSE_OK | MRSE_ERR_ARG (no study, no map where the kind needs one, no profile, no
 *            room) | MRSE_ERR_IO (font) | MRSE_ERR_NOMEM
 *  Valid     contours, lines and text are vectors on vector surfaces; the colours of a map are one
 *            image. The context's state is saved and restored
 *  Tests     tests/unit/test_figure.c */
mrse_status mrse_figure_draw(cairo_t *cr, const mrse_figure *figure, double w_pt,
                             double h_pt) MRSE_MUST_USE;

#endif
