/* PNG files through libpng: opaque pixels, resolution, and text chunks that say who made it, when,
 * from what. No tIME chunk: it means "last changed", and would differ each day.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <png.h>

#include <math.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "figure_internal.h"
#include "mrse/alloc.h"

enum { MAX_TEXT = 7 };
/* Unfiltered: maps are bands of few colours, which filters would only hide from deflate (measured:
 * a fifth smaller and twice as fast than with the Sub and Up filters). */
static const int DEFLATE_LEVEL = 6;

typedef struct writer {
    png_structp png;
    png_infop info;
    mrse_buf *out;
    png_bytep row; /* one row, RGB */
    png_text text[MAX_TEXT];
    char *copy[MAX_TEXT];
    int n_text;
    mrse_status status;
} writer;

static void on_error(png_structp png, png_const_charp message)
{
    writer *w = png_get_error_ptr(png);

    (void)message;
    if (w->status == MRSE_OK)
        w->status = MRSE_ERR_IO;
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp message)
{
    (void)png;
    (void)message;
}

static png_voidp on_alloc(png_structp png, png_alloc_size_t n)
{
    writer *w = png_get_mem_ptr(png);
    png_voidp p = mrse_alloc(n, 1);

    if (!p)
        w->status = MRSE_ERR_NOMEM;
    return p;
}

static void on_free(png_structp png, png_voidp p)
{
    (void)png;
    mrse_free(p);
}

static void on_write(png_structp png, png_bytep bytes, size_t n)
{
    writer *w = png_get_io_ptr(png);

    mrse_buf_addn(w->out, (const char *)bytes, n);
    if (w->out->status != MRSE_OK) {
        w->status = w->out->status;
        png_error(png, "buffer");
    }
}

static void on_flush(png_structp png)
{
    (void)png;
}

static bool is_ascii(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text >= 0x80)
            return false;
    return true;
}

/* A copy in which nothing is but text: the only control character a chunk may hold is the line
 * feed; bytes that are not UTF-8 become question marks. */
static char *clean(const char *text)
{
    char *copy = mrse_strdup(text);
    bool utf8 = copy && mrse_text_is_utf8(copy, strlen(copy));

    for (char *p = copy; p && *p; p++) {
        unsigned char b = (unsigned char)*p;

        if (b < 0x20 && b != '\n')
            *p = ' ';
        else if (b == 0x7f || (b >= 0x80 && !utf8))
            *p = '?';
    }
    return copy;
}

static void add_text(writer *w, const char *keyword, const char *text)
{
    png_text *t = &w->text[w->n_text];
    char *copy;

    if (!text || !text[0] || w->status != MRSE_OK)
        return;
    copy = clean(text);
    if (!copy) {
        w->status = MRSE_ERR_NOMEM;
        return;
    }
    w->copy[w->n_text++] = copy;
    memset(t, 0, sizeof *t);
    t->key = (png_charp)(uintptr_t)keyword; /* libpng's type lacks a const; it does not write */
    t->text = copy;
    t->compression = is_ascii(copy) ? PNG_TEXT_COMPRESSION_NONE : PNG_ITXT_COMPRESSION_NONE;
    if (t->compression == PNG_ITXT_COMPRESSION_NONE)
        t->itxt_length = strlen(copy);
    else
        t->text_length = strlen(copy);
}

static void gather_text(writer *w, const mrse_figure_meta *meta)
{
    add_text(w, "Title", meta->title);
    add_text(w, "Author", meta->author);
    add_text(w, "Creation Time", meta->creation_time);
    add_text(w, "Software", meta->software);
    add_text(w, "Source", meta->source);
    add_text(w, "Description", meta->description);
    add_text(w, "Disclaimer", meta->disclaimer);
}

/* Everything that libpng may leave by a long jump is in here and in nothing that it calls back. */
static void write_all(writer *w, const uint32_t *pixel, size_t width, size_t height, double dpi)
{
    png_uint_32 per_m = (png_uint_32)lround(dpi / 0.0254);

    if (setjmp(png_jmpbuf(w->png)))
        return;
    png_set_write_fn(w->png, w, on_write, on_flush);
    png_set_IHDR(w->png, w->info, (png_uint_32)width, (png_uint_32)height, 8, PNG_COLOR_TYPE_RGB,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_pHYs(w->png, w->info, per_m, per_m, PNG_RESOLUTION_METER);
    png_set_text(w->png, w->info, w->text, w->n_text);
    png_set_compression_level(w->png, DEFLATE_LEVEL);
    png_set_filter(w->png, 0, PNG_FILTER_NONE);
    png_write_info(w->png, w->info);
    for (size_t y = 0; y < height; y++) {
        for (size_t x = 0; x < width; x++) {
            uint32_t p = pixel[y * width + x];

            w->row[3 * x] = (png_byte)(p >> 16);
            w->row[3 * x + 1] = (png_byte)(p >> 8);
            w->row[3 * x + 2] = (png_byte)p;
        }
        png_write_row(w->png, w->row);
    }
    png_write_end(w->png, NULL);
}

mrse_status mrse_png_write(const uint32_t *pixel, size_t width, size_t height, double dpi,
                           const mrse_figure_meta *meta, mrse_buf *out)
{
    writer w = {.out = out};

    if (!pixel || !out || width < 1 || height < 1 || width > 20000 || height > 20000 || !(dpi > 0))
        return MRSE_ERR_ARG;
    if (meta)
        gather_text(&w, meta);
    w.row = mrse_alloc(width, 3);
    if (!w.row)
        w.status = MRSE_ERR_NOMEM;
    if (w.status == MRSE_OK)
        w.png = png_create_write_struct_2(PNG_LIBPNG_VER_STRING, &w, on_error, on_warning, &w,
                                          on_alloc, on_free);
    if (w.png)
        w.info = png_create_info_struct(w.png);
    if (w.status == MRSE_OK && !w.info)
        w.status = MRSE_ERR_NOMEM;
    if (w.status == MRSE_OK)
        write_all(&w, pixel, width, height, dpi);
    png_destroy_write_struct(&w.png, &w.info);
    mrse_free(w.row);
    for (int i = 0; i < w.n_text; i++)
        mrse_free(w.copy[i]);
    if (w.status != MRSE_OK)
        mrse_buf_free(out);
    return w.status;
}
