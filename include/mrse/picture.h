/* A picture that a plan is drawn on: a PNG file, made small enough for paper.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_PICTURE_H
#define MRSE_PICTURE_H

#include <stddef.h>
#include <stdint.h>

#include "mrse/diag.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    MRSE_PICTURE_FILE_MAX = 16 << 20, /* bytes of a file */
    MRSE_PICTURE_PIXELS = 64 << 20,   /* pixels of a picture */
    MRSE_PICTURE_SIDE = 1600          /* what is kept of each side */
};

typedef struct mrse_picture {
    size_t file_width, file_height; /* pixels in the file */
    size_t width, height;           /* pixels kept: averages of whole blocks of the file's */
    uint32_t *pixel;                /* 0x00RRGGBB, row by row from the top; owned */
} mrse_picture;

/** Read a PNG file: grey, palette or colour, 1 to 16 bits, interlaced or not; transparent parts on
 *  white paper.
 *  Returned  out      owned by the caller (mrse_picture_free); NULL on failure
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_INPUT (no PNG, or damaged) | MRSE_ERR_LIMIT (larger
 *            than the limits above) | MRSE_ERR_IO | MRSE_ERR_NOMEM; all but MRSE_ERR_ARG with one
 *            diagnostic
 *  Valid     for drawing: colours are averaged as they are stored
 *  Tests     tests/unit/test_picture.c */
mrse_status mrse_picture_load(const char *path, mrse_picture **out,
                              mrse_diags *diags) MRSE_MUST_USE;
/** Free a picture; NULL is fine. */
void mrse_picture_free(mrse_picture *picture);

#ifdef __cplusplus
}
#endif
#endif
