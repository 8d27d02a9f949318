/* Any text as a quantity of any kind. The first byte chooses the kind, the rest is the text.
 * Checks: no crash; a refusal leaves zero and says why; what is accepted is finite, is printed, and
 * reads back as what was printed. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mrse/alloc.h"
#include "mrse/units.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int holds)
{
    if (!holds)
        abort();
}

static void check_refused(const mrse_quantity *q, const mrse_buf *why, const mrse_buf *hint)
{
    check(q->si == 0 && q->half_ulp == 0 && !q->unit && q->kind == MRSE_KIND_NONE);
    check(why->len > 0 && why->len < 256);
    check(hint->len > 0 && hint->len < 256);
}

static void check_accepted(const mrse_quantity *q, mrse_kind kind)
{
    static const int digits = 4;
    mrse_quantity again;
    mrse_buf out = {0};

    check(isfinite(q->si) && isfinite(q->half_ulp) && q->half_ulp >= 0);
    check(q->kind == kind && q->unit != NULL);
    check(strcmp(q->unit->dim, mrse_kind_get(kind)->dim) == 0);
    mrse_quantity_print(&out, q->si, kind, digits, 1);
    mrse_buf_free(&out);
    mrse_quantity_print(&out, q->si, kind, digits, 0);
    check(out.status == MRSE_OK);
    /* at the very ends of the range a prefix can overflow */
    if (fabs(q->si) > 1e-290 && fabs(q->si) < 1e290) {
        check(mrse_quantity_read(out.data, kind, &again, NULL, NULL) == MRSE_OK);
        check(fabs(again.si - q->si) <= 0.5001e-3 * fabs(q->si));
    }
    mrse_buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    mrse_buf why = {0}, hint = {0};
    mrse_quantity q;
    mrse_status status;
    mrse_kind kind;
    char *text;

    if (size < 1 || size > 4096)
        return 0;
    kind = (mrse_kind)(1 + data[0] % (MRSE_KIND_COUNT - 1));
    text = mrse_alloc(size, 1); /* exactly, so that reading past the end is seen */
    if (!text)
        return 0;
    memcpy(text, data + 1, size - 1);
    status = mrse_quantity_read(text, kind, &q, &why, &hint);
    check(status == MRSE_OK || status == MRSE_ERR_INPUT);
    if (status == MRSE_OK)
        check_accepted(&q, kind);
    else
        check_refused(&q, &why, &hint);
    mrse_buf_free(&why);
    mrse_buf_free(&hint);
    mrse_free(text);
    return 0;
}
