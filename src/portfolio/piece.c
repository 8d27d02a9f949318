/* One piece of evidence, found and read: as a PDF, whatever it was.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <jansson.h>
#include <string.h>
#include <strings.h>

#include "mrse/alloc.h"
#include "mrse/pdf.h"
#include "mrse/privacy.h"
#include "portfolio_internal.h"

static bool ends_with(const char *name, const char *ending)
{
    size_t n = strlen(name), k = strlen(ending);
    return n >= k && strcasecmp(name + n - k, ending) == 0;
}

static bool is_text(const char *name)
{
    static const char *const ending[] = {".txt", ".md", ".eml", ".csv", ".yaml", NULL};
    for (size_t i = 0; ending[i] != NULL; i++)
        if (ends_with(name, ending[i]))
            return true;
    return false;
}

static bool is_link(const char *name)
{
    return strstr(name, "://") != NULL || strncmp(name, "www.", 4) == 0 ||
           ends_with(name, ".url") || ends_with(name, ".lnk") || ends_with(name, ".webloc");
}

static bool is_jpeg(const char *name)
{
    return ends_with(name, ".jpg") || ends_with(name, ".jpeg");
}

/* Files of programs that print better than they embed. */
static bool is_foreign(const char *name)
{
    static const char *const ending[] = {".doc",  ".docx", ".odt",  ".ppt", ".pptx", ".xls",
                                         ".xlsx", ".ods",  ".rtf",  ".msg", ".html", ".htm",
                                         ".heic", ".tif",  ".tiff", NULL};
    for (size_t i = 0; ending[i] != NULL; i++)
        if (ends_with(name, ending[i]))
            return true;
    return false;
}

/* Whose work a worksheet says it is, and what of. */
static mrse_status take_record(mrse_piece *piece, const char *text, size_t n)
{
    json_t *record = json_loadb(text, n, 0, NULL);
    if (record == NULL)
        return MRSE_OK; /* some other file of this name */
    const json_t *kase = json_object_get(record, "case"),
                 *author = json_object_get(record, "author");
    const char *name = json_string_value(json_object_get(author, "name"));
    const char *category =
        json_string_value(json_object_get(json_object_get(kase, "ipem"), "category"));
    if (category == NULL)
        category = json_string_value(json_object_get(kase, "ipem_category"));
    piece->worksheet = true;
    piece->says_simulated = json_is_true(json_object_get(kase, "simulated"));
    piece->provisional =
        json_is_true(json_object_get(json_object_get(record, "overall"), "provisional"));
    piece->unattributed = name == NULL || name[0] == '\0';
    piece->author = name != NULL ? mrse_strdup(name) : NULL;
    piece->sub_category = category != NULL ? mrse_strdup(category) : NULL;
    /* wording is what the author wrote, not what every worksheet says */
    char *words = kase != NULL ? json_dumps(kase, JSON_INDENT(1) | JSON_SORT_KEYS) : NULL;
    piece->text = words != NULL ? mrse_strdup(words) : NULL;
    mrse_free(words); /* jansson uses our allocator */
    bool kept = (name == NULL || piece->author != NULL) && (kase == NULL || piece->text != NULL) &&
                (category == NULL || piece->sub_category != NULL);
    json_decref(record);
    return kept ? MRSE_OK : MRSE_ERR_NOMEM;
}

static mrse_status look_into(mrse_portfolio_check *check, mrse_piece *piece)
{
    mrse_pdf pdf;
    mrse_status status = mrse_pdf_read(piece->bytes, piece->n, &pdf);
    if (status == MRSE_ERR_INPUT || status == MRSE_ERR_LIMIT) {
        mrse_free(piece->bytes);
        piece->bytes = NULL;
        return mrse_portfolio_say(check, "embedded", true,
                                  "%s: '%s' is not a PDF that can be read, or it is encrypted",
                                  piece->evidence->id, mrse_path_base(piece->path));
    }
    const mrse_pdf_file *record = mrse_pdf_find(&pdf, "worksheet.json");
    if (status == MRSE_OK && record != NULL)
        status = take_record(piece, record->bytes, record->n);
    piece->pages = pdf.pages;
    piece->unread = piece->text == NULL;
    mrse_pdf_free(&pdf);
    return status;
}

/* What a PDF is made of that was typed by people is searched where it can be read. */
static mrse_status search_identifiers(mrse_portfolio_check *check, const mrse_piece *piece)
{
    mrse_privacy found;
    if (piece->text == NULL)
        return MRSE_OK;
    mrse_privacy_scan(piece->text, strlen(piece->text), &found);
    if (found.seen == 0)
        return MRSE_OK;
    return mrse_portfolio_say(check, "identifiers", true, "%s: line %d of '%s' looks like %s",
                              piece->evidence->id, found.hit[0].line, mrse_path_base(piece->path),
                              mrse_identifier_text(found.hit[0].what));
}

/* Paragraphs of a text file, in a document of its own. */
static mrse_status make_text_pdf(const mrse_portfolio_check *check, mrse_piece *piece)
{
    char date[MRSE_DATE_TEXT];
    mrse_buf pdf = {0};
    mrse_document *d = mrse_document_create();
    if (d == NULL)
        return MRSE_ERR_NOMEM;
    mrse_date_text(&piece->evidence->date, date);
    mrse_portfolio_mark(d, check->portfolio, piece->evidence->id, piece->evidence->title, date);
    mrse_document_heading(d, 1, piece->evidence->title);
    mrse_document_paragraph(d, MRSE_STYLE_PLAIN, piece->text);
    mrse_status status = mrse_document_pdf(d, NULL, 0, &pdf);
    mrse_document_free(d);
    piece->bytes = pdf.data; /* taken over */
    piece->n = pdf.len;
    return status;
}

static mrse_status read_text(mrse_portfolio_check *check, mrse_piece *piece, mrse_diags *diags)
{
    size_t n = 0;
    mrse_status status = mrse_file_read_text(piece->path, MRSE_FILE_MAX, &piece->text, &n, diags);
    if (status != MRSE_OK)
        return status;
    mrse_sha256_hex(piece->text, n, piece->sha256);
    status = make_text_pdf(check, piece);
    if (status == MRSE_OK)
        status = look_into(check, piece);
    return status;
}

static mrse_status read_picture(mrse_piece *piece, mrse_diags *diags)
{
    char *bytes = NULL;
    size_t n = 0;
    mrse_buf pdf = {0};
    mrse_status status = mrse_file_read(piece->path, MRSE_PICTURE_FILE_MAX, &bytes, &n, diags);
    if (status == MRSE_OK)
        mrse_sha256_hex(bytes, n, piece->sha256);
    if (status == MRSE_OK)
        status = is_jpeg(piece->path)
                     ? mrse_jpeg_page(bytes, n, piece->evidence->title, &pdf)
                     : mrse_picture_page(piece->path, piece->evidence->title, &pdf, diags);
    mrse_free(bytes);
    if (status != MRSE_OK) {
        mrse_buf_free(&pdf);
        return status;
    }
    piece->bytes = pdf.data; /* taken over */
    piece->n = pdf.len;
    piece->pages = 1;
    piece->unread = true;
    return MRSE_OK;
}

static mrse_status read_pdf(mrse_portfolio_check *check, mrse_piece *piece, mrse_diags *diags)
{
    mrse_status status =
        mrse_file_read(piece->path, MRSE_PIECE_MAX, &piece->bytes, &piece->n, diags);
    if (status != MRSE_OK)
        return status;
    mrse_sha256_hex(piece->bytes, piece->n, piece->sha256);
    return look_into(check, piece);
}

static mrse_status read_any(mrse_portfolio_check *check, mrse_piece *piece, mrse_diags *diags)
{
    if (is_text(piece->path))
        return read_text(check, piece, diags);
    if (ends_with(piece->path, ".png") || is_jpeg(piece->path))
        return read_picture(piece, diags);
    return read_pdf(check, piece, diags);
}

/* A worksheet may be named by its folder. */
static mrse_status locate(const mrse_portfolio_check *check, mrse_piece *piece)
{
    const char *file = piece->evidence->file;
    mrse_status status = mrse_path_beside(check->portfolio->path, file, &piece->path);
    if (status != MRSE_OK || is_text(file) || is_jpeg(file) || ends_with(file, ".png") ||
        ends_with(file, ".pdf"))
        return status;
    mrse_buf path = {0};
    mrse_buf_addf(&path, "%s/worksheet.pdf", piece->path);
    mrse_free(piece->path);
    piece->path = path.data; /* taken over */
    return path.status;
}

mrse_status mrse_piece_read(mrse_portfolio_check *check, mrse_piece *piece, mrse_diags *diags)
{
    const mrse_evidence *e = piece->evidence;
    if (is_link(e->file))
        return mrse_portfolio_say(check, "embedded", true,
                                  "%s: '%s' is a link; save it as a PDF and embed that", e->id,
                                  e->file);
    if (is_foreign(e->file))
        return mrse_portfolio_say(check, "embedded", true,
                                  "%s: '%s' cannot be embedded as it is; print it to a PDF file",
                                  e->id, e->file);
    mrse_status status = locate(check, piece);
    if (status == MRSE_OK)
        status = read_any(check, piece, diags);
    if (status == MRSE_OK)
        return search_identifiers(check, piece);
    if (status == MRSE_ERR_NOMEM || status == MRSE_ERR_ARG)
        return status;
    mrse_free(piece->bytes);
    piece->bytes = NULL;
    return mrse_portfolio_say(check, "embedded", true, "%s: '%s' cannot be read: %s", e->id,
                              e->file, mrse_status_text(status));
}

void mrse_piece_clear(mrse_piece *piece)
{
    mrse_free(piece->path);
    mrse_free(piece->bytes);
    mrse_free(piece->text);
    mrse_free(piece->author);
    mrse_free(piece->sub_category);
}
