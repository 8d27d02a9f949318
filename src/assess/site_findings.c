/* Findings of a site: areas, rooms, equipment and storeys beside their limits, as the labels of
 * implants are. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "assess_internal.h"

/* What would settle an undetermined verdict, and who knows it. */
static void set_ask(mrse_finding *f)
{
    const char *ask = "measure the field there, or move it: the limit lies within the uncertainty";

    if (f->decision.verdict != MRSE_VERDICT_UNDETERMINED)
        return;
    if (strstr(f->decision.reason, "differ by more") != NULL)
        ask = "find out which is wrong: the number as copied, its meaning, or the field model";
    else if (!isfinite(f->exposure.v))
        ask = "check its place: the field could not be computed there";
    else if (f->decision.provisional)
        ask = "name the document behind each number marked unverified";
    else if (!isfinite(f->exposure.u))
        ask = "give the uncertainty of the field model in the scanner file";
    mrse_text_copy(f->ask, sizeof f->ask, ask);
}

static mrse_finding *start(mrse_assessment *a, const mrse_limit *limit, const mrse_site_peak *peak,
                           const mrse_decision *decision)
{
    mrse_finding *f = mrse_finding_new(a);

    if (f == NULL)
        return NULL;
    f->implant = a->site->name;
    f->numeric = true;
    f->decisive = true;
    f->limit = *limit;
    f->exposure = peak->b;
    f->decision = *decision;
    set_ask(f);
    return f;
}

static mrse_status add_line(mrse_assessment *a, const mrse_site_line_row *row, size_t which)
{
    bool area = row->line->kind == MRSE_SITE_AREA;
    const mrse_site_level *level = &row->level[which];
    mrse_finding *f;

    if (!area && row->line->kind != MRSE_SITE_NEIGHBOUR)
        return MRSE_OK;
    f = start(a, &level->limit, &row->largest, &level->decision);
    if (f == NULL)
        return MRSE_ERR_NOMEM;
    f->decisive = which == 0;
    (void)snprintf(f->topic, sizeof f->topic, "%s: %.64s", area ? "boundary of" : "neighbour",
                   mrse_site_line_name(row->line));
    f->printed = which == 0 ? "0.5 mT bounds the MR ENVIRONMENT (MHRA)"
                            : "0.9 mT: hazard line of IEC 60601-2-33:2022";
    mrse_text_copy(f->exposure_name, sizeof f->exposure_name,
                   area                ? "largest |B| along its boundary, floor to 2 m"
                   : row->line->closed ? "largest |B| in it, floor to 2 m"
                                       : "largest |B| along it, floor to 2 m");
    return MRSE_OK;
}

static mrse_status add_item(mrse_assessment *a, const mrse_site_item_row *row)
{
    const mrse_site_item *item = row->item;
    mrse_finding *f = start(a, &item->limit.limit, &row->largest, &row->decision);

    if (f == NULL)
        return MRSE_ERR_NOMEM;
    mrse_text_copy(f->topic, sizeof f->topic, item->name);
    f->printed = item->limit.printed != NULL ? item->limit.printed : "";
    mrse_text_copy(f->exposure_name, sizeof f->exposure_name,
                   isfinite(item->within.v) ? "largest |B| wherever it may stand"
                                            : "|B| where it stands");
    return MRSE_OK;
}

static mrse_status add_storey(mrse_assessment *a, const mrse_site_storey_row *row)
{
    mrse_finding *f = start(a, &row->storey->limit.limit, &row->largest, &row->decision);

    if (f == NULL)
        return MRSE_ERR_NOMEM;
    mrse_text_copy(f->topic, sizeof f->topic, row->storey->name);
    f->printed = row->storey->limit.printed != NULL ? row->storey->limit.printed : "";
    mrse_text_copy(f->exposure_name, sizeof f->exposure_name, "largest |B| at its level");
    return MRSE_OK;
}

mrse_status mrse_findings_add_site(mrse_assessment *a)
{
    const mrse_site_study *s = a->room;
    mrse_status status = MRSE_OK;

    for (size_t i = 0; i < s->n_items && status == MRSE_OK; i++)
        status = add_item(a, &s->item[i]);
    for (size_t i = 0; i < s->n_lines && status == MRSE_OK; i++)
        for (size_t k = 0; k < MRSE_SITE_LEVELS && status == MRSE_OK; k++)
            status = add_line(a, &s->line[i], k);
    for (size_t i = 0; i < s->n_storeys && status == MRSE_OK; i++)
        status = add_storey(a, &s->storey[i]);
    return status;
}
