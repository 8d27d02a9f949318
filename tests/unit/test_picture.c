/* Pictures: every kind of PNG that a drawing may come as, and what is none.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <png.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mrse/picture.h"
#include "support/close.h"
#include "support/oom.h"
#include "support/scratch.h"

typedef struct sink {
    unsigned char bytes[1 << 16];
    size_t n;
} sink;

static void put(png_structp png, png_bytep bytes, size_t n)
{
    sink *s = png_get_io_ptr(png);

    assert_true(s->n + n <= sizeof s->bytes);
    memcpy(s->bytes + s->n, bytes, n);
    s->n += n;
}

static void flush(png_structp png)
{
    (void)png;
}

/* A picture of w x h; the pixels of `row` in each of its rows. */
static void make(sink *s, unsigned w, unsigned h, int bits, int type, int interlace,
                 const unsigned char *row)
{
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    static const png_color colour[2] = {{10, 20, 30}, {200, 100, 50}};
    static const png_byte alpha[2] = {255, 0};

    s->n = 0;
    png_set_write_fn(png, s, put, flush);
    png_set_IHDR(png, info, w, h, bits, type, interlace, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    if (type == PNG_COLOR_TYPE_PALETTE) {
        png_set_PLTE(png, info, colour, 2);
        png_set_tRNS(png, info, alpha, 2, NULL);
    }
    png_write_info(png, info);
    for (int pass = 0; pass < (interlace ? png_set_interlace_handling(png) : 1); pass++)
        for (unsigned y = 0; y < h; y++)
            png_write_row(png, row);
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
}

static const char *store(const char *name, const void *bytes, size_t n)
{
    const char *path = scratch_path(name);
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, n, file), n);
    assert_int_equal(fclose(file), 0);
    return path;
}

static mrse_picture *load(const sink *s)
{
    static mrse_diags diags;
    mrse_picture *p = NULL;

    mrse_diags_init(&diags);
    assert_int_equal(mrse_picture_load(store("p.png", s->bytes, s->n), &p, &diags), MRSE_OK);
    assert_int_equal(diags.n, 0);
    return p;
}

static void expect(unsigned w, int bits, int type, int interlace, const unsigned char *row,
                   const uint32_t *want)
{
    sink s;
    mrse_picture *p;

    make(&s, w, 3, bits, type, interlace, row);
    p = load(&s);
    assert_int_equal(p->width, w);
    assert_int_equal(p->height, 3);
    assert_int_equal(p->file_width, w);
    for (size_t i = 0; i < w; i++)
        for (size_t y = 0; y < 3; y++)
            if (p->pixel[y * w + i] != want[i])
                fail_msg("pixel %zu, row %zu: %06x, not %06x", i, y, (unsigned)p->pixel[y * w + i],
                         (unsigned)want[i]);
    mrse_picture_free(p);
}

static void load__each_kind_of_png__gives_its_colours(void **state)
{
    static const unsigned char grey[2] = {0, 200}, rgb[6] = {1, 2, 3, 250, 128, 7};
    static const unsigned char rgba[8] = {9, 8, 7, 255, 50, 60, 70, 0}, palette[1] = {0x40};

    (void)state;
    for (int interlace = 0; interlace < 2; interlace++) {
        expect(2, 8, PNG_COLOR_TYPE_GRAY, interlace, grey, (uint32_t[]){0x000000, 0xc8c8c8});
        expect(2, 1, PNG_COLOR_TYPE_GRAY, interlace, palette, (uint32_t[]){0x000000, 0xffffff});
        expect(2, 8, PNG_COLOR_TYPE_RGB, interlace, rgb, (uint32_t[]){0x010203, 0xfa8007});
        /* what is transparent shows white paper */
        expect(2, 8, PNG_COLOR_TYPE_RGB_ALPHA, interlace, rgba, (uint32_t[]){0x090807, 0xffffff});
        expect(2, 1, PNG_COLOR_TYPE_PALETTE, interlace, palette, (uint32_t[]){0x0a141e, 0xffffff});
    }
}

/* libpng reads 16 bits as linear light or not according to the file; without a gamma of its own
 * black stays black and white white. */
static void load__sixteen_bits__keeps_black_and_white(void **state)
{
    static const unsigned char row[12] = {0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255};

    (void)state;
    expect(2, 16, PNG_COLOR_TYPE_RGB, 0, row, (uint32_t[]){0x000000, 0xffffff});
}

static void load__wider_than_is_kept__is_averaged(void **state)
{
    static unsigned char row[3 * MRSE_PICTURE_SIDE];
    mrse_picture *p;
    sink s;

    (void)state;
    for (size_t i = 0; i < sizeof row; i++)
        row[i] = i % 2 ? 255 : 0;
    make(&s, sizeof row, 6, 8, PNG_COLOR_TYPE_GRAY, 0, row);
    p = load(&s);
    assert_int_equal(p->file_width, 3 * MRSE_PICTURE_SIDE);
    assert_int_equal(p->width, MRSE_PICTURE_SIDE);
    assert_int_equal(p->height, 2);
    assert_int_equal(p->pixel[0], 0x555555); /* 0 255 0 */
    assert_int_equal(p->pixel[1], 0xaaaaaa); /* 255 0 255 */
    mrse_picture_free(p);
}

static void refuse(const void *bytes, size_t n, mrse_status want, const char *text)
{
    static mrse_diags diags;
    mrse_picture *p = (mrse_picture *)(uintptr_t)1;

    mrse_diags_init(&diags);
    assert_int_equal(mrse_picture_load(store("bad.png", bytes, n), &p, &diags), want);
    assert_null(p);
    assert_int_equal(diags.n, 1);
    assert_int_equal(diags.errors, 1);
    if (!strstr(diags.item[0].text, text))
        fail_msg("'%s' does not say '%s'", diags.item[0].text, text);
    assert_non_null(strstr(diags.item[0].file, "bad.png"));
    assert_true(diags.item[0].hint[0] != '\0');
}

static void load__no_png__is_refused_with_a_reason(void **state)
{
    static const unsigned char row[6] = {1, 2, 3, 4, 5, 6};
    sink s;

    (void)state;
    refuse("mrse: site/1\n", 13, MRSE_ERR_INPUT, "not a PNG");
    refuse("\xff\xd8\xff\xe0 JFIF", 10, MRSE_ERR_INPUT, "not a PNG");
    refuse("", 0, MRSE_ERR_INPUT, "not a PNG");
    make(&s, 2, 3, 8, PNG_COLOR_TYPE_RGB, 0, row);
    refuse(s.bytes, 20, MRSE_ERR_INPUT, "not a PNG");
    refuse(s.bytes, s.n - 20, MRSE_ERR_INPUT, "damaged");
    s.bytes[50] ^= 0x55; /* in the compressed rows */
    refuse(s.bytes, s.n, MRSE_ERR_INPUT, "damaged");
}

/* Only the head is written: the size is refused before any row is read. */
static void load__too_many_pixels__is_refused(void **state)
{
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    sink s = {.n = 0};

    (void)state;
    png_set_write_fn(png, &s, put, flush);
    png_set_IHDR(png, info, 70000, 1000, 8, PNG_COLOR_TYPE_GRAY, 0, 0, 0);
    png_write_info(png, info);
    png_destroy_write_struct(&png, &info);
    memcpy(s.bytes + s.n, "\0\0\0\0IDAT\x35\xaf\x06\x1e", 12);
    refuse(s.bytes, s.n + 12, MRSE_ERR_LIMIT, "too large");
}

static void load__nothing_given__is_an_argument_error(void **state)
{
    mrse_picture *p = (mrse_picture *)(uintptr_t)1;

    (void)state;
    assert_int_equal(mrse_picture_load(NULL, &p, NULL), MRSE_ERR_ARG);
    assert_null(p);
    assert_int_equal(mrse_picture_load("x.png", NULL, NULL), MRSE_ERR_ARG);
    assert_int_equal(mrse_picture_load(scratch_path("nothing.png"), &p, NULL), MRSE_ERR_IO);
    mrse_picture_free(NULL);
}

static mrse_status work(void *context)
{
    mrse_picture *p = NULL;
    mrse_status status = mrse_picture_load(context, &p, NULL);

    mrse_picture_free(p);
    return status;
}

static void load__memory_runs_out__leaves_nothing(void **state)
{
    static const unsigned char row[6] = {1, 2, 3, 4, 5, 6};
    char path[1024];
    sink s;

    (void)state;
    make(&s, 2, 3, 8, PNG_COLOR_TYPE_RGB, 0, row);
    (void)snprintf(path, sizeof path, "%s", store("p.png", s.bytes, s.n));
    assert_true(oom_exhaust(work, path) >= 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(load__each_kind_of_png__gives_its_colours),
        cmocka_unit_test(load__sixteen_bits__keeps_black_and_white),
        cmocka_unit_test(load__wider_than_is_kept__is_averaged),
        cmocka_unit_test(load__no_png__is_refused_with_a_reason),
        cmocka_unit_test(load__too_many_pixels__is_refused),
        cmocka_unit_test(load__nothing_given__is_an_argument_error),
        cmocka_unit_test(load__memory_runs_out__leaves_nothing),
    };

    return cmocka_run_group_tests(tests, scratch_begin, scratch_end);
}
