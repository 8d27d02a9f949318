/* What to do about a limit that a sequence does not meet: the fastest setting that would.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "label_internal.h"
#include "mrse/protocol_search.h"

static bool searchable(mrse_kind kind)
{
    return kind == MRSE_KIND_B1_RMS || kind == MRSE_KIND_B1_PEAK ||
           kind == MRSE_KIND_SLEW_SEQUENCE || kind == MRSE_KIND_DBDT_PEAK ||
           (kind >= MRSE_KIND_SAR_WHOLE_BODY && kind <= MRSE_KIND_SAR_LOCAL);
}

static void add_number(mrse_buf *out, mrse_search_parameter p, double v)
{
    static const mrse_kind kind[MRSE_SEARCH_PARAMETERS] = {
        [MRSE_SEARCH_TR] = MRSE_KIND_TIME,
        [MRSE_SEARCH_TE] = MRSE_KIND_TIME,
        [MRSE_SEARCH_REFOCUSING] = MRSE_KIND_ANGLE,
        [MRSE_SEARCH_BANDWIDTH] = MRSE_KIND_FREQUENCY,
    };
    if (kind[p] != MRSE_KIND_NONE)
        mrse_quantity_print(out, v, kind[p], 3, 0);
    else
        mrse_buf_num(out, v, 3);
}

/* What is changed, and what it costs as far as that is known. Nothing to change: no lever. */
static mrse_status say_candidate(mrse_finding *f, const mrse_candidate *c)
{
    mrse_buf text = {0};
    bool changed = false;
    mrse_buf_add(&text, "mrse modify: met with");
    for (size_t k = 0; k < MRSE_SEARCH_PARAMETERS; k++) {
        if (!isfinite(c->after[k]) || fabs(c->after[k] - c->before[k]) <= 1e-9 * fabs(c->after[k]))
            continue;
        mrse_buf_addf(&text, "%s %s ", changed ? "," : "",
                      mrse_search_parameter_text((mrse_search_parameter)k));
        add_number(&text, (mrse_search_parameter)k, c->after[k]);
        changed = true;
    }
    if (isfinite(c->time.v)) {
        mrse_buf_add(&text, ", in ");
        mrse_quantity_print(&text, c->time.v, MRSE_KIND_TIME, 3, 0);
    }
    if (isfinite(c->snr.v)) {
        mrse_buf_add(&text, ", SNR times ");
        mrse_buf_num(&text, c->snr.v, 3);
    }
    mrse_status status = text.status;
    if (changed)
        mrse_text_copy(f->ask, sizeof f->ask, mrse_buf_text(&text));
    mrse_buf_free(&text);
    return status;
}

/* The same file may be run twice, and two labels may hold the same limit: one search does, where both
 * devices meet the same. */
static bool found_before(const mrse_assessment *a, mrse_finding *f, const mrse_planned *p)
{
    for (size_t i = 0; i < a->n_planned; i++) {
        if (!mrse_text_equal(a->planned[i].path, p->path))
            continue;
        for (const mrse_finding *o = a->finding; o < f; o++)
            if (o->sequence == a->planned[i].name && o->ask[0] != '\0' &&
                o->decision.verdict == MRSE_VERDICT_NOT_MET && o->limit.op == f->limit.op &&
                o->limit.value.kind == f->limit.value.kind &&
                o->limit.value.v == f->limit.value.v && o->limit.upper == f->limit.upper &&
                o->exposure.v == f->exposure.v) {
                mrse_text_copy(f->ask, sizeof f->ask, o->ask);
                return true;
            }
    }
    return false;
}

/* A search that fails gives no lever; the verdict stands by itself. Averages and bandwidth stay: more
 * of the one, less of the other make no scan shorter, and mrse modify has the whole choice. */
mrse_status mrse_label_lever(const mrse_assessment *a, const mrse_implant_result *r,
                             mrse_finding *f, const mrse_planned *p)
{
    const mrse_protocol *base = p->study->before.protocol;
    if (f->decision.verdict != MRSE_VERDICT_NOT_MET || base == NULL ||
        p->study->before.dicom != NULL || !searchable(f->limit.value.kind) || found_before(a, f, p))
        return MRSE_OK;
    mrse_search search = {.base = base,
                          .limit = &f->limit,
                          .n_limits = 1,
                          .system = &a->scanner->gradients,
                          .pair = a->scanner->sar_pair,
                          .n_pairs = a->scanner->n_sar_pairs,
                          .most = 1};
    search.range[MRSE_SEARCH_AVERAGES].kept = true;
    search.range[MRSE_SEARCH_BANDWIDTH].kept = true;
    bool placed = p->study->has_place && r->implant->has_position;
    for (int i = 0; i < 3; i++) {
        search.place_m[i] = placed ? p->study->place_m[i] : (double)NAN;
        search.u_place_m[i] = placed ? p->study->u_place_m[i] : (double)NAN;
    }
    mrse_search_result found = {0};
    mrse_status status = mrse_search_run(&search, &found);
    if (status != MRSE_OK)
        return status == MRSE_ERR_NOMEM ? status : MRSE_OK;
    bool blind = found.nearest == NULL || !isfinite(found.nearest->excess);
    if (found.n_front > 0)
        status = say_candidate(f, &found.front[0]);
    else if (blind)
        mrse_text_copy(
            f->ask, sizeof f->ask,
            "its pulses or gradients are not in the file: write them, and mrse modify finds "
            "changes that meet it");
    else
        mrse_text_copy(f->ask, sizeof f->ask,
                       "mrse modify: no change within the usual ranges meets it; another sequence");
    mrse_search_result_clear(&found);
    return status;
}
