/* JPEG pictures in a portfolio: turned upright, without what the camera adds, refused when damaged.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "mrse/alloc.h"
#include "mrse/pdf.h"
#include "portfolio/portfolio_internal.h"
#include "support/close.h"

/* Three by two grey pixels. */
static const unsigned char picture[] = {
    0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 0x4a, 0x46, 0x49, 0x46, 0x00, 0x01, 0x01, 0x00, 0x00, 0x01,
    0x00, 0x01, 0x00, 0x00, 0xff, 0xdb, 0x00, 0x43, 0x00, 0x10, 0x0b, 0x0c, 0x0e, 0x0c, 0x0a, 0x10,
    0x0e, 0x0d, 0x0e, 0x12, 0x11, 0x10, 0x13, 0x18, 0x28, 0x1a, 0x18, 0x16, 0x16, 0x18, 0x31, 0x23,
    0x25, 0x1d, 0x28, 0x3a, 0x33, 0x3d, 0x3c, 0x39, 0x33, 0x38, 0x37, 0x40, 0x48, 0x5c, 0x4e, 0x40,
    0x44, 0x57, 0x45, 0x37, 0x38, 0x50, 0x6d, 0x51, 0x57, 0x5f, 0x62, 0x67, 0x68, 0x67, 0x3e, 0x4d,
    0x71, 0x79, 0x70, 0x64, 0x78, 0x5c, 0x65, 0x67, 0x63, 0xff, 0xc0, 0x00, 0x0b, 0x08, 0x00, 0x02,
    0x00, 0x03, 0x01, 0x01, 0x11, 0x00, 0xff, 0xc4, 0x00, 0x14, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x06, 0xff, 0xc4, 0x00, 0x18,
    0x10, 0x00, 0x02, 0x03, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x02, 0x13, 0x52, 0x91, 0xff, 0xda, 0x00, 0x08, 0x01, 0x01, 0x00, 0x00, 0x3f, 0x00,
    0x1f, 0x23, 0xdd, 0xb4, 0xff, 0xd9,
};

/* What a phone adds after the start: Exif with an orientation (big- or little-endian), a comment. */
static size_t photograph(unsigned char *out, bool little, unsigned orientation)
{
    static const unsigned char head[] = {0xff, 0xd8, 0xff, 0xe1, 0x00, 0x28,
                                         'E',  'x',  'i',  'f',  0,    0};
    static const unsigned char big[] = {'M',  'M',  0, 42, 0, 0, 0, 8, 0, 1, /* one entry */
                                        0x01, 0x12, 0, 3,  0, 0, 0, 1, 0, 0, 0, 0};
    static const unsigned char small[] = {'I',  'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12,
                                          0x01, 3,   0,  1, 0, 0, 0, 0, 0, 0, 0};
    static const unsigned char tail[] = {'5',  '4',  'N', ' ', 0xff, 0xfe,
                                         0x00, 0x06, 'W', 'a', 'r',  'd'};
    size_t n = 0;
    memcpy(out, head, sizeof head);
    n += sizeof head;
    memcpy(out + n, little ? small : big, sizeof big);
    out[n + (little ? 18 : 19)] = (unsigned char)orientation;
    n += sizeof big;
    memset(out + n, 0, 4); /* no further directory */
    n += 4;
    out[5] = (unsigned char)(n - 4 + 4);
    memcpy(out + n, tail, sizeof tail);
    n += sizeof tail;
    memcpy(out + n, picture + 2, sizeof picture - 2);
    n += sizeof picture - 2;
    memcpy(out + n, "film", 4);
    return n + 4;
}

static bool holds(const mrse_buf *buf, const char *word)
{
    for (size_t i = 0; i + strlen(word) <= buf->len; i++)
        if (memcmp(buf->data + i, word, strlen(word)) == 0)
            return true;
    return false;
}

static void jpeg_read__of_a_phone__upright_and_silent(void **state)
{
    unsigned char file[512];
    (void)state;
    for (int little = 0; little < 2; little++)
        for (unsigned k = 1; k <= 8; k++) {
            mrse_jpeg jpeg;
            size_t n = photograph(file, little != 0, k);
            assert_int_equal(mrse_jpeg_read((const char *)file, n, &jpeg), MRSE_OK);
            assert_int_equal(jpeg.orientation, k);
            assert_int_equal(jpeg.width, 3);
            assert_int_equal(jpeg.height, 2);
            assert_false(holds(&jpeg.plain, "Exif"));
            assert_false(holds(&jpeg.plain, "54N"));
            assert_false(holds(&jpeg.plain, "Ward"));
            assert_false(holds(&jpeg.plain, "film"));
            assert_int_equal(jpeg.plain.len, sizeof picture);
            assert_memory_equal(jpeg.plain.data, picture, sizeof picture);
            mrse_buf_free(&jpeg.plain);
        }
}

static void jpeg_read__odd_orientation__taken_as_upright(void **state)
{
    unsigned char file[512];
    mrse_jpeg jpeg;
    (void)state;
    size_t n = photograph(file, false, 9);
    assert_int_equal(mrse_jpeg_read((const char *)file, n, &jpeg), MRSE_OK);
    assert_int_equal(jpeg.orientation, 1);
    mrse_buf_free(&jpeg.plain);
}

static void jpeg_read__cut_short__refused(void **state)
{
    unsigned char file[512];
    (void)state;
    size_t whole = photograph(file, true, 6) - 4;
    for (size_t n = 0; n < whole; n++) {
        mrse_jpeg jpeg;
        char *copy = mrse_alloc(n + 1, 1); /* its end is seen by the sanitizer */
        assert_non_null(copy);
        memcpy(copy, file, n);
        assert_int_equal(mrse_jpeg_read(copy, n, &jpeg), MRSE_ERR_INPUT);
        mrse_buf_free(&jpeg.plain);
        mrse_free(copy);
    }
}

static void jpeg_page__each_orientation__a_page_with_the_picture_itself(void **state)
{
    unsigned char file[512];
    (void)state;
    for (unsigned k = 1; k <= 8; k++) {
        mrse_buf page = {0};
        mrse_pdf pdf;
        size_t n = photograph(file, false, k);
        assert_int_equal(mrse_jpeg_page((const char *)file, n, "a photograph", &page), MRSE_OK);
        assert_int_equal(mrse_pdf_read(page.data, page.len, &pdf), MRSE_OK);
        assert_int_equal(pdf.pages, 1);
        assert_true(holds(&page, "DCTDecode")); /* not decoded and coded again */
        mrse_pdf_free(&pdf);
        mrse_buf_free(&page);
    }
}

static void jpeg_page__no_jpeg__refused(void **state)
{
    mrse_buf page = {0};
    (void)state;
    assert_int_equal(mrse_jpeg_page("\x89PNG", 4, "t", &page), MRSE_ERR_INPUT);
    assert_int_equal(page.len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(jpeg_read__of_a_phone__upright_and_silent),
        cmocka_unit_test(jpeg_read__odd_orientation__taken_as_upright),
        cmocka_unit_test(jpeg_read__cut_short__refused),
        cmocka_unit_test(jpeg_page__each_orientation__a_page_with_the_picture_itself),
        cmocka_unit_test(jpeg_page__no_jpeg__refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
