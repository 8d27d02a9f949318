/* What a PDF holds. SPDX-License-Identifier: GPL-3.0-or-later */
#include "mrse/pdf.h"

#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <string.h>

#include "mrse/alloc.h"
#include "mrse/text.h"

enum { TREE_DEPTH = 8 };

static mrse_status keep(mrse_pdf *out, const char *name, const unsigned char *bytes, size_t n)
{
    if (out->n_files == MRSE_PDF_FILES || n > MRSE_PDF_FILE_MAX)
        return MRSE_ERR_LIMIT;
    mrse_pdf_file *grown = mrse_realloc(out->file, out->n_files + 1, sizeof *grown);
    if (grown == NULL)
        return MRSE_ERR_NOMEM;
    out->file = grown;
    mrse_pdf_file *file = &grown[out->n_files++];
    *file = (mrse_pdf_file){.name = mrse_strdup(name), .bytes = mrse_alloc(n + 1, 1), .n = n};
    if (file->name == NULL || file->bytes == NULL)
        return MRSE_ERR_NOMEM;
    if (n > 0)
        memcpy(file->bytes, bytes, n);
    return MRSE_OK;
}

static mrse_status take(qpdf_data pdf, qpdf_oh name, qpdf_oh spec, mrse_pdf *out)
{
    unsigned char *bytes = NULL;
    size_t n = 0;

    if (!qpdf_oh_is_string(pdf, name) || !qpdf_oh_is_dictionary(pdf, spec))
        return MRSE_OK;
    qpdf_oh files = qpdf_oh_get_key(pdf, spec, "/EF");
    if (!qpdf_oh_is_dictionary(pdf, files))
        return MRSE_OK;
    qpdf_oh stream = qpdf_oh_get_key(pdf, files, "/F");
    if (!qpdf_oh_is_stream(pdf, stream) ||
        (qpdf_oh_get_stream_data(pdf, stream, qpdf_dl_all, NULL, &bytes, &n) & QPDF_ERRORS))
        return MRSE_OK;
    mrse_status status = keep(out, qpdf_oh_get_utf8_value(pdf, name), bytes, n);
    free(bytes); /* made by qpdf with malloc */
    return status;
}

static mrse_status walk(qpdf_data pdf, qpdf_oh node, int depth, mrse_pdf *out)
{
    mrse_status status = MRSE_OK;

    if (depth > TREE_DEPTH || !qpdf_oh_is_dictionary(pdf, node))
        return MRSE_OK;
    qpdf_oh names = qpdf_oh_get_key(pdf, node, "/Names");
    int n = qpdf_oh_is_array(pdf, names) ? qpdf_oh_get_array_n_items(pdf, names) : 0;
    for (int i = 0; i + 1 < n && status == MRSE_OK; i += 2)
        status = take(pdf, qpdf_oh_get_array_item(pdf, names, i),
                      qpdf_oh_get_array_item(pdf, names, i + 1), out);
    qpdf_oh kids = qpdf_oh_get_key(pdf, node, "/Kids");
    n = qpdf_oh_is_array(pdf, kids) ? qpdf_oh_get_array_n_items(pdf, kids) : 0;
    for (int i = 0; i < n && status == MRSE_OK; i++)
        status = walk(pdf, qpdf_oh_get_array_item(pdf, kids, i), depth + 1, out);
    return status;
}

static mrse_status look(qpdf_data pdf, const char *bytes, size_t n, mrse_pdf *out)
{
    if ((qpdf_read_memory(pdf, "pdf", bytes, n, NULL) & QPDF_ERRORS) || qpdf_is_encrypted(pdf))
        return MRSE_ERR_INPUT;
    int pages = qpdf_get_num_pages(pdf);
    if (pages <= 0)
        return MRSE_ERR_INPUT;
    out->pages = (size_t)pages;
    qpdf_oh names = qpdf_oh_get_key(pdf, qpdf_get_root(pdf), "/Names");
    if (!qpdf_oh_is_dictionary(pdf, names))
        return MRSE_OK;
    return walk(pdf, qpdf_oh_get_key(pdf, names, "/EmbeddedFiles"), 0, out);
}

mrse_status mrse_pdf_read(const char *bytes, size_t n, mrse_pdf *out)
{
    if (out == NULL)
        return MRSE_ERR_ARG;
    memset(out, 0, sizeof *out);
    if (bytes == NULL)
        return MRSE_ERR_ARG;
    qpdf_data pdf = qpdf_init();
    qpdf_silence_errors(pdf);
    qpdf_set_suppress_warnings(pdf, QPDF_TRUE);
    mrse_status status = look(pdf, bytes, n, out);
    if (qpdf_has_error(pdf))
        (void)qpdf_get_error(pdf); /* taken: qpdf would print it otherwise */
    qpdf_cleanup(&pdf);
    if (status != MRSE_OK)
        mrse_pdf_free(out);
    return status;
}

void mrse_pdf_free(mrse_pdf *pdf)
{
    if (pdf == NULL)
        return;
    for (size_t i = 0; i < pdf->n_files; i++) {
        mrse_free(pdf->file[i].name);
        mrse_free(pdf->file[i].bytes);
    }
    mrse_free(pdf->file);
    memset(pdf, 0, sizeof *pdf);
}

const mrse_pdf_file *mrse_pdf_find(const mrse_pdf *pdf, const char *name)
{
    for (size_t i = 0; pdf != NULL && i < pdf->n_files; i++)
        if (mrse_text_equal(pdf->file[i].name, name))
            return &pdf->file[i];
    return NULL;
}
