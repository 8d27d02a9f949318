/* The structure tree of the PDF: cairo writes the tags, this adds what a screen reader needs with
 * them. SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "pdf_finish_internal.h"

enum { DEPTH_MAX = 32 };

typedef struct walk {
    qpdf_data pdf;
    const mrse_document *document;
    const mrse_figure_box *box;
    size_t block, figure; /* next block to look at, figures seen */
    mrse_buf *scratch;
    mrse_status status;
} walk;

static bool is_type(const walk *w, qpdf_oh element, const char *type)
{
    return qpdf_oh_is_name_and_equals(w->pdf, qpdf_oh_get_key(w->pdf, element, "/S"), type);
}

static void visit_figure(walk *w, qpdf_oh element)
{
    const mrse_document *document = w->document;
    while (w->block < document->n && document->block[w->block].kind != MRSE_BLOCK_FIGURE)
        w->block++;
    if (w->block >= document->n) {
        w->status = MRSE_ERR_IO; /* more figures in the file than in the document */
        return;
    }
    const char *alt = document->block[w->block++].alt;
    const mrse_figure_box *box = &w->box[w->figure++];
    w->scratch->len = 0;
    if (alt)
        mrse_document_clean(w->scratch, alt, strlen(alt), MRSE_NEWLINE_SPACE);
    qpdf_oh_replace_key(
        w->pdf, element, "/Alt",
        qpdf_oh_new_unicode_string(w->pdf, w->scratch->len > 0 ? mrse_buf_text(w->scratch) : ""));
    qpdf_oh layout = qpdf_oh_new_dictionary(w->pdf), corners = qpdf_oh_new_array(w->pdf);
    const double corner[] = {box->left, box->bottom, box->right, box->top};
    for (size_t i = 0; i < 4; i++) {
        char number[MRSE_NUM_MAX];
        mrse_text_fixed(number, corner[i], 2);
        qpdf_oh_append_item(w->pdf, corners, qpdf_oh_new_real_from_string(w->pdf, number));
    }
    qpdf_oh_replace_key(w->pdf, layout, "/O", qpdf_oh_new_name(w->pdf, "/Layout"));
    qpdf_oh_replace_key(w->pdf, layout, "/Placement", qpdf_oh_new_name(w->pdf, "/Block"));
    qpdf_oh_replace_key(w->pdf, layout, "/BBox", corners);
    qpdf_oh_replace_key(w->pdf, element, "/A", layout);
}

/* The header cells of a row scope columns when the row holds nothing else, else the row. */
static void visit_row(const walk *w, qpdf_oh row)
{
    qpdf_oh kids = qpdf_oh_get_key(w->pdf, row, "/K");
    bool heads_only = true;
    if (!qpdf_oh_is_array(w->pdf, kids))
        return;
    int n = qpdf_oh_get_array_n_items(w->pdf, kids);
    for (int i = 0; i < n; i++)
        heads_only = heads_only && is_type(w, qpdf_oh_get_array_item(w->pdf, kids, i), "/TH");
    for (int i = 0; i < n; i++) {
        qpdf_oh cell = qpdf_oh_get_array_item(w->pdf, kids, i);
        if (!is_type(w, cell, "/TH"))
            continue;
        qpdf_oh scope = qpdf_oh_new_dictionary(w->pdf);
        qpdf_oh_replace_key(w->pdf, scope, "/O", qpdf_oh_new_name(w->pdf, "/Table"));
        qpdf_oh_replace_key(w->pdf, scope, "/Scope",
                            qpdf_oh_new_name(w->pdf, heads_only ? "/Column" : "/Row"));
        qpdf_oh_replace_key(w->pdf, cell, "/A", scope);
    }
}

static void visit(walk *w, qpdf_oh element, int depth)
{
    if (w->status != MRSE_OK || !qpdf_oh_is_dictionary(w->pdf, element))
        return;
    if (depth > DEPTH_MAX) {
        w->status = MRSE_ERR_IO;
        return;
    }
    if (is_type(w, element, "/Figure"))
        visit_figure(w, element);
    if (is_type(w, element, "/TR"))
        visit_row(w, element);
    qpdf_oh kids = qpdf_oh_get_key(w->pdf, element, "/K");
    if (qpdf_oh_is_array(w->pdf, kids)) {
        int n = qpdf_oh_get_array_n_items(w->pdf, kids);
        for (int i = 0; i < n; i++)
            visit(w, qpdf_oh_get_array_item(w->pdf, kids, i), depth + 1);
    } else {
        visit(w, kids, depth + 1);
    }
}

mrse_status mrse_pdf_structure(qpdf_data pdf, const mrse_document *document,
                               const mrse_figure_box *box, mrse_buf *scratch)
{
    walk w = {.pdf = pdf, .document = document, .box = box, .scratch = scratch};
    visit(&w, qpdf_oh_get_key(pdf, qpdf_get_root(pdf), "/StructTreeRoot"), 0);
    return w.status;
}
