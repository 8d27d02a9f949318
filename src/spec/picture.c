/* Reading a picture that a plan is drawn on. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/picture.h"

#include <png.h>

#include <string.h>

#include "mrse/alloc.h"
#include "mrse/file.h"

static mrse_status complain(const char *path, mrse_diags *diags, mrse_status status,
                            const char *hint, const char *text, const char *detail)
{
    mrse_diag *d = mrse_diag_add(diags, MRSE_SEV_ERROR, status, "%s%s", text, detail);

    mrse_diag_place(d, path, 0, 0, NULL, hint);
    return status;
}

/* Blocks of side x side pixels become one, so that no side is longer than what is kept. */
static size_t block_side(size_t width, size_t height)
{
    size_t longest = width > height ? width : height;

    return (longest + MRSE_PICTURE_SIDE - 1) / MRSE_PICTURE_SIDE;
}

static uint32_t average(const unsigned char *rgb, size_t width, size_t height, size_t x0, size_t y0,
                        size_t side)
{
    size_t sum[3] = {0, 0, 0}, n = 0;

    for (size_t y = y0; y < y0 + side && y < height; y++)
        for (size_t x = x0; x < x0 + side && x < width; x++, n++)
            for (size_t k = 0; k < 3; k++)
                sum[k] += rgb[3 * (y * width + x) + k];
    return (uint32_t)((sum[0] + n / 2) / n << 16 | (sum[1] + n / 2) / n << 8 |
                      (sum[2] + n / 2) / n);
}

static mrse_status shrink(const unsigned char *rgb, mrse_picture *p)
{
    size_t side = block_side(p->file_width, p->file_height);

    p->width = (p->file_width + side - 1) / side;
    p->height = (p->file_height + side - 1) / side;
    p->pixel = mrse_alloc(p->width * p->height, sizeof *p->pixel);
    if (!p->pixel)
        return MRSE_ERR_NOMEM;
    for (size_t y = 0; y < p->height; y++)
        for (size_t x = 0; x < p->width; x++)
            p->pixel[y * p->width + x] =
                average(rgb, p->file_width, p->file_height, x * side, y * side, side);
    return MRSE_OK;
}

/* libpng's simplified interface: every colour type becomes 8-bit RGB on white. */
static mrse_status decode(const char *path, const char *bytes, size_t n, mrse_picture *p,
                          mrse_diags *diags)
{
    const png_color white = {255, 255, 255};
    png_image image;
    unsigned char *rgb;
    mrse_status status = MRSE_OK;

    memset(&image, 0, sizeof image);
    image.version = PNG_IMAGE_VERSION;
    if (!png_image_begin_read_from_memory(&image, bytes, n))
        return complain(path, diags, MRSE_ERR_INPUT, "export the drawing as PNG",
                        "this is not a PNG picture that can be read: ", image.message);
    p->file_width = image.width;
    p->file_height = image.height;
    if (p->file_width > MRSE_PICTURE_PIXELS / p->file_height) {
        png_image_free(&image);
        return complain(path, diags, MRSE_ERR_LIMIT,
                        "64 million pixels are the most: save it smaller, such as 3000 pixels wide",
                        "the picture is too large", "");
    }
    image.format = PNG_FORMAT_RGB;
    rgb = mrse_alloc(p->file_width * p->file_height, 3);
    if (!rgb)
        status = MRSE_ERR_NOMEM;
    else if (!png_image_finish_read(&image, &white, rgb, 0, NULL))
        status = complain(path, diags, MRSE_ERR_INPUT, "save it again",
                          "the picture is damaged: ", image.message);
    else
        status = shrink(rgb, p);
    png_image_free(&image);
    mrse_free(rgb);
    return status;
}

mrse_status mrse_picture_load(const char *path, mrse_picture **out, mrse_diags *diags)
{
    char *bytes = NULL;
    size_t n = 0;
    mrse_picture *p;
    mrse_status status;

    if (out)
        *out = NULL;
    if (!path || !out)
        return MRSE_ERR_ARG;
    status = mrse_file_read(path, MRSE_PICTURE_FILE_MAX, &bytes, &n, diags);
    if (status != MRSE_OK)
        return status;
    p = mrse_alloc(1, sizeof *p);
    status = p ? decode(path, bytes, n, p, diags) : MRSE_ERR_NOMEM;
    mrse_free(bytes);
    if (status == MRSE_ERR_NOMEM)
        (void)complain(path, diags, MRSE_ERR_NOMEM, NULL, mrse_status_text(MRSE_ERR_NOMEM), "");
    if (status != MRSE_OK) {
        mrse_picture_free(p);
        return status;
    }
    *out = p;
    return MRSE_OK;
}

void mrse_picture_free(mrse_picture *picture)
{
    if (!picture)
        return;
    mrse_free(picture->pixel);
    mrse_free(picture);
}
