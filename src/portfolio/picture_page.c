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

/* An image as large as the margins allow, never enlarged beyond 72 pixels to the inch; turned and
 * mirrored as `orientation` says (Exif 2.3, tag 0112). */
static void draw(cairo_t *cr, cairo_surface_t *image, int orientation)
{
    /* where the stored axes point on the page: x' = a x + b y, y' = c x + d y */
    static const signed char turn[9][4] = {{1, 0, 0, 1},   {1, 0, 0, 1},   {-1, 0, 0, 1},
                                           {-1, 0, 0, -1}, {1, 0, 0, -1},  {0, 1, 1, 0},
                                           {0, -1, 1, 0},  {0, -1, -1, 0}, {0, 1, -1, 0}};
    const signed char *t = turn[orientation];
    double w = cairo_image_surface_get_width(image), h = cairo_image_surface_get_height(image);
    double across = t[0] != 0 ? w : h, down = t[0] != 0 ? h : w;
    double scale = fmin((WIDTH_PT - 2 * MARGIN_PT) / across, (HEIGHT_PT - 2 * MARGIN_PT) / down);
    cairo_matrix_t m;

    scale = fmin(scale, 1.0);
    cairo_translate(cr, (WIDTH_PT - scale * across) / 2, MARGIN_PT);
    cairo_scale(cr, scale, scale);
    cairo_matrix_init(&m, t[0], t[2], t[1], t[3], t[0] + t[1] < 0 ? across : 0,
                      t[2] + t[3] < 0 ? down : 0);
    cairo_transform(cr, &m);
    cairo_set_source_surface(cr, image, 0, 0);
    cairo_paint(cr);
}

static mrse_status page_with(cairo_surface_t *image, int orientation, const char *title,
                             mrse_buf *out)
{
    cairo_surface_t *page = cairo_pdf_surface_create_for_stream(collect, out, WIDTH_PT, HEIGHT_PT);
    cairo_pdf_surface_set_metadata(page, CAIRO_PDF_METADATA_TITLE, title);
    cairo_pdf_surface_set_metadata(page, CAIRO_PDF_METADATA_CREATE_DATE, DATE);
    cairo_t *cr = cairo_create(page);
    draw(cr, image, orientation);
    cairo_show_page(cr);
    bool drawn = cairo_status(cr) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(cr);
    cairo_surface_finish(page);
    drawn = drawn && cairo_surface_status(page) == CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy(page);
    if (out->status != MRSE_OK)
        return out->status;
    return drawn ? MRSE_OK : MRSE_ERR_IO;
}

mrse_status mrse_picture_page(const char *path, const char *title, mrse_buf *out, mrse_diags *diags)
{
    mrse_picture *picture = NULL;
    mrse_status status = mrse_picture_load(path, &picture, diags);
    if (status != MRSE_OK)
        return status;
    int width = (int)picture->width, height = (int)picture->height;
    cairo_surface_t *image = cairo_image_surface_create_for_data(
        (unsigned char *)picture->pixel, CAIRO_FORMAT_RGB24, width, height,
        cairo_format_stride_for_width(CAIRO_FORMAT_RGB24, width));
    status = page_with(image, 1, title, out);
    cairo_surface_destroy(image);
    mrse_picture_free(picture);
    return status;
}

/* Cairo puts the compressed picture into the PDF as it is: the surface only says how large. */
mrse_status mrse_jpeg_page(const char *file, size_t n, const char *title, mrse_buf *out)
{
    mrse_jpeg jpeg;
    mrse_status status = mrse_jpeg_read(file, n, &jpeg);
    if (status == MRSE_OK && jpeg.width > MRSE_PICTURE_PIXELS / jpeg.height)
        status = MRSE_ERR_LIMIT;
    if (status == MRSE_OK) {
        cairo_surface_t *image =
            cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)jpeg.width, (int)jpeg.height);
        cairo_status_t set = cairo_surface_set_mime_data(image, CAIRO_MIME_TYPE_JPEG,
                                                         (const unsigned char *)jpeg.plain.data,
                                                         (unsigned long)jpeg.plain.len, NULL, NULL);
        status = set == CAIRO_STATUS_SUCCESS ? page_with(image, jpeg.orientation, title, out)
                                             : MRSE_ERR_NOMEM;
        cairo_surface_destroy(image);
    }
    mrse_buf_free(&jpeg.plain);
    return status;
}
