/* What a PDF holds: how many pages, and the files attached to it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_PDF_H
#define MRSE_PDF_H

#include <stddef.h>

#include "mrse/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mrse_pdf_file {
    char *name;
    char *bytes; /* NUL-terminated copy; n without the NUL */
    size_t n;
} mrse_pdf_file;

typedef struct mrse_pdf {
    size_t pages;
    mrse_pdf_file *file; /* in the order of the PDF's name tree */
    size_t n_files;
} mrse_pdf;

enum { MRSE_PDF_FILES = 1000, MRSE_PDF_FILE_MAX = 64 << 20 };

/** Read the number of pages and the attached files of a PDF.
 *  Returned  out      free with mrse_pdf_free; zero on failure
 *  Status    MRSE_OK | MRSE_ERR_ARG | MRSE_ERR_INPUT (no PDF, damaged beyond repair, encrypted, no
 *            page) | MRSE_ERR_LIMIT (more or larger files than the limits above) | MRSE_ERR_NOMEM
 *  Valid     attachments of the document's name tree; an attachment that cannot be decoded is left
 *            out
 *  Tests     tests/unit/test_portfolio.c, tests/unit/test_worksheet_pdf.c */
mrse_status mrse_pdf_read(const char *bytes, size_t n, mrse_pdf *out) MRSE_MUST_USE;
void mrse_pdf_free(mrse_pdf *pdf);

/** The attached file of this name, or NULL; borrowed. */
const mrse_pdf_file *mrse_pdf_find(const mrse_pdf *pdf, const char *name);

#ifdef __cplusplus
}
#endif
#endif
