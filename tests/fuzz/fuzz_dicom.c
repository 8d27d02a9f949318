/* Any bytes as a DICOM file. Checks: no read outside the file, and none larger than a buffer; effort
 * and memory stay bounded; a refusal leaves nothing and says why; what is read is clean text, and a
 * number that may be relied on has its origin. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mrse/alloc.h"
#include "mrse/dicom.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LARGEST_READ = 512, READS = 700000, PRINTED = 8 };

typedef struct bytes {
    const uint8_t *data;
    size_t size, reads;
} bytes;

static void check(int holds)
{
    if (!holds)
        abort();
}

static mrse_status read_bytes(void *context, uint64_t offset, void *to, size_t n)
{
    bytes *b = context;
    check(n <= LARGEST_READ && offset <= b->size && n <= b->size - offset);
    check(++b->reads <= READS);
    memcpy(to, b->data + offset, n);
    return MRSE_OK;
}

static int is_clean(const char *text, size_t size)
{
    size_t n = 0;
    for (; n < size && text[n] != '\0'; n++) {
        if ((unsigned char)text[n] < 0x20 || text[n] == 0x7F)
            return 0;
    }
    return n < size && mrse_text_is_utf8(text, n);
}

static void check_item(const mrse_dicom_item *item)
{
    check(is_clean(item->text, sizeof item->text) && item->text[0] != '\0');
    check(is_clean(item->name, sizeof item->name) && item->name[0] != '\0');
    check(is_clean(item->note, sizeof item->note));
    check(is_clean(item->vr, sizeof item->vr));
    check(is_clean(item->path, sizeof item->path));
    check(item->n <= MRSE_DICOM_NUMBERS && item->keyword != NULL && item->unit != NULL);
    if (isnan(item->value.v)) {
        check(item->value.origin == MRSE_ORIGIN_UNVERIFIED);
        check(item->n == 0 || item->n > 1 || item->note[0] != '\0');
        return;
    }
    check(isfinite(item->value.v) && item->n == 1);
    check(item->value.origin == MRSE_ORIGIN_CONSOLE && item->value.src[0] != '\0');
    check(item->value.kind == MRSE_KIND_NONE || item->value.v > 0);
}

static void check_read(const mrse_dicom *d)
{
    const mrse_dicom *const pair[2] = {d, d};
    mrse_dicom_difference *rows;
    mrse_buf out = {0};
    size_t n;
    check(d->n > 0 && d->n <= MRSE_DICOM_ITEMS);
    for (size_t i = 0; i < d->n; i++)
        check_item(&d->item[i]);
    if (d->n > PRINTED * 16)
        return; /* the comparison is quadratic in what may be 512 */
    check(mrse_dicom_compare(d, d, &rows, &n) == MRSE_OK);
    for (size_t i = 0; i < n; i++)
        check(!rows[i].comparable || rows[i].a != NULL);
    mrse_free(rows);
    check(mrse_dicom_json(pair, 2, true, &out) == MRSE_OK);
    check(mrse_dicom_text(pair, 1, true, &out) == MRSE_OK);
    mrse_buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bytes from = {data, size, 0};
    mrse_dicom_source source = {&from, size, read_bytes};
    mrse_dicom *d = NULL;
    mrse_diags diags;
    mrse_diags_init(&diags);
    mrse_status status = mrse_dicom_read(&source, NULL, &d, &diags);
    check(status == MRSE_OK || status == MRSE_ERR_INPUT || status == MRSE_ERR_LIMIT);
    check((status == MRSE_OK) == (d != NULL));
    check((status == MRSE_OK) == (diags.errors == 0));
    if (d != NULL)
        check_read(d);
    mrse_dicom_free(d);
    return 0;
}
