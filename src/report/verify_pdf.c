/* Verification from the PDF alone: what is attached to it is unpacked into a folder that is then
 * verified like any other, and goes again.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mrse/alloc.h"
#include "mrse/file.h"
#include "mrse/pdf.h"
#include "record_internal.h"

enum { PDF_MAX = 64 << 20, PATH_LENGTH = 4096 };

typedef struct unpacked {
    char dir[PATH_LENGTH];
    mrse_pdf pdf;
    mrse_buf sums; /* hashes that the record holds of its inputs */
    mrse_diags *diags;
} unpacked;

bool mrse_is_pdf_file(const char *path)
{
    struct stat is;
    size_t n = strlen(path);
    return n > 4 && strcmp(path + n - 4, ".pdf") == 0 && stat(path, &is) == 0 &&
           S_ISREG(is.st_mode);
}

static mrse_status make_folder(unpacked *u)
{
    const char *top = getenv("TMPDIR");
    char inputs[PATH_LENGTH + 8];
    int n = snprintf(u->dir, sizeof u->dir, "%s/mrse-verify-XXXXXX",
                     top != NULL && top[0] != '\0' ? top : "/tmp");
    if (n < 0 || (size_t)n >= sizeof u->dir || mkdtemp(u->dir) == NULL) {
        u->dir[0] = '\0';
        return MRSE_ERR_IO;
    }
    (void)snprintf(inputs, sizeof inputs, "%s/inputs", u->dir);
    return mkdir(inputs, 0700) == 0 ? MRSE_OK : MRSE_ERR_IO;
}

static mrse_status put(unpacked *u, const char *name, const void *bytes, size_t n)
{
    mrse_buf path = {0};
    mrse_buf_addf(&path, "%s/%s", u->dir, name);
    mrse_status status = path.status;
    if (status == MRSE_OK)
        status = mrse_file_write(mrse_buf_text(&path), bytes, n, false, u->diags);
    mrse_buf_free(&path);
    return status;
}

/* An input goes where the record says that it was; its hash is the one that the record noted. */
static mrse_status put_input(unpacked *u, const json_t *used)
{
    const char *stored = mrse_json_get_text(used, "stored"), *base = mrse_path_base(stored);
    const mrse_pdf_file *file = mrse_pdf_find(&u->pdf, base);
    mrse_buf name = {0};
    mrse_buf_addf(&name, "inputs/%s", base);
    mrse_status status = name.status;
    if (status == MRSE_OK && !mrse_text_equal(mrse_buf_text(&name), stored))
        status = MRSE_ERR_INPUT; /* a name that leads elsewhere */
    if (status == MRSE_OK)
        mrse_buf_addf(&u->sums, "%s  %s\n", mrse_json_get_text(used, "sha256"), stored);
    if (status == MRSE_OK && file != NULL)
        status = put(u, stored, file->bytes, file->n);
    mrse_buf_free(&name);
    return status;
}

static mrse_status put_all(unpacked *u, const mrse_buf *pdf)
{
    const mrse_pdf_file *record = mrse_pdf_find(&u->pdf, "worksheet.json");
    if (record == NULL) {
        mrse_diag *d = mrse_diag_add(u->diags, MRSE_SEV_ERROR, MRSE_ERR_INPUT,
                                     "no record is attached to this PDF");
        mrse_diag_place(
            d, "worksheet.pdf", 0, 0, NULL,
            "verify the PDF that 'mrse worksheet' wrote: printing or exporting it again "
            "loses what is attached");
        return MRSE_ERR_INPUT;
    }
    mrse_status status = put(u, "worksheet.json", record->bytes, record->n);
    if (status == MRSE_OK)
        status = put(u, "worksheet.pdf", pdf->data, pdf->len);
    json_t *json = json_loadb(record->bytes, record->n, JSON_REJECT_DUPLICATES, NULL), *used;
    size_t i;
    json_array_foreach (mrse_json_at(json, "used"), i, used) {
        if (status == MRSE_OK)
            status = put_input(u, used);
    }
    json_decref(json);
    if (status == MRSE_OK)
        status = u->sums.status;
    return status == MRSE_OK ? put(u, "SHA256SUMS", mrse_buf_text(&u->sums), u->sums.len) : status;
}

static void drop(const unpacked *u, const char *name)
{
    char path[PATH_LENGTH + 512];
    int n = snprintf(path, sizeof path, "%s/%s", u->dir, name);
    if (n > 0 && (size_t)n < sizeof path && unlink(path) != 0)
        (void)rmdir(path);
}

static void clear(unpacked *u)
{
    for (size_t i = 0; i < u->pdf.n_files && u->dir[0] != '\0'; i++) {
        char name[512];
        (void)snprintf(name, sizeof name, "inputs/%s", mrse_path_base(u->pdf.file[i].name));
        drop(u, name);
    }
    if (u->dir[0] != '\0') {
        drop(u, "inputs");
        drop(u, "worksheet.json");
        drop(u, "worksheet.pdf");
        drop(u, "SHA256SUMS");
        (void)rmdir(u->dir);
    }
    mrse_pdf_free(&u->pdf);
    mrse_buf_free(&u->sums);
}

mrse_status mrse_verify_pdf(const char *path, mrse_verify_result *result, mrse_buf *report,
                            mrse_diags *diags)
{
    unpacked u = {.diags = diags};
    mrse_buf pdf = {0};
    mrse_status status = mrse_file_read(path, PDF_MAX, &pdf.data, &pdf.len, diags);
    if (status == MRSE_OK)
        status = mrse_pdf_read(pdf.data, pdf.len, &u.pdf);
    if (status == MRSE_ERR_INPUT)
        mrse_diag_place(mrse_diag_add(diags, MRSE_SEV_ERROR, status, "this is not a PDF"), path, 0,
                        0, NULL, NULL);
    if (status == MRSE_OK)
        status = make_folder(&u);
    if (status == MRSE_OK)
        status = put_all(&u, &pdf);
    if (status == MRSE_OK)
        status = mrse_verify_folder(u.dir, true, result, report, diags);
    clear(&u);
    mrse_free(pdf.data);
    return status;
}
