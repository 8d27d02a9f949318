/* JPEG files as cameras and phones make them: how large the picture is, which way is up, and the
 * file without what it says of place, device and time.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "portfolio_internal.h"

enum {
    START = 0xD8,
    END = 0xD9,
    SCAN = 0xDA,
    APP0 = 0xE0,  /* JFIF: density */
    APP1 = 0xE1,  /* Exif */
    APP14 = 0xEE, /* Adobe: how colours are coded */
    APP15 = 0xEF,
    COMMENT = 0xFE,
    EXIF_ORIENTATION = 0x0112
};

typedef struct segment {
    int marker;
    const unsigned char *body; /* after the length */
    size_t n;
} segment;

static unsigned big(const unsigned char *p)
{
    return (unsigned)p[0] << 8 | p[1];
}

/* The segment at *at, which moves behind it; false: the file is damaged. */
static bool next_segment(const unsigned char *bytes, size_t n, size_t *at, segment *out)
{
    size_t i = *at;
    if (i >= n || bytes[i] != 0xFF)
        return false;
    while (i < n && bytes[i] == 0xFF) /* fill bytes may precede a marker */
        i++;
    if (n - i < 3)
        return false;
    unsigned length = big(bytes + i + 1);
    if (length < 2 || length > n - i - 1)
        return false;
    *out = (segment){.marker = bytes[i], .body = bytes + i + 3, .n = length - 2};
    *at = i + 1 + length;
    return true;
}

/* Start-of-frame markers, without the three codes among them that mean something else. */
static bool is_frame(int marker)
{
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/* The orientation of an Exif segment, 1 to 8; 1 when it has none. */
static int orientation_of(const segment *s)
{
    const unsigned char *tiff = s->body + 6;
    if (s->n < 14 || memcmp(s->body, "Exif\0\0", 6) != 0)
        return 1;
    size_t n = s->n - 6;
    bool little = tiff[0] == 'I';
#define WORD(at) (little ? big((unsigned char[]){tiff[(at) + 1], tiff[at]}) : big(tiff + (at)))
    size_t at = little ? WORD(4) | (size_t)WORD(6) << 16 : WORD(6) | (size_t)WORD(4) << 16;
    if (at > n || n - at < 2)
        return 1;
    for (size_t left = WORD(at), i = at + 2; left > 0 && i <= n && n - i >= 12; left--, i += 12)
        if (WORD(i) == EXIF_ORIENTATION) {
            unsigned value = WORD(i + 8);
            return value >= 1 && value <= 8 ? (int)value : 1;
        }
#undef WORD
    return 1;
}

mrse_status mrse_jpeg_read(const char *file, size_t n, mrse_jpeg *out)
{
    const unsigned char *bytes = (const unsigned char *)file;
    size_t at = 2;
    segment s;
    *out = (mrse_jpeg){.orientation = 1};
    if (n < 4 || bytes[0] != 0xFF || bytes[1] != START)
        return MRSE_ERR_INPUT;
    mrse_buf_addn(&out->plain, file, 2);
    for (;;) {
        size_t from = at;
        if (!next_segment(bytes, n, &at, &s))
            return MRSE_ERR_INPUT;
        if (is_frame(s.marker) && s.n >= 6) {
            out->height = big(s.body + 1);
            out->width = big(s.body + 3);
        }
        if (s.marker == APP1 && out->orientation == 1)
            out->orientation = orientation_of(&s);
        bool told =
            (s.marker > APP0 && s.marker <= APP15 && s.marker != APP14) || s.marker == COMMENT;
        if (!told)
            mrse_buf_addn(&out->plain, file + from, at - from);
        if (s.marker == SCAN)
            break;
    }
    /* what follows the end is no part of the picture: phones put films there */
    size_t end = at;
    while (end + 1 < n && !(bytes[end] == 0xFF && bytes[end + 1] == END))
        end++;
    if (end + 1 >= n || out->width == 0 || out->height == 0)
        return MRSE_ERR_INPUT;
    mrse_buf_addn(&out->plain, file + at, end + 2 - at);
    return out->plain.status;
}
