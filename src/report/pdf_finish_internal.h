/* Shared by the parts that finish a PDF with qpdf. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MRSE_PDF_FINISH_INTERNAL_H
#define MRSE_PDF_FINISH_INTERNAL_H

#include <qpdf/qpdf-c.h>

#include "document_internal.h"

/* Walk the structure tree: figures get their alternative text and box, table headers their scope. */
mrse_status mrse_pdf_structure(qpdf_data pdf, const mrse_document *document,
                               const mrse_figure_box *box, mrse_buf *scratch) MRSE_MUST_USE;

/* Mark what stands outside the structure tree as artifacts, on every page. */
mrse_status mrse_pdf_artifacts(qpdf_data pdf) MRSE_MUST_USE;

#endif
