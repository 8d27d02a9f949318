/* What the files of portfolio share. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_PORTFOLIO_INTERNAL_H
#define MRSE_PORTFOLIO_INTERNAL_H

#include "mrse/portfolio.h"

enum { MRSE_PIECE_MAX = 64 << 20 }; /* bytes of one piece */

typedef struct mrse_jpeg {
    size_t width, height; /* pixels as stored, before turning */
    int orientation;      /* as Exif numbers them, 1 to 8; 1: upright */
    mrse_buf plain;       /* the file without Exif, comments and what follows its end; owned */
} mrse_jpeg;

/* Read the head of a JPEG file (jpeg.c); free `plain` in any case. MRSE_OK | MRSE_ERR_INPUT (no
 * JPEG, or damaged) | MRSE_ERR_NOMEM. */
mrse_status mrse_jpeg_read(const char *file, size_t n, mrse_jpeg *out) MRSE_MUST_USE;

/* A PDF page with a picture and its title (picture_page.c). */
mrse_status mrse_picture_page(const char *path, const char *title, mrse_buf *out,
                              mrse_diags *diags) MRSE_MUST_USE;
mrse_status mrse_jpeg_page(const char *file, size_t n, const char *title,
                           mrse_buf *out) MRSE_MUST_USE;

/* Find and read one piece (piece.c). What is wrong with it becomes a finding, not a failure. */
mrse_status mrse_piece_read(mrse_portfolio_check *check, mrse_piece *piece,
                            mrse_diags *diags) MRSE_MUST_USE;
void mrse_piece_clear(mrse_piece *piece);

/* How much of the wording two texts share, 0 to 1: of the runs of five words of the shorter one
 * (alike.c); NaN when one has too few words to say. */
double mrse_wording_alike(const char *a, const char *b);

/* Add a finding; MRSE_ERR_NOMEM or MRSE_OK. */
mrse_status mrse_portfolio_say(mrse_portfolio_check *check, const char *rule, bool broken,
                               const char *format, ...) MRSE_PRINTF(4, 5) MRSE_MUST_USE;

/* Whose page it is, on every page drawn here (pages.c). */
void mrse_portfolio_mark(mrse_document *d, const mrse_portfolio *p, const char *id,
                         const char *title, const char *date);

/* Coverage and the counted rules (count.c). */
mrse_status mrse_portfolio_count(mrse_portfolio_check *check, const mrse_date *today) MRSE_MUST_USE;

bool mrse_evidence_covers(const mrse_evidence *evidence, const char *category);
/* Older than the scheme's years. */
bool mrse_evidence_is_old(const mrse_evidence *evidence, const mrse_rules *rules,
                          const mrse_date *today);

#endif
