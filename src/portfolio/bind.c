/* Binding: the applicant's pages and every piece in one PDF, with bookmarks.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <qpdf/qpdf-c.h>
#include <string.h>

#include "mrse/alloc.h"
#include "mrse/pdf.h"
#include "portfolio_internal.h"

enum { ROUNDS = 4 }; /* page numbers may make the contents longer, which moves the pages */

/* The worksheets, which verify needs whole. Names are owned. */
typedef struct kept {
    mrse_attachment *file;
    size_t n;
} kept;

static void free_kept(kept *k)
{
    for (size_t i = 0; i < k->n; i++)
        mrse_free((char *)k->file[i].name);
    mrse_free(k->file);
}

static mrse_status keep_worksheets(const mrse_portfolio_check *check, kept *k)
{
    k->file = mrse_alloc(check->n_pieces + 1, sizeof *k->file);
    if (k->file == NULL)
        return MRSE_ERR_NOMEM;
    for (size_t i = 0; i < check->n_pieces; i++) {
        const mrse_piece *p = &check->piece[i];
        mrse_buf name = {0};
        if (!p->worksheet)
            continue;
        mrse_buf_addf(&name, "%s-worksheet.pdf", p->evidence->id);
        if (name.status != MRSE_OK) {
            mrse_buf_free(&name);
            return MRSE_ERR_NOMEM;
        }
        k->file[k->n++] = (mrse_attachment){.name = name.data, /* taken over */
                                            .description = p->evidence->title,
                                            .mime = "application/pdf",
                                            .bytes = (const unsigned char *)p->bytes,
                                            .n = p->n};
    }
    return MRSE_OK;
}

static mrse_status draw_front(const mrse_portfolio_check *check, const char *date, const kept *k,
                              mrse_buf *out, size_t *pages)
{
    mrse_document *d = NULL;
    mrse_pdf drawn = {0};
    mrse_status status = mrse_portfolio_document(check, date, true, &d);
    if (status == MRSE_OK)
        status = mrse_document_pdf(d, k->file, k->n, out);
    if (status == MRSE_OK)
        status = mrse_pdf_read(mrse_buf_text(out), out->len, &drawn);
    *pages = drawn.pages;
    mrse_pdf_free(&drawn);
    mrse_document_free(d);
    return status;
}

/* Give each piece its first page; false: they had it already. */
static bool number_pages(mrse_portfolio_check *check, size_t front)
{
    bool moved = false;
    size_t next = front + 1;
    for (size_t i = 0; i < check->n_pieces; i++) {
        mrse_piece *p = &check->piece[i];
        moved |= p->first_page != next;
        p->first_page = next;
        next += p->pages;
    }
    return moved;
}

static mrse_status append(qpdf_data pdf, const mrse_piece *piece, qpdf_data *from)
{
    *from = qpdf_init();
    qpdf_silence_errors(*from);
    qpdf_set_suppress_warnings(*from, QPDF_TRUE);
    if (qpdf_read_memory(*from, piece->evidence->id, piece->bytes, piece->n, NULL) & QPDF_ERRORS)
        return MRSE_ERR_IO;
    for (size_t i = 0; i < piece->pages; i++) {
        qpdf_oh page = qpdf_get_page_n(*from, i);
        /* it would point into the structure of the first pages, not of its own file */
        qpdf_oh_remove_key(*from, page, "/StructParents");
        if (qpdf_add_page(pdf, *from, page, QPDF_FALSE) & QPDF_ERRORS)
            return MRSE_ERR_IO;
    }
    return MRSE_OK;
}

/* A bookmark that shows the top of a page. */
static qpdf_oh new_bookmark(qpdf_data pdf, qpdf_oh parent, const char *title, size_t page)
{
    qpdf_oh item = qpdf_oh_new_dictionary(pdf), place = qpdf_oh_new_array(pdf);
    qpdf_oh_append_item(pdf, place, qpdf_get_page_n(pdf, page));
    qpdf_oh_append_item(pdf, place, qpdf_oh_new_name(pdf, "/Fit"));
    qpdf_oh_replace_key(pdf, item, "/Title", qpdf_oh_new_unicode_string(pdf, title));
    qpdf_oh_replace_key(pdf, item, "/Dest", place);
    qpdf_oh_replace_key(pdf, item, "/Parent", parent);
    return qpdf_make_indirect_object(pdf, item);
}

static mrse_status set_bookmarks(qpdf_data pdf, const mrse_portfolio_check *check)
{
    qpdf_oh outline = qpdf_make_indirect_object(pdf, qpdf_oh_new_dictionary(pdf)), last = 0;
    mrse_buf title = {0};
    for (size_t i = 0; i <= check->n_pieces; i++) {
        const mrse_piece *p = i > 0 ? &check->piece[i - 1] : NULL;
        mrse_buf_free(&title);
        if (p != NULL)
            mrse_buf_addf(&title, "%s: %s", p->evidence->id, p->evidence->title);
        else
            mrse_buf_add(&title, "Contents, cross-reference, commentary");
        qpdf_oh item =
            new_bookmark(pdf, outline, mrse_buf_text(&title), p != NULL ? p->first_page - 1 : 0);
        if (last == 0)
            qpdf_oh_replace_key(pdf, outline, "/First", item);
        else {
            qpdf_oh_replace_key(pdf, last, "/Next", item);
            qpdf_oh_replace_key(pdf, item, "/Prev", last);
        }
        last = item;
    }
    mrse_status status = title.status;
    mrse_buf_free(&title);
    qpdf_oh_replace_key(pdf, outline, "/Last", last);
    qpdf_oh_replace_key(pdf, outline, "/Type", qpdf_oh_new_name(pdf, "/Outlines"));
    qpdf_oh_replace_key(pdf, outline, "/Count",
                        qpdf_oh_new_integer(pdf, (long long)check->n_pieces + 1));
    qpdf_oh root = qpdf_get_root(pdf);
    qpdf_oh_replace_key(pdf, root, "/Outlines", outline);
    qpdf_oh_replace_key(pdf, root, "/PageMode", qpdf_oh_new_name(pdf, "/UseOutlines"));
    return status;
}

static mrse_status write_bound(qpdf_data pdf, mrse_buf *out)
{
    if (qpdf_init_write_memory(pdf) & QPDF_ERRORS)
        return MRSE_ERR_IO;
    qpdf_set_deterministic_ID(pdf, QPDF_TRUE);
    qpdf_set_minimum_pdf_version(pdf, "1.7");
    qpdf_set_object_stream_mode(pdf, qpdf_o_generate);
    if (qpdf_write(pdf) & QPDF_ERRORS)
        return MRSE_ERR_IO;
    mrse_buf_addn(out, (const char *)qpdf_get_buffer(pdf), qpdf_get_buffer_length(pdf));
    return out->status;
}

static mrse_status bind_all(mrse_portfolio_check *check, const mrse_buf *front, mrse_buf *out)
{
    /* pages stay the property of the file they come from until all is written */
    qpdf_data *from = mrse_alloc(check->n_pieces + 1, sizeof *from);
    if (from == NULL)
        return MRSE_ERR_NOMEM;
    qpdf_data pdf = qpdf_init();
    qpdf_silence_errors(pdf);
    qpdf_set_suppress_warnings(pdf, QPDF_TRUE);
    mrse_status status = MRSE_OK;
    if (qpdf_read_memory(pdf, "front", mrse_buf_text(front), front->len, NULL) & QPDF_ERRORS)
        status = MRSE_ERR_IO;
    for (size_t i = 0; i < check->n_pieces && status == MRSE_OK; i++)
        status = append(pdf, &check->piece[i], &from[i]);
    if (status == MRSE_OK)
        status = set_bookmarks(pdf, check);
    if (status == MRSE_OK)
        status = write_bound(pdf, out);
    qpdf_cleanup(&pdf);
    for (size_t i = 0; i < check->n_pieces; i++)
        if (from[i] != NULL)
            qpdf_cleanup(&from[i]);
    mrse_free(from);
    return status;
}

mrse_status mrse_portfolio_bind(mrse_portfolio_check *check, const char *date, mrse_buf *out)
{
    if (check == NULL || out == NULL)
        return MRSE_ERR_ARG;
    for (size_t i = 0; i < check->n_pieces; i++)
        if (check->piece[i].bytes == NULL)
            return MRSE_ERR_INPUT;
    mrse_buf front = {0};
    kept worksheets = {0};
    size_t pages = 0;
    bool moved = true;
    mrse_status status = keep_worksheets(check, &worksheets);
    for (int i = 0; i < ROUNDS && moved && status == MRSE_OK; i++) {
        mrse_buf_free(&front);
        status = draw_front(check, date, &worksheets, &front, &pages);
        if (status == MRSE_OK)
            moved = number_pages(check, pages);
    }
    if (status == MRSE_OK && moved)
        status = MRSE_ERR_NUMERIC;
    if (status == MRSE_OK)
        status = bind_all(check, &front, out);
    free_kept(&worksheets);
    mrse_buf_free(&front);
    return status;
}
