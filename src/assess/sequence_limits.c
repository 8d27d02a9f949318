/* Limits of IEC 60601-2-33 beside what the sequence does, in both operating modes. The scanner guards
 * them; here they show how near a modification comes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "mrse/alloc.h"
#include "mrse/iec.h"
#include "sequence_internal.h"

static const char *mode_text(mrse_iec_mode mode)
{
    switch (mode) {
    case MRSE_IEC_MODE_NORMAL:
        return ", normal operating mode";
    case MRSE_IEC_MODE_FIRST:
        return ", first level controlled mode";
    case MRSE_IEC_MODE_ANY:
        break;
    }
    return ", any mode";
}

/* Only what a sequence can be compared with: SAR and stimulation. Limbs are not told from head and
 * trunk in what a console reports as local SAR, so the stricter line stands for both. */
static bool concerns(const mrse_iec_entry *e)
{
    bool sar = e->kind >= MRSE_KIND_SAR_WHOLE_BODY && e->kind <= MRSE_KIND_SAR_LOCAL;
    return (sar && strcmp(e->id, "sar-local-limbs") != 0) || strcmp(e->id, "pns") == 0;
}

static mrse_value exposure(const mrse_sequence_study *s, bool after, const mrse_iec_entry *e)
{
    if (strcmp(e->id, "pns") == 0)
        return (after ? &s->after : &s->before)->gradient.peripheral.value;
    return mrse_sequence_exposure_of(s, after, e->kind, NULL);
}

static const char *name_of(const mrse_iec_entry *e)
{
    return strcmp(e->id, "pns") == 0 ? "share of the mean threshold of stimulation"
                                     : mrse_kind_get(e->kind)->name;
}

static mrse_status add(mrse_sequence_study *s, const mrse_iec_entry *e)
{
    mrse_value before = exposure(s, false, e);
    mrse_value after =
        mrse_sequence_is_pair(s) ? exposure(s, true, e) : mrse_value_missing(e->kind);
    if (!isfinite(before.v) && !isfinite(after.v))
        return MRSE_OK; /* the rows of the exposure say why it is not known */
    mrse_sequence_limit *grown = mrse_realloc(s->limit, s->n_limits + 1, sizeof *grown);
    if (grown == NULL)
        return MRSE_ERR_NOMEM;
    s->limit = grown;
    mrse_sequence_limit *l = &grown[s->n_limits];
    memset(l, 0, sizeof *l);
    mrse_status status = mrse_iec_find(e->id, e->mode, NULL, &l->limit);
    if (status != MRSE_OK)
        return status;
    s->n_limits++;
    (void)snprintf(l->what, sizeof l->what, "%.50s%s", name_of(e), mode_text(e->mode));
    l->exposure_before = before;
    l->exposure_after = after;
    l->before = mrse_decide(&before, &l->limit);
    if (mrse_sequence_is_pair(s))
        l->after = mrse_decide(&after, &l->limit);
    return MRSE_OK;
}

mrse_status mrse_sequence_limits(mrse_sequence_study *s)
{
    mrse_status status = MRSE_OK;
    for (size_t i = 0; i < mrse_iec_count() && status == MRSE_OK; i++)
        if (concerns(mrse_iec_at(i)))
            status = add(s, mrse_iec_at(i));
    return status;
}
