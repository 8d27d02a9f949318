/* What cairo's PDF lacks, added with qpdf: attachments, XMP, alternative text of figures, scopes of
 * table headers. SPDX-License-Identifier: GPL-3.0-or-later */
#include <cairo.h>
#include <glib.h>
#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <string.h>

#include "mrse/alloc.h"
#include "mrse/date.h"
#include "pdf_finish_internal.h"

enum { PDF_DATE = 24, MD5_SIZE = 16 };

/* "D:20261122102030Z"; a day alone is written as its beginning, in XMP too: programs that compare
 * the two treat a missing time as a difference. */
static bool pdf_date(const mrse_document *document, char out[PDF_DATE])
{
    mrse_date date;
    out[0] = 0;
    if (!document->date || mrse_date_read(document->date, &date) != MRSE_OK)
        return false;
    mrse_buf buf = {0};
    mrse_buf_addf(&buf, "D:%04d%02d%02d%02d%02d%02dZ", date.year, date.month, date.day, date.hour,
                  date.minute, date.second);
    mrse_text_copy(out, PDF_DATE, mrse_buf_text(&buf));
    bool fits = buf.status == MRSE_OK && buf.len < PDF_DATE;
    mrse_buf_free(&buf);
    return fits;
}

/* A text string object, cleaned of what must not be shown. */
static qpdf_oh new_text(qpdf_data pdf, const char *text, mrse_buf *scratch)
{
    scratch->len = 0;
    mrse_document_clean(scratch, text, strlen(text), MRSE_NEWLINE_SPACE);
    return qpdf_oh_new_unicode_string(pdf, scratch->len > 0 ? mrse_buf_text(scratch) : "");
}

static void set_text(qpdf_data pdf, qpdf_oh dict, const char *key, const char *text,
                     mrse_buf *scratch)
{
    if (text && text[0])
        qpdf_oh_replace_key(pdf, dict, key, new_text(pdf, text, scratch));
}

static void set_name(qpdf_data pdf, qpdf_oh dict, const char *key, const char *name)
{
    qpdf_oh_replace_key(pdf, dict, key, qpdf_oh_new_name(pdf, name));
}

static void set_info(qpdf_data pdf, const mrse_document *document, const char *producer,
                     mrse_buf *scratch)
{
    char date[PDF_DATE];
    qpdf_oh info = qpdf_oh_new_dictionary(pdf);
    set_text(pdf, info, "/Title", mrse_document_title(document), scratch);
    set_text(pdf, info, "/Author", mrse_document_author(document), scratch);
    set_text(pdf, info, "/Subject", document->subject, scratch);
    set_text(pdf, info, "/Creator", document->tool, scratch);
    set_text(pdf, info, "/Producer", producer, scratch);
    if (pdf_date(document, date)) {
        qpdf_oh_replace_key(pdf, info, "/CreationDate", qpdf_oh_new_string(pdf, date));
        qpdf_oh_replace_key(pdf, info, "/ModDate", qpdf_oh_new_string(pdf, date));
    }
    qpdf_oh_replace_key(pdf, qpdf_get_trailer(pdf), "/Info", qpdf_make_indirect_object(pdf, info));
}

static qpdf_oh new_stream(qpdf_data pdf, const void *bytes, size_t n)
{
    qpdf_oh stream = qpdf_oh_new_stream(pdf);
    qpdf_oh_replace_stream_data(pdf, stream, n > 0 ? bytes : (const unsigned char *)"", n,
                                qpdf_oh_new_null(pdf), qpdf_oh_new_null(pdf));
    return stream;
}

static mrse_status set_xmp(qpdf_data pdf, const mrse_document *document, const char *producer)
{
    mrse_buf xmp = {0};
    mrse_document_xmp(document, producer, &xmp);
    mrse_status status = xmp.status;
    if (status == MRSE_OK) {
        qpdf_oh stream = new_stream(pdf, xmp.data, xmp.len);
        qpdf_oh dict = qpdf_oh_get_dict(pdf, stream);
        set_name(pdf, dict, "/Type", "/Metadata");
        set_name(pdf, dict, "/Subtype", "/XML");
        qpdf_oh_replace_key(pdf, qpdf_get_root(pdf), "/Metadata", stream);
    }
    mrse_buf_free(&xmp);
    return status;
}

/* ISO 32000 asks for MD5 here: it finds damage, it proves nothing. */
static qpdf_oh new_checksum(qpdf_data pdf, const mrse_attachment *attachment)
{
    unsigned char digest[MD5_SIZE];
    gsize size = sizeof digest, left = attachment->n;
    const unsigned char *bytes = attachment->bytes;
    GChecksum *sum = g_checksum_new(G_CHECKSUM_MD5);
    for (; left > 0; bytes += 65536, left -= left < 65536 ? left : 65536)
        g_checksum_update(sum, bytes, left < 65536 ? (gssize)left : 65536);
    g_checksum_get_digest(sum, digest, &size);
    g_checksum_free(sum);
    return qpdf_oh_new_binary_string(pdf, (const char *)digest, size);
}

static qpdf_oh new_file(qpdf_data pdf, const mrse_document *document,
                        const mrse_attachment *attachment, mrse_buf *scratch)
{
    char date[PDF_DATE];
    qpdf_oh stream = new_stream(pdf, attachment->bytes, attachment->n);
    qpdf_oh dict = qpdf_oh_get_dict(pdf, stream), params = qpdf_oh_new_dictionary(pdf);
    set_name(pdf, dict, "/Type", "/EmbeddedFile");
    if (attachment->mime && attachment->mime[0]) {
        scratch->len = 0;
        mrse_buf_addf(scratch, "/%s", attachment->mime);
        set_name(pdf, dict, "/Subtype", mrse_buf_text(scratch));
    }
    qpdf_oh_replace_key(pdf, params, "/Size", qpdf_oh_new_integer(pdf, (long long)attachment->n));
    qpdf_oh_replace_key(pdf, params, "/CheckSum", new_checksum(pdf, attachment));
    if (pdf_date(document, date)) {
        qpdf_oh_replace_key(pdf, params, "/CreationDate", qpdf_oh_new_string(pdf, date));
        qpdf_oh_replace_key(pdf, params, "/ModDate", qpdf_oh_new_string(pdf, date));
    }
    qpdf_oh_replace_key(pdf, dict, "/Params", params);

    qpdf_oh spec = qpdf_oh_new_dictionary(pdf), files = qpdf_oh_new_dictionary(pdf);
    set_name(pdf, spec, "/Type", "/Filespec");
    set_text(pdf, spec, "/F", attachment->name, scratch);
    set_text(pdf, spec, "/UF", attachment->name, scratch);
    set_text(pdf, spec, "/Desc", attachment->description, scratch);
    set_name(pdf, spec, "/AFRelationship", "/Source");
    qpdf_oh_replace_key(pdf, files, "/F", stream);
    qpdf_oh_replace_key(pdf, files, "/UF", stream);
    qpdf_oh_replace_key(pdf, spec, "/EF", files);
    return qpdf_make_indirect_object(pdf, spec);
}

/* An attachment made into an object. */
typedef struct embedded {
    const char *name;
    qpdf_oh spec;
} embedded;

static int by_name(const void *a, const void *b)
{
    const embedded *x = a, *y = b;
    return strcmp(x->name, y->name);
}

/* A name tree must be sorted; /AF keeps the caller's order. */
static mrse_status set_attachments(qpdf_data pdf, const mrse_document *document,
                                   const mrse_attachment *attachment, size_t n, mrse_buf *scratch)
{
    if (n == 0)
        return MRSE_OK;
    embedded *file = mrse_alloc(n, sizeof *file);
    if (!file)
        return MRSE_ERR_NOMEM;
    qpdf_oh names = qpdf_oh_new_array(pdf), associated = qpdf_oh_new_array(pdf);
    for (size_t i = 0; i < n; i++) {
        file[i].name = attachment[i].name;
        file[i].spec = new_file(pdf, document, &attachment[i], scratch);
        qpdf_oh_append_item(pdf, associated, file[i].spec);
    }
    qsort(file, n, sizeof *file, by_name);
    for (size_t i = 0; i < n; i++) {
        qpdf_oh_append_item(pdf, names, new_text(pdf, file[i].name, scratch));
        qpdf_oh_append_item(pdf, names, file[i].spec);
    }
    qpdf_oh files = qpdf_oh_new_dictionary(pdf), tree = qpdf_oh_new_dictionary(pdf);
    qpdf_oh_replace_key(pdf, files, "/Names", names);
    qpdf_oh root = qpdf_get_root(pdf), present = qpdf_oh_get_key(pdf, root, "/Names");
    if (qpdf_oh_is_dictionary(pdf, present))
        tree = present; /* cairo's named destinations stay */
    else
        qpdf_oh_replace_key(pdf, root, "/Names", tree);
    qpdf_oh_replace_key(pdf, tree, "/EmbeddedFiles", files);
    qpdf_oh_replace_key(pdf, root, "/AF", associated);
    mrse_free(file);
    return scratch->status;
}

static void set_catalogue(qpdf_data pdf, const mrse_document *document, mrse_buf *scratch)
{
    qpdf_oh root = qpdf_get_root(pdf);
    qpdf_oh marked = qpdf_oh_new_dictionary(pdf), view = qpdf_oh_new_dictionary(pdf);
    set_text(pdf, root, "/Lang", mrse_document_language(document), scratch);
    qpdf_oh_replace_key(pdf, marked, "/Marked", qpdf_oh_new_bool(pdf, QPDF_TRUE));
    qpdf_oh_replace_key(pdf, root, "/MarkInfo", marked);
    qpdf_oh_replace_key(pdf, view, "/DisplayDocTitle", qpdf_oh_new_bool(pdf, QPDF_TRUE));
    qpdf_oh_replace_key(pdf, root, "/ViewerPreferences", view);
}

/* Nothing is random and nothing asks the clock: the /ID comes from the contents. */
static mrse_status write_pdf(qpdf_data pdf, mrse_buf *out)
{
    if (qpdf_init_write_memory(pdf) & QPDF_ERRORS)
        return MRSE_ERR_IO;
    qpdf_set_deterministic_ID(pdf, QPDF_TRUE);
    qpdf_set_minimum_pdf_version(pdf, "1.7");
    qpdf_set_object_stream_mode(pdf, qpdf_o_generate);
    if (qpdf_write(pdf) != QPDF_SUCCESS || qpdf_more_warnings(pdf))
        return MRSE_ERR_IO;
    mrse_buf_addn(out, (const char *)qpdf_get_buffer(pdf), qpdf_get_buffer_length(pdf));
    return out->status;
}

mrse_status mrse_pdf_finish(const mrse_document *document, const mrse_attachment *attachment,
                            size_t n_attachments, const mrse_figure_box *box, const mrse_buf *drawn,
                            mrse_buf *out)
{
    mrse_buf scratch = {0}, producer = {0};
    mrse_buf_addf(&producer, "cairo %s, qpdf %s", cairo_version_string(), qpdf_get_qpdf_version());
    mrse_status status = producer.status;
    qpdf_data pdf = qpdf_init();
    qpdf_silence_errors(pdf);
    qpdf_set_suppress_warnings(pdf, QPDF_TRUE);
    if (status == MRSE_OK &&
        qpdf_read_memory(pdf, "document", mrse_buf_text(drawn), drawn->len, NULL) != QPDF_SUCCESS)
        status = MRSE_ERR_IO;
    if (status == MRSE_OK) {
        set_info(pdf, document, mrse_buf_text(&producer), &scratch);
        set_catalogue(pdf, document, &scratch);
        status = set_xmp(pdf, document, mrse_buf_text(&producer));
    }
    if (status == MRSE_OK)
        status = set_attachments(pdf, document, attachment, n_attachments, &scratch);
    if (status == MRSE_OK)
        status = mrse_pdf_structure(pdf, document, box, &scratch);
    if (status == MRSE_OK)
        status = mrse_pdf_artifacts(pdf);
    if (status == MRSE_OK)
        status = scratch.status;
    if (status == MRSE_OK && qpdf_has_error(pdf))
        status = MRSE_ERR_IO;
    if (status == MRSE_OK)
        status = write_pdf(pdf, out);
    qpdf_cleanup(&pdf);
    mrse_buf_free(&scratch);
    mrse_buf_free(&producer);
    return status;
}
