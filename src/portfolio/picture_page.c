/* A picture as a page: screen shots and photographs are bound in like any other piece.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cairo-pdf.h>
#include <math.h>

#include "mrse/alloc.h"
#include "mrse/picture.h"
#include "portfolio_internal.h"

/* Cairo would ask the clock; the list says when the piece was made. */
static const char DATE[] = "2000-01-01T00:00:00Z";
static const double WIDTH_PT = 595.0, HEIGHT_PT = 842.0, MARGIN_PT = 48.0;

static cairo_status_t collect(void *to, const unsigned char *bytes, unsigned int n)
{
    mrse_buf *out = to;
    mrse_buf_addn(out, (const char *)bytes, n);
    return out->status == MRSE_OK ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

/* The picture, as large as the margins allow, never enlarged beyond 72 pixels to the inch. */
static void draw(cairo_t *cr, mrse_picture *picture)
{
    int width = (int)picture->width, height = (int)picture->height;
    cairo_surface_t *image = cairo_image_surface_create_for_data(
        (unsigned char *)picture->pixel, CAIRO_FORMAT_RGB24, width, height,
        cairo_format_stride_for_width(CAIRO_FORMAT_RGB24, width));
    double scale = fmin((WIDTH_PT - 2 * MARGIN_PT) / width, (HEIGHT_PT - 2 * MARGIN_PT) / height);
    scale = fmin(scale, 1.0);
    cairo_translate(cr, (WIDTH_PT - scale * width) / 2, MARGIN_PT);
    cairo_scale(cr, scale, scale);
    cairo_set_source_surface(cr, image, 0, 0);
    cairo_paint(cr);
    cairo_surface_destroy(image);
}

mrse_status mrse_picture_page(const char *path, const char *title, mrse_buf *out, mrse_diags *diags)
{
    mrse_picture *picture = NULL;
    mrse_status status = mrse_picture_load(path, &picture, diags);
    if (status != MRSE_OK)
        return status;
    cairo_surface_t *page = cairo_pdf_surface_create_for_stream(collect, out, WIDTH_PT, HEIGHT_PT);
    cairo_pdf_surface_set_metadata(page, CAIRO_PDF_METADATA_TITLE, title);
    cairo_pdf_surface_set_metadata(page, CAIRO_PDF_METADATA_CREATE_DATE, DATE);
    cairo_t *cr = cairo_create(page);
    draw(cr, picture);
    cairo_show_page(cr);
    bool drawn = cairo_status(cr) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(cr);
    cairo_surface_finish(page);
    drawn = drawn && cairo_surface_status(page) == CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy(page);
    mrse_picture_free(picture);
    if (out->status != MRSE_OK)
        return out->status;
    return drawn ? MRSE_OK : MRSE_ERR_IO;
}
