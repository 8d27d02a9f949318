/* What to do about a condition that is not met, and what to ask where it is not known: other places, the
 * other way round, another scanner. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "label_internal.h"

static const char OTHER_SCANNER[] = "another scanner: mrse assess CASE --scanner FILE";

/* A text that ran out of memory must not vanish quietly. */
static mrse_status put(mrse_finding *f, mrse_buf *text)
{
    mrse_status status = text->status;
    mrse_text_copy(f->ask, sizeof f->ask, mrse_buf_text(text));
    mrse_buf_free(text);
    return status;
}

/* ---- places ---- */

static bool kept_at(const mrse_zone_setup *setup, const mrse_zone_rule *rule, mrse_level level)
{
    mrse_zone_setup other = *setup;
    mrse_zone_result result;
    other.isocentre = mrse_zone_at(level);
    return mrse_zone_decide(&other, rule, &result) == MRSE_OK &&
           result.decision.verdict == MRSE_VERDICT_MET;
}

/* Vertebrae follow each other, so that those at which it is kept are told as stretches: "L4 to S1". */
static void add_vertebrae(const mrse_zone_setup *setup, const mrse_zone_rule *rule, mrse_buf *text)
{
    for (int i = MRSE_LEVEL_C1; i <= MRSE_LEVEL_S1; i++) {
        int last = i;
        if (!kept_at(setup, rule, (mrse_level)i))
            continue;
        while (last < MRSE_LEVEL_S1 && kept_at(setup, rule, (mrse_level)(last + 1)))
            last++;
        mrse_buf_addf(text, "%s%s", text->len > 0 ? ", " : "", mrse_level_text((mrse_level)i));
        if (last > i)
            mrse_buf_addf(text, " to %s", mrse_level_text((mrse_level)last));
        i = last;
    }
}

static void add_landmarks(const mrse_zone_setup *setup, const mrse_zone_rule *rule, mrse_buf *text)
{
    for (int i = MRSE_LEVEL_S1 + 1; i < MRSE_LEVEL_COUNT; i++)
        if (kept_at(setup, rule, (mrse_level)i))
            mrse_buf_addf(text, "%s%s", text->len > 0 ? ", " : "", mrse_level_text((mrse_level)i));
}

static bool about_isocentre(mrse_zone_kind kind)
{
    return kind >= MRSE_ZONE_ISO_OUTSIDE && kind <= MRSE_ZONE_ISO_DISTANCE;
}

mrse_status mrse_advise_place(const mrse_zone_setup *setup, const mrse_zone_rule *rule,
                              mrse_finding *f)
{
    mrse_buf places = {0}, text = {0};
    if (!about_isocentre(rule->kind)) {
        mrse_buf_add(&text, "another place of the device in bore or coil: another landmark, entry "
                            "or transmit coil");
        return put(f, &text);
    }
    add_vertebrae(setup, rule, &places);
    add_landmarks(setup, rule, &places);
    if (places.len > 0)
        mrse_buf_addf(&text, "another landmark; it is kept with one of these at the isocentre: %s",
                      mrse_buf_text(&places));
    else
        mrse_buf_add(&text, "no other landmark is known to keep it for this patient");
    if (places.status != MRSE_OK && text.status == MRSE_OK)
        text.status = places.status;
    mrse_buf_free(&places);
    return put(f, &text);
}

/* ---- the static field ---- */

/* What the ride meets when the patient goes in the other way round. Nothing when it cannot be told. */
static mrse_status say_turned(const mrse_assessment *a, const mrse_implant_result *r,
                              const mrse_finding *f, mrse_buf *text)
{
    mrse_position turned = r->ride.position;
    mrse_ride ride = {0};
    bool head = turned.entry == MRSE_ENTRY_HEAD_FIRST;
    turned.entry = head ? MRSE_ENTRY_FEET_FIRST : MRSE_ENTRY_HEAD_FIRST;
    mrse_status status = mrse_study_ride(a->study, &turned, NAN, &ride);
    if (status == MRSE_OK) {
        mrse_value *v = f->limit.value.kind == MRSE_KIND_PRODUCT ? &ride.at.product : &ride.at.grad;
        v->origin = mrse_origin_weaker(v->origin, f->exposure.origin);
        mrse_decision d = mrse_decide(v, &f->limit);
        mrse_buf_addf(text, "%s, the ride meets ", head ? "feet first" : "head first");
        mrse_quantity_print(text, v->v, f->limit.value.kind, 3, 0);
        mrse_buf_addf(text, " (%s); ", mrse_verdict_text(d.verdict));
    }
    mrse_ride_clear(&ride);
    return status == MRSE_ERR_NOMEM ? status : MRSE_OK;
}

static const mrse_finding *own_ride(const mrse_assessment *a, const mrse_implant_result *r,
                                    size_t first)
{
    const mrse_value *at[] = {&r->ride.at.grad, &r->ride.at.product};
    if (!r->has_ride)
        return NULL;
    for (size_t i = first; i < a->n_findings; i++)
        for (size_t k = 0; k < 2; k++)
            if (a->finding[i].exposure.kind == at[k]->kind && a->finding[i].exposure.v == at[k]->v)
                return &a->finding[i];
    return NULL;
}

static mrse_status advise(const mrse_assessment *a, const mrse_implant_result *r,
                          const mrse_finding *ride, mrse_finding *f)
{
    mrse_buf text = {0};
    mrse_status status = MRSE_OK;
    bool path = r->implant->decisive == MRSE_DECISIVE_PATH;
    if (ride == NULL && mrse_study_has_model(a->study))
        mrse_buf_add(&text, "the implant's position: its own ride may meet less; ");
    else if (ride == NULL)
        status = text.status; /* no model, and no ride that would be better */
    else if (!path && ride->decision.verdict == MRSE_VERDICT_MET)
        mrse_buf_add(&text, "the implant's own ride keeps it: the expert may let the path decide, "
                            "and says why (decisive, because); ");
    else
        status = say_turned(a, r, f, &text);
    if (ride != NULL && ride->decision.verdict != MRSE_VERDICT_MET &&
        isfinite(r->ride.radius_met_m) && f->limit.value.kind == MRSE_KIND_SFG) {
        mrse_buf_add(&text, "without uncertainty the ride keeps it within ");
        mrse_quantity_print(&text, r->ride.radius_met_m, MRSE_KIND_LENGTH, 2, 0);
        mrse_buf_add(&text, " of the axis; ");
    }
    mrse_buf_add(&text, OTHER_SCANNER);
    if (status != MRSE_OK) {
        mrse_buf_free(&text);
        return status;
    }
    return put(f, &text);
}

mrse_status mrse_advise_spatial(mrse_assessment *a, const mrse_implant_result *r, size_t first)
{
    const mrse_finding *ride = own_ride(a, r, first);
    for (size_t i = first; i < a->n_findings; i++) {
        mrse_finding *f = &a->finding[i];
        if (f->decision.verdict != MRSE_VERDICT_NOT_MET || !f->decisive || f->ask[0] != '\0')
            continue;
        mrse_status status = advise(a, r, ride, f);
        if (status != MRSE_OK)
            return status;
    }
    return MRSE_OK;
}

/* ---- all else ---- */

static void say_field(const mrse_finding *f, char *out, size_t size)
{
    (void)snprintf(out, size,
                   "a scanner of a field strength that the label names (%.48s): "
                   "mrse assess CASE --scanner FILE",
                   f->limit.value.printed);
}

/* A time since implantation passes by itself, in whole days; of "more than", one day beyond. */
static void say_wait(const mrse_finding *f, char *out, size_t size)
{
    char days[MRSE_NUM_MAX];
    double left = (f->limit.value.v - f->exposure.v) / 86400.0;
    double wait = f->limit.op == MRSE_OP_GT ? floor(left) + 1.0 : ceil(left);
    mrse_text_fixed(days, wait, 0);
    (void)snprintf(out, size, "wait: it is kept %s day%s later, unless the examination is urgent",
                   days, wait == 1.0 ? "" : "s");
}

static void advise_not_met(mrse_finding *f)
{
    bool waits = f->limit.op == MRSE_OP_GE || f->limit.op == MRSE_OP_GT;
    mrse_kind kind = f->limit.value.kind;
    if (f->numeric && kind == MRSE_KIND_B0)
        say_field(f, f->ask, sizeof f->ask);
    else if (f->numeric && kind == MRSE_KIND_SLEW_SYSTEM)
        mrse_text_copy(f->ask, sizeof f->ask, OTHER_SCANNER);
    else if (f->numeric && kind == MRSE_KIND_TIME && waits)
        say_wait(f, f->ask, sizeof f->ask);
    else
        mrse_text_copy(f->ask, sizeof f->ask,
                       "what the label asks for has to become so, and be confirmed; where it "
                       "cannot, no setting of the scanner helps: another examination, or the "
                       "manufacturer's word in writing");
}

static void advise_unknown(mrse_finding *f)
{
    if (mrse_text_equal(f->quantity, "height of the patient"))
        mrse_text_copy(f->ask, sizeof f->ask,
                       "the radiographer: the patient's height; examination.height");
    else if (f->decision.provisional)
        mrse_text_copy(f->ask, sizeof f->ask,
                       "name the document behind each number marked unverified");
    else
        mrse_text_copy(f->ask, sizeof f->ask,
                       "the number named in the reason, with its source and uncertainty");
}

/* Findings of implants and of the patient: of a site or a modification their own sections say it. */
static bool is_label_finding(const mrse_assessment *a, const mrse_finding *f)
{
    for (size_t i = 0; i < a->n_implants; i++)
        if (mrse_text_equal(a->implant[i].implant->name, f->implant))
            return true;
    return false;
}

void mrse_advise_rest(mrse_assessment *a)
{
    for (size_t i = 0; i < a->n_findings; i++) {
        mrse_finding *f = &a->finding[i];
        if (!f->decisive || f->ask[0] != '\0' || !is_label_finding(a, f))
            continue;
        if (f->decision.verdict == MRSE_VERDICT_NOT_MET)
            advise_not_met(f);
        else if (f->decision.verdict == MRSE_VERDICT_UNDETERMINED)
            advise_unknown(f);
    }
}
